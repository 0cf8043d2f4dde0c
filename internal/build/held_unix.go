//go:build unix

package build

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// isHeld reports whether a file could not be moved because somebody has it open.
func isHeld(err error) bool {
	return errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.ETXTBSY)
}

// mayNotWrite reports whether a folder cannot be written by this person.
func mayNotWrite(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// giveGroup gives a folder the group of another. Only a member of that group may; others keep their own.
func giveGroup(dir string, like fs.FileInfo) {
	if owner, known := like.Sys().(*syscall.Stat_t); known {
		os.Chown(dir, -1, int(owner.Gid))
	}
}
