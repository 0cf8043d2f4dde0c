package parity

import (
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
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
