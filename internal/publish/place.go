package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sitegen/internal/disk"
)

// Reason says why a folder is refused.
type Reason string

// The reasons to refuse an output folder, or a copy of a site.
const (
	IsRoot         Reason = "root"          // the root of a disk
	IsHome         Reason = "home"          // somebody's home folder
	IsRepository   Reason = "repository"    // the top of a git repository
	IsFile         Reason = "file"          // not a folder
	IsDangling     Reason = "dangling"      // a symbolic link to nothing
	IsLoop         Reason = "loop"          // symbolic links that lead to each other
	InsideSource   Reason = "inside-source" // inside the content or the theme
	AroundSource   Reason = "around-source" // the content or the theme is inside it
	NotOurs        Reason = "not-ours"      // not empty, and not made by sitegen
	MarkerUnknown  Reason = "marker"        // its manifest cannot be understood
	HoldsOtherFile Reason = "other-file"    // made by sitegen, but somebody put a file into it
	Edited         Reason = "edited"        // a published file was changed by hand
	HandMade       Reason = "hand-made"     // somebody put a host file there by hand, and the content has a different one
	NoSite         Reason = "no-site"       // no manifest is there
	NoManifest     Reason = "no-manifest"   // a file that should be a manifest cannot be understood
	CopyUnknown    Reason = "copy-unknown"  // the manifest of a copy cannot be understood
)

// Refused says that nothing is published into a folder, because that could destroy somebody else's files. It also says that a folder or
// file cannot be read as a published site.
type Refused struct {
	Reason Reason
	Dir    string // the folder's name as the caller gave it
	Other  string // the path that is in the way; "" if the reason has none
}

// Error implements error. cmd/sitegen/failure.go has the messages for people.
func (r *Refused) Error() string { return fmt.Sprintf("%s: refused: %s %s", r.Dir, r.Reason, r.Other) }

// place returns the real path of an output folder. It returns a [Refused] error for a place such as a home folder or a repository, where
// publishing could destroy something that sitegen did not make. The output folder need not exist. `sources` are the input folders, which
// may neither contain the output folder nor lie in it.
func place(dir string, sources []string) (string, error) {
	real, err := realPath(dir)
	if err != nil {
		return "", err
	}
	refuse := func(reason Reason, other string) (string, error) { return "", &Refused{reason, dir, other} }
	if filepath.Dir(real) == real {
		return refuse(IsRoot, "")
	}
	if home, err := os.UserHomeDir(); err == nil && sameFile(real, home) {
		return refuse(IsHome, "")
	}
	for _, source := range sources {
		switch {
		case isInside(real, source):
			return refuse(InsideSource, source)
		case isInside(source, real):
			return refuse(AroundSource, source)
		}
	}
	info, err := os.Stat(real)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return real, nil
	case err != nil:
		return "", err
	case !info.IsDir():
		return refuse(IsFile, "")
	}
	if _, err := os.Lstat(filepath.Join(real, ".git")); err == nil {
		return refuse(IsRepository, "")
	}
	return real, nil
}

// realPath returns the absolute path without symbolic links. Its last elements need not exist. A link to nothing and a loop of links give
// a [Refused] error.
func realPath(dir string) (string, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	missing := ""
	for {
		real, err := filepath.EvalSymlinks(path)
		if err == nil {
			return filepath.Join(real, missing), nil
		}
		if _, errStat := os.Stat(path); disk.IsLoop(errStat) { // EvalSymlinks only counts links; its error does not say whether they form a loop
			return "", &Refused{IsLoop, dir, path}
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		if _, err := os.Lstat(path); err == nil {
			return "", &Refused{IsDangling, dir, path}
		}
		missing = filepath.Join(filepath.Base(path), missing)
		path = filepath.Dir(path)
	}
}

// isInside reports whether a path is the folder `dir` or lies in it. It compares folders by identity, not by name, so that case, links
// and mounts make no difference.
func isInside(path, dir string) bool {
	path, err := realPath(path)
	if err != nil {
		return false
	}
	for {
		if sameFile(path, dir) {
			return true
		}
		parent := filepath.Dir(path)
		if parent == path {
			return false
		}
		path = parent
	}
}

func sameFile(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}
