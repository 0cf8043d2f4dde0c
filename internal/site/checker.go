package site

import (
	"sitegen/internal/checkerpage"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
)

// CheckerWords has the words of the checker in one language, from rules/text/<lang>.yaml. Most keys are ids of the rules. A key of Page
// names the place on the page where the words stand. [Site.CheckRules] checks that no needed key is missing.
type CheckerWords struct {
	Questions  Texts[QuestionWords]
	Documents  Texts[NamedWords]
	Outcomes   Texts[OutcomeWords]
	Notes      Texts[Phrase]
	Remedies   Texts[Phrase] // the words for each remedy, as an entry of a list
	Page       Texts[Phrase]
	Conditions Texts[ConditionWords] // words for the conditions that explain a row of the rules
	Rows       Texts[Phrase]         // the reasons for rows that no condition explains
	Enough     Texts[Phrase]         // for rows that say that papers may not be enough: why
	Facts      []*Fact               // the facts that the words mention

	Written WrittenWords
}

// QuestionWords has the words of one question of the checker.
type QuestionWords struct {
	Title, Short, Unknown Phrase
	Hint                  Phrase      // may be empty
	Held                  []HeldWords // replace Title and Hint for people who have a certain document; the first that fits counts
	More, MoreTitle       Phrase      // the button that opens the groups of values, and the heading above them; empty if each group has its own button
	Assumed, NotAsked     Phrase      // shown if the answer is "I don't know" (Assumed), and if the question was not asked (NotAsked); both may be empty
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

// ToldWords has the words of an outcome for results that have a certain note. Note is the id of that note.
type ToldWords struct {
	Note        string
	Title, Text Phrase
	Speak       []SpeakWords
}

// SpeakWords is a sentence that the reader can say to somebody.
type SpeakWords struct {
	To            string // the key in Page of the word for the person to speak to
	Own           Phrase // the sentence in the reader's language
	Aloud, Romaji Phrase // the sentence in the default language, and how to read it aloud; both empty if the reader says Own
}

// When returns the words for a result. The function `told` reports whether the result has a note. `on` is the note in w.Told that selected
// the words, or "" if no note did.
func (w OutcomeWords) When(told func(note string) bool) (words OutcomeWords, on string) {
	for _, other := range w.Told {
		if told(other.Note) {
			w.Title, w.Text, w.Speak = other.Title, other.Text, other.Speak
			return w, other.Note
		}
	}
	return w, ""
}

// ConditionWords has two sentences for a condition: Holds is for a condition that holds, and Not is for one that does not hold. Each may be
// empty.
type ConditionWords struct{ Holds, Not Phrase }

// WrittenWords is a decoded file rules/text/<lang>.yaml, before typesetting.
type WrittenWords struct {
	File  *diag.File // nil if a growing language has no file of its own
	Words checkerpage.WordsYAML
	Reads map[string]bool // the parts of an insurer's profile that the words depend on; nil if there are no insurers
	// Said has each text as the general site says it, by its offset in the file; nil if there are no insurers.
	Said map[int]SaidWords
}

// SaidWords is a typeset text of the checker, with the facts that it mentions. Reads has the parts of an insurer's profile on which the
// text depends.
type SaidWords struct {
	Phrase Phrase
	Facts  []*Fact
	Reads  map[string]bool
}

// words returns the words of the checker as the authors wrote them. The field File of the result is nil if the language has no file of
// its own.
func (l *Language) words() *checkerpage.Words {
	return &checkerpage.Words{Language: l.ID, Growing: l.Growing, File: l.Checker.Written.File, WordsYAML: l.Checker.Written.Words}
}

// CheckRules compares the words of the checker with the rules. `ids` has the ids that the rules use. It returns the findings and, for each
// check that ran, the files or the number of passages that it covered. The site must have a checker.
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
	ran := rules.Ran{rules.ByFacts: {Passages: s.Passages}}
	for _, check := range []rules.Check{rules.ByWords, rules.ByReasons, rules.BySayings} {
		ran[check] = rules.Evidence{Files: files}
	}
	found = append(found, checkerpage.Unspoken(ids.Sayings, languages)...)
	found = append(found, s.Checker.Check(ids)...)
	ran[rules.ByGroups] = rules.Evidence{Files: []string{s.Checker.FileName()}}
	for _, insurer := range s.Insurers {
		found = append(found, checkerpage.CheckAnswers(insurer.Profile.Written, insurer.Profile.Read, ids)...)
	}
	diag.Sort(found)
	return found, ran
}
