package change

import (
	"maps"
	"slices"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/civil"
	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// AskedChange is a change of a question, or of an insurer's policy. Two rule sets that treat the same answers alike can still
// treat a person differently: one who is not asked, who leaves a question out, or for whom the insurer answers.
type AskedChange struct {
	Kind     AskedKind
	ID       string      // of the question, or of the insurer
	Name     rules.Words // of the question
	Old, New rules.Words // the old and the new state, in words
	// Fewer is the share of people who are no longer asked the question. More is the share of people who are newly asked.
	Fewer, More float64
	// Share is the share of people whose answer changes by this change alone. It is a share of the people who do not answer the
	// question (DefaultChange), of everybody (AskChange), or of the insurer's members (PolicyChange).
	Share   float64
	Example *AskedExample // one of the people in Share, or nil
	Refused bool          // whether one of the rule sets requires an answer; Share and Example are then empty
	// Defined is the condition whose definition changes, if Old and New are the same words; otherwise nil.
	Defined *ChangedDefinition
}

// ChangedDefinition is a condition with the same id in two rule sets and different definitions.
type ChangedDefinition struct {
	ID       string
	Name     rules.Words
	Place    string // in the newer rule set, as file:line
	Old, New string // the definitions, as they are written
}

// AskedExample is somebody whose answer changes because of an AskedChange: in the interview, because the person leaves the
// question out, or because of the insurer's policy.
type AskedExample struct {
	Change
	AskedOld, AskedNew []rules.Words // the questions that each rule set asks the person; nil outside an interview
	Silent             bool          // whether the person is asked the question that changes, and does not answer it
}

// AskedKind says what changes about a question.
type AskedKind uint8

// What can change about a question of both rule sets, about the list of questions, and about an insurer.
const (
	DefaultChange AskedKind = iota // the default, which counts if the question is not answered
	AskChange                      // who is asked
	HeldChange                     // which answer counts as holding a document
	NewQuestion
	GoneQuestion
	MovedQuestion // the order in which this question and a different one are asked
	PolicyChange  // an insurer's policy
)

// asked lists what changes about the questions, in their order, and then about insurers' policies.
func (d *differ) asked() []AskedChange {
	var list []AskedChange
	for _, in := range d.nowSet.Inputs {
		old := d.oldSet.InputByID(in.ID)
		if old == nil {
			list = append(list, AskedChange{Kind: NewQuestion, ID: in.ID, Name: in.Words, New: defaultWords(d.nowSet, in)})
			continue
		}
		if defaultID(d.oldSet, old) != defaultID(d.nowSet, in) {
			list = append(list, d.defaultChange(old, in))
		}
		if c, changed := d.askChange(old, in); changed {
			list = append(list, c)
		}
		if x, y := heldWords(d.oldSet, old), heldWords(d.nowSet, in); heldID(d.oldSet, old) != heldID(d.nowSet, in) {
			list = append(list, AskedChange{Kind: HeldChange, ID: in.ID, Name: in.Words, Old: x, New: y})
		}
	}
	for _, in := range d.oldSet.Inputs {
		if d.nowSet.InputByID(in.ID) == nil {
			list = append(list, AskedChange{Kind: GoneQuestion, ID: in.ID, Name: in.Words, Old: defaultWords(d.oldSet, in)})
		}
	}
	if len(list) == 0 {
		list = d.moved()
	}
	for _, id := range slices.Sorted(maps.Keys(d.nowSet.Profiles)) {
		if old, known := d.oldSet.Profiles[id]; known {
			if c, changed := d.policyChange(id, old, d.nowSet.Profiles[id]); changed {
				list = append(list, c)
			}
		}
	}
	return list
}

// moved returns a list with the first question that is asked in a different place, or nil if there is none. Call it only if
// nothing else about questions changes.
func (d *differ) moved() []AskedChange {
	m := d.stepMoved()
	if m == nil {
		return nil
	}
	first, second := d.nowSet.InputByID(m.first).Words, d.nowSet.InputByID(m.second).Words
	c := AskedChange{Kind: MovedQuestion, ID: m.second, Name: second, Old: inSequence(first, second), New: inSequence(second, first)}
	if m.now {
		c.Old, c.New = c.New, c.Old
	}
	return []AskedChange{c}
}

func inSequence(first, second rules.Words) rules.Words {
	return rules.Words{Ja: first.Ja + "、そのあと" + second.Ja, En: first.En + ", then " + second.En}
}

// setting is an answer that replaces the visitor's own. `class` takes the class of the day of the visit and returns the class of
// the answer.
type setting struct {
	v     *space.Variable
	class func(visit int) int
}

// where returns the people for whom f would hold if they gave the answers in `settings`.
func (d *differ) where(f bdd.Func, settings ...setting) bdd.Func {
	for _, s := range settings {
		days := map[int][]bool{} // by class of the answer: the classes of the visit for which the answer has this class
		for visit := range d.Visit.Classes {
			class := s.class(visit)
			if days[class] == nil {
				days[class] = make([]bool, len(d.Visit.Classes))
			}
			days[class][visit] = true
		}
		set := bdd.Never
		for class := range s.v.Classes {
			if on := days[class]; on != nil {
				set = d.Or(set, d.And(d.With(f, s.v, class), d.In(d.Visit, func(visit int) bool { return on[visit] })))
			}
		}
		f = set
	}
	return f
}

// defaultSettings returns the default of an input as settings. It returns false if an answer is required.
func (d *differ) defaultSettings(in *rules.Input) ([]setting, bool) {
	v := d.ByInput[in.ID][0]
	named := func(id string) []setting {
		class := slices.IndexFunc(v.Classes, func(c space.Class) bool { return c.Name == id })
		return []setting{{v, func(int) int { return class }}}
	}
	switch {
	case in.Kind == table.Several:
		var none []setting
		for _, member := range d.ByInput[in.ID] {
			none = append(none, setting{member, func(int) int { return 0 }})
		}
		return none, true
	case in.Default == table.Missing:
		return nil, false
	case in.Kind == table.Choice:
		return named(in.Values[in.Default].ID), true
	case in.Kind == table.Number && in.Default < table.FirstDay:
		return named(in.Specials[in.Default-table.Missing-1].ID), true
	case in.Kind == table.Number:
		last := 0
		for i, c := range v.Classes { // intervals are in ascending order
			if !c.Special && c.Value <= in.Default {
				last = i
			}
		}
		return []setting{{v, func(int) int { return last }}}, true
	}
	return []setting{{v, d.dateClass(in, v)}}, true
}

// dateClass returns the class of a date's default, by the class of the day of the visit.
func (d *differ) dateClass(in *rules.Input, v *space.Variable) func(visit int) int {
	special := ""
	if in.Default < table.FirstDay {
		special = in.Specials[in.Default-table.Missing-1].ID
	}
	return func(visit int) int { return d.ClassOn(visit, v, in.Default, special) }
}

// defaultChange compares what the two rule sets tell people who leave a question unanswered.
func (d *differ) defaultChange(old, in *rules.Input) AskedChange {
	c := AskedChange{Kind: DefaultChange, ID: in.ID, Name: in.Words, Old: defaultWords(d.oldSet, old), New: defaultWords(d.nowSet, in)}
	was, ok := d.defaultSettings(old)
	is, okNow := d.defaultSettings(in)
	if !ok || !okNow {
		c.Refused = true
		return c
	}
	all := d.where(d.Possible, is...)
	who := d.And(d.otherwise(was, is, was), all)
	c.Share = d.count(who) / d.count(all)
	if who != bdd.Never {
		unasked := d.Without(who, d.Or(askedOf(d.old, old.Index), askedOf(d.now, in.Index)))
		c.Example = d.example(in.ID, unasked, who, true, true)
	}
	return c
}

// askChange compares who is asked a question. People who are not asked get the default. `changed` is false if both rule sets
// ask the same people.
func (d *differ) askChange(old, in *rules.Input) (c AskedChange, changed bool) {
	before, after := askedOf(d.old, old.Index), askedOf(d.now, in.Index)
	fewer, more := d.Without(before, after), d.Without(after, before)
	if fewer == bdd.Never && more == bdd.Never {
		return c, false
	}
	c = AskedChange{Kind: AskChange, ID: in.ID, Name: in.Words, Old: askWords(d.oldSet, old), New: askWords(d.nowSet, in)}
	if c.Old == c.New {
		c.Defined = d.redefined(old, in)
	}
	all := d.count(d.Possible)
	c.Fewer, c.More = d.count(fewer)/all, d.count(more)/all
	lost, gained := bdd.Never, bdd.Never
	if is, ok := d.defaultSettings(in); ok && fewer != bdd.Never {
		lost = d.And(fewer, d.otherwise(nil, is, nil))
	}
	if was, ok := d.defaultSettings(old); ok && more != bdd.Never {
		gained = d.And(more, d.otherwise(was, nil, nil))
	}
	c.Share = d.count(d.Or(lost, gained)) / all
	if lost != bdd.Never {
		c.Example = d.example(in.ID, lost, lost, false, true)
	} else if gained != bdd.Never {
		c.Example = d.example(in.ID, gained, gained, true, false)
	}
	return c, true
}

// redefined returns the first condition with a changed definition among those on which the steps of a question depend, directly or
// through other conditions. It returns nil if there is none.
func (d *differ) redefined(old, in *rules.Input) *ChangedDefinition {
	var before []*rules.Condition
	for _, a := range d.oldSet.Asks {
		if a.Input == old {
			before = conditionsIn(before, a.When)
		}
	}
	var after []*rules.Condition
	for _, a := range d.nowSet.Asks {
		if a.Input == in {
			after = conditionsIn(after, a.When)
		}
	}
	for _, now := range after {
		at := slices.IndexFunc(before, func(c *rules.Condition) bool { return c.ID == now.ID })
		if at < 0 {
			continue
		}
		if x, y := definition(before[at]), definition(now); x != y {
			return &ChangedDefinition{now.ID, now.Words, now.Place.String(), x, y}
		}
	}
	return nil
}

// conditionsIn appends to `list` the conditions that the literals name, and the conditions that these name in turn. Each is listed once.
func conditionsIn(list []*rules.Condition, literals []rules.Literal) []*rules.Condition {
	for _, lit := range literals {
		if c := lit.Test.Condition; c != nil && !slices.Contains(list, c) {
			list = conditionsIn(append(list, c), c.Parts)
		}
	}
	return list
}

// definition returns what a condition demands, as it is written.
func definition(c *rules.Condition) string {
	parts := make([]string, len(c.Parts))
	for i, part := range c.Parts {
		parts[i] = part.Text
	}
	if c.Any {
		return "any: [" + strings.Join(parts, ", ") + "]"
	}
	return "all: [" + strings.Join(parts, ", ") + "]"
}

// policyChange compares an insurer's policies in both rule sets. `changed` is false if they are the same.
func (d *differ) policyChange(id string, old, now map[string]string) (c AskedChange, changed bool) {
	c = AskedChange{Kind: PolicyChange, ID: id}
	var was, is []setting
	for _, in := range d.nowSet.Inputs {
		before := d.oldSet.InputByID(in.ID)
		if !in.Policy || before == nil {
			continue
		}
		x, y := policyOf(before, old), policyOf(in, now)
		v := d.ByInput[in.ID][0]
		at := func(id string) setting {
			class := slices.IndexFunc(v.Classes, func(c space.Class) bool { return c.Name == id })
			return setting{v, func(int) int { return class }}
		}
		was, is = append(was, at(x.ID)), append(is, at(y.ID))
		if x.ID != y.ID {
			c.Old, c.New = joined(c.Old, before.Words, x), joined(c.New, in.Words, y)
		}
	}
	if c.Old == (rules.Words{}) {
		return c, false
	}
	all := d.where(d.Possible, is...)
	who := d.And(d.otherwise(was, is, was), all)
	c.Share = d.count(who) / d.count(all)
	if who != bdd.Never {
		chosen := d.Pick(d.And(d.Possible, d.outcomesFirst(who, was, is)))
		for i := range was {
			chosen[was[i].v] = was[i].class(chosen[d.Visit])
		}
		before := d.old.Visitor(chosen)
		for i := range is {
			chosen[is[i].v] = is[i].class(chosen[d.Visit])
		}
		c.Example = &AskedExample{Change: d.change(before, d.now.Visitor(chosen))}
	}
	return c, true
}

// joined appends the name and the value of a policy to w.
func joined(w rules.Words, name rules.Words, value *rules.Word) rules.Words {
	ja, en := name.Ja+": "+value.Words.Ja, name.En+": "+value.Words.En
	if w != (rules.Words{}) {
		ja, en = w.Ja+"、"+ja, w.En+", "+en
	}
	return rules.Words{Ja: ja, En: en}
}

func policyOf(in *rules.Input, profile map[string]string) *rules.Word {
	if w := rules.WordNamed(in.Values, profile[in.ID]); w != nil {
		return w
	}
	return in.Values[0]
}

// otherwise returns the people whose answer changes because of settings and not because of the rules. Their answer differs
// between the old rules with the settings `a` and the new rules with the settings `b`. It would be the same if both rule
// sets had the settings `same`.
func (d *differ) otherwise(a, b, same []setting) bdd.Func {
	f, anyway := bdd.Never, bdd.Never
	for _, p := range d.parts {
		f = d.Or(f, d.Xor(d.where(p.old, a...), d.where(p.now, b...)))
		anyway = d.Or(anyway, d.Xor(d.where(p.old, same...), d.where(p.now, same...)))
	}
	return d.Without(f, anyway)
}

// outcomesFirst narrows `who` to the people whose outcome changes, or returns `who` unchanged if there are none.
func (d *differ) outcomesFirst(who bdd.Func, a, b []setting) bdd.Func {
	f := bdd.Never
	for _, p := range d.parts {
		if p.kind == outcomePart {
			f = d.Or(f, d.Xor(d.where(p.old, a...), d.where(p.now, b...)))
		}
	}
	if f = d.And(who, f); f != bdd.Never {
		return f
	}
	return who
}

// example looks for somebody whose interview leads to a different answer because of a question. It tries somebody in `some` first, then
// the worked cases. If it finds nobody, the example is somebody in `all` who leaves the question out: under the old rule set if
// `leftOld` is true, under the new one if `leftNew` is true.
func (d *differ) example(id string, some, all bdd.Func, leftOld, leftNew bool) *AskedExample {
	if some = d.And(some, d.Possible); some != bdd.Never {
		chosen := d.Pick(some)
		if e := d.interview(id, d.old.Visitor(chosen), d.now.Visitor(chosen)); e != nil {
			return e
		}
	}
	var found *AskedExample
	for _, known := range d.nowSet.Cases {
		raw, bad := d.oldSet.Raw(d.nowSet.Answers(known.Raw), civil.Unset)
		if bad != nil {
			continue
		}
		if e := d.interview(id, raw, known.Raw); e != nil && (found == nil || e.OutcomeChange && !found.OutcomeChange) {
			found = e
		}
	}
	if found != nil {
		return found
	}
	chosen := d.Pick(d.And(all, d.Possible))
	before, after := d.old.Visitor(chosen), d.now.Visitor(chosen)
	if leftOld {
		put(d.oldSet.InputByID(id), before, table.Missing)
	}
	if leftNew {
		put(d.nowSet.InputByID(id), after, table.Missing)
	}
	return &AskedExample{Change: d.change(before, after)}
}

// interview interviews the same person with both rule sets. It returns nil if the results are the same, or if the question
// is not the cause of the difference: with the old value of the question, the new rules must reach the old result.
func (d *differ) interview(id string, before, after []int32) *AskedExample {
	old, in := d.oldSet.InputByID(id), d.nowSet.InputByID(id)
	x, askedOld := d.oldSet.Program.Interview(before, old.Index)
	y, askedNew := d.nowSet.Program.Interview(after, in.Index)
	e := &AskedExample{Change: d.change(x, y), AskedOld: namesOf(d.oldSet, askedOld), AskedNew: namesOf(d.nowSet, askedNew)}
	if e.Old.Same(e.New) {
		return nil
	}
	counted := slices.Clone(x)
	if counted[old.Slot] == table.Missing {
		put(old, counted, old.Default)
	}
	if in.Encode(y[in.Slot:in.Slot+in.Slots()], d.oldSet.Answers(counted)[id]) != nil || !e.Old.Same(d.nowSet.Result(d.nowSet.Program.Run(y))) {
		return nil
	}
	e.Silent = after[in.Slot] == table.Missing && slices.Contains(askedNew, in.Index)
	e.Person = rules.Words{Ja: explain.Describe(d.nowSet, after, "ja"), En: explain.Describe(d.nowSet, after, "en")}
	return e
}

// put writes a value into every slot of an input.
func put(in *rules.Input, raw []int32, value int32) {
	for slot := in.Slot; slot < in.Slot+in.Slots(); slot++ {
		raw[slot] = value
	}
}

// namesOf returns the names of questions, given their numbers.
func namesOf(s *rules.Set, inputs []int) []rules.Words {
	list := []rules.Words{}
	for _, i := range inputs {
		list = append(list, s.Inputs[i].Words)
	}
	return list
}

// defaultID returns the default of an input as its id. It returns "" if an answer is required, and for sets.
func defaultID(s *rules.Set, in *rules.Input) string { return s.Program.ValueID(in.Index, in.Default) }

// defaultWords returns the default of an input in words.
func defaultWords(s *rules.Set, in *rules.Input) rules.Words {
	id := defaultID(s, in)
	switch {
	case in.Kind == table.Several:
		return rules.Words{Ja: "何もない", En: "nothing"}
	case id == "":
		return rules.Words{Ja: "なし（必ず答える）", En: "none (an answer is needed)"}
	}
	for _, w := range append(slices.Clone(in.Values), in.Specials...) {
		if w.ID == id {
			return withID(w)
		}
	}
	return rules.Words{Ja: id, En: id}
}

// withID returns the words followed by the id.
func withID(w *rules.Word) rules.Words {
	return rules.Words{Ja: w.Words.Ja + "（" + w.ID + "）", En: w.Words.En + " (" + w.ID + ")"}
}

// askWords says who is asked a question, at any step of the interview.
func askWords(s *rules.Set, in *rules.Input) rules.Words {
	if !in.Asked {
		return rules.Words{Ja: "誰にも聞かない", En: "of nobody"}
	}
	var ja, en []string
	for _, a := range s.Asks {
		if a.Input != in || a.Again {
			continue
		}
		if len(a.When) == 0 {
			return rules.Words{Ja: "全員に聞く", En: "of everybody"}
		}
		words := allOf(s, a.When)
		ja, en = append(ja, words.Ja), append(en, words.En)
	}
	return rules.Words{Ja: "次のすべてに当てはまる人に聞く: " + strings.Join(ja, "。または: "), En: "where all this holds: " + strings.Join(en, "; or: ")}
}

// allOf returns the words for conditions that must all hold.
func allOf(s *rules.Set, list []rules.Literal) rules.Words {
	var ja, en []string
	for _, lit := range list {
		words := explain.LiteralWords(s, lit)
		ja, en = append(ja, words.Ja), append(en, words.En)
	}
	return rules.Words{Ja: strings.Join(ja, "、"), En: strings.Join(en, ", ")}
}

// heldID identifies which answer counts as holding which document.
func heldID(s *rules.Set, in *rules.Input) string {
	if in.Held == nil {
		return ""
	}
	return s.Documents[in.Held.Document].ID + ": " + in.Held.When.Text
}

// heldWords says which answer counts as holding which document.
func heldWords(s *rules.Set, in *rules.Input) rules.Words {
	if in.Held == nil {
		return rules.Words{Ja: "なし", En: "nothing"}
	}
	document, when := withID(s.Documents[in.Held.Document]), explain.LiteralWords(s, in.Held.When)
	return rules.Words{Ja: "「" + when.Ja + "」は、" + document.Ja + "を持っていることになる", En: "\"" + when.En + "\" counts as holding " + document.En}
}
