package explain

import (
	"strconv"
	"strings"

	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// decision returns a block for each row. The title of a layer is in the block of its first row.
func (g *drawing) decision() []block {
	var blocks []block
	for i, layer := range g.s.Layers {
		for k, r := range layer.Rows {
			row := g.row(r, g.decided(r), "then")
			if k == 0 {
				row = g.titled(row, i)
			}
			blocks = append(blocks, row)
		}
	}
	return blocks
}

// titled puts the title of a layer above its first row.
func (g *drawing) titled(row block, layer int) block {
	const height = lineHeight + 3*rowGap
	return block{height + row.height, func(x, y int) {
		title := line{{text: strconv.Itoa(layer+1) + ". " + g.s.Layers[layer].Words.In(g.language)}}
		if layer > 0 {
			g.w.HTML(`<path d="M`, number(x+6), " ", number(y+2*rowGap), `v14m-4 -5l4 5l4 -5" class="arrow"/>`, "\n")
		}
		g.text(x+16, y+height-rowGap-4, "layer", title)
		row.draw(x, y+height)
	}}
}

// additions returns a block for each row of the additive stage.
func (g *drawing) additions(rows []*rules.Row) []block {
	blocks := make([]block, len(rows))
	for i, r := range rows {
		blocks[i] = g.row(r, g.added(r), "add")
	}
	return blocks
}

// row returns a block with the conditions and the id of a row on the left, and some lines on the right.
func (g *drawing) row(r *rules.Row, right []classed, class string) block {
	left := behind(wrap(g.conditionsOf(r.When), graphWords.between.In(g.language), whenWidth-2*padding), run{text: idOf(r), class: "id"}, whenWidth-2*padding)
	height := max(len(left), len(right))*lineHeight + 8
	return block{height + rowGap, func(x, y int) {
		g.w.HTML("<g")
		g.w.Attr("id", "row-"+r.ID)
		g.w.HTML(">\n")
		g.box(x, y, whenWidth, height, "when")
		for i, l := range left {
			g.text(x+padding, y+(i+1)*lineHeight-2, "condition", l)
		}
		g.w.HTML(`<path d="M`, number(x+whenWidth+2), " ", number(y+height/2), "h", number(arrowWidth-4), `m-6 -5l6 5l-6 5" class="arrow"/>`, "\n")
		g.box(x+thenX, y, thenWidth, height, class)
		for i, l := range right {
			g.text(x+thenX+padding, y+(i+1)*lineHeight-2, l.class, l.line)
		}
		g.w.HTML("</g>\n")
	}}
}

// idOf returns the id of a row and, in the decision, of its outcome.
func idOf(r *rules.Row) string {
	if r.Outcome == nil {
		return r.ID
	}
	return r.ID + " → " + r.Outcome.ID
}

// conditionsOf returns the conditions of a row in words. The tip of each named condition is its definition.
func (g *drawing) conditionsOf(when []rules.Literal) line {
	if len(when) == 0 {
		return line{{text: graphWords.everybody.In(g.language)}}
	}
	var list line
	for _, lit := range when {
		one := run{text: LiteralWords(g.s, lit).In(g.language)}
		if c := lit.Test.Condition; c != nil {
			head, parts := g.definition(c)
			one.tip = c.ID + " = " + head + strings.Join(parts.texts(), graphWords.parts.In(g.language))
		}
		list = append(list, one)
	}
	return list
}

// definition returns what a condition requires. `head` says whether all of its parts must hold or only one;
// it is "" if there is one part. `parts` has the parts in words.
func (g *drawing) definition(c *rules.Condition) (head string, parts line) {
	for _, lit := range c.Parts {
		parts = append(parts, run{text: LiteralWords(g.s, lit).In(g.language)})
	}
	switch {
	case len(parts) == 1:
	case c.Any:
		head = graphWords.any.In(g.language)
	default:
		head = graphWords.all.In(g.language)
	}
	return head, parts
}

// definitions returns a block for each condition: its words and its id, and below them its definition.
func (g *drawing) definitions(conditions []*rules.Condition) []block {
	blocks := make([]block, len(conditions))
	for i, c := range conditions {
		head, parts := g.definition(c)
		parts[0].text = head + parts[0].text
		name := behind(wrap(line{{text: c.Words.In(g.language), class: "name"}}, "", columnWidth), run{text: c.ID, class: "id"}, columnWidth)
		lines := wrap(parts, graphWords.parts.In(g.language), columnWidth-padding)
		blocks[i] = block{(len(name)+len(lines))*lineHeight + rowGap, func(x, y int) {
			g.w.HTML("<g")
			g.w.Attr("id", "condition-"+c.ID)
			g.w.HTML(">\n")
			for _, l := range name {
				y += lineHeight
				g.text(x, y, "words", l)
			}
			for _, l := range lines {
				y += lineHeight
				g.text(x+padding, y, "parts", l)
			}
			g.w.HTML("</g>\n")
		}}
	}
	return blocks
}

// classed is a line with its CSS class.
type classed struct {
	class string
	line  line
}

// listed returns lines with a label and, after it, the items, separated by `between`.
func (g *drawing) listed(label rules.Words, items []string, between rules.Words) []classed {
	list := make(line, len(items))
	for i, item := range items {
		list[i].text = item
	}
	list[0].text = label.In(g.language) + list[0].text
	var lines []classed
	for _, l := range wrap(list, between.In(g.language), thenWidth-2*padding) {
		lines = append(lines, classed{"bring", l})
	}
	return lines
}

var effectLabels = map[table.EffectKind]rules.Words{
	table.Or: {Ja: "または: ", En: "or: "}, table.With: {Ja: "一緒に要るもの: ", En: "needed with it: "},
	table.Also: {Ja: "あるとよいもの: ", En: "worth taking along: "}, table.Alone: {Ja: "それだけで使えるもの: ", En: "accepted by itself: "},
}

var effectWithTo = rules.Words{Ja: "それと一緒に示すもの: ", En: "if one of these is brought: "}

// added returns lines with what a row of the additive stage changes. Consecutive alternatives share a label.
func (g *drawing) added(r *rules.Row) []classed {
	var lines []classed
	var alternatives []string
	flush := func() {
		if len(alternatives) > 0 {
			lines = append(lines, g.listed(effectLabels[table.Or], alternatives, graphWords.or)...)
		}
		alternatives = nil
	}
	for _, e := range r.Effects {
		switch e.Kind {
		case table.Tell:
			continue
		case table.Or:
			alternatives = append(alternatives, g.together(e.Documents))
			continue
		}
		flush()
		lines = append(lines, g.listed(effectLabels[e.Kind], g.names(e.Documents), graphWords.between)...)
		if len(e.With) > 0 {
			lines = append(lines, g.listed(effectWithTo, g.names(e.With), graphWords.between)...)
		}
	}
	flush()
	return lines
}

func (g *drawing) names(documents []*rules.Word) []string {
	names := make([]string, len(documents))
	for i, d := range documents {
		names[i] = d.Words.In(g.language)
	}
	return names
}

// together returns the names of the documents of an alternative, which are all needed, as one text.
func (g *drawing) together(documents []*rules.Word) string {
	return strings.Join(g.names(documents), graphWords.and.In(g.language))
}
