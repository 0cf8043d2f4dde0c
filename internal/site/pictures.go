package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markup"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// heaviestPicture is how many bytes a drawing may have: it stands within the page, once on the home page for each tile.
const heaviestPicture = 1500

var (
	pictureNumber  = regexp.MustCompile(`^-?[0-9]*\.?[0-9]+$`)
	pictureNumbers = regexp.MustCompile(`^[-0-9., ]+$`)
	picturePaint   = regexp.MustCompile(`^(?:none|currentColor|#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}))$`)
)

// pictureValues are the attributes that a drawing may have, and the form of their values: nothing that loads, runs or
// refers to anything.
var pictureValues = map[string]*regexp.Regexp{
	"class": regexp.MustCompile(`^(?:` + strings.Join(schema.PictureRoles.Words, "|") + `)$`),
	"d":     regexp.MustCompile(`^[-MmLlHhVvCcSsQqTtAaZz0-9., ]+$`),
	"x":     pictureNumber, "y": pictureNumber, "width": pictureNumber, "height": pictureNumber, "rx": pictureNumber, "ry": pictureNumber,
	"cx": pictureNumber, "cy": pictureNumber, "r": pictureNumber, "x1": pictureNumber, "y1": pictureNumber, "x2": pictureNumber, "y2": pictureNumber,
	"font-size": pictureNumber, "stroke-width": pictureNumber,
	"points": pictureNumbers, "stroke-dasharray": pictureNumbers,
	"fill": picturePaint, "stroke": picturePaint,
	"text-anchor": regexp.MustCompile(`^(?:start|middle|end)$`),
	"transform":   regexp.MustCompile(`^(?:(?:translate|rotate|scale)\([-0-9., ]+\) ?)+$`),
}

// loadPictures reads the drawings: pictures/<name>.svg.
func (l *loader) loadPictures() error {
	l.site.Pictures = map[string]markup.HTML{}
	return l.readPictures(schema.Pictures, func(name string, drawing markup.HTML) { l.site.Pictures[name] = drawing })
}

// ownPictures reads the drawings of an insurer, each in the place of one of the general site's.
func (p *profileLoader) ownPictures() error {
	p.site.Pictures = maps.Clone(p.general.site.Pictures)
	folder := p.folder + "/" + schema.Pictures
	if err := p.checkFolder(folder, schema.Folders[schema.Pictures]); err != nil {
		return err
	}
	return p.readPictures(folder, func(name string, drawing markup.HTML) {
		if _, ok := p.general.site.Pictures[name]; !ok {
			p.report(strayFile(&diag.File{Name: path.Join(p.name, folder, name+schema.PictureEnding)}, name+schema.PictureEnding, p.general.pictureFiles()))
			return
		}
		p.site.Pictures[name] = drawing
	})
}

func (l *loader) pictureFiles() []string {
	var files []string
	for _, name := range sortedKeys(l.site.Pictures) {
		files = append(files, name+schema.PictureEnding)
	}
	return files
}

// readPictures reads the drawings in a folder, which may be missing.
func (l *loader) readPictures(folder string, add func(name string, drawing markup.HTML)) error {
	entries, err := fs.ReadDir(l.content, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var known []string
	for _, entry := range entries {
		if isID(strings.TrimSuffix(entry.Name(), schema.PictureEnding)) {
			known = append(known, entry.Name())
		}
	}
	for _, entry := range entries {
		name, isPicture := strings.CutSuffix(entry.Name(), schema.PictureEnding)
		if !isPicture || schema.Ignored(entry.Name()) {
			continue
		}
		if !isID(name) && schema.CopyOf(entry.Name(), known) != "" {
			l.report((&diag.File{Name: path.Join(l.name, folder, entry.Name())}).Whole("file-copy", entry.Name()))
			continue
		}
		f, found, err := plaintext.Read(l.content, l.name, folder+"/"+entry.Name())
		if err != nil {
			return err
		}
		var drawing markup.HTML
		if len(found) == 0 {
			drawing, found = l.draw(f)
		}
		if !isID(name) {
			found = append(found, f.Whole("id-form-snake", name))
		}
		l.report(found...)
		add(name, drawing)
	}
	return err
}

// draw returns a drawing as pages show it, and what is wrong in it. Whatever it shows is told in words beside it.
func (l *loader) draw(f *diag.File) (markup.HTML, []diag.Diagnostic) {
	if len(f.Data) > heaviestPicture {
		return "", []diag.Diagnostic{f.Whole("picture-heavy", strconv.Itoa(len(f.Data)), strconv.Itoa(heaviestPicture))}
	}
	p := &pictureReader{file: f, decoder: xml.NewDecoder(bytes.NewReader(f.Data)), lang: l.site.Default.Lang}
	p.read()
	if len(p.found.List) > 0 {
		return "", p.found.List
	}
	return p.out.Done(), nil
}

// pictureReader reads one drawing and writes it again.
type pictureReader struct {
	file    *diag.File
	decoder *xml.Decoder
	lang    string // of the words on it
	out     markup.Writer
	open    []string
	found   diag.Findings
}

func (p *pictureReader) refuse(at int, part string, known []string) {
	p.found.Add(p.file.At(at, "picture-part", part, strings.Join(known, ", ")))
}

func (p *pictureReader) read() {
	for {
		at := int(p.decoder.InputOffset())
		token, err := p.decoder.Token()
		if err != nil {
			if p.out.Len() == 0 || len(p.open) > 0 || at < len(bytes.TrimSpace(p.file.Data)) {
				p.found.Add(p.file.At(at, "picture-unreadable"))
			}
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			p.start(at, token)
		case xml.EndElement:
			p.open = p.open[:len(p.open)-1]
			p.out.HTML("</", markup.Escape(token.Name.Local), ">")
		case xml.CharData:
			p.words(at, string(token))
		case xml.ProcInst:
			if token.Target != "xml" {
				p.refuse(at, "<?"+token.Target, schema.PictureParts.Words)
			}
		case xml.Directive:
			p.refuse(at, "<!", schema.PictureParts.Words)
		}
	}
}

// words writes what is printed on the drawing.
func (p *pictureReader) words(at int, words string) {
	text, within := strings.TrimSpace(words), ""
	if len(p.open) > 0 {
		within = p.open[len(p.open)-1]
	}
	switch {
	case within == "text":
		p.out.Text(text)
	case text != "" && schema.PictureParts.Has(within):
		p.refuse(at+strings.Index(words, text), text, schema.PictureParts.Words)
	}
}

func (p *pictureReader) start(at int, element xml.StartElement) {
	name := element.Name.Local
	switch isOuter := len(p.open) == 0; {
	case isOuter && (name != "svg" || p.out.Len() > 0), !isOuter && name == "svg":
		p.found.Add(p.file.At(at, "picture-unreadable"))
	case !schema.PictureParts.Has(name):
		p.refuse(at, "<"+name+">", schema.PictureParts.Words)
	case isOuter:
		p.frame(at, element)
	default:
		p.out.HTML("<", markup.Escape(name))
		for _, attribute := range element.Attr {
			p.attribute(at, attribute)
		}
		p.out.HTML(">")
	}
	p.open = append(p.open, name)
}

// frame writes the outer element, as large as its coordinates say where a browser has no style.
func (p *pictureReader) frame(at int, element xml.StartElement) {
	box := ""
	for _, attribute := range element.Attr {
		switch attribute.Name.Local {
		case "viewBox":
			box = attribute.Value
		case "xmlns", "width", "height": // drawing programs write them
		default:
			p.refuse(p.at(at, attribute), attribute.Name.Local, []string{"viewBox"})
		}
	}
	measures := strings.Fields(box)
	if len(measures) != 4 || !pictureNumbers.MatchString(box) {
		p.found.Add(p.file.At(at, "picture-unreadable"))
		return
	}
	p.out.HTML(`<svg class="picture"`)
	p.out.Attr("lang", p.lang)
	p.out.HTML(` aria-hidden="true" focusable="false"`)
	p.out.Attr("width", measures[2])
	p.out.Attr("height", measures[3])
	p.out.Attr("viewBox", box)
	p.out.HTML(">")
}

func (p *pictureReader) attribute(at int, attribute xml.Attr) {
	name := attribute.Name.Local
	form, known := pictureValues[name]
	switch {
	case !known || attribute.Name.Space != "":
		p.refuse(p.at(at, attribute), name, sortedKeys(pictureValues))
	case name == "class" && !form.MatchString(attribute.Value):
		p.refuse(p.at(at, attribute), attribute.Value, schema.PictureRoles.Words)
	case !form.MatchString(attribute.Value):
		p.refuse(p.at(at, attribute), name+`="`+attribute.Value+`"`, nil)
	default:
		p.out.Attr(markup.Escape(name), attribute.Value)
	}
}

// at returns where an attribute of the element at an offset stands.
func (p *pictureReader) at(element int, attribute xml.Attr) int {
	name := attribute.Name.Local
	if found := regexp.MustCompile(`[\s:]` + regexp.QuoteMeta(name) + `\s*=`).FindIndex(p.file.Data[element:]); found != nil {
		return element + found[0] + 1
	}
	return element
}

// checkPicture reports the name of a drawing that is not there.
func (l *loader) checkPicture(f *diag.File, name strictyaml.Text) []diag.Diagnostic {
	if _, ok := l.site.Pictures[name.Value]; ok || name.Value == "" {
		return nil
	}
	return []diag.Diagnostic{f.At(name.Offset, "picture-unknown", name.Value, suggest(name.Value, sortedKeys(l.site.Pictures)))}
}

// pictured returns the terms that have a drawing.
func (l *loader) pictured() (ids []string) {
	for _, term := range l.site.Terms {
		if term.picture != "" {
			ids = append(ids, term.ID)
		}
	}
	return ids
}

// Picture returns the drawing of a term as pages of a site show it; "" where it has none.
func (s *Site) Picture(t *Term) markup.HTML { return s.Pictures[t.picture] }

// Drawn returns the terms that a drawing stands for, in the order of the glossary.
func (s *Site) Drawn(picture string) []*Term {
	var list []*Term
	for _, term := range s.Terms {
		if term.picture == picture && picture != "" {
			list = append(list, term)
		}
	}
	return list
}
