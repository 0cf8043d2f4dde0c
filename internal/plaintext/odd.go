package plaintext

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sitegen/internal/diag"
)

const softHyphen = 0xad

// Fault returns the code of a finding if the character r is invisible, lost, or different on different machines, otherwise "". `before` is
// the character before r. Fault also returns a code for line ends and tabs, so callers that allow these must not pass them. r can come from
// the bytes of a file, from an escape in YAML or JSON, or from a character reference.
func Fault(r, before rune) diag.Code {
	switch {
	case r < ' ', r >= 0x7f && r <= 0x9f, r == 0x2028, r == 0x2029, r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return "character-control"
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return "character-bidi"
	case r == utf8.RuneError || r == 0xfffc || r >= 0xd800 && r <= 0xdfff:
		return "character-lost"
	case IsPrivate(r):
		return "character-private"
	case r >= 0x2e80 && r <= 0x2fdf:
		return "character-radical"
	case isInvisible(r) && !joins(r, before):
		return "character-invisible"
	}
	return ""
}

// finding returns the finding about a faulty character. It has an edit if there is exactly one correction.
func finding(f *diag.File, at int, r rune, code diag.Code) diag.Diagnostic {
	switch code {
	case "character-private":
		return privateFinding(f, at, r)
	case "character-radical":
		if letter := norm.NFKC.String(string(r)); letter != string(r) {
			return f.Mendable(f.At(at, code, r), diag.Edit{Offset: at, Old: string(r), New: letter})
		}
	case "character-invisible":
		return f.Mendable(f.At(at, code, r), diag.Edit{Offset: at, Old: string(r)})
	}
	return f.At(at, code, r)
}

// IsPrivate reports whether a character is in one of Unicode's private use areas, such as 外字 and the bullets of some fonts.
func IsPrivate(r rune) bool {
	return r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000
}

// fontBullets are the bullets of the fonts Symbol and Wingdings that word processors put before list items.
const fontBullets = "\uf0b7\uf0a7\uf0d8\uf0fc\uf06c\uf06e\uf075\uf076\uf09f\uf0b0"

// privateFinding returns the finding about a private character. If the character is a font's bullet at the start of a line, the finding has
// an edit that writes a Markdown bullet.
func privateFinding(f *diag.File, at int, r rune) diag.Diagnostic {
	d := f.At(at, "character-private", r)
	start := bytes.LastIndexByte(f.Data[:at], '\n') + 1
	if !strings.ContainsRune(fontBullets, r) || len(bytes.Trim(f.Data[start:at], " ")) > 0 {
		return d
	}
	end := at + utf8.RuneLen(r)
	rest := f.Data[end:]
	end += len(rest) - len(bytes.TrimLeft(rest, " \t\u00a0\u3000"))
	return f.Mendable(d, diag.Edit{Offset: at, Old: string(f.Data[at:end]), New: "- "})
}

// isInvisible reports whether a character has no width, or is blank without being a space. Readers do not see such a character in a word,
// but a search for the word does not find it.
func isInvisible(r rune) bool {
	switch r {
	case softHyphen, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xfeff, 0xffa0:
		return true
	}
	return r >= 0x180b && r <= 0x180f || r >= 0x200b && r <= 0x200f || r >= 0x2060 && r <= 0x2065 || r >= 0x206a && r <= 0x206f ||
		r >= 0xfe00 && r <= 0xfe0f || r >= 0xfff0 && r <= 0xfffb || r >= 0x1bca0 && r <= 0x1bca3 || r >= 0x1d173 && r <= 0x1d17a ||
		r >= 0xe0000 && r <= 0xe0fff
}

// joins reports whether the invisible character r has a function after the character `before`: inside an emoji, as the selector of an
// ideograph's form, or in a script whose letters join or run from right to left.
func joins(r, before rune) bool {
	switch {
	case r == 0x200d:
		return isEmoji(before) || before == 0xfe0f || before >= 0x600 && before <= 0xdff
	case r == 0x200c:
		return before >= 0x600 && before <= 0xdff
	case r == 0x200e || r == 0x200f:
		return before >= 0x590 && before <= 0x8ff
	case r >= 0x180b && r <= 0x180d || r == 0x180f:
		return before >= 0x1820 && before <= 0x18aa
	case r == 0xfe0e || r == 0xfe0f:
		return isEmoji(before) || unicode.Is(unicode.Han, before)
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef:
		return unicode.Is(unicode.Han, before)
	case r >= 0xe0020 && r <= 0xe007f:
		return before == 0x1f3f4 || before >= 0xe0020 && before <= 0xe007f
	}
	return false
}

// isEmoji reports whether a character is in a block with characters that may be drawn as emoji. It returns false for digits, because they
// mostly belong to words and numbers.
func isEmoji(r rune) bool {
	switch r {
	case '©', '®', '〰', '〽', '㊗', '㊙':
		return true
	}
	return r >= 0x203c && r <= 0x2bff || r >= 0x1f000 && r <= 0x1faff
}

// FullWidthKana returns the length in bytes of the half-width kana and marks at the beginning of a text, and their full-width
// form: ﾎｹﾝｼｮｳ becomes ホケンショウ.
func FullWidthKana(text string) (length int, full string) {
	for _, r := range text {
		if r < 0xff61 || r > 0xff9f {
			break
		}
		length += utf8.RuneLen(r)
	}
	return length, norm.NFKC.String(text[:length])
}

// Compatible returns a text in Unicode's normalization form NFKC. Full-width letters, for example, become ASCII.
func Compatible(text string) string { return norm.NFKC.String(text) }

// Decomposed returns a text in Unicode's normalization form NFKD, in which marks are separate characters after their letters.
func Decomposed(text string) string { return norm.NFKD.String(text) }
