// Package strictjson reads JSON together with the place of every value, so that messages can show where a value is.
//
// The input is a file, which callers must first check with [LoneSurrogate]. The output is a [Value], or a diagnostic about the place where
// the file stops being JSON. Begin with [Decode]. [Line] writes JSON.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
)

// Value is a value of a JSON file, with the offset of its first byte. The field Value is nil, a bool, a float64, a string, a []*Value or a
// []Member.
type Value struct {
	Offset int
	Value  any
}

// Member is a key of a JSON object, with the offset of the key and with its value.
type Member struct {
	Key    string
	Offset int
	Value  *Value
}

// Member returns the value of a key. If the key is repeated, it returns the first value. It returns nil if v is not an object or does not
// have the key.
func (v *Value) Member(key string) *Value {
	members, _ := v.Value.([]Member)
	for _, m := range members {
		if m.Key == key {
			return m.Value
		}
	}
	return nil
}

// Decode reads a file as JSON. If the file is not JSON, or contains a number too large for a float64, it returns nil and a diagnostic. It
// also returns nil if escapes in keys and texts stand for characters that [plaintext.Fault] forbids, with a diagnostic for each.
func Decode(f *diag.File) (*Value, []diag.Diagnostic) {
	var whole any
	var syntax *json.SyntaxError
	var number *json.UnmarshalTypeError
	switch err := json.Unmarshal(f.Data, &whole); {
	case errors.As(err, &syntax) && int(syntax.Offset) >= len(bytes.TrimRight(f.Data, " \t\r\n")):
		return nil, []diag.Diagnostic{f.At(len(f.Data), "json-ends")}
	case errors.As(err, &syntax):
		return nil, []diag.Diagnostic{f.At(int(syntax.Offset)-1, "json-syntax")}
	case errors.As(err, &number):
		return nil, []diag.Diagnostic{f.At(int(number.Offset)-1, "json-syntax")}
	}
	if found := forbidden(f); len(found) > 0 {
		return nil, found
	}
	p := &jsonParser{data: f.Data, decoder: json.NewDecoder(bytes.NewReader(f.Data))}
	return p.next(), nil
}

// jsonParser builds the values of a text that is certainly JSON.
type jsonParser struct {
	data    []byte
	decoder *json.Decoder
}

// start returns the offset of the next token. The decoder only tells where the last token ended.
func (p *jsonParser) start() int {
	at := int(p.decoder.InputOffset())
	for bytes.IndexByte([]byte(" \t\r\n,:"), p.data[at]) >= 0 {
		at++
	}
	return at
}

func (p *jsonParser) token() json.Token {
	token, err := p.decoder.Token()
	if err != nil {
		panic("BUG: this was JSON before: " + err.Error())
	}
	return token
}

func (p *jsonParser) next() *Value {
	v := &Value{Offset: p.start()}
	switch token := p.token(); token {
	case json.Delim('['):
		list := []*Value{}
		for p.decoder.More() {
			list = append(list, p.next())
		}
		p.token()
		v.Value = list
	case json.Delim('{'):
		members := []Member{}
		for p.decoder.More() {
			m := Member{Offset: p.start()}
			m.Key = p.token().(string)
			m.Value = p.next()
			members = append(members, m)
		}
		p.token()
		v.Value = members
	default:
		v.Value = token
	}
	return v
}

// Plain returns the value in the form of json.Unmarshal: a list is a []any, and an object is a map[string]any.
func (v *Value) Plain() any {
	switch value := v.Value.(type) {
	case []*Value:
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = item.Plain()
		}
		return list
	case []Member:
		object := map[string]any{}
		for _, m := range value {
			object[m.Key] = m.Value.Plain()
		}
		return object
	}
	return v.Value
}

// LoneSurrogate returns the offset of the first escape \uXXXX that is one half of a surrogate pair without the other half, or -1 if there
// is no such escape. The escape does not stand for a character, and JSON readers replace it in different ways.
func LoneSurrogate(data []byte) int {
	for at := 0; at < len(data); at++ {
		if data[at] != '\\' {
			continue
		}
		half := escaped(data[at:])
		if !utf16.IsSurrogate(half) {
			at++ // skips the escaped character, which may be a backslash
			continue
		}
		if utf16.DecodeRune(half, escaped(data[at+6:])) == utf8.RuneError {
			return at
		}
		at += 11
	}
	return -1
}

// forbidden reports each escape in a file that stands for a forbidden character. The file must be JSON, and [plaintext.Read] must have
// checked its bytes.
func forbidden(f *diag.File) []diag.Diagnostic {
	var found diag.Findings
	before := ' '
	for at := 0; at < len(f.Data); {
		r, size := utf8.DecodeRune(f.Data[at:])
		if r == '\\' {
			r, size = unescaped(f.Data[at:])
			if code := plaintext.Fault(r, before); code != "" && r != '\n' && r != '\t' {
				found.Add(f.At(at, code, r))
			}
		}
		before = r
		at += size
	}
	return found.List
}

// unescaped returns the character for which the escape at the beginning of `data` stands, and the length of the escape in bytes.
func unescaped(data []byte) (r rune, size int) {
	if data[1] != 'u' {
		if short := strings.IndexByte("bfnrt", data[1]); short >= 0 {
			return rune("\b\f\n\r\t"[short]), 2
		}
		return rune(data[1]), 2
	}
	r = escaped(data)
	if utf16.IsSurrogate(r) {
		return utf16.DecodeRune(r, escaped(data[6:])), 12
	}
	return r, 6
}

// escaped returns the UTF-16 code unit of the escape \uXXXX at the beginning of `data`, or 0 if `data` does not begin with such an escape.
func escaped(data []byte) rune {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return 0
	}
	unit, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	if err != nil {
		return 0
	}
	return rune(unit)
}

// Line returns a value as JSON on one line, without a newline. It does not escape <, > and &. It panics if JSON cannot express the
// value.
func Line(v any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic("BUG: no JSON: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
