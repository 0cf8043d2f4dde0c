package change

import (
	"sitegen/internal/bdd"
	"sitegen/internal/space"
)

// part is one part of an answer: who gets it under the old rule set, who under the new one, and for whom that differs.
type part struct {
	kind     partKind
	old, now bdd.Func
	differs  bdd.Func
}

// partKind says what a part is about. The most important kind comes first.
type partKind uint8

const (
	rowPart     partKind = iota // the row that decides
	outcomePart                 // the outcome
	enoughPart                  // whether what is held is enough
	bringPart                   // what to bring
	tellPart                    // a note, what is worth taking along, what is not accepted alone
)

// kinds maps the kinds of package space to those of this package.
var kinds = [...]partKind{
	space.RowPart: rowPart, space.OutcomePart: outcomePart, space.EnoughPart: enoughPart, space.BringPart: bringPart,
	space.AlsoPart: tellPart, space.NotAlonePart: tellPart, space.TellPart: tellPart,
}

// partsOf matches the parts of two answers by their ids: the parts of the old answer in their order, then those that only the
// new one has. If no part differs, the answers are the same except for the order of notes.
func partsOf(old, now *space.Model) []part {
	var list []part
	at := map[space.Part]int{}
	get := func(p space.Part) *part {
		key := space.Part{Kind: p.Kind, ID: p.ID}
		if _, known := at[key]; !known {
			at[key] = len(list)
			list = append(list, part{kind: kinds[p.Kind]})
		}
		return &list[at[key]]
	}
	for _, p := range old.Parts() {
		get(p).old = p.Who
	}
	for _, p := range now.Parts() {
		get(p).now = p.Who
	}
	for i, p := range list {
		list[i].differs = now.And(now.Possible, now.Xor(p.old, p.now))
	}
	return list
}
