package lookalike

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sitegen/internal/diag"
)

// tableLike reports lines that are meant as a table but cannot be read as one. Their second line is missing, their bars are full-width, or
// tabs separate their cells, as in text copied from a spreadsheet. `barred` means that a finding covers the plain bars.
func (b *Block) tableLike() (barred bool) {
	wide := 0
	for _, line := range b.Lines {
		if IsDelimiterRow(b.read(line)) {
			return true // the head of the table is missing, which package dialect has reported
		}
		if strings.Contains(b.read(line), "｜") {
			wide++
		}
	}
	for _, line := range b.Lines {
		text := b.read(line)
		if bars := strings.Count(text, "｜"); bars > 1 || bars == 1 && wide > 1 {
			b.Mend(line.Start+strings.Index(text, "｜"), b.plainBars(line.Start, text), "mark-fullwidth", "｜", "|")
		}
	}
	if rows := b.trailing(barsOf); len(rows) > 1 || len(rows) == 1 && strings.HasPrefix(b.read(rows[0]), "|") {
		barred = true
		if i := slices.IndexFunc(b.Lines, func(line Line) bool { return isBrokenRule(b.read(line)) }); i > 0 {
			plain := "|" + strings.Repeat("---|", cellsOf(b.read(b.Lines[i-1])))
			b.Report(b.Lines[i].Start, "table-rule-broken", plain)
			return barred
		}
		b.Mend(rows[0].Start, b.ruleBelow(rows), "table-rule", "|"+strings.Repeat("---|", cellsOf(b.read(rows[0]))))
	}
	rows := b.trailing(tabsOf)
	for _, line := range b.Lines[:len(b.Lines)-len(rows)] {
		if text := b.read(line); tabsOf(text) > 0 {
			b.Report(line.Start+strings.IndexByte(strings.TrimLeft(text, " \t"), '\t'), "table-tabs")
		}
	}
	if len(rows) > 0 {
		b.Mend(rows[0].Start+strings.IndexByte(b.read(rows[0]), '\t'), b.tabled(rows), "table-tabs")
	}
	return barred
}

// isBrokenRule reports whether a line is nearly the second line of a table: it contains "--" at least twice, and at most one character that
// does not belong in such a line.
func isBrokenRule(line string) bool {
	other := strings.Trim(strings.NewReplacer("-", "", "|", "", ":", "", " ", "").Replace(line), "")
	return strings.Count(line, "--") > 1 && utf8.RuneCountInString(other) < 2
}

// trailing returns the lines at the end of a block that have the same number of cell separators as the last line. The function `count`
// returns the number of separators in a line. The result is empty if the last line has no separators.
func (b *Block) trailing(count func(string) int) []Line {
	at, last := len(b.Lines), count(b.read(b.Lines[len(b.Lines)-1]))
	for at > 0 && last > 0 && count(b.read(b.Lines[at-1])) == last {
		at--
	}
	return b.Lines[at:]
}

// barsOf returns how many bars separate cells in a line that looks like a row of a table. It returns 0 for other lines. A bar before the
// first cell counts too.
func barsOf(line string) int {
	if strings.IndexByte(line, '|') < 0 {
		return 0
	}
	cells := len(SplitRow(line, nil))
	if strings.HasPrefix(line, "|") && cells > 1 {
		return cells
	}
	if strings.Contains(line, " | ") {
		return cells - 1
	}
	return 0
}

func cellsOf(line string) int { return max(1, len(SplitRow(line, nil))) }

// tabsOf returns the number of tabs between the words of a line. A tab after the mark of a list does not count.
func tabsOf(line string) int {
	if strings.IndexByte(line, '\t') < 0 {
		return 0
	}
	return strings.Count(strings.Trim(line[listed(line):], " \t"), "\t")
}

// listed returns the length of the list mark at the start of a line, or 0 if the line has no such mark.
func listed(line string) int {
	if m := markerOf(line); m.kind == markerBullet || m.kind == markerNumber {
		return m.length
	}
	return listMark(line)
}

// ruleBelow returns the change that inserts the second line of a table below its head. It returns nil if `rows` has no second row, or if
// that row does not begin a line of the file.
func (b *Block) ruleBelow(rows []Line) []diag.Edit {
	if len(rows) < 2 || !b.startsLine(rows[1].Start) {
		return nil
	}
	return []diag.Edit{b.Edit(rows[1].Start, "", "|"+strings.Repeat("---|", cellsOf(b.read(rows[0])))+"\n")}
}

// plainBars returns the change that replaces the full-width bars of a line with plain bars. In the second line of a table, it also replaces
// full-width dashes, colons and spaces.
func (b *Block) plainBars(at int, line string) []diag.Edit {
	plain := strings.ReplaceAll(line, "｜", "|")
	if strings.Trim(plain, "|ー－―-:： \u3000") == "" {
		plain = strings.NewReplacer("ー", "-", "－", "-", "―", "-", "：", ":", "\u3000", " ").Replace(plain)
	}
	return []diag.Edit{b.Edit(at, line, plain)}
}

// tabled returns the changes that turn lines with tabs between their cells into a table. It returns nil for a single line. It also returns
// nil if a line contains a bar, begins with the mark of a list, or does not begin a line of the file.
func (b *Block) tabled(rows []Line) []diag.Edit {
	if len(rows) < 2 {
		return nil
	}
	var edits []diag.Edit
	for i, line := range rows {
		text := b.read(line)
		if !b.startsLine(line.Start) || strings.Contains(text, "|") || listed(text) > 0 {
			return nil
		}
		row := "| " + strings.ReplaceAll(text, "\t", " | ") + " |"
		if i == 0 {
			row += "\n|" + strings.Repeat("---|", tabsOf(text)+1)
		}
		edits = append(edits, b.Edit(line.Start, text, row))
	}
	return edits
}

// IsDelimiterRow reports whether a line can be the line below a table's head: |---|:-:|
func IsDelimiterRow(line string) bool {
	if strings.IndexByte(line, '|') < 0 || strings.Trim(line, "|-: \t\r\n") != "" {
		return false
	}
	for _, cell := range SplitRow(line, nil) {
		dashes := strings.TrimSuffix(strings.TrimPrefix(line[cell[0]:cell[1]], ":"), ":")
		if dashes == "" || strings.Trim(dashes, "-") != "" {
			return false
		}
	}
	return true
}

// SplitRow appends the start and end of each cell of a row to `cells`, and returns the result. A bar that is escaped or inside braces does
// not end a cell.
func SplitRow(line string, cells [][2]int) [][2]int {
	end := len(strings.TrimRight(line, " \t\r\n"))
	start := end - len(strings.TrimLeft(line[:end], " \t"))
	if start < end && line[start] == '|' {
		start++
	}
	for i := start; i < end; i++ {
		switch line[i] {
		case '\\':
			i++
		case '{':
			if j := strings.IndexAny(line[i+1:end], "{}"); j >= 0 && line[i+1+j] == '}' {
				i += 1 + j
			}
		case '|':
			cells = append(cells, trimmed(line, start, i))
			start = i + 1
		}
	}
	if start < end {
		cells = append(cells, trimmed(line, start, end))
	}
	return cells
}

func trimmed(line string, start, end int) [2]int {
	start += len(line[start:end]) - len(strings.TrimLeft(line[start:end], " \t"))
	return [2]int{start, start + len(strings.TrimRight(line[start:end], " \t"))}
}
