package plaintext

import "unicode"

// IsLetter reports whether a byte is an ASCII letter.
func IsLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// IsDigit reports whether a byte is an ASCII digit.
func IsDigit(c byte) bool { return c >= '0' && c <= '9' }

// IsHangul reports whether a character belongs to the Korean alphabet. Korean words have spaces between them.
func IsHangul(r rune) bool {
	return r >= 0x1100 && (r <= 0x11ff || r >= 0x3131 && r <= 0x318e || r >= 0xa960 && r <= 0xa97f ||
		r >= 0xac00 && r <= 0xd7ff)
}

// IsCJK reports whether a character belongs to Chinese, Japanese or Korean writing. These are letters, punctuation, full-width and
// half-width forms, and variation selectors of ideographs, but not emoji.
func IsCJK(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r <= 0x11ff, r >= 0x2e80 && r <= 0xa4cf, r >= 0xa960 && r <= 0xa97f, r >= 0xac00 && r <= 0xd7ff,
		r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xffef:
		return true
	}
	return r >= 0x16fe0 && r <= 0x18dff || r >= 0x1aff0 && r <= 0x1b2ff || r >= 0x1f200 && r <= 0x1f2ff ||
		r >= 0x20000 && r <= 0x3ffff || r >= 0xe0100 && r <= 0xe01ef
}

// IsKanji reports whether a character is a kanji that can have a reading. It returns false for 〇, which is a mark or a number.
func IsKanji(r rune) bool { return unicode.Is(unicode.Han, r) && r != '〇' }

// IsSymbol reports whether a character is a dash, dot, quotation mark, arrow, circled number or shape that both Japanese and Western
// texts use.
func IsSymbol(r rune) bool {
	return r >= 0x2010 && r <= 0x2bff && !unicode.IsSpace(r)
}

// JoinsLines reports whether two lines of a paragraph are joined without a space. `before` is the last character of the first line, and
// `after` is the first character of the second. Japanese and Chinese have no spaces between words, or between a word and punctuation,
// digits or symbols.
func JoinsLines(before, after rune) bool {
	return joinsTo(before, after) || joinsTo(after, before)
}

// joinsTo reports whether r is Japanese or Chinese and needs no space next to `other`.
func joinsTo(r, other rune) bool {
	if !IsCJK(r) || IsHangul(r) {
		return false
	}
	return IsCJK(other) && !IsHangul(other) || IsSymbol(other) || other >= '0' && other <= '9' || unicode.IsPunct(r) && other > 0
}
