package rules

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// loader reads the files of a rule set and follows every name in them.
type loader struct {
	name       string // of the content folder, in messages
	content    fs.FS
	set        *Set
	found      []diag.Diagnostic
	noPapers   []*word
	vocabulary *diag.File
	// afterInputs follows the vocabulary's names of documents, which inputs name first.
	afterInputs func()
	inputYAML   map[*input]inputYAML
	inputFile   map[*input]*diag.File
}

func (l *loader) report(d ...diag.Diagnostic) { l.found = append(l.found, d...) }

// decode reads one file of content/rules.
func (l *loader) decode(name string, target any) (*diag.File, error) {
	data, err := fs.ReadFile(l.content, name)
	if err != nil {
		return nil, err
	}
	f := &diag.File{Name: path.Join(l.name, name), Data: data}
	l.report(strictyaml.Decode(f, 0, len(data), target)...)
	return f, nil
}

func (l *loader) words(f *diag.File, m strictyaml.Map[Words]) []*word {
	var list []*word
	for i, entry := range m {
		list = append(list, &word{entry.Key.Value, entry.Value, place{f, entry.Key.Offset}, i})
	}
	return list
}

func (l *loader) readVocabulary() error {
	var y vocabularyYAML
	f, err := l.decode(vocabularyFile, &y)
	if err != nil {
		return err
	}
	s := l.set
	l.vocabulary = f
	s.outcomes, s.documents, s.notes = l.words(f, y.Outcomes), l.words(f, y.Documents), l.words(f, y.Notes)
	s.firstWords = l.lookUp(f, y.FirstWords, "first_words", s.notes)
	l.afterInputs = func() {
		s.accepted = l.lookUp(f, y.AlwaysAccepted, "always_accepted", s.documents)
		l.noPapers = l.lookUp(f, y.NoPapers, "no_papers", s.documents)
	}
	return nil
}

// mostWords bounds documents and outcomes: they are bits of one integer, the highest unused.
const mostWords = 31

// countWords refuses more words than the tables can number, once the inputs have named documents too.
func (l *loader) countWords() {
	s := l.set
	if len(s.documents) > mostWords || len(s.outcomes) > mostWords || len(s.notes) > mostInOneByte {
		l.report(l.vocabulary.Whole("rule-too-many", mostWords, mostWords, mostInOneByte))
	}
}

// lookUp follows names to words, reporting those that do not exist.
func (l *loader) lookUp(f *diag.File, texts []strictyaml.Text, what string, known []*word) []*word {
	list := make([]*word, 0, len(texts))
	for _, text := range texts {
		if w := wordNamed(known, text.Value); w != nil {
			list = append(list, w)
		} else {
			l.report(f.At(text.Offset, "rule-unknown-value", text.Value, what, suggest(text.Value, ids(known))))
		}
	}
	return list
}

func (l *loader) lookUpSets(f *diag.File, sets [][]strictyaml.Text, what string) [][]*word {
	var list [][]*word
	for _, set := range sets {
		list = append(list, l.lookUp(f, set, what, l.set.documents))
	}
	return list
}

func (l *loader) readInputs() error {
	l.inputYAML, l.inputFile = map[*input]inputYAML{}, map[*input]*diag.File{}
	var y strictyaml.Map[inputYAML]
	f, err := l.decode(inputsFile, &y)
	if err != nil {
		return err
	}
	for _, entry := range y {
		l.addInput(f, &input{id: entry.Key.Value, place: place{f, entry.Key.Offset}, words: entry.Value.Name}, entry.Value)
	}
	if err := l.readPolicies(); err != nil {
		return err
	}
	l.countWords()
	l.afterInputs()
	return nil
}

func (l *loader) addInput(f *diag.File, in *input, y inputYAML) {
	in.index = len(l.set.inputs)
	l.readInput(f, in, y)
	l.inputYAML[in], l.inputFile[in] = y, f
	l.set.inputs = append(l.set.inputs, in)
}

// unset is the value of every policy parameter that an insurer has not set.
const unset = "unset"

// readPolicies takes those parameters as inputs that are marked as read by the rules; their first value is unset.
// A content folder without insurers needs no such file.
func (l *loader) readPolicies() error {
	var y strictyaml.Map[policyYAML]
	f, err := l.decode(policiesFile, &y)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range y {
		if !entry.Value.Decides {
			continue
		}
		key := strictyaml.Text{Value: unset, Offset: entry.Key.Offset}
		values := append(strictyaml.Map[Words]{{Key: key, Value: Words{Ja: "決めていない", En: unset}}}, entry.Value.Values...)
		in := &input{id: entry.Key.Value, place: place{f, entry.Key.Offset}, words: entry.Value.Name, policy: true}
		l.addInput(f, in, inputYAML{Kind: entry.Value.Kind, Name: entry.Value.Name, Values: values, Default: &key})
	}
	return nil
}

var kinds = map[string]Kind{"choice": Choice, "set": Several, "date": Date, "number": Number}

// maxChoices bounds the values of a choice: they are bits of one integer, the highest unused.
const maxChoices = 31

func (l *loader) readInput(f *diag.File, in *input, y inputYAML) {
	kind, ok := kinds[y.Kind.Value]
	if !ok {
		l.report(f.At(y.Kind.Offset, "rule-unknown-value", y.Kind.Value, "kind", suggest(y.Kind.Value, sortedKeys(kinds))))
	}
	in.kind = kind
	in.values, in.specials = l.words(f, y.Values), l.words(f, y.Special)
	if withValues := kind == Choice || kind == Several; withValues != (len(in.values) > 0) || withValues && len(in.specials) > 0 || kind == Choice && len(in.values) > maxChoices {
		l.report(in.place.at("rule-input-values", in.id, maxChoices))
	}
	if kind == Several && l.held() == nil {
		documents := append(slices.Clone(in.values), l.set.documents...)
		for i, d := range documents {
			d.index = i
		}
		l.set.documents = documents
	}
}

// held returns the input that says what documents are held: the first set.
func (l *loader) held() *input {
	for _, in := range l.set.inputs {
		if in.kind == Several {
			return in
		}
	}
	return nil
}

// finishInputs sets what may speak of other inputs, conditions and facts.
func (l *loader) finishInputs() {
	if len(l.set.inputs) == 0 || l.held() == nil {
		l.report(l.vocabulary.Whole("rule-no-inputs"))
		return
	}
	slot := 0
	for _, in := range l.set.inputs {
		y, f := l.inputYAML[in], l.inputFile[in]
		in.slot = slot
		slot += in.slots()
		in.missing = l.missing(f, in, y.Default)
		if y.Ask != nil {
			in.ask = true
			in.guard = l.literals(f, *y.Ask, beforeDecision)
		}
		for _, entry := range y.Unknown {
			l.readUnknown(f, in, entry)
		}
		if y.HeldWhen != nil {
			l.readHeldWhen(f, in, y.HeldWhen)
		}
	}
	if slot > 31 {
		l.report(l.set.inputs[len(l.set.inputs)-1].place.at("rule-too-many-inputs", 31))
	}
	if first := l.set.inputs[0]; first.kind != Date || first.missing != Missing {
		l.report(first.place.at("rule-visit-first", first.id))
	}
}

// readHeldWhen takes what counts as held besides: the tables have room for one answer to a question.
func (l *loader) readHeldWhen(f *diag.File, in *input, y *heldYAML) {
	if in != l.held() {
		l.report(f.At(y.Document.Offset, "rule-held-place", l.held().id))
		return
	}
	documents := l.lookUp(f, []strictyaml.Text{y.Document}, in.id, in.values)
	when, ok := l.literal(f, y.When, beforeDecision)
	if !ok || len(documents) == 0 {
		return
	}
	if kind := when.test.kind; when.not || kind != testChoice && kind != testMember && kind != testSpecial {
		l.report(f.At(y.When.Offset, "rule-held-when", y.When.Value))
		return
	}
	in.held = &heldIf{documents[0].index, when}
}

func (in *input) slots() int {
	if in.kind == Several {
		return (len(in.values) + 30) / 31
	}
	return 1
}

// missing returns the raw default of an input.
func (l *loader) missing(f *diag.File, in *input, text *strictyaml.Text) int32 {
	if text == nil {
		if in.kind == Several {
			return 0
		}
		return Missing
	}
	if special := wordNamed(in.specials, text.Value); special != nil {
		return Missing + 1 + int32(special.index)
	}
	switch in.kind {
	case Choice:
		if value := wordNamed(in.values, text.Value); value != nil {
			return int32(value.index)
		}
	case Date:
		if len(text.Value) > 5 && text.Value[:5] == "fact:" {
			if day, ok := l.set.facts.Days[text.Value[5:]]; ok {
				return int32(day)
			}
		}
	case Number:
		if n, err := strconv.ParseInt(text.Value, 10, 31); err == nil {
			return int32(n)
		}
	}
	l.report(f.At(text.Offset, "rule-unknown-value", text.Value, "default", suggest(text.Value, append(ids(in.values), ids(in.specials)...))))
	return Missing
}

func (l *loader) readUnknown(f *diag.File, in *input, entry strictyaml.Entry[standFor]) {
	known := in.values
	if in.kind != Choice {
		known = in.specials
	}
	value := l.lookUp(f, []strictyaml.Text{entry.Key}, in.id, known)
	if len(value) == 0 {
		return
	}
	in.unknowns = append(in.unknowns, unknown{value[0],
		l.lookUp(f, entry.Value.Values, in.id, in.values), l.literals(f, entry.Value.When, beforeDecision)})
}

func (l *loader) readConditions() error {
	var y strictyaml.Map[conditionYAML]
	f, err := l.decode(conditionsFile, &y)
	if err != nil {
		return err
	}
	s := l.set
	for _, entry := range y {
		c := &condition{id: entry.Key.Value, place: place{f, entry.Key.Offset}, words: entry.Value.Means, index: len(s.conditions)}
		c.sources = l.sources(f, entry.Value.Sources)
		parts := entry.Value.All
		if len(entry.Value.Any) > 0 {
			c.any, parts = true, entry.Value.Any
		}
		if (len(entry.Value.All) > 0) == (len(entry.Value.Any) > 0) {
			l.report(c.place.at("rule-all-or-any", c.id))
		}
		if l.inputNamed(c.id) != nil {
			l.report(c.place.at("rule-name-taken", c.id))
		}
		c.parts = l.literals(f, parts, afterDecision) // names of later conditions are unknown: no circles
		c.post = slices.ContainsFunc(c.parts, literal.afterDecision)
		s.conditions = append(s.conditions, c)
	}
	l.finishInputs()
	return nil
}

func (lit literal) afterDecision() bool {
	return lit.test.kind == testOutcome || lit.test.kind == testCondition && lit.test.condition != nil && lit.test.condition.post
}

func (l *loader) sources(f *diag.File, texts []strictyaml.Text) []string {
	var list []string
	for _, text := range texts {
		if _, ok := l.set.facts.Sources[text.Value]; !ok {
			l.report(f.At(text.Offset, "rule-unknown-source", text.Value, suggest(text.Value, sortedKeys(l.set.facts.Sources))))
		}
		list = append(list, text.Value)
	}
	return list
}

func (l *loader) inputNamed(id string) *input {
	for _, in := range l.set.inputs {
		if in.id == id {
			return in
		}
	}
	return nil
}

func (l *loader) conditionNamed(id string) *condition {
	for _, c := range l.set.conditions {
		if c.id == id {
			return c
		}
	}
	return nil
}

// names returns the ids of conditions and inputs.
func (l *loader) names() []string {
	var list []string
	for _, c := range l.set.conditions {
		list = append(list, c.id)
	}
	for _, in := range l.set.inputs {
		list = append(list, in.id)
	}
	return list
}

func (l *loader) inputIDs(k Kind) []string {
	var list []string
	for _, in := range l.set.inputs {
		if in.kind == k {
			list = append(list, in.id)
		}
	}
	return list
}

func wordNamed(list []*word, id string) *word {
	for _, w := range list {
		if w.id == id {
			return w
		}
	}
	return nil
}

func ids(list []*word) []string {
	names := make([]string, len(list))
	for i, w := range list {
		names[i] = w.id
	}
	return names
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

func lineOf(at diag.Position) string { return at.File + ":" + strconv.Itoa(at.Line) }

// dayText writes a raw day for people.
func dayText(day int32) string { return civil.Date(day).String() }

func itoa(n int32) string { return strconv.Itoa(int(n)) }
