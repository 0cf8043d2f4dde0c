package search

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
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
