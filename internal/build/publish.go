package build

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"sitegen/internal/diag"
)

// The names of what stands beside an output folder while it is published.
const (
	lockEnding = ".sitegen-lock"
	newEnding  = ".sitegen-tmp-" // the new tree; after an exchange, the old one
	oldEnding  = ".sitegen-old-" // the old tree, where two folders cannot be exchanged in one step
)

// folder is an output folder that this process alone publishes into.
type folder struct {
	Output
	real     string    // the folder itself, without symbolic links
	previous *Manifest // what is published now; nil for nothing
	unlock   func()
}

// openFolder locks an output folder, clears away what interrupted builds left beside it, and reads what is published.
func openFolder(ctx context.Context, output Output) (*folder, error) {
	real, err := place(output.Dir, output.Sources)
	if err != nil {
		return nil, err
	}
	if _, err := readManifest(real, output.Dir); err != nil {
		return nil, err // before anything is written
	}
	if err := os.MkdirAll(filepath.Dir(real), 0o755); err != nil {
		return nil, err
	}
	unlock, err := lock(ctx, real+lockEnding, output.Wait, output.Waiting)
	if err != nil {
		return nil, err
	}
	f := &folder{Output: output, real: real, unlock: unlock}
	err = f.recover()
	if err == nil {
		f.previous, err = readManifest(real, output.Dir)
	}
	if err != nil {
		unlock()
		return nil, err
	}
	return f, nil
}

func (f *folder) close() { f.unlock() }

// recover finishes or undoes what a dead build began. Nobody else works beside a locked folder.
func (f *folder) recover() error {
	if _, err := os.Lstat(f.real); errors.Is(err, fs.ErrNotExist) {
		for _, old := range f.beside(oldEnding) {
			if _, err := os.Lstat(filepath.Join(old, ManifestName)); err == nil {
				if err := os.Rename(old, f.real); err != nil {
					return err
				}
				break
			}
		}
	}
	for _, ending := range []string{newEnding, oldEnding} {
		for _, stale := range f.beside(ending) {
			if err := os.RemoveAll(stale); err != nil {
				return err
			}
		}
	}
	return nil
}

// beside lists the folders of this output folder with an ending and sixteen hexadecimal digits.
func (f *folder) beside(ending string) []string {
	entries, _ := os.ReadDir(filepath.Dir(f.real)) // what cannot be listed is not cleared
	var found []string
	for _, entry := range entries {
		digits, ours := strings.CutPrefix(entry.Name(), filepath.Base(f.real)+ending)
		if ours && len(digits) == 16 && strings.Trim(digits, "0123456789abcdef") == "" && entry.IsDir() {
			found = append(found, filepath.Join(filepath.Dir(f.real), entry.Name()))
		}
	}
	return found
}

// fresh returns a name that nothing has.
func (f *folder) fresh(ending string) string {
	var random [8]byte
	rand.Read(random[:])
	return f.real + ending + hex.EncodeToString(random[:])
}

// step lets a test fail here.
func (f *folder) step(name string) error {
	if f.fault == nil {
		return nil
	}
	return f.fault(name)
}

// publish writes the site beside its place, looks whether all is there, and swaps it in. The site is not swapped in
// when a diagnostic is returned.
func (f *folder) publish(ctx context.Context, source Source, pages *Pages) (found []diag.Diagnostic, err error) {
	tree := &tree{folder: f, root: f.fresh(newEnding)}
	defer func() {
		// Failed: the new tree goes. Done: the old one, which is there now. A new build clears what remains.
		os.RemoveAll(tree.root)
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
	return nil, f.swap(tree.root)
}

// swap puts the new tree in its place, and the old one in the new one's.
func (f *folder) swap(fresh string) error {
	if err := f.step("swap"); err != nil {
		return err
	}
	if _, err := os.Lstat(f.real); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(fresh, f.real)
	}
	if f.step("exchange") == nil {
		if done, err := exchange(fresh, f.real); done {
			return err
		}
	}
	old := f.fresh(oldEnding)
	if err := os.Rename(f.real, old); err != nil {
		return err
	}
	err := f.step("second rename")
	if err == nil {
		err = os.Rename(fresh, f.real)
	}
	if err != nil {
		return errors.Join(err, os.Rename(old, f.real))
	}
	os.RemoveAll(old) // the new site stands; what remains of the old one is cleared by the next build
	return nil
}

// tree is a site being written.
type tree struct {
	*folder
	root string // its folder
	// chmod says that the process's umask takes permissions away that a site needs.
	chmod bool
}

// write writes every file of the site, the files kept from the previous one, and the manifest.
func (t *tree) write(ctx context.Context, source Source, pages *Pages) (*Manifest, []diag.Diagnostic, error) {
	if err := t.makeFolders(pages.Files); err != nil {
		return nil, nil, err
	}
	m := &Manifest{Format: manifestFormat, Generator: t.Version, Questions: pages.Questions, Answers: pages.Answers, Files: make([]Entry, len(pages.Files))}
	found, err := renderAll(ctx, source, pages, t.Output, func(i int, content []byte) error {
		sum := sha256.Sum256(content)
		m.Files[i] = Entry{Path: pages.Files[i].Path, Size: len(content), SHA256: hex.EncodeToString(sum[:])}
		return t.writeFile(m.Files[i].Path, content)
	})
	if err != nil || len(found) > 0 {
		return nil, found, err
	}
	for _, e := range m.keep(t.previous) {
		if err := t.keepFile(m, e); err != nil {
			return nil, nil, err
		}
	}
	return m, nil, t.writeFile(ManifestName, m.bytes())
}

// makeFolders makes the tree and every folder in it, once.
func (t *tree) makeFolders(files []File) error {
	if err := t.step("folder"); err != nil {
		return err
	}
	if err := os.Mkdir(t.root, 0o755); err != nil {
		return err
	}
	info, err := os.Stat(t.root)
	if err != nil {
		return err
	}
	t.chmod = info.Mode().Perm() != 0o755
	made := map[string]bool{".": true, "assets": true}
	if err := errors.Join(t.fix(t.root, 0o755), t.makeFolder("assets")); err != nil {
		return err
	}
	for _, file := range files {
		var missing []string
		for dir := path.Dir(file.Path); !made[dir]; dir = path.Dir(dir) {
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
	return t.fix(real, 0o755)
}

// fix gives a file the permissions that its reader needs, where the umask took them.
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

// keepFile takes a file over from the previous publication, if it is still what it was.
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
	sum := sha256.Sum256(content)
	if err != nil || hex.EncodeToString(sum[:]) != e.SHA256 {
		return nil // it was damaged or deleted: nothing to keep
	}
	m.Kept = append(m.Kept, e)
	return t.writeFile(e.Path, content)
}

// validate looks on the disk whether every file is there and has its size.
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
