// Package folding decides which sections of a question's page are open, so that no page is longer than four screens of a phone.
//
// The input is the texts of the page. The output is the question's details with some sections folded ([Details]). Nothing is measured in a
// browser: height.go estimates how high texts become.
package folding

import (
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// A question's page should not be longer than four phone screens of 640 px. The other constants estimate the height of the
// parts that are the same on every question's page. They are slightly too large on purpose.
const (
	longest    = 4 * 640
	aroundPage = 950
	aroundRuby = 1030 // replaces aroundPage on pages with readings, which make lines higher

	// spare is slightly less than the number of pixels by which an estimate exceeds the real height. In Chromium each of 1,512 pages was at
	// least 83 px shorter than its estimate. Once a question has changed, every page also has a link to the list of changes. With this link
	// the least difference was 33 px.
	spare = 30
)

// The heights in CSS pixels of what an insurer's site adds around every page, without the lines of its texts.
const (
	aroundSample  = 10
	aroundContact = 20
	phoneRow      = 44
	aroundLink    = 16
)

// Details writes the chapters of a question's page in a language of a site, with as many sections open as fit on a page of four screens.
// This depends only on the texts, not on the browser. If the page is too long by more than `spare` pixels even with all sections folded,
// foldRelated says that the related questions should be folded as well.
func Details(s *site.Site, l *site.Language, t *site.Translation, chapters []site.Chapter) (body markup.HTML, foldRelated bool) {
	m := measure{ruby: l.Ruby}
	return m.foldChapters(chapters, longest-m.withoutDetails(s, l, t))
}

// foldChapters writes chapters and folds those that do not fit into `room`, a height in CSS pixels. It never folds the text before the
// first heading or a chapter with Bound set. The important blocks of a folded chapter stay visible after it. `tooLong` means that more than
// `spare` pixels are missing even if everything else is folded.
func (m measure) foldChapters(list []site.Chapter, room int) (body markup.HTML, tooLong bool) {
	for _, c := range list {
		room -= m.folded(c)
	}
	tooLong = room < -spare
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
	return w.Done(), tooLong
}

// withoutDetails estimates the height of a question's page without its details, in CSS pixels. If there are several answers, it counts only
// the highest one.
func (m measure) withoutDetails(s *site.Site, l *site.Language, t *site.Translation) int {
	height, answer := aroundPage, 0
	if m.ruby {
		height = aroundRuby
	}
	if s.Profile != nil {
		height += m.aroundInsurer(l)
	}
	height += m.lines(t.TitleIn(l).HTML, titleText)
	for _, variant := range t.Answers {
		answer = max(answer, m.lines(variant.Text.HTML, answerText))
	}
	names := l.UI.Words.HTML
	for _, term := range t.Words {
		names += "  " + term.In(l).Short.HTML
	}
	if len(t.Words) > 0 {
		height += aroundRow + m.lines(names, wordsText)
	}
	for _, q := range s.Current(t.Question.Related) {
		if other := q.In(l); other != nil {
			height += aroundRow + m.lines(other.TitleIn(l).HTML, relatedText)
		}
	}
	return height + answer
}

// aroundInsurer estimates the height of what an insurer's site adds around every page: the insurer's name, the notice that the
// site is a sample, and how to reach the insurer.
func (m measure) aroundInsurer(l *site.Language) int {
	p, name := l.Profile, nameText
	if m.ruby {
		name = besideSwitch
	}
	height := m.lines(p.Short.HTML, name)
	if p.Sample.HTML != "" {
		height += aroundSample + m.lines(p.Sample.HTML, sampleText)
	}
	if !p.Reached() {
		return height
	}
	height += aroundContact + m.lines(l.UI.HelpInsurer.With("name", p.Name).HTML, whomText)
	if p.Phone.HTML != "" {
		height += phoneRow + m.lines(p.Hours.HTML, hoursText)
	}
	if p.Page.HTML != "" {
		height += aroundLink + m.lines(p.Page.HTML, linkText)
	}
	return height
}

// folded estimates the height of a chapter after folding. A chapter that cannot be folded keeps its full height.
func (m measure) folded(c site.Chapter) int {
	switch {
	case c.Heading == "":
		return m.height(c.HTML)
	case c.Bound:
		return openHeading + m.height(c.HTML)
	}
	return aroundRow + m.lines(c.Heading, foldedText) + m.height(c.Important)
}
