package interview

import (
	"slices"

	"sitegen/internal/table"
)

// Answers are what somebody has answered so far. They do not change: Take, Number and Tell return new Answers.
type Answers struct {
	raw, open []int32
	unsure    uint32 // by input, as bits: whether it was answered with "I don't know" although none of its values means that
	elsewhere bool   // the person has said that the insurer is not the site's, or does not know
	stage     stage
	value     int // in the stage `further`: the value about which the further question asks
}

// Raw returns the answers as the rules take them. Inputs that were not answered are Missing.
func (a Answers) Raw() []int32 { return slices.Clone(a.raw) }

// IsUnsure reports whether an input was answered with "I don't know" although none of its values means that. For such an input Raw
// has the default or, for a set, only the values that were named.
func (a Answers) IsUnsure(input int) bool { return a.unsure>>input&1 != 0 }

// stage says which part of a question is asked next.
type stage uint8

const (
	begins  stage = iota
	other         // the answer is not the value that the site expects
	grouped       // the answer is one of those in groups
	further       // the further question about `value` is open
)

// Kind is what a step asks for.
type Kind uint8

// The kinds of step.
const (
	Result     Kind = iota // nothing: no open answer can change the result
	Question               // an answer to an input
	More                   // one of the answers in groups
	AskFurther             // yes or no, about an answer
	Expect                 // whether the answer is the value that the site expects
	Another                // further values of a set, after one was named
)

// Step is the next thing to ask somebody.
type Step struct {
	Kind    Kind
	Input   int
	Value   int      // for Expect and AskFurther: the value in question
	Further *Further // the further question, for AskFurther; otherwise nil
	Options []Option
}

// OptionKind is the kind of an option of a step.
type OptionKind uint8

// The kinds of option.
const (
	IsValue OptionKind = iota // the value
	Unknown                   // "I don't know"
	None                      // for a set: nothing (else)
	Opens                     // leads to the answers in groups; for Expect: a different value
	Yes
	No
	Elsewhere // leads to the values that are circumstances: the caller asks for them and passes them to Tell; Take changes nothing
)

// Option is an answer that a step offers. If the input is a day or a number, any day or number can be given as well.
type Option struct {
	Kind  OptionKind
	Value int    // the value; only for IsValue
	Group string // the key of the heading over the option, or ""
}

// Start returns the answers at the beginning: the day, and what the site answers for all members of its insurer.
func (i *Interview) Start(day int32) Answers {
	a := Answers{raw: i.Program.Unanswered()}
	a.open = make([]int32, len(a.raw))
	a.raw[i.Program.Visit] = day
	i.apply(a.raw, false)
	return a
}

// Next returns the next step. Its kind is Result if no open answer can change the result.
func (i *Interview) Next(a Answers) Step {
	q := i.Program.Next(a.raw, a.open)
	if q.Input < 0 {
		return Step{Kind: Result, Input: -1}
	}
	step := Step{Kind: Question, Input: q.Input}
	if q.Again {
		step.Kind = Another
	}
	in := &i.Inputs[q.Input]
	expected, expects := i.Expected[q.Input]
	switch {
	case a.stage == further:
		f := in.further(a.value)
		return Step{AskFurther, q.Input, a.value, f, []Option{{Kind: Yes}, {Kind: No}, {Kind: Unknown}}}
	case a.stage == begins && expects && matters(q, expected):
		return Step{Expect, q.Input, expected, nil, []Option{{Kind: Yes}, {Kind: Opens}, {Kind: Unknown}}}
	case a.stage == grouped:
		step.Kind = More
		step.Options = i.grouped(q)
	default:
		step.Options = i.ungrouped(q)
		if len(i.grouped(q)) > 0 {
			step.Options = append(step.Options, Option{Kind: Opens})
		}
	}
	if i.Program.Inputs[q.Input].Kind == table.Several {
		step.Options = append(step.Options, Option{Kind: None})
	}
	if step.Kind == Question && in.Elsewhere != "" {
		step.Options = append(step.Options, Option{Kind: Elsewhere})
	}
	step.Options = append(step.Options, Option{Kind: Unknown})
	return step
}

// Offers returns the inputs that a person can still answer at the result, although no step asks for them. `a` has the answers so far.
func (i *Interview) Offers(a Answers) (inputs []int) {
	held := i.Program.Holds(a.raw)
	isHeld := func(document int) bool { return document >= 0 && held>>document&1 != 0 }
	for input := range i.Inputs {
		in := &i.Inputs[input]
		isOpen := a.raw[i.Program.Slot(input)] == table.Missing
		if in.Offered && isOpen && (len(in.With) == 0 || slices.ContainsFunc(in.With, isHeld)) {
			inputs = append(inputs, input)
		}
	}
	return inputs
}

// Offer returns the step for an input that Offers returned.
func (i *Interview) Offer(input int) Step {
	step := Step{Kind: Question, Input: input}
	for value := range i.Program.Names.Inputs[input].Values {
		if v := (Value{input, value}); value != i.Inputs[input].Unknown && !i.IsTold(v) {
			step.Options = append(step.Options, Option{Value: value})
		}
	}
	if i.Program.Inputs[input].Kind == table.Several {
		step.Options = append(step.Options, Option{Kind: None})
	}
	step.Options = append(step.Options, Option{Kind: Unknown})
	return step
}

// matters reports whether a value of the question can still change the result.
func matters(q table.Question, value int) bool { return q.Values[value/31]>>(value%31)&1 != 0 }

// mayAnswer reports whether a value is offered. A value is offered if it can still change the result. A choice without groups
// offers all values except circumstances: otherwise people could look in vain for their true answer. A value that the answer to
// a different question covers is never offered.
func (i *Interview) mayAnswer(q table.Question, value int) bool {
	in := &i.Program.Inputs[q.Input]
	if slices.Contains(i.Inputs[q.Input].Covered, value) {
		return false
	}
	all := in.Kind == table.Choice && len(i.Inputs[q.Input].Groups) == 0
	return matters(q, value) || all && in.Told[0]>>value&1 == 0
}

// ungrouped lists the answers without a group. It leaves out the value that means "I don't know", and the values that "yes"
// to a further question selects. A value that the site expects stays even if it was refused: a different insurer can be of the
// same kind.
func (i *Interview) ungrouped(q table.Question) (options []Option) {
	in := &i.Inputs[q.Input]
	for value := range i.Program.Names.Inputs[q.Input].Values {
		if value != in.Unknown && i.mayAnswer(q, value) && in.group(value) == nil && !in.reached(value) {
			options = append(options, Option{Value: value})
		}
	}
	return options
}

// reached reports whether a value is the "yes" of a further question.
func (in *Input) reached(value int) bool {
	return slices.ContainsFunc(in.Further, func(f Further) bool { return f.Yes == value })
}

// grouped lists the answers in groups that can still change the result, either themselves or by "yes" to their further
// question. It leaves out the values that the answer to a different question covers.
func (i *Interview) grouped(q table.Question) (options []Option) {
	in := &i.Inputs[q.Input]
	for _, group := range in.Groups {
		for _, v := range group.Values {
			f := in.further(v.Value)
			if !slices.Contains(in.Covered, v.Value) && (matters(q, v.Value) || f != nil && matters(q, f.Yes)) {
				options = append(options, Option{Value: v.Value, Group: group.Title})
			}
		}
	}
	return options
}

// Take returns the answers after somebody answers a step with one of its options. The option Elsewhere changes nothing.
func (i *Interview) Take(a Answers, s Step, o Option) Answers {
	in := &i.Inputs[s.Input]
	switch {
	case o.Kind == Elsewhere:
		return a
	case o.Kind == IsValue && s.Kind != AskFurther && i.asksFurther(a, s.Input, o.Value):
		a.stage, a.value = further, o.Value
		return a
	case o.Kind == IsValue:
		return i.give(a, s.Input, o.Value)
	case o.Kind == Opens && s.Kind == Expect:
		a.stage = other
		return a
	case o.Kind == Opens:
		a.stage = grouped
		return a
	case o.Kind == Yes && s.Kind == AskFurther:
		return i.give(a, s.Input, s.Further.Yes)
	case s.Kind == AskFurther || o.Kind == Yes:
		return i.give(a, s.Input, s.Value)
	case o.Kind == Unknown && in.Unknown >= 0:
		return i.give(a, s.Input, in.Unknown)
	}
	a = i.leave(a, s.Input)
	if o.Kind == Unknown {
		a.unsure |= 1 << s.Input
	}
	return a
}

// asksFurther reports whether a further question is asked after a value. It is asked only if its "yes" could change the result.
func (i *Interview) asksFurther(a Answers, input, value int) bool {
	f, q := i.Inputs[input].further(value), i.Program.Next(a.raw, a.open)
	return f != nil && q.Input == input && matters(q, f.Yes)
}

// give answers a question with a value. The other values of a set stay open.
func (i *Interview) give(a Answers, input, value int) Answers {
	refused := a.stage == other
	a = a.copy()
	if expected, expects := i.Expected[input]; expects {
		a.elsewhere = refused || value != expected
	}
	a.unsure &^= 1 << input
	first, in := i.Program.Slot(input), &i.Program.Inputs[input]
	switch in.Kind {
	case table.Several:
		i.begin(a, input)
		a.raw[first+value/31] |= 1 << (value % 31)
		a.open[first+value/31] &^= 1 << (value % 31)
	case table.Choice:
		a.raw[first] = int32(value)
	default:
		a.raw[first] = table.Missing + 1 + int32(value)
	}
	i.apply(a.raw, i.IsElsewhere(a))
	return a
}

// begin prepares a set of which no value was answered: it marks all values except circumstances as open. It changes the slices of
// `a`.
func (i *Interview) begin(a Answers, input int) {
	first, in := i.Program.Slot(input), &i.Program.Inputs[input]
	for k := range in.Slots {
		if a.raw[first+k] == table.Missing {
			a.raw[first+k], a.open[first+k] = 0, in.Untold(k)
		}
	}
}

// leave answers a question with nothing: no further value of a set is held, and any other input gets its default.
func (i *Interview) leave(a Answers, input int) Answers {
	a = a.copy()
	first, in := i.Program.Slot(input), &i.Program.Inputs[input]
	for slot := first; slot < first+in.Slots; slot++ {
		if a.raw[slot] == table.Missing {
			a.raw[slot] = in.Default
		}
		a.open[slot] = 0
	}
	return a
}

// Give answers a question with a raw value, whether or not a step offers it. It must be an answer to a choice, a day or a number.
func (i *Interview) Give(a Answers, input int, raw int32) Answers {
	if i.Program.Inputs[input].Kind == table.Choice {
		return i.give(a, input, int(raw))
	}
	return i.Number(a, input, raw)
}

// Number answers a question with a day or a number.
func (i *Interview) Number(a Answers, input int, n int32) Answers {
	a = a.copy()
	a.unsure &^= 1 << input
	a.raw[i.Program.Slot(input)] = n
	return a
}

// Tell adds what somebody says unasked: circumstances, or secret values.
func (i *Interview) Tell(a Answers, values ...Value) Answers {
	a = a.copy()
	for _, v := range values {
		a.unsure &^= 1 << v.Input
		if expected, expects := i.Expected[v.Input]; expects {
			a.elsewhere = v.Value != expected
		}
		first := i.Program.Slot(v.Input)
		if i.Program.Inputs[v.Input].Kind != table.Several {
			a.raw[first] = int32(v.Value)
			continue
		}
		i.begin(a, v.Input)
		a.raw[first+v.Value/31] |= 1 << (v.Value % 31)
	}
	i.apply(a.raw, i.IsElsewhere(a))
	return a
}

// copy returns a copy of the answers at the beginning of a question: its stage is `begins`.
func (a Answers) copy() Answers {
	return Answers{raw: slices.Clone(a.raw), open: slices.Clone(a.open), unsure: a.unsure, elsewhere: a.elsewhere}
}
