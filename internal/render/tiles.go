package render

import (
	"net/url"
	"slices"

	"sitegen/internal/interview"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// tilesView is the checker's first question on the home page.
type tilesView struct {
	Words  map[string]site.Phrase // of the checker's page
	Papers []tileView             // each with a drawing
	Others []tileView             // "something else", "nothing" and "I don't know"
}

// tileView is a link into the checker with an answer to its first question. In the HTML it leads to a page without script. The
// theme's script replaces this address with Checker.
type tileView struct {
	Name    site.Phrase
	Picture markup.HTML
	Plain   string // the address without script
	Checker string // the address with script
}

// dontKnow is the answer "I don't know" in the fragment of the checker's address. A tile puts its answer to the first question
// there: one value, "" for nothing, or dontKnow. script/checker/answers.ts reads it.
const dontKnow = "?"

// tiles returns the tiles of the home page. base is the relative path from there to the language's folder.
func (e *edition) tiles(base string) *tilesView {
	if e.r.checker == nil || e.r.noScript == nil || len(e.r.site.Checker.Tiles) == 0 {
		return nil
	}
	p, look, words := e.r.checker.Program, e.r.site.Checker, e.Checker
	held := p.InputOf(p.Held)
	names := p.Names.Inputs[held]
	question := words.Questions.Of(names.ID)
	checker := func(answer string) string {
		return base + site.CheckerPath + "#" + url.PathEscape(names.ID) + "=" + answer
	}
	plain := func(fits func(interview.Answer) bool) string { return e.noScriptTile(base, fits) }
	kind := func(kind interview.AnswerKind) func(interview.Answer) bool {
		return func(a interview.Answer) bool { return a.Kind == kind }
	}
	v := &tilesView{Words: words.Page.ForTemplates()}
	for _, tile := range look.Tiles {
		value := slices.Index(names.Values, tile.Value)
		name, short := question.Tiles.Get(tile.Value)
		if !short {
			name = question.Values.Of(tile.Value).Name
		}
		v.Papers = append(v.Papers, tileView{
			Name: name, Picture: e.r.site.Pictures[tile.Picture],
			Checker: checker(url.PathEscape(tile.Value)),
			Plain:   plain(func(a interview.Answer) bool { return a.Kind == interview.OneValue && a.Value == value }),
		})
	}
	v.Others = []tileView{
		{Name: words.Page.Of("tiles_other"), Checker: base + site.CheckerPath, Plain: plain(kind(interview.Other))},
		{Name: words.Page.Of("have_none"), Checker: checker(""), Plain: plain(kind(interview.Nothing))},
		{Name: question.Unknown, Checker: checker(dontKnow), Plain: plain(kind(interview.NotKnown))},
	}
	return v
}

// noScriptTile returns the address to which an answer to the first question leads without script: a page, or the follow-up
// question on the first page. If the first page has no such answer, it returns the address of that page.
func (e *edition) noScriptTile(base string, fits func(interview.Answer) bool) string {
	first := &e.r.noScript.pages.Pages[0]
	ids := e.thenIDs(first)
	for k, link := range first.Links {
		switch {
		case !slices.ContainsFunc(link.Answers, fits):
		case link.Then == nil:
			return e.noScriptFrom(base, link.To)
		case ids[k] != "":
			return e.noScriptFrom(base, 0) + "#" + ids[k]
		}
	}
	return e.noScriptFrom(base, 0)
}
