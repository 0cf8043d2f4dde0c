package schema

import (
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
)

// IsName reports whether a text can be an id or a format: it consists of ASCII letters, digits, hyphens and underscores, and
// is not empty.
func IsName(text string) bool {
	for i := range len(text) {
		if c := text[i]; !plaintext.IsLetter(c) && !plaintext.IsDigit(c) && c != '-' && c != '_' {
			return false
		}
	}
	return text != ""
}

// IsAnchor reports whether a text can be the id of a heading: it begins with a lower-case letter, and has only these, digits and hyphens.
func IsAnchor(id string) bool {
	for i := range len(id) {
		c := id[i]
		if !(c >= 'a' && c <= 'z' || i > 0 && (plaintext.IsDigit(c) || c == '-')) {
			return false
		}
	}
	return id != ""
}

// IsGivenAnchor reports whether an id has the form of those that headings and steps get if the author gives none (s1, steps-1). id must
// not be empty.
func IsGivenAnchor(id string) bool {
	number, steps := strings.CutPrefix(id, "steps-")
	if !steps {
		number = id[1:]
	}
	return (steps || id[0] == 's') && number != "" && strings.Trim(number, "0123456789") == ""
}

// IsInternal reports whether links with a scheme lead to a place within the site.
func IsInternal(scheme string) bool { return scheme == "faq" || scheme == "page" || scheme == "fact" }

// LongestDestination is how many bytes the destination of a link may have.
const LongestDestination = 2000

// CheckDestination returns the code and the arguments of a finding about the destination of a link, in which character references and
// backslashes are resolved. The code is "" if nothing is wrong, and link-insecure if the link can be used nevertheless.
func CheckDestination(destination string) (diag.Code, []any) {
	for _, r := range destination {
		if plaintext.Fault(r, 0) != "" {
			return "link-address", []any{destination}
		}
	}
	if id, isAnchorLink := strings.CutPrefix(destination, "#"); isAnchorLink {
		if !IsAnchor(id) {
			return "anchor-form", []any{id}
		}
		return numberedAnchor(id)
	}
	scheme, rest, found := strings.Cut(destination, ":")
	if !found || !isScheme(scheme) {
		if strings.HasPrefix(destination, "//") || strings.HasPrefix(destination, `\`) {
			return "link-address", []any{destination}
		}
		return "link-relative", []any{destination}
	}
	valid, code := false, diag.Code("")
	switch strings.ToLower(scheme) {
	case "https", "http":
		if valid = isWebAddress(rest); valid {
			if wrong, args := CheckHost(destination, hostOf(rest)); wrong != "" {
				return wrong, args
			}
		}
		if strings.EqualFold(scheme, "http") {
			code = "link-insecure"
		}
	case "mailto":
		valid = strings.IndexByte(rest, '@') > 0 && strings.IndexAny(rest, " \"<>\\") < 0
	case "tel":
		valid = strings.Trim(rest, "+0123456789-.()*#") == "" && strings.ContainsAny(rest, "0123456789")
	case "faq", "page", "fact":
		id, anchor, hasAnchor := strings.Cut(rest, "#")
		valid = IsName(id) && (!hasAnchor || IsAnchor(anchor)) && scheme == strings.ToLower(scheme)
	default:
		if near := diag.Nearest(scheme, LinkSchemes.Words); near != "" {
			return "link-typo", []any{scheme, near}
		}
		return "link-scheme", []any{scheme, strings.Join(LinkSchemes.Words, ":… ")}
	}
	if !valid {
		return "link-address", []any{destination}
	}
	if _, anchor, has := strings.Cut(rest, "#"); has && IsInternal(scheme) {
		return numberedAnchor(anchor)
	}
	return code, []any{destination}
}

// numberedAnchor returns a finding about an id that the parser gives, such as s1. A link to it would lead to a different heading as
// soon as somebody adds a heading before that one.
func numberedAnchor(id string) (diag.Code, []any) {
	if IsGivenAnchor(id) {
		return "anchor-numbered", []any{id}
	}
	return "", nil
}

// isScheme reports whether a name has the form of a URL's scheme.
func isScheme(name string) bool {
	for i := range len(name) {
		if c := name[i]; !plaintext.IsLetter(c) && (i == 0 || !plaintext.IsDigit(c) && strings.IndexByte("+-.", c) < 0) {
			return false
		}
	}
	return name != ""
}

// isWebAddress reports whether the text after https: names a host. It must have no user before the host, and no character that a host
// cannot have, such as a backslash, which browsers read as a slash.
func isWebAddress(rest string) bool {
	host := hostOf(rest)
	return strings.HasPrefix(rest, "//") && host != "" && strings.IndexAny(host, "@\\% \"<>^`{|}'") < 0 && host[0] != ':' && host[0] != '.'
}

// hostOf returns the text between // and the path.
func hostOf(rest string) string {
	rest = strings.TrimPrefix(rest, "//")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		return rest[:i]
	}
	return rest
}
