package folding

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/markup"
)

// measure estimates the height of texts in CSS pixels on a phone 360 px wide, with the sizes of the theme's style sheets. For
// each block it estimates the width of the text, then the number of lines in the block's column. The space after the block
// counts too.
type measure struct {
	ruby bool // whether the text has readings, which make lines a fifth higher
}

// column describes the place of a text in CSS pixels: the widths of the column and of a full-width letter, and the height of a
// line.
type column struct{ width, letter, line int }

// The places of the texts on a question's page, from the theme's style sheets.
var (
	nameText     = column{277, 16, 21}
	besideSwitch = column{117, 16, 21} // a name beside the switch for readings
	sampleText   = column{328, 15, 21}
	whomText     = column{306, 14, 19}
	hoursText    = column{306, 14, 18}
	linkText     = column{306, 16, 23}

	titleText   = column{328, 27, 43}
	answerText  = column{284, 22, 37}
	wordsText   = column{296, 16, 25}
	relatedText = column{258, 17, 25}
	foldedText  = column{292, 20, 30}
	bodyText    = column{328, 18, 32}
	cellText    = column{328, 17, 27}
)

// Heights of what surrounds a text, in CSS pixels. aroundCell is a width: the space beside the words of a table cell.
const (
	aroundRow   = 20 // the space around the words of a row that can be pressed
	aroundCell  = 26
	openHeading = 50 // what a heading adds to an open section
)

// between maps an element to the space after it in CSS pixels.
var between = map[string]int{"p": 18, "li": 8, "h3": 50, "ul": 14, "ol": 14, "div": 20, "tr": 23, "table": 36, "details": 60, "blockquote": 36, "section": 30}

// lines estimates the height of a text without blocks, in CSS pixels.
func (m measure) lines(text markup.HTML, c column) int {
	width := 0
	for rest := text; rest != ""; {
		var letters, tag markup.HTML
		letters, tag, rest = nextTag(rest)
		width += widthOf(letters)
		if tag == "rp" {
			_, rest, _ = markup.Cut(rest, "</ruby>")
		}
	}
	return m.linesOf(width, c)
}

// linesOf estimates the height of a text. `width` is in hundredths of a full-width letter. A line ends between words, so the
// room of up to four letters at its end stays empty: two on average.
func (m measure) linesOf(width int, c column) int {
	room := 100*c.width/c.letter - 200
	height := (width + room - 1) / room * c.line
	if m.ruby {
		height += height / 5
	}
	return height
}

// height estimates the height of several blocks, in CSS pixels.
func (m measure) height(html markup.HTML) int {
	height, width, row, cells := 0, 0, 0, 0
	column, narrower := bodyText, []int{}
	for rest := html; rest != ""; {
		var letters, tag markup.HTML
		letters, tag, rest = nextTag(rest)
		width += widthOf(letters)
		name, attributes, _ := strings.Cut(string(tag), " ")
		end, ends := strings.CutPrefix(name, "/")
		switch {
		case name == "rp":
			_, rest, _ = markup.Cut(rest, "</ruby>")
		case name == "svg":
			height += chartHeight(attributes)
			_, rest, _ = markup.Cut(rest, "</svg>")
		case end == "td" || end == "th":
			if ends {
				row, width, cells = max(row, width), 0, cells+1
			}
		case end == "tr":
			if ends {
				height += m.linesOf(row, cellOf(cells)) + between[end]
			}
			row, cells = 0, 0
		case between[end] > 0 || end == "summary":
			height, width = height+m.linesOf(width, column), 0
			if !ends {
				narrower = append(narrower, narrows(name, attributes))
				column.width -= narrower[len(narrower)-1]
				continue
			}
			height += between[end]
			column.width += narrower[len(narrower)-1]
			narrower = narrower[:len(narrower)-1]
		}
	}
	return height + m.linesOf(width, column)
}

// narrows returns by how many pixels an element makes the text inside it narrower.
func narrows(name, attributes string) int {
	switch {
	case name == "ul" || name == "ol":
		return 27
	case name == "blockquote":
		return 22
	case strings.HasPrefix(attributes, `class="steps"`):
		return 34
	case strings.HasPrefix(attributes, `class="note"`), strings.HasPrefix(attributes, `class="important"`), strings.HasPrefix(attributes, `class="example"`):
		return 46
	}
	return 0
}

// cellOf returns the measures of the text in a table cell, if the row has this many cells.
func cellOf(cells int) column {
	c := cellText
	c.width = c.width/max(1, cells) - aroundCell
	return c
}

// chartHeight returns the height of a timeline in CSS pixels. It takes the height of the view box, because the drawing is
// about as wide as the text and its units are about a pixel.
func chartHeight(attributes string) int {
	_, box, _ := strings.Cut(attributes, `viewBox="`)
	box, _, _ = strings.Cut(box, `"`)
	height := 0
	for _, digit := range box[strings.LastIndexByte(box, ' ')+1:] {
		height = 10*height + int(digit-'0')
	}
	return height
}

// nextTag cuts a fragment at its first tag. It returns the text before it, the tag without its brackets, and the rest.
func nextTag(html markup.HTML) (letters, tag, rest markup.HTML) {
	letters, rest, _ = markup.Cut(html, "<")
	tag, rest, _ = markup.Cut(rest, ">")
	return letters, tag, rest
}

// widthOf estimates the width of letters in hundredths of a Japanese letter. Line ends at the end of the text do not count.
func widthOf(letters markup.HTML) (width int) {
	for _, c := range strings.TrimRight(string(letters), "\n") {
		switch {
		case c >= 0x2e80:
			width += 100
		case c < utf8.RuneSelf || !unicode.In(c, unicode.Mn, unicode.Cf): // combining and formatting characters take no room
			width += 53
		}
	}
	return width
}
