package schema

import (
	"bytes"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Completeness finds the words that a file lacks, and says what to add where.
type Completeness struct {
	File    *diag.File
	Found   diag.Findings
	Growing bool // the language may lack words
}

// Section is a part of a file that has words for ids.
type Section struct {
	path   string            // for messages: "notes", "questions: place: values"
	header int               // offset of the key of the section; -1 if it is not found
	indent int               // of its lines, in spaces
	braces bool              // it has no lines, but {…} after the key
	keys   []strictyaml.Text // the keys that it has
}

// Section finds a section of the file by its name.
func (c *Completeness) Section(name string, keys []strictyaml.Text) Section {
	return c.Below(name, bytes.Index(append([]byte("\n"), c.File.Data...), []byte("\n"+name+":")), 2, keys)
}

// Below returns the section below a key. indent is the indentation to use if the section has no lines yet.
func (c *Completeness) Below(path string, header, indent int, keys []strictyaml.Text) Section {
	s := Section{path: path, header: header, indent: indent, keys: keys}
	if header >= 0 {
		line, _, _ := bytes.Cut(c.File.Data[header:], []byte("\n"))
		s.braces = bytes.IndexByte(line, '{') >= 0
	}
	if len(keys) > 0 {
		s.indent = c.File.Position(keys[0].Offset).Column - 1
	}
	return s
}

// Inside returns the section in an entry.
func (c *Completeness) Inside(path string, entry strictyaml.Text, keys []strictyaml.Text) Section {
	return c.Below(path, entry.Offset, c.File.Position(entry.Offset).Column+1, keys)
}

// Compare reports ids without words, which must be added in this form, and words without an id.
func (c *Completeness) Compare(s Section, ids []string, form string) {
	known, wanted := make(map[string]bool, len(s.keys)), make(map[string]bool, len(ids))
	for _, key := range s.keys {
		known[key.Value] = true
	}
	for _, id := range ids {
		wanted[id] = true
		if !known[id] {
			c.Missing(s, id, form)
		}
	}
	for _, key := range s.keys {
		if !wanted[key.Value] {
			c.Found.Add(c.File.At(key.Offset, "words-unknown", s.path+": "+key.Value, diag.Near{Name: key.Value, Names: ids}))
		}
	}
}

// Missing reports one id without words.
func (c *Completeness) Missing(s Section, id, form string) {
	if c.Growing {
		return
	}
	path, header, line := s.path+": "+id, s.path[strings.LastIndexByte(s.path, ' ')+1:], id+": "+form
	switch {
	case s.braces:
		c.Found.Add(c.File.At(s.header, "words-missing-braces", path, header, line))
	case s.header < 0:
		c.Found.Add(c.File.Whole("words-missing", path, header, strings.Repeat(" ", s.indent)+line))
	default:
		c.Found.Add(c.File.At(s.header, "words-missing", path, header, strings.Repeat(" ", s.indent)+line))
	}
}

// Braced writes ids with the same form in braces, on one line.
func Braced(ids []string, form string) string {
	return "{" + strings.Join(ids, ": "+form+", ") + ": " + form + "}"
}
