package style

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// known are the phrases of a language that the checks look for: double negatives, phrases that point to a place on the page, and words such
// as 今日, whose meaning depends on the day of reading.
type known struct {
	negatives, pointing, relative []string
	apart                         bool // a phrase counts only if no letter comes directly before or after it
}

var phrases = map[string]known{
	"ja": {
		negatives: []string{"ないわけでは", "ないわけじゃ", "なくはな", "なくはあり", "なくもな", "なくもあり", "ないことはな", "ないことはあり", "ないこともな",
			"ないとは限", "ないとはかぎ", "ないとは言", "ないでもな", "ざるを得", "ずにはい"},
		pointing: []string{"こちら", "上記", "下記", "上述", "前述", "後述", "右記", "左記"},
		relative: []string{"今日", "明日", "昨日", "本日", "今週", "来週", "先週", "今月", "来月", "先月", "今年", "来年", "去年", "昨年", "本年", "今年度", "来年度", "昨年度", "今春", "今夏", "今秋",
			"今冬", "最近", "近日", "先日", "このほど", "まもなく", "間もなく", "もうすぐ"},
	},
	"en": {
		apart: true,
		negatives: []string{"not uncommon", "not unusual", "not impossible", "not unlikely", "not without", "never without", "cannot * without", "not * unless", "cannot * unless",
			"no * without", "nothing * not", "not * without", "not never", "not refrain"},
		pointing: []string{"click here", "see here", "look here", "the above", "see above", "as above", "described above", "mentioned above", "see below", "described below", "lines below", "aforementioned", "hereinafter"},
		relative: []string{"today", "tomorrow", "yesterday", "this week", "next week", "last week", "this month", "next month", "last month", "this year", "next year", "last year",
			"this spring", "this summer", "this autumn", "this winter", "next spring", "next summer", "next autumn", "next winter", "last spring", "last summer", "last autumn", "last winter",
			"recently", "lately", "will soon", "coming soon", "nowadays", "the other day"},
	},
}

// anyOf reports at most one of `words` in each sentence: the first word of the list that occurs outside quotation marks. For `apart`, see
// [known].
func anyOf(f *diag.File, p *markdown.Passage, code diag.Code, words []string, apart bool) []diag.Diagnostic {
	var found []diag.Diagnostic
	text := p.Text
	if apart {
		text = strings.ToLower(text)
	}
	if len(text) != len(p.Text) { // the lower-case form of a letter is longer, so offsets would differ
		return nil
	}
	words = somewhereIn(text, words)
	if len(words) == 0 {
		return nil
	}
	for _, s := range sentencesOf(p) {
		for _, phrase := range words {
			if start, end := unquoted(text, s.start, s.end, phrase, apart); end > start {
				found = append(found, f.At(p.At(start), code, p.Text[start:end]))
				break
			}
		}
	}
	return found
}

// unquoted returns the start and end of the first occurrence of a phrase in text[start:end] that is not between quotation marks. Both are 0
// if there is no such occurrence.
func unquoted(text string, start, end int, phrase string, apart bool) (int, int) {
	for start < end {
		from, to := find(text[start:end], phrase, apart)
		if to <= from {
			break
		}
		if !isQuoted(text, start+from) {
			return start + from, start + to
		}
		start += to
	}
	return 0, 0
}

// somewhereIn returns those phrases whose part before the gap is in the text. Few texts contain such a part, so this makes anyOf fast.
func somewhereIn(text string, phrases []string) []string {
	var some []string
	for _, phrase := range phrases {
		if first, _, _ := strings.Cut(phrase, gap); strings.Contains(text, first) {
			some = append(some, phrase)
		}
	}
	return some
}

// gap stands in a phrase for at most six words.
const gap = " * "

// find returns the start and end of a phrase in a sentence. They are equal if the sentence does not contain the phrase.
func find(sentence, phrase string, apart bool) (start, end int) {
	first, rest, parted := strings.Cut(phrase, gap)
	for from := 0; ; {
		at := strings.Index(sentence[from:], first)
		if at < 0 {
			return 0, 0
		}
		start, end = from+at, from+at+len(first)
		from = end
		if apart && !isApart(sentence, start, end) || !apart && isInWord(sentence, start) {
			continue
		}
		if !parted {
			return start, end
		}
		if at, next := find(sentence[end:], rest, apart); next > at && near(sentence[end:end+at]) {
			return start, end + next
		}
	}
}

// near reports whether the two parts of a phrase with a gap belong together: the text between them has at most six words, and no mark that
// ends a clause.
func near(between string) bool {
	return len(strings.Fields(between)) <= 6 && !strings.ContainsAny(between, ",;—()")
}

// isQuoted reports whether a byte is between quotation marks. The words are then somebody else's.
func isQuoted(text string, at int) bool {
	before := text[:at]
	return strings.Count(before, "「") > strings.Count(before, "」") || strings.Count(before, "“") > strings.Count(before, "”") || strings.Count(before, `"`)%2 == 1
}

// isApart reports whether no letter comes directly before or after a phrase.
func isApart(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}

// isInWord reports whether a phrase that begins with a kanji follows another kanji directly. It then probably begins inside a longer word,
// as 本年 does in 日本年金.
func isInWord(text string, start int) bool {
	first, _ := utf8.DecodeRuneInString(text[start:])
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	return unicode.Is(unicode.Han, first) && unicode.Is(unicode.Han, before)
}

// goesOn reports whether the last kanji of a spelling probably begins a longer word, as in ない事|情: the spelling ends with kana and one
// kanji, and `after` begins with a kanji.
func goesOn(spelling, after string) bool {
	last, size := utf8.DecodeLastRuneInString(spelling)
	before, _ := utf8.DecodeLastRuneInString(spelling[:len(spelling)-size])
	next, _ := utf8.DecodeRuneInString(after)
	return unicode.Is(unicode.Han, last) && unicode.In(before, unicode.Hiragana, unicode.Katakana) && unicode.Is(unicode.Han, next)
}

// mayAvoid reports whether a text contains a spelling to avoid. Nearly no text does, so all spellings are looked for together: at each
// character, only those that begin with it.
func (r *Rules) mayAvoid(text string) bool {
	for i, c := range text {
		for _, spelling := range r.avoided[c] {
			if strings.HasPrefix(text[i:], spelling) {
				return true
			}
		}
	}
	return false
}

// spelling reports spellings that words.yaml says to avoid, with the spelling to use.
func (r *Rules) spelling(f *diag.File, p *markdown.Passage) []diag.Diagnostic {
	if !r.mayAvoid(p.Text) {
		return nil
	}
	var found []diag.Diagnostic
	for _, variant := range r.variants {
		for _, not := range variant.Not {
			at := 0
			for {
				next := strings.Index(p.Text[at:], not.Spelling)
				if next < 0 {
					break
				}
				at += next + len(not.Spelling)
				if !goesOn(not.Spelling, p.Text[at:]) {
					found = append(found, f.At(p.At(at-len(not.Spelling)), "style-spelling", not.Spelling, variant.Write, not.Said))
				}
			}
		}
	}
	return found
}
