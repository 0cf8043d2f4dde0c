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

	"sitegen/internal/diag"
)

// folder is an output folder that this process has locked for publishing.
type folder struct {
	Output
	real     string               // the path of the folder, without symbolic links
	previous *Manifest            // what is published now; nil if nothing is
	standing map[string]published // the published files that nobody changed since
	unlock   func()
}

// openFolder locks an output folder, finishes or removes what interrupted builds left, and reads what is published.
func openFolder(ctx context.Context, output Output) (*folder, error) {
	real, err := place(output.Dir, output.Sources)
	if err != nil {
		return nil, err
	}
	if _, err := readManifest(real, output.Dir); err != nil {
		return nil, err // refuse before anything is written
	}
	if err := os.MkdirAll(filepath.Dir(real), 0o755); err != nil {
		return nil, err
	}
	unlock, err := lockFolder(ctx, real, output)
	if err != nil {
		return nil, err
	}
	f := &folder{Output: output, real: real, unlock: unlock}
	err = f.recover(ctx)
	if err == nil {
		f.previous, err = readManifest(real, output.Dir)
	}
	if err == nil {
		f.standing, err = f.examine()
	}
	if err != nil {
		unlock()
		return nil, err
	}
	return f, nil
}

// lockFolder locks an output folder with a file beside it, or with a file in it if this user may not write beside it.
func lockFolder(ctx context.Context, real string, output Output) (unlock func(), err error) {
	unlock, err = lock(ctx, real+lockEnding, output.Wait, output.Waiting)
	if mayNotWrite(err) {
		if inside, errInside := lock(ctx, filepath.Join(real, lockEnding), output.Wait, output.Waiting); !mayNotWrite(errInside) && !errors.Is(errInside, fs.ErrNotExist) {
			return inside, errInside
		}
	}
	return unlock, err
}

func (f *folder) close() { f.unlock() }

// step lets a test make this step fail.
func (f *folder) step(name string) error {
	if f.fault == nil {
		return nil
	}
	return f.fault(name)
}

// publish writes the site into a temporary folder, checks that all files are there, and puts it in its place. If it returns a
// diagnostic, the published site is unchanged.
func (f *folder) publish(ctx context.Context, source Source, pages *Pages) (found []diag.Diagnostic, err error) {
	root, err := f.workplace()
	if err != nil {
		return nil, err
	}
	tree := &tree{folder: f, root: root}
	defer func() {
		// After a failure this removes the new tree, and after success the old one, which was moved there.
		f.clear(tree.root)
	}()
	manifest, found, err := tree.write(ctx, source, pages)
	if err != nil || len(found) > 0 {
		return found, err
	}
	if err := tree.validate(manifest); err != nil {
		return nil, err
	}
	if err := errors.Join(f.step("settle"), settle(tree.root), ctx.Err()); err != nil {
		return nil, err
	}
	if err := f.replace(ctx, tree.root); err != nil {
		return nil, err
	}
	return nil, f.keepBefore(tree.root)
}

// tree is a site that is being written.
type tree struct {
	*folder
	root string // its folder
	// chmod says that new folders do not get folderMode from the system: the umask removes permissions, or the setgid bit is
	// not inherited.
	chmod      bool
	folderMode fs.FileMode // of the folders in the tree
}

// write writes every file of the site, the files kept from the previous one, and the manifest.
func (t *tree) write(ctx context.Context, source Source, pages *Pages) (*Manifest, []diag.Diagnostic, error) {
	if err := t.makeFolders(pages.paths()); err != nil {
		return nil, nil, err
	}
	m := &Manifest{Format: manifestFormat, Generator: t.Version, Questions: pages.Questions, Answers: pages.Answers(), Files: make([]Entry, len(pages.Files))}
	packed := make([][]Entry, len(pages.Files))
	found, err := renderAll(ctx, source, pages, t.Output, func(i int, content []byte) (err error) {
		m.Files[i] = entryOf(pages.Files[i].Path, content)
		if err := t.writeEntry(m.Files[i], content); err != nil {
			return err
		}
		packed[i], err = t.compress(m.Files[i], content)
		return err
	})
	if err != nil || len(found) > 0 {
		return nil, found, err
	}
	m.Files = append(m.Files, slices.Concat(packed...)...)
	slices.SortFunc(m.Files, func(a, b Entry) int { return compare(a.Path, b.Path) })
	for _, e := range m.keep(t.previous) {
		if err := t.keepFile(m, e); err != nil {
			return nil, nil, err
		}
	}
	if err := errors.Join(t.refuseHandMade(m), t.keepHostFiles(m)); err != nil {
		return nil, nil, err
	}
	return m, nil, t.writeFile(ManifestName, m.bytes())
}

// paths returns the files' paths.
func (p *Pages) paths() []string {
	paths := make([]string, len(p.Files))
	for i, file := range p.Files {
		paths[i] = file.Path
	}
	return paths
}

// makeFolders makes the folders of these files, each once. The root of the tree already exists.
func (t *tree) makeFolders(files []string) error {
	if err := t.step("folder"); err != nil {
		return err
	}
	t.folderMode = fs.ModeDir | 0o755 | t.likeBefore()&fs.ModeSetgid
	made := map[string]bool{".": true, "assets": true}
	assets := filepath.Join(t.root, "assets")
	if err := os.Mkdir(assets, 0o755); err != nil {
		return err
	}
	info, err := os.Stat(assets)
	if err != nil {
		return err
	}
	t.chmod = info.Mode() != t.folderMode
	if err := t.fix(assets, t.folderMode); err != nil {
		return err
	}
	for _, file := range files {
		var missing []string
		for dir := path.Dir(file); !made[dir]; dir = path.Dir(dir) {
			made[dir] = true
			missing = append(missing, dir)
		}
		for i := len(missing) - 1; i >= 0; i-- {
			if err := t.makeFolder(missing[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tree) makeFolder(name string) error {
	real := filepath.Join(t.root, filepath.FromSlash(name))
	if err := os.Mkdir(real, 0o755); err != nil {
		return err
	}
	return t.fix(real, t.folderMode)
}

// fix sets the mode of a file or folder, if new ones do not get the right one from the system.
func (t *tree) fix(real string, mode fs.FileMode) error {
	if !t.chmod {
		return nil
	}
	return os.Chmod(real, mode)
}

func (t *tree) writeFile(name string, content []byte) error {
	if err := t.step("write " + name); err != nil {
		return err
	}
	if !filepath.IsLocal(name) {
		panic("BUG: a file outside the site: " + name)
	}
	real := filepath.Join(t.root, filepath.FromSlash(name))
	if err := os.WriteFile(real, content, 0o644); err != nil {
		return err
	}
	return t.fix(real, 0o644)
}

// writeEntry writes a file of the site. A file whose content did not change keeps its time, because hosts use the time to tell
// browsers whether to load it again.
func (t *tree) writeEntry(e Entry, content []byte) error {
	if err := t.writeFile(e.Path, content); err != nil {
		return err
	}
	if was, stands := t.standing[e.Path]; stands && was.Entry == e {
		return os.Chtimes(filepath.Join(t.root, filepath.FromSlash(e.Path)), was.time, was.time)
	}
	return nil
}

// keepFile copies a hashed asset of the previous publication into the tree, unless somebody changed it.
func (t *tree) keepFile(m *Manifest, e Entry) error {
	if !hashedAsset.MatchString(e.Path) {
		return nil
	}
	previous, err := os.OpenRoot(t.real)
	if err != nil {
		return err
	}
	defer previous.Close()
	content, err := previous.ReadFile(e.Path)
	if err != nil || !e.is(content) {
		return nil // it was damaged or deleted: there is nothing to keep
	}
	e.Size = len(content)
	m.Kept = append(m.Kept, e)
	return t.writeEntry(e, content)
}

// validate checks that every file is on the disk and has the right size.
func (t *tree) validate(m *Manifest) error {
	if err := t.step("validate"); err != nil {
		return err
	}
	files := append(m.Files[:len(m.Files):len(m.Files)], m.Kept...)
	return each(len(files), func() func(int) error {
		return func(i int) error {
			info, err := os.Lstat(filepath.Join(t.root, filepath.FromSlash(files[i].Path)))
			if err != nil {
				return err
			}
			if !info.Mode().IsRegular() || info.Size() != int64(files[i].Size) {
				return fmt.Errorf("%s: %d bytes were written, and %d are there", files[i].Path, files[i].Size, info.Size())
			}
			return nil
		}
	})
}
