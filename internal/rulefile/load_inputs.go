package rulefile

import (
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

func (l *loader) readInputs() error {
	l.reading = theConditions
	l.inputYAML, l.inputFile = map[*rules.Input]inputYAML{}, map[*rules.Input]*diag.File{}
	var y strictyaml.Map[inputYAML]
	f, _, err := l.read(rules.InputsFile, &y)
	if err != nil {
		return err
	}
	for _, entry := range y {
		l.checkName(f, entry.Key)
		l.addInput(f, &rules.Input{ID: entry.Key.Value, Place: rules.Place{File: f, Offset: entry.Key.Offset}, Words: entry.Value.Name}, entry.Value)
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

func (l *loader) addInput(f *diag.File, in *rules.Input, y inputYAML) {
	in.Index = len(l.set.Inputs)
	l.readInput(f, in, y)
	l.inputYAML[in], l.inputFile[in] = y, f
	l.set.Inputs = append(l.set.Inputs, in)
}

// checkInputs reports a missing day of the visit, and "held_when" at an input without the role [rules.HeldRole]. Without a
// day of the visit, comparisons of days are not checked. If the input with the role HeldRole may be lost, names of documents
// are not checked.
func (l *loader) checkInputs(f *diag.File) {
	known := !l.rolesLost && !slices.ContainsFunc(l.set.Inputs, func(in *rules.Input) bool { return in.Lost })
	if l.set.Visit == nil && known && !l.unread[rules.InputsFile] {
		l.report(f.Whole("rule-no-visit"))
		l.unread[rules.InputsFile] = l.unread[rules.InputsFile] || len(l.set.Inputs) == 0
	}
	for _, in := range l.set.Inputs {
		if y := l.inputYAML[in].HeldWhen; y != nil && known && in != l.set.Held {
			l.report(f.At(y.Document.Offset, "rule-held-place"))
			known = false
		}
	}
	if !known || l.unread[rules.InputsFile] || l.unread[documentsOf] {
		l.set.Documents = nil
	}
}

// readRole assigns a role to an input. Each role can be assigned once, to an input of the right kind.
func (l *loader) readRole(f *diag.File, in *rules.Input, y inputYAML) {
	takes := func(by **rules.Input, fits bool) {
		switch {
		case *by != nil:
			l.report(f.At(y.Role.Offset, "rule-role-twice", y.Role.Value, (*by).ID))
		case !fits:
			l.rolesLost = true
			l.report(f.At(y.Role.Offset, "rule-role-kind", y.Role.Value, in.ID))
		default:
			*by, in.Role = in, y.Role.Value
		}
	}
	switch y.Role.Value {
	case "":
	case rules.VisitRole:
		takes(&l.set.Visit, in.Kind == table.Date && len(in.Specials) == 0 && y.Default == nil)
	case rules.HeldRole:
		takes(&l.set.Held, in.Kind == table.Several)
	default:
		l.rolesLost = true
		l.report(schema.Roles.Check(f, y.Role)...)
	}
}

// readPolicies adds an input for each entry of policies.yaml with "decides: true". The first value of such an input is "unset".
// A content folder without insurers needs no such file.
func (l *loader) readPolicies() error {
	if !l.has(rules.PoliciesFile) {
		return nil
	}
	var y strictyaml.Map[schema.Policy]
	before := len(l.found.List)
	f, err := l.decode(rules.PoliciesFile, &y)
	if err != nil {
		return err
	}
	l.unread[rules.PoliciesFile] = len(l.found.List) > before && len(y) == 0
	for _, entry := range y {
		if !entry.Value.Decides {
			continue
		}
		l.checkName(f, entry.Key)
		if l.set.InputByID(entry.Key.Value) != nil {
			l.report(f.At(entry.Key.Offset, "rule-name-taken", entry.Key.Value))
		}
		key := strictyaml.Text{Value: schema.Unset, Offset: entry.Key.Offset}
		values := strictyaml.Map[rules.Words]{{Key: key, Value: rules.Words{Ja: "決めていない", En: schema.Unset}}}
		for _, value := range entry.Value.Values {
			values = append(values, strictyaml.Entry[rules.Words]{Key: value.Key, Value: rules.Words(value.Value)})
		}
		name := rules.Words(entry.Value.Name)
		in := &rules.Input{ID: entry.Key.Value, Place: rules.Place{File: f, Offset: entry.Key.Offset}, Words: name, Policy: true}
		l.addInput(f, in, inputYAML{Kind: entry.Value.Kind, Name: name, Values: values, Default: &key})
	}
	return nil
}

// maxChoices limits the values of a choice. They are bits of one integer, whose highest bit is unused.
const maxChoices = 31

func (l *loader) readInput(f *diag.File, in *rules.Input, y inputYAML) {
	in.Values, in.Specials = l.words(f, y.Values), l.words(f, y.Special)
	number := slices.Index(schema.InputKinds.Words, y.Kind.Value)
	if number < 0 {
		in.Lost = true
		l.report(schema.InputKinds.Check(f, y.Kind)...)
		return
	}
	kind := table.Kind(number)
	in.Kind = kind
	withValues := kind == table.Choice || kind == table.Several
	if withValues != (len(in.Values) > 0) || withValues && len(in.Specials) > 0 || kind == table.Choice && len(in.Values) > maxChoices {
		in.Lost = true
		l.report(in.Place.At("rule-input-values", in.ID, maxChoices))
	}
	l.readRole(f, in, y)
	if in == l.set.Held {
		documents := append(slices.Clone(in.Values), l.set.Documents...)
		for i, d := range documents {
			if d.Index = i; i >= len(in.Values) && rules.WordNamed(in.Values, d.ID) != nil {
				l.report(d.Place.At("rule-name-taken", d.ID))
			}
		}
		l.set.Documents = documents
	}
}

// mostWords limits documents and outcomes. They are bits of one integer, whose highest bit is unused.
const mostWords = 31

// countWords reports a mistake if there are more documents, outcomes or notes than the tables can number. Call it after the
// inputs have added their documents.
func (l *loader) countWords() {
	s := l.set
	if len(s.Documents) > mostWords || len(s.Outcomes) > mostWords || len(s.Notes) > rules.MostInOneByte {
		l.report(l.vocabulary.Whole("rule-too-many", mostWords, mostWords, rules.MostInOneByte))
	}
}

// finishInputs reads the parts of inputs that refer to other inputs, to conditions or to facts.
func (l *loader) finishInputs() {
	l.placeInputs()
	for _, in := range l.set.Inputs {
		if !in.Lost {
			l.readUnknowns(l.inputFile[in], in, l.inputYAML[in])
		}
	}
	l.unlistedUnknowns()
}

// unlistedUnknowns reports a value that one input lists as meaning "I don't know" and that a different input has, but does not
// list. Nothing would be proven for the people who give that answer.
func (l *loader) unlistedUnknowns() {
	lister := map[string]*rules.Input{}
	for _, in := range l.set.Inputs {
		for _, u := range in.Unknowns {
			if lister[u.Value.ID] == nil {
				lister[u.Value.ID] = in
			}
		}
	}
	for _, in := range l.set.Inputs {
		y := l.inputYAML[in]
		if in.Lost || y.Unknown == nil {
			continue
		}
		for _, value := range singleAnswers(in) {
			other := lister[value.ID]
			isListed := slices.ContainsFunc(*y.Unknown, func(entry strictyaml.Entry[standFor]) bool { return entry.Key.Value == value.ID })
			if other != nil && !isListed {
				l.remark(value.Place.At("rule-unknown-unlisted", in.ID, value.ID, other.ID, mayBe(in)))
			}
		}
	}
}

// placeInputs gives inputs their slots and defaults, and reads which answers count as holding a document. It reports a mistake
// if there are too many slots.
func (l *loader) placeInputs() {
	slot := 0
	for _, in := range l.set.Inputs {
		y, f := l.inputYAML[in], l.inputFile[in]
		in.Slot = slot
		slot += in.Slots()
		if in.Lost {
			continue
		}
		in.Default = l.readDefault(f, in, y.Default)
		if y.HeldWhen != nil && in == l.set.Held {
			l.readHeldWhen(f, in, y.HeldWhen)
		}
	}
	if slot > 31 {
		l.report(l.set.Inputs[len(l.set.Inputs)-1].Place.At("rule-too-many-inputs", 31))
	}
}

// readDefault returns the raw default of an input, or table.Missing if there is none. The day of the visit has none, and a
// set is empty by default.
func (l *loader) readDefault(f *diag.File, in *rules.Input, text *strictyaml.Text) int32 {
	switch {
	case in.Kind == table.Several && text == nil:
		return 0
	case in.IsVisit():
		return table.Missing
	case text == nil && in.Kind == table.Date && l.set.Visit == nil: // this may be the day of the visit, with a missing role
		return table.Missing
	case text == nil:
		l.report(in.Place.At("rule-no-default", in.ID))
		return table.Missing
	}
	in.DefaultText = text.Value
	if special := rules.WordNamed(in.Specials, text.Value); special != nil {
		return table.Missing + 1 + int32(special.Index)
	}
	switch in.Kind {
	case table.Choice:
		if value := rules.WordNamed(in.Values, text.Value); value != nil {
			return int32(value.Index)
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
		l.report(f.At(text.Offset, "rule-unknown-value", text.Value, "default", diag.Nearest(text.Value, append(rules.IDs(in.Values), rules.IDs(in.Specials)...))))
	}
	return table.Missing
}

// readUnknowns reads which values mean "I don't know" and what the real answers behind them may be. An editor must say so for
// every input that people can be asked and that could have such a value: otherwise nothing could be proven about it.
func (l *loader) readUnknowns(f *diag.File, in *rules.Input, y inputYAML) {
	if y.Unknown != nil {
		for _, entry := range *y.Unknown {
			l.readUnknown(f, in, entry)
		}
		return
	}
	if in.Kind != table.Several && len(singleAnswers(in)) > 0 && in.CanBeAsked() && y.Role.Value == "" {
		l.remark(in.Place.At("rule-unknown-unsaid", in.ID, mayBe(in)))
	}
}

// singleAnswers returns the values of a choice, or the words that an input of a different kind takes instead of a day or number.
func singleAnswers(in *rules.Input) []*rules.Word {
	if in.Kind == table.Choice {
		return in.Values
	}
	return in.Specials
}

func (l *loader) readUnknown(f *diag.File, in *rules.Input, entry strictyaml.Entry[standFor]) {
	value := l.lookUp(f, []strictyaml.Text{entry.Key}, in.ID, append([]*rules.Word{}, singleAnswers(in)...))
	if len(value) == 0 {
		return
	}
	if in.Kind == table.Choice && len(entry.Value.Values) == 0 {
		l.remark(f.At(entry.Key.Offset, "rule-unknown-open", in.ID, value[0].ID, mayBe(in)))
		return
	}
	for _, text := range entry.Value.Values {
		if text.Value == value[0].ID {
			l.remark(f.At(text.Offset, "rule-unknown-itself", text.Value))
		}
	}
	in.Unknowns = append(in.Unknowns, rules.Unknown{Value: value[0],
		Values: l.lookUp(f, entry.Value.Values, in.ID, append([]*rules.Word{}, in.Values...)), When: l.literals(f, entry.Value.When, beforeDecision)})
}

// mayBe shows how to write what the real answer may be.
func mayBe(in *rules.Input) diag.Wording {
	if in.Kind == table.Choice {
		return diag.Wording{JA: "{values: [ありうる値, …]}", EN: "{values: [each value it may be]}"}
	}
	return diag.Wording{JA: "{when: [ありうる値の条件]}", EN: "{when: [conditions on what it may be]}"}
}

// readHeldWhen reads which answer counts as holding a document. The tables have space for one such answer.
func (l *loader) readHeldWhen(f *diag.File, in *rules.Input, y *heldYAML) {
	documents := l.lookUp(f, []strictyaml.Text{y.Document}, in.ID, in.Values)
	when, ok := l.literal(f, y.When, beforeDecision)
	if !ok || len(documents) == 0 {
		return
	}
	if kind := when.Test.Kind; when.Not || kind != rules.ChoiceTest && kind != rules.MemberTest && kind != rules.SpecialTest {
		l.report(f.At(y.When.Offset, "rule-held-when", y.When.Value))
		return
	}
	in.Held = &rules.HeldIf{Document: documents[0].Index, When: when}
}
