package checker

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sitegen/internal/checkerpage"
	"sitegen/internal/civil"
	"sitegen/internal/interview"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/table"
)

// The pages without script show the pages of package interview in words. If a page of an insurer's site shows the same as one of the
// general site and leads to the same pages, links point to the general one instead.

// noScript are a site's pages without script.
type noScript struct {
	pages  *interview.Pages
	views  map[*site.Language][]*View
	sums   []string // by page: the hash of what the page shows and leads to, in all languages
	shared []int    // by page: the number of the equal page of the general site, or -1 if there is no such page and this site has its own
}

// View is the data of the template of a page without script.
type View struct {
	First, LeftOut, Secret           string // addresses; "" if there is no such link
	Usual, Hidden                    bool   // Usual: whether links from the first page lead here. Hidden: whether links from the neutral line do.
	Title, Lead, Question, Hint, Day site.Phrase
	Groups                           []noScriptGroup
	Answer                           *noScriptAnswer
}

type noScriptGroup struct {
	Title site.Phrase
	Links []noScriptLink
}

// noScriptLink leads to a page, or has a short follow-up question on the same page.
type noScriptLink struct {
	Texts []site.Phrase
	Href  string
	Then  *View
	ID    string // the id by which links lead to the short question; "" if no link does

	to int
}

type noScriptAnswer struct {
	Words     site.OutcomeWords
	Spoken    string // the language spoken at reception
	CareFirst bool
	Enough    []site.Phrase // whether the papers are enough, and what to do if they are not
	Bring     markup.HTML
	Remedies  site.Phrase   // the title over Remedied
	Remedied  []site.Phrase // what would make, or might make, the papers enough
	Unless    []site.Phrase // who gets a different answer
	LeaveOut  site.Phrase   // what people should do whose situation is not in Unless
	Away      []site.Phrase // what people with secret values never bring; under HeldTitle too
	HeldTitle site.Phrase   // the title over NotAlone
	noScriptNotes
	Some []noScriptSection
}

// noScriptSection has what only some people are told. One section is for people who gave the answers of a line of If. Another, with a
// different title, is for people who gave those of no line.
type noScriptSection struct {
	Title site.Phrase
	Some  []noScriptSome
}

// noScriptSome is what some people are told. Depending on the section, they gave the answers of a line of If, or those of none of its
// lines.
type noScriptSome struct {
	If []site.Phrase
	noScriptNotes
}

// noScriptNotes are the documents and notes of a result: what is useful to have, what is not enough by itself, whom to call, what
// to do next, and everything else that is told.
type noScriptNotes struct{ Also, NotAlone, Calls, Steps, Tell []site.Phrase }

// writeOut makes the views of the pages. `general` has the pages of the site at the root; it is nil if s is that site.
func (s *Site) writeOut(pages *interview.Pages, general *noScript) {
	n := &noScript{pages: pages, views: map[*site.Language][]*View{}, sums: make([]string, len(pages.Pages))}
	for _, l := range s.site.Languages {
		for k := range pages.Pages {
			n.views[l] = append(n.views[l], s.in(l).noScriptView(pages, k))
		}
	}
	for k := range n.sums {
		n.shared = append(n.shared, -1)
		if sum := n.sum(s.site.Languages, k); general != nil {
			n.shared[k] = slices.Index(general.sums, sum)
		}
	}
	for _, l := range s.site.Languages {
		for k, view := range n.views[l] {
			view.each(func(link *noScriptLink) { link.Href = n.from(l, "", link.to) })
			n.addWays(l, k, view)
		}
	}
	s.noScript = n
}

// addWays adds the links at the end of a page. One of them leads to a page for what the pages leave out: LeftOut or, for people who came
// by the neutral line, SecretLeftOut. The first page has the neutral line itself. LeftOut, and pages to which both kinds of people come,
// have a neutral line that leads to SecretLeftOut.
func (n *noScript) addWays(l *site.Language, k int, view *View) {
	to := func(page int) string {
		if page < 0 || page == k {
			return ""
		}
		return n.from(l, "", page)
	}
	view.First, view.LeftOut = to(0), to(n.pages.LeftOut)
	switch {
	case k == 0:
		view.Secret = to(n.pages.Secret)
	case k == n.pages.LeftOut, view.Usual && view.Hidden:
		view.Secret = to(n.pages.SecretLeftOut)
	case view.Hidden:
		view.LeftOut = to(n.pages.SecretLeftOut)
	}
}

// sum returns the hash of what a page shows and leads to. Its recursion ends, because no page leads back to an earlier one.
func (n *noScript) sum(languages []*site.Language, k int) string {
	if n.sums[k] != "" {
		return n.sums[k]
	}
	sum := sha256.New()
	for _, l := range languages {
		view := n.views[l][k]
		text, err := json.Marshal(view)
		if err != nil {
			panic("BUG: " + err.Error())
		}
		sum.Write(text)
		view.each(func(link *noScriptLink) { fmt.Fprint(sum, " ", n.sum(languages, link.to)) })
	}
	n.sums[k] = string(sum.Sum(nil))
	return n.sums[k]
}

// each calls f for every link to a page, including the links of follow-up questions.
func (v *View) each(f func(link *noScriptLink)) {
	for g := range v.Groups {
		for l := range v.Groups[g].Links {
			if link := &v.Groups[g].Links[l]; link.Then != nil {
				link.Then.each(f)
			} else {
				f(link)
			}
		}
	}
}

// Start returns the address of the first page without script. The linking page must be directly in the folder of a language. `base` is
// the path from that page to the folder of the language l: "" or "../ja/".
func (s *Site) Start(l *site.Language, base string) string { return s.noScript.from(l, base, 0) }

// from returns the address of a page, given by its number. `base` is as for Start. A site that shares pages is in a folder beside the
// languages of the general site.
func (n *noScript) from(l *site.Language, base string, page int) string {
	if shared := n.shared[page]; shared >= 0 {
		return "../../" + l.ID + "/" + noScriptPath(shared)
	}
	return base + noScriptPath(page)
}

// noScriptPath returns the path of a page relative to its language's folder.
func noScriptPath(page int) string {
	if page == 0 {
		return site.CheckerPlainPath
	}
	return strings.TrimSuffix(site.CheckerPlainPath, ".html") + fmt.Sprintf("-%d.html", page)
}

// OwnsStart reports whether the first page without script is the site's own.
func (s *Site) OwnsStart() bool { return s.noScript.shared[0] < 0 }

// Page is a page without script.
type Page struct {
	Path string // relative to the folder of its language
	View *View
}

// OwnPages returns the pages without script in a language that are the site's own.
func (s *Site) OwnPages(l *site.Language) (pages []Page) {
	for k, view := range s.noScript.views[l] {
		if s.noScript.shared[k] < 0 {
			pages = append(pages, Page{noScriptPath(k), view})
		}
	}
	return pages
}

// noScriptView returns a page of the interview in words. If somebody may come to the page who is not insured with the site's insurer, its
// answer has the words of the general site.
func (e edition) noScriptView(pages *interview.Pages, k int) *View {
	page := &pages.Pages[k]
	if page.Kind == interview.LeavesOut || page.Outcome != nil && page.Outcome.General {
		e.Language = e.Base
	}
	words := e.Checker.Page
	var ids []string
	if k == 0 {
		ids = e.thenIDs(page)
	}
	v := e.noScriptQuestion(page, ids)
	v.Usual, v.Hidden = page.Usual, page.Secret
	if k > 0 {
		v.Day = words.Of("noscript_day").With("date", e.Date(civil.Date(pages.Day)))
	}
	switch {
	case page.Kind == interview.Concludes:
		v.Answer = e.noScriptAnswer(page.Outcome)
		v.Answer.HeldTitle = words.Of(checkerpage.HeldTitle(page.Secret))
		if page.Secret {
			v.Answer.LeaveOut = words.Of("noscript_leave_out_secret")
		}
		v.Title = v.Answer.Words.Title
	case page.Kind == interview.LeavesOut:
		v.Title, v.Lead = words.Of("noscript_left"), words.Of("call_first")
		if len(page.Links) > 0 {
			v.Question = words.Of("noscript_decided")
		}
		v.Answer = &noScriptAnswer{noScriptNotes: noScriptNotes{Calls: e.calls(nil, true)}}
		v.Answer.HeldTitle = words.Of(checkerpage.HeldTitle(page.Always != nil))
		if page.Always != nil {
			v.Title = words.Of("noscript_left_secret")
			e.addAlways(v.Answer, page.Always)
		}
	case k == 0:
		v.Title, v.Lead = words.Of("noscript_title"), words.Of("noscript_lead").With("date", e.Date(civil.Date(pages.Day)))
	default:
		v.Title, v.Question = v.Question, site.Phrase{}
	}
	return v
}

// thenIDs returns, for each link of a page, the id of the short question below it. The id does not depend on the order of the
// answers. It is "" if the link leads to a page, or if no answer of the link is a value.
func (e edition) thenIDs(page *interview.Page) (ids []string) {
	values := e.Program.Names.Inputs[page.Input].Values
	for _, link := range page.Links {
		id := ""
		for _, answer := range link.Answers {
			if link.Then != nil && answer.Kind == interview.OneValue && (id == "" || "then-"+values[answer.Value] < id) {
				id = "then-" + values[answer.Value]
			}
		}
		ids = append(ids, id)
	}
	return ids
}

// noScriptQuestion returns a question of the interview in words. `ids` has the ids of the short follow-up questions, one for each link;
// see thenIDs. It is nil on pages to which nothing links by these ids.
func (e edition) noScriptQuestion(page *interview.Page, ids []string) *View {
	v := &View{}
	if page.Kind <= interview.Besides {
		v.Question, v.Hint = e.noScriptTitle(page)
	}
	title := ""
	for k, link := range page.Links {
		if group := link.Answers[0].Group; k == 0 || group != title {
			title = group
			v.Groups = append(v.Groups, noScriptGroup{})
			if title != "" {
				v.Groups[len(v.Groups)-1].Title = e.Checker.Page.Of(title)
			}
		}
		l := noScriptLink{to: link.To}
		if ids != nil {
			l.ID = ids[k]
		}
		for _, answer := range link.Answers {
			l.Texts = append(l.Texts, e.noScriptText(answer))
		}
		if link.Then != nil {
			l.Then = e.noScriptQuestion(link.Then, nil)
		}
		last := &v.Groups[len(v.Groups)-1]
		last.Links = append(last.Links, l)
	}
	return v
}

// noScriptTitle returns a question's title and hint. If the question has its own words for the document that is held, it returns those.
// A page of the kind Besides has a fixed title and no hint.
func (e edition) noScriptTitle(page *interview.Page) (title, hint site.Phrase) {
	p := e.Program
	question := e.Checker.Questions.Of(p.Names.Inputs[page.Input].ID)
	if page.Kind == interview.Besides {
		return e.Checker.Page.Of("another"), site.Phrase{}
	}
	for _, held := range question.Held {
		if page.Wording >= 0 && held.Document == p.Names.Documents[page.Wording] {
			return held.Title, held.Hint
		}
	}
	return question.Title, question.Hint
}

// noScriptText returns an answer in words.
func (e edition) noScriptText(a interview.Answer) site.Phrase {
	p, words := e.Program, e.Checker
	names := p.Names.Inputs[a.Input]
	question := words.Questions.Of(names.ID)
	day := func(day int32) site.Phrase { return e.DateBoth(civil.Date(day)) }
	switch a.Kind {
	case interview.NotKnown:
		return question.Unknown
	case interview.Nothing:
		return words.Page.Of("have_none")
	case interview.WithMore:
		return words.Page.Of("noscript_both")
	case interview.Other:
		return words.Page.Of("noscript_other")
	case interview.Days:
		switch {
		case a.From == table.NoDay:
			return words.Page.Of("noscript_until").With("date", day(a.Until))
		case a.Until == table.NoDay:
			return words.Page.Of("or_later").With("date", day(a.From))
		}
		return words.Page.Of("noscript_between").With("from", day(a.From)).With("until", day(a.Until))
	}
	return question.Values.Of(names.Values[a.Value]).Name
}

// noScriptSituation says in words that at least one of the answers was given. All of them answer one question, and the words are clear
// without it. The short name of the question comes before a choice or a day. Several answers are in quotation marks, because an answer
// can contain "or" or end with a full stop.
func (e edition) noScriptSituation(answers ...interview.Answer) (all site.Phrase) {
	page := e.Checker.Page
	if answers[0].Kind == interview.Neutral {
		return page.Of("sensitive_use")
	}
	for i, a := range answers {
		text := e.noScriptText(a)
		if len(answers) > 1 {
			text = page.Of("noscript_quoted").With("answer", text)
		}
		if i == 0 {
			all = text
		} else {
			all = page.Of("noscript_either").With("first", all).With("second", text)
		}
	}
	p, input := e.Program, answers[0].Input
	if p.Inputs[input].Kind == table.Several {
		return all
	}
	return page.Of("labelled").With("label", e.Checker.Questions.Of(p.Names.Inputs[input].ID).Short).With("text", all)
}

// noScriptAnswer returns an outcome of the interview in words.
func (e edition) noScriptAnswer(o *interview.Outcome) *noScriptAnswer {
	p, words, look := e.Program, e.Checker, e.site.Checker
	id := p.Names.Outcomes[o.Outcome]
	told := func(note string) bool { return o.Wording >= 0 && note == p.Names.Notes[o.Wording] }
	heading, on := words.Outcomes.Of(id).When(told)
	a := &noScriptAnswer{Words: heading, Spoken: e.site.Default.Lang, CareFirst: o.Enough != table.Yes, Bring: e.noScriptBring(o)}
	shown := checkerpage.Shown{Outcome: id, Enough: o.Enough == table.Yes, Heading: on, Marks: slices.Collect(maps.Values(o.Marks))}
	a.Enough = append(a.Enough, words.Page.Of(look.NotEnough.EnoughWord(o.Enough.String(), func(id string) bool {
		return slices.Contains(o.Tell, slices.Index(p.Names.Notes, id))
	})))
	if !shown.Enough && look.NotEnough.Pays(id) {
		a.Enough = append(a.Enough, words.Page.Of("pay_and_claim"))
	}
	if !shown.Enough && look.NotEnough.Calls(id) {
		a.Enough = append(a.Enough, words.Page.Of("call_first"))
	}
	a.Remedies, a.Remedied = e.noScriptRemedies(o.Remedies)
	a.LeaveOut = words.Page.Of("noscript_leave_out")
	for _, answer := range o.Unless {
		a.Unless = append(a.Unless, e.noScriptSituation(answer))
	}
	callsFirst := !shown.Enough && look.NotEnough.Calls(id)
	a.noScriptNotes = e.noScriptNotes(shown, o.Tell, o.Also, o.NotAlone)
	a.Calls = e.calls(o.Tell, callsFirst)
	e.addSome(a, shown, o.Some)
	return a
}

// addSome adds what only some people are told.
func (e edition) addSome(a *noScriptAnswer, shown checkerpage.Shown, list []interview.Conditional) {
	chose, others := noScriptSection{Title: e.Checker.Page.Of("noscript_some")}, noScriptSection{Title: e.Checker.Page.Of("noscript_others")}
	for _, some := range list {
		s := noScriptSome{If: e.noScriptConditions(some.If), noScriptNotes: e.noScriptNotes(shown, some.Tell, some.Also, some.NotAlone)}
		for _, call := range e.calls(some.Tell, false) {
			if !slices.Contains(a.Calls, call) { // the others are in a.Calls, for everybody
				s.Calls = append(s.Calls, call)
			}
		}
		switch {
		case s.isEmpty():
		case some.Except:
			others.Some = append(others.Some, s)
		default:
			chose.Some = append(chose.Some, s)
		}
	}
	for _, section := range []noScriptSection{chose, others} {
		if len(section.Some) > 0 {
			a.Some = append(a.Some, section)
		}
	}
}

// addAlways adds what the page tells people with secret values if no other page covers their answers.
func (e edition) addAlways(a *noScriptAnswer, always *interview.Always) {
	for _, document := range e.Program.Names.DocumentsIn(always.Away) {
		a.Away = append(a.Away, e.Checker.Documents.Of(document).Name)
	}
	notes := e.noScriptNotes(checkerpage.Shown{}, always.Tell, 0, 0)
	a.Steps, a.Tell = notes.Steps, notes.Tell
	for _, call := range e.calls(always.Tell, true) {
		if !slices.Contains(a.Calls, call) {
			a.Calls = append(a.Calls, call)
		}
	}
	e.addSome(a, checkerpage.Shown{}, always.Some)
}

// noScriptRemedies returns remedies in words and their title.
func (e edition) noScriptRemedies(list []table.Remedied) (title site.Phrase, remedied []site.Phrase) {
	if len(list) > 0 {
		title = e.Checker.Page.Of(interview.RemedyTitle(list))
	}
	for _, r := range list {
		remedied = append(remedied, e.Checker.Remedies.Of(e.Program.Names.Remedies[r.Remedy].ID))
	}
	return title, remedied
}

// noScriptNotes returns documents and notes in words. It leaves out the notes that the page says elsewhere.
func (e edition) noScriptNotes(shown checkerpage.Shown, tell []int, also, notAlone int32) (n noScriptNotes) {
	words, look, names := e.Checker, e.site.Checker, &e.Program.Names
	for i, document := range names.Documents {
		switch name := words.Documents.Of(document).Name; {
		case also>>i&1 != 0:
			n.Also = append(n.Also, name)
		case notAlone>>i&1 != 0:
			n.NotAlone = append(n.NotAlone, name)
		}
	}
	for _, note := range tell {
		switch note := names.Notes[note]; {
		case look.Says(note, shown):
		case slices.Contains(look.Steps, note):
			n.Steps = append(n.Steps, words.Notes.Of(note))
		default:
			n.Tell = append(n.Tell, words.Notes.Of(note))
		}
	}
	return n
}

func (n *noScriptNotes) isEmpty() bool {
	return len(n.Also)+len(n.NotAlone)+len(n.Calls)+len(n.Steps)+len(n.Tell) == 0
}

// noScriptConditions returns conditions in words, one line for each. Consecutive conditions that differ only in their last answer share
// a line.
func (e edition) noScriptConditions(conditions []interview.Condition) (lines []site.Phrase) {
	for len(conditions) > 0 {
		first := conditions[0]
		start, alike := first[:len(first)-1], 1
		for alike < len(conditions) && conditions[alike].DiffersInLast(first) {
			alike++
		}
		var last []interview.Answer
		for _, condition := range conditions[:alike] {
			last = append(last, condition[len(start)])
		}
		line := e.noScriptSituation(last...)
		for _, answer := range slices.Backward(start) {
			line = e.Checker.Page.Of("noscript_and").With("first", e.noScriptSituation(answer)).With("second", line)
		}
		lines, conditions = append(lines, line), conditions[alike:]
	}
	return lines
}

// calls lists whom to call because of the notes told. If `first` is set, it also lists whom people without enough papers should call
// first.
func (e edition) calls(tell []int, first bool) (list []site.Phrase) {
	notes := e.Program.Names.Notes
	told := func(id string) bool {
		return slices.ContainsFunc(tell, func(note int) bool { return notes[note] == id })
	}
	for _, word := range e.site.Checker.Whom(told, first) {
		list = append(list, e.Checker.Page.Of(word))
	}
	return list
}

// noScriptBring returns what to bring, with "or" between alternatives.
func (e edition) noScriptBring(o *interview.Outcome) markup.HTML {
	words := e.Checker
	switch {
	case len(o.Bring) == 0:
		return "<p>" + words.Page.Of("nothing_known").HTML + "</p>"
	case o.Bring[0] == 0:
		return "<p>" + words.Page.Of("nothing_needed").HTML + "</p>"
	}
	names := &e.Program.Names
	var offered [][]string
	for _, set := range o.Bring {
		offered = append(offered, names.DocumentsIn(set))
	}
	shown, alone := checkerpage.Alternatives(offered)
	var alternatives []markup.HTML
	for _, set := range shown {
		var papers []markup.HTML
		for _, id := range set {
			paper := "<b>" + words.Documents.Of(id).Name.HTML + "</b>"
			if mark := o.Marks[slices.Index(names.Documents, id)]; mark != "" {
				paper += " <small>" + words.Page.Of(mark).HTML + "</small>"
			}
			papers = append(papers, paper)
		}
		alternatives = append(alternatives, markup.Join(papers, " "+words.Page.Of("and").HTML+" "))
	}
	html := "<ul><li>" + markup.Join(alternatives, "<li>"+words.Page.Of("or").HTML+" ") + "</ul>"
	if alone {
		html += "<p>" + words.Page.Of("alone_may_do").HTML + "</p>"
	}
	return html
}
