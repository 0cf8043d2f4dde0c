package schema

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"sitegen/internal/diag"
)

var hostForm = regexp.MustCompile(`^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]*$`)

// labels converts hosts between ASCII and Unicode by the rules of registries. It allows -- anywhere, because names in use have
// it without being punycode.
var labels = idna.New(idna.ValidateForRegistration(), idna.BidiRule(), idna.CheckHyphens(false), idna.VerifyDNSLength(true))

// CheckHost returns the code and the arguments of the finding about the host of an address; the code is "" if the host is correct. A
// correct host is written in ASCII, as browsers send it, without a user or port. It may have, as punycode, the letters that
// registries allow (UTS 46), except those that look like ASCII.
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

// looksLikeASCII reports whether a letter may be mistaken for an ASCII letter: it is of a script with similar shapes, or a rarer Latin
// letter.
func looksLikeASCII(r rune) bool {
	return unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic, unicode.Lisu) ||
		r == 'ı' || r > 'ſ' && unicode.Is(unicode.Latin, r)
}
