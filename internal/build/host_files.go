package build

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/publish"
)

// hostFolder is the folder of host files in the content.
const hostFolder = "host"

// hostFiles returns the files of the content's host folder. A file whose name is not in publish.HostFiles is a mistake: no host would
// read it, but everybody could download it.
func (s Source) hostFiles() (files []File, found []diag.Diagnostic, err error) {
	err = fs.WalkDir(s.Content, hostFolder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || publish.IsLitter(entry.Name()) {
			return err
		}
		target := strings.TrimPrefix(name, hostFolder+"/")
		if !publish.IsHostFile(target) {
			file := &diag.File{Name: s.ContentName + "/" + name}
			found = append(found, file.Whole("host-file", target, strings.Join(publish.HostFiles, ", ")))
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
