package space

import (
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// PartKind says what a part of an answer is about.
type PartKind uint8

// The kinds, one for each field of an answer, in the order of [table.Output].
const (
	RowPart      PartKind = iota // the row that decides
	OutcomePart                  // the outcome
	EnoughPart                   // the level of Enough; absent if the program has no table Enough
	BringPart                    // an alternative with its supplements, and its place in the list
	AlsoPart                     // a document that is worth taking along
	NotAlonePart                 // a document that is held and not accepted alone
	TellPart                     // a note, at any place in the list
)

// Part is one part of an answer, and who gets it. ID consists of ids, so that the parts of two programs can be matched. It is
// unique within its kind.
type Part struct {
	Kind PartKind
	ID   string
	Who  bdd.Func
}

// Parts returns the parts of the whole answer that somebody gets. It leaves out the order of notes and Until. Two programs
// give a visitor the same answer if each part has the same value for this visitor in both.
//
// All comparisons of answers for everybody at once begin with this list. (same.go of package table compares two decisions in
// the same way.) Some of them leave parts out:
//
//	check, rules accept  nothing is left out
//	rules diff           the row, because readers do not see it
//	prove: values that   the row; in the interview also the supplements of each alternative and its place, unless it is the
//	  change nothing     first ([Model.SeenUnordered])
//
// The first two compare the order of notes separately. The last ignores it, because it is only the order of rows.
func (m *Model) Parts() []Part {
	l := &partList{m: m, at: map[Part]int{}}
	n := &m.Program.Names
	for i, f := range m.Reach {
		l.add(RowPart, n.Rows[i], f)
	}
	for i, f := range m.Outcome {
		l.add(OutcomePart, n.Outcomes[i], f)
	}
	for level, f := range m.Enough {
		l.add(EnoughPart, table.Level(level).String(), f)
	}
	for _, p := range m.lineup() {
		l.add(BringPart, strconv.Itoa(p.at)+" "+strings.Join(n.DocumentsIn(p.set), "+"), p.who)
	}
	for i, id := range n.Documents {
		l.add(AlsoPart, id, m.Also[i])
		if m.Refused != nil { // it is nil in a model for which only Answer ran
			l.add(NotAlonePart, id, m.Refused[i])
		}
	}
	for i, f := range m.Tell {
		l.add(TellPart, n.Notes[i], f)
	}
	return l.list
}

// Seen returns the functions of the parts that readers see: all except the row.
func (m *Model) Seen() []bdd.Func {
	var list []bdd.Func
	for _, p := range m.Parts() {
		if p.Kind != RowPart {
			list = append(list, p.Who)
		}
	}
	return list
}

// SeenUnordered returns simpler functions than Seen. They say who is offered each alternative and who is offered it first,
// but nothing about its other places or its supplements; who needs a supplement is in the functions of single documents.
// These diagrams are so much smaller that the proof of the whole interview stays within its limit.
func (m *Model) SeenUnordered() []bdd.Func {
	list := slices.Concat(m.Outcome, m.Enough, m.Tell)
	for _, set := range m.Sets {
		list = append(list, m.Has[set], m.FirstIs[set])
	}
	return slices.Concat(list, m.Also, m.Bring, m.Refused)
}

// partList collects parts.
type partList struct {
	m    *Model
	list []Part
	at   map[Part]int // index in `list`, by kind and id
}

func (l *partList) add(kind PartKind, id string, who bdd.Func) {
	if who == bdd.Never {
		return
	}
	key := Part{Kind: kind, ID: id}
	if at, known := l.at[key]; known {
		l.list[at].Who = l.m.Or(l.list[at].Who, who)
		return
	}
	l.at[key] = len(l.list)
	l.list = append(l.list, Part{kind, id, who})
}

// placed is an alternative with its supplements, its place in the list of alternatives, and who is offered it there.
type placed struct {
	at  int
	set int32
	who bdd.Func
}

// lineup returns the alternatives, each with its supplements, at every place of the list, and who is offered them there.
func (m *Model) lineup() []placed {
	var list []placed
	counts := []bdd.Func{m.Possible} // by number of alternatives: who has been offered that many so far
	for _, o := range m.offers {
		who := o.fresh
		for at := 0; who != bdd.Never; at++ {
			here := m.And(who, counts[at])
			if here == bdd.Never {
				continue
			}
			if at+1 == len(counts) {
				counts = append(counts, bdd.Never)
			}
			counts[at], counts[at+1] = m.Without(counts[at], here), m.Or(counts[at+1], here)
			for _, s := range m.Supplements(o.set, here) {
				list = append(list, placed{at, s.Set, s.Who})
			}
			who = m.Without(who, here)
		}
	}
	return list
}
