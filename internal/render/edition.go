package render

import (
	"fmt"
	"slices"
	"sync"

	"sitegen/internal/bundle"
	"sitegen/internal/civil"
	"sitegen/internal/lines"
	"sitegen/internal/markup"
	"sitegen/internal/search"
	"sitegen/internal/site"
)

// edition is the site in one language, with the parts that all its pages share.
type edition struct {
	*site.Language
	r *Renderer

	language, row, source, validity, review, missed, related, relatedFolded, entry, answer, terms, banner, newsItem *form

	words     struct{ data, rest, why, around bundle.Script } // scripts with the words of the checker
	state     markup.HTML                                     // the words for passages that have ended or not begun
	questions map[*site.Topic]func() (*form, error)
	dates     sync.Map                                  // each date as the language writes it: markup.HTML by civil.Date
	found     *search.Files                             // the files that the search loads
	whole     lines.Terms                               // the terms that stay whole on a line; empty if lines end only between words
	citing    func() map[*site.Fact][]*site.Translation // by fact: the questions that use it
}

// pieceView is the data of the templates for pieces of pages. If the value of a field differs between uses of a piece, the field has the
// mark of a hole (see form.go).
type pieceView struct {
	*shell
	ID, Title, Href, Name, Class                string
	Names, Terms                                markup.HTML
	Lang, Attributes                            markup.Attributes
	Label, Period, Rows, Answer, Validity, Body markup.HTML
	Due, Missed                                 markup.HTML
}

func (r *Renderer) newEdition(language *site.Language) (*edition, error) {
	e := &edition{Language: language, r: r, questions: map[*site.Topic]func() (*form, error){}, whole: wholeTerms(r.site, language)}
	view := pieceView{
		shell: &shell{Language: language, Base: holeBase.mark()},
		ID:    holeID.mark(), Title: holeTitle.mark(), Href: holeHref.mark(), Lang: holeLang.attributes(), Name: holeName.mark(),
		Names: holeNames.html(), Terms: holeTerms.html(),
		Class: holeClass.mark(), Attributes: holeAttributes.attributes(),
		Label: holeLabel.html(), Rows: holeRows.html(), Answer: holeAnswer.html(), Validity: holePeriod.html(), Body: holeBody.html(),
		Period: language.UI.Period.With("period", site.Phrase{HTML: holePeriod.html()}).HTML,
		Due:    language.UI.ReviewDue.With("date", site.Phrase{HTML: holeReviewBy.html()}).HTML,
		Missed: language.UI.ReviewMissed.With("date", site.Phrase{HTML: holeAsOf.html()}).HTML,
	}
	var state *form
	for name, target := range map[string]**form{
		"language": &e.language, "row": &e.row, "source": &e.source, "validity": &e.validity,
		"review": &e.review, "missed": &e.missed, "related": &e.related, "related-folded": &e.relatedFolded, "entry": &e.entry, "answer": &e.answer, "terms": &e.terms, "banner": &e.banner, "news": &e.newsItem, "state": &state,
	} {
		f, err := newForm(r.layouts[""], name, view, "")
		if err != nil {
			return nil, err
		}
		*target = f
	}
	e.state = state.segments[0].text
	for _, topic := range r.site.Topics {
		e.questions[topic] = sync.OnceValues(func() (*form, error) { return e.questionForm(topic) })
	}
	e.citing = sync.OnceValue(e.findCiting)
	return e, nil
}

// wholeTerms returns the names of terms, because no line should end inside such a name. It returns no names if the language has spaces
// between words: lines then end only at spaces.
func wholeTerms(s *site.Site, language *site.Language) lines.Terms {
	if language.Ruby || language.Lang != "ja" {
		return lines.Terms{}
	}
	var names []string
	for _, term := range s.Terms {
		words := term.In(language)
		names = append(append(names, words.Name.Plain, words.Short.Plain), words.Aliases...)
	}
	return lines.NewTerms(names)
}

// inlineScript returns a script of the theme for use inside a page.
func inlineScript(assets *bundle.Assets, name string) bundle.Inline {
	return bundle.NewInline(string(assets.Scripts[name].Content))
}

// languages writes the list of links to the same page in every language. q is the question of the page, or nil. If a language
// lacks the question, its link leads to the language's home page.
func (e *edition) languages(w *markup.Writer, root, path string, q *site.Question) {
	for _, other := range e.r.editions {
		e.language.fill(w, func(h hole) {
			switch h {
			case holeHref:
				to := path
				if q != nil && q.In(other.Language) == nil {
					to = site.PagePath("home")
				}
				w.Text(root + other.ID + "/" + to)
			case holeLang:
				w.Attributes(other.Within(e.Language))
			case holeName:
				w.Text(other.Name)
			case holeAttributes:
				if other.Hreflang != "" {
					w.Attr("hreflang", other.Hreflang)
				}
				if other == e {
					w.HTML(` aria-current="true"`)
				}
			}
		})
	}
}

// rows writes a list of links to the site's versions of these questions, see [site.Site.Current]. It leaves out a question without a text
// in the language.
func (e *edition) rows(w *markup.Writer, base string, questions []*site.Question) {
	for _, q := range e.r.site.Current(questions) {
		t := q.In(e.Language)
		if t == nil {
			continue
		}
		e.row.fill(w, func(h hole) {
			switch h {
			case holeBase:
				w.Text(base)
			case holeID:
				w.Text(q.ID)
			case holeTitle:
				w.HTML(t.TitleIn(e.Language).HTML)
			case holeAttributes:
				if classes := civil.PeriodClasses(q.From, q.Until); classes != "" {
					w.Attr("class", "limited "+classes)
				}
			case holePeriod:
				if q.From != civil.Unset || q.Until != civil.Unset {
					w.HTML(e.state)
				}
			}
		})
	}
}

func (e *edition) rowsHTML(base string, questions []*site.Question) markup.HTML {
	var w markup.Writer
	e.rows(&w, base, questions)
	return w.Done()
}

// sources writes a list of links to the descriptions of sources.
func (e *edition) sources(w *markup.Writer, base string, sources []*site.Source) {
	for _, s := range sources {
		e.source.fill(w, func(h hole) {
			switch h {
			case holeBase:
				w.Text(base)
			case holeID:
				w.Text(s.ID)
			case holeLabel:
				fragment(w, s.Label(e.Language.ID).HTML, base)
			}
		})
	}
}

// valid writes the days for which a question holds, if they are limited.
func (e *edition) valid(w *markup.Writer, q *site.Question) {
	if q.From == civil.Unset && q.Until == civil.Unset {
		return
	}
	e.validity.fill(w, func(h hole) {
		switch h {
		case holeClass:
			w.Text(civil.PeriodClasses(q.From, q.Until))
		case holePeriod:
			w.HTML(e.Period(q.From, q.Until).HTML)
		}
	})
}

// answers returns a question's answers, the latest first. If there are several, the head script and the page's style rules (days.go) show
// only the one that holds today. Readers without script see all of them. Because of the order, the first answer that they read is not one
// that has ended.
func (e *edition) answers(t *site.Translation) markup.HTML {
	var w markup.Writer
	for _, v := range slices.Backward(t.Answers) {
		e.writeVariant(&w, e.answer, v.From, v.Until, v.Text.HTML)
	}
	return w.Done()
}

// explain writes the glossary terms that a question's answers use, with their meanings.
func (e *edition) explain(w *markup.Writer, t *site.Translation) {
	if len(t.Words) == 0 {
		return
	}
	e.terms.fill(w, func(h hole) {
		for _, term := range t.Words {
			words := term.In(e.Language)
			switch h {
			case holeNames:
				w.HTML(` <span>`, words.Short.HTML, `</span>`)
			case holeTerms:
				w.HTML(`<dt>`, e.InFull(term, words.Name.HTML), `</dt><dd>`, words.Meaning.HTML, "</dd>\n")
			}
		}
	})
}

// writeVariant fills a form with a text and the days for which the text holds. The days are shown on paper and to readers without script.
func (e *edition) writeVariant(w *markup.Writer, f *form, from, until civil.Date, text markup.HTML) {
	f.fill(w, func(h hole) {
		switch h {
		case holeClass:
			if classes := civil.PeriodClasses(from, until); classes != "" {
				w.Text(" variant " + classes)
			}
		case holeBody:
			w.HTML(text)
		case holePeriod:
			if from != civil.Unset || until != civil.Unset {
				w.HTML(`<span class="when">`, e.VariantPeriod(from, until).HTML, `</span>`)
			}
		}
	})
}

// banners returns the banners of each boundary day. They say what changed on that day in the given facts, or only that something changed
// if none of these facts did. A banner is shown for as many days as bannerDays says.
func (e *edition) banners(days []civil.Date, told []*site.Fact) markup.HTML {
	var w markup.Writer
	for _, day := range days {
		changes := e.Changed(day, told)
		if len(changes) == 0 {
			e.writeVariant(&w, e.banner, day, day+bannerDays-1, e.UI.ChangedOn.With("date", e.Date(day)).HTML)
		}
		for _, what := range changes {
			e.writeVariant(&w, e.banner, day, day+bannerDays-1, e.UI.ChangedWhat.With("date", e.Date(day)).With("what", what).HTML)
		}
	}
	return w.Done()
}

// chapters returns a question's details. It adds the words "has ended" and "has not begun" to passages that hold only for a
// time; style rules show the right one.
func (e *edition) chapters(t *site.Translation) []site.Chapter {
	if len(t.Boundaries) == 0 {
		return t.Chapters
	}
	list := slices.Clone(t.Chapters)
	for i := range list {
		for _, html := range []*markup.HTML{&list[i].HTML, &list[i].Below, &list[i].Important} {
			*html = markup.Replace(*html, "</summary>", e.state+"</summary>")
		}
	}
	return list
}

// day returns a date as the language writes it, and caches the result.
func (e *edition) day(d civil.Date) markup.HTML {
	if known, ok := e.dates.Load(d); ok {
		return known.(markup.HTML)
	}
	html := e.Date(d).HTML
	e.dates.Store(d, html)
	return html
}

// findCiting collects, for each fact, the questions that use it.
func (e *edition) findCiting() map[*site.Fact][]*site.Translation {
	citing := map[*site.Fact][]*site.Translation{}
	for _, q := range e.r.site.Questions {
		if t := q.In(e.Language); t != nil {
			for _, fact := range t.Facts {
				citing[fact] = append(citing[fact], t)
			}
		}
	}
	return citing
}

func number(n int) site.Phrase { return markup.Words(fmt.Sprint(n)) }
