package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Halfway says that publishing stopped while files were moved into their places. All of the new site is on the disk:
// the next build finishes it before it does anything else.
type Halfway struct {
	Dir string // the output folder
	Err error  // what stopped it
}

// Error implements error.
func (h *Halfway) Error() string {
	return fmt.Sprintf("%s: publishing stopped half-way: %v", h.Dir, h.Err)
}

// Unwrap returns what stopped it.
func (h *Halfway) Unwrap() error { return h.Err }

// replace puts the new site in its place: in one step where the system can exchange two folders, else file by file.
func (f *folder) replace(ctx context.Context, fresh string) error {
	if err := f.step("swap"); err != nil {
		return err
	}
	if _, err := os.Lstat(f.real); errors.Is(err, fs.ErrNotExist) {
		return f.patiently(ctx, "place", func() error { return os.Rename(fresh, f.real) })
	}
	inside := filepath.Dir(fresh) == f.real
	if !inside && f.step("exchange") == nil {
		if done, err := exchange(fresh, f.real); done {
			return err
		}
	}
	complete := f.real + switchEnding + digits()
	if inside {
		complete = filepath.Join(f.real, switchEnding+digits())
	}
	kept, err := f.copyBefore(ctx)
	if err != nil {
		return err
	}
	// With this name, the new site is the one to be: whoever comes next moves what is still in it.
	if err := f.step("begin"); err != nil {
		f.clear(kept)
		return err
	}
	if err := os.Rename(fresh, complete); err != nil {
		f.clear(kept)
		return err
	}
	return f.finish(ctx, complete)
}

// finish moves a complete site into the output folder, file by file. Every page can be used all the time: what pages
// need comes first, then pages that are new, then those that change, and at the end what is gone is deleted. The
// manifest comes last, so that it can be begun again wherever it was stopped.
func (f *folder) finish(ctx context.Context, complete string) error {
	complete, err := f.reachable(ctx, complete)
	if err == nil {
		err = f.move(ctx, complete)
	}
	if err != nil {
		return &Halfway{f.Dir, err}
	}
	for _, kept := range f.left(keepEnding) {
		if err := f.keep(kept); err != nil {
			return &Halfway{f.Dir, err}
		}
	}
	f.clear(complete)
	return nil
}

// reachable returns a complete site whose files can be moved into the output folder: the one given, or where that lies on
// another file system (the output folder has become a volume since), a copy within.
func (f *folder) reachable(ctx context.Context, complete string) (string, error) {
	if filepath.Dir(complete) == f.real {
		return complete, nil
	}
	root, err := f.workplace()
	if err != nil {
		return "", err
	}
	defer f.clear(root)
	m, err := manifestIn(complete, f.Dir)
	if errors.Is(err, fs.ErrNotExist) || filepath.Dir(root) != f.real {
		return complete, nil
	}
	if err != nil {
		return "", err
	}
	tree := &tree{folder: f, root: root}
	if err := errors.Join(tree.copySite(ctx, complete, m), settle(root)); err != nil {
		return "", err
	}
	within := filepath.Join(f.real, switchEnding+digits())
	if err := os.Rename(root, within); err != nil {
		return "", err
	}
	f.clear(complete)
	return within, nil
}

func (f *folder) move(ctx context.Context, complete string) error {
	next, err := manifestIn(complete, f.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // all was moved, and only the empty folders were left
	}
	if err != nil {
		return err
	}
	previous, err := manifestIn(f.real, f.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, name := range movingOrder(next, previous) {
		if err := f.moveFile(ctx, complete, name); err != nil {
			return err
		}
	}
	for _, name := range gone(next, previous) {
		if err := f.removeFile(ctx, name); err != nil {
			return err
		}
	}
	return f.moveFile(ctx, complete, ManifestName)
}

// paths are the files that a manifest lists; none for nil.
func (m *Manifest) paths() map[string]bool {
	paths := map[string]bool{}
	if m != nil {
		for _, e := range slices.Concat(m.Files, m.Kept) {
			paths[e.Path] = true
		}
	}
	return paths
}

// movingOrder lists the files of a site: what pages load, then pages that are new, then the others.
func movingOrder(next, previous *Manifest) []string {
	before := previous.paths()
	rank := func(name string) int {
		switch {
		case hashedAsset.MatchString(name):
			return 0
		case !before[name]:
			return 1
		}
		return 2
	}
	var names []string
	for name := range next.paths() {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if by := rank(a) - rank(b); by != 0 {
			return by
		}
		return compare(a, b)
	})
	return names
}

// gone lists the files that the new site does not have any more.
func gone(next, previous *Manifest) []string {
	stays := next.paths()
	var names []string
	for name := range previous.paths() {
		if !stays[name] {
			names = append(names, name)
		}
	}
	return sorted(names)
}

// moveFile moves one file into its place, unless that was done before.
func (f *folder) moveFile(ctx context.Context, complete, name string) error {
	from, to := filepath.Join(complete, filepath.FromSlash(name)), filepath.Join(f.real, filepath.FromSlash(name))
	if _, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := f.makeRoom(complete, name); err != nil {
		return err
	}
	return f.patiently(ctx, "move "+name, func() error { return os.Rename(from, to) })
}

// makeRoom makes the folders of a file, and clears away what has the name of a folder or is a folder of its name.
func (f *folder) makeRoom(complete, name string) error {
	dirs := strings.Split(path.Dir(name), "/")
	for i := range dirs {
		dir := filepath.Join(dirs[:i+1]...)
		made := filepath.Join(f.real, dir)
		info, err := os.Lstat(made)
		if err == nil && info.IsDir() {
			continue
		}
		like, errLike := os.Stat(filepath.Join(complete, dir))
		if err == nil {
			err = os.Remove(made)
		} else if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		if err := errors.Join(err, errLike); err != nil {
			return err
		}
		if err := os.Mkdir(made, 0o755); err != nil {
			return err
		}
		if err := os.Chmod(made, like.Mode()&(fs.ModePerm|fs.ModeSetgid)); err != nil {
			return err
		}
	}
	to := filepath.Join(f.real, filepath.FromSlash(name))
	if info, err := os.Lstat(to); err == nil && info.IsDir() {
		return os.RemoveAll(to)
	}
	return nil
}

// removeFile deletes a file that the site does not have any more, and folders that are empty without it.
func (f *folder) removeFile(ctx context.Context, name string) error {
	real := filepath.Join(f.real, filepath.FromSlash(name))
	err := f.patiently(ctx, "remove "+name, func() error { return os.Remove(real) })
	if info, errThere := os.Lstat(real); err != nil && errThere == nil && !info.IsDir() {
		return err
	} // else it was removed before, or a page moved in where a folder has its name, or its folder's name is a file's
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		folder := filepath.Join(f.real, filepath.FromSlash(dir))
		if info, err := os.Lstat(folder); err != nil || !info.IsDir() || os.Remove(folder) != nil {
			break // something else is in it
		}
	}
	return nil
}

// patiently does what fails while a virus scanner or a viewer holds a file, again and again for some two seconds.
func (f *folder) patiently(ctx context.Context, step string, do func() error) error {
	for pause := 10 * time.Millisecond; ; pause *= 2 {
		err := f.step(step)
		if err == nil {
			err = do()
		}
		if !isHeld(err) || pause > time.Second {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}
