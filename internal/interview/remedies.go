package interview

import (
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/table"
)

// Remedy writes the answers of a remedy as a page lists answers: those that make the difference and, for sets, also documents
// that somebody may already hold. A date is written as "the day of the visit or later".
func Remedy(p *table.Program, language *site.Language, r table.Remedied, visit int32) site.Phrase {
	var html []markup.HTML
	var plain []string
	for _, g := range p.Names.Remedies[r.Remedy].Answers {
		in, names := &p.Inputs[g.Input], &p.Names.Inputs[g.Input]
		if in.Kind != table.Several && !slices.Contains(r.Answers, g) {
			continue
		}
		question := language.Checker.Questions.Of(names.ID)
		var said site.Phrase
		if in.Kind == table.Date {
			said = language.Checker.Page.Of("or_later").With("date", language.Date(civil.Date(visit)))
		} else {
			said = question.Values.Of(names.Values[g.Value]).Name
		}
		if in.Kind != table.Several {
			said = site.Phrase{HTML: question.Short.HTML + ": " + said.HTML, Plain: question.Short.Plain + ": " + said.Plain}
		}
		html, plain = append(html, said.HTML), append(plain, said.Plain)
	}
	return site.Phrase{HTML: markup.Join(html, "<br>+ "), Plain: strings.Join(plain, " + ")}
}

// shared returns the remedies that are in both lists and lead to the same level. Each gets all the answers that it needs in
// either of them.
func (i *Interview) shared(a, b []table.Remedied) (list []table.Remedied) {
	for _, one := range a {
		k := slices.IndexFunc(b, func(other table.Remedied) bool { return other.Remedy == one.Remedy && other.Enough == one.Enough })
		if k < 0 {
			continue
		}
		needed := append(slices.Clone(one.Answers), b[k].Answers...)
		one.Answers = slices.DeleteFunc(slices.Clone(i.Program.Names.Remedies[one.Remedy].Answers), func(g table.Given) bool { return !slices.Contains(needed, g) })
		list = append(list, one)
	}
	return list
}

// RemedyTitle returns the key of the heading over remedies. It depends on the level to which they lead. The list must not be
// empty.
func RemedyTitle(list []table.Remedied) string {
	if list[0].Enough == table.Yes {
		return "would_do"
	}
	return "might_do"
}
