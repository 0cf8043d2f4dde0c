package strictjson

import "testing"

// LoneSurrogate finds halves of surrogate pairs that stand alone, and nothing else.
func TestLoneSurrogates(t *testing.T) {
	for text, want := range map[string]int{
		`"\ud83d\ude00"`: -1, `"\ud83d"`: 1, `"\ude00"`: 1, `"\\ud83d"`: -1, `"\\\ud83d"`: 3, `"\ud83d\ud83d\ude00"`: 1, `"\u5c71\ud83d\u5c71"`: 7,
		`"\ud83`: -1, `"\`: -1, `"\uzzzz"`: -1, "": -1,
	} {
		if got := LoneSurrogate([]byte(text)); got != want {
			t.Errorf("%s: got %d, want %d", text, got, want)
		}
	}
}
