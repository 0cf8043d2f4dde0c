package interview

import (
	"fmt"
	"slices"

	"sitegen/internal/rules"
)

// Pages are the interview written out for one day: each step a page, each answer a link to the next one. Pages that would
// show the same are one.
type Pages struct {
	Day   int32
	Pages []Page // the first is where everybody begins
	// Secret is where the neutral line leads, and Told the page of the circumstances; -1 where there are none.
	Secret, Told int
}

// PageKind is what a page is for.
type PageKind uint8

// The kinds of page.
const (
	Asks      PageKind = iota // a question
	Besides                   // what is held besides a document that was named
	Tells                     // the circumstances, each with where it leads
	Concludes                 // what somebody is told
	LeavesOut                 // what the pages do not know of: to call, and to take everything along
)

// Page is one step, or what it all leads to.
type Page struct {
	Kind    PageKind
	Input   int // of Asks and Besides
	Links   []Link
	Outcome *Outcome // of an answer
}

// Link is what leads to another page: the answers of which each means the same from here on.
type Link struct {
	Answers []Answer
	To      int
	Then    *Page // where the next question is short enough to stand on the same page: that question, and To is -1
}

// AnswerKind is what an answer on a page says.
type AnswerKind uint8

// The kinds of answer.
const (
	OneValue AnswerKind = iota // a value
	NotKnown                   // "I don't know"
	Nothing                    // none of what is offered
	Days                       // a day from From to Until
	WithMore                   // the value, and something else
	Other                      // something that is not offered
)

// Answer is one answer, as a page names it.
type Answer struct {
	Kind        AnswerKind
	Input       int
	Value       int
	From, Until int32  // rules.NoDay where the days have no such end
	Group       string // the word of the page over it
}

// Outcome is what somebody is told. What depends on more than the pages ask is left out of it.
type Outcome struct {
	Outcome  int
	Enough   rules.Level
	Bring    []int32
	Also     int32
	NotAlone int32
	Tell     []int
	// Marks are what is said of documents that are offered and not held: words of the page.
	Marks map[int]string
	// Unless are answers that were not asked and with which it would not be enough, or something else would.
	Unless []Answer
}

// years is how far from the visit a day is looked for that is answered.
const years = 15

// Pages writes the interview out for a day.
func (i *Interview) Pages(day int32) *Pages {
	w := &walker{Interview: i, day: day, met: map[string]int{}, same: map[string]int{}, ranges: map[int][]Answer{}, results: map[string]int{}}
	a := w.close(i.Start(day))
	first, secret, told := w.walk(a), -1, -1
	if len(i.Secret) > 0 {
		secret = w.walk(i.Tell(a, i.Secret...))
	}
	if len(i.Circumstances) > 0 {
		told = w.told(a)
	}
	return w.inOrder(first, secret, told)
}

// walker follows every answer.
type walker struct {
	*Interview
	day     int32
	pages   []Page
	met     map[string]int   // the page of whoever has the same rest
	same    map[string]int   // the page that shows the same
	results map[string]int   // the answer of an outcome
	ranges  map[int][]Answer // of a date: the same for everybody
}

// asked reports whether the pages ask an input.
func (w *walker) asked(input int) bool {
	return input == w.Held || slices.Contains(w.look.NoScript.Ask, w.Program.Names.Inputs[input].ID)
}

// close answers with their default what the pages do not ask.
func (w *walker) close(a Answers) Answers {
	for _, input := range w.unasked() {
		a = w.leave(a, input)
	}
	return a
}

// walk returns the page for somebody.
func (w *walker) walk(a Answers) int {
	rest := w.rest(a)
	if page, ok := w.met[rest]; ok {
		return page
	}
	page := -1
	switch step := w.Next(a); {
	case step.Kind == Result:
		page = w.result(a)
	case step.Input == w.Held:
		page = w.holds(a, step)
	default:
		page = w.asks(a, step)
	}
	w.met[rest] = page
	return page
}

// rest describes what can still become of somebody, also by what the pages do not ask.
func (w *walker) rest(a Answers) string {
	raw := a.Raw()
	for _, input := range w.unasked() {
		if slot := w.Program.Slot(input); raw[slot] == w.Program.Inputs[input].Default {
			raw[slot] = rules.Missing
		}
	}
	return w.Program.Rest(raw, a.open)
}

// unasked lists the inputs that somebody could be asked and the pages do not ask, in the order of asking.
func (w *walker) unasked() (inputs []int) {
	for _, ask := range w.Program.Asks {
		if !w.asked(ask.Input) && !slices.Contains(inputs, ask.Input) {
			inputs = append(inputs, ask.Input)
		}
	}
	return inputs
}

// holds asks what somebody holds: one thing, one with another, or nothing.
func (w *walker) holds(a Answers, step Step) int {
	page := Page{Kind: Asks, Input: w.Held}
	with := slices.Index(w.Program.Names.Documents, w.look.NoScript.With.Document)
	for _, value := range w.papers(step, w.look.NoScript.Papers) {
		one := w.give(a, w.Held, value)
		page.add(Answer{Input: w.Held, Value: value}, w.walk(w.leave(one, w.Held)))
		if value == with {
			page.add(Answer{Kind: WithMore, Input: w.Held, Value: value}, w.besides(one))
		}
	}
	page.add(Answer{Kind: Nothing, Input: w.Held}, w.walk(w.leave(a, w.Held)))
	page.add(Answer{Kind: Other, Input: w.Held}, w.leftOut())
	return w.keep(page)
}

// add adds a link to a page.
func (p *Page) add(a Answer, to int) { p.Links = append(p.Links, Link{Answers: []Answer{a}, To: to}) }

// papers are those documents of a list that can matter to somebody.
func (w *walker) papers(step Step, ids []string) (values []int) {
	for _, id := range ids {
		value := slices.Index(w.Program.Names.Documents, id)
		if slices.ContainsFunc(step.Options, func(o Option) bool { return o.Kind == IsValue && o.Value == value }) {
			values = append(values, value)
		}
	}
	return values
}

// besides asks what is held besides a document.
func (w *walker) besides(a Answers) int {
	page := Page{Kind: Besides, Input: w.Held}
	for _, id := range w.look.NoScript.With.Papers {
		value := slices.Index(w.Program.Names.Documents, id)
		page.add(Answer{Input: w.Held, Value: value}, w.walk(w.leave(w.give(a, w.Held, value), w.Held)))
	}
	page.add(Answer{Kind: Other, Input: w.Held}, w.leftOut())
	return w.keep(page)
}

// asks puts a question with every answer that is offered, those in groups and those that are answered further included.
func (w *walker) asks(a Answers, step Step) int {
	page := Page{Kind: Asks, Input: step.Input}
	in := &w.Inputs[step.Input]
	left := w.values(step.Input, w.look.NoScript.LeaveOut[w.Program.Names.Inputs[step.Input].ID])
	leaves := false
	add := func(answer Answer, with Answers) {
		if answer.Input = step.Input; answer.Kind == OneValue && slices.Contains(left, answer.Value) {
			leaves = true
			return
		}
		page.add(answer, w.walk(with))
	}
	switch w.Program.Inputs[step.Input].Kind {
	case rules.Date:
		for _, days := range w.days(a, step.Input) {
			add(days, w.Number(a, step.Input, days.day()))
		}
		for _, o := range step.Options {
			if o.Kind == IsValue {
				add(Answer{Value: o.Value}, w.give(a, step.Input, o.Value))
			}
		}
	case rules.Choice:
		for _, o := range w.choices(a, step.Input) {
			add(Answer{Value: o.Value, Group: o.Group}, w.give(a, step.Input, o.Value))
		}
	case rules.Several:
		for _, o := range step.Options {
			if o.Kind == IsValue {
				add(Answer{Value: o.Value}, w.leave(w.give(a, step.Input, o.Value), step.Input))
			}
		}
		add(Answer{Kind: Nothing}, w.leave(a, step.Input))
	}
	if leaves {
		page.add(Answer{Kind: Other, Input: step.Input}, w.leftOut())
	}
	if in.Unknown >= 0 {
		add(Answer{Kind: NotKnown, Value: in.Unknown}, w.give(a, step.Input, in.Unknown))
	}
	return w.keep(page)
}

// choices lists the answers to a choice: those in no group first. What is answered by saying yes to something further
// stands behind the last group of which that is asked.
func (w *walker) choices(a Answers, input int) []Option {
	q := w.Program.Next(a.raw, a.open)
	list, in := w.ungrouped(q, false), &w.Inputs[input]
	var reached []Option
	for _, o := range w.grouped(q) {
		list = append(list, o)
		if f := in.further(o.Value); f != nil && matters(q, f.Yes) && !slices.ContainsFunc(reached, func(r Option) bool { return r.Value == f.Yes }) {
			reached = append(reached, Option{Value: f.Yes, Group: o.Group})
		}
	}
	for _, r := range reached {
		last := 0
		for k, o := range list {
			if f := in.further(o.Value); f != nil && f.Yes == r.Value {
				last = k + 1
				r.Group = o.Group
			}
		}
		list = slices.Insert(list, last, r)
	}
	return list
}

// days lists the periods in which a day can lie, the earliest first. Seen from the visit they are the same for everybody.
func (w *walker) days(a Answers, input int) []Answer {
	if known, ok := w.ranges[input]; ok {
		return known
	}
	in, raw := &w.Program.Inputs[input], a.Raw()
	lo, hi := max(in.Lo, w.day-years*366), min(in.Hi, w.day+years*366)
	var list []Answer
	regions := w.Program.Regions(raw, w.Program.Slot(input), lo, hi)
	for k, region := range regions {
		days := Answer{Kind: Days, Input: input, From: region.From, Until: region.Until}
		if k == 0 {
			days.From = rules.NoDay
		}
		if k == len(regions)-1 {
			days.Until = rules.NoDay
		}
		list = append(list, days)
	}
	w.ranges[input] = list
	return list
}

// keep keeps a page, unless there is one that shows the same, or every answer leads to the same page: then there is
// nothing to ask. Answers that lead to the same page share a link.
func (w *walker) keep(page Page) int {
	var links []Link
	for _, link := range page.Links {
		if k := slices.IndexFunc(links, func(known Link) bool { return known.To == link.To && known.group() == link.group() }); k >= 0 {
			links[k].Answers = append(links[k].Answers, link.Answers...)
		} else {
			links = append(links, link)
		}
	}
	page.Links = links
	if page.Kind == Asks && !slices.ContainsFunc(links, func(l Link) bool { return l.To != links[0].To }) {
		return links[0].To
	}
	key := fmt.Sprint(page)
	if known, ok := w.same[key]; ok {
		return known
	}
	w.pages = append(w.pages, page)
	w.same[key] = len(w.pages) - 1
	return len(w.pages) - 1
}

func (l *Link) group() string { return l.Answers[0].Group }

func (w *walker) leftOut() int { return w.keep(Page{Kind: LeavesOut}) }

// told is the page of the circumstances. Those that decide by themselves lead to their answer; what else would be asked
// of the others the pages leave out.
func (w *walker) told(a Answers) int {
	page := Page{Kind: Tells}
	for _, group := range w.Circumstances {
		for _, v := range group.Values {
			if slices.Contains(w.Secret, v) {
				continue
			}
			to, with := w.leftOut(), w.Tell(a, v)
			if w.Next(with).Kind == Result {
				to = w.result(with)
			}
			page.add(Answer{Input: v.Input, Value: v.Value, Group: group.Title}, to)
		}
	}
	return w.keep(page)
}

// result is the page of what somebody is told. Notes that not everybody is told who comes there are left out.
func (w *walker) result(a Answers) int {
	out := w.Program.Decide(a.raw)
	o := &Outcome{Outcome: out.Outcome, Enough: out.Enough, Bring: out.Bring, Also: out.Also, NotAlone: out.NotAlone, Tell: out.Tell, Marks: w.marks(a.raw, out)}
	key := fmt.Sprint(o.Outcome, o.Enough, o.Bring, o.Marks)
	page, known := w.results[key]
	if !known {
		page = len(w.pages)
		w.results[key] = page
		w.pages = append(w.pages, Page{Kind: Concludes, Outcome: o})
	}
	o = w.pages[page].Outcome
	o.Also &= out.Also
	o.NotAlone &= out.NotAlone
	o.Tell = slices.DeleteFunc(slices.Clone(o.Tell), func(note int) bool { return !slices.Contains(out.Tell, note) })
	if out.Enough == rules.Yes {
		for _, answer := range w.unless(a, out) {
			if !slices.Contains(o.Unless, answer) {
				o.Unless = append(o.Unless, answer)
			}
		}
	}
	return page
}

// marks returns what is said of documents that are offered and not held.
func (w *walker) marks(raw []int32, out rules.Output) map[int]string {
	names := &w.Program.Names
	var told []string
	for _, note := range out.Tell {
		told = append(told, names.Notes[note])
	}
	marks, answers := map[int]string{}, w.InIDs(raw)
	for document, id := range names.Documents {
		offered := slices.ContainsFunc(out.Bring, func(set int32) bool { return set>>document&1 != 0 })
		if offered && !w.holdsDocument(raw, document) {
			if mark := w.look.MarkOf(id, answers, told); mark != "" {
				marks[document] = mark
			}
		}
	}
	return marks
}

// holdsDocument reports whether a document is named as held.
func (w *walker) holdsDocument(raw []int32, document int) bool {
	return w.Held >= 0 && raw[w.Program.Held]>>document&1 != 0
}

// unless lists what would make another answer of one that is enough: circumstances, and answers that the pages do not ask.
func (w *walker) unless(a Answers, out rules.Output) (list []Answer) {
	add := func(answer Answer, with Answers) {
		if other := w.Program.Decide(with.raw); differs(out, other) {
			list = append(list, answer)
		}
	}
	for _, group := range w.Circumstances {
		for _, v := range group.Values {
			if !slices.Contains(w.Secret, v) {
				add(Answer{Input: v.Input, Value: v.Value}, w.Tell(a, v))
			}
		}
	}
	for _, input := range w.unasked() {
		open := a.copy()
		open.raw[w.Program.Slot(input)] = rules.Missing
		q := w.Program.Next(open.raw, open.open)
		if q.Input != input {
			continue
		}
		if w.Program.Inputs[input].Kind == rules.Date {
			for _, days := range w.days(open, input) {
				add(days, w.Number(open, input, days.day()))
			}
		}
		for value := range w.Program.Names.Inputs[input].Values {
			if value != w.Inputs[input].Unknown && matters(q, value) {
				add(Answer{Input: input, Value: value}, w.give(open, input, value))
			}
		}
	}
	return list
}

// differs reports whether two decisions tell somebody to do something else.
func differs(a, b rules.Output) bool {
	return a.Outcome != b.Outcome || a.Enough != b.Enough || !slices.Equal(a.Bring[:min(1, len(a.Bring))], b.Bring[:min(1, len(b.Bring))])
}

// day is one of the days that an answer may mean.
func (a *Answer) day() int32 {
	if a.From == rules.NoDay {
		return a.Until
	}
	return a.From
}

// fewLinks are the most of a question that stands on the page of the one before it.
const fewLinks = 3

// short reports whether a page is a question that can stand on the page of the one before it.
func (p *Page) short() bool { return (p.Kind == Asks || p.Kind == Besides) && len(p.Links) <= fewLinks }

// inOrder numbers the pages that can be reached in the order in which they are met, and leaves out the others.
func (w *walker) inOrder(first, secret, told int) *Pages {
	o := &ordering{pages: w.pages, number: map[int]int{}}
	p := &Pages{Day: w.day}
	o.meet(first)
	p.Told, p.Secret = o.meet(told), o.meet(secret)
	for k := 0; k < len(o.order); k++ {
		page := w.pages[o.order[k]]
		page.Links = o.links(&page, true)
		p.Pages = append(p.Pages, page)
	}
	return p
}

// ordering numbers pages.
type ordering struct {
	pages  []Page
	number map[int]int
	order  []int
}

func (o *ordering) meet(page int) int {
	if page < 0 {
		return -1
	}
	n, ok := o.number[page]
	if !ok {
		n = len(o.order)
		o.number[page] = n
		o.order = append(o.order, page)
	}
	return n
}

// links returns the links of a page with the numbers that pages get. Short questions are put on the page itself, but not
// within one another.
func (o *ordering) links(page *Page, within bool) []Link {
	links := slices.Clone(page.Links)
	for k := range links {
		to := links[k].To
		if _, numbered := o.number[to]; !within || numbered || !o.pages[to].short() {
			links[k].To = o.meet(to)
			continue
		}
		then := o.pages[to]
		then.Links = o.links(&then, false)
		links[k].To, links[k].Then = -1, &then
	}
	return links
}
