package rulefile

import (
	"bytes"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
	"sitegen/wasm"
)

// acceptedYAML is the layout of AcceptedFile.
type acceptedYAML struct {
	Version        int                               `yaml:"version"`
	Interview      string                            `yaml:"interview,optional"`
	Facts          strictyaml.Map[strictyaml.Text]   `yaml:"facts,optional"`
	Inputs         strictyaml.Map[acceptedInputYAML] `yaml:"inputs"`
	Outcomes       []strictyaml.Text                 `yaml:"outcomes"`
	Documents      []strictyaml.Text                 `yaml:"documents,optional"`
	Notes          []strictyaml.Text                 `yaml:"notes,optional"`
	NoPapers       []strictyaml.Text                 `yaml:"no_papers,optional"`
	Conditions     strictyaml.Map[conditionBodyYAML] `yaml:"conditions,optional"`
	Rows           strictyaml.Map[rowBodyYAML]       `yaml:"rows"`
	Enough         strictyaml.Map[enoughBodyYAML]    `yaml:"enough,optional"`
	Adds           strictyaml.Map[addBodyYAML]       `yaml:"adds,optional"`
	Order          []askYAML                         `yaml:"order,optional"`
	Contradictions strictyaml.Map[acceptedWhenYAML]  `yaml:"contradictions,optional"`
	Checksum       strictyaml.Text                   `yaml:"checksum"`
}

type acceptedInputYAML struct {
	Kind          strictyaml.Text   `yaml:"kind"`
	Role          strictyaml.Text   `yaml:"role,optional"`
	Policy        bool              `yaml:"policy,optional"`
	Values        []strictyaml.Text `yaml:"values,optional"`
	Special       []strictyaml.Text `yaml:"special,optional"`
	Default       *strictyaml.Text  `yaml:"default,optional"`
	Circumstances []strictyaml.Text `yaml:"circumstances,optional"`
	HeldWhen      *heldYAML         `yaml:"held_when,optional"`
}

type acceptedWhenYAML struct {
	When []strictyaml.Text `yaml:"when"`
}

// ReadGenerated reads a file that `sitegen rules accept` writes. It reports only the first mistake, with the command that
// writes the file again, because nobody edits such a file. It returns an error only if an existing file cannot be read.
func ReadGenerated(content fs.FS, name, file string) (*diag.File, []diag.Diagnostic, error) {
	f, found, err := plaintext.Read(content, name, file)
	if err != nil || len(found) == 0 {
		return f, nil, err
	}
	first := unreadable(f, found[0])
	if found[0].Code == "file-missing" {
		first.Code, first.Args = "rule-accepted-missing", []any{f.Name}
	}
	return f, []diag.Diagnostic{first}, nil
}

// unreadable turns a mistake in a generated file into a diagnostic that says how to write the file again.
func unreadable(f *diag.File, d diag.Diagnostic) diag.Diagnostic {
	ja, _ := d.Text("ja")
	en, _ := d.Text("en")
	d.Code, d.Args = "rule-accepted-unreadable", []any{f.Name, diag.Wording{JA: ja, EN: en}}
	return d
}

// ReadText reads the text that [rules.Set.Text] wrote, or reports the first mistake in it. The set has ids, tables and
// places within the file, but no words for editors. `now` is the method [rules.Set.Text] of the present rules: it returns
// the text that they would write. If somebody has changed the file, the mistake is reported at the first line that differs
// from that text, because most often only that line was changed.
func ReadText(f *diag.File, now func(interview bool) []byte) (*rules.Set, *diag.Diagnostic) {
	bad := func(at int, ja, en string) (*rules.Set, *diag.Diagnostic) {
		d := f.At(at, "rule-accepted-unreadable", f.Name, diag.Wording{JA: ja, EN: en})
		return nil, &d
	}
	if at, version := lineWith(f.Data, "version: "); version != "" && version != strconv.Itoa(rules.TextVersion) {
		return bad(at, "ほかの版の sitegen が書いたものです", "it was written by another version of sitegen")
	}
	var y acceptedYAML
	found := strictyaml.Decode(f, 0, len(f.Data), &y)
	if len(found) == 0 {
		var s *rules.Set
		if s, found = y.set(f); !diag.HasErrors(found) {
			at, _ := lineWith(f.Data, rules.ChecksumKey)
			if at < 0 || !bytes.Equal(f.Data, rules.Sealed(slices.Clip(f.Data[:at]))) {
				if first := firstChange(f.Data[:max(at, 0)], now(y.Interview != "")); first >= 0 {
					return bad(first, "書かれたときのままではありません。今の規則が書くものとは、この行から違います", "it is not as it was written; from this line on it is not what the rules as they are would write")
				}
				return bad(max(at, 0), "これより上の行が、書かれたときのままではありません", "the lines above this one are not as they were written")
			}
			if tables := s.Program.Encode(); wasm.Check(tables) != nil {
				return bad(0, "規則が閉じていません", "the rules in it are not whole")
			}
			return s, nil
		}
	}
	diag.Sort(found)
	found = gather(found)
	first := found[slices.IndexFunc(found, func(d diag.Diagnostic) bool { return diag.HasErrors([]diag.Diagnostic{d}) })]
	first = unreadable(f, first)
	_, interview := lineWith(f.Data, "interview: ") // y.Interview is empty if it could not be decoded
	if at := firstChange(f.Data, now(interview != "")); at >= 0 {
		if slip := f.At(at, first.Code, first.Args...); slip.Line != first.Line {
			first = slip // the first changed line is not the one that cannot be read
		}
	}
	return nil, &first
}

// firstChange returns the offset of the first line of `text` that `newer` does not have at the same offset, or -1.
func firstChange(text, newer []byte) int {
	at := 0
	for at < len(text) {
		line, end := text[at:], bytes.IndexByte(text[at:], '\n')
		if end >= 0 {
			line = line[:end+1]
		}
		if at+len(line) > len(newer) || !bytes.Equal(line, newer[at:at+len(line)]) {
			return at
		}
		at += len(line)
	}
	return -1
}

// lineWith returns the offset of the last line that begins with `key`, and the rest of that line. It returns -1 if there is
// no such line.
func lineWith(data []byte, key string) (at int, value string) {
	if at = bytes.LastIndex(data, []byte("\n"+key)) + 1; at == 0 && !bytes.HasPrefix(data, []byte(key)) {
		return -1, ""
	}
	rest, _, _ := strings.Cut(string(data[at+len(key):]), "\n")
	return at, rest
}

// set makes a rule set from the file, with the loader that reads the editors' files.
func (y *acceptedYAML) set(f *diag.File) (*rules.Set, []diag.Diagnostic) {
	l := &loader{
		set: rules.New(rules.Facts{}), vocabulary: f,
		unread: map[string]bool{}, wanted: map[string]bool{}, rowIDs: map[string]bool{}, withEnough: len(y.Enough) > 0,
		inputYAML: map[*rules.Input]inputYAML{}, inputFile: map[*rules.Input]*diag.File{},
	}
	l.reading = theConditions
	for _, stage := range []func(l *loader, f *diag.File){y.readFacts, y.readWords, y.readConditions, y.readRows, y.readInterview, y.readAdds} {
		if stage(l, f); l.found.HasErrors() {
			return nil, l.found.List
		}
	}
	if l.lower(); l.set.Program == nil { // there are no outcomes
		l.report(f.Whole("rule-no-rows"))
	}
	return l.set, l.found.List
}

func (y *acceptedYAML) readFacts(l *loader, f *diag.File) {
	facts := &l.set.Facts
	*facts = rules.Facts{Days: map[string]civil.Date{}, Numbers: map[string]int{}, Units: map[string]string{}, Kinds: map[string]string{}}
	for _, fact := range y.Facts {
		id, text := fact.Key.Value, fact.Value.Value
		if day, err := civil.Parse(text); err == nil {
			facts.Days[id], facts.Kinds[id] = day, "date"
			continue
		}
		count, unit, _ := strings.Cut(text, " ")
		if unit == "" {
			unit = rules.NumberUnit
		}
		number, err := strconv.ParseInt(count, 10, 31)
		if err != nil || rules.KindWords[unit].EN == "" {
			l.report(f.At(fact.Value.Offset, "yaml-want-integer", fact.Key.Value, text))
			return
		}
		facts.Numbers[id], facts.Units[id], facts.Kinds[id] = int(number), unit, unit
	}
}

// wordsOfIDs makes an entry for each id, with an empty meaning.
func wordsOfIDs(ids []strictyaml.Text) strictyaml.Map[rules.Words] {
	var m strictyaml.Map[rules.Words]
	for _, id := range ids {
		m = append(m, strictyaml.Entry[rules.Words]{Key: id})
	}
	return m
}

func (y *acceptedYAML) readWords(l *loader, f *diag.File) {
	s := l.set
	s.Outcomes, s.Documents, s.Notes = l.words(f, wordsOfIDs(y.Outcomes)), l.words(f, wordsOfIDs(y.Documents)), l.words(f, wordsOfIDs(y.Notes))
	if s.Documents == nil {
		s.Documents = []*rules.Word{}
	}
	for _, entry := range y.Inputs {
		l.checkName(f, entry.Key)
		v := entry.Value
		l.addInput(f, &rules.Input{ID: entry.Key.Value, Place: rules.Place{File: f, Offset: entry.Key.Offset}, Policy: v.Policy},
			inputYAML{Kind: v.Kind, Role: v.Role, Values: wordsOfIDs(v.Values), Special: wordsOfIDs(v.Special), Default: v.Default, HeldWhen: v.HeldWhen})
	}
	l.checkInputs(f)
	l.countWords()
	l.noPapers = l.lookUp(f, y.NoPapers, "no_papers", s.Documents)
}

func (y *acceptedYAML) readConditions(l *loader, f *diag.File) {
	for _, c := range y.Conditions {
		l.readCondition(f, strictyaml.Entry[conditionYAML]{Key: c.Key, Value: conditionYAML{conditionBodyYAML: c.Value}}, false)
	}
	l.reader = ""
	l.placeInputs()
}

func (y *acceptedYAML) readRows(l *loader, f *diag.File) {
	only := &rules.Layer{Place: rules.Place{File: f, Offset: 0}}
	l.set.Layers = []*rules.Layer{only}
	for _, r := range y.Rows {
		row := l.readRow(f, rowYAML{ID: r.Key, rowBodyYAML: r.Value})
		row.Layer = only
		l.set.Rows = append(l.set.Rows, row)
	}
	if len(l.set.Rows) == 0 {
		l.report(f.Whole("rule-no-rows"))
	}
	for _, r := range y.Enough {
		l.readFit(f, enoughYAML{ID: r.Key, enoughBodyYAML: r.Value})
	}
}

func (y *acceptedYAML) readInterview(l *loader, f *diag.File) {
	circumstances := strictyaml.Map[[]strictyaml.Text]{}
	for _, in := range y.Inputs {
		if len(in.Value.Circumstances) > 0 {
			circumstances = append(circumstances, strictyaml.Entry[[]strictyaml.Text]{Key: in.Key, Value: in.Value.Circumstances})
		}
	}
	l.readOrder(f, y.Order)
	l.readCircumstances(f, circumstances)
	for _, r := range y.Contradictions {
		l.readContradiction(f, contradictionYAML{ID: r.Key, When: r.Value.When}, map[string]bool{})
	}
}

func (y *acceptedYAML) readAdds(l *loader, f *diag.File) {
	for _, r := range y.Adds {
		l.readAdd(f, addYAML{ID: r.Key, addBodyYAML: r.Value}, false)
	}
}
