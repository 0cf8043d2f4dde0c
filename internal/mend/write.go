package mend

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
)

// ErrChanged says that somebody saved the file after it was read.
var ErrChanged = errors.New("the file was changed meanwhile")

// Write replaces the file in a content folder in one step, so that the file is never incomplete. The permissions stay. Write
// fails with [ErrChanged] if somebody saved the file after it was read.
func (f *File) Write(folder string) (err error) {
	name := filepath.Join(folder, filepath.FromSlash(f.Path))
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	// A name that begins with a dot does not belong to the content.
	temporary, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temporary.Name()))
		}
	}()
	_, err = temporary.WriteString(f.After)
	err = errors.Join(err, temporary.Chmod(info.Mode().Perm()), temporary.Sync(), temporary.Close())
	if err != nil {
		return err
	}
	if now, err := os.ReadFile(name); err != nil || !bytes.Equal(now, f.Before) {
		return errors.Join(ErrChanged, err)
	}
	return os.Rename(temporary.Name(), name)
}
