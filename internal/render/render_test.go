package render_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"sitegen/internal/bundle"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/render"
	"sitegen/internal/site"
	"sitegen/internal/sweep"
	"sitegen/internal/testcontent"
)

var today = civil.Of(2026, 11, 22)

// theme bundles the default theme once for all tests.
var theme = sync.OnceValues(func() (*bundle.Assets, error) { return bundle.Load(os.DirFS("../../themes/default")) })

func templates() fs.FS { return os.DirFS("../../themes/default/templates") }

var loaded *site.Site

// theSite loads the real content, once for all tests.
func theSite(t testing.TB) *site.Site {
	t.Helper()
	if loaded == nil {
		loaded = realSite(t, nil)
	}
	return loaded
}

// realSite loads the real content with files added or replaced.
func realSite(t testing.TB, more map[string]string) *site.Site {
	t.Helper()
	content := testcontent.Real(t)
	for name, text := range more {
		content[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, found, err := load.Site(content, "content", today)
	if err != nil || diag.HasErrors(found) {
		t.Fatalf("the content has mistakes: %v %v", err, found[:min(5, len(found))])
	}
	return s
}

func renderer(t testing.TB, s *site.Site, o render.Options) *render.Renderer {
	t.Helper()
	assets, err := theme()
	if err != nil {
		t.Fatal(err)
	}
	r, err := render.New(s, assets, templates(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// files renders a whole site.
func files(t testing.TB, r *render.Renderer) map[string]string {
	t.Helper()
	return filesIf(t, r, func(string) bool { return true })
}

// filesIf renders the files whose paths are wanted.
func filesIf(t testing.TB, r *render.Renderer, wanted func(path string) bool) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, file := range r.Files() {
		if !wanted(file.Path) {
			continue
		}
		var w bytes.Buffer
		if err := file.Render(&w); err != nil {
			t.Fatalf("%s: %v", file.Path, err)
		}
		if _, twice := all[file.Path]; twice {
			t.Errorf("%s is there twice", file.Path)
		}
		all[file.Path] = w.String()
	}
	return all
}

var actual map[string]string

// actualFiles renders the real content as it is published without an address, once for all tests.
func actualFiles(t testing.TB) map[string]string {
	t.Helper()
	if actual == nil {
		actual = files(t, renderer(t, theSite(t), render.Options{}))
	}
	return actual
}

// address is where publicFiles are published.
const address = "https://example.jp/hoken"

var public map[string]string

// publicFiles renders the real content as it is published at that address, once for all tests.
func publicFiles(t testing.TB) map[string]string {
	t.Helper()
	if public == nil {
		public = files(t, renderer(t, theSite(t), render.Options{BaseURL: address + "/"}))
	}
	return public
}

func TestSameBytesTwice(t *testing.T) {
	first := publicFiles(t)
	second := files(t, renderer(t, realSite(t, nil), render.Options{BaseURL: address + "/"}))
	if !reflect.DeepEqual(first, second) {
		for name := range first {
			if first[name] != second[name] {
				t.Errorf("%s differs", name)
			}
		}
	}
}

// Pages can be rendered at the same time. With -race, the race detector checks this.
func TestConcurrentUse(t *testing.T) {
	r := renderer(t, theSite(t), render.Options{})
	want := actualFiles(t)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i, file := range r.Files() {
				if i%9 > 0 {
					continue // the race detector is slow, and the same code makes all pages of a kind
				}
				var w bytes.Buffer
				if err := file.Render(&w); err != nil || w.String() != want[file.Path] {
					t.Errorf("%s: %v", file.Path, err)
				}
			}
		})
	}
	wait.Wait()
}

func TestFilesAreSorted(t *testing.T) {
	r := renderer(t, theSite(t), render.Options{})
	last := ""
	for _, file := range r.Files() {
		if file.Path <= last {
			t.Errorf("%s comes after %s", file.Path, last)
		}
		last = file.Path
		if found, ok := r.File(file.Path); !ok || found.Path != file.Path {
			t.Errorf("%s is not found by its path", file.Path)
		}
	}
	if _, ok := r.File("ja/faq/none.html"); ok {
		t.Error("a file is found that is not there")
	}
}

// Every phrase of the interface is used somewhere: each unused phrase would be translated for nothing.
func TestEveryPhraseIsUsed(t *testing.T) {
	var used strings.Builder
	for _, folder := range []string{".", "../site", "../typeset", "../load", "../../themes/default/templates"} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if strings.HasSuffix(entry.Name(), "_test.go") {
				continue
			}
			data, err := os.ReadFile(path.Join(folder, entry.Name()))
			if err != nil {
				t.Fatal(err)
			}
			used.Write(data)
		}
	}
	ui := reflect.TypeFor[site.UI]()
	for i := range ui.NumField() {
		name := ui.Field(i).Name
		if strings.HasPrefix(name, "Block") {
			continue // package markdown asks for these by name
		}
		if !regexp.MustCompile(`\b(UI|ui)\.` + name + `\b`).MatchString(used.String()) {
			t.Errorf("nothing uses UI.%s", name)
		}
	}
}

var (
	// Package regexp is fast only if a pattern begins with some literal letters.
	ids    = regexp.MustCompile(` id="([^"]*)"`)
	links  = []*regexp.Regexp{regexp.MustCompile(` href="([^"]*)"`), regexp.MustCompile(` src="([^"]*)"`)}
	source = regexp.MustCompile(`'(sha256-[^']+)'`)
)

// Every internal link is relative and leads to a file of the site, and to an id in that file if it names one. Ids are unique
// on a page.
func TestLinks(t *testing.T) {
	all := actualFiles(t)
	names := map[string]map[string]bool{}
	for file, text := range all {
		names[file] = map[string]bool{}
		for _, m := range ids.FindAllStringSubmatch(text, -1) {
			if names[file][m[1]] {
				t.Errorf("%s: the id %s is there twice", file, m[1])
			}
			names[file][m[1]] = true
		}
	}
	mark := regexp.MustCompile(`xX[A-Z2-7]{26}hole`)
	for file, text := range all {
		if strings.Contains(text, site.RootMarker) || mark.MatchString(text) || strings.ContainsAny(text, "\x01\x02") {
			t.Errorf("%s: a mark was left", file)
		}
		for _, link := range links {
			for _, m := range link.FindAllStringSubmatch(text, -1) {
				checkLink(t, file, m[1], names)
			}
		}
	}
}

func checkLink(t *testing.T, file, link string, names map[string]map[string]bool) {
	t.Helper()
	for _, scheme := range []string{"https://", "tel:", "mailto:", "data:image/svg"} {
		if strings.HasPrefix(link, scheme) {
			return
		}
	}
	target, anchor, _ := strings.Cut(link, "#")
	if target = path.Join(path.Dir(file), target); strings.HasPrefix(link, "#") {
		target = file
	}
	if strings.HasPrefix(link, "/") || strings.HasSuffix(link, "/") || names[target] == nil {
		t.Errorf("%s: the link %q leads nowhere", file, link)
	} else if anchor != "" && !names[target][anchor] {
		t.Errorf("%s: the link %q leads to no place of the page", file, link)
	}
}

// Without a base address, no page contains an absolute address of the site.
func TestNoAbsoluteAddressWithoutBase(t *testing.T) {
	all := actualFiles(t)
	for file, text := range all {
		for _, word := range []string{`rel="canonical"`, `rel="alternate"`, "ld+json"} {
			if strings.Contains(text, word) {
				t.Errorf("%s holds %s", file, word)
			}
		}
		for _, at := range regexp.MustCompile(`https?://[^"' ]*`).FindAllStringIndex(text, -1) {
			before := text[max(0, at[0]-60):at[0]]
			if !strings.HasSuffix(before, `<a class="external" href="`) && !strings.HasSuffix(before, `<a href="`) && !strings.Contains(before, "xmlns=") {
				t.Errorf("%s holds %s", file, text[at[0]:at[1]])
			}
		}
	}
	for _, name := range []string{"sitemap.xml", "robots.txt", "ja/feed.xml"} {
		if _, ok := all[name]; ok {
			t.Errorf("there is a %s", name)
		}
	}
}

// A page's policy comes before all inline scripts and styles of the page, and allows each of them. No script or style is in an attribute.
func TestPolicy(t *testing.T) {
	for file, text := range publicFiles(t) {
		if path.Ext(file) != ".html" {
			continue
		}
		for _, forbidden := range []string{" style=\"", " onclick=", "javascript:", "''"} {
			if strings.Contains(text, forbidden) {
				t.Errorf("%s holds %s", file, forbidden)
			}
		}
		at := strings.Index(text, `http-equiv="Content-Security-Policy"`)
		if at < 0 {
			t.Fatalf("%s has no policy", file)
		}
		line, _, _ := strings.Cut(text[at:], "\n")
		allowed := map[string]bool{}
		for _, m := range source.FindAllStringSubmatch(line, -1) {
			allowed[m[1]] = true
		}
		for _, element := range []string{"script", "style"} {
			before, rest, found := strings.Cut(text, "<"+element+">")
			if found && len(before) < at {
				t.Fatalf("%s: the policy comes too late", file)
			}
			for found {
				var inside string
				inside, rest, _ = strings.Cut(rest, "</"+element+">")
				sum := sha256.Sum256([]byte(inside))
				if hash := "sha256-" + base64.StdEncoding.EncodeToString(sum[:]); !allowed[hash] {
					t.Errorf("%s: the policy does not allow a %s", file, element)
				}
				_, rest, found = strings.Cut(rest, "<"+element+">")
			}
		}
	}
}

// A question that names papers shows their drawings beside its answer, the same in all languages, unless its text shows them.
func TestDrawingsOfQuestions(t *testing.T) {
	drawings := func(text string) string {
		_, after, _ := strings.Cut(text, `<div class="papers">`)
		inside, _, _ := strings.Cut(after, "</div>")
		return inside
	}
	all, count := actualFiles(t), 0
	for file, text := range all {
		name, found := strings.CutPrefix(file, "ja/faq/")
		if !found {
			continue
		}
		papers := drawings(text)
		for _, language := range []string{"ja-easy", "en"} {
			if drawings(all[language+"/faq/"+name]) != papers {
				t.Errorf("%s: other drawings in %s", name, language)
			}
		}
		if papers != "" {
			count++
		}
		if one, _, _ := strings.Cut(papers, "</svg>"); one != "" && strings.Count(text, one) > 1 {
			t.Errorf("%s: the same drawing twice", name)
		}
	}
	if drawings(all["ja/faq/card-lost.html"]) == drawings(all["ja/faq/certificate-lost.html"]) || strings.Count(drawings(all["en/faq/both-papers.html"]), "<svg") != 2 || drawings(all["ja/faq/leaving-job.html"]) != "" || count < 30 {
		t.Errorf("the wrong drawings, or too few: %d questions have some", count)
	}
}

// Authors' texts are escaped wherever a page shows them. `make test` looks at the general site and one insurer's.
func TestAuthorsTextIsEscaped(t *testing.T) {
	const title = `1 < 2, "x" & 'y' {literal:]]>}`
	more := map[string]string{}
	for _, language := range []string{"ja", "ja-easy", "en"} {
		head := "---\nquestion: " + fmt.Sprintf("%q", title) + "\nanswer: A & B\n"
		if language == "ja" {
			head += "sources: [sk]\n"
		}
		more["faq/money/odd/"+language+".md"] = head + "---\n\n## A {#a}\n\nx\n"
	}
	all := filesIf(t, renderer(t, realSite(t, more), render.Options{BaseURL: "https://example.jp"}), func(name string) bool {
		insurer, _, _ := strings.Cut(name, "/")
		return sweep.All() || insurer == "sk" || !slices.ContainsFunc(theSite(t).Insurers, func(s *site.Site) bool { return s.Profile.ID == insurer })
	})
	for file, text := range all {
		if strings.Contains(text, `1 < 2`) || strings.Contains(text, `"x" &`) {
			t.Errorf("%s: a title is not escaped", file)
		}
	}
	if !strings.Contains(all["en/faq/odd.html"], "<h1>1 &lt; 2, ") {
		t.Error("the title is missing")
	}
}

func TestThemeMistakes(t *testing.T) {
	s := theSite(t)
	assets, err := theme()
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ file, old, new, want string }{
		"syntax":         {"home.html", "{{.UI.HomeLead.HTML}}", "{{.UI.HomeLead", "home.html:"},
		"missing":        {"glossary.html", "", "", "glossary.html"},
		"hole in script": {"pieces.html", `{{.Title}}`, `<script>{{.Title}}</script>`, "may not stand inside"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := fstest.MapFS{}
			entries, err := fs.ReadDir(templates(), ".")
			if err != nil {
				t.Fatal(err)
			}
			for _, entry := range entries {
				data, _ := fs.ReadFile(templates(), entry.Name())
				changed[entry.Name()] = &fstest.MapFile{Data: data}
			}
			if test.old == "" {
				delete(changed, test.file)
			} else {
				text := strings.Replace(string(changed[test.file].Data), test.old, test.new, 1)
				changed[test.file] = &fstest.MapFile{Data: []byte(text)}
			}
			if _, err := render.New(s, assets, changed, render.Options{}); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
	for _, address := range []string{"example.jp", "ftp://example.jp", "https://example.jp/?a", "https://u@example.jp", "//example.jp", "https://"} {
		if _, err := render.New(s, assets, templates(), render.Options{BaseURL: address}); err == nil {
			t.Errorf("the base URL %q is accepted", address)
		}
	}
}
