//go:build !unix

package build

import (
	"errors"
	"io/fs"
	"syscall"
)

// Windows' own errors for a file that a virus scanner or a viewer has open (winerror.h).
const (
	errorAccessDenied     = syscall.Errno(5)
	errorSharingViolation = syscall.Errno(32)
	errorLockViolation    = syscall.Errno(33)
)

// isHeld reports whether a file could not be moved because somebody has it open.
func isHeld(err error) bool {
	return errors.Is(err, errorAccessDenied) || errors.Is(err, errorSharingViolation) || errors.Is(err, errorLockViolation)
}

// mayNotWrite reports whether a folder cannot be written by this person.
func mayNotWrite(err error) bool { return errors.Is(err, fs.ErrPermission) }

// giveGroup gives a folder the group of another; here a folder takes its rights from the one around it.
func giveGroup(string, fs.FileInfo) {}
