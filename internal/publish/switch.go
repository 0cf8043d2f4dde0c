package publish

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

	"sitegen/internal/disk"
)

// Halfway says that publishing stopped while files were moved into their places one by one, or before the replaced site was kept. The new
// site is complete on the disk. The next build first finishes what was begun.
type Halfway struct {
	Dir string // the output folder
	Err error  // what stopped publishing
	// Unreadable is the folder with the new site if this user may not read it, because a different user's build left it. That user can
	// finish it with a build. Otherwise it is "".
	Unreadable string
}

// Error implements error.
func (h *Halfway) Error() string {
	return fmt.Sprintf("%s: publishing stopped half-way: %v", h.Dir, h.Err)
}

// Unwrap returns what stopped publishing.
func (h *Halfway) Unwrap() error { return h.Err }

// replace puts the new site (the folder `fresh`) in its place. It does so in one step if the system can exchange two folders or the place
// is still empty, otherwise file by file.
func (f *Folder) replace(ctx context.Context, fresh string) error {
	if err := f.step("swap"); err != nil {
		return err
	}
	if _, err := os.Lstat(f.real); errors.Is(err, fs.ErrNotExist) {
		return f.patiently(ctx, "place", func() error { return os.Rename(fresh, f.real) })
	}
	inside := filepath.Dir(fresh) == f.real
	if !inside && f.step("exchange") == nil {
		if done, err := disk.Exchange(fresh, f.real); done {
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
	// The rename below makes the folder `complete` the valid site: if this build stops after the rename, the next one moves the rest of
	// the files.
	if err := f.patiently(ctx, "begin", func() error { return os.Rename(fresh, complete) }); err != nil {
		f.clear(kept)
		return err
	}
	return f.finish(ctx, complete)
}

// finish moves a complete site into the output folder, file by file. Every page stays usable all the time: finish first moves the files
// that pages load, then new pages, then changed pages. Then it deletes the files that the new site does not have. It moves the manifest
// last, so that an interrupted move can be started again. Then it keeps the copy of the replaced site, if there is one. The error is a
// [Halfway].
func (f *Folder) finish(ctx context.Context, complete string) error {
	complete, err := f.reachable(ctx, complete)
	if err == nil {
		err = f.move(ctx, complete)
	}
	if err != nil {
		return &Halfway{Dir: f.Dir, Err: err}
	}
	for _, kept := range f.left(keepEnding) {
		if err := f.keep(ctx, kept); err != nil {
			return &Halfway{Dir: f.Dir, Err: err}
		}
	}
	f.clear(complete)
	return nil
}

// reachable returns a folder with a complete site from which files can be moved into the output folder. This is usually the given folder.
// But files cannot be moved between file systems. So if the output folder has become a volume, for example, reachable copies the site to a
// folder inside it and returns that one.
func (f *Folder) reachable(ctx context.Context, complete string) (string, error) {
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
	tree := &Tree{Folder: f, root: root}
	if err := errors.Join(tree.copySite(ctx, complete, m), disk.Settle(root)); err != nil {
		return "", err
	}
	within := filepath.Join(f.real, switchEnding+digits())
	if err := f.patiently(ctx, "reach", func() error { return os.Rename(root, within) }); err != nil {
		return "", err
	}
	f.clear(complete)
	return within, nil
}

func (f *Folder) move(ctx context.Context, complete string) error {
	next, err := manifestIn(complete, f.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // all files were moved; only empty folders are left
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

// paths returns the set of files that a manifest lists. For a nil manifest, the set is empty.
func (m *Manifest) paths() map[string]bool {
	paths := map[string]bool{}
	if m != nil {
		for _, e := range slices.Concat(m.Files, m.Kept) {
			paths[e.Path] = true
		}
	}
	return paths
}

// movingOrder lists the files of a site: first what pages load, then new pages, then the others.
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
		return strings.Compare(a, b)
	})
	return names
}

// gone lists the files that the new site no longer has.
func gone(next, previous *Manifest) []string {
	stays := next.paths()
	var names []string
	for name := range previous.paths() {
		if !stays[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// moveFile moves one file into its place, unless that was already done.
func (f *Folder) moveFile(ctx context.Context, complete, name string) error {
	from, to := filepath.Join(complete, filepath.FromSlash(name)), filepath.Join(f.real, filepath.FromSlash(name))
	if _, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := f.makeRoom(ctx, complete, name); err != nil {
		return err
	}
	return f.patiently(ctx, "move "+name, func() error { return os.Rename(from, to) })
}

// makeRoom makes the folders for a file, with the modes that they have in the complete site. It removes a file that has the name of one of
// these folders, or a folder that has the name of the file.
func (f *Folder) makeRoom(ctx context.Context, complete, name string) error {
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
			err = f.patiently(ctx, "clear "+filepath.ToSlash(dir), func() error { return os.Remove(made) })
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
		return f.patiently(ctx, "clear "+name, func() error { return os.RemoveAll(to) })
	}
	return nil
}

// removeFile deletes a file that the site no longer has, and the folders that become empty.
func (f *Folder) removeFile(ctx context.Context, name string) error {
	real := filepath.Join(f.real, filepath.FromSlash(name))
	err := f.patiently(ctx, "remove "+name, func() error { return os.Remove(real) })
	if info, errThere := os.Lstat(real); err != nil && errThere == nil && !info.IsDir() {
		return err
	} // otherwise the file was removed before, or its path is now a folder, or its folder is now a file
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		folder := filepath.Join(f.real, filepath.FromSlash(dir))
		if info, err := os.Lstat(folder); err != nil || !info.IsDir() || os.Remove(folder) != nil {
			break // something else is in it
		}
	}
	return nil
}

// patiently calls `do`. If the call fails because a virus scanner or a viewer has a file open, patiently tries again for about a second.
func (f *Folder) patiently(ctx context.Context, step string, do func() error) error {
	for pause := 10 * time.Millisecond; ; pause *= 2 {
		err := f.step(step)
		if err == nil {
			err = do()
		}
		if !disk.IsHeld(err) || pause > time.Second {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}
