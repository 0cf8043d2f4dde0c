//go:build unix

package disk

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock takes the lock, or returns a [Busy] error. The kernel releases flock when the process dies, on shared folders too. So if we get
// the lock, it was free, whatever its file says. (The file's host name proves nothing: a container has a new name each time it starts.)
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
	case !isPath(f, path): // the file was removed by its owner after we opened it and before we locked it
		f.Close()
		return tryLock(path)
	}
	if err := errors.Join(f.Truncate(0), writeAt(f, owner())); err != nil {
		os.Remove(path)
		f.Close()
		return nil, err
	}
	return func() {
		os.Remove(path) // still locked, so that we do not remove another process's file
		f.Close()
	}, nil
}

func writeAt(f *os.File, text string) error {
	_, err := f.WriteAt([]byte(text), 0)
	return err
}

// isPath reports whether a path still names this open file.
func isPath(f *os.File, path string) bool {
	opened, errOpened := f.Stat()
	named, errNamed := os.Stat(path)
	return errOpened == nil && errNamed == nil && os.SameFile(opened, named)
}
