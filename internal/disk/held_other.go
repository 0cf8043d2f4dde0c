//go:build !unix

package disk

import (
	"errors"
	"io/fs"
	"syscall"
)

// Errors of Windows for a file that a virus scanner or a viewer has open (winerror.h).
const (
	errorAccessDenied     = syscall.Errno(5)
	errorSharingViolation = syscall.Errno(32)
	errorLockViolation    = syscall.Errno(33)
)

// IsHeld reports whether an error says that a file could not be moved because somebody has it open.
func IsHeld(err error) bool {
	return errors.Is(err, errorAccessDenied) || errors.Is(err, errorSharingViolation) || errors.Is(err, errorLockViolation)
}

// errorCantResolveFilename is the error of Windows for links that lead to each other (winerror.h).
const errorCantResolveFilename = syscall.Errno(1921)

// IsLoop reports whether an error says that symbolic links lead to each other.
func IsLoop(err error) bool { return errors.Is(err, errorCantResolveFilename) }

// MayNotWrite reports whether an error says that this user may not write to a folder.
func MayNotWrite(err error) bool { return errors.Is(err, fs.ErrPermission) }

// GiveGroup does nothing: on this system a folder inherits its rights from its parent folder.
func GiveGroup(string, fs.FileInfo) {}
