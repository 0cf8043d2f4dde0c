package render

import (
	"bytes"
	"slices"
	"strconv"

	"sitegen/internal/bundle"
	"sitegen/internal/diag"
	"sitegen/internal/markup"
	"sitegen/internal/search"
	"sitegen/internal/site"
)

// searchScript is the script of the search and searchStyle the style of its box. styleMark is the placeholder for the style in the script.
// searchPath is the search page, and searchFolder the folder of the search files; both are relative to the language's folder.
const (
	searchScript = "search"
	searchStyle  = "search-box"
	styleMark    = "@style@"
	searchPath   = "search.html"
	searchFolder = "search/"
)

// findScript returns the theme's search script with the style of its box filled in.
func findScript(assets *bundle.Assets) (bundle.Script, error) {
	return withStyle(assets, searchScript, searchStyle)
}

// listSearch adds the search files of a language.
func (r *Renderer) listSearch(e *edition) {
	if r.general == nil {
		e.found = search.NewFiles(r.site, e.Language, e.aroundSearch)
	} else {
		general := r.general.editionOf(e.ID)
		e.found = search.NewOwnFiles(r.site, e.Language, r.general.site, general.found, "../../"+r.top()+e.ID+"/"+searchFolder)
	}
	add := func(name string, content func() string) {
		r.add(e.ID+"/"+searchFolder+name+".js", func(w *bytes.Buffer) error { w.WriteString(content()); return nil })
	}
	add("index", e.found.Core)
	for i := range e.found.KeyFiles {
		add("k"+strconv.Itoa(i), func() string { return e.found.Keys(i) })
	}
	for i := range e.found.WordFiles {
		add("q"+strconv.Itoa(i), func() string { return e.found.Words(i) })
	}
}

// aroundSearch returns what the search shows besides questions. The search script fills the slots of its phrases: a number, a query or a paper.
func (e *edition) aroundSearch(x *search.Index) search.Around {
	ui := &e.UI
	words := map[string]site.Phrase{
		"label": ui.SearchLabel, "hint": ui.SearchHint, "close": ui.SearchClose, "more": ui.SearchMore, "count": ui.SearchCount,
		"none": ui.SearchNone, "topics": ui.SearchTopics, "phone": ui.SearchPhone, "failed": ui.SearchFailed,
		"checker": ui.SearchChecker, "paper": ui.SearchPaper,
	}
	a := search.Around{Words: map[string]string{}}
	for key, phrase := range words {
		a.Words[key] = search.Written(string(phrase.HTML))
	}
	if e.r.checker == nil {
		return a
	}
	a.Offer = site.CheckerPath
	a.Papers = e.r.checker.SearchPapers(e.Language, x)
	return a
}

// searchView is the data of the search page. Without script the page lists the topics, and all questions by the first letter or
// the kana row of their reading.
type searchView struct {
	*shell
	Topics []topicView
	Groups []searchGroup
}

// searchGroup is a group of questions that begin with the same letter or kana row.
type searchGroup struct {
	Title site.Phrase
	Rows  markup.HTML
}

func (e *edition) searchPage(w *markup.Writer) error {
	s := e.shell(place{kind: "search", path: searchPath}, e.titled(e.UI.SearchTitle.Plain), e.UI.SearchDescription.Plain, e.on(nil, limits(e.r.site.Questions...)...))
	s.Searching = true
	s.Rail = "" // the topics are on the page itself
	view := searchView{shell: s}
	for _, topic := range e.r.site.Topics {
		if len(e.r.site.QuestionsOf(topic)) > 0 {
			view.Topics = append(view.Topics, e.topicView(topic))
		}
	}
	for _, group := range search.Groups(e.r.site.Questions, e.Language) {
		view.Groups = append(view.Groups, searchGroup{e.UI.SearchRow.With("letter", markup.Words(group.First)), e.rowsHTML(s.Base, group.Questions)})
	}
	return e.page(w, view)
}

// CheckSearch reports queries with a wrong result, and synonyms for words that no page has: see [search.Check]. It does not check insurers'
// sites.
func (r *Renderer) CheckSearch() []diag.Diagnostic {
	if r.site.Profile != nil {
		return nil
	}
	return search.Check(r.site, func(l *site.Language) *search.Index { return r.editionOf(l.ID).found.Index() })
}

// editionOf returns the edition of the language with the given id, which must exist.
func (r *Renderer) editionOf(id string) *edition {
	return r.editions[slices.IndexFunc(r.editions, func(e *edition) bool { return e.ID == id })]
}
