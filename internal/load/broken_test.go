package load

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/sweep"
	"sitegen/internal/testcontent"
)

// realContent returns the real content with only one of its insurers: sk, which sets many policies.
func realContent(t *testing.T) fstest.MapFS {
	t.Helper()
	return testcontent.RealOf(t, "sk")
}

// with returns a copy of `files` in which the file `name` has this text.
func with(files fstest.MapFS, name, text string) fstest.MapFS {
	changed := maps.Clone(files)
	changed[name] = &fstest.MapFile{Data: []byte(text)}
	return changed
}

// faultsOf loads broken content and returns the findings. It fails the test if two findings are the same.
func faultsOf(t *testing.T, files fstest.MapFS) []diag.Diagnostic {
	t.Helper()
	_, found, err := Site(files, "content", civil.Of(2026, 12, 15))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range found {
		finding := fmt.Sprint(d.Position, d.Code, d.Args)
		if seen[finding] {
			t.Errorf("told twice: %s %s", d.Position, d.Code)
		}
		seen[finding] = true
	}
	return found
}

// told reports whether one of the findings has this code, and this id as its first argument.
func told(found []diag.Diagnostic, code diag.Code, id string) bool {
	return slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code == code && d.Args[0] == id })
}

// entries returns the entries of a YAML file as texts, by id. `begin` is a regular expression for the text before an id on its line: "" for
// keys at the top level.
func entries(files fstest.MapFS, name, begin string) map[string]string {
	list := map[string]string{}
	text := string(files[name].Data)
	starts := regexp.MustCompile(`(?m)^`+begin+`([a-z0-9_]+)(:|$)`).FindAllStringSubmatchIndex(text, -1)
	end := regexp.MustCompile(`(?m)^\S`)
	for i, start := range starts {
		rest := text[start[1]:]
		if i+1 < len(starts) {
			rest = text[start[1]:starts[i+1][0]]
		} else if at := end.FindStringIndex(rest); at != nil {
			rest = rest[:at[0]]
		}
		list[text[start[2]:start[3]]] = text[start[0]:start[1]] + rest
	}
	return list
}

var named = regexp.MustCompile(`\b(?:fact|term|use|hours_fact|phone_of|day_after|day_before):? ?([a-z0-9_]+)`)

// namesIn returns the ids of the facts and terms to which the files refer. Some terms are only in the glossary, and nothing refers to them.
func namesIn(files fstest.MapFS) map[string]bool {
	ids := map[string]bool{}
	for _, file := range files {
		for _, m := range named.FindAllSubmatch(file.Data, -1) {
			ids[string(m[1])] = true
		}
	}
	return ids
}

// If a fact or term that is in use is deleted, a finding names it, and loading does not fail. This holds for texts that are typeset again
// for an insurer too. The test deletes several at a time: a hundred with `make test`, eight with `make sweep`.
func TestDeletedNames(t *testing.T) {
	files := realContent(t)
	isNamed := namesIn(files)
	for name, kind := range map[string]struct {
		begin string
		code  diag.Code
	}{"facts.yaml": {"", "fact-unknown"}, "glossary.yaml": {"  - id: ", "term-unknown"}} {
		list := entries(files, name, kind.begin)
		if len(list) < 30 {
			t.Fatalf("only %d entries in %s", len(list), name)
		}
		for ids := range slices.Chunk(slices.Sorted(maps.Keys(list)), sweep.Of(8, 100)) {
			t.Run(ids[0], func(t *testing.T) {
				t.Parallel()
				text := string(files[name].Data)
				for _, id := range ids {
					text = strings.Replace(text, list[id], "", 1)
				}
				found := faultsOf(t, with(files, name, text))
				for _, id := range ids {
					if isNamed[id] && !told(found, kind.code, id) {
						t.Errorf("nobody is told that %s is gone, but:\n%s", id, codes(found))
					}
				}
			})
		}
	}
}

var reference = regexp.MustCompile(`(\{fact:|\{term:|\{policy:|\{insurer:|\]\(faq:|\]\(fact:|::: if )([a-z0-9_-]+)`)

// A misspelt reference is reported at its place, and loading does not fail. The test tries the first reference of each kind in every kind
// of file that has texts, in front matter and in bodies. With `make test` it misspells all of them in one load, with `make sweep` each in a
// load of its own.
func TestMisspeltReferences(t *testing.T) {
	files := realContent(t)
	files = with(files, "sources.yaml", strings.Replace(string(files["sources.yaml"].Data), "\n    en: \"", "\n    en: \"{fact:new_issue_end} ", 1))
	var all []misspelt
	for _, pattern := range []string{
		"text/*.yaml", "rules/text/*.yaml", "glossary.yaml", "sources.yaml", "profiles/*/profile.yaml", "faq/*/*/*.md", "profiles/*/faq/*/*/*.md",
	} {
		names, err := fs.Glob(files, pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		first := firstReferences(files, names)
		if len(first) == 0 {
			t.Errorf("no text refers to anything in %s", pattern)
		}
		all = append(all, first...)
	}
	for some := range slices.Chunk(all, sweep.Of(1, len(all))) {
		t.Run(some[0].file+" "+some[0].id, func(t *testing.T) {
			t.Parallel()
			broken := maps.Clone(files)
			for _, m := range slices.Backward(some) { // from the last to the first, so that the offsets of the others stay valid
				text := broken[m.file].Data
				broken[m.file] = &fstest.MapFile{Data: slices.Concat(text[:m.at], []byte("no-such-"), text[m.at:])}
			}
			found := faultsOf(t, broken)
			for _, m := range some {
				place := (&diag.File{Name: "content/" + m.file, Data: files[m.file].Data}).Position(m.at)
				own := slices.DeleteFunc(slices.Clone(found), func(d diag.Diagnostic) bool { return d.File != place.File || d.Line != place.Line })
				if !told(own, m.want, "no-such-"+m.id) {
					t.Errorf("no %s at %v, but:\n%s", m.want, place, codes(found))
				}
			}
		})
	}
}

// misspelt is a reference that a test misspells: its file, the offset of its id, the id, and the code of the finding that is wanted.
type misspelt struct {
	file string
	at   int
	id   string
	want diag.Code
}

// firstReferences returns, for each kind of reference, the first one in the body of a Markdown file and the first one anywhere else. The
// result is in the order of `names`, then of offsets.
func firstReferences(files fstest.MapFS, names []string) []misspelt {
	unknown := map[string]diag.Code{
		"{fact:": "fact-unknown", "{term:": "term-unknown", "{policy:": "policy-unknown", "{insurer:": "insurer-unknown",
		"](faq:": "question-unknown", "](fact:": "fact-unknown", "::: if ": "policy-unknown",
	}
	var list []misspelt
	seen := map[string]bool{}
	for _, name := range names {
		text := string(files[name].Data)
		for _, at := range reference.FindAllStringSubmatchIndex(text, -1) {
			what, id := text[at[2]:at[3]], text[at[4]:at[5]]
			body := strings.HasSuffix(name, ".md") && !strings.Contains(text[at[0]:], "\n---\n")
			if key := fmt.Sprint(what, body); !seen[key] {
				seen[key] = true
				list = append(list, misspelt{name, at[4], id, unknown[what]})
			}
		}
	}
	return list
}

// If the days of facts depend on each other in a circle, each reference of the circle is reported, and loading ends.
func TestFactsInCircles(t *testing.T) {
	const rest = ", sources: [law], as_of: 2026-11-22}\n"
	facts := string(small(nil)["facts.yaml"].Data)
	for _, c := range []struct{ facts, want string }{
		{"a: {day_after: a" + rest, "1:16 fact-circle"},
		{"a: {day_after: b, day_before: b" + rest + "b: {day_after: a, day_before: a" + rest, "1:1 fact-kind 1:16 fact-circle 2:1 fact-kind 2:16 fact-circle 2:31 fact-circle"},
		{"a: {day_after: b" + rest + "b: {day_before: c" + rest + "c: {day_after: b" + rest, "2:17 fact-circle 3:16 fact-circle"},
	} {
		names, uses := "", ""
		for _, line := range strings.Split(strings.TrimSpace(c.facts), "\n") {
			names, uses = names+line[:1]+": x, ", uses+"{fact:"+line[:1]+"} "
		}
		files := map[string]string{"facts.yaml": c.facts + facts, "faq/cards/first/en.md": page("en", "First", strings.TrimSpace(uses), uses)}
		for _, language := range []string{"ja", "en"} {
			files["text/"+language+".yaml"] = strings.Replace(textYAML(language), "facts: {", "facts: {"+names, 1)
		}
		_, found := load(t, files)
		if got := strings.ReplaceAll(strings.ReplaceAll(codes(found), "content/facts.yaml:", ""), "\n", " "); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.facts, got, c.want)
		}
	}
}

// A missing translation is reported, but links to it are not.
func TestLinkToMissingTranslation(t *testing.T) {
	_, found := load(t, map[string]string{"faq/cards/second/en.md": ""})
	if got, want := codes(found), "content/faq/cards/second translation-missing"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// If the file of the default language cannot be read, the other languages are not compared with it.
func TestUnreadableAnswerIsNotCompared(t *testing.T) {
	variants := "---\nquestion: First\nanswers:\n  - {until: fact:last_day, text: Yes.}\n  - {from: fact:next_day, text: No.}\n"
	_, found := load(t, map[string]string{
		"faq/cards/first/ja.md": variants + "source: [law]\n---\n## More {#more}\n", "faq/cards/first/en.md": variants + "---\n## More {#more}\n",
	})
	if got, want := codes(found), "content/faq/cards/first/ja.md:6:1 yaml-unknown-key"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// A mistake in a question is reported once, not again for every insurer with a policy that the question mentions.
func TestFaultsAreToldOnce(t *testing.T) {
	profile := "name: {ja: A, en: A}\npolicies: {form: needed}\n"
	files := map[string]string{
		"policies.yaml":           "form: {kind: choice, name: {ja: x, en: x}, values: {needed: {ja: x, en: x}}}\n",
		"profiles/a/profile.yaml": profile, "profiles/b/profile.yaml": profile,
		"faq/cards/first/ja.md": "---\nquestion: First\nsources: [law]\n---\n\n{policy:form}\n",
		"faq/cards/first/en.md": "---\nquestion: First\nanswers:\n  - {until: tomorrow, text: No.}\n---\n\n{policy:form}\n",
	}
	for _, language := range []string{"ja", "en"} {
		files["text/"+language+".yaml"] = textYAML(language) + "policies: {form: {needed: Needed, unset: Ask}}\n"
	}
	_, found := load(t, files)
	if got, want := codes(found), "content/faq/cards/first/en.md:4:13 block-day\ncontent/faq/cards/first/ja.md:2:11 answer-one"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// If a file cannot be parsed, that is the only finding. References to the names in that file are not reported.
func TestUnreadableFileIsToldAlone(t *testing.T) {
	files := realContent(t)
	for _, name := range []string{"facts.yaml", "glossary.yaml", "sources.yaml", "policies.yaml", "text/en.yaml"} {
		lines := strings.SplitAfter(string(files[name].Data), "\n")
		lines[20] = "\t" + lines[20]
		if found := faultsOf(t, with(files, name, strings.Join(lines, ""))); len(found) != 1 || found[0].Code != "yaml-tab" {
			t.Errorf("%s: %d findings:\n%s", name, len(found), codes(found))
		}
	}
}
