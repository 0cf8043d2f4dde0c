package rulefacts

import (
	"os"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/rules"
)

// TestRealFacts: Read finds no mistake in the facts and sources of the real folders. Package declare finds none there either.
func TestRealFacts(t *testing.T) {
	for _, folder := range []string{"../../content", "../../cmd/sitegen/testdata/content-small", "../../cmd/sitegen/testdata/content-rules"} {
		facts, err := Read(os.DirFS(folder))
		if err != nil || len(facts.Unread[rules.FactsFile])+len(facts.Unread[rules.SourcesFile]) > 0 {
			t.Errorf("%s: %v %v", folder, err, facts.Unread)
		}
		for id, faults := range facts.Faults {
			if len(faults) > 0 || facts.Kinds[id] == "" {
				t.Errorf("%s: %s is %q: %v", folder, id, facts.Kinds[id], faults)
			}
		}
	}
}

// A fact that is defined as the day before or after a different fact gets its day and its mistakes from that fact.
func TestFactsFollowOthers(t *testing.T) {
	const rest = ", sources: [s], as_of: 2026-01-01}\n"
	facts, err := Read(fstest.MapFS{
		"sources.yaml": {Data: []byte("s: {publisher: P, title: T, label: {ja: L}, published: unknown, read: 2026-01-01}\n")},
		"facts.yaml": {Data: []byte("third: {day_after: second" + rest + "second: {day_before: first" + rest + "first: {date: 2026-03-10" + rest +
			"hen: {day_after: egg" + rest + "egg: {day_after: hen" + rest + "chick: {day_after: egg" + rest + "lost: {day_after: nobody" + rest +
			"both: {variants: [{until: 2026-05-31, date: 2026-05-31}, {from: 2026-06-01, date: 2026-06-30}]" + rest + "behind: {day_after: both" + rest)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(facts.Faults["third"]) > 0 || facts.Days["third"] != civil.Of(2026, 3, 10) || facts.Days["second"] != civil.Of(2026, 3, 9) {
		t.Errorf("third is %v, second %v: %v", facts.Days["third"], facts.Days["second"], facts.Faults["third"])
	}
	for id, code := range map[string]string{"hen": "fact-circle", "egg": "fact-circle", "chick": "fact-circle", "lost": "fact-unknown"} {
		if faults := facts.Faults[id]; len(faults) != 1 || string(faults[0].Code) != code {
			t.Errorf("%s: %v, not %s", id, faults, code)
		}
	}
	if _, known := facts.Days["behind"]; known || facts.Kinds["behind"] != "variant" {
		t.Errorf("behind is %v, a %s", facts.Days["behind"], facts.Kinds["behind"])
	}
}
