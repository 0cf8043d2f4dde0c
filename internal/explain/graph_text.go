package explain

import (
	"strings"

	"sitegen/internal/diag"
)

// run is a piece of a line. `tip`, if not "", is shown when the pointer is over the piece. `class` is its CSS class, or "" for
// that of the line.
type run struct{ text, tip, class string }

type line []run

func (l line) texts() []string {
	list := make([]string, len(l))
	for i, one := range l {
		list[i] = one.text
	}
	return list
}

// wrap joins the items of a list with `between`, and breaks them into lines of at most `room` pixels. It breaks an item only
// if the item is longer than a line.
func wrap(list line, between string, room int) []line {
	w := &wrapper{room: room}
	for i, one := range list {
		if i+1 < len(list) {
			one.text += between
		}
		for _, piece := range pieces(one.text, room) {
			w.add(run{piece, one.tip, one.class}, i)
		}
	}
	w.end()
	return w.lines
}

// behind appends a run to the last line, or as a line of its own if there is no room.
func behind(lines []line, last run, room int) []line {
	gap := run{text: "\u2003"} // a wide space
	used := pixels(gap.text + last.text)
	for _, one := range lines[len(lines)-1] {
		used += pixels(one.text)
	}
	if used > room {
		return append(lines, line{last})
	}
	lines[len(lines)-1] = append(lines[len(lines)-1], gap, last)
	return lines
}

type wrapper struct {
	lines []line
	now   line
	room  int
	used  int
	item  int // index of the item to which the last run of the line belongs
}

// add puts a piece of an item into the line, or into a new line if there is no room. Pieces of one item become one run.
func (w *wrapper) add(piece run, item int) {
	if w.used > 0 && w.used+pixels(strings.TrimRight(piece.text, " ")) > w.room {
		w.end()
	}
	if len(w.now) > 0 && w.item == item {
		w.now[len(w.now)-1].text += piece.text
	} else {
		w.now = append(w.now, piece)
	}
	w.item, w.used = item, w.used+pixels(piece.text)
}

func (w *wrapper) end() {
	if last := len(w.now) - 1; last >= 0 {
		w.now[last].text = strings.TrimRight(w.now[last].text, " ")
		w.lines = append(w.lines, w.now)
	}
	w.now, w.used = nil, 0
}

// pieces divides a text that is longer than `room` pixels: after spaces, Japanese commas and middle dots and, if a piece is still
// too long, between any two characters. No piece begins with a Japanese comma or closing bracket. A shorter text is one piece.
func pieces(text string, room int) []string {
	if pixels(strings.TrimRight(text, " ")) <= room {
		return []string{text}
	}
	var list []string
	piece := ""
	for _, r := range text {
		if pixels(piece+string(r)) > room && !strings.ContainsRune("、」）", r) {
			list, piece = append(list, piece), ""
		}
		if piece += string(r); strings.ContainsRune(" 、・", r) {
			list, piece = append(list, piece), ""
		}
	}
	if piece != "" {
		list = append(list, piece)
	}
	return list
}

func pixels(text string) int {
	n := 0
	for _, r := range text {
		n += diag.Cells(r)
	}
	return n * cell
}

// text draws a line with a CSS class.
func (g *drawing) text(x, y int, class string, l line) {
	g.w.HTML("<text")
	g.place(x, y)
	g.w.Attr("class", class)
	g.w.HTML(">")
	for _, one := range l {
		if one.tip == "" && one.class == "" {
			g.w.Text(one.text)
			continue
		}
		g.w.HTML("<tspan")
		if one.class != "" {
			g.w.Attr("class", one.class)
		}
		g.w.HTML(">")
		if one.tip != "" {
			g.w.HTML("<title>")
			g.w.Text(one.tip)
			g.w.HTML("</title>")
		}
		g.w.Text(one.text)
		g.w.HTML("</tspan>")
	}
	g.w.HTML("</text>\n")
}
