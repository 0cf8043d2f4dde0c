// Package mend applies the edits in diagnostics: the fixes of mistakes that have exactly one correction. It has no list of
// mistakes of its own. A file is mended when no diagnostic about it has an edit any more, so mending it again changes nothing.
// Begin with mend.go; diff.go shows what changes, write.go writes it.
package mend

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/site"
)

// Note says what was wrong with a file as a whole. A comparison of the lines does not show it.
type Note string

// What can be wrong with a whole file. cmd/sitegen/fix.go has the words for these.
const (
	Encoding Note = "encoding"        // it was not UTF-8
	Mark     Note = "byte order mark" // it began with one
	LineEnds Note = "line ends"       // its line ends were those of Windows or of old Macintoshes
	Composed Note = "composed"        // letters and their marks were separate characters
)

// File is a mended file.
type File struct {
	Path   string // in the content folder
	Before []byte // as on the disk
	Text   string // Before as UTF-8 with LF line ends, for comparison with After; "" if it could not be read
	After  string
	Notes  []Note
}

// Changed reports whether the file must be written.
func (f *File) Changed() bool { return string(f.Before) != f.After }

// mostRounds limits how often mended files are checked again. Each round makes all changes that do not touch each other. More
// than one round is needed if a file could not be read before, or if one change lies within another.
const mostRounds = 60

// Files mends the files with these paths in the content folder, in this order. It returns the files that change, and the
// findings that are left in all files with these paths. name is the folder's name in messages. Files writes nothing. A Go error
// means that the folder could not be read.
func Files(content fs.FS, name string, today civil.Date, paths []string) (changed []*File, left []diag.Diagnostic, err error) {
	over := &overlay{FS: content, text: map[string]string{}}
	m := &mender{over: over, content: plaintext.Within(over, plaintext.LimitsOf(content)), name: name, files: map[string]*File{}}
	for _, path := range paths {
		if err := m.read(path); err != nil {
			return nil, nil, err
		}
	}
	for range mostRounds {
		found, err := m.look(today, paths)
		if err != nil {
			return nil, nil, err
		}
		if !m.apply(found) {
			for _, path := range paths {
				if f := m.files[path]; f != nil && f.Changed() {
					changed = append(changed, f)
				}
			}
			return changed, found, nil
		}
	}
	panic("BUG: mending does not come to an end")
}

type mender struct {
	over    *overlay
	content fs.FS // over, with the content's own limits
	name    string
	files   map[string]*File
}

// read reads a file and corrects what is wrong with it as a whole. A file that cannot be read is left alone; look reports it.
func (m *mender) read(name string) error {
	asIs, found, err := plaintext.ReadBytes(m.content, m.name, name)
	if err != nil || len(found) > 0 {
		return nil
	}
	data := asIs.Data
	f := &File{Path: name, Before: data, After: string(data)}
	m.files[name] = f
	read, found, err := plaintext.Read(m.content, m.name, name)
	if err != nil {
		return err
	}
	if len(found) == 1 && found[0].Line == 0 && len(found[0].Mend) == 1 {
		f.Notes = append(f.Notes, Encoding)
		m.over.text[name] = found[0].Mend[0].New
		if read, found, err = plaintext.Read(m.content, m.name, name); err != nil {
			return err
		}
	}
	if len(found) > 0 && found[0].Line == 0 || slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code == "encoding-invalid" }) {
		delete(m.over.text, name)
		f.Notes = nil
		return nil
	}
	f.After, f.Text = string(read.Data), string(read.Data)
	f.note(m.over.source(name, data))
	m.over.text[name] = f.After
	return nil
}

// note compares a file's text with After, and notes what was corrected.
func (f *File) note(source string) {
	without := strings.TrimPrefix(source, "\uFEFF")
	if len(without) < len(source) {
		f.Notes = append(f.Notes, Mark)
	}
	lines := strings.ReplaceAll(strings.ReplaceAll(without, "\r\n", "\n"), "\r", "\n")
	if lines != without {
		f.Notes = append(f.Notes, LineEnds)
	}
	if lines != f.After {
		f.Notes = append(f.Notes, Composed)
	}
}

// look checks the whole content in its present state. It returns the findings in the files that are being mended.
func (m *mender) look(today civil.Date, paths []string) ([]diag.Diagnostic, error) {
	_, found, err := site.Load(m.content, m.name, today)
	if err != nil {
		return nil, err
	}
	for _, d := range found { // a finding that is reported once may have to be mended in many places
		found = append(found, d.Also...)
	}
	for _, name := range paths { // the site does not read all of these files
		_, own, err := plaintext.Read(m.content, m.name, name)
		if err != nil {
			return nil, err
		}
		for _, d := range own {
			if !slices.ContainsFunc(found, func(other diag.Diagnostic) bool { return other.Position == d.Position && other.Code == d.Code }) {
				found = append(found, d)
			}
		}
	}
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return m.fileOf(d) == nil }), nil
}

func (m *mender) fileOf(d diag.Diagnostic) *File {
	return m.files[strings.TrimPrefix(strings.TrimPrefix(d.File, m.name), "/")]
}

// apply makes the edits in diagnostics, and reports whether there were any.
func (m *mender) apply(found []diag.Diagnostic) bool {
	sets := map[*File][][]diag.Edit{}
	for _, d := range found {
		if len(d.Mend) > 0 {
			sets[m.fileOf(d)] = append(sets[m.fileOf(d)], d.Mend)
		}
	}
	for f, list := range sets {
		f.After = replaced(f.After, list)
		m.over.text[f.Path] = f.After
	}
	return len(sets) > 0
}

// replaced makes changes to a text. It makes a set of changes completely or not at all: it skips a set that touches a change
// already made. The next round finds the skipped ones again.
func replaced(text string, sets [][]diag.Edit) string {
	var made []diag.Edit
	touches := func(a, b diag.Edit) bool {
		return a.Offset == b.Offset || a.Offset < b.Offset+len(b.Old) && b.Offset < a.Offset+len(a.Old)
	}
	for _, set := range sets {
		if !slices.ContainsFunc(set, func(e diag.Edit) bool {
			return slices.ContainsFunc(made, func(other diag.Edit) bool { return touches(e, other) })
		}) {
			made = append(made, set...)
		}
	}
	slices.SortFunc(made, func(a, b diag.Edit) int { return a.Offset - b.Offset })
	var b strings.Builder
	at := 0
	for _, e := range made {
		b.WriteString(text[at:e.Offset])
		b.WriteString(e.New)
		at = e.Offset + len(e.Old)
	}
	b.WriteString(text[at:])
	return b.String()
}

// overlay is a content folder in which the text of some files is replaced.
type overlay struct {
	fs.FS
	text map[string]string
}

// ReadFile implements [fs.ReadFileFS].
func (o *overlay) ReadFile(name string) ([]byte, error) {
	if text, known := o.text[path.Clean(name)]; known {
		return []byte(text), nil
	}
	return fs.ReadFile(o.FS, name)
}

// The other methods pass through to the folder, so that links and pipes stay what they are.

// Lstat implements [fs.ReadLinkFS].
func (o *overlay) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(o.FS, name) }

// ReadLink implements [fs.ReadLinkFS].
func (o *overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.FS, name) }

// Stat implements [fs.StatFS].
func (o *overlay) Stat(name string) (fs.FileInfo, error) { return fs.Stat(o.FS, name) }

// ReadDir implements [fs.ReadDirFS].
func (o *overlay) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.FS, name) }

// source returns the text of a file: its replacement if it has one, otherwise its bytes.
func (o *overlay) source(name string, data []byte) string {
	if text, known := o.text[name]; known {
		return text
	}
	return string(data)
}
