package build

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// published is a file of the published site that says what was published.
type published struct {
	Entry
	time time.Time
}

// examine looks at every published file. One that somebody edited is refused, since publishing would replace it, but
// where the person said that it may. Only a file that is larger or smaller, or younger than the manifest, is read:
// nothing younger was published.
func (f *folder) examine() (map[string]published, error) {
	if f.previous == nil {
		return nil, nil
	}
	manifest, err := os.Stat(filepath.Join(f.real, ManifestName))
	if err != nil {
		return nil, err
	}
	standing := map[string]published{}
	for _, e := range slices.Concat(f.previous.Files, f.previous.Kept) {
		real := filepath.Join(f.real, filepath.FromSlash(e.Path))
		info, err := os.Lstat(real)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue // it was deleted, and comes back
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
