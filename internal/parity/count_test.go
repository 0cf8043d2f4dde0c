package parity

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// realLanguage returns a language with the formats of the real content.
func realLanguage(t *testing.T, id string) Language {
	data, err := os.ReadFile("../../content/text/" + id + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var text struct {
		Formats values.Formats `yaml:"formats"`
	}
	strictyaml.Decode(&diag.File{Data: data}, 0, len(data), &text) // reports the keys of other sections
	w := values.NewWriter(&text.Formats, schema.Language{}, func(string) {})
	lang, _, _ := strings.Cut(id, "-")
	return Language{ID: id, Lang: lang, Counted: w.Counted}
}

// compared returns the findings about a translation of an answer: for each, its code and what differs.
func compared(from, to Language, source, translation string) string {
	c := &Comparison{Source: &diag.File{Name: "ja.md", Data: []byte(source)}, File: &diag.File{Name: "en.md", Data: []byte(translation)}, From: from, Language: to}
	a, b := Inline(c.Source, "answer", strictyaml.Text{Value: source}), Inline(c.File, "answer", strictyaml.Text{Value: translation})
	c.Compare([]Unit{a}, []Unit{b})
	var list []string
	for _, d := range c.Found.List {
		list = append(list, fmt.Sprintf("%s %v", d.Code, d.Args[0]))
	}
	sums := FileSum{Units: []Sum{b.Sum(to)}}
	if differs := sums.DiffersFrom(&FileSum{Units: []Sum{a.Sum(from)}}); differs != (len(list) > 0) && !strings.ContainsAny(source+translation, "0123456789") {
		list = append(list, fmt.Sprintf("the sums differ: %t", differs))
	}
	return strings.Join(list, "; ")
}

// A translation counts the same as its source, whether the numbers are in digits or in words.
func TestCounts(t *testing.T) {
	ja, easy, en := realLanguage(t, "ja"), realLanguage(t, "ja-easy"), realLanguage(t, "en")
	for _, test := range []struct{ ja, en, want string }{
		{"三か月以内に申し込んでください。", "Please apply within four months.", "parity-lacks 三か月; parity-adds four months"},
		{"三か月以内に申し込んでください。", "Please apply within three months.", ""},
		{"三か月以内に申し込んでください。", "Please apply within 3 months.", ""},
		{"3か月以内に申し込んでください。", "Please apply within three months.", ""},
		{"3か月以内に申し込んでください。", "Please apply within 3 days.", "parity-lacks 3か月; parity-adds 3 days"},
		{"三ヶ月以内に申し込んでください。", "Please apply within three weeks.", "parity-lacks 三ヶ月; parity-adds three weeks"},
		{"申し込んでください。", "Please apply within three months.", "parity-adds three months"},
		{"8月に届きます。", "It arrives after 8 months.", "parity-lacks 8月; parity-adds 8 months"},
		{"8月に届きます。", "It arrives in August.", ""},
		{"八月に届きます。", "It arrives in September.", "parity-lacks 八月; parity-adds September"},
		{"使えます。", "You may. May I use it? \"May I?\"", ""},
		{"二回変えられます。", "It can be changed three times.", "parity-lacks 二回; parity-adds three times"},
		{"二回変えられます。", "It can be changed twice.", ""},
		{"二回目は要りません。", "Later it is not needed.", ""},
		{"七割が戻ります。", "You get half back.", "parity-lacks 七割"},
		{"七割が戻ります。", "You get 70% back.", ""}, {"7割が戻ります。", "You get seventy percent back.", ""},
		{"二十日かかります。", "It takes thirty days.", "parity-lacks 二十日; parity-adds thirty days"},
		{"二十日かかります。", "It takes twenty days.", ""}, {"21日かかります。", "It takes twenty-one days.", ""},
		{"七十五歳から変わります。", "It changes for people over seventy.", "parity-lacks 七十五歳"},
		{"七十五歳から変わります。", "It changes at seventy-five.", ""}, {"75歳から変わります。", "It changes at 75 years of age.", ""},
		{"どちらか一つを見せてください。", "Please show two of them.", "parity-adds two of them"},
		{"二つとも見せてください。", "Please show both of the two.", ""},
		{"一度でかまいません。一人で来てください。", "That is enough. Come alone one day.", ""},
		{"5か所で使えます。", "You may use it.", "parity-lacks 5"},
		{"窓口は5番です。", "May I use it? You may. In May.", "parity-adds May"},
		{"五か所で使えます。", "May I use it?", ""},
		{"5月に届きます。", "May is the month.", ""}, {"5月に届きます。", "It may come in May.", ""}, {"5月に届きます。", "It may come.", "parity-lacks 5"},
		{"2番の窓口です。", "One second, please. Wait a second.", "parity-lacks 2"}, {"2番の窓口です。", "It is the second. A second counter.", ""}, {"2番の窓口です。", "A second counter.", ""},
		{"1番の窓口です。", "If you have one, the new one is valid. No one asks. This one, too.", "parity-lacks 1"},
		{"1枚あります。", "You have one copy.", ""}, {"1枚あります。", "One of them.", ""}, {"1つ", "One", ""}, {"一人に1枚です。", "One for each person, one *paper*.", ""},
		{"1割か2割です。", "You pay 10 or 20 percent.", ""}, {"1割か3割です。", "You pay 10 or 20 percent.", "parity-lacks 3; parity-adds 20; parity-lacks 3割"}, {"1か月です。", "It is one-month long.", ""},
		{"一般の人と第三者", "other people and third parties", ""},
	} {
		if got := compared(ja, en, test.ja, test.en); got != test.want {
			t.Errorf("%s / %s: got %q, want %q", test.ja, test.en, got, test.want)
		}
	}
	for _, test := range []struct{ ja, easy, want string }{
		{"二人で来てください。", "ふたりで {来|き}て ください。", ""},
		{"三か月以内", "3か{月|げつ}{以内|いない}", ""},
		{"三か月以内", "4か{月|げつ}{以内|いない}", "parity-adds 4; parity-lacks 三か月"},
	} {
		if got := compared(ja, easy, test.ja, test.easy); got != test.want {
			t.Errorf("%s / %s: got %q, want %q", test.ja, test.easy, got, test.want)
		}
	}
}
