package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
)

// RubyFault checks text of the form base|reading, without the braces around it. It returns the code and arguments of the finding,
// and its place: an offset counted from the opening brace. code is "" if nothing is wrong.
func RubyFault(text string) (at int, code diag.Code, args []any) {
	base, reading, _ := strings.Cut(text, "|")
	behind := 1 + len(base) + 1
	switch {
	case strings.IndexByte(reading, '|') >= 0:
		return behind + strings.IndexByte(reading, '|'), "ruby-bars", nil
	case strings.TrimSpace(base) == "" || strings.TrimSpace(reading) == "":
		return 0, "ruby-empty", nil
	case markAtEdge(base) != "":
		return 1, "ruby-edge", []any{markAtEdge(base)}
	case markAtEdge(reading) != "":
		return behind, "ruby-edge", []any{markAtEdge(reading)}
	case strings.ContainsFunc(reading, plaintext.IsKanji):
		return behind, "ruby-kanji", []any{reading}
	}
	if kana, at := unreadKana(base, reading); kana != "" {
		return 1 + at, "ruby-kana", []any{kana, reading}
	}
	return 0, "", nil
}

// markAtEdge returns the space or punctuation mark at the start or end of a text, or "" if there is none. Such a mark belongs outside
// the ruby.
func markAtEdge(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	for _, r := range []rune{first, last} {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return string(r)
		}
	}
	return ""
}

// hiragana replaces the katakana of a text with hiragana, so that a word can be found in its reading. The length in bytes stays the
// same.
func hiragana(text string) string {
	return strings.Map(func(r rune) rune {
		if isKatakana(r) {
			return r - ('ァ' - 'ぁ')
		}
		return r
	}, text)
}

func isKatakana(r rune) bool { return r >= 'ァ' && r <= 'ヴ' }

// isSpoken reports whether a kana is read as it is written: ヶ, which is read か, and ー are not.
func isSpoken(r rune) bool { return r >= 'ぁ' && r <= 'ん' || isKatakana(r) }

// unreadKana returns the first run of kana in the word base that is not at the same place in its reading, and the offset of the run
// in base. kana is "" if there is none. Such kana are on the wrong side of a brace, as in {お知|し}らせ. A correct reading has all kana of
// the word in order, and at least one character for the kanji between them.
func unreadKana(base, reading string) (kana string, at int) {
	rest, behind := hiragana(reading), false // behind: kanji are before at, and their reading has at least one character
	for at < len(base) {
		run := base[at:]
		if spoken := strings.IndexFunc(run, isSpoken); spoken != 0 {
			if spoken < 0 {
				return "", 0
			}
			at, behind = at+spoken, true
			continue
		}
		if end := strings.IndexFunc(run, func(r rune) bool { return !isSpoken(r) }); end > 0 {
			run = run[:end]
		}
		said, from := hiragana(run), 0
		if behind {
			_, from = utf8.DecodeRuneInString(rest)
		}
		found := strings.Index(rest[from:], said)
		if at+len(run) == len(base) && found >= 0 {
			found = strings.LastIndex(rest[from:], said)
			if from+found+len(said) != len(rest) {
				found = -1
			}
		}
		if found < 0 || !behind && found > 0 {
			return run, at
		}
		rest, at = rest[from+found+len(said):], at+len(run)
	}
	return "", 0
}
