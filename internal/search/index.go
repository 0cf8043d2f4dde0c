package search

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"sitegen/internal/site"
)

// Index is the search index of one site in one language.
type Index struct {
	Questions []*site.Question // a question's index is its number
	texts     []*site.Translation
	keys      []string // sorted
	postings  map[string][]posting
	counts    map[string]int // number of all questions with a key, if postings has only some of them
	synonyms  []synonym      // the synonyms with the longest typed text first
	misspelt  []synonym      // misspellings, each with one meaning
}

// posting says how relevant a key is to a question. `impact` is a number from 1 to mostImpact.
type posting struct{ question, impact int }

// How much a word counts in each part of a question. Of the body, only the headings are read: nearly every body names each paper. With the
// whole body, more queries put the wrong page first, and the index was three times as large.
const (
	worthTitle   = 30
	worthKeyword = 24
	worthAnswer  = 12
	worthOther   = 10 // the title in a different language; keywords in that language count half
	worthHeading = 8
)

// In a title of n words or pairs, each of them counts (titleBase + titleShort/n) times the worth of the title.
const (
	titleBase  = .75
	titleShort = 3
)

// The impact of a key on a question grows with the worth of the key in the question, up to mostImpact. A worth of halfWorth gives half of
// mostImpact.
const (
	mostImpact = 16
	halfWorth  = 30
)

// mostListed is the maximum number of questions that a key lists. These are the questions to which the key is most relevant. A key of many
// questions hardly distinguishes them, and without a limit, a search among thousands of questions would mostly load such lists.
const mostListed = 300

// New makes the index of a site's questions in one language.
func New(s *site.Site, l *site.Language) *Index {
	x := indexOf(s, l, s.Questions, synonymsOf(s, l))
	x.misspelt = misspeltOf(s, l)
	return x
}

// indexOf makes the index of some of a site's questions.
func indexOf(s *site.Site, l *site.Language, questions []*site.Question, synonyms []synonym) *Index {
	var texts []*site.Translation
	for _, q := range questions {
		if t := q.In(l); t != nil {
			texts = append(texts, t)
		}
	}
	return indexTexts(s, l, texts, synonyms)
}

func indexTexts(s *site.Site, l *site.Language, texts []*site.Translation, synonyms []synonym) *Index {
	x := &Index{texts: texts, postings: map[string][]posting{}, counts: map[string]int{}, synonyms: synonyms}
	for i, t := range texts {
		for key, w := range worthOf(s, l, t).sums {
			if impact := int(math.Round(mostImpact * w.sum / (w.sum + halfWorth))); impact > 0 {
				x.postings[key] = append(x.postings[key], posting{i, impact})
			}
		}
		x.Questions = append(x.Questions, t.Question)
	}
	x.keys = slices.Sorted(maps.Keys(x.postings))
	for _, key := range x.keys {
		if list := x.postings[key]; len(list) > mostListed {
			x.counts[key] = len(list)
			slices.SortStableFunc(list, func(a, b posting) int { return cmp.Compare(b.impact, a.impact) })
			list = slices.Clone(list[:mostListed])
			slices.SortFunc(list, func(a, b posting) int { return cmp.Compare(a.question, b.question) })
			x.postings[key] = list
		}
	}
	return x
}

// readFor reports whether the index of the language l also reads a question's text in the site language `other`. It does if both are the
// same natural language, because the other text has different words and readings. It also does if `other` is the default language, because
// some people type its words.
func readFor(s *site.Site, l, other *site.Language) bool {
	return other.Lang == l.Lang || other == s.Default
}

// worths adds up how much the parts of a question use each key. `part` is the number of the part that is being read.
type worths struct {
	sums map[string]worth
	part int
}

type worth struct {
	sum         float64
	part, times int // part is the number of the last part that contains the key; times is how often the key occurs in it
}

func worthOf(s *site.Site, l *site.Language, t *site.Translation) *worths {
	w := &worths{sums: make(map[string]worth, 256)}
	w.add(titleWorth(worthTitle, t.Title.Plain), t.Title.Plain, t.Reading, reading(string(t.Title.HTML)))
	w.add(worthKeyword, t.Keywords...)
	for _, answer := range t.Answers {
		w.add(worthAnswer, answer.Text.Plain)
		w.add(worthAnswer/2, reading(string(answer.Text.HTML)))
	}
	w.add(worthHeading, headings(string(t.Body()))...)
	for _, other := range s.Languages {
		o := t.Question.In(other)
		if o == nil || o == t || !readFor(s, l, other) {
			continue
		}
		w.add(titleWorth(worthOther, o.Title.Plain), o.Title.Plain, o.Reading, reading(string(o.Title.HTML)))
		w.add(worthOther/2, o.Keywords...)
		for _, answer := range o.Answers {
			if other.Lang == l.Lang { // the same answer in different words of the same language, with its reading
				w.add(worthAnswer/2, reading(string(answer.Text.HTML)))
			}
		}
	}
	return w
}

// titleWorth returns how much each word of a title counts. `worth` says how much the title counts as a whole. A word counts more in a
// title with fewer words, because a short title is about each of its words. So a name alone finds the page that explains the name. Words
// of one or two Latin letters are not counted as words of the title.
func titleWorth(worth float64, title string) float64 {
	n := 0
	for _, token := range tokens(Normalise(title)) {
		token.each(func(f feature) {
			if f.weight == pairWeight && (token.grams || len(f.key) > 2) {
				n++
			}
		})
	}
	return worth * (titleBase + titleShort/float64(max(1, n)))
}

// add counts the words of a part of a question. The second occurrence of a word in a part counts a quarter, and further occurrences count
// nothing.
func (w *worths) add(worth float64, texts ...string) {
	w.part++
	for _, text := range texts {
		if text == "" {
			continue
		}
		for _, token := range tokens(Normalise(text)) {
			token.each(func(f feature) { w.count(f.key, worth*float64(f.weight)/pairWeight) })
		}
	}
}

func (w *worths) count(key string, worth float64) {
	known := w.sums[key]
	if known.part != w.part {
		known.part, known.times = w.part, 0
	}
	known.times++
	switch known.times {
	case 1:
		known.sum += worth
	case 2:
		known.sum += worth / 4
	default:
		return
	}
	w.sums[key] = known
}
