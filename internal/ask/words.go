package ask

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"sitegen/internal/checkerpage"
	"sitegen/internal/civil"
	"sitegen/internal/explain"
	"sitegen/internal/interview"
	"sitegen/internal/markup"
	"sitegen/internal/rules"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/table"
)

// wording holds the checker's words on one site in one language.
type wording struct {
	site     *site.Site
	language *site.Language
	checker  *checkerpage.Page
	sources  map[string]*site.Source
}

// wordings holds the checker's words on the general site and on every insurer's site.
type wordings struct {
	*wording                     // for visitors whose answers name no insurer: the words of the insurer in the options, or else of the general site
	insurer  map[string]*wording // by the insurer's id; schema.General is the general site
}

// of returns the words of the insurer that the answers name. If they name no known insurer, it returns the words of the
// insurer in the options or, without such an insurer, of the general site. Somebody who is not insured with that insurer gets the words
// of the general site too. `raw` has the answers as the rules take them.
func (w *wordings) of(set *rules.Set, answers rules.Answers, raw []int32) *wording {
	named, _ := answers["profile"].(string)
	switch {
	case set.IsElsewhere(raw, named):
		return w.insurer[schema.General]
	case w.insurer[named] != nil:
		return w.insurer[named]
	}
	return w.wording
}

// Speak makes the asker answer in sentences of a site: in the language with this id, or else in the site's default language.
// Visitors of an insurer get the words of the insurer's site. Speak returns the ids of the languages of the chosen site:
// that of the insurer in the options, or the general one.
func (a *Asker) Speak(loaded *site.Site, language string) (languages []string) {
	general := wordingOf(loaded, language)
	a.words = &wordings{wording: general, insurer: map[string]*wording{schema.General: general}}
	chosen := loaded
	for _, insurer := range loaded.Insurers {
		id := insurer.Profile.ID
		a.words.insurer[id] = wordingOf(insurer, language)
		if id == a.Profile {
			chosen, a.words.wording = insurer, a.words.insurer[id]
		}
	}
	for _, l := range chosen.Languages {
		languages = append(languages, l.ID)
	}
	return languages
}

// wordingOf returns the checker's words in the language with this id. If the site lacks that language, it returns the words in the
// site's default language.
func wordingOf(s *site.Site, language string) *wording {
	w := &wording{site: s, language: s.Default, checker: s.Checker, sources: map[string]*site.Source{}}
	for _, l := range s.Languages {
		if l.ID == language {
			w.language = l
		}
	}
	for _, source := range s.Sources {
		w.sources[source.ID] = source
	}
	return w
}

// page returns a sentence of the checker's page as plain text. `slots` alternates between the name of a slot and its value.
func (w *wording) page(key string, slots ...string) string {
	phrase := w.language.Checker.Page.Of(key)
	for i := 0; i+1 < len(slots); i += 2 {
		phrase = phrase.With(slots[i], markup.Words(slots[i+1]))
	}
	return phrase.Plain
}

// write writes an answer for people, in the order of the checker's page. `isUnsure` says of which inputs somebody said "I don't
// know" although none of their values means that.
func (w *wording) write(out io.Writer, set *rules.Set, raw []int32, isUnsure func(input int) bool, r rules.Result) {
	words := w.language.Checker
	p := set.Program
	visit := w.day(civil.Date(raw[p.Visit]).String())
	outcome, on := words.Outcomes.Of(r.Outcome).When(func(note string) bool { return slices.Contains(r.Tell, note) })
	keep := r.Enough != "yes"
	fmt.Fprintf(out, "%s: %s\n\n", words.Questions.Of(p.Names.Inputs[p.InputOf(p.Visit)].ID).Short.Plain, visit)
	if keep {
		fmt.Fprintln(out, w.page("keep_going"))
	}
	fmt.Fprintf(out, "%s\n%s\n%s\n", outcome.Title.Plain, outcome.Text.Plain, w.page(w.checker.NotEnough.EnoughWord(r.Enough, func(note string) bool { return slices.Contains(r.Tell, note) })))
	if keep && w.checker.NotEnough.Pays(r.Outcome) {
		fmt.Fprintln(out, w.page("pay_and_claim"))
	}
	if keep && w.checker.NotEnough.Calls(r.Outcome) {
		fmt.Fprintln(out, w.page("call_first"))
	}
	marks := w.writeBring(out, set, r, raw)
	w.writeRemedies(out, p, raw)
	section := func(key string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(out, "\n%s\n  %s\n", w.page(key), strings.Join(lines, "\n  "))
		}
	}
	list := func(ids []string) (lines []string) {
		for _, id := range ids {
			lines = append(lines, words.Documents.Of(id).Name.Plain)
		}
		return lines
	}
	section("also", list(r.Also))
	section(checkerpage.HeldTitle(p.IsSecret(raw)), list(r.NotAlone))
	var notes, steps, why, sources []string
	shown := checkerpage.Shown{Outcome: r.Outcome, Enough: !keep, Heading: on, Marks: marks}
	for _, id := range r.Tell {
		switch {
		case w.checker.Says(id, shown):
		case slices.Contains(w.checker.Steps, id):
			steps = append(steps, words.Notes.Of(id).Plain)
		default:
			notes = append(notes, words.Notes.Of(id).Plain)
		}
	}
	section("say", w.sentences(outcome.Speak))
	section("next_steps", steps)
	var calls []string
	for _, word := range w.checker.Whom(func(note string) bool { return slices.Contains(r.Tell, note) }, keep && w.checker.NotEnough.Calls(r.Outcome)) {
		calls = append(calls, w.page(word))
	}
	section("call", calls)
	section("tell", notes)
	fmt.Fprintf(out, "\n%s\n", w.until(set.Answers(raw), r))
	if explained, bad := explain.Why(set, raw); bad == nil {
		if reason, ok := words.Enough.Get(explained.Fit); ok {
			why = append(why, reason.Plain)
		}
		if reason, ok := words.Rows.Get(explained.Row); ok { // a row without words is explained by its conditions alone
			why = append(why, reason.Plain)
		}
		for _, reason := range explained.Reasons {
			named, _ := words.Conditions.Get(reason.ID) // a condition on the person's own answer has no words
			text := named.Holds.Plain
			if !reason.Holds {
				text = named.Not.Plain
			}
			if text != "" {
				why = append(why, text)
			}
		}
		for _, id := range explained.Sources {
			if source := w.sources[id]; source != nil {
				sources = append(sources, source.Label(w.language.ID).Plain)
			}
		}
	}
	section("why", why)
	section("assumed", w.assumed(p, raw, isUnsure, r))
	section("sources", sources)
}

// until returns the sentence that says how long the result holds.
func (w *wording) until(answers rules.Answers, r rules.Result) string {
	day := ""
	if r.Until != nil {
		day = w.day(*r.Until)
	}
	return w.page(w.checker.Ending(answers, r.Enough, r.Until != nil), "date", day)
}

// assumed returns what the result assumes: one sentence for each question that was answered with "I don't know", and for each
// question in Page.NotAsked that nobody answered. If NotAsked has documents for such a question, one of them must be offered.
func (w *wording) assumed(p *table.Program, raw []int32, isUnsure func(input int) bool, r rules.Result) (lines []string) {
	isOffered := func(document string) bool {
		return slices.ContainsFunc(r.Bring, func(set []string) bool { return slices.Contains(set, document) })
	}
	for input, names := range p.Names.Inputs {
		question, _ := w.language.Checker.Questions.Get(names.ID) // there is no entry if nobody is asked for the input
		holders, said := w.checker.NotAsked[names.ID]
		unknown := table.Among{Input: input, Values: []int{names.Unknown}}
		switch isOpen := raw[p.Slot(input)] == table.Missing; {
		case !isOpen && (isUnsure(input) || names.Unknown >= 0 && p.Answers(raw, unknown)):
			lines = append(lines, cmp.Or(question.Assumed.Plain, question.Short.Plain+": "+question.Unknown.Plain))
		case isOpen && said && (len(holders) == 0 || slices.ContainsFunc(holders, isOffered)):
			lines = append(lines, cmp.Or(question.NotAsked.Plain, question.Assumed.Plain))
		}
	}
	return lines
}

// writeBring writes what to bring. Next to a document that the person does not have, it may write a sentence about that document.
// It returns the keys of these sentences.
func (w *wording) writeBring(out io.Writer, set *rules.Set, r rules.Result, raw []int32) (marks []string) {
	p := set.Program
	answers, held := set.Answers(raw), p.Holds(raw)
	isHeld := func(id string) bool { return held>>slices.Index(p.Names.Documents, id)&1 != 0 }
	fmt.Fprintf(out, "\n%s\n", w.page("bring"))
	if len(r.Bring) == 0 {
		fmt.Fprintf(out, "  %s\n", w.page("nothing_known"))
	}
	alternatives, alone := checkerpage.Alternatives(r.Bring)
	for i, documents := range alternatives {
		line := "  "
		if i > 0 {
			line = "  " + w.page("or") + " "
		}
		if len(documents) == 0 {
			fmt.Fprintf(out, "%s%s\n", line, w.page("nothing_needed"))
			continue
		}
		var papers []string
		for _, id := range documents {
			paper := w.language.Checker.Documents.Of(id).Name.Plain
			if mark := w.checker.MarkOf(id, p.IsNameable(slices.Index(p.Names.Documents, id)), answers, r.Tell); mark != "" && !isHeld(id) {
				paper += " — " + w.page(mark)
				marks = append(marks, mark)
			}
			papers = append(papers, paper)
		}
		fmt.Fprintln(out, line+strings.Join(papers, " + "))
	}
	if alone {
		fmt.Fprintf(out, "  %s\n", w.page("alone_may_do"))
	}
	return marks
}

// writeRemedies writes the remedies that help the person most. It writes nothing if the documents are enough already.
func (w *wording) writeRemedies(out io.Writer, p *table.Program, raw []int32) {
	list := p.Better(raw)
	for i, r := range list {
		if i == 0 {
			fmt.Fprintf(out, "\n%s\n", w.page(interview.RemedyTitle(list)))
		}
		fmt.Fprintf(out, "  %s\n", w.remedy(p, r))
	}
}

func (w *wording) remedy(p *table.Program, r table.Remedied) string {
	return w.language.Checker.Remedies.Of(p.Names.Remedies[r.Remedy].ID).Plain
}

// sentences returns one line for each sentence that the person can say: whom to say it to, and the sentence.
func (w *wording) sentences(speak []site.SpeakWords) (lines []string) {
	for _, s := range speak {
		line := w.page(s.To) + ": "
		if s.Romaji.Plain != "" {
			line += s.Aloud.Plain + " " + s.Romaji.Plain + " — "
		}
		lines = append(lines, line+s.Own.Plain)
	}
	return lines
}

// day returns a day of the form YYYY-MM-DD as the language writes it. It returns any other text unchanged.
func (w *wording) day(text string) string {
	day, err := civil.Parse(text)
	if err != nil {
		return text
	}
	return w.language.DateBoth(day).Plain
}
