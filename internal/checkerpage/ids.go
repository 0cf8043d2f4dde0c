package checkerpage

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// RuleIDs says for which ids of a rule set there must be words, because readers see what the ids name. It also says what these
// words must and must not be.
type RuleIDs struct {
	Inputs    map[string][]string // by input: its values, without those that mean "unknown"
	Held      string              // the input that says which documents a person holds; "" if there is none
	Told      map[string][]string // by input: values that people state unasked, except the secret ones
	Secret    map[string][]string // by input: values that no list shows
	Default   map[string][]string // by input: the value that counts if nobody answers
	Unasked   map[string][]string // by input that is never asked: values that are neither circumstances nor secret nor the default
	Documents []string
	Outcomes  []string
	Notes     []string
	Remedies  []string
	Page      []string            // words of the page itself, independent of the rules
	Slots     map[string][]string // by word of the page: the slots that the page fills
	Sayings   []rules.Saying      // what the words must not say
	Rows      []RowIDs
	Unsure    []string // rows of the table Enough for people whose papers may not be enough
	Covering  Covering
}

// Covering says whether a value of a question may be left out of the page because a different answer covers it.
type Covering interface {
	// Uncovered reports whether a value of an input needs a button of its own. If the proof has an example, `who` describes
	// somebody with the value, `with` is this person's result from the value, and `instead` is the result from the different
	// answer.
	Uncovered(input, value string) (who, instead, with diag.Wording, uncovered bool)
}

// RowIDs are the ids of a row of the decision and of the named conditions on which it depends.
type RowIDs struct {
	ID         string
	Holds, Not []string
}

// NewRuleIDs returns the ids of a program. The words of the page are those that the theme uses. Covering and Sayings are left
// empty.
func NewRuleIDs(p *table.Program, theme ThemeWords) RuleIDs {
	ids := RuleIDs{Inputs: map[string][]string{}, Told: map[string][]string{}, Secret: map[string][]string{}, Default: map[string][]string{}, Unasked: map[string][]string{}, Documents: p.Names.Documents, Outcomes: p.Names.Outcomes, Notes: p.Names.Notes, Page: theme.All(), Slots: theme.Slots}
	if p.Held != p.Visit {
		ids.Held = p.Names.Inputs[p.InputOf(p.Held)].ID
	}
	for i, names := range p.Names.Inputs {
		if names.Policy {
			continue
		}
		in := &p.Inputs[i]
		if in.Kind == table.Choice {
			ids.Default[names.ID] = []string{names.Values[in.Default]}
		}
		asked := p.Slot(i) == p.Visit || slices.ContainsFunc(p.Asks, func(a table.Ask) bool { return a.Input == i })
		for value, id := range names.Values {
			switch {
			case slices.Contains(names.Secret, value):
				ids.Secret[names.ID] = append(ids.Secret[names.ID], id)
			case value/31 < len(in.Told) && in.Told[value/31]>>(value%31)&1 != 0:
				ids.Told[names.ID] = append(ids.Told[names.ID], id)
			case !asked && !slices.Contains(ids.Default[names.ID], id):
				ids.Unasked[names.ID] = append(ids.Unasked[names.ID], id)
			}
		}
		values := slices.Clone(names.Values)
		if names.Unknown >= 0 {
			values = slices.Delete(values, names.Unknown, names.Unknown+1)
		}
		ids.Inputs[names.ID] = values
	}
	for _, remedy := range p.Names.Remedies {
		ids.Remedies = append(ids.Remedies, remedy.ID)
	}
	for i, reasons := range p.Names.RowReasons {
		ids.Rows = append(ids.Rows, RowIDs{ID: p.Names.Rows[i], Holds: reasons.Holds, Not: reasons.Not})
	}
	for i, fit := range p.Enough {
		if fit.Enough == table.Unsure {
			ids.Unsure = append(ids.Unsure, p.Names.Fits[i])
		}
	}
	return ids
}

// ThemeWords are the keys of the words that the checker of a theme uses.
type ThemeWords struct {
	Script []string            // words that its script shows
	Rest   []string            // words that its script loads when needed
	Static []string            // words that only its templates and the pages without script use
	Slots  map[string][]string // by key: the slots of the word, which are the names in braces in the word's description
}

// All returns the keys for which there must be words.
func (w ThemeWords) All() []string { return slices.Concat(w.Script, w.Rest, w.Static) }

// themeWordsFile lists the checker's words and describes each. TypeScript takes its types from it.
const themeWordsFile = "script/checker/words.json"

var meaningSlot = regexp.MustCompile(`\{([a-z_]+)\}`)

// ReadThemeWords reads which words the checker of a theme uses. A missing or malformed file is an error of the theme.
func ReadThemeWords(theme fs.FS) (ThemeWords, error) {
	data, err := fs.ReadFile(theme, themeWordsFile)
	if err != nil {
		return ThemeWords{}, fmt.Errorf("the theme has no list of the checker's words: %w", err)
	}
	var file struct{ Script, Rest, Static map[string]string }
	if err := json.Unmarshal(data, &file); err != nil {
		return ThemeWords{}, fmt.Errorf("%s: %w", themeWordsFile, err)
	}
	words := ThemeWords{slices.Sorted(maps.Keys(file.Script)), slices.Sorted(maps.Keys(file.Rest)), slices.Sorted(maps.Keys(file.Static)), map[string][]string{}}
	for _, meanings := range []map[string]string{file.Script, file.Rest, file.Static} {
		for key, meaning := range meanings {
			for _, match := range meaningSlot.FindAllStringSubmatch(meaning, -1) {
				words.Slots[key] = append(words.Slots[key], match[1])
			}
		}
	}
	return words, nil
}
