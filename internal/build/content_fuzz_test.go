package build

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
	"sitegen/internal/testcontent"
)

// When any bytes replace a part of a content file, the result is a site whose files can all be rendered, or an error. Nothing panics, and
// no author's text becomes an element.
func FuzzContent(f *testing.F) {
	content := testcontent.Permit(f)
	accept(f, content)
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(content)), func(name string) bool {
		return !slices.Contains([]string{".yaml", ".md", ".json", ".svg"}, path.Ext(name))
	})
	for i := range names {
		f.Add(uint8(i), uint16(30*i), uint8(i), []byte(polyglots[i%len(polyglots)].text))
	}
	f.Fuzz(func(t *testing.T, file uint8, at uint16, length uint8, text []byte) {
		name := names[int(file)%len(names)]
		data := content[name].Data
		start := int(at) % (len(data) + 1)
		end := min(len(data), start+int(length))
		changed := maps.Clone(content)
		changed[name] = &fstest.MapFile{Data: slices.Concat(data[:start], text, data[end:])}
		pages, found, err := Make(t.Context(), sourceOf(changed))
		if err != nil {
			t.Fatal(err)
		}
		for _, language := range diag.Languages {
			for _, d := range found {
				d.Text(language)
			}
		}
		if pages == nil {
			if !diag.HasErrors(found) {
				t.Fatal("there is no site, and nobody says why")
			}
			return
		}
		for name, page := range renderedFiles(t, pages.Files) {
			if path.Ext(name) == ".html" && strings.Contains(page, "<x-poly") {
				t.Error(name, "has an element of an author's")
			}
		}
	})
}
