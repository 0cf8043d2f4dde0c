package site

import (
	"strings"
	"unicode/utf8"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/schema"
)

// literals finds dates and phone numbers typed into a text. Those equal to a fact must be tokens; others are worth a
// second look.
type literals struct {
	dates   map[civil.Date][]string // ids of the facts of a day
	months  map[civil.Date][]string // ids of the facts of a month, by its first day
	numbers map[string][]string     // ids of the facts of a phone number, by its digits
}

func newLiterals(facts []*Fact) literals {
	l := literals{map[civil.Date][]string{}, map[civil.Date][]string{}, map[string][]string{}}
	for _, fact := range facts {
		switch fact.Kind {
		case DateFact:
			l.dates[fact.Date] = append(l.dates[fact.Date], fact.ID)
		case MonthFact:
			l.months[fact.Date] = append(l.months[fact.Date], fact.ID)
		case PhoneFact:
			digits := strings.ReplaceAll(fact.Phone, "-", "")
			l.numbers[digits] = append(l.numbers[digits], fact.ID)
		}
	}
	return l
}

// check reports the dates and phone numbers of a run of text. Everything it looks for holds a digit, so it goes from
// digit to digit.
func (l literals) check(f *diag.File, run markdown.Run) []diag.Diagnostic {
	var found []diag.Diagnostic
	text := run.Text
	for at := nextDigit(text, 0); at < len(text); at = nextDigit(text, at) {
		start, end, finding := l.match(text, at)
		if finding == nil {
			_, at = number(text, at)
			continue
		}
		found = append(found, finding(f, run.At(start), text[start:end])...)
		at = end
	}
	return found
}

// nextDigit returns the offset of the next ASCII or full-width digit, or the length of the text.
func nextDigit(text string, at int) int {
	for at < len(text) {
		c := text[at]
		if c >= '0' && c <= '9' {
			return at
		}
		if c == 0xef {
			if _, size := digit(text[at:]); size > 0 {
				return at
			}
		}
		at++
	}
	return at
}

// digit returns the value and size of the ASCII or full-width digit a text begins with; a size of 0 for none.
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

// number reads the digits at an offset and returns their value and where they end. Values beyond eight digits do not
// matter and stay large.
func number(text string, at int) (value, end int) {
	for at < len(text) {
		v, size := digit(text[at:])
		if size == 0 {
			break
		}
		if value < 1e8 {
			value = value*10 + v
		}
		at += size
	}
	return value, at
}

type finding func(f *diag.File, offset int, text string) []diag.Diagnostic

// match tries the forms a date or phone number can have at a digit.
func (l literals) match(text string, at int) (start, end int, found finding) {
	if end, digits := phoneAt(text, at); end > 0 {
		return at, end, func(f *diag.File, offset int, text string) []diag.Diagnostic {
			return report(f, offset, text, l.numbers[digits], "phone")
		}
	}
	for _, form := range []func(string, int) (int, int, civil.Date){slashedDate, kanjiDate, englishDate} {
		if start, end, date := form(text, at); end > 0 {
			return start, end, func(f *diag.File, offset int, text string) []diag.Diagnostic {
				return l.checkDate(f, offset, text, date)
			}
		}
	}
	if start, end, month := kanjiMonth(text, at); end > 0 {
		return start, end, func(f *diag.File, offset int, text string) []diag.Diagnostic {
			return report(f, offset, text, l.months[month], "month")
		}
	}
	return 0, 0, nil
}

func (l literals) checkDate(f *diag.File, offset int, text string, date civil.Date) []diag.Diagnostic {
	return report(f, offset, text, l.dates[date], "date")
}

// checkEnd reports an end of a period that is a day of some fact, or of none. There a fact stands without braces.
func (l literals) checkEnd(f *diag.File, offset int, text string, day civil.Date) []diag.Diagnostic {
	ids := l.dates[day]
	switch {
	case day < schema.FirstDay || day > schema.LastDay:
		return []diag.Diagnostic{f.At(offset, "fact-day-range", day, schema.FirstDay, schema.LastDay)}
	case len(ids) > 0:
		return []diag.Diagnostic{f.At(offset, "period-fact", text, "fact:"+strings.Join(ids, ", fact:"))}
	}
	return []diag.Diagnostic{f.At(offset, "period-day", text)}
}

// checkCall reports a link to call a number.
func (l literals) checkCall(f *diag.File, offset int, number string) []diag.Diagnostic {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	if ids := l.numbers[digits]; len(ids) > 0 {
		return []diag.Diagnostic{f.At(offset, "literal-call", number, "(fact:"+strings.Join(ids, "), (fact:")+")")}
	}
	return report(f, offset, number, nil, "phone")
}

// report says which tokens to write instead of a literal, or that it is in no fact.
func report(f *diag.File, offset int, text string, ids []string, kind string) []diag.Diagnostic {
	if len(ids) == 0 {
		return []diag.Diagnostic{f.At(offset, diag.Code("literal-"+kind), text)}
	}
	tokens := "{fact:" + strings.Join(ids, "}, {fact:") + "}"
	return []diag.Diagnostic{f.At(offset, "literal-fact", text, tokens)}
}

// phoneAt reads a Japanese phone number: 0, ten or eleven digits, in groups joined by hyphens.
func phoneAt(text string, at int) (end int, digits string) {
	if v, _ := digit(text[at:]); v != 0 {
		return 0, ""
	}
	var b strings.Builder
	groups, position := 0, at
	for {
		_, groupEnd := number(text, position)
		if groupEnd == position {
			return 0, ""
		}
		for position < groupEnd {
			v, size := digit(text[position:])
			b.WriteByte(byte('0' + v))
			position += size
		}
		groups++
		r, size := utf8.DecodeRuneInString(text[position:])
		if !strings.ContainsRune("-‐‑–−ー－", r) || groups == 3 {
			break
		}
		position += size
	}
	if groups == 3 && (b.Len() == 10 || b.Len() == 11) {
		return position, b.String()
	}
	return 0, ""
}

// eraLetters are the one-letter and kanji names of eras, with the year before their first.
var eraNames = []struct {
	name   string
	before int
}{{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"R", 2018}, {"H", 1988}, {"S", 1925}, {"Ｒ", 2018}, {"Ｈ", 1988}, {"Ｓ", 1925}}

// yearAt reads a year, of the common era (four digits) or of an era whose name stands before the digits.
func yearAt(text string, at int) (start, year, end int) {
	year, end = number(text, at)
	for _, era := range eraNames {
		if strings.HasSuffix(text[:at], era.name) && year < 100 {
			return at - len(era.name), era.before + year, end
		}
	}
	if year < 1900 || year > 2199 {
		return 0, 0, 0
	}
	return at, year, end
}

// slashedDate reads 2025-12-01, 2025/12/1, 2025.12.1 and R7.12.1.
func slashedDate(text string, at int) (int, int, civil.Date) {
	start, year, position := yearAt(text, at)
	if position == 0 || position >= len(text) {
		return 0, 0, 0
	}
	separator, size := utf8.DecodeRuneInString(text[position:])
	if !strings.ContainsRune("-/.／．－", separator) {
		return 0, 0, 0
	}
	month, next := number(text, position+size)
	if next == position+size || !strings.HasPrefix(text[next:], string(separator)) {
		return 0, 0, 0
	}
	day, end := number(text, next+size)
	return dateIf(start, end, end > next+size, year, month, day)
}

// kanjiDate reads 2025年12月1日 and 令和7年12月1日.
func kanjiDate(text string, at int) (int, int, civil.Date) {
	start, year, position := yearAt(text, at)
	month, next, ok := counted(text, position, "年", "月")
	if position == 0 || !ok {
		return 0, 0, 0
	}
	day, end, ok := counted(text, next, "", "日")
	return dateIf(start, end, ok, year, month, day)
}

// kanjiMonth reads 2021年9月 and 令和3年9月.
func kanjiMonth(text string, at int) (int, int, civil.Date) {
	start, year, position := yearAt(text, at)
	month, end, ok := counted(text, position, "年", "月")
	return dateIf(start, end, position > 0 && ok, year, month, 1)
}

// counted reads a word, a number and a word.
func counted(text string, at int, before, after string) (value, end int, ok bool) {
	rest, ok := strings.CutPrefix(text[at:], before)
	if !ok {
		return 0, 0, false
	}
	at = len(text) - len(rest)
	value, end = number(text, at)
	if end == at || !strings.HasPrefix(text[end:], after) {
		return 0, 0, false
	}
	return value, end + len(after), true
}

var englishMonths = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// englishDate reads 1 December 2025 and December 1, 2025.
func englishDate(text string, at int) (int, int, civil.Date) {
	day, position := number(text, at)
	for i, name := range englishMonths {
		if rest, ok := strings.CutPrefix(text[position:], " "+name+" "); ok {
			yearAt := len(text) - len(rest)
			year, end := number(text, yearAt)
			return dateIf(at, end, end > yearAt, year, i+1, day)
		}
		if before, ok := strings.CutSuffix(text[:at], name+" "); ok && strings.HasPrefix(text[position:], ", ") {
			year, end := number(text, position+2)
			return dateIf(len(before), end, end > position+2, year, i+1, day)
		}
	}
	return 0, 0, 0
}

// dateIf returns the place and the date if it was read to its end and exists.
func dateIf(start, end int, ok bool, year, month, day int) (int, int, civil.Date) {
	if !ok || year > 9999 || month > 12 || day > 31 {
		return 0, 0, 0
	}
	date := civil.Of(year, month, day)
	if y, m, d := date.YMD(); y != year || m != month || d != day {
		return 0, 0, 0
	}
	return start, end, date
}
