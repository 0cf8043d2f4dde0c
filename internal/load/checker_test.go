package load

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/checkerpage"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/site"
	"sitegen/internal/testcontent"
)

const (
	smallPage  = "papers_first: [card]\n"
	smallWords = `
questions:
  have:
    title: T
    hint: H
    short: S
    unknown: U
    held:
      card: {title: With the card, hint: Look}
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

// japanese returns the small words with Japanese in place of their longer English texts.
func japanese(words string) string {
	return strings.NewReplacer("With the card", "カードがあるとき", "Bring it", "持って行く", "Fetch it", "取りに行く", "It is here", "あります", "It is not", "ありません", "Nothing is here", "何もありません", "At reception", "受付で").Replace(words)
}

var smallIDs = checkerpage.RuleIDs{Inputs: map[string][]string{"have": {"card"}}, Held: "have", Documents: []string{"card"}, Outcomes: []string{"bring"},
	Notes: []string{"fetch", "other"}, Page: []string{"say_reception"}}

// OutcomeWords.When chooses the words of an outcome that depend on a note. QuestionWords.Held has the words of a question that depend
// on a document. CheckRules checks the ids of both.
func TestWordsThatDepend(t *testing.T) {
	load := func(words string) *site.Site {
		s, found, err := Site(small(map[string]string{"rules/page.yaml": smallPage, "rules/text/ja.yaml": japanese(strings.NewReplacer("Here, romaji: dōzo", "どうぞ", "There}", "そこ}").Replace(smallWords)), "rules/text/en.yaml": words}), "content", civil.Of(2026, 11, 22))
		if err != nil || len(found) > 0 {
			t.Fatalf("%v %+v", err, found)
		}
		return s
	}
	s := load(smallWords)
	if found, _ := s.CheckRules(smallIDs); len(found) > 0 {
		t.Error(found)
	}
	words := s.Languages[1].Checker
	outcome := words.Outcomes.Of("bring")
	told := func(id string) string {
		w, _ := outcome.When(func(note string) bool { return note == id })
		return w.Title.Plain + "/" + w.Speak[0].Own.Plain + "/" + w.Speak[0].Aloud.Plain
	}
	if told("other") != "Bring it/Here/どうぞ" || told("fetch") != "Fetch it/There/" {
		t.Error(told("other"), told("fetch"))
	}
	if q := words.Questions.Of("have"); q.Held[0].Document != "card" || q.Held[0].Title.Plain != "With the card" {
		t.Errorf("%+v", q)
	}
	for _, slip := range [][2]string{{"held:\n      card", "held:\n      car"}, {"told:\n      fetch", "told:\n      fech"}, {"say_reception, own: There", "say_recption, own: There"}} {
		found, _ := load(strings.Replace(smallWords, slip[0], slip[1], 1)).CheckRules(smallIDs)
		if len(found) != 1 || found[0].Code != "words-unknown" {
			t.Errorf("%q: %v", slip, found)
		}
	}
	odd := strings.ReplaceAll(smallWords, "say_reception", `"say <i>"`)
	s, found, err := Site(small(map[string]string{"rules/page.yaml": smallPage, "rules/text/ja.yaml": japanese(strings.Replace(odd, "Here, romaji: dōzo", "どうぞ", 1)), "rules/text/en.yaml": odd}), "content", civil.Of(2026, 11, 22))
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	if found, _ = s.CheckRules(smallIDs); !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code == "id-form-snake" }) {
		t.Errorf("a key that is no id: %v", found)
	}
	_, found, err = Site(small(map[string]string{"rules/page.yaml": smallPage, "rules/text/ja.yaml": japanese(strings.Replace(smallWords, ", romaji: dōzo", "", 1)),
		"rules/text/en.yaml": strings.Replace(smallWords, "own: There", "own: There, romaji: soko", 1)}), "content", civil.Of(2026, 11, 22))
	if err != nil || len(found) > 0 {
		t.Error("the sentence of the outcome itself does for a note without its own:", err, found)
	}
	_, found, err = Site(small(map[string]string{"rules/page.yaml": smallPage, "rules/text/ja.yaml": japanese(strings.ReplaceAll(smallWords, "say_reception", "say_insurer")),
		"rules/text/en.yaml": smallWords}), "content", civil.Of(2026, 11, 22))
	if err != nil || len(found) != 1 || found[0].Code != "speak-alone" {
		t.Error(err, found)
	}
}

// If the words for a result with a note lack `text` or `speak`, those of the outcome are used. Hints are optional.
func TestWordsLeftOut(t *testing.T) {
	words := strings.NewReplacer("fetch: {title: Fetch it, text: Text, speak: [{to: say_reception, own: There}]}", "fetch: {title: Fetch it}",
		"    hint: H\n", "", "Card, hint: H}", "Card}").Replace(smallWords)
	s, found, err := Site(small(map[string]string{"rules/page.yaml": smallPage, "rules/text/ja.yaml": japanese(strings.Replace(words, "Here, romaji: dōzo", "どうぞ", 1)),
		"rules/text/en.yaml": words}), "content", civil.Of(2026, 11, 22))
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	checker := s.Languages[1].Checker
	w, _ := checker.Outcomes.Of("bring").When(func(note string) bool { return note == "fetch" })
	if got := w.Title.Plain + "/" + w.Text.Plain + "/" + w.Speak[0].Own.Plain + "/" + w.Speak[0].Aloud.Plain; got != "Fetch it/Text/Here/どうぞ" {
		t.Error(got)
	}
	if hints := checker.Questions.Of("have").Hint.Plain + checker.Documents.Of("card").Hint.Plain; hints != "" {
		t.Error(hints)
	}
}

// CheckRules reports values that nobody can choose, and words that a law forbids.
func TestUnchoosableAndForbidden(t *testing.T) {
	s, found, err := Site(small(map[string]string{"rules/page.yaml": smallPage, "rules/text/ja.yaml": japanese(strings.NewReplacer("Here, romaji: dōzo", "どうぞ", "There}", "そこ}").Replace(smallWords)),
		"rules/text/en.yaml": smallWords}), "content", civil.Of(2026, 11, 22))
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	ids := smallIDs
	ids.Unasked = map[string][]string{"have": {"card"}}
	ids.Sayings = []rules.Saying{{Law: "kind", Language: "en", Text: "fetch it"}}
	var codes []string
	found, _ = s.CheckRules(ids)
	for _, d := range found {
		codes = append(codes, string(d.Code))
	}
	slices.Sort(codes)
	if want := []string{"rules-page-unchoosable", "words-forbidden"}; !slices.Equal(codes, want) {
		t.Errorf("%v, not %v", codes, want)
	}
}

// CheckRules reports rows without a reason in words, and words that belong to no row.
func TestReasonsInWords(t *testing.T) {
	words := strings.Replace(strings.Replace(smallWords, ", romaji: dōzo", "", 1), "conditions: {}", "conditions:\n  held: {holds: It is here, not: It is not}\nrows: {rest: Nothing is here}", 1)
	s, found, err := Site(small(map[string]string{"rules/page.yaml": smallPage, "rules/text/ja.yaml": japanese(words), "rules/text/en.yaml": words}), "content", civil.Of(2026, 11, 22))
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	row := func(id string, holds, not []string) checkerpage.RowIDs {
		return checkerpage.RowIDs{ID: id, Holds: holds, Not: not}
	}
	held, rest := row("held", []string{"held"}, nil), row("rest", nil, nil)
	for _, test := range []struct {
		rows []checkerpage.RowIDs
		want string // the codes of the findings in en.yaml
	}{
		{[]checkerpage.RowIDs{held, row("away", nil, []string{"held"}), rest}, ""},
		{[]checkerpage.RowIDs{held, row("away", []string{"far"}, nil), rest}, "words-missing-braces words-unknown"},
		{[]checkerpage.RowIDs{held, row("away", nil, []string{"held"})}, "words-unknown"},
	} {
		ids := smallIDs
		ids.Rows = test.rows
		var codes []string
		found, _ := s.CheckRules(ids)
		for _, d := range found {
			if strings.HasSuffix(d.File, "en.yaml") {
				codes = append(codes, string(d.Code))
			}
		}
		slices.Sort(codes)
		if got := strings.Join(codes, " "); got != test.want {
			t.Errorf("%v: %s", test.rows, got)
		}
	}
}

// The words that the rules have for editors state no value of a fact, because the value would be out of date as soon as the fact
// changes.
func TestMeaningsHaveNoValues(t *testing.T) {
	content := testcontent.Permit(t)
	const name = "rules/vocabulary.yaml"
	before := string(content[name].Data)
	changed := strings.Replace(before, "en: go to the counter anyway", "en: go by 31 March 2027", 1)
	if changed == before {
		t.Fatal(name)
	}
	content[name] = &fstest.MapFile{Data: []byte(changed)}
	_, found, err := Site(content, "content", civil.Of(2026, 11, 22))
	i := slices.IndexFunc(found, func(d diag.Diagnostic) bool { return d.Code == "literal-meaning" })
	if err != nil || i < 0 || found[i].File != "content/"+name || found[i].Line == 0 || found[i].Column < 10 {
		t.Errorf("%v %v", found, err)
	}
}
