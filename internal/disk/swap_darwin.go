package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// Exchange swaps two folders in one step (APFS can do this). It returns false if the file system does not support this, or if one of the
// folders is a mounted volume. If it returns true, the error says whether the exchange succeeded.
func Exchange(a, b string) (bool, error) {
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

// Settle does nothing: this system itself decides when to write to the disk.
func Settle(dir string) error { return nil }
