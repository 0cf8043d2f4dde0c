package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/parity"
	"sitegen/internal/site"
)

// checkSaid reports the meaning in {say:…} if it has no letters of the language. On pages in the language of the sentence, the meaning is
// not shown, so it is not checked.
func (l *Typesetter) checkSaid(f *diag.File, language *site.Language, token markdown.Token) []diag.Diagnostic {
	parts := strings.Split(token.ID, "|")
	if language.Lang == l.Site.Default.Lang || len(parts) != 3 {
		return nil
	}
	isKana := func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }
	isOwn := func(r rune) bool { return unicode.In(r, parity.Script(language.Lang)...) }
	if strings.ContainsFunc(parts[2], isOwn) && !strings.ContainsFunc(parts[2], isKana) {
		return nil
	}
	return []diag.Diagnostic{f.At(token.Offset, "say-meaning", parts[2], language.ID)}
}

// isOfOtherScript reports whether a letter belongs neither to the scripts of Latin and of East Asian texts nor to that of the language.
// Japanese letters in other languages are left to checkNative.
func isOfOtherScript(r rune, own []*unicode.RangeTable) bool {
	const greek, phonetic, hangul, afterHangul = 0x370, 0x1d00, 0xac00, 0xd7a4
	return (r >= greek && r < phonetic || r >= hangul && r < afterHangul) && unicode.IsLetter(r) && !unicode.In(r, own...)
}

// isFullwidth reports whether a character is a full-width Latin letter.
func isFullwidth(r rune) bool { return r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ' }

// checkScript reports words with letters of a script that the language does not use, such as a Cyrillic е in an English word. A single
// Greek letter may stand alone, because it may be a symbol. In languages in Latin letters, checkScript also reports full-width letters.
func (l *Typesetter) checkScript(f *diag.File, language *site.Language, run markdown.Passage) []diag.Diagnostic {
	own, isLatin := parity.Script(language.Lang), parity.IsLatin(language.Lang)
	isOdd := func(r rune) bool { return isOfOtherScript(r, own) || isLatin && isFullwidth(r) }
	isPart := func(r rune) bool {
		return isOdd(r) || unicode.Is(unicode.Latin, r) && (isLatin || !isFullwidth(r)) || unicode.Is(unicode.Mn, r)
	}
	var found []diag.Diagnostic
	for at := 0; at < len(run.Text); {
		odd := strings.IndexFunc(run.Text[at:], isOdd)
		if odd < 0 {
			break
		}
		odd += at
		start := len(strings.TrimRightFunc(run.Text[:odd], isPart))
		end := len(run.Text) - len(strings.TrimLeftFunc(run.Text[odd:], isPart))
		word := run.Text[start:end]
		letters := strings.Map(func(r rune) rune {
			if isOfOtherScript(r, own) {
				return r
			}
			return -1
		}, word)
		switch {
		case letters == "":
			found = append(found, f.At(run.At(start), "word-fullwidth", word, strings.Map(narrow, word)))
		case utf8.RuneCountInString(word) > 1 || !strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Greek, r) }):
			found = append(found, f.At(run.At(start), "word-script", word, language.ID, letters))
		}
		at = end
	}
	return found
}

// narrow returns the ASCII letter for a full-width Latin letter, and other characters unchanged.
func narrow(r rune) rune {
	if isFullwidth(r) {
		return r - ('Ａ' - 'A')
	}
	return r
}
