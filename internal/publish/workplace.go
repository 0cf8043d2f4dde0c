package publish

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sitegen/internal/disk"
)

// Endings of the names that a publication in progress uses. Beside the output folder, a name is the folder's name and an ending.
// Inside the folder, it is the ending alone. Sixteen hexadecimal digits follow, except for the lock.
const (
	lockEnding   = ".sitegen-lock"
	newEnding    = ".sitegen-tmp-"    // the new site being written; after an exchange, the old one, which is to be removed
	switchEnding = ".sitegen-switch-" // the new site, complete; its files are moved into their places one by one
	keepEnding   = ".sitegen-keep-"   // a copy of the published site, kept once the new site is in its place
)

// inProgress reports whether a name in an output folder belongs to a publication in progress.
func inProgress(name string) bool {
	return name == lockEnding || hasDigits(name, newEnding) || hasDigits(name, switchEnding)
}

// hasDigits reports whether a name is `prefix` followed by sixteen hexadecimal digits, see [digits].
func hasDigits(name, prefix string) bool {
	digits, ours := strings.CutPrefix(name, prefix)
	return ours && len(digits) == 16 && strings.Trim(digits, "0123456789abcdef") == ""
}

// workplace makes the folder in which the new site is written. The folder is beside the published one, so that the two can be exchanged
// in one step. It is inside the published one if this user may not write beside it. It is also inside if the published site is on its own
// file system (a mounted volume), because files can be moved only within a file system.
func (f *Folder) workplace() (string, error) {
	beside := f.real + newEnding + digits()
	inside := filepath.Join(f.real, newEnding+digits())
	before, err := os.Stat(f.real)
	there := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if err = f.step("beside"); err == nil {
		err = os.Mkdir(beside, 0o755)
	}
	switch {
	case err == nil && !there:
		return beside, f.giveMode(beside, 0o755)
	case disk.MayNotWrite(err) && there:
		err = os.Mkdir(inside, 0o755)
	case err != nil:
		return "", err
	case disk.Movable(beside, inside):
		return beside, f.keepOwner(beside, before)
	default:
		err = errors.Join(os.Remove(beside), os.Mkdir(inside, 0o755))
	}
	if err != nil {
		return "", err
	}
	return inside, nil
}

// keepOwner gives the new folder `dir` the mode of the old site's folder and, if the system allows that, its group. If it cannot set the
// mode, it removes `dir`.
func (f *Folder) keepOwner(dir string, before fs.FileInfo) error {
	disk.GiveGroup(dir, before)
	return f.giveMode(dir, before.Mode()&(fs.ModePerm|fs.ModeSetgid|fs.ModeSetuid|fs.ModeSticky))
}

// giveMode sets the mode of a new folder. If it fails, it removes the folder.
func (f *Folder) giveMode(dir string, mode fs.FileMode) error {
	err := errors.Join(f.step("mode"), os.Chmod(dir, mode))
	if err != nil {
		f.clear(dir)
	}
	return err
}

// likeBefore returns the mode of the published site's folder, or 0 if there is no such folder.
func (f *Folder) likeBefore() fs.FileMode {
	info, err := os.Stat(f.real)
	if err != nil {
		return 0
	}
	return info.Mode()
}

// recover finishes what an interrupted build began to put in place, and removes what other interrupted builds left. The folder is locked,
// so no running build uses these folders.
func (f *Folder) recover(ctx context.Context) error {
	for _, complete := range f.left(switchEnding) {
		switch err := f.readable(ctx, complete); {
		case err == nil:
			if err := f.finish(ctx, complete); err != nil {
				return err
			}
		case f.intact():
			f.litter(complete) // a different user's build stopped before it moved a file
		default:
			return &Halfway{Dir: f.Dir, Err: err, Unreadable: complete}
		}
	}
	for _, stale := range append(f.left(newEnding), f.left(keepEnding)...) {
		f.clear(stale)
	}
	return nil
}

// readable returns an error if this user may not read the manifest of a complete site. A different user's build may have left the site.
func (f *Folder) readable(ctx context.Context, complete string) error {
	err := f.patiently(ctx, "read", func() error {
		manifest, err := os.Open(filepath.Join(complete, ManifestName))
		if err == nil {
			manifest.Close()
		}
		return err
	})
	if errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

// intact reports whether the output folder has a published site to which nobody has added, and in which nobody has changed or deleted, a
// file.
func (f *Folder) intact() bool {
	m, err := manifestIn(f.real, f.Dir)
	if err != nil || m.findOthers(f.real, f.Dir) != nil {
		return false
	}
	for _, e := range slices.Concat(m.Files, m.Kept) {
		if file, _, err := e.standing(filepath.Join(f.real, filepath.FromSlash(e.Path))); err != nil || file.Path == "" {
			return false
		}
	}
	return true
}

// clear removes a temporary folder. If that fails, it calls Litter; the leftover folder does not disturb later builds.
func (f *Folder) clear(dir string) {
	if err := errors.Join(f.step("clear"), os.RemoveAll(dir)); err != nil {
		f.litter(dir)
	}
}

// litter tells the caller of a folder that stays.
func (f *Folder) litter(dir string) {
	if f.Litter != nil {
		f.Litter(dir)
	}
}

// underway reports whether a complete site is being moved into an output folder.
func underway(real string) bool {
	f := &Folder{real: real}
	return len(f.left(switchEnding)) > 0
}

// left lists the folders with this ending that interrupted publications left, beside the output folder and in it.
func (f *Folder) left(ending string) []string {
	var found []string
	list := func(dir, prefix string) {
		entries, _ := os.ReadDir(dir) // a folder that cannot be listed is not cleared
		for _, entry := range entries {
			if hasDigits(entry.Name(), prefix) && entry.IsDir() {
				found = append(found, filepath.Join(dir, entry.Name()))
			}
		}
	}
	list(filepath.Dir(f.real), filepath.Base(f.real)+ending)
	list(f.real, ending)
	return found
}

// digits returns sixteen random hexadecimal digits, for a unique name.
func digits() string {
	var random [8]byte
	rand.Read(random[:])
	return hex.EncodeToString(random[:])
}
