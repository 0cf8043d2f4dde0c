package site

import (
	"bytes"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// wordsValidator tells which words are missing in a file, and what to add where.
type wordsValidator struct {
	file    *diag.File
	found   diag.Findings
	growing bool // the language may lack words
}

// wordsSection is a part of the file that has words for ids.
type wordsSection struct {
	path   string            // in messages: "notes", "questions: place: values"
	header int               // offset of the key that it stands below; -1 where that is not found
	indent int               // of its lines
	braces bool              // it has no lines, but stands in braces behind the key
	keys   []strictyaml.Text // that it has
}

// section finds a section of the file by its name.
func (c *wordsValidator) section(name string, keys []strictyaml.Text) wordsSection {
	return c.below(name, bytes.Index(append([]byte("\n"), c.file.Data...), []byte("\n"+name+":")), 2, keys)
}

// below returns a section below a key, with an indentation for the case that it has no lines yet.
func (c *wordsValidator) below(path string, header, indent int, keys []strictyaml.Text) wordsSection {
	s := wordsSection{path: path, header: header, indent: indent, keys: keys}
	if header >= 0 {
		line, _, _ := bytes.Cut(c.file.Data[header:], []byte("\n"))
		s.braces = bytes.IndexByte(line, '{') >= 0
	}
	if len(keys) > 0 {
		s.indent = c.file.Position(keys[0].Offset).Column - 1
	}
	return s
}

// inside returns the section of an entry.
func (c *wordsValidator) inside(path string, entry strictyaml.Text, keys []strictyaml.Text) wordsSection {
	return c.below(path, entry.Offset, c.file.Position(entry.Offset).Column+1, keys)
}

// compare reports ids without words, which are to be added in the given form, and words without id.
func (c *wordsValidator) compare(s wordsSection, ids []string, form string) {
	known, wanted := make(map[string]bool, len(s.keys)), make(map[string]bool, len(ids))
	for _, key := range s.keys {
		known[key.Value] = true
	}
	for _, id := range ids {
		wanted[id] = true
		if !known[id] {
			c.missing(s, id, form)
		}
	}
	for _, key := range s.keys {
		if !wanted[key.Value] {
			c.found.Add(c.file.At(key.Offset, "words-unknown", s.path+": "+key.Value, suggest(key.Value, ids)))
		}
	}
}

// missing reports one id without words.
func (c *wordsValidator) missing(s wordsSection, id, form string) {
	if c.growing {
		return
	}
	path, header, line := s.path+": "+id, s.path[strings.LastIndexByte(s.path, ' ')+1:], id+": "+form
	switch {
	case s.braces:
		c.found.Add(c.file.At(s.header, "words-missing-braces", path, header, line))
	case s.header < 0:
		c.found.Add(c.file.Whole("words-missing", path, header, strings.Repeat(" ", s.indent)+line))
	default:
		c.found.Add(c.file.At(s.header, "words-missing", path, header, strings.Repeat(" ", s.indent)+line))
	}
}

// braced writes entries of one form in braces.
func braced(ids []string, form string) string {
	return "{" + strings.Join(ids, ": "+form+", ") + ": " + form + "}"
}
