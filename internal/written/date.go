package written

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/civil"
)

// eras has the names of Japanese eras that can stand before a year. `before` is the Gregorian year before the first year of the era.
var eras = []struct {
	name   string
	before int
}{
	{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"大正", 1911}, {"明治", 1867},
	{"㋿", 2018}, {"㍻", 1988}, {"㍼", 1925}, {"㍽", 1911}, {"㍾", 1867},
	{"Ｒ", 2018}, {"Ｈ", 1988}, {"Ｓ", 1925}, {"Ｔ", 1911},
	{"Reiwa", 2018}, {"Heisei", 1988}, {"Showa", 1925}, {"Shōwa", 1925}, {"Taisho", 1911},
	{"R", 2018}, {"H", 1988}, {"S", 1925}, {"T", 1911},
	{"令", 2018}, {"平", 1988}, {"昭", 1925}, {"大", 1911}, {"明", 1867},
}

// shortEras has the abbreviations of eras to one kanji. Such a kanji can also be the end of a longer word.
const shortEras = "令平昭大明"

// year is a year in a text: its Gregorian value, the offset where it starts, and whether it is written as a year of an era.
type year struct {
	value, start int
	era          bool
	first        bool // whether it is the first year of its era
}

// firstDays has the first day of each era since 1912, by the Gregorian year of that day.
var firstDays = map[int]civil.Date{2019: civil.Of(2019, 5, 1), 1989: civil.Of(1989, 1, 8), 1926: civil.Of(1926, 12, 25), 1912: civil.Of(1912, 7, 30)}

// day returns a mention of a day in the year. There is no such day if the year is the first of its era and the era began later in it, as in
// 令和元年3月1日. The second result is always true.
func (y year) day(start, end, month, of int) (Mention, bool) {
	m, ok := day(start, end, y.era, y.value, month, of)
	if began, known := firstDays[y.value]; known && y.era && y.first && len(m.Days) > 0 && m.Days[0] < began {
		m.Days = nil
	}
	return m, ok
}

// yearOf reads the numeral n at an offset as a year: a Gregorian year from 1900 to 2199, or a year of the era whose name comes before
// the numeral. It returns false if the numeral is neither.
func yearOf(text string, at int, n numeral) (year, bool) {
	before := strings.TrimRight(text[max(0, at-longestSpace-len("Reiwa")):at], spaces)
	offset := at - len(text[max(0, at-longestSpace-len("Reiwa")):at]) + len(before)
	for _, era := range eras {
		if n.value > 99 || !strings.HasSuffix(before, era.name) {
			continue
		}
		start := offset - len(era.name)
		if era.name[0] < utf8.RuneSelf && start > 0 && isWordByte(text[start-1]) {
			continue // the letters are the end of a longer word
		}
		if before, _ := utf8.DecodeLastRuneInString(text[:start]); strings.Contains(shortEras, era.name) && unicode.Is(unicode.Han, before) {
			continue // 法令7 is not a year
		}
		return year{era.before + n.value, start, true, n.value == 1}, n.value > 0
	}
	return year{n.value, at, false, false}, n.digits == 4 && n.value >= 1900 && n.value <= 2199 || n.kanji && n.value >= 1900 && n.value <= 2199
}

func isWordByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

// compact reads a day of eight digits, such as 20251201. It returns false if there is no such day at the offset, if the calendar has no
// such day, or if the digits are part of a longer word or number.
func (r *Reader) compact(text string, at int, first numeral) (Mention, bool) {
	if first.digits != 8 || first.kanji {
		return Mention{}, false
	}
	year, month, day := first.value/1e4, first.value/100%100, first.value%100
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[first.end:])
	if year < 1900 || year > 2199 || joins(before) || joins(after) && (after != '.' || goesOn(text[first.end:], '.')) {
		return Mention{}, false
	}
	days := existing(year, month, day)
	return Mention{Start: at, End: first.end, Kind: Day, Days: days}, days != nil
}

// joins reports whether a character next to digits makes the digits part of a longer word or number, such as a file name.
func joins(r rune) bool {
	return strings.ContainsRune("-_/.,#＃－．／", r) || unicode.Is(unicode.Latin, r)
}

// separated reads a mention whose first numeral is at an offset, in forms such as 2025-12-01, 2025/12/1, 2025・12・1, R7.12.1, 31/3/2027,
// 3/31/2027, 25/12/01 and 12/1. It returns false if the text at the offset has no such form.
func (r *Reader) separated(text string, at int, first numeral) (Mention, bool) {
	separator, size := utf8.DecodeRuneInString(text[first.end:])
	if !strings.ContainsRune("-/.／．－"+afterYear, separator) || first.kanji || strings.HasSuffix(text[:at], string(separator)) {
		return Mention{}, false
	}
	second := readNumeral(text, skip(text, first.end+size))
	if second.digits == 0 || second.digits > 2 || second.kanji {
		return Mention{}, false
	}
	y, isYear := yearOf(text, at, first)
	third := numeral{}
	if strings.HasPrefix(text[second.end:], string(separator)) {
		third = readNumeral(text, skip(text, second.end+size))
	}
	if third.digits == 0 {
		return r.pair(text, at, y, isYear, first, second, separator)
	}
	if third.kanji || goesOn(text[third.end:], separator) {
		return Mention{}, false
	}
	if !isYear && strings.ContainsRune(afterYear, separator) {
		return Mention{}, false
	}
	if isYear {
		if third.digits > 2 {
			return Mention{}, false
		}
		return y.day(y.start, third.end, second.value, third.value)
	}
	return inAnyOrder(at, first, second, third, separator, !afterName(text, at))
}

// pair reads a mention of two numbers: a month such as 2021/10, 2021-10 and R3.10, or a day without its year such as 12/1 and 3.31まで. It
// returns false if the numbers may mean something else.
func (r *Reader) pair(text string, at int, y year, isYear bool, first, second numeral, separator rune) (Mention, bool) {
	isDot := separator == '.' || separator == '．'
	month := existing(y.value, second.value, 1)
	switch {
	case isYear && y.era && (isDot || separator == '/' || separator == '／') && month != nil:
		return Mention{Start: y.start, End: second.end, Kind: Month, Era: true, Days: month}, true
	case isYear && !y.era && !strings.ContainsRune(afterYear, separator) && (second.digits == 2 || separator == '/' || separator == '／') && month != nil && !joinsBefore(text, at) && !joinsAfter(text, second.end):
		return Mention{Start: at, End: second.end, Kind: Month, Days: month}, true
	case isYear || first.digits > 2 || !likelyDay(first.value, second.value):
		return Mention{}, false
	case separator == '/', isDot && isEnd(text[second.end:]):
		return dayOfYear(at, second.end, first.value, second.value)
	}
	return Mention{}, false
}

// isEnd reports whether a text begins with a word that makes the number before it an end of a period, as in 3.31まで.
func isEnd(text string) bool {
	for _, word := range []string{"まで", "から", "より", "以降", "以前", "付", "現在"} {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}

// joinsBefore and joinsAfter report whether the character beside a number makes it part of a longer word or number.
func joinsBefore(text string, at int) bool {
	before, size := utf8.DecodeLastRuneInString(text[:at])
	return size > 0 && joins(before)
}

func joinsAfter(text string, end int) bool {
	after, size := utf8.DecodeRuneInString(text[end:])
	return size > 0 && joins(after) && (after != '.' && after != ',' || goesOn(text[end:], after))
}

// afterName reports whether the word before an offset has a capital letter. A number after it may be a version, as in iOS 26.3.1.
func afterName(text string, at int) bool {
	end := len(strings.TrimRight(text[:at], spaces))
	return end < at && strings.ContainsFunc(text[wordStart(text, end):end], unicode.IsUpper)
}

// afterYear has separators that make three numbers a day only if the first number is a year. In 5・6・7 they separate the items of a list.
const afterYear = "・･‐‑‒–—―−ー"

// goesOn reports whether `rest` begins with the separator and a further number, as in a version number or an IP address.
func goesOn(rest string, separator rune) bool {
	rest, found := strings.CutPrefix(rest, string(separator))
	_, size := digit(rest)
	return found && size > 0
}

// inAnyOrder reads three numbers as a day. The caller has checked that the first number is not a four-digit year. The mention has each
// day that the numbers can mean: year first (also a year of Reiwa), or year last with the month or the day first. inAnyOrder returns
// false if the numbers are probably not a day. `dotted` says whether they can be a day with dots, as in 27.3.31.
func inAnyOrder(at int, first, second, third numeral, separator rune, dotted bool) (Mention, bool) {
	m := Mention{Start: at, End: third.end, Kind: Day}
	if first.digits > 2 {
		return m, false
	}
	if third.digits == 4 && third.value >= 1900 && third.value <= 2199 {
		m.Days = append(existing(third.value, second.value, first.value), existing(third.value, first.value, second.value)...)
		return m, true
	}
	if third.digits > 2 {
		return m, false
	}
	if dotted = dotted && (separator == '.' || separator == '．') && first.value > 12 && second.value <= 12; dotted {
		m.Days = append(existing(2000+first.value, second.value, third.value), existing(2000+third.value, second.value, first.value)...)
		return m, len(m.Days) > 0
	}
	if separator != '/' {
		return m, false // 1-2-3 is part of a Japanese address, and 1.2.3 is the number of a section
	}
	m.Days = append(existing(2000+first.value, second.value, third.value), existing(2000+third.value, second.value, first.value)...)
	m.Days = append(append(m.Days, existing(2000+third.value, first.value, second.value)...), existing(2018+first.value, second.value, third.value)...)
	return m, len(m.Days) > 0
}

// likelyDay reports whether two numbers with a slash between them are a month and a day, such as 12/1 and 7/31. It returns false for
// numbers that may be a fraction, such as 1/2, 3/10 and 5/5.
func likelyDay(month, day int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= 31 && (month > day || day > 12)
}

// kanji reads a mention whose first numeral is at an offset, in forms such as 2025年12月1日, 令和七年十二月一日, 2027年3月末, 2021年9月, 12月1日, 来年3月 and
// 来月10日. It returns false if the text at the offset has no such form.
func (r *Reader) kanji(text string, at int, first numeral) (Mention, bool) {
	if end, ok := after(text, first.end, "月"); ok {
		d := readNumeral(text, skip(text, end))
		if end, ok := after(text, d.end, "日"); ok && d.digits > 0 && first.digits <= 2 && !strings.HasPrefix(text[end:], "間") {
			return dayOfYear(at, end, first.value, d.value)
		}
		return relative(text, at, end, relativeYears, first.value)
	}
	if end, ok := after(text, first.end, "日"); ok && !strings.HasPrefix(text[end:], "間") {
		return relative(text, at, end, relativeMonths, 1)
	}
	y, isYear := yearOf(text, at, first)
	end, ok := after(text, first.end, "年")
	if !isYear {
		return Mention{}, false
	}
	if !ok {
		// In 令和9（2027）年 and 2027（令和9）年, the year stands in both calendars before 年.
		if end = otherYear(text, first.end, y); end == first.end {
			return Mention{}, false
		}
		if end, ok = after(text, end, "年"); !ok {
			return Mention{}, false
		}
	} else if rest := otherYear(text, end, y); rest > end {
		end = rest // 2027年（令和9年）3月31日
	}
	if of, ok := after(text, end, "の"); ok {
		end = of // 2025年の12月1日
	}
	month := readNumeral(text, skip(text, end))
	end, ok = after(text, month.end, "月")
	if !ok || month.digits == 0 {
		return Mention{}, false
	}
	if last, ok := after(text, end, "末"); ok && len(existing(y.value, month.value, 1)) > 0 {
		if strings.HasPrefix(text[last:], "日") {
			last += len("日")
		}
		return Mention{Start: y.start, End: last, Kind: Day, Era: y.era, Days: []civil.Date{civil.Of(y.value, month.value+1, 1) - 1}}, true
	}
	d := readNumeral(text, skip(text, end))
	if end, ok := after(text, d.end, "日"); ok && d.digits > 0 {
		return y.day(y.start, end, month.value, d.value)
	}
	return Mention{Start: y.start, End: end, Kind: Month, Era: y.era, Days: existing(y.value, month.value, 1)}, true
}

// otherYear returns the offset after a year in parentheses at an offset that is the same year in the other calendar, as in 2027年（令和9年）. It
// returns `at` if there is no such year.
func otherYear(text string, at int, y year) int {
	open := skip(text, at)
	start := open
	for _, mark := range []string{"（", "("} {
		if strings.HasPrefix(text[open:], mark) {
			start = open + len(mark)
		}
	}
	if start == open {
		return at
	}
	digits := start
	for _, era := range eras {
		if strings.HasPrefix(text[start:], era.name) {
			digits = start + len(era.name)
			break
		}
	}
	n := readNumeral(text, skip(text, digits))
	other, ok := yearOf(text, skip(text, digits), n)
	if n.digits == 0 || !ok || other.value != y.value || other.era == y.era {
		return at
	}
	end, _ := after(text, n.end, "年")
	end = max(end, n.end)
	for _, mark := range []string{"）", ")"} {
		if strings.HasPrefix(text[end:], mark) {
			return end + len(mark)
		}
	}
	return at
}

// Words for a year and a month relative to the day of writing. They mean something different to somebody who reads them later.
var (
	relativeYears  = []string{"再来年", "来年", "今年", "本年", "一昨年", "昨年", "去年"}
	relativeMonths = []string{"再来月", "来月", "今月", "先々月", "先月"}
)

// relative returns a mention of a month or day relative to the day of writing. It returns false unless one of `words` comes before the
// offset `at`, with only spaces or の between them. For a day, `month` is 1.
func relative(text string, at, end int, words []string, month int) (Mention, bool) {
	const leapYear = 2000
	before := strings.TrimRight(text[:at], "の"+spaces)
	for _, word := range words {
		if strings.HasSuffix(before, word) {
			return Mention{Start: len(before) - len(word), End: end, Kind: Relative, Days: existing(leapYear, month, 1)}, true
		}
	}
	return Mention{}, false
}

// named reads a mention whose first numeral is at an offset and that contains the name of a month. The forms are "1 December 2025", "the
// 31st of March, 2027", "Dec. 1, 2025", "March 2027" and "1 May". It returns false if the text at the offset has no such form.
func (r *Reader) named(text string, at int, first numeral) (Mention, bool) {
	if first.kanji {
		return Mention{}, false
	}
	if start, month, capital := r.monthBefore(text, at); month > 0 {
		if y, ok := yearOf(text, at, first); ok && !y.era {
			if before, ok := endOf(text, start); ok {
				return Mention{Start: before, End: first.end, Kind: Day, Days: []civil.Date{civil.Of(y.value, month+1, 1) - 1}}, capital
			}
			return Mention{Start: start, End: first.end, Kind: Month, Days: existing(y.value, month, 1)}, capital
		}
		end := ordinal(text, first.end)
		if first.digits > 2 {
			return Mention{}, false
		}
		if y, yearEnd, ok := yearAfter(text, end); ok {
			return y.day(start, yearEnd, month, first.value)
		}
		if capital {
			return dayOfYear(start, end, month, first.value)
		}
		return Mention{}, false
	}
	if first.digits > 2 {
		return Mention{}, false
	}
	nameAt := filler(text, skip(text, hyphen(text, ordinal(text, first.end))))
	nameEnd := wordEnd(text, nameAt)
	month := r.months[strings.ToLower(text[nameAt:nameEnd])]
	if month == 0 || nameAt == first.end {
		return Mention{}, false
	}
	if y, end, ok := yearAfter(text, nameEnd); ok {
		return y.day(at, end, month, first.value)
	}
	if isCapital(text[nameAt:]) {
		return dayOfYear(at, nameEnd, month, first.value)
	}
	return Mention{}, false
}

// monthBefore returns the month whose name comes before an offset, and the offset where the name starts. `month` is 0 if there is no
// such name. `capital` says whether the name begins with a capital letter: without one, "may" and "march" can be ordinary words.
func (r *Reader) monthBefore(text string, at int) (start, month int, capital bool) {
	end := len(strings.TrimRight(strings.TrimSuffix(text[:at], "-"), spaces))
	if at-end > longestSpace || end == at {
		return 0, 0, false
	}
	if word := text[wordStart(text, end):end]; word == "of" || word == "de" || word == "the" {
		end = len(strings.TrimRight(text[:end-len(word)], spaces))
	}
	end = len(strings.TrimSuffix(text[:end], "."))
	start = wordStart(text, end)
	return start, r.months[strings.ToLower(text[start:end])], isCapital(text[start:])
}

// endOf returns the start of the words "end of" before an offset. The month that follows them stands for its last day.
func endOf(text string, at int) (start int, ok bool) {
	for _, word := range []string{"of", "end"} {
		end := len(strings.TrimRight(text[:at], spaces))
		if end == at || at-end > longestSpace || !strings.EqualFold(text[wordStart(text, end):end], word) {
			return 0, false
		}
		at = wordStart(text, end)
	}
	return at, true
}

func isCapital(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// ordinal returns the offset after "st", "nd", "rd" or "th", or `at` if the text at the offset has no such ending.
func ordinal(text string, at int) int {
	if end := at + 2; end <= len(text) && wordEnd(text, at) == end {
		switch strings.ToLower(text[at:end]) {
		case "st", "nd", "rd", "th":
			return end
		}
	}
	return at
}

// filler returns the offset after "of" or "de" and the spaces that follow, or `at` if the text at the offset has neither word.
func filler(text string, at int) int {
	if word := text[at:wordEnd(text, at)]; word == "of" || word == "de" {
		return skip(text, at+len(word))
	}
	return at
}

// hyphen returns the offset after a hyphen, as in 1-Dec-2025, or `at` if there is no hyphen at the offset.
func hyphen(text string, at int) int {
	if strings.HasPrefix(text[at:], "-") {
		return at + 1
	}
	return at
}

// yearAfter reads the year after a day and a month. The name of an era, a comma, a full stop, a hyphen, "of" or "de" may come before the
// year. `end` is the offset after the year. `ok` is false if there is no year.
func yearAfter(text string, at int) (y year, end int, ok bool) {
	if at < len(text) && (text[at] == '.' || text[at] == ',') {
		at++
	} else {
		at = hyphen(text, at)
	}
	at = filler(text, skip(text, at))
	if wordEnd(text, at) > at {
		at = skip(text, wordEnd(text, at)) // skips the name of an era
		n := readNumeral(text, at)
		y, ok = yearOf(text, at, n)
		return y, n.end, ok && y.era && !n.kanji && n.digits > 0
	}
	n := readNumeral(text, at)
	y, ok = yearOf(text, at, n)
	return y, n.end, ok && !n.kanji && n.digits == 4
}
