package civil

import (
	"strings"
	"testing"
	"time"
)

// For every day from 1600 to 2400, YMD and Of agree with package time.
func TestYMDAgreesWithTimePackage(t *testing.T) {
	day := time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := Of(1600, 1, 1); d <= Of(2400, 12, 31); d++ {
		year, month, dom := d.YMD()
		if year != day.Year() || month != int(day.Month()) || dom != day.Day() {
			t.Fatalf("day %d: got %d-%d-%d, want %s", d, year, month, dom, day.Format(time.DateOnly))
		}
		if Of(year, month, dom) != d {
			t.Fatalf("Of(%d, %d, %d) = %d, want %d", year, month, dom, Of(year, month, dom), d)
		}
		day = day.AddDate(0, 0, 1)
	}
}

func TestParse(t *testing.T) {
	for _, good := range []string{"2025-12-01", "2024-02-29", "0001-01-01", "9999-12-31"} {
		if d, err := Parse(good); err != nil || d.String() != good {
			t.Errorf("Parse(%q) = %v, %v", good, d, err)
		}
	}
	for _, bad := range []string{"", "2025-2-1", "2025-02-30", "2023-02-29", "0000-01-01", "2025/12/01", "２０２５-12-01", "2025-12-01 "} {
		if d, err := Parse(bad); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", bad, d)
		}
	}
}

func TestParseFrom(t *testing.T) {
	for text, want := range map[string]string{"2026-08-09": "2026-08-09", "2026-08": "2026-08-01", "2026": "2026-01-01"} {
		if d, err := ParseFrom(text); err != nil || d.String() != want {
			t.Errorf("ParseFrom(%q) = %v, %v", text, d, err)
		}
	}
	for _, bad := range []string{"", "26", "20a6", "26-1", "2026-8", "2026-1-", "2026-13", "2026-08-", "2026-08-32", "２０２６"} {
		if d, err := ParseFrom(bad); err == nil {
			t.Errorf("ParseFrom(%q) = %v, want an error", bad, d)
		}
	}
}

func TestInIsTokyo(t *testing.T) {
	for moment, want := range map[string]string{
		"2025-12-01T14:59:59Z":      "2025-12-01",
		"2025-12-01T15:00:00Z":      "2025-12-02",
		"2026-03-31T23:59:59+09:00": "2026-03-31",
		"2026-04-01T00:00:00+09:00": "2026-04-01",
		"1969-12-31T14:59:59Z":      "1969-12-31",
	} {
		at, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			t.Fatal(err)
		}
		if got := In(at).String(); got != want {
			t.Errorf("In(%s) = %s, want %s", moment, got, want)
		}
	}
}

func TestEra(t *testing.T) {
	for day, want := range map[string]struct {
		era  Era
		year int
	}{
		"2019-04-30": {Heisei, 31}, "2019-05-01": {Reiwa, 1}, "2026-03-31": {Reiwa, 8},
		"1989-01-07": {Showa, 64}, "1989-01-08": {Heisei, 1}, "1926-12-24": {"", 0},
	} {
		d, err := Parse(day)
		if err != nil {
			t.Fatal(err)
		}
		if era, year := d.Era(); era != want.era || year != want.year {
			t.Errorf("%s: %s %d, want %s %d", day, era, year, want.era, want.year)
		}
	}
}

// Read accepts days of the Gregorian and the Japanese calendar.
func TestReadsBothCalendars(t *testing.T) {
	for text, want := range map[string]string{
		"2026-12-01": "2026-12-01", "2026/12/1": "2026-12-01", "2026.12.1": "2026-12-01", "2026年12月1日": "2026-12-01",
		"令和8年12月1日": "2026-12-01", "R8.12.1": "2026-12-01", "２０２６年１２月１日": "2026-12-01", "Ｒ８／１２／１": "2026-12-01",
		"令和元年5月1日": "2019-05-01", "平成31年4月30日": "2019-04-30", "h1.1.8": "1989-01-08", "昭和元年12月25日": "1926-12-25",
		"平成31年5月1日": "", "令和元年4月30日": "", "2026-02-29": "", "2026年13月1日": "", "0000-01-01": "", "2026年12月": "", "26/12/1": "", "2026-12-01 ": "",
	} {
		day, err := Read(text)
		if got := day.String(); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: got %q, want %q (%v)", text, got, want, err)
		}
	}
}

// If Read accepts a text, Parse returns the same day for that day's String.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"2026-12-01", "2026/12/1", "2026年12月1日", "令和8年12月1日", "R8.12.1", "㋿8年12月1日", "令和元年5月1日", "", "年月日"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := Read(text)
		if err != nil {
			return
		}
		if again, err := Parse(day.String()); err != nil || again != day {
			t.Errorf("%q is %s, which is read as %s (%v)", text, day, again, err)
		}
	})
}

// If Parse or ParseFrom accepts a text, the day's String begins with it.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"2026-12-01", "2026-12", "2026", "2026-02-30", "0000-01-01", "+026-12-01", "2026-1-1", "", "２０２６"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if day, err := Parse(text); err == nil && day.String() != text {
			t.Errorf("%q is %s", text, day)
		}
		if day, err := ParseFrom(text); err == nil && !strings.HasPrefix(day.String(), text) {
			t.Errorf("from %q is %s", text, day)
		}
	})
}
