package interview

import (
	"fmt"
	"slices"

	"sitegen/internal/checkerpage"
	"sitegen/internal/table"
)

// Pages are the interview written out for one day: each step a page, each answer a link to the next one. Pages that would
// show the same are one.
type Pages struct {
	Day     int32
	Pages   []Page // the first is where everybody begins
	Secret  int    // where the neutral line leads; -1 where there is none
	LeftOut int    // where everything leads that the pages leave out
}

// PageKind is what a page is for.
type PageKind uint8

// The kinds of page.
const (
	Asks      PageKind = iota // a question
	AsksMore                  // the answers to a question that stand in groups
	Besides                   // what is held besides a document that was named
	Concludes                 // what somebody is told
	LeavesOut                 // what the pages do not know of: to call and to take everything along, and which circumstances have an answer
)

// Page is one step, or what it all leads to.
type Page struct {
	Kind    PageKind
	Input   int // of Asks and Besides
	Wording int // the held document of which the question speaks; -1 for none
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
	From, Until int32  // table.NoDay where the days have no such end
	Group       string // the word of the page over it
}

// Outcome is what somebody is told. What depends on more than the pages ask is left out of it.
type Outcome struct {
	Outcome  int
	Enough   table.Level
	Bring    []int32
	Also     int32
	NotAlone int32
	Tell     []int
	Wording  int // the note with which the words of the outcome are others; -1 for none
	// Marks are what is said of each document that is offered and not held: a word of the page; "" where none is given.
	Marks map[int]string
	// Remedies are what would make it enough, for everybody who comes here.
	Remedies []table.Remedied
	// Unless are answers that were not asked and with which it would not be enough, or something else would.
	Unless []Answer
}

// years is how far from the visit a day is looked for that is answered.
const years = 15

// Pages writes the interview out for a day.
func (i *Interview) Pages(day int32) *Pages {
	w := &explorer{Interview: i, day: day, limits: i.limits(), met: map[string]int{}, same: map[string]int{}, ranges: map[int][]Answer{}, results: map[string]int{}}
	a := w.close(i.Start(day))
	w.pages = []Page{{Kind: LeavesOut}}
	w.pages[leftOut].Links = w.decided(a)
	first, secret := w.pageOf(a), -1
	if len(i.Secret) > 0 {
		secret = w.pageOf(i.Tell(a, i.Secret...))
	}
	return w.inOrder(first, secret)
}

// limits are what the pages offer and ask: all of it where page.yaml says nothing.
func (i *Interview) limits() *checkerpage.NoScript {
	if i.look.NoScript != nil {
		return i.look.NoScript
	}
	all := &checkerpage.NoScript{}
	if i.Held >= 0 {
		all.Papers = i.Program.Names.Inputs[i.Held].Values
	}
	return all
}

// leftOut is the number of the page of what is left out, the first to be written.
const leftOut = 0

// explorer follows every answer, and writes a page for each that leads on.
type explorer struct {
	*Interview
	day     int32
	limits  *checkerpage.NoScript
	pages   []Page
	met     map[string]int   // the page of whoever has the same rest
	same    map[string]int   // the page that shows the same
	results map[string]int   // the answer of an outcome
	ranges  map[int][]Answer // of a date: the same for everybody
}

// asked reports whether the pages ask an input.
func (w *explorer) asked(input int) bool {
	return input == w.Held || w.look.NoScript == nil || slices.Contains(w.limits.Ask, w.Program.Names.Inputs[input].ID)
}

// close answers with their default what the pages do not ask.
func (w *explorer) close(a Answers) Answers {
	for _, input := range w.unasked() {
		a = w.leave(a, input)
	}
	return a
}

// pageOf returns the page for somebody.
func (w *explorer) pageOf(a Answers) int {
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
func (w *explorer) rest(a Answers) string {
	raw := a.Raw()
	for _, input := range w.unasked() {
		if slot := w.Program.Slot(input); raw[slot] == w.Program.Inputs[input].Default {
			raw[slot] = table.Missing
		}
	}
	return w.Program.Rest(raw, a.open)
}

// unasked lists the inputs that somebody could be asked and the pages do not ask, in the order of asking.
func (w *explorer) unasked() (inputs []int) {
	for _, ask := range w.Program.Asks {
		if !w.asked(ask.Input) && !slices.Contains(inputs, ask.Input) {
			inputs = append(inputs, ask.Input)
		}
	}
	return inputs
}

// holds asks what somebody holds: one thing, one with another, or nothing.
func (w *explorer) holds(a Answers, step Step) int {
	page := Page{Kind: Asks, Input: w.Held, Wording: -1}
	with := slices.Index(w.Program.Names.Documents, w.limits.With.Document)
	for _, value := range w.papers(step, w.limits.Papers) {
		one := w.give(a, w.Held, value)
		page.add(Answer{Input: w.Held, Value: value}, w.pageOf(w.leave(one, w.Held)))
		if value == with {
			page.add(Answer{Kind: WithMore, Input: w.Held, Value: value}, w.besides(one))
		}
	}
	page.add(Answer{Kind: Nothing, Input: w.Held}, w.pageOf(w.leave(a, w.Held)))
	page.add(Answer{Kind: Other, Input: w.Held}, leftOut)
	return w.keep(page)
}

// add adds a link to a page.
func (p *Page) add(a Answer, to int) { p.Links = append(p.Links, Link{Answers: []Answer{a}, To: to}) }

// papers are those documents of a list that can matter to somebody.
func (w *explorer) papers(step Step, ids []string) (values []int) {
	for _, id := range ids {
		value := slices.Index(w.Program.Names.Documents, id)
		if slices.ContainsFunc(step.Options, func(o Option) bool { return o.Kind == IsValue && o.Value == value }) {
			values = append(values, value)
		}
	}
	return values
}

// besides asks what is held besides a document.
func (w *explorer) besides(a Answers) int {
	page := Page{Kind: Besides, Input: w.Held, Wording: -1}
	for _, id := range w.limits.With.Papers {
		value := slices.Index(w.Program.Names.Documents, id)
		page.add(Answer{Input: w.Held, Value: value}, w.pageOf(w.leave(w.give(a, w.Held, value), w.Held)))
	}
	page.add(Answer{Kind: Other, Input: w.Held}, leftOut)
	return w.keep(page)
}

// asks puts a question. Answers that stand in groups stand on the same page, under their headings.
func (w *explorer) asks(a Answers, step Step) int {
	q := w.question(a, step)
	if in := &w.Program.Inputs[step.Input]; in.Kind == table.Date {
		for _, days := range w.days(a, step.Input) {
			q.add(days, w.Number(a, step.Input, days.day()))
		}
	}
	for _, o := range step.Options {
		switch {
		case o.Kind == IsValue:
			q.value(o)
		case o.Kind == Opens:
			q.inGroups()
		case o.Kind == None:
			q.add(Answer{Kind: Nothing}, w.leave(a, step.Input))
		}
	}
	return w.keep(q.finish())
}

// inGroups adds the answers that stand in groups. What is answered by saying yes to something further stands behind the
// last answer of which that is asked.
func (q *question) inGroups() {
	more := q.a
	more.stage = grouped
	options := q.w.Next(more).Options
	for k, o := range options {
		if o.Kind != IsValue {
			continue
		}
		q.value(o)
		f := q.in.further(o.Value)
		again := func(later Option) bool { return later.Kind == IsValue && slices.Contains(f.Of, later.Value) }
		if f != nil && !slices.ContainsFunc(options[k+1:], again) {
			q.value(Option{Value: f.Yes, Group: o.Group})
		}
	}
}

// question is a page of a question that is being written.
type question struct {
	w     *explorer
	a     Answers
	input int
	in    *Input
	page  Page
	out   []int // values that the pages leave out
	left  bool  // whether one of them could be answered
}

func (w *explorer) question(a Answers, step Step) *question {
	id := w.Program.Names.Inputs[step.Input].ID
	return &question{w: w, a: a, input: step.Input, in: &w.Inputs[step.Input],
		page: Page{Kind: Asks, Input: step.Input, Wording: w.Wording(a, step.Input)}, out: w.values(step.Input, w.limits.LeaveOut[id])}
}

func (q *question) add(answer Answer, with Answers) {
	answer.Input = q.input
	q.page.add(answer, q.w.pageOf(with))
}

// value adds an answer that is a value, and of a set nothing else.
func (q *question) value(o Option) {
	if slices.Contains(q.out, o.Value) {
		q.left = true
		return
	}
	with := q.w.give(q.a, q.input, o.Value)
	if q.w.Program.Inputs[q.input].Kind == table.Several {
		with = q.w.leave(with, q.input)
	}
	q.add(Answer{Value: o.Value, Group: o.Group}, with)
}

// finish adds the answers that come last.
func (q *question) finish() Page {
	if q.left {
		q.page.add(Answer{Kind: Other, Input: q.input}, leftOut)
	}
	if q.in.Unknown >= 0 {
		q.add(Answer{Kind: NotKnown, Value: q.in.Unknown}, q.w.give(q.a, q.input, q.in.Unknown))
	}
	return q.page
}

// days lists the periods in which a day can lie, the earliest first. Seen from the visit they are the same for everybody.
func (w *explorer) days(a Answers, input int) []Answer {
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
			days.From = table.NoDay
		}
		if k == len(regions)-1 {
			days.Until = table.NoDay
		}
		list = append(list, days)
	}
	w.ranges[input] = list
	return list
}

// keep keeps a page, unless there is one that shows the same, or every answer leads to the same page: then there is
// nothing to ask.
func (w *explorer) keep(page Page) int {
	page.Links = together(page.Links)
	if links := page.Links; page.Kind == Asks && !slices.ContainsFunc(links, func(l Link) bool { return l.To != links[0].To }) {
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

// together joins the links of a group that lead to the same page.
func together(all []Link) (links []Link) {
	for _, link := range all {
		group := link.Answers[0].Group
		if k := slices.IndexFunc(links, func(l Link) bool { return l.To == link.To && l.Answers[0].Group == group }); k >= 0 {
			links[k].Answers = append(links[k].Answers, link.Answers...)
		} else {
			links = append(links, link)
		}
	}
	return links
}

// decided leads to the answers of circumstances that decide by themselves, whatever somebody holds, and whether or not
// what is secret applies.
func (w *explorer) decided(a Answers) []Link {
	page := Page{}
	for _, group := range w.Circumstances {
		for _, v := range group.Values {
			if slices.Contains(w.Secret, v) {
				continue
			}
			with, secret := w.Tell(a, v), w.Tell(w.Tell(a, w.Secret...), v)
			if w.Next(with).Kind != Result || w.Next(secret).Kind != Result {
				continue
			}
			if to := w.result(with); to == w.result(secret) {
				page.add(Answer{Input: v.Input, Value: v.Value, Group: group.Title}, to)
			}
		}
	}
	return together(page.Links)
}

// result is the page of what somebody is told. Notes that not everybody is told who comes there are left out.
func (w *explorer) result(a Answers) int {
	out := w.Program.Decide(a.raw)
	o := &Outcome{Outcome: out.Outcome, Enough: out.Enough, Bring: out.Bring, Also: out.Also, NotAlone: out.NotAlone, Tell: out.Tell,
		Wording: w.wording(out), Marks: w.marks(a.raw, out)}
	o.Remedies = w.Program.Better(a.raw)
	key := fmt.Sprint(o.Outcome, o.Enough, o.Bring, o.Wording, o.Marks)
	page, known := w.results[key]
	if !known {
		page = len(w.pages)
		w.results[key] = page
		w.pages = append(w.pages, Page{Kind: Concludes, Outcome: o})
	}
	better := o.Remedies
	o = w.pages[page].Outcome
	o.Remedies = w.shared(o.Remedies, better)
	o.Also &= out.Also
	o.NotAlone &= out.NotAlone
	o.Tell = slices.DeleteFunc(slices.Clone(o.Tell), func(note int) bool { return !slices.Contains(out.Tell, note) })
	if out.Enough == table.Yes {
		for _, answer := range w.unless(a, out) {
			if !slices.Contains(o.Unless, answer) {
				o.Unless = append(o.Unless, answer)
			}
		}
	}
	return page
}

// wording returns the note with which the words of an outcome are others; -1 where they are its own.
func (w *explorer) wording(out table.Output) int {
	for _, note := range w.Interview.told[out.Outcome] {
		if slices.Contains(out.Tell, note) {
			return note
		}
	}
	return -1
}

// marks returns what is said of documents that are offered and not held.
func (w *explorer) marks(raw []int32, out table.Output) map[int]string {
	names := &w.Program.Names
	var told []string
	for _, note := range out.Tell {
		told = append(told, names.Notes[note])
	}
	marks, answers, held := map[int]string{}, w.InIDs(raw), w.Program.Holds(raw)
	for document, id := range names.Documents {
		offered := slices.ContainsFunc(out.Bring, func(set int32) bool { return set>>document&1 != 0 })
		if offered && held>>document&1 == 0 {
			marks[document] = w.look.MarkOf(id, answers, told)
		}
	}
	return marks
}

// unless lists what would make another answer of one that is enough: circumstances, and answers that the pages do not ask.
func (w *explorer) unless(a Answers, out table.Output) (list []Answer) {
	add := func(answer Answer, with Answers) {
		if other := w.Program.Decide(with.raw); !table.SameFirst(out, other) {
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
		open.raw[w.Program.Slot(input)] = table.Missing
		q := w.Program.Next(open.raw, open.open)
		if q.Input != input {
			continue
		}
		if w.Program.Inputs[input].Kind == table.Date {
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

// day is one of the days that an answer may mean.
func (a *Answer) day() int32 {
	if a.From == table.NoDay {
		return a.Until
	}
	return a.From
}

// A question with at most fewLinks answers is put on the page of the question before it, at most mostDeep in a row.
const (
	fewLinks = 3
	mostDeep = 2
)

// short reports whether a page is a question that can stand on the page of the one before it.
func (p *Page) short() bool { return (p.Kind == Asks || p.Kind == Besides) && len(p.Links) <= fewLinks }

// inOrder numbers the pages that can be reached in the order in which they are met, and leaves out the others.
func (w *explorer) inOrder(first, secret int) *Pages {
	o := &ordering{pages: w.pages, number: map[int]int{}}
	p := &Pages{Day: w.day}
	o.meet(first)
	p.LeftOut = o.meet(leftOut)
	if p.Secret = -1; secret >= 0 {
		p.Secret = o.meet(secret)
	}
	for k := 0; k < len(o.order); k++ {
		page := w.pages[o.order[k]]
		page.Links = o.links(&page, mostDeep)
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
	n, ok := o.number[page]
	if !ok {
		n = len(o.order)
		o.number[page] = n
		o.order = append(o.order, page)
	}
	return n
}

// links returns the links of a page with the numbers that pages get. Short questions are put on the page itself, so many
// deep.
func (o *ordering) links(page *Page, deep int) []Link {
	links := slices.Clone(page.Links)
	for k := range links {
		to := links[k].To
		if deep == 0 || !o.pages[to].short() {
			links[k].To = o.meet(to)
			continue
		}
		then := o.pages[to]
		then.Links = o.links(&then, deep-1)
		links[k].To, links[k].Then = -1, &then
	}
	return links
}
