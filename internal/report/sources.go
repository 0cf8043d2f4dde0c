package report

import (
	"cmp"
	"slices"
	"strings"

	"sitegen/internal/site"
	"sitegen/internal/terminal"
)

// listedSource is a source with everything that cites it. With --format json it is one line of the output.
type listedSource struct {
	ID        string   `json:"id"`
	Publisher string   `json:"publisher"`
	Title     string   `json:"title"`
	Address   string   `json:"address,omitempty"`
	Published string   `json:"published,omitempty"` // when the source was published: a day, a month or a year
	Read      string   `json:"read"`
	Seen      string   `json:"seen"`
	Facts     []string `json:"facts"` // ids of facts; here and in Questions, those of an insurer have the insurer's id and a slash in front
	Questions []string `json:"questions"`
	Terms     []string `json:"terms"`
	Rules     []string `json:"rules"` // rule files that cite the source
}

// Sources writes every source of a site, with everything that cites it. inRules has the rule files that cite each source, by id.
// If `json` is true, each source is a line of JSON.
func Sources(t *terminal.Terminal, general *site.Site, inRules map[string][]string, json bool) error {
	return list(t, json, listSources(general, inRules), sourceLines)
}

// listSources lists the sources in the order of their file, each with everything that cites it.
func listSources(general *site.Site, inRules map[string][]string) []listedSource {
	facts, questions, terms := map[*site.Source][]string{}, map[*site.Source][]string{}, map[*site.Source][]string{}
	for _, s := range append([]*site.Site{general}, general.Insurers...) {
		prefix := ""
		if s != general {
			prefix = s.Profile.ID + "/"
		}
		for _, fact := range s.Facts {
			if s == general || general.Fact(fact.ID) != fact {
				note(facts, fact.Sources, prefix+fact.ID)
			}
		}
		for _, question := range s.Questions {
			if s == general || general.Question(question.ID) == nil {
				note(questions, question.Sources, prefix+question.ID)
			}
		}
	}
	for _, term := range general.Terms {
		note(terms, term.Sources, term.ID)
	}
	var cited []listedSource
	for _, s := range general.Sources {
		cited = append(cited, listedSource{
			ID: s.ID, Publisher: s.Publisher, Title: s.Title, Address: s.Address,
			Published: s.Published, Read: s.Read.String(), Seen: s.Seen,
			Facts: namesOf(facts[s]), Questions: namesOf(questions[s]), Terms: namesOf(terms[s]), Rules: namesOf(inRules[s.ID]),
		})
	}
	return cited
}

// note adds a name to the users of each of these sources, unless it is already there.
func note(users map[*site.Source][]string, sources []*site.Source, name string) {
	for _, s := range sources {
		if !slices.Contains(users[s], name) {
			users[s] = append(users[s], name)
		}
	}
}

// namesOf returns a copy of a list. The copy is never nil, because JSON writes a nil list as null.
func namesOf(names []string) []string { return append([]string{}, names...) }

// seenWords has the words for each value of [schema.SourcesSeen].
var seenWords = map[string]phrase{
	"original":  {"原本", "the original"},
	"quoted":    {"ほかの資料での引用", "as quoted by others"},
	"announced": {"前もっての発表", "as announced beforehand"},
}

// sourceLines returns the lines that describe a source to people.
func sourceLines(t *terminal.Terminal, s listedSource) []string {
	lines := []string{
		t.Words(phrase{"%s（%s %s）", "%s (%s, %s)"}, s.ID, s.Publisher, s.Title),
		t.Words(phrase{"  出た日: %s", "  published: %s"}, cmp.Or(s.Published, t.Words(phrase{"わからない", "unknown"}))),
		t.Words(phrase{"  確かめた日: %s", "  read on: %s"}, s.Read),
		t.Words(phrase{"  見たもの: %s", "  seen: %s"}, t.Words(seenWords[s.Seen])),
	}
	if s.Address != "" {
		lines = append(lines, t.Words(phrase{"  アドレス: %s", "  address: %s"}, s.Address))
	}
	used := len(lines)
	for _, users := range []struct {
		label phrase
		names []string
	}{
		{phrase{"  事実: %s", "  facts: %s"}, s.Facts},
		{phrase{"  質問: %s", "  questions: %s"}, s.Questions},
		{phrase{"  用語: %s", "  terms: %s"}, s.Terms},
		{phrase{"  ルール: %s", "  rules: %s"}, s.Rules},
	} {
		if len(users.names) > 0 {
			lines = append(lines, t.Words(users.label, strings.Join(users.names, ", ")))
		}
	}
	if len(lines) == used {
		lines = append(lines, t.Words(phrase{"  これによるもの: なし", "  rests on it: nothing"}))
	}
	return lines
}
