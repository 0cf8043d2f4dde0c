package publish

import (
	"bytes"
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
	"sitegen/internal/parallel"
)

// Output says where and how a site is published.
type Output struct {
	Dir     string
	Sources []string         // input folders; the output folder may neither contain them nor lie in them
	Version string           // the generator's name and version
	Wait    time.Duration    // how long to wait for another build of the same folder
	Waiting func(*disk.Busy) // called once if publishing has to wait for that build; may be nil
	Litter  func(string)     // called with a leftover folder that could not be removed; may be nil

	// Compress also writes files as .br (Brotli, RFC 7932) and .gz (gzip, RFC 1952) if that makes them smaller.
	Compress bool
	// Keep keeps the replaced site, for [Undo].
	Keep bool
	// ReplaceEdits allows the build to replace published files that somebody edited by hand.
	ReplaceEdits bool

	fault func(step string) error // lets a test make a step fail
}

// Published returns the manifest of the site that is published in the output folder, or nil if no site is published there. It changes
// nothing in the folder. The error is a [Refused] if no site can be published there, or about the machine.
func (o Output) Published() (*Manifest, error) {
	real, err := place(o.Dir, o.Sources)
	if err != nil {
		return nil, err
	}
	return readManifest(real, o.Dir)
}

// Folder is an output folder that this process has locked for publishing.
type Folder struct {
	Output
	Previous *Manifest            // the manifest of the site that is published now; nil if there is no such site
	real     string               // the path of the folder, without symbolic links
	standing map[string]published // the published files that nobody has changed since their publication, by path
	unlock   func()
}

// Open locks an output folder, finishes or removes what interrupted builds left, and reads what is published. The caller must call Close.
// The error is a [Refused], a [disk.Busy], a [Halfway], the context's, or about the machine.
func Open(ctx context.Context, output Output) (*Folder, error) {
	real, err := place(output.Dir, output.Sources)
	if err != nil {
		return nil, err
	}
	if _, err := readManifest(real, output.Dir); err != nil {
		return nil, err // refuse before anything is written
	}
	if err := disk.MkdirAll(filepath.Dir(real)); err != nil {
		return nil, err
	}
	unlock, err := lockFolder(ctx, real, output)
	if err != nil {
		return nil, err
	}
	f := &Folder{Output: output, real: real, unlock: unlock}
	err = f.recover(ctx)
	if err == nil {
		f.Previous, err = readManifest(real, output.Dir)
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
	unlock, err = disk.Lock(ctx, real+lockEnding, output.Wait, output.Waiting)
	if disk.MayNotWrite(err) {
		if inside, errInside := disk.Lock(ctx, filepath.Join(real, lockEnding), output.Wait, output.Waiting); !disk.MayNotWrite(errInside) && !errors.Is(errInside, fs.ErrNotExist) {
			return inside, errInside
		}
	}
	return unlock, err
}

// Close releases the lock.
func (f *Folder) Close() { f.unlock() }

// step lets a test make this step fail.
func (f *Folder) step(name string) error {
	if f.fault == nil {
		return nil
	}
	return f.fault(name)
}

// Tree is a site that is being written.
type Tree struct {
	*Folder
	root    string    // the temporary folder in which the site is written
	entries [][]Entry // for each file of the site: the file and its compressed forms
	paths   []string
	// chmod says that new folders do not get folderMode from the system: the umask removes permissions, or the setgid bit is
	// not inherited.
	chmod      bool
	folderMode fs.FileMode // the mode of the folders in the tree
}

// Begin makes a temporary folder for a site whose files have these paths. The caller must call [Tree.Remove] when the tree is no longer
// needed.
func (f *Folder) Begin(paths []string) (*Tree, error) {
	root, err := f.workplace()
	if err != nil {
		return nil, err
	}
	t := &Tree{Folder: f, root: root, paths: paths, entries: make([][]Entry, len(paths))}
	if err := t.makeFolders(paths); err != nil {
		t.Remove()
		return nil, err
	}
	return t, nil
}

// Remove removes the temporary folder. The folder has the new site if that was not published; otherwise it has the replaced one, or
// nothing.
func (t *Tree) Remove() { t.clear(t.root) }

// Write writes a file of the site, and its compressed forms. `i` is the index of its path in the paths given to Begin. Several goroutines
// may call Write at once.
func (t *Tree) Write(i int, content []byte) error {
	entry := entryOf(t.paths[i], content)
	if err := t.writeEntry(entry, content); err != nil {
		return err
	}
	packed, err := t.compress(entry, content)
	t.entries[i] = append([]Entry{entry}, packed...)
	return err
}

// Publish puts the site in its place when all its files are written. First it adds the files kept from the previous site, the host files
// and the manifest, and checks that all files are there. If it returns an error, the published site is unchanged, with two exceptions: a
// [Halfway], and a replaced site that could not be kept.
func (t *Tree) Publish(ctx context.Context, questions map[string][]string, answers Answers) error {
	manifest, err := t.finishFiles(questions, answers)
	if err != nil {
		return err
	}
	if err := t.validate(manifest); err != nil {
		return err
	}
	if err := errors.Join(t.step("settle"), disk.Settle(t.root), ctx.Err()); err != nil {
		return err
	}
	if err := t.replace(ctx, t.root); err != nil {
		return err
	}
	return t.keepBefore(ctx, t.root)
}

// finishFiles adds to the written files those kept from the previous site, the host files, and the manifest.
func (t *Tree) finishFiles(questions map[string][]string, answers Answers) (*Manifest, error) {
	m := &Manifest{Format: manifestFormat, Generator: t.Version, Questions: questions, Answers: answers, Files: slices.Concat(t.entries...)}
	slices.SortFunc(m.Files, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	for _, e := range m.keep(t.Previous) {
		if err := t.keepFile(m, e); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(t.refuseHandMade(m), t.keepHostFiles(m)); err != nil {
		return nil, err
	}
	return m, t.writeManifest(m.bytes())
}

// writeManifest writes the manifest. Like every file whose content did not change, it keeps its time.
func (t *Tree) writeManifest(content []byte) error {
	if err := t.writeFile(ManifestName, content); err != nil {
		return err
	}
	published := filepath.Join(t.real, ManifestName)
	info, err := os.Stat(published)
	if err != nil || info.Size() != int64(len(content)) {
		return nil
	}
	if before, err := disk.ReadAtMost(published, info.Size()); err != nil || !bytes.Equal(before, content) {
		return nil
	}
	return os.Chtimes(filepath.Join(t.root, ManifestName), info.ModTime(), info.ModTime())
}

// makeFolders makes the folders that these files need, each once. The root of the tree already exists.
func (t *Tree) makeFolders(files []string) error {
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

func (t *Tree) makeFolder(name string) error {
	real := filepath.Join(t.root, filepath.FromSlash(name))
	if err := os.Mkdir(real, 0o755); err != nil {
		return err
	}
	return t.fix(real, t.folderMode)
}

// fix sets the mode of a new file or folder if the system does not give it the right one (see the field `chmod` of Tree).
func (t *Tree) fix(real string, mode fs.FileMode) error {
	if !t.chmod {
		return nil
	}
	return os.Chmod(real, mode)
}

func (t *Tree) writeFile(name string, content []byte) error {
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
func (t *Tree) writeEntry(e Entry, content []byte) error {
	if err := t.writeFile(e.Path, content); err != nil {
		return err
	}
	if was, stands := t.standing[e.Path]; stands && was.Entry == e {
		return os.Chtimes(filepath.Join(t.root, filepath.FromSlash(e.Path)), was.time, was.time)
	}
	return nil
}

// keepFile copies a hashed asset of the previous publication into the tree, unless somebody changed or deleted it.
func (t *Tree) keepFile(m *Manifest, e Entry) error {
	if !hashedAsset.MatchString(e.Path) {
		return nil
	}
	previous, err := os.OpenRoot(t.real)
	if err != nil {
		return err
	}
	defer previous.Close()
	if info, err := previous.Lstat(e.Path); err != nil || info.Size() != int64(e.Size) {
		return nil
	}
	content, err := previous.ReadFile(e.Path)
	if err != nil || !e.is(content) {
		return nil // it was damaged or deleted: there is nothing to keep
	}
	e.Size = len(content)
	m.Kept = append(m.Kept, e)
	return t.writeEntry(e, content)
}

// validate checks that every file is on the disk and has the right size.
func (t *Tree) validate(m *Manifest) error {
	if err := t.step("validate"); err != nil {
		return err
	}
	files := append(m.Files[:len(m.Files):len(m.Files)], m.Kept...)
	return parallel.Each(len(files), func() func(int) error {
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
