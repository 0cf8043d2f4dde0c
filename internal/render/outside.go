package render

import (
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// choiceView is a language to choose.
type choiceView struct {
	Language   *site.Language
	Attributes markup.Attributes // of its words: lang, and dir
	Href       string
}

// outsideView is what the templates of pages see that belong to no language, or only point to another page.
type outsideView struct {
	shell
	Choices  []choiceView
	Insurers []insurerView
	Href     string // where a page has moved to
	To       markup.HTML
}

// insurerView is an insurer to choose, with the ways to its home in every language.
type insurerView struct {
	Name    site.Phrase
	Choices []choiceView
}

// insurerChoices lists the insurers that have a site here.
func (r *Renderer) insurerChoices() []insurerView {
	var list []insurerView
	for _, one := range r.insurers {
		list = append(list, insurerView{Name: one.site.Default.Profile.Name, Choices: one.choices(one.folder)})
	}
	return list
}

// choices lists every language with the way to its home.
func (r *Renderer) choices(root string) []choiceView {
	var list []choiceView
	for _, language := range r.site.Languages {
		list = append(list, choiceView{language, language.Within(r.site.Default), root + language.ID + "/" + site.PagePath("home")})
	}
	return list
}

// chooserPage writes the site's first page: every language in its own name.
func (r *Renderer) chooserPage(w *markup.Writer) error {
	ui := &r.site.Default.UI
	view := outsideView{shell: r.head("chooser", &pageDays{}, ""), Choices: r.choices("")}
	view.Language, view.Insurer = r.site.Default, r.site.Profile != nil
	view.Title, view.Description = r.siteName(r.site.Default), ui.HomeDescription.Plain
	view.Script = r.top() + r.assets.Scripts[mainScript].Path
	view.Insurers = r.insurerChoices()
	view.Meta = r.chooserMeta()
	return r.whole(w, "chooser", view)
}

// whole writes a page that has a template of its own.
func (r *Renderer) whole(w *markup.Writer, kind string, view any) error {
	page, err := r.layouts[kind].Run(kind, view)
	w.HTML(page)
	return err
}

// missingPage writes the page for wrong addresses. A host shows it at any depth, so no relative link is right
// everywhere: with a base address links are absolute, without one a script finds the folder of the site.
func (r *Renderer) missingPage(w *markup.Writer) error {
	ui := &r.site.Default.UI
	view := outsideView{shell: r.head("missing", &pageDays{}, missingScript), Choices: r.choices(r.base)}
	view.Language, view.Insurer = r.site.Default, r.site.Profile != nil
	view.Title, view.Description = ui.MissingTitle.Plain, ui.MissingTitle.Plain
	if r.base != "" {
		view.HeadScript = ""
	}
	return r.whole(w, "missing", view)
}

// movedPage writes the page at the address of a question that is gone.
func (e *edition) movedPage(w *markup.Writer, to *site.Question) error {
	view := outsideView{shell: e.r.head("moved", &pageDays{}, ""), Href: "../" + site.PagePath("home"), To: e.UI.MissingHome.HTML}
	view.Language, view.Base, view.Insurer = e.Language, "../", e.r.site.Profile != nil
	view.Title, view.Description = e.titled(e.UI.MovedTitle.Plain), e.UI.MovedTitle.Plain
	address := site.PagePath("home")
	if to != nil {
		to = e.r.site.Question(to.ID)
	}
	if to != nil && to.In(e.Language) != nil {
		view.Href, view.To, address = to.ID+".html", to.In(e.Language).TitleIn(e.Language).HTML, site.QuestionPath(to.ID)
	}
	if e.r.base != "" {
		view.Meta = markup.Tag("link", markup.Attr("rel", "canonical")+markup.Attr("href", e.r.address(e.Language, address)))
	}
	page, err := e.r.layouts["moved"].Run("moved", view)
	fragment(w, page, "../")
	return err
}
