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
	VariantPeriod  PeriodKind = "variant"  // an answer or a text of the home page that changes after the last day
	FactPeriod     PeriodKind = "fact"     // a fact, or one value of a fact, with a last day
	ReviewPeriod   PeriodKind = "review"   // a fact's review_by
	RulePeriod     PeriodKind = "rule"     // a comparison in the rules that can hold until the last day and not later
	BeforePeriod   PeriodKind = "before"   // a comparison in the rules that does not hold yet; it can hold only after the last day of the period
	WaiverPeriod   PeriodKind = "waiver"   // a stale translation that may wait until the last day
)

// Period is a period in which something holds, and the place in a file that says so.
type Period struct {
	diag.Position
	Kind        PeriodKind
	ID          string     // id of a question or fact, the comparison of a rule, or path and unit of a translation; "" for a variant
	From, Until civil.Date // the first and the last day; From is civil.Unset if open
}

// SortPeriods sorts periods by their last day, then by place, then by kind.
func SortPeriods(list []Period) {
	slices.SortFunc(list, func(a, b Period) int {
		return cmp.Or(cmp.Compare(a.Until, b.Until), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Kind, b.Kind))
	})
}

// index collects periods, uses of facts and units of translations, which commands list. It also collects the places of texts with errors,
// which must not be typeset. All loaders share one index: those of the general site, of insurers' sites, and of files that are
// typeset in parallel.
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

// textPlace is the place where a text begins. It has the name of the file, not a *diag.File, because a file that is read twice has two
// of these.
type textPlace struct {
	file   string
	offset int
}

// noteFaults records that the text at an offset has an error, if found contains one. The text must be left out when texts are typeset
// again, without checks, for an insurer.
func (l *loader) noteFaults(f *diag.File, offset int, found []diag.Diagnostic) {
	if !diag.HasErrors(found) {
		return
	}
	l.index.mu.Lock()
	defer l.index.mu.Unlock()
	l.index.faults[textPlace{f.Name, offset}] = true
}

// faulty reports whether the text at an offset has an error. Such a text cannot be typeset, because it may refer to something that does
// not exist.
func (l *loader) faulty(f *diag.File, offset int) bool {
	l.index.mu.Lock()
	defer l.index.mu.Unlock()
	return l.index.faults[textPlace{f.Name, offset}]
}

// notePeriod adds a period to the index. It ignores a period without an end, because nobody needs to act on that.
func (l *loader) notePeriod(f *diag.File, offset int, kind PeriodKind, id string, from, until civil.Date) {
	if until == civil.Unset {
		return
	}
	at := f.Position(offset)
	l.index.mu.Lock()
	defer l.index.mu.Unlock()
	l.index.periods = append(l.index.periods, Period{at, kind, id, from, until})
}

// notePassages adds the periods of the blocks in a body to the index.
func (l *loader) notePassages(f *diag.File, body *markdown.Body, of *Question) {
	for _, p := range body.Periods() {
		l.notePeriod(f, p.Offset, PassagePeriod, of.ID, l.day(p.From), l.day(p.Until))
	}
}

// noteUse records that a file refers to a fact. fact is nil if the file names a fact that does not exist.
func (l *loader) noteUse(f *diag.File, fact *Fact) {
	if fact == nil {
		return // the unknown fact is already reported
	}
	l.index.mu.Lock()
	defer l.index.mu.Unlock()
	if l.index.uses[fact] == nil {
		l.index.uses[fact] = map[string]bool{}
	}
	l.index.uses[fact][f.Name] = true
}

// finish sets the site's periods, and for each fact the names of the files that refer to it. It sorts both, because parallel loaders
// collected them in a random order.
func (x *index) finish(s *Site) {
	SortPeriods(x.periods)
	s.Periods = x.periods
	for fact, files := range x.uses {
		fact.Files = slices.Sorted(maps.Keys(files))
	}
}
