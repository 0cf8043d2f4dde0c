// Package strictyaml reads the small, plain part of YAML that authors write. The type of a value depends on the Go type of its field, not
// on its form: 012, no and 12:30 are text in a text field, and mistakes in a number or boolean field. Anchors, aliases, tags, merge keys,
// repeated keys and unknown keys are mistakes. If a file can be parsed, all of its mistakes are reported at once. Begin with [Decode].
// prose.go checks texts and joins their lines. If a file cannot be parsed, damage.go finds the line of the mistake.
package strictyaml

import (
	"bytes"
	"fmt"
	"io/fs"
	"math"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/written"
)

// Text is a text value, with its place in the file.
type Text struct {
	Value string
	// Offset is the byte offset in the file of the value's first character. For a quoted value, that is the byte after the quote.
	Offset int
}

// String returns the value.
func (t Text) String() string { return t.Value }

// When is a text that names a day: either the day itself, or fact:id. Decode does not check the day, but it reports a token in braces
// without quotes, such as {fact:id}.
type When struct{ Text }

// Day is a day, with its place in the file. Value is civil.Unset if the file has no valid day there.
type Day struct {
	Value  civil.Date
	Offset int
}

// Number is a whole number, with its place in the file.
type Number struct{ Value, Offset int }

// Entry is a key and a value of a [Map].
type Entry[T any] struct {
	Key   Text
	Value T
}

// Map is a mapping that keeps the order of its keys and their places in the file.
type Map[T any] []Entry[T]

// Get returns the value of a key. `ok` is false if the map does not have the key.
func (m Map[T]) Get(key string) (value T, ok bool) {
	for _, entry := range m {
		if entry.Key.Value == key {
			return entry.Value, true
		}
	}
	return value, false
}

// Keys returns the keys in the order of the file.
func (m Map[T]) Keys() []Text {
	keys := make([]Text, len(m))
	for i, entry := range m {
		keys[i] = entry.Key
	}
	return keys
}

// ByKey returns the values by key. It is for callers that look up many keys.
func (m Map[T]) ByKey() map[string]T {
	values := make(map[string]T, len(m))
	for _, entry := range m {
		values[entry.Key.Value] = entry.Value
	}
	return values
}

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

// precheck reports mistakes that the YAML parser would not notice or would explain badly: full-width colons and spaces, tabs, a second
// document, deeply nested brackets, entries that a # turned into comments, and more than mostPieces pieces. It returns true if it found no
// mistake.
func (d *decoder) precheck(source []byte) bool {
	pieces := 0
	for offset := 0; offset < len(source); {
		line := source[offset:]
		if end := bytes.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		if at, code := lineTrap(line, offset > 0); code != "" {
			d.add(d.trap(d.start+offset+at, code, line[at:]))
		}
		if pieces += 1 + marks(line); pieces > mostPieces {
			d.found = diag.Findings{}
			d.add(d.file.At(d.start+offset, "yaml-pieces", strconv.Itoa(mostPieces)))
			return false
		}
		if column, isComment := commentColumn(line); isComment {
			d.hasCommentLines = true
			if hidesEntry(source, offset, string(line)) {
				d.add(d.file.At(d.start+offset+column, "yaml-comment-entry"))
			}
		} else if commentBehindKey([]byte(line)) >= 0 {
			d.hasCommentLines = true
		}
		offset += len(line) + 1
	}
	return len(d.found.List) == 0
}

// marks returns the number of punctuation marks in a line that can separate pieces. Between any two pieces on a line there is at least one
// such mark.
func marks(line []byte) (n int) {
	for i, c := range line {
		switch c {
		case ',', '[', '{':
			n++
		case ':', '-', '?':
			if i+1 == len(line) || bytes.IndexByte([]byte(" ,[]{}"), line[i+1]) >= 0 {
				n++
			}
		case '"', '\'':
			if i+1 < len(line) && line[i+1] == ':' {
				n++ // "a":b is a key and its value
			}
		}
	}
	return n
}

// trap returns the finding for the offset and code that lineTrap found. `rest` is the line from that offset on. For a full-width colon
// after a key, the finding has an edit, because only a plain colon can be meant.
func (d *decoder) trap(at int, code diag.Code, rest []byte) diag.Diagnostic {
	found := d.file.At(at, code)
	if code != "yaml-fullwidth-colon" {
		return found
	}
	value := bytes.TrimLeft(bytes.TrimPrefix(rest, []byte("：")), " \u3000")
	return d.file.Mendable(found, diag.Edit{Offset: at, Old: string(rest[:len(rest)-len(value)]), New: ": "})
}

// lineTrap returns the offset and the code of the first mistake in a line that precheck reports. The code is "" if there is no mistake. If
// `documentEnds` is true, a line --- or ... is a mistake, because it would end the document.
func lineTrap(line []byte, documentEnds bool) (int, diag.Code) {
	start := len(line) - len(bytes.TrimLeft(line, " "))
	rest := line[start:]
	switch {
	case bytes.HasPrefix(rest, []byte("\t")):
		return start, "yaml-tab"
	case bytes.HasPrefix(rest, []byte("\u3000")):
		return start, "yaml-fullwidth-space"
	case documentEnds && (string(line) == "---" || string(line) == "..."):
		return 0, "yaml-documents"
	}
	key := 0
	for key < len(rest) && (rest[key] == '_' || rest[key] == '-' || rest[key]|0x20 >= 'a' && rest[key]|0x20 <= 'z') {
		key++
	}
	if key > 0 && bytes.HasPrefix(rest[key:], []byte("：")) {
		return start + key, "yaml-fullwidth-colon"
	}
	for depth := 0; depth < len(rest) && (rest[depth] == '[' || rest[depth] == '{'); depth++ {
		if depth == maxDepth {
			return start + depth, "yaml-too-deep"
		}
	}
	return 0, ""
}

func (d *decoder) add(found diag.Diagnostic) { d.found.Add(found) }

func (d *decoder) at(n *yaml.Node, code diag.Code, args ...any) {
	d.add(d.file.AtLine(d.firstLine+n.Line-1, n.Column, code, args...))
}

var errorLine = regexp.MustCompile(`line (\d+)`)

// syntax reports a text that is not YAML. `err` is the parser's error, which contains a line number and an English reason.
func (d *decoder) syntax(source []byte, err error) {
	line := 1
	if match := errorLine.FindStringSubmatch(err.Error()); match != nil {
		line, _ = strconv.Atoi(match[1])
	}
	line = min(line, bytes.Count(source, []byte("\n"))+1)
	code := diag.Code("yaml-syntax")
	switch reason := err.Error(); {
	case strings.Contains(reason, "mapping values are not allowed"):
		code = "yaml-colon-in-text"
	case strings.Contains(reason, "unexpected end of stream"):
		code = "yaml-open-quote"
	case strings.Contains(reason, "cannot start any token"):
		code = "yaml-bad-start"
	case strings.Contains(reason, "max depth"):
		code = "yaml-too-deep"
	}
	if at := emptyMap(source); at > 0 {
		d.add(d.file.AtLine(d.firstLine+at-1, 1, "yaml-empty-map"))
		return
	}
	column := 1
	if code != "yaml-too-deep" {
		near, at, found := damagedLine(source, line)
		column = 1 + utf8.RuneCountInString(strings.Split(string(source), "\n")[near-1][:at])
		if line = near; found != "" {
			code = found
		}
	}
	found := d.file.AtLine(d.firstLine+line-1, column, code)
	if code == "yaml-colon-space" {
		found = d.spaced(found)
	}
	d.add(found)
}

// plainKey matches the part of a line before the colon of a key.
var plainKey = regexp.MustCompile(`^ *(- +)?[a-z_]+$`)

// spaced adds an edit to the finding about a colon without a space after a key. The edit writes the colon with one space after it. If the
// line may be part of a text, spaced returns the finding unchanged.
func (d *decoder) spaced(found diag.Diagnostic) diag.Diagnostic {
	at := d.file.Offset(found.Line, found.Column)
	key, rest := d.file.Data[bytes.LastIndexByte(d.file.Data[:at], '\n')+1:at], d.file.Data[at:]
	if !plainKey.Match(key) || !bytes.HasPrefix(rest, []byte(":")) {
		return found
	}
	value := bytes.TrimLeft(rest[1:], " \u3000\u00a0")
	return d.file.Mendable(found, diag.Edit{Offset: at, Old: string(rest[:len(rest)-len(value)]), New: ": "})
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

var (
	textType   = reflect.TypeFor[Text]()
	dateType   = reflect.TypeFor[civil.Date]()
	dayType    = reflect.TypeFor[Day]()
	whenType   = reflect.TypeFor[When]()
	numberType = reflect.TypeFor[Number]()
)

// value decodes one node into `target`. `name` is the node's key, for messages.
func (d *decoder) value(n *yaml.Node, target reflect.Value, name string) {
	if n.Kind != yaml.ScalarNode && n.Style&yaml.FlowStyle != 0 && target.Kind() != reflect.Pointer {
		if d.brackets == 0 {
			d.bracketed(n)
		}
		d.brackets++
		defer func() { d.brackets-- }()
	}
	switch {
	case target.Kind() == reflect.Pointer:
		target.Set(reflect.New(target.Type().Elem()))
		d.value(n, target.Elem(), name)
	case target.Type() == textType:
		if d.scalar(n, name) {
			target.Set(reflect.ValueOf(Text{d.joined(n), d.textOffset(n)}))
		}
	case target.Type() == whenType:
		if d.plain(n) && d.scalar(n, name) {
			target.Set(reflect.ValueOf(When{Text{d.joined(n), d.textOffset(n)}}))
		}
	case target.Type() == dateType, target.Type() == dayType:
		d.date(n, target, name)
	case target.Type() == numberType:
		d.integer(n, target, name)
	case target.Kind() == reflect.String:
		if d.scalar(n, name) {
			target.SetString(d.joined(n))
		}
	case target.Kind() == reflect.Int:
		d.integer(n, target, name)
	case target.Kind() == reflect.Bool:
		d.boolean(n, target, name)
	case target.Kind() == reflect.Slice && strings.HasPrefix(target.Type().Name(), "Map["):
		d.orderedMap(n, target, name)
	case target.Kind() == reflect.Slice:
		d.list(n, target, name)
	case target.Kind() == reflect.Map:
		d.stringMap(n, target, name)
	case target.Kind() == reflect.Struct:
		d.structure(n, target, name)
	default:
		panic(fmt.Sprintf("BUG: cannot decode into %s", target.Type()))
	}
}

// textOffset returns the offset of a scalar's first character.
func (d *decoder) textOffset(n *yaml.Node) int {
	offset := d.file.Offset(d.firstLine+n.Line-1, n.Column)
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		offset++
	}
	return offset
}

// scalar reports whether the node is a single text value that is complete and not empty. If it is not, scalar adds a finding and returns
// false. It also reports forbidden characters, and removes them from the node.
func (d *decoder) scalar(n *yaml.Node, name string) bool {
	if n.Kind != yaml.ScalarNode {
		d.at(n, wantText(n), name, kindName(n))
		return false
	}
	if !d.comment(n) || !d.characters(n) || !d.swallowed(n) {
		return false
	}
	if n.Style == 0 && smartQuotes.MatchString(n.Value) {
		d.at(n, "yaml-smart-quotes")
		return false
	}
	if n.Style == 0 && strings.Count(n.Value, `"`) == 1 {
		start := d.textOffset(n)
		d.add(d.file.At(start+bytes.IndexByte(d.file.Data[start:], '"'), "yaml-quote-alone"))
		return false
	}
	if strings.TrimSpace(n.Value) == "" {
		d.at(n, "yaml-empty", name)
		return false
	}
	return true
}

// plain reports a token in braces, such as {fact:x}, where a day is expected, and returns false for it. YAML reads a token without quotes
// as a mapping. For any other node, plain returns true.
func (d *decoder) plain(n *yaml.Node) bool {
	token := d.source(n)
	day, isToken := written.Unbraced(token)
	if n.Kind != yaml.MappingNode || !isToken {
		return true
	}
	at := d.textOffset(n)
	d.add(d.file.Mendable(d.file.At(at, "day-braces", day), diag.Edit{Offset: at, Old: token, New: day}))
	return false
}

// source returns the source text of a node, up to the first closing brace or the end of the line.
func (d *decoder) source(n *yaml.Node) string {
	line, _, _ := bytes.Cut(d.file.Data[d.textOffset(n):], []byte("\n"))
	if end := bytes.IndexByte(line, '}'); end > 0 {
		line = line[:end+1]
	}
	return string(bytes.TrimSpace(line))
}

func (d *decoder) date(n *yaml.Node, target reflect.Value, name string) {
	if n.Kind == yaml.MappingNode {
		d.at(n, "yaml-want-date", name, d.source(n))
		return
	}
	if !d.scalar(n, name) {
		return
	}
	date, err := civil.Read(n.Value)
	if err != nil {
		d.at(n, "yaml-want-date", name, n.Value)
	}
	if target.Type() == dayType {
		target.Set(reflect.ValueOf(Day{date, d.textOffset(n)}))
	} else if err == nil {
		target.Set(reflect.ValueOf(date))
	}
}

var plainInteger = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)

func (d *decoder) integer(n *yaml.Node, target reflect.Value, name string) {
	value, err := strconv.ParseInt(n.Value, 10, 64)
	if n.Kind != yaml.ScalarNode || n.Style != 0 || !plainInteger.MatchString(n.Value) || err != nil || value > math.MaxInt32 || value < math.MinInt32 {
		value := n.Value
		if n.Kind != yaml.ScalarNode {
			value = d.source(n)
		}
		d.at(n, "yaml-want-integer", name, value)
		return
	}
	if target.Type() == numberType {
		target.Set(reflect.ValueOf(Number{int(value), d.textOffset(n)}))
		return
	}
	target.SetInt(value)
}

func (d *decoder) boolean(n *yaml.Node, target reflect.Value, name string) {
	if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Value != "true" && n.Value != "false" {
		d.at(n, "yaml-want-boolean", name, n.Value)
		return
	}
	target.SetBool(n.Value == "true")
}

func (d *decoder) list(n *yaml.Node, target reflect.Value, name string) {
	if n.Kind != yaml.SequenceNode {
		d.at(n, "yaml-want-list", name, kindName(n))
		return
	}
	slice := reflect.MakeSlice(target.Type(), len(n.Content), len(n.Content))
	column := n.Column - 1
	for i, item := range n.Content {
		d.indent = column
		d.value(item, slice.Index(i), name)
	}
	target.Set(slice)
}

// pairs calls `yield` for each key and value of a mapping. It reports repeated keys, merge keys, keys that are not text and keys that
// consist of forbidden characters, and does not call `yield` for these. If the node is not a mapping, pairs reports that and returns false.
func (d *decoder) pairs(n *yaml.Node, name string, yield func(key, value *yaml.Node)) bool {
	if n.Kind != yaml.MappingNode {
		d.at(n, "yaml-want-map", name, kindName(n))
		return false
	}
	seen := make(map[string]bool, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Kind != yaml.ScalarNode:
			d.at(key, "yaml-want-text", name, kindName(key))
		case key.ShortTag() == "!!merge":
			d.at(key, "yaml-alias", key.Value)
		case !d.characters(key):
		case seen[key.Value]:
			d.at(key, "yaml-repeated-key", key.Value)
		default:
			seen[key.Value] = true
			if value.Kind == yaml.ScalarNode && value.Value == "" {
				value.LineComment = key.LineComment // the parser takes a value that begins with # for a comment of the key
			}
			d.indent = key.Column - 1
			yield(key, value)
		}
	}
	return true
}

func (d *decoder) stringMap(n *yaml.Node, target reflect.Value, name string) {
	result := reflect.MakeMap(target.Type())
	d.pairs(n, name, func(key, value *yaml.Node) {
		element := reflect.New(target.Type().Elem()).Elem()
		d.value(value, element, key.Value)
		result.SetMapIndex(reflect.ValueOf(key.Value).Convert(target.Type().Key()), element)
	})
	target.Set(result)
}

func (d *decoder) orderedMap(n *yaml.Node, target reflect.Value, name string) {
	result := reflect.MakeSlice(target.Type(), 0, len(n.Content)/2)
	d.pairs(n, name, func(key, value *yaml.Node) {
		entry := reflect.New(target.Type().Elem()).Elem()
		entry.Field(0).Set(reflect.ValueOf(Text{key.Value, d.textOffset(key)}))
		d.value(value, entry.Field(1), key.Value)
		result = reflect.Append(result, entry)
	})
	target.Set(result)
}

func (d *decoder) structure(n *yaml.Node, target reflect.Value, name string) {
	layout := layoutOf(target.Type())
	present := make([]bool, len(layout.keys))
	var unknown []string
	ok := d.pairs(n, name, func(key, value *yaml.Node) {
		i, known := layout.index[key.Value]
		if !known {
			unknown = append(unknown, key.Value)
			d.at(key, "yaml-unknown-key", key.Value, layout.list, diag.Near{Name: key.Value, Names: layout.keys})
			return
		}
		present[i] = true
		d.value(value, target.FieldByIndex(layout.fields[i]), key.Value)
	})
	if !ok {
		return
	}
	// If the mapping misspells a key, only the unknown key is reported, not the missing one. At most as many unknown keys are compared as the
	// struct has keys, so that a long wrong mapping does not take long.
	misspelt := map[string]bool{}
	for _, key := range unknown[:min(len(unknown), len(layout.keys))] {
		misspelt[diag.Nearest(key, layout.keys)] = true
	}
	for i, key := range layout.keys {
		if !present[i] && layout.required[i] && !misspelt[key] {
			d.at(n, "yaml-missing-key", key)
		}
	}
}

// layout has the tags of a struct type's fields. The lists keys, fields and required have the same indexes.
type layout struct {
	keys     []string
	list     string  // the keys, separated by commas
	fields   [][]int // the index of each field, for reflect
	required []bool
	index    map[string]int // the index of each key in the lists
}

var layouts sync.Map // reflect.Type to *layout

func layoutOf(t reflect.Type) *layout {
	if known, ok := layouts.Load(t); ok {
		return known.(*layout)
	}
	l := &layout{index: map[string]int{}}
	for _, field := range reflect.VisibleFields(t) {
		tag, ok := field.Tag.Lookup("yaml")
		if !ok {
			continue
		}
		key, option, _ := strings.Cut(tag, ",")
		l.index[key] = len(l.keys)
		l.keys = append(l.keys, key)
		l.fields = append(l.fields, field.Index)
		l.required = append(l.required, option != "optional")
	}
	l.list = strings.Join(l.keys, ", ")
	known, _ := layouts.LoadOrStore(t, l)
	return known.(*layout)
}

// wantText returns the code of the finding about a list or map where a text is expected. A map in braces has its own code, because it is
// probably a text that begins with a token and lacks quotes.
func wantText(n *yaml.Node) diag.Code {
	if n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0 {
		return "yaml-want-quotes"
	}
	return "yaml-want-text"
}

// kindName returns the name of a node's kind: "text", "list" or "map".
func kindName(n *yaml.Node) diag.Word {
	switch n.Kind {
	case yaml.SequenceNode:
		return "list"
	case yaml.MappingNode:
		return "map"
	}
	return "text"
}
