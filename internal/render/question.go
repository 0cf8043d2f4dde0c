package render

import (
	"slices"
	"strings"

	"sitegen/internal/folding"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/values"
)

// questionView is the data of the template of a question. The template runs once per topic; marks of holes represent what
// differs between questions.
type questionView struct {
	*shell
	Topic                                    *site.Topic
	TopicTitle, TopicMore, AsOf              site.Phrase
	Foreign                                  markup.Attributes // the language attributes of the heading
	Question                                 markup.HTML
	Answer, Validity, Body, Sources, Related markup.HTML
	Terms                                    markup.HTML // the terms of the answer with their meanings
	Pictures                                 markup.HTML // the drawings of the papers that the question names
	BasedOn                                  site.Phrase // how many sources there are, and when they were read
	Newest                                   markup.HTML // when the newest source was published
	Reviewed                                 markup.HTML // the sentences about the review; other pages have them in the footer
}

// questionForm returns the form for the pages of a topic's questions.
func (e *edition) questionForm(topic *site.Topic) (*form, error) {
	title := site.Phrase{HTML: holeTitle.html(), Plain: holeTitle.mark()}
	s := e.shell(place{kind: "question", path: site.QuestionPath("x")}, e.titled(title.Plain), e.UI.QuestionDescription.With("title", title).Plain, &pageDays{})
	s.Days, s.Style = holeDays.attributes(), holeStyle.html()
	s.Policy = policy(e.r.assets.Head.Hash, holeStyleHash.mark())
	s.Review = ""
	s.Rail = s.Base + railPath(topic)
	s.Switch, s.Meta = holeSwitch.html(), holeMeta.html()
	topicTitle, _ := e.Topic(topic)
	return newForm(e.r.layouts[s.kind], "page", questionView{
		shell: s, Topic: topic, TopicTitle: topicTitle, TopicMore: e.UI.TopicMore.With("topic", topicTitle),
		Question: holeHeading.html(), Foreign: holeForeign.attributes(), Answer: holeAnswer.html(), Validity: holePeriod.html(), Body: holeBody.html(),
		Terms: holeTerms.html(), Pictures: holePictures.html(), BasedOn: site.Phrase{HTML: holeSourced.html()}, Sources: holeSources.html(), Related: holeRelated.html(),
		Reviewed: holeReview.html(), Newest: holeNewest.html(),
		AsOf: e.UI.AsOf.With("date", site.Phrase{HTML: holeAsOf.html()}),
	}, s.Base)
}

// titled adds the site's name to a page's title.
func (e *edition) titled(title string) string { return title + " | " + e.r.siteName(e.Language) }

// siteName returns the name of the site in a language, with the name of its insurer, if it has one.
func (r *Renderer) siteName(l *site.Language) string {
	if r.site.Profile == nil {
		return l.UI.SiteName.Plain
	}
	return l.UI.SiteName.Plain + " | " + l.Profile.Short.Plain
}

// questionPage writes the page of a question.
func (e *edition) questionPage(w *markup.Writer, t *site.Translation) error {
	q := t.Question
	f, err := e.questions[q.Topic]()
	if err != nil {
		return err
	}
	const root, base = "../../", "../"
	path := site.QuestionPath(q.ID)
	told := slices.Concat(t.Facts, e.HelpFacts)
	days := e.on(told, slices.Concat(withBanners(boundaries(t)), limits(e.r.site.Current(q.Related)...))...)
	style := e.r.style("question", days)
	body, foldRelated := folding.Details(e.r.site, e.Language, t, e.chapters(t))
	w.Grow(f.size + style.size() + len(body) + 4096)
	f.fill(w, func(h hole) {
		switch h {
		case holeTitle:
			w.Text(t.Title.Plain)
		case holeHeading:
			w.HTML(t.Title.HTML)
		case holeForeign:
			w.Attributes(e.foreign(t))
		case holeDays:
			w.Attributes(days.attribute)
		case holeStyleHash:
			w.Prose(style.hash)
		case holeStyle:
			w.Style(style.sheet, style.days)
		case holeMeta:
			e.r.feeds.Head(w, e.Language, path, q, t.Title.Plain)
		case holeSwitch:
			e.languages(w, root, path, q)
		case holeAnswer:
			e.translated(w, root, t)
			fragment(w, e.banners(boundaries(t), t.Facts), base)
			e.within(w, t, func() { fragment(w, e.answers(t), base) })
		case holePeriod:
			e.valid(w, q)
		case holePictures:
			e.picture(w, q, body)
		case holeTerms:
			var terms markup.Writer
			e.explain(&terms, t)
			fragment(w, terms.Done(), base)
		case holeBody:
			e.within(w, t, func() { fragment(w, body, base) })
		case holeSourced:
			w.HTML(e.UI.BasedOn.With("n", number(len(q.Sources))).With("date", site.Phrase{HTML: e.day(q.AsOf)}).HTML)
		case holeSources:
			e.sources(w, base, q.Sources)
		case holeAsOf:
			w.HTML(e.day(q.AsOf))
		case holeNewest:
			w.HTML(e.newest(q.Sources).HTML)
		case holeReview:
			w.HTML(e.reviewed(told))
		case holeRelated:
			e.relatedTo(w, base, q, foldRelated)
		}
	})
	return nil
}

// mostPictures is how many drawings fit beside the label of an answer on a phone.
const mostPictures = 2

// picture writes the drawings of the papers that a question names, so that a reader sees which papers are meant. It writes none if the body
// shows drawings itself. The question in the default language decides, so the page has the same drawings in all languages.
func (e *edition) picture(w *markup.Writer, q *site.Question, body markup.HTML) {
	asked := q.In(e.r.site.Default).Title.Plain
	var drawings []markup.HTML
	for _, term := range e.r.site.Terms {
		drawing, words := e.r.site.Picture(term), term.In(e.r.site.Default)
		if drawing == "" || slices.Contains(drawings, drawing) || !strings.Contains(asked, words.Name.Plain) && !strings.Contains(asked, words.Short.Plain) {
			continue
		}
		if strings.Contains(string(body), string(drawing)) {
			return
		}
		drawings = append(drawings, drawing)
	}
	if len(drawings) > 0 {
		w.HTML(`<div class="papers">`)
		w.HTML(drawings[:min(mostPictures, len(drawings))]...)
		w.HTML("</div>\n")
	}
}

// newest says when the newest source of an answer was published, or that this is unknown.
func (e *edition) newest(sources []*site.Source) site.Phrase {
	when := values.Newest(sources)
	if when == "" {
		return e.UI.NewestUnknown
	}
	return e.UI.Newest.With("date", e.Published(when))
}

// relatedTo writes the questions related to q, if there are any. If `folded` is true, their list is folded below its
// heading.
func (e *edition) relatedTo(w *markup.Writer, base string, q *site.Question, folded bool) {
	if len(e.r.site.Current(q.Related)) == 0 {
		return
	}
	related := e.related
	if folded {
		related = e.relatedFolded
	}
	related.fill(w, func(h hole) {
		if h == holeRows {
			e.rows(w, base, q.Related)
		}
	})
}
