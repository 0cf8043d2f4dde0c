package site

import (
	"reflect"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// textFile is a file text/<lang>.yaml.
type textFile struct {
	Topics  strictyaml.Map[topicWords]      `yaml:"topics,optional" growing:"omit"`
	Facts   strictyaml.Map[strictyaml.Text] `yaml:"facts,optional" growing:"omit"`
	Formats values.Formats                  `yaml:"formats"`
	UI      strictyaml.Map[strictyaml.Text] `yaml:"ui,optional" growing:"omit"`
	// Home has the home page's texts, by day.
	Home []variantYAML `yaml:"home,optional"`
	// Changed has texts that say what changed on the day of a fact. The keys are ids of facts.
	Changed strictyaml.Map[strictyaml.Text] `yaml:"changed,optional"`
	// Policies has the words for the values of parameters, by parameter and value.
	Policies strictyaml.Map[strictyaml.Map[strictyaml.Text]] `yaml:"policies,optional"`

	Differs parity.Differs `yaml:"differs,optional"`

	file *diag.File
}

// nameFacts typesets the names of facts in every language, and reports missing names. These names are typeset before all other texts, so
// they may have ruby but no tokens.
func (l *loader) nameFacts(texts map[*Language]*textFile) {
	for _, language := range l.site.completeFirst() {
		text := texts[language]
		for _, entry := range text.Facts {
			if l.site.fact[entry.Key.Value] == nil {
				l.report(text.file.At(entry.Key.Offset, "fact-unknown", entry.Key.Value, l.suggestFact(entry.Key.Value)))
				continue
			}
			language.FactNames[entry.Key.Value] = l.nameOf(text.file, language, entry.Value)
		}
		for _, fact := range l.site.Facts {
			_, named := language.FactNames[fact.ID]
			theirs, stands := language.fallback.FactNames[fact.ID]
			switch {
			case named:
			case language.growing && stands:
				language.FactNames[fact.ID] = language.standIn(theirs)
			default:
				l.report(l.factFile.At(fact.Offset, "fact-unnamed", fact.ID, "text/"+language.ID+".yaml"))
			}
		}
	}
}

// loadTexts typesets the names of topics, the words of the interface, the home page's texts and the texts about changes.
func (l *loader) loadTexts(texts map[*Language]*textFile) {
	l.labels = map[*Language]map[string]Phrase{}
	for _, language := range l.site.completeFirst() {
		text := texts[language]
		language.topics = map[string]topicWords{}
		titled := map[string]string{} // the topic of each title
		for _, entry := range text.Topics {
			if l.topic(entry.Key.Value) == nil {
				l.report(text.file.At(entry.Key.Offset, "topic-unknown", entry.Key.Value))
				continue
			}
			words := entry.Value
			words.title = l.label(text.file, language, words.Title)
			words.summary = l.label(text.file, language, words.Summary)
			if other, same := titled[words.title.Plain]; same && words.title.Plain != "" {
				l.report(text.file.At(words.Title.Offset, "topic-same", other, entry.Key.Value, words.title.Plain))
			}
			titled[words.title.Plain] = entry.Key.Value
			language.topics[entry.Key.Value] = words
		}
		for _, topic := range l.site.Topics {
			_, named := language.topics[topic.ID]
			theirs, stands := language.fallback.topics[topic.ID]
			switch {
			case named:
			case language.growing && stands:
				theirs.title, theirs.summary = language.standIn(theirs.title), language.standIn(theirs.summary)
				language.topics[topic.ID] = theirs
			default:
				l.report(text.file.Whole("topic-unnamed", topic.ID))
			}
		}
		l.loadUI(language, text)
		l.loadHome(language, text)
		l.loadChanged(language, text)
		if language.growing {
			language.standInHome()
			language.standInChanged()
			language.Boundaries = append(language.Boundaries, language.fallback.Boundaries...)
			slices.Sort(language.Boundaries)
			language.Boundaries = slices.Compact(language.Boundaries)
		}
	}
}

// label typesets a text that is the same for every insurer and whose terms are not linked.
func (l *loader) label(f *diag.File, language *Language, text strictyaml.Text) Phrase {
	phrase, _ := l.labelWithFacts(f, language, text)
	return phrase
}

// labelWithFacts does the same as label, and also returns the facts that the text mentions.
func (l *loader) labelWithFacts(f *diag.File, language *Language, text strictyaml.Text) (Phrase, []*Fact) {
	return l.labelBy(l.typesetter(language), f, text)
}

// title typesets the title of a question, which links and lists of questions also show.
func (l *loader) title(f *diag.File, language *Language, text strictyaml.Text) Phrase {
	t := l.typesetter(language)
	t.title = true
	phrase, _ := l.labelBy(t, f, text)
	return phrase
}

// labelBy typesets a label with the typesetter t. It adds the days on which the label changes to the language's Boundaries.
func (l *loader) labelBy(t *typesetter, f *diag.File, text strictyaml.Text) (Phrase, []*Fact) {
	language := t.language
	t.noTerms, t.general = true, true
	phrase := t.inline(f, text.Value, text.Offset)
	if len(t.boundaries) > 0 {
		language.Boundaries = append(language.Boundaries, t.boundaries...)
		slices.Sort(language.Boundaries)
		language.Boundaries = slices.Compact(language.Boundaries)
	}
	return phrase, t.usedFacts()
}

// loadHome typesets the home page's texts, and collects the facts that these and their periods mention.
func (l *loader) loadHome(language *Language, text *textFile) {
	t := l.typesetter(language)
	language.Home = l.variants(text.file, text.Home, civil.Unset, civil.Unset, func(words strictyaml.Text) Phrase {
		phrase, _ := l.labelBy(t, text.file, words)
		return phrase
	})
	for _, y := range text.Home {
		t.usePeriod(y.From, y.Until)
	}
	language.HomeFacts = t.usedFacts()
}

// loadChanged typesets the texts about what changed on the days of facts.
func (l *loader) loadChanged(language *Language, text *textFile) {
	for _, entry := range text.Changed {
		fact := l.site.fact[entry.Key.Value]
		if fact == nil || fact.Kind != schema.DateFact || fact.Variants != nil {
			l.report(text.file.At(entry.Key.Offset, "fact-unknown", entry.Key.Value, l.suggestFactOf(entry.Key.Value, schema.DateFact)))
			continue
		}
		language.changed = append(language.changed, changedOn{fact, l.label(text.file, language, entry.Value)})
	}
}

// loadUI sets the language's UI, and reports unknown and missing keys. A growing language needs only the key ownFallback.
func (l *loader) loadUI(language *Language, text *textFile) {
	fields, slots := map[string]reflect.Value{}, map[string][]string{}
	var keys []string
	value := reflect.ValueOf(&language.UI).Elem()
	for i := range value.NumField() {
		key := value.Type().Field(i).Tag.Get("yaml")
		fields[key], slots[key] = value.Field(i), strings.Fields(value.Type().Field(i).Tag.Get("slots"))
		keys = append(keys, key)
	}
	l.labels[language] = map[string]Phrase{}
	for _, entry := range text.UI {
		field, known := fields[entry.Key.Value]
		if !known {
			l.report(text.file.At(entry.Key.Offset, "yaml-unknown-key", entry.Key.Value, strings.Join(keys, ", "), suggest(entry.Key.Value, keys)))
			continue
		}
		keys = slices.DeleteFunc(keys, func(key string) bool { return key == entry.Key.Value })
		l.report(values.CheckSlots(text.file, entry.Key.Value, entry.Value, slots[entry.Key.Value])...)
		slotted := values.Slotted(entry.Value.Value)
		phrase, facts := l.labelWithFacts(text.file, language, strictyaml.Text{Value: slotted, Offset: entry.Value.Offset})
		if strings.HasPrefix(entry.Key.Value, "help_") {
			language.HelpFacts = append(language.HelpFacts, facts...)
		}
		field.Set(reflect.ValueOf(phrase))
		if name, ok := strings.CutPrefix(entry.Key.Value, "block_"); ok {
			l.labels[language][name] = phrase
		}
	}
	if language.growing {
		l.standInUI(language, keys, fields)
		keys = slices.DeleteFunc(keys, func(key string) bool { return key != ownFallback })
	}
	c := schema.Completeness{File: text.file}
	section := c.Section("ui", text.UI.Keys())
	for _, key := range keys {
		c.Missing(section, key, `"…"`)
	}
	l.report(c.Found.List...)
}

// ownFallback is the key of the interface that even growing languages must have. Its words say that a page is not translated yet.
const ownFallback = "fallback"

// standInUI sets the words of the interface that a growing language lacks. keys has their keys, and fields the fields of UI by key.
func (l *loader) standInUI(language *Language, keys []string, fields map[string]reflect.Value) {
	theirs := reflect.ValueOf(language.fallback.UI)
	for i := range theirs.NumField() {
		key := theirs.Type().Field(i).Tag.Get("yaml")
		if !slices.Contains(keys, key) {
			continue
		}
		fields[key].Set(reflect.ValueOf(language.standIn(theirs.Field(i).Interface().(Phrase))))
		if name, ok := strings.CutPrefix(key, "block_"); ok {
			l.labels[language][name] = language.standIn(l.labels[language.fallback][name])
		}
	}
	for _, fact := range language.fallback.HelpFacts { // includes facts that only the fallback mentions, which does no harm
		if !slices.Contains(language.HelpFacts, fact) {
			language.HelpFacts = append(language.HelpFacts, fact)
		}
	}
}
