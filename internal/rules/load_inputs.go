package rules

import (
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

func (l *loader) readInputs() error {
	l.reading = theConditions
	l.inputYAML, l.inputFile = map[*input]inputYAML{}, map[*input]*diag.File{}
	var y strictyaml.Map[inputYAML]
	f, _, err := l.read(inputsFile, &y)
	if err != nil {
		return err
	}
	for _, entry := range y {
		l.checkName(f, entry.Key)
		l.addInput(f, &input{id: entry.Key.Value, place: place{f, entry.Key.Offset}, words: entry.Value.Name}, entry.Value)
	}
	l.checkInputs(f)
	if err := l.readPolicies(); err != nil {
		return err
	}
	l.countWords()
	l.reading = theAnswers
	l.afterInputs()
	return nil
}

func (l *loader) addInput(f *diag.File, in *input, y inputYAML) {
	in.index = len(l.set.inputs)
	l.readInput(f, in, y)
	l.inputYAML[in], l.inputFile[in] = y, f
	l.set.inputs = append(l.set.inputs, in)
}

// checkInputs looks for the inputs on which everything else rests: the day of the visit, and what is held. Without the
// first comparisons of days, and where the second may be lost names of documents, are not looked into.
func (l *loader) checkInputs(f *diag.File) {
	known := !l.rolesLost && !slices.ContainsFunc(l.set.inputs, func(in *input) bool { return in.lost })
	if l.set.visit == nil && known && !l.unread[inputsFile] {
		l.report(f.Whole("rule-no-visit"))
		l.unread[inputsFile] = l.unread[inputsFile] || len(l.set.inputs) == 0
	}
	for _, in := range l.set.inputs {
		if y := l.inputYAML[in].HeldWhen; y != nil && known && in != l.set.held {
			l.report(f.At(y.Document.Offset, "rule-held-place"))
			known = false
		}
	}
	if !known || l.unread[inputsFile] || l.unread[documentsOf] {
		l.set.documents = nil
	}
}

// The roles that an input can have, by their names.
const (
	visitRole = "visit" // the day for which everything is asked
	heldRole  = "held"  // what the visitor holds: its values are documents
)

// readRole gives an input its role. Each is given once, to an input that can play it.
func (l *loader) readRole(f *diag.File, in *input, y inputYAML) {
	takes := func(by **input, fits bool) {
		switch {
		case *by != nil:
			l.report(f.At(y.Role.Offset, "rule-role-twice", y.Role.Value, (*by).id))
		case !fits:
			l.rolesLost = true
			l.report(f.At(y.Role.Offset, "rule-role-kind", y.Role.Value, in.id))
		default:
			*by, in.role = in, y.Role.Value
		}
	}
	switch y.Role.Value {
	case "":
	case visitRole:
		takes(&l.set.visit, in.kind == table.Date && len(in.specials) == 0 && y.Default == nil)
	case heldRole:
		takes(&l.set.held, in.kind == table.Several)
	default:
		l.rolesLost = true
		l.report(schema.Roles.Check(f, y.Role)...)
	}
}

// isVisit reports whether an input is the day of the visit.
func (in *input) isVisit() bool { return in.role == visitRole }

// canBeAsked reports whether an input is a question to visitors: the day of the visit is known, and what insurers decide
// is the site's to say.
func (in *input) canBeAsked() bool { return !in.isVisit() && !in.policy }

// unset is the value of every policy parameter that an insurer has not set.
const unset = "unset"

// readPolicies takes those parameters as inputs that are marked as read by the rules; their first value is unset.
// A content folder without insurers needs no such file.
func (l *loader) readPolicies() error {
	if !l.has(policiesFile) {
		return nil
	}
	var y strictyaml.Map[schema.Policy]
	before := len(l.found)
	f, err := l.decode(policiesFile, &y)
	if err != nil {
		return err
	}
	l.unread[policiesFile] = len(l.found) > before && len(y) == 0
	for _, entry := range y {
		if !entry.Value.Decides {
			continue
		}
		l.checkName(f, entry.Key)
		if l.inputNamed(entry.Key.Value) != nil {
			l.report(f.At(entry.Key.Offset, "rule-name-taken", entry.Key.Value))
		}
		key := strictyaml.Text{Value: unset, Offset: entry.Key.Offset}
		values := strictyaml.Map[Words]{{Key: key, Value: Words{Ja: "決めていない", En: unset}}}
		for _, value := range entry.Value.Values {
			values = append(values, strictyaml.Entry[Words]{Key: value.Key, Value: Words(value.Value)})
		}
		name := Words(entry.Value.Name)
		in := &input{id: entry.Key.Value, place: place{f, entry.Key.Offset}, words: name, policy: true}
		l.addInput(f, in, inputYAML{Kind: entry.Value.Kind, Name: name, Values: values, Default: &key})
	}
	return nil
}

// maxChoices bounds the values of a choice: they are bits of one integer, the highest unused.
const maxChoices = 31

func (l *loader) readInput(f *diag.File, in *input, y inputYAML) {
	in.values, in.specials = l.words(f, y.Values), l.words(f, y.Special)
	number := slices.Index(schema.InputKinds.Words, y.Kind.Value)
	if number < 0 {
		in.lost = true
		l.report(schema.InputKinds.Check(f, y.Kind)...)
		return
	}
	kind := table.Kind(number)
	in.kind = kind
	withValues := kind == table.Choice || kind == table.Several
	if withValues != (len(in.values) > 0) || withValues && len(in.specials) > 0 || kind == table.Choice && len(in.values) > maxChoices {
		in.lost = true
		l.report(in.place.at("rule-input-values", in.id, maxChoices))
	}
	l.readRole(f, in, y)
	if in == l.set.held {
		documents := append(slices.Clone(in.values), l.set.documents...)
		for i, d := range documents {
			if d.index = i; i >= len(in.values) && wordNamed(in.values, d.id) != nil {
				l.report(d.place.at("rule-name-taken", d.id))
			}
		}
		l.set.documents = documents
	}
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

// finishInputs sets what may speak of other inputs, conditions and facts.
func (l *loader) finishInputs() {
	l.placeInputs()
	for _, in := range l.set.inputs {
		if !in.lost {
			l.readUnknowns(l.inputFile[in], in, l.inputYAML[in].Unknown)
		}
	}
}

// placeInputs gives inputs their slots and defaults, and says what counts as held.
func (l *loader) placeInputs() {
	slot := 0
	for _, in := range l.set.inputs {
		y, f := l.inputYAML[in], l.inputFile[in]
		in.slot = slot
		slot += in.slots()
		if in.lost {
			continue
		}
		in.missing = l.missing(f, in, y.Default)
		if y.HeldWhen != nil && in == l.set.held {
			l.readHeldWhen(f, in, y.HeldWhen)
		}
	}
	if slot > 31 {
		l.report(l.set.inputs[len(l.set.inputs)-1].place.at("rule-too-many-inputs", 31))
	}
}

func (in *input) slots() int {
	if in.kind == table.Several {
		return (len(in.values) + 30) / 31
	}
	return 1
}

// missing returns the raw default of an input. All have one but the day of the visit and sets, which are empty.
func (l *loader) missing(f *diag.File, in *input, text *strictyaml.Text) int32 {
	switch {
	case in.kind == table.Several && text == nil:
		return 0
	case in.isVisit():
		return table.Missing
	case text == nil && in.kind == table.Date && l.set.visit == nil: // perhaps it is the day of the visit, without its role
		return table.Missing
	case text == nil:
		l.report(in.place.at("rule-no-default", in.id))
		return table.Missing
	}
	in.usual = text.Value
	if special := wordNamed(in.specials, text.Value); special != nil {
		return table.Missing + 1 + int32(special.index)
	}
	switch in.kind {
	case table.Choice:
		if value := wordNamed(in.values, text.Value); value != nil {
			return int32(value.index)
		}
	case table.Date:
		if id, ok := strings.CutPrefix(text.Value, "fact:"); ok {
			day, ok, code, args := l.fact(f, id, "date")
			if code != "" {
				l.report(f.At(text.Offset, code, args...))
			} else if !ok {
				l.broken[l.reading] = true
			}
			return day
		}
	case table.Number:
		if n, err := strconv.ParseInt(text.Value, 10, 31); err == nil {
			if n < table.LowestNumber || n > table.HighestNumber {
				l.report(f.At(text.Offset, "rule-number-range", table.LowestNumber, table.HighestNumber))
			}
			return int32(n)
		}
	}
	if text.Value != "" {
		l.report(f.At(text.Offset, "rule-unknown-value", text.Value, "default", suggest(text.Value, append(ids(in.values), ids(in.specials)...))))
	}
	return table.Missing
}

// theUnknown is the value that says "I don't know": what it may really be must be said, or nothing could be proven of it.
const theUnknown = "unknown"

func (l *loader) readUnknowns(f *diag.File, in *input, y strictyaml.Map[standFor]) {
	for _, entry := range y {
		l.readUnknown(f, in, entry)
	}
	if _, said := y.Get(theUnknown); said {
		return
	}
	for _, value := range slices.Concat(in.values, in.specials) {
		if value.id == theUnknown && in.kind != table.Several && in.canBeAsked() {
			l.remark(value.place.at("rule-unknown-open", in.id, value.id, in.mayBe()))
		}
	}
}

func (l *loader) readUnknown(f *diag.File, in *input, entry strictyaml.Entry[standFor]) {
	known := in.values
	if in.kind != table.Choice {
		known = in.specials
	}
	value := l.lookUp(f, []strictyaml.Text{entry.Key}, in.id, append([]*word{}, known...))
	if len(value) == 0 {
		return
	}
	if in.kind == table.Choice && len(entry.Value.Values) == 0 {
		l.remark(f.At(entry.Key.Offset, "rule-unknown-open", in.id, value[0].id, in.mayBe()))
		return
	}
	for _, text := range entry.Value.Values {
		if text.Value == value[0].id {
			l.remark(f.At(text.Offset, "rule-unknown-itself", text.Value))
		}
	}
	in.unknowns = append(in.unknowns, unknown{value[0],
		l.lookUp(f, entry.Value.Values, in.id, append([]*word{}, in.values...)), l.literals(f, entry.Value.When, beforeDecision)})
}

// mayBe shows how to write what an unknown value may really be.
func (in *input) mayBe() diag.Wording {
	if in.kind == table.Choice {
		return diag.Wording{JA: "{values: [ありうる値, …]}", EN: "{values: [each value it may be]}"}
	}
	return diag.Wording{JA: "{when: [ありうる日の条件]}", EN: "{when: [conditions on what it may be]}"}
}

// readHeldWhen takes what counts as held besides: the tables have room for one answer to a question.
func (l *loader) readHeldWhen(f *diag.File, in *input, y *heldYAML) {
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
