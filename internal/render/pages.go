package render

import (
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/checker"
	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/values"
)

// topicView is the data of a topic on pages that list topics. Count says how many of its questions the language has.
type topicView struct {
	ID                    string
	Title, Summary, Count site.Phrase
	Entries               markup.HTML // insertMark on the page of all questions, otherwise ""
	topic                 *site.Topic
}

func (e *edition) topicView(t *site.Topic) topicView {
	title, summary := e.Topic(t)
	translated := 0
	for _, q := range e.r.site.QuestionsOf(t) {
		if q.In(e.Language) != nil {
			translated++
		}
	}
	return topicView{topic: t, ID: t.ID, Title: title, Summary: summary, Count: e.UI.QuestionCount.With("n", number(translated))}
}

type homeView struct {
	*shell
	Tiles   *checker.Tiles // nil if there is no checker, or no tiles are configured
	News    markup.HTML    // what holds today, and what has changed
	Popular markup.HTML
	Topics  []topicView
}

func (e *edition) homePage(w *markup.Writer) error {
	news, days := e.news()
	days = append(days, limits(e.r.site.Popular...)...)
	s := e.shell(place{kind: "home", path: site.PagePath("home")}, e.r.siteName(e.Language)+" | "+e.UI.Tagline.Plain, e.UI.HomeDescription.Plain, e.on(e.HomeFacts, days...))
	s.Review = e.reviewed(slices.Concat(e.HelpFacts, e.HomeFacts))
	view := homeView{shell: s, News: news, Popular: e.rowsHTML(s.Base, e.r.site.Popular)}
	if e.r.checker != nil {
		view.Tiles = e.r.checker.Tiles(e.Language, s.Base)
	}
	for _, topic := range e.r.site.Topics {
		if t := e.topicView(topic); len(e.r.site.QuestionsOf(topic)) > 0 {
			view.Topics = append(view.Topics, t)
		}
	}
	return e.page(w, view)
}

// news returns the banners and the news of the home page, and the days on which these begin or end. The latest piece of news
// comes first.
func (e *edition) news() (markup.HTML, []civil.Date) {
	var w markup.Writer
	var days []civil.Date
	for _, v := range slices.Backward(e.Home) {
		e.writeVariant(&w, e.newsItem, v.From, v.Until, v.Text.HTML)
		// The beginnings are enough: each piece begins on the day after the previous one ends. The first has none.
		if v.From != civil.Unset {
			days = append(days, v.From)
		}
	}
	slices.Sort(days)
	return e.banners(days, e.HomeFacts) + w.Done(), withBanners(days)
}

type topicPageView struct {
	*shell
	Topic topicView
	Rows  markup.HTML
}

func (e *edition) topicPage(w *markup.Writer, t *site.Topic) error {
	topic := e.topicView(t)
	s := e.shell(place{kind: "topic", path: topicPath(t)}, e.titled(topic.Title.Plain), e.UI.TopicDescription.With("topic", topic.Title).Plain, e.on(nil, limits(e.r.site.QuestionsOf(t)...)...))
	return e.page(w, topicPageView{shell: s, Topic: topic, Rows: e.rowsHTML(s.Base, e.r.site.QuestionsOf(t))})
}

type allView struct {
	*shell
	Topics []topicView
	Left   string // the sentence that says how many questions match the filter, with a slot for the number; see slotted
}

func (e *edition) allPage(w *markup.Writer) error {
	var days []civil.Date
	var topics []topicView
	told := slices.Clone(e.HelpFacts)
	size := 0
	for _, topic := range e.r.site.Topics {
		view := e.topicView(topic)
		for _, q := range e.r.site.QuestionsOf(topic) {
			if t := q.In(e.Language); t != nil {
				days = append(days, boundaries(t)...)
				told = append(told, t.Facts...)
				size += 2 * len(t.Answer.HTML)
				for _, chapter := range t.Chapters {
					size += len(chapter.HTML)
				}
				view.Entries = insertMark
			}
		}
		if view.Entries != "" {
			topics = append(topics, view)
		}
	}
	s := e.named("all", e.UI.AllTitle, e.UI.AllDescription, e.on(told, days...))
	s.Review = e.reviewed(told)
	w.Grow(size + size/4)
	return e.pageWith(w, allView{shell: s, Topics: topics, Left: slotted(e.UI.QuestionCount.Plain)}, func(i int) { e.writeEntries(w, topics[i].topic, s.Base) })
}

// writeEntries writes all questions of a topic. They are the bulk of the page, so they do not go through its template.
func (e *edition) writeEntries(w *markup.Writer, topic *site.Topic, base string) {
	var entry markup.Writer
	for _, q := range e.r.site.QuestionsOf(topic) {
		if t := q.In(e.Language); t != nil {
			entry.Reset()
			e.writeEntry(&entry, t)
			fragment(w, entry.Done(), base)
		}
	}
}

// writeEntry writes a question with its answer and details for the page of all questions.
func (e *edition) writeEntry(w *markup.Writer, t *site.Translation) {
	e.entry.fill(w, func(h hole) {
		switch h {
		case holeID:
			w.Text(t.Question.ID)
		case holeTitle:
			w.HTML(t.TitleIn(e.Language).HTML)
		case holeAnswer:
			e.translated(w, "../", t)
			e.within(w, t, func() { w.HTML(e.answers(t)) })
		case holePeriod:
			e.valid(w, t.Question)
		case holeTerms:
			e.explain(w, t)
		case holeBody:
			e.within(w, t, func() {
				for _, chapter := range e.chapters(t) {
					embed(w, chapter.HTML, markup.Escape("q-"+t.Question.ID+"--"))
				}
			})
		}
	})
}

type termView struct {
	ID              string
	Words           site.TermWords
	Picture         markup.HTML // "" if the term has no picture
	Reading, Native bool        // Reading: whether to show the reading; Native: whether to show the Japanese term
	Romaji          string
}

type glossaryView struct {
	*shell
	Terms []termView
}

func (e *edition) glossaryPage(w *markup.Writer) error {
	var facts []*site.Fact
	for _, term := range e.r.site.Terms {
		facts = append(facts, term.In(e.Language).Facts...)
	}
	s := e.named("glossary", e.UI.GlossaryTitle, e.UI.GlossaryLead, e.on(facts))
	s.Review = e.reviewed(slices.Concat(e.HelpFacts, facts))
	view := glossaryView{shell: s}
	for _, term := range e.r.site.Terms {
		words := term.In(e.Language)
		native := withoutSpaces(words.Name.Plain) == words.Native
		t := termView{ID: term.ID, Words: words, Picture: e.r.site.Picture(term), Native: !native, Reading: native && words.Reading != "" && words.Reading != words.Native}
		if !native {
			t.Romaji = term.Romaji
		}
		view.Terms = append(view.Terms, t)
	}
	return e.page(w, view)
}

func withoutSpaces(s string) string { return strings.ReplaceAll(s, " ", "") }

type sourceView struct {
	*site.Source
	Label    site.Phrase
	Original bool        // whether to show the publisher's own title too
	Read     site.Phrase // when the source was published and read
}

type aboutView struct {
	*shell
	Newest site.Phrase // when the newest source was published; empty if no date is known
}

type sourcesView struct {
	*shell
	Sources []sourceView
}

// needsTitle reports whether the source list should show a source's own title in addition to its label. A title in full-width
// parentheses is only a description: the real title is not known. If there is a link, the linked page shows the title.
func needsTitle(s *site.Source) bool {
	described := strings.HasPrefix(s.Title, "（") && strings.HasSuffix(s.Title, "）")
	return !described && s.Address == ""
}

// sourceDays says when a source was published, or that this is not known, and when it was read.
func (e *edition) sourceDays(s *site.Source) site.Phrase {
	if s.Published == "" {
		return e.UI.SourceRead.With("date", e.Date(s.Read))
	}
	return e.UI.SourceDated.With("published", e.Published(s.Published)).With("date", e.Date(s.Read))
}

func (e *edition) aboutPage(w *markup.Writer) error {
	view := aboutView{shell: e.named("about", e.UI.AboutTitle, e.UI.AboutPurpose, e.on(nil))}
	if when := values.Newest(e.r.site.Sources); when != "" {
		view.Newest = e.UI.AboutNewest.With("date", e.Published(when))
	}
	return e.page(w, view)
}

func (e *edition) sourcesPage(w *markup.Writer) error {
	view := sourcesView{shell: e.named("sources", e.UI.SourcesTitle, e.UI.SourcesLead, e.on(nil))}
	for _, source := range e.r.site.Sources {
		label := source.Label(e.Language.ID)
		view.Sources = append(view.Sources, sourceView{
			Source: source, Label: label,
			Original: needsTitle(source) && !strings.Contains(withoutSpaces(label.Plain), withoutSpaces(source.Title)),
			Read:     e.sourceDays(source),
		})
	}
	return e.page(w, view)
}

func (e *edition) accessibilityPage(w *markup.Writer) error {
	return e.page(w, e.named("accessibility", e.UI.AccessibilityTitle, e.UI.AccessibilityAim, e.on(nil)))
}

// citingShown is the highest number of questions that the page of changes names for a date. If more questions use the date, the page says
// how many more there are.
const citingShown = 6

type eventView struct {
	Fact       *site.Fact
	ISO, Class string
	Name, When site.Phrase
	Period     markup.HTML
	Questions  []citingView
	More       markup.HTML
	Sources    []sourceView
}

type citingView struct {
	ID    string
	Title markup.HTML
}

// eventsView is a list of dates. Its classes hide it on days on which it has nothing to show.
type eventsView struct {
	*shell
	Name   site.Phrase
	Class  string
	Events []eventView
}

// changesView has all dates twice. Style rules show today's and later dates in the first list, and past dates in the other
// lists. Today's date is not past yet: something that holds until a day still holds on that day.
type changesView struct {
	*shell
	Ahead eventsView   // in ascending order, so that the next date is shown first
	Today markup.HTML  // the mark between the lists; a script writes today's date into it
	Past  []eventsView // one list per year; the latest year and the latest date come first
}

// changesPage writes every date in the facts: coming dates first, the next one at the top; then past dates, the latest at the
// top.
func (e *edition) changesPage(w *markup.Writer) error {
	var facts []*site.Fact
	var days []civil.Date
	for _, fact := range e.r.site.Facts {
		if fact.Kind == schema.DateFact || fact.Kind == schema.MonthFact {
			facts = append(facts, fact)
			days = append(days, fact.Date+1)
		}
	}
	slices.SortStableFunc(facts, func(a, b *site.Fact) int { return int(a.Date) - int(b.Date) })
	told := slices.Concat(e.HelpFacts, facts)
	s := e.named("changes", e.UI.ChangesTitle, e.UI.ChangesLead, e.on(told, days...))
	s.Review = e.reviewed(told)
	view := changesView{shell: s, Today: e.ofToday("now", false, values.FormatPhrase(e.DateFormats().Date)), Ahead: eventsView{shell: s, Name: e.UI.ChangesAhead}}
	for _, fact := range facts {
		event := e.event(fact)
		event.Class = civil.PeriodClasses(civil.Unset, fact.Date)
		view.Ahead.Class = event.Class
		view.Ahead.Events = append(view.Ahead.Events, event)
	}
	last := 0
	for i, fact := range slices.Backward(facts) {
		event := view.Ahead.Events[i]
		event.Class = civil.PeriodClasses(fact.Date+1, civil.Unset)
		if year, _, _ := fact.Date.YMD(); year != last {
			last = year
			view.Past = append(view.Past, eventsView{shell: s, Name: e.UI.ChangesYear.With("year", markup.Words(strconv.Itoa(year)))})
		}
		current := &view.Past[len(view.Past)-1]
		current.Events = append(current.Events, event)
		current.Class = event.Class
	}
	return e.page(w, view)
}

func (e *edition) event(fact *site.Fact) eventView {
	v := eventView{
		Fact: fact, ISO: fact.Date.String(),
		Name: e.FactName(fact), When: e.FactValue(fact),
	}
	if fact.Kind == schema.MonthFact {
		v.ISO = v.ISO[:len("2006-01")]
	}
	if fact.From != civil.Unset || fact.Until != civil.Unset {
		v.Period = e.UI.ChangesPeriod.With("period", e.Period(fact.From, fact.Until)).HTML
	}
	citing := e.citing()[fact]
	for i, t := range citing {
		if i == citingShown {
			v.More = e.UI.ChangesMore.With("n", number(len(citing)-citingShown)).HTML
			break
		}
		v.Questions = append(v.Questions, citingView{t.Question.ID, t.TitleIn(e.Language).HTML})
	}
	for _, source := range fact.Sources {
		v.Sources = append(v.Sources, sourceView{Source: source, Label: source.Label(e.Language.ID)})
	}
	return v
}
