package typeset

import (
	"maps"
	"reflect"
	"slices"

	"sitegen/internal/checkerpage"
	"sitegen/internal/diag"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// CheckerWords typesets the words of the checker in one language. For the general site, `differs` is nil. For an insurer's site, it reports
// whether a text may differ from that of the general site; its argument has the parts of the profile on which the text depends.
// CheckerWords takes all other texts from the general site, which must have been typeset before.
func (l *Typesetter) CheckerWords(language *site.Language, file site.WrittenWords, differs func(reads map[string]bool) bool) *site.CheckerWords {
	if file.Reads == nil && l.insurers {
		file.Reads, file.Said = map[string]bool{}, map[int]site.SaidWords{}
	}
	t := &wordsTypesetter{loader: l, language: language, file: file, differs: differs}
	w := &site.CheckerWords{Written: file}
	for _, entry := range file.Words.Questions {
		w.Questions.Add(entry.Key.Value, t.question(entry.Value))
	}
	for _, entry := range file.Words.Documents {
		w.Documents.Add(entry.Key.Value, site.NamedWords{Name: t.say(entry.Value.Name), Hint: t.maybe(entry.Value.Hint)})
	}
	for _, entry := range file.Words.Outcomes {
		w.Outcomes.Add(entry.Key.Value, t.outcome(entry.Key.Value, entry.Value))
	}
	for _, entry := range file.Words.Notes {
		w.Notes.Add(entry.Key.Value, t.say(entry.Value))
	}
	for _, entry := range file.Words.Remedies {
		w.Remedies.Add(entry.Key.Value, t.say(entry.Value))
	}
	for _, entry := range file.Words.Page {
		w.Page.Add(entry.Key.Value, t.slotted(entry.Value)) // CheckRules checks the slots, because each theme has its own
	}
	for _, entry := range file.Words.Conditions {
		w.Conditions.Add(entry.Key.Value, site.ConditionWords{Holds: t.maybe(entry.Value.Holds), Not: t.maybe(entry.Value.Not)})
	}
	for _, entry := range file.Words.Rows {
		w.Rows.Add(entry.Key.Value, t.say(entry.Value))
	}
	for _, entry := range file.Words.Enough {
		w.Enough.Add(entry.Key.Value, t.say(entry.Value))
	}
	w.Facts = t.facts
	return w
}

// wordsTypesetter typesets the words of one file rules/text/<lang>.yaml.
type wordsTypesetter struct {
	loader   *Typesetter
	language *site.Language
	file     site.WrittenWords
	differs  func(reads map[string]bool) bool // see CheckerWords
	facts    []*site.Fact                     // the facts that the words typeset so far mention
}

// say typesets a text that must not have slots. It reports those it has, unless texts are typeset again for an insurer.
func (w *wordsTypesetter) say(text strictyaml.Text) site.Phrase {
	if !w.loader.Again {
		w.loader.Report(values.CheckSlots(w.file.File, "", text, nil)...)
	}
	return w.slotted(text)
}

func (w *wordsTypesetter) slotted(text strictyaml.Text) site.Phrase {
	if said, known := w.file.Said[text.Offset]; known && w.differs != nil && !w.differs(said.Reads) {
		w.facts = append(w.facts, said.Facts...)
		return said.Phrase
	}
	text.Value = values.Slotted(text.Value)
	t := w.loader.Page(w.language)
	t.noTerms, t.fixed, t.label = true, true, true // a script shows the words, so they link no terms and are the same on every day
	phrase := t.inline(w.file.File, text.Value, text.Offset)
	maps.Copy(w.file.Reads, t.Reads)
	used := t.UsedFacts()
	w.facts = append(w.facts, used...)
	if w.file.Said != nil && w.differs == nil {
		w.file.Said[text.Offset] = site.SaidWords{Phrase: phrase, Facts: used, Reads: t.Reads}
	}
	return phrase
}

func (w *wordsTypesetter) maybe(text *strictyaml.Text) site.Phrase {
	if text == nil {
		return site.Phrase{}
	}
	return w.say(*text)
}

func (w *wordsTypesetter) question(y checkerpage.QuestionYAML) site.QuestionWords {
	q := site.QuestionWords{Title: w.say(y.Title), Hint: w.maybe(y.Hint), Short: w.say(y.Short), Unknown: w.say(y.Unknown),
		Assumed: w.maybe(y.Assumed), NotAsked: w.maybe(y.NotAsked), Due: w.maybe(y.Due)}
	if y.More != nil {
		q.More, q.MoreTitle = w.say(y.More.Label), w.say(y.More.Title)
	}
	for _, held := range y.Held {
		q.Held = append(q.Held, site.HeldWords{Document: held.Key.Value, Title: w.say(held.Value.Title), Hint: w.say(held.Value.Hint)})
	}
	for _, value := range y.Values {
		q.Values.Add(value.Key.Value, site.NamedWords{Name: w.say(value.Value.Label), Hint: w.maybe(value.Value.Hint)})
		if value.Value.Tile != nil {
			q.Tiles.Add(value.Key.Value, w.say(*value.Value.Tile))
		}
	}
	return q
}

func (w *wordsTypesetter) outcome(id string, y checkerpage.OutcomeYAML) site.OutcomeWords {
	var same site.OutcomeWords // the words of this outcome in the default language
	known := false
	if spoken := w.loader.Site.Default; spoken != nil && spoken.Checker != nil {
		same, known = spoken.Checker.Outcomes.Get(id)
	}
	speak := func(list []checkerpage.SpeakYAML, spoken []site.SpeakWords) []site.SpeakWords {
		words, alone := w.speak(list, spoken)
		if known && !w.loader.Again { // package checkerpage reports an unknown id
			w.loader.Report(alone...)
		}
		return words
	}
	o := site.OutcomeWords{Title: w.say(y.Title), Text: w.say(y.Text), Speak: speak(y.Speak, same.Speak)}
	for _, told := range y.Told {
		words := site.ToldWords{Note: told.Key.Value, Title: w.say(told.Value.Title), Text: o.Text, Speak: o.Speak}
		if told.Value.Text != nil {
			words.Text = w.say(*told.Value.Text)
		}
		if told.Value.Speak != nil {
			spoken, _ := same.When(func(note string) bool { return note == words.Note })
			words.Speak = speak(told.Value.Speak, spoken.Speak)
		}
		o.Told = append(o.Told, words)
	}
	return o
}

// speak typesets sentences. `spoken` has the sentences of the default language. A sentence with romaji gets as its Aloud the sentence for
// the same listener in `spoken`. If there is none, `alone` has a finding about it.
func (w *wordsTypesetter) speak(list []checkerpage.SpeakYAML, spoken []site.SpeakWords) (words []site.SpeakWords, alone []diag.Diagnostic) {
	for _, y := range list {
		s := site.SpeakWords{To: y.To.Value, Own: w.say(y.Own), Romaji: w.maybe(y.Romaji)}
		if y.Romaji != nil && !w.loader.Again {
			w.loader.checkRomaji(w.file.File, *y.Romaji)
		}
		same := slices.IndexFunc(spoken, func(other site.SpeakWords) bool { return other.To == s.To })
		switch {
		case y.Romaji == nil:
		case same < 0:
			alone = append(alone, w.file.File.At(y.To.Offset, "speak-alone", s.To))
		default:
			s.Aloud = spoken[same].Own
		}
		words = append(words, s)
	}
	return words, alone
}

// standInAll copies the fields of the struct `from` into `target`, a struct of the same type. It marks all phrases, including those inside
// fields, as words of the fallback.
func standInAll(l *site.Language, target, from reflect.Value) {
	for i := range target.NumField() {
		field, theirs := target.Field(i), from.Field(i)
		if !field.CanSet() {
			continue
		}
		if phrase, ok := theirs.Interface().(site.Phrase); ok {
			field.Set(reflect.ValueOf(l.StandIn(phrase)))
			continue
		}
		field.Set(standInFor(l, theirs))
	}
}

// standInFor returns a copy of a value in which every phrase is marked as words of the fallback.
func standInFor(l *site.Language, v reflect.Value) reflect.Value {
	switch {
	case v.Type() == reflect.TypeFor[site.Phrase]():
		return reflect.ValueOf(l.StandIn(v.Interface().(site.Phrase)))
	case v.Type() == reflect.TypeFor[site.Texts[site.NamedWords]]():
		return reflect.ValueOf(standInTexts(l, site.Texts[site.NamedWords]{}, v.Interface().(site.Texts[site.NamedWords])))
	case v.Kind() == reflect.Struct:
		made := reflect.New(v.Type()).Elem()
		standInAll(l, made, v)
		return made
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		made := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			made.Index(i).Set(standInFor(l, v.Index(i)))
		}
		return made
	}
	return v
}

// standInTexts adds to `own` the words for ids that only `theirs` has, marked as words of the fallback, and returns `own`.
func standInTexts[T any](l *site.Language, own, theirs site.Texts[T]) site.Texts[T] {
	for id, words := range theirs.All() {
		if _, ok := own.Get(id); !ok {
			own.Add(id, standInFor(l, reflect.ValueOf(words)).Interface().(T))
		}
	}
	return own
}

// StandInWords adds words of the fallback to the checker's words of a growing language. `own` has the words of the growing language, and
// `theirs` has those of the fallback. StandInWords adds only words that `own` lacks.
func StandInWords(l *site.Language, own *site.CheckerWords, theirs *site.CheckerWords) {
	for id, words := range own.Questions.All() {
		if whole, ok := theirs.Questions.Get(id); ok {
			words.Values = standInTexts(l, words.Values, whole.Values)
			own.Questions.Add(id, words)
		}
	}
	own.Questions = standInTexts(l, own.Questions, theirs.Questions)
	own.Documents = standInTexts(l, own.Documents, theirs.Documents)
	own.Outcomes = standInTexts(l, own.Outcomes, theirs.Outcomes)
	own.Notes = standInTexts(l, own.Notes, theirs.Notes)
	own.Remedies = standInTexts(l, own.Remedies, theirs.Remedies)
	own.Enough = standInTexts(l, own.Enough, theirs.Enough)
	own.Page = standInTexts(l, own.Page, theirs.Page)
	own.Conditions = standInTexts(l, own.Conditions, theirs.Conditions)
	own.Rows = standInTexts(l, own.Rows, theirs.Rows)
	for _, fact := range theirs.Facts {
		if !slices.Contains(own.Facts, fact) {
			own.Facts = append(own.Facts, fact)
		}
	}
}
