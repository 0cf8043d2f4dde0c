package schema

import (
	"regexp"
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

// IsAnchor reports whether a text can be the id of a heading: it begins with a lower-case letter, and has only lower-case letters, digits
// and hyphens.
func IsAnchor(id string) bool {
	for i := range len(id) {
		c := id[i]
		if !(c >= 'a' && c <= 'z' || i > 0 && (plaintext.IsDigit(c) || c == '-')) {
			return false
		}
	}
	return id != ""
}

// IsGivenAnchor reports whether an id has the form of the ids that headings and steps get by default, such as s1 and steps-1. `id` must not
// be empty.
func IsGivenAnchor(id string) bool {
	number, steps := strings.CutPrefix(id, "steps-")
	if !steps {
		number = id[1:]
	}
	return (steps || id[0] == 's') && number != "" && strings.Trim(number, "0123456789") == ""
}

// IsInternal reports whether a scheme is one of the content's own: faq, page or fact. A link with such a scheme names something by its id.
func IsInternal(scheme string) bool { return scheme == "faq" || scheme == "page" || scheme == "fact" }

// LongestDestination is the maximum length of a link's destination, in bytes.
const LongestDestination = 2000

// CheckDestination returns the code and the arguments of a finding about the destination of a link. Character references and backslashes in
// `destination` must already be resolved. The code is "" if nothing is wrong. A link with the code link-insecure (http) can be used
// nevertheless.
func CheckDestination(destination string) (diag.Code, []any) {
	before := ' '
	for _, r := range destination {
		if plaintext.Fault(r, before) != "" {
			return "link-address", []any{destination}
		}
		before = r
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
		if host := hostOf(rest); host != "" {
			valid = true
			if wrong, args := CheckHost(destination, host); wrong != "" {
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

// hostOf returns the host in `rest`, the text after "https:". It returns "" if there is no host, if a user name comes before the host, or
// if the host has a character that hosts cannot have. One such character is the backslash, which browsers read as a slash.
func hostOf(rest string) string {
	host, found := strings.CutPrefix(rest, "//")
	if i := strings.IndexAny(host, "/?#"); i >= 0 {
		host = host[:i]
	}
	if !found || strings.IndexAny(host, "@\\% \"<>^`{|}'") >= 0 || strings.HasPrefix(host, ":") || strings.HasPrefix(host, ".") {
		return ""
	}
	return host
}

// IsSlug reports whether a name can be part of a permanent address. It must have only lower-case ASCII letters, digits and single
// hyphens, begin with a letter, not end with a hyphen, have at most 60 characters, and not be a device name of Windows.
func IsSlug(name string) bool {
	if name == "" || len(name) > 60 || name[0] < 'a' || name[0] > 'z' || strings.HasSuffix(name, "-") || strings.Contains(name, "--") {
		return false
	}
	for _, c := range []byte(name) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return !IsDeviceName(name)
}

// IsDeviceName reports whether a name, with or without an extension, is the name of a device on Windows. No file or folder can have such a
// name there.
func IsDeviceName(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}

var snakeID = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// IsID reports whether a name can be the id of a fact, a term or something else that texts name: lower-case ASCII letters, digits and
// underscores, beginning with a letter, at most 60 characters.
func IsID(id string) bool { return snakeID.MatchString(id) && len(id) <= 60 }
