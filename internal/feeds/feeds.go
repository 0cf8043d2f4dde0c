// Package feeds writes what search engines and feed readers get of a site.
//
// The input is the site and the address at which it will be published ([Site]). The output is the sitemap, the feeds, and the links and
// data in a page's <head>. All of it needs the address, and is left out if the address is not known.
package feeds

import (
	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// Site is a site with its address.
type Site struct {
	*site.Site
	Base string // the address of the site's folder, ending in a slash; "" if it is not known
}

// Address returns the absolute address of a page of a language.
func (s *Site) Address(l *site.Language, path string) string { return s.Base + l.ID + "/" + path }

// Head writes a page's canonical address, its addresses in the languages that search engines know (Hreflang), and its structured data. On
// the home page and on the page of updates, it also writes the address of the feed. q is the question of the page, or nil; some languages
// may lack the question. `title` is the title of the page. Without a Base, Head writes nothing.
func (s *Site) Head(w *markup.Writer, l *site.Language, path string, q *site.Question, title string) {
	if s.Base == "" {
		return
	}
	own, checked := l, civil.Unset
	switch {
	case q == nil:
		checked = s.lastChecked()
	case q.Translated(l):
		checked = q.AsOf
	default: // the text is in a different language, and search engines should show the page of that language
		own, checked = q.In(l).Language, q.AsOf
	}
	s.links(w, s.Address(own, path), path, q)
	if path == site.PagePath("home") || path == site.PagePath("updates") {
		link(w, "alternate", markup.Attr("type", "application/atom+xml"), s.Address(l, "feed.xml"))
	}
	w.HTML(`<script type="application/ld+json">`, markup.Data(webPage{"https://schema.org", "WebPage", title, own.Lang, checked.String()}), "</script>\n")
}

// links writes the canonical address of a page, its addresses in the languages that search engines know, and its address for readers of
// any other language.
func (s *Site) links(w *markup.Writer, canonical, path string, q *site.Question) {
	link(w, "canonical", "", canonical)
	for _, l := range s.Languages {
		if l.Hreflang != "" && (q == nil || q.Translated(l)) {
			link(w, "alternate", markup.Attr("hreflang", l.Hreflang), s.Address(l, path))
		}
	}
	if path == site.PagePath("home") {
		link(w, "alternate", markup.Attr("hreflang", "x-default"), s.Base+"index.html")
	} else if q == nil || q.Translated(s.Default) {
		link(w, "alternate", markup.Attr("hreflang", "x-default"), s.Address(s.Default, path))
	}
}

// webPage is structured data in the vocabulary of schema.org. It has only statements that stay true on every day.
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

// ChooserHead writes the canonical address of the site's first page, where readers choose their language, and the addresses of the home
// page by language. Without a Base, it writes nothing.
func (s *Site) ChooserHead(w *markup.Writer) {
	if s.Base != "" {
		s.links(w, s.Base+"index.html", site.PagePath("home"), nil)
	}
}

// lastChecked returns the latest day on which a question was checked, or Unset if there are no questions. It is the date of pages that show
// many questions.
func (s *Site) lastChecked() civil.Date {
	newest := civil.Unset
	for _, q := range s.Questions {
		newest = max(newest, q.AsOf)
	}
	return newest
}

// Sitemap writes the pages that search engines should find, with their addresses in other languages. `paths` has the pages that every
// language has; Sitemap adds the pages of questions.
func (s *Site) Sitemap(w *markup.Writer, paths []string) {
	w.HTML(`<?xml version="1.0" encoding="UTF-8"?>`, "\n",
		`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">`, "\n")
	for _, path := range paths {
		s.sitemapPage(w, path, nil)
	}
	for _, q := range s.Questions {
		s.sitemapPage(w, site.QuestionPath(q.ID), q)
	}
	w.HTML("</urlset>\n")
}

func (s *Site) sitemapPage(w *markup.Writer, path string, q *site.Question) {
	var offered []*site.Language
	for _, language := range s.Languages {
		if q == nil || q.Translated(language) {
			offered = append(offered, language)
		}
	}
	for _, language := range offered {
		w.HTML("<url><loc>")
		w.Text(s.Address(language, path))
		w.HTML("</loc>")
		if q != nil {
			w.HTML("<lastmod>", markup.Escape(q.AsOf.String()), "</lastmod>")
		}
		for _, other := range offered {
			if language.Hreflang != "" && other.Hreflang != "" {
				alternate(w, other.Hreflang, s.Address(other, path))
			}
		}
		if language.Hreflang != "" && (q == nil || q.Translated(s.Default)) {
			alternate(w, "x-default", s.Address(s.Default, path))
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

// feedEntries is the highest number of changes that a feed lists.
const feedEntries = 50

// Entry is a question that was added or changed.
type Entry struct {
	ID           string
	Title, Label string // Label says that the question is new, or that it changed
	Day          civil.Date
}

// Feed writes the latest changes of a language's questions, at most feedEntries, as an Atom feed. `title` is the title of the feed;
// `entries` must begin with the newest. They contain no answer, because a copy would go stale. The id of an entry contains the day of the
// change, because feed readers show each id only once.
func (s *Site) Feed(w *markup.Writer, l *site.Language, title string, entries []Entry) {
	updated := s.lastChecked()
	if len(entries) > 0 {
		updated = entries[0].Day
	}
	w.HTML(`<?xml version="1.0" encoding="UTF-8"?>`, "\n", `<feed xmlns="http://www.w3.org/2005/Atom"`)
	w.Attr("xml:lang", l.Lang)
	w.HTML(">\n")
	element(w, "id", s.Address(l, site.PagePath("home")))
	element(w, "title", title)
	element(w, "subtitle", l.UI.UpdatesLead.Plain)
	element(w, "updated", midnight(updated))
	w.HTML("<author>")
	element(w, "name", l.UI.SiteName.Plain)
	w.HTML("</author>\n")
	atomLink(w, "self", s.Address(l, "feed.xml"))
	atomLink(w, "alternate", s.Address(l, site.PagePath("updates")))
	for _, entry := range entries[:min(len(entries), feedEntries)] {
		address := s.Address(l, site.QuestionPath(entry.ID))
		w.HTML("<entry>\n")
		element(w, "id", address+"#"+entry.Day.String())
		element(w, "title", entry.Title)
		element(w, "updated", midnight(entry.Day))
		atomLink(w, "alternate", address)
		element(w, "summary", entry.Label)
		w.HTML("</entry>\n")
	}
	w.HTML("</feed>\n")
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
