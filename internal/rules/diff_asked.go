package rules

import (
	"slices"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/civil"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// AskedChange is a change of a question, or of what an insurer has decided: the rules may say the same of the same
// answers, and yet another thing to those who are not asked, who leave a question out, or for whom their insurer answers.
type AskedChange struct {
	Kind     AskedKind
	ID       string // of the question, or of the insurer
	Name     Words  // of the question
	Old, New Words  // what was so, and what is
	// Fewer and More are the shares of the situations in which a question is no longer asked, and newly asked.
	Fewer, More float64
	// Share is that of the situations in which the answer is another by this change alone, of those that it concerns.
	Share   float64
	Example *AskedExample // somebody of them; nil where there is none
	Refused bool          // by one of the rule sets nobody is answered who does not answer the question
}

// AskedExample is somebody whose answer is another because of a question: in the interview, or else somebody who leaves
// it out.
type AskedExample struct {
	Change
	AskedOld, AskedNew []Words // the questions that the person is asked by either rule set; nil outside an interview
	Silent             bool    // the person is asked the question that changes, and does not answer it
}

// AskedKind says what changes of a question.
type AskedKind uint8

// The changes.
const (
	DefaultChange AskedKind = iota // what counts where it is not answered
	AskChange                      // who is asked
	HeldChange                     // which answer counts as holding a document
	NewQuestion
	GoneQuestion
	PolicyChange // what an insurer has decided
)

// asked lists what changes of the questions, in their order, and then of what insurers have decided.
func (d *differ) asked() []AskedChange {
	var list []AskedChange
	for _, in := range d.now.inputs {
		old := d.old.inputByID(in.id)
		if old == nil {
			list = append(list, AskedChange{Kind: NewQuestion, ID: in.id, Name: in.words, New: in.usualWords()})
			continue
		}
		if old.usualID() != in.usualID() {
			list = append(list, d.defaultChange(old, in))
		}
		if c, changed := d.askChange(old, in); changed {
			list = append(list, c)
		}
		if x, y := d.old.heldWords(old), d.now.heldWords(in); d.old.heldID(old) != d.now.heldID(in) {
			list = append(list, AskedChange{Kind: HeldChange, ID: in.id, Name: in.words, Old: x, New: y})
		}
	}
	for _, in := range d.old.inputs {
		if d.now.inputByID(in.id) == nil {
			list = append(list, AskedChange{Kind: GoneQuestion, ID: in.id, Name: in.words, Old: in.usualWords()})
		}
	}
	for _, id := range sortedKeys(d.now.profiles) {
		if old, known := d.old.profiles[id]; known {
			if c, changed := d.policyChange(id, old, d.now.profiles[id]); changed {
				list = append(list, c)
			}
		}
	}
	return list
}

// setting is an answer that stands in the place of the visitor's own: the class that it is on a day of the visit.
type setting struct {
	v     *space.Variable
	class func(visit int) int
}

// where returns for whom f holds if these answers are theirs.
func (d *differ) where(f bdd.Func, settings ...setting) bdd.Func {
	for _, s := range settings {
		days := map[int][]bool{} // of the visit, by class of the answer
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

// usual returns the default of an input of one of the programs as settings; false where an answer is needed.
func (d *differ) usual(in *input) ([]setting, bool) {
	v := d.ByInput[in.id][0]
	named := func(id string) []setting {
		class := slices.IndexFunc(v.Classes, func(c space.Class) bool { return c.Name == id })
		return []setting{{v, func(int) int { return class }}}
	}
	switch {
	case in.kind == table.Several:
		var none []setting
		for _, member := range d.ByInput[in.id] {
			none = append(none, setting{member, func(int) int { return 0 }})
		}
		return none, true
	case in.missing == table.Missing:
		return nil, false
	case in.kind == table.Choice:
		return named(in.values[in.missing].id), true
	case in.kind == table.Number && in.missing < table.FirstDay:
		return named(in.specials[in.missing-table.Missing-1].id), true
	case in.kind == table.Number:
		last := 0
		for i, c := range v.Classes { // intervals stand in their order
			if !c.Special && c.Value <= in.missing {
				last = i
			}
		}
		return []setting{{v, func(int) int { return last }}}, true
	}
	return []setting{{v, d.dateClass(in, v)}}, true
}

// dateClass returns the class of a date's default, by class of the visit.
func (d *differ) dateClass(in *input, v *space.Variable) func(visit int) int {
	special := ""
	if in.missing < table.FirstDay {
		special = in.specials[in.missing-table.Missing-1].id
	}
	return func(visit int) int { return d.ClassOn(visit, v, in.missing, special) }
}

// defaultChange compares what those get who do not answer a question.
func (d *differ) defaultChange(old, in *input) AskedChange {
	c := AskedChange{Kind: DefaultChange, ID: in.id, Name: in.words, Old: old.usualWords(), New: in.usualWords()}
	was, ok := d.usual(old)
	is, okNow := d.usual(in)
	if !ok || !okNow {
		c.Refused = true
		return c
	}
	all := d.where(d.Possible, is...)
	who := d.And(d.otherwise(was, is, was), all)
	c.Share = d.count(who) / d.count(all)
	if who != bdd.Never {
		unasked := d.Without(who, d.Or(askedOf(d.a, old.index), askedOf(d.b, in.index)))
		c.Example = d.example(in.id, unasked, who, true, true)
	}
	return c
}

// askChange compares who is asked a question. Those who are not get what its default leads to.
func (d *differ) askChange(old, in *input) (c AskedChange, changed bool) {
	before, after := askedOf(d.a, old.index), askedOf(d.b, in.index)
	fewer, more := d.Without(before, after), d.Without(after, before)
	if fewer == bdd.Never && more == bdd.Never {
		return c, false
	}
	c = AskedChange{Kind: AskChange, ID: in.id, Name: in.words, Old: d.old.askWords(old), New: d.now.askWords(in)}
	all := d.count(d.Possible)
	c.Fewer, c.More = d.count(fewer)/all, d.count(more)/all
	lost, gained := bdd.Never, bdd.Never
	if is, ok := d.usual(in); ok && fewer != bdd.Never {
		lost = d.And(fewer, d.otherwise(nil, is, nil))
	}
	if was, ok := d.usual(old); ok && more != bdd.Never {
		gained = d.And(more, d.otherwise(was, nil, nil))
	}
	c.Share = d.count(d.Or(lost, gained)) / all
	if lost != bdd.Never {
		c.Example = d.example(in.id, lost, lost, false, true)
	} else if gained != bdd.Never {
		c.Example = d.example(in.id, gained, gained, true, false)
	}
	return c, true
}

// policyChange compares what an insurer has decided.
func (d *differ) policyChange(id string, old, now map[string]string) (c AskedChange, changed bool) {
	c = AskedChange{Kind: PolicyChange, ID: id}
	var was, is []setting
	for _, in := range d.now.inputs {
		before := d.old.inputByID(in.id)
		if !in.policy || before == nil {
			continue
		}
		x, y := policyOf(before, old), policyOf(in, now)
		v := d.ByInput[in.id][0]
		at := func(id string) setting {
			class := slices.IndexFunc(v.Classes, func(c space.Class) bool { return c.Name == id })
			return setting{v, func(int) int { return class }}
		}
		was, is = append(was, at(x.id)), append(is, at(y.id))
		if x.id != y.id {
			c.Old, c.New = c.Old.and(before.words, x), c.New.and(in.words, y)
		}
	}
	if c.Old == (Words{}) {
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
		before := d.a.Visitor(chosen)
		for i := range is {
			chosen[is[i].v] = is[i].class(chosen[d.Visit])
		}
		c.Example = &AskedExample{Change: d.change(before, d.b.Visitor(chosen))}
	}
	return c, true
}

// and adds the value of a parameter to others.
func (w Words) and(name Words, value *word) Words {
	ja, en := name.Ja+": "+value.words.Ja, name.En+": "+value.words.En
	if w != (Words{}) {
		ja, en = w.Ja+"、"+ja, w.En+", "+en
	}
	return Words{ja, en}
}

func policyOf(in *input, profile map[string]string) *word {
	if w := wordNamed(in.values, profile[in.id]); w != nil {
		return w
	}
	return in.values[0]
}

// otherwise returns whose answer differs with some answers settled on either side, though it would not with the last
// settings by both rule sets: because of what is settled, then, and not of the rules.
func (d *differ) otherwise(a, b, same []setting) bdd.Func {
	f, anyway := bdd.Never, bdd.Never
	answer := slices.Clone(d.bring)
	for _, p := range d.parts {
		if p.kind == outcomePart || p.kind == tellPart {
			answer = append(answer, p)
		}
	}
	for _, p := range answer {
		f = d.Or(f, d.Xor(d.where(p.a, a...), d.where(p.b, b...)))
		anyway = d.Or(anyway, d.Xor(d.where(p.a, same...), d.where(p.b, same...)))
	}
	return d.Without(f, anyway)
}

// outcomesFirst returns those of some whose outcome is another, or all of them where there are none.
func (d *differ) outcomesFirst(who bdd.Func, a, b []setting) bdd.Func {
	f := bdd.Never
	for _, p := range d.parts {
		if p.kind == outcomePart {
			f = d.Or(f, d.Xor(d.where(p.a, a...), d.where(p.b, b...)))
		}
	}
	if f = d.And(who, f); f != bdd.Never {
		return f
	}
	return who
}

// example looks for somebody whose interview leads to another answer because of a question: best among some, else among
// the worked cases. Where nobody is found, it is somebody of all who leaves the question out.
func (d *differ) example(id string, some, all bdd.Func, leftOld, leftNew bool) *AskedExample {
	if some = d.And(some, d.Possible); some != bdd.Never {
		chosen := d.Pick(some)
		if e := d.interview(id, d.a.Visitor(chosen), d.b.Visitor(chosen)); e != nil {
			return e
		}
	}
	var found *AskedExample
	for _, known := range d.now.cases {
		raw, bad := d.old.Raw(d.now.Answers(known.raw), civil.Unset)
		if bad != nil {
			continue
		}
		if e := d.interview(id, raw, known.raw); e != nil && (found == nil || e.OutcomeChange && !found.OutcomeChange) {
			found = e
		}
	}
	if found != nil {
		return found
	}
	chosen := d.Pick(d.And(all, d.Possible))
	before, after := d.a.Visitor(chosen), d.b.Visitor(chosen)
	if leftOld {
		d.old.inputByID(id).put(before, table.Missing)
	}
	if leftNew {
		d.now.inputByID(id).put(after, table.Missing)
	}
	return &AskedExample{Change: d.change(before, after)}
}

// interview asks the same person by both rule sets. It returns nil unless the answers differ, and would not if a question
// counted as it did.
func (d *differ) interview(id string, before, after []int32) *AskedExample {
	old, in := d.old.inputByID(id), d.now.inputByID(id)
	x, askedOld := d.old.Program.Interview(before, old.index)
	y, askedNew := d.now.Program.Interview(after, in.index)
	e := &AskedExample{Change: d.change(x, y), AskedOld: d.old.namesOf(askedOld), AskedNew: d.now.namesOf(askedNew)}
	if e.Old.same(e.New) {
		return nil
	}
	counted := slices.Clone(x)
	if counted[old.slot] == table.Missing {
		old.put(counted, old.missing)
	}
	if in.encode(y[in.slot:in.slot+in.slots()], d.old.Answers(counted)[id]) != nil || !e.Old.same(d.now.Result(d.now.Program.Run(y))) {
		return nil
	}
	e.Silent = after[in.slot] == table.Missing && slices.Contains(askedNew, in.index)
	e.Person = Words{d.now.Describe(after, "ja"), d.now.Describe(after, "en")}
	return e
}

// put writes a value into every slot of an input.
func (in *input) put(raw []int32, value int32) {
	for slot := in.slot; slot < in.slot+in.slots(); slot++ {
		raw[slot] = value
	}
}

// same reports whether two answers say the same.
func (r Result) same(other Result) bool {
	return r.Outcome == other.Outcome && slices.EqualFunc(r.Bring, other.Bring, func(a, b []string) bool { return sameSet(a)(b) }) &&
		sameSet(r.Also)(other.Also) && sameSet(r.NotAlone)(other.NotAlone) && sameSet(r.Tell)(other.Tell)
}

// namesOf returns the names of questions by their numbers.
func (s *Set) namesOf(inputs []int) []Words {
	list := []Words{}
	for _, i := range inputs {
		list = append(list, s.inputs[i].words)
	}
	return list
}

// usualID writes what counts where an input is not answered; "" where an answer is needed.
func (in *input) usualID() string {
	switch {
	case in.kind == table.Several || in.missing == table.Missing:
		return ""
	case in.kind == table.Choice:
		return in.values[in.missing].id
	case in.missing < table.FirstDay:
		return in.specials[in.missing-table.Missing-1].id
	case in.kind == table.Date:
		return table.DayText(in.missing)
	}
	return itoa(in.missing)
}

// usualWords says what counts where an input is not answered.
func (in *input) usualWords() Words {
	id := in.usualID()
	switch {
	case in.kind == table.Several:
		return Words{"何もない", "nothing"}
	case id == "":
		return Words{"なし（必ず答える）", "none (an answer is needed)"}
	}
	for _, w := range append(slices.Clone(in.values), in.specials...) {
		if w.id == id {
			return w.withID()
		}
	}
	return Words{id, id}
}

// withID returns the words with the id behind them.
func (w *word) withID() Words {
	return Words{w.words.Ja + "（" + w.id + "）", w.words.En + " (" + w.id + ")"}
}

// askWords says who is asked a question, at any step of the interview.
func (s *Set) askWords(in *input) Words {
	if !in.asked {
		return Words{"誰にも聞かない", "of nobody"}
	}
	var ja, en []string
	for _, a := range s.asks {
		if a.input != in || a.again {
			continue
		}
		if len(a.when) == 0 {
			return Words{"全員に聞く", "of everybody"}
		}
		words := s.allOf(a.when)
		ja, en = append(ja, words.Ja), append(en, words.En)
	}
	return Words{"次のすべてに当てはまる人に聞く: " + strings.Join(ja, "。または: "), "where all this holds: " + strings.Join(en, "; or: ")}
}

// allOf writes conditions that must hold together.
func (s *Set) allOf(list []literal) Words {
	var ja, en []string
	for _, lit := range list {
		words := s.literalWords(lit)
		ja, en = append(ja, words.Ja), append(en, words.En)
	}
	return Words{strings.Join(ja, "、"), strings.Join(en, ", ")}
}

// heldID writes what counts as holding which document.
func (s *Set) heldID(in *input) string {
	if in.held == nil {
		return ""
	}
	return s.documents[in.held.document].id + ": " + in.held.when.text
}

// heldWords says what counts as holding which document.
func (s *Set) heldWords(in *input) Words {
	if in.held == nil {
		return Words{"なし", "nothing"}
	}
	document, when := s.documents[in.held.document].withID(), s.literalWords(in.held.when)
	return Words{"「" + when.Ja + "」は、" + document.Ja + "を持っていることになる", "\"" + when.En + "\" counts as holding " + document.En}
}
