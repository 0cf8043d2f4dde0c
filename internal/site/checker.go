package site

import (
	"maps"
	"slices"

	"sitegen/internal/checkerpage"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// CheckerWords has the words of the checker in one language, from rules/text/<lang>.yaml. Most keys are ids from the rules. The keys of
// Page say where the page uses the words, and CheckRules checks that all needed keys exist.
type CheckerWords struct {
	Questions  Texts[QuestionWords]
	Documents  Texts[NamedWords]
	Outcomes   Texts[OutcomeWords]
	Notes      Texts[Phrase]
	Page       Texts[Phrase]
	Conditions Texts[ConditionWords] // words for the conditions that explain a row of the rules
	Rows       Texts[Phrase]         // the reasons for rows that no condition explains
	Facts      []*Fact               // the facts that the words mention

	written wordsFile
}

// QuestionWords has the words of one question of the checker.
type QuestionWords struct {
	Title, Short, Unknown Phrase
	Hint                  Phrase      // may be empty
	Held                  []HeldWords // replace Title and Hint for people who have a certain document; the first that fits counts
	More, MoreTitle       Phrase      // the button that opens the groups of values, and the heading above them; empty if each group has its own button
	Assumed, NotAsked     Phrase      // shown if the answer is "I don't know", and if the question was not asked; may be empty
	Due                   Phrase      // for a date: what to do by that day; may be empty
	Values                Texts[NamedWords]
	Tiles                 Texts[Phrase] // shorter names for values that are shown on a tile beside a drawing
}

// HeldWords has the title and the hint that a question has for people who hold a document. Document is the document's id.
type HeldWords struct {
	Document    string
	Title, Hint Phrase
}

// NamedWords is a name and a hint, for example a description of a document. The hint may be empty.
type NamedWords struct{ Name, Hint Phrase }

// OutcomeWords has the words of an outcome.
type OutcomeWords struct {
	Title, Text Phrase
	Speak       []SpeakWords
	Told        []ToldWords // replace Title, Text and Speak for a result with a certain note; the first that fits counts
}

// ToldWords has the words of an outcome for results with this note.
type ToldWords struct {
	Note        string
	Title, Text Phrase
	Speak       []SpeakWords
}

// SpeakWords is a sentence that the reader can say to somebody.
type SpeakWords struct {
	To            string // the key of the page's word for the listener
	Own           Phrase // the sentence in the reader's language
	Aloud, Romaji Phrase // the sentence in the default language, and how to read it aloud; both empty if the reader says Own
}

// When returns the words for a result. told reports whether the result has a note. on is the note of Told that chose the words, or "" if
// the words are those without a note.
func (w OutcomeWords) When(told func(note string) bool) (words OutcomeWords, on string) {
	for _, other := range w.Told {
		if told(other.Note) {
			w.Title, w.Text, w.Speak = other.Title, other.Text, other.Speak
			return w, other.Note
		}
	}
	return w, ""
}

// ConditionWords has a sentence that says that a condition holds, and one that says that it does not hold. Each may be empty.
type ConditionWords struct{ Holds, Not Phrase }

const (
	checkerFile   = "rules/page.yaml"
	checkerFolder = "rules/text/"
)

// loadChecker reads rules/page.yaml and the checker's words in each language. If the content has no folder rules, the site has no
// checker.
func (l *loader) loadChecker() error {
	if !l.has("rules") {
		return nil
	}
	var y checkerpage.File
	f, err := l.decode(checkerFile, &y)
	if err != nil {
		return err
	}
	for _, entry := range y.Explain {
		if id := entry.Value; id.Value != "" && l.site.question[id.Value] == nil { // an empty text is already reported
			l.report(l.noQuestion(f, id.Offset, id.Value))
		}
	}
	for _, entry := range y.Drawn() {
		l.report(l.checkPicture(f, entry.Value)...)
	}
	l.site.Checker, l.checkerWords = checkerpage.New(f, y), map[*Language]wordsFile{}
	for _, language := range l.site.completeFirst() {
		if err := l.loadCheckerWords(language); err != nil {
			return err
		}
	}
	l.compareCheckerWords()
	return nil
}

// defaultFirst returns the languages with the default language first, and the others in the readers' order. Files of words are read in
// this order, because the words of the other languages are compared with those of the default language.
func (s *Site) defaultFirst() []*Language {
	languages := slices.Clone(s.Languages)
	slices.SortStableFunc(languages, func(a, b *Language) int {
		switch s.Default {
		case a:
			return -1
		case b:
			return 1
		}
		return 0
	})
	return languages
}

// wordsFile is a decoded file rules/text/<lang>.yaml, before typesetting.
type wordsFile struct {
	file  *diag.File
	y     checkerpage.WordsYAML
	reads map[string]bool // the parts of an insurer's profile that the words depend on, see typesetter
}

// words returns the words of the checker as the authors wrote them. The field File of the result is nil if the language has no file of
// its own.
func (l *Language) words() *checkerpage.Words {
	return &checkerpage.Words{Language: l.ID, Growing: l.growing, File: l.Checker.written.file, WordsYAML: l.Checker.written.y}
}

// CheckRules compares the words of the checker with the rules, whose ids are in ids. It returns the findings and, for each check that
// ran, the files or the number of passages that it covered. The site must have a checker.
func (s *Site) CheckRules(ids checkerpage.RuleIDs) ([]diag.Diagnostic, rules.Ran) {
	var found []diag.Diagnostic
	var files, languages []string
	page := s.Checker.PageWords(ids, s.Default.words())
	for _, language := range s.Languages {
		languages = append(languages, language.ID)
		if words := language.words(); words.File != nil {
			found, files = append(found, words.CheckWords(ids, page)...), append(files, words.File.Name)
			found = append(found, s.Checker.Unshown(words, ids.Held)...)
		}
	}
	ran := rules.Ran{rules.ByFacts: {Passages: s.passages}}
	for _, check := range []rules.Check{rules.ByWords, rules.ByReasons, rules.BySayings} {
		ran[check] = rules.Evidence{Files: files}
	}
	found = append(found, checkerpage.Unspoken(ids.Sayings, languages)...)
	found = append(found, s.Checker.Check(ids)...)
	ran[rules.ByGroups] = rules.Evidence{Files: []string{s.Checker.FileName()}}
	for _, insurer := range s.Insurers {
		found = append(found, checkerpage.CheckAnswers(insurer.Profile.written, insurer.Profile.answers, ids)...)
	}
	diag.Sort(found)
	return found, ran
}

func (l *loader) loadCheckerWords(language *Language) error {
	var y checkerpage.WordsYAML
	name := checkerFolder + language.ID + ".yaml"
	if language.growing && !l.has(name) {
		language.Checker = &CheckerWords{}
		language.standInWords(language.Checker, language.fallback.Checker)
		return nil
	}
	f, err := l.decode(name, &y)
	if err != nil {
		return err
	}
	l.checkSections(language, f, y)
	file := wordsFile{file: f, y: y}
	if l.profiles {
		file.reads = map[string]bool{}
	}
	language.Checker = l.say(language, file)
	if language.growing {
		language.standInWords(language.Checker, language.fallback.Checker)
	}
	l.checkerWords[language] = file
	return nil
}

// say typesets the words of the checker in one language.
func (l *loader) say(language *Language, file wordsFile) *CheckerWords {
	t := &wordsTypesetter{loader: l, language: language, file: file}
	w := &CheckerWords{written: file}
	for _, entry := range file.y.Questions {
		w.Questions.add(entry.Key.Value, t.question(entry.Value))
	}
	for _, entry := range file.y.Documents {
		w.Documents.add(entry.Key.Value, NamedWords{t.say(entry.Value.Name), t.maybe(entry.Value.Hint)})
	}
	for _, entry := range file.y.Outcomes {
		w.Outcomes.add(entry.Key.Value, t.outcome(entry.Key.Value, entry.Value))
	}
	for _, entry := range file.y.Notes {
		w.Notes.add(entry.Key.Value, t.say(entry.Value))
	}
	for _, entry := range file.y.Page {
		w.Page.add(entry.Key.Value, t.slotted(entry.Value)) // CheckRules checks the slots, because each theme has slots of its own
	}
	for _, entry := range file.y.Conditions {
		w.Conditions.add(entry.Key.Value, ConditionWords{t.maybe(entry.Value.Holds), t.maybe(entry.Value.Not)})
	}
	for _, entry := range file.y.Rows {
		w.Rows.add(entry.Key.Value, t.say(entry.Value))
	}
	w.Facts = t.facts
	return w
}

// wordsTypesetter typesets the words of one file rules/text/<lang>.yaml.
type wordsTypesetter struct {
	loader   *loader
	language *Language
	file     wordsFile
	facts    []*Fact // the facts that the words typeset so far mention
}

// say typesets a text that must not have slots.
func (w *wordsTypesetter) say(text strictyaml.Text) Phrase {
	if !w.loader.again {
		w.loader.report(values.CheckSlots(w.file.file, "", text, nil)...)
	}
	return w.slotted(text)
}

func (w *wordsTypesetter) slotted(text strictyaml.Text) Phrase {
	text.Value = values.Slotted(text.Value)
	t := w.loader.typesetter(w.language)
	t.noTerms, t.fixed, t.label = true, true, true // a script shows the words, so they link no terms and are the same on every day
	phrase := t.inline(w.file.file, text.Value, text.Offset)
	maps.Copy(w.file.reads, t.reads)
	w.facts = append(w.facts, t.usedFacts()...)
	return phrase
}

func (w *wordsTypesetter) maybe(text *strictyaml.Text) Phrase {
	if text == nil {
		return Phrase{}
	}
	return w.say(*text)
}

func (w *wordsTypesetter) question(y checkerpage.QuestionYAML) QuestionWords {
	q := QuestionWords{Title: w.say(y.Title), Hint: w.maybe(y.Hint), Short: w.say(y.Short), Unknown: w.say(y.Unknown),
		Assumed: w.maybe(y.Assumed), NotAsked: w.maybe(y.NotAsked), Due: w.maybe(y.Due)}
	if y.More != nil {
		q.More, q.MoreTitle = w.say(y.More.Label), w.say(y.More.Title)
	}
	for _, held := range y.Held {
		q.Held = append(q.Held, HeldWords{held.Key.Value, w.say(held.Value.Title), w.say(held.Value.Hint)})
	}
	for _, value := range y.Values {
		q.Values.add(value.Key.Value, NamedWords{w.say(value.Value.Label), w.maybe(value.Value.Hint)})
		if value.Value.Tile != nil {
			q.Tiles.add(value.Key.Value, w.say(*value.Value.Tile))
		}
	}
	return q
}

func (w *wordsTypesetter) outcome(id string, y checkerpage.OutcomeYAML) OutcomeWords {
	var same OutcomeWords // the words of this outcome in the default language
	if spoken := w.loader.site.Default; spoken != nil && spoken.Checker != nil {
		same, _ = spoken.Checker.Outcomes.Get(id)
	}
	o := OutcomeWords{Title: w.say(y.Title), Text: w.say(y.Text), Speak: w.speak(y.Speak, same.Speak)}
	for _, told := range y.Told {
		words := ToldWords{Note: told.Key.Value, Title: w.say(told.Value.Title), Text: o.Text, Speak: o.Speak}
		if told.Value.Text != nil {
			words.Text = w.say(*told.Value.Text)
		}
		if told.Value.Speak != nil {
			spoken, _ := same.When(func(note string) bool { return note == words.Note })
			words.Speak = w.speak(told.Value.Speak, spoken.Speak)
		}
		o.Told = append(o.Told, words)
	}
	return o
}

// speak typesets sentences. spoken has the sentences of the default language. A sentence with romaji gets as its Aloud the sentence of
// spoken for the same listener. speak reports a sentence with romaji if spoken has no sentence for that listener.
func (w *wordsTypesetter) speak(list []checkerpage.SpeakYAML, spoken []SpeakWords) []SpeakWords {
	var words []SpeakWords
	for _, y := range list {
		s := SpeakWords{To: y.To.Value, Own: w.say(y.Own), Romaji: w.maybe(y.Romaji)}
		same := slices.IndexFunc(spoken, func(other SpeakWords) bool { return other.To == s.To })
		switch {
		case y.Romaji == nil:
		case same < 0:
			w.loader.report(w.file.file.At(y.To.Offset, "speak-alone", s.To))
		default:
			s.Aloud = spoken[same].Own
		}
		words = append(words, s)
	}
	return words
}

// Paths of the checker's pages in the folder of their language: the page with script, the first page without script, and the page for
// embedding in other websites.
const (
	CheckerPath      = "check.html"
	CheckerPlainPath = "check-noscript.html"
	CheckerEmbedPath = "embed.html"
)
