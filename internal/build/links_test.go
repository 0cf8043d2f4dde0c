package build

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/publish"
)

// pagesFor returns the files of a small site, with the given texts by path.
func pagesFor(texts map[string]string) *Pages {
	p := &Pages{Questions: map[string][]string{"ja": {}}, Answers: func() publish.Answers { return nil }}
	for name, text := range texts {
		p.Files = append(p.Files, File{Path: name, Render: func(w *bytes.Buffer) error {
			w.WriteString(text)
			return nil
		}})
	}
	sortFiles(p.Files)
	return p
}

// A panic on another goroutine reaches the caller with the stack of that goroutine, and the new tree is removed.
func TestRenderPanic(t *testing.T) {
	dir := t.TempDir()
	pages := pagesFor(map[string]string{"index.html": "A", "ja/index.html": "A", "assets/main.aaaaaaaaaaaa.js": "a"})
	pages.Files[1].Render = func(*bytes.Buffer) error { panic("BUG: test") }
	folder, err := publish.Open(t.Context(), publish.Output{Dir: filepath.Join(dir, "public")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		bug := fmt.Sprint(recover())
		if !strings.Contains(bug, "BUG: test") || !strings.Contains(bug, "TestRenderPanic") {
			t.Errorf("recovered %q", bug)
		}
		folder.Close()
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	}()
	renderInto(t.Context(), folder, Source{}, pages, Output{})
}

func TestLinks(t *testing.T) {
	pages := pagesFor(map[string]string{
		"404.html": `<a href="/anything.html">`,
		"index.html": `<a href="ja/index.html"> <a href="#x"> <a href="?a"> <a href="https://x/"> <a href="mailto:a@b"> <a href="">
			<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://x'%3E"> <a data-href="nowhere"> <a href="../index.html">`,
		"ja/index.html":   `<a href="../index.html#x"> <a href="index.html?a#b"> <a href="/index.html"> <img src="x.png"> <a href="./a&amp;b.html">`,
		"ja/a&b.html":     `<a href="//evil.example/"> <a href="../ja/index.html"> <a href="../ja"> <a href="unclosed`,
		"assets/x.js":     `<a href="nowhere.html">`,
		"ja/faq/one.html": `<a href="../../index.html"> <a href="y.png">`,
	})
	found, err := renderAll(t.Context(), Source{}, pages, Output{}, func(int, []byte) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range found {
		got = append(got, d.File+" "+d.Args[0].(string))
	}
	want := []string{"index.html ../index.html", "ja/a&b.html //evil.example/", "ja/a&b.html ../ja", "ja/index.html /index.html", "ja/index.html x.png", "ja/faq/one.html y.png"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if !diag.HasErrors(found) {
		t.Error("a dead link does not stop the build")
	}
}
