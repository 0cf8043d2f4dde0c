package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// published is a published file that nobody changed, with its modification time.
type published struct {
	Entry
	time time.Time
}

// examine returns the published files that nobody changed, by path. If somebody edited one, it returns a [Refused] error, unless
// ReplaceEdits is set. Publishing writes the manifest last. So a file of the right size counts as unchanged if it is not newer than the
// manifest. Only a newer file of the right size is read and compared.
func (f *Folder) examine() (map[string]published, error) {
	if f.Previous == nil {
		return nil, nil
	}
	manifest, err := os.Stat(filepath.Join(f.real, ManifestName))
	if err != nil {
		return nil, err
	}
	standing := map[string]published{}
	for _, e := range slices.Concat(f.Previous.Files, f.Previous.Kept) {
		real := filepath.Join(f.real, filepath.FromSlash(e.Path))
		info, err := os.Lstat(real)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue // it was deleted; publishing restores it
		case err != nil:
			return nil, err
		}
		same := info.Mode().IsRegular() && info.Size() == int64(e.Size)
		if same && info.ModTime().After(manifest.ModTime()) {
			content, err := os.ReadFile(real)
			if err != nil {
				return nil, err
			}
			same = e.is(content)
		}
		if same {
			standing[e.Path] = published{e, info.ModTime()}
		} else if !f.ReplaceEdits {
			return nil, &Refused{Edited, f.Dir, e.Path}
		}
	}
	return standing, nil
}
