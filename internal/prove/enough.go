package prove

import (
	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// checkEnough checks the table Enough. It reports rows that decide about nobody and levels that nobody gets. If the last row
// has conditions, checkEnough reports only that and returns false, because the table may then not decide about everybody.
// Without a table Enough it returns true.
func (v *verifier) checkEnough() bool {
	fits := v.s.Enough
	if len(fits) == 0 {
		return true
	}
	last := fits[len(fits)-1]
	if list := &v.m.Program.Enough[len(fits)-1].List; len(list.Yes)+len(list.No) > 0 {
		v.report(last.Place.At("rule-last-row", last.ID))
		return false
	}
	for i, r := range fits {
		if v.m.Fits[i] == bdd.Never {
			v.report(r.Place.At("rule-dead-row", r.ID, v.whyUnfit(i)))
		}
	}
	for level, f := range v.m.Enough {
		if f == bdd.Never {
			v.report(fits[0].Place.At("rule-level-unreachable", levelWord(table.Level(level))))
		}
	}
	return true
}

// whyUnfit says why a row of the table Enough decides about nobody.
func (v *verifier) whyUnfit(row int) diag.Wording {
	fits := v.m.And(v.m.Possible, v.m.List(&v.m.Program.Enough[row].List))
	if fits == bdd.Never {
		return neverTogether
	}
	who, raw := v.person(fits)
	m := table.NewMachine(v.s.Program)
	m.Load(raw)
	m.Decide()
	for i, before := range v.s.Enough[:row] {
		if m.List(&v.s.Program.Enough[i].List) == table.True {
			return decidesBefore(before, who)
		}
	}
	panic("BUG: a row that fits somebody and has none before it")
}

// levelWord returns the words for a level.
func levelWord(level table.Level) diag.Wording {
	words := rules.LevelWords[level].Words
	return diag.Wording{JA: words.Ja, EN: words.En}
}
