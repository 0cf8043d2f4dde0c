package render

import (
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// A question's page should be at most four phone screens of 640 px long. The constants estimate the height of the parts that
// are the same on every question's page, with some reserve.
const (
	longest       = 4 * 640
	aroundPage    = 950
	aroundRuby    = 1030 // with readings, which make lines higher
	aroundInsurer = 170  // in addition: how to reach the insurer, and the notice that the site is a sample
)

// details returns a question's details, with as many sections open as fit on a page of four screens. This depends only on the
// texts, not on the browser.
func (e *edition) details(t *site.Translation) markup.HTML {
	m := measure{ruby: e.Ruby}
	return m.foldChapters(e.chapters(t), longest-e.withoutDetails(m, t))
}

// foldChapters writes chapters and folds those that do not fit into room, a height in CSS pixels. Important blocks are never
// folded: they come after the folded chapter instead. The text before the first heading is not folded either.
func (m measure) foldChapters(list []site.Chapter, room int) markup.HTML {
	for _, c := range list {
		room -= m.folded(c)
	}
	var w markup.Writer
	for _, c := range list {
		height := m.height(c.Below)
		switch {
		case c.Heading == "" || c.Bound:
			w.HTML(c.HTML)
		case openHeading+height <= room:
			room -= openHeading + height
			w.HTML(c.HTML)
		default:
			w.HTML(`<details class="fold part"><summary>`, c.Heading, "</summary>\n", c.Below, "</details>\n", c.Important)
		}
	}
	return w.Done()
}

// withoutDetails estimates the height of a question's page without its details. Of several answers it counts the highest.
func (e *edition) withoutDetails(m measure, t *site.Translation) int {
	height, answer := aroundPage, 0
	if m.ruby {
		height = aroundRuby
	}
	if e.r.site.Profile != nil {
		height += aroundInsurer
	}
	height += m.lines(t.TitleIn(e.Language).HTML, titleText)
	for _, variant := range t.Answers {
		answer = max(answer, m.lines(variant.Text.HTML, answerText))
	}
	names := e.UI.Words.HTML
	for _, term := range t.Words {
		names += "  " + term.In(e.Language).Short.HTML
	}
	if len(t.Words) > 0 {
		height += aroundRow + m.lines(names, wordsText)
	}
	for _, q := range e.r.site.Current(t.Question.Related) {
		if other := q.In(e.Language); other != nil {
			height += aroundRow + m.lines(other.TitleIn(e.Language).HTML, relatedText)
		}
	}
	return height + answer
}

// folded estimates the height of a chapter when it is folded, or of one that cannot be folded.
func (m measure) folded(c site.Chapter) int {
	switch {
	case c.Heading == "":
		return m.height(c.HTML)
	case c.Bound:
		return openHeading + m.height(c.HTML)
	}
	return aroundRow + m.lines(c.Heading, foldedText) + m.height(c.Important)
}
