package render

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sitegen/internal/bundle"
	"sitegen/internal/civil"
	"sitegen/internal/site"
	"testing"
)

func TestZZ(t *testing.T) {
	s, found, err := site.Load(os.DirFS("../../content"), "content", civil.Of(2026, 11, 22))
	fmt.Println(len(found), err)
	for i, d := range found {
		if i < 12 {
			fmt.Println(d)
		}
	}
	a, err := bundle.Load(os.DirFS("../../themes/default"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(s, a, os.DirFS("../../themes/default/templates"), Options{BaseURL: os.Getenv("BASE")})
	if err != nil {
		t.Fatal(err)
	}
	os.RemoveAll("/tmp/theme-work/out")
	for _, f := range r.Files() {
		var w bytes.Buffer
		if err := f.Render(&w); err != nil {
			t.Fatal(f.Path, err)
		}
		p := filepath.Join("/tmp/theme-work/out", f.Path)
		os.MkdirAll(filepath.Dir(p), 0o755)
		os.WriteFile(p, w.Bytes(), 0o644)
	}
	fmt.Println(len(r.Files()))
}
