package disk

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// Both implementations of Dir read what is in the folder, and nothing outside it.
func TestOpenDir(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "inside")
	large := strings.Repeat("x", 100000)
	for name, text := range map[string]string{"secret": "secret", "inside/a/b/c.md": "c", "inside/empty": "", "inside/large": large} {
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for name, open := range map[string]func(string) (Dir, error){"here": OpenDir, "anywhere": openRootDir} {
		t.Run(name, func(t *testing.T) {
			d, err := open(inside)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if err := fstest.TestFS(d, "a/b/c.md", "empty", "large"); err != nil {
				t.Error(err)
			}
		})
	}
	for link, target := range map[string]string{"out": "../secret", "absolute": filepath.Join(dir, "secret"), "up": "..", "proc": "/proc/self/cwd"} {
		if err := os.Symlink(target, filepath.Join(inside, link)); err != nil {
			t.Fatal(err)
		}
	}
	for name, open := range map[string]func(string) (Dir, error){"here": OpenDir, "anywhere": openRootDir} {
		d, err := open(inside)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"out", "absolute", "up/secret", "../secret", "a/../../secret", "/etc/passwd", "proc/x"} {
			if text, err := fs.ReadFile(d, path); err == nil || bytes.Contains(text, []byte("secret")) {
				t.Errorf("%s: %s: %q, %v", name, path, text, err)
			}
			if _, err := fs.ReadDir(d, path); err == nil {
				t.Errorf("%s: %s was listed", name, path)
			}
		}
		if info, err := fs.Lstat(d, "out"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
		d.Close()
		if _, err := open(filepath.Join(dir, "secret")); err == nil {
			t.Errorf("%s: a file was opened as a folder", name)
		}
		if _, err := open(filepath.Join(dir, "nowhere")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
