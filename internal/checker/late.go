package checker

import (
	"slices"

	"sitegen/internal/interview"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/table"
)

// scriptRest is the data that is needed only for circumstances, for answers behind a button, for tools and for the reasons of a
// result. The script loads it when the visitor opens one of these. Its documents, outcomes and notes are those to which only
// circumstances and answers in groups lead.
type scriptRest struct {
	Why           string                   `json:"why"` // file name of the script with scriptWhy
	Page          map[string]markup.HTML   `json:"page"`
	Circumstances []scriptGroup            `json:"circumstances"`
	Values        map[string][]scriptValue `json:"values"`             // by input: the words of values that its first screen never offers, or of all values if there is no question
	Rests         map[string]scriptRests   `json:"rests"`              // by input: its words that only the rest has
	Remedies      map[int]scriptSaid       `json:"remedies,omitempty"` // by index of a remedy: its words, which the list of remedies lacks
	Told          map[string][]lateTold    `json:"told,omitempty"`     // by outcome: the wordings that the first data lacks
	scriptAnswers
}

// lateTold is a wording of an outcome that the first data lacks. At is its index among all wordings of the outcome.
type lateTold struct {
	At int `json:"at"`
	scriptTold
}

// scriptWhy has the reasons of results.
type scriptWhy struct {
	Rows    map[string]scriptRow `json:"rows"`
	Unsure  []scriptFit          `json:"unsure"`
	Explain map[string]string    `json:"explain"` // by outcome: the question that explains it
}

// scriptFit says why papers may not be enough. It is for people for whom all signals in Yes hold and none in No, and for whom this is not
// true of an earlier entry.
type scriptFit struct {
	Yes []int       `json:"yes,omitempty"`
	No  []int       `json:"no,omitempty"`
	Why markup.HTML `json:"why"`
}

// scriptRow says why a row of the decision holds. A reason that several rows share is repeated in each row: this compresses
// better than ids.
type scriptRow struct {
	Number  int           `json:"number"`
	Why     []markup.HTML `json:"why"`
	Sources []string      `json:"sources"`
}

// scriptRests has words of an input that only the rest has. Assumed is what a result assumes if the visitor does not know the
// answer, and NotAsked what it assumes if the question was not asked.
type scriptRests struct {
	Assumed  markup.HTML `json:"assumed,omitempty"`
	NotAsked markup.HTML `json:"notAsked,omitempty"`
	// MoreTitle is above the groups, if they are on a screen of their own.
	MoreTitle markup.HTML `json:"moreTitle,omitempty"`
}

// scriptRest returns the circumstances and the words of the page that few people see.
func (e edition) scriptRest() scriptRest {
	rest := scriptRest{
		Page: map[string]markup.HTML{}, Circumstances: e.scriptGroups(e.asked.Circumstances),
		Values: map[string][]scriptValue{}, Rests: map[string]scriptRests{}, Remedies: map[int]scriptSaid{},
	}
	for _, key := range e.Words.Rest {
		rest.Page[key] = e.word(key)
	}
	return rest
}

// scriptWhy returns the reasons of results.
func (e edition) scriptWhy() scriptWhy {
	why := scriptWhy{Rows: e.scriptRows(), Unsure: []scriptFit{}, Explain: map[string]string{}}
	for i, fit := range e.Program.Enough {
		if fit.Enough == table.Unsure {
			why.Unsure = append(why.Unsure, scriptFit{fit.Yes, fit.No, e.text(e.Checker.Enough.Of(e.Program.Names.Fits[i]))})
		}
	}
	for outcome, question := range e.site.Checker.Explain {
		if e.site.Question(question) != nil { // an insurer may hide it
			why.Explain[outcome] = question
		}
	}
	return why
}

// scriptRows returns, for each row, why it holds: the words of the row itself, and of the conditions that made it hold.
func (e edition) scriptRows() map[string]scriptRow {
	rows := map[string]scriptRow{}
	names, words := e.Program.Names, e.Checker.Conditions
	for i, reasons := range names.RowReasons {
		row := scriptRow{Number: i, Why: []markup.HTML{}, Sources: names.RowSources[i]}
		add := func(words site.Phrase) {
			if words.Plain != "" {
				row.Why = append(row.Why, e.text(words))
			}
		}
		if own, ok := e.Checker.Rows.Get(names.Rows[i]); ok { // if the row has no words of its own, its conditions explain it
			add(own)
		}
		for _, id := range reasons.Holds {
			named, _ := words.Get(id) // empty if the condition has no words; the row then has words of its own
			add(named.Holds)
		}
		for _, id := range reasons.Not {
			named, _ := words.Get(id)
			add(named.Not)
		}
		rows[names.Rows[i]] = row
	}
	return rows
}

// inGroups reports whether a value of an input is in a group, which follows a button, or is the "yes" of a further question.
func inGroups(asked *interview.Input, value int) bool {
	isValue := func(v interview.Value) bool { return v.Value == value }
	return slices.ContainsFunc(asked.Groups, func(g interview.Group) bool { return slices.ContainsFunc(g.Values, isValue) }) ||
		slices.ContainsFunc(asked.Further, func(f interview.Further) bool { return f.Yes == value })
}

// lateValues returns, by slot, the values for which inGroups holds, as bits.
func (e edition) lateValues() map[int]int32 {
	late := map[int]int32{}
	for i := range e.asked.Inputs {
		for k := range e.Program.Names.Inputs[i].Values {
			if inGroups(&e.asked.Inputs[i], k) {
				late[e.Program.SlotOf(table.Given{Input: i, Value: k})] |= 1 << (k % 31)
			}
		}
	}
	return late
}

// isLate reports whether only people who told a circumstance, or gave an answer in a group, have one of the answers in `list`.
func isLate(late map[int]int32, p *table.Program, list []table.Among) bool {
	unasked := p.Unanswered()
	for _, among := range list {
		for _, value := range among.Values {
			slot, bit := p.SlotOf(table.Given{Input: among.Input, Value: value}), int32(1)<<(value%31)
			told := p.Inputs[among.Input].Told[slot-p.Slot(among.Input)]
			if (late[slot]|told)&bit == 0 || p.Answers(unasked, among) {
				return false
			}
		}
	}
	return len(list) > 0
}

// splitRemedies moves into the rest the words of the remedies to which only circumstances and answers in groups lead.
func (e edition) splitRemedies(d *scriptData, rest *scriptRest) {
	late := e.lateValues()
	for i := range d.Remedies {
		if isLate(late, e.Program, e.Program.Names.Remedies[i].For) {
			rest.Remedies[i], d.Remedies[i].scriptSaid = d.Remedies[i].scriptSaid, scriptSaid{}
		}
	}
}

// splitInputs moves into the rest what results assume about inputs, and what few people need: values that nobody is asked for,
// and the words of values that the screen of a question does not offer. Those are circumstances and, if the groups of the
// question are on a screen of their own, the values in groups. The ids of the values that a remedy gives stay, because the
// script places an answer among all values of its input.
func (e edition) splitInputs(d *scriptData, rest *scriptRest) {
	p := e.Program
	isGiven := func(input int) bool {
		return slices.ContainsFunc(p.Names.Remedies, func(r table.Remedy) bool {
			return slices.ContainsFunc(r.Answers, func(given table.Given) bool { return given.Input == input })
		})
	}
	for i := range d.Inputs {
		in := &d.Inputs[i]
		if in.scriptRests != (scriptRests{}) {
			rest.Rests[in.ID] = in.scriptRests
			in.scriptRests = scriptRests{}
		}
		if p.IsAsked(i) || in.Offered != nil || in.Site != "" || i == p.InputOf(p.Visit) {
			for k := range in.Values {
				if value := &in.Values[k]; value.Said || in.More != "" && inGroups(&e.asked.Inputs[i], k) {
					rest.Values[in.ID] = append(rest.Values[in.ID], scriptValue{ID: value.ID, Name: value.Name, Hint: value.Hint})
					value.Name, value.Hint = "", ""
				}
			}
			continue
		}
		rest.Values[in.ID] = in.Values
		if in.Values = []scriptValue{}; isGiven(i) {
			for _, value := range rest.Values[in.ID] {
				in.Values = append(in.Values, scriptValue{ID: value.ID})
			}
		}
	}
}

// scriptAnswers returns the documents, outcomes and notes that answers contain: those that people may get without telling a
// circumstance and without an answer in a group (`untold`), and the others (`told`). `wordings` has the wordings that outcomes of `untold`
// lack, because they need a note of `told`.
func (e edition) scriptAnswers() (untold, told scriptAnswers, wordings map[string][]lateTold) {
	names := e.Program.Names
	notes, outcomes, documents := e.Program.Untold(e.lateValues())
	offerable := e.Program.Offerable()
	untold, told, wordings = newScriptAnswers(), newScriptAnswers(), map[string][]lateTold{}
	of := func(isUntold bool) scriptAnswers {
		if isUntold {
			return untold
		}
		return told
	}
	for i, id := range names.Documents {
		of(documents>>i&1 != 0 || e.isOffered(i)).Documents[id] = e.scriptDocument(i, id, offerable>>i&1 != 0)
	}
	for i, id := range names.Outcomes {
		outcome := e.scriptOutcome(i, id)
		if !outcomes[i] {
			told.Outcomes[id] = outcome
			continue
		}
		all := outcome.Told
		outcome.Told = nil
		for at, t := range all {
			if notes[slices.Index(names.Notes, t.Note)] {
				outcome.Told = append(outcome.Told, t)
			} else {
				wordings[id] = append(wordings[id], lateTold{at, t})
			}
		}
		untold.Outcomes[id] = outcome
	}
	members, elsewhere := e.tellable()
	for i, id := range names.Notes {
		if members[i] || elsewhere[i] { // notes that the site's policies rule out are left out
			of(notes[i]).Notes[id] = e.scriptNote(i, id, elsewhere[i])
		}
	}
	return untold, told, wordings
}

// isOffered reports whether the question about papers offers a document. A document that is a value of this question has the
// same number as the value.
func (e edition) isOffered(document int) bool {
	return e.Program.IsNameable(document) && !e.asked.IsTold(interview.Value{Input: e.asked.Held, Value: document})
}
