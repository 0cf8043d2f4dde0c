//go:build !linux

package disk

import "os"

// Movable reports whether an empty folder can be moved to a path inside a different folder. To find out, it moves the
// folder there and back.
func Movable(dir, inside string) bool {
	return os.Rename(dir, inside) == nil && os.Rename(inside, dir) == nil
}
