package values

import (
	"os"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Two values of a kind never have the same words, and no value has the words of a different one.
func TestFormatsThatAreMistakenForOneAnother(t *testing.T) {
	const months = "months: [January, February, March, April, May, June, July, August, September, October, November, December]\n"
	const whole = months + "eras: {reiwa: Reiwa, heisei: Heisei, showa: Showa}\n" +
		"duration: {days: {other: \"{n} days\"}, months: {other: \"{n} months\"}, weeks: {other: \"{n}週間\"}}\n" +
		"bounds: {about: \"about {x}\", at_most: \"up to {x}\"}\n" +
		"hours: {days: {weekdays: weekdays, all: every day}, closed: {a: never, b: on holidays}}\n"
	for _, test := range []struct {
		old, new string
		want     []diag.Code
	}{
		{"", "", nil},
		{"January, February", "January, January", []diag.Code{"format-order"}},
		{"June, July", "July, June", []diag.Code{"format-order", "format-order"}},
		{"June, July", "Jul., Jun.", []diag.Code{"format-order", "format-order"}},
		{"January, February", "\"2\", \"1\"", []diag.Code{"format-order", "format-order"}},
		{"January, February", "janvier, fevrier", nil},
		{"Reiwa, heisei: Heisei", "Heisei, heisei: Heisei", []diag.Code{"format-swapped"}},
		{"Reiwa, heisei: Heisei", "平成, heisei: 令和", []diag.Code{"format-swapped", "format-swapped"}},
		{"{n} days", "{n} months", []diag.Code{"format-swapped"}},
		{"months: {other: \"{n} months\"}", "months: {one: \"{n} day\", other: \"{n} months\"}", []diag.Code{"format-swapped"}},
		{"weeks: {other: \"{n}週間\"}", "weeks: {one: \"{n} wk\", other: \"{n}週間\"}, years: {other: \"{n} wk\"}", []diag.Code{"format-twice"}},
		{"weeks: {other: \"{n}週間\"}", "weeks: {one: \"{n}週間\", other: \"{n}週間\"}", nil},
		{"{n}週間", "{n}か月", []diag.Code{"format-swapped"}},
		{"about {x}", "up to {x}", []diag.Code{"format-swapped"}},
		{"every day", "weekdays", []diag.Code{"format-twice"}},
		{"on holidays", "Never", []diag.Code{"format-twice"}},
	} {
		f := &diag.File{Name: "text/en.yaml", Data: []byte(strings.Replace(whole, test.old, test.new, 1))}
		formats := &Formats{}
		strictyaml.Decode(f, 0, len(f.Data), formats)
		var got []diag.Code
		for _, d := range writing("", "", "", "").of(formats).CheckFormats(f, nil) {
			if code := d.Code; strings.HasPrefix(string(code), "format-twice") || code == "format-order" || code == "format-swapped" {
				got = append(got, code)
			}
		}
		if slices.Sort(got); !slices.Equal(got, test.want) {
			t.Errorf("%q: got %v, want %v", test.new, got, test.want)
		}
	}
}

// A format that writes its values in a wrong order, or with the words of the opposite, is an error. Each change is of the real formats.
func TestFormatsAreReread(t *testing.T) {
	for _, test := range []struct {
		file, old, new string
		want           []diag.Code
	}{
		{"ja", "", "", nil}, {"en", "", "", nil}, {"ja-easy", "", "", nil},
		{"ja", "{year}年{month}月{day}日\"", "{year}年{day}月{month}日\"", []diag.Code{"format-reread"}},
		{"ja", "  date: \"{year}年{month}月", "  date: \"{month}年{year}月", []diag.Code{"format-reread"}},
		{"ja", "{era}{era_year}年{month}月{day}日", "{era}{era_year}年{day}月{month}日", []diag.Code{"format-reread"}},
		{"ja", "month_day: \"{month}月{day}日", "month_day: \"{day}月{month}日", []diag.Code{"format-reread"}},
		{"ja", "  month: \"{year}年{month}月", "  month: \"{month}年{year}月", []diag.Code{"format-reread"}},
		{"ja", "  until: \"{until}まで", "  until: \"{until}から", []diag.Code{"format-twice"}},
		{"ja", "{min}〜{max}", "{max}〜{min}", []diag.Code{"format-reversed"}},
		{"ja", "{from}から{until}まで", "{until}から{from}まで", []diag.Code{"format-reversed"}},
		{"en", "date: \"{day} {month} {year}", "date: \"{month} {day}, {year}", nil},
		{"en", "until: \"up to and including {until}", "until: \"from {until}", []diag.Code{"format-twice"}},
		{"en", "{min} to {max}", "{max} to {min}", []diag.Code{"format-reversed"}},
	} {
		data, err := os.ReadFile("../../content/text/" + test.file + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		f := &diag.File{Name: test.file, Data: []byte(strings.Replace(string(data), test.old, test.new, 1))}
		var text struct {
			Formats Formats `yaml:"formats"`
		}
		strictyaml.Decode(f, 0, len(f.Data), &text) // reports the keys of other sections
		var got []diag.Code
		for _, d := range writing("", "", "", "").of(&text.Formats).CheckFormats(f, nil) {
			if d.Code == "format-reread" || d.Code == "format-twice" || d.Code == "format-reversed" {
				got = append(got, d.Code)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s %q: got %v, want %v", test.file, test.new, got, test.want)
		}
	}
}

// of returns the writer with different formats.
func (w *Writer) of(formats *Formats) *Writer {
	w.Formats = formats
	return w
}
