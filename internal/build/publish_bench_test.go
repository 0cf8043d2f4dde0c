package build

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sitegen/internal/publish"
)

// BenchmarkPublish publishes 10,000 pages of 20 KB with 40 links each, on tmpfs if the system has it.
func BenchmarkPublish(b *testing.B) {
	const count = 10000
	text := []byte(strings.Repeat(`<p class="x"><a href="../index.html">home</a> `+strings.Repeat("保険証は使えません。", 15)+"</p>\n", 40))
	pages := &Pages{Answers: func() publish.Answers { return nil }, Files: []File{{Path: "ja/index.html", Render: func(w *bytes.Buffer) error { return nil }}}}
	for i := range count {
		link := fmt.Sprintf(`<a href="%d.html">`, (i*7)%count)
		pages.Files = append(pages.Files, File{Path: fmt.Sprintf("ja/faq/%d.html", i), Render: func(w *bytes.Buffer) error {
			w.Write(text)
			w.WriteString(link)
			return nil
		}})
	}
	sortFiles(pages.Files)
	dir := b.TempDir()
	if shm, err := os.MkdirTemp("/dev/shm", "sitegen"); err == nil {
		dir = shm
		defer os.RemoveAll(shm)
	}
	b.SetBytes(int64(count * len(text)))
	for b.Loop() {
		folder, err := publish.Open(b.Context(), publish.Output{Dir: filepath.Join(dir, "public")})
		if err != nil {
			b.Fatal(err)
		}
		if found, err := renderInto(b.Context(), folder, Source{}, pages, Output{}); err != nil || len(found) > 0 {
			b.Fatal(found, err)
		}
		folder.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/count, "µs/page")
}
