package dialect

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/schema"
	"sitegen/internal/written"
)

// container adds the nodes of a ::: block. The word after the colons decides which nodes.
func (b *builder) container(c *container) {
	switch c.word {
	case "note":
		b.box(markdown.KindNote, markdown.KindTitle, c)
	case "important":
		b.box(markdown.KindImportant, markdown.KindTitle, c)
	case "example":
		b.box(markdown.KindExample, markdown.KindTitle, c)
	case "steps":
		b.stepsBlock(c)
	case "timeline":
		b.box(markdown.KindTimeline, markdown.KindCaption, c)
	case "from", "until":
		b.dated(c)
	case "if":
		b.conditional(c)
	case "":
		// This is a closing line that closes nothing. Open has reported it.
	default:
		if near := diag.Nearest(strings.ToLower(c.word), schema.BlockWords.Words); near != "" {
			b.Report(c.wordAt, "block-typo", c.word, near)
		} else {
			b.Report(c.wordAt, "block-unknown", c.word, strings.Join(schema.BlockWords.Words, ", "))
		}
		b.blocks(c)
	}
}

// box adds a block with a title.
func (b *builder) box(k, title markdown.Kind, c *container) {
	opened := b.open(k, c.start, "", 0)
	caption := b.title(title, c, "", 0)
	if k == markdown.KindTimeline {
		b.timeline(c, caption)
	} else {
		b.blocks(c)
	}
	b.close(opened)
}

// title adds the title of a block. If the author wrote no title, it is the interface's word for the block. title returns the index of the
// title's node.
func (b *builder) title(k markdown.Kind, c *container, id string, level int) (opened int) {
	opened = b.open(k, c.title.Start, id, level)
	if c.title.Len() > 0 {
		b.inline(c.title.Start, c.title.Stop)
	} else {
		b.leaf(markdown.KindLabel, c.wordAt, c.word, 0)
	}
	b.close(opened)
	return opened
}

// stepsBlock adds a steps block. Its heading is one level below the last heading. If the block does not have exactly one numbered list,
// stepsBlock reports that.
func (b *builder) stepsBlock(c *container) {
	b.steps++
	id := "steps-" + strconv.Itoa(b.steps)
	b.addAnchor(id, c.start)
	opened := b.open(markdown.KindSteps, c.start, id, 0)
	b.title(markdown.KindStepsTitle, c, id, min(max(b.level, 1)+1, 6))
	lists := 0
	for n := c.FirstChild(); n != nil; n = n.NextSibling() {
		if list, ok := n.(*ast.List); ok && list.IsOrdered() {
			lists++
		}
	}
	if lists != 1 {
		b.Report(c.start, "steps-list", strconv.Itoa(lists))
	}
	b.blocks(c)
	b.close(opened)
}

// timeline adds a chart, and the table from which the chart is drawn. If the block does not have exactly one table, or the table cannot
// be drawn, timeline reports that.
func (b *builder) timeline(c *container, caption int) {
	outer := b.label
	b.label = caption
	chart := len(b.doc.Nodes)
	b.leaf(markdown.KindChart, c.start, "", -1)
	b.blocks(c)
	b.label = outer
	tables, table := 0, 0
	for i, n := range b.doc.Nodes[chart:] {
		if n.Kind == markdown.KindTable && !n.Close {
			tables++
			table = chart + i
		}
	}
	if tables == 1 && b.canBeDrawn(table) {
		b.doc.Nodes[chart].Ref = int32(table)
	} else {
		b.Report(c.start, "timeline-table", strconv.Itoa(mostTracks))
	}
}

// mostTracks is the maximum number of tracks in a timeline.
const mostTracks = 6

// canBeDrawn reports whether a table has rows, and from one to mostTracks tracks. Each column after the first is a track.
func (b *builder) canBeDrawn(table int) bool {
	tracks, rows := 0, 0
	for _, n := range b.doc.Nodes[table:b.doc.Nodes[table].End] {
		switch {
		case n.Kind == markdown.KindHeadCell && n.Close:
			tracks = int(n.Ref)
		case n.Kind == markdown.KindRows:
			rows++
		}
	}
	return tracks > 0 && tracks <= mostTracks && rows > 0
}

// dated adds a from/until block. It reads the period in the opening line, and reports a malformed or reversed one.
func (b *builder) dated(c *container) {
	period := markdown.Period{Offset: b.Base + c.wordAt}
	fields := strings.Fields(b.Text[c.wordAt:c.title.Stop])
	switch {
	case len(fields) == 2 && fields[0] == "from":
		period.From = fields[1]
	case len(fields) == 3 && fields[0] == "from" && fields[2] == "announced":
		period.From, period.Announced = fields[1], true
	case len(fields) == 2:
		period.Until = fields[1]
	case len(fields) == 4 && fields[0] == "from" && fields[2] == "until":
		period.From, period.Until = fields[1], fields[3]
	default:
		b.Report(c.wordAt, "block-period")
	}
	from, fromOK := b.day(c, period.From)
	until, untilOK := b.day(c, period.Until)
	if fromOK && untilOK && from > until {
		b.Report(c.wordAt, "block-order", period.From, period.Until)
	}
	b.doc.Periods = append(b.doc.Periods, period)
	b.element(markdown.KindDated, len(b.doc.Periods)-1, c)
}

// conditional adds an if block. It reads the opening line: "if <policy> is <value>", followed by any number of " or <value>". If the line
// is malformed, conditional reports that and adds the content without the condition.
func (b *builder) conditional(c *container) {
	condition := markdown.Condition{Offset: b.Base + c.wordAt}
	fields := strings.Fields(b.Text[c.wordAt:c.title.Stop])
	wellFormed := len(fields) >= 4 && len(fields)%2 == 0 && fields[2] == "is" && schema.IsName(fields[1])
	for i := 3; wellFormed && i < len(fields); i++ {
		if i%2 == 1 && schema.IsName(fields[i]) {
			condition.Values = append(condition.Values, fields[i])
		} else if i%2 == 1 || fields[i] != "or" {
			wellFormed = false
		}
	}
	if wellFormed {
		condition.Policy = fields[1]
		b.doc.Conditions = append(b.doc.Conditions, condition)
		b.element(markdown.KindIf, len(b.doc.Conditions)-1, c)
		return
	}
	b.Report(c.wordAt, "block-condition")
	b.blocks(c)
}

// day reads a day in a block's opening line. It returns false if `word` is empty, refers to a fact (fact:id), or is not a day. Only a
// word that is not a day gives a finding.
func (b *builder) day(c *container, word string) (civil.Date, bool) {
	if word == "" {
		return civil.Unset, false
	}
	if id, isFact := strings.CutPrefix(word, "fact:"); isFact && schema.IsName(id) {
		return civil.Unset, false
	}
	day, err := civil.Read(word)
	if err != nil {
		at := c.wordAt + strings.LastIndex(b.Text[c.wordAt:c.title.Stop], word)
		if plain, isToken := written.Unbraced(word); isToken {
			b.Mend(at, []diag.Edit{b.Edit(at, word, plain)}, "day-braces", plain)
		} else {
			b.Report(at, "block-day", word)
		}
	}
	return day, err == nil
}
