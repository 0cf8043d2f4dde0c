package main

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"sitegen/internal/diag"
)

// screen is where a person, a log or a program reads what the command says. Whatever it says may hold a name or a text that
// somebody else wrote, so what would steer a terminal instead of being read is written as its number: \u001b. That is an escape of
// JSON, too, so that programs read what is meant.
type screen struct {
	io.Writer
	tail []byte // the beginning of a character whose other bytes come with the next write
}

// Write implements [io.Writer].
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

// spelled returns a text in which numbers stand for what steers a terminal.
func spelled(text []byte) []byte {
	var b bytes.Buffer
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[0]) // which a terminal may take for a control character
		case steers(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.Write(text[:size])
		}
		text = text[size:]
	}
	return b.Bytes()
}

// steers reports whether a terminal does something else with a character than to show it; ends of lines and tabs are ours.
func steers(r rune) bool { return r != '\n' && r != '\t' && diag.Steers(r) }
