package build

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step. It returns false if the file system does not support this, or if one of the folders is
// a mounted volume.
func exchange(a, b string) (bool, error) {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	for _, cannot := range []error{unix.ENOSYS, unix.EINVAL, unix.EOPNOTSUPP, unix.EBUSY, unix.EXDEV} {
		if errors.Is(err, cannot) {
			return false, nil
		}
	}
	if err != nil {
		return true, &os.LinkError{Op: "rename", Old: a, New: b, Err: err}
	}
	return true, nil
}

// movable reports whether a folder can be moved into another, without moving it. The new name "." is never allowed, but the
// kernel first checks whether both are on the same mount (do_renameat2 in fs/namei.c).
func movable(dir, into string) bool {
	return !errors.Is(unix.Rename(dir, into+"/."), unix.EXDEV)
}

// settle waits until everything is written to the disk, so that a power cut cannot leave a new name on empty files.
func settle(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.Syncfs(int(f.Fd())); err != nil && !errors.Is(err, unix.ENOSYS) && !errors.Is(err, unix.EOPNOTSUPP) {
		return &os.PathError{Op: "sync", Path: dir, Err: err}
	}
	return nil
}
