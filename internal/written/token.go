package written

import "regexp"

var dayToken = regexp.MustCompile(`^\{(?:literal:([^{}]+)|(fact:[A-Za-z0-9_-]+)(?::[a-z_]+)?)\}$`)

// Unbraced removes the braces of a token in a place where only a day is allowed: {fact:x} and {fact:x:both} become fact:x, and
// {literal:2026-12-01} becomes the day. ok is false if the text is not such a token.
func Unbraced(token string) (day string, ok bool) {
	match := dayToken.FindStringSubmatch(token)
	if match == nil {
		return "", false
	}
	return match[1] + match[2], true
}
