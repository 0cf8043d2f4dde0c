package rules

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
)

// officeFiles returns a small rule set, with an interview of every kind of step, to be changed.
func officeFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	folder := os.DirFS("testdata/office")
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// loadOf reads rules from memory.
func loadOf(t testing.TB, files fstest.MapFS) *Set {
	t.Helper()
	facts, err := ReadFacts(files)
	if err != nil {
		t.Fatal(err)
	}
	s, found, err := Load(files, "content", facts)
	if err != nil {
		t.Fatal(err)
	}
	if s == nil {
		t.Fatal(textOf(found))
	}
	return s
}

func textOf(found []diag.Diagnostic) string {
	var b strings.Builder
	diag.Print(&b, found, "en")
	return b.String()
}
