package mend

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
)

// ErrChanged means that the file on the disk has changed since it was read.
var ErrChanged = errors.New("the file was changed meanwhile")

// Write atomically replaces the file in the content folder `folder` with the text After, so the file is never incomplete. It keeps
// the file's permissions. It returns [ErrChanged] if the file on the disk no longer equals Before.
func (f *File) Write(folder string) (err error) {
	name := filepath.Join(folder, filepath.FromSlash(f.Path))
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	// The name begins with a dot, because the site ignores files with such a name.
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
