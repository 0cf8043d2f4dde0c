// Package terminal writes to the person who runs the command.
//
// The input is sentences in each language of the messages, and values. The output is text in the person's language, without
// characters that would control the terminal.
//
// Begin with terminal.go: [New] makes a [Terminal], and [Terminal.Say] writes a sentence. Then:
//
//	screen.go    writes characters that a terminal would obey as escapes
//	progress.go  a count that is shown while somebody waits
package terminal

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"sitegen/internal/diag"
)

// Terminal holds the input, the outputs and the language of the person who runs the command.
type Terminal struct {
	In       io.Reader
	Out, Err io.Writer
	Language string // the language of messages: "ja" or "en"
}

// New returns a terminal whose outputs show control characters as escapes.
func New(in io.Reader, out, err io.Writer, language string) *Terminal {
	return &Terminal{in, &screen{Writer: out}, &screen{Writer: err}, language}
}

// Phrase is a sentence in Japanese and in English. Both are formats of package fmt for the same arguments.
type Phrase [2]string

// In returns the sentence in a language.
func (p Phrase) In(language string) string {
	if language == "ja" {
		return p[0]
	}
	return p[1]
}

// Words formats a phrase in the language of messages. It puts each string argument on one line (see [diag.OneLine]).
func (t *Terminal) Words(p Phrase, args ...any) string {
	args = slices.Clone(args)
	for i, arg := range args {
		if text, ok := arg.(string); ok {
			args[i] = diag.OneLine(text)
		}
	}
	return fmt.Sprintf(p.In(t.Language), args...)
}

// Say writes a phrase and a newline.
func (t *Terminal) Say(w io.Writer, p Phrase, args ...any) {
	fmt.Fprintln(w, t.Words(p, args...))
}

// Plural returns a number and an English word, with an s unless the number is 1.
func Plural(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return strconv.Itoa(n) + " " + word
}

// WriteJSON writes a value as one line of JSON. Unlike [json.Marshal] it leaves the characters of HTML as they are.
func WriteJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// IsTyped reports whether somebody types the input on a terminal. The null device is a character device too, but nobody types
// there.
func (t *Terminal) IsTyped() bool {
	file, ok := t.In.(*os.File)
	if !ok {
		return false
	}
	nothing, _ := os.Stat(os.DevNull)
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && !os.SameFile(info, nothing)
}
