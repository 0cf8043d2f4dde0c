package written

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// numeral is a whole number in a text, in ASCII or full-width digits or in kanji. `digits` is the number of its characters, or 0 if no
// numeral was found. `end` is the offset after its last character.
type numeral struct {
	value, digits, end int
	kanji              bool
}

// most limits the value of a numeral. A larger number is not part of a date, so its exact value does not matter.
const most = 1e8

// nextNumeral returns the offset of the first numeral from an offset on, or the length of the text. It finds numbers in kanji only before 年
// and 月, or if they begin with a zero (〇, ○ or 零): elsewhere the same characters are usually parts of words.
func nextNumeral(text string, from int) int {
	for at := from; at < len(text); at++ {
		switch c := text[at]; {
		case c < utf8.RuneSelf:
			if c >= '0' && c <= '9' {
				return at
			}
		case c == 0xef:
			if _, size := digit(text[at:]); size > 0 {
				return at
			}
		case c == 0xe3 && strings.HasPrefix(text[at:], "〇"), c == 0xe2 && strings.HasPrefix(text[at:], "○"), c == 0xe9 && strings.HasPrefix(text[at:], "零"):
			if before, _ := utf8.DecodeLastRuneInString(text[:at]); kanjiValues[before] == 0 {
				return at
			}
		case c == 0xe5 && strings.HasPrefix(text[at:], "年"), c == 0xe6 && strings.HasPrefix(text[at:], "月"):
			if start := kanjiStart(text[from:at]); start < at-from {
				return from + start
			}
		}
	}
	return len(text)
}

// kanjiStart returns the offset of the number in kanji at the end of a text. Spaces may follow the number. Without such a number, it
// returns the length of the text.
func kanjiStart(text string) int {
	start := len(strings.TrimRight(text, spaces))
	if len(text)-start > longestSpace {
		return len(text)
	}
	end := start
	for range 12 { // more characters than any year has, such as 千九百八十九
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if !strings.ContainsRune(kanjiNumerals, r) {
			break
		}
		start -= size
	}
	if start == end {
		return len(text)
	}
	return start
}

const kanjiNumerals = "〇零一二三四五六七八九十百千元"

var kanjiValues = map[rune]int{'〇': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'十': 10, '百': 100, '千': 1000}

// digit returns the value of the ASCII or full-width digit at the start of a text, and its size in bytes. The size is 0 if the text does
// not begin with a digit.
func digit(text string) (value, size int) {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0'), 1
	case r >= '０' && r <= '９':
		return int(r - '０'), size
	}
	return 0, 0
}

// readNumeral reads the numeral at an offset. If there is no numeral, its digits are 0 and its end is the offset.
func readNumeral(text string, at int) numeral {
	n := numeral{end: at}
	for n.end < len(text) {
		v, size := digit(text[n.end:])
		if size == 0 {
			break
		}
		if n.value < most {
			n.value = n.value*10 + v
		}
		n.digits++
		n.end += size
	}
	if n.digits > 0 {
		return n
	}
	return kanjiNumeral(text, at)
}

// kanjiNumeral reads a numeral in kanji at an offset, such as 二〇二五, 三十一 and 元, which means 1.
func kanjiNumeral(text string, at int) numeral {
	n := numeral{end: at, kanji: true}
	total, last := 0, 0
	for n.end < len(text) {
		r, size := utf8.DecodeRuneInString(text[n.end:])
		if r == '元' && n.digits == 0 {
			return numeral{value: 1, digits: 1, end: n.end + size, kanji: true}
		}
		v, known := kanjiValues[r]
		switch {
		case !known:
			n.value = total + last
			return n
		case v >= 10:
			total += max(last, 1) * v
			last = 0
		case last < most:
			last = last*10 + v
		}
		n.digits++
		n.end += size
	}
	n.value = total + last
	return n
}

// spaces has the characters that may come between the parts of a date: spaces, no-break spaces and invisible characters.
const spaces = " \t\u00a0\u2009\u200a\u202f\u3000\u200b\u2060"

// longestSpace is the maximum number of bytes of spaces between two parts of a date.
const longestSpace = 9

// skip returns the offset after the spaces at an offset. It skips at most longestSpace bytes.
func skip(text string, at int) int {
	rest := text[at:min(len(text), at+longestSpace)]
	return at + len(rest) - len(strings.TrimLeft(rest, spaces))
}

// after returns the offset after a word at an offset. Spaces may come before the word. `ok` is false if the word is not there.
func after(text string, at int, word string) (end int, ok bool) {
	at = skip(text, at)
	if !strings.HasPrefix(text[at:], word) {
		return at, false
	}
	return at + len(word), true
}

// wordEnd returns the offset after the letters that begin at an offset. It reads about 40 bytes at most; no month's name is longer.
func wordEnd(text string, at int) int {
	const longest = 40
	for start := at; at < len(text) && at-start < longest; {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !inWord(r) {
			break
		}
		at += size
	}
	return at
}

// inWord reports whether a character is a letter or mark of a script that writes months as words. Japanese, Chinese and Korean
// characters are not.
func inWord(r rune) bool { return r < 0x2e80 && (unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)) }

// wordStart returns the offset of the first of the letters that end at an offset. Like wordEnd, it reads about 40 bytes at most.
func wordStart(text string, at int) int {
	const longest = 40
	for end := at; at > 0 && end-at < longest; {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		if !inWord(r) {
			break
		}
		at -= size
	}
	return at
}

// Numeral returns the whole number at an offset of a text, in ASCII or full-width digits or in kanji, and the offset after it. If there is
// no number, `end` is the offset.
func Numeral(text string, at int) (value, end int, kanji bool) {
	n := readNumeral(text, at)
	if n.digits == 0 || n.kanji && strings.HasPrefix(text[at:], "元") {
		return 0, at, false
	}
	return n.value, n.end, n.kanji
}
