package build

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/publish"
	"sitegen/internal/render"
	"sitegen/internal/testcontent"
	"sitegen/themes"
)

func TestCompareAnswer(t *testing.T) {
	today := civil.Of(2026, 8, 5)
	before := map[string]publish.Answer{
		"same":    {Hash: "1"},
		"stays":   {Hash: "1", Changed: "2026-01-01", New: true},
		"changes": {Hash: "2", Changed: "2026-01-01", New: true},
	}
	for id, want := range map[string]publish.Answer{
		"same":    {Hash: "1"},
		"stays":   {Hash: "1", Changed: "2026-01-01", New: true},
		"changes": {Hash: "1", Changed: "2026-08-05"},
		"added":   {Hash: "1", Changed: "2026-08-05", New: true},
	} {
		if got := compareAnswer("1", before, id, today); got != want {
			t.Errorf("%s: got %v, want %v", id, got, want)
		}
		if got := compareAnswer("1", nil, id, today); got != (publish.Answer{Hash: "1"}) {
			t.Errorf("%s, first published: got %v", id, got)
		}
	}
	changes := changesOf(publish.Answers{"ja": before})
	want := map[string]render.Change{"stays": {Day: civil.Of(2026, 1, 1), New: true}, "changes": {Day: civil.Of(2026, 1, 1), New: true}}
	if !maps.Equal(changes["ja"], want) {
		t.Errorf("got %v, want %v", changes["ja"], want)
	}
}

// When a fact of the real content changes, exactly the questions whose pages contain the fact are recorded as changed. A build for a
// different day, on which other passages hold, records no change.
func TestChangedFactIsRecorded(t *testing.T) {
	files := testcontent.RealOf(t, "sk")
	answersFor := func(files fstest.MapFS, today civil.Date, last *publish.Manifest) publish.Answers {
		pages, found, err := Make(t.Context(), Source{Content: files, ContentName: "content", Theme: themes.Default(), ThemeName: "themes/default", Bundle: bundled, Today: today, Last: last, Rules: compiledRules(t, files)})
		if err != nil || diag.HasErrors(found) {
			t.Fatal(err, found)
		}
		return pages.Answers()
	}
	day := civil.Of(2026, 11, 22)
	first := answersFor(files, day, nil)
	if changed := changedIn(first); len(changed) > 0 {
		t.Errorf("changed on the first day: %v", changed)
	}
	if changed := changedIn(answersFor(files, civil.Of(2025, 11, 1), &publish.Manifest{Answers: first})); len(changed) > 0 {
		t.Errorf("changed by the day: %v", changed)
	}
	text := strings.Replace(string(files["facts.yaml"].Data), "card_reissue_fee:\n  fee: 1000", "card_reissue_fee:\n  fee: 1100", 1)
	changed := maps.Clone(files)
	changed["facts.yaml"] = &fstest.MapFile{Data: []byte(text)}
	var want []string
	for _, page := range pagesTelling(loadedSite(t, files), nil, "card_reissue_fee", "") {
		if path.Base(path.Dir(page)) == "faq" {
			want = append(want, page)
		}
	}
	if got := changedIn(answersFor(changed, day, &publish.Manifest{Answers: first})); len(got) == 0 || !slices.Equal(got, want) {
		t.Errorf("recorded beside those that tell it: %v; not recorded: %v", without(got, want), without(want, got))
	}
}

// changedIn lists the pages of the questions that changed.
func changedIn(answers publish.Answers) []string {
	var list []string
	for folder, changes := range changesOf(answers) {
		for id := range changes {
			list = append(list, folder+"/faq/"+id+".html")
		}
	}
	slices.Sort(list)
	return list
}
