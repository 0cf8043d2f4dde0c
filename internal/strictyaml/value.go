package strictyaml

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/written"
)

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
			d.splitKey(n, key, value)
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

// joinedKey matches a key in braces that holds its value, because the space after the colon is missing.
var joinedKey = regexp.MustCompile(`^[a-z_0-9-]+:[^ /]`)

// splitKey reports a key in braces such as unit:months, which lacks the space after its colon. It then splits the nodes as if the space were
// there, so that nothing else is reported.
func (d *decoder) splitKey(n, key, value *yaml.Node) {
	if n.Style&yaml.FlowStyle == 0 || key.Style != 0 || value.Kind != yaml.ScalarNode || value.Value != "" || value.Style != 0 || !joinedKey.MatchString(key.Value) {
		return
	}
	name, rest, _ := strings.Cut(key.Value, ":")
	at := d.textOffset(key) + len(name)
	d.add(d.file.Mendable(d.file.At(at, "yaml-colon-space"), diag.Edit{Offset: at, Old: ":", New: ": "}))
	key.Value, value.Value, value.Line, value.Column = name, rest, key.Line, key.Column+len(name)+1
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

// wantText returns the code of the finding about a list or map where a text is expected. One in brackets has its own code, because it is
// probably a text that begins with a token or bracket and lacks quotes.
func wantText(n *yaml.Node) diag.Code {
	if n.Style&yaml.FlowStyle != 0 {
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
