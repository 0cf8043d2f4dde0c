package site

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/drawing"
	"sitegen/internal/markup"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// loadPictures reads the general site's drawings, pictures/<name>.svg.
func (l *loader) loadPictures() error {
	l.site.Pictures = map[string]markup.HTML{}
	return l.readPictures(schema.Pictures, func(name string, drawing markup.HTML) { l.site.Pictures[name] = drawing })
}

// ownPictures reads an insurer's drawings. Each replaces the general site's drawing with the same name, and is reported if there is none.
func (p *profileLoader) ownPictures() error {
	p.site.Pictures = maps.Clone(p.general.site.Pictures)
	folder := p.folder + "/" + schema.Pictures
	if err := p.checkFolder(folder, schema.Folders[schema.Pictures]); err != nil {
		return err
	}
	return p.readPictures(folder, func(name string, drawing markup.HTML) {
		if _, ok := p.general.site.Pictures[name]; !ok {
			p.report(strayFile(&diag.File{Name: path.Join(p.name, folder, name+schema.PictureEnding)}, name+schema.PictureEnding, p.general.pictureFiles()))
			return
		}
		p.site.Pictures[name] = drawing
	})
}

// pictureFiles returns the names of the files of the site's drawings.
func (l *loader) pictureFiles() []string {
	var files []string
	for _, name := range sortedKeys(l.site.Pictures) {
		files = append(files, name+schema.PictureEnding)
	}
	return files
}

// readPictures reads the drawings in a folder, reports mistakes in them, and calls add for each drawing. The folder may be missing.
func (l *loader) readPictures(folder string, add func(name string, drawing markup.HTML)) error {
	entries, err := fs.ReadDir(l.content, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var known []string
	for _, entry := range entries {
		if isID(strings.TrimSuffix(entry.Name(), schema.PictureEnding)) {
			known = append(known, entry.Name())
		}
	}
	for _, entry := range entries {
		name, isPicture := strings.CutSuffix(entry.Name(), schema.PictureEnding)
		if !isPicture || schema.Ignored(entry.Name()) {
			continue
		}
		if !isID(name) && schema.CopyOf(entry.Name(), known) != "" {
			l.report((&diag.File{Name: path.Join(l.name, folder, entry.Name())}).Whole("file-copy", entry.Name()))
			continue
		}
		f, found, err := plaintext.Read(l.content, l.name, folder+"/"+entry.Name())
		if err != nil {
			return err
		}
		var picture markup.HTML
		if len(found) == 0 {
			picture, found = drawing.Read(f, l.site.Default.Lang)
		}
		if !isID(name) {
			found = append(found, f.Whole("id-form-snake", name))
		}
		l.report(found...)
		add(name, picture)
	}
	return err
}

// checkPicture returns a finding if no drawing has this name. It accepts "", which is already reported.
func (l *loader) checkPicture(f *diag.File, name strictyaml.Text) []diag.Diagnostic {
	if _, ok := l.site.Pictures[name.Value]; ok || name.Value == "" {
		return nil
	}
	return []diag.Diagnostic{f.At(name.Offset, "picture-unknown", name.Value, suggest(name.Value, sortedKeys(l.site.Pictures)))}
}

// pictured returns the ids of the terms that have a drawing.
func (l *loader) pictured() (ids []string) {
	for _, term := range l.site.Terms {
		if term.picture != "" {
			ids = append(ids, term.ID)
		}
	}
	return ids
}

// Picture returns the drawing of a term as HTML, or "" if the term has none.
func (s *Site) Picture(t *Term) markup.HTML { return s.Pictures[t.picture] }

// Drawn returns the terms that have the drawing with this name, in the order of the glossary.
func (s *Site) Drawn(picture string) []*Term {
	var list []*Term
	for _, term := range s.Terms {
		if term.picture == picture && picture != "" {
			list = append(list, term)
		}
	}
	return list
}
