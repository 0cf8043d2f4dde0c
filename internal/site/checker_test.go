package site

import (
	"strings"
	"testing"

	"sitegen/internal/civil"
)

const (
	smallPage  = "papers_first: []\nprivate: {}\nformer_papers: {}\nleaving: []\nsteps: []\ncalls: {}\nexplain: {}\nplain_first: {}\nplain_papers: []\n"
	smallWords = `
questions:
  have:
    title: T
    hint: H
    short: S
    unknown: U
    held:
      card: {title: With the card, hint: Look}
    groups:
      papers: {title: Papers, values: [card]}
    values:
      card: {label: Card}
documents:
  card: {name: Card, hint: H}
outcomes:
  bring:
    title: Bring it
    text: Text
    speak: [{to: say_reception, own: Here, romaji: dōzo}]
    told:
      fetch: {title: Fetch it, text: Text, speak: [{to: say_reception, own: There}]}
notes: {fetch: Fetch, other: Other}
page: {say_reception: At reception}
conditions: {}
`
)

var smallIDs = RuleIDs{Inputs: map[string][]string{"have": {"card"}}, Documents: []string{"card"}, Outcomes: []string{"bring"},
	Notes: []string{"fetch", "other"}, Page: []string{"say_reception"}}

// Words of an outcome that depend on a note, and of a question that depend on a document, are found and checked.
func TestWordsThatDepend(t *testing.T) {
	load := func(words string) *Site {
		s, found, err := Load(small(map[string]string{"rules/page.yaml": smallPage, "rules/text/ja.yaml": strings.NewReplacer("Here, romaji: dōzo", "どうぞ", "There}", "そこ}").Replace(smallWords), "rules/text/en.yaml": words}), "content", civil.Of(2026, 11, 22))
		if err != nil || len(found) > 0 {
			t.Fatalf("%v %+v", err, found)
		}
		return s
	}
	s := load(smallWords)
	if found := s.CheckRules(smallIDs); len(found) > 0 {
		t.Error(found)
	}
	words := s.Languages[1].Checker
	outcome := words.Outcomes["bring"]
	told := func(id string) string {
		w := outcome.When(func(note string) bool { return note == id })
		return w.Title.Plain + "/" + w.Speak[0].Own.Plain + "/" + w.Speak[0].Aloud.Plain
	}
	if told("other") != "Bring it/Here/どうぞ" || told("fetch") != "Fetch it/There/" {
		t.Error(told("other"), told("fetch"))
	}
	if q := words.Questions["have"]; q.Held[0].Document != "card" || q.Held[0].Title.Plain != "With the card" {
		t.Errorf("%+v", q)
	}
	for _, slip := range [][2]string{{"held:\n      card", "held:\n      car"}, {"told:\n      fetch", "told:\n      fech"}, {"say_reception, own: There", "say_recption, own: There"}} {
		found := load(strings.Replace(smallWords, slip[0], slip[1], 1)).CheckRules(smallIDs)
		if len(found) != 1 || found[0].Code != "words-unknown" {
			t.Errorf("%q: %v", slip, found)
		}
	}
	_, found, err := Load(small(map[string]string{"rules/page.yaml": smallPage, "rules/text/ja.yaml": strings.Replace(smallWords, ", romaji: dōzo", "", 1),
		"rules/text/en.yaml": strings.Replace(smallWords, "own: There", "own: There, romaji: soko", 1)}), "content", civil.Of(2026, 11, 22))
	if err != nil || len(found) > 0 {
		t.Error("the sentence of the outcome itself does for a note without its own:", err, found)
	}
	_, found, err = Load(small(map[string]string{"rules/page.yaml": smallPage, "rules/text/ja.yaml": strings.ReplaceAll(smallWords, "say_reception", "say_insurer"),
		"rules/text/en.yaml": smallWords}), "content", civil.Of(2026, 11, 22))
	if err != nil || len(found) != 2 || found[1].Code != "speak-alone" {
		t.Error(err, found)
	}
}
