package rulefile

import (
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"

	"sitegen/internal/casefile"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

// loader reads the files of a rule set and resolves every name in them.
type loader struct {
	name       string // the name of the content folder in messages
	content    fs.FS
	set        *rules.Set
	vocabulary *diag.File
	noPapers   []*rules.Word
	// afterInputs looks up the documents in the lists always_accepted and no_papers of the vocabulary. It runs after the inputs
	// are read, because inputs define some of these documents.
	afterInputs func()
	inputYAML   map[*rules.Input]inputYAML
	inputFile   map[*rules.Input]*diag.File
	conditions  strictyaml.Map[conditionYAML]
	reader      string // the id of the condition that is being read
	rowIDs      map[string]bool
	lookedFor   int  // how many names were looked up that are not names of earlier conditions
	withEnough  bool // the rules have a table Enough

	found          diag.Findings
	reading        area
	broken         [areas]bool     // areas with a mistake: nothing is proven about them
	unread         map[string]bool // files that could not be read: names that they may define are not reported as missing
	wanted         map[string]bool // the facts that rules use and that could not be read
	rolesLost      bool            // a role could not be read or assigned, so it is not known which input has it
	faultyProfiles []string        // the insurers whose policy could not be read
}

// area is a part of the rules. A mistake in an area breaks it. Which areas are broken decides what can still be proven.
type area uint8

const (
	theConditions area = iota // inputs, conditions, and when rows hold
	theAnswers                // words, and what rows decide and add
	theLaws
	areas
)

// report reports findings. An error among them marks the current area as broken.
func (l *loader) report(d ...diag.Diagnostic) {
	l.remark(d...)
	if diag.HasErrors(d) {
		l.broken[l.reading] = true
	}
}

// remark reports findings that do not change what the rules mean. No area becomes broken.
func (l *loader) remark(d ...diag.Diagnostic) { l.found.Add(d...) }

// decode reads one file of the content folder into `target` and reports the mistakes in its YAML.
func (l *loader) decode(name string, target any) (*diag.File, error) {
	f, found, err := strictyaml.ReadFile(l.content, l.name, name, target)
	l.report(found...)
	return f, err
}

// has reports whether the content folder holds something with that name.
func (l *loader) has(name string) bool { return plaintext.Has(l.content, name) }

// read decodes a file of the content folder and returns what is wrong with its YAML. It reports a blank file as such,
// without its missing keys. If nothing in the file could be read, it records that in l.unread.
func (l *loader) read(name string, target any) (f *diag.File, faults []diag.Diagnostic, err error) {
	before := len(l.found.List)
	f, err = l.decode(name, target)
	if err != nil {
		return nil, nil, err
	}
	if plaintext.IsBlank(f.Data) && !slices.ContainsFunc(l.found.List[before:], func(d diag.Diagnostic) bool { return d.Line == 0 }) {
		others := l.found.List[:before]
		l.found = diag.Findings{} // without findings about missing keys
		l.found.Add(others...)
		l.report(f.Whole("rule-file-empty", path.Base(name)))
	}
	value := reflect.ValueOf(target).Elem()
	faults = slices.Clone(l.found.List[before:])
	l.unread[name] = len(faults) > 0 && (value.IsZero() || value.Kind() == reflect.Slice && value.Len() == 0)
	return f, faults, nil
}

// namesLost reports whether a condition or an input may be missing only because its file could not be read.
func (l *loader) namesLost() bool {
	return l.unread[rules.InputsFile] || l.unread[rules.PoliciesFile] || l.unread[rules.ConditionsFile]
}

// words makes the words of a list, numbered from 0. It returns nil if the list was not read.
func (l *loader) words(f *diag.File, m strictyaml.Map[rules.Words]) []*rules.Word {
	if m == nil {
		return nil
	}
	list := make([]*rules.Word, 0, len(m))
	for i, entry := range m {
		l.checkID(f, entry.Key)
		list = append(list, &rules.Word{ID: entry.Key.Value, Words: entry.Value, Place: rules.Place{File: f, Offset: entry.Key.Offset}, Index: i})
	}
	return list
}

func (l *loader) readVocabulary() error {
	l.reading = theAnswers
	var y vocabularyYAML
	f, _, err := l.read(rules.VocabularyFile, &y)
	if err != nil {
		return err
	}
	s := l.set
	l.vocabulary = f
	l.unread[documentsOf] = y.Documents == nil
	s.Outcomes, s.Documents, s.Notes = l.words(f, y.Outcomes), l.words(f, y.Documents), l.words(f, y.Notes)
	s.FirstWords = l.lookUp(f, y.FirstWords, "first_words", s.Notes)
	l.afterInputs = func() {
		s.AlwaysAccepted = l.lookUp(f, y.AlwaysAccepted, "always_accepted", s.Documents)
		l.noPapers = l.lookUp(f, y.NoPapers, "no_papers", s.Documents)
	}
	return nil
}

// documentsOf is the key in loader.unread for the documents of the vocabulary.
const documentsOf = rules.VocabularyFile + "/documents"

func (l *loader) readConditions() error {
	l.reading = theConditions
	f, faults, err := l.read(rules.ConditionsFile, &l.conditions)
	if err != nil {
		return err
	}
	for i, entry := range l.conditions {
		end := len(f.Data)
		if i+1 < len(l.conditions) {
			end = l.conditions[i+1].Key.Offset
		}
		l.readCondition(f, entry, len(f.Between(faults, entry.Key.Offset, end)) > 0)
	}
	l.reader = ""
	l.finishInputs()
	return nil
}

func (l *loader) readCondition(f *diag.File, entry strictyaml.Entry[conditionYAML], spoilt bool) {
	c := &rules.Condition{ID: entry.Key.Value, Place: rules.Place{File: f, Offset: entry.Key.Offset}, Words: entry.Value.Means, Index: len(l.set.Conditions)}
	l.reader = c.ID
	l.checkName(f, entry.Key)
	c.Sources = l.sources(f, entry.Value.Sources)
	parts := entry.Value.All
	if len(entry.Value.Any) > 0 {
		c.Any, parts = true, entry.Value.Any
	}
	if (len(entry.Value.All) > 0) == (len(entry.Value.Any) > 0) && !spoilt {
		l.report(c.Place.At("rule-all-or-any", c.ID))
	}
	if l.set.InputByID(c.ID) != nil {
		l.report(c.Place.At("rule-name-taken", c.ID))
	}
	c.Parts = l.literals(f, parts, afterEnough) // later conditions are not yet known, so there can be no cycles
	for _, part := range c.Parts {
		c.Phase = max(c.Phase, part.Phase())
	}
	l.set.Conditions = append(l.set.Conditions, c)
}

func (l *loader) sources(f *diag.File, texts []strictyaml.Text) []string {
	var list []string
	for _, text := range texts {
		if _, ok := l.set.Facts.Sources[text.Value]; !ok && text.Value != "" && len(l.set.Facts.Unread[rules.SourcesFile]) == 0 {
			l.remark(f.At(text.Offset, "rule-unknown-source", text.Value, diag.Nearest(text.Value, slices.Sorted(maps.Keys(l.set.Facts.Sources)))))
		}
		list = append(list, text.Value)
		l.set.NoteSource(text.Value, f)
	}
	return list
}

// names returns the ids of conditions and inputs.
func (l *loader) names() []string {
	var list []string
	for _, c := range l.set.Conditions {
		list = append(list, c.ID)
	}
	for _, in := range l.set.Inputs {
		list = append(list, in.ID)
	}
	return list
}

func (l *loader) inputIDs(k table.Kind) []string {
	var list []string
	for _, in := range l.set.Inputs {
		if in.Kind == k {
			list = append(list, in.ID)
		}
	}
	return list
}

// readCases reads the worked cases. A mistake in a case does not change the rules.
func (l *loader) readCases() error {
	lost := casefile.Lost{Inputs: l.unread[rules.InputsFile] || l.unread[rules.PoliciesFile], Names: l.namesLost(), Profiles: l.faultyProfiles}
	cases, found, err := casefile.Read(l.content, l.name, l.set, lost)
	l.remark(found...)
	l.set.Cases = cases
	return err
}
