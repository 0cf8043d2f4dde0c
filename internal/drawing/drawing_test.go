package drawing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sitegen/internal/diag"
)

// Any bytes are refused at a place in the file, or are a drawing of which every element and attribute is known.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("../../content/pictures/*.svg")
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, text := range []string{"", "<svg", "<svg></g>", `<svg viewBox="0 0 1 1"><script>a</script></svg>`, `<svg viewBox="0 0 1 1"><text x="1" onclick="a">&lt;x-poly></text></svg>`, "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		drawn, found := Read(&diag.File{Name: "x.svg", Data: data}, "ja")
		if (drawn == "") == (len(found) == 0) {
			t.Fatalf("%q: %q and %v", data, drawn, found)
		}
		for _, d := range found {
			for _, language := range diag.Languages {
				d.Text(language)
			}
		}
		document, err := html.Parse(strings.NewReader(string(drawn)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range document.Descendants() {
			if n.Type != html.ElementNode || n.Data == "html" || n.Data == "head" || n.Data == "body" {
				continue
			}
			if n.Namespace != "svg" && n.Data != "span" {
				t.Errorf("%q: <%s> in %s", data, n.Data, drawn)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Key, "href") || a.Key == "style" {
					t.Errorf("%q: %s=%q in %s", data, a.Key, a.Val, drawn)
				}
			}
		}
	})
}
