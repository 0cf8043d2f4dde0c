package build

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// What a publication in progress is called: the output folder's name and one of these beside it, or one of these alone
// in it. Sixteen hexadecimal digits follow, except for the lock.
const (
	lockEnding   = ".sitegen-lock"
	newEnding    = ".sitegen-tmp-"    // the new site being written; after an exchange, the old one: nobody needs it
	switchEnding = ".sitegen-switch-" // the new site, complete, whose files are moved into their places one by one
	keepEnding   = ".sitegen-keep-"   // a copy of the published site, to be kept once the new one is in its place
)

// inProgress reports whether a name in an output folder is that of a publication in progress.
func inProgress(name string) bool {
	return name == lockEnding || hasDigits(name, newEnding) || hasDigits(name, switchEnding)
}

// hasDigits reports whether a name is a prefix and the digits that [folder.fresh] adds.
func hasDigits(name, prefix string) bool {
	digits, ours := strings.CutPrefix(name, prefix)
	return ours && len(digits) == 16 && strings.Trim(digits, "0123456789abcdef") == ""
}

// workplace makes the folder in which the new site is written. It is beside the published one, so that both can be
// exchanged in one step. Where nobody may write there, or where the published site is a disk of its own (a mounted
// volume), it is inside: its files must be able to move into their places.
func (f *folder) workplace() (string, error) {
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
		return beside, os.Chmod(beside, 0o755)
	case mayNotWrite(err) && there:
		err = os.Mkdir(inside, 0o755)
	case err != nil:
		return "", err
	case movable(beside, f.real):
		return beside, keepOwner(beside, before)
	default:
		err = errors.Join(os.Remove(beside), os.Mkdir(inside, 0o755))
	}
	if err != nil {
		return "", err
	}
	return inside, nil
}

// keepOwner gives the new site's folder the mode and, where that is allowed, the group of the old one.
func keepOwner(dir string, before fs.FileInfo) error {
	giveGroup(dir, before)
	return os.Chmod(dir, before.Mode()&(fs.ModePerm|fs.ModeSetgid|fs.ModeSetuid|fs.ModeSticky))
}

// likeBefore is the mode of the published site's folder; zero where there is none.
func (f *folder) likeBefore() fs.FileMode {
	info, err := os.Stat(f.real)
	if err != nil {
		return 0
	}
	return info.Mode()
}

// recover finishes what a dead build began to put in place, and clears away what others left. Nobody else works on a
// locked folder.
func (f *folder) recover(ctx context.Context) error {
	for _, complete := range f.left(switchEnding) {
		if err := f.finish(ctx, complete); err != nil {
			return err
		}
	}
	for _, stale := range append(f.left(newEnding), f.left(keepEnding)...) {
		f.clear(stale)
	}
	return nil
}

// clear removes a folder that nobody needs. What cannot be removed is told, and is never in the way.
func (f *folder) clear(dir string) {
	if err := errors.Join(f.step("clear"), os.RemoveAll(dir)); err != nil && f.Litter != nil {
		f.Litter(dir)
	}
}

// underway reports whether a complete site is on its way into an output folder.
func underway(real string) bool {
	f := &folder{real: real}
	return len(f.left(switchEnding)) > 0
}

// left lists the folders of publications that did not end, beside the output folder and in it.
func (f *folder) left(ending string) []string {
	var found []string
	list := func(dir, prefix string) {
		entries, _ := os.ReadDir(dir) // what cannot be listed is not cleared
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

// digits returns sixteen hexadecimal digits that nothing else has.
func digits() string {
	var random [8]byte
	rand.Read(random[:])
	return hex.EncodeToString(random[:])
}
