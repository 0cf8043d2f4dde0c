package rules

import (
	"strings"

	"sitegen/internal/diag"
)

// checkLaws proves the statements of laws.yaml.
func (v *verifier) checkLaws() {
	for _, law := range v.s.laws {
		f := v.m.and(v.m.possible, v.all(law.when))
		if law.requires {
			f = v.m.without(f, v.all(law.require))
		}
		if f == never {
			continue
		}
		who, raw := v.person(f)
		v.report(law.place.at("rule-law", law.id, diag.Wording{JA: law.words.Ja, EN: law.words.En}, who, v.rowsOf(raw, append(law.when, law.require...))))
	}
}

func (v *verifier) all(list []literal) bdd {
	f := always
	for _, lit := range list {
		of := v.test(lit.test)
		if lit.not {
			of = v.m.not(of)
		}
		f = v.m.and(f, of)
	}
	return f
}

// test returns for whom a test of a law holds.
func (v *verifier) test(t test) bdd {
	switch t.kind {
	case testCondition:
		return v.refs([]signalRef{v.s.checked.of[t.condition]})
	case testOutcome:
		f := never
		for o := range v.m.outcome {
			if t.mask>>o&1 != 0 {
				f = v.m.or(f, v.m.outcome[o])
			}
		}
		return f
	case testEnough:
		f := never
		for level, of := range v.m.enough {
			if t.mask>>level&1 != 0 {
				f = v.m.or(f, of)
			}
		}
		return f
	case testResult:
		switch t.result {
		case "start":
			return v.m.startOf(t.value)
		case firstHeld:
			return v.m.firstHeld
		}
		return map[string][]bdd{
			"tell": v.m.tell, "bring": v.m.bring, "alone": v.m.alone,
			"first": v.m.first, "also": v.m.also, "not_alone": v.m.refused,
		}[t.result][t.value]
	}
	return v.refs(v.s.checked.atomsOf(t))
}

func (v *verifier) refs(list []signalRef) bdd {
	f := always
	for _, ref := range list {
		of := v.m.signal[ref.index]
		if ref.not {
			of = v.m.not(of)
		}
		f = v.m.and(f, of)
	}
	return f
}

// rowsOf names the rows that make up somebody's answer: the one that decides, and those of the additive stage that
// have to do with what the given literals speak of.
func (v *verifier) rowsOf(raw []int32, about []literal) string {
	m := newMachine(v.s.Program)
	m.load(raw)
	decided := v.s.rows[m.decide().Row]
	names := []string{decided.id + " (" + decided.place.String() + ")"}
	for i, r := range v.s.adds {
		if m.list(&v.s.Program.Adds[i].List) == True && r.concerns(about) {
			names = append(names, r.id+" ("+r.place.String()+")")
		}
	}
	return strings.Join(names, ", ")
}

func (r *row) concerns(about []literal) bool {
	for _, lit := range about {
		for _, e := range r.effects {
			if lit.test.kind != testResult || lit.test.result == firstHeld {
				continue
			}
			if e.kind == Tell {
				if lit.test.result == "tell" && e.note.index == lit.test.value {
					return true
				}
			} else if lit.test.result != "tell" && lit.test.result != "start" && mask(e.documents)>>lit.test.value&1 != 0 {
				return true
			}
		}
	}
	return false
}

// checkUnknowns proves that what is offered first to those who do not know something is accepted whatever it really
// is: it contains an alternative that is offered where it is known, or what is always accepted.
func (v *verifier) checkUnknowns() {
	safe := mask(v.s.accepted)
	for _, in := range v.s.inputs {
		for _, u := range in.unknowns {
			x := v.m.byInput[in.id][0]
			for c := range x.classes {
				if x.classes[c].name != u.value.id {
					continue
				}
				v.checkUnknown(in, x, c, u, safe)
			}
		}
	}
}

func (v *verifier) checkUnknown(in *input, x *variable, c int, u unknown, safe int32) {
	really := never // the answers it may stand for
	for known := range x.classes {
		if known != c && v.standsFor(in, x, known, u) {
			really = v.m.or(really, v.m.is(x, known))
		}
	}
	really = v.m.and(really, v.m.and(v.m.possible, v.all(u.when)))
	if really == never {
		v.report(u.value.place.at("rule-unknown-never", in.id, u.value.id))
	}
	here := v.m.with(v.m.possible, x, c)
	for _, set := range append([]int32{noSet}, v.m.sets...) {
		first := v.m.with(v.firstOf(set), x, c)
		if first == never || set != noSet && set&safe != 0 {
			continue
		}
		refused := v.m.without(really, v.within(set))
		for known := range x.classes {
			bad := v.m.and(v.m.and(first, here), v.m.with(refused, x, known))
			if bad == never {
				continue
			}
			who, raw := v.person(v.m.and(bad, v.m.is(x, c)))
			name := x.classes[known].name
			switch {
			case x.classes[known].special:
			case x.kind == Date:
				name = dayText(v.m.valueOn(x, x.classes[known], raw[v.s.Program.Visit]))
			case x.kind == Number:
				name = itoa(x.classes[known].value)
			}
			v.report(u.value.place.at("rule-unknown-unsafe", in.id, u.value.id, name, who, v.rowsOf(raw, nil)))
			return // one example is enough
		}
	}
}

// noSet stands for no alternative at all.
const noSet = -1

// firstOf returns who is offered a set first.
func (v *verifier) firstOf(set int32) bdd {
	if set == noSet {
		return v.m.nothing
	}
	return v.m.firstIs[set]
}

// within returns who is offered an alternative that lies within a set, or none at all: for them nothing in the set can
// be wrong.
func (v *verifier) within(set int32) bdd {
	known, ok := v.covers[set]
	if !ok {
		known = v.m.nothing
		for _, other := range v.m.sets {
			if set != noSet && other&^set == 0 {
				known = v.m.or(known, v.m.has[other])
			}
		}
		v.covers[set] = known
	}
	return known
}

// standsFor reports whether an unknown value may really be of a class.
func (v *verifier) standsFor(in *input, x *variable, class int, u unknown) bool {
	if in.kind == Choice {
		return wordNamed(u.values, x.classes[class].name) != nil
	}
	return !x.classes[class].special || x.classes[class].name != u.value.id
}
