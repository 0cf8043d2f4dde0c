// Package strictyaml reads the small, plain part of YAML that authors write. The type of a value depends on the Go type of its field, not
// on its form: 012, no and 12:30 are text in a text field, and mistakes in a number or boolean field. Anchors, aliases, tags, merge keys,
// repeated keys and unknown keys are mistakes. If a file can be parsed, all of its mistakes are reported at once. Begin with [Decode]
// in decode.go: types.go has the types that it fills, precheck.go finds what the parser would not notice, and value.go and structure.go read
// nodes. prose.go checks texts and joins their lines, and comment.go finds comments beside them. If a file cannot be parsed, syntax.go and
// damage.go find the line of the mistake.
package strictyaml

import (
	"io/fs"
	"path"
	"reflect"
	"slices"

	yaml "go.yaml.in/yaml/v4"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
)

// maxDepth is the maximum depth of nested lists and maps.
const maxDepth = 20

// mostPieces is the maximum number of keys, values and items in a file, estimated from its lines and punctuation. A file with more pieces
// is refused, because each piece needs many times its own size in memory. A file of 2 MB written by a person has fewer pieces.
const mostPieces = 300_000

// ReadFile reads a file of the content folder with [plaintext.Read], and decodes all of it with [Decode]. `folder` is the content folder's
// name in messages. If plaintext.Read has findings, ReadFile returns these and does not decode the file. The error is that of
// plaintext.Read.
func ReadFile(content fs.FS, folder, name string, target any) (*diag.File, []diag.Diagnostic, error) {
	f, found, err := plaintext.Read(content, folder, name)
	if err == nil && len(found) == 0 {
		found = Decode(f, 0, len(f.Data), target)
	}
	return f, found, err
}

// Watch is nil, except in tests that list everything that authors may write. [Decode] calls it with the name of each file and the type into
// which it reads the file, possibly from several goroutines at once. Such a test sets Watch before anything is decoded.
var Watch func(file string, target reflect.Type)

// Decode reads the YAML in f.Data[start:end] into `target`, which is a pointer to a struct, map, slice or [Map]. It returns the mistakes.
// The tag of a struct field is `yaml:"key"`, or `yaml:"key,optional"` if the key may be absent. Decode does not change fields without a
// tag. Supported types are string, [Text], [When], bool, int, [Number], [civil.Date] and [Day] (in the forms that [civil.Read] reads),
// slices, maps with string keys, [Map], structs, and pointers to these.
func Decode(f *diag.File, start, end int, target any) []diag.Diagnostic {
	if Watch != nil {
		Watch(f.Name, reflect.TypeOf(target).Elem())
	}
	d := &decoder{file: f, start: start, firstLine: f.Position(start).Line}
	source := f.Data[start:end]
	if !d.precheck(source) {
		return d.found.List
	}
	var document yaml.Node
	if err := yaml.Unmarshal(source, &document); err != nil {
		d.syntax(source, err)
		return d.found.List
	}
	if document.Kind == 0 || len(document.Content) == 0 {
		document.Content = []*yaml.Node{{Kind: yaml.MappingNode, Line: 1, Column: 1}}
	}
	root := document.Content[0]
	if d.refuse(root, 0); len(d.found.List) > 0 {
		return d.found.List
	}
	d.value(root, reflect.ValueOf(target).Elem(), path.Base(f.Name))
	return d.found.List
}

// Below returns the texts of a file that stand directly below one of the given keys, at any depth, each with its key. It is for checks of
// texts that a file can have in many places. It returns nothing if the file is not valid YAML, which [Decode] reports.
func Below(f *diag.File, keys ...string) []Entry[Text] {
	d := &decoder{file: f, firstLine: 1}
	var document yaml.Node
	if !d.precheck(f.Data) || yaml.Unmarshal(f.Data, &document) != nil {
		return nil
	}
	var list []Entry[Text]
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		for i, child := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 1 && child.Kind == yaml.ScalarNode && slices.Contains(keys, n.Content[i-1].Value) {
				key := n.Content[i-1]
				list = append(list, Entry[Text]{Text{key.Value, d.textOffset(key)}, Text{child.Value, d.textOffset(child)}})
			}
			walk(child)
		}
	}
	walk(&document)
	return list
}

type decoder struct {
	file      *diag.File
	start     int
	firstLine int
	found     diag.Findings
	ends      map[[2]rune]int // see lastEnds; nil until a text is joined

	hasCommentLines bool // the source has comments on lines of their own, or directly behind a key
	indent          int  // the column, from 0, of the key or of the list's dashes to which the current value belongs
	brackets        int  // how many lists and maps in brackets are around the current value
}

func (d *decoder) add(found diag.Diagnostic) { d.found.Add(found) }

func (d *decoder) at(n *yaml.Node, code diag.Code, args ...any) {
	d.add(d.file.AtLine(d.firstLine+n.Line-1, n.Column, code, args...))
}

// refuse reports every anchor, alias and tag, and nodes that are nested too deeply. The method pairs reports merge keys.
func (d *decoder) refuse(n *yaml.Node, depth int) {
	switch {
	case depth > maxDepth:
		d.at(n, "yaml-too-deep")
		return
	case n.Kind == yaml.AliasNode:
		d.at(n, "yaml-alias", "*"+n.Value)
		return
	case n.Anchor != "":
		d.at(n, "yaml-alias", "&"+n.Anchor)
	case n.Style&yaml.TaggedStyle != 0, n.Tag == "!":
		d.at(n, "yaml-tag", n.Tag)
	}
	for _, child := range n.Content {
		d.refuse(child, depth+1)
	}
}
