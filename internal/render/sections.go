package render

import (
	"strings"
	"unicode/utf8"

	"sitegen/internal/markup"
)

// A question's page is at most four screens of a phone long. What is left for the text of answer and details, beside headings, related
// questions and what stands around, is about openText full-width characters; a paragraph, an entry of a list or a row of a
// table counts blockText more, for its last line and the space below it, and a section's heading headingText.
const (
	openText    = 360
	blockText   = 12
	headingText = 30
)

// section is a part of a body from one heading of level 2 to the next. The first may have no heading.
type section struct {
	heading markup.HTML // the element
	lead    markup.HTML // the tag of steps with the heading, which stands before it
	text    markup.HTML // what follows it
	places  []int       // where in the text what the author marked as important begins and ends
	open    bool        // such a part holds for a time only, and cannot stand without what says so

	rest, important markup.HTML // the text without these places, and what stands there
}

// foldSections folds the sections of a body for which there is no room behind an answer on a page of four screens. What is marked as
// important is never folded: it then stands behind its section. Nor is what stands before the first heading.
func foldSections(answer, body markup.HTML) markup.HTML {
	var w markup.Writer
	w.Grow(len(body) + 256)
	list := sections(body)
	room := openText - textLength(answer) - headingText*len(list)
	for i := range list {
		s := &list[i]
		s.rest, s.important = s.apart()
		room -= textLength(s.important)
	}
	for _, s := range list {
		rest, length := s.rest, textLength(s.rest)
		if s.heading == "" || s.open || length <= room {
			w.HTML(s.lead, s.heading, s.text)
		} else {
			if s.lead != "" { // a section has a heading
				rest = `<div class="steps">` + markup.ReplaceFirst(rest, "</section>", "</div>")
			}
			w.HTML(`<details class="part"><summary>`, s.heading, "</summary>\n", rest, "</details>\n", s.important)
		}
		room = max(0, room-length)
	}
	return w.Done()
}

// apart returns the text of a section without what is important in it, and that.
func (s *section) apart() (rest, important markup.HTML) {
	from := 0
	for i := 0; i < len(s.places); i += 2 {
		start, end := s.places[i], s.places[i+1]
		rest += s.text[from:start]
		important += s.text[start:end]
		from = end
	}
	return rest + s.text[from:], important
}

// sections parts a body at its headings of level 2. That of steps stands within them.
func sections(body markup.HTML) []section {
	list := []section{{}}
	depth, from := 0, 0
	for at := 0; ; {
		start := strings.IndexByte(string(body[at:]), '<')
		if start < 0 {
			list[len(list)-1].text = body[from:]
			return list
		}
		at += start
		tag := tagOf(body[at:])
		if lead, found := headed(body[at:], tag); depth == 0 && found {
			list[len(list)-1].text = body[from:at]
			depth = nests(lead)
			from = at + len(lead) + strings.Index(string(body[at:]), headingEnd) + len(headingEnd) - len(lead)
			list = append(list, section{lead: lead, heading: body[at+len(lead) : from]})
			at = from
			continue
		}
		current, important := &list[len(list)-1], strings.HasPrefix(string(tag), `<div class="important"`)
		switch {
		case important && depth == 0:
			current.places = append(current.places, at-from)
		case important:
			current.open = true
		}
		at += len(tag)
		if depth += nests(tag); depth == 0 && len(current.places)%2 == 1 {
			current.places = append(current.places, at-from)
		}
	}
}

const headingStart, headingEnd = "<h2", "</h2>"

// headed reports whether a text, which begins with a tag, begins with a heading of level 2, and returns the tag of the steps
// whose heading it is.
func headed(text, tag markup.HTML) (lead markup.HTML, found bool) {
	if strings.HasPrefix(string(tag), `<section class="steps"`) && strings.HasPrefix(string(text[len(tag):]), headingStart) {
		return tag, true
	}
	return "", strings.HasPrefix(string(tag), headingStart)
}

// tagOf returns the tag that a text begins with.
func tagOf(text markup.HTML) markup.HTML {
	end := strings.IndexByte(string(text), '>')
	if end < 0 {
		panic("BUG: a tag without end in a body")
	}
	return text[:end+1]
}

// nests says how a tag changes the depth: 1 for one that opens an element, -1 for one that ends it, 0 for one without an end.
func nests(tag markup.HTML) int {
	switch {
	case tag == "":
		return 0
	case tag[1] == '/':
		return -1
	case strings.HasSuffix(string(tag), "/>"), tag == "<br>", tag == "<hr>", tag == "<rp>", tag == "<rt>": // those of readings have no end
		return 0
	}
	return 1
}

// textLength is how much room a fragment takes, in full-width characters. A reading counts one: it makes its line higher.
func textLength(html markup.HTML) int {
	half := 0
	for html != "" {
		switch {
		case html[0] != '<':
			c, size := utf8.DecodeRuneInString(string(html))
			if half++; c >= 0x2e80 {
				half++
			}
			html = html[size:]
		case strings.HasPrefix(string(html), "<rp>"):
			_, html, _ = markup.Cut(html, "</ruby>")
			half += 2
		default:
			tag := tagOf(html)
			if tag == "</p>" || tag == "</li>" || tag == "</tr>" {
				half += 2 * blockText
			}
			html = html[len(tag):]
		}
	}
	return half / 2
}
