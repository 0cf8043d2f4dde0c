package written

import (
	"strings"
	"unicode/utf8"
)

// phoneMarks has the characters that may come between the groups of digits in a phone number.
const phoneMarks = "-‐‑‒–—―−ー－・~〜～()（）" + spaces

// dots has marks that can separate the groups of a phone number only if it has three groups and no other marks. Otherwise these marks
// belong to dates and fractions.
const dots = "./．／"

// phoneAt reads the Japanese phone number whose first digit is at an offset. The number has ten or eleven digits and begins with 0. In the
// form for calls from abroad, +81 replaces the 0. phoneAt returns false if there is no such number.
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
	bare := !abroad && bareAbroad(text, at)
	if first, _ := dialled(text[at:]); first != 0 && !abroad && !bare {
		return Mention{}, false
	}
	digits, end, closed := dial(text, at)
	if abroad || bare {
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
		start = at // the parenthesis is not part of the number, because it is not closed within the number
	}
	return Mention{Start: start, End: end, Kind: Phone, Number: digits}, true
}

// bareAbroad reports whether the form for calls from abroad may begin at an offset, but without its +, as in 81-120-95-0178.
func bareAbroad(text string, at int) bool {
	rest, ok := strings.CutPrefix(text[at:], "81-")
	_, size := digit(rest)
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	return ok && size > 0 && !joins(before) && !(before >= '0' && before <= '9')
}

// dial reads groups of digits with marks between them, up to the length of a phone number. It returns all digits in ASCII, and the offset
// after the last digit. `digits` is "" if the groups are not those of a phone number. `closed` says whether the number contains a closing
// parenthesis whose opening parenthesis comes before the number.
func dial(text string, at int) (digits string, end int, closed bool) {
	const mostGroups, mostMarks, mostDigits, shortestEnd = 5, 3, 13, 3
	var b strings.Builder
	var dot rune
	others := false // whether there are marks other than dots
	opened, closing, last, groups := false, false, 0, 0
	for b.Len() < 10 && groups < mostGroups {
		start := b.Len()
		for b.Len() <= mostDigits {
			v, size := dialled(text[at:])
			if size == 0 {
				break
			}
			b.WriteByte(byte('0' + v))
			at += size
		}
		if b.Len() == start || b.Len() > mostDigits {
			break
		}
		groups, last = groups+1, b.Len()-start
		end, closed = at, closed || closing
		if r, size := utf8.DecodeRuneInString(text[at:]); size > 0 && strings.ContainsRune(dots, r) && (dot == 0 || dot == r) && last > 1 && b.Len() < 10 {
			dot, at = r, at+size
			continue
		}
		for range mostMarks {
			r, size := utf8.DecodeRuneInString(text[at:])
			if size == 0 || !strings.ContainsRune(phoneMarks, r) {
				break
			}
			others = others || b.Len() < 10
			opened = opened || r == '(' || r == '（'
			closing = closing || !opened && (r == ')' || r == '）')
			at += size
		}
	}
	if last < shortestEnd || dot != 0 && (others || groups != 3) {
		return "", at, false
	}
	return b.String(), end, closed
}

// dialled is like digit, but also reads digits in kanji, such as those of 〇一二〇. It reads ○ as 0, because some texts write it for 〇.
func dialled(text string) (value, size int) {
	if value, size = digit(text); size > 0 {
		return value, size
	}
	r, size := utf8.DecodeRuneInString(text)
	switch v, known := kanjiValues[r]; {
	case r == '○':
		return 0, size
	case known && v < 10:
		return v, size
	}
	return 0, 0
}
