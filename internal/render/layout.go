package render

import (
	"fmt"
	"io/fs"
	"strings"

	"sitegen/internal/bundle"
	"sitegen/internal/colours"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/values"
)

// kinds are the kinds of page. Each has a template, <kind>.html, and a style sheet, <kind>.css.
var kinds = []string{"home", "topic", "question", "all", "glossary", "changes", "updates", "about", "sources", "accessibility", "chooser", "missing", "moved", "gone", "search"}

// Names of the theme's scripts: the one that most pages load, the one for fields on some pages, and the one inside the page for
// wrong addresses.
const (
	mainScript    = "main"
	fieldsScript  = "fields"
	missingScript = "missing"
)

// layouts maps a kind of page to its template, complete with the frame and the pieces. The template for the key "" has only the frame and
// the pieces.
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
	// html/template cannot clone a set after one of its templates has run, so the set that runs is a clone itself.
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

// shell is the data of every template: the words, the paths to other pages, and the parts of <head>.
type shell struct {
	*site.Language
	place
	Root, Base  string // relative paths from the page: Root leads to the site's folder, and Base to the language's folder
	Assets      string // relative path to the root of all sites, where the scripts are
	Insurer     bool   // whether the site is an insurer's, or a sample of an insurer's site
	Official    bool   // whether the site is an insurer's own
	Among       bool   // whether the general site and insurers' sites are published together
	Changed     bool   // whether questions were added or changed since the language was first published
	Title       string // the title of the browser window; it usually ends with the site's name
	Description string
	Days        markup.Attributes
	Policy      markup.Attributes
	Band        string // the colour behind the site's name: six hexadecimal digits
	Meta        markup.HTML
	Style       markup.HTML // the style element
	HeadScript  markup.Script
	Script      string // address of the main script
	Switch      markup.HTML
	Printed     markup.HTML // the line that says on paper when the page was printed
	Review      markup.HTML // the sentences about the review of the page's facts: see [edition.reviewed]
	Search      string      // address of the search's script
	Fields      string      // address of the script for fields on some pages
	Searching   bool        // whether this is the search page
	Rail        string      // address of the script that adds the topics beside the main part on wide screens; "" if there is none
	ToChecker   markup.HTML // text of the link to the checker; "" if there is none
}

// Frame returns the shell. Templates use it around the main part, because finding a field of the shell through the data of a
// page takes ten times as long.
func (s *shell) Frame() *shell { return s }

// insurerStyle is the name of the theme's style for those parts around a page that only insurers' sites have.
const insurerStyle = "insurer"

// coloured returns the theme's style for each kind of page, and the colour of the band. On an insurer's site each style also has
// insurerStyle, and the insurer's colours if the profile sets any.
func (r *Renderer) coloured() (map[string]bundle.Inline, site.Colour, error) {
	rules, band, err := colours.Of(r.assets.Styles["home"].Text, r.site.Profile)
	if err != nil || r.site.Profile == nil {
		return r.assets.Styles, band, err
	}
	styles := map[string]bundle.Inline{}
	for kind, style := range r.assets.Styles {
		styles[kind] = bundle.NewInline(style.Text + rules + r.assets.Styles[insurerStyle].Text)
	}
	return styles, band, nil
}

// place has the path of a page in its language's folder, and the kind of the page, which selects template and style.
type place struct {
	kind string
	path string // path relative to the language's folder
	gone bool   // true if search engines should not index the page
}

// up returns the relative path from the page to its language's folder.
func (p place) up() string { return strings.Repeat("../", strings.Count(p.path, "/")) }

// framed is the data of a template for a whole page of a language.
type framed interface{ Frame() *shell }

// head returns a shell with the parts of <head> for a page with the given kind and boundary days. `script` is the name of the theme's
// script inside <head>; "" means the script that most pages have.
func (r *Renderer) head(kind string, d *pageDays, script string) *shell {
	style := r.style(kind, d)
	head := r.assets.Head
	if script != "" {
		head = inlineScript(r.assets, script)
	}
	return &shell{
		Band: strings.TrimPrefix(string(r.band), "#"),
		Days: d.attribute, Policy: policy(head.Hash, style.hash), Style: markup.Style(style.sheet, style.days), HeadScript: markup.Inline(head.Text),
	}
}

// pageStyle is the style of a page: the style sheet of its kind, the rules for its boundary days, and the hash of both together. The two
// texts stay separate, because a joined copy would be most of the memory that rendering the page of a question allocates.
type pageStyle struct {
	sheet, days string
	hash        string
}

// styleKey identifies the content of a style element. Pages with the same days can have different rules, because a day may be only the end
// of a review.
type styleKey struct{ kind, rules string }

// size is the length of the style element.
func (s pageStyle) size() int { return len("<style></style>") + len(s.sheet) + len(s.days) }

// style returns the style of a page with the given kind and days.
func (r *Renderer) style(kind string, d *pageDays) pageStyle {
	sheet := r.styles[kind].Text
	key := styleKey{kind, d.css}
	hash, ok := r.styleHashes.Load(key)
	if !ok {
		hash = bundle.NewInline(sheet + d.css).Hash
		r.styleHashes.Store(key, hash)
	}
	return pageStyle{sheet, d.css, hash.(string)}
}

// policy returns a content security policy that allows only the page's own script and style, the site's scripts, and images of the site or
// in data: addresses. `script` and `style` are the hashes of the page's own script and style.
func policy(script, style string) markup.Attributes {
	return markup.Attr("content", "default-src 'none'; script-src 'self' '"+script+"'; style-src '"+style+
		"'; img-src 'self' data:; base-uri 'none'; form-action 'none'")
}

// shell returns the shell of a page of the language. `title` and `description` may contain marks of holes.
func (e *edition) shell(p place, title, description string, d *pageDays) *shell {
	s := e.r.head(p.kind, d, "")
	s.Language, s.place = e.Language, p
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

// named returns the shell of a page that texts can link to by its name (page:name).
func (e *edition) named(name string, title, lead site.Phrase, d *pageDays) *shell {
	return e.shell(place{kind: name, path: site.PagePath(name)}, e.titled(title.Plain), lead.Plain, d)
}

// printed returns the line that says on paper when the page was printed. A script fills it in. Its attributes hold its words,
// with slots, and the names of months and days that the language needs. On the checker's page these names are left out, because its
// script knows them.
func (e *edition) printed(kind string) markup.HTML {
	return e.ofToday("printed", kind == "checker", e.UI.Printed.With("date", values.FormatPhrase(e.DateFormats().Date)))
}

// ofToday returns an empty line that a script fills with today's date. Its words, with slots for the day, are in attributes, as HTML. If
// `bare` is set, the names of months and days are left out, because the page's script knows them.
func (e *edition) ofToday(class string, bare bool, words site.Phrase) markup.HTML {
	f := e.DateFormats()
	attributes := markup.Attr("class", class) + markup.Attr("data-words", slotted(string(bareRuby.Replace(words.HTML))))
	if !bare {
		attributes += namesIn("data-months", f.Months) + namesIn("data-days", f.Days)
	}
	return markup.Tag("p", attributes) + "</p>"
}

// slotted returns a text with slots as JSON, for an attribute from which a script reads it. HTML cannot contain the characters around a
// slot's name, but JSON can escape them.
func slotted(text string) string { return string(markup.Data(text)) }

// namesIn returns an attribute with a JSON list of the names, each as HTML, or "" without names.
func namesIn(attribute markup.HTML, names []string) markup.Attributes {
	if len(names) == 0 {
		return ""
	}
	var list []markup.HTML
	for _, name := range names {
		list = append(list, bareRuby.Replace(values.FormatPhrase(name).HTML))
	}
	return markup.Attr(attribute, string(markup.Data(list)))
}

// bareRuby removes the parentheses around readings from words that only scripts show. Only browsers without ruby would show the
// parentheses, and these browsers cannot run the scripts.
var bareRuby = markup.NewReplacer("<rp>(<rt>", "<rt>", "<rp>)</ruby>", "</ruby>")

// page writes a page from its template, with links to the same page in other languages.
func (e *edition) page(w *markup.Writer, view framed) error {
	return e.pageWith(w, view, nil)
}

// insertMark marks the places in a template's output at which pageWith calls `insert`.
const insertMark = "\x03"

// pageWith does the same as the method `page`, and calls `insert` for each insertMark in the template's output, with its number from 0.
func (e *edition) pageWith(w *markup.Writer, view framed, insert func(i int)) error {
	s := view.Frame()
	var list, meta markup.Writer
	e.languages(&list, s.Root, s.path, nil)
	if s.gone {
		meta.HTML(markup.Tag("meta", markup.Attr("name", "robots")+markup.Attr("content", "noindex")))
	} else {
		e.r.feeds.Head(&meta, e.Language, s.path, nil, s.Title)
	}
	s.Switch, s.Meta = list.Done(), meta.Done()
	rest, err := e.r.layouts[s.kind].Run("page", view)
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
