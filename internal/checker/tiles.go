package checker

import (
	"net/url"
	"slices"

	"sitegen/internal/interview"
	"sitegen/internal/markup"
	"sitegen/internal/search"
	"sitegen/internal/site"
	"sitegen/internal/table"
)

// Opening is the first question as the checker's page shows it before its script runs.
type Opening struct {
	Held   site.QuestionWords
	Papers []firstPaper // the papers that are shown without "more"
	First  site.Phrase  // the text above the question: its number
}

// firstPaper is an answer to the first question. Drawn reports whether the script puts a drawing beside its words.
type firstPaper struct {
	site.NamedWords
	Drawn bool
}

// held returns the names of the input that the first question asks for.
func (s *Site) held() *table.InputNames {
	return &s.Program.Names.Inputs[s.Program.InputOf(s.Program.Held)]
}

// Opening returns the first question in a language.
func (s *Site) Opening(l *site.Language) Opening {
	o := Opening{Held: l.Checker.Questions.Of(s.held().ID), First: l.Checker.Page.Of("progress").With("n", site.Phrase{HTML: "1", Plain: "1"})}
	for _, id := range s.site.Checker.First {
		o.Papers = append(o.Papers, firstPaper{o.Held.Values.Of(id), s.site.Checker.Pictures[id] != ""})
	}
	return o
}

// Tiles are the checker's first question on the home page.
type Tiles struct {
	Words  map[string]site.Phrase // the words of the checker's page
	Papers []tile                 // each with a drawing
	Others []tile                 // "something else", "nothing" and "I don't know"
}

// tile is a link into the checker with an answer to its first question. In the HTML it leads to a page without script. The
// theme's script replaces this address with Checker.
type tile struct {
	Name    site.Phrase
	Picture markup.HTML
	Plain   string // the address without script
	Checker string // the address with script
}

// dontKnow is the answer "I don't know" in the fragment of the checker's address. A tile puts its answer to the first question
// there: one value, "" for nothing, or dontKnow. script/checker/answers.ts reads it.
const dontKnow = "?"

// answered returns the address of the checker's page with an answer to the first question. It is relative to the folder of a
// language.
func (s *Site) answered(answer string) string {
	return site.CheckerPath + "#" + url.PathEscape(s.held().ID) + "=" + answer
}

// Tiles returns the tiles of the home page in a language, or nil if rules/page.yaml has none. `base` is the relative path from the
// home page to the language's folder.
func (s *Site) Tiles(l *site.Language, base string) *Tiles {
	if len(s.site.Checker.Tiles) == 0 {
		return nil
	}
	e, words, names := s.in(l), l.Checker, s.held()
	question := words.Questions.Of(names.ID)
	plain := func(fits func(interview.Answer) bool) string { return e.plainTile(base, fits) }
	kind := func(kind interview.AnswerKind) func(interview.Answer) bool {
		return func(a interview.Answer) bool { return a.Kind == kind }
	}
	t := &Tiles{Words: words.Page.ForTemplates()}
	for _, offered := range s.site.Checker.Tiles {
		value := slices.Index(names.Values, offered.Value)
		name, short := question.Tiles.Get(offered.Value)
		if !short {
			name = question.Values.Of(offered.Value).Name
		}
		t.Papers = append(t.Papers, tile{
			Name: name, Picture: s.site.Pictures[offered.Picture],
			Checker: base + s.answered(url.PathEscape(offered.Value)),
			Plain:   plain(func(a interview.Answer) bool { return a.Kind == interview.OneValue && a.Value == value }),
		})
	}
	t.Others = []tile{
		{Name: words.Page.Of("tiles_other"), Checker: base + site.CheckerPath, Plain: plain(kind(interview.Other))},
		{Name: words.Page.Of("have_none"), Checker: base + s.answered(""), Plain: plain(kind(interview.Nothing))},
		{Name: question.Unknown, Checker: base + s.answered(dontKnow), Plain: plain(kind(interview.NotKnown))},
	}
	return t
}

// plainTile returns the address to which an answer to the first question leads without script: a page, or the follow-up question
// on the first page. If the first page has no such answer, or the follow-up question has no id, it returns the address of the
// first page.
func (e edition) plainTile(base string, fits func(interview.Answer) bool) string {
	first := &e.noScript.pages.Pages[0]
	ids := e.thenIDs(first)
	for k, link := range first.Links {
		switch {
		case !slices.ContainsFunc(link.Answers, fits):
		case link.Then == nil:
			return e.noScript.from(e.Language, base, link.To)
		case ids[k] != "":
			return e.Start(e.Language, base) + "#" + ids[k]
		}
	}
	return e.Start(e.Language, base)
}

// SearchPapers returns the papers of the tiles as the search offers them: see [search.Around]. `x` is the language's search index.
func (s *Site) SearchPapers(l *site.Language, x *search.Index) (papers [][]string) {
	for _, tile := range s.site.Checker.Tiles {
		name := l.Checker.Questions.Of(s.held().ID).Values.Of(tile.Value).Name
		typed := x.Typed(name.Plain)
		for _, term := range s.site.Drawn(tile.Picture) {
			typed = append(typed, x.Typed(term.In(l).Name.Plain)...)
		}
		papers = append(papers, append([]string{s.answered(url.PathEscape(tile.Value)), search.Written(string(name.HTML))}, typed...))
	}
	return papers
}
