package render

import (
	"crypto/rand"
	"fmt"
	"strings"

	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// A form is the output of a template with holes where pages differ. A template runs once a form; a page then costs
// little more than copying bytes. What fills a hole must be safe HTML text: the contexts are text and quoted
// attributes, for which one way of escaping is right (package markup), and newForm refuses holes elsewhere.
type form struct {
	segments []segment
	size     int
}

// segment is constant text and the hole behind it; the last segment of a form has none.
type segment struct {
	text markup.HTML
	hole hole
}

// hole names a place in a form.
type hole int

const (
	noHole         hole = iota
	holeBase            // the way to the language's folder: "" or "../"
	holeID              // of a question
	holeTitle           // of a question, as text or as HTML
	holeHeading         // the title of the question whose page it is, as HTML
	holeDays            // the attribute data-days
	holeStyleHash       // the source expression for what is in holeStyle
	holeStyle           // the style element, which closes passages by the day
	holeMeta            // links and data that need the site's address
	holeSwitch          // the list of languages
	holeAnswer          // of a question
	holePeriod          // the days a question holds
	holeClass           // boundary days as classes
	holeBody            // of a question
	holeTerms           // the words of an answer, explained
	holeNames           // of these words
	holeSources         // a list of sources
	holeSourced         // how many they are, and when they were read
	holeAsOf            // when a question was checked
	holeNewest          // when the newest of its sources was published
	holeReview          // that it is to be checked again, or was not
	holeReviewBy        // the day of that
	holeRelated         // related questions
	holeRows            // a list of links to questions
	holeLabel           // of a source
	holeLang            // the attributes of the name of a language
	holeHref            // of a link
	holeName            // of a language
	holeAttributes      // of a link
	holeForeign         // the attribute of words in some other language than the page's
	holeCount
)

// markOpen begins a mark. No author can write one: who knows how a mark looks does not know the number of this run.
var markOpen = "xX" + rand.Text() + "hole"

// mark is what stands for the hole while the template runs. It is letters and digits, so that escaping leaves it alone.
func (h hole) mark() string { return fmt.Sprintf("%s%02d", markOpen, h) }

// html is the mark for a hole that takes HTML.
func (h hole) html() markup.HTML { return markup.Escape(h.mark()) }

// attributes is the mark for a hole that takes attributes.
func (h hole) attributes() markup.Attributes { return markup.Bare(h.mark()) }

// newForm runs a template. base replaces root markers; "" leaves the holeBase.
func newForm(t *markup.Template, name string, view any, base string) (*form, error) {
	text, err := t.Run(name, view)
	if err != nil {
		return nil, err
	}
	text = markup.Replace(text, site.RootMarker, markup.Escape(base))
	f := &form{size: len(text)}
	for {
		at := strings.Index(string(text), markOpen)
		if at < 0 {
			f.segments = append(f.segments, segment{text: text})
			return f, nil
		}
		var h hole
		if _, err := fmt.Sscanf(string(text[at+len(markOpen):]), "%02d", &h); err != nil || h <= noHole || h >= holeCount {
			panic("BUG: no hole has the mark in " + name)
		}
		if inRawText(string(text[:at])) {
			return nil, fmt.Errorf("template %s: what differs from page to page may not stand inside <script> or <style>", name)
		}
		f.segments = append(f.segments, segment{text[:at], h})
		text = text[at+len(h.mark()):]
	}
}

// inRawText says whether the text ends inside a script or style element, where HTML escaping means nothing.
func inRawText(text string) bool {
	for _, element := range []string{"script", "style"} {
		if strings.LastIndex(text, "<"+element) > strings.LastIndex(text, "</"+element) {
			return true
		}
	}
	return false
}

// fill writes the form; put writes what belongs into a hole.
func (f *form) fill(w *markup.Writer, put func(hole)) {
	for _, p := range f.segments {
		w.HTML(p.text)
		if p.hole != noHole {
			put(p.hole)
		}
	}
}

// fragment writes a finished fragment of the model for a page from which base leads to the language's folder.
func fragment(w *markup.Writer, html markup.HTML, base string) {
	for {
		at := strings.IndexByte(string(html), site.RootMarker[0])
		if at < 0 {
			w.HTML(html)
			return
		}
		w.HTML(html[:at])
		w.Text(base)
		html = html[at+1:]
	}
}
