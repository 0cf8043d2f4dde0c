package search

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/load"
	"sitegen/internal/testcontent"
)

// A vector is a text, its normalised form, and the keys that a search for the text looks up.
type vector struct {
	Text       string   `json:"text"`
	Normalised string   `json:"normalised"`
	Keys       []string `json:"keys"`
}

const vectorsFile = "testdata/normalise.json"

// tests/search.test.mjs checks the pages' script with the same list.
func TestVectors(t *testing.T) {
	data, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 40 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		if got := Normalise(v.Text); got != v.Normalised {
			t.Errorf("%q is normalised as %q, not %q", v.Text, got, v.Normalised)
		}
		if got := keysOf(v.Text); !slices.Equal(got, v.Keys) {
			t.Errorf("%q has the keys %q, not %q", v.Text, got, v.Keys)
		}
	}
}

// keysOf returns the keys that a search for a text looks up if there are no synonyms. If the text is romaji, they include the keys of its
// kana. They also include words with swapped second and third letters.
func keysOf(text string) []string {
	keys := []string{}
	for _, u := range (&Index{}).units(Normalise(text)) {
		for _, alternative := range u.alternatives {
			for _, l := range alternative {
				keys = append(keys, l.key)
			}
		}
	}
	return keys
}

// Every text can be cut into tokens, and its normalised form is at most about four times as long.
func FuzzNormalise(f *testing.F) {
	for _, text := range []string{"ﾏｲﾅ保険証 登録", "Ｒ7．12．2", "十二月二日", "Đặng", "がぎ", "う うう"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Normalise(text)
		tokens(once)
		if len(once) > 4*len(text)+40 {
			t.Errorf("%q grows to %q", text, once)
		}
	})
}

// Any query is answered, and every hit is a question of the index.
func FuzzSearch(f *testing.F) {
	content := testcontent.Permit(f)
	maps.DeleteFunc(content, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, "rules/") })
	s, found, err := load.Site(content, "content", civil.Of(2026, 11, 28))
	if err != nil || s == nil {
		f.Fatal(err, found)
	}
	for _, text := range []string{"", "許可証 なくした", "lost permit", "ﾏｲﾅ", "a b c d e f g h", "12月", "がががが", "\x00\xff", "きょか しょう"} {
		f.Add(text)
	}
	var all []*Index
	for _, l := range s.Languages {
		all = append(all, New(s, l))
	}
	f.Fuzz(func(t *testing.T, query string) {
		for _, x := range all {
			if hits := x.Search(query); len(hits) > len(s.Questions) {
				t.Errorf("%q: %d hits", query, len(hits))
			}
		}
	})
}
