package checkerpage

import (
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Words of a question are reported if page.yaml does not list the question or the value with which
// they would be shown.
func TestUnshown(t *testing.T) {
	f := &diag.File{Name: "ja.yaml", Data: []byte(`questions:
  held:
    title: a
    short: a
    unknown: a
    not_asked: a
    more: {label: a, title: a}
    values: {card: {label: a, tile: a}, paper: {label: a, tile: a}}
  asked: {title: a, short: a, unknown: a, not_asked: a, more: {label: a, title: a}, values: {card: {label: a, tile: a}}}
`)}
	w := &Words{File: f}
	if found := strictyaml.Decode(f, 0, len(f.Data), &w.WordsYAML); len(found) > 0 {
		t.Fatal(found)
	}
	p := &Page{NotAsked: map[string][]string{"asked": nil}, Groups: map[string][]ChoiceGroup{"asked": {{}}}, Tiles: []Tile{{Value: "card"}}}
	var got string
	for _, d := range p.Unshown(w, "held") {
		if d.Code != "words-unshown" {
			t.Errorf("wanted words-unshown, not %s", d.Code)
		}
		got += d.Args[0].(string) + "\n"
	}
	const want = "questions: held: not_asked\nquestions: held: more\nquestions: held: values: paper: tile\nquestions: asked: values: card: tile\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
