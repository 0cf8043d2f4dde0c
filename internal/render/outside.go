package render

import (
	"strings"

	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// choiceView is a language in a list of languages.
type choiceView struct {
	Language   *site.Language
	Attributes markup.Attributes // the attributes lang and dir of the language's name
	Href       string
	Search     string // relative path to the language's search page
}

// outsideView is the data of the templates of pages that have no language, or that only link to a different page.
type outsideView struct {
	*shell
	Choices  []choiceView
	Insurers []insurerView
	Href     string // the new address of a page that has moved
	To       markup.HTML
}

// insurerView is an insurer in a list of insurers, with the paths to the home page of its site in every language.
type insurerView struct {
	Name    site.Phrase
	Choices []choiceView
}

// insurerChoices returns the insurers whose sites are published beside this one.
func (r *Renderer) insurerChoices() []insurerView {
	var list []insurerView
	for _, one := range r.insurers {
		list = append(list, insurerView{Name: one.site.Default.Profile.Name, Choices: one.choices(one.folder)})
	}
	return list
}

// choices returns every language with the paths to its home page and search page. `root` is the site's folder as a relative path or as
// an address.
func (r *Renderer) choices(root string) []choiceView {
	var list []choiceView
	for _, language := range r.site.Languages {
		folder := root + language.ID + "/"
		list = append(list, choiceView{language, language.Within(r.site.Default), folder + site.PagePath("home"), folder + searchPath})
	}
	return list
}

// chooserPage writes the page at the root of a site, where readers choose a language. It has every language's name in that language.
func (r *Renderer) chooserPage(w *markup.Writer) error {
	ui := &r.site.Default.UI
	view := outsideView{shell: r.head("chooser", &pageDays{}, ""), Choices: r.choices("")}
	view.Language, view.Insurer = r.site.Default, r.site.Profile != nil
	view.Title, view.Description = r.siteName(r.site.Default), ui.HomeDescription.Plain
	view.Script, view.shell.Search = r.top()+r.assets.Scripts[mainScript].Path, r.top()+r.search.Path
	view.Fields = r.top() + r.assets.Scripts[fieldsScript].Path
	view.Insurers = r.insurerChoices()
	var links markup.Writer
	r.feeds.ChooserHead(&links)
	view.Meta = links.Done()
	return r.whole(w, "chooser", view)
}

// whole writes a page whose template is a whole document, without the frame of most pages.
func (r *Renderer) whole(w *markup.Writer, kind string, view any) error {
	page, err := r.layouts[kind].Run(kind, view)
	w.HTML(page)
	return err
}

// missingPage writes the page for wrong addresses. A host shows it at any depth, so no relative link is right everywhere. With a base
// address, the links of this page are absolute; without one, its script finds the site's folder.
func (r *Renderer) missingPage(w *markup.Writer) error {
	ui := &r.site.Default.UI
	view := outsideView{shell: r.head("missing", &pageDays{}, missingScript), Choices: r.choices(r.feeds.Base)}
	view.Language, view.Insurer = r.site.Default, r.site.Profile != nil
	view.Title, view.Description = ui.MissingTitle.Plain, ui.MissingTitle.Plain
	root := r.top()
	if r.feeds.Base != "" {
		root = strings.TrimSuffix(r.feeds.Base, r.folder)
	}
	view.shell.Search = root + r.search.Path
	return r.whole(w, "missing", view)
}

// removedPage writes the page at the address of a question that was removed, or that the insurer hides. The page sends the reader to the
// replacement of the question, or says that the question has no replacement.
func (e *edition) removedPage(w *markup.Writer, r site.Redirect) error {
	if r.To != nil {
		if to := e.r.site.Question(r.To.ID); to != nil && to.In(e.Language) != nil { // `to` is nil if the insurer hides the question
			return e.movedPage(w, site.QuestionPath(to.ID), to.In(e.Language).TitleIn(e.Language))
		}
	}
	if r.Topic != nil {
		title, _ := e.Topic(r.Topic)
		return e.movedPage(w, topicPath(r.Topic), title)
	}
	if r.Page != "" {
		return e.movedPage(w, site.PagePath(r.Page), e.PageTitle(r.Page))
	}
	return e.gonePage(w, r.From)
}

// movedPage writes a page that sends the reader at once to a different page of the language. `to` is the path of that page, and `title`
// its title. The written page must be in a direct subfolder of the language's folder.
func (e *edition) movedPage(w *markup.Writer, to string, title site.Phrase) error {
	view := outsideView{shell: e.r.head("moved", &pageDays{}, ""), Href: "../" + to, To: title.HTML}
	view.Language, view.Base, view.Insurer = e.Language, "../", e.r.site.Profile != nil
	view.Title, view.Description = e.titled(e.UI.MovedTitle.Plain), e.UI.MovedTitle.Plain
	if e.r.feeds.Base != "" {
		view.Meta = markup.Tag("link", markup.Attr("rel", "canonical")+markup.Attr("href", e.r.feeds.Address(e.Language, to)))
	}
	page, err := e.r.layouts["moved"].Run("moved", view)
	fragment(w, page, "../")
	return err
}

// gonePage writes the page of a question that was removed without a replacement, or that an insurer leaves out.
func (e *edition) gonePage(w *markup.Writer, id string) error {
	return e.page(w, e.shell(place{kind: "gone", path: site.QuestionPath(id), gone: true}, e.titled(e.UI.GoneTitle.Plain), e.UI.GoneText.Plain, e.on(nil)))
}
