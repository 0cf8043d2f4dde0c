package site

import (
	"regexp"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

func (l *loader) loadSources() error {
	var decoded strictyaml.Map[schema.Source]
	f, err := l.decode("sources.yaml", &decoded)
	if err != nil {
		return err
	}
	l.sourcesRead = decoded
	l.sourceFile, l.sourceLabels = f, map[*Source]strictyaml.Map[strictyaml.Text]{}
	for _, entry := range decoded {
		y := entry.Value
		s := &Source{ID: entry.Key.Value, Publisher: y.Publisher.Value, Title: y.Title.Value, Document: y.Document, Read: y.Read.Value, Seen: schema.SourcesSeen.Words[0], labels: map[*Language]Phrase{}, offset: entry.Key.Offset}
		if y.Address != nil {
			s.Address = y.Address.Value
		}
		if y.Published != nil {
			s.Published = y.Published.Value
		}
		if y.Seen != nil {
			s.Seen = y.Seen.Value
		}
		l.report(y.Check(f)...)
		l.checkPairs(f, y.Publisher, y.Publisher.Value)
		l.checkPairs(f, y.Title, y.Title.Value)
		l.notLater(f, y.Read, "read")
		if !isID(s.ID) {
			l.report(f.At(entry.Key.Offset, "id-form-snake", s.ID))
		}
		l.site.Sources = append(l.site.Sources, s)
		l.site.source[s.ID] = s
		l.sourceLabels[s] = y.Label
	}
	return nil
}

var snakeID = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func isID(id string) bool { return snakeID.MatchString(id) && len(id) <= 60 }

func (l *loader) loadFacts() error {
	var decoded strictyaml.Map[schema.Fact]
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
func (l *loader) declareFacts(f *diag.File, decoded strictyaml.Map[schema.Fact]) {
	for _, entry := range decoded {
		y := &entry.Value
		fact := &Fact{ID: entry.Key.Value, AsOf: y.AsOf.Value, Note: y.Note, From: dayOf(y.From), Until: dayOf(y.Until), ReviewBy: dayOf(y.ReviewBy), offset: entry.Key.Offset}
		if !isID(fact.ID) {
			l.report(f.At(fact.offset, "id-form-snake", fact.ID))
		}
		l.report(y.Check(f, fact.offset, fact.ID)...)
		l.notLater(f, y.AsOf, "as_of")
		l.noteWords(f, y)
		if y.Closed != nil {
			fact.Closed = y.Closed.Value
		}
		l.checkReview(f, fact, y.ReviewBy)
		l.noteFactPeriods(f, fact, y)
		if fact.From != civil.Unset && fact.Until != civil.Unset && fact.From > fact.Until {
			l.report(f.At(fact.offset, "period-reversed", fact.From, fact.Until))
		}
		fact.Sources = l.resolveSources(f, y.Sources)
		fact.setValue(y)
		l.setVariants(fact, y.Variants, f)
		l.site.Facts = append(l.site.Facts, fact)
		l.site.fact[fact.ID] = fact
	}
	r := &factResolver{loader: l, file: f, all: decoded.ByKey(), done: map[*Fact]bool{}, place: map[*Fact]int{}}
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
			l.report(f.At(id.Offset, "source-unknown", id.Value, l.suggestOf(id.Value, "sources", func() []string { return sortedKeys(l.site.source) })))
		}
	}
	return sources
}

// setValue sets kind and value of a fact as written. What is wrong with it is told by [schema.Fact.Check].
func (fact *Fact) setValue(y *schema.Fact) {
	fact.Kind = FactKind(y.Kind())
	if y.Date != nil {
		fact.Date = y.Date.Value
	}
	if y.Month != nil {
		if day, err := civil.Parse(y.Month.Value + "-01"); err == nil {
			fact.Date = day
		}
	}
	if y.Phone != nil {
		fact.Phone = y.Phone.Value
	}
	if y.Hours != nil {
		fact.Hours = hoursOf(*y.Hours)
	}
	if y.Duration != nil {
		fact.Duration = durationOf(y.Duration)
	}
	for _, number := range []*strictyaml.Number{y.Number, y.Fee} {
		if number != nil {
			fact.Number = number.Value
		}
	}
	if y.Link != nil {
		fact.Address = y.Link.Value
	}
}

func hoursOf(list []schema.Hours) []Hours {
	var hours []Hours
	for _, y := range list {
		h := Hours{Days: y.Days.Value}
		if y.Open != nil && y.Close != nil {
			h.Open, h.Close = y.Open.Value, y.Close.Value
		}
		hours = append(hours, h)
	}
	return hours
}

func durationOf(y *schema.Duration) Duration {
	d := Duration{Unit: y.Unit.Value}
	if y.Bound != nil {
		d.Bound = y.Bound.Value
	}
	switch {
	case y.Count != nil:
		d.Min, d.Max = y.Count.Value, y.Count.Value
	case y.Min != nil && y.Max != nil:
		d.Min, d.Max = y.Min.Value, y.Max.Value
	}
	return d
}

// dayOf returns a day that may be left out: then it is civil.Unset.
func dayOf(day *strictyaml.Day) civil.Date {
	if day == nil {
		return civil.Unset
	}
	return day.Value
}

// notLater warns of a day on which something is said to have been looked at, and which has not come yet.
func (l *loader) notLater(f *diag.File, day strictyaml.Day, key string) {
	if day.Offset > 0 && day.Value > l.site.Today && day.Value <= schema.LastDay {
		l.report(f.At(day.Offset, "day-to-come", key, day.Value, l.site.Today))
	}
}

// factResolver follows what facts say of each other: the day after or before it, its number, its hours.
type factResolver struct {
	*loader
	file  *diag.File
	all   map[string]schema.Fact
	done  map[*Fact]bool
	chain []factReference // from the fact asked for to the one being resolved
	place map[*Fact]int   // of the facts that the chain goes through: where they stand in it
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
	y := r.all[fact.ID]
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
			r.report(r.file.At(reference.id.Offset, "fact-unknown", reference.id.Value, r.suggestFactOf(reference.id.Value, reference.kind)))
			continue
		}
		r.place[fact] = len(r.chain)
		r.chain = append(r.chain, factReference{from: fact, id: *reference.id})
		if !r.circle(other) {
			r.resolve(other)
			reference.apply(other)
		}
		r.chain = r.chain[:len(r.chain)-1]
		delete(r.place, fact)
	}
}

// circle reports whether the chain has come back to a fact on it, and tells every reference of the circle. The last one
// is not applied, so that whoever follows a fact comes to an end.
func (r *factResolver) circle(to *Fact) bool {
	start, comesBack := r.place[to]
	if !comesBack {
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
