package rules

import (
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/table"
)

// checkLaws proves the statements of laws.yaml.
func (v *verifier) checkLaws() {
	for _, law := range v.s.laws {
		f := v.m.And(v.m.Possible, allHold(v.m, v.s, law.when))
		if law.requires {
			f = v.m.Without(f, allHold(v.m, v.s, law.require))
		}
		if f == bdd.Never {
			continue
		}
		who, raw := v.person(f)
		v.report(law.place.at("rule-law", law.id, diag.Wording{JA: law.words.Ja, EN: law.words.En}, who, v.rowsOf(raw, append(law.when, law.require...))))
	}
	v.ran.proven(ByStatements)
}

// rowsOf names the rows that make up somebody's answer: the one that decides, and those of the additive stage that
// have to do with what the given literals speak of.
func (v *verifier) rowsOf(raw []int32, about []literal) string {
	m := table.NewMachine(v.s.Program)
	m.Load(raw)
	decided := v.s.rows[m.Decide().Row]
	names := []string{decided.id + " (" + decided.place.String() + ")"}
	for i, r := range v.s.adds {
		if m.List(&v.s.Program.Adds[i].List) == table.True && r.concerns(about) {
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
			if e.kind == table.Tell {
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
