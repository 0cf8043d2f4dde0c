package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// The modes of new folders and files: everybody, such as a web server, may read them.
const (
	folderMode = 0o755
	fileMode   = 0o644
)

// MkdirAll makes a folder and those above it that do not exist. Everybody may read the new ones, whatever the umask is. They
// inherit the setgid bit.
func MkdirAll(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if above := filepath.Dir(dir); above != dir {
		if err := MkdirAll(above); err != nil {
			return err
		}
	}
	err := os.Mkdir(dir, folderMode)
	if errors.Is(err, fs.ErrExist) {
		if info, errThere := os.Stat(dir); errThere == nil && info.IsDir() {
			return nil // a different process made it
		}
	}
	if err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if mode := info.Mode()&fs.ModeSetgid | folderMode; info.Mode() != mode|fs.ModeDir {
		return os.Chmod(dir, mode)
	}
	return nil
}

// WriteFile writes a file. Everybody may read a new one, whatever the umask is; an existing one keeps its mode.
func WriteFile(name string, content []byte) error {
	_, err := os.Stat(name)
	if err := os.WriteFile(name, content, fileMode); err != nil {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return os.Chmod(name, fileMode)
	}
	return nil
}
