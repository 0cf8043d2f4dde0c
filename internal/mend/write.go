package mend

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
)

// ErrChanged says that a file is not what it was when it was read: somebody else has saved it.
var ErrChanged = errors.New("the file was changed meanwhile")

// Write puts the mended file in the place of the one in a content folder, as a whole: at no time is there half a file. The
// permissions stay. It is refused with [ErrChanged] if the file was saved since it was read.
func (f *File) Write(folder string) (err error) {
	name := filepath.Join(folder, filepath.FromSlash(f.Path))
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	// A name with a dot in front does not belong to the content.
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
