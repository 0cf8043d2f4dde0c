// Package timeline draws the table of a timeline as an SVG picture. The input is the texts of the table's cells. The output is markup.
// Begin with [Draw].
package timeline

import (
	"slices"
	"strings"
	"unicode"

	"sitegen/internal/markup"
	"sitegen/internal/plaintext"
)

// The measures of a timeline, in units of its view box. The theme scales the picture, and colours it by class. On a phone 360 px wide, a
// unit is slightly less than a pixel, so the text is about 16 px high.
const (
	chartWidth  = 340
	fontSize    = 17
	lineHeight  = 23
	smallestRow = 40
	rowPadding  = 14
	barPadding  = 3
	gap         = 6
	widestLabel = 112
)

// cellText is the text of a table's cell, whole and broken into lines.
type cellText struct {
	text  string
	lines []string
}

// bar is a sequence of cells with equal text in a track. It begins at the row `from` and ends before the row `to`.
type bar struct {
	from, to int
	cellText
	class int // index of the bar's text among the distinct texts of the track
}

// Draw writes the picture of a table. Time flows downward. The first row has the heads of the columns, the first column has the labels of
// the other rows, and each further column is a track. The table must have at least one row below the heads and at least one track, and all
// rows must be equally long.
func Draw(w *markup.Writer, table [][]string) {
	tracks := len(table[0]) - 1
	labelWidth := 0
	for _, row := range table[1:] {
		labelWidth = max(labelWidth, min(textWidth(row[0])*fontSize/100+gap, widestLabel))
	}
	trackWidth := (chartWidth - labelWidth - tracks*gap) / tracks
	rows := make([][]cellText, len(table))
	for i, row := range table {
		rows[i] = append(rows[i], cellText{row[0], wrap(row[0], labelWidth-gap)})
		for _, text := range row[1:] {
			rows[i] = append(rows[i], cellText{text, wrap(text, trackWidth-2*barPadding)})
		}
	}
	bars := make([][]bar, tracks)
	for i := range bars {
		bars[i] = joinEqual(rows[1:], i+1)
	}
	tops := rowTops(rows, bars)
	w.HTML(`<svg viewBox="0 0 `)
	w.Int(chartWidth)
	w.HTML(" ")
	w.Int(tops[len(tops)-1])
	w.HTML(`" font-size="`)
	w.Int(fontSize)
	w.HTML(`" aria-hidden="true" focusable="false"><g class="label">`)
	for i, row := range rows[1:] {
		writeLines(w, row[0].lines, 0, (tops[i]+tops[i+1])/2)
	}
	w.HTML("</g>")
	for i := range bars {
		left := labelWidth + gap + i*(trackWidth+gap)
		writeTrack(w, rows[0][i+1].lines, bars[i], tops, left, trackWidth)
	}
	w.HTML("</svg>\n")
}

// joinEqual returns the bars of the track in a column. Adjacent cells with equal text form one bar. An empty cell is a gap.
func joinEqual(rows [][]cellText, column int) []bar {
	var bars []bar
	var texts []string
	for i, row := range rows {
		cell := row[column]
		if cell.text == "" {
			continue
		}
		if last := len(bars) - 1; last >= 0 && bars[last].to == i && bars[last].text == cell.text {
			bars[last].to++
			continue
		}
		class := slices.Index(texts, cell.text)
		if class < 0 {
			class, texts = len(texts), append(texts, cell.text)
		}
		bars = append(bars, bar{i, i + 1, cell, class})
	}
	return bars
}

// rowTops returns the top of each row below the head, and the bottom of the last row. Each row is as high as its label and its bars need.
func rowTops(rows [][]cellText, bars [][]bar) []int {
	heights := make([]int, len(rows)-1)
	for i, row := range rows[1:] {
		heights[i] = max(smallestRow, len(row[0].lines)*lineHeight+rowPadding)
	}
	for _, track := range bars {
		for _, b := range track {
			lack := len(b.lines)*lineHeight + rowPadding
			for _, height := range heights[b.from:b.to] {
				lack -= height
			}
			for i := b.from; lack > 0 && i < b.to; i++ {
				heights[i] += (lack + b.to - b.from - 1) / (b.to - b.from)
			}
		}
	}
	top := 0
	for _, head := range rows[0][1:] {
		top = max(top, len(head.lines)*lineHeight+gap)
	}
	tops := []int{top}
	for _, height := range heights {
		top += height
		tops = append(tops, top)
	}
	return tops
}

// writeTrack writes the head of a track and its bars.
func writeTrack(w *markup.Writer, head []string, bars []bar, tops []int, left, width int) {
	w.HTML(`<g class="track" text-anchor="middle">`)
	middle := left + width/2
	writeLines(w, head, middle, tops[0]/2)
	for _, b := range bars {
		top, bottom := tops[b.from]+2, tops[b.to]-2
		w.HTML(`<g class="bar s`)
		w.Int(b.class)
		w.HTML(`"><rect x="`)
		w.Int(left)
		w.HTML(`" y="`)
		w.Int(top)
		w.HTML(`" width="`)
		w.Int(width)
		w.HTML(`" height="`)
		w.Int(bottom - top)
		w.HTML(`" rx="6"/>`)
		writeLines(w, b.lines, middle, (top+bottom)/2)
		w.HTML("</g>")
	}
	w.HTML("</g>")
}

// writeLines writes lines of text. Their horizontal anchor is `x`, and together they are centred vertically on `middle`.
func writeLines(w *markup.Writer, lines []string, x, middle int) {
	const baseline = 5 // how far the baseline is below the middle of a line
	y := middle + baseline - (len(lines)-1)*lineHeight/2
	for i, line := range lines {
		w.HTML(`<text x="`)
		w.Int(x)
		w.HTML(`" y="`)
		w.Int(y + i*lineHeight)
		w.HTML(`">`)
		w.Prose(line)
		w.HTML("</text>")
	}
}

// textWidth estimates the width of a text in hundredths of the font size.
func textWidth(text string) int {
	width := 0
	for _, r := range text {
		width += runeWidth(r)
	}
	return width
}

func runeWidth(r rune) int {
	if isWide(r) || plaintext.IsSymbol(r) {
		return 100
	}
	return 55
}

// isWide reports whether a character is as wide as a kanji.
func isWide(r rune) bool {
	return plaintext.IsCJK(r) && (r < 0xff61 || r > 0xffdc) || r >= 0x1f300 && r <= 0x1faff
}

// notFirst are the characters that must not begin a line.
const notFirst = "、。，．・：；？！゛゜ー々ゝヽ）〕］｝〉》」』】〜ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}%"

// shortLine is the width, in hundredths of the font size, below which a last line looks too short.
const shortLine = 300

// wrap breaks a text into lines of at most the given width, in units of the view box, between phrases. If the last line is too short, wrap
// makes all lines narrower, unless that would need more lines or break a phrase.
func wrap(text string, width int) []string {
	lines, _ := fill(text, width)
	for width -= fontSize; width > 0 && len(lines) > 1 && textWidth(lines[len(lines)-1]) < shortLine; width -= fontSize {
		narrower, whole := fill(text, width)
		if len(narrower) > len(lines) || !whole {
			break
		}
		lines = narrower
	}
	return lines
}

// fill puts as much of a text into each line as there is room for. It breaks a phrase only if the phrase is longer than a line. `whole`
// reports that no phrase was broken.
func fill(text string, width int) (lines []string, whole bool) {
	room := width * 100 / fontSize
	whole = true
	start, phrase, letter, used := 0, 0, 0, 0 // `start` is where the line begins; `phrase` and `letter` are where it may end, after a phrase or a letter; `used` is its width so far
	last := rune(0)
	for i, r := range text {
		if last != 0 && !strings.ContainsRune(notFirst, r) {
			if endsPhrase(last, r) {
				phrase = i
			}
			if (isWide(last) || isWide(r)) && !unicode.IsDigit(last) { // a number stays together with its unit
				letter = i
			}
		}
		if used+runeWidth(r) > room && i > start && r != ' ' {
			end := phrase
			if phrase <= start {
				whole, end = false, i
				if letter > start {
					end = letter
				}
			}
			lines = append(lines, strings.TrimSpace(text[start:end]))
			start, used = end, textWidth(text[end:i])
		}
		used += runeWidth(r)
		last = r
	}
	if rest := strings.TrimSpace(text[start:]); rest != "" {
		lines = append(lines, rest)
	}
	return lines, whole
}

// endsPhrase reports whether a phrase ends between two characters: after a space or a mark and, in Japanese, after a hiragana if a
// different kind of character follows. Such a hiragana usually ends a particle or an ending. お and ご are exceptions, because they begin
// words.
func endsPhrase(before, after rune) bool {
	switch {
	case before == ' ' || strings.ContainsRune("、。，．・：；？！）」』】", before):
		return true
	case !unicode.Is(unicode.Hiragana, before) || before == 'お' || before == 'ご':
		return false
	}
	return unicode.IsDigit(after) || isWide(after) && !unicode.Is(unicode.Hiragana, after)
}
