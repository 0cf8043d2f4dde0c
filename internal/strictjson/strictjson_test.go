package strictjson

import (
	"fmt"
	"strings"
	"testing"

	"sitegen/internal/diag"
)

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

// Decode reports every escape that stands for a forbidden character, in texts and keys, at its place.
func TestForbiddenCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"{\"a\":\n \"b\\u202ec\"}":           "2:4 character-bidi",
		`["a\u0003b\u200bc"]`:                "1:4 character-control 1:11 character-invisible",
		`{"\u0000": 1}`:                      "1:3 character-control",
		`["a\b", "c\fd\r"]`:                  "1:4 character-control 1:11 character-control 1:14 character-control",
		`["\ud83d\udc68\u200d\ud83d\udc69"]`: "",
		`["a\udb40\udd00"]`:                  "1:4 character-invisible",
		`["\u845b\udb40\udd00"]`:             "",
		`["\\u202e \n\t\"\/"]`:               "",
	} {
		var got []string
		root, found := Decode(&diag.File{Data: []byte(text)})
		for _, d := range found {
			got = append(got, fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Code))
		}
		if strings.Join(got, " ") != want || (root == nil) != (want != "") {
			t.Errorf("%s: got %v, %v, want %s", text, got, root, want)
		}
	}
}

// Any bytes are read as JSON, or refused at a place in the file.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{"", "{", `{"a": [1, "b\ud83d\ude00", null]}`, `{"a": 1e999}`, `{"a": 1, "a": 2}`, "[[[[", `"\u0000"`, "1 2"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		LoneSurrogate(data)
		value, found := Decode(&diag.File{Name: "x", Data: data})
		if value == nil && len(found) == 0 {
			t.Fatalf("%q: nothing is read, and nobody says why", data)
		}
		for _, d := range found {
			if d.Line < 1 || d.Line > strings.Count(string(data), "\n")+1 {
				t.Errorf("%q: line %d", data, d.Line)
			}
		}
	})
}
