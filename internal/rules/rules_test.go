package rules

import (
	"os"
	"testing"
)

// TestRealFacts: what package site takes for facts and sources in order, this package does too.
func TestRealFacts(t *testing.T) {
	for _, folder := range []string{"../../content", "../../cmd/sitegen/testdata/content-small", "../../cmd/sitegen/testdata/content-rules"} {
		facts, err := ReadFacts(os.DirFS(folder))
		if err != nil || len(facts.unread[FactsFile])+len(facts.unread[SourcesFile]) > 0 {
			t.Errorf("%s: %v %v", folder, err, facts.unread)
		}
		for id, faults := range facts.faults {
			if len(faults) > 0 || facts.kinds[id] == "" {
				t.Errorf("%s: %s is %q: %v", folder, id, facts.kinds[id], faults)
			}
		}
	}
}

// Halves of pairs are found wherever they are written, and nothing else.
func TestLoneSurrogates(t *testing.T) {
	for text, want := range map[string]int{
		`"\ud83d\ude00"`: -1, `"\ud83d"`: 1, `"\ude00"`: 1, `"\\ud83d"`: -1, `"\\\ud83d"`: 3, `"\ud83d\ud83d\ude00"`: 1, `"\u5c71\ud83d\u5c71"`: 7,
		`"\ud83`: -1, `"\`: -1, `"\uzzzz"`: -1, "": -1,
	} {
		if got := loneSurrogate([]byte(text)); got != want {
			t.Errorf("%s: got %d, want %d", text, got, want)
		}
	}
}
