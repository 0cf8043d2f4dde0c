package interview

import (
	"fmt"
	"slices"

	"sitegen/internal/checkerpage"
	"sitegen/internal/table"
)

// Pages are the interview written out for one day: each step is a page, and each answer a link to the next page. Pages that
// would show the same are one page.
type Pages struct {
	Day     int32
	Pages   []Page // the first is where everybody begins
	Secret  int    // the page to which the neutral line for secret values leads, or -1
	LeftOut int    // the page for everything that the other pages do not cover
	// SecretLeftOut is the page for everything that the pages behind the neutral line do not cover, or -1.
	SecretLeftOut int
}

// PageKind is what a page is for.
type PageKind uint8

// The kinds of page.
const (
	Asks      PageKind = iota // a question
	Besides                   // a question: which documents are held in addition to one that was named
	Concludes                 // what somebody is told
	LeavesOut                 // what to do if no other page covers somebody, with links for circumstances that decide by themselves
)

// Page is one step of the interview, or says what somebody is told.
type Page struct {
	Kind    PageKind
	Input   int // the input that the question asks for; only for Asks and Besides
	Wording int // the held document that the question mentions, or -1
	Links   []Link
	Outcome *Outcome // what the page tells; only for Concludes
	Always  *Always  // only for the page SecretLeftOut; nil for the others
	// Usual is true if this page can be reached from the first page, and Secret if it can be reached from the neutral line.
	Usual, Secret bool
}

// Link leads to a different page or, if the next question is short, to that question on the same page (Then). All its answers lead to the
// same questions and the same result.
type Link struct {
	Answers []Answer
	To      int
	Then    *Page // the next question, if it is short enough for the same page; To is then -1
}

// AnswerKind is what an answer on a page says.
type AnswerKind uint8

// The kinds of answer.
const (
	OneValue AnswerKind = iota // a value
	NotKnown                   // "I don't know"
	Nothing                    // none of the values offered
	Days                       // a day from From to Until
	WithMore                   // the value, and at least one more
	Other                      // an answer that the page does not list
	Neutral                    // the neutral line for secret values; paths begin with it, but no link of a page has it
)

// Answer is one answer, as a page names it.
type Answer struct {
	Kind        AnswerKind
	Input       int
	Value       int
	From, Until int32  // for Days: the first and the last day; table.NoDay if the period is open at that end
	Group       string // the key of the heading over the answer, or ""
}

// Outcome is what people are told at the end of a path. Except for Some, it is the same for everybody who comes there.
type Outcome struct {
	Outcome  int
	Enough   table.Level
	Bring    []int32
	Also     int32
	NotAlone int32
	Tell     []int
	Wording  int  // the note on which the words of the outcome depend, or -1
	General  bool // whether somebody who comes here is not insured with the site's insurer, so that the words must not name it
	// Marks has, by the number of each document that is offered and not held, the key of the word that the page shows beside the document.
	// The key is "" if the page shows no word beside it.
	Marks map[int]string
	// Some are notes and documents for only some of the people who come here.
	Some []Conditional
	// Remedies are what would help everybody who comes here (see [table.Program.Better]).
	Remedies []table.Remedied
	// Unless has answers that were not asked for. With each of them the level, the outcome or the first alternative would differ.
	Unless []Answer
}

// years limits the days that the pages distinguish in a date. They lie at most this many years before or after the visit.
const years = 15

// Pages writes the interview out for a day. If possible, the neutral line leads to the same conclusions as the other answers. It leads to a
// conclusion of its own if people with the same answers are told something that secret values rule out, or if documents are held and not
// offered: their title is different for people with secret values.
func (i *Interview) Pages(day int32) *Pages {
	apart := map[string]bool{}
	for {
		p, known := i.pages(day, apart), len(apart)
		arrivals := i.arrivals(p)
		for _, a := range arrivals {
			if a.page.Kind == Concludes {
				a.page.Outcome.General = a.page.Outcome.General || a.elsewhere
			}
		}
		for _, o := range i.addConditionals(p, arrivals) {
			apart[o.key()] = true
		}
		for _, page := range p.Pages {
			if page.Usual && page.Secret && page.Outcome.listsHeld() {
				apart[page.Outcome.key()] = true
			}
		}
		if len(apart) == known {
			if p.SecretLeftOut >= 0 {
				p.Pages[p.SecretLeftOut].Always, _ = i.always(day, arrivals)
			}
			return p
		}
	}
}

// pages writes the interview out. For an outcome whose key is in `apart`, the neutral line leads to a conclusion of its own.
func (i *Interview) pages(day int32, apart map[string]bool) *Pages {
	w := &explorer{Interview: i, day: day, apart: apart, limits: i.limits(), met: map[string]int{}, same: map[string]int{}, ranges: map[int][]Answer{}, results: map[string]int{}}
	a := w.close(i.Start(day))
	w.pages = []Page{{Kind: LeavesOut}, {Kind: LeavesOut, Always: &Always{}}}
	usual, hidden := w.decided(a)
	w.pages[leftOut].Links, w.pages[secretLeftOut].Links = usual, hidden
	first, secret := w.pageOf(a), -1
	if len(i.Secret) > 0 {
		secret = w.pageOf(i.Tell(a, i.Secret...))
	}
	return w.inOrder(first, secret)
}

// limits returns what the pages offer and ask. If page.yaml sets no limits, the pages offer all documents.
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

// The indexes of the LeavesOut pages, which are written first: the page for most people, and the one for people with secret values.
const (
	leftOut = iota
	secretLeftOut
)

// leavesOut returns the index of the LeavesOut page for these answers.
func (w *explorer) leavesOut(a Answers) int {
	if w.Program.IsSecret(a.raw) {
		return secretLeftOut
	}
	return leftOut
}

// explorer follows every answer, and writes the pages.
type explorer struct {
	*Interview
	day     int32
	apart   map[string]bool // by the key of an outcome: whether people with secret values get a conclusion of their own
	limits  *checkerpage.NoScript
	pages   []Page
	met     map[string]int   // by the key from pageOf, which includes the method `rest`: the index of the page
	same    map[string]int   // by the content of a page, as a text: the index of the page
	results map[string]int   // by the main parts of an outcome, as a text: the index of the page
	ranges  map[int][]Answer // by input: the periods of its days
}

// asked reports whether the pages ask for an input.
func (w *explorer) asked(input int) bool {
	return input == w.Held || w.look.NoScript == nil || slices.Contains(w.limits.Ask, w.Program.Names.Inputs[input].ID)
}

// close sets the inputs for which the pages do not ask to their defaults.
func (w *explorer) close(a Answers) Answers {
	for _, input := range w.unasked() {
		a = w.leave(a, input)
	}
	return a
}

// pageOf returns the index of the page for these answers. It writes the page if there is none yet.
func (w *explorer) pageOf(a Answers) int {
	rest := fmt.Sprint(w.rest(a), w.Program.IsSecret(a.raw)) // people with secret values come to a LeavesOut page of their own
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

// rest returns a key for everything that can still follow from these answers. An input for which the pages do not ask counts
// as open if it has its default, so the key also covers what an answer to it could change.
func (w *explorer) rest(a Answers) string {
	raw := a.Raw()
	for _, input := range w.unasked() {
		if slot := w.Program.Slot(input); raw[slot] == w.Program.Inputs[input].Default {
			raw[slot] = table.Missing
		}
	}
	return w.Program.Rest(raw, a.open)
}

// unasked lists the inputs for which the interview can ask but the pages do not, in the order of the interview.
func (w *explorer) unasked() (inputs []int) {
	for _, ask := range w.Program.Asks {
		if !w.asked(ask.Input) && !slices.Contains(inputs, ask.Input) {
			inputs = append(inputs, ask.Input)
		}
	}
	return inputs
}

// holds returns the page that asks which documents somebody holds. Its answers are: each document alone, the
// document of limits.With together with a further one, no document, and anything else.
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
	page.add(Answer{Kind: Other, Input: w.Held}, w.leavesOut(a))
	return w.keep(page)
}

// add adds a link to a page.
func (p *Page) add(a Answer, to int) { p.Links = append(p.Links, Link{Answers: []Answer{a}, To: to}) }

// papers returns the values of the documents in `ids` that the step offers.
func (w *explorer) papers(step Step, ids []string) (values []int) {
	for _, id := range ids {
		value := slices.Index(w.Program.Names.Documents, id)
		if slices.ContainsFunc(step.Options, func(o Option) bool { return o.Kind == IsValue && o.Value == value }) {
			values = append(values, value)
		}
	}
	return values
}

// besides returns the page that asks which document somebody holds in addition to the one in `a`.
func (w *explorer) besides(a Answers) int {
	page := Page{Kind: Besides, Input: w.Held, Wording: -1}
	for _, id := range w.limits.With.Papers {
		value := slices.Index(w.Program.Names.Documents, id)
		page.add(Answer{Input: w.Held, Value: value}, w.pageOf(w.leave(w.give(a, w.Held, value), w.Held)))
	}
	page.add(Answer{Kind: Other, Input: w.Held}, w.leavesOut(a))
	return w.keep(page)
}

// asks returns the page of a question. Answers in groups are on the same page, under their headings.
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

// inGroups adds the answers in groups. Some answers lead to a further yes/no question (see [Further]). Below the last answer that leads
// to such a question, it also lists the "yes" of that question, as an answer of this page.
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

// question is the page of a question while it is being written.
type question struct {
	w     *explorer
	a     Answers
	input int
	in    *Input
	page  Page
	out   []int // values that the pages leave out
	left  bool  // whether a true answer may be missing from the page: a value in `out`, or a circumstance
}

func (w *explorer) question(a Answers, step Step) *question {
	id := w.Program.Names.Inputs[step.Input].ID
	return &question{w: w, a: a, input: step.Input, in: &w.Inputs[step.Input],
		page: Page{Kind: Asks, Input: step.Input, Wording: w.Wording(a, step.Input)}, left: w.Inputs[step.Input].Elsewhere != "", out: w.values(step.Input, w.limits.LeaveOut[id])}
}

func (q *question) add(answer Answer, with Answers) {
	answer.Input = q.input
	q.page.add(answer, q.w.pageOf(with))
}

// value adds the value of an option as an answer. For a set, the answer is this value alone. If the pages leave this value
// out, no answer is added and q.left is set.
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

// finish returns the page after adding the last answers: "something else" if an answer was left out, and "I don't know" if the
// input has a value for it.
func (q *question) finish() Page {
	if q.left {
		q.page.add(Answer{Kind: Other, Input: q.input}, q.w.leavesOut(q.a))
	}
	if q.in.Unknown >= 0 {
		q.add(Answer{Kind: NotKnown, Value: q.in.Unknown}, q.w.give(q.a, q.input, q.in.Unknown))
	}
	return q.page
}

// days divides the possible answers to a date into periods, the earliest first. The periods depend only on the day of the visit, so they
// are the same for everybody.
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

// keep adds a page and returns its index. If an existing page shows the same, it returns the index of that page instead. If
// every answer to a question leads to the same page, there is nothing to ask, and it returns the index of that page.
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

// together joins links that lead to the same page and have the same heading.
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

// decided returns the links of the two LeavesOut pages to conclusions. There is a link for each circumstance that alone decides the result,
// whatever somebody holds, and whether or not secret values apply. The first list is for people without secret values, the second for people
// with them.
func (w *explorer) decided(a Answers) (usual, secret []Link) {
	var pages [2]Page
	for _, group := range w.Circumstances {
		for _, v := range group.Values {
			if slices.Contains(w.Secret, v) {
				continue
			}
			with := [2]Answers{w.Tell(a, v), w.Tell(w.Tell(a, w.Secret...), v)}
			if w.Next(with[0]).Kind != Result || w.Next(with[1]).Kind != Result {
				continue
			}
			for k := range pages {
				pages[k].add(Answer{Input: v.Input, Value: v.Value, Group: group.Title}, w.result(with[k]))
			}
		}
	}
	return together(pages[0].Links), together(pages[1].Links)
}

// day returns one of the days that an answer of the kind Days may mean.
func (a *Answer) day() int32 {
	if a.From == table.NoDay {
		return a.Until
	}
	return a.From
}

// A question with at most fewLinks links is put on the page that leads to it. A page has at most mostDeep such questions in a row.
const (
	fewLinks = 3
	mostDeep = 2
)

// short reports whether a page is a question that can be put on the page before it.
func (p *Page) short() bool { return (p.Kind == Asks || p.Kind == Besides) && len(p.Links) <= fewLinks }

// inOrder drops the pages that cannot be reached, and numbers the others. The pages `first` and leftOut come first, and then, if `secret` is
// not -1, the pages `secret` and secretLeftOut. The others follow in the order in which links lead to them.
func (w *explorer) inOrder(first, secret int) *Pages {
	o := &ordering{pages: w.pages, number: map[int]int{}}
	p := &Pages{Day: w.day}
	o.meet(first)
	p.LeftOut = o.meet(leftOut)
	if p.Secret, p.SecretLeftOut = -1, -1; secret >= 0 {
		p.Secret, p.SecretLeftOut = o.meet(secret), o.meet(secretLeftOut)
	}
	for k := 0; k < len(o.order); k++ {
		page := w.pages[o.order[k]]
		page.Links = o.links(&page, mostDeep)
		p.Pages = append(p.Pages, page)
	}
	p.reach(0, func(page *Page) *bool { return &page.Usual })
	if p.Secret >= 0 {
		p.reach(p.Secret, func(page *Page) *bool { return &page.Secret })
	}
	return p
}

// reach sets a mark of a page and of every page that can be reached from it.
func (p *Pages) reach(page int, mark func(*Page) *bool) {
	if *mark(&p.Pages[page]) {
		return
	}
	*mark(&p.Pages[page]) = true
	p.Pages[page].eachLink(func(link *Link) { p.reach(link.To, mark) })
}

// eachLink calls f for each link to a different page, including those of questions that are put on this page.
func (p *Page) eachLink(f func(*Link)) {
	for k := range p.Links {
		if link := &p.Links[k]; link.Then != nil {
			link.Then.eachLink(f)
		} else {
			f(link)
		}
	}
}

// ordering numbers pages in the order in which meet is first called for them.
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

// links returns the links of a page with the final numbers of pages. It puts short questions on the page itself, up to
// `deep` of them one after the other.
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
