//go:build unix

package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock takes the lock, or returns a [Busy] error. The kernel releases flock when the process dies, on shared folders too. So if we get
// the lock, it was free, whatever its file says. (The file's host name proves nothing: a container has a new name each time it starts.) On a
// file system without flock, the file is the lock as long as it exists: nothing tells reliably that its process is dead, so a person decides.
func tryLock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	created := err == nil
	if errors.Is(err, fs.ErrExist) {
		f, err = os.OpenFile(path, os.O_RDWR, 0) // never creates the file: without flock, that would be a lock that nobody holds
		if _, gone := os.Lstat(path); errors.Is(err, fs.ErrNotExist) && errors.Is(gone, fs.ErrNotExist) {
			return tryLock(path) // its owner has just removed it
		}
	}
	if err != nil {
		return nil, err
	}
	locked := flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	text, err := io.ReadAll(io.LimitReader(f, 1000))
	held := busy(path, text)
	switch {
	case errors.Is(locked, unix.EWOULDBLOCK):
		f.Close()
		return nil, held
	case cannotLock(locked) && !created:
		f.Close()
		held.File = path
		return nil, held
	case cannotLock(locked): // the file itself is the lock, because only one process can create it
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
		if isPath(f, path) { // without flock, a person may have deleted our file, and a different process made a new one
			os.Remove(path)
		}
		f.Close()
	}, nil
}

var flock = unix.Flock // a test replaces it

// cannotLock reports whether flock failed because the file system has no locks. Some NFS, SMB and FUSE mounts have none.
func cannotLock(err error) bool {
	return errors.Is(err, unix.ENOLCK) || errors.Is(err, errors.ErrUnsupported)
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
