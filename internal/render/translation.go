package render

import (
	"bytes"
	"html/template"

	"sitegen/internal/site"
)

// translated writes what a reader has to know of a translation: that its source has changed since, with a link to it.
// root is the way from the page to the folder of all languages.
func (e *edition) translated(w *bytes.Buffer, root string, t *site.Translation) {
	if t.Stale {
		source := e.r.site.Default
		address := root + source.ID + "/" + site.QuestionPath(t.Question.ID)
		link := `<a href="` + escaped(address) + `" lang="` + escaped(source.Lang) + `">` + escaped(source.Name) + `</a>`
		w.WriteString(`<p class="stale">` + string(e.UI.Stale.With("source", site.Phrase{HTML: template.HTML(link)}).HTML) + "</p>\n")
	}
}

func escaped(text string) string { return template.HTMLEscapeString(text) }
