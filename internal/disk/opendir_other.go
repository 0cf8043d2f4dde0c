//go:build !linux

package disk

// OpenDir opens a folder. The error is the file system's.
func OpenDir(dir string) (Dir, error) { return openRootDir(dir) }
