package render

import (
	"slices"
	"strings"

	"sitegen/internal/site"
)

// checkerData is what the script reads: how the rules number things, then the words, in arrays by these numbers. The
// order of the fields is that in which the JSON compresses best.
type checkerData struct {
	Version string    `json:"v"`
	Day     int32     `json:"day"` // for which the site was built
	Policy  []int32   `json:"policy"`
	First   []int     `json:"first"`  // documents that are offered at once
	Former  [][]int   `json:"former"` // a paper, and the same of a former insurer
	Cert    int       `json:"cert"`   // documents that the page speaks of
	NewCert int       `json:"newcert"`
	Card    int       `json:"card"`
	Secret  int       `json:"dv"`   // the value of needs that no box shows
	Care    int       `json:"care"` // notes that some results say by themselves
	Pay     int       `json:"pay"`
	Keep    []int     `json:"keep"`  // whom to call whenever there is no valid document
	CallOn  [][]int   `json:"on"`    // notes, for each of the calls
	Steps   []int     `json:"steps"` // notes that are things to do
	Rows    [][][]int `json:"rows"`  // of the decision: why, and sources by their numbers on the page about the site
	Roles   []int     `json:"is"`    // inputs that the script has to know: see roles

	Formats   any         `json:"fmt"` // before other words: what stands here without a reading has none
	Why       []string    `json:"why"`
	Page      []string    `json:"page"`
	Inputs    []inputView `json:"in"`
	Notes     []string    `json:"notes"`
	Documents [][]string  `json:"docs"` // name, and what it looks like
	Outcomes  [][]string  `json:"out"`  // title, text, what to say, the question that explains it
	Calls     []string    `json:"calls"`
}

// checkerData returns the data as compact JSON.
func (e *edition) checkerData() string {
	c, p, look := e.r.checker, e.r.checker.Program, e.r.site.Checker
	documents, notes := p.Names.Documents, p.Names.Notes
	d := checkerData{
		Version: c.version[:8], Day: int32(e.r.site.Today), Policy: c.policy,
		First: indices(documents, look.First),
		Cert:  indexOf(documents, "eligibility_certificate"), NewCert: indexOf(documents, "eligibility_certificate_new"),
		Card:   indexOf(documents, "my_number_card"),
		Secret: indexOf(p.Names.Inputs[c.input("needs")].Values, "dv"),
		Care:   indexOf(notes, CareNote), Pay: indexOf(notes, PayNote),
		Steps: indices(notes, look.Steps), Formats: e.DateFormats(),
		Page: pageWords(e.Checker.Page), Inputs: e.checkerInputs(),
	}
	for _, id := range roles {
		d.Roles = append(d.Roles, c.input(id))
	}
	for _, id := range sortedKeys(look.Former) {
		d.Former = append(d.Former, []int{indexOf(documents, id), indexOf(documents, look.Former[id])})
	}
	for i, call := range look.Calls {
		d.Calls = append(d.Calls, compact(e.Checker.Page[call.Key.Value]))
		if call.Key.Value == "call_insurer" || call.Key.Value == "call_clinic" {
			d.Keep = append(d.Keep, i)
		}
		var on []int
		for _, note := range call.Value {
			on = append(on, indexOf(notes, note.Value))
		}
		d.CallOn = append(d.CallOn, on)
	}
	e.addAnswers(&d)
	e.addWhy(&d)
	out, err := encodeJSON(d)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return readOnce(out)
}

// addAnswers adds the words of what the rules answer.
func (e *edition) addAnswers(d *checkerData) {
	names, words, look := e.r.checker.Program.Names, e.Checker, e.r.site.Checker
	for _, id := range names.Documents {
		document := []string{compact(words.Documents[id].Name)}
		if words.Questions["have"].Values[id].Hint.Plain == "" || slices.Contains(look.First, id) {
			document = append(document, compact(words.Documents[id].Hint)) // for the others the hint of the question does
		}
		d.Documents = append(d.Documents, document)
	}
	for _, id := range names.Outcomes {
		o := words.Outcomes[id]
		outcome := []string{compact(o.Title), compact(o.Text), compact(o.Say)}
		for _, question := range look.Explain[id] {
			if e.r.site.Question(question) != nil { // an insurer may hide it
				outcome = append(outcome, question)
				break
			}
		}
		d.Outcomes = append(d.Outcomes, outcome)
	}
	tellable := e.r.checker.tellable()
	for i, id := range names.Notes {
		text := compact(words.Notes[id])
		if id == CareNote || !tellable[i] {
			text = "" // the outcome's own text says so, or the insurer has decided otherwise: the note is never put up
		}
		d.Notes = append(d.Notes, text)
	}
}

// addWhy adds, for each row of the decision, the conditions that made it hold and its sources.
func (e *edition) addWhy(d *checkerData) {
	p, words := e.r.checker.Program, e.Checker
	sentences := newList()
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
		for _, id := range p.Names.RowSources[i] { // their names would weigh too much
			sources = append(sources, 1+slices.IndexFunc(e.r.site.Sources, func(s *site.Source) bool { return s.ID == id }))
		}
		d.Rows = append(d.Rows, [][]int{why, sources})
	}
	d.Why = sentences.items
}

// inputView is a question as the script reads it.
type inputView struct {
	Kind    int      `json:"k"`
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
		v := inputView{Kind: int(p.Inputs[i].Kind)}
		words, ok := e.Checker.Questions[names.ID]
		if names.Policy || !ok {
			list = append(list, inputView{}) // nobody is asked, and its one slot is all that counts
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

// roles are the inputs that the script has to know, in the order in which script/checker/data.ts names them.
var roles = strings.Fields("visit_date have change needs age phone place insurer card ecert_expiry card_expiry cert_expiry")

// pageWords are the words of the page that the script uses; the templates use the others.
func pageWords(words map[string]site.Phrase) []string {
	used := make([]string, len(scriptWords))
	for i, key := range scriptWords {
		used[i] = compact(words[key])
	}
	return used
}

// templateWords are the words of the page that the templates and the page without script use besides.
var templateWords = strings.Fields(`title lead description private_note emergency start assumed_place_unknown
noscript_link noscript_title noscript_lead noscript_first noscript_also embed_title embed_open embed_made`)

// scriptWords are the words of the page that the script puts up, in the order of the enumeration in script/checker/words.ts.
var scriptWords = strings.Fields(`back next start_over change_answer progress answers_title have_none none_apply error_title error_choose
more_choices paper_from_new paper_from_new_yes paper_from_new_no sensitive_use today visit_date visit_change
visit_past clock_wrong date_year date_month date_day date_text era_hint date_month_enough date_echo
date_echo_month date_use date_fix age_error result bring or and enough two_needed keep_going keep_going_more
unknown_all nothing_needed nothing_known at_home must_apply not_in_hand also not_alone tell call say next_steps
do_by until until_none why sources related assumed assumed_needs assumed_visit_date assumed_month print_memo
memo_title memo_made calendar_file calendar_event calendar_event_card calendar_event_cert calendar_text share_link
share_warning share_copy share_copied share_left_out rules_changed forged_link clear cleared broken needs_offer
date_error_empty date_error_unreadable date_error_no_such_day date_error_year date_error_range`)
