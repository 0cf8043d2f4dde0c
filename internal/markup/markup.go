// Package markup keeps finished markup apart from text. What authors write is text (string), and what a page consists of is [HTML]. Only
// this package turns text into HTML, and it escapes the text for its context. Constants in the program are HTML without a conversion, so
// that
//
//	w.HTML("<b>")  compiles, because it is a constant of the program
//	w.Text(name)   compiles, and escapes name
//	w.HTML(name)   does not compile
//
// A test (internal/archtest) checks that no other package converts a string to these types, or imports html/template. XML and SVG use the
// same types: in text and in quoted attributes, the same escaping is right for all three. Begin with writer.go, which puts markup together.
package markup

import (
	"encoding/json"
	"html/template"
	"strings"
)

// HTML is finished markup, for any place that allows elements and text. Templates insert it unchanged.
type HTML = template.HTML

// Attributes are finished attributes of a start tag, each with a space before it.
type Attributes = template.HTMLAttr

// Script is a finished script for a page.
type Script = template.JS

// Escape escapes a text for use between tags and in quoted attributes. It replaces NUL with U+FFFD, because NUL begins the marks in
// finished fragments.
func Escape(text string) HTML {
	return HTML(template.HTMLEscapeString(text))
}

// sparing escapes only the characters that have a meaning between tags or between double quotes, and replaces NUL. It leaves apostrophes,
// which are frequent in prose.
var sparing = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "\x00", "\ufffd")

// Attr returns an attribute with a space before it. The value is escaped and in double quotes.
func Attr(name HTML, value string) Attributes {
	return Attributes(" " + string(name) + `="` + sparing.Replace(value) + `"`)
}

// Bare returns a mark that stands for attributes in a template, until they are known and replace it. It panics if the mark contains
// anything besides ASCII letters and digits.
func Bare(mark string) Attributes {
	for _, c := range mark {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			panic("BUG: a mark is not of letters and digits: " + mark)
		}
	}
	return Attributes(mark)
}

// Tag returns a start tag.
func Tag(name HTML, attributes Attributes) HTML { return "<" + name + HTML(attributes) + ">" }

// Style returns a style element with the sheets, one after another. It escapes </, so no sheet can end the element.
func Style(sheets ...string) HTML {
	var w Writer
	w.Style(sheets...)
	return w.Done()
}

// Inline returns a script of the theme for use in a script element. It escapes </, so the script cannot end the element.
func Inline(script string) Script { return Script(strings.ReplaceAll(script, "</", `<\/`)) }

// Data returns a value as JSON for use in a script element. It writes <, > and & as \u escapes. It panics if v cannot be converted to JSON.
func Data(v any) HTML {
	data, err := json.Marshal(v)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return HTML(data)
}

// Join concatenates pieces of markup with `between` as the separator.
func Join(pieces []HTML, between HTML) HTML {
	var w Writer
	for i, piece := range pieces {
		if i > 0 {
			w.HTML(between)
		}
		w.HTML(piece)
	}
	return w.Done()
}

// Replace replaces each occurrence of `old` with `with`.
func Replace[T HTML | Attributes](h, old, with T) T {
	return T(strings.ReplaceAll(string(h), string(old), string(with)))
}

// ReplaceFirst replaces the first occurrence of `old` with `with`.
func ReplaceFirst(h, old, with HTML) HTML {
	return HTML(strings.Replace(string(h), string(old), string(with), 1))
}

// Cut is [strings.Cut] for markup.
func Cut(h, at HTML) (before, after HTML, found bool) {
	b, a, found := strings.Cut(string(h), string(at))
	return HTML(b), HTML(a), found
}

// Without removes every part of `text` from `start` up to the next `end`, including both. If no `end` follows, it removes the rest of
// `text`.
func Without[T ~string](text, start, end T) T {
	if !strings.Contains(string(text), string(start)) {
		return text
	}
	var b strings.Builder
	for rest := string(text); ; {
		before, after, found := strings.Cut(rest, string(start))
		b.WriteString(before)
		if !found {
			return T(b.String())
		}
		_, rest, _ = strings.Cut(after, string(end))
	}
}

// Replacer is a [strings.Replacer] for markup.
type Replacer struct{ replacer *strings.Replacer }

// NewReplacer returns a replacer for pairs of old and new markup.
func NewReplacer(pairs ...HTML) *Replacer {
	list := make([]string, len(pairs))
	for i, h := range pairs {
		list[i] = string(h)
	}
	return &Replacer{strings.NewReplacer(list...)}
}

// Replace returns the markup with all replacements made.
func (r *Replacer) Replace(h HTML) HTML { return HTML(r.replacer.Replace(string(h))) }

// Insert inserts the markup `what` at each of the places, which are offsets into h in ascending order.
func Insert(h HTML, places []int, what HTML) HTML {
	if len(places) == 0 {
		return h
	}
	var b strings.Builder
	b.Grow(len(h) + len(places)*len(what))
	last := 0
	for _, at := range places {
		b.WriteString(string(h[last:at]))
		b.WriteString(string(what))
		last = at
	}
	b.WriteString(string(h[last:]))
	return HTML(b.String())
}
