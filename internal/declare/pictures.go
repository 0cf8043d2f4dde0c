package declare

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/drawing"
	"sitegen/internal/markup"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/site"
)

// LoadPictures reads the general site's drawings, pictures/<name>.svg.
func (n *Names) LoadPictures() error {
	n.Site.Pictures = map[string]markup.HTML{}
	return n.readPictures(schema.Pictures, func(name string, drawing markup.HTML) { n.Site.Pictures[name] = drawing })
}

// readPictures reads the drawings in a folder, reports mistakes in them, and calls `add` for each drawing. For a drawing with mistakes,
// it passes "". The folder may be missing.
func (n *Names) readPictures(folder string, add func(name string, drawing markup.HTML)) error {
	entries, err := fs.ReadDir(n.Content, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var known []string
	for _, entry := range entries {
		if schema.IsID(strings.TrimSuffix(entry.Name(), schema.PictureEnding)) {
			known = append(known, entry.Name())
		}
	}
	for _, entry := range entries {
		name, isPicture := strings.CutSuffix(entry.Name(), schema.PictureEnding)
		if !isPicture || schema.Ignored(entry.Name()) {
			continue
		}
		if !schema.IsID(name) && schema.CopyOf(entry.Name(), known) != "" {
			n.Report((&diag.File{Name: path.Join(n.Name, folder, entry.Name())}).Whole("file-copy", entry.Name()))
			continue
		}
		f, found, err := plaintext.Read(n.Content, n.Name, folder+"/"+entry.Name())
		if err != nil {
			return err
		}
		var picture markup.HTML
		if len(found) == 0 {
			picture, found = drawing.Read(f, n.Site.Default.Lang)
		}
		if !schema.IsID(name) {
			found = append(found, f.Whole("id-form-snake", name))
		} else if schema.IsDeviceName(name) {
			found = append(found, f.Whole("file-device", name))
		}
		n.Report(found...)
		add(name, picture)
	}
	return err
}

// pictureFiles returns the names of the files of the site's drawings.
func pictureFiles(s *site.Site) []string {
	var files []string
	for _, name := range slices.Sorted(maps.Keys(s.Pictures)) {
		files = append(files, name+schema.PictureEnding)
	}
	return files
}

// LoadOwnPictures reads the drawings in the folder of an insurer. A drawing replaces the general site's drawing with the same name. A
// drawing without such a counterpart is reported.
func (n *Names) LoadOwnPictures(insurer string) error {
	n.Site.Pictures = maps.Clone(n.General.Pictures)
	folder := insurer + "/" + schema.Pictures
	if err := n.CheckFolder(folder, schema.Folders[schema.Pictures]); err != nil {
		return err
	}
	return n.readPictures(folder, func(name string, drawing markup.HTML) {
		if _, ok := n.General.Pictures[name]; !ok {
			n.Report(StrayFile(&diag.File{Name: path.Join(n.Name, folder, name+schema.PictureEnding)}, name+schema.PictureEnding, pictureFiles(n.General)))
			return
		}
		n.Site.Pictures[name] = drawing
	})
}
