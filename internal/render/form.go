package render

import (
	"crypto/rand"
	"fmt"
	"strings"

	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// A form is the output of a template with holes where pages differ. The template runs once per form. After that, making a page costs little
// more than copying bytes. A hole must be in text or in a quoted attribute, because the same escaping is right for both (package markup).
// newForm returns an error for holes in scripts and styles. Whoever fills a hole must write escaped HTML.
type form struct {
	segments []segment
	size     int
}

// segment is constant text and the hole after it. The last segment of a form has no hole.
type segment struct {
	text markup.HTML
	hole hole
}

// hole is a kind of hole in a form.
type hole int

const (
	noHole         hole = iota
	holeBase            // relative path to the language's folder: "" or "../"
	holeID              // the id of a question or a source
	holeTitle           // the title of a question, as text or as HTML
	holeHeading         // the title on the question's own page, as HTML
	holeDays            // the attribute data-days
	holeStyleHash       // the hash of the style element's content, for the policy
	holeStyle           // the style element, with the rules for boundary days
	holeMeta            // links and data that need the site's address
	holeSwitch          // the list of languages
	holeAnswer          // the answer of a question
	holePeriod          // the days for which a question or a text holds; in a list, the words for "ended" and "not begun"
	holeClass           // the boundary days as CSS classes
	holeBody            // the body of a question, or a text that may hold only for a time
	holeTerms           // the terms of an answer with their meanings
	holePictures        // the drawings of the papers that a question names
	holeNames           // the short names of an answer's terms
	holeSources         // a list of sources
	holeSourced         // how many sources there are, and when they were read
	holeAsOf            // when a question was checked
	holeNewest          // when a question's newest source was published
	holeReview          // the sentences that say by when the facts will be checked again, or that this did not happen
	holeReviewBy        // the day by which the facts will be checked again
	holeRelated         // related questions
	holeRows            // a list of links to questions
	holeLabel           // the label of a source
	holeLang            // the attributes of a language's name
	holeHref            // the address of a link
	holeName            // the name of a language
	holeAttributes      // the attributes of a link
	holeForeign         // the attributes of words that are not in the page's language
	holeCount
)

// markOpen begins a mark. It has a random text of this run, so no author can write a mark.
var markOpen = "xX" + rand.Text() + "hole"

// mark returns the text that represents the hole while the template runs. It has only letters and digits, so escaping does not
// change it.
func (h hole) mark() string { return fmt.Sprintf("%s%02d", markOpen, h) }

// html returns the mark of a hole that takes HTML.
func (h hole) html() markup.HTML { return markup.Escape(h.mark()) }

// attributes returns the mark of a hole that takes attributes.
func (h hole) attributes() markup.Attributes { return markup.Bare(h.mark()) }

// newForm runs a template and cuts its output at the holes. It replaces root markers with `base`. For the pieces of pages `base` is "",
// because their view has holeBase instead.
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

// inRawText reports whether the text ends inside a script or style element, where HTML escaping does not work.
func inRawText(text string) bool {
	for _, element := range []string{"script", "style"} {
		if strings.LastIndex(text, "<"+element) > strings.LastIndex(text, "</"+element) {
			return true
		}
	}
	return false
}

// fill writes the form. It calls `put` to write the content of each hole.
func (f *form) fill(w *markup.Writer, put func(hole)) {
	for _, p := range f.segments {
		w.HTML(p.text)
		if p.hole != noHole {
			put(p.hole)
		}
	}
}

// fragment writes finished HTML of the model and replaces its root markers with `base`, the relative path from the page to the language's
// folder.
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
