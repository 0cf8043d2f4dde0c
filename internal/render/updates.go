package render

import (
	"cmp"
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/feeds"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// Change is the last change of a question in one language. Questions that were there when the
// language was first published have none until they change.
type Change struct {
	Day civil.Date
	New bool // whether the question was added
}

// update is a question that changed, in the language of an edition.
type update struct {
	*site.Translation
	Heading markup.HTML
	Day     civil.Date
	Label   site.Phrase // says that the question is new, or that it changed
}

// updates returns the questions that changed, the newest day first.
func (e *edition) updates() []update {
	changes := e.r.changes[e.r.site.Folder(e.Language)]
	var list []update
	for _, q := range e.r.site.Questions {
		t, label := q.In(e.Language), e.UI.UpdatesChanged
		change, changed := changes[q.ID]
		if t == nil || !changed {
			continue
		}
		if change.New {
			label = e.UI.UpdatesNew
		}
		list = append(list, update{t, t.TitleIn(e.Language).HTML, change.Day, label})
	}
	slices.SortStableFunc(list, func(a, b update) int { return cmp.Compare(b.Day, a.Day) })
	return list
}

type updatesDay struct {
	day     civil.Date
	ISO     string
	Name    markup.HTML
	Updates []update
}

type updatesView struct {
	*shell
	By []*updatesDay
}

// updatesPage writes which questions are new or changed, by day.
func (e *edition) updatesPage(w *markup.Writer) error {
	view := updatesView{shell: e.named("updates", e.UI.UpdatesTitle, e.UI.UpdatesLead, e.on(nil))}
	var last *updatesDay
	for _, u := range e.updates() {
		if last == nil || last.day != u.Day {
			last = &updatesDay{day: u.Day, ISO: u.Day.String(), Name: e.day(u.Day)}
			view.By = append(view.By, last)
		}
		last.Updates = append(last.Updates, u)
	}
	return e.page(w, view)
}

// feed writes the questions that changed as a feed.
func (e *edition) feed(w *markup.Writer) error {
	var entries []feeds.Entry
	for _, u := range e.updates() {
		entries = append(entries, feeds.Entry{ID: u.Question.ID, Title: u.Title.Plain, Label: u.Label.Plain, Day: u.Day})
	}
	e.r.feeds.Feed(w, e.Language, e.titled(e.UI.UpdatesTitle.Plain), entries)
	return nil
}
