package declare

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

func (n *Names) loadSources() error {
	var decoded strictyaml.Map[schema.Source]
	f, err := n.Decode("sources.yaml", &decoded)
	if err != nil {
		return err
	}
	n.Sources, n.SourceFile = decoded, f
	for _, entry := range decoded {
		y := entry.Value
		s := &site.Source{ID: entry.Key.Value, Publisher: y.Publisher.Value, Title: y.Title.Value, Document: y.Document, Read: y.Read.Value, Seen: schema.SourcesSeen.Words[0], From: civil.Unset, Labels: map[string]site.Phrase{}, Offset: entry.Key.Offset}
		if y.Address != nil {
			s.Address = y.Address.Value
		}
		if y.Published.Value != schema.UnknownDay {
			s.Published = y.Published.Value
			s.From, _ = civil.ParseFrom(s.Published) // the error is ignored here, because Check reports it
		}
		if y.Seen != nil {
			s.Seen = y.Seen.Value
		}
		wrong := y.Check(f)
		if n.Report(wrong...); slices.ContainsFunc(wrong, func(d diag.Diagnostic) bool { return d.Position == f.Position(y.Published.Offset) }) {
			s.Published, s.From = "", civil.Unset // no fact is compared with a wrong day
		}
		n.Report(values.CheckPairs(f, y.Publisher, y.Publisher.Value)...)
		n.Report(values.CheckPairs(f, y.Title, y.Title.Value)...)
		n.notLater(f, y.Read, "read")
		if !schema.IsID(s.ID) {
			n.Report(f.At(entry.Key.Offset, "id-form-snake", s.ID))
		}
		n.Site.AddSource(s)
		for _, address := range y.Names {
			s.Names = append(s.Names, address.Value)
		}
	}
	for _, entry := range decoded {
		if y := entry.Value; y.Address != nil {
			n.checkSeen(f, *y.Address, y.AddressSeen, y.Note)
		}
	}
	return nil
}

// checkSeen reports an address without a valid record of where somebody saw it, unless the address is the front page of its host. `seen` is
// that record, or nil, and `note` is the note beside the address.
func (n *Names) checkSeen(f *diag.File, address strictyaml.Text, seen *schema.AddressSeen, note string) {
	if len(schema.CheckAddress(f, address)) > 0 || schema.IsFrontPage(address.Value) {
		return // a wrong address is already reported
	}
	if seen == nil {
		n.Report(f.At(address.Offset, "address-unseen", address.Value))
		return
	}
	n.notLater(f, seen.On, "address_seen: on")
	source := n.Site.Source(seen.In.Value)
	switch {
	case seen.In.Value == "note" && note == "":
		n.Report(f.At(seen.In.Offset, "address-note", address.Value))
	case schema.AddressesSeen.Has(seen.In.Value) || source != nil && source.HasAddress(address.Value):
	case source != nil:
		n.Report(f.At(seen.In.Offset, "address-not-named", source.ID, address.Value))
	default:
		n.Report(f.At(seen.In.Offset, "address-seen-in", seen.In.Value, strings.Join(schema.AddressesSeen.Words, ", ")))
	}
}

// checkLinks reports the links of a fact for which there is no evidence: no source of the fact has or names the link, and the fact has no
// valid record of where somebody saw it.
func (n *Names) checkLinks(f *diag.File, y *schema.Fact, sources []*site.Source) {
	links := []*strictyaml.Text{y.Link}
	for i := range y.Variants {
		links = append(links, y.Variants[i].Link)
	}
	for _, link := range links {
		if link != nil && !slices.ContainsFunc(sources, func(s *site.Source) bool { return s.HasAddress(link.Value) }) {
			n.checkSeen(f, *link, y.AddressSeen, y.Note)
		}
	}
}

func (n *Names) loadFacts() error {
	var decoded strictyaml.Map[schema.Fact]
	f, err := n.Decode("facts.yaml", &decoded)
	if err != nil {
		return err
	}
	n.FactFile = f
	for _, entry := range decoded {
		if entry.Value.Name != nil {
			n.Report(f.At(entry.Key.Offset, "fact-name-place", entry.Key.Value))
		}
	}
	n.DeclareFacts(f, decoded)
	return nil
}

// DeclareFacts adds the facts of a file to the site, checks them, and resolves their references.
func (n *Names) DeclareFacts(f *diag.File, decoded strictyaml.Map[schema.Fact]) {
	oldest := n.oldestSource()
	for _, entry := range decoded {
		y := &entry.Value
		fact := &site.Fact{ID: entry.Key.Value, Value: y.Value(), AsOf: y.AsOf.Value, Note: y.Note, From: dayOf(y.From), Until: dayOf(y.Until), ReviewBy: dayOf(y.ReviewBy), Offset: entry.Key.Offset}
		if !schema.IsID(fact.ID) {
			n.Report(f.At(fact.Offset, "id-form-snake", fact.ID))
		}
		n.Report(y.Check(f, fact.Offset, fact.ID)...)
		n.notLater(f, y.AsOf, "as_of")
		n.notFar(f, y)
		n.noteWords(f, y)
		if y.Closed != nil {
			fact.Closed = y.Closed.Value
		}
		n.checkReview(f, fact, y.ReviewBy)
		n.noteFactPeriods(f, fact, y)
		if fact.From != civil.Unset && fact.Until != civil.Unset && fact.From > fact.Until {
			n.Report(f.At(fact.Offset, "period-reversed", fact.From, fact.Until))
		}
		fact.Sources = n.ResolveSources(f, y.Sources)
		if len(fact.Sources) == len(y.Sources) {
			n.checkLinks(f, y, fact.Sources)
		}
		if y.Sources != nil && len(y.Sources) == 0 {
			n.Report(f.At(fact.Offset, "sources-missing"))
		}
		n.notBefore(f, y.AsOf, fact.Sources, oldest)
		n.setVariants(fact, y.Variants, f)
		n.Site.AddFact(fact)
	}
	n.resolveFacts(f, decoded)
}

// mostYears is how many years after today the day of a fact may be. Rules are not announced longer before.
const mostYears = 10

// notFar warns about a day of a fact that is more than mostYears years after today: probably digits of the year were swapped.
func (n *Names) notFar(f *diag.File, y *schema.Fact) {
	year, month, day := n.Site.Today.YMD()
	last := civil.Of(year+mostYears, month, day)
	dates := []*strictyaml.Day{y.Date, y.From, y.Until}
	for i := range y.Variants {
		dates = append(dates, y.Variants[i].Date, y.Variants[i].From, y.Variants[i].Until)
	}
	for _, date := range dates {
		if date != nil && date.Value > last && date.Value <= schema.LastDay {
			n.Report(f.At(date.Offset, "fact-day-far", date.Value, mostYears))
		}
	}
}

// notBefore reports a day `as_of` on which a fact cannot have been compared with its sources, because one of them was published later. If
// none of them has a day of publication, the day must not be before that of `oldest`, the oldest source of the site.
func (n *Names) notBefore(f *diag.File, asOf strictyaml.Day, sources []*site.Source, oldest *site.Source) {
	if asOf.Offset == 0 || asOf.Value < schema.FirstDay || len(sources) == 0 {
		return // reported elsewhere
	}
	newest := slices.MaxFunc(sources, func(a, b *site.Source) int { return cmp.Compare(a.From, b.From) })
	if newest.Published == "" {
		newest = oldest
	}
	if newest != nil && asOf.Value < newest.From {
		n.Report(f.At(asOf.Offset, "as-of-early", asOf.Value, newest.From, newest.ID))
	}
}

// oldestSource returns the source of the site that was published first, or nil if no source says when it was published.
func (n *Names) oldestSource() (oldest *site.Source) {
	for _, s := range n.Site.Sources {
		if s.From != civil.Unset && (oldest == nil || s.From < oldest.From) {
			oldest = s
		}
	}
	return oldest
}

// resolveFacts sets the dates, phone numbers and hours that facts take from other facts. It reports references that cannot be resolved.
func (n *Names) resolveFacts(f *diag.File, decoded strictyaml.Map[schema.Fact]) {
	references, faults := schema.Resolve(f, decoded, schema.Others{
		Kind: func(id string) schema.FactKind {
			if fact := n.Site.Fact(id); fact != nil {
				return fact.Kind
			}
			return ""
		},
		Near: func(id string, kind schema.FactKind) diag.Near { return n.Site.SuggestFact(id, kind) },
	})
	for _, id := range slices.Sorted(maps.Keys(faults)) {
		n.Report(faults[id]...)
	}
	for _, r := range references {
		fact, other := n.Site.Fact(r.From), n.Site.Fact(r.To.Value)
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

// mostReview is how many years after its last check the review of a fact may be due. A later day would switch the review off, because
// readers are told only of a review that was missed.
const mostReview = 2

// checkReview warns about a fact whose review was due before today. It reports an error if the review is due before the day on which the
// fact was last checked, or more than mostReview years after it.
func (n *Names) checkReview(f *diag.File, fact *site.Fact, day *strictyaml.Day) {
	if fact.ReviewBy == civil.Unset || fact.ReviewBy > schema.LastDay || fact.AsOf < schema.FirstDay {
		return // without a review, or reported elsewhere
	}
	year, month, dayOfMonth := fact.AsOf.YMD()
	last := civil.Of(year+mostReview, month, dayOfMonth)
	switch {
	case fact.ReviewBy < fact.AsOf:
		n.Report(f.At(day.Offset, "period-reversed", fact.AsOf, fact.ReviewBy))
	case fact.ReviewBy > last:
		n.Report(f.At(day.Offset, "review-far", fact.ReviewBy, mostReview, fact.AsOf, last))
	case n.Site.Today > fact.ReviewBy:
		n.Report(f.At(day.Offset, "review-missed", fact.ID, fact.ReviewBy, fact.AsOf))
	}
}

// noteFactPeriods notes the period in which the fact holds, and the period until its review is due. It leaves out a period without an end.
func (n *Names) noteFactPeriods(f *diag.File, fact *site.Fact, y *schema.Fact) {
	if y.Until != nil {
		n.NotePeriod(f, y.Until.Offset, site.FactPeriod, fact.ID, fact.From, fact.Until)
	}
	if y.ReviewBy != nil {
		n.NotePeriod(f, y.ReviewBy.Offset, site.ReviewPeriod, fact.ID, fact.AsOf, fact.ReviewBy)
	}
}

// CheckVariants reports a variant that ends before it begins, and gaps and overlaps between variants. It also reports a first variant that
// begins after `from`, and a last variant that ends before `until`. `lost` says for each variant whether one of its days could not be read;
// gaps and overlaps next to such a variant are not reported. `places` has the offset at which findings about each variant are reported.
func (r *Reading) CheckVariants(f *diag.File, variants []site.Variant, lost []bool, places []int, from, until civil.Date) {
	for i, v := range variants {
		switch {
		case lost[i]:
		case v.From != civil.Unset && v.Until != civil.Unset && v.From > v.Until:
			r.Report(f.At(places[i], "period-reversed", v.From, v.Until))
		case i == 0 && v.From != civil.Unset && (from == civil.Unset || v.From > from):
			r.Report(f.At(places[i], "variant-start", v.From))
		case i > 0 && lost[i-1]:
		case i > 0 && (v.From == civil.Unset || variants[i-1].Until == civil.Unset):
			r.Report(f.At(places[i], "variant-open"))
		case i > 0 && v.From <= variants[i-1].Until:
			r.Report(f.At(places[i], "variant-overlap", v.From, variants[i-1].Until))
		case i > 0 && v.From > variants[i-1].Until+1:
			r.Report(f.At(places[i], "variant-gap", variants[i-1].Until+1, v.From-1))
		}
	}
	if last := len(variants) - 1; last >= 0 && variants[last].Until != civil.Unset && (until == civil.Unset || variants[last].Until < until) {
		r.Report(f.At(places[last], "variant-end", variants[last].Until))
	}
}

// dayOf returns the day under an optional key, or civil.Unset if `day` is nil because the file lacks the key.
func dayOf(day *strictyaml.Day) civil.Date {
	if day == nil {
		return civil.Unset
	}
	return day.Value
}

// setVariants sets the values of a fact that changes on some day, and checks their periods. It does nothing if `list` is empty. The ends of
// the periods cannot be references to facts, because such a fact could come later in the file.
func (n *Names) setVariants(fact *site.Fact, list []schema.FactVariant, f *diag.File) {
	var periods []site.Variant
	var lost []bool
	var places []int
	for _, y := range list {
		v := *fact
		v.Variants = nil
		v.From, v.Until = dayOf(y.From), dayOf(y.Until)
		v.Value = y.Fact().Value()
		place := fact.Offset
		for _, end := range []*strictyaml.Day{y.Until, y.From} {
			if end != nil {
				place = end.Offset
			}
		}
		fact.Variants = append(fact.Variants, &v)
		lost = append(lost, y.From != nil && v.From == civil.Unset || y.Until != nil && v.Until == civil.Unset)
		periods, places = append(periods, site.Variant{From: v.From, Until: v.Until}), append(places, place)
	}
	if len(list) == 0 {
		return
	}
	n.CheckVariants(f, periods, lost, places, civil.Unset, civil.Unset)
	for i, v := range periods {
		n.NotePeriod(f, places[i], site.FactPeriod, fact.ID, v.From, v.Until)
	}
	now := fact.Variants[site.Holding(periods, n.Site.Today)]
	fact.Now, fact.Value = now, now.Value
}

// wordList is one of the maps in the default language's formats whose keys are the allowed words of values.
type wordList uint8

const (
	dayWords wordList = iota
	closedWords
	unitWords
	boundWords
)

// valueWord is a word in the value of a fact. The formats must have the word, but they are read after the values.
type valueWord struct {
	file *diag.File
	text strictyaml.Text
	list wordList
}

// noteWords records the words of a fact, which CheckWords will compare with the formats.
func (n *Names) noteWords(f *diag.File, y *schema.Fact) {
	if y.Closed != nil {
		n.words = append(n.words, valueWord{f, *y.Closed, closedWords})
	}
	values := []*schema.Fact{y}
	for i := range y.Variants {
		values = append(values, y.Variants[i].Fact())
	}
	for _, value := range values {
		if d := value.Duration; d != nil {
			if schema.Units.Has(d.Unit.Value) { // a different unit is already reported
				n.words = append(n.words, valueWord{f, d.Unit, unitWords})
			}
			if d.Bound != nil && schema.Bounds.Has(d.Bound.Value) {
				n.words = append(n.words, valueWord{f, *d.Bound, boundWords})
			}
		}
		if value.Hours == nil {
			continue
		}
		for _, h := range *value.Hours {
			n.words = append(n.words, valueWord{f, h.Days, dayWords})
		}
	}
}

// CheckWords reports the recorded words that the default language's formats lack. `f` is the file with these formats,
// or nil if its slips were reported with earlier words.
func (n *Names) CheckWords(f *diag.File) {
	if n.Site.Default == nil || n.Site.Default.Writer == nil {
		return
	}
	formats := n.Site.Default.Formats
	if formats.IsEmpty() {
		return
	}
	known := map[wordList][]string{
		dayWords:    append(slices.Sorted(maps.Keys(formats.Hours.Days)), schema.AlwaysOpen),
		closedWords: slices.Sorted(maps.Keys(formats.Hours.Closed)),
		unitWords:   slices.Sorted(maps.Keys(formats.Duration)),
		boundWords:  slices.Sorted(maps.Keys(formats.Bounds)),
	}
	misspelt := map[string]bool{}
	if f != nil {
		n.wordSlips(f, dayWords, formats.Hours.Days, misspelt)
		n.wordSlips(f, closedWords, formats.Hours.Closed, misspelt)
	}
	for _, unit := range known[unitWords] {
		if !schema.Units.Has(unit) { // reported there
			misspelt[diag.Nearest(unit, schema.Units.Words)] = true
		}
	}
	for _, bound := range known[boundWords] {
		if !schema.Bounds.Has(bound) { // reported there
			misspelt[diag.Nearest(bound, schema.Bounds.Words)] = true
		}
	}
	for _, w := range n.words {
		if misspelt[w.text.Value] && !slices.Contains(known[w.list], w.text.Value) {
			continue
		}
		n.Report(schema.CheckWord(w.file, w.text, known[w.list])...)
	}
	n.words = nil
}

// wordSlips reports a word that the default language's formats declare, if no fact has it, and another language declares a similar word
// which the default language lacks. It adds that word to `misspelt`, because its uses are right.
func (n *Names) wordSlips(f *diag.File, list wordList, declared map[string]strictyaml.Text, misspelt map[string]bool) {
	for _, word := range slices.Sorted(maps.Keys(declared)) {
		if slices.ContainsFunc(n.words, func(w valueWord) bool { return w.list == list && w.text.Value == word }) {
			continue
		}
		for _, language := range n.Site.Languages {
			if language.Writer == nil {
				continue
			}
			others := map[wordList]map[string]strictyaml.Text{dayWords: language.Formats.Hours.Days, closedWords: language.Formats.Hours.Closed}[list]
			if _, has := others[word]; has {
				continue
			}
			if meant := diag.Nearest(word, slices.Sorted(maps.Keys(others))); meant != "" && !misspelt[meant] && declared[meant].Offset == 0 {
				misspelt[meant] = true
				n.Report(f.At(declared[word].Offset, "name-slip", word, meant))
			}
		}
	}
}
