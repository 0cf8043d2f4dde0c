package checkerpage_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"

	"sitegen/internal/checkerpage"
)

var wordUse = regexp.MustCompile(`(?:Page|words|Words)\.Of\("([a-z_]+)"\)|\.Words\.([a-z_]+)|index \.Words "([a-z_]+)"`)

// Every word of the checker that the code or a template asks for is in the theme's list. The page would show nothing for a
// word that the list lacks.
func TestWordsAreListed(t *testing.T) {
	listed, err := checkerpage.ReadThemeWords(os.DirFS("../../themes/default"))
	if err != nil {
		t.Fatal(err)
	}
	used := 0
	for _, pattern := range []string{"../checker/*.go", "../render/*.go", "../build/*.go", "../../themes/default/templates/*.html"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range wordUse.FindAllStringSubmatch(string(data), -1) {
				used++
				if word := match[1] + match[2] + match[3]; !slices.Contains(listed.All(), word) {
					t.Errorf("%s looks for the word %q", name, word)
				}
			}
		}
	}
	if used < 30 {
		t.Errorf("only %d words are looked for", used)
	}
}

// Any bytes as the list of the checker's words give words or an error.
func FuzzThemeWords(f *testing.F) {
	for _, text := range []string{"", "{}", `{"script": {"a": "with {slot}"}, "rest": null}`, `{"static": {"": "{{a}}"}}`, "[", "null"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		words, err := checkerpage.ReadThemeWords(fstest.MapFS{"script/checker/words.json": {Data: data}})
		if err != nil && len(words.All()) > 0 {
			t.Errorf("%q: %v %v", data, words, err)
		}
	})
}
