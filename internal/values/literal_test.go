package values

import (
	"strings"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// writing returns the writer of a language with these formats: of a day, of a day in both calendars, of a day in the Japanese calendar,
// and of a month. `months` has the language's names of months.
func writing(date, both, era, month string, months ...string) *Writer {
	text := func(value string) strictyaml.Text { return strictyaml.Text{Value: value} }
	f := &Formats{
		Date: text(date), Both: text(both), EraDate: text(era), Month: text(month), MonthBoth: text(month + " ({era} {era_year})"),
		Eras: map[string]strictyaml.Text{"reiwa": text("令和"), "heisei": text("平成"), "showa": text("昭和")}, FirstEraYear: text("元"),
	}
	for _, name := range months {
		f.Months = append(f.Months, text(name))
	}
	return NewWriter(f, schema.Language{}, func(key string) { panic("no words for " + key) })
}

var (
	numbered = strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12")
	// writings has languages that write days in very different ways. Package written does not recognize the forms of some of them.
	writings = []*Writer{
		writing("{year}年{month}月{day}日", "{date}（{era_date}）", "{era}{era_year}年{month}月{day}日", "{year}年{month}月", numbered...),
		writing("{year}{年|ねん} {month}{月|がつ} {day}{日|にち}", "{date}（{era_date}）", "{era}{era_year}{年|ねん}{month}{月|がつ}{day}{日|にち}", "{year}年{month}月", numbered...),
		writing("{day} {month} {year}", "{date} ({era} {era_year})", "{day} {month} Reiwa {era_year}", "{month} {year}",
			strings.Fields("January February March April May June July August September October November December")...),
		writing("{year}年{month}月{day}日", "{date}（{era}{era_year}年）", "{era}{era_year}年{month}月{day}日", "{year}年{month}月", numbered...),
		writing("{year}년 {month}월 {day}일", "{date}({era} {era_year}년)", "{era} {era_year}년 {month}월 {day}일", "{year}년 {month}월", numbered...),
		writing("{day} de {month} de {year}", "{date} ({era} {era_year})", "{day} de {month} de {era} {era_year}", "{month} de {year}",
			strings.Fields("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro")...),
		writing("ngày {day} tháng {month} năm {year}", "{date} ({era} {era_year})", "ngày {day} tháng {month} năm {era} {era_year}", "tháng {month} năm {year}", numbered...),
		writing("{year} साल {month} महिना {day} गते", "{date} ({era} {era_year})", "{era} {era_year} साल {month} महिना {day} गते", "{year} साल {month} महिना", numbered...),
	}
	datedFacts = []*Fact{
		{ID: "end_day", Value: schema.Value{Kind: schema.DateFact, Date: civil.Of(2027, 3, 31)}}, {ID: "other_day", Value: schema.Value{Kind: schema.DateFact, Date: civil.Of(2025, 12, 1)}},
		{ID: "a_month", Value: schema.Value{Kind: schema.MonthFact, Date: civil.Of(2021, 9, 1)}}, {ID: "city_line", Value: schema.Value{Kind: schema.PhoneFact, Phone: "0120-95-0178"}},
	}
)

// findLiterals checks a text of a language, with a mark before and after it.
func findLiterals(language *Writer, text string) []diag.Diagnostic {
	l := NewLiterals(datedFacts)
	l.Learn(language)
	f := &diag.File{Name: "f", Data: []byte("■ " + text + " ■")}
	return l.Check(f, language, markdown.Passage{Text: string(f.Data), Pieces: []markdown.Piece{{End: len(f.Data)}}})
}

// In every language, a typed value of a fact is reported, with one edit. This holds for the language's own forms and for the usual
// forms with numbers. If a form below has a token, the edit must replace the whole typed text by the token.
func TestLiteralsOfEachLanguage(t *testing.T) {
	type form struct{ text, token string }
	for _, language := range writings {
		wording := func(i int, format string) string { return language.Wording(datedFacts[i], format, false).Plain }
		forms := []form{
			{wording(0, ""), "{fact:end_day}"}, {wording(0, "era"), ""}, {wording(0, "both"), "{fact:end_day:both}"},
			{wording(1, ""), "{fact:other_day}"}, {wording(1, "era"), ""}, {wording(1, "both"), "{fact:other_day:both}"},
			{wording(2, ""), "{fact:a_month}"}, {wording(2, "both"), "{fact:a_month:both}"},
			{"2027-03-31", "{fact:end_day}"}, {"2027/3/31", "{fact:end_day}"}, {"31/3/2027", "{fact:end_day}"}, {"31.3.2027", "{fact:end_day}"}, {"2027年3月31日", "{fact:end_day}"},
			{"令和9年3月31日", "{fact:end_day:era}"}, {"令和九年三月三十一日", "{fact:end_day:era}"}, {"㋿9年3月31日", "{fact:end_day:era}"}, {"R9.3.31", "{fact:end_day:era}"},
			{"2027 年 3 月 31 日", "{fact:end_day}"}, {"2027年3月末", "{fact:end_day}"}, {"31 March 2027", "{fact:end_day}"}, {"Mar 31, 2027", "{fact:end_day}"},
			{"0120-95-0178", "{fact:city_line:number}"}, {"0120(95)0178", "{fact:city_line:number}"}, {"0120 95 0178", "{fact:city_line:number}"},
			{"+81-120-95-0178", "{fact:city_line:number}"}, {"0120950178", "{fact:city_line:number}"}, {"０１２０－９５－０１７８", "{fact:city_line:number}"},
		}
		for _, form := range forms {
			list := findLiterals(language, form.text)
			if len(list) == 0 || list[0].Code != "literal-fact" || len(list[0].Mend) != 1 {
				t.Errorf("%s: %q: got %v", language.Formats.Date.Value, form.text, list)
				continue
			}
			edit := list[0].Mend[0]
			if form.token != "" && (edit.New != form.token || edit.Old != form.text) {
				t.Errorf("%s: %q: %q would become %q", language.Formats.Date.Value, form.text, edit.Old, edit.New)
			}
		}
		for text, want := range map[string]string{
			"2027-04-01": "literal-date", "2026年2月29日": "literal-impossible", "31 February 2026": "literal-impossible", "12月1日": "literal-yearless", "毎年12月1日": "",
			"来年3月": "literal-relative", "今年の12月": "literal-relative", "来月10日": "literal-relative", "翌年3月": "", "来月10日間": "", "来年3か月": "",
			"2021年10月": "literal-month", "03-1234-5678": "literal-phone", "12桁": "", "1.5か月": "", "8:30": "", "2025年": "", "R7": "", "100-0001": "", "1/2": "", "2024-05": "literal-month", "2024-25": "", "0120": "",
		} {
			got := ""
			if list := findLiterals(language, text); len(list) > 0 {
				got = string(list[0].Code)
			}
			if got != want {
				t.Errorf("%s: %s: got %q, want %q", language.Formats.Date.Value, text, got, want)
			}
		}
	}
}

// If several facts have the same day, the finding names all of them and has no edit.
func TestLiteralsAreNotGuessed(t *testing.T) {
	l := NewLiterals([]*Fact{{ID: "a", Value: schema.Value{Kind: schema.DateFact, Date: civil.Of(2027, 3, 31)}}, {ID: "b", Value: schema.Value{Kind: schema.DateFact, Date: civil.Of(2027, 3, 31)}}})
	l.Learn(writings[0])
	f := &diag.File{Name: "f", Data: []byte("2027年3月31日")}
	if list := l.Check(f, writings[0], markdown.Passage{Text: string(f.Data), Pieces: []markdown.Piece{{End: len(f.Data)}}}); len(list) != 1 || len(list[0].Mend) > 0 || list[0].Args[1] != "{fact:a}, {fact:b}" {
		t.Errorf("got %v", list)
	}
}
