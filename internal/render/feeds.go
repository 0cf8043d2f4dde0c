package render

import (
	"bytes"

	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// Everything that this file writes needs the address of the site, and is left out if the address is not known.

// address returns the absolute address of a page of a language.
func (r *Renderer) address(l *site.Language, path string) string { return r.base + l.ID + "/" + path }

// meta writes a page's canonical address, its addresses in other languages, and its structured data. q is the question of the
// page, or nil; some languages may lack it. name is the title of the page, and checked the day on which its facts were last
// checked.
func (e *edition) meta(w *markup.Writer, path string, q *site.Question, name string, checked civil.Date) {
	if e.r.base == "" {
		return
	}
	own := e.Language
	if q != nil && !q.Translated(own) { // the text is in a different language, and search engines should show the page of that language
		own = q.In(own).Language
	}
	link(w, "canonical", "", e.r.address(own, path))
	for _, other := range e.r.site.Languages {
		if other.Hreflang != "" && (q == nil || q.Translated(other)) {
			link(w, "alternate", markup.Attr("hreflang", other.Hreflang), e.r.address(other, path))
		}
	}
	if path == site.PagePath("home") {
		link(w, "alternate", markup.Attr("hreflang", "x-default"), e.r.base+"index.html")
	} else if q == nil || q.Translated(e.r.site.Default) {
		link(w, "alternate", markup.Attr("hreflang", "x-default"), e.r.address(e.r.site.Default, path))
	}
	if path == site.PagePath("home") || path == site.PagePath("updates") {
		link(w, "alternate", markup.Attr("type", "application/atom+xml"), e.r.address(e.Language, "feed.xml"))
	}
	w.HTML(`<script type="application/ld+json">`, markup.Data(webPage{"https://schema.org", "WebPage", name, own.Lang, checked.String()}), "</script>\n")
}

// webPage is structured data in the vocabulary of schema.org. It holds nothing whose truth depends on the day.
type webPage struct {
	Context      string `json:"@context"`
	Type         string `json:"@type"`
	Name         string `json:"name"`
	InLanguage   string `json:"inLanguage"`
	DateModified string `json:"dateModified"`
}

func link(w *markup.Writer, rel string, attributes markup.Attributes, address string) {
	w.HTML(markup.Tag("link", markup.Attr("rel", rel)+attributes+markup.Attr("href", address)), "\n")
}

func (r *Renderer) chooserMeta() markup.HTML {
	if r.base == "" {
		return ""
	}
	var w markup.Writer
	link(&w, "canonical", "", r.base+"index.html")
	for _, language := range r.site.Languages {
		if language.Hreflang != "" {
			link(&w, "alternate", markup.Attr("hreflang", language.Hreflang), r.address(language, site.PagePath("home")))
		}
	}
	link(&w, "alternate", markup.Attr("hreflang", "x-default"), r.base+"index.html")
	return w.Done()
}

// lastChecked returns the latest day on which a question was checked, or Unset if there are no questions. Pages that show many
// questions have this date.
func (r *Renderer) lastChecked() civil.Date {
	newest := civil.Unset
	for _, q := range r.site.Questions {
		newest = max(newest, q.AsOf)
	}
	return newest
}

// sitemap lists the pages that search engines should find, with their addresses in other languages.
func (r *Renderer) sitemap(w *markup.Writer) error {
	w.HTML(`<?xml version="1.0" encoding="UTF-8"?>`, "\n",
		`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">`, "\n")
	for _, name := range site.Pages {
		r.sitemapPage(w, site.PagePath(name), nil)
	}
	r.sitemapPage(w, searchPath, nil)
	if r.checker != nil {
		r.sitemapPage(w, site.CheckerPath, nil)
		if r.checker.OwnsStart() {
			r.sitemapPage(w, site.CheckerPlainPath, nil)
		}
	}
	for _, topic := range r.site.Topics {
		r.sitemapPage(w, topicPath(topic), nil)
	}
	for _, q := range r.site.Questions {
		r.sitemapPage(w, site.QuestionPath(q.ID), q)
	}
	w.HTML("</urlset>\n")
	return nil
}

func (r *Renderer) sitemapPage(w *markup.Writer, path string, q *site.Question) {
	var offered []*site.Language
	for _, language := range r.site.Languages {
		if q == nil || q.Translated(language) {
			offered = append(offered, language)
		}
	}
	for _, language := range offered {
		w.HTML("<url><loc>")
		w.Text(r.address(language, path))
		w.HTML("</loc>")
		if q != nil {
			w.HTML("<lastmod>", markup.Escape(q.AsOf.String()), "</lastmod>")
		}
		for _, other := range offered {
			if language.Hreflang != "" && other.Hreflang != "" {
				alternate(w, other.Hreflang, r.address(other, path))
			}
		}
		if language.Hreflang != "" && (q == nil || q.Translated(r.site.Default)) {
			alternate(w, "x-default", r.address(r.site.Default, path))
		}
		w.HTML("</url>\n")
	}
}

func alternate(w *markup.Writer, hreflang, address string) {
	w.HTML(`<xhtml:link rel="alternate"`)
	w.Attr("hreflang", hreflang)
	w.Attr("href", address)
	w.HTML("/>")
}

func (r *Renderer) robots(w *bytes.Buffer) error {
	w.WriteString("User-agent: *\nAllow: /\n\nSitemap: " + r.base + "sitemap.xml\n")
	for _, insurer := range r.insurers {
		w.WriteString("Sitemap: " + insurer.base + "sitemap.xml\n")
	}
	return nil
}

// feedEntries is how many changes a feed lists at most.
const feedEntries = 50

// feed writes the latest changes of the language's questions as an Atom feed. Entries contain no answer, because a copy would
// go stale. The id of an entry contains the day of the change, because feed readers show each id only once.
func (e *edition) feed(w *markup.Writer) error {
	updates, updated := e.updates(), e.r.lastChecked()
	if len(updates) > 0 {
		updated = updates[0].Day
	}
	home := e.r.address(e.Language, site.PagePath("home"))
	w.HTML(`<?xml version="1.0" encoding="UTF-8"?>`, "\n", `<feed xmlns="http://www.w3.org/2005/Atom"`)
	w.Attr("xml:lang", e.Lang)
	w.HTML(">\n")
	element(w, "id", home)
	element(w, "title", e.titled(e.UI.UpdatesTitle.Plain))
	element(w, "subtitle", e.UI.UpdatesLead.Plain)
	element(w, "updated", midnight(updated))
	w.HTML("<author>")
	element(w, "name", e.UI.SiteName.Plain)
	w.HTML("</author>\n")
	atomLink(w, "self", e.r.address(e.Language, "feed.xml"))
	atomLink(w, "alternate", e.r.address(e.Language, site.PagePath("updates")))
	for _, u := range updates[:min(len(updates), feedEntries)] {
		address := e.r.address(e.Language, site.QuestionPath(u.Question.ID))
		w.HTML("<entry>\n")
		element(w, "id", address+"#"+u.Day.String())
		element(w, "title", u.Title.Plain)
		element(w, "updated", midnight(u.Day))
		atomLink(w, "alternate", address)
		element(w, "summary", u.Label.Plain)
		w.HTML("</entry>\n")
	}
	w.HTML("</feed>\n")
	return nil
}

// midnight returns the moment at which a day begins in Tokyo, in the format of RFC 3339.
func midnight(d civil.Date) string { return d.String() + "T00:00:00+09:00" }

func element(w *markup.Writer, name markup.HTML, text string) {
	w.HTML("<", name, ">")
	w.Text(text)
	w.HTML("</", name, ">\n")
}

func atomLink(w *markup.Writer, rel, address string) {
	w.HTML("<link")
	w.Attr("rel", rel)
	w.Attr("href", address)
	w.HTML("/>\n")
}
