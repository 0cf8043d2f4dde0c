package build

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/testcontent"
)

// rendered makes a site and renders all of it, by path. Warnings are left to other tests.
func rendered(t testing.TB, content fstest.MapFS) map[string]string {
	t.Helper()
	pages, found, err := Make(Source{Content: content, ContentName: "content", Theme: testcontent.Theme(), ThemeName: "theme", Today: civil.Of(2026, 11, 28)})
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
	files := map[string]string{}
	for _, file := range pages.Files {
		var out bytes.Buffer
		if err := file.Render(&out); err != nil {
			t.Fatal(file.Path, err)
		}
		files[file.Path] = out.String()
	}
	return files
}

// accept writes down that the rules of a content are accepted as they are.
func accept(t testing.TB, content fstest.MapFS) {
	t.Helper()
	accepted, found, err := AcceptRules(content, "content", 0)
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

// Rules of another subject, which share no id with the real ones and lack what these have, are a site like any other.
func TestAnotherSubject(t *testing.T) {
	content := testcontent.Permit(t)
	accept(t, content)
	files := rendered(t, content)
	for _, path := range []string{"ja/check.html", "ja/check-noscript.html", "en/check-noscript-1.html"} {
		if files[path] == "" {
			t.Error("no page ", path)
		}
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
