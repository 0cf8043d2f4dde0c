package render_test

import (
	"bytes"
	"runtime"
	"strings"
	"testing"

	"sitegen/internal/render"
)

// Rendering the page of a question into a buffer allocates fewer bytes than the page has. Most bytes of the page are its style, so the
// style must not be copied for each page. Otherwise a check of many short questions would mostly copy styles, and its heap would grow.
func TestPageGarbage(t *testing.T) {
	r := renderer(t, theSite(t), render.Options{})
	var w bytes.Buffer
	pages, size := 0, 0
	draw := func() {
		pages, size = 0, 0
		for _, file := range r.Files() {
			if strings.Contains(file.Path, "/faq/") {
				w.Reset()
				if err := file.Draft(&w); err != nil {
					t.Fatal(err)
				}
				pages, size = pages+1, size+w.Len()
			}
		}
	}
	draw() // the first run makes what all pages share
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	draw()
	runtime.ReadMemStats(&after)
	if got := int(after.TotalAlloc - before.TotalAlloc); got > size {
		t.Errorf("pages of %d bytes allocate %d", size/pages, got/pages)
	} else {
		t.Logf("pages of %d bytes allocate %d", size/pages, got/pages)
	}
}
