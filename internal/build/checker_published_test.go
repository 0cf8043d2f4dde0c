package build

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/bundle"
	"sitegen/internal/checker"
	"sitegen/internal/checkerpage"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/render"
	"sitegen/internal/rules"
	"sitegen/internal/table"
	"sitegen/internal/testcontent"
	"sitegen/themes"
	"sitegen/wasm"
)

// publishedRules returns the files that the site of a content folder publishes for other programs, by path, and the rule set.
// It does not prove the rules.
func publishedRules(t *testing.T, content fs.FS) (map[string][]byte, *rules.Set) {
	t.Helper()
	loaded, found, err := load.Site(content, "content", civil.Of(2026, 11, 22))
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	compiled, found, err := CompileRules(content, "content")
	if err != nil || compiled == nil {
		t.Fatal(err, found)
	}
	assets, err := bundle.Load(themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	templates, err := fs.Sub(themes.Default(), "templates")
	if err != nil {
		t.Fatal(err)
	}
	page, err := checkerpage.ReadThemeWords(themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	noScript, found, err := writeOut(t.Context(), compiled.Set.Program, loaded)
	if err != nil || diag.HasErrors(found) {
		t.Fatal(found, err)
	}
	checker := &checker.Material{Program: compiled.Set.Program, Module: compiled.Module, File: compiled.describe(loaded), Words: page, NoScript: noScript}
	renderer, err := render.New(loaded, assets, templates, render.Options{Checker: checker})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, file := range renderer.Files() {
		if strings.HasPrefix(file.Path, "assets/rules.") || strings.HasPrefix(file.Path, "assets/policies/") {
			var w bytes.Buffer
			if err := file.Render(&w); err != nil {
				t.Fatal(err)
			}
			files[file.Path] = w.Bytes()
		}
	}
	return files, compiled.Set
}

func TestPublishedModule(t *testing.T) {
	files, set := publishedRules(t, testcontent.Real(t))
	module, hashed := files["assets/rules.wasm"], 0
	for name, content := range files {
		if regexp.MustCompile(`^assets/rules\.[0-9a-f]{12}\.wasm$`).MatchString(name) && bytes.Equal(content, module) {
			hashed++
		}
	}
	about, err := wasm.ReadAbout(module)
	if err != nil || hashed != 1 {
		t.Fatalf("%v; %d files by the content", err, hashed)
	}
	secret, private, told := 0, 0, map[string]int{}
	for _, group := range about.Circumstances {
		for _, choices := range group.Choices {
			for _, value := range choices.Values {
				told[choices.Input+"."+value]++
			}
		}
	}
	for _, in := range about.Inputs {
		for _, id := range in.Secret {
			secret++
			if !slices.Contains(in.Private, id) {
				t.Errorf("%s: %s is secret and may stand in an address", in.ID, id)
			}
		}
		private += len(in.Private)
		for _, id := range in.Told {
			if inGroups := told[in.ID+"."+id]; inGroups != 1 && !slices.Contains(in.Secret, id) {
				t.Errorf("%s.%s stands in %d groups", in.ID, id, inGroups)
			}
		}
		for _, id := range slices.Concat(in.Private, in.Told, in.Secret) {
			if !slices.Contains(in.Values, id) {
				t.Errorf("%s has no value %s", in.ID, id)
			}
		}
		if in.Unknown != "" && !slices.Contains(slices.Concat(in.Values, in.Special), in.Unknown) {
			t.Errorf("%s has no value %s", in.ID, in.Unknown)
		}
	}
	if private <= secret || len(about.Asks) != len(set.Program.Asks) {
		t.Errorf("%d values are private, %d secret, %d questions asked", private, secret, len(about.Asks))
	}
}

// Everything that a result or a question can name has words in every language, without markup.
func TestPublishedWords(t *testing.T) {
	files, set := publishedRules(t, testcontent.Real(t))
	about := set.About("", "")
	for _, language := range []string{"ja", "ja-easy", "en"} {
		var words struct {
			Language, Version string
			Questions         map[string]struct {
				Title, Short, Unknown string
				Values                map[string]struct{ Name string }
			}
			Documents  map[string]struct{ Name string }
			Outcomes   map[string]struct{ Title, Text string }
			Notes      map[string]string
			Groups     map[string]string
			Conditions map[string]struct{ Holds, Not string }
		}
		text := files["assets/rules."+language+".json"]
		if err := json.Unmarshal(text, &words); err != nil || words.Language != language || len(words.Version) != 12 {
			t.Fatalf("%s: %v, %q, version %q", language, err, words.Language, words.Version)
		}
		// JSON's own braces are outside strings. A brace within a string would be that of a slot or of a reading.
		if found := regexp.MustCompile(`"[^"]*(<\w|\w\{|\{\w)[^"]*"`).Find(text); found != nil {
			t.Errorf("%s: there is markup: %s", language, found)
		}
		for _, in := range about.Inputs {
			q := words.Questions[in.ID]
			if in.Policy || in.Role == wasm.RoleVisit {
				continue
			}
			if q.Title == "" || q.Short == "" || q.Unknown == "" {
				t.Errorf("%s: question %s: %+v", language, in.ID, q)
			}
			for _, value := range in.Values {
				if value != in.Unknown && q.Values[value].Name == "" {
					t.Errorf("%s: value %s of %s has no name", language, value, in.ID)
				}
			}
		}
		for _, id := range about.Documents {
			if words.Documents[id].Name == "" {
				t.Errorf("%s: document %s has no name", language, id)
			}
		}
		for _, id := range about.Outcomes {
			if words.Outcomes[id].Title == "" || words.Outcomes[id].Text == "" {
				t.Errorf("%s: outcome %s has no words", language, id)
			}
		}
		for _, id := range about.Notes {
			if words.Notes[id] == "" {
				t.Errorf("%s: note %s has no words", language, id)
			}
		}
		if len(words.Conditions) == 0 || len(words.Groups) == 0 {
			t.Errorf("%s: %d conditions and %d groups have words", language, len(words.Conditions), len(words.Groups))
		}
		for id, title := range words.Groups {
			if title == "" {
				t.Errorf("%s: group %s has no words", language, id)
			}
		}
	}
}

// A further insurer adds one file, and changes no byte of the module or of the words.
func TestPublishedPolicies(t *testing.T) {
	content := testcontent.Real(t)
	before, set := publishedRules(t, content)
	content["profiles/zz_further/profile.yaml"] = &fstest.MapFile{Data: content["profiles/inoac/profile.yaml"].Data}
	after, _ := publishedRules(t, content)
	further := "assets/policies/zz_further.json"
	if after[further] == nil {
		t.Error("nothing is published of the further insurer")
	}
	delete(after, further)
	if !maps.EqualFunc(before, after, bytes.Equal) {
		t.Error("a further insurer changes what is published of the others")
	}
	policies := 0
	for name, text := range before {
		if path.Dir(name) != "assets/policies" {
			continue
		}
		var policy struct {
			Profile string
			Answers rules.Answers
		}
		if err := json.Unmarshal(text, &policy); err != nil || policy.Profile+".json" != path.Base(name) {
			t.Fatal(name, err)
		}
		policies += len(policy.Answers)
		raw, bad := set.Raw(policy.Answers, civil.Unset)
		want, _ := set.Raw(rules.Answers{"profile": policy.Profile}, civil.Unset)
		for slot := range raw {
			if in := set.Program.Inputs[set.Program.InputOf(slot)]; bad != nil || raw[slot] != want[slot] && !(raw[slot] == table.Missing && want[slot] == in.Default) {
				t.Fatalf("%s: %v (%v), not %v", name, raw, bad, want)
			}
		}
	}
	if policies == 0 {
		t.Error("no insurer has decided anything")
	}
}
