package site

import (
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

type sourceYAML struct {
	Publisher string                          `yaml:"publisher"`
	Title     string                          `yaml:"title"`
	Label     strictyaml.Map[strictyaml.Text] `yaml:"label"`
	Address   *strictyaml.Text                `yaml:"address,optional"`
	Published *strictyaml.Text                `yaml:"published,optional"`
	Document  string                          `yaml:"document,optional"`
	Read      civil.Date                      `yaml:"read"`
	Note      string                          `yaml:"note,optional"`
}

func (l *loader) loadSources() error {
	var decoded strictyaml.Map[sourceYAML]
	f, err := l.decode("sources.yaml", &decoded)
	if err != nil {
		return err
	}
	l.sourceFile, l.sourceLabels = f, map[*Source]strictyaml.Map[strictyaml.Text]{}
	for _, entry := range decoded {
		y := entry.Value
		s := &Source{ID: entry.Key.Value, Publisher: y.Publisher, Title: y.Title, Document: y.Document, Read: y.Read, labels: map[*Language]Phrase{}, offset: entry.Key.Offset}
		if y.Address != nil {
			s.Address = y.Address.Value
			if !strings.HasPrefix(s.Address, "https://") {
				l.report(f.At(y.Address.Offset, "address-https", s.Address))
			}
		}
		if y.Published != nil {
			s.Published = y.Published.Value
			if !publishedForm.MatchString(s.Published) {
				l.report(f.At(y.Published.Offset, "yaml-want-date", "published", s.Published))
			}
		}
		if !isID(s.ID) {
			l.report(f.At(entry.Key.Offset, "id-form-snake", s.ID))
		}
		l.site.Sources = append(l.site.Sources, s)
		l.site.source[s.ID] = s
		l.sourceLabels[s] = y.Label
	}
	return nil
}

var (
	publishedForm = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
	snakeID       = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

func isID(id string) bool { return snakeID.MatchString(id) && len(id) <= 60 }

// factYAML is a fact as written: exactly one of the keys up to Link says its kind and value.
type factYAML struct {
	Date      *civil.Date      `yaml:"date,optional"`
	Month     *strictyaml.Text `yaml:"month,optional"`
	DayAfter  *strictyaml.Text `yaml:"day_after,optional"`
	DayBefore *strictyaml.Text `yaml:"day_before,optional"`
	Phone     *strictyaml.Text `yaml:"phone,optional"`
	PhoneOf   *strictyaml.Text `yaml:"phone_of,optional"`
	Hours     *[]hoursYAML     `yaml:"hours,optional"`
	Duration  *durationYAML    `yaml:"duration,optional"`
	Number    *int             `yaml:"number,optional"`
	Fee       *int             `yaml:"fee,optional"`
	Link      *strictyaml.Text `yaml:"link,optional"`

	// Variants are, instead of one of those keys, the values of a fact that changes on some day.
	Variants []factVariantYAML `yaml:"variants,optional"`

	HoursFact *strictyaml.Text  `yaml:"hours_fact,optional"`
	Closed    *strictyaml.Text  `yaml:"closed,optional"`
	From      *civil.Date       `yaml:"from,optional"`
	Until     *strictyaml.Text  `yaml:"until,optional"`
	Sources   []strictyaml.Text `yaml:"sources"`
	AsOf      civil.Date        `yaml:"as_of"`
	ReviewBy  *strictyaml.Text  `yaml:"review_by,optional"`
	Note      string            `yaml:"note,optional"`

	// Name is the name in each language of a fact that only one insurer has; others are named in text/<lang>.yaml.
	Name *strictyaml.Map[strictyaml.Text] `yaml:"name,optional"`
}

type durationYAML struct {
	Count *int             `yaml:"count,optional"`
	Min   *int             `yaml:"min,optional"`
	Max   *int             `yaml:"max,optional"`
	Unit  strictyaml.Text  `yaml:"unit"`
	Bound *strictyaml.Text `yaml:"bound,optional"`
}

type hoursYAML struct {
	Days  strictyaml.Text  `yaml:"days"`
	Open  *strictyaml.Text `yaml:"open,optional"`
	Close *strictyaml.Text `yaml:"close,optional"`
}

func (l *loader) loadFacts() error {
	var decoded strictyaml.Map[factYAML]
	f, err := l.decode("facts.yaml", &decoded)
	if err != nil {
		return err
	}
	l.factFile = f
	for _, entry := range decoded {
		if entry.Value.Name != nil {
			l.report(f.At(entry.Key.Offset, "fact-name-place", entry.Key.Value))
		}
	}
	l.declareFacts(f, decoded)
	l.literals = newLiterals(l.site.Facts)
	return nil
}

// declareFacts adds facts to the site, and follows what they say of each other.
func (l *loader) declareFacts(f *diag.File, decoded strictyaml.Map[factYAML]) {
	for _, entry := range decoded {
		y := entry.Value
		fact := &Fact{ID: entry.Key.Value, AsOf: y.AsOf, Note: y.Note, From: civil.Unset, Until: civil.Unset, offset: entry.Key.Offset}
		if !isID(fact.ID) {
			l.report(f.At(fact.offset, "id-form-snake", fact.ID))
		}
		if y.From != nil {
			fact.From = *y.From
		}
		if y.Closed != nil {
			fact.Closed = y.Closed.Value
			l.words = append(l.words, valueWord{f, *y.Closed, closedWords})
		}
		fact.Until = l.factDay(f, "until", y.Until)
		fact.ReviewBy = l.factDay(f, "review_by", y.ReviewBy)
		l.checkReview(f, fact, y.ReviewBy)
		l.noteFactPeriods(f, fact, y)
		if fact.From != civil.Unset && fact.Until != civil.Unset && fact.From > fact.Until {
			l.report(f.At(fact.offset, "period-reversed", fact.From, fact.Until))
		}
		fact.Sources = l.resolveSources(f, y.Sources)
		if l.setValue(fact, y, f)+min(len(y.Variants), 1) != 1 {
			l.report(f.At(fact.offset, "fact-kind", fact.ID))
		}
		l.setVariants(fact, y.Variants, f)
		l.site.Facts = append(l.site.Facts, fact)
		l.site.fact[fact.ID] = fact
	}
	r := &factResolver{loader: l, file: f, all: decoded, done: map[*Fact]bool{}}
	for _, entry := range decoded {
		r.resolve(l.site.fact[entry.Key.Value])
	}
}

func (l *loader) resolveSources(f *diag.File, ids []strictyaml.Text) []*Source {
	var sources []*Source
	for _, id := range ids {
		if source := l.site.source[id.Value]; source != nil {
			sources = append(sources, source)
		} else {
			l.report(f.At(id.Offset, "source-unknown", id.Value, suggest(id.Value, sortedKeys(l.site.source))))
		}
	}
	return sources
}

// setValue sets kind and value of a fact and returns how many values were written.
func (l *loader) setValue(fact *Fact, y factYAML, f *diag.File) int {
	count := 0
	set := func(kind FactKind, present bool) bool {
		if present {
			fact.Kind = kind
			count++
		}
		return present
	}
	if set(DateFact, y.Date != nil) {
		fact.Date = l.reasonable(f, fact.offset, *y.Date)
	}
	set(DateFact, y.DayAfter != nil)
	set(DateFact, y.DayBefore != nil)
	if set(MonthFact, y.Month != nil) {
		date, err := civil.Parse(y.Month.Value + "-01")
		if err != nil {
			l.report(f.At(y.Month.Offset, "fact-month", y.Month.Value))
		}
		fact.Date = date
	}
	if set(PhoneFact, y.Phone != nil) {
		fact.Phone = y.Phone.Value
		if !isPhone(fact.Phone) {
			l.report(f.At(y.Phone.Offset, "fact-phone", fact.Phone))
		}
	}
	set(PhoneFact, y.PhoneOf != nil)
	if set(HoursFact, y.Hours != nil) {
		fact.Hours = l.hours(*y.Hours, f, fact.offset)
	}
	if set(DurationFact, y.Duration != nil) {
		fact.Duration = l.duration(*y.Duration, f, fact.offset)
	}
	if set(NumberFact, y.Number != nil) {
		fact.Number = l.amount(f, fact.offset, *y.Number)
	}
	if set(FeeFact, y.Fee != nil) {
		fact.Number = l.amount(f, fact.offset, *y.Fee)
	}
	if set(LinkFact, y.Link != nil) {
		fact.Address = y.Link.Value
		l.checkAddress(f, *y.Link)
	}
	return count
}

// factResolver follows what facts say of each other: the day after or before it, its number, its hours.
type factResolver struct {
	*loader
	file  *diag.File
	all   strictyaml.Map[factYAML]
	done  map[*Fact]bool
	chain []factReference // from the fact asked for to the one being resolved
}

// factReference is where a fact names another.
type factReference struct {
	from *Fact
	id   strictyaml.Text
	told bool // that it is part of a circle
}

// resolve gives a fact what it takes from others, which are resolved before.
func (r *factResolver) resolve(fact *Fact) {
	if r.done[fact] {
		return
	}
	r.done[fact] = true
	y, _ := r.all.Get(fact.ID)
	for _, reference := range []struct {
		id    *strictyaml.Text
		kind  FactKind
		apply func(other *Fact)
	}{
		{y.DayAfter, DateFact, func(other *Fact) { fact.Date, fact.Follows = other.Date+1, other }},
		{y.DayBefore, DateFact, func(other *Fact) { fact.Date, fact.Follows = other.Date-1, other }},
		{y.PhoneOf, PhoneFact, func(other *Fact) { fact.Phone, fact.Follows = other.Phone, other }},
		{y.HoursFact, HoursFact, func(other *Fact) { fact.HoursOf = other }},
	} {
		if reference.id == nil {
			continue
		}
		other := r.site.fact[reference.id.Value]
		if other == nil || other.Kind != reference.kind {
			r.report(r.file.At(reference.id.Offset, "fact-unknown", reference.id.Value, suggest(reference.id.Value, r.factIDs(reference.kind))))
			continue
		}
		r.chain = append(r.chain, factReference{from: fact, id: *reference.id})
		if !r.circle(other) {
			r.resolve(other)
			reference.apply(other)
		}
		r.chain = r.chain[:len(r.chain)-1]
	}
}

// circle reports whether the chain has come back to a fact on it, and tells every reference of the circle. The last one
// is not applied, so that whoever follows a fact comes to an end.
func (r *factResolver) circle(to *Fact) bool {
	start := slices.IndexFunc(r.chain, func(reference factReference) bool { return reference.from == to })
	if start < 0 {
		return false
	}
	for i := start; i < len(r.chain); i++ {
		if reference := &r.chain[i]; !reference.told {
			r.report(r.file.At(reference.id.Offset, "fact-circle", reference.from.ID))
			reference.told = true
		}
	}
	return true
}

func (l *loader) factIDs(kinds ...FactKind) []string {
	var ids []string
	for _, fact := range l.site.Facts {
		for _, kind := range kinds {
			if fact.Kind == kind {
				ids = append(ids, fact.ID)
			}
		}
	}
	return ids
}
