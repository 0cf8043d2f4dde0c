package build

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
)

// HostFiles are the files that configure a host, at the root of a site: `.htaccess` (Apache), `web.config` (IIS), `_headers`
// and `_redirects` (Netlify, Cloudflare Pages), `.nojekyll` and `CNAME` (GitHub Pages), and the folder `.well-known` (RFC
// 8615). They come from content/host/. Somebody may also put them into the output folder; publishing leaves them there.
var HostFiles = []string{".htaccess", ".nojekyll", ".well-known", "CNAME", "_headers", "_redirects", "web.config"}

// isHostFile reports whether a path from the root of a site is a host file or lies in a host folder.
func isHostFile(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return slices.Contains(HostFiles, first)
}

// hostFolder is the folder of host files in the content.
const hostFolder = "host"

// hostFiles returns the files of the content's host folder. Any file there that is not a host file is a mistake: no host would
// read it, but everybody could download it.
func (s Source) hostFiles() (files []File, found []diag.Diagnostic, err error) {
	err = fs.WalkDir(s.Content, hostFolder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || isLitter(entry.Name()) {
			return err
		}
		target := strings.TrimPrefix(name, hostFolder+"/")
		if !isHostFile(target) {
			file := &diag.File{Name: s.ContentName + "/" + name}
			found = append(found, file.Whole("host-file", target, strings.Join(HostFiles, ", ")))
			return nil
		}
		file, wrong, err := plaintext.ReadBytes(s.Content, s.ContentName, name)
		found = append(found, wrong...)
		files = append(files, File{Path: target, Render: func(w *bytes.Buffer) error {
			_, err := w.Write(file.Data)
			return err
		}})
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return files, found, err
}

// keepHostFiles copies the host files that somebody put into the output folder.
func (t *tree) keepHostFiles(m *Manifest) error {
	ours := m.paths()
	for name := range t.previous.paths() {
		ours[name] = true // it was published before: the new site has it again, or it was removed on purpose
	}
	return foreignHostFiles(t.real, ours, t.keepHostFile)
}

// refuseHandMade returns a [Refused] error if the content has a different version of a host file that somebody put into the
// output folder. If ReplaceEdits is set, the content's version may replace it.
func (t *tree) refuseHandMade(m *Manifest) error {
	if t.ReplaceEdits {
		return nil
	}
	published := map[string]Entry{}
	for _, e := range m.Files {
		published[e.Path] = e
	}
	return foreignHostFiles(t.real, t.previous.paths(), func(name string, _ fs.DirEntry) error {
		e, replaces := published[name]
		if !replaces {
			return nil
		}
		content, err := os.ReadFile(filepath.Join(t.real, filepath.FromSlash(name)))
		if err == nil && !e.is(content) {
			return &Refused{HandMade, t.Dir, name}
		}
		return err
	})
}

// foreignHostFiles calls visit for each host file in the folder root, except for the paths in ours.
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

// keepHostFile copies a file or a symbolic link. A file keeps its mode and time.
func (t *tree) keepHostFile(name string, entry fs.DirEntry) error {
	from, to := filepath.Join(t.real, filepath.FromSlash(name)), filepath.Join(t.root, filepath.FromSlash(name))
	info, err := entry.Info()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(target, to)
	}
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.WriteFile(to, content, 0o644); err != nil {
		return err
	}
	return errors.Join(os.Chmod(to, info.Mode().Perm()), os.Chtimes(to, info.ModTime(), info.ModTime()))
}
