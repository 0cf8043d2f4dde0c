package rules

import (
	"fmt"

	"sitegen/internal/diag"
	"sitegen/internal/table"
)

// Limits of the tables, the module and a proof. wasm.Check has limits of its own for signals, lists and "with", and package
// space has one for comparisons (mostTogether). The limits here are a little lower, so that a set is refused before it reaches
// the other limits.
const (
	MostInOneByte   = 255
	mostComparisons = 30
	mostSignals     = 4000
	mostRows        = 1000
	mostLists       = 3600
	mostWiths       = 500
)

// Limit says how many things of one kind a set of rules may have at most. The field What names the things.
type Limit struct {
	What  diag.Wording
	Most  int
	count func(s *Set) int
}

// Limits are the limits of a set of rules as a whole. A single row may have at most MostInOneByte alternatives (package
// rulefile). Whether a set exceeds the limits of diagrams and of the module also depends on how its rules refer to each other.
var Limits = []Limit{
	{diag.Wording{JA: "日付の計算", EN: "calculated days"}, MostInOneByte, func(s *Set) int { return len(s.Checked.Terms) }},
	{diag.Wording{JA: "書類の組", EN: "different alternatives"}, MostInOneByte, func(s *Set) int { return len(s.Program.Sets) }},
	{diag.Wording{JA: "bring の種類", EN: "different lists under bring"}, MostInOneByte, func(s *Set) int { return len(s.Program.Offers) }},
	{diag.Wording{JA: "同じ日付との比較", EN: "comparisons with the same date"}, mostComparisons, func(s *Set) int { return comparisonsOfOne(s.Checked) }},
	{diag.Wording{JA: "決める行", EN: "rows that decide"}, mostRows, func(s *Set) int { return len(s.Program.Rows) }},
	{diag.Wording{JA: "足す行", EN: "rows that add"}, mostRows, func(s *Set) int { return len(s.Program.Adds) }},
	{diag.Wording{JA: "with の行", EN: "rows with \"with\""}, mostWiths, withs},
	{diag.Wording{JA: "条件と比較", EN: "conditions and comparisons"}, mostSignals, func(s *Set) int { return s.Checked.Signals() }},
	{diag.Wording{JA: "質問、名前のある条件と行", EN: "questions, named conditions and rows"}, mostLists, func(s *Set) int {
		p := s.Program
		return len(p.Inputs) + len(p.Gates) + len(p.Rows) + len(p.Posts) + len(p.Enough) + len(p.Lasts) + len(p.Adds) + len(p.Asks)
	}},
	{diag.Wording{JA: "表のバイト数", EN: "bytes of the tables"}, table.MaxBytes, func(s *Set) int { return s.Program.Size() }},
}

func withs(s *Set) (n int) {
	for _, add := range s.Program.Adds {
		for _, e := range add.Effects {
			n += table.BoolInt(e.Kind == table.With)
		}
	}
	return n
}

// TooLarge reports whether a set exceeds a limit of the tables, the module or a proof, and says which one. It names only one,
// because a set that is too large usually exceeds several.
func (s *Set) TooLarge() (why diag.Wording, is bool) {
	for _, limit := range Limits {
		if count := limit.count(s); count > limit.Most {
			return TooMany(limit.What, count, limit.Most), true
		}
	}
	return diag.Wording{}, false
}

// TooMany returns words that say that there are `count` things and that `most` are allowed. `what` names the things.
func TooMany(what diag.Wording, count, most int) diag.Wording {
	return diag.Wording{
		JA: fmt.Sprintf("%sは%dまでですが、%dあります", what.JA, most, count),
		EN: fmt.Sprintf("%d %s, and %d are the most", count, what.EN, most),
	}
}

// comparisonsOfOne returns the greatest number of comparisons that have the same date on the side that is not the visit. All
// constant days count as one date.
func comparisonsOfOne(p *table.Program) int {
	counts, most := map[int]int{}, 0
	for _, a := range p.Atoms {
		if a.Op == table.NotAfter {
			slot := max(p.OtherSlot(a.A), p.OtherSlot(a.B))
			counts[slot]++
			most = max(most, counts[slot])
		}
	}
	return most
}
