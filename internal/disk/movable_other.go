//go:build !linux

package disk

import "os"

// Movable reports whether an empty folder can be moved to a path inside a different folder: it moves it there and back.
func Movable(dir, inside string) bool {
	return os.Rename(dir, inside) == nil && os.Rename(inside, dir) == nil
}
