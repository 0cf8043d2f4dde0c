package parity

import (
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// A text of the default language in other letters is told. Names, digits and literals are not: they can be all that a text has.
func TestForeignSource(t *testing.T) {
	ja := Language{ID: "ja", Lang: "ja"}
	for text, want := range map[string]bool{
		"Please call.": true, "Grace period": true, "Пожалуйста, позвоните": true, "Please call the insurer before you go. 電話": true,
		"電話してください。": false, "電話は 0120-95-0178 です": false, "{literal:Please call.}": false, "PDF": false, "e-Gov": false, "iPhoneで開きます": false, "0120-95-0178": false,
		"[Google Playで探す](https://example.jp/long/address)": false,
	} {
		f := &diag.File{Name: "ja.md", Data: []byte(text)}
		found := ForeignSource(f, ja, []Unit{Inline(f, "answer", strictyaml.Text{Value: text})})
		if (len(found) == 1 && found[0].Code == "source-script") != want {
			t.Errorf("%s: got %v", text, found)
		}
	}
}

// A word of the interface in other letters is told, however short it is. Names in it can be literals.
func TestForeignWord(t *testing.T) {
	noCount := func(string) []values.Counted { return nil }
	for text, want := range map[string]bool{"Skip": true, "OK": true, "A": false, "1": false, "閉じる": false, "PDFを開く": false, "{literal:iPhone}": false} {
		f := &diag.File{Name: "ja.yaml", Data: []byte(text)}
		unit := Inline(f, "ui.skip", strictyaml.Text{Value: text})
		if got := len(ForeignSource(f, Language{ID: "ja", Lang: "ja"}, []Unit{unit})) == 1; got != want {
			t.Errorf("%s as a source: got %t", text, got)
		}
		c := &Comparison{Source: f, File: f, Language: Language{ID: "easy", Lang: "ja", Counted: noCount}, From: Language{Counted: noCount}, Words: true, Allow: func(string, string) string { return "" }}
		c.Compare([]Unit{unit}, []Unit{unit})
		if got := len(c.Found.List) == 1; got != want {
			t.Errorf("%s as a translation: got %v", text, c.Found.List)
		}
	}
}

// Two or more words are not the same in two languages, however short they are. A single word can be.
func TestSameWords(t *testing.T) {
	de, en := Language{ID: "de", Lang: "de"}, Language{ID: "en", Lang: "en"}
	ja, easy := Language{ID: "ja", Lang: "ja"}, Language{ID: "easy", Lang: "ja", Ruby: true}
	for _, test := range []struct {
		text      string
		l, source Language
		want      bool
	}{
		{"Call us", en, de, true}, {"PIN", en, de, false}, {"Portal", en, de, false}, {"Information", en, de, true}, {"A 4", en, de, false},
		{"電話", easy, ja, true}, {"ポータル", easy, ja, false},
	} {
		u := Inline(&diag.File{}, "answer", strictyaml.Text{Value: test.text})
		if got := mustDiffer(test.l, &u, test.source); got != test.want {
			t.Errorf("%s in %s: got %t", test.text, test.l.ID, got)
		}
	}
}
