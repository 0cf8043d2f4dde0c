package site

import (
	"maps"
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// Variant is a text that holds only in a period.
type Variant struct {
	From, Until civil.Date // the first and the last day; civil.Unset if open
	Text        Phrase
}

// holding returns the index of the variant for a day: the first variant that has not ended before that day, or else the last. variants
// must not be empty.
func holding(variants []Variant, day civil.Date) int {
	for i, v := range variants {
		if v.Until == civil.Unset || day <= v.Until {
			return i
		}
	}
	return len(variants) - 1
}

// boundariesOf returns the first day of each variant and the day after its last day, in ascending order and without repetitions.
func boundariesOf(variants []Variant) []civil.Date {
	var days []civil.Date
	for _, v := range variants {
		days = append(days, civil.Boundaries(v.From, v.Until)...)
	}
	slices.Sort(days)
	return slices.Compact(days)
}

type variantYAML struct {
	From  *strictyaml.When `yaml:"from,optional"`
	Until *strictyaml.When `yaml:"until,optional"`
	Text  strictyaml.Text  `yaml:"text"`
}

// offset returns the offset for findings about the whole variant.
func (y variantYAML) offset() int {
	switch {
	case y.From != nil:
		return y.From.Offset
	case y.Until != nil:
		return y.Until.Offset
	}
	return y.Text.Offset
}

// variants reads the periods of variants and typesets their texts. It reports an error unless the variants together cover each day from
// from to until exactly once. An end that is civil.Unset is open.
func (l *loader) variants(f *diag.File, list []variantYAML, from, until civil.Date, typeset func(strictyaml.Text) Phrase) []Variant {
	var variants []Variant
	var places []int
	var lost []bool // see checkVariants
	for _, y := range list {
		v := Variant{From: l.validity(f, y.From), Until: l.validity(f, y.Until), Text: typeset(y.Text)}
		lost = append(lost, y.From != nil && v.From == civil.Unset || y.Until != nil && v.Until == civil.Unset)
		variants, places = append(variants, v), append(places, y.offset())
	}
	if !l.again {
		l.checkVariants(f, variants, lost, places, from, until)
		for i, v := range variants {
			l.notePeriod(f, places[i], VariantPeriod, "", v.From, v.Until)
		}
	}
	return variants
}

// apart returns a function that typesets the alternatives of a text, one in each call. A reader sees only one alternative, so each of
// them explains its own terms. count is the number of alternatives. After the last call, a term counts as explained only if every
// alternative explains it.
func (t *typesetter) apart(count int, typeset func(strictyaml.Text) Phrase) func(strictyaml.Text) Phrase {
	before, times, done := t.explained, map[*Term]int{}, 0
	return func(text strictyaml.Text) Phrase {
		t.explained = maps.Clone(before)
		phrase := typeset(text)
		for term := range t.explained {
			times[term]++
		}
		if done++; done == count {
			maps.DeleteFunc(t.explained, func(term *Term, _ bool) bool { return times[term] < count })
		}
		return phrase
	}
}

// checkVariants reports gaps and overlaps between variants. It also reports a first variant that begins after from, and a last variant
// that ends before until. lost says of each variant whether one of its days could not be read; gaps and overlaps next to such a
// variant are not reported. places has the offset of each variant for findings.
func (l *loader) checkVariants(f *diag.File, variants []Variant, lost []bool, places []int, from, until civil.Date) {
	for i, v := range variants {
		switch {
		case lost[i]:
		case v.From != civil.Unset && v.Until != civil.Unset && v.From > v.Until:
			l.report(f.At(places[i], "period-reversed", v.From, v.Until))
		case i == 0 && v.From != civil.Unset && (from == civil.Unset || v.From > from):
			l.report(f.At(places[i], "variant-start", v.From))
		case i > 0 && lost[i-1]:
		case i > 0 && (v.From == civil.Unset || variants[i-1].Until == civil.Unset):
			l.report(f.At(places[i], "variant-open"))
		case i > 0 && v.From <= variants[i-1].Until:
			l.report(f.At(places[i], "variant-overlap", v.From, variants[i-1].Until))
		case i > 0 && v.From > variants[i-1].Until+1:
			l.report(f.At(places[i], "variant-gap", variants[i-1].Until+1, v.From-1))
		}
	}
	if last := len(variants) - 1; last >= 0 && variants[last].Until != civil.Unset && (until == civil.Unset || variants[last].Until < until) {
		l.report(f.At(places[last], "variant-end", variants[last].Until))
	}
}

// setVariants sets the values of a fact that changes on some day, and checks their periods. It does nothing if list is empty. The ends of
// the periods cannot be references to facts, because such a fact could come later in the file.
func (l *loader) setVariants(fact *Fact, list []schema.FactVariant, f *diag.File) {
	var periods []Variant
	var lost []bool
	var places []int
	for _, y := range list {
		v := *fact
		v.Variants = nil
		v.From, v.Until = dayOf(y.From), dayOf(y.Until)
		v.Value = y.Fact().Value()
		place := fact.Offset
		for _, end := range []*strictyaml.Day{y.Until, y.From} {
			if end != nil {
				place = end.Offset
			}
		}
		fact.Variants = append(fact.Variants, &v)
		lost = append(lost, y.From != nil && v.From == civil.Unset || y.Until != nil && v.Until == civil.Unset)
		periods, places = append(periods, Variant{From: v.From, Until: v.Until}), append(places, place)
	}
	if len(list) == 0 {
		return
	}
	l.checkVariants(f, periods, lost, places, civil.Unset, civil.Unset)
	for i, v := range periods {
		l.notePeriod(f, places[i], FactPeriod, fact.ID, v.From, v.Until)
	}
	now := fact.Variants[holding(periods, l.site.Today)]
	fact.Now, fact.Value = now, now.Value
}

// changedOn is a text about what changed on the day of a fact.
type changedOn struct {
	fact  *Fact
	words Phrase
}

// Changed returns the texts about changes on a day that matter to a page which mentions the facts in told. A change matters if its fact
// has the same root as one of these facts. For example, the root of a fact that is the day after a last day is that last day.
func (l *Language) Changed(day civil.Date, told []*Fact) []Phrase {
	var list []Phrase
	for _, c := range l.changed {
		if c.fact.Date == day && slices.ContainsFunc(told, func(fact *Fact) bool { return fact.Root() == c.fact.Root() }) {
			list = append(list, c.words)
		}
	}
	return list
}
