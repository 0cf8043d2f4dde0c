package explain

import (
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markup"
	"sitegen/internal/rules"
)

// Graph draws the decision as an SVG. The layers are drawn from top to bottom. Each row has its conditions on the left, and
// its outcome and what to bring on the right. An arrow leads to the next layer. language is "ja" or "en".
func Graph(s *rules.Set, language string) []byte {
	g := &drawing{s: s, language: language}
	y := margin
	for i, layer := range s.Layers {
		if i > 0 {
			g.arrow(y, graphWords.everybodyElse.In(language))
			y += arrowHeight
		}
		g.text(margin, y+lineHeight-6, "layer", layer.Words.In(language))
		y += lineHeight + 4
		for _, r := range layer.Rows {
			y = g.row(r, y)
		}
	}
	return g.finish(y + margin)
}

var graphWords = struct{ title, about, everybody, everybodyElse, bring, and, or, nothingNeeded, nothingKnown, between rules.Words }{
	title: rules.Words{Ja: "何を持っていくかの決まり方", En: "How it is decided what to bring"},
	about: rules.Words{
		Ja: "上から順に層を見ます。層の中の行は、左が条件、右が結果と持っていくもの（よいものから）です。どの行にも当てはまらない人は、矢印の先の層へ進みます。add.yaml が足す書類と知らせは、この図にありません。",
		En: "Layers from top to bottom. Of the rows of a layer the left side has the conditions, the right side the outcome and what to bring, the best first. Whom no row of a layer fits follows the arrow to the next one. Further documents and notes, which add.yaml adds, are not in this picture.",
	},
	everybody:     rules.Words{Ja: "すべての人", En: "everybody"},
	everybodyElse: rules.Words{Ja: "どれにも当てはまらない人", En: "everybody else"},
	bring:         rules.Words{Ja: "持っていくもの: ", En: "bring: "},
	and:           rules.Words{Ja: "と", En: " + "},
	or:            rules.Words{Ja: "、または", En: ", or "},
	nothingNeeded: rules.Words{Ja: "何も要らない", En: "nothing needed"},
	nothingKnown:  rules.Words{Ja: "add.yaml が足すものだけ", En: "only what add.yaml adds"},
	between:       rules.Words{Ja: "、", En: ", "},
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
	s        *rules.Set
	w        markup.Writer
	language string
}

func (g *drawing) text(x, y int, class, text string) {
	g.w.HTML("<text")
	g.place(x, y)
	g.w.Attr("class", class)
	g.w.HTML(">")
	g.w.Text(text)
	g.w.HTML("</text>\n")
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

func (g *drawing) arrow(y int, text string) {
	x := conditionsX + 24
	g.w.HTML(`<path d="M`, number(x), " ", number(y+4), "v", number(arrowHeight-12), `m-5 -6l5 6l5 -6" class="arrow"/>`, "\n")
	g.text(x+14, y+arrowHeight/2+2, "else", text)
}

// row draws one row and returns the y of the next one.
func (g *drawing) row(r *rules.Row, y int) int {
	var conditions []string
	for _, lit := range r.When {
		conditions = append(conditions, LiteralWords(g.s, lit).In(g.language))
	}
	if len(conditions) == 0 {
		conditions = []string{graphWords.everybody.In(g.language)}
	}
	when := wrap(conditions, graphWords.between.In(g.language), outcomeX-conditionsX-60)
	bring := wrap(g.bring(r), graphWords.or.In(g.language), outcomeWidth-20)
	height := max(len(when), 2+len(bring))*lineHeight + 8
	g.w.HTML(markup.Tag("g", markup.Attr("id", "row-"+r.ID)))
	g.box(conditionsX, y, outcomeX-conditionsX-40, height, "when")
	for i, line := range when {
		g.text(conditionsX+10, y+(i+1)*lineHeight-3, "condition", line)
	}
	g.w.HTML(`<path d="M`, number(outcomeX-38), " ", number(y+height/2), `h32m-6 -5l6 5l-6 5" class="arrow"/>`, "\n")
	g.box(outcomeX, y, outcomeWidth, height, "then")
	g.text(outcomeX+10, y+lineHeight-3, "outcome", r.Outcome.Words.In(g.language))
	for i, line := range bring {
		g.text(outcomeX+10, y+(2+i)*lineHeight-3, "bring", line)
	}
	g.text(outcomeX+10, y+(2+len(bring))*lineHeight-3, "id", r.ID+" → "+r.Outcome.ID)
	g.w.HTML("</g>\n")
	return y + height + 8
}

// bring writes the alternatives of a row in words.
func (g *drawing) bring(r *rules.Row) []string {
	var list []string
	for _, set := range r.Bring {
		var names []string
		for _, document := range set {
			names = append(names, document.Words.In(g.language))
		}
		if len(names) == 0 {
			names = []string{graphWords.nothingNeeded.In(g.language)}
		}
		list = append(list, strings.Join(names, graphWords.and.In(g.language)))
	}
	if len(list) == 0 {
		list = []string{graphWords.nothingKnown.In(g.language)}
	}
	list[0] = graphWords.bring.In(g.language) + list[0]
	return list
}

// wrap breaks a list into lines of at most room pixels; an item is never broken.
func wrap(list []string, between string, room int) []string {
	var lines []string
	line := ""
	for i, text := range list {
		if i+1 < len(list) {
			text += between
		}
		if line != "" && cells(line+text)*cell > room {
			lines, line = append(lines, strings.TrimRight(line, " ")), ""
		}
		line += text
	}
	return append(lines, line)
}

func cells(text string) int {
	n := 0
	for _, r := range text {
		n += diag.Cells(r)
	}
	return n
}

func (g *drawing) finish(bottom int) []byte {
	width, height := number(outcomeX+outcomeWidth+margin), number(bottom)
	var w markup.Writer
	w.HTML(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `, width, " ", height, `" width="`, width, `" height="`, height, `"`)
	w.Attr("lang", g.language)
	w.HTML(` role="img" aria-labelledby="title about" font-family="sans-serif" font-size="13">
<title id="title">`, markup.Escape(graphWords.title.In(g.language)), `</title>
<desc id="about">`, markup.Escape(graphWords.about.In(g.language)), `</desc>
<style>.layer{font-weight:bold;font-size:15px}.when{fill:#f2f5f9;stroke:#8a99ad}.then{fill:#e9f5ec;stroke:#5d9a6c}.arrow{fill:none;stroke:#555;stroke-width:1.5}.else,.id{fill:#555;font-size:12px}.outcome{font-weight:bold}</style>
<rect width="100%" height="100%" fill="#fff"/>
`, g.w.Done(), "</svg>\n")
	return []byte(w.Done())
}
