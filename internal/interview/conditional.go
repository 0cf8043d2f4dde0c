package interview

import (
	"cmp"
	"fmt"
	"slices"

	"sitegen/internal/table"
)

// Conditional has notes (Tell) and masks of documents (Also, NotAlone) that a conclusion has only for some of the people who
// come to it: those on whose path one of the conditions in If holds.
type Conditional struct {
	If             []Condition
	Tell           []int
	Also, NotAlone int32
}

// Condition holds on each path that has all its answers.
type Condition []Answer

func (c Condition) holds(path []Answer) bool {
	return !slices.ContainsFunc(c, func(a Answer) bool { return !slices.Contains(path, a) })
}

// DiffersInLast reports whether two conditions differ only in their last answers, and these are answers to the same question.
func (c Condition) DiffersInLast(other Condition) bool {
	last := len(c) - 1
	return len(c) == len(other) && slices.Equal(c[:last], other[:last]) &&
		c[last].Kind != Neutral && other[last].Kind != Neutral && c[last].Input == other[last].Input
}

// at returns what the page says to somebody who came on a path. The notes are sorted by number.
func (o *Outcome) at(path []Answer) table.Output {
	out := table.Output{Outcome: o.Outcome, Enough: o.Enough, Bring: o.Bring, Also: o.Also, NotAlone: o.NotAlone, Tell: slices.Clone(o.Tell)}
	for _, some := range o.Some {
		if slices.ContainsFunc(some.If, func(c Condition) bool { return c.holds(path) }) {
			out.Also |= some.Also
			out.NotAlone |= some.NotAlone
			out.Tell = append(out.Tell, some.Tell...)
		}
	}
	slices.Sort(out.Tell)
	return out
}

// arrival is somebody who comes to a conclusion.
type arrival struct {
	path []Answer
	out  table.Output // what the rules tell that person
}

// addConditionals adds to each conclusion what only some of the people who come there are told. It returns false if the answers
// on the paths do not tell these people apart from the others.
func (i *Interview) addConditionals(p *Pages) (ok bool) {
	arrivals := map[*Outcome][]arrival{}
	i.walk(p, func(page *Page, raw []int32, path []Answer) {
		if page.Kind == Concludes {
			arrivals[page.Outcome] = append(arrivals[page.Outcome], arrival{path, i.Program.Decide(raw)})
		}
	})
	ok = true
	for k := range p.Pages {
		if o := p.Pages[k].Outcome; o != nil {
			i.addConditionalsTo(o, arrivals[o])
			for _, a := range arrivals[o] {
				said := o.at(a.path)
				ok = ok && said.Also == a.out.Also && said.NotAlone == a.out.NotAlone && slices.Equal(said.Tell, slices.Sorted(slices.Values(a.out.Tell)))
			}
		}
	}
	return ok
}

func (i *Interview) addConditionalsTo(o *Outcome, arrivals []arrival) {
	known := map[string]int{} // by the conditions, as a text: the index in o.Some
	for document := range i.Program.Names.Documents {
		one := int32(1) << document
		if some := o.some(known, arrivals, o.Also&one != 0, func(a arrival) bool { return a.out.Also&one != 0 }); some != nil {
			some.Also |= one
		}
		if some := o.some(known, arrivals, o.NotAlone&one != 0, func(a arrival) bool { return a.out.NotAlone&one != 0 }); some != nil {
			some.NotAlone |= one
		}
	}
	for _, note := range i.notes() {
		tells := func(a arrival) bool { return slices.Contains(a.out.Tell, note) }
		if some := o.some(known, arrivals, slices.Contains(o.Tell, note), tells); some != nil {
			some.Tell = append(some.Tell, note)
		}
	}
}

// notes returns the notes that some row tells, in the order of the first such row. The rules tell them to everybody in this order.
func (i *Interview) notes() (notes []int) {
	for _, add := range i.Program.Adds {
		for _, effect := range add.Effects {
			if effect.Kind == table.Tell && !slices.Contains(notes, effect.A) {
				notes = append(notes, effect.A)
			}
		}
	}
	return notes
}

// some returns the entry of o.Some for a note or a document about which `isTold` says who is told it. If there is no entry
// with the same conditions, some adds one. It returns nil if everybody (`always`) or nobody is told it.
func (o *Outcome) some(known map[string]int, arrivals []arrival, always bool, isTold func(arrival) bool) *Conditional {
	var told, others [][]Answer
	for _, a := range arrivals {
		if isTold(a) {
			told = append(told, a.path)
		} else {
			others = append(others, a.path)
		}
	}
	if always || len(told) == 0 {
		return nil
	}
	conditions := distinguish(told, others)
	key := fmt.Sprint(conditions)
	n, ok := known[key]
	if !ok {
		n = len(o.Some)
		known[key] = n
		o.Some = append(o.Some, Conditional{If: conditions})
	}
	return &o.Some[n]
}

// mostAnswers is the maximum number of answers in a condition that is not a whole path.
const mostAnswers = 3

// distinguish returns conditions of which at least one holds on each path of `told`, and none holds on a path of `others`. It
// leaves out a path of `told` if a path of `others` has all its answers: no condition can tell these two apart. It prefers
// conditions with few answers; among these, first those without the neutral line, and then those that hold on many paths.
func distinguish(told, others [][]Answer) []Condition {
	told = slices.DeleteFunc(slices.Clone(told), func(path []Answer) bool { return count(others, path) > 0 })
	var conditions []Condition
	open := told
	for size := 1; size <= mostAnswers && len(open) > 0; size++ {
		for _, neutral := range []bool{false, true} {
			list := candidates(open, others, size, neutral)
			for len(list) > 0 {
				best, most := list[0], 0
				for _, c := range list {
					if n := count(open, c); n > most {
						best, most = c, n
					}
				}
				conditions = append(conditions, best)
				open = slices.DeleteFunc(slices.Clone(open), best.holds)
				list = slices.DeleteFunc(list, func(c Condition) bool { return count(open, c) == 0 })
			}
		}
	}
	for _, path := range open {
		conditions = append(conditions, path)
	}
	slices.SortFunc(conditions, Condition.compare)
	return necessary(conditions, told)
}

// compare orders conditions by their answers, and answers by numbers that do not depend on page.yaml. So the conditions do
// not depend on the order in which pages list answers.
func (c Condition) compare(other Condition) int {
	return slices.CompareFunc(c, other, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(a.Input, b.Input), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Value, b.Value), cmp.Compare(a.From, b.From), cmp.Compare(a.Until, b.Until))
	})
}

// candidates returns the conditions with `size` answers that hold on at least one path of `told` and on no path of `others`.
// If `neutral` is true, it returns those with the neutral line, otherwise those without it.
func candidates(told, others [][]Answer, size int, neutral bool) (list []Condition) {
	seen := map[string]bool{}
	for _, path := range told {
		combinations(path, size, func(c Condition) {
			if c[0].Kind == Neutral != neutral { // the neutral line begins a path
				return
			}
			if key := fmt.Sprint(c); !seen[key] {
				seen[key] = true
				if count(others, c) == 0 {
					list = append(list, slices.Clone(c))
				}
			}
		})
	}
	slices.SortFunc(list, Condition.compare)
	return list
}

// combinations calls f for each choice of `size` answers of a path, in the order of the path. f must not keep its argument.
func combinations(path []Answer, size int, f func(Condition)) {
	var chosen Condition
	var choose func(from int)
	choose = func(from int) {
		if len(chosen) == size {
			f(chosen)
			return
		}
		for k := from; k < len(path); k++ {
			chosen = append(chosen, path[k])
			choose(k + 1)
			chosen = chosen[:len(chosen)-1]
		}
	}
	choose(0)
}

// count returns on how many paths a condition holds.
func count(paths [][]Answer, c Condition) (n int) {
	for _, path := range paths {
		if c.holds(path) {
			n++
		}
	}
	return n
}

// necessary leaves out each condition that holds only on paths where a remaining condition holds too.
func necessary(conditions []Condition, paths [][]Answer) []Condition {
	for k := 0; k < len(conditions); {
		rest := slices.Delete(slices.Clone(conditions), k, k+1)
		needed := slices.ContainsFunc(paths, func(path []Answer) bool {
			return !slices.ContainsFunc(rest, func(c Condition) bool { return c.holds(path) })
		})
		if needed {
			k++
		} else {
			conditions = rest
		}
	}
	return conditions
}
