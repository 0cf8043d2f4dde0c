package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sitegen/internal/civil"
	"sitegen/internal/site"
)

// The numbers of questions per file of keys and per file of words. A query loads a few files of keys, and the files of words for the
// best hits, so its cost hardly grows with the site. Each file has about a kilobyte, and a query needs most of each file that it loads.
const (
	questionsPerKeys  = 3
	questionsPerWords = 4
)

// Files is an index in the form of the files that the pages' script loads (see script/search/files.ts).
type Files struct {
	KeyFiles, WordFiles int // how many files of each kind there are, known before the index is made

	made func() made
}

type made struct {
	index   *Index // nil if nobody will search in it: the index takes as much memory as all the files
	version string
	core    coreFile
	keys    []string
	words   []string
}

// coreFile is the content of the file that the script loads first: the synonyms, and where each key is.
type coreFile struct {
	Version  string     `json:"v"`
	Size     int        `json:"n"`
	PerWords int        `json:"per"`
	Firsts   []string   `json:"keys"`
	Base     string     `json:"base,omitempty"` // address of the general index, if this one holds only the differences
	Gone     []int      `json:"gone,omitempty"` // questions in the general index that this site lacks or changes
	Synonyms [][]string `json:"synonyms,omitempty"`
	Misspelt [][]string `json:"misspelt,omitempty"` // each: a misspelling and the right word
	Around
}

// Around is what the search shows in addition to questions.
type Around struct {
	Words  map[string]string `json:"words,omitempty"`
	Papers [][]string        `json:"papers,omitempty"` // each: the checker's address with the paper chosen, its name, and what people type for it
	Offer  string            `json:"offer,omitempty"`  // the address of the checker
}

// NewFiles prepares the files of a site's index in one language. The index is only made when the first file is requested. `around` returns
// the rest of the first file.
func NewFiles(s *site.Site, l *site.Language, around func(*Index) Around) *Files {
	f := filesFor(count(s.Questions, l))
	f.made = sync.OnceValue(func() made {
		m := f.make(New(s, l))
		m.core.Around = around(m.index)
		for _, s := range m.index.synonyms {
			m.core.Synonyms = append(m.core.Synonyms, append([]string{s.typed}, s.means...))
		}
		for _, s := range m.index.misspelt {
			m.core.Misspelt = append(m.core.Misspelt, []string{s.typed, s.means[0]})
		}
		return m
	})
	return f
}

// NewOwnFiles prepares the files of an insurer's site. They contain the questions that differ from the general site, and the numbers of the
// general questions that the insurer's site lacks or changes. `files` are the general site's files, and `base` is the relative address of
// their folder.
func NewOwnFiles(s *site.Site, l *site.Language, general *site.Site, files *Files, base string) *Files {
	var own []*site.Question
	for _, q := range s.Questions {
		if g := general.Question(q.ID); g == nil || !same(s, l, q, g) {
			own = append(own, q)
		}
	}
	f := filesFor(count(own, l))
	f.made = sync.OnceValue(func() made {
		theirs := files.made()
		m := f.make(indexOf(s, l, own, nil))
		m.index = nil
		m.core.Base = base
		for i, g := range theirs.index.Questions {
			if q := s.Question(g.ID); q == nil || !same(s, l, q, g) {
				m.core.Gone = append(m.core.Gone, i)
			}
		}
		return m
	})
	return f
}

// same reports whether an insurer's question and the general question are equal in everything that the index of a language reads.
func same(s *site.Site, l *site.Language, q, general *site.Question) bool {
	if q.From != general.From || q.Until != general.Until || q.Brings != general.Brings {
		return false
	}
	for _, other := range s.Languages {
		if (other == l || readFor(s, l, other)) && !saysTheSame(q.In(other), general.In(other)) {
			return false
		}
	}
	return true
}

// saysTheSame reports whether two texts are equal in everything that the index reads.
func saysTheSame(a, b *site.Translation) bool {
	if a == b || a == nil || b == nil {
		return a == b
	}
	return a.Title == b.Title && a.Reading == b.Reading && slices.Equal(a.Keywords, b.Keywords) &&
		slices.Equal(headings(string(a.Body())), headings(string(b.Body()))) &&
		slices.EqualFunc(a.Answers, b.Answers, func(a, b site.Variant) bool { return a.Text == b.Text && a.From == b.From && a.Until == b.Until })
}

func count(questions []*site.Question, l *site.Language) int {
	n := 0
	for _, q := range questions {
		if q.In(l) != nil {
			n++
		}
	}
	return n
}

func filesFor(questions int) *Files {
	return &Files{KeyFiles: (questions + questionsPerKeys - 1) / questionsPerKeys, WordFiles: (questions + questionsPerWords - 1) / questionsPerWords}
}

// Index returns the index from which the files are made, or nil for an insurer's own files.
func (f *Files) Index() *Index { return f.made().index }

func (f *Files) make(x *Index) made {
	m := made{index: x}
	firsts, shards := x.shards(f.KeyFiles)
	for i := range f.WordFiles {
		end := min(len(x.Questions), (i+1)*questionsPerWords)
		var list [][]any
		for _, t := range x.texts[i*questionsPerWords : end] {
			list = append(list, wordsOf(t))
		}
		m.words = append(m.words, encode(list))
	}
	for _, shard := range shards {
		m.keys = append(m.keys, encode(shard))
	}
	sum := sha256.Sum256([]byte(strings.Join(append(m.keys, m.words...), "\n")))
	m.version = hex.EncodeToString(sum[:])[:8]
	m.core = coreFile{Version: m.version, Size: len(x.Questions), PerWords: questionsPerWords, Firsts: firsts}
	return m
}

// Core returns the script that is loaded first.
func (f *Files) Core() string { return call("index", encode(f.made().core)) }

// Keys returns the script with part i of the keys.
func (f *Files) Keys(i int) string {
	m := f.made()
	return call("k"+strconv.Itoa(i)+"-"+m.version, m.keys[i])
}

// Words returns the script with part i of the texts of the questions.
func (f *Files) Words(i int) string {
	m := f.made()
	return call("q"+strconv.Itoa(i)+"-"+m.version, m.words[i])
}

func call(name, content string) string { return "sitegenSearch(" + encode(name) + "," + content + ")" }

// wordsOf returns a question as the search shows it: its address and title, its answers with the last day of each, its first and last day,
// and whether it is about what to bring.
func wordsOf(t *site.Translation) []any {
	var answers [][]string
	for _, a := range t.Answers {
		answers = append(answers, []string{Written(string(a.Text.HTML)), compact(a.Until)})
	}
	return []any{site.QuestionPath(t.Question.ID), Written(string(t.Title.HTML)), answers, compact(t.Question.From), compact(t.Question.Until), t.Question.Brings}
}

func compact(day civil.Date) string {
	if day == civil.Unset {
		return ""
	}
	return day.Compact()
}

var readings = strings.NewReplacer("{", "｛", "}", "｝", "<ruby>", "{", "<rp>(<rt>", "|", "<rp>)</ruby>", "}")

// Written returns HTML as plain text, in the form that the search script reads: readings are in the authors' notation, {word|reading}.
func Written(text string) string { return html.UnescapeString(withoutTags(readings.Replace(text))) }

func encode(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return string(data)
}
