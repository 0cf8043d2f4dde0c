package load

import (
	"reflect"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/typeset"
	"sitegen/internal/values"
)

// textFile is a file text/<lang>.yaml.
type textFile struct {
	Topics  strictyaml.Map[topicYAML]       `yaml:"topics,optional" growing:"omit"`
	Facts   strictyaml.Map[strictyaml.Text] `yaml:"facts,optional" growing:"omit"`
	Formats values.Formats                  `yaml:"formats"`
	UI      strictyaml.Map[strictyaml.Text] `yaml:"ui,optional" growing:"omit"`
	// Home has the home page's texts, by day.
	Home []typeset.VariantYAML `yaml:"home,optional"`
	// Changed has texts that say what changed on the day of a fact. The keys are ids of facts.
	Changed strictyaml.Map[strictyaml.Text] `yaml:"changed,optional"`
	// Policies has the words for the values of parameters, by parameter and value.
	Policies strictyaml.Map[strictyaml.Map[strictyaml.Text]] `yaml:"policies,optional"`

	Differs parity.Differs `yaml:"differs,optional"`

	file *diag.File
}

// topicYAML has the words for a topic as the author wrote them.
type topicYAML struct {
	Title   strictyaml.Text `yaml:"title"`
	Summary strictyaml.Text `yaml:"summary"`
}

// nameFacts typesets the names of facts in every language, and reports missing names. These names are typeset before all other texts, so
// they may have ruby but no tokens.
func (l *loader) nameFacts(texts map[*site.Language]*textFile) {
	for _, language := range l.Site.CompleteFirst() {
		text := texts[language]
		for _, entry := range text.Facts {
			if l.Site.Fact(entry.Key.Value) == nil {
				l.Report(text.file.At(entry.Key.Offset, "fact-unknown", entry.Key.Value, l.Site.SuggestFact(entry.Key.Value)))
				continue
			}
			language.FactNames[entry.Key.Value] = l.Loader.NameOf(text.file, language, entry.Value)
		}
		for _, fact := range l.Site.Facts {
			_, named := language.FactNames[fact.ID]
			theirs, stands := language.Fallback.FactNames[fact.ID]
			switch {
			case named:
			case language.Growing && stands:
				language.FactNames[fact.ID] = language.StandIn(theirs)
			default:
				l.Report(l.FactFile.At(fact.Offset, "fact-unnamed", fact.ID, "text/"+language.ID+".yaml"))
			}
		}
	}
}

// loadTexts typesets the titles and summaries of topics, the words of the interface, the home page's texts and the texts about changes.
func (l *loader) loadTexts(texts map[*site.Language]*textFile) {
	for _, language := range l.Site.CompleteFirst() {
		text := texts[language]
		language.Topics = map[string]site.TopicWords{}
		titled := map[string]string{} // by title: the topic that has it
		for _, entry := range text.Topics {
			if l.Site.Topic(entry.Key.Value) == nil {
				l.Report(text.file.At(entry.Key.Offset, "topic-unknown", entry.Key.Value))
				continue
			}
			words := site.TopicWords{Title: l.Label(text.file, language, entry.Value.Title), Summary: l.Label(text.file, language, entry.Value.Summary)}
			if other, same := titled[words.Title.Plain]; same && words.Title.Plain != "" {
				l.Report(text.file.At(entry.Value.Title.Offset, "topic-same", other, entry.Key.Value, words.Title.Plain))
			}
			titled[words.Title.Plain] = entry.Key.Value
			language.Topics[entry.Key.Value] = words
		}
		for _, topic := range l.Site.Topics {
			_, named := language.Topics[topic.ID]
			theirs, stands := language.Fallback.Topics[topic.ID]
			switch {
			case named:
			case language.Growing && stands:
				language.Topics[topic.ID] = site.TopicWords{Title: language.StandIn(theirs.Title), Summary: language.StandIn(theirs.Summary)}
			default:
				l.Report(text.file.Whole("topic-unnamed", topic.ID))
			}
		}
		l.loadUI(language, text)
		l.loadHome(language, text)
		l.loadChanged(language, text)
		if language.Growing {
			standInHome(language)
			standInChanged(language)
			language.Boundaries = append(language.Boundaries, language.Fallback.Boundaries...)
			slices.Sort(language.Boundaries)
			language.Boundaries = slices.Compact(language.Boundaries)
		}
	}
}

// loadHome typesets the home page's texts, and collects the facts that these texts and their periods mention.
func (l *loader) loadHome(language *site.Language, text *textFile) {
	t := l.Page(language)
	language.Home = l.Variants(text.file, text.Home, civil.Unset, civil.Unset, func(words strictyaml.Text) site.Phrase {
		phrase, _ := l.LabelOn(t, text.file, words)
		return phrase
	})
	for _, y := range text.Home {
		t.UsePeriod(y.From, y.Until)
	}
	language.HomeFacts = t.UsedFacts()
}

// loadChanged typesets the texts about what changed on the days of facts. It reports a key that is not the id of a fact with one date.
func (l *loader) loadChanged(language *site.Language, text *textFile) {
	for _, entry := range text.Changed {
		fact := l.Site.Fact(entry.Key.Value)
		if fact == nil || fact.Kind != schema.DateFact || fact.Variants != nil {
			l.Report(l.Site.NoFact(text.file, entry.Key.Offset, entry.Key.Value, schema.DateFact))
			continue
		}
		language.Changes = append(language.Changes, site.Change{Fact: fact, Words: l.Label(text.file, language, entry.Value)})
	}
}

// loadUI sets the language's UI, and reports unknown and missing keys. A growing language needs only the key ownFallback.
func (l *loader) loadUI(language *site.Language, text *textFile) {
	fields, slots := map[string]reflect.Value{}, map[string][]string{}
	var keys []string
	value := reflect.ValueOf(&language.UI).Elem()
	for i := range value.NumField() {
		key := value.Type().Field(i).Tag.Get("yaml")
		fields[key], slots[key] = value.Field(i), strings.Fields(value.Type().Field(i).Tag.Get("slots"))
		keys = append(keys, key)
	}
	language.Labels = map[string]site.Phrase{}
	for _, entry := range text.UI {
		field, known := fields[entry.Key.Value]
		if !known {
			l.Report(text.file.At(entry.Key.Offset, "yaml-unknown-key", entry.Key.Value, strings.Join(keys, ", "), site.Suggest(entry.Key.Value, keys)))
			continue
		}
		keys = slices.DeleteFunc(keys, func(key string) bool { return key == entry.Key.Value })
		l.Report(values.CheckSlots(text.file, entry.Key.Value, entry.Value, slots[entry.Key.Value])...)
		slotted := values.Slotted(entry.Value.Value)
		phrase, facts := l.LabelWithFacts(text.file, language, strictyaml.Text{Value: slotted, Offset: entry.Value.Offset})
		if strings.HasPrefix(entry.Key.Value, "help_") {
			language.HelpFacts = append(language.HelpFacts, facts...)
		}
		field.Set(reflect.ValueOf(phrase))
		if name, ok := strings.CutPrefix(entry.Key.Value, "block_"); ok {
			language.Labels[name] = phrase
		}
	}
	if language.Growing {
		l.standInUI(language, keys, fields)
		keys = slices.DeleteFunc(keys, func(key string) bool { return key != ownFallback })
	}
	c := schema.Completeness{File: text.file}
	section := c.Section("ui", text.UI.Keys())
	for _, key := range keys {
		c.Missing(section, key, `"…"`)
	}
	l.Report(c.Found.List...)
}

// ownFallback is the key in the section `ui` that even growing languages must have. Its words say that a page is not translated yet.
const ownFallback = "fallback"

// standInUI takes the words of the interface that a growing language lacks from its fallback. `keys` lists the missing keys, and `fields`
// maps each key to its field in UI. standInUI also adds the fallback's HelpFacts.
func (l *loader) standInUI(language *site.Language, keys []string, fields map[string]reflect.Value) {
	theirs := reflect.ValueOf(language.Fallback.UI)
	for i := range theirs.NumField() {
		key := theirs.Type().Field(i).Tag.Get("yaml")
		if !slices.Contains(keys, key) {
			continue
		}
		fields[key].Set(reflect.ValueOf(language.StandIn(theirs.Field(i).Interface().(site.Phrase))))
		if name, ok := strings.CutPrefix(key, "block_"); ok {
			language.Labels[name] = language.StandIn(language.Fallback.Labels[name])
		}
	}
	for _, fact := range language.Fallback.HelpFacts { // some of these facts may be mentioned only by the fallback; adding them does no harm
		if !slices.Contains(language.HelpFacts, fact) {
			language.HelpFacts = append(language.HelpFacts, fact)
		}
	}
}

// standInHome takes the home page's texts for each day from the fallback if l has none of its own.
func standInHome(l *site.Language) {
	if len(l.Home) > 0 {
		return
	}
	for _, v := range l.Fallback.Home {
		v.Text = l.StandIn(v.Text)
		l.Home = append(l.Home, v)
	}
	l.HomeFacts = l.Fallback.HomeFacts
}

// standInChanged takes the texts about what changed on the days of facts from the fallback, except for facts about which l has its own
// text.
func standInChanged(l *site.Language) {
	for _, theirs := range l.Fallback.Changes {
		if !slices.ContainsFunc(l.Changes, func(own site.Change) bool { return own.Fact == theirs.Fact }) {
			l.Changes = append(l.Changes, site.Change{Fact: theirs.Fact, Words: l.StandIn(theirs.Words)})
		}
	}
}

// quotesTitle reports a label that quotes the title of its source in 「」 with a slip, because readers would see two versions of the title.
// It skips sources with an address.
func (l *loader) quotesTitle(source *site.Source, label strictyaml.Text) {
	_, behind, opened := strings.Cut(label.Value, "「")
	end := strings.LastIndex(behind, "」")
	if !opened || end < 0 || source.Address != "" || strings.Contains(label.Value, source.Title) {
		return
	}
	if quoted := behind[:end]; diag.Nearest(quoted, []string{source.Title}) != "" {
		l.Report(l.SourceFile.At(label.Offset, "source-title-differs", quoted, source.Title))
	}
}

// typesetSources typesets the labels of sources, and reports missing ones.
func (l *loader) typesetSources() {
	for i, source := range l.Site.Sources {
		for _, entry := range l.Sources[i].Value.Label {
			language := l.Site.Language(entry.Key.Value)
			if language == nil {
				l.Report(l.Site.NoLanguage(l.SourceFile, entry.Key))
				continue
			}
			source.Labels[language.ID] = l.DocumentName(l.SourceFile, language, entry.Value)
			l.quotesTitle(source, entry.Value)
		}
		for _, language := range l.Site.CompleteFirst() {
			_, ok := source.Labels[language.ID]
			theirs, stands := source.Labels[language.Fallback.ID]
			switch {
			case ok:
			case language.Growing && stands:
				source.Labels[language.ID] = language.StandIn(theirs)
			default:
				l.Report(l.SourceFile.At(source.Offset, "source-unnamed", source.ID, language.ID))
			}
		}
	}
}

// policiesOf returns the part of each language's file that has the words for the parameters of insurers.
func policiesOf(texts map[*site.Language]*textFile) map[*site.Language]typeset.PolicyFile {
	files := map[*site.Language]typeset.PolicyFile{}
	for language, text := range texts {
		files[language] = typeset.PolicyFile{File: text.file, Words: text.Policies}
	}
	return files
}
