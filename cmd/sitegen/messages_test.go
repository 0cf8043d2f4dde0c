package main

import (
	"os"
	"path/filepath"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
)

// A stale translation stops a build but not a preview.
func TestPreviewGoesOn(t *testing.T) {
	dir := smallContent(t)
	mustRun(t, dir, "translate", "accept", "content")
	replaceIn(t, filepath.Join(dir, "content", "faq", "card", "card-lost", "ja.md"), "question: ", "question: また、")
	for _, test := range []struct {
		code    diag.Code
		preview bool
	}{{"translation-stale", false}, {"translation-waits", true}} {
		open := load.Site
		if test.preview {
			open = load.Preview
		}
		_, found, err := open(os.DirFS(filepath.Join(dir, "content")), "content", civil.Of(2026, 11, 28))
		if err != nil || diag.HasErrors(found) == test.preview || len(found) == 0 || found[0].Code != test.code {
			t.Errorf("preview %t: %v %v", test.preview, found, err)
		}
	}
}
