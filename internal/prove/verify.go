package prove

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/plaintext"
	"sitegen/internal/rulefile"
	"sitegen/internal/rules"
	"sitegen/internal/schema"
	"sitegen/internal/space"
	"sitegen/internal/table"
	"sitegen/internal/worked"
)

// Report is what verification measured.
type Report struct {
	Rows, Adds, Conditions int
	Nodes                  int       // how many nodes the diagram of the decision has
	Bytes                  int       // the length of the encoded tables
	Ran                    rules.Ran // the checks that were made; all of them hold only if no error was found
}

// Load reads the rules of a content folder as [rulefile.Read] does. If they have mistakes, it proves what is left of them, so
// that an editor sees all problems at once; the set is then nil. `err` is set if files cannot be read, or the proof was stopped.
//
// If the context of the folder ends (see [plaintext.Until]), the proof ends with it.
func Load(content fs.FS, name string, facts rules.Facts) (set *rules.Set, found []diag.Diagnostic, err error) {
	if linked := schema.LinkedFolders(content, name); len(linked) > 0 {
		return nil, linked, nil
	}
	defer rules.Stopped(&err)
	r, err := rulefile.Read(content, name, facts)
	if err != nil {
		return nil, nil, err
	}
	if r.Rest != nil {
		r.Rest.Until(func() error { return plaintext.Ended(content) })
		_, found = verify(r.Rest, r.RowsAlone)
		if !r.RowsAlone {
			found = append(found, worked.Check(r.Rest)...)
		}
	}
	return r.Set, r.Found(found...), nil
}

// Verify checks the rule set for every possible visitor and reports what does not hold: gaps, overlaps, rows and values without
// effect, unreachable outcomes, broken laws and unsafe unknowns. If the diagrams grow too large, it reports only that.
// VerifyInterview proves the interview.
func Verify(s *rules.Set) (report Report, found []diag.Diagnostic) { return verify(s, false) }

// verify proves the set. With rowsAlone it makes only the checks of checkRows.
func verify(s *rules.Set, rowsAlone bool) (report Report, found []diag.Diagnostic) {
	defer tooEntangled(s, &found)
	v := newVerifier(s, s.Checked)
	if rowsAlone {
		v.checkRows()
		return report, v.found
	}
	v.check()
	nodes, _ := v.m.Size(v.m.Reach...)
	report = Report{Rows: len(s.Rows), Adds: len(s.Adds), Conditions: len(s.Conditions), Nodes: nodes, Bytes: len(s.Program.Encode())}
	report.Ran = v.ran
	return report, v.found
}

// tooEntangled reports rules whose diagrams grow too large. Call it with defer.
func tooEntangled(s *rules.Set, found *[]diag.Diagnostic) {
	if problem := recover(); problem == bdd.ErrTooLarge {
		*found = []diag.Diagnostic{s.Layers[0].Place.At("rule-too-large", diag.Wording{
			JA: "条件が入り組みすぎて、すべての人について確かめることができません", EN: "the conditions are too entangled to be proven for everyone"})}
	} else if problem != nil {
		panic(problem)
	}
}

type verifier struct {
	s     *rules.Set
	m     *space.Model
	found []diag.Diagnostic
	// allTaken is set if nobody is left after a layer that is not the last. Findings about later layers would only be
	// consequences.
	allTaken bool
	// covers caches the results of the method `within`, by set.
	covers map[int32]bdd.Func
	ran    rules.Ran
}

func newVerifier(s *rules.Set, p *table.Program) *verifier {
	return &verifier{s: s, m: space.New(s.Ended, p).Model(0), covers: map[int32]bdd.Func{}, ran: rules.Ran{}}
}

func (v *verifier) check() []diag.Diagnostic {
	if v.checkRows(); !v.allTaken && v.m.Left == bdd.Never && v.checkEnough() { // other mistakes would only be consequences of those reported so far
		v.ran.Proven(rules.ByOneOutcome)
		v.checkAdds()
		v.checkOutcomes()
		v.checkValues()
		v.checkLaws()
		v.checkUnknowns()
	}
	diag.Sort(v.found)
	return v.found
}

func (v *verifier) report(d diag.Diagnostic) { v.found = append(v.found, d) }

// person describes somebody for whom f holds.
func (v *verifier) person(f bdd.Func) (who diag.Wording, raw []int32) {
	raw = v.m.Witness(f)
	return explain.Who(v.s, raw), raw
}

// checkRows reports gaps, overlaps within a layer, rows that never decide, a last row with conditions, and a layer before the
// last that leaves nobody.
func (v *verifier) checkRows() {
	if v.m.Left != bdd.Never {
		who, _ := v.person(v.m.Left)
		last := v.s.Layers[len(v.s.Layers)-1]
		v.report(last.Place.At("rule-gap", who))
	}
	if final := &v.m.Program.Rows[len(v.m.Program.Rows)-1]; v.m.Left == bdd.Never && len(final.Yes)+len(final.No) > 0 {
		last := v.s.Rows[len(v.s.Rows)-1]
		v.report(last.Place.At("rule-last-row", last.ID))
	}
	left := v.m.Possible
	for i, layer := range v.s.Layers {
		var last *rules.Row
		if left, last = v.checkLayer(layer, left); last != nil && i+1 < len(v.s.Layers) {
			v.report(last.Place.At("rule-takes-all", layer.ID, v.s.Layers[i+1].ID))
			v.allTaken = true
			return
		}
	}
}

// checkLayer reports rows that overlap (at most once for each row), and rows that never decide. `left` has the people whom the
// layers above leave, and `rest` those of them whom this layer does not take. `last` is the first row after which nobody is
// left, or nil.
func (v *verifier) checkLayer(layer *rules.Layer, left bdd.Func) (rest bdd.Func, last *rules.Row) {
	taken := bdd.Never
	for i, r := range layer.Rows {
		fits := v.m.And(left, v.m.List(&v.m.Program.Rows[r.Index].List))
		if both := v.m.And(fits, taken); both != bdd.Never {
			v.report(v.overlap(r, layer.Rows[:i], both))
		} else if v.m.Reach[r.Index] == bdd.Never {
			v.report(r.Place.At("rule-dead-row", r.ID, v.whyDead(v.m.List(&v.m.Program.Rows[r.Index].List))))
		}
		if taken = v.m.Or(taken, fits); taken == left && last == nil {
			last = r
		}
	}
	return v.m.Without(left, taken), last
}

// overlap reports that row r takes people whom a row above already takes, and names the first such row. `both` has the
// people whom r shares with rows above.
func (v *verifier) overlap(r *rules.Row, above []*rules.Row, both bdd.Func) diag.Diagnostic {
	for _, other := range above {
		if shared := v.m.And(both, v.m.List(&v.m.Program.Rows[other.Index].List)); shared != bdd.Never {
			who, _ := v.person(shared)
			return r.Place.At("rule-overlap", r.ID, other.ID, other.Place.String(), who)
		}
	}
	panic("BUG: an overlap with no row")
}

// whyDead says why a row decides about nobody. `fits` has the people who meet its conditions.
func (v *verifier) whyDead(fits bdd.Func) diag.Wording {
	if v.m.And(fits, v.m.Possible) == bdd.Never {
		return neverTogether
	}
	who, raw := v.person(v.m.And(fits, v.m.Possible))
	return decidesBefore(v.s.Rows[v.s.Program.Run(raw).Row], who)
}

var neverTogether = diag.Wording{JA: "条件どうしが同時に成り立ちません。条件を見直すか、行を消してください", EN: "its conditions cannot hold together: correct them, or remove the row"}

// decidesBefore says that a row above decides about somebody.
func decidesBefore(r *rules.Row, who diag.Wording) diag.Wording {
	return diag.Wording{
		JA: "先に「" + r.ID + "」（" + r.Place.String() + "）が決めています。例: " + who.JA,
		EN: `"` + r.ID + `" (` + r.Place.String() + ") decides before it, for example for this person: " + who.EN,
	}
}

// checkAdds reports effects that reach nobody.
func (v *verifier) checkAdds() {
	for i, r := range v.s.Adds {
		for j, e := range r.Effects {
			if v.m.Fires[i][j] == bdd.Never || e.Kind == table.With && v.m.And(v.m.Fires[i][j], v.m.Meets(rules.Mask(e.With))) == bdd.Never {
				v.report(r.Place.At("rule-dead-row", r.ID, diag.Wording{
					JA: "「" + effectText(e) + "」は誰にも効きません。条件を見直すか、消してください",
					EN: `"` + effectText(e) + `" reaches nobody: correct the conditions, or remove it`,
				}))
			}
		}
	}
}

// effectText returns an effect in the form in which editors write it.
func effectText(e rules.Effect) string {
	if e.Kind == table.Tell {
		return "tell: " + e.Note.ID
	}
	return string(explain.EffectWords[e.Kind]) + ": " + strings.Join(rules.IDs(e.Documents), ", ")
}

func (v *verifier) checkOutcomes() {
	for i, f := range v.m.Outcome {
		if f == bdd.Never {
			v.report(v.s.Outcomes[i].Place.At("rule-outcome-unreachable", v.s.Outcomes[i].ID, table.DayText(space.FirstDay), table.DayText(space.LastDay)))
		}
	}
	v.ran.Proven(rules.ByReachable)
}

// checkValues reports inputs, and values of inputs, that change nobody's answer.
func (v *verifier) checkValues() {
	parts := v.m.Seen()
	slices.Sort(parts)
	parts = slices.Compact(parts)
	sizes := map[bdd.Func]int{}
	uses := map[bdd.Func]map[int32]bool{}
	for _, f := range parts {
		sizes[f], uses[f] = v.m.Size(f)
	}
	slices.SortStableFunc(parts, func(a, b bdd.Func) int { return cmp.Compare(sizes[a], sizes[b]) })
	for _, x := range v.m.Variables {
		var concerned []bdd.Func
		for _, f := range parts {
			for level := x.First; level < x.First+x.Bits; level++ {
				if uses[f][int32(level)] {
					concerned = append(concerned, f)
					break
				}
			}
		}
		v.checkClasses(x, concerned)
	}
	v.ran.Proven(rules.ByEffective)
}

// checkClasses reports the values of an input that never change an answer. `parts` has the parts of the answer that depend on
// x. Values of a choice are compared with its default, special values of a date or number with every other class. A value of a
// set is its own variable, so it changes an answer whenever `parts` is not empty.
func (v *verifier) checkClasses(x *space.Variable, parts []bdd.Func) {
	in := v.s.InputByID(x.Input)
	if len(parts) == 0 && x != v.m.Visit {
		if value := rules.WordNamed(in.Values, x.Member); value != nil {
			v.report(value.Place.At("rule-dead-value", x.Input, x.Member))
		} else {
			v.report(in.Place.At("rule-dead-input", x.Input))
		}
		return
	}
	if x.Kind == table.Several || x == v.m.Visit {
		return
	}
	alive := map[string]bool{}
	for c, class := range x.Classes {
		if class.Name != "" && !alive[class.Name] && (x.Kind == table.Choice && c == x.Default || v.differs(x, c, parts)) {
			alive[class.Name] = true
		}
	}
	for _, w := range append(slices.Clone(in.Values), in.Specials...) {
		if !alive[w.ID] {
			v.report(w.Place.At("rule-dead-value", x.Input, w.ID))
		}
	}
}

// differs reports whether a class of a variable ever changes the answer. The class is compared with the default if the
// variable is a choice, and with every other class if not.
func (v *verifier) differs(x *space.Variable, c int, parts []bdd.Func) bool {
	for other := range x.Classes {
		if other == c || x.Kind == table.Choice && other != x.Default {
			continue
		}
		both := v.m.And(v.m.With(v.m.Possible, x, c), v.m.With(v.m.Possible, x, other))
		for _, f := range parts {
			if d := v.m.Xor(v.m.With(f, x, c), v.m.With(f, x, other)); d != bdd.Never && v.m.And(d, both) != bdd.Never {
				return true
			}
		}
	}
	return false
}
