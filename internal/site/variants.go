package site

import (
	"maps"
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Variant is what a text says in a period of days.
type Variant struct {
	From, Until civil.Date // inclusive; civil.Unset where open
	Text        Phrase
	Changed     Phrase // of what changed on the first day; empty where nothing is to be said of it
}

// Holds reports whether the variant holds on a day.
func (v Variant) Holds(day civil.Date) bool {
	return (v.From == civil.Unset || v.From <= day) && (v.Until == civil.Unset || day <= v.Until)
}

// holding returns the variant for a day; the nearest where none holds.
func holding(variants []Variant, day civil.Date) Variant {
	for _, v := range variants {
		if v.Until == civil.Unset || day <= v.Until {
			return v
		}
	}
	if len(variants) == 0 {
		return Variant{}
	}
	return variants[len(variants)-1]
}

// boundariesOf returns the days on which a variant begins, or no longer holds.
func boundariesOf(variants []Variant) []civil.Date {
	var days []civil.Date
	for _, v := range variants {
		days = append(days, boundariesOfPeriod(v.From, v.Until)...)
	}
	slices.Sort(days)
	return slices.Compact(days)
}

func boundariesOfPeriod(from, until civil.Date) []civil.Date {
	var days []civil.Date
	if from != civil.Unset {
		days = append(days, from)
	}
	if until != civil.Unset {
		days = append(days, until+1)
	}
	return days
}

type variantYAML struct {
	From    *strictyaml.Text `yaml:"from,optional"`
	Until   *strictyaml.Text `yaml:"until,optional"`
	Text    strictyaml.Text  `yaml:"text"`
	Changed *strictyaml.Text `yaml:"changed,optional"`
}

// offset is where a finding about the whole variant points.
func (y variantYAML) offset() int {
	switch {
	case y.From != nil:
		return y.From.Offset
	case y.Until != nil:
		return y.Until.Offset
	}
	return y.Text.Offset
}

// variants reads the periods of variants and typesets them.
func (l *loader) variants(f *diag.File, list []variantYAML, typeset func(strictyaml.Text) Phrase) []Variant {
	var variants []Variant
	var places []int
	for _, y := range list {
		v := Variant{From: l.validity(f, "from", y.From), Until: l.validity(f, "until", y.Until), Text: typeset(y.Text)}
		if y.Changed != nil {
			v.Changed = typeset(*y.Changed)
		}
		variants, places = append(variants, v), append(places, y.offset())
	}
	if !l.again {
		l.checkVariants(f, variants, places)
	}
	return variants
}

// apart typesets count texts of which a reader sees only one: each explains its terms, and what follows them takes as
// explained only what all of them have.
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

// checkVariants reports variants that do not follow one another day by day, from an open start to an open end.
func (l *loader) checkVariants(f *diag.File, variants []Variant, places []int) {
	for i, v := range variants {
		switch {
		case v.From != civil.Unset && v.Until != civil.Unset && v.From > v.Until:
			l.report(f.At(places[i], "period-reversed", v.From, v.Until))
		case i == 0 && v.From != civil.Unset:
			l.report(f.At(places[i], "variant-start", v.From))
		case i > 0 && (v.From == civil.Unset || variants[i-1].Until == civil.Unset):
			l.report(f.At(places[i], "variant-open"))
		case i > 0 && v.From <= variants[i-1].Until:
			l.report(f.At(places[i], "variant-overlap", v.From, variants[i-1].Until))
		case i > 0 && v.From > variants[i-1].Until+1:
			l.report(f.At(places[i], "variant-gap", variants[i-1].Until+1, v.From-1))
		}
	}
	if last := len(variants) - 1; last >= 0 && variants[last].Until != civil.Unset {
		l.report(f.At(places[last], "variant-end", variants[last].Until))
	}
}
