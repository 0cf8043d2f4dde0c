package explain

import (
	"cmp"

	"sitegen/internal/bdd"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// offers says what the additive stage offers the people about whom a row of the decision decides. Each alternative is listed
// once.
type offers struct {
	nobody  bool            // whether the row decides about nobody
	all     [][]*rules.Word // alternatives that all of these people get
	some    [][]*rules.Word // alternatives that only some of these people get
	without bool            // whether some of these people are offered nothing, neither by the additive stage nor by the row
}

// offeredAt computes what the additive stage offers at each row of the decision, for all possible visitors. It returns nil
// if the conditions are too complex for that.
func offeredAt(s *rules.Set) (found map[*rules.Row]offers) {
	if !bdd.Fits(func() { found = offersAt(s) }) {
		return nil
	}
	return found
}

func offersAt(s *rules.Set) map[*rules.Row]offers {
	m := space.New(s.Ended, s.Program).Model(0)
	found := map[*rules.Row]offers{}
	for i, r := range s.Rows {
		who := m.Reach[i]
		o := offers{nobody: who == bdd.Never, without: m.And(who, m.Nothing) != bdd.Never}
		known := map[int32]bool{}
		for k, add := range s.Adds {
			for j, e := range add.Effects {
				set := rules.Mask(e.Documents)
				if e.Kind != table.Or || known[set] || m.And(who, m.Fires[k][j]) == bdd.Never {
					continue
				}
				known[set] = true
				if m.Without(who, m.Has[set]) == bdd.Never {
					o.all = append(o.all, e.Documents)
				} else {
					o.some = append(o.some, e.Documents)
				}
			}
		}
		found[r] = o
	}
	return found
}

var offerLabels = struct{ own, all, some, rest, nothing, needed, nobody, unknown rules.Words }{
	own:     rules.Words{Ja: "持っていくもの: ", En: "bring: "},
	all:     rules.Words{Ja: "足されるもの: ", En: "added: "},
	some:    rules.Words{Ja: "人によって足されるもの: ", En: "added for some: "},
	rest:    rules.Words{Ja: "そのほかの人: ", En: "for the others: "},
	nothing: rules.Words{Ja: "示すものはない", En: "nothing is offered"},
	needed:  rules.Words{Ja: "何も要らない", En: "nothing needed"},
	nobody:  rules.Words{Ja: "ここに来る人はいない", En: "nobody gets here"},
	unknown: rules.Words{Ja: "足されるもの（条件が入り組みすぎて、計算できません）", En: "what is added (the conditions are too entangled to compute it)"},
}

// decided returns lines for a row of the decision: its outcome, and what the row and the additive stage offer the people about whom it decides.
func (g *drawing) decided(r *rules.Row) []classed {
	var lines []classed
	for _, l := range wrap(line{{text: r.Outcome.Words.In(g.language)}}, "", thenWidth-2*padding) {
		lines = append(lines, classed{"outcome", l})
	}
	say := func(label rules.Words, sets [][]*rules.Word) {
		var list []string
		for _, documents := range sets {
			list = append(list, cmp.Or(g.together(documents), offerLabels.needed.In(g.language)))
		}
		if len(list) > 0 {
			lines = append(lines, g.listed(label, list, graphWords.or)...)
		}
	}
	word := func(label, text rules.Words) {
		lines = append(lines, g.listed(label, []string{text.In(g.language)}, rules.Words{})...)
	}
	say(offerLabels.own, r.Bring)
	o, known := g.offered[r]
	switch {
	case !known && len(r.Bring) == 0:
		word(offerLabels.own, offerLabels.unknown)
	case o.nobody:
		word(rules.Words{}, offerLabels.nobody)
	case len(r.Bring)+len(o.all)+len(o.some) == 0:
		word(offerLabels.own, offerLabels.nothing)
	default:
		say(offerLabels.all, o.all)
		say(offerLabels.some, o.some)
		if o.without {
			word(offerLabels.rest, offerLabels.nothing)
		}
	}
	return lines
}
