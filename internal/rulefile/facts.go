package rulefile

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// ReadFacts reads facts.yaml and sources.yaml of a content folder. [Read] reports what is wrong in them as far as rules rest on
// it; package site checks both files whole.
func ReadFacts(content fs.FS) (rules.Facts, error) {
	facts := rules.Facts{
		Days: map[string]civil.Date{}, Numbers: map[string]int{}, Units: map[string]string{}, Sources: map[string]string{}, Labels: map[string]rules.Words{},
		Kinds: map[string]string{}, Faults: map[string][]diag.Diagnostic{}, Unread: map[string][]diag.Diagnostic{},
	}
	var known strictyaml.Map[schema.Fact]
	var sources strictyaml.Map[schema.Source]
	file, faults, err := decode(content, "", rules.FactsFile, &known)
	_, sourceFaults, sourceErr := decode(content, "", rules.SourcesFile, &sources)
	if err := errors.Join(err, sourceErr); err != nil {
		return facts, err
	}
	if len(known) == 0 {
		facts.Unread[rules.FactsFile] = faults
	}
	facts.Unread[rules.SourcesFile] = sourceFaults
	byID := known.ByKey()
	for _, source := range sources {
		facts.Sources[source.Key.Value] = source.Value.Document
		ja, _ := source.Value.Label.Get("ja")
		en, _ := source.Value.Label.Get("en")
		facts.Labels[source.Key.Value] = rules.Words{Ja: ja.Value, En: en.Value}
	}
	for i, fact := range known {
		end := len(file.Data)
		if i+1 < len(known) {
			end = known[i+1].Key.Offset
		}
		addFact(&facts, byID, fact)
		facts.Faults[fact.Key.Value] = append(between(faults, file, fact.Key.Offset, end), fact.Value.Check(file, fact.Key.Offset, fact.Key.Value)...)
	}
	followFaults(&facts, known, byID)
	return facts, nil
}

// followFaults gives a fact that takes its day from a second fact the mistakes of that fact.
func followFaults(facts *rules.Facts, known strictyaml.Map[schema.Fact], byID map[string]schema.Fact) {
	fine := map[string]bool{} // facts that take their day from no faulty fact
	for _, fact := range known {
		var way []string
		for id := fact.Key.Value; id != "" && !fine[id] && len(way) <= len(known); {
			way = append(way, id)
			if faults := facts.Faults[id]; len(faults) > 0 {
				facts.Faults[fact.Key.Value] = faults
				break
			}
			y := byID[id]
			id = follows(&y)
		}
		for _, id := range way {
			fine[id] = len(facts.Faults[fact.Key.Value]) == 0
		}
	}
}

// addFact takes one fact.
func addFact(facts *rules.Facts, known map[string]schema.Fact, fact strictyaml.Entry[schema.Fact]) {
	id, y := fact.Key.Value, fact.Value
	facts.Kinds[id] = kindOf(&y)
	if day, ok := factDay(facts, known, &y, 0); ok {
		facts.Days[id] = day
	}
	if y.Number != nil {
		facts.Numbers[id], facts.Units[id] = y.Number.Value, rules.NumberUnit
	}
	if y.Duration != nil && y.Duration.Count != nil {
		facts.Numbers[id], facts.Units[id] = y.Duration.Count.Value, y.Duration.Unit.Value
	}
}

// kindOf returns what kind of fact this is for rules, a key of [rules.KindWords]; "" where it cannot be said.
func kindOf(y *schema.Fact) string {
	switch kind := y.Kind(); {
	case len(y.Variants) > 0:
		return "variant"
	case kind == "duration" && y.Duration.Count == nil:
		return "range"
	case kind == "duration":
		return y.Duration.Unit.Value
	case kind == "month":
		return "month_of"
	case kind == "hours":
		return "open"
	default:
		return kind
	}
}

// follows returns the fact whose day is the day before or after.
func follows(y *schema.Fact) string {
	for _, other := range []*strictyaml.Text{y.DayAfter, y.DayBefore} {
		if other != nil {
			return other.Value
		}
	}
	return ""
}

// fact returns the value of a fact, which must be of a kind. Where there is no such value, code and args say why; without a code
// the reason is reported elsewhere, once for all that rests on it.
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

// reportFacts reports what is wrong in facts.yaml and sources.yaml as far as the rules rest on it.
func (l *loader) reportFacts() {
	facts := &l.set.Facts
	list := slices.Concat(facts.Unread[rules.FactsFile], facts.Unread[rules.SourcesFile])
	for _, id := range slices.Sorted(maps.Keys(l.wanted)) {
		list = append(list, facts.Faults[id]...)
	}
	told := map[diag.Position]bool{} // two facts that take the same day share its mistake
	for _, d := range list {
		if d.File = path.Join(l.name, d.File); !told[d.Position] {
			told[d.Position] = true
			l.report(d)
		}
	}
}

// factDay follows day_after and day_before to a day.
func factDay(facts *rules.Facts, known map[string]schema.Fact, y *schema.Fact, depth int) (civil.Date, bool) {
	if y.Date != nil {
		return y.Date.Value, true
	}
	step := civil.Date(1)
	if y.DayAfter == nil {
		step = -1
	}
	id := follows(y)
	next, ok := known[id]
	if !ok || depth > len(known) {
		return civil.Unset, false
	}
	day, ok := facts.Days[id]
	if !ok {
		if day, ok = factDay(facts, known, &next, depth+1); ok {
			facts.Days[id] = day
		}
	}
	return day + step, ok
}
