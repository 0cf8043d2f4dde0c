package schema

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"sitegen/internal/diag"
)

var hostForm = regexp.MustCompile(`^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]*$`)

// labels reads and writes hosts as registries allow them. Two hyphens that are no punycode's stand in names that are in use.
var labels = idna.New(idna.ValidateForRegistration(), idna.BidiRule(), idna.CheckHyphens(false), idna.VerifyDNSLength(true))

// CheckHost returns what is wrong with the host of an address, and what the finding is to name. A host is written in ASCII,
// without a user or port, as browsers show and send it; in punycode it may stand for other letters, as registries allow them
// (UTS 46), except those that look like ASCII. "" stands for nothing wrong.
func CheckHost(address, host string) (diag.Code, []any) {
	host = strings.ToLower(host)
	shown, wrong := labels.ToUnicode(host)
	for _, r := range shown {
		switch {
		case looksLikeASCII(r):
			return "address-lookalike", []any{address, string(r), r}
		case r >= 0x80 && !unicode.In(r, unicode.L, unicode.M, unicode.Nd):
			return "address-host", []any{address}
		}
	}
	written, unwritable := labels.ToASCII(host)
	switch {
	case wrong != nil, unwritable != nil, !hostForm.MatchString(written):
		return "address-host", []any{address}
	case written != host:
		return "address-script", []any{host, written}
	}
	return "", nil
}

// looksLikeASCII reports whether a letter may be taken for one of ASCII: those of scripts that share shapes with it, and
// the rarer forms of Latin letters.
func looksLikeASCII(r rune) bool {
	return unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic, unicode.Lisu) ||
		r == 'ı' || r > 'ſ' && unicode.Is(unicode.Latin, r)
}
