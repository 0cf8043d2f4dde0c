package render

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/bundle"
	"sitegen/internal/diag"
	"sitegen/internal/markup"
	"sitegen/internal/search"
	"sitegen/internal/site"
)

// searchScript is the script of the search and searchStyle the style of its box. styleMark is the placeholder for the style in
// the script.
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

// aroundSearch returns what the search shows besides questions. In its words, "@" is the placeholder for a number, a query or
// a paper.
func (e *edition) aroundSearch(x *search.Index) search.Around {
	ui, at := &e.UI, markup.Words("@")
	words := map[string]site.Phrase{
		"label": ui.SearchLabel, "hint": ui.SearchHint, "close": ui.SearchClose, "more": ui.SearchMore, "count": ui.SearchCount.With("n", at),
		"none": ui.SearchNone.With("query", at), "topics": ui.SearchTopics, "phone": ui.SearchPhone, "failed": ui.SearchFailed,
		"checker": ui.SearchChecker, "paper": ui.SearchPaper.With("paper", at),
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
	p := place{kind: "search", path: searchPath}
	s := e.shell(p, e.titled(e.UI.SearchTitle.Plain), e.UI.SearchDescription.Plain, e.on(nil, limits(e.r.site.Questions...)...))
	s.Searching = true
	s.Rail = "" // the topics are on the page itself
	view := searchView{shell: &s}
	for _, topic := range e.r.site.Topics {
		if len(e.r.site.QuestionsOf(topic)) > 0 {
			view.Topics = append(view.Topics, e.topicView(topic))
		}
	}
	for _, group := range e.groups() {
		view.Groups = append(view.Groups, searchGroup{group.title, e.rowsHTML(s.Base, group.questions)})
	}
	return e.page(w, p, &s, view)
}

type group struct {
	title     site.Phrase
	questions []*site.Question
}

// kanaRows are the first letters of the kana rows.
const kanaRows = "あかさたなはまやらわ"

// groups sorts the questions of a language into groups by the first letter of their reading. All letters of a kana row are one
// group.
func (e *edition) groups() []group {
	type sorted struct {
		key, first string
		question   *site.Question
	}
	var list []sorted
	for _, q := range e.r.site.Questions {
		t := q.In(e.Language)
		if t == nil {
			continue
		}
		key := search.Normalise(search.Reading(t))
		first, _ := utf8.DecodeRuneInString(key)
		list = append(list, sorted{key, rowOf(first), q})
	}
	slices.SortStableFunc(list, func(a, b sorted) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.key, b.key)) })
	var groups []group
	for i, s := range list {
		if i == 0 || s.first != list[i-1].first {
			groups = append(groups, group{title: e.UI.SearchRow.With("letter", markup.Words(s.first))})
		}
		last := &groups[len(groups)-1]
		last.questions = append(last.questions, s.question)
	}
	return groups
}

// rowOf returns the first kana of the row that a hiragana belongs to. It returns any other letter as a capital.
func rowOf(first rune) string {
	if first < 0x3041 || first > 0x3096 {
		return string(unicode.ToUpper(first))
	}
	row := ""
	for _, r := range kanaRows {
		if r <= first {
			row = string(r)
		}
	}
	return row
}

// CheckSearch reports queries that do not find their questions, and synonyms for words that no page has: see [search.Check]. It
// does not check insurers' sites.
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
