package site

import (
	"maps"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// The units and bounds that the program understands: rules calculate with them.
var (
	units  = []string{"hours", "days", "weeks", "months", "years"}
	bounds = []string{"about", "at_least", "at_most"}
)

// alwaysOpen are the days of a line that never closes.
const alwaysOpen = "always"

// wordList says which words a value may be: those of formats in the default language.
type wordList uint8

const (
	dayWords wordList = iota
	closedWords
	unitWords
	boundWords
)

// valueWord is a word of a value that formats must know. Formats are read after the values.
type valueWord struct {
	file *diag.File
	text strictyaml.Text
	list wordList
}

// oneOf reports a word that is not in a closed list.
func (l *loader) oneOf(f *diag.File, word strictyaml.Text, known []string) {
	if word.Value != "" && !slices.Contains(known, word.Value) {
		l.report(f.At(word.Offset, "value-unknown", word.Value, strings.Join(known, ", "), suggest(word.Value, known)))
	}
}

// checkWords compares the words of values with those that the default language has.
func (l *loader) checkWords() {
	if l.site.Default == nil || l.site.Default.formats == nil {
		return
	}
	formats := l.site.Default.formats
	if reflect.ValueOf(*formats).IsZero() { // not read
		return
	}
	known := map[wordList][]string{
		dayWords:    append(slices.Sorted(maps.Keys(formats.Hours.Days)), alwaysOpen),
		closedWords: slices.Sorted(maps.Keys(formats.Hours.Closed)),
		unitWords:   slices.Sorted(maps.Keys(formats.Duration)),
		boundWords:  slices.Sorted(maps.Keys(formats.Bounds)),
	}
	for _, w := range l.words {
		l.oneOf(w.file, w.text, known[w.list])
	}
	l.words = nil
}

// The days that a fact may speak of: from the first day of the oldest era that package civil knows, far enough for every
// certificate.
var firstDay, lastDay = civil.Of(1926, 12, 25), civil.Of(2099, 12, 31)

// reasonable reports a day that only a slip can have meant.
func (l *loader) reasonable(f *diag.File, offset int, day civil.Date) civil.Date {
	if day != civil.Unset && (day < firstDay || day > lastDay) {
		l.report(f.At(offset, "fact-day-range", day, firstDay, lastDay))
	}
	return day
}

// amount reports a negative number or fee.
func (l *loader) amount(f *diag.File, offset, n int) int {
	if n < 0 {
		l.report(f.At(offset, "fact-negative", n))
	}
	return n
}

func (l *loader) duration(y durationYAML, f *diag.File, offset int) Duration {
	d := Duration{Unit: y.Unit.Value}
	l.words = append(l.words, valueWord{f, y.Unit, unitWords})
	if y.Bound != nil {
		d.Bound = y.Bound.Value
		l.words = append(l.words, valueWord{f, *y.Bound, boundWords})
	}
	switch {
	case y.Count != nil && y.Min == nil && y.Max == nil:
		d.Min, d.Max = *y.Count, *y.Count
	case y.Count == nil && y.Min != nil && y.Max != nil && *y.Min < *y.Max:
		d.Min, d.Max = *y.Min, *y.Max
	default:
		l.report(f.At(offset, "fact-duration"))
		return d
	}
	if d.Min < 1 {
		l.report(f.At(offset, "fact-duration"))
	}
	return d
}

var timeForm = regexp.MustCompile(`^([01]?\d|2[0-3]):[0-5]\d$|^24:00$`)

// hours reads opening hours: of each kind of days one or more spans, each opening before it closes.
func (l *loader) hours(list []hoursYAML, f *diag.File, offset int) []Hours {
	if len(list) == 0 {
		l.report(f.At(offset, "hours-empty"))
	}
	var hours []Hours
	for _, y := range list {
		h := Hours{Days: y.Days.Value}
		l.words = append(l.words, valueWord{f, y.Days, dayWords})
		switch {
		case h.Days == alwaysOpen && y.Open == nil && y.Close == nil:
		case h.Days == alwaysOpen || y.Open == nil || y.Close == nil:
			l.report(f.At(y.Days.Offset, "hours-times", h.Days))
		default:
			h.Open, h.Close = y.Open.Value, y.Close.Value
			if l.isTime(f, *y.Open) && l.isTime(f, *y.Close) && minutes(h.Open) >= minutes(h.Close) {
				l.report(f.At(y.Close.Offset, "hours-order", h.Open, h.Close))
			}
		}
		hours = append(hours, h)
	}
	return hours
}

func (l *loader) isTime(f *diag.File, text strictyaml.Text) bool {
	ok := timeForm.MatchString(text.Value)
	if !ok {
		l.report(f.At(text.Offset, "hours-form", text.Value))
	}
	return ok
}

// minutes returns the minutes since midnight of a time written H:MM.
func minutes(text string) int {
	hour, minute, _ := strings.Cut(text, ":")
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	return 60*h + m
}

// phoneForm is a number with its area code, a number of three digits, or a short number with a #.
var phoneForm = regexp.MustCompile(`^(0[1-9]\d{0,3}-\d{1,4}-\d{2,4}|1\d{2}|#\d{4})$`)

// isPhone reports whether a number fits Japan's numbering plan (電気通信番号計画): ten digits, or eleven behind the codes
// of mobile, IP and 0800 numbers; short numbers.
func isPhone(number string) bool {
	if !phoneForm.MatchString(number) {
		return false
	}
	digits := strings.ReplaceAll(number, "-", "")
	if digits[0] != '0' {
		return true
	}
	if slices.Contains([]string{"050", "060", "070", "080", "090"}, digits[:3]) {
		return len(digits) == 11
	}
	return len(digits) == 10
}

// telephone returns a number as a tel: link has it (RFC 3966: digits; a # is written in its percent form).
func telephone(number string) string {
	return strings.NewReplacer("-", "", "#", "%23").Replace(number)
}

// checkAddress reports an address that is no plain https one: without a host, with a user or port in it, or with a host
// that is not written in ASCII, where letters of other scripts may look like those of a known one.
func (l *loader) checkAddress(f *diag.File, text strictyaml.Text) {
	address, err := url.Parse(text.Value)
	switch {
	case err != nil || address.Scheme != "https":
		l.report(f.At(text.Offset, "address-https", text.Value))
	case address.User != nil || !hostForm.MatchString(address.Host) || strings.ContainsAny(text.Value, " \n\t\"<>\\"):
		l.report(f.At(text.Offset, "address-host", text.Value))
	}
}

var hostForm = regexp.MustCompile(`^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]*$`)

func valuesOf(list []strictyaml.Text) []string {
	var values []string
	for _, text := range list {
		values = append(values, text.Value)
	}
	return values
}
