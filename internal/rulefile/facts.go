package rulefile

import (
	"cmp"
	"maps"
	"path"
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
)

// fact returns the value of a fact of the given kind. If there is no such value, `code` and `args` say why. An empty code means
// that the reason is reported elsewhere, once for everything that depends on it.
func (l *loader) fact(f *diag.File, id, kind string) (value int32, ok bool, code diag.Code, args []any) {
	facts := &l.set.Facts
	l.set.NoteUse(id, f)
	day, isDay := facts.Days[id]
	number, isNumber := facts.Numbers[id]
	is := rules.KindWords[facts.Kinds[id]]
	switch {
	case len(facts.Unread[rules.FactsFile]) > 0 || len(facts.Faults[id]) > 0:
		l.wanted[id] = true
		return 0, false, "", nil
	case kind == "date" && isDay:
		return int32(day), true, "", nil
	case kind != "date" && isNumber && facts.Units[id] == kind:
		return int32(number), true, "", nil
	case is.EN == "" || facts.Kinds[id] == kind:
		return 0, false, "rule-unknown-fact", []any{id, cmp.Or(diag.Nearest(id, facts.Of(kind)), diag.Nearest(id, slices.Sorted(maps.Keys(facts.Kinds))))}
	}
	return 0, false, "rule-fact-kind", []any{id, is, rules.KindWords[kind], facts.Some(kind)}
}

// reportFacts reports why facts.yaml or sources.yaml could not be read, and the mistakes in the facts that the rules use.
func (l *loader) reportFacts() {
	facts := &l.set.Facts
	list := slices.Concat(facts.Unread[rules.FactsFile], facts.Unread[rules.SourcesFile])
	for _, id := range slices.Sorted(maps.Keys(l.wanted)) {
		list = append(list, facts.Faults[id]...)
	}
	told := map[diag.Position]bool{} // two facts that take the same day have the same mistake
	for _, d := range list {
		if d.File = path.Join(l.name, d.File); !told[d.Position] {
			told[d.Position] = true
			l.report(d)
		}
	}
}
