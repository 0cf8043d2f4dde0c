//go:build !linux

package build

import (
	"os"
	"path/filepath"
)

// movable reports whether an empty folder can be moved into another: it moves it there and back.
func movable(dir, into string) bool {
	inside := filepath.Join(into, newEnding+digits())
	return os.Rename(dir, inside) == nil && os.Rename(inside, dir) == nil
}
