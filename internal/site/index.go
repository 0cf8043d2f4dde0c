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
	PassagePeriod  PeriodKind = "passage"  // a block of a body: ::: … until
	VariantPeriod  PeriodKind = "variant"  // a text that changes afterwards: an answer, or what the home page says
	FactPeriod     PeriodKind = "fact"     // a fact or one of its values: until
	ReviewPeriod   PeriodKind = "review"   // a fact's review_by
	RulePeriod     PeriodKind = "rule"     // a comparison in the rules that can hold until then
	BeforePeriod   PeriodKind = "before"   // a comparison in the rules that holds only afterwards
	WaiverPeriod   PeriodKind = "waiver"   // a stale translation that may wait
)

// Period is a time in which something holds, and the place where that is written.
type Period struct {
	diag.Position
	Kind        PeriodKind
	ID          string     // a question or fact, the comparison of a rule, or path and unit of a translation; "" for a variant
	From, Until civil.Date // inclusive; From is civil.Unset where open
}

// SortPeriods sorts periods by their last day, then by place.
func SortPeriods(list []Period) {
	slices.SortFunc(list, func(a, b Period) int {
		return cmp.Or(cmp.Compare(a.Until, b.Until), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Kind, b.Kind))
	})
}

// index collects what all texts have: periods, uses of facts and units of translations, which tools list, and the texts that must
// not be typeset. The general site and those of insurers share it; so do files that are typeset in parallel.
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

// noteFaults remembers a text with an error. Texts are typeset again for an insurer without checks, and this one must then be
// left out.
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

// finish gives the site its periods and each fact its files, sorted: they were collected in a random order.
func (x *index) finish(s *Site) {
	SortPeriods(x.periods)
	s.Periods = x.periods
	for fact, files := range x.uses {
		fact.Files = slices.Sorted(maps.Keys(files))
	}
}
