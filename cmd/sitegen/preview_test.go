//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/testcontent"
	"sitegen/themes"
)

// A preview shows drafts with a mark, and in the default language if they are not translated. It also shows a page whose translation
// is stale. A build of the same content leaves the draft out and fails because of the stale translation.
func TestPreview(t *testing.T) {
	folder := t.TempDir()
	if err := copyMissing(os.DirFS("testdata/content-small"), folder); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	source := build.Source{Content: os.DirFS(folder), ContentName: "content", Theme: themes.Default(), ThemeName: "theme", Today: civil.Of(2026, 11, 28)}
	recorded, found, _, err := build.AcceptTranslations(source.Content, "content", source.Today, []string{"."}, civil.Unset)
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	for name, data := range recorded.Files {
		write(name, string(data))
	}
	write("faq/card/new/ja.md", "---\ndraft: true\nquestion: 書きかけです\nanswer: 答えです。\nsources: [ministry]\n---\n")
	write("faq/card/card-lost/ja.md", "---\nquestion: なくしました\nanswer: \"[電話](faq:what-to-bring#call)はいりません。\"\nsources: [ministry]\n---\n\nもう一度もらえます。\n")

	if _, found, err := build.Make(t.Context(), source); err != nil || len(found) != 1 || found[0].Code != "translation-stale" {
		t.Errorf("to be published: %v %v", err, found)
	}
	source.Preview = true
	pages, found, err := build.Make(t.Context(), source)
	if err != nil || len(found) != 1 || found[0].Code != "translation-waits" {
		t.Fatal(err, found)
	}
	for path, want := range map[string]string{"ja/faq/new.html": `<p class="draft">`, "en/faq/new.html": `<h1 lang="ja">書きかけです</h1>`, "en/faq/card-lost.html": `<p class="stale">`} {
		shown := false
		for _, file := range pages.Files {
			if file.Path == path {
				var page bytes.Buffer
				shown = file.Render(&page) == nil && strings.Contains(testcontent.Unbound(page.String()), want)
			}
		}
		if !shown {
			t.Errorf("%s does not hold %s", path, want)
		}
	}
}
