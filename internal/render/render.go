// Package render turns the model of a site into its finished pages. What pages have in common is made once: a page of
// a question costs little more than copying bytes.
package render

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"sitegen/internal/bundle"
	"sitegen/internal/site"
)

// Options say how a site is rendered.
type Options struct {
	// BaseURL is the address at which the site's root will be published. Without it everything that needs an
	// absolute address is left out: nothing is guessed.
	BaseURL string
	// Checker is the compiled rules; nil where the content has none.
	Checker *Checker
}

// File is one file of the finished site.
type File struct {
	Path string // from the site's root, with slashes
	// Render appends the content. An error is a mistake in a template. It may run at the same time as others.
	Render func(w *bytes.Buffer) error
}

// Renderer knows every file of a site and how to make it.
type Renderer struct {
	site     *site.Site
	assets   *bundle.Assets
	layouts  layouts
	base     string // Options.BaseURL, ending in a slash, or ""
	days     dayCache
	editions []*edition // in the order of the site's languages
	files    []File
	checker  *checkerSite // nil where there are no rules
}

// New prepares a site for rendering with a theme's assets and templates. It fails on mistakes in the theme.
func New(s *site.Site, assets *bundle.Assets, templates fs.FS, o Options) (*Renderer, error) {
	base, err := checkBase(o.BaseURL)
	if err != nil {
		return nil, err
	}
	needed := kinds
	if o.Checker != nil {
		needed = append(slices.Clone(kinds), checkerKinds...)
	}
	all, err := loadLayouts(templates, needed)
	if err != nil {
		return nil, err
	}
	for _, kind := range needed {
		if _, ok := assets.Styles[kind]; !ok {
			return nil, fmt.Errorf("the theme has no style/%s.css", kind)
		}
	}
	for _, name := range []string{mainScript, missingScript} {
		if _, ok := assets.Scripts[name]; !ok {
			return nil, fmt.Errorf("the theme has no script/%s.ts", name)
		}
	}
	r := &Renderer{site: s, assets: assets, layouts: all, base: base}
	for _, language := range s.Languages {
		e, err := r.newEdition(language)
		if err != nil {
			return nil, err
		}
		r.editions = append(r.editions, e)
	}
	r.list()
	if err := r.addChecker(o.Checker); err != nil {
		return nil, err
	}
	slices.SortFunc(r.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return r, nil
}

// checkBase returns a base address with a slash at its end.
func checkBase(address string) (string, error) {
	if address == "" {
		return "", nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("the base URL %q is not an address like https://example.jp/hoken/", address)
	}
	return strings.TrimRight(u.String(), "/") + "/", nil
}

// Files returns every file of the site, sorted by path.
func (r *Renderer) Files() []File { return r.files }

// File returns the file with a path.
func (r *Renderer) File(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(r.files, path, func(f File, path string) int { return strings.Compare(f.Path, path) })
	if !ok {
		return File{}, false
	}
	return r.files[i], true
}

// list makes the list of files.
func (r *Renderer) list() {
	r.add("index.html", r.chooserPage)
	r.add("404.html", r.missingPage)
	script := r.assets.Scripts[mainScript]
	r.add(script.Path, func(w *bytes.Buffer) error { w.Write(script.Content); return nil })
	for _, e := range r.editions {
		r.listEdition(e)
	}
	if r.base != "" {
		r.add("sitemap.xml", r.sitemap)
		r.add("robots.txt", r.robots)
	}
}

func (r *Renderer) listEdition(e *edition) {
	folder := e.ID + "/"
	r.add(folder+"index.html", e.homePage)
	r.add(folder+"all.html", e.allPage)
	r.add(folder+"glossary.html", e.glossaryPage)
	r.add(folder+"changes.html", e.changesPage)
	r.add(folder+"about.html", e.aboutPage)
	r.add(folder+"accessibility.html", e.accessibilityPage)
	for _, topic := range r.site.Topics {
		r.add(folder+topicPath(topic), func(w *bytes.Buffer) error { return e.topicPage(w, topic) })
	}
	for _, question := range r.site.Questions {
		if t := question.In(e.Language); t != nil {
			r.add(folder+site.QuestionPath(question.ID), func(w *bytes.Buffer) error { return e.questionPage(w, t) })
		}
	}
	for _, redirect := range r.site.Redirects {
		r.add(folder+site.QuestionPath(redirect.From), func(w *bytes.Buffer) error { return e.movedPage(w, redirect) })
	}
	if r.base != "" {
		r.add(folder+"feed.xml", e.feed)
	}
}

func (r *Renderer) add(path string, render func(*bytes.Buffer) error) {
	r.files = append(r.files, File{path, render})
}

func topicPath(t *site.Topic) string { return "topic/" + t.ID + ".html" }

func (r *Renderer) question(id string) *site.Question {
	i := slices.IndexFunc(r.site.Questions, func(q *site.Question) bool { return q.ID == id })
	return r.site.Questions[i]
}
