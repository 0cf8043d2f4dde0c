package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"sitegen/internal/disk"
)

// beforeEnding is added to the output folder's name to name the folder of the previous site.
const beforeEnding = ".sitegen-before"

func (f *Folder) before() string { return f.real + beforeEnding }

// NothingBefore says that no previous site was kept for an output folder.
type NothingBefore struct{ Dir string }

// Error implements error.
func (e *NothingBefore) Error() string { return e.Dir + ": no site was kept that could be put back" }

// Undo puts the previous site back. It keeps the site that was published until now, so that a second Undo reverses the first. Host files
// that somebody put into the output folder stay. The error is a [NothingBefore], a [NotKept], a [Halfway], a [Refused], a [disk.Busy], the
// context's, or about the machine.
func Undo(ctx context.Context, output Output) error {
	output.Keep = true
	f, err := Open(ctx, output)
	if err != nil {
		return err
	}
	defer f.Close()
	m, err := manifestIn(f.before(), f.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return &NothingBefore{output.Dir}
	}
	if err != nil {
		return err
	}
	root, err := f.keptWorkplace(ctx, m)
	if err != nil {
		return err
	}
	tree := &Tree{Folder: f, root: root}
	err = errors.Join(tree.dropHostFiles(m), tree.keepHostFiles(m), disk.Settle(root), ctx.Err())
	if err == nil {
		err = f.replace(ctx, root)
	}
	if root != f.before() {
		f.clear(root)
	}
	return err
}

// keptWorkplace returns a folder from which the kept site can be moved into its place. This is usually the folder in which the site was
// kept. If the output folder is its own volume, or nothing may be written beside it, keptWorkplace copies the site to a folder inside the
// output folder and returns that one.
func (f *Folder) keptWorkplace(ctx context.Context, m *Manifest) (string, error) {
	root, err := f.workplace()
	if err != nil {
		return "", err
	}
	if filepath.Dir(root) != f.real {
		f.clear(root)
		return f.before(), nil
	}
	tree := &Tree{Folder: f, root: root}
	if err := tree.copySite(ctx, f.before(), m); err != nil {
		f.clear(root)
		return "", err
	}
	return root, nil
}

// dropHostFiles removes from the tree the host files that the kept site did not publish. Afterwards, Undo copies into the tree the host
// files that somebody put into the output folder (see keepHostFiles).
func (t *Tree) dropHostFiles(m *Manifest) error {
	return foreignHostFiles(t.root, m.paths(), func(name string, _ fs.DirEntry) error {
		return os.Remove(filepath.Join(t.root, filepath.FromSlash(name)))
	})
}

// keepBefore keeps the replaced site. If the folders could not be exchanged, copyBefore has already copied it.
func (f *Folder) keepBefore(ctx context.Context, replaced string) error {
	if !f.Keep || !isThere(replaced) {
		return nil
	}
	return f.keep(context.WithoutCancel(ctx), replaced) // the new site is already published: if a person stops the program now, the old one must not be lost
}

// keep keeps a replaced site (the folder `replaced`) for [Undo], and removes the site that was kept until now.
func (f *Folder) keep(ctx context.Context, replaced string) error {
	if err := f.patiently(ctx, "forget", func() error { return os.RemoveAll(f.before()) }); err != nil {
		f.clear(f.before())
	}
	return f.patiently(ctx, "keep", func() error { return os.Rename(replaced, f.before()) })
}

// NotKept says that the site to be replaced cannot be kept. Nothing was changed.
type NotKept struct {
	Dir string // where it would have been kept
	Err error
}

// Error implements error.
func (n *NotKept) Error() string { return fmt.Sprintf("%s: cannot be kept: %v", n.Dir, n.Err) }

// Unwrap returns the reason.
func (n *NotKept) Unwrap() error { return n.Err }

// copyBefore copies the published site before its files are replaced one by one. It returns the folder of the copy, or "" if nothing is to
// be kept. The error is a [NotKept].
func (f *Folder) copyBefore(ctx context.Context) (string, error) {
	if !f.Keep || f.Previous == nil {
		return "", nil
	}
	root := f.real + keepEnding + digits()
	like, err := os.Stat(f.real)
	if err == nil {
		err = os.Mkdir(root, 0o755)
	}
	if err == nil {
		err = f.keepOwner(root, like) // a later Undo may exchange it for the published folder
	}
	if err != nil {
		return "", &NotKept{f.before(), err}
	}
	tree := &Tree{Folder: f, root: root}
	if err := errors.Join(tree.copySite(ctx, f.real, f.Previous), disk.Settle(root)); err != nil {
		f.clear(root)
		return "", &NotKept{f.before(), err}
	}
	return root, nil
}

// copySite copies the files that a manifest lists, with their times. It copies the manifest last, because a folder without a manifest does
// not count as a site.
func (t *Tree) copySite(ctx context.Context, from string, m *Manifest) error {
	names := slices.Sorted(maps.Keys(m.paths()))
	if err := t.makeFolders(names); err != nil {
		return err
	}
	for _, name := range append(names, ManifestName) {
		if err := errors.Join(ctx.Err(), t.copyFile(from, name)); err != nil {
			return err
		}
	}
	return nil
}

// copyFile copies a file of a site, unless somebody deleted it.
func (t *Tree) copyFile(from, name string) error {
	source := filepath.Join(from, filepath.FromSlash(name))
	info, err := os.Stat(source)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.step("write " + name); err != nil {
		return err
	}
	real := filepath.Join(t.root, filepath.FromSlash(name))
	if err := copyContent(real, source); err != nil {
		return err
	}
	return errors.Join(t.fix(real, 0o644), os.Chtimes(real, info.ModTime(), info.ModTime()))
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
