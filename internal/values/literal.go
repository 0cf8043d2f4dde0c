package values

import (
	"bytes"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/written"
)

// Literals finds dates, months and phone numbers that authors typed into texts. It is an error if a fact has the same value, because
// the author must then write a token. It is also an error if the calendar has no such day. All other literals are warnings.
type Literals struct {
	facts   []*Fact
	dates   map[civil.Date][]*Fact     // the facts with a date, by date
	months  map[civil.Date][]*Fact     // the facts with a month, by its first day
	numbers map[string][]*Fact         // the facts with a phone number, by its digits
	in      map[*Formats]*literalForms // the forms of each language that was learnt, by its formats
}

// literalForms recognizes days and months as one language writes them.
type literalForms struct {
	reader *written.Reader
	// `own` has the forms that `reader` does not recognize, by the first digits in the form.
	own map[string][]*literalForm
}

// literalForm is the text that a language writes for some facts with the same value: the parts before and after its first digits.
type literalForm struct {
	before, after string
	facts         []*Fact
}

// NewLiterals returns Literals for facts. Call [Literals.Learn] for each language before checking its texts.
func NewLiterals(facts []*Fact) *Literals {
	l := &Literals{facts, map[civil.Date][]*Fact{}, map[civil.Date][]*Fact{}, map[string][]*Fact{}, map[*Formats]*literalForms{}}
	for _, fact := range facts {
		switch fact.Kind {
		case schema.DateFact:
			l.dates[fact.Date] = append(l.dates[fact.Date], fact)
		case schema.MonthFact:
			l.months[fact.Date] = append(l.months[fact.Date], fact)
		case schema.PhoneFact:
			digits := strings.ReplaceAll(fact.Phone, "-", "")
			l.numbers[digits] = append(l.numbers[digits], fact)
		}
	}
	return l
}

// Learn prepares l for the texts of a language. The language must have its formats. Learn makes the form of each value only once,
// because many facts can have the same value.
func (l *Literals) Learn(language *Writer) {
	forms := &literalForms{written.NewReader(textsOf(language.Formats.Months)), map[string][]*literalForm{}}
	l.in[language.Formats] = forms
	type value struct {
		kind   schema.FactKind
		day    civil.Date
		format string
	}
	known, byText := map[value]*literalForm{}, map[string]*literalForm{}
	for _, fact := range l.facts {
		if fact.Kind != schema.DateFact && fact.Kind != schema.MonthFact || fact.Variants != nil {
			continue
		}
		for _, format := range []string{"", "both", "era"} {
			if format == "era" && fact.Kind == schema.MonthFact {
				continue
			}
			of := value{fact.Kind, fact.Date, format}
			form, looked := known[of]
			if !looked {
				if text := language.factPhrase(fact, format, false).Plain; !l.knows(forms.reader, text, fact) {
					form = forms.add(byText, text)
				}
				known[of] = form
			}
			if form != nil && !slices.Contains(form.facts[max(0, len(form.facts)-1):], fact) {
				form.facts = append(form.facts, fact)
			}
		}
	}
}

// knows reports whether the reader recognizes the fact in `text`, which consists of the fact alone.
func (l *Literals) knows(r *written.Reader, text string, fact *Fact) bool {
	list := r.Find(text)
	if len(list) == 0 {
		return false
	}
	switch m := list[0]; m.Kind {
	case written.Day:
		return fact.Kind == schema.DateFact && slices.Contains(m.Days, fact.Date)
	case written.Month:
		return fact.Kind == schema.MonthFact && !m.Impossible() && m.Days[0] == fact.Date
	}
	return false
}

// add returns the form of a text. It takes the form from `byText`, or else adds a new form to `byText` and to f.own. It returns nil if the
// text has no digits, because forms are found by their first digits.
func (f *literalForms) add(byText map[string]*literalForm, text string) *literalForm {
	start, end := firstDigits(text, 0)
	if start == end {
		return nil
	}
	form := byText[text]
	if form == nil {
		form = &literalForm{before: text[:start], after: text[end:]}
		byText[text] = form
		f.own[text[start:end]] = append(f.own[text[start:end]], form)
	}
	return form
}

// firstDigits returns the range of the first ASCII digits in a text from an offset on. If there are no digits, both ends are len(text).
func firstDigits(text string, from int) (start, end int) {
	isDigit := func(i int) bool { return text[i] >= '0' && text[i] <= '9' }
	for start = from; start < len(text) && !isDigit(start); start++ {
	}
	for end = start; end < len(text) && isDigit(end); end++ {
	}
	return start, end
}

// factsOf returns the facts that have the value of a mention. For a mention that can be read as several days, it returns the facts of
// all of them.
func (l *Literals) factsOf(m written.Mention) []*Fact {
	switch m.Kind {
	case written.Phone:
		return l.numbers[m.Number]
	case written.Month:
		if !m.Impossible() {
			return l.months[m.Days[0]]
		}
	case written.Day:
		if len(m.Days) == 1 {
			return l.dates[m.Days[0]]
		}
		var facts []*Fact
		for _, day := range m.Days {
			facts = append(facts, l.dates[day]...)
		}
		return facts
	}
	return nil
}

// literalNames has, for each kind of mention, the part after "literal-" in the code of the finding about a value that no fact has.
var literalNames = map[written.Kind]string{written.Day: "date", written.Month: "month", written.DayOfYear: "yearless", written.Relative: "relative", written.Phone: "phone"}

// Check reports the dates, months and phone numbers in a run of text. It reports nothing if Learn was not called for the language.
func (l *Literals) Check(f *diag.File, language *Writer, run markdown.Passage) []diag.Diagnostic {
	forms := l.in[language.Formats]
	if forms == nil {
		return nil // the language's formats could not be read
	}
	var found []diag.Diagnostic
	told := 0 // the end of the last literal that was reported
	for _, own := range forms.find(run.Text) {
		found = append(found, l.report(f, language, run, own.Start, own.End, own.facts, "date", false))
		told = own.End
	}
	for _, m := range forms.reader.Find(run.Text) {
		if m.Start < told && len(forms.own) > 0 {
			continue
		}
		if m.Impossible() {
			found = append(found, f.At(run.At(m.Start), "literal-impossible", run.Text[m.Start:m.End]))
			continue
		}
		found = append(found, l.report(f, language, run, m.Start, m.End, l.factsOf(m), literalNames[m.Kind], m.Era))
	}
	return found
}

// CheckFixed reports the dates, months and phone numbers in a text that can have no tokens, such as a name or the words in {ja:…}. It does
// not report a day without a year, because papers and signs say it so. It reports nothing if Learn was not called for the language.
func (l *Literals) CheckFixed(f *diag.File, language *Writer, run markdown.Passage) []diag.Diagnostic {
	forms := l.in[language.Formats]
	if forms == nil {
		return nil // the language's formats could not be read
	}
	var found []diag.Diagnostic
	for _, m := range forms.reader.Find(run.Text) {
		text, offset := run.Text[m.Start:m.End], run.At(m.Start)
		facts := l.factsOf(m)
		switch {
		case m.Impossible():
			found = append(found, f.At(offset, "literal-impossible", text))
		case len(facts) > 0:
			found = append(found, f.At(offset, "literal-fixed-fact", text, "{fact:"+strings.Join(idsOf(facts), "}, {fact:")+"}"))
		case m.Kind != written.DayOfYear && m.Kind != written.Relative:
			found = append(found, f.At(offset, "literal-fixed", text))
		}
	}
	return found
}

// CheckMeaning reports the values of facts that an author typed into a text that can have no tokens, such as the meaning of an id. It
// reports nothing if Learn was not called for the language.
func (l *Literals) CheckMeaning(f *diag.File, language *Writer, text strictyaml.Text) []diag.Diagnostic {
	forms := l.in[language.Formats]
	if forms == nil {
		return nil // the language's formats could not be read
	}
	var found []diag.Diagnostic
	report := func(start, end int, facts []*Fact) {
		if len(facts) > 0 {
			found = append(found, f.At(text.Offset+start, "literal-meaning", text.Value[start:end], strings.Join(idsOf(facts), ", ")))
		}
	}
	for _, own := range forms.find(text.Value) {
		report(own.Start, own.End, own.facts)
	}
	for _, m := range forms.reader.Find(text.Value) {
		report(m.Start, m.End, l.factsOf(m))
	}
	return found
}

// ownMention is a place where a text has one of the forms in [literalForms].own, and the facts that are written in this form.
type ownMention struct {
	Start, End int
	facts      []*Fact
}

// find returns the places where a text has one of the forms in f.own. Where several match, it returns the longest.
func (f *literalForms) find(text string) []ownMention {
	if len(f.own) == 0 {
		return nil
	}
	var list []ownMention
	floor := 0
	for start, end := firstDigits(text, 0); start < len(text); start, end = firstDigits(text, end) {
		best := ownMention{}
		for _, form := range f.own[text[start:end]] {
			if from := start - len(form.before); from >= floor && strings.HasSuffix(text[:start], form.before) && strings.HasPrefix(text[end:], form.after) {
				to := end + len(form.after)
				if to-from > best.End-best.Start {
					best = ownMention{Start: from, End: to}
				}
				if to-from == best.End-best.Start {
					best.facts = append(best.facts, form.facts...)
				}
			}
		}
		if len(best.facts) > 0 {
			list = append(list, best)
			end, floor = max(end, best.End), best.End
		}
	}
	return list
}

// report returns the finding about the literal run.Text[start:end]. The finding names the tokens of `facts`, or says that no fact has
// this value. If there is exactly one fact, the finding has an edit. `era` says whether the literal is in the Japanese calendar.
func (l *Literals) report(f *diag.File, language *Writer, run markdown.Passage, start, end int, facts []*Fact, kind string, era bool) diag.Diagnostic {
	text := run.Text[start:end]
	found := literalFinding(f, run.At(start), text, facts, kind)
	if len(facts) == 1 {
		if token, replaced := literalToken(language, facts[0], run.Text[start:], text, era); token != "" {
			return f.Mendable(found, diag.Edit{Offset: run.At(start), Old: replaced, New: token})
		}
	}
	return found
}

// literalToken returns the token to write instead of a literal, and the text that the token replaces. `text` begins with the literal.
// The token has the same format as the typed value, which may be a day in both calendars. Both results are "" if tokens have no such
// format.
func literalToken(language *Writer, fact *Fact, text, literal string, era bool) (token, replaced string) {
	format := ""
	switch both := language.Wording(fact, "both", false).Plain; {
	case fact.Kind == schema.PhoneFact:
		format = ":number"
	case strings.HasPrefix(text, both):
		format, literal = ":both", both
	case era && fact.Kind == schema.MonthFact:
		return "", ""
	case era:
		format = ":era"
	}
	return "{fact:" + fact.ID + format + "}", literal
}

// literalFinding returns the finding about a literal that has the value of these facts. It names their tokens. Without facts, it has the
// code "literal-" followed by `kind`.
func literalFinding(f *diag.File, offset int, text string, facts []*Fact, kind string) diag.Diagnostic {
	if len(facts) == 0 {
		return f.At(offset, diag.Code("literal-"+kind), text)
	}
	return f.At(offset, "literal-fact", text, "{fact:"+strings.Join(idsOf(facts), "}, {fact:")+"}")
}

// mostNamed is the maximum number of facts that a finding names.
const mostNamed = 10

// idsOf returns the ids of the first facts, at most mostNamed.
func idsOf(facts []*Fact) []string {
	ids := make([]string, min(len(facts), mostNamed))
	for i := range ids {
		ids[i] = facts[i].ID
	}
	return ids
}

// CheckEnd returns the finding about a day that an author typed as an end of a period. Authors should write fact:id there, without
// braces, even if no fact has this day yet. A day out of range has a different finding. `offset` is where the period begins, and `text`
// is the day as the author typed it.
func (l *Literals) CheckEnd(f *diag.File, offset int, text string, day civil.Date) []diag.Diagnostic {
	ids := idsOf(l.dates[day])
	line, _, _ := bytes.Cut(f.Data[offset:], []byte("\n"))
	offset += max(0, bytes.Index(line, []byte(text)))
	switch {
	case day < schema.FirstDay || day > schema.LastDay:
		return []diag.Diagnostic{f.At(offset, "fact-day-range", day, schema.FirstDay, schema.LastDay)}
	case len(ids) == 1:
		d := f.At(offset, "period-fact", text, "fact:"+ids[0])
		return []diag.Diagnostic{f.Mendable(d, diag.Edit{Offset: offset, Old: text, New: "fact:" + ids[0]})}
	case len(ids) > 1:
		return []diag.Diagnostic{f.At(offset, "period-fact", text, "fact:"+strings.Join(ids, ", fact:"))}
	}
	return []diag.Diagnostic{f.At(offset, "period-day", text)}
}

// CheckCall returns the finding about a link that begins with "tel:". `number` is the number in the link, as the author typed it.
func (l *Literals) CheckCall(f *diag.File, offset int, number string) diag.Diagnostic {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	if rest, abroad := strings.CutPrefix(digits, "81"); abroad && strings.HasPrefix(number, "+") {
		digits = "0" + strings.TrimPrefix(rest, "0")
	}
	facts := l.numbers[digits]
	if len(facts) == 0 {
		return literalFinding(f, offset, number, nil, "phone")
	}
	found := f.At(offset, "literal-call", number, "(fact:"+strings.Join(idsOf(facts), "), (fact:")+")")
	if len(facts) == 1 {
		return f.Mendable(found, diag.Edit{Offset: offset, Old: "tel:" + number, New: "fact:" + facts[0].ID})
	}
	return found
}
