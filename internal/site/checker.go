package site

import (
	"maps"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// CheckerWords are the words of the checker in one language: rules/text/<lang>.yaml. The keys are the ids of the rules.
type CheckerWords struct {
	Questions  map[string]QuestionWords
	Documents  map[string]NamedWords
	Outcomes   map[string]OutcomeWords
	Notes      map[string]Phrase
	Page       map[string]Phrase
	Conditions map[string]ConditionWords
	Facts      []*Fact // that the words tell

	written wordsFile
}

// QuestionWords are the words of one question.
type QuestionWords struct {
	Title, Hint, Short, Unknown Phrase
	More, MoreTitle             Phrase // what opens its groups, and what is above them; empty where each group has a button
	Assumed, NotAsked           Phrase // what is said where the answer is "I don't know", and where nobody asked; may be empty
	Due                         Phrase // of a date: what is to be done by then; may be empty
	Values                      map[string]NamedWords
	Regions                     []Phrase // of a date: the periods it can lie in, seen from the visit, the earliest first
}

// CareFirst reports whether an outcome is one of people who have nothing that is enough: its text begins with the words
// that care is not to be put off.
func (w *CheckerWords) CareFirst(outcome string) bool {
	return strings.HasPrefix(w.Outcomes[outcome].Text.Plain, w.Page["keep_going"].Plain)
}

// NamedWords are a name and what it looks like.
type NamedWords struct{ Name, Hint Phrase }

// OutcomeWords are the words of a result.
type OutcomeWords struct {
	Title, Text, Say Phrase
	Romaji           Phrase // how what is to be said is read in Japanese; empty in Japanese
}

// ConditionWords say that a condition holds, and that it does not.
type ConditionWords struct{ Holds, Not Phrase }

type wordsYAML struct {
	Questions  strictyaml.Map[questionWordsYAML]  `yaml:"questions"`
	Documents  strictyaml.Map[namedYAML]          `yaml:"documents"`
	Outcomes   strictyaml.Map[outcomeYAML]        `yaml:"outcomes"`
	Notes      strictyaml.Map[strictyaml.Text]    `yaml:"notes"`
	Page       strictyaml.Map[strictyaml.Text]    `yaml:"page"`
	Conditions strictyaml.Map[conditionWordsYAML] `yaml:"conditions"`
}

type questionWordsYAML struct {
	Title    strictyaml.Text            `yaml:"title"`
	Hint     strictyaml.Text            `yaml:"hint"`
	Short    strictyaml.Text            `yaml:"short"`
	Unknown  strictyaml.Text            `yaml:"unknown"`
	More     *moreYAML                  `yaml:"more,optional"`
	Assumed  *strictyaml.Text           `yaml:"assumed,optional"`
	NotAsked *strictyaml.Text           `yaml:"not_asked,optional"`
	Due      *strictyaml.Text           `yaml:"due,optional"`
	Regions  []strictyaml.Text          `yaml:"regions,optional"`
	Values   strictyaml.Map[choiceYAML] `yaml:"values,optional"`
}

type moreYAML struct {
	Label strictyaml.Text `yaml:"label"`
	Title strictyaml.Text `yaml:"title"`
}

type choiceYAML struct {
	Label strictyaml.Text  `yaml:"label"`
	Hint  *strictyaml.Text `yaml:"hint,optional"`
}

type namedYAML struct {
	Name strictyaml.Text `yaml:"name"`
	Hint strictyaml.Text `yaml:"hint"`
}

type outcomeYAML struct {
	Title  strictyaml.Text  `yaml:"title"`
	Text   strictyaml.Text  `yaml:"text"`
	Say    strictyaml.Text  `yaml:"say"`
	Romaji *strictyaml.Text `yaml:"romaji,optional"` // how the Japanese sentence to say is read
}

type conditionWordsYAML struct {
	Holds *strictyaml.Text `yaml:"holds,optional"`
	Not   *strictyaml.Text `yaml:"not,optional"`
}

const (
	checkerFile   = "rules/page.yaml"
	checkerFolder = "rules/text/"
)

// loadChecker reads how the checker speaks and shows answers. A content folder without rules has no checker.
func (l *loader) loadChecker() error {
	if !l.has("rules") {
		return nil
	}
	var y checkerYAML
	f, err := l.decode(checkerFile, &y)
	if err != nil {
		return err
	}
	c := y.checker()
	c.written = pageFile{f, y}
	for _, entry := range y.Explain {
		for _, id := range entry.Value {
			if l.site.question[id.Value] == nil {
				l.report(f.At(id.Offset, "question-unknown", id.Value, l.suggestQuestion(id.Value)))
			}
		}
	}
	l.site.Checker, l.checkerWords = c, map[*Language]wordsFile{}
	for _, language := range l.site.Languages {
		if err := l.loadCheckerWords(language); err != nil {
			return err
		}
	}
	return nil
}

// wordsFile is rules/text/<lang>.yaml, not yet typeset.
type wordsFile struct {
	file  *diag.File
	y     wordsYAML
	reads map[string]bool // what of an insurer the words depend on
}

func (l *loader) loadCheckerWords(language *Language) error {
	var y wordsYAML
	f, err := l.decode(checkerFolder+language.ID+".yaml", &y)
	if err != nil {
		return err
	}
	file := wordsFile{file: f, y: y}
	if l.profiles {
		file.reads = map[string]bool{}
	}
	language.Checker = l.say(language, file)
	l.checkerWords[language] = file
	return nil
}

// say typesets the words of the checker.
func (l *loader) say(language *Language, file wordsFile) *CheckerWords {
	y, f := file.y, file.file
	var facts []*Fact
	say := func(text strictyaml.Text) Phrase {
		text.Value = slotForm.ReplaceAllString(text.Value, slotOpen+"$1"+slotClose)
		t := l.typesetter(language)
		t.noTerms, t.fixed = true, true // the words go to a script
		phrase := t.inline(f, text.Value, text.Offset)
		maps.Copy(file.reads, t.reads)
		facts = append(facts, t.usedFacts()...)
		return phrase
	}
	maybe := func(text *strictyaml.Text) Phrase {
		if text == nil {
			return Phrase{}
		}
		return say(*text)
	}
	w := &CheckerWords{written: file, Questions: map[string]QuestionWords{}, Documents: map[string]NamedWords{}, Outcomes: map[string]OutcomeWords{},
		Notes: map[string]Phrase{}, Page: map[string]Phrase{}, Conditions: map[string]ConditionWords{}}
	for _, entry := range y.Questions {
		q := entry.Value
		words := QuestionWords{Title: say(q.Title), Hint: say(q.Hint), Short: say(q.Short), Unknown: say(q.Unknown),
			Assumed: maybe(q.Assumed), NotAsked: maybe(q.NotAsked), Due: maybe(q.Due), Values: map[string]NamedWords{}}
		for _, value := range q.Values {
			words.Values[value.Key.Value] = NamedWords{say(value.Value.Label), maybe(value.Value.Hint)}
		}
		if q.More != nil {
			words.More, words.MoreTitle = say(q.More.Label), say(q.More.Title)
		}
		for _, region := range q.Regions {
			words.Regions = append(words.Regions, say(region))
		}
		w.Questions[entry.Key.Value] = words
	}
	for _, entry := range y.Documents {
		w.Documents[entry.Key.Value] = NamedWords{say(entry.Value.Name), say(entry.Value.Hint)}
	}
	for _, entry := range y.Outcomes {
		w.Outcomes[entry.Key.Value] = OutcomeWords{say(entry.Value.Title), say(entry.Value.Text), say(entry.Value.Say), maybe(entry.Value.Romaji)}
	}
	for _, entry := range y.Notes {
		w.Notes[entry.Key.Value] = say(entry.Value)
	}
	for _, entry := range y.Page {
		w.Page[entry.Key.Value] = say(entry.Value)
	}
	for _, entry := range y.Conditions {
		w.Conditions[entry.Key.Value] = ConditionWords{maybe(entry.Value.Holds), maybe(entry.Value.Not)}
	}
	w.Facts = facts
	return w
}

// CheckerPages are the checker's pages, from their language's folder: with script, without, and for other sites.
const (
	CheckerPath      = "check.html"
	CheckerPlainPath = "check-noscript.html"
	CheckerEmbedPath = "embed.html"
)
