package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sitegen/internal/parallel"
)

// published is a file that nobody has changed since its publication, with its modification time.
type published struct {
	Entry
	time time.Time
}

// examine returns the published files that nobody has changed since their publication, by path. If somebody edited one, it
// returns a [Refused] error, unless ReplaceEdits is set. It compares the content, because an edited file can have the size and the time of the
// published file (cp -p, rsync -t).
func (f *Folder) examine() (map[string]published, error) {
	if f.Previous == nil {
		return nil, nil
	}
	entries := slices.Concat(f.Previous.Files, f.Previous.Kept)
	files := make([]published, len(entries))
	edited := make([]bool, len(entries))
	err := parallel.Each(len(entries), func() func(int) error {
		return func(i int) (err error) {
			files[i], edited[i], err = entries[i].standing(filepath.Join(f.real, filepath.FromSlash(entries[i].Path)))
			return err
		}
	})
	if err != nil {
		return nil, err
	}
	standing := map[string]published{}
	for i, file := range files {
		switch {
		case edited[i] && !f.ReplaceEdits:
			return nil, &Refused{Edited, f.Dir, entries[i].Path}
		case file.Path != "":
			standing[file.Path] = file
		}
	}
	return standing, nil
}

// standing returns the published file at the path `real` if it is unchanged. `edited` reports whether somebody edited it. If somebody
// deleted it, `file` is empty and `edited` is false: publishing restores it.
func (e Entry) standing(real string) (file published, edited bool, err error) {
	info, err := os.Lstat(real)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return published{}, false, nil
	case err != nil:
		return published{}, false, err
	case !info.Mode().IsRegular() || info.Size() != int64(e.Size):
		return published{}, true, nil
	}
	content, err := os.ReadFile(real)
	if err != nil || !e.is(content) {
		return published{}, err == nil, err
	}
	return published{e, info.ModTime()}, false, nil
}
