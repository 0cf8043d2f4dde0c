// Package markup keeps finished markup apart from text. Whatever authors write is text, a string; what a page is made of
// is [HTML], and text becomes that here alone, escaped for where it stands. Constants of the program are HTML as they
// stand, so that
//
//	w.HTML("<b>")  is the program's own
//	w.Text(name)   is escaped
//	w.HTML(name)   does not compile
//
// A test (internal/archtest) sees that nobody else converts a string to these types, or imports html/template. What is
// said of HTML holds for XML and SVG: there is one way of escaping that is right in all of them, in text and in quoted
// attributes. Begin with writer.go, which puts markup together.
package markup

import (
	"encoding/json"
	"html/template"
	"strings"
)

// HTML is finished markup that may stand where elements and text may. Templates insert it as it is.
type HTML = template.HTML

// Attributes are finished attributes of a start tag, each with a space before it.
type Attributes = template.HTMLAttr

// Script is a finished script within a page.
type Script = template.JS

// Escape returns a text as markup shows it. A NUL in it becomes U+FFFD: finished fragments have marks that begin with one.
func Escape(text string) HTML {
	return HTML(template.HTMLEscapeString(text))
}

// sparing escapes what has a meaning between tags and between double quotes; apostrophes, of which prose has many, stay.
var sparing = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "\x00", "\ufffd")

// Attr returns an attribute with its value between double quotes.
func Attr(name HTML, value string) Attributes {
	return Attributes(" " + string(name) + `="` + sparing.Replace(value) + `"`)
}

// Bare returns attributes that a template is to show as a mark of letters and digits, until they are known.
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

// Style returns a style element. Nothing in the style ends it.
func Style(css string) HTML {
	return HTML("<style>" + strings.ReplaceAll(css, "</", `<\/`) + "</style>")
}

// Inline returns a script of the theme for use within a script element. Nothing in it ends that.
func Inline(script string) Script { return Script(strings.ReplaceAll(script, "</", `<\/`)) }

// Data returns a value as JSON for use within a script element: <, > and & are escapes in it.
func Data(v any) HTML {
	data, err := json.Marshal(v)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return HTML(data)
}

// Join puts markup between pieces of it.
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

// Replace replaces each place where old stands.
func Replace[T HTML | Attributes](h, old, with T) T {
	return T(strings.ReplaceAll(string(h), string(old), string(with)))
}

// ReplaceFirst replaces the first place where old stands.
func ReplaceFirst(h, old, with HTML) HTML {
	return HTML(strings.Replace(string(h), string(old), string(with), 1))
}

// Cut is [strings.Cut].
func Cut(h, at HTML) (before, after HTML, found bool) {
	b, a, found := strings.Cut(string(h), string(at))
	return HTML(b), HTML(a), found
}

// Without returns a text without what stands from each start to the next end, or to the end of the text.
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

// Replacer is a [strings.Replacer] of markup.
type Replacer struct{ replacer *strings.Replacer }

// NewReplacer takes pairs of what is replaced and by what.
func NewReplacer(pairs ...HTML) *Replacer {
	list := make([]string, len(pairs))
	for i, h := range pairs {
		list[i] = string(h)
	}
	return &Replacer{strings.NewReplacer(list...)}
}

// Replace returns the markup with all replacements made.
func (r *Replacer) Replace(h HTML) HTML { return HTML(r.replacer.Replace(string(h))) }

// Insert puts markup at some places, which ascend.
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
