//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// IsHeld reports whether an error says that a file could not be moved because somebody has it open.
func IsHeld(err error) bool {
	return errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.ETXTBSY)
}

// IsLoop reports whether an error says that symbolic links lead to each other.
func IsLoop(err error) bool { return errors.Is(err, syscall.ELOOP) }

// MayNotWrite reports whether an error says that this user may not write to a folder.
func MayNotWrite(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// GiveGroup gives the folder `dir` the group that `like` describes. The system allows this only to root and to members of that group;
// for other users the folder keeps its group.
func GiveGroup(dir string, like fs.FileInfo) {
	if owner, known := like.Sys().(*syscall.Stat_t); known {
		os.Chown(dir, -1, int(owner.Gid))
	}
}
