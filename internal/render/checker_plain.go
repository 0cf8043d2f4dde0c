package render

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"sitegen/internal/rules"
	"sitegen/internal/site"
)

// The page without script is the whole interview written out: each question a section, each answer a link to the next.
// It is walked once for all languages, with the rules themselves; sections that say the same are one.

// plainWalk is the interview as a graph.
type plainWalk struct {
	sections []plainSection
	results  []plainResult
	first    plainLink // where it begins, and where those begin who must not use the card
	secret   plainLink
	also     []plainAlso
}

// plainLink leads to a section or, where result is set, to a result.
type plainLink struct {
	result bool
	number int
}

type plainSection struct {
	ask     plainAsk
	options []plainOption
}

// plainAsk is what a section asks: an input, or one of its own questions.
type plainAsk struct {
	input int
	more  bool // of what is held: what there is besides a certificate that does not count
}

type plainOption struct {
	of     int // the input
	value  int // of a choice or set; -1 for none of it
	region int // of a date: 1 for the earliest; 0 otherwise
	raw    int32
	to     plainLink
}

// plainResult is an outcome with what to bring; tell is what everybody who comes here is told.
type plainResult struct {
	outcome int
	keep    bool // it may not be enough
	bring   []int32
	tell    []int
}

// plainAlso is a circumstance with what it adds.
type plainAlso struct {
	value int
	tell  []int
}

type plainWalker struct {
	p                            *rules.Program
	look                         *site.Checker
	walk                         *plainWalk
	have                         int
	expiry                       int
	needs, card, insurer, change int
	regions                      map[int][]rules.Region
	asked                        map[[2]int]bool // values that the first section has asked
	known                        map[string]plainLink
	same                         map[string]plainLink
	visit                        int32
}

func walkPlain(s *site.Site, p *rules.Program, inputOf func(string) int, policy []int32) *plainWalk {
	w := &plainWalker{p: p, look: s.Checker, walk: &plainWalk{}, regions: map[int][]rules.Region{}, asked: map[[2]int]bool{}, known: map[string]plainLink{}, same: map[string]plainLink{}, visit: int32(s.Today),
		have: inputOf("have"), expiry: inputOf("cert_expiry"), needs: inputOf("needs"),
		card: inputOf("card_expiry"), insurer: inputOf("insurer"), change: inputOf("change")}
	raw := p.Unanswered()
	if policy != nil {
		copy(raw[policy[0]:], policy[1:])
	}
	raw[p.Visit] = w.visit
	w.walk.secret = w.secret(raw)
	w.walk.first = w.circumstances(raw)
	w.addAlso(raw)
	return w.walk
}

func (w *plainWalker) slot(input int) int { return w.p.Slot(input) }

// with returns the answers with one more.
func (w *plainWalker) with(raw []int32, input int, values ...int32) []int32 {
	raw = slices.Clone(raw)
	copy(raw[w.slot(input):], values)
	return raw
}

// mask is the raw answer to a set.
func (w *plainWalker) mask(input int, values ...int) []int32 {
	slots := make([]int32, w.p.Inputs[input].Slots)
	for _, v := range values {
		slots[v/31] |= 1 << (v % 31)
	}
	return slots
}

func (w *plainWalker) circumstances(raw []int32) plainLink {
	section := plainSection{ask: plainAsk{input: w.needs}}
	for _, entry := range w.look.PlainFirst {
		input := indexOfInput(w.p, entry.Key.Value)
		for _, id := range entry.Value {
			value := indexOf(w.p.Names.Inputs[input].Values, id.Value)
			answer := []int32{int32(value)}
			if w.p.Inputs[input].Kind == rules.Several {
				answer = w.mask(input, value)
			}
			to := w.leaf(w.with(raw, input, answer...))
			section.options = append(section.options, plainOption{of: input, value: value, raw: int32(value), to: to})
			w.asked[[2]int{input, value}] = true
		}
	}
	section.options = append(section.options, plainOption{of: w.needs, value: -1, to: w.held(raw)})
	return w.section(section)
}

func (w *plainWalker) secret(raw []int32) plainLink {
	dv := indexOf(w.p.Names.Inputs[w.needs].Values, "dv")
	return w.certificate(w.with(w.with(raw, w.needs, w.mask(w.needs, dv)...), w.have, w.mask(w.have, w.cert())...), w.next)
}

func (w *plainWalker) cert() int { return indexOf(w.p.Names.Documents, w.look.PlainPapers[0]) }

// held asks what is held, the certificate first.
func (w *plainWalker) held(raw []int32) plainLink {
	section := plainSection{ask: plainAsk{input: w.have}}
	for _, value := range indices(w.p.Names.Documents, w.look.PlainPapers) {
		to := plainLink{}
		answer := w.with(raw, w.have, w.mask(w.have, value)...)
		if value == w.cert() {
			to = w.certificate(answer, w.besides)
		} else {
			to = w.holding(answer, value)
		}
		section.options = append(section.options, plainOption{of: w.have, value: value, to: to})
	}
	section.options = append(section.options, plainOption{of: w.have, value: -1, to: w.next(w.with(raw, w.have, w.mask(w.have)...))})
	return w.section(section)
}

// certificate asks when the certificate expires; where it does not count, lapsed goes on.
func (w *plainWalker) certificate(raw []int32, lapsed func([]int32) plainLink) plainLink {
	return w.section(w.options(raw, w.expiry, func(o plainOption, answer []int32) plainLink {
		if o.region > 1 { // not before the visit
			return w.next(answer)
		}
		return lapsed(answer)
	}))
}

// besides asks what is held besides a certificate that does not count.
func (w *plainWalker) besides(raw []int32) plainLink {
	section := plainSection{ask: plainAsk{input: w.have, more: true}}
	for _, value := range indices(w.p.Names.Documents, w.look.PlainPapers[1:]) {
		section.options = append(section.options, plainOption{of: w.have, value: value, to: w.holding(w.with(raw, w.have, w.mask(w.have, w.cert(), value)...), value)})
	}
	section.options = append(section.options, plainOption{of: w.have, value: -1, to: w.next(raw)})
	return w.section(section)
}

// holding goes on after what is held. Of a card it is asked at once whether it has expired.
func (w *plainWalker) holding(raw []int32, value int) plainLink {
	if id := w.p.Names.Documents[value]; id != "my_number_card" && id != "smartphone" {
		return w.next(raw)
	}
	return w.expired(raw)
}

// expired asks whether the card has expired.
func (w *plainWalker) expired(raw []int32) plainLink {
	section := plainSection{ask: plainAsk{input: w.card}}
	for i, day := range []int32{w.visit - 1, min(w.p.Inputs[w.card].Hi, w.visit+3660)} {
		section.options = append(section.options, plainOption{of: w.expiry, region: i + 1, to: w.next(w.with(raw, w.card, day))})
	}
	return w.section(section)
}

// next asks what the rules would ask next.
func (w *plainWalker) next(raw []int32) plainLink {
	input := w.p.Next(raw, nil).Input
	if input < 0 {
		return w.leaf(raw)
	}
	// Which insurance it is decides only for those who moved, and they have been asked; public assistance and none were
	// asked first.
	if input == w.insurer {
		return w.next(w.with(raw, input, w.p.Inputs[input].Default))
	}
	key := fmt.Sprint(input) + w.p.Rest(raw, nil)
	if known, ok := w.known[key]; ok {
		return known
	}
	link := w.section(w.options(raw, input, func(o plainOption, answer []int32) plainLink {
		if o.region > 0 {
			return w.next(answer)
		}
		// What belongs together is asked at once: then the ways meet again, and the page stays light.
		switch names := w.p.Names.Inputs[input]; names.ID + " " + names.Values[o.value] {
		case "card owned", "card left_at_home":
			return w.expired(answer)
		case "change moved":
			return w.section(w.options(answer, w.insurer, func(_ plainOption, answer []int32) plainLink { return w.next(answer) }))
		}
		return w.next(answer)
	}))
	w.known[key] = link
	return link
}

// options are the answers to a choice or a date, each followed.
func (w *plainWalker) options(raw []int32, input int, follow func(plainOption, []int32) plainLink) plainSection {
	section := plainSection{ask: plainAsk{input: input}}
	in := w.p.Inputs[input]
	if in.Kind == rules.Date {
		const years = 3660
		if w.regions[input] == nil { // seen from the visit they are the same for everybody
			w.regions[input] = w.p.Regions(raw, w.slot(input), max(in.Lo, w.visit-years), min(in.Hi, w.visit+years))
		}
		for i, region := range w.regions[input] {
			section.options = append(section.options, plainOption{of: input, region: i + 1, raw: (region.From + region.Until) / 2})
		}
		for i := range in.Specials {
			section.options = append(section.options, plainOption{of: input, value: i, raw: rules.Missing + 1 + int32(i)})
		}
	} else {
		for i := range w.p.Names.Inputs[input].Values {
			if !w.asked[[2]int{input, i}] {
				section.options = append(section.options, plainOption{of: input, value: i, raw: int32(i)})
			}
		}
	}
	for i, o := range section.options {
		section.options[i].to = follow(o, w.with(raw, input, o.raw))
	}
	return section
}

// section keeps a section, unless there is one that says the same, or every answer leads to the same place: then there
// is nothing to ask.
func (w *plainWalker) section(s plainSection) plainLink {
	first := s.options[0].to
	if !slices.ContainsFunc(s.options, func(o plainOption) bool { return o.to != first }) {
		return first
	}
	key := fmt.Sprint(s)
	if known, ok := w.same[key]; ok {
		return known
	}
	link := plainLink{number: len(w.walk.sections)}
	w.walk.sections = append(w.walk.sections, s)
	w.same[key] = link
	return link
}

func (w *plainWalker) leaf(raw []int32) plainLink {
	out := w.p.Run(raw)
	for i := range w.walk.results {
		r := &w.walk.results[i]
		if r.outcome == out.Outcome && r.keep == (out.Enough != rules.Yes) && slices.Equal(r.bring, out.Bring) {
			r.tell = slices.DeleteFunc(r.tell, func(note int) bool { return !slices.Contains(out.Tell, note) })
			return plainLink{true, i}
		}
	}
	w.walk.results = append(w.walk.results, plainResult{out.Outcome, out.Enough != rules.Yes, out.Bring, out.Tell})
	return plainLink{true, len(w.walk.results) - 1}
}

// addAlso finds what each circumstance adds for people with a usable card, with a certificate, and with nothing.
func (w *plainWalker) addAlso(raw []int32) {
	card := indexOf(w.p.Names.Documents, "my_number_card")
	bases := [][]int32{
		w.with(raw, w.have, w.mask(w.have)...),
		w.with(w.with(raw, w.have, w.mask(w.have, w.cert())...), w.expiry, w.visit+1),
		w.with(raw, w.have, w.mask(w.have, card)...),
	}
	last := indexOfInput(w.p, "last_use")
	bases[2][w.slot(last)] = 0
	for value, id := range w.p.Names.Inputs[w.needs].Values {
		if id == "dv" || w.asked[[2]int{w.needs, value}] {
			continue
		}
		also := plainAlso{value: value}
		for _, base := range bases {
			before, after := w.p.Run(base), w.p.Run(w.with(base, w.needs, w.mask(w.needs, value)...))
			for _, note := range after.Tell {
				if !slices.Contains(before.Tell, note) && !slices.Contains(also.tell, note) {
					also.tell = append(also.tell, note)
				}
			}
		}
		if len(also.tell) > 0 {
			w.walk.also = append(w.walk.also, also)
		}
	}
}

func indexOfInput(p *rules.Program, id string) int {
	return slices.IndexFunc(p.Names.Inputs, func(in rules.InputNames) bool { return in.ID == id })
}

// indices are the places of ids in a list.
func indices(list, ids []string) []int {
	found := []int{}
	for _, id := range ids {
		if i := slices.Index(list, id); i >= 0 {
			found = append(found, i)
		}
	}
	return found
}

func indexOf(list []string, id string) int { return slices.Index(list, id) }

// The page's view: everything as words.
type plainView struct {
	First, Secret string
	Sections      []plainSectionView
	Results       []plainResultView
	Also          []plainAlsoView
	Lead          site.Phrase
}

type plainSectionView struct {
	ID      string
	Title   site.Phrase
	Hint    site.Phrase
	Options []plainOptionView
}

type plainOptionView struct {
	Text site.Phrase
	To   string
}

type plainResultView struct {
	ID    string
	Words site.OutcomeWords
	Bring template.HTML
	Tell  []site.Phrase
	Keep  bool
}

type plainAlsoView struct {
	Name site.Phrase
	Tell []site.Phrase
}

func (l plainLink) id() string {
	if l.result {
		return "r" + fmt.Sprint(l.number)
	}
	return "q" + fmt.Sprint(l.number)
}

func (e *edition) plainView() *plainView {
	walk, words := e.r.checker.walk(), e.Checker
	p := e.r.checker.Program
	v := &plainView{First: walk.first.id(), Secret: walk.secret.id(), Lead: words.Page["noscript_lead"].With("date", e.Date(e.r.site.Today))}
	for i, section := range walk.sections {
		v.Sections = append(v.Sections, e.plainSection(plainLink{number: i}.id(), section))
	}
	slices.Reverse(v.Sections) // what is asked first was finished last
	for i, result := range walk.results {
		r := plainResultView{ID: plainLink{true, i}.id(), Words: words.Outcomes[p.Names.Outcomes[result.outcome]], Bring: e.plainBring(result.bring)}
		r.Keep = result.keep
		for _, note := range result.tell {
			if id := p.Names.Notes[note]; slices.Contains(e.r.site.Checker.Steps, id) || id == e.r.site.Checker.NotEnough.Pay {
				r.Tell = append(r.Tell, words.Notes[id])
			}
		}
		v.Results = append(v.Results, r)
	}
	needs := p.Names.Inputs[indexOfInput(p, "needs")]
	for _, also := range walk.also {
		view := plainAlsoView{Name: words.Questions["needs"].Values[needs.Values[also.value]].Name}
		for _, note := range also.tell[:1] { // the most important; the page must stay light
			view.Tell = append(view.Tell, words.Notes[p.Names.Notes[note]])
		}
		v.Also = append(v.Also, view)
	}
	return v
}

func (e *edition) plainSection(id string, s plainSection) plainSectionView {
	p, words := e.r.checker.Program, e.Checker
	names := p.Names.Inputs[s.ask.input]
	question := words.Questions[names.ID]
	v := plainSectionView{ID: id, Title: question.Title}
	if names.ID == "have" {
		v.Hint = words.Page["noscript_first"]
	}
	none := words.Page["none_apply"]
	if names.ID == "have" {
		none = words.Page["have_none"]
	}
	for _, o := range s.options {
		names := p.Names.Inputs[o.of]
		question := words.Questions[names.ID]
		text := none
		switch {
		case o.region > 0 && o.region <= len(question.Regions):
			text = question.Regions[o.region-1]
		case o.value >= 0 && o.value == names.Unknown:
			text = question.Unknown
		case o.value >= 0:
			text = question.Values[names.Values[o.value]].Name
		}
		to := o.to.id()
		// Answers that lead to the same place share a link.
		if i := slices.IndexFunc(v.Options, func(known plainOptionView) bool { return known.To == to }); i >= 0 {
			v.Options[i].Text.HTML += "<br>" + text.HTML
		} else {
			v.Options = append(v.Options, plainOptionView{text, to})
		}
	}
	return v
}

// plainBring writes alternatives with "or" between them.
func (e *edition) plainBring(sets []int32) template.HTML {
	words := e.Checker
	if len(sets) == 0 {
		return words.Page["nothing_known"].HTML
	}
	var alternatives []string
	for _, set := range sets {
		var papers []string
		for i, id := range e.r.checker.Program.Names.Documents {
			if set>>i&1 != 0 {
				papers = append(papers, "<b>"+string(words.Documents[id].Name.HTML)+"</b>")
			}
		}
		if papers == nil {
			return words.Page["nothing_needed"].HTML
		}
		alternatives = append(alternatives, strings.Join(papers, " "+string(words.Page["and"].HTML)+" "))
	}
	return template.HTML("<ul><li>" + strings.Join(alternatives, "<li>"+string(words.Page["or"].HTML)+" ") + "</ul>")
}

func (e *edition) checkerPlainPage(w *bytes.Buffer) error {
	p := place{kind: "checker-plain", path: site.CheckerPlainPath}
	s := e.checkerShell(p, e.Checker.Page["noscript_title"])
	s.Script = "" // it is for those who have none
	var out bytes.Buffer
	if err := e.page(&out, p, &s, checkerView{shell: &s, Words: e.Checker.Page, Plain: e.plainView()}); err != nil {
		return err
	}
	_, err := shortRuby.WriteString(w, out.String())
	return err
}

// shortRuby leaves out the end tags that HTML does not need: there are a thousand readings on the page.
var shortRuby = strings.NewReplacer("<rp>(</rp><rt>", "<rp>(<rt>", "</rt><rp>)</rp></ruby>", "<rp>)</ruby>")
