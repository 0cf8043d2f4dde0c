// Package mend applies the edits that diagnostics carry, where a mistake has exactly one correction. There is no second list of
// mistakes here. A file is mended when none of its diagnostics carries an edit any more, so that mending it again changes nothing.
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

// Note says what was wrong with a file as a whole, which a comparison of its lines does not show.
type Note string

// What can be wrong with a whole file. `sitegen fix` words each (fix.go).
const (
	Encoding Note = "encoding"        // it was not UTF-8
	Mark     Note = "byte order mark" // it began with one
	LineEnds Note = "line ends"       // they were those of Windows or of old Macintoshes
	Composed Note = "composed"        // letters and their marks stood apart
)

// File is a file that was mended.
type File struct {
	Path   string // below the content folder
	Before []byte // as it is on the disk
	Text   string // Before as UTF-8 with plain ends of lines, to be compared with After; "" where it could not be read
	After  string
	Notes  []Note
}

// Changed reports whether there is anything to write.
func (f *File) Changed() bool { return string(f.Before) != f.After }

// mostRounds bounds how often what was mended is looked at again. Each round makes all changes that do not touch each other;
// it takes more than one where a file could not be understood before, or one change lies within another.
const mostRounds = 60

// Files mends the files with these paths below the content folder, in that order, and returns those that change, with what is
// left wrong in all of them. name is the folder's name in messages. Nothing is written. A Go error means that the folder
// could not be read.
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
	content fs.FS // the same, read within its limits
	name    string
	files   map[string]*File
}

// read reads a file and takes out of it what is wrong with it as a whole. A file that cannot be read stays as it is, and is
// told when the content is looked at.
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

// note compares a file's text with what became of it when it was read.
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

// look checks the whole content as it is now, and returns what is found in the files that are mended.
func (m *mender) look(today civil.Date, paths []string) ([]diag.Diagnostic, error) {
	_, found, err := site.Load(m.content, m.name, today)
	if err != nil {
		return nil, err
	}
	for _, d := range found { // what is told in one place may have to be mended in many
		found = append(found, d.Also...)
	}
	for _, name := range paths { // those of no site are read here
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

// apply makes the changes that diagnostics know, and reports whether there were any.
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

// replaced makes changes to a text. Each set is made as a whole, or not at all where one of its changes touches one that is
// made already: it is found again in what the others left.
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

// overlay is a content folder in which some files have another text.
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

// The other methods say what the folder itself says: links and pipes stay what they are.

// Lstat implements [fs.ReadLinkFS].
func (o *overlay) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(o.FS, name) }

// ReadLink implements [fs.ReadLinkFS].
func (o *overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.FS, name) }

// Stat implements [fs.StatFS].
func (o *overlay) Stat(name string) (fs.FileInfo, error) { return fs.Stat(o.FS, name) }

// ReadDir implements [fs.ReadDirFS].
func (o *overlay) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.FS, name) }

// source returns the text of a file: as it was decoded, or else its bytes.
func (o *overlay) source(name string, data []byte) string {
	if text, known := o.text[name]; known {
		return text
	}
	return string(data)
}
