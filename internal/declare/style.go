package declare

import (
	"errors"
	"io/fs"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/style"
)

// styleYAML is the part of site.yaml that switches on the checks of package style. Each key lists the languages in which its check is
// made; Sentences also has the maximum length of a sentence for each of them. All other checks are off.
type styleYAML struct {
	Sentences       strictyaml.Map[strictyaml.Number] `yaml:"sentences,optional"`
	Endings         []strictyaml.Text                 `yaml:"endings,optional"`
	Spelling        []strictyaml.Text                 `yaml:"spelling,optional"`
	Spaces          []strictyaml.Text                 `yaml:"spaces,optional"`
	Passive         []strictyaml.Text                 `yaml:"passive,optional"`
	HardWords       []strictyaml.Text                 `yaml:"hard_words,optional"`
	DoubleNegatives []strictyaml.Text                 `yaml:"double_negatives,optional"`
	Pointing        []strictyaml.Text                 `yaml:"pointing,optional"`
	Leads           []strictyaml.Text                 `yaml:"leads,optional"`
	RelativeDays    []strictyaml.Text                 `yaml:"relative_days,optional"`
}

// styleWordsYAML is the file words.yaml. For each language, it says which of several spellings to write, which verbs may be passive, and
// which words are easy enough to need no explanation.
type styleWordsYAML struct {
	Spelling strictyaml.Map[[]spellingYAML]      `yaml:"spelling,optional"`
	Passive  strictyaml.Map[[]strictyaml.Text]   `yaml:"passive,optional"`
	Easy     strictyaml.Map[[][]strictyaml.Text] `yaml:"easy,optional"`
}

type spellingYAML struct {
	Write string            `yaml:"write"`
	Not   []strictyaml.Text `yaml:"not"`
}

// switches returns the languages of each check, except the check style.Sentences.
func (y *styleYAML) switches() map[style.Check][]strictyaml.Text {
	return map[style.Check][]strictyaml.Text{
		style.Endings: y.Endings, style.Spelling: y.Spelling, style.Spaces: y.Spaces, style.Passive: y.Passive, style.HardWords: y.HardWords,
		style.DoubleNegatives: y.DoubleNegatives, style.Pointing: y.Pointing, style.Leads: y.Leads, style.RelativeDays: y.RelativeDays,
	}
}

// loadStyle reads which style checks are made in each language, and the words that the checks need.
func (n *Names) loadStyle(f *diag.File, y *styleYAML) error {
	n.Style = map[*site.Language]*style.Rules{}
	if y == nil {
		return nil
	}
	for _, entry := range y.Sentences {
		n.Report(schema.SentenceLengths.Check(f, entry.Value)...)
		if rules := n.styleOf(f, entry.Key, style.Sentences); rules != nil {
			rules.Longest = entry.Value.Value
		}
	}
	switches := y.switches()
	for _, check := range style.Checks {
		for _, id := range switches[check] {
			n.styleOf(f, id, check)
		}
	}
	return n.loadStyleWords()
}

// styleOf switches a check on for a language and returns the language's rules. It reports an unknown language and returns nil for it.
func (n *Names) styleOf(f *diag.File, id strictyaml.Text, check style.Check) *style.Rules {
	language := n.Site.Language(id.Value)
	if language == nil {
		n.Report(n.Site.NoLanguage(f, id))
		return nil
	}
	rules := n.Style[language]
	if rules == nil {
		base, _, _ := strings.Cut(language.Lang, "-")
		rules = &style.Rules{Language: base, NamesApart: language.Ruby, On: map[style.Check]bool{}, Easy: style.NewWords(nil)}
		n.Style[language] = rules
	}
	if !style.Knows(check, rules.Language) {
		n.Report(f.At(id.Offset, "style-language", string(check), id.Value))
	}
	rules.On[check] = true
	return rules
}

// loadStyleWords reads words.yaml. Only some of the checks need the file.
func (n *Names) loadStyleWords() error {
	if _, err := fs.Stat(n.Content, "words.yaml"); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var decoded styleWordsYAML
	f, err := n.Decode("words.yaml", &decoded)
	if err != nil {
		return err
	}
	for _, entry := range decoded.Spelling {
		rules := n.styleWordsOf(f, entry.Key, style.Spelling)
		for _, y := range entry.Value {
			variant := style.Variant{Write: y.Write}
			for _, not := range y.Not {
				variant.Not = append(variant.Not, style.Avoided{Spelling: not.Value, Said: f.Place(not.Offset)})
			}
			rules.Avoid(variant)
		}
	}
	for _, entry := range decoded.Passive {
		rules := n.styleWordsOf(f, entry.Key, style.Passive)
		for _, verb := range entry.Value {
			rules.PassiveVerbs = append(rules.PassiveVerbs, verb.Value)
		}
	}
	for _, entry := range decoded.Easy {
		rules := n.styleWordsOf(f, entry.Key, style.HardWords)
		for _, line := range entry.Value {
			for _, word := range line {
				rules.Easy.Add(word.Value)
			}
		}
	}
	return nil
}

// styleWordsOf returns the rules of a language, to which words.yaml adds words for a check. If the language is unknown, or the check is
// not made in that language, it reports this and returns rules that nothing uses.
func (n *Names) styleWordsOf(f *diag.File, id strictyaml.Text, check style.Check) *style.Rules {
	language := n.Site.Language(id.Value)
	if language == nil {
		n.Report(n.Site.NoLanguage(f, id))
		return &style.Rules{Easy: style.NewWords(nil)}
	}
	rules := n.Style[language]
	if rules == nil || !rules.On[check] {
		n.Report(f.At(id.Offset, "style-words-unused", string(check), id.Value))
		return &style.Rules{Easy: style.NewWords(nil)}
	}
	return rules
}
