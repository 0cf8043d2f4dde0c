package build

import (
	"encoding/json"
	"encoding/xml"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evanw/esbuild/pkg/api"
	"golang.org/x/net/html"

	"sitegen/internal/diag"
	"sitegen/internal/testcontent"
)

// polyglots are texts with a special meaning in HTML, attributes, XML, JSON, scripts, style sheets, the page templates or the program's own
// markers. Each has the name x-poly, as an element or after what could end an attribute. Where a text becomes a script, it calls xpoly. The
// test looks for these two names. The first polyglots are dangerous in more contexts, and the last ones are accepted in more places.
var polyglots = []struct{ name, text string }{
	{"everything", `"'><x-poly onclick="xpoly()" a="-->]]></script></style><x-poly>";xpoly();//'+xpoly()+'${xpoly()} {{xpoly}} &quot; &amp xXhole05Xx x-poly" `},
	{"an element", `"'><x-poly onclick="xpoly()" a="-->]]></script></style><x-poly>";xpoly();//'+xpoly()+' &quot; &amp xXhole05Xx x-poly" `},
	{"an element as a literal", `{literal:"'><x-poly onclick="xpoly()" a="-->]]></script></style><x-poly>";xpoly();//'+xpoly()+' xXhole05Xx}`},
	{"quotation marks", ` x-poly" onclick="xpoly()" x-poly= 'a' &quot; &amp ;xpoly();//'+xpoly()+'`},
	{"marks of the program", `xXholeXx ${xpoly()} x-poly" `},
	{"placeholders", ` x-poly \{year\} \{constructor\} @ $&`},
}

// published is the folder into which the test writes the site with the polyglots, for a test in a browser; "" to write nothing.
var published = flag.String("polyglots", "", "the `folder` into which TestPolyglots writes its site")

// harmless is a text that every field for arbitrary text accepts.
const harmless = " x-poly"

// inName is a polyglot that can be a part of a file's name.
const inName = `"'><x-poly onclick=xpoly()>`

// foreign matches an unescaped polyglot in a script: an element, or text after the end of a string.
var foreign = regexp.MustCompile(`<x-poly|x-poly"`)

// plain matches the only text that the checker's script does not treat as HTML: the title of the page.
var plain = regexp.MustCompile(`\btitle:"(?:[^"\\]|\\.)*"`)

// unreached has the fields that no file of the test can have, each with the reason.
var unreached = map[string]string{
	"questions.frontMatter: base": "a fingerprint, which is compared with that of a different file",
}

// A polyglot is put into every place where an author writes: every text of the types into which files are decoded, every form of Markdown,
// drawings, JSON, and names of files and folders. Either it is refused there, or it is shown as text everywhere. The list of the places is made
// from the types, so a new field is in it. The test fails if its content has no value for a field.
func TestPolyglots(t *testing.T) {
	t.Parallel()
	content := testcontent.Whole(t)
	written := maps.Clone(content)
	accept(t, content)
	if _, found, err := Make(t.Context(), sourceOf(content)); err != nil || diag.HasErrors(found) {
		t.Fatal(found, err)
	}
	checkTypes(t, content)
	texts := []string{harmless}
	for _, polyglot := range polyglots {
		texts = append(texts, polyglot.text)
	}
	g := grow(t, written, texts)
	g.each(func(p *place) { p.rung = len(texts) })
	g.site(t, "") // a first build without planted texts: it drops those of the garden's added values that the build refuses
	g.each(func(p *place) { p.rung = 0 })
	harmless := g.site(t, "https://www.example.jp/faq/")

	reached := map[string]bool{}
	open := 0
	g.each(func(p *place) {
		if reached[p.field] = true; p.rung == 0 {
			p.rung = 1
			open++
		}
	})
	for _, field := range slices.Sorted(maps.Keys(g.fields)) {
		if _, except := unreached[field]; g.fields[field] && reached[field] == except {
			t.Errorf("%s: reached is %v; give it a value in internal/testcontent/more, or correct unreached", field, reached[field])
		}
	}
	g.rename(inName)
	hostile := g.site(t, "https://www.example.jp/x-poly'&xXhole05Xx;xpoly()/")
	kept := make([]int, len(texts)+1)
	g.each(func(p *place) { kept[p.rung]++ })
	t.Logf("%d fields, %d places take any text; of these %v take the polyglots, and %d copies of files with odd names stay", len(reached), open, kept[1:len(texts)], len(g.added))
	if open < 1000 || kept[1] < 200 || kept[2] < 150 || kept[3] < 600 {
		t.Error("too few places take them")
	}
	compare(t, harmless, hostile)
	for name, text := range hostile {
		if *published == "" {
			break
		}
		name = filepath.Join(*published, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// checkTypes reports the types with yaml tags into which no file of the content was decoded.
func checkTypes(t *testing.T, content fstest.MapFS) {
	t.Helper()
	known := decoded.types(content)
	known["site.UI"] = true // its fields are the keys under `ui`; testcontent makes a text for each of them
	folders, err := filepath.Glob("../*/*.go")
	if err != nil || len(folders) == 0 {
		t.Fatal("no files", err)
	}
	for _, name := range folders {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			s, ok := spec.Type.(*ast.StructType)
			if !ok || !slices.ContainsFunc(s.Fields.List, func(f *ast.Field) bool { return f.Tag != nil && strings.Contains(f.Tag.Value, "yaml:") }) {
				return true
			}
			if is := file.Name.Name + "." + spec.Name.Name; !known[is] {
				t.Errorf("%s: no file of internal/testcontent is decoded into it", is)
			}
			return true
		})
	}
}

// compare compares two sites: `hostile` has polyglots, and `harmless` has harmless texts in their places. No polyglot may have become an
// element, an attribute or a script.
func compare(t *testing.T, harmless, hostile map[string]string) {
	t.Helper()
	shapes := map[string]map[string]bool{}
	for name, text := range harmless {
		switch path.Ext(name) {
		case ".html":
			maps.Copy(shapeOf(shapes, kindOf(name)), htmlShape(t, name, text))
		case ".xml", ".svg":
			maps.Copy(shapeOf(shapes, name), xmlShape(t, name, text))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(hostile)) {
		text := hostile[name]
		shape := map[string]bool{}
		known := name
		switch path.Ext(name) {
		case ".html":
			shape, known = htmlShape(t, name, text), kindOf(name)
		case ".xml", ".svg":
			shape = xmlShape(t, name, text)
		case ".js":
			checkScript(t, name, text)
			if at := foreign.FindStringIndex(plain.ReplaceAllString(text, "")); at != nil {
				text = plain.ReplaceAllString(text, "")
				t.Errorf("%s: %q", name, text[max(0, at[0]-80):min(len(text), at[1]+80)])
			}
		case ".json", ".webmanifest":
			if !json.Valid([]byte(strings.TrimPrefix(text, "\ufeff"))) {
				t.Errorf("%s is not JSON", name)
			}
		case ".css":
			if strings.Contains(text, "x-poly") {
				t.Errorf("%s has a polyglot", name)
			}
		}
		for _, part := range slices.Sorted(maps.Keys(shape)) {
			if !shapes[known][part] {
				t.Errorf("%s has %q, which is on no such page without polyglots", name, part)
			}
		}
	}
}

func shapeOf(shapes map[string]map[string]bool, kind string) map[string]bool {
	if shapes[kind] == nil {
		shapes[kind] = map[string]bool{}
	}
	return shapes[kind]
}

var digits = regexp.MustCompile(`[0-9]+`)

// kindOf returns the kind of a page: for a question, its folder; for any other page, its path with 0 for each number.
func kindOf(name string) string {
	if path.Base(path.Dir(name)) == "faq" {
		return path.Dir(name)
	}
	return digits.ReplaceAllString(name, "0")
}

// htmlShape returns the elements of a page and their attributes. It reports scripts and addresses that a polyglot has changed.
func htmlShape(t *testing.T, name, text string) map[string]bool {
	t.Helper()
	document, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(name, err)
	}
	shape := map[string]bool{}
	for n := range document.Descendants() {
		if n.Type == html.CommentNode && strings.Contains(n.Data, "xpoly") {
			t.Errorf("%s has a polyglot in a comment: %q", name, n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		shape[n.Data] = true
		for _, a := range n.Attr {
			shape[n.Data+" "+a.Key] = true
			switch has := strings.Contains(a.Val, "poly"); {
			case strings.HasPrefix(a.Key, "on"), has && a.Key == "style":
				t.Errorf("%s has %s=%q", name, a.Key, a.Val)
			case a.Key == "href", a.Key == "src", a.Key == "action":
				if to, err := url.Parse(a.Val); err != nil || !slices.Contains([]string{"", "https", "tel", "mailto", "data"}, to.Scheme) || has && to.Scheme == "data" {
					t.Errorf("%s leads to %q", name, a.Val)
				}
			}
		}
		if n.FirstChild == nil || !strings.Contains(n.FirstChild.Data, "poly") {
			continue
		}
		switch {
		case n.Data == "style":
			t.Errorf("%s has a polyglot in a style sheet: %q", name, n.FirstChild.Data)
		case n.Data == "script" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "type" && strings.HasSuffix(a.Val, "json") }):
			if !json.Valid([]byte(n.FirstChild.Data)) {
				t.Errorf("%s has data that is not JSON: %q", name, n.FirstChild.Data)
			}
		case n.Data == "script":
			checkScript(t, name, n.FirstChild.Data)
		}
	}
	return shape
}

// xmlShape returns the elements of a file and their attributes. It reports a file that is not well-formed.
func xmlShape(t *testing.T, name, text string) map[string]bool {
	t.Helper()
	shape := map[string]bool{}
	decoder := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return shape
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			return shape
		}
		if start, ok := token.(xml.StartElement); ok {
			shape[start.Name.Local] = true
			for _, a := range start.Attr {
				shape[start.Name.Local+" "+a.Name.Local] = true
			}
		}
	}
}

// checkScript reports a script that cannot be parsed, or in which the name xpoly is outside string literals.
func checkScript(t *testing.T, name, text string) {
	t.Helper()
	result := api.Transform(text, api.TransformOptions{Define: map[string]string{"xpoly": "foundIt"}, LogLevel: api.LogLevelSilent})
	for _, message := range result.Errors {
		t.Errorf("%s is no script: %s", name, message.Text)
	}
	if at := strings.Index(string(result.Code), "foundIt"); at >= 0 {
		t.Errorf("%s runs a polyglot: %q", name, result.Code[max(0, at-100):at+20])
	}
}
