package disk

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Exchange swaps two folders in one step. It returns false if the file system does not support this, or if one of the folders is a mounted
// volume. If it returns true, the error says whether the exchange succeeded.
func Exchange(a, b string) (bool, error) {
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

// Movable reports whether an empty folder can be moved to a path inside a different folder. It does not move anything: the new name "." is
// never allowed, but the kernel first checks whether both folders are on the same mount (do_renameat2 in fs/namei.c).
func Movable(dir, inside string) bool {
	return !errors.Is(unix.Rename(dir, filepath.Dir(inside)+"/."), unix.EXDEV)
}

// Settle waits until everything is written to the disk, so that a power cut cannot leave a new name on empty files.
func Settle(dir string) error {
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
