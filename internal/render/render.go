package render

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"sync"

	"sitegen/internal/bundle"
	"sitegen/internal/checker"
	"sitegen/internal/feeds"
	"sitegen/internal/lines"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// Options say how a site is rendered.
type Options struct {
	// BaseURL is the address at which the site's root will be published. Without it, everything that needs an absolute address
	// is left out, because no address is guessed.
	BaseURL string
	// Checker is the compiled rules, or nil if the content has none.
	Checker *checker.Material
	// Changes are the questions that were added or changed since their language was first published: by the folder of the
	// language ("ja", "sk/ja"), then by the question's id.
	Changes map[string]map[string]Change
}

// File is one file of the finished site.
type File struct {
	Path string // relative to the site's root, with slashes
	// Render appends the content to w. An error is a mistake in a template. The Render functions of several files may run at
	// the same time.
	Render func(w *bytes.Buffer) error
	// Draft does what Render does, but does not choose where lines end. It finds the same mistakes in less time. It is nil for
	// files without such a choice.
	Draft func(w *bytes.Buffer) error
}

// Renderer knows every file of a site and how to render it. The site is the general one, an insurer's in a folder beside it, or
// an insurer's alone. The Renderer of the general site also has the files of the insurers' sites.
type Renderer struct {
	site        *site.Site
	assets      *bundle.Assets
	layouts     layouts
	feeds       feeds.Site
	folder      string // the folder of an insurer's site beside the general one: "sk/"; "" for the site at the root
	days        *dayCache
	editions    []*edition // in the order of the site's languages
	insurers    []*Renderer
	files       []File
	search      bundle.Script
	rail        bundle.Script // the script railScript, with a placeholder for the list of topics
	general     *Renderer     // the general site, if this is an insurer's site beside it
	checker     *checker.Site // nil if there are no rules
	changes     map[string]map[string]Change
	styles      map[string]bundle.Inline
	band        site.Colour // the colour behind the site's name
	styleHashes *sync.Map   // by styleKey: the hash of the content of the style element
}

// New prepares a site for rendering with a theme's assets and templates. An error means a mistake in the theme, or a base URL
// that is not an http or https address.
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
	for _, name := range []string{mainScript, fieldsScript, missingScript} {
		if _, ok := assets.Scripts[name]; !ok {
			return nil, fmt.Errorf("the theme has no script/%s.ts", name)
		}
	}
	find, err := findScript(assets)
	if err != nil {
		return nil, err
	}
	rail, err := newRail(assets)
	if err != nil {
		return nil, err
	}
	root, err := checker.New(s, assets, o.Checker)
	if err != nil {
		return nil, err
	}
	r := &Renderer{site: s, assets: assets, layouts: all, feeds: feeds.Site{Site: s, Base: base}, days: &dayCache{}, search: find, rail: rail, checker: root, changes: o.Changes}
	if err := r.prepare(); err != nil {
		return nil, err
	}
	r.listAssets()
	for _, insurer := range s.Insurers {
		folder := insurer.Profile.ID + "/"
		one := &Renderer{site: insurer, assets: assets, layouts: all, feeds: feeds.Site{Site: insurer}, folder: folder, days: r.days, search: find, rail: rail, general: r, checker: root.Of(insurer), changes: o.Changes}
		if base != "" {
			one.feeds.Base = base + folder
		}
		if err := one.prepare(); err != nil {
			return nil, err
		}
		r.insurers = append(r.insurers, one)
		r.files = append(r.files, one.files...)
	}
	r.listWords()
	if r.feeds.Base != "" {
		r.add("robots.txt", r.robots)
	}
	slices.SortFunc(r.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return r, nil
}

// prepare makes the parts that the pages of the site share, and lists its files.
func (r *Renderer) prepare() error {
	var err error
	if r.styles, r.band, err = r.coloured(); err != nil {
		return err
	}
	r.styleHashes = &sync.Map{}
	for _, language := range r.site.Languages {
		e, err := r.newEdition(language)
		if err != nil {
			return err
		}
		r.editions = append(r.editions, e)
	}
	if err := r.speak(); err != nil {
		return err
	}
	r.list()
	return nil
}

// top returns the relative path from the folder of the site to the root of all sites, where the scripts are.
func (r *Renderer) top() string { return strings.Repeat("../", strings.Count(r.folder, "/")) }

// checkBase checks a base address and returns it with one slash at its end. An empty address stays empty.
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

// File returns the file with the given path, and whether there is one.
func (r *Renderer) File(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(r.files, path, func(f File, path string) int { return strings.Compare(f.Path, path) })
	if !ok {
		return File{}, false
	}
	return r.files[i], true
}

// list adds the files of this one site, except for the assets, the scripts with the checker's words, and robots.txt.
func (r *Renderer) list() {
	r.addPage("index.html", r.chooserPage)
	r.addPage("404.html", r.missingPage)
	for _, e := range r.editions {
		r.listEdition(e)
	}
	if r.feeds.Base != "" {
		r.addPage("sitemap.xml", r.sitemap)
	}
}

// listAssets adds the files that the pages of all sites load.
func (r *Renderer) listAssets() {
	for _, script := range []bundle.Script{r.assets.Scripts[mainScript], r.assets.Scripts[fieldsScript], r.search} {
		r.addBytes(script.Path, script.Content)
	}
	if r.checker != nil {
		r.listCheckerAssets()
	}
}

// sitemap lists the site's pages for search engines.
func (r *Renderer) sitemap(w *markup.Writer) error {
	var paths []string
	for _, name := range site.Pages {
		paths = append(paths, site.PagePath(name))
	}
	paths = append(paths, searchPath)
	if r.checker != nil {
		paths = append(paths, site.CheckerPath)
		if r.checker.OwnsStart() {
			paths = append(paths, site.CheckerPlainPath)
		}
	}
	for _, topic := range r.site.Topics {
		paths = append(paths, topicPath(topic))
	}
	r.feeds.Sitemap(w, paths)
	return nil
}

// robots names the sitemaps of all sites.
func (r *Renderer) robots(w *bytes.Buffer) error {
	w.WriteString("User-agent: *\nAllow: /\n\nSitemap: " + r.feeds.Base + "sitemap.xml\n")
	for _, insurer := range r.insurers {
		w.WriteString("Sitemap: " + insurer.feeds.Base + "sitemap.xml\n")
	}
	return nil
}

func (r *Renderer) listEdition(e *edition) {
	add := e.addPage
	add("index.html", e.homePage)
	add("all.html", e.allPage)
	add("glossary.html", e.glossaryPage)
	add("changes.html", e.changesPage)
	add("updates.html", e.updatesPage)
	add("about.html", e.aboutPage)
	add("sources.html", e.sourcesPage)
	add("accessibility.html", e.accessibilityPage)
	add(searchPath, e.searchPage)
	r.listSearch(e)
	r.listRails(e)
	for _, topic := range r.site.Topics {
		add(topicPath(topic), func(w *markup.Writer) error { return e.topicPage(w, topic) })
	}
	for _, question := range r.site.Questions {
		if t := question.In(e.Language); t != nil {
			add(site.QuestionPath(question.ID), func(w *markup.Writer) error { return e.questionPage(w, t) })
		}
	}
	for _, redirect := range r.site.Redirects {
		add(site.QuestionPath(redirect.From), func(w *markup.Writer) error { return e.removedPage(w, redirect) })
	}
	for _, id := range r.site.Hidden() {
		add(site.QuestionPath(id), func(w *markup.Writer) error { return e.removedPage(w, site.Redirect{From: id}) })
	}
	if r.feeds.Base != "" {
		r.addPage(e.ID+"/feed.xml", e.feed)
	}
	if r.checker != nil {
		e.listChecker()
	}
}

// addPage adds a page of the language. `path` is relative to the language's folder.
func (e *edition) addPage(path string, render func(*markup.Writer) error) {
	e.r.files = append(e.r.files, File{
		Path:   e.r.folder + e.ID + "/" + path,
		Render: func(w *bytes.Buffer) error { w.WriteString(byteOrderMark); return e.readable(w, render) },
		Draft:  func(w *bytes.Buffer) error { w.WriteString(byteOrderMark); return render(markup.In(w)) },
	})
}

// readable renders a page and adds the places where its lines may end.
func (e *edition) readable(w *bytes.Buffer, render func(*markup.Writer) error) error {
	start := w.Len()
	if err := render(markup.In(w)); err != nil {
		return err
	}
	lines.Page(w, start, e.Ruby, e.whole)
	return nil
}

// addPage adds a file of markup: a page, or a file for programs.
func (r *Renderer) addPage(path string, render func(*markup.Writer) error) {
	r.add(path, func(w *bytes.Buffer) error { return render(markup.In(w)) })
}

func (r *Renderer) addBytes(path string, content []byte) {
	r.add(path, func(w *bytes.Buffer) error { w.Write(content); return nil })
}

func (r *Renderer) add(path string, render func(*bytes.Buffer) error) {
	if strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".js") {
		content := render
		render = func(w *bytes.Buffer) error { w.WriteString(byteOrderMark); return content(w) }
	}
	r.files = append(r.files, File{Path: r.folder + path, Render: render})
}

// byteOrderMark says that a page or a script is UTF-8. It overrides the host's header (HTML Standard, "determining the
// character encoding"; "decode" for scripts), and some hosts declare every file as Shift_JIS or ISO-8859-1.
const byteOrderMark = "\ufeff"

func topicPath(t *site.Topic) string { return "topic/" + t.ID + ".html" }
