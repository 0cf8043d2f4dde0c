package schema

import (
	"bytes"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Completeness finds the words that a file lacks. Its findings, in Found, say what to add, and where.
type Completeness struct {
	File    *diag.File
	Found   diag.Findings
	Growing bool // whether the language may lack words, so that missing words are not reported
}

// Section is a part of a file that has words for ids.
type Section struct {
	path   string            // the section's name in messages: "notes", "questions: place: values"
	header int               // offset of the key of the section; -1 if the file lacks it
	indent int               // indentation of the section's lines, in spaces
	braces bool              // whether the section is written as {…} after its key
	keys   []strictyaml.Text // the keys that the section has
}

// Section returns the section below the key `name` at the top level of the file. `keys` are the keys that the section has.
func (c *Completeness) Section(name string, keys []strictyaml.Text) Section {
	return c.Below(name, bytes.Index(append([]byte("\n"), c.File.Data...), []byte("\n"+name+":")), 2, keys)
}

// Below returns the section below the key at the offset `header`. `path` names the section in messages. `indent` is the indentation
// of its lines, in spaces; it is used only if `keys` is empty.
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

// Inside returns the section below the key `entry`. `path` names the section in messages, and `keys` are the keys that the section
// has.
func (c *Completeness) Inside(path string, entry strictyaml.Text, keys []strictyaml.Text) Section {
	return c.Below(path, entry.Offset, c.File.Position(entry.Offset).Column+1, keys)
}

// Compare reports ids for which a section has no words, and keys of the section that are not in `ids`. If an unknown key is similar to a
// missing id, it reports only the key. `form` is the text that the author is asked to add after a missing id, such as "…" in quotes.
func (c *Completeness) Compare(s Section, ids []string, form string) {
	known, wanted := make(map[string]bool, len(s.keys)), make(map[string]bool, len(ids))
	for _, key := range s.keys {
		known[key.Value] = true
	}
	var missing []string
	for _, id := range ids {
		wanted[id] = true
		if !known[id] {
			missing = append(missing, id)
		}
	}
	misspelt := map[string]bool{}
	for _, key := range s.keys {
		if !wanted[key.Value] {
			misspelt[diag.Nearest(key.Value, missing)] = true
		}
	}
	for _, id := range missing {
		if !misspelt[id] {
			c.Missing(s, id, form)
		}
	}
	for _, key := range s.keys {
		if !wanted[key.Value] {
			c.Found.Add(c.File.At(key.Offset, "words-unknown", s.path+": "+key.Value, diag.Near{Name: key.Value, Names: ids}))
		}
	}
}

// Missing reports that a section has no words for an id. `form` is as for Compare. If the language is growing, Missing reports
// nothing.
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

// Braced returns a map in braces on one line, in which each id has the value `form`. `ids` must not be empty.
func Braced(ids []string, form string) string {
	return "{" + strings.Join(ids, ": "+form+", ") + ": " + form + "}"
}
