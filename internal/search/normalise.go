package search

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"sitegen/internal/civil"
	"sitegen/internal/plaintext"
)

// Normalise returns a text in the form that the index and queries use, in which all spellings of a word become the same letters. It removes
// differences of width, capitals, accents, katakana, small kana, long vowels, and ways to write a day. It drops apostrophes. Any other
// character that is not a letter, a mark or a number becomes a space. The pages' script does the same (script/search/normalise.ts). Tests
// of both use testdata/normalise.json.
func Normalise(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range plaintext.Compatible(text) {
		if plain(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(fold(r))
		}
	}
	return spaced(shortVowels(withDays(b.String())))
}

// sameLetter maps variants of a letter to that letter.
var sameLetter = func() map[rune]string {
	of, letters := map[rune]string{}, []rune("ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゕかゖかゐいゑえゔぶ髙高﨑崎濵浜đdłløoıi御お")
	for i := 0; i < len(letters); i += 2 {
		of[letters[i]] = string(letters[i+1])
	}
	return of
}()

// plain reports whether fold certainly leaves a letter as it is. It is a fast check for common letters. It also returns false for some
// letters that fold does not change.
func plain(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= ' ' && r <= '@' && r != '\'' || r >= 0x4e00 && r < 0xa000 && sameLetter[r] == ""
}

var folded sync.Map // results of fold, by letter

// fold returns the normalised form of one letter. For accents, marks of long vowels and apostrophes it is "".
func fold(r rune) string {
	if known, ok := folded.Load(r); ok {
		return known.(string)
	}
	text := strings.Map(func(r rune) rune {
		switch {
		case r >= 0x300 && r <= 0x36f, r == 'ー', r == '\'', r == '’':
			return -1
		case r >= 'ァ' && r <= 'ヶ':
			return r - 'ァ' + 'ぁ'
		}
		return unicode.ToLower(r)
	}, plaintext.Decomposed(string(r)))
	text = plaintext.Compatible(text)
	if same, ok := sameLetter[firstRune(text)]; ok && len(text) == len(string(firstRune(text))) {
		text = same
	}
	folded.Store(r, text)
	return text
}

func firstRune(text string) rune {
	for _, r := range text {
		return r
	}
	return 0
}

const (
	monthNames = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
	numerals   = "〇一二三四五六七八九"
)

// The ways to write a day, in the order in which withDays replaces them.
var (
	spacedUnit   = regexp.MustCompile(`([0-9]) +([年月日歳割か])`)
	spacedNumber = regexp.MustCompile(`([年月]) +([0-9])`)
	kanjiNumber  = regexp.MustCompile(`([〇一二三四五六七八九十百]+)([年月日歳割])`)
	leadingZero  = regexp.MustCompile(`\b0([0-9][年月日])`)
	eraYear      = regexp.MustCompile(`(令和|平成|昭和) *(元|[0-9]{1,2})年`)
	eraLetter    = regexp.MustCompile(`\b([rhs])\.?([0-9]{1,2})(?:年|[./-])([0-9]{1,2})(?:月|[./-])([0-9]{1,2})(?:日|\b)`)
	fullDay      = regexp.MustCompile(`\b((?:19|20)[0-9]{2})[./-]([0-9]{1,2})[./-]([0-9]{1,2})\b`)
	slashedDay   = regexp.MustCompile(`\b([0-9]{1,2})/([0-9]{1,2})\b`)
	monthFirst   = regexp.MustCompile(`\b(` + monthNames + `)\.? +([0-9]{1,2})(?:st|nd|rd|th)?\b(?:,? +((?:19|20)[0-9]{2})\b)?`)
	dayFirst     = regexp.MustCompile(`\b([0-9]{1,2})(?:st|nd|rd|th)? +(` + monthNames + `)\b(?:\.?,? +((?:19|20)[0-9]{2})\b)?`)
)

// eras are the eras that people still write, by name and by letter.
var eras = map[string]civil.Era{"令和": civil.Reiwa, "平成": civil.Heisei, "昭和": civil.Showa, "r": civil.Reiwa, "h": civil.Heisei, "s": civil.Showa}

// yearOf converts a year of an era to the Gregorian year, as text.
func yearOf(era string, year int) string { return strconv.Itoa(civil.FirstYear(eras[era]) + year - 1) }

// withDays writes all days in one form: 2025年12月2日 or, without a year, 12月2日.
func withDays(t string) string {
	if !strings.ContainsAny(t, "0123456789") && !hasKanjiNumber(t) {
		return t
	}
	t = spacedUnit.ReplaceAllString(t, "$1$2")
	t = spacedNumber.ReplaceAllString(t, "$1$2")
	t = replace(kanjiNumber, t, func(m []string) string { return strconv.Itoa(fromKanji(m[1])) + m[2] })
	t = leadingZero.ReplaceAllString(t, "$1")
	t = replace(eraYear, t, func(m []string) string { return yearOf(m[1], max(1, number(m[2]))) + "年" })
	t = replace(eraLetter, t, func(m []string) string { return day(yearOf(m[1], number(m[2])), number(m[3]), number(m[4])) })
	t = replace(fullDay, t, func(m []string) string { return day(m[1], number(m[2]), number(m[3])) })
	t = replace(slashedDay, t, func(m []string) string {
		if month, d := number(m[1]), number(m[2]); month >= 1 && month <= 12 && d >= 1 && d <= 31 {
			return day("", month, d)
		}
		return m[0]
	})
	t = replace(monthFirst, t, func(m []string) string { return day(m[3], month(m[1]), number(m[2])) })
	return replace(dayFirst, t, func(m []string) string { return day(m[3], month(m[2]), number(m[1])) })
}

// hasKanjiNumber reports whether a text may contain a number in kanji with a unit after it.
func hasKanjiNumber(t string) bool {
	before := false
	for _, r := range t {
		if before && strings.ContainsRune("年月日歳割", r) {
			return true
		}
		before = r >= 0x3007 && strings.ContainsRune(numerals+"十百", r)
	}
	return false
}

func replace(form *regexp.Regexp, text string, with func(match []string) string) string {
	if !form.MatchString(text) {
		return text
	}
	return form.ReplaceAllStringFunc(text, func(found string) string { return with(form.FindStringSubmatch(found)) })
}

func day(year string, month, day int) string {
	if year != "" {
		year += "年"
	}
	return year + strconv.Itoa(month) + "月" + strconv.Itoa(day) + "日"
}

func month(name string) int {
	return strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", name[:3])/3 + 1
}

// number returns the value of digits. It returns 0 for 元.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// fromKanji reads a number below 1000 in kanji, or a sequence of kanji digits.
func fromKanji(text string) int {
	sum, last := 0, 0
	for _, r := range text {
		switch r {
		case '十':
			sum, last = sum+10*max(1, last), 0
		case '百':
			sum, last = sum+100*max(1, last), 0
		default:
			last = 10*last + strings.IndexRune(numerals, r)/len("〇")
		}
	}
	return sum + last
}

// beforeLong are the kana after which う usually only makes the vowel long.
const beforeLong = "おこそとのほもよろごぞどぼぽうくすつぬふむゆるぐずづぶぷ"

// shortVowels removes each う after a kana in beforeLong, because romaji and hasty typists leave it out.
func shortVowels(t string) string {
	if !strings.Contains(t, "う") {
		return t
	}
	var b strings.Builder
	before := false
	for _, r := range t {
		if r == 'う' && before {
			before = false
			continue
		}
		before = r >= 0x3040 && r < 0x3100 && strings.ContainsRune(beforeLong, r)
		b.WriteRune(r)
	}
	return b.String()
}

// spaced replaces each run of characters that are not letters, marks or numbers by one space.
func spaced(t string) string {
	var b strings.Builder
	b.Grow(len(t))
	gap := false
	for _, r := range t {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r >= 0x3041 && r <= 0x3096, r >= 0x4e00 && r < 0xa000, r >= 0x80 && unicode.In(r, unicode.L, unicode.M, unicode.N):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}
