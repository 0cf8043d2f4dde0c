package render

import (
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// translated writes the notices about a question's text: the question is a draft; the text is in a different language; the
// text from which it was translated has changed since. The last notice links to that text. `root` is the relative path from
// the page to the folder that contains the languages.
func (e *edition) translated(w *markup.Writer, root string, t *site.Translation) {
	notice := func(class string, words site.Phrase) {
		w.HTML(markup.Tag("p", markup.Attr("class", class)), words.HTML, "</p>\n")
	}
	if t.Question.Draft {
		notice("draft", e.UI.Draft)
	}
	if e.foreign(t) != "" {
		notice("fallback", e.UI.Fallback.With("language", e.nameOf(t.Language)))
	}
	if t.Stale {
		source := e.r.site.Default
		link := markup.Tag("a", markup.Attr("href", root+source.ID+"/"+site.QuestionPath(t.Question.ID))) + e.nameOf(source).HTML + "</a>"
		notice("stale", e.UI.Stale.With("source", site.Phrase{HTML: link}))
	}
}

// nameOf returns the name of a language, marked up as being in that language.
func (e *edition) nameOf(l *site.Language) site.Phrase {
	return site.Phrase{HTML: markup.Tag("span", l.Among(e.Language)) + markup.Escape(l.Name) + "</span>", Plain: l.Name}
}

// foreign returns the language attributes of a translation that is not in the page's language; otherwise "".
func (e *edition) foreign(t *site.Translation) markup.Attributes {
	return t.Language.Among(e.Language)
}

// within calls `write`. If the translation is not in the page's language, an element with its language surrounds the
// output.
func (e *edition) within(w *markup.Writer, t *site.Translation, write func()) {
	attribute := e.foreign(t)
	if attribute != "" {
		w.HTML(markup.Tag("div", attribute))
	}
	write()
	if attribute != "" {
		w.HTML("</div>")
	}
}
