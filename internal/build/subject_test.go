package build

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/bundle"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/testcontent"
)

// bundled bundles the default theme once for all tests.
var bundled = &bundle.Memory{}

// sourceOf returns the source of a site in memory, on a fixed day.
func sourceOf(content fstest.MapFS) Source {
	return Source{Content: content, ContentName: "content", Theme: testcontent.Theme(), ThemeName: "theme", Bundle: bundled, Today: civil.Of(2026, 11, 28)}
}

// compiledRules returns the rules of a content folder as if they had been checked, for a test that does not concern their proof.
func compiledRules(t testing.TB, content fstest.MapFS) *RulesMemory {
	t.Helper()
	compiled, found, err := CompileRules(content, "content")
	if err != nil || compiled == nil || diag.HasErrors(found) {
		t.Fatal("the rules cannot be compiled", err, found)
	}
	return &RulesMemory{last: compiled, hash: hashFiles(content, remembered...)}
}

// renderedFiles renders files, by path.
func renderedFiles(t testing.TB, list []File) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, file := range list {
		var out bytes.Buffer
		if err := file.Render(&out); err != nil {
			t.Fatal(file.Path, err)
		}
		files[file.Path] = out.String()
	}
	return files
}

// rendered makes a site and returns all its files, rendered, by path. It ignores warnings.
func rendered(t testing.TB, content fstest.MapFS) map[string]string {
	t.Helper()
	pages, found, err := Make(t.Context(), sourceOf(content))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found {
		if d.Severity() == diag.Error {
			t.Errorf("%s:%d: %s %v", d.File, d.Line, d.Code, d.Args)
		}
	}
	if pages == nil {
		t.FailNow()
	}
	return renderedFiles(t, pages.Files)
}

// accept adds to a content folder the files that accept its rules.
func accept(t testing.TB, content fstest.MapFS) {
	t.Helper()
	accepted, found, err := AcceptRules(t.Context(), content, "content", 0)
	if err != nil || accepted == nil || diag.HasErrors(found) {
		for _, d := range found {
			t.Errorf("%s:%d: %s %v", d.File, d.Line, d.Code, d.Args)
		}
		t.Fatal("the rules are not accepted", err)
	}
	for name, data := range accepted.Files {
		content[name] = &fstest.MapFile{Data: data}
	}
}

// A site whose rules are about a different subject works like any other. These rules share no id with the real ones and lack some of their
// features.
func TestAnotherSubject(t *testing.T) {
	content := testcontent.Permit(t)
	accept(t, content)
	files := rendered(t, content)
	for _, path := range []string{"ja/check.html", "ja/check-noscript.html", "en/check-noscript-1.html"} {
		if files[path] == "" {
			t.Error("no page ", path)
		}
	}
	if home := files["en/index.html"]; strings.Count(home, "data-checker=") != 5 || strings.Count(home, `class="picture"`) != 2 {
		t.Error("the home page has other tiles than two papers, something else, nothing and don't know")
	}
	enough := 0
	for path, page := range files {
		if strings.HasPrefix(path, "en/check-noscript") && strings.Contains(page, "enough yes") {
			enough++
		}
	}
	if enough == 0 {
		t.Error("on no page without script it is enough")
	}
}

// A mistake in page.yaml is reported at its place. The finding names it by the keys that lead to it, such as "groups: move: within".
func TestMistakesOfThePage(t *testing.T) {
	content := testcontent.Permit(t)
	accept(t, content)
	const file = "rules/page.yaml"
	page := string(content[file].Data)
	for _, c := range []struct{ old, new, code, arg string }{
		{"[student, guardian]", "[student]", "rules-page-ungrouped", "circumstances: situation: guardian"},
		{"  group_way:\n    counter: [by_post]\n", "", "rules-page-ungrouped", "circumstances: counter: by_post"},
		{"[by_post]", "[by_post, town_hall]", "rules-page-asked", "counter: town_hall"},
		{"[student, guardian]", "[student, guardian, shelter]", "rules-page-asked", "situation: shelter"},
		{"[student, guardian]", "[student, guardian, student]", "rules-page-twice", "circumstances: situation: student"},
		{"[came, within]\nfurther", "[came]\nfurther", "rules-page-ungrouped", "groups: move: within"},
		{"yes: reported", "yes: settled", "rules-page-ungrouped", "groups: move: reported"},
		{"group_more: [old_permit, a_copy]", "group_more: [old_permit]\n    group_way: [old_permit, a_copy]", "rules-page-twice", "groups: papers: old_permit"},
		{"papers_first: [id_card, lease]", "papers_first: [id_card, leash]", "rules-page-unknown", "papers_first: leash"},
		{"{id_card: card,", "{id_crad: card,", "rules-page-unknown", "tiles: id_crad"},
		{"steps:", "not_offered: {lost_it: [can_fetch]}\nsteps:", "rules-page-uncovered", "lost_it: can_fetch"},
		{"steps:", "not_offered: {move: [came]}\nsteps:", "rules-page-uncovered", "move: came"},
		{"steps:", "private: {papers: [lease]}\nsteps:", "rules-page-tile-private", "tiles: lease"},
		{"steps:", "no_script: {ask: [id_untl]}\nsteps:", "rules-page-unknown", "no_script: ask: id_untl"},
		{"steps:", "no_script: {ask: [move], leave_out: {move: [came, went]}}\nsteps:", "rules-page-unknown", "no_script: leave_out: move: went"},
	} {
		if strings.Count(page, c.old) != 1 {
			t.Fatalf("%q stands %d times", c.old, strings.Count(page, c.old))
		}
		changed := maps.Clone(content)
		changed[file] = &fstest.MapFile{Data: []byte(strings.Replace(page, c.old, c.new, 1))}
		_, found, err := Make(t.Context(), Source{Content: changed, ContentName: "content", Theme: testcontent.Theme(), ThemeName: "theme", Bundle: bundled, Today: civil.Of(2026, 11, 28)})
		told := slices.ContainsFunc(found, func(d diag.Diagnostic) bool {
			return string(d.Code) == c.code && d.File == "content/"+file && d.Line > 0 && len(d.Args) > 0 && d.Args[0] == c.arg
		})
		if err != nil || !told {
			t.Errorf("%q: no %s %s among %v", c.new, c.code, c.arg, found)
		}
	}
}
