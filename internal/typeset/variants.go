package typeset

import (
	"maps"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/written"
)

// VariantYAML is a text that holds only in a period, as its author wrote it.
type VariantYAML struct {
	From  *strictyaml.When `yaml:"from,optional"`
	Until *strictyaml.When `yaml:"until,optional"`
	Text  strictyaml.Text  `yaml:"text"`
}

// offset returns the offset for findings about the whole variant.
func (y VariantYAML) offset() int {
	switch {
	case y.From != nil:
		return y.From.Offset
	case y.Until != nil:
		return y.Until.Offset
	}
	return y.Text.Offset
}

// Variants reads the periods of variants and typesets their texts. It reports an error unless the variants together cover each day of the
// period from `from` to `until` exactly once. An end that is civil.Unset is open.
func (l *Typesetter) Variants(f *diag.File, list []VariantYAML, from, until civil.Date, typeset func(strictyaml.Text) site.Phrase) []site.Variant {
	var variants []site.Variant
	var places []int
	var lost []bool // see CheckVariants
	for _, y := range list {
		v := site.Variant{From: l.Validity(f, y.From), Until: l.Validity(f, y.Until), Text: typeset(y.Text)}
		lost = append(lost, y.From != nil && v.From == civil.Unset || y.Until != nil && v.Until == civil.Unset)
		variants, places = append(variants, v), append(places, y.offset())
	}
	if !l.Again {
		l.CheckVariants(f, variants, lost, places, from, until)
		for i, v := range variants {
			l.NotePeriod(f, places[i], site.VariantPeriod, "", v.From, v.Until)
		}
	}
	return variants
}

// Validity returns the day that one end of a period names, either as a day or as fact:id. It returns civil.Unset for nil, and
// also for a value that names no day, which it reports.
func (l *Typesetter) Validity(f *diag.File, value *strictyaml.When) civil.Date {
	if value == nil {
		return civil.Unset
	}
	period := markdown.Period{From: value.Value, Offset: value.Offset}
	day := l.Day(value.Value)
	switch {
	case l.Again: // the value was checked for the general site
	case day == civil.Unset && !strings.HasPrefix(value.Value, "fact:"):
		l.Report(noDay(f, value.Text))
	default:
		l.Report(l.checkPeriod(f, period)...)
	}
	return day
}

// noDay returns the finding that a value is neither a day nor fact:id. For a token in braces, it has an edit that removes the braces.
func noDay(f *diag.File, value strictyaml.Text) diag.Diagnostic {
	if day, isToken := written.Unbraced(value.Value); isToken {
		return f.Mendable(f.At(value.Offset, "day-braces", day), diag.Edit{Offset: value.Offset, Old: value.Value, New: day})
	}
	return f.At(value.Offset, "block-day", value.Value)
}

// Apart returns a function that typesets the alternatives of a text, one in each call. A reader sees only one alternative, so each of
// them explains its own terms. `count` is the number of alternatives. After the last call, a term counts as explained only if every
// alternative explains it.
func (t *Page) Apart(count int, typeset func(strictyaml.Text) site.Phrase) func(strictyaml.Text) site.Phrase {
	before, times, done := t.explained, map[*site.Term]int{}, 0
	return func(text strictyaml.Text) site.Phrase {
		t.explained = maps.Clone(before)
		phrase := typeset(text)
		for term := range t.explained {
			times[term]++
		}
		if done++; done == count {
			maps.DeleteFunc(t.explained, func(term *site.Term, _ bool) bool { return times[term] < count })
		}
		return phrase
	}
}
