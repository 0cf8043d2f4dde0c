package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"

	"sitegen/internal/bundle"
	"sitegen/internal/rules"
	"sitegen/internal/site"
)

// Checker is what the checker's pages are made of, besides the words.
type Checker struct {
	Program *rules.Program
	Module  []byte // the rules compiled to WebAssembly
	File    []byte // the module as it is published: with the section that describes it
}

const (
	checkerScript = "checker"
	rulesScript   = "rules-js" // the rules for browsers without WebAssembly; loaded only there
	moduleMark    = "@module@" // stands in the script where the module goes
)

// checkerKinds are the kinds of page that only a site with rules has.
var checkerKinds = []string{"checker", "checker-plain"}

// checkerSite is what the checker's pages of all languages share.
type checkerSite struct {
	Checker
	script, fallback bundle.Script
	version          string
	policy           []int32           // what the site answers for the visitor, an insurer's policy: a slot, and the raw values from it on; nil for none
	walk             func() *plainWalk // the page without script, when it is first needed
	walks            *sync.Map         // what was walked, by policy
}

// input returns the number of an input.
func (s *checkerSite) input(id string) int {
	for i, names := range s.Program.Names.Inputs {
		if names.ID == id {
			return i
		}
	}
	return -1
}

// newCheckerSite prepares the checker of the site at the root; nil where there are no rules.
func newCheckerSite(site *site.Site, assets *bundle.Assets, c *Checker) (*checkerSite, error) {
	if c == nil || site.Checker == nil {
		return nil, nil
	}
	for _, name := range []string{checkerScript, rulesScript} {
		if _, ok := assets.Scripts[name]; !ok {
			return nil, fmt.Errorf("the theme has no script/%s.ts", name)
		}
	}
	script := assets.Scripts[checkerScript]
	if !bytes.Contains(script.Content, []byte(moduleMark)) {
		return nil, fmt.Errorf("script/%s.ts has no place for the module: %s", checkerScript, moduleMark)
	}
	sum := sha256.Sum256(c.Module)
	s := &checkerSite{Checker: *c, version: hex.EncodeToString(sum[:])[:12], fallback: assets.Scripts[rulesScript], walks: &sync.Map{}}
	s.script = script.Fill(checkerScript, moduleMark, hex.EncodeToString(c.Module))
	return s.of(site), nil
}

// of returns the checker with the policy of a site's insurer.
func (s *checkerSite) of(site *site.Site) *checkerSite {
	if s == nil {
		return nil
	}
	own := *s
	own.policy = nil
	if site.Profile != nil {
		own.policy = policyAnswers(s.Program, site.Profile.Policies)
	}
	walk, _ := s.walks.LoadOrStore(fmt.Sprint(own.policy), sync.OnceValue(func() *plainWalk { return walkPlain(site, s.Program, s.input, own.policy) }))
	own.walk = walk.(func() *plainWalk)
	return &own
}

// policyAnswers returns the slot of the first policy parameter, and the raw values of all: they are the last inputs,
// and the first value of each means that it is not set.
func policyAnswers(p *rules.Program, policies map[string]string) []int32 {
	var answers []int32
	for i, names := range p.Names.Inputs {
		if names.Policy {
			if answers == nil {
				answers = []int32{int32(p.Slot(i))}
			}
			answers = append(answers, max(0, int32(slices.Index(names.Values, policies[names.ID]))))
		}
	}
	return answers
}

// listCheckerAssets lists the scripts and the module, which the checkers of all sites load.
func (r *Renderer) listCheckerAssets() {
	s := r.checker
	write := func(content []byte) func(*bytes.Buffer) error {
		return func(w *bytes.Buffer) error { w.Write(content); return nil }
	}
	r.add(s.script.Path, write(s.script.Content))
	r.add(s.fallback.Path, write(s.fallback.Content))
	whole := sha256.Sum256(s.File)
	r.add("assets/rules."+hex.EncodeToString(whole[:])[:12]+".wasm", write(s.File))
}

// checkerView is what the checker's templates see.
type checkerView struct {
	*shell
	Words         map[string]site.Phrase // of the page
	Data          template.JS
	CheckerScript string // its address
	RulesScript   string // the address of what does without WebAssembly
	Made          site.Phrase
	Plain         *plainView
}

func (e *edition) checkerView(p place) (shell, checkerView) {
	words := e.Checker.Page
	s := e.shell(p, e.titled(words["title"].Plain), words["description"].Plain, &pageDays{})
	s.Script = ""     // there is nothing dated here, and the checker's script switches readings itself
	s.HelpReview = "" // there is no room for it here; the pages that results lead to tell
	s.Policy = template.HTMLAttr(strings.Replace(string(s.Policy), "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", 1))
	return s, checkerView{Words: words, Data: e.checkerData(), CheckerScript: s.Assets + e.r.checker.script.Path, RulesScript: s.Assets + e.r.checker.fallback.Path}
}

func (e *edition) checkerPage(w *bytes.Buffer) error {
	p := place{kind: "checker", path: site.CheckerPath}
	s, view := e.checkerView(p)
	view.shell = &s
	return e.page(w, p, &s, view)
}

// checkerEmbedPage writes the checker for a frame in another site: without what stands around a page.
func (e *edition) checkerEmbedPage(w *bytes.Buffer) error {
	s, view := e.checkerView(place{kind: "checker", path: site.CheckerEmbedPath})
	view.shell = &s
	s.Title = view.Words["embed_title"].Plain
	view.Made = view.Words["embed_made"].With("site", e.UI.SiteName)
	var out bytes.Buffer
	err := e.r.layouts["checker"].ExecuteTemplate(&out, "embed", view)
	fragment(w, out.String(), "")
	return err
}

// checkerData is the words and what else the script needs, as compact JSON: arrays by the numbers of the rules.
func (e *edition) checkerData() template.JS {
	p, words, look := e.r.checker.Program, e.Checker, e.r.site.Checker
	d := map[string]any{
		"v": e.r.checker.version[:8], "day": int32(e.r.site.Today), "lang": e.Lang,
		"in": e.checkerInputs(), "page": pageWords(words.Page),
		"visit": p.Visit, "papers": p.Papers,
		"policy": e.r.checker.policy,
	}
	var documents, outcomes, calls [][]string
	var noteTexts []string
	for _, id := range p.Names.Documents {
		document := []string{compact(words.Documents[id].Name)}
		if words.Questions["have"].Values[id].Hint.Plain == "" || slices.Contains(look.First, id) {
			document = append(document, compact(words.Documents[id].Hint)) // for the others the hint of the question does
		}
		documents = append(documents, document)
	}
	explained := newList()
	explain := []int{} // one question an outcome
	for _, id := range p.Names.Outcomes {
		o := words.Outcomes[id]
		outcomes = append(outcomes, []string{compact(o.Title), compact(o.Text), compact(o.Say)})
		question := -1
		for _, id := range look.Explain[id] {
			if e.r.site.Question(id) != nil { // an insurer may hide it
				question = explained.index(id)
				break
			}
		}
		explain = append(explain, question)
	}
	for _, id := range p.Names.Notes {
		noteTexts = append(noteTexts, compact(words.Notes[id]))
	}
	for _, call := range look.Calls {
		entry := []string{compact(words.Page[call.Key.Value])}
		calls = append(calls, entry)
	}
	var callNotes [][]int
	for _, call := range look.Calls {
		var list []int
		for _, note := range call.Value {
			list = append(list, indexOf(p.Names.Notes, note.Value))
		}
		callNotes = append(callNotes, list)
	}
	d["docs"], d["out"], d["notes"], d["explain"], d["faq"] = documents, outcomes, noteTexts, explain, explained.items
	d["calls"], d["callOn"] = calls, callNotes
	d["steps"] = indices(p.Names.Notes, look.Steps)
	d["first"] = indices(p.Names.Documents, look.First)
	have := p.Names.Documents
	var former [][]int
	for _, id := range sortedKeys(look.Former) {
		former = append(former, []int{indexOf(have, id), indexOf(have, look.Former[id])})
	}
	d["former"] = former
	d["cert"], d["newCert"], d["card"] = indexOf(have, "eligibility_certificate"), indexOf(have, "eligibility_certificate_new"), indexOf(have, "my_number_card")
	e.addWhy(d)
	d["cardInput"] = e.r.checker.input("card")
	d["dv"] = indexOf(p.Names.Inputs[e.r.checker.input("needs")].Values, "dv")
	d["care"], d["pay"] = indexOf(p.Names.Notes, "do_not_avoid_care"), indexOf(p.Names.Notes, "pay_full_refund")
	var keep []int // whom to call whenever there is no valid document
	for i, call := range look.Calls {
		if call.Key.Value == "call_insurer" || call.Key.Value == "call_clinic" {
			keep = append(keep, i)
		}
	}
	d["keepCalls"] = keep
	d["fmt"] = e.DateFormats()
	out, err := encodeJSON(d)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return template.JS(out)
}

// addWhy adds, for each row of the decision, the conditions that made it hold and its sources.
func (e *edition) addWhy(d map[string]any) {
	p, words := e.r.checker.Program, e.Checker
	sentences, labels := newList(), newList()
	rows := [][][]int{}
	for i := range p.Rows {
		why := []int{}
		add := func(signals []int, pick func(site.ConditionWords) site.Phrase) {
			for _, s := range signals {
				if text := pick(words.Conditions[p.Names.Signals[s]]); text.Plain != "" {
					why = append(why, sentences.index(compact(text)))
				}
			}
		}
		add(p.Rows[i].Yes, func(c site.ConditionWords) site.Phrase { return c.Holds })
		add(p.Rows[i].No, func(c site.ConditionWords) site.Phrase { return c.Not })
		sources := []int{}
		for _, id := range p.Names.RowSources[i] { // numbered on the page: their names would weigh too much
			sources = append(sources, labels.index(id))
		}
		rows = append(rows, [][]int{why, sources})
	}
	d["why"], d["rows"], d["src"] = sentences.items, rows, labels.items
}

// inputView is a question as the script reads it.
type inputView struct {
	ID      string   `json:"id"`
	Kind    int      `json:"k"`
	Slots   int      `json:"n"`
	Lo      *int32   `json:"lo,omitempty"`
	Hi      *int32   `json:"hi,omitempty"`
	Words   []string `json:"w,omitempty"` // title, hint, short, "I don't know"
	Values  []string `json:"v,omitempty"`
	Hints   []string `json:"h,omitempty"`
	Private []int    `json:"p,omitempty"` // values that never stand in a link
	Unknown *int     `json:"u,omitempty"` // the number of the value that means "I don't know"
	Groups  [][]any  `json:"g,omitempty"`
	Assumed []string `json:"a,omitempty"` // what is assumed where it is unknown, and where it was not asked
	Leaving []int    `json:"l,omitempty"` // values after which it is asked whose a paper is
}

// checkerInputs are the questions, in the order of the program.
func (e *edition) checkerInputs() []inputView {
	p, look := e.r.checker.Program, e.r.site.Checker
	var list []inputView
	for i, names := range p.Names.Inputs {
		in := p.Inputs[i]
		v := inputView{ID: names.ID, Kind: int(in.Kind), Slots: in.Slots}
		if in.Kind == rules.Date || in.Kind == rules.Number {
			v.Lo, v.Hi = &in.Lo, &in.Hi
		}
		words, ok := e.Checker.Questions[names.ID]
		if names.Policy || !ok {
			list = append(list, v)
			continue
		}
		v.Words = []string{compact(words.Title), compact(words.Hint), compact(words.Short), compact(words.Unknown)}
		hints := false
		for j, id := range names.Values {
			if unknownValue(id) {
				v.Unknown = &j
				v.Values, v.Hints = append(v.Values, ""), append(v.Hints, "")
			} else {
				v.Values, v.Hints = append(v.Values, compact(words.Values[id].Name)), append(v.Hints, compact(words.Values[id].Hint))
				hints = hints || words.Values[id].Hint.Plain != ""
			}
		}
		v.Private = indices(names.Values, look.Private[names.ID])
		if !hints {
			v.Hints = nil
		}
		for _, group := range words.Groups {
			v.Groups = append(v.Groups, []any{compact(group.Title), indices(names.Values, group.Values)})
		}
		if text, ok := e.Checker.Page["assumed_"+names.ID]; ok && names.ID != "needs" && names.ID != "visit_date" {
			v.Assumed = []string{compact(text)}
			if names.ID == "place" {
				v.Assumed = append(v.Assumed, compact(e.Checker.Page["assumed_place_unknown"]))
			}
		}
		if names.ID == "change" {
			v.Leaving = indices(names.Values, look.Leaving)
		}
		list = append(list, v)
	}
	return list
}

// unknownValue says whether a value of an input means "I don't know".
func unknownValue(id string) bool { return id == "unknown" || id == "neutral" }

// pageWords are the words of the page that the script uses; the templates use the others.
func pageWords(words map[string]site.Phrase) []string {
	used := make([]string, len(scriptWords))
	for i, key := range scriptWords {
		used[i] = compact(words[key])
	}
	return used
}

// scriptWords are the words of the page that the script puts up, in the order of the enumeration in script/checker/words.ts.
var scriptWords = strings.Fields(`back next start_over change_answer progress answers_title have_none none_apply error_title error_choose
more_choices paper_from_new paper_from_new_yes paper_from_new_no sensitive_use today visit_date visit_change
visit_past clock_wrong date_year date_month date_day date_text era_hint date_month_enough date_echo
date_echo_month date_use date_fix age_error result bring or and enough two_needed keep_going keep_going_more
unknown_all nothing_needed nothing_known at_home must_apply not_in_hand also not_alone tell call say next_steps
do_by until until_none why sources related assumed assumed_needs assumed_visit_date assumed_month print_memo
memo_title memo_made calendar_file calendar_event calendar_event_card calendar_event_cert calendar_text share_link
share_warning share_copy share_copied share_left_out rules_changed forged_link clear cleared broken needs_offer
date_error_empty date_error_unreadable date_error_no_such_day date_error_era date_error_year date_error_range`)

func encodeJSON(v any) (string, error) {
	var w bytes.Buffer
	encoder := json.NewEncoder(&w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return "", err
	}
	// Inside a script element only these could end it or hide its end.
	return strings.TrimSpace(strings.NewReplacer("</", `<\/`, "<!--", `<\u0021--`).Replace(w.String())), nil
}
