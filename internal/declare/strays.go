package declare

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
)

// CheckFiles reports files that nothing reads, and content that is too large. It returns whether the content is small enough to be
// read.
func (r *Reading) CheckFiles() (fits bool, err error) {
	if fits, err := r.checkSizes(); err != nil || !fits {
		return fits, err
	}
	return true, r.checkStrays()
}

// checkStrays reports files that the program does not read, in folders with fixed file names. Without this check, a colleague's copy of
// a file would be ignored silently.
func (r *Reading) checkStrays() error {
	for _, name := range slices.Sorted(maps.Keys(schema.Folders)) {
		if err := r.CheckFolder(name, schema.Folders[name]); err != nil {
			return err
		}
	}
	return nil
}

// CheckFolder reports files and folders that the folder `name` must not contain. `of` says what it may contain. The folder may be
// missing.
func (r *Reading) CheckFolder(name string, of schema.Folder) error {
	known := slices.Clone(of.Files)
	if of.Languages != "" {
		for _, language := range r.General.Languages {
			if name == parity.RecordFolder && language == r.General.Default {
				continue // the default language has no translations, and therefore no records
			}
			known = append(known, language.ID+of.Languages)
		}
	}
	entries, err := fs.ReadDir(r.Content, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		f := &diag.File{Name: path.Join(r.Name, name, entry.Name())}
		switch {
		case schema.Ignored(entry.Name()), slices.Contains(known, entry.Name()), slices.Contains(of.Folders, entry.Name()), of.Any != "" && path.Ext(entry.Name()) == of.Any:
		default:
			r.Report(StrayFile(f, entry.Name(), known, of.Folders...))
		}
	}
	return err
}

// fewestOfStem is the minimum length of a file's name, without its ending, that can be a slip: shorter names, such as those of languages,
// are similar by chance.
const fewestOfStem = 4

// StrayFile returns the finding about a file that is not read. If the file is probably a copy of a known file, or a known file with a
// different ending, different capitals or a slip, the finding says so. Otherwise it lists the known names of files and folders.
func StrayFile(f *diag.File, name string, known []string, folders ...string) diag.Diagnostic {
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
	if meant := diag.Nearest(name, known); meant != "" && len(stem) >= fewestOfStem {
		return f.Whole("file-ending", name, meant)
	}
	for _, folder := range folders {
		known = append(known, folder+"/")
	}
	return f.Whole("file-stray", name, strings.Join(known, ", "))
}
