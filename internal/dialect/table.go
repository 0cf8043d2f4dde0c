package dialect

import (
	"slices"
	"strconv"

	"sitegen/internal/lookalike"
	"sitegen/internal/markdown"
)

// findTable returns how many lines of a paragraph come before its table, and whether it has a table. Without a table, `before` is the
// number of all lines. goldmark's own tables cannot be used: they take the bar of {漢字|かんじ} for the end of a cell, and drop surplus
// cells of a row.
func (b *builder) findTable(lines []lookalike.Line) (before int, found bool) {
	rule := slices.IndexFunc(lines, func(line lookalike.Line) bool { return lookalike.IsDelimiterRow(b.Text[line.Start:line.Stop]) })
	if rule == 0 {
		b.Report(lines[0].Start, "table-head")
	}
	if rule <= 0 {
		return len(lines), false
	}
	return rule - 1, true
}

// table adds a table. The first line is the head of the table, the second is the delimiter row (|---|), and each further line is a row.
func (b *builder) table(lines []lookalike.Line) {
	row := func(i int) string { return b.Text[lines[i].Start:lines[i].Stop] }
	head := lookalike.SplitRow(row(0), nil)
	table := b.open(markdown.KindTable, lines[0].Start, "", b.label)
	b.checkColumns(lines, len(head))
	opened := b.open(markdown.KindHead, lines[0].Start, "", 0)
	b.row(markdown.KindHeadCell, lines[0].Start, head)
	b.close(opened)
	if len(lines) > 2 {
		opened = b.open(markdown.KindRows, lines[2].Start, "", 0)
		var cells [][2]int
		for i := 2; i < len(lines); i++ {
			cells = lookalike.SplitRow(row(i), cells[:0])
			b.row(markdown.KindCell, lines[i].Start, cells)
		}
		b.close(opened)
	}
	b.close(table)
}

// checkColumns reports the rows of a table whose number of cells is not `head`, the number of cells in the table's head. If all rows have
// the same number of cells, it reports the head instead.
func (b *builder) checkColumns(lines []lookalike.Line, head int) {
	counts := make([]int, len(lines))
	agree, odd := len(lines) > 2, false
	var cells [][2]int
	for i := 1; i < len(lines); i++ {
		cells = lookalike.SplitRow(b.Text[lines[i].Start:lines[i].Stop], cells[:0])
		counts[i] = len(cells)
		agree, odd = agree && counts[i] == counts[1], odd || counts[i] != head
	}
	switch {
	case !odd:
	case agree:
		b.Report(lines[0].Start, "table-head-columns", strconv.Itoa(head), strconv.Itoa(counts[1]))
	default:
		for i := 1; i < len(lines); i++ {
			if counts[i] != head {
				b.Report(lines[i].Start, "table-columns", strconv.Itoa(counts[i]), strconv.Itoa(head))
			}
		}
	}
}

func (b *builder) row(cell markdown.Kind, at int, cells [][2]int) {
	row := b.open(markdown.KindRow, at, "", 0)
	for column, c := range cells {
		opened := b.open(cell, at+c[0], "", column)
		b.scan.cell = true
		b.inline(at+c[0], at+c[1])
		b.scan.cell = false
		b.close(opened)
	}
	b.close(row)
}
