package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"sitegen/internal/diag"
)

// jsonValue is a value of a JSON file with the place it stands at. Its value is nil, a bool, a float64, a string, a
// []*jsonValue or a []jsonMember.
type jsonValue struct {
	offset int
	value  any
}

// jsonMember is a key of a JSON object with its value.
type jsonMember struct {
	key    string
	offset int
	value  *jsonValue
}

// member returns the value of a key, or nil.
func (v *jsonValue) member(key string) *jsonValue {
	members, _ := v.value.([]jsonMember)
	for _, m := range members {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// parseJSON reads a file as JSON, or says where it stops being that.
func parseJSON(f *diag.File) (*jsonValue, []diag.Diagnostic) {
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
	p := &jsonParser{data: f.Data, decoder: json.NewDecoder(bytes.NewReader(f.Data))}
	return p.next(), nil
}

// jsonParser goes through a text that is known to be JSON.
type jsonParser struct {
	data    []byte
	decoder *json.Decoder
}

// start returns where the next token begins: its decoder knows only where the last one ended.
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
		panic("BUG: what was JSON is none: " + err.Error())
	}
	return token
}

func (p *jsonParser) next() *jsonValue {
	v := &jsonValue{offset: p.start()}
	switch token := p.token(); token {
	case json.Delim('['):
		list := []*jsonValue{}
		for p.decoder.More() {
			list = append(list, p.next())
		}
		p.token()
		v.value = list
	case json.Delim('{'):
		members := []jsonMember{}
		for p.decoder.More() {
			m := jsonMember{offset: p.start()}
			m.key = p.token().(string)
			m.value = p.next()
			members = append(members, m)
		}
		p.token()
		v.value = members
	default:
		v.value = token
	}
	return v
}

// plain returns the value as encoding/json gives it.
func (v *jsonValue) plain() any {
	switch value := v.value.(type) {
	case []*jsonValue:
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = item.plain()
		}
		return list
	case []jsonMember:
		object := map[string]any{}
		for _, m := range value {
			object[m.key] = m.value.plain()
		}
		return object
	}
	return v.value
}

// loneSurrogate returns where half of a pair is written as \uXXXX, or -1. It is no character, and in its place every
// reader of JSON puts what it likes.
func loneSurrogate(data []byte) int {
	for at := 0; at < len(data); at++ {
		if data[at] != '\\' {
			continue
		}
		half := escaped(data[at:])
		if !utf16.IsSurrogate(half) {
			at++ // a backslash may follow, which begins nothing
			continue
		}
		if utf16.DecodeRune(half, escaped(data[at+6:])) == utf8.RuneError {
			return at
		}
		at += 11
	}
	return -1
}

// escaped returns the unit of UTF-16 that the text begins with as \uXXXX, or 0.
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

// OneLine writes a value as JSON.
func OneLine(value any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("BUG: no JSON: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
