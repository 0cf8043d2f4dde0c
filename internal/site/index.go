package site

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// PeriodKind says what a period belongs to.
type PeriodKind string

// The kinds of period.
const (
	QuestionPeriod PeriodKind = "question" // a whole question: valid_until
	PassagePeriod  PeriodKind = "passage"  // a block of a body: ::: until …
	VariantPeriod  PeriodKind = "variant"  // an answer or a text of the home page that is replaced after the last day
	FactPeriod     PeriodKind = "fact"     // a fact, or one of its values, that has a last day
	ReviewPeriod   PeriodKind = "review"   // a fact's review_by
	RulePeriod     PeriodKind = "rule"     // a comparison in the rules that can hold on the last day, but no later
	BeforePeriod   PeriodKind = "before"   // a comparison in the rules that can hold only after the last day
	WaiverPeriod   PeriodKind = "waiver"   // a stale translation that may wait until the last day
)

// Period is a time in which something holds, and the place where that is written.
type Period struct {
	diag.Position
	Kind        PeriodKind
	ID          string     // a question or fact, the comparison of a rule, or path and unit of a translation; "" for a variant
	From, Until civil.Date // inclusive; From is civil.Unset if open
}

// SortPeriods sorts periods by their last day, then by place.
func SortPeriods(list []Period) {
	slices.SortFunc(list, func(a, b Period) int {
		return cmp.Or(cmp.Compare(a.Until, b.Until), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Kind, b.Kind))
	})
}

// index collects periods, uses of facts and units of translations, which commands list, and the texts that have errors and must not
// be typeset. The loaders of the general site, of insurers' sites and of files that are typeset in parallel share one index.
type index struct {
	mu      sync.Mutex
	periods []Period
	uses    map[*Fact]map[string]bool
	faults  map[textPlace]bool
	units   []*Unit
}

func newIndex() *index {
	return &index{uses: map[*Fact]map[string]bool{}, faults: map[textPlace]bool{}}
}

// textPlace is where a text begins. It has the name of the file, not a *diag.File, because the file may be read a second time.
type textPlace struct {
	file   string
	offset int
}

// noteFaults remembers the text at an offset if an error was found in it. Texts are typeset again, without checks, for each insurer;
// a text with an error must then be left out.
func (l *loader) noteFaults(f *diag.File, offset int, found []diag.Diagnostic) {
	if !diag.HasErrors(found) {
		return
	}
	l.index.mu.Lock()
	defer l.index.mu.Unlock()
	l.index.faults[textPlace{f.Name, offset}] = true
}

// faulty reports whether a text has an error. It cannot be typeset then: what it refers to may not exist.
func (l *loader) faulty(f *diag.File, offset int) bool {
	l.index.mu.Lock()
	defer l.index.mu.Unlock()
	return l.index.faults[textPlace{f.Name, offset}]
}

// notePeriod adds a period, unless it has no end: what holds for ever needs no attention.
func (l *loader) notePeriod(f *diag.File, offset int, kind PeriodKind, id string, from, until civil.Date) {
	if until == civil.Unset {
		return
	}
	at := f.Position(offset)
	l.index.mu.Lock()
	defer l.index.mu.Unlock()
	l.index.periods = append(l.index.periods, Period{at, kind, id, from, until})
}

// notePassages adds the periods of a body's blocks.
func (l *loader) notePassages(f *diag.File, body *markdown.Body, of *Question) {
	for _, p := range body.Periods() {
		l.notePeriod(f, p.Offset, PassagePeriod, of.ID, l.day(p.From), l.day(p.Until))
	}
}

// noteUse remembers that a file refers to a fact.
func (l *loader) noteUse(f *diag.File, fact *Fact) {
	if fact == nil {
		return // reported
	}
	l.index.mu.Lock()
	defer l.index.mu.Unlock()
	if l.index.uses[fact] == nil {
		l.index.uses[fact] = map[string]bool{}
	}
	l.index.uses[fact][f.Name] = true
}

// finish gives the site its periods, and each fact the names of the files that refer to it. It sorts them, because they were
// collected in a random order.
func (x *index) finish(s *Site) {
	SortPeriods(x.periods)
	s.Periods = x.periods
	for fact, files := range x.uses {
		fact.Files = slices.Sorted(maps.Keys(files))
	}
}
