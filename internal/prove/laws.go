package prove

import (
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// checkLaws proves the statements of laws.yaml.
func (v *verifier) checkLaws() {
	for _, law := range v.s.LawRows {
		f := v.m.And(v.m.Possible, allHold(v.m, v.s, law.When))
		if law.Requires {
			f = v.m.Without(f, allHold(v.m, v.s, law.Require))
		}
		if f == bdd.Never {
			continue
		}
		who, raw := v.person(f)
		v.report(law.Place.At("rule-law", law.ID, diag.Wording{JA: law.Words.Ja, EN: law.Words.En}, who, v.rowsOf(raw, append(law.When, law.Require...))))
	}
	v.ran.Proven(rules.ByStatements)
}

// rowsOf names the rows that led to somebody's answer: the deciding row, some additive rows and some remedies. These are the additive
// rows that add a note or document which the literals in `about` test, and the remedies that they test and that are meant for the person.
func (v *verifier) rowsOf(raw []int32, about []rules.Literal) string {
	m := table.NewMachine(v.s.Program)
	m.Load(raw)
	decided := v.s.Rows[m.Decide().Row]
	names := []string{decided.ID + " (" + decided.Place.String() + ")"}
	for i, r := range v.s.Adds {
		if m.List(&v.s.Program.Adds[i].List) == table.True && concerns(r, about) {
			names = append(names, r.ID+" ("+r.Place.String()+")")
		}
	}
	checked := table.NewMachine(v.s.Checked)
	checked.Load(raw)
	checked.Decide()
	for _, lit := range about {
		if r := lit.Test.Remedy; r != nil && v.s.Holds(checked, rules.Literal{Test: lit.Test}) {
			names = append(names, r.ID+" ("+r.Place.String()+")")
		}
	}
	return strings.Join(names, ", ")
}

func concerns(r *rules.Row, about []rules.Literal) bool {
	for _, lit := range about {
		for _, e := range r.Effects {
			if lit.Test.Kind != rules.ResultTest || lit.Test.Result == rules.FirstHeld {
				continue
			}
			if e.Kind == table.Tell {
				if lit.Test.Result == "tell" && e.Note.Index == lit.Test.Value {
					return true
				}
			} else if lit.Test.Result != "tell" && lit.Test.Result != "start" && rules.Mask(e.Documents)>>lit.Test.Value&1 != 0 {
				return true
			}
		}
	}
	return false
}
