package render

import (
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// A question's page is at most four screens of a phone long, 640 px each. What stands around answer, details and related questions takes
// about as much as is said here, with some room for what an estimate misses.
const (
	longest       = 4 * 640
	aroundPage    = 950
	aroundRuby    = 1030 // readings make its lines higher
	aroundInsurer = 170 // how to reach it, and that the site is a sample
)

// details writes a question's details, as much of them open as has room on a page of four screens. That hangs on texts alone, and
// on no browser.
func (e *edition) details(t *site.Translation) markup.HTML {
	m := measure{ruby: e.Ruby}
	return m.foldChapters(e.chapters(t), longest-e.withoutDetails(m, t))
}

// foldChapters writes chapters and folds those for which there is no room, which is given as a height. What is marked as important is
// never folded: it then stands behind its chapter. Nor is what stands before the first heading.
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

// withoutDetails estimates how high a question's page is without its details: of several answers it shows the longest.
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

// folded estimates how high a chapter is at least.
func (m measure) folded(c site.Chapter) int {
	switch {
	case c.Heading == "":
		return m.height(c.HTML)
	case c.Bound:
		return openHeading + m.height(c.HTML)
	}
	return aroundRow + m.lines(c.Heading, foldedText) + m.height(c.Important)
}
