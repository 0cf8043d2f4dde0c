// Package written finds the days, months and phone numbers in a text, in every form that people use. It knows the Western and the Japanese
// calendar, and numerals in ASCII digits, full-width digits and kanji. It knows the names of months, the possible orders of day, month and
// year, and phone numbers with any marks between their groups. Package values compares what it finds with facts; this package does not know
// the facts. Begin with [NewReader].
package written

import (
	"strings"
	"unicode/utf8"

	"sitegen/internal/civil"
)

// Kind is the kind of a mention.
type Kind uint8

// The kinds of mention. Other numbers in a text are not mentions.
const (
	Day       Kind = iota // a day with its year
	Month                 // a month with its year
	DayOfYear             // a day without its year
	Relative              // a month or day whose meaning depends on the day of reading: 来年3月, 来月10日
	Phone                 // a phone number
)

// Mention is one place in a text that names a day, a month or a phone number. Start and End are byte offsets.
type Mention struct {
	Start, End int
	Kind       Kind
	// Days has the days that a Day can mean; there are several if the order of the numbers is unclear. For a Month, it is the first day of
	// the month. For a DayOfYear, it is the day in the year 2000. For a Relative, the day has no meaning. Days is empty for a Phone, and if
	// the calendar has no such day or month.
	Days []civil.Date
	Era  bool // whether the year is written in the Japanese calendar
	// Number has the digits of a Phone, as dialled within Japan.
	Number string
}

// Impossible reports whether the calendar has no such day or month.
func (m Mention) Impossible() bool { return m.Kind != Phone && len(m.Days) == 0 }

// Reader finds mentions in texts of one language.
type Reader struct {
	months map[string]int // the numbers of months, by their names in lower case
}

// NewReader returns a reader for a language. `months` has the language's names of months, from January on, or is nil. The reader also knows
// the English names. It ignores names of more than one word, so callers must look for those themselves.
func NewReader(months []string) *Reader {
	r := &Reader{map[string]int{}}
	for i, name := range englishMonths {
		r.months[name] = i + 1
		r.months[name[:3]] = i + 1
	}
	r.months["sept"] = 9
	for i, name := range months {
		if name = strings.ToLower(name); name != "" && wordEnd(name, 0) == len(name) {
			r.months[name] = i + 1
		}
	}
	return r
}

var englishMonths = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// Find returns the mentions in a text, in order and without overlap. Every mention contains a numeral, so Find goes from numeral to
// numeral. For each numeral it tries a fixed number of forms, and a form reads no further than a few words.
func (r *Reader) Find(text string) []Mention {
	var list []Mention
	for from := 0; ; {
		at := nextNumeral(text, from)
		if at == len(text) {
			return list
		}
		if m, ok := r.read(text[from:], at-from); ok {
			m.Start, m.End = m.Start+from, m.End+from
			list = append(list, m)
			from = m.End
		} else {
			_, size := utf8.DecodeRuneInString(text[at:])
			from = max(readNumeral(text, at).end, at+size)
		}
	}
}

// read reads the mention whose first numeral is at an offset. It returns false if there is no mention, or if the mention is a day that
// recurs every year.
func (r *Reader) read(text string, at int) (Mention, bool) {
	if m, ok := phoneAt(text, at); ok {
		return m, true
	}
	n := readNumeral(text, at)
	for _, form := range []func(*Reader, string, int, numeral) (Mention, bool){(*Reader).compact, (*Reader).separated, (*Reader).kanji, (*Reader).named} {
		if m, ok := form(r, text, at, n); ok {
			return m, !yearly(text, m)
		}
	}
	return Mention{}, false
}

// day returns a mention of a day with its year. The second result is always true.
func day(start, end int, era bool, year, month, day int) (Mention, bool) {
	return Mention{Start: start, End: end, Kind: Day, Era: era, Days: existing(year, month, day)}, true
}

// existing returns a list with the day, or nil if the calendar has no such day.
func existing(year, month, day int) []civil.Date {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return nil
	}
	date := civil.Of(year, month, day)
	if _, m, _ := date.YMD(); m != month {
		return nil
	}
	return []civil.Date{date}
}

// dayOfYear returns a mention of a day without its year. 29 February counts as a day. The second result is always true.
func dayOfYear(start, end, month, day int) (Mention, bool) {
	const leapYear = 2000
	return Mention{Start: start, End: end, Kind: DayOfYear, Days: existing(leapYear, month, day)}, true
}

// yearly reports whether the text around a day without a year says that the day recurs every year: 毎年3月31日, "each year on 31 March",
// "31 March of every year".
func yearly(text string, m Mention) bool {
	if m.Kind != DayOfYear {
		return false
	}
	const near = 24
	before := strings.TrimRight(text[max(0, m.Start-near):m.Start], "、の度 \u00a0\u3000")
	if strings.HasSuffix(before, "毎年") || strings.HasSuffix(before, "各年") {
		return true
	}
	around := strings.ToLower(text[max(0, m.Start-near):m.Start] + "|" + text[m.End:min(len(text), m.End+near)])
	before, after, _ := strings.Cut(around, "|")
	before = before[strings.LastIndexAny(before, ".;:!?")+1:]
	if end := strings.IndexAny(after, ".;:!?"); end >= 0 {
		after = after[:end]
	}
	for _, word := range []string{"every ", "each "} {
		if strings.Contains(before, word) || strings.Contains(after, word+"year") {
			return true
		}
	}
	return false
}
