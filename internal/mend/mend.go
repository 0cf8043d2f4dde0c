// Package mend makes the edits that diagnostics carry. Such an edit corrects a mistake that has exactly one correction; this package has no
// list of mistakes of its own. Mending ends when no diagnostic about a file has an edit, so mending the file again changes nothing.
//
// Begin with mend.go. diff.go shows the changes, and write.go writes the file.
package mend

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/plaintext"
)

// Note is a change of a whole file, which a comparison of its lines does not show.
type Note string

// The changes of a whole file. internal/report/mended.go has the words for each.
const (
	Encoding Note = "encoding"        // the file was not UTF-8
	Mark     Note = "byte order mark" // the file began with a byte order mark
	LineEnds Note = "line ends"       // the file had line ends CRLF or CR
	Composed Note = "composed"        // letters and their marks were separate characters (NFD)
)

// File is a mended file.
type File struct {
	Path   string // the path relative to the content folder
	Before []byte // the bytes on the disk
	Text   string // Before in UTF-8, composed and with LF line ends, to compare with After; "" if Before is not text
	After  string // the mended text
	Notes  []Note
}

// Changed reports whether the mended text differs from the file on the disk.
func (f *File) Changed() bool { return string(f.Before) != f.After }

// mostRounds is the maximum number of rounds of checking and mending. Each round makes all edits that do not overlap. Overlapping edits
// need a further round, and so does a file that can only be read after it was mended.
const mostRounds = 60

// Files mends the files with these paths in the content folder, in memory: it does not write them. It returns the files that change, in the
// order of `paths`, and the findings that remain in any file of `paths`. `name` is the folder's name in messages. `today` is the day for
// which the content is checked. A Go error means that the folder could not be read.
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
	content fs.FS // the folder `over`, with the size limits of the content
	name    string
	files   map[string]*File
}

// read reads a file and makes the changes that concern the whole file. It leaves out a file that cannot be read, and leaves a file that is
// not text as it is.
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

// note adds a note for each change of the whole file. `source` is the file's text in UTF-8 before these changes; f.After is the text after
// them.
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

// look checks the whole content with the edits made so far. It returns the findings in the files with these paths.
func (m *mender) look(today civil.Date, paths []string) ([]diag.Diagnostic, error) {
	_, found, err := load.Site(m.content, m.name, today)
	if err != nil {
		return nil, err
	}
	for _, d := range found { // if a finding stands for several places, the edits of the other places are in Also
		found = append(found, d.Also...)
	}
	for _, name := range paths { // load.Site does not read files that do not belong to the site, but these may be among `paths`
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

// apply makes the edits of the diagnostics, except those that overlap an earlier edit. It reports whether there were any edits.
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

// replaced returns a text after the edits of all sets. Of a set, it makes either all edits or none: it skips a set that overlaps an earlier
// set. The next round finds the skipped edits again.
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

// overlay is a content folder in which some files have a text different from the one on the disk. `text` has these texts by path.
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

// The methods below call the methods of the folder, so that symbolic links and pipes are still recognised.

// Lstat implements [fs.ReadLinkFS].
func (o *overlay) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(o.FS, name) }

// ReadLink implements [fs.ReadLinkFS].
func (o *overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.FS, name) }

// Stat implements [fs.StatFS].
func (o *overlay) Stat(name string) (fs.FileInfo, error) { return fs.Stat(o.FS, name) }

// ReadDir implements [fs.ReadDirFS].
func (o *overlay) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.FS, name) }

// source returns the text that replaces a file, or `data` if the file is not replaced.
func (o *overlay) source(name string, data []byte) string {
	if text, known := o.text[name]; known {
		return text
	}
	return string(data)
}
