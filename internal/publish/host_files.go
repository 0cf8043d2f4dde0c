package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sitegen/internal/disk"
)

// HostFiles are the files that configure a host, at the root of a site: `.htaccess` (Apache), `web.config` (IIS), `_headers`
// and `_redirects` (Netlify, Cloudflare Pages), `.nojekyll` and `CNAME` (GitHub Pages), and the folder `.well-known` (RFC
// 8615). They come from content/host/. Somebody may also put them into the output folder; publishing leaves them there.
var HostFiles = []string{".htaccess", ".nojekyll", ".well-known", "CNAME", "_headers", "_redirects", "web.config"}

// IsHostFile reports whether a path from the root of a site is a host file, or lies in a host folder such as .well-known.
func IsHostFile(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return slices.Contains(HostFiles, first)
}

// keepHostFiles copies into the new site the host files that somebody put into the output folder.
func (t *Tree) keepHostFiles(m *Manifest) error {
	ours := m.paths()
	for name := range t.Previous.paths() {
		ours[name] = true // what was published before is left out: the new site has it again, or its author removed it
	}
	return foreignHostFiles(t.real, ours, t.keepHostFile)
}

// refuseHandMade compares the host files that somebody put into the output folder with those of the content. It returns a [Refused] error
// if the content has a different version of one. If ReplaceEdits is set, the content's version may replace it.
func (t *Tree) refuseHandMade(m *Manifest) error {
	if t.ReplaceEdits {
		return nil
	}
	published := map[string]Entry{}
	for _, e := range m.Files {
		published[e.Path] = e
	}
	return foreignHostFiles(t.real, t.Previous.paths(), func(name string, _ fs.DirEntry) error {
		e, replaces := published[name]
		if !replaces {
			return nil
		}
		content, err := disk.ReadAtMost(filepath.Join(t.real, filepath.FromSlash(name)), int64(e.Size))
		if errors.As(err, new(*disk.TooLarge)) || err == nil && !e.is(content) {
			return &Refused{HandMade, t.Dir, name}
		}
		return err
	})
}

// foreignHostFiles calls `visit` for each host file in the folder `root`, except for the paths in `ours`.
func foreignHostFiles(root string, ours map[string]bool, visit func(name string, entry fs.DirEntry) error) error {
	for _, name := range HostFiles {
		err := fs.WalkDir(os.DirFS(root), name, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case entry.IsDir() || ours[name]:
				return nil
			}
			return visit(name, entry)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// keepHostFile copies a file or a symbolic link from the output folder into the new site. A file keeps its mode and time.
func (t *Tree) keepHostFile(name string, entry fs.DirEntry) error {
	from, to := filepath.Join(t.real, filepath.FromSlash(name)), filepath.Join(t.root, filepath.FromSlash(name))
	info, err := entry.Info()
	if err != nil {
		return err
	}
	if err := disk.MkdirAll(filepath.Dir(to)); err != nil {
		return err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(target, to)
	}
	if err := copyContent(to, from); err != nil {
		return err
	}
	return errors.Join(os.Chmod(to, info.Mode().Perm()), os.Chtimes(to, info.ModTime(), info.ModTime()))
}

// copyContent writes a new file with the content of a different one, whatever its size.
func copyContent(to, from string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}
