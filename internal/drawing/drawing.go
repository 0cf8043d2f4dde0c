// Package drawing reads the drawings of papers: small SVG files that become part of pages. The input is a file, and the language of the
// words in the drawing. The output is the drawing as HTML, or findings. A drawing consists of shapes with roles ([schema.PictureParts],
// [schema.PictureRoles]). Everything that could load a file, run code or refer to something is refused, and so is CSS. Begin with [Read].
package drawing

import (
	"bytes"
	"encoding/xml"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markup"
	"sitegen/internal/schema"
)

// Heaviest is the maximum size of a drawing in bytes. A drawing is part of each page that shows it, and the home page has a drawing for
// each tile.
const Heaviest = 1500

var (
	numberForm  = regexp.MustCompile(`^-?[0-9]*\.?[0-9]+$`)
	numbersForm = regexp.MustCompile(`^[-0-9., ]+$`)
	paintForm   = regexp.MustCompile(`^(?:none|currentColor|#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}))$`)
)

// attributes has the attributes that a drawing may have, each with the form of its value. They cannot load a file, run code or refer to
// anything.
var attributes = map[string]*regexp.Regexp{
	"class": regexp.MustCompile(`^(?:` + strings.Join(schema.PictureRoles.Words, "|") + `)$`),
	"d":     regexp.MustCompile(`^[-MmLlHhVvCcSsQqTtAaZz0-9., ]+$`),
	"x":     numberForm, "y": numberForm, "width": numberForm, "height": numberForm, "rx": numberForm, "ry": numberForm,
	"cx": numberForm, "cy": numberForm, "r": numberForm, "x1": numberForm, "y1": numberForm, "x2": numberForm, "y2": numberForm,
	"font-size": numberForm, "stroke-width": numberForm,
	"points": numbersForm, "stroke-dasharray": numbersForm,
	"fill": paintForm, "stroke": paintForm,
	"text-anchor": regexp.MustCompile(`^(?:start|middle|end)$`),
	"transform":   regexp.MustCompile(`^(?:(?:translate|rotate|scale)\([-0-9., ]+\) ?)+$`),
}

// Attributes returns the sorted names of the attributes that shapes may have.
func Attributes() []string { return slices.Sorted(maps.Keys(attributes)) }

// Read returns a drawing as HTML for pages and no findings or, if something is wrong with the drawing, only findings. `lang` is the
// language of the words in the drawing; it becomes a lang attribute. Screen readers skip the drawing, because the words beside it say the
// same.
func Read(f *diag.File, lang string) (markup.HTML, []diag.Diagnostic) {
	if len(f.Data) > Heaviest {
		return "", []diag.Diagnostic{f.Whole("picture-heavy", strconv.Itoa(len(f.Data)), strconv.Itoa(Heaviest))}
	}
	r := &reader{file: f, decoder: xml.NewDecoder(bytes.NewReader(f.Data)), lang: lang}
	r.read()
	if len(r.found.List) > 0 {
		return "", r.found.List
	}
	return r.out.Done(), nil
}

// reader reads one drawing and writes it as HTML.
type reader struct {
	file    *diag.File
	decoder *xml.Decoder
	lang    string // language of the words in the drawing
	out     markup.Writer
	open    []string
	found   diag.Findings
}

func (r *reader) refuse(at int, part string, known []string) {
	r.found.Add(r.file.At(at, "picture-part", part, strings.Join(known, ", ")))
}

func (r *reader) read() {
	for {
		at := int(r.decoder.InputOffset())
		token, err := r.decoder.Token()
		if err != nil {
			if r.out.Len() == 0 || len(r.open) > 0 || at < len(bytes.TrimSpace(r.file.Data)) {
				r.found.Add(r.file.At(at, "picture-unreadable"))
			}
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			r.start(at, token)
		case xml.EndElement:
			r.open = r.open[:len(r.open)-1]
			r.out.HTML("</", markup.Escape(token.Name.Local), ">")
		case xml.CharData:
			r.words(at, string(token))
		case xml.ProcInst:
			if token.Target != "xml" {
				r.refuse(at, "<?"+token.Target, schema.PictureParts.Words)
			}
		case xml.Directive:
			r.refuse(at, "<!", schema.PictureParts.Words)
		}
	}
}

// words writes the words inside a `text` element, which are printed on the drawing. It reports words inside any other shape.
func (r *reader) words(at int, words string) {
	text, within := strings.TrimSpace(words), ""
	if len(r.open) > 0 {
		within = r.open[len(r.open)-1]
	}
	switch {
	case within == "text":
		r.out.Text(text)
	case text != "" && schema.PictureParts.Has(within):
		r.refuse(at+strings.Index(words, text), text, schema.PictureParts.Words)
	}
}

func (r *reader) start(at int, element xml.StartElement) {
	name := element.Name.Local
	switch isOuter := len(r.open) == 0; {
	case isOuter && (name != "svg" || r.out.Len() > 0), !isOuter && name == "svg":
		r.found.Add(r.file.At(at, "picture-unreadable"))
	case !schema.PictureParts.Has(name):
		r.refuse(at, "<"+name+">", schema.PictureParts.Words)
	case isOuter:
		r.frame(at, element)
	default:
		r.out.HTML("<", markup.Escape(name))
		for _, attribute := range element.Attr {
			r.attribute(at, attribute)
		}
		r.out.HTML(">")
	}
	r.open = append(r.open, name)
}

// frame writes the outer element. It sets width and height from the viewBox, for browsers that have not loaded the style sheet.
func (r *reader) frame(at int, element xml.StartElement) {
	box := ""
	for _, attribute := range element.Attr {
		switch attribute.Name.Local {
		case "viewBox":
			box = attribute.Value
		case "xmlns", "width", "height": // drawing programs write these; the output has its own width and height
		default:
			r.refuse(r.at(at, attribute), attribute.Name.Local, []string{"viewBox"})
		}
	}
	measures := strings.Fields(box)
	if len(measures) != 4 || !numbersForm.MatchString(box) {
		r.found.Add(r.file.At(at, "picture-unreadable"))
		return
	}
	r.out.HTML(`<svg class="picture"`)
	r.out.Attr("lang", r.lang)
	r.out.HTML(` aria-hidden="true" focusable="false"`)
	r.out.Attr("width", measures[2])
	r.out.Attr("height", measures[3])
	r.out.Attr("viewBox", box)
	r.out.HTML(">")
}

func (r *reader) attribute(at int, attribute xml.Attr) {
	name := attribute.Name.Local
	form, known := attributes[name]
	switch {
	case !known || attribute.Name.Space != "":
		r.refuse(r.at(at, attribute), name, Attributes())
	case name == "class" && !form.MatchString(attribute.Value):
		r.refuse(r.at(at, attribute), attribute.Value, schema.PictureRoles.Words)
	case !form.MatchString(attribute.Value):
		r.refuse(r.at(at, attribute), name+`="`+attribute.Value+`"`, nil)
	default:
		r.out.Attr(markup.Escape(name), attribute.Value)
	}
}

// at returns the offset of an attribute. `element` is the offset of the attribute's element.
func (r *reader) at(element int, attribute xml.Attr) int {
	name := attribute.Name.Local
	if found := regexp.MustCompile(`[\s:]` + regexp.QuoteMeta(name) + `\s*=`).FindIndex(r.file.Data[element:]); found != nil {
		return element + found[0] + 1
	}
	return element
}
