package written

import "regexp"

var dayToken = regexp.MustCompile(`^\{(?:literal:([^{}]+)|(fact:[A-Za-z0-9_-]+)(?::[a-z_]+)?)\}$`)

// Unbraced returns the day of a token in the form that is written where only a day is allowed. It returns fact:x for {fact:x} and
// {fact:x:both}, and 2026-12-01 for {literal:2026-12-01}. `ok` is false if the text is not one of these tokens.
func Unbraced(token string) (day string, ok bool) {
	match := dayToken.FindStringSubmatch(token)
	if match == nil {
		return "", false
	}
	return match[1] + match[2], true
}
