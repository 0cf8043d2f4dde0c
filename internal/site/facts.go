package site

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
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
		s := &Source{ID: entry.Key.Value, Publisher: y.Publisher.Value, Title: y.Title.Value, Document: y.Document, Read: y.Read.Value, Seen: schema.SourcesSeen.Words[0], Labels: map[string]Phrase{}, Offset: entry.Key.Offset}
		if y.Address != nil {
			s.Address = y.Address.Value
		}
		if y.Published.Value != schema.UnknownDay {
			s.Published = y.Published.Value
		}
		if y.Seen != nil {
			s.Seen = y.Seen.Value
		}
		l.report(y.Check(f)...)
		l.report(values.CheckPairs(f, y.Publisher, y.Publisher.Value)...)
		l.report(values.CheckPairs(f, y.Title, y.Title.Value)...)
		l.notLater(f, y.Read, "read")
		if !isID(s.ID) {
			l.report(f.At(entry.Key.Offset, "id-form-snake", s.ID))
		}
		if day := publishedFrom(s); day != civil.Unset && (l.oldest == nil || day < publishedFrom(l.oldest)) {
			l.oldest = s
		}
		l.site.Sources = append(l.site.Sources, s)
		l.site.source[s.ID] = s
		l.sourceLabels[s] = y.Label
		for _, address := range y.Names {
			s.Names = append(s.Names, address.Value)
		}
	}
	for _, entry := range decoded {
		if y := entry.Value; y.Address != nil {
			l.checkSeen(f, *y.Address, y.AddressSeen, y.Note)
		}
	}
	return nil
}

// checkSeen reports an address that is not the front page of its host and of which nothing says where it was seen. note is the note
// beside the address.
func (l *loader) checkSeen(f *diag.File, address strictyaml.Text, seen *schema.AddressSeen, note string) {
	if !strings.HasPrefix(address.Value, "https://") || schema.IsFrontPage(address.Value) {
		return // in the first case already reported
	}
	if seen == nil {
		l.report(f.At(address.Offset, "address-unseen", address.Value))
		return
	}
	l.notLater(f, seen.On, "address_seen: on")
	source := l.site.source[seen.In.Value]
	switch {
	case seen.In.Value == "note" && note == "":
		l.report(f.At(seen.In.Offset, "address-note", address.Value))
	case schema.AddressesSeen.Has(seen.In.Value) || source != nil && source.HasAddress(address.Value):
	case source != nil:
		l.report(f.At(seen.In.Offset, "address-not-named", source.ID, address.Value))
	default:
		l.report(f.At(seen.In.Offset, "address-seen-in", seen.In.Value, strings.Join(schema.AddressesSeen.Words, ", ")))
	}
}

// checkLinks reports the links of a fact that were not seen: no source of the fact has or names them, and the fact does not say where
// they were seen.
func (l *loader) checkLinks(f *diag.File, y *schema.Fact, sources []*Source) {
	links := []*strictyaml.Text{y.Link}
	for i := range y.Variants {
		links = append(links, y.Variants[i].Link)
	}
	for _, link := range links {
		if link != nil && !slices.ContainsFunc(sources, func(s *Source) bool { return s.HasAddress(link.Value) }) {
			l.checkSeen(f, *link, y.AddressSeen, y.Note)
		}
	}
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
	l.literals = values.NewLiterals(l.site.Facts)
	return nil
}

// declareFacts adds the facts of a file to the site, checks them, and resolves their references.
func (l *loader) declareFacts(f *diag.File, decoded strictyaml.Map[schema.Fact]) {
	for _, entry := range decoded {
		y := &entry.Value
		fact := &Fact{ID: entry.Key.Value, Value: y.Value(), AsOf: y.AsOf.Value, Note: y.Note, From: dayOf(y.From), Until: dayOf(y.Until), ReviewBy: dayOf(y.ReviewBy), Offset: entry.Key.Offset}
		if !isID(fact.ID) {
			l.report(f.At(fact.Offset, "id-form-snake", fact.ID))
		}
		l.report(y.Check(f, fact.Offset, fact.ID)...)
		l.notLater(f, y.AsOf, "as_of")
		l.noteWords(f, y)
		if y.Closed != nil {
			fact.Closed = y.Closed.Value
		}
		l.checkReview(f, fact, y.ReviewBy)
		l.noteFactPeriods(f, fact, y)
		if fact.From != civil.Unset && fact.Until != civil.Unset && fact.From > fact.Until {
			l.report(f.At(fact.Offset, "period-reversed", fact.From, fact.Until))
		}
		fact.Sources = l.resolveSources(f, y.Sources)
		if len(fact.Sources) == len(y.Sources) {
			l.checkLinks(f, y, fact.Sources)
		}
		if y.Sources != nil && len(y.Sources) == 0 {
			l.report(f.At(fact.Offset, "sources-missing"))
		}
		l.notBefore(f, y.AsOf, fact.Sources)
		l.setVariants(fact, y.Variants, f)
		l.site.Facts = append(l.site.Facts, fact)
		l.site.fact[fact.ID] = fact
	}
	l.resolveFacts(f, decoded)
}

func (l *loader) resolveSources(f *diag.File, ids []strictyaml.Text) []*Source {
	var sources []*Source
	l.checkTwice(f, ids)
	for _, id := range ids {
		if source := l.site.source[id.Value]; source != nil {
			sources = append(sources, source)
		} else {
			l.report(f.At(id.Offset, "source-unknown", id.Value, l.suggestOf(id.Value, "sources", func() []string { return sortedKeys(l.site.source) })))
		}
	}
	return sources
}

// checkTwice reports the second place of an entry that is in a list twice. Readers would see it twice.
func (l *loader) checkTwice(f *diag.File, list []strictyaml.Text) {
	seen := map[string]bool{}
	for _, entry := range list {
		if seen[entry.Value] {
			l.report(f.At(entry.Offset, "entry-twice", entry.Value))
		}
		seen[entry.Value] = true
	}
}

// checkReading reports a kanji in a reading. Nobody can sort or search by it, and nobody who needs the reading can read it.
func (l *loader) checkReading(f *diag.File, reading strictyaml.Text) {
	if at := strings.IndexFunc(reading.Value, func(r rune) bool { return unicode.Is(unicode.Han, r) && r != '々' }); at >= 0 {
		r, _ := utf8.DecodeRuneInString(reading.Value[at:])
		l.report(f.At(reading.Offset, "reading-kanji", string(r)))
	}
}

// dayOf returns the day under an optional key, or civil.Unset if the file lacks the key and day is therefore nil.
func dayOf(day *strictyaml.Day) civil.Date {
	if day == nil {
		return civil.Unset
	}
	return day.Value
}

// notLater warns about a day after today under a key that says when somebody last looked at a source (read) or a fact (as_of).
func (l *loader) notLater(f *diag.File, day strictyaml.Day, key string) {
	if day.Offset > 0 && day.Value > l.site.Today && day.Value <= schema.LastDay {
		l.report(f.At(day.Offset, "day-to-come", key, day.Value, l.site.Today))
	}
}

// notBefore reports a day as_of on which a fact cannot have been compared with its sources, because one of them was published later. If none
// of them has a day of publication, the day must not be before that of the oldest source of the site.
func (l *loader) notBefore(f *diag.File, asOf strictyaml.Day, sources []*Source) {
	if asOf.Offset == 0 || asOf.Value < schema.FirstDay || len(sources) == 0 {
		return // reported elsewhere
	}
	newest := slices.MaxFunc(sources, func(a, b *Source) int { return cmp.Compare(publishedFrom(a), publishedFrom(b)) })
	if newest.Published == "" {
		newest = l.oldest
	}
	if newest != nil && asOf.Value < publishedFrom(newest) {
		l.report(f.At(asOf.Offset, "as-of-early", asOf.Value, publishedFrom(newest), newest.ID))
	}
}

// publishedFrom returns the first day on which a source can have been published, or civil.Unset if that is unknown.
func publishedFrom(s *Source) civil.Date {
	for _, rest := range []string{"", "-01", "-01-01"} {
		if day, err := civil.Parse(s.Published + rest); err == nil {
			return day
		}
	}
	return civil.Unset
}

// resolveFacts sets the dates, phone numbers and hours that facts take from other facts. It reports references that cannot be resolved.
func (l *loader) resolveFacts(f *diag.File, decoded strictyaml.Map[schema.Fact]) {
	references, faults := schema.Resolve(f, decoded, schema.Others{
		Kind: func(id string) schema.FactKind {
			if fact := l.site.fact[id]; fact != nil {
				return fact.Kind
			}
			return ""
		},
		Near: func(id string, kind schema.FactKind) diag.Near { return l.suggestFactOf(id, kind) },
	})
	for _, id := range slices.Sorted(maps.Keys(faults)) {
		l.report(faults[id]...)
	}
	for _, r := range references {
		fact, other := l.site.fact[r.From], l.site.fact[r.To.Value]
		switch r.Kind {
		case schema.DateFact:
			fact.Date, fact.Follows = other.Date+r.Days, other
		case schema.PhoneFact:
			fact.Phone, fact.Follows = other.Phone, other
		case schema.HoursFact:
			fact.HoursOf = other
		}
	}
}

// factIDs returns the ids of the facts of these kinds.
func (l *loader) factIDs(kinds ...schema.FactKind) []string {
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
