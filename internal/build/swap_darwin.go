package build

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange puts two folders in each other's place in one step; false where the file system cannot (APFS can), or where
// one of them is a disk of its own.
func exchange(a, b string) (bool, error) {
	err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
	for _, cannot := range []error{unix.ENOTSUP, unix.EINVAL, unix.EBUSY, unix.EXDEV} {
		if errors.Is(err, cannot) {
			return false, nil
		}
	}
	if err != nil {
		return true, &os.LinkError{Op: "rename", Old: a, New: b, Err: err}
	}
	return true, nil
}

// settle waits until what was written is on the disk; here that is left to the system.
func settle(dir string) error { return nil }
