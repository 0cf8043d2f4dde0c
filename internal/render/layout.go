package render

import (
	"fmt"
	"io/fs"
	"strings"

	"sitegen/internal/bundle"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/values"
)

// kinds are the kinds of page. Each has its template <kind>.html and its style sheet.
var kinds = []string{"home", "topic", "question", "all", "glossary", "changes", "updates", "about", "accessibility", "chooser", "missing", "moved", "gone", "search"}

// Names of the theme's scripts: the one every page loads, that of the fields that stand on some pages, and the one that stands in the page
// for wrong addresses.
const (
	mainScript    = "main"
	fieldsScript  = "fields"
	missingScript = "missing"
)

// layouts are the templates by kind of page, each complete with the frame and the pieces.
type layouts map[string]*markup.Template

// loadLayouts parses a theme's templates for some kinds of page.
func loadLayouts(templates fs.FS, kinds []string) (layouts, error) {
	frame := markup.NewTemplate()
	for _, name := range []string{"page", "pieces"} {
		if err := parse(frame, templates, name); err != nil {
			return nil, err
		}
	}
	all := layouts{"": frame}
	for _, kind := range kinds {
		t, err := frame.Clone()
		if err != nil {
			return nil, err
		}
		if err := parse(t, templates, kind); err != nil {
			return nil, err
		}
		all[kind] = t
	}
	// Templates are cloned before any runs; this one runs first.
	pieces, err := frame.Clone()
	all[""] = pieces
	return all, err
}

func parse(t *markup.Template, templates fs.FS, name string) error {
	source, err := fs.ReadFile(templates, name+".html")
	if err != nil {
		return fmt.Errorf("the theme has no template: %w", err)
	}
	return t.Parse(name+".html", string(source))
}

// shell is what every template sees: the words, the way to other pages, and what stands in <head>.
type shell struct {
	*site.Language
	Root, Base  string // the ways from the page to the site's folder and to its language's
	Assets      string // the way to the root, where the scripts are
	Insurer     bool   // the site is an insurer's, or a sample of one
	Official    bool   // the site is an insurer's own
	Among       bool   // there are sites of insurers at the root
	Changed     bool   // questions have changed since the site was first published
	Title       string // without the name of the site where pages add it
	Description string
	Days        markup.Attributes
	Policy      markup.Attributes
	Band        string // the colour behind the name: six hexadecimal digits
	Meta        markup.HTML
	Style       markup.HTML // the style element
	HeadScript  markup.Script
	Script      string // address of the main script
	Switch      markup.HTML
	Printed     markup.HTML // the line that tells on paper when it was printed
	Review      markup.HTML // the sentence that says whether what the page says was reviewed
	Search      string      // address of the search's script
	Fields      string      // address of the script for the fields that stand on some pages
	Searching   bool        // it is the page of the search
	Rail        string      // address of the script that brings what stands beside the main part on wide screens; "" where nothing does
	ToChecker   markup.HTML // what the link to the checker says; "" where there is none
}

// place is where a page of a language lies and what its style sheet is for.
type place struct {
	kind string
	path string // from its language's folder
	gone bool   // search engines are to forget it
}

// up returns the way from the page back to its language's folder.
func (p place) up() string { return strings.Repeat("../", strings.Count(p.path, "/")) }

// head fills what stands in the <head> of a page with the given kind and days.
func (r *Renderer) head(kind string, d *pageDays, script string) shell {
	style := r.style(kind, d)
	head := r.assets.Head
	if script != "" {
		head = inlineScript(r.assets, script)
	}
	return shell{
		Band: strings.TrimPrefix(string(r.band), "#"),
		Days: d.attribute, Policy: policy(head.Hash, style.hash), Style: style.element, HeadScript: markup.Inline(head.Text),
	}
}

// styleElement is the style element of a page, and the hash of what is in it.
type styleElement struct {
	element markup.HTML
	hash    string
}

// style returns the style of a page with the given kind and days.
func (r *Renderer) style(kind string, d *pageDays) styleElement {
	key := kind + string(d.attribute)
	if known, ok := r.styled.Load(key); ok {
		return known.(styleElement)
	}
	css := bundle.NewInline(r.styles[kind].Text + d.css)
	style := styleElement{markup.Style(css.Text), css.Hash}
	r.styled.Store(key, style)
	return style
}

// policy allows what a page carries and nothing else.
func policy(script, style string) markup.Attributes {
	return markup.Attr("content", "default-src 'none'; script-src 'self' '"+script+"'; style-src '"+style+
		"'; img-src 'self' data:; base-uri 'none'; form-action 'none'")
}

// shell returns the frame of a page of the language. title and description may hold marks.
func (e *edition) shell(p place, title, description string, d *pageDays) shell {
	s := e.r.head(p.kind, d, "")
	s.Language = e.Language
	s.Base = p.up()
	if e.r.checker != nil {
		s.ToChecker = e.Checker.Page.Of("title").HTML
	}
	s.Review = e.reviewed(e.HelpFacts)
	s.Printed = e.printed(p.kind)
	s.Root = "../" + s.Base
	s.Assets, s.Insurer, s.Official, s.Among = s.Root+e.r.top(), e.r.site.Profile != nil, e.r.site.Official(), e.r.folder != "" || len(e.r.insurers) > 0
	s.Changed = len(e.r.changes[e.r.site.Folder(e.Language)]) > 0
	s.Title, s.Description = title, description
	s.Script, s.Search = s.Assets+e.r.assets.Scripts[mainScript].Path, s.Assets+e.r.search.Path
	s.Fields = s.Assets + e.r.assets.Scripts[fieldsScript].Path
	s.Rail = s.Base + railsPath
	return s
}

// printed returns the line that tells on paper when it was printed. A script writes it: its words, with slots in braces,
// and the names of months and days where numbers do not do, stand in attributes. The checker's script knows these names.
func (e *edition) printed(kind string) markup.HTML {
	return e.ofToday("printed", kind == "checker", e.UI.Printed.With("date", values.FormatPhrase(e.DateFormats().Date)))
}

// ofToday returns an empty line of a class whose words, with slots for the day, stand in attributes; bare where its script knows names.
func (e *edition) ofToday(class string, bare bool, words site.Phrase) markup.HTML {
	f := e.DateFormats()
	for _, slot := range []string{"year", "month", "day", "day_name"} {
		words = words.With(slot, markup.Words("{"+slot+"}"))
	}
	var months, days string
	if !bare {
		months, days = strings.Join(f.Months, " "), strings.Join(f.Days, " ")
	}
	attributes := markup.Attr("class", class) + markup.Attr("data-words", string(bareRuby.Replace(words.HTML)))
	if months != "" {
		attributes += markup.Attr("data-months", months)
	}
	if days != "" {
		attributes += markup.Attr("data-days", days)
	}
	return markup.Tag("p", attributes) + "</p>"
}

// page writes a page that is made whole, with its links to itself in other languages.
func (e *edition) page(w *markup.Writer, p place, s *shell, view any) error {
	return e.pageWith(w, p, s, view, nil)
}

// insertMark stands in a template's output where pageWith is to write something itself.
const insertMark = "\x03"

// pageWith writes a page as page does, and calls insert for each mark in the template's output, with its number.
func (e *edition) pageWith(w *markup.Writer, p place, s *shell, view any, insert func(i int)) error {
	var list, meta markup.Writer
	e.languages(&list, s.Root, p.path, nil)
	if p.gone {
		meta.HTML(markup.Tag("meta", markup.Attr("name", "robots")+markup.Attr("content", "noindex")))
	} else {
		e.meta(&meta, p.path, nil, s.Title, e.r.lastChecked())
	}
	s.Switch, s.Meta = list.Done(), meta.Done()
	rest, err := e.r.layouts[p.kind].Run("page", view)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		text, after, found := markup.Cut(rest, insertMark)
		fragment(w, text, s.Base)
		if !found {
			return nil
		}
		insert(i)
		rest = after
	}
}
