package build

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
	"sitegen/internal/testcontent"
)

// polyglots are texts with a special meaning in HTML, attributes, XML, JSON, scripts, style sheets, the page templates or the program's own
// markers. Each contains an element, or something that would end an attribute, named x-poly. The test looks for that name.
var polyglots = []struct{ name, text string }{
	{"an element", `"'><x-poly a="-->]]></script></style><x-poly>`},
	{"an element as a literal", `{literal:"'><x-poly a="-->]]></script></style><x-poly>}`},
	{"quotation marks", `x-poly" x-poly= 'a' &quot; &amp `},
	{"marks of the program", `xXholeXx ${alert()} x-poly" `},
}

// foreign matches a polyglot that was not escaped: an element, or text after the end of an attribute or of a string in a
// script.
var foreign = regexp.MustCompile(`<x-poly|x-poly"`)

// plain matches the only text that the checker's script does not treat as HTML: the title of the page.
var plain = regexp.MustCompile(`\btitle:"(?:[^"\\]|\\.)*"`)

// value matches a value in a YAML file that is on one line, plain or in double quotes.
var value = regexp.MustCompile(`(?m)((?:^ *|[-{,] )"?[\w#.-]+"?: )("(?:[^"\\]|\\.)*"|[^\s"'\[\]{}|>#&*!,][^\n#{}\[\],]*)`)

// office is the profile of an insurer. It uses every key that a profile may have.
const office = `name:
  ja: 西の窓口
  en: Western office
short:
  ja: 西
  en: West
document: town
colours: {band: "#0b5d3b", accent: "#0b5d3b"}
contact:
  phone: office_phone
lead:
  ja: 西の町の人はこちらです。
  en: For people in the west.
facts:
  office_phone:
    phone: 03-2000-0001
    sources: [town]
    as_of: 2026-01-01
    note: on weekdays
    name:
      ja: 西の電話
      en: telephone in the west
`

// Each polyglot is put into every place where an author writes. Either it is refused there, or it is shown as text everywhere. The test
// finds the places in the files, so it includes new ones.
func TestPolyglots(t *testing.T) {
	for _, polyglot := range polyglots {
		t.Run(polyglot.name, func(t *testing.T) {
			t.Parallel()
			content := testcontent.Permit(t)
			content["profiles/office/profile.yaml"] = &fstest.MapFile{Data: []byte(office)}
			planted, places := plant(content, polyglot.text)
			if places < 500 {
				t.Errorf("only %d places", places)
			}
			pages, kept := withoutRefused(t, content, planted)
			t.Logf("%d places, %d of them take it", places, kept)
			if kept == 0 {
				t.Error("nothing takes it")
			}
			seen := 0
			for name, text := range renderedFiles(t, pages.Files) {
				switch path.Ext(name) {
				case ".html", ".xml", ".svg":
				case ".js":
					text = plain.ReplaceAllString(text, "")
				default:
					continue
				}
				if ext := path.Ext(name); ext == ".xml" || ext == ".svg" {
					if err := wellFormed(text); err != nil {
						t.Errorf("%s: %v", name, err)
					}
				}
				seen += strings.Count(text, "x-poly")
				if at := foreign.FindStringIndex(text); at != nil {
					t.Errorf("%s: %q", name, text[max(0, at[0]-80):min(len(text), at[1]+80)])
				}
			}
			if seen < kept {
				t.Errorf("%d places take it, and it is seen %d times", kept, seen)
			}
		})
	}
}

// wellFormed reads a text as XML, and returns an error if it is not well-formed.
func wellFormed(text string) error {
	decoder := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	for {
		if _, err := decoder.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// plant adds a text to every value of every YAML and Markdown file. It returns the changed files and the number of values.
func plant(content fstest.MapFS, text string) (planted fstest.MapFS, places int) {
	planted = maps.Clone(content)
	for name, file := range content {
		if ext := path.Ext(name); ext != ".yaml" && ext != ".md" {
			continue
		}
		data := value.ReplaceAllStringFunc(string(file.Data), func(found string) string {
			part := value.FindStringSubmatch(found)
			places++
			old := strings.TrimSpace(strings.Trim(part[2], `"`))
			return part[1] + `"` + old + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
		})
		if path.Ext(name) == ".md" {
			data += fmt.Sprintf("\n%s\n\n## %s\n\n- %s\n\n> %s\n\n| %s | b |\n|---|---|\n| %s | d |\n\n[%s](https://www.example.jp/)\n", text, text, text, text, text, text, text)
		}
		planted[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return planted, places
}

// withoutRefused makes the site with the planted text. Where the text is refused, it gives the line its original text again; if a refusal
// has no line, it does so for the whole file.
func withoutRefused(t *testing.T, content, planted fstest.MapFS) (pages *Pages, kept int) {
	t.Helper()
	for range 40 {
		if accepted, _, err := AcceptRules(t.Context(), planted, "content", 0); err == nil && accepted != nil {
			for name, data := range accepted.Files {
				planted[name] = &fstest.MapFile{Data: data}
			}
		}
		source := sourceOf(planted)
		source.BaseURL = "https://www.example.jp/faq/" // without an address, a site has no feeds and no sitemap
		pages, found, err := Make(t.Context(), source)
		if err != nil {
			t.Fatal(err)
		}
		if !diag.HasErrors(found) {
			return pages, plantedLines(content, planted)
		}
		restored := false
		for _, d := range found {
			restored = restore(content, planted, d.Position) || restored
		}
		for _, d := range found {
			if name := strings.TrimPrefix(d.File, "content/"); !restored && content[name] != nil {
				t.Logf("%s: nothing in it, for %s is told in a line that does not have it", name, d.Code)
				planted[name] = content[name]
			}
		}
	}
	t.Fatal("what is refused does not come to an end")
	return nil, 0
}

// restore gives a line its original text again. It returns false if nothing had to be restored.
func restore(content, planted fstest.MapFS, at diag.Position) bool {
	name := strings.TrimPrefix(at.File, "content/")
	if content[name] == nil || at.Line == 0 {
		return false
	}
	own, now := strings.SplitAfter(string(content[name].Data), "\n"), strings.SplitAfter(string(planted[name].Data), "\n")
	line := "\n" // for a line that was added at the end: it becomes empty
	if at.Line <= len(own) {
		line = own[at.Line-1]
	}
	if at.Line > len(now) || now[at.Line-1] == line {
		return false
	}
	now[at.Line-1] = line
	planted[name] = &fstest.MapFile{Data: []byte(strings.Join(now, ""))}
	return true
}

// plantedLines counts the changed lines that contain the text.
func plantedLines(content, planted fstest.MapFS) (lines int) {
	for name, file := range content {
		own, now := strings.Split(string(file.Data), "\n"), strings.Split(string(planted[name].Data), "\n")
		for i, line := range now {
			if (i >= len(own) || line != own[i]) && strings.Contains(line, "x-poly") {
				lines++
			}
		}
	}
	return lines
}
