package schema

import (
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// FactKind is one of the words in [FactKinds].
type FactKind string

// The kinds of fact.
const (
	DateFact     FactKind = "date"
	MonthFact    FactKind = "month"
	HoursFact    FactKind = "hours"
	PhoneFact    FactKind = "phone"
	DurationFact FactKind = "duration"
	NumberFact   FactKind = "number"
	FeeFact      FactKind = "fee"
	LinkFact     FactKind = "link"
)

// Value is the value of a fact. Only the fields of its kind are set.
type Value struct {
	Kind     FactKind   // "" if the fact has neither a value nor a reference
	Date     civil.Date // the day; for a month, its first day
	Phone    string     // the number with hyphens
	Hours    []OpenHours
	Duration Span
	Number   int // a number, or a fee in yen
	Address  string
}

// OpenHours is one span of opening hours on one kind of day.
type OpenHours struct {
	Days  string // a key of formats.hours.days in text/<lang>.yaml, or "always"
	Open  string // H:MM; "" if always open
	Close string // H:MM, up to 24:00; "" if always open
}

// Span is a number of hours, days, weeks, months or years, or a range of such numbers.
type Span struct {
	Min, Max int
	Unit     string // hours, days, weeks, months, years
	Bound    string // about, at_least, at_most; "" for exact
}

// IsExact reports whether the span is one positive number, not a range.
func (s Span) IsExact() bool { return s.Min == s.Max && s.Min > 0 }

// Value returns the value that the fact itself has. If the fact takes its value from a different fact, Value returns only the kind, and
// package declare adds the value after [Resolve]. [Fact.Check] reports mistakes in the value.
func (y *Fact) Value() Value {
	v := Value{Kind: y.Kind()}
	if y.Date != nil {
		v.Date = y.Date.Value
	}
	if y.Month != nil {
		if day, err := civil.Parse(y.Month.Value + "-01"); err == nil {
			v.Date = day
		}
	}
	if y.Phone != nil {
		v.Phone = y.Phone.Value
	}
	if y.Hours != nil {
		v.Hours = openHours(*y.Hours)
	}
	if y.Duration != nil {
		v.Duration = y.Duration.span()
	}
	for _, number := range []*strictyaml.Number{y.Number, y.Fee} {
		if number != nil {
			v.Number = number.Value
		}
	}
	if y.Link != nil {
		v.Address = y.Link.Value
	}
	return v
}

func openHours(list []Hours) []OpenHours {
	var hours []OpenHours
	for _, y := range list {
		h := OpenHours{Days: y.Days.Value}
		if y.Open != nil && y.Close != nil {
			h.Open, h.Close = y.Open.Value, y.Close.Value
		}
		hours = append(hours, h)
	}
	return hours
}

func (y *Duration) span() Span {
	s := Span{Unit: y.Unit.Value}
	if y.Bound != nil {
		s.Bound = y.Bound.Value
	}
	switch {
	case y.Count != nil:
		s.Min, s.Max = y.Count.Value, y.Count.Value
	case y.Min != nil && y.Max != nil:
		s.Min, s.Max = y.Min.Value, y.Max.Value
	}
	return s
}

// Reference says that one fact takes something from a different fact: the day after or before that fact's day, its phone number, or its
// hours.
type Reference struct {
	From string          // id of the fact that refers to To
	To   strictyaml.Text // id of the fact that From refers to, with the place of that id in the file
	Kind FactKind        // the kind that To must have; it also says what is taken
	Days civil.Date      // for a day: 1 if From is the day after To, -1 if it is the day before
}

// references returns the references of the fact whose id is `id`.
func (y *Fact) references(id string) []Reference {
	var list []Reference
	for _, r := range []struct {
		to   *strictyaml.Text
		kind FactKind
		days civil.Date
	}{{y.DayAfter, DateFact, 1}, {y.DayBefore, DateFact, -1}, {y.PhoneOf, PhoneFact, 0}, {y.HoursFact, HoursFact, 0}} {
		if r.to != nil {
			list = append(list, Reference{id, *r.to, r.kind, r.days})
		}
	}
	return list
}

// Others knows all facts that a reference can name: those of the file that is being resolved, and those of files read earlier.
type Others struct {
	Kind func(id string) FactKind                 // returns the kind of a fact, or "" if there is no such fact
	Near func(id string, kind FactKind) diag.Near // suggests a fact of this kind with a similar id
}

// Resolve returns the references between facts in dependency order: the references of a fact come after those of the facts to which
// they refer. Resolve leaves out references to a missing fact or to a fact of the wrong kind, and one reference of each circle.
// `faults` has the findings about references, by the id of the fact that has the reference.
func Resolve(f *diag.File, facts strictyaml.Map[Fact], others Others) (references []Reference, faults map[string][]diag.Diagnostic) {
	r := &resolver{file: f, all: facts.ByKey(), others: others, done: map[string]bool{}, place: map[string]int{}, circular: map[int]bool{}, faults: map[string][]diag.Diagnostic{}}
	for _, fact := range facts {
		r.resolve(fact.Key.Value)
	}
	return r.references, r.faults
}

type resolver struct {
	file       *diag.File
	all        map[string]Fact
	others     Others
	done       map[string]bool
	chain      []Reference    // the references that lead from the fact with which resolving began to the current fact
	place      map[string]int // by the id of a fact in the chain: the index in `chain` of the reference that this fact has
	circular   map[int]bool   // offsets of the references that have been reported as part of a circle
	references []Reference
	faults     map[string][]diag.Diagnostic
}

// resolve adds the references of a fact to r.references. Before each reference, it adds the references of the fact that this reference
// names.
func (r *resolver) resolve(id string) {
	if r.done[id] {
		return
	}
	r.done[id] = true
	y := r.all[id]
	for _, reference := range y.references(id) {
		to := reference.To.Value
		if r.others.Kind(to) != reference.Kind {
			if kind := r.others.Kind(to); kind != "" {
				r.fault(reference, "fact-wrong-kind", to, string(kind), string(reference.Kind), r.others.Near(to, reference.Kind))
			} else {
				r.fault(reference, "fact-unknown", to, r.others.Near(to, reference.Kind))
			}
			continue
		}
		r.place[id] = len(r.chain)
		r.chain = append(r.chain, reference)
		if !r.closesCircle(to) {
			r.resolve(to)
			r.references = append(r.references, reference)
		}
		r.chain = r.chain[:len(r.chain)-1]
		delete(r.place, id)
	}
}

// closesCircle reports whether the last reference of the chain, which names the fact `to`, leads back to a fact in the chain. If so, it
// adds a finding for every reference of the circle. The caller leaves out the last reference, so that following references always ends.
func (r *resolver) closesCircle(to string) bool {
	start, comesBack := r.place[to]
	if !comesBack {
		return false
	}
	for _, reference := range r.chain[start:] {
		if at := reference.To.Offset; !r.circular[at] {
			r.fault(reference, "fact-circle", reference.From)
			r.circular[at] = true
		}
	}
	return true
}

func (r *resolver) fault(at Reference, code diag.Code, args ...any) {
	r.faults[at.From] = append(r.faults[at.From], r.file.At(at.To.Offset, code, args...))
}
