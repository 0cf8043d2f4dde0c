package render

import (
	"strings"
	"unicode/utf8"

	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// A question's page is at most four screens of a phone long. What is left for the text of answer and details, beside headings, related
// questions and what stands around, is about openText full-width characters; a paragraph, an entry of a list or a row of a
// table counts blockText more, for its last line and the space below it, and a section's heading headingText.
const (
	openText    = 360
	blockText   = 12
	headingText = 30
)

// foldChapters writes a question's details, and folds the chapters for which there is no room behind its answer on a page of four
// screens. What is marked as important is never folded: it then stands behind its chapter. Nor is what stands before the first heading.
func foldChapters(answer markup.HTML, list []site.Chapter) markup.HTML {
	var w markup.Writer
	room := openText - textLength(answer) - headingText*len(list)
	for _, c := range list {
		room -= textLength(c.Important)
	}
	for _, c := range list {
		length := textLength(c.Below)
		if c.Heading == "" || c.Bound || length <= room {
			w.HTML(c.HTML)
		} else {
			w.HTML(`<details class="fold part"><summary>`, c.Heading, "</summary>\n", c.Below, "</details>\n", c.Important)
		}
		room = max(0, room-length)
	}
	return w.Done()
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
			tag, rest, _ := markup.Cut(html, ">")
			if tag == "</p" || tag == "</li" || tag == "</tr" {
				half += 2 * blockText
			}
			html = rest
		}
	}
	return half / 2
}
