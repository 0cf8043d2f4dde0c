package style

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// polite are sentence endings in です・ます form. The same endings followed by か need no entries, because plainEnding does not take them for
// plain forms.
var polite = []string{"です", "ます", "ました", "ません", "でした", "でしょう", "ましょう", "ください"}

// plain are the last letters of verbs and adjectives in plain form, and the last letters of だ and である.
const plain = "うくぐすつぬぶむるたいだ"

// plainEnding returns the start and end of a sentence ending in plain form. Both are 0 if the sentence has no such ending. This is so if
// the ending is polite, if the last letter is not in the constant `plain` (as after a noun or a parenthesis), if the sentence is はい。, or
// if it does not end with 。. A closing 」 is skipped.
func plainEnding(sentence string) (start, end int) {
	body, isSentence := strings.CutSuffix(strings.TrimRight(sentence, " 」"), "。")
	body = strings.TrimRight(body, " 」")
	last, size := utf8.DecodeLastRuneInString(body)
	if !isSentence || !strings.ContainsRune(plain, last) || strings.TrimLeft(body, " 「（") == "はい" {
		return 0, 0
	}
	for _, ending := range polite {
		if strings.HasSuffix(body, ending) {
			return 0, 0
		}
	}
	start, end = len(body)-size, len(body)
	for start > 0 { // goes back to the kanji or space before the ending
		r, size := utf8.DecodeLastRuneInString(body[:start])
		if !unicode.Is(unicode.Hiragana, r) || end-start >= 12 {
			break
		}
		start -= size
	}
	return start, end
}

// helpers are auxiliary verbs, or their first letters. In やさしい日本語, a space separates them from the て or で before them.
var helpers = []string{"ください", "くださ", "います", "いません", "いました", "いる", "いた", "いない", "いて", "おきます", "おいて", "おく", "しまいま", "しまう", "しまっ", "みて", "みます",
	"もらいます", "もらう", "もらえ", "もらって", "もらいましょう", "くれます", "くれる", "くれない", "くれません", "あります", "ありません", "いきます", "いく"}

// formal are nouns with little meaning of their own. A space separates them from a verb, an adjective or の before them.
var formal = []string{"こと", "とき", "ところ", "ため", "もの", "ほう", "あいだ"}

// before are the last letters of words after which a formal noun may follow.
const before = "うくぐすつぬぶむるたいなの"

// particles never have a space before them.
var particles = []string{"は", "が", "を", "に", "で", "も", "と", "の", "へ", "や", "から", "まで", "より", "には", "では", "とは", "にも", "でも", "へは", "からは", "までは", "か"}

// longestPhrase is the maximum number of hiragana and kanji without a space, a mark, katakana or Latin letters between them.
const longestPhrase = 16

// spaces reports missing spaces between phrases, and spaces within a phrase.
func spaces(f *diag.File, p *markdown.Passage) []diag.Diagnostic {
	var found []diag.Diagnostic
	for at, r := range p.Text {
		switch {
		case r == 'て' || r == 'で':
			found = append(found, apart(f, p, at, helpers)...)
		case strings.ContainsRune(before, r):
			found = append(found, apart(f, p, at, formal)...)
		}
		if r == ' ' {
			found = append(found, together(f, p, at)...)
		}
	}
	return append(found, longPhrases(f, p)...)
}

// apart reports a missing space if one of `words` directly follows the letter at an offset, unless both are inside a word of the list
// `whole`. It reports nothing about a word that a token shows or that has a reading.
func apart(f *diag.File, p *markdown.Passage, at int, words []string) []diag.Diagnostic {
	letter := p.Text[at : at+len("て")]
	rest := p.Text[at+len(letter):]
	for _, word := range words {
		if !strings.HasPrefix(rest, word) || !p.IsWritten(at+len(letter)) || isOneWord(p.Text, at) {
			continue
		}
		d := f.At(p.At(at+len(letter)), "style-space", letter+word, letter+" "+word)
		return []diag.Diagnostic{f.Mendable(d, diag.Edit{Offset: p.At(at + len(letter)), Old: word, New: " " + word})}
	}
	return nil
}

// whole are words that must stay together, although they contain a letter and a word that the function apart would separate.
var whole = []string{"そのため", "このため", "ことば", "ほうほう", "ほうこう", "ためし", "ものの", "いつもの", "いくつもの", "念のため", "ねんのため"}

func isOneWord(text string, at int) bool {
	for _, one := range whole {
		for start := at; start >= 0 && start > at-len(one); start -= len("の") {
			if strings.HasPrefix(text[start:], one) {
				return true
			}
		}
	}
	return false
}

// together reports the space at an offset if punctuation or a particle follows it, because neither has a space before it.
func together(f *diag.File, p *markdown.Passage, at int) []diag.Diagnostic {
	rest := p.Text[at+1:]
	word := rest
	if end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		word = rest[:end]
	}
	next, _ := utf8.DecodeRuneInString(rest)
	wrong := ""
	switch {
	case strings.ContainsRune("、。」）！？", next):
		wrong = string(next)
	case at > 0 && slices.Contains(particles, word):
		wrong = word
	default:
		return nil
	}
	return []diag.Diagnostic{f.Mendable(f.At(p.At(at), "style-no-space", wrong), diag.Edit{Offset: p.At(at), Old: " " + wrong, New: wrong})}
}

// longPhrases reports phrases longer than longestPhrase. In such a phrase, readers cannot see where each word ends.
func longPhrases(f *diag.File, p *markdown.Passage) []diag.Diagnostic {
	var found []diag.Diagnostic
	length, start := 0, 0
	end := func(at int) {
		if length > longestPhrase {
			found = append(found, f.At(p.At(start), "style-phrase", p.Text[start:at], longestPhrase))
		}
		length = 0
	}
	for at, r := range p.Text {
		switch {
		case !unicode.IsLetter(r) && r != 'ー' && r != '々':
			end(at)
		case unicode.Is(unicode.Hiragana, r) || unicode.Is(unicode.Han, r):
			if length == 0 {
				start = at
			}
			length++
		case length > 0: // katakana and Latin letters show where words end
			end(at)
		}
	}
	end(len(p.Text))
	return found
}

// passiveRow are the letters that come before れる in the passive of verbs whose stem ends in a consonant.
const passiveRow = "かがさたまらわば"

// passiveEnds are the forms of れる that come after a letter of passiveRow.
var passiveEnds = []string{"れます", "れました", "れません", "れる", "れて", "れた", "れない"}

// able are stems of verbs whose form with られる usually means "can", such as 見られる.
var able = []string{"見", "出", "来", "着", "寝", "居", "得"}

// notPassive are verbs that look passive but are not.
var notPassive = []string{"生ま"}

// passive reports verbs in the passive: される, and forms such as かれる and われる after a word with a reading. It does not report verbs in
// `able`, in notPassive or in PassiveVerbs, nor verbs in quotation marks.
func (r *Rules) passive(f *diag.File, p *markdown.Passage) []diag.Diagnostic {
	var found []diag.Diagnostic
	told := func(at int, verb string) {
		if !slices.Contains(r.PassiveVerbs, verb) && !isQuoted(p.Text, at) {
			found = append(found, f.At(p.At(at), "style-passive", verb))
		}
	}
	for i, piece := range p.Pieces {
		if piece.Kind != markdown.Written {
			continue
		}
		text := p.Text[piece.Start:piece.End]
		stem := ""
		if i > 0 && p.Pieces[i-1].Kind == markdown.Read {
			stem = p.Text[p.Pieces[i-1].Start:p.Pieces[i-1].End]
		}
		first, size := utf8.DecodeRuneInString(text)
		if stem != "" && strings.ContainsRune(passiveRow, first) && hasPassiveEnd(text[size:]) && !(first == 'ら' && slices.Contains(able, stem)) && !slices.Contains(notPassive, stem+string(first)) {
			told(piece.Start, stem+string(first)+"れる")
			continue
		}
		if at := strings.Index(text, "され"); at >= 0 && hasPassiveEnd(text[at+len("さ"):]) {
			if at > 0 {
				stem = ""
			}
			told(piece.Start+at, stem+"される")
		}
	}
	return found
}

func hasPassiveEnd(text string) bool {
	return slices.ContainsFunc(passiveEnds, func(end string) bool { return strings.HasPrefix(text, end) })
}
