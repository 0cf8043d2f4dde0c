// Package rulefacts reads the facts on which rules rest.
//
// The input is facts.yaml and sources.yaml of a content folder. The output of [Read] is their days, numbers and names, and what is wrong in
// them. What is wrong concerns the rules only if they use the fact. Package declare reads the same files for texts, with the same schema.
package rulefacts

import (
	"errors"
	"io/fs"
	"maps"
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// Read reads facts.yaml and sources.yaml of a content folder. It returns an error only if one of them cannot be read.
// Package rulefile reports mistakes in them only if rules depend on them; package declare checks both files completely.
func Read(content fs.FS) (rules.Facts, error) {
	facts := rules.Facts{
		Days: map[string]civil.Date{}, Numbers: map[string]int{}, Units: map[string]string{}, Sources: map[string]string{}, Labels: map[string]rules.Words{},
		Kinds: map[string]string{}, Faults: map[string][]diag.Diagnostic{}, Unread: map[string][]diag.Diagnostic{},
	}
	var known strictyaml.Map[schema.Fact]
	var sources strictyaml.Map[schema.Source]
	file, faults, err := strictyaml.ReadFile(content, "", rules.FactsFile, &known)
	_, sourceFaults, sourceErr := strictyaml.ReadFile(content, "", rules.SourcesFile, &sources)
	if err := errors.Join(err, sourceErr); err != nil {
		return facts, err
	}
	if len(known) == 0 {
		facts.Unread[rules.FactsFile] = faults
	}
	facts.Unread[rules.SourcesFile] = sourceFaults
	for _, source := range sources {
		facts.Sources[source.Key.Value] = source.Value.Document
		ja, _ := source.Value.Label.Get("ja")
		en, _ := source.Value.Label.Get("en")
		facts.Labels[source.Key.Value] = rules.Words{Ja: ja.Value, En: en.Value}
	}
	for i, fact := range known {
		id, end := fact.Key.Value, len(file.Data)
		if i+1 < len(known) {
			end = known[i+1].Key.Offset
		}
		addValue(&facts, id, &fact.Value)
		facts.Faults[id] = append(file.Between(faults, fact.Key.Offset, end), fact.Value.Check(file, fact.Key.Offset, id)...)
	}
	resolveFacts(&facts, file, known)
	return facts, nil
}

// addValue records the kind of a fact, and its value if the fact itself contains one that rules can use.
func addValue(facts *rules.Facts, id string, y *schema.Fact) {
	facts.Kinds[id] = kindOf(y)
	switch value := y.Value(); {
	case len(y.Variants) > 0: // the value depends on the day
	case y.Date != nil:
		facts.Days[id] = value.Date
	case value.Kind == schema.NumberFact:
		facts.Numbers[id], facts.Units[id] = value.Number, rules.NumberUnit
	case value.Kind == schema.DurationFact && value.Duration.IsExact():
		facts.Numbers[id], facts.Units[id] = value.Duration.Min, value.Duration.Unit
	}
}

// resolveFacts completes the facts that take their day from a different fact: each gets that fact's day, moved by the number of
// days that its reference states. A fact without mistakes of its own takes over the mistakes of the fact that it refers to.
func resolveFacts(facts *rules.Facts, file *diag.File, known strictyaml.Map[schema.Fact]) {
	kinds := map[string]schema.FactKind{}
	for _, fact := range known {
		kinds[fact.Key.Value] = fact.Value.Kind()
	}
	references, faults := schema.Resolve(file, known, schema.Others{
		Kind: func(id string) schema.FactKind { return kinds[id] },
		Near: func(id string, kind schema.FactKind) diag.Near {
			return diag.Near{Name: id, Names: slices.DeleteFunc(slices.Sorted(maps.Keys(kinds)), func(other string) bool { return kinds[other] != kind })}
		},
	})
	for id, list := range faults {
		facts.Faults[id] = append(facts.Faults[id], list...)
	}
	for _, r := range references {
		from, to := r.From, r.To.Value
		if r.Kind != schema.DateFact {
			continue
		}
		if len(facts.Faults[from]) == 0 {
			facts.Faults[from] = facts.Faults[to]
		}
		if day, ok := facts.Days[to]; ok {
			facts.Days[from] = day + r.Days
		} else {
			facts.Kinds[from] = facts.Kinds[to] // the other fact has no fixed day, so this one gets its kind (such as "variant")
		}
	}
}

// kindOf returns the kind of a fact for rules, a key of [rules.KindWords], or "" if it has none.
func kindOf(y *schema.Fact) string {
	switch value := y.Value(); {
	case len(y.Variants) > 0:
		return "variant"
	case value.Kind == schema.DurationFact && value.Duration.IsExact():
		return value.Duration.Unit
	case value.Kind == schema.DurationFact:
		return "range"
	case value.Kind == schema.MonthFact:
		return "month_of"
	case value.Kind == schema.HoursFact:
		return "open"
	default:
		return string(value.Kind)
	}
}
