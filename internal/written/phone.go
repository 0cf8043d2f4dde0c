package written

import (
	"strings"
	"unicode/utf8"
)

// phoneMarks has the characters that may come between the groups of digits in a phone number.
const phoneMarks = "-‐‑‒–—―−ー－・()（）" + spaces

// phoneAt reads the Japanese phone number whose first digit is at an offset. The number has ten or eleven digits and begins with 0. In
// the form for calls from abroad, it has +81 in place of the 0. phoneAt returns false if there is no such number.
func phoneAt(text string, at int) (Mention, bool) {
	start := at
	if at > 0 && (text[at-1] == '(' || strings.HasSuffix(text[:at], "（")) {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		start -= size
	}
	abroad := strings.HasSuffix(text[:start], "+") || strings.HasSuffix(text[:start], "＋")
	if abroad {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	if first, _ := digit(text[at:]); first != 0 && !abroad {
		return Mention{}, false
	}
	digits, end, closed := dial(text, at)
	if abroad {
		rest, japan := strings.CutPrefix(digits, "81")
		if !japan || len(rest) < 9 {
			return Mention{}, false
		}
		digits = "0" + strings.TrimPrefix(rest, "0")
	}
	if len(digits) != 10 && len(digits) != 11 {
		return Mention{}, false
	}
	if start < at && !abroad && !closed {
		start = at // the parenthesis before the number is not closed within the number, so it is not part of the number
	}
	return Mention{Start: start, End: end, Kind: Phone, Number: digits}, true
}

// dial reads groups of digits with marks between them, up to the length of a phone number. It returns all digits in ASCII, and the
// offset after the last. closed says whether the number has a closing parenthesis whose opening one comes before the number.
func dial(text string, at int) (digits string, end int, closed bool) {
	const mostGroups, mostMarks, mostDigits, shortestEnd = 5, 3, 13, 3
	var b strings.Builder
	opened, closing, last := false, false, 0
	for group := 0; group < mostGroups && b.Len() < 10; group++ {
		n := readNumeral(text, at)
		if n.kanji || n.digits == 0 || b.Len()+n.digits > mostDigits {
			break
		}
		for at < n.end {
			v, size := digit(text[at:])
			b.WriteByte(byte('0' + v))
			at += size
		}
		end, closed, last = n.end, closed || closing, n.digits
		for range mostMarks {
			r, size := utf8.DecodeRuneInString(text[at:])
			if size == 0 || !strings.ContainsRune(phoneMarks, r) {
				break
			}
			opened = opened || r == '(' || r == '（'
			closing = closing || !opened && (r == ')' || r == '）')
			at += size
		}
	}
	if last < shortestEnd {
		return "", at, false
	}
	return b.String(), end, closed
}
