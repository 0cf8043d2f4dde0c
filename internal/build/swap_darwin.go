package build

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step. It returns false if the file system does not support this (APFS does), or if one of the
// folders is a mounted volume.
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

// settle does nothing: this system itself decides when to write to the disk.
func settle(dir string) error { return nil }
