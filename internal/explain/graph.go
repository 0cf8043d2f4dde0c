package explain

import (
	"slices"
	"strconv"

	"sitegen/internal/markup"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// Graph draws the rules as an SVG in three parts: the layers of the decision, the rows of the additive stage that change
// what to bring, and the named conditions on which these rows depend. Each part has several columns, to be read one after
// another. A row has its conditions on the left and what it decides or adds on the right. For each row of the decision,
// Graph computes over all possible visitors what people are offered there. `language` is "ja" or "en".
func Graph(s *rules.Set, language string) []byte {
	g := &drawing{s: s, language: language, offered: offeredAt(s)}
	y := g.part(margin, graphWords.decision, g.decision())
	adds := slices.DeleteFunc(slices.Clone(s.Adds), func(r *rules.Row) bool { return !changesBring(r) })
	if len(adds) > 0 {
		top := y
		y = g.part(y+margin, graphWords.adds, g.additions(adds))
		g.frame(top, y-top)
		y += 2 * margin
	}
	if used := usedConditions(s, adds); len(used) > 0 {
		y = g.part(y, graphWords.conditions, g.definitions(used))
	}
	return g.finish(y + margin)
}

var graphWords = struct{ title, about, decision, adds, conditions, everybody, and, or, between, all, any, parts rules.Words }{
	title: rules.Words{Ja: "何を持っていくかの決まり方", En: "How it is decided what to bring"},
	about: rules.Words{
		Ja: "上から順に層を見ます。層の中の行は、左が条件、右が結果と持っていくものです。どの行にも当てはまらない人は、次の番号の層へ進みます。その後に、書類を足す行と、図に出てくる条件の意味があります。",
		En: "Layers in the order of their numbers. Of the rows of a layer the left side has the conditions, the right side the outcome and what to bring. Whom no row of a layer fits goes on to the next layer. The rows that add documents follow, then the meaning of each condition in the picture.",
	},
	decision:   rules.Words{Ja: "1. 結果の決まり方（decide.yaml）: 番号の順に層を見ます。どの行にも当てはまらない人は次の層へ（↓）。「足されるもの」は2の行から来ます", En: "1. What decides (decide.yaml): the first row that fits decides, in the order of the numbers (↓ everybody else). What is added comes from part 2"},
	adds:       rules.Words{Ja: "2. 決まったあとに足すもの（add.yaml）: 条件に当てはまる行のすべてが働きます。知らせだけを足す行は省きました", En: "2. What is added then (add.yaml): every row whose conditions hold. Rows that add only notes are left out"},
	conditions: rules.Words{Ja: "3. 条件の意味（conditions.yaml）", En: "3. What the conditions mean (conditions.yaml)"},
	everybody:  rules.Words{Ja: "すべての人", En: "everybody"},
	and:        rules.Words{Ja: "と", En: " + "},
	or:         rules.Words{Ja: "、または", En: ", or "},
	between:    rules.Words{Ja: "、", En: ", "},
	all:        rules.Words{Ja: "すべて: ", En: "all of: "},
	any:        rules.Words{Ja: "どれか: ", En: "one of: "},
	parts:      rules.Words{Ja: " • ", En: " • "},
}

// The measures of the picture, in pixels.
const (
	margin      = 20
	lineHeight  = 18
	cell        = 7 // the width of a half-width character
	columns     = 4
	columnWidth = 650
	columnGap   = 28
	whenWidth   = 320
	arrowWidth  = 34
	thenX       = whenWidth + arrowWidth
	thenWidth   = columnWidth - thenX
	padding     = 10
	rowGap      = 6
	width       = 2*margin + columns*columnWidth + (columns-1)*columnGap
)

type drawing struct {
	s        *rules.Set
	w        markup.Writer
	language string
	offered  map[*rules.Row]offers // by row of the decision: what people are offered there; nil if this could not be computed
}

// block is a piece of the picture that stays in one column. `draw` draws it at a position.
type block struct {
	height int
	draw   func(x, y int)
}

// part draws a heading and blocks below it, in columns. It returns the y coordinate below them.
func (g *drawing) part(y int, heading rules.Words, blocks []block) int {
	y += lineHeight
	g.text(margin, y, "part", line{{text: heading.In(g.language)}})
	y += margin
	height := columnHeight(blocks)
	x, at, bottom := margin, 0, 0
	for _, b := range blocks {
		if at > 0 && at+b.height > height {
			x, at = x+columnWidth+columnGap, 0
		}
		b.draw(x, y+at)
		at += b.height
		bottom = max(bottom, at)
	}
	return y + bottom
}

// columnHeight returns a height at which the blocks fit into the columns. It begins with the least height that is
// possible, and adds a line at a time.
func columnHeight(blocks []block) int {
	total, tallest := 0, 0
	for _, b := range blocks {
		total, tallest = total+b.height, max(tallest, b.height)
	}
	height := max(total/columns, tallest)
	for columnsAt(blocks, height) > columns {
		height += lineHeight
	}
	return height
}

// columnsAt returns how many columns of the given height the blocks need.
func columnsAt(blocks []block, height int) int {
	count, at := 1, 0
	for _, b := range blocks {
		if at > 0 && at+b.height > height {
			count, at = count+1, 0
		}
		at += b.height
	}
	return count
}

// changesBring reports whether a row of the additive stage has an effect on documents.
func changesBring(r *rules.Row) bool {
	return slices.ContainsFunc(r.Effects, func(e rules.Effect) bool { return e.Kind != table.Tell })
}

// usedConditions returns the conditions on which the decision and the rows in `more` depend, directly or through other
// conditions, in the order of the set.
func usedConditions(s *rules.Set, more []*rules.Row) []*rules.Condition {
	used := map[*rules.Condition]bool{}
	var use func(list []rules.Literal)
	use = func(list []rules.Literal) {
		for _, lit := range list {
			if c := lit.Test.Condition; c != nil && !used[c] {
				used[c] = true
				use(c.Parts)
			}
		}
	}
	for _, r := range slices.Concat(s.Rows, more) {
		use(r.When)
	}
	return slices.DeleteFunc(slices.Clone(s.Conditions), func(c *rules.Condition) bool { return !used[c] })
}

func number(n int) markup.HTML { return markup.Escape(strconv.Itoa(n)) }

// place writes the position of an element.
func (g *drawing) place(x, y int) {
	g.w.HTML(` x="`, number(x), `" y="`, number(y), `"`)
}

// box draws a box with a CSS class.
func (g *drawing) box(x, y, width, height int, class string) {
	g.w.HTML("<rect")
	g.place(x, y)
	g.w.HTML(` width="`, number(width), `" height="`, number(height), `" rx="6"`)
	g.w.Attr("class", class)
	g.w.HTML("/>\n")
}

// frame draws a frame around a part.
func (g *drawing) frame(y, height int) { g.box(margin/2, y, width-margin, height+margin/2, "frame") }

func (g *drawing) finish(bottom int) []byte {
	width, height := number(width), number(bottom)
	var w markup.Writer
	w.HTML(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `, width, " ", height, `" width="`, width, `" height="`, height, `"`)
	w.Attr("lang", g.language)
	w.HTML(` role="img" aria-labelledby="title about" font-family="sans-serif" font-size="13">
<title id="title">`, markup.Escape(graphWords.title.In(g.language)), `</title>
<desc id="about">`, markup.Escape(graphWords.about.In(g.language)), `</desc>
<style>.part{font-weight:bold;font-size:18px}.layer{font-weight:bold;font-size:15px}.when{fill:#f2f5f9;stroke:#8a99ad}.then{fill:#e9f5ec;stroke:#5d9a6c}.add{fill:#fdf4e3;stroke:#b08a3e}.frame{fill:none;stroke:#b08a3e;stroke-width:2}.arrow{fill:none;stroke:#555;stroke-width:1.5}.id{fill:#555;font-size:12px}.outcome,.name{font-weight:bold}</style>
<rect width="100%" height="100%" fill="#fff"/>
`, g.w.Done(), "</svg>\n")
	return []byte(w.Done())
}
