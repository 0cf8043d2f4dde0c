package disk

import (
	"io"
	"io/fs"
	"os"
)

// Dir is an open input folder. No file outside the folder can be opened through a Dir, not even by symbolic
// links.
type Dir interface {
	fs.FS
	io.Closer
}

// rootDir is a Dir that works on every system.
type rootDir struct {
	fs.ReadLinkFS
	root *os.Root
}

// Close closes the folder.
func (d rootDir) Close() error { return d.root.Close() }

func openRootDir(dir string) (Dir, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return rootDir{root.FS().(fs.ReadLinkFS), root}, nil
}
