package rules

import (
	"fmt"
	"html"
	"strings"

	"sitegen/internal/diag"
)

// Graph draws the decision as an SVG: the layers from top to bottom, in each its rows with their conditions on the
// left and what they lead to on the right, and an arrow to the next layer for whom none of them fits. The language is
// "ja" or "en".
func (s *Set) Graph(language string) []byte {
	g := &drawing{s: s, language: language}
	words := map[string][2]string{"ja": {"どれにも当てはまらない人", "すべての人"}, "en": {"everybody else", "everybody"}}[language]
	y := margin
	for i, layer := range s.layers {
		if i > 0 {
			g.arrow(y, words[0])
			y += arrowHeight
		}
		g.text(margin, y+lineHeight-6, "layer", layer.words.In(language))
		y += lineHeight + 4
		for _, r := range layer.rows {
			y = g.row(r, y, words[1])
		}
	}
	return g.finish(y + margin)
}

const (
	margin       = 20
	lineHeight   = 20
	arrowHeight  = 38
	conditionsX  = margin
	outcomeX     = 700
	outcomeWidth = 380
	cell         = 7 // width of a half-width character
)

type drawing struct {
	s        *Set
	b        strings.Builder
	language string
}

func (g *drawing) text(x, y int, class, text string) {
	fmt.Fprintf(&g.b, `<text x="%d" y="%d" class="%s">%s</text>`+"\n", x, y, class, html.EscapeString(text))
}

func (g *drawing) arrow(y int, text string) {
	x := conditionsX + 24
	fmt.Fprintf(&g.b, `<path d="M%d %dv%dm-5 -6l5 6l5 -6" class="arrow"/>`+"\n", x, y+4, arrowHeight-12)
	g.text(x+14, y+arrowHeight/2+2, "else", text)
}

// row draws one row and returns where the next one begins.
func (g *drawing) row(r *row, y int, everybody string) int {
	lines := g.wrap(r.when, outcomeX-conditionsX-60)
	if len(lines) == 0 {
		lines = []string{everybody}
	}
	height := max(len(lines), 2)*lineHeight + 8
	fmt.Fprintf(&g.b, `<g id="row-%s"><rect x="%d" y="%d" width="%d" height="%d" rx="6" class="when"/>`+"\n", r.id, conditionsX, y, outcomeX-conditionsX-40, height)
	for i, line := range lines {
		g.text(conditionsX+10, y+(i+1)*lineHeight-3, "condition", line)
	}
	fmt.Fprintf(&g.b, `<path d="M%d %dh32m-6 -5l6 5l-6 5" class="arrow"/>`+"\n", outcomeX-38, y+height/2)
	fmt.Fprintf(&g.b, `<rect x="%d" y="%d" width="%d" height="%d" rx="6" class="then"/>`+"\n", outcomeX, y, outcomeWidth, height)
	g.text(outcomeX+10, y+lineHeight-3, "outcome", r.outcome.words.In(g.language))
	g.text(outcomeX+10, y+2*lineHeight-3, "id", r.id+" → "+r.outcome.id)
	g.b.WriteString("</g>\n")
	return y + height + 8
}

// wrap words the conditions of a row in lines of a width.
func (g *drawing) wrap(when []literal, room int) []string {
	var lines []string
	line := ""
	for i, lit := range when {
		text := g.s.wordsOf(lit).In(g.language)
		if i+1 < len(when) {
			text += map[string]string{"ja": "、", "en": ", "}[g.language]
		}
		if line != "" && cells(line+text)*cell > room {
			lines, line = append(lines, line), ""
		}
		line += text
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

func cells(text string) int {
	n := 0
	for _, r := range text {
		n += diag.Cells(r)
	}
	return n
}

func (g *drawing) finish(height int) []byte {
	total := outcomeX + outcomeWidth + margin
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[2]d" width="%[1]d" height="%[2]d" lang="%[3]s" font-family="sans-serif" font-size="13">
<style>.layer{font-weight:bold;font-size:15px}.when{fill:#f2f5f9;stroke:#8a99ad}.then{fill:#e9f5ec;stroke:#5d9a6c}.arrow{fill:none;stroke:#555;stroke-width:1.5}.else,.id{fill:#555;font-size:12px}.outcome{font-weight:bold}</style>
<rect width="100%%" height="100%%" fill="#fff"/>
%[4]s</svg>
`, total, height, g.language, g.b.String())
}
