package interview

import (
	"fmt"
	"slices"

	"sitegen/internal/table"
)

// Conditional are notes and documents of a conclusion for only some of the people who come there: those on whose path one of
// the conditions in If holds.
type Conditional struct {
	If             []Condition
	Tell           []int
	Also, NotAlone int32
}

// Condition holds on the paths that have all of its answers.
type Condition []Answer

func (c Condition) holds(path []Answer) bool {
	return !slices.ContainsFunc(c, func(a Answer) bool { return !slices.Contains(path, a) })
}

// at returns what the page says to somebody who came on a path. The notes are sorted.
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

// addConditionals adds to each conclusion what only some of the people who come there are told.
func (i *Interview) addConditionals(p *Pages) {
	arrivals := map[*Outcome][]arrival{}
	i.walk(p, func(page *Page, raw []int32, path []Answer) {
		if page.Kind == Concludes {
			arrivals[page.Outcome] = append(arrivals[page.Outcome], arrival{path, i.Program.Decide(raw)})
		}
	})
	for k := range p.Pages {
		if o := p.Pages[k].Outcome; o != nil {
			i.addConditionalsTo(o, arrivals[o])
		}
	}
}

func (i *Interview) addConditionalsTo(o *Outcome, arrivals []arrival) {
	known := map[string]int{} // conditions as a text → index in o.Some
	for note := range i.Program.Names.Notes {
		tells := func(a arrival) bool { return slices.Contains(a.out.Tell, note) }
		if some := o.some(known, arrivals, slices.Contains(o.Tell, note), tells); some != nil {
			some.Tell = append(some.Tell, note)
		}
	}
	for document := range i.Program.Names.Documents {
		one := int32(1) << document
		if some := o.some(known, arrivals, o.Also&one != 0, func(a arrival) bool { return a.out.Also&one != 0 }); some != nil {
			some.Also |= one
		}
		if some := o.some(known, arrivals, o.NotAlone&one != 0, func(a arrival) bool { return a.out.NotAlone&one != 0 }); some != nil {
			some.NotAlone |= one
		}
	}
}

// some returns the entry of o.Some for those arrivals that are told something, and adds the entry if there is none. It returns
// nil if everybody (always) or nobody is told it.
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

// distinguish returns conditions of which one holds on each path of told, and none on a path of others. It prefers conditions
// with few answers, among these the ones without the neutral line, and then those that hold on many paths. It leaves out a path
// of told that has no answer more than a path of others; Replay reports such a path.
func distinguish(told, others [][]Answer) (conditions []Condition) {
	open, longest := told, 0
	for _, path := range told {
		longest = max(longest, len(path))
	}
	for size := 1; len(open) > 0 && size <= longest; size++ {
		for _, neutral := range []bool{false, true} {
			for {
				best, most := Condition(nil), 0
				for _, c := range candidates(open, size, neutral) {
					if n := count(open, c); n > most && count(others, c) == 0 {
						best, most = c, n
					}
				}
				if best == nil {
					break
				}
				conditions = append(conditions, best)
				open = slices.DeleteFunc(slices.Clone(open), best.holds)
			}
		}
	}
	return necessary(conditions, told)
}

// candidates returns the conditions of size answers that hold on at least one of the paths: those with the neutral line, or those
// without it.
func candidates(paths [][]Answer, size int, neutral bool) (list []Condition) {
	seen := map[string]bool{}
	for _, path := range paths {
		combinations(path, size, func(c Condition) {
			key := fmt.Sprint(c)
			if c[0].Kind == Neutral == neutral && !seen[key] { // the neutral line begins a path
				seen[key] = true
				list = append(list, slices.Clone(c))
			}
		})
	}
	return list
}

// combinations calls f for each choice of size answers of a path, in their order on the path. f must not keep its argument.
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

// necessary leaves out the conditions that hold only where others do.
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
