package rules

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// Facts are the dates, durations and numbers that rules refer to by id, and the sources they may name. Nothing of
// this kind is written in a rule itself.
type Facts struct {
	Days    map[string]civil.Date
	Numbers map[string]int // whole numbers, and durations without a range in their unit
	Units   map[string]string
	Sources map[string]string // id to the file name of a source document, or ""

	labels map[string]Words             // of sources, for readers
	kinds  map[string]string            // of every fact: a key of kindWords
	faults map[string][]diag.Diagnostic // by fact: what is wrong with it, or with one it takes its day from
	unread map[string][]diag.Diagnostic // why nothing could be read of facts.yaml, or not all of sources.yaml
}

// numberUnit is the unit of a fact that is a plain number.
const numberUnit = "number"

// The files of facts and of sources, which other texts name too.
const (
	FactsFile   = "facts.yaml"
	SourcesFile = "sources.yaml"
)

// ReadFacts reads facts.yaml and sources.yaml of a content folder. What is wrong in them is told by [Load], as far as the
// rules rest on it: package site checks them whole.
func ReadFacts(content fs.FS) (Facts, error) {
	facts := Facts{
		map[string]civil.Date{}, map[string]int{}, map[string]string{}, map[string]string{}, map[string]Words{},
		map[string]string{}, map[string][]diag.Diagnostic{}, map[string][]diag.Diagnostic{},
	}
	var known strictyaml.Map[schema.Fact]
	var sources strictyaml.Map[schema.Source]
	file, faults, err := decodeFacts(content, FactsFile, &known)
	_, sourceFaults, sourceErr := decodeFacts(content, SourcesFile, &sources)
	if err := errors.Join(err, sourceErr); err != nil {
		return facts, err
	}
	if len(known) == 0 {
		facts.unread[FactsFile] = faults
	}
	facts.unread[SourcesFile] = sourceFaults
	for _, source := range sources {
		facts.Sources[source.Key.Value] = source.Value.Document
		ja, _ := source.Value.Label.Get("ja")
		en, _ := source.Value.Label.Get("en")
		facts.labels[source.Key.Value] = Words{ja.Value, en.Value}
	}
	for i, fact := range known {
		end := len(file.Data)
		if i+1 < len(known) {
			end = known[i+1].Key.Offset
		}
		facts.add(known, fact)
		facts.faults[fact.Key.Value] = append(between(faults, file, fact.Key.Offset, end), fact.Value.Check(file, fact.Key.Offset, fact.Key.Value)...)
	}
	facts.followFaults(known)
	return facts, nil
}

// followFaults says of facts that take their day from another what is wrong with that one.
func (facts *Facts) followFaults(known strictyaml.Map[schema.Fact]) {
	for _, fact := range known {
		other := fact.Value
		for range known {
			if follows(&other) == "" || len(facts.faults[fact.Key.Value]) > 0 {
				break
			}
			facts.faults[fact.Key.Value] = facts.faults[follows(&other)]
			other, _ = known.Get(follows(&other))
		}
	}
}

// add takes one fact.
func (facts *Facts) add(known strictyaml.Map[schema.Fact], fact strictyaml.Entry[schema.Fact]) {
	id, y := fact.Key.Value, fact.Value
	facts.kinds[id] = kindOf(&y)
	if day, ok := factDay(known, y, 0); ok {
		facts.Days[id] = day
	}
	if y.Number != nil {
		facts.Numbers[id], facts.Units[id] = y.Number.Value, numberUnit
	}
	if y.Duration != nil && y.Duration.Count != nil {
		facts.Numbers[id], facts.Units[id] = y.Duration.Count.Value, y.Duration.Unit.Value
	}
}

// kindWords say what kind of fact something is.
var kindWords = map[string]diag.Wording{
	"date":     {JA: "日付", EN: "a day"},
	"number":   {JA: "数", EN: "a number"},
	"months":   {JA: "月数", EN: "a number of months"},
	"hours":    {JA: "時間数", EN: "a number of hours"},
	"days":     {JA: "日数", EN: "a number of days"},
	"weeks":    {JA: "週数", EN: "a number of weeks"},
	"years":    {JA: "年数", EN: "a number of years"},
	"range":    {JA: "幅のある期間", EN: "a range"},
	"month_of": {JA: "年月", EN: "a month of a year"},
	"phone":    {JA: "電話番号", EN: "a phone number"},
	"open":     {JA: "受付時間", EN: "opening hours"},
	"fee":      {JA: "金額", EN: "a fee"},
	"link":     {JA: "リンク", EN: "a link"},
	"variant":  {JA: "日によって変わる値", EN: "a value that changes on some day"},
}

// kindOf returns what kind of fact this is for rules, a key of kindWords; "" where it cannot be said.
func kindOf(y *schema.Fact) string {
	switch kind := y.Kind(); {
	case len(y.Variants) > 0:
		return "variant"
	case kind == "duration" && y.Duration.Count == nil:
		return "range"
	case kind == "duration":
		return y.Duration.Unit.Value
	case kind == "month":
		return "month_of"
	case kind == "hours":
		return "open"
	default:
		return kind
	}
}

// follows returns the fact whose day is the day before or after.
func follows(y *schema.Fact) string {
	for _, other := range []*strictyaml.Text{y.DayAfter, y.DayBefore} {
		if other != nil {
			return other.Value
		}
	}
	return ""
}

// of returns the ids of the facts of a kind.
func (facts *Facts) of(kind string) []string {
	var list []string
	for _, id := range sortedKeys(facts.kinds) {
		if facts.kinds[id] == kind {
			list = append(list, id)
		}
	}
	return list
}

// some lists facts of a kind for a hint.
func (facts *Facts) some(kind string) string {
	list := facts.of(kind)
	if len(list) > mostSuggested {
		list = append(list[:mostSuggested:mostSuggested], "…")
	}
	return strings.Join(list, ", ")
}

const mostSuggested = 6

// fact returns the value of a fact of a kind. Where there is none, it says why; with no code, the editor is told anyway,
// once for all that rests on it.
func (l *loader) fact(f *diag.File, id, kind string) (value int32, ok bool, code diag.Code, args []any) {
	facts := &l.set.facts
	l.set.noteUse(id, f)
	day, isDay := facts.Days[id]
	number, isNumber := facts.Numbers[id]
	is := kindWords[facts.kinds[id]]
	switch {
	case len(facts.unread[FactsFile]) > 0 || len(facts.faults[id]) > 0:
		l.wanted[id] = true
		return 0, false, "", nil
	case kind == "date" && isDay:
		return int32(day), true, "", nil
	case kind != "date" && isNumber && facts.Units[id] == kind:
		return int32(number), true, "", nil
	case is.EN == "" || facts.kinds[id] == kind:
		return 0, false, "rule-unknown-fact", []any{id, cmp.Or(suggest(id, facts.of(kind)), suggest(id, sortedKeys(facts.kinds)))}
	}
	return 0, false, "rule-fact-kind", []any{id, is, kindWords[kind], facts.some(kind)}
}

// equalTo returns the facts that are this number: of those that name the input, where there are any.
func (facts *Facts) equalTo(number int32, input string) string {
	list := facts.of("number")
	names := func(id string) bool { return slices.Contains(strings.Split(id, "_"), input) }
	if slices.ContainsFunc(list, names) {
		list = slices.DeleteFunc(list, func(id string) bool { return !names(id) })
	}
	var same []string
	for _, id := range list {
		if facts.Numbers[id] == int(number) {
			same = append(same, "fact:"+id)
		}
	}
	return strings.Join(same, ", ")
}

// reportFacts tells what is wrong in facts.yaml and sources.yaml as far as the rules rest on it.
func (l *loader) reportFacts() {
	facts := &l.set.facts
	list := slices.Concat(facts.unread[FactsFile], facts.unread[SourcesFile])
	for _, id := range sortedKeys(l.wanted) {
		list = append(list, facts.faults[id]...)
	}
	told := map[diag.Position]bool{} // of two facts with the same day it is the same mistake
	for _, d := range list {
		if d.File = path.Join(l.name, d.File); !told[d.Position] {
			told[d.Position] = true
			l.report(d)
		}
	}
}

func decodeFacts(content fs.FS, name string, target any) (*diag.File, []diag.Diagnostic, error) {
	f, found, err := plaintext.Read(content, "", name)
	if err == nil && len(found) == 0 {
		found = strictyaml.Decode(f, 0, len(f.Data), target)
	}
	return f, found, err
}

// factDay follows day_after and day_before to a day.
func factDay(known strictyaml.Map[schema.Fact], y schema.Fact, depth int) (civil.Date, bool) {
	if y.Date != nil {
		return y.Date.Value, true
	}
	step := civil.Date(1)
	if y.DayAfter == nil {
		step = -1
	}
	next, ok := known.Get(follows(&y))
	if !ok || depth > len(known) {
		return civil.Unset, false
	}
	day, ok := factDay(known, next, depth+1)
	return day + step, ok
}
