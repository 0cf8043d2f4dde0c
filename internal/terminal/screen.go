package terminal

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"sitegen/internal/diag"
)

// screen is a writer for a terminal, a log or a program. The output can contain names and texts by other people, with control
// characters that a terminal would obey. screen writes such characters as escapes like \u001b. JSON uses the same escapes, so JSON
// keeps its meaning.
type screen struct {
	io.Writer
	tail []byte // the first bytes of a character whose other bytes will come with the next write
}

// Write implements [io.Writer]. It keeps an incomplete character at the end of `p` for the next call.
func (s *screen) Write(p []byte) (int, error) {
	text := p
	if len(s.tail) > 0 {
		text = append(s.tail, p...)
	}
	whole := len(text)
	for at := max(0, len(text)-utf8.UTFMax+1); at < len(text); at++ {
		if utf8.RuneStart(text[at]) && !utf8.FullRune(text[at:]) {
			whole = at
			break
		}
	}
	shown := text[:whole]
	if !utf8.Valid(shown) || bytes.IndexFunc(shown, steers) >= 0 {
		shown = spelled(shown)
	}
	_, err := s.Writer.Write(shown)
	s.tail = bytes.Clone(text[whole:])
	return len(p), err
}

// spelled replaces the characters that a terminal obeys, and bytes that are not UTF-8, by escapes with their numbers.
func spelled(text []byte) []byte {
	var b bytes.Buffer
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[0]) // a terminal may take this byte for a control character
		case steers(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.Write(text[:size])
		}
		text = text[size:]
	}
	return b.Bytes()
}

// steers reports whether a terminal obeys a character instead of showing it. It returns false for line ends and tabs, because the
// program itself writes them.
func steers(r rune) bool { return r != '\n' && r != '\t' && diag.Steers(r) }
