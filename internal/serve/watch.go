package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// debounce is how long all files must stay unchanged before the site is made again, so that many files saved at once cause
// only one rebuild.
const debounce = 50 * time.Millisecond

// watch watches folders.
type watch struct {
	*fsnotify.Watcher
	folders []string // absolute
}

func newWatch(folders []string) (*watch, error) {
	w := &watch{}
	for _, folder := range folders {
		absolute, err := filepath.Abs(folder)
		if err != nil {
			return nil, err
		}
		w.folders = append(w.folders, absolute)
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w.Watcher = watcher
	if err := w.addAll(); err != nil {
		watcher.Close()
		return nil, err
	}
	return w, nil
}

// follow calls `changed` whenever the folders have changed and then stayed the same for a moment. It returns when the context ends, or
// with an error if watching fails.
func (w *watch) follow(ctx context.Context, changed func()) error {
	still := time.NewTimer(time.Hour)
	still.Stop()
	moved := false
	for {
		select {
		case <-ctx.Done():
			return nil
		case event, open := <-w.Events:
			if !open {
				return errors.New("the watch on the content folder ended")
			}
			if !w.matters(event) {
				continue
			}
			moved = moved || event.Has(fsnotify.Create) || event.Has(fsnotify.Rename) || event.Has(fsnotify.Remove)
			still.Reset(debounce)
		case <-w.Errors: // events may have been lost
			if err := w.addAll(); err != nil {
				return err
			}
			still.Reset(debounce)
		case <-still.C:
			if moved { // a folder may have been renamed, and its old watch still has the old name
				if err := w.renew(); err != nil {
					return err
				}
				moved = false
			}
			changed()
		}
	}
}

// renew removes all watches and adds them again. Changes in between are not missed: the folders are read afterwards.
func (w *watch) renew() error {
	for _, path := range w.WatchList() {
		if err := w.Remove(path); err != nil && !errors.Is(err, fsnotify.ErrNonExistentWatch) {
			return err
		}
	}
	return w.addAll()
}

// addAll watches the folders, all their subfolders, and their parent folders. The parents matter because a version control
// system may delete and recreate a folder.
func (w *watch) addAll() error {
	for _, folder := range w.folders {
		if err := errors.Join(w.Add(filepath.Dir(folder)), w.add(folder)); err != nil {
			return err
		}
	}
	return nil
}

// add watches a folder and its subfolders. It skips hidden subfolders, and folders that no longer exist or cannot be read.
func (w *watch) add(folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || !entry.IsDir():
			return nil
		case path != folder && isHidden(path):
			return filepath.SkipDir
		}
		if err := w.Add(path); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			return fmt.Errorf("%s: cannot watch: %w", path, err)
		}
		return nil
	})
}

// matters reports whether an event is about the content of the watched folders, not about permissions or an editor's own files.
func (w *watch) matters(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	for _, folder := range w.folders {
		if event.Name == folder || strings.HasPrefix(event.Name, folder+string(filepath.Separator)) {
			return event.Name == folder || !isHidden(event.Name)
		}
	}
	return false
}

// isHidden reports whether a file is hidden or a backup copy. Text editors and operating systems make such files.
func isHidden(path string) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~")
}
