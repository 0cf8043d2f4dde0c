package rules

import (
	"maps"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
)

// Facts are the dates, durations and numbers that rules refer to by id, and the sources that rules may name. The rules
// themselves contain no dates or durations.
type Facts struct {
	Days    map[string]civil.Date
	Numbers map[string]int // whole numbers, and the lengths of exact durations in the unit that Units has
	Units   map[string]string
	Sources map[string]string // by id: the file name of a source document, or ""

	Labels map[string]Words             // by source: its name for readers
	Kinds  map[string]string            // by fact: its kind, a key of KindWords
	Faults map[string][]diag.Diagnostic // by fact: what is wrong with it, or with the fact from which it takes its day
	Unread map[string][]diag.Diagnostic // by file (facts.yaml, sources.yaml): why it could not be read in full
}

// NumberUnit is the unit of a fact that is a plain number.
const NumberUnit = "number"

// The files of facts and of sources. Both the rules and the texts of the site use them.
const (
	FactsFile   = "facts.yaml"
	SourcesFile = "sources.yaml"
)

// KindWords are the kinds of facts, in words for messages.
var KindWords = map[string]diag.Wording{
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

// Of returns the ids of the facts of a kind.
func (facts *Facts) Of(kind string) []string {
	var list []string
	for _, id := range slices.Sorted(maps.Keys(facts.Kinds)) {
		if facts.Kinds[id] == kind {
			list = append(list, id)
		}
	}
	return list
}

// Some lists the ids of at most mostSuggested facts of a kind for a hint. It ends with "…" if there are more.
func (facts *Facts) Some(kind string) string {
	list := facts.Of(kind)
	if len(list) > mostSuggested {
		list = append(list[:mostSuggested:mostSuggested], "…")
	}
	return strings.Join(list, ", ")
}

// mostSuggested is the greatest number of facts in a hint.
const mostSuggested = 6

// EqualTo lists the facts that are plain numbers equal to `number`, each as "fact:id" and sorted by id. `input` is the id of
// an input. If it is one of the words in the ids of some plain numbers, EqualTo considers only these facts. The words of an
// id are separated by "_".
func (facts *Facts) EqualTo(number int32, input string) string {
	list := facts.Of(NumberUnit)
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
