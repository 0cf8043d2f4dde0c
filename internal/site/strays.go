package site

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
)

// checkStrays reports files that the program does not read, in folders with fixed file names. Without this check, a colleague's copy of
// a file would be ignored silently.
func (l *loader) checkStrays() error {
	for _, name := range sortedKeys(schema.Folders) {
		if err := l.checkFolder(name, schema.Folders[name]); err != nil {
			return err
		}
	}
	return nil
}

// checkFolder reports files and folders that the folder with this name must not contain. of says what it may contain. The folder may be
// missing.
func (l *loader) checkFolder(name string, of schema.Folder) error {
	known := slices.Clone(of.Files)
	if of.Languages != "" {
		for _, language := range l.general.Languages {
			if name == parity.RecordFolder && language == l.general.Default {
				continue // the default language has no translations, and therefore no records
			}
			known = append(known, language.ID+of.Languages)
		}
	}
	entries, err := fs.ReadDir(l.content, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		f := &diag.File{Name: path.Join(l.name, name, entry.Name())}
		switch {
		case schema.Ignored(entry.Name()), slices.Contains(known, entry.Name()), slices.Contains(of.Folders, entry.Name()), of.Any != "" && path.Ext(entry.Name()) == of.Any:
		default:
			l.report(strayFile(f, entry.Name(), known, of.Folders...))
		}
	}
	return err
}

// strayFile returns the finding about a file that is not read. If the file is probably a copy of a known file, or a known file with a
// different ending or different capitals, the finding says so. Otherwise it lists the known names of files and folders.
func strayFile(f *diag.File, name string, known []string, folders ...string) diag.Diagnostic {
	of := schema.CopyOf(name, known)
	stem, _, _ := strings.Cut(name, ".")
	if schema.SaysCopy(name) {
		return f.Whole("file-copy", name)
	}
	for _, meant := range known {
		if meant != name && (strings.EqualFold(meant, name) || strings.EqualFold(strings.TrimSuffix(meant, path.Ext(meant)), stem)) {
			return f.Whole("file-ending", name, meant)
		}
	}
	if of != "" {
		return f.Whole("file-copy", name)
	}
	for _, folder := range folders {
		known = append(known, folder+"/")
	}
	return f.Whole("file-stray", name, strings.Join(known, ", "))
}
