package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/interview"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// sites are the sites that people visit: mostly the general site (""), and two insurers' sites.
var sites = []string{"", "", "", "sk", "kyokai_yamaguchi"}

var languages = []string{"ja", "ja-easy", "en"}

// tries is how many people are drawn for a key (see the method `everything`) before the key counts as impossible. For an outcome,
// outcomeTries people are drawn, because most of them are discarded without walking through the interview.
const (
	tries        = 40_000
	outcomeTries = 50 * tries
)

// elsewhere is the beginning of the key for a question at which somebody presses the button that leads to the circumstances.
const elsewhere = "elsewhere="

// never is a value of `tellAt` that is greater than the number of questions. The person then tells the circumstances where a question leads
// to them, or at the end.
const never = 99

// person is a person's true situation. It includes facts for which the checker never asks.
type person struct {
	site, language string
	visit          int32
	truth          map[int]int32 // by input: the raw value of the true answer
	held           []int         // values held, in the order in which the person names them
	told           map[int][]int // by input: the circumstances that the person tells unasked
	tellAt         int           // after how many questions the person tells them
	secret         bool
	added          map[int]int32
	mistakes       map[int]int32 // by input: an answer that the person first gives, and takes back at the result
	months         bool          // if a paper shows no day, the person types only its month
}

// written is a person in the JSON that the tests read.
type written struct {
	Site     string        `json:"site"`
	Language string        `json:"language"`
	Steps    []step        `json:"steps"`
	Answers  rules.Answers `json:"answers"` // in the form that `sitegen ask` takes
	Result   rules.Result  `json:"result"`  // from the reference interpreter of the rules
	// Elsewhere is true for somebody who is not insured with the site's insurer.
	Elsewhere bool      `json:"elsewhere,omitempty"`
	Better    [][]given `json:"better"` // groups of answers that would, or might, make the papers enough

	raw []int32
}

// given is an answer, in ids. For a date, the value is empty.
type given struct {
	Input string `json:"input"`
	Value string `json:"value,omitempty"`
}

type drawer struct {
	set    *rules.Set
	p      *table.Program
	r      *rand.Rand
	sites  map[string]*interview.Interview
	today  int32
	held   int
	needed []string       // outcomes, levels and values of inputs that must occur
	seen   map[string]int // how often each key in needed has occurred
}

// draw draws as many people as `count` says, and sorts them by site and language. First it draws people for each key that does not yet
// occur often enough, then at random. draw returns an error if a key never occurs, or if `count` people are too few for all keys.
func (d *drawer) draw(count int) ([]written, error) {
	d.held = d.p.InputOf(d.p.Held)
	d.needed = d.everything()
	var people []written
	for _, key := range d.needed {
		isOutcome, most := slices.Contains(d.p.Names.Outcomes, key), tries
		if isOutcome {
			most = outcomeTries
		}
		for n := 0; d.seen[key] < least(key, count); n++ {
			if n == most {
				return nil, fmt.Errorf("of %d people drawn for it, nobody has %s", most, key)
			}
			p := d.person(key)
			if isOutcome && d.outcome(p) != key {
				continue
			}
			if one, has := d.walked(p); slices.Contains(has, key) {
				people = append(people, d.take(one, has))
			}
		}
	}
	if len(people) > count {
		return nil, fmt.Errorf("%d people are too few to see everything: it takes %d", count, len(people))
	}
	for len(people) < count {
		people = append(people, d.take(d.walked(d.person(""))))
	}
	slices.SortStableFunc(people, func(a, b written) int {
		return cmp.Or(cmp.Compare(a.Site, b.Site), cmp.Compare(a.Language, b.Language))
	})
	return people, nil
}

func (d *drawer) take(one written, has []string) written {
	for _, key := range has {
		d.seen[key]++
	}
	for _, r := range d.p.Better(one.raw) {
		var answers []given
		for _, g := range r.Answers {
			names, answer := d.p.Names.Inputs[g.Input], given{}
			if answer.Input = names.ID; d.p.Inputs[g.Input].Kind != table.Date {
				answer.Value = names.Values[g.Value]
			}
			answers = append(answers, answer)
		}
		one.Better = append(one.Better, answers)
	}
	return one
}

// outcome returns the outcome for a person who has answered all questions truthfully, whether or not the interview asks them. This usually
// is the outcome at the end of the interview, but finding it takes a hundredth of the time.
func (d *drawer) outcome(p person) string {
	raw := d.sites[p.site].Start(p.visit).Raw()
	for _, answers := range []map[int]int32{p.truth, p.added} {
		for input, value := range answers {
			raw[d.p.Slot(input)] = value
		}
	}
	for i, in := range d.p.Inputs {
		var values []int
		if values = append(values, p.told[i]...); i == d.held {
			values = append(values, p.held...)
		}
		if p.secret {
			values = append(values, d.p.Names.Inputs[i].Secret...)
		}
		switch first := d.p.Slot(i); {
		case in.Kind == table.Several:
			clear(raw[first : first+in.Slots])
			for _, value := range values {
				raw[first+value/31] |= 1 << (value % 31)
			}
		case len(values) > 0:
			raw[first] = int32(values[0])
		}
	}
	out := d.p.Run(raw)
	if out.Bad >= 0 {
		panic("BUG: a person's true answers are refused: " + d.set.Refusal(out.Bad).Message)
	}
	return d.p.Names.Outcomes[out.Outcome]
}

// least returns how often a key must occur among `count` people.
func least(key string, count int) int {
	if strings.Contains(key, " ") {
		return count / 100
	}
	return max(1, count/100)
}

// everything lists the keys that must occur: the ids of outcomes, "enough=level" for levels, "input value" for values, and
// "elsewhere=input" for questions at which somebody presses the button that leads to the circumstances.
func (d *drawer) everything() []string {
	list := slices.Clone(d.p.Names.Outcomes)
	list = append(list, "enough=yes", "enough=unsure", "enough=no")
	for i, names := range d.p.Names.Inputs {
		if d.sites[""].Inputs[i].Elsewhere != "" {
			list = append(list, elsewhere+names.ID)
		}
		if names.Policy {
			continue
		}
		for value, id := range names.Values {
			if !d.isImplied(i, value) {
				list = append(list, names.ID+" "+id)
			}
		}
	}
	return list
}

// isImplied reports whether no button gives a value. The value then follows from a paper that the person holds, or it belongs to an input
// that is never asked: it is then the input's default, or a value in place of a number.
func (d *drawer) isImplied(input, value int) bool {
	in := &d.p.Inputs[input]
	if !d.isAsked(input) && in.Kind != table.Several {
		return int(in.Default) == value || in.Kind == table.Number
	}
	return d.p.HeldIf >= 0 && in.Kind == table.Choice && d.p.Names.Inputs[input].ID == "card" && d.p.Names.Inputs[input].Values[value] == "owned"
}

func (d *drawer) isAsked(input int) bool {
	return d.p.IsAsked(input)
}

// walked leads a person through the interview. It returns the person for the tests, and the keys that occur in the person's interview.
func (d *drawer) walked(p person) (written, []string) {
	w := &walker{drawer: d, person: p, asked: d.sites[p.site]}
	last := w.walk()
	raw := last.Raw()
	answers := d.set.Answers(raw)
	for _, names := range d.p.Names.Inputs {
		if names.Policy {
			delete(answers, names.ID)
		}
	}
	if p.site != "" {
		answers["profile"] = p.site
	}
	result, bad := d.set.Evaluate(raw)
	if bad != nil {
		panic("BUG: an interview led to a refused answer: " + bad.Message)
	}
	has := []string{result.Outcome, "enough=" + result.Enough}
	for _, s := range w.steps {
		if s.Do == "tell" && s.Ask != "" {
			has = append(has, elsewhere+s.Ask)
		}
	}
	for id, value := range answers {
		list, isList := value.([]string)
		if !isList {
			list = []string{fmt.Sprint(value)}
		}
		for _, one := range list {
			has = append(has, id+" "+one)
		}
	}
	return written{Site: p.site, Language: p.language, Steps: w.steps, Answers: answers, Result: result, Elsewhere: w.asked.IsElsewhere(last), Better: [][]given{}, raw: raw}, has
}

// person draws a person. If `key` has the form "input value", that value is true of the person.
func (d *drawer) person(key string) person {
	p := person{
		site: sites[d.r.IntN(len(sites))], language: languages[d.r.IntN(len(languages))], visit: d.visit(), truth: map[int]int32{},
		told: map[int][]int{}, mistakes: map[int]int32{}, added: map[int]int32{}, tellAt: d.r.IntN(9), secret: d.r.IntN(30) == 0, months: d.r.IntN(2) == 0,
	}
	busy := d.r.IntN(3) // how many circumstances apply
	for i := range d.p.Inputs {
		switch {
		case i == d.p.InputOf(d.p.Visit) || d.p.Names.Inputs[i].Policy:
		case d.p.Inputs[i].Kind == table.Several:
			d.some(&p, i, busy)
		case d.isAsked(i):
			p.truth[i] = d.value(&p, i)
			if d.p.Inputs[i].Kind == table.Choice && d.r.IntN(10) == 0 {
				p.mistakes[i] = d.value(&p, i)
			}
			if d.r.IntN(12) < busy {
				d.circumstance(&p, i)
			}
		case d.r.IntN(4) == 0:
			p.added[i] = d.added(i)
		}
	}
	if input, value, isValue := strings.Cut(key, " "); isValue {
		d.require(&p, input, value)
	}
	if d.r.IntN(2) == 0 && d.isElsewhere(&p) {
		p.tellAt = never
	}
	return p
}

// isElsewhere reports whether a circumstance of the person is an answer to a question with a button that leads there.
func (d *drawer) isElsewhere(p *person) bool {
	for input := range p.told {
		if d.sites[""].Inputs[input].Elsewhere != "" {
			return true
		}
	}
	return false
}

// visit draws the day of the visit. It is mostly today or soon, sometimes far ahead, and sometimes in the past, when older papers were
// still accepted.
func (d *drawer) visit() int32 {
	switch d.r.IntN(12) {
	case 0:
		return d.today + 1
	case 1, 2:
		return d.today + 2 + d.r.Int32N(60)
	case 3:
		return d.today - 1 - d.r.Int32N(700)
	case 4:
		return d.today + d.r.Int32N(1500)
	}
	return d.today
}

// some draws a few values of a set: papers held or, if `busy` is not 0, circumstances. It never draws secret values.
func (d *drawer) some(p *person, input, busy int) {
	in, names := &d.p.Inputs[input], d.p.Names.Inputs[input]
	for range map[bool]int{true: d.r.IntN(4), false: busy}[d.isAsked(input)] {
		if value := d.r.IntN(in.Values); !slices.Contains(names.Secret, value) {
			d.hold(p, input, value, busy > 0)
		}
	}
}

// hold adds a value to a set: a paper to those held or, if `tells` is true, a circumstance to those told. It adds no value twice.
func (d *drawer) hold(p *person, input, value int, tells bool) {
	isTold := d.p.Inputs[input].Told[value/31]>>(value%31)&1 != 0
	switch {
	case !isTold && input == d.held && !slices.Contains(p.held, value):
		p.held = append(p.held, value)
	case isTold && tells && !slices.Contains(p.told[input], value):
		p.told[input] = append(p.told[input], value)
	}
}

// circumstance draws one of the values of a choice that people tell unasked, and gives it to the person. It does nothing if the choice has
// no such value.
func (d *drawer) circumstance(p *person, input int) {
	var list []int
	for value := range d.p.Inputs[input].Values {
		if d.p.Inputs[input].Told[0]>>value&1 != 0 {
			list = append(list, value)
		}
	}
	if len(list) > 0 {
		p.told[input] = []int{list[d.r.IntN(len(list))]}
	}
}

// value draws an answer to a question. For a date, the answer is a day near the visit, or a special value.
func (d *drawer) value(p *person, input int) int32 {
	in, names := &d.p.Inputs[input], d.p.Names.Inputs[input]
	if in.Kind == table.Date {
		if d.r.IntN(3) == 0 {
			return table.Missing + 1 + d.r.Int32N(int32(in.Specials))
		}
		day := p.visit + []int32{0, -1, 1, -20, 20, 80, -80, 100, -400, 400, 1500}[d.r.IntN(11)]
		if p.months && d.r.IntN(2) == 0 {
			_, _, date := civil.Date(day).YMD()
			day -= int32(date) - 1
		}
		return day
	}
	if names.Unknown >= 0 && d.r.IntN(6) == 0 {
		return int32(names.Unknown)
	}
	for {
		value := d.r.IntN(in.Values)
		if in.Told[0]>>value&1 == 0 && !d.isImplied(input, value) && !slices.Contains(names.Secret, value) {
			return int32(value)
		}
	}
}

func (d *drawer) added(input int) int32 {
	in := &d.p.Inputs[input]
	if in.Kind == table.Number {
		return []int32{3, 40, 69, 70, 74, 75, 90}[d.r.IntN(7)]
	}
	return 1 + d.r.Int32N(int32(in.Values-1))
}

// require makes a value true of a person. `input` and `value` are ids.
func (d *drawer) require(p *person, input, value string) {
	i := slices.IndexFunc(d.p.Names.Inputs, func(names table.InputNames) bool { return names.ID == input })
	in, names := &d.p.Inputs[i], d.p.Names.Inputs[i]
	v := slices.Index(names.Values, value)
	switch {
	case slices.Contains(names.Secret, v):
		p.secret = true
	case in.Kind == table.Several:
		d.hold(p, i, v, true)
	case in.Kind == table.Choice && in.Told[0]>>v&1 != 0:
		p.told[i] = []int{v}
	case !d.isAsked(i):
		p.added = map[int]int32{i: int32(v)}
		if with := d.sites[""].Inputs[i].With; len(with) > 0 { // a document has the same number as the value of the input `held` that stands for it
			d.hold(p, d.held, with[0], true)
		}
	default:
		delete(p.told, i)
		if p.truth[i] = int32(v); in.Kind == table.Date {
			p.truth[i] += table.Missing + 1
		}
	}
	if input == "old_card_expiry" { // the checker asks for it only if the visit is in the past
		p.visit = d.today - 360 - d.r.Int32N(300)
		d.hold(p, d.held, slices.Index(d.p.Names.Inputs[d.held].Values, "old_card"), true)
	}
}
