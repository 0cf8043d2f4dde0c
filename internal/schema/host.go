package schema

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"sitegen/internal/diag"
)

var hostForm = regexp.MustCompile(`^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]*$`)

// labels converts hosts between ASCII and Unicode by the rules for registration. It allows -- anywhere in a label, because hosts such as
// r3---sn.example.jp are in use.
var labels = idna.New(idna.ValidateForRegistration(), idna.BidiRule(), idna.CheckHyphens(false), idna.VerifyDNSLength(true))

// CheckHost returns the code and the arguments of a finding about the host of an address. The code is "" if the host is correct. A correct
// host is in ASCII, as browsers send it, and has no user and no port. As punycode it may contain the letters that registries allow
// (UTS 46), except letters that look like ASCII.
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

// looksLikeASCII reports whether a letter could be mistaken for an ASCII letter. This is so for letters of scripts with similar shapes,
// and for rare Latin letters.
func looksLikeASCII(r rune) bool {
	return unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic, unicode.Lisu) ||
		r == 'ı' || r > 'ſ' && unicode.Is(unicode.Latin, r)
}
