package build

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// beforeEnding is added to the output folder's name for the site that the published one has replaced.
const beforeEnding = ".sitegen-before"

func (f *folder) before() string { return f.real + beforeEnding }

// NothingBefore says that no replaced site was kept for an output folder.
type NothingBefore struct{ Dir string }

// Error implements error.
func (e *NothingBefore) Error() string { return e.Dir + ": no site was kept that could be put back" }

// Undo puts the site back that the published one has replaced, and keeps the published one in its stead: undone twice, nothing
// has changed. Files of the host that somebody put there by hand stay.
func Undo(ctx context.Context, output Output) error {
	output.Keep = true
	f, err := openFolder(ctx, output)
	if err != nil {
		return err
	}
	defer f.close()
	m, err := manifestIn(f.before(), f.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return &NothingBefore{output.Dir}
	}
	if err != nil {
		return err
	}
	tree := &tree{folder: f, root: f.before()}
	if err := errors.Join(tree.dropHostFiles(m), tree.keepHostFiles(m), settle(tree.root), ctx.Err()); err != nil {
		return err
	}
	return f.replace(ctx, tree.root)
}

// dropHostFiles removes host files that the site did not publish: those of today take their place.
func (t *tree) dropHostFiles(m *Manifest) error {
	return foreignHostFiles(t.root, m.paths(), func(name string, _ fs.DirEntry) error {
		return os.Remove(filepath.Join(t.root, filepath.FromSlash(name)))
	})
}

// keepBefore keeps the site that was replaced, in place of one kept earlier. Where the folders could not be exchanged it was
// copied before.
func (f *folder) keepBefore(replaced string) error {
	if !f.Keep || !isThere(replaced) {
		return nil
	}
	f.clear(f.before())
	return os.Rename(replaced, f.before())
}

// copyBefore keeps a copy of the published site, whose files are about to be replaced one by one.
func (f *folder) copyBefore() error {
	if !f.Keep || f.previous == nil {
		return nil
	}
	f.clear(f.before())
	names := []string{ManifestName} // the last to be copied: without it, it is no site
	for name := range f.previous.paths() {
		names = append(names, name)
	}
	for i := len(names) - 1; i >= 0; i-- {
		from, to := filepath.Join(f.real, filepath.FromSlash(names[i])), filepath.Join(f.before(), filepath.FromSlash(names[i]))
		content, err := os.ReadFile(from)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(to), 0o755)
		}
		if err == nil {
			err = os.WriteFile(to, content, 0o644)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
