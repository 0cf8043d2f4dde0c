//go:build linux

package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Everybody can read new folders and files, whatever the umask is. Existing ones keep their mode, and new folders inherit
// the setgid bit.
func TestMade(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o077, 0o777} {
		dir := t.TempDir()
		if err := errors.Join(os.Mkdir(filepath.Join(dir, "own"), 0o700), os.Chmod(filepath.Join(dir, "own"), 0o700|fs.ModeSetgid),
			os.WriteFile(filepath.Join(dir, "secret"), nil, 0o600)); err != nil {
			t.Fatal(err)
		}
		old := syscall.Umask(umask)
		err := errors.Join(MkdirAll(filepath.Join(dir, "own", "a", "b")), MkdirAll(filepath.Join(dir, "own")),
			WriteFile(filepath.Join(dir, "own", "new"), []byte("x")), WriteFile(filepath.Join(dir, "secret"), []byte("x")))
		syscall.Umask(old)
		if err != nil {
			t.Fatal(err)
		}
		if err := MkdirAll(filepath.Join(dir, "secret", "a")); err == nil {
			t.Error("a folder was made in a file")
		}
		inherited := fs.ModeDir | 0o755 | fs.ModeSetgid
		for name, want := range map[string]fs.FileMode{"own": fs.ModeDir | 0o700 | fs.ModeSetgid, "own/a": inherited, "own/a/b": inherited, "own/new": 0o644, "secret": 0o600} {
			if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode() != want {
				t.Errorf("umask %o: %s is %v, want %v", umask, name, info.Mode(), want)
			}
		}
	}
}
