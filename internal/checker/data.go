package checker

import (
	"cmp"
	"slices"

	"sitegen/internal/checkerpage"
	"sitegen/internal/interview"
	"sitegen/internal/lines"
	"sitegen/internal/markup"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
	"sitegen/internal/values"
	"sitegen/wasm"
)

// scriptData is the data of the checker's script for one language of one site: how the rules number inputs and values, how the
// page shows them, and all words. Inputs and their values are in the order of the tables, and each has its id. Documents,
// outcomes and notes are by id, and each has its number in the tables. Words are HTML, with slots between \x01 and \x02, and
// readings as authors write them: {漢字|かんじ}.
type scriptData struct {
	Language string                 `json:"language"` // the folder of the language's pages
	Module   uint32                 `json:"module"`   // checksum of the module that numbers inputs and values in this way
	Formats  scriptFormats          `json:"formats"`
	Page     map[string]markup.HTML `json:"page"`
	Roles    scriptRoles            `json:"roles"`

	Inputs []scriptInput `json:"inputs"`
	scriptAnswers

	Calls []scriptCall `json:"calls"`
	// Elsewhere lists answers of people who are not insured with the site's insurer; see [table.Elsewhere].
	Elsewhere   [][]scriptAmong `json:"elsewhere,omitempty"`
	Recent      []scriptRecent  `json:"recent"`
	Remedies    []scriptRemedy  `json:"remedies"`
	NothingElse *scriptAnswer   `json:"nothingElse,omitempty"`
	Rest        string          `json:"rest"` // file name of the script with the rest
}

// scriptAnswers is what an answer of the rules can contain, by id.
type scriptAnswers struct {
	Documents map[string]scriptDocument `json:"documents"`
	Outcomes  map[string]scriptOutcome  `json:"outcomes"`
	Notes     map[string]scriptNote     `json:"notes"`
}

func newScriptAnswers() scriptAnswers {
	return scriptAnswers{map[string]scriptDocument{}, map[string]scriptOutcome{}, map[string]scriptNote{}}
}

// scriptAnswer is the answer that one button gives together with "nothing else is held". Say is the button's label.
type scriptAnswer struct {
	Input string      `json:"input"`
	Value string      `json:"value"`
	Say   markup.HTML `json:"say"`
}

// scriptRoles are the ids of the inputs and values that the page treats specially. Visit is the input for the day of the visit,
// Held the input for the documents held, and Secret has the values that no list shows.
type scriptRoles struct {
	Visit  string                `json:"visit"`
	Held   string                `json:"held"`
	Secret []checkerpage.Choices `json:"secret"`
}

// scriptInput is an input of the rules. If its values are circumstances, nobody is asked for it, and it has words only for the
// values. A policy parameter has no words.
type scriptInput struct {
	ID      string        `json:"id"`
	Kind    string        `json:"kind"`
	Values  []scriptValue `json:"values"`            // empty if they are in scriptRest; if a remedy answers the input, they are here too, but only their ids
	Slots   int           `json:"slots,omitempty"`   // how many raw values it has, if more than one
	Unknown string        `json:"unknown,omitempty"` // the value that means "I don't know"
	Site    string        `json:"site,omitempty"`    // the value that the site fixes for its visitors
	Own     string        `json:"own,omitempty"`     // the value that people insured with the site's insurer are expected to have

	Title    markup.HTML  `json:"title,omitempty"`
	Hint     markup.HTML  `json:"hint,omitempty"`
	Held     []scriptHeld `json:"held,omitempty"` // wordings for people who hold a document: the first that fits is shown
	Short    markup.HTML  `json:"short,omitempty"`
	DontKnow markup.HTML  `json:"dontKnow,omitempty"`
	More     markup.HTML  `json:"more,omitempty"`
	scriptRests
	When []string    `json:"when,omitempty"` // show NotAsked only if one of these documents is offered; if there are none, always
	Due  markup.HTML `json:"due,omitempty"`
	// If Offered is set, people can give the answer unasked: holders of one of these documents or, if there are none, everybody.
	Offered *[]string       `json:"offered,omitempty"`
	Groups  []scriptGroup   `json:"groups,omitempty"`
	Further []scriptFurther `json:"further,omitempty"`
	// Elsewhere is the label of the button, among the answers, that opens the circumstances.
	Elsewhere markup.HTML `json:"elsewhere,omitempty"`
}

type scriptHeld struct {
	Document string      `json:"document"`
	Title    markup.HTML `json:"title"`
	Hint     markup.HTML `json:"hint,omitempty"`
}

type scriptValue struct {
	ID      string      `json:"id"`
	Name    markup.HTML `json:"name,omitempty"`
	Hint    markup.HTML `json:"hint,omitempty"`
	Private bool        `json:"private,omitempty"` // whether the value must never be in a link
	Said    bool        `json:"said,omitempty"`    // whether its question never offers it: it is a circumstance, or the answer to a different question implies it
}

// scriptGroup is a heading over values.
type scriptGroup struct {
	Title   markup.HTML           `json:"title,omitempty"`
	Choices []checkerpage.Choices `json:"choices"`
}

// scriptFurther is a yes/no question that follows an answer with a value in Of.
type scriptFurther struct {
	Of    []string    `json:"of"`
	Value string      `json:"value"` // the value that replaces the answer if the reply is "yes"
	Title markup.HTML `json:"title"`
	Yes   markup.HTML `json:"yes"`
	No    markup.HTML `json:"no"`
}

// scriptDocument is a document. If its name or hint is missing, the script takes that of the value with the same id in the
// input Held.
type scriptDocument struct {
	Number  int          `json:"number"`
	Name    markup.HTML  `json:"name,omitempty"`
	Hint    markup.HTML  `json:"hint,omitempty"`
	Drawing markup.HTML  `json:"drawing,omitempty"` // the drawing without its letters, which are too small to read beside a name
	Marks   []scriptMark `json:"marks,omitempty"`
}

// scriptMark is the text beside a document that is offered and not held, with the conditions for it: see [checkerpage.Mark].
type scriptMark struct {
	When []checkerpage.Choices `json:"when,omitempty"`
	Told []string              `json:"told,omitempty"`
	Say  markup.HTML           `json:"say,omitempty"`
}

type scriptOutcome struct {
	Number int `json:"number"`
	scriptHeading
	Told  []scriptTold `json:"told,omitempty"`  // wordings for people who are told a note: the first that fits is shown
	Pays  bool         `json:"pays,omitempty"`  // whether the outcome's own words already mention payment
	Calls bool         `json:"calls,omitempty"` // whether the outcome's notes already say whom to call
}

type scriptHeading struct {
	Title markup.HTML   `json:"title"`
	Text  markup.HTML   `json:"text"`
	Speak []scriptSpeak `json:"speak"`
}

// scriptTold has different words of an outcome, for people who are told the note. Text and Speak are left out if they equal the
// outcome's.
type scriptTold struct {
	Note  string        `json:"note"`
	Title markup.HTML   `json:"title"`
	Text  markup.HTML   `json:"text,omitempty"`
	Speak []scriptSpeak `json:"speak,omitempty"`
}

// scriptSpeak is a sentence to say to somebody.
type scriptSpeak struct {
	To     markup.HTML `json:"to"`
	Own    markup.HTML `json:"own"`             // the sentence in the reader's language
	Aloud  markup.HTML `json:"aloud,omitempty"` // the sentence in the language spoken at reception, if that differs
	Romaji markup.HTML `json:"romaji,omitempty"`
}

// scriptNote is a note of an answer, with the conditions on which the page leaves the note out.
type scriptNote struct {
	Number int         `json:"number"`
	Text   markup.HTML `json:"text,omitempty"`
	// General is the text for people who are not insured with the site's insurer, if it differs.
	General markup.HTML `json:"general,omitempty"`
	Step    bool        `json:"step,omitempty"` // whether the note is something to do
	Call    []string    `json:"call,omitempty"` // ids of people to call because of the note
	// Unless names a field of an outcome ("pays" or "calls"). If the papers are not enough, the page itself says what the note
	// says, so the note is left out. If that field of the outcome is true, the page does not say it, and the note stays.
	Unless string `json:"unless,omitempty"`
	// Unclear is set if people who are told the note told so little that nobody knows whether they have enough.
	Unclear bool `json:"unclear,omitempty"`
	// Above has texts about missing documents that say the same as the note. If the page shows one of them, it leaves the note
	// out. If Above is not nil, even if it is empty, the note is also left out if the heading depends on it.
	Above []markup.HTML `json:"above,omitzero"`
}

// scriptCall is somebody to call.
type scriptCall struct {
	ID        string      `json:"id"`
	Name      markup.HTML `json:"name"`
	General   markup.HTML `json:"general,omitempty"`   // as in scriptNote
	NotEnough bool        `json:"notEnough,omitempty"` // whether people whose papers are not enough should also call this one
}

// scriptRemedy is something that somebody could still get, do or find out. Say has its words. With the remedy, Answers would
// replace the answers that were given.
type scriptRemedy struct {
	scriptSaid
	Answers []scriptGiven `json:"answers"`
	For     []scriptAmong `json:"for,omitempty"` // if not empty, the remedy is only for people with one of these answers
	NotFor  []scriptAmong `json:"notFor,omitempty"`
}

// scriptSaid has the words of a remedy.
type scriptSaid struct {
	Say markup.HTML `json:"say,omitempty"`
}

// scriptGiven is an answer of a remedy. Without a value, it is a day: the day of the visit or a later day.
type scriptGiven struct {
	Input string `json:"input"`
	Value string `json:"value,omitempty"`
}

// scriptAmong is a condition: the visitor gave one of some answers to a question. If Unasked is true, the condition also holds
// for people who have not answered the question.
type scriptAmong struct {
	checkerpage.Choices
	Unasked bool `json:"unasked,omitempty"`
}

// scriptRecent says how long a result holds: see [checkerpage.Recent]. Enough has numbers of levels.
type scriptRecent struct {
	When   []checkerpage.Choices `json:"when,omitempty"`
	Enough []int                 `json:"enough,omitempty"`
	Say    markup.HTML           `json:"say,omitempty"`
}

// scriptFormats are the language's formats for days.
type scriptFormats struct {
	Date      markup.HTML   `json:"date"`
	Era       markup.HTML   `json:"era"`
	Both      markup.HTML   `json:"both"`
	Month     markup.HTML   `json:"month"`
	EraMonth  markup.HTML   `json:"eraMonth"`
	FirstYear markup.HTML   `json:"firstYear"`
	Eras      []markup.HTML `json:"eras"`
	Months    []markup.HTML `json:"months"`
	Days      []markup.HTML `json:"days"`
}

// text returns a phrase in the form that the script reads. Its links work from the folder of every language, because the script
// changes the language without loading a different page.
func (e edition) text(p site.Phrase) markup.HTML {
	text := markup.Replace(p.HTML, site.RootMarker, markup.Escape("../"+e.ID+"/"))
	if e.Ruby {
		text = lines.OpenWords(text)
	}
	return asWritten.Replace(text)
}

// asWritten replaces the markup of readings by the authors' notation, {word|reading}, which is shorter. The script turns it
// back into markup (script/checker/pieces.ts).
var asWritten = markup.NewReplacer("<ruby>", "{", "<rp>(<rt>", "|", "<rp>)</ruby>", "}", "{", "&#123;")

// heading returns the text of a heading as the method `text` does. In addition, a number and its unit stay on one line.
func (e edition) heading(p site.Phrase) markup.HTML { return lines.KeepUnits(e.text(p)) }

// word returns the word of the page with this key, in the form that the method `text` returns.
func (e edition) word(key string) markup.HTML { return e.text(e.Checker.Page.Of(key)) }

// scriptData returns the data that the script needs at once, and the data that it loads when needed.
func (e edition) scriptData() (scriptData, scriptRest) {
	p, look := e.Program, e.site.Checker
	d := scriptData{
		Language: e.ID, Module: wasm.Checksum(e.Module), Formats: e.scriptFormats(), Page: map[string]markup.HTML{},
		Roles: scriptRoles{
			Visit: p.Names.Inputs[p.InputOf(p.Visit)].ID, Held: p.Names.Inputs[p.InputOf(p.Held)].ID,
			Secret: e.asked.InChoices(e.asked.Secret),
		},
		Recent: []scriptRecent{}, Remedies: []scriptRemedy{},
	}
	for _, r := range look.Recent {
		d.Recent = append(d.Recent, e.scriptRecent(r))
	}
	if len(e.asked.Expected) > 0 {
		for _, all := range p.Names.Elsewhere {
			d.Elsewhere = append(d.Elsewhere, newScriptAmong(p, all))
		}
	}
	rest := e.scriptRest()
	if n := look.NothingElse; n != nil {
		d.NothingElse = &scriptAnswer{n.Input, n.Value, e.word(n.Say)}
	}
	for _, key := range e.Words.Script {
		d.Page[key] = e.word(key)
	}
	for _, call := range look.Calls {
		id := call.Key.Value
		d.Calls = append(d.Calls, scriptCall{id, e.word(id), e.general(e.Checker.Page.Of(id), e.Base.Checker.Page.Of(id)), slices.Contains(look.NotEnough.Call, id)})
	}
	for i := range p.Names.Remedies {
		d.Remedies = append(d.Remedies, e.scriptRemedy(&p.Names.Remedies[i]))
	}
	e.addInputs(&d)
	e.splitRemedies(&d, &rest)
	e.splitInputs(&d, &rest)
	d.scriptAnswers, rest.scriptAnswers, rest.Told = e.scriptAnswers()
	return d, rest
}

func (e edition) scriptRecent(r checkerpage.Recent) scriptRecent {
	recent := scriptRecent{When: r.When}
	for _, level := range r.Enough {
		recent.Enough = append(recent.Enough, slices.Index(schema.Levels.Words, level))
	}
	if r.Say != "" {
		recent.Say = e.word(r.Say)
	}
	return recent
}

func (e edition) scriptRemedy(r *table.Remedy) scriptRemedy {
	p := e.Program
	remedy := scriptRemedy{scriptSaid: scriptSaid{e.text(e.Checker.Remedies.Of(r.ID))}, For: newScriptAmong(p, r.For), NotFor: newScriptAmong(p, r.NotFor)}
	for _, given := range r.Answers {
		names, answer := &p.Names.Inputs[given.Input], scriptGiven{}
		if answer.Input = names.ID; p.Inputs[given.Input].Kind != table.Date {
			answer.Value = names.Values[given.Value]
		}
		remedy.Answers = append(remedy.Answers, answer)
	}
	return remedy
}

func newScriptAmong(p *table.Program, list []table.Among) (choices []scriptAmong) {
	unasked := p.Unanswered()
	for _, among := range list {
		names := &p.Names.Inputs[among.Input]
		choices = append(choices, scriptAmong{checkerpage.Choices{Input: names.ID, Values: pick(names.Values, among.Values)}, p.Answers(unasked, among)})
	}
	return choices
}

// pick returns the entries of a list at some indices.
func pick(list []string, places []int) []string {
	picked := []string{}
	for _, i := range places {
		picked = append(picked, list[i])
	}
	return picked
}

func (e edition) scriptFormats() scriptFormats {
	f := e.DateFormats()
	text := func(format string) markup.HTML { return e.text(values.FormatPhrase(format)) }
	all := func(formats []string) (texts []markup.HTML) {
		for _, format := range formats {
			texts = append(texts, text(format))
		}
		return texts
	}
	return scriptFormats{Date: text(f.Date), Era: text(f.Era), Both: text(f.Both), Month: text(f.Month), EraMonth: text(f.EraMonth), FirstYear: text(f.FirstYear),
		Eras: all(f.Eras), Months: all(f.Months), Days: all(f.Days)}
}

func (e edition) scriptGroups(groups []interview.Group) []scriptGroup {
	var list []scriptGroup
	for _, group := range groups {
		list = append(list, scriptGroup{e.word(group.Title), e.asked.InChoices(group.Values)})
	}
	return list
}

// addInputs adds all inputs of the rules, including policy parameters, for which the site itself gives the answer.
func (e edition) addInputs(d *scriptData) {
	p := e.Program
	for i, names := range p.Names.Inputs {
		asked := &e.asked.Inputs[i]
		in := scriptInput{ID: names.ID, Kind: p.Inputs[i].Kind.String(), Values: []scriptValue{}}
		if slots := p.Inputs[i].Slots; slots > 1 {
			in.Slots = slots
		}
		if own, ok := e.asked.Expected[i]; ok {
			in.Own = names.Values[own]
		}
		if fixed := e.asked.Fixed(i); fixed >= 0 {
			in.Site = names.Values[fixed]
		}
		if asked.Unknown >= 0 {
			in.Unknown = names.Values[asked.Unknown]
		}
		words, _ := e.Checker.Questions.Get(names.ID) // a policy has no words: it is not a question
		isPut := asked.Offered || p.IsAsked(i)
		for k, id := range names.Values {
			value, _ := words.Values.Get(id) // the value for "I don't know" has no name
			in.Values = append(in.Values, scriptValue{id, e.text(value.Name), e.text(value.Hint), slices.Contains(asked.Private, k), isPut && e.asked.IsTold(interview.Value{Input: i, Value: k})})
		}
		if isPut {
			e.ask(&in, words, asked, names.Values)
		}
		if i == p.InputOf(p.Visit) {
			in.Title, in.Hint = e.text(words.Title), e.text(words.Hint)
		}
		d.Inputs = append(d.Inputs, in)
	}
}

// ask adds the words of a question, and how it is asked. `values` are the ids of its values.
func (e edition) ask(in *scriptInput, words site.QuestionWords, asked *interview.Input, values []string) {
	look := e.site.Checker
	in.Title, in.Hint, in.Short, in.DontKnow = e.heading(words.Title), e.text(words.Hint), e.text(words.Short), e.text(words.Unknown)
	for _, held := range words.Held {
		in.Held = append(in.Held, scriptHeld{held.Document, e.heading(held.Title), e.text(held.Hint)})
	}
	in.More, in.MoreTitle, in.Due, in.Assumed = e.text(words.More), e.text(words.MoreTitle), e.text(words.Due), e.text(words.Assumed)
	if with, said := look.NotAsked[in.ID]; said {
		in.NotAsked, in.When = cmp.Or(e.text(words.NotAsked), in.Assumed), with
	}
	if asked.Offered {
		with := pick(e.Program.Names.Documents, asked.With)
		in.Offered = &with
	}
	in.Groups = e.scriptGroups(asked.Groups)
	if asked.Elsewhere != "" {
		in.Elsewhere = e.word(asked.Elsewhere)
	}
	for _, f := range asked.Further {
		in.Further = append(in.Further, scriptFurther{pick(values, f.Of), values[f.Yes], e.word(f.Ask), e.word(f.Ask + "_yes"), e.word(f.Ask + "_no")})
	}
}

// scriptDocument returns document i. `offerable` says whether a result may name it for Bring or Also.
func (e edition) scriptDocument(i int, id string, offerable bool) scriptDocument {
	look, own := e.site.Checker, e.Checker.Documents.Of(id)
	question, _ := e.Checker.Questions.Get(e.Program.Names.Inputs[e.Program.InputOf(e.Program.Held)].ID) // there may be no such question
	held, nameable := question.Values.Get(id)                                                            // empty if the document is not among the question's values
	document := scriptDocument{Number: i}
	if own.Name != held.Name {
		document.Name = e.text(own.Name)
	}
	if offerable && own.Hint != held.Hint { // a document that is never offered needs no hint: the page only lists it among those that are not enough
		document.Hint = e.text(own.Hint)
	}
	if offerable || nameable {
		document.Drawing = markup.Without(e.site.Pictures[look.Pictures[id]], "<text", "</text>")
	}
	for _, mark := range look.Missing[id] {
		document.Marks = append(document.Marks, scriptMark{mark.When, mark.Told, e.word(mark.Say)})
	}
	return document
}

// scriptNote returns note i. `elsewhere` says whether people who are not insured with the site's insurer can be told it.
func (e edition) scriptNote(i int, id string, elsewhere bool) scriptNote {
	look := e.site.Checker
	note := scriptNote{Number: i, Step: slices.Contains(look.Steps, id), Unless: saidUnless(&look.NotEnough, id), Unclear: slices.Contains(look.NotEnough.Unclear, id)}
	if words, listed := look.SaidAbove[id]; listed {
		note.Above = []markup.HTML{}
		for _, word := range words {
			note.Above = append(note.Above, e.word(word))
		}
	}
	for _, call := range look.Calls {
		if slices.ContainsFunc(call.Value, func(on strictyaml.Text) bool { return on.Value == id }) {
			note.Call = append(note.Call, call.Key.Value)
		}
	}
	if id != look.NotEnough.Care { // the heading of the result already says this note
		note.Text = e.text(e.Checker.Notes.Of(id))
	}
	if elsewhere {
		note.General = e.general(e.Checker.Notes.Of(id), e.Base.Checker.Notes.Of(id))
	}
	return note
}

// general returns the general site's version of a text of an insurer's site, or "" if they are equal.
func (e edition) general(own, general site.Phrase) markup.HTML {
	if e.site.Profile == nil || own.HTML == general.HTML {
		return ""
	}
	return e.text(general)
}

// saidUnless returns the field Unless of a note: see scriptNote.
func saidUnless(n *checkerpage.NotEnough, note string) string {
	switch {
	case note == n.Pay:
		return "pays"
	case slices.Contains(n.Calling, note):
		return "calls"
	}
	return ""
}

func (e edition) scriptOutcome(i int, id string) scriptOutcome {
	words, look := e.Checker.Outcomes.Of(id), e.site.Checker
	outcome := scriptOutcome{
		Number: i, scriptHeading: e.scriptHeading(words.Title, words.Text, words.Speak), Pays: !look.NotEnough.Pays(id), Calls: !look.NotEnough.Calls(id),
	}
	for _, told := range words.Told {
		other := e.scriptHeading(told.Title, told.Text, told.Speak)
		if other.Text == outcome.Text {
			other.Text = ""
		}
		if slices.Equal(other.Speak, outcome.Speak) {
			other.Speak = nil
		}
		outcome.Told = append(outcome.Told, scriptTold{told.Note, other.Title, other.Text, other.Speak})
	}
	return outcome
}

func (e edition) scriptHeading(title, text site.Phrase, speak []site.SpeakWords) scriptHeading {
	heading := scriptHeading{Title: e.heading(title), Text: e.text(text), Speak: []scriptSpeak{}}
	for _, words := range speak {
		heading.Speak = append(heading.Speak, scriptSpeak{e.word(words.To), e.text(words.Own), e.text(words.Aloud), e.text(words.Romaji)})
	}
	return heading
}
