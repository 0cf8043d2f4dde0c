package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestReadAtMost(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	if _, err := ReadAtMost(name, 3); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	for text, fits := range map[string]bool{"": true, "abc": true, "abcd": false} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := ReadAtMost(name, 3)
		if large := (*TooLarge)(nil); fits && (err != nil || string(got) != text) || !fits && !errors.As(err, &large) {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
	if err := os.Truncate(name, 1<<40); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadAtMost(name, 3); !errors.As(err, new(*TooLarge)) {
		t.Errorf("a file of a terabyte: %v", err)
	}
}
