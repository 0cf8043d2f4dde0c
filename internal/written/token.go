package written

import "regexp"

var dayToken = regexp.MustCompile(`^\{(?:literal:([^{}]+)|(fact:[A-Za-z0-9_-]+)(?::[a-z_]+)?)\}$`)

// Unbraced returns what a token stands for where only a day can be written, and ok: fact:x of {fact:x} and of {fact:x:both}, and
// the day itself of {literal:2026-12-01}.
func Unbraced(token string) (day string, ok bool) {
	match := dayToken.FindStringSubmatch(token)
	if match == nil {
		return "", false
	}
	return match[1] + match[2], true
}
