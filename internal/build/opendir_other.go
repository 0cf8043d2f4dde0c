//go:build !linux

package build

// OpenDir opens a folder. The error is that of the file system.
func OpenDir(dir string) (Dir, error) { return openRootDir(dir) }
