package terminal

import (
	"bytes"
	"testing"
)

// However a text is split into writes, characters that a terminal obeys become escapes, and all other characters stay the same.
func TestScreen(t *testing.T) {
	const text, want = "保険証\tは𠮷\n\x1b[2J\u009b\u202eé\x9b\x00\n", "保険証\tは𠮷\n\\u001b[2J\\u009b\\u202eé\\x9b\\u0000\n"
	for cut := range len(text) {
		for size := 1; size <= len(text)-cut; size++ {
			var shown bytes.Buffer
			s := &screen{Writer: &shown}
			for _, part := range []string{text[:cut], text[cut : cut+size], text[cut+size:]} {
				if n, err := s.Write([]byte(part)); n != len(part) || err != nil {
					t.Fatal(n, err)
				}
			}
			if shown.String() != want {
				t.Fatalf("cut at %d and %d: %q, not %q", cut, cut+size, shown.String(), want)
			}
		}
	}
}
