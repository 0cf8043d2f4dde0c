//go:build !unix

package disk

import (
	"errors"
	"io/fs"
	"os"
)

// tryLock takes the lock, or returns a [Busy] error. Windows does not remove a file that a running process has open, so a lock
// file that can be removed has no owner.
func tryLock(path string) (unlock func(), err error) {
	text, _ := os.ReadFile(path)
	held := busy(path, text)
	os.Remove(path)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, held
	}
	if err != nil {
		return nil, err
	}
	if _, err := f.WriteString(owner()); err != nil {
		f.Close()
		os.Remove(path)
		return nil, err
	}
	return func() {
		f.Close()
		os.Remove(path)
	}, nil
}
