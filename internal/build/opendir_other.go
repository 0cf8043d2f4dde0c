//go:build !linux

package build

// OpenDir opens a folder. The error is the file system's.
func OpenDir(dir string) (Dir, error) { return openRootDir(dir) }
