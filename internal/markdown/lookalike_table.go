package markdown

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/text"

	"sitegen/internal/diag"
)

// tableLike reports lines that are meant as a table but cannot be read as one: the second line of the table is missing, the bars are
// full-width, or the cells have tabs between them because they were copied from a spreadsheet.
func (b *builder) tableLike(lines []text.Segment) {
	wide := 0
	for _, line := range lines {
		if isDelimiterRow(b.text(line)) {
			b.barred = true
			return // its head is missing: findTable has reported that
		}
		wide += index(strings.Contains(b.text(line), "｜"))
	}
	for _, line := range lines {
		if text := b.text(line); strings.Count(text, "｜") > index(wide < 2) {
			b.reportMend(line.Start+strings.Index(text, "｜"), b.plainBars(line.Start, text), "mark-fullwidth", "｜", "|")
		}
	}
	if rows := b.trailing(lines, barsOf); len(rows) > 1 || len(rows) == 1 && strings.HasPrefix(b.text(rows[0]), "|") {
		b.barred = true
		if i := slices.IndexFunc(lines, func(line text.Segment) bool { return isBrokenRule(b.text(line)) }); i > 0 {
			plain := "|" + strings.Repeat("---|", cellsOf(b.text(lines[i-1])))
			b.report(lines[i].Start, "table-rule-broken", plain)
			return
		}
		b.reportMend(rows[0].Start, b.ruleBelow(rows), "table-rule", "|"+strings.Repeat("---|", cellsOf(b.text(rows[0]))))
	}
	rows := b.trailing(lines, tabsOf)
	for _, line := range lines[:len(lines)-len(rows)] {
		if text := b.text(line); tabsOf(text) > 0 {
			b.report(line.Start+strings.IndexByte(strings.TrimLeft(text, " \t"), '\t'), "table-tabs")
		}
	}
	if len(rows) > 0 {
		b.reportMend(rows[0].Start+strings.IndexByte(b.text(rows[0]), '\t'), b.tabled(rows), "table-tabs")
	}
}

// isBrokenRule reports whether a line is almost the second line of a table: it has "--" at least twice, and at most one
// character that does not belong in that line.
func isBrokenRule(line string) bool {
	other := strings.Trim(strings.NewReplacer("-", "", "|", "", ":", "", " ", "").Replace(line), "")
	return strings.Count(line, "--") > 1 && utf8.RuneCountInString(other) < 2
}

// trailing returns the lines at the end of a block that all have the same number of cell separators, at least one. count returns the
// number in a line.
func (b *builder) trailing(lines []text.Segment, count func(string) int) []text.Segment {
	at, last := len(lines), count(b.text(lines[len(lines)-1]))
	for at > 0 && last > 0 && count(b.text(lines[at-1])) == last {
		at--
	}
	return lines[at:]
}

// barsOf returns how many bars separate cells in a line that looks like a row of a table, or 0 for other lines. A bar before
// the first cell counts too.
func barsOf(line string) int {
	if strings.IndexByte(line, '|') < 0 {
		return 0
	}
	cells := len(splitRow(line, nil))
	if strings.HasPrefix(line, "|") && cells > 1 {
		return cells
	}
	if strings.Contains(line, " | ") {
		return cells - 1
	}
	return 0
}

func cellsOf(line string) int { return max(1, len(splitRow(line, nil))) }

// tabsOf counts the tabs between the words of a line, without the one after a list mark.
func tabsOf(line string) int {
	if strings.IndexByte(line, '\t') < 0 {
		return 0
	}
	return strings.Count(strings.Trim(line[listed(line):], " \t"), "\t")
}

// listed returns the length of the list mark at the start of a line, or 0 if there is none.
func listed(line string) int {
	if m := markerOf(line); m.kind == markerBullet || m.kind == markerNumber {
		return m.length
	}
	return listMark(line)
}

// ruleBelow returns the change that inserts the second line of a table below its head, or nil if no line begins below the
// head.
func (b *builder) ruleBelow(lines []text.Segment) []diag.Edit {
	if len(lines) < 2 || !b.startsLine(lines[1].Start) {
		return nil
	}
	return []diag.Edit{b.edit(lines[1].Start, "", "|"+strings.Repeat("---|", cellsOf(b.text(lines[0])))+"\n")}
}

// plainBars returns the changes that replace the full-width bars of a line with plain ones. In the second line of a table they also
// replace the dashes, colons and spaces.
func (b *builder) plainBars(at int, line string) []diag.Edit {
	plain := strings.ReplaceAll(line, "｜", "|")
	if strings.Trim(plain, "|ー－―-:： \u3000") == "" {
		plain = strings.NewReplacer("ー", "-", "－", "-", "―", "-", "：", ":", "\u3000", " ").Replace(plain)
	}
	return []diag.Edit{b.edit(at, line, plain)}
}

// tabled returns the changes that turn lines with tabs between their cells into a table. It returns nil for a single line, and
// if a line is in a list or has a bar.
func (b *builder) tabled(lines []text.Segment) []diag.Edit {
	if len(lines) < 2 {
		return nil
	}
	var edits []diag.Edit
	for i, line := range lines {
		text := b.text(line)
		if !b.startsLine(line.Start) || strings.Contains(text, "|") || listed(text) > 0 {
			return nil
		}
		row := "| " + strings.ReplaceAll(text, "\t", " | ") + " |"
		if i == 0 {
			row += "\n|" + strings.Repeat("---|", tabsOf(text)+1)
		}
		edits = append(edits, b.edit(line.Start, text, row))
	}
	return edits
}
