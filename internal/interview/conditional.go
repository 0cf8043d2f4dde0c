package interview

import (
	"cmp"
	"fmt"
	"slices"

	"sitegen/internal/table"
)

// Conditional has notes (Tell) and masks of documents (Also, NotAlone) that a conclusion has only for some of the people who come to
// it. If Except is false, they are for people on whose path at least one condition in If holds; otherwise they are for the others. Only
// [Always] has entries with Except: whoever skims a list of answers under which something is said finds their own answer, and not that
// it is excepted.
type Conditional struct {
	If             []Condition
	Except         bool
	Tell           []int
	Also, NotAlone int32
}

// A Condition is a list of answers. It holds on each path that has all of them.
type Condition []Answer

func (c Condition) holds(path []Answer) bool {
	return !slices.ContainsFunc(c, func(a Answer) bool { return !slices.Contains(path, a) })
}

func anyHolds(conditions []Condition, path []Answer) bool {
	return slices.ContainsFunc(conditions, func(c Condition) bool { return c.holds(path) })
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
		if anyHolds(some.If, path) != some.Except {
			out.Also |= some.Also
			out.NotAlone |= some.NotAlone
			out.Tell = append(out.Tell, some.Tell...)
		}
	}
	slices.Sort(out.Tell)
	return out
}

// isTold reports whether the page of an outcome tells this person exactly what the rules tell: the documents in Also and NotAlone, and
// the notes. All remedies of the page must be remedies for this person, who may have more: a page has no remedies for only some people.
func (a *arrival) isTold(o *Outcome) bool {
	said := o.at(a.path)
	return said.Also == a.out.Also && said.NotAlone == a.out.NotAlone && slices.Equal(said.Tell, slices.Sorted(slices.Values(a.out.Tell))) &&
		len(shared(o.Remedies, a.remedies)) == len(o.Remedies)
}

// addConditionals adds to each conclusion what only some of the people who come there are told. It returns the conclusions for which
// this fails, because the answers on the paths do not distinguish those who are told something from the others.
func (i *Interview) addConditionals(p *Pages, arrivals []arrival) (mixed []*Outcome) {
	at := map[*Outcome][]arrival{}
	for _, a := range arrivals {
		at[a.page.Outcome] = append(at[a.page.Outcome], a)
	}
	for k := range p.Pages {
		if o := p.Pages[k].Outcome; o != nil {
			i.addConditionalsTo(o, at[o])
			if slices.ContainsFunc(at[o], func(a arrival) bool { return !a.isTold(o) }) {
				mixed = append(mixed, o)
			}
		}
	}
	return mixed
}

func (i *Interview) addConditionalsTo(o *Outcome, arrivals []arrival) {
	known := map[string]int{} // the index in o.Some, by the conditions as a text
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

// notes returns the notes that any row tells, each at the place of the first row that tells it. Whoever is told several of them is
// told them in this order.
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

// some returns the entry of o.Some for the people who are told a note or a document; `isTold` says who they are. It returns nil if
// everybody (`always`) or nobody is told it.
func (o *Outcome) some(known map[string]int, arrivals []arrival, always bool, isTold func(arrival) bool) *Conditional {
	told, others := divide(arrivals, isTold)
	if always || len(told) == 0 {
		return nil
	}
	return o.under(known, Conditional{If: distinguish(told, others)})
}

// shortest returns entries, without content, that together say who is told something. It chooses the entries that need the fewest
// conditions. They state who is told it, or who is not, or who is not and which of these are told it after all because of the neutral
// line.
func shortest(told, others [][]Answer) (best []Conditional) {
	alike := func(path, other []Answer) bool { return slices.Equal(withoutNeutral(path), withoutNeutral(other)) }
	exceptions := distinguish(others, slices.DeleteFunc(slices.Clone(told), func(path []Answer) bool {
		return slices.ContainsFunc(others, func(other []Answer) bool { return alike(path, other) })
	}))
	missed := slices.DeleteFunc(slices.Clone(told), func(path []Answer) bool { return !anyHolds(exceptions, path) })
	best = []Conditional{{If: distinguish(told, others)}}
	loose := []Conditional{{If: exceptions, Except: true}}
	if len(missed) > 0 {
		loose = append(loose, Conditional{If: distinguish(missed, others)})
	}
	for _, way := range [][]Conditional{{{If: distinguish(others, told), Except: true}}, loose} {
		if divides(way, told, others) && (length(way) < length(best) || !divides(best, told, others)) {
			best = way
		}
	}
	return best
}

// divides reports whether each path of `told` is covered by at least one of the entries, and no path of `others` by any.
func divides(entries []Conditional, told, others [][]Answer) bool {
	isFor := func(path []Answer) bool {
		return slices.ContainsFunc(entries, func(c Conditional) bool { return anyHolds(c.If, path) != c.Except })
	}
	return !slices.ContainsFunc(others, isFor) && !slices.ContainsFunc(told, func(path []Answer) bool { return !isFor(path) })
}

// length returns how many conditions the entries have.
func length(entries []Conditional) (n int) {
	for _, c := range entries {
		n += len(c.If)
	}
	return n
}

func withoutNeutral(path []Answer) []Answer {
	return slices.DeleteFunc(slices.Clone(path), func(a Answer) bool { return a.Kind == Neutral })
}

// divide separates the paths of people who are told something from the paths of the others. `isTold` says who is told it.
func divide(arrivals []arrival, isTold func(arrival) bool) (told, others [][]Answer) {
	for _, a := range arrivals {
		if isTold(a) {
			told = append(told, a.path)
		} else {
			others = append(others, a.path)
		}
	}
	return told, others
}

// under returns the entry of o.Some with the conditions of `way`. If there is no such entry, it adds `way`. `known` has the indexes of
// the entries.
func (o *Outcome) under(known map[string]int, way Conditional) *Conditional {
	key := fmt.Sprint(way.If, way.Except)
	n, ok := known[key]
	if !ok {
		n = len(o.Some)
		known[key] = n
		o.Some = append(o.Some, way)
	}
	return &o.Some[n]
}

// mostAnswers is the maximum number of answers in a condition that is not a whole path.
const mostAnswers = 3

// distinguish returns conditions that single out `told`: at least one of them holds on each of its paths, and none holds on a path of
// `others`. It leaves out a path of `told` if a path of `others` has all its answers: no condition can tell these two apart. It
// prefers conditions with few answers; among these, first those without the neutral line, and then those that hold on many paths.
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
			if c[0].Kind == Neutral != neutral { // only the first answer of a path can be the neutral line
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
