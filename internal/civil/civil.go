// Package civil provides calendar days, which have no time of day and no time zone. The site uses the days of Asia/Tokyo. Tokyo is always
// nine hours ahead of UTC, so the package needs no time zone database.
package civil

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a day in the proleptic Gregorian calendar, as the number of days since 1970-01-01. The zero value is 1970-01-01. Use [Unset] for
// "no date".
type Date int32

// Unset stands for "no date".
const Unset Date = -1 << 31

// Of returns the day for a year, a month and a day of the month. A month outside 1 to 12 falls into an earlier or later year, and a day
// outside the month into an earlier or later month. Of uses the days_from_civil algorithm: its years start in March, so that the leap day
// is the last day of a year, and 400 years have 146,097 days.
func Of(year, month, day int) Date {
	month--
	year += floorDiv(month, 12)
	month = month - floorDiv(month, 12)*12 + 1
	if month <= 2 {
		year--
	}
	era := floorDiv(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*((month+9)%12)+2)/5 + day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return Date(era*146097 + dayOfEra - 719468)
}

// YMD returns the year, month (1 to 12) and day of the month.
func (d Date) YMD() (year, month, day int) {
	z := int(d) + 719468
	era := floorDiv(z, 146097)
	dayOfEra := z - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	shifted := (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*shifted+2)/5 + 1
	month = (shifted+2)%12 + 1
	year = yearOfEra + era*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

// String returns the day as YYYY-MM-DD, or "" for [Unset].
func (d Date) String() string {
	if d == Unset {
		return ""
	}
	year, month, day := d.YMD()
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// Parse reads a day in the form YYYY-MM-DD. For any other text, and for a day that does not exist, it returns Unset and an error.
func Parse(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Unset, fmt.Errorf("%q is not a day of the form YYYY-MM-DD", s)
	}
	year, err1 := strconv.ParseUint(s[:4], 10, 16)
	month, err2 := strconv.ParseUint(s[5:7], 10, 8)
	day, err3 := strconv.ParseUint(s[8:], 10, 8)
	if err1 != nil || err2 != nil || err3 != nil {
		return Unset, fmt.Errorf("%q is not a day of the form YYYY-MM-DD", s)
	}
	d := Of(int(year), int(month), int(day))
	if d.String() != s || year == 0 {
		return Unset, fmt.Errorf("the day %s does not exist", s)
	}
	return d, nil
}

// ParseFrom reads a day, a month or a year in the form YYYY-MM-DD, YYYY-MM or YYYY, and returns the first day of that period. For any other
// text, and for a day that does not exist, it returns Unset and an error.
func ParseFrom(s string) (Date, error) {
	switch len(s) {
	case len("2026"):
		s += "-01-01"
	case len("2026-01"):
		s += "-01"
	}
	return Parse(s)
}

// written matches a day as people write it: a year of the Gregorian or the Japanese calendar, then the month and the day.
var written = regexp.MustCompile(`^(\d{4}|([RHSrhs]|令和|平成|昭和)(\d{1,2}|元))(?:年(\d{1,2})月(\d{1,2})日|[-/.](\d{1,2})[-/.](\d{1,2}))$`)

var eraNames = map[string]Era{"R": Reiwa, "令和": Reiwa, "H": Heisei, "平成": Heisei, "S": Showa, "昭和": Showa}

// Read reads a day in any form that an author may write where only a day is allowed: 2026-12-01, 2026/12/1, 2026.12.1, 2026年12月1日,
// 令和8年12月1日 or R8.12.1. Digits, capital letters and separators may be full-width. Read returns an error for any other text, for a day that
// does not exist, and for a day outside the era that the text names.
func Read(s string) (Date, error) {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r == '／', r == '．', r == '－':
			return r - '０' + '0'
		}
		return r
	}, s)
	match := written.FindStringSubmatch(plain)
	if match == nil {
		return Unset, fmt.Errorf("%q is not a day", s)
	}
	year, _ := strconv.Atoi(match[1])
	era := eraNames[strings.ToUpper(match[2])]
	if era != "" {
		year = 1 // 元 is year 1
		if match[3] != "元" {
			year, _ = strconv.Atoi(match[3])
		}
		year += FirstYear(era) - 1
	}
	month, _ := strconv.Atoi(match[4] + match[6])
	day, _ := strconv.Atoi(match[5] + match[7])
	d := Of(year, month, day)
	y, m, dayOfMonth := d.YMD()
	if of, _ := d.Era(); y != year || m != month || dayOfMonth != day || year == 0 || era != "" && of != era {
		return Unset, fmt.Errorf("the day %s does not exist", s)
	}
	return d, nil
}

// FirstYear returns the Gregorian year in which an era began. It panics if the era is unknown.
func FirstYear(era Era) int {
	for _, e := range eras {
		if e.era == era {
			year, _, _ := e.first.YMD()
			return year
		}
	}
	panic("BUG: unknown era " + string(era))
}

// In returns the day in Tokyo at the time t.
func In(t time.Time) Date {
	const offset = 9 * 60 * 60
	return Date(floorDiv(int(t.Unix()+offset), 24*60*60))
}

// Era is an era of the Japanese calendar.
type Era string

// The eras that dates in the content can belong to.
const (
	Reiwa  Era = "reiwa"
	Heisei Era = "heisei"
	Showa  Era = "showa"
)

// eras lists the first day of each era, with the latest era first. The first day is the day on which the cabinet order for the era took
// effect.
var eras = []struct {
	era   Era
	first Date
}{
	{Reiwa, Of(2019, 5, 1)},
	{Heisei, Of(1989, 1, 8)},
	{Showa, Of(1926, 12, 25)},
}

// Era returns the day's Japanese era, and the year in that era, from 1. For days before 1926-12-25 it returns "" and 0.
func (d Date) Era() (Era, int) {
	year, _, _ := d.YMD()
	for _, e := range eras {
		if d >= e.first {
			first, _, _ := e.first.YMD()
			return e.era, year - first + 1
		}
	}
	return "", 0
}

// floorDiv returns a/b, rounded towards minus infinity. b must be positive.
func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Compact returns the day as YYYYMMDD, or "" for [Unset]. CSS classes and the script in the page's head use this form.
func (d Date) Compact() string { return strings.ReplaceAll(d.String(), "-", "") }

// PeriodClasses returns the CSS classes for the boundaries of a period, with a space between them: "f" followed by the first day, and "u"
// followed by the day after the last day. A boundary that is Unset has no class.
func PeriodClasses(from, until Date) string {
	var names []string
	if from != Unset {
		names = append(names, "f"+from.Compact())
	}
	if until != Unset {
		names = append(names, "u"+(until+1).Compact())
	}
	return strings.Join(names, " ")
}

// Boundaries returns the first day of a period and the day after its last day. An end that is Unset is left out.
func Boundaries(from, until Date) []Date {
	var days []Date
	if from != Unset {
		days = append(days, from)
	}
	if until != Unset {
		days = append(days, until+1)
	}
	return days
}
