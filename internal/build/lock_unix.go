//go:build unix

package build

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock takes the lock, or returns a [Busy] error. The kernel drops flock when its process dies, on shared folders
// too, so a lock that can be had is free, whatever its file says: a container has another name each time it starts.
func tryLock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	locked := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	text, err := io.ReadAll(io.LimitReader(f, 1000))
	held := busy(path, text)
	switch {
	case errors.Is(locked, unix.EWOULDBLOCK):
		f.Close()
		return nil, held
	case locked != nil || err != nil:
		f.Close()
		return nil, errors.Join(locked, err)
	case !isPath(f, path): // its owner removed it between our opening and our locking
		f.Close()
		return tryLock(path)
	}
	if err := errors.Join(f.Truncate(0), writeAt(f, owner())); err != nil {
		os.Remove(path)
		f.Close()
		return nil, err
	}
	return func() {
		os.Remove(path) // while locked, so that nobody else's file is removed
		f.Close()
	}, nil
}

func writeAt(f *os.File, text string) error {
	_, err := f.WriteAt([]byte(text), 0)
	return err
}

// isPath reports whether the open file is still the one that its path names.
func isPath(f *os.File, path string) bool {
	opened, errOpened := f.Stat()
	named, errNamed := os.Stat(path)
	return errOpened == nil && errNamed == nil && os.SameFile(opened, named)
}
