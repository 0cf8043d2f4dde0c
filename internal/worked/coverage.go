package worked

import (
	"slices"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/internal/strictjson"
	"sitegen/internal/table"
)

// Coverage says which parts of the rules the worked cases try.
type Coverage struct {
	// Rows are the decision rows, Fits the rows of the table Enough, and Adds the additive rows. A case tries a row if the row
	// decides about it, or adds something that the rows above have not added.
	Rows, Fits, Adds Tally
	// Values are the values of each input. A value is tried by a case that names it, if a different value would change the answer.
	Values []InputTally
	// Laws are tried by a case that meets all conditions of "when". A law that says "never" is tried by a case that meets all
	// its conditions except one.
	Laws Tally
	// Sides are the two sides of each comparison of days or numbers: where it holds, and where it does not.
	Sides Tally
	// Unproven are the ids of cases that name no source, or only the contract.
	Unproven []string
	// OneSided are the comparisons with a side that no case tries. Lax are the laws that no case tries.
	OneSided, Lax []Untried

	missing []diag.Diagnostic
}

// Untried is something that no case tries, as it is written in the rules, and its place.
type Untried struct{ Place, Text string }

// Tally counts the parts of one kind: those that cases try, and all.
type Tally struct{ Tried, Of int }

// InputTally counts the values of an input that cases try.
type InputTally struct {
	ID string
	Tally
}

// Missing returns a warning for each value and each row that no case tries. Rows are those of the decision, of the table Enough
// and of the additive stage.
func (c *Coverage) Missing() []diag.Diagnostic { return c.missing }

// contractSource begins the source of a case that rests only on the contract of the checker, which specifies the questions and
// ids. The place in the contract may follow.
const contractSource = "contract"

// Cover finds out what the worked cases try. `notOffered` has, by the id of the input, the values that nobody can choose. They
// need no case.
func Cover(s *rules.Set, notOffered map[string][]string) Coverage {
	c := &coverage{
		s: s, m: table.NewMachine(s.Checked), own: table.NewMachine(s.Program), values: map[*rules.Word]bool{}, sides: make([]uint8, len(s.Program.Atoms)),
		rows: make([]bool, len(s.Rows)), fits: make([]bool, len(s.Enough)), adds: make([]bool, len(s.Adds)), laws: make([]bool, len(s.LawRows)),
	}
	for i := range s.Cases {
		s.GoOn()
		c.try(&s.Cases[i])
	}
	c.report(notOffered)
	diag.Sort(c.missing)
	return c.Coverage
}

// coverage collects what cases try.
type coverage struct {
	Coverage
	s                      *rules.Set
	m, own                 *table.Machine // m is for Checked, and own for Program
	model                  *space.Model   // made when the first example is needed
	rows, fits, adds, laws []bool
	sides                  []uint8 // by atom: which results of a comparison occur in cases, as table.True and table.False bits
	values                 map[*rules.Word]bool
}

func (c *coverage) try(k *rules.Case) {
	if k.Source == "" || strings.HasPrefix(k.Source, contractSource) {
		c.Unproven = append(c.Unproven, k.ID)
	}
	if c.m.Load(k.Raw) >= 0 {
		return
	}
	c.own.Load(k.Raw)
	c.own.Decide()
	out := c.m.Decide()
	c.rows[out.Row] = true
	if len(c.fits) > 0 {
		c.fits[c.m.Fit()] = true
	}
	c.tryLaws(out)
	c.trySides()
	c.tryAdds(k.Raw)
	c.tryValues(k.Raw, out)
}

// tryAdds records the rows that add something that the rows above them have not added.
func (c *coverage) tryAdds(raw []int32) {
	p := *c.s.Program
	adds := p.Adds
	for i := range c.adds {
		if c.adds[i] || c.own.List(&adds[i].List) != table.True {
			continue
		}
		p.Adds = adds[:i]
		before := p.Decide(raw)
		p.Adds = adds[:i+1]
		c.adds[i] = !table.SameWhole(before, p.Decide(raw))
	}
}

// trySides records on which side of each comparison the answers of a case lie.
func (c *coverage) trySides() {
	for i := range c.sides {
		a, m := &c.s.Program.Atoms[i], c.own
		if a.Op == table.NotAfter && (m.Days[a.A] < table.FirstDay || m.Days[a.B] < table.FirstDay) || a.Op == table.AtLeast && m.Raw[a.A] < table.FirstDay {
			continue // an unknown value lies on neither side
		}
		c.sides[i] |= m.Signal[i]
	}
}

// tryLaws records the laws that a case tries. `out` is the decision about the case.
func (c *coverage) tryLaws(out table.Output) {
	for i, law := range c.s.LawRows {
		unmet := 0
		for _, lit := range law.When {
			unmet += table.BoolInt(!c.meets(out, lit))
		}
		c.laws[i] = c.laws[i] || unmet == table.BoolInt(!law.Requires)
	}
}

// meets evaluates a literal of a law for a case. The machines hold the answers of the case, and `out` is the decision.
func (c *coverage) meets(out table.Output, lit rules.Literal) bool {
	t := &lit.Test
	holds := false
	among := func(sets []int32) bool {
		return slices.ContainsFunc(sets, func(set int32) bool { return set>>t.Value&1 != 0 })
	}
	switch {
	case t.Kind == rules.OutcomeTest:
		holds = t.Mask>>out.Outcome&1 != 0
	case t.Kind == rules.EnoughTest:
		holds = t.Mask>>out.Enough&1 != 0
	case t.Kind != rules.ResultTest:
		return c.s.Holds(c.m, lit)
	default:
		switch t.Result {
		case "tell":
			holds = slices.Contains(out.Tell, t.Value)
		case "start":
			first := slices.IndexFunc(out.Tell, func(note int) bool {
				return note == t.Value || !slices.ContainsFunc(c.s.FirstWords, func(w *rules.Word) bool { return w.Index == note })
			})
			holds = first >= 0 && out.Tell[first] == t.Value
		case "bring":
			holds = among(out.Bring)
		case "first":
			holds = among(out.Bring[:min(1, len(out.Bring))])
		case rules.FirstHeld:
			holds = len(out.Bring) > 0 && out.Bring[0]&^c.m.Holds() == 0
		case "alone":
			holds = slices.Contains(out.Bring, 1<<t.Value)
		case "also":
			holds = out.Also>>t.Value&1 != 0
		case "not_alone":
			holds = out.NotAlone>>t.Value&1 != 0
		}
	}
	return holds != lit.Not
}

// tryValues records the values that a case names and on which its answer depends.
func (c *coverage) tryValues(raw []int32, out table.Output) {
	p := c.s.Program
	for _, in := range c.s.Inputs {
		own := raw[in.Slot]
		if own == table.Missing && in.Policy { // a parameter that the insurer has not set is at its default
			own = in.Default
		}
		if own == table.Missing || in == c.s.Visit {
			continue
		}
		other := slices.Clone(raw)
		if in.Kind == table.Several {
			for _, w := range in.Values {
				slot, bit := in.Slot+w.Index/31, int32(1)<<(w.Index%31)
				if raw[slot]&bit != 0 && !c.values[w] {
					other[slot] = raw[slot] &^ bit
					c.values[w] = !table.SameWhole(out, p.Decide(other))
					other[slot] = raw[slot]
				}
			}
			continue
		}
		w := wordOf(in, own)
		if w == nil || c.values[w] {
			continue
		}
		for _, value := range c.others(in) {
			other[in.Slot] = value
			if c.values[w] = !table.SameWhole(out, p.Decide(other)); c.values[w] {
				break
			}
		}
	}
}

// wordOf returns the value of a choice, or the special value of a date or number. It returns nil for a day or an ordinary
// number.
func wordOf(in *rules.Input, raw int32) *rules.Word {
	switch {
	case raw < table.FirstDay:
		return in.Specials[raw-table.Missing-1]
	case in.Kind == table.Choice:
		return in.Values[raw]
	}
	return nil
}

// others returns the answers that a case could have to an input. These are all values of a choice. For a date or number, they
// are its special values and the answers in all cases.
func (c *coverage) others(in *rules.Input) []int32 {
	var list []int32
	for i := range in.Values {
		list = append(list, int32(i))
	}
	for i := range in.Specials {
		list = append(list, table.Missing+1+int32(i))
	}
	if in.Kind == table.Date || in.Kind == table.Number {
		for _, k := range c.s.Cases {
			if own := k.Raw[in.Slot]; !slices.Contains(list, own) {
				list = append(list, own)
			}
		}
	}
	return list
}

// report counts what is tried, and makes findings about what is not.
func (c *coverage) report(notOffered map[string][]string) {
	count := func(t *Tally, tried bool, untried func() diag.Diagnostic) {
		t.Of++
		if tried {
			t.Tried++
		} else if untried != nil {
			c.missing = append(c.missing, untried())
		}
	}
	rows := func(t *Tally, list []*rules.Row, tried []bool, who func(m *space.Model, i int) bdd.Func) {
		for i, r := range list {
			count(t, tried[i], func() diag.Diagnostic { return r.Place.At("rule-row-untried", r.ID, c.somebody(who, i)) })
		}
	}
	rows(&c.Rows, c.s.Rows, c.rows, func(m *space.Model, i int) bdd.Func { return m.Reach[i] })
	rows(&c.Fits, c.s.Enough, c.fits, func(m *space.Model, i int) bdd.Func { return m.Fits[i] })
	rows(&c.Adds, c.s.Adds, c.adds, addsTo)
	for _, in := range c.s.Inputs {
		tally := InputTally{ID: in.ID}
		for _, w := range slices.Concat(in.Values, in.Specials) {
			if !slices.Contains(notOffered[in.ID], w.ID) && !(in.Kind == table.Number && wordOf(in, in.Default) == w) {
				count(&tally.Tally, c.values[w], func() diag.Diagnostic { return w.Place.At("rule-value-untried", in.ID, w.ID) })
			}
		}
		if tally.Of > 0 {
			c.Values = append(c.Values, tally)
		}
	}
	for i, tried := range c.laws {
		if count(&c.Laws, tried, nil); !tried {
			c.Lax = append(c.Lax, Untried{c.s.LawRows[i].Place.String(), c.s.LawRows[i].ID})
		}
	}
	for i, sides := range c.sides {
		a := &c.s.Program.Atoms[i]
		if a.Op != table.NotAfter && (a.Op != table.AtLeast || a.N == table.LowestNumber) { // such an AtLeast tests only whether the number is known
			continue
		}
		count(&c.Sides, sides&table.True != 0, nil)
		if count(&c.Sides, sides&table.False != 0, nil); sides != table.Maybe {
			c.OneSided = append(c.OneSided, Untried{c.s.WhereCompared(i).String(), c.s.Program.Names.Signals[i]})
		}
	}
}

// addsTo returns the people to whose answer an additive row adds something.
func addsTo(m *space.Model, i int) bdd.Func {
	f := bdd.Never
	for j, e := range m.Program.Adds[i].Effects {
		fires := m.Fires[i][j]
		if e.Kind == table.Also { // an Also effect adds no document that an alternative already has
			also := bdd.Never
			for d := range m.Also {
				if m.Program.Sets[e.A]>>d&1 != 0 {
					also = m.Or(also, m.Also[d])
				}
			}
			fires = m.And(fires, also)
		}
		f = m.Or(f, fires)
	}
	return f
}

// somebody returns, as JSON, the answers of a person about whom a row decides, or to whose answer a row adds something. If
// there is no such person, it returns those of anybody.
func (c *coverage) somebody(who func(m *space.Model, i int) bdd.Func, i int) string {
	if c.model == nil {
		c.model = space.New(c.s.Ended, c.s.Program).Model(0)
	}
	f := who(c.model, i)
	if f == bdd.Never { // other rows add the same
		f = c.model.Possible
	}
	return string(strictjson.Line(c.s.Answers(c.s.Plain(c.model.Witness(f)))))
}
