//go:build !linux

package build

// OpenDir opens a folder.
func OpenDir(dir string) (Dir, error) { return openRootDir(dir) }
