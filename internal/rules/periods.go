package rules

import (
	"cmp"
	"maps"
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/table"
)

// Period is a comparison between the day of the visit and a second day. From some fixed day on, its result stays the same.
type Period struct {
	diag.Position
	Text  string     // the comparison as its editor wrote it
	Holds bool       // true: it can hold up to Until, and never afterwards; false: it can fail up to Until, and always holds afterwards
	Until civil.Date // the last day on which the result may still be different
}

// Periods returns the comparisons with fixed days, sorted by file, line and column.
func (s *Set) Periods() []Period {
	slices.SortStableFunc(s.periods, func(a, b Period) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return s.periods
}

// Uses returns, by the id of each fact, the names of the files that refer to the fact. The names are sorted.
func (s *Set) Uses() map[string][]string { return sortedFiles(s.uses) }

// SourceUses returns, by the id of each source, the names of the files that name the source. The names are sorted.
func (s *Set) SourceUses() map[string][]string { return sortedFiles(s.restsOn) }

func sortedFiles(users map[string]map[string]bool) map[string][]string {
	sorted := map[string][]string{}
	for id, files := range users {
		sorted[id] = slices.Sorted(maps.Keys(files))
	}
	return sorted
}

// NotePeriod records a literal as a Period if it compares days and its result never changes after some day.
func (s *Set) NotePeriod(lit Literal) {
	t := lit.Test
	if t.Kind != DateTest {
		return
	}
	other, holds := t.Right, !lit.Not
	if !t.Left.IsVisit() {
		other, holds = t.Left, lit.Not
	}
	day, ok := latest(other)
	if !ok {
		return
	}
	if t.Strict == t.Left.IsVisit() { // visit < day, or day <= visit: the result changes on the day itself
		day--
	}
	s.periods = append(s.periods, Period{lit.Place.File.Position(lit.Place.Offset), lit.Text, holds, civil.Date(day)})
}

// latest returns the last day that a term can be, whatever the visitor answers. `ok` is false if there is no such day.
func latest(t *DateTerm) (day int32, ok bool) {
	switch t.Op {
	case table.InputDay:
		return 0, false
	case table.ConstDay:
		return t.Day, true
	}
	day, ok = latest(t.A)
	if t.Op != table.Earlier && t.Op != table.Later {
		return table.ShiftDay(t.Op, day, t.N), ok
	}
	other, known := latest(t.B)
	switch {
	case !known:
		return day, ok && t.Op == table.Earlier
	case !ok:
		return other, t.Op == table.Earlier
	case t.Op == table.Earlier:
		return min(day, other), true
	}
	return max(day, other), true
}

// NoteSource records that a file names a source.
func (s *Set) NoteSource(id string, f *diag.File) { noteFile(s.restsOn, id, f) }

// NoteUse records that a file refers to a fact.
func (s *Set) NoteUse(id string, f *diag.File) { noteFile(s.uses, id, f) }

func noteFile(users map[string]map[string]bool, id string, f *diag.File) {
	if users[id] == nil {
		users[id] = map[string]bool{}
	}
	users[id][f.Name] = true
}
