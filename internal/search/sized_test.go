package search

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/load"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// The limits of a first search among many questions. It may load at most mostLoaded compressed bytes of index and words, which leaves room
// for the script within 40 KB. With ten times as many questions, it may load on average at most mostGrowth times as much.
const (
	manyQuestions = 5000
	fewQuestions  = manyQuestions / 10
	mostLoaded    = 33_000
	mostGrowth    = 2
	shown         = 5 // how many results are shown; each may be in a different file
)

// grown returns an index of n made-up questions. Their titles, answers and keywords consist of pieces of the real texts. Every fourth
// keyword is a new word, so that the number of different words grows as in real texts.
func grown(t *testing.T, s *site.Site, n int) *Index {
	t.Helper()
	l := s.Default
	var titles, answers, keywords []string
	for _, q := range s.Questions {
		text := q.In(l)
		titles = append(titles, strings.FieldsFunc(text.Title.Plain, cut)...)
		for _, a := range text.Answers {
			answers = append(answers, strings.FieldsFunc(a.Text.Plain, cut)...)
		}
		keywords = append(keywords, text.Keywords...)
	}
	letters := []rune(strings.Join(keywords, ""))
	letters = slices.DeleteFunc(letters, func(r rune) bool { return !isHan(r) })
	random := rand.New(rand.NewPCG(1, uint64(n)))
	some := func(list []string, most int) string {
		var b strings.Builder
		for range 1 + random.IntN(most) {
			b.WriteString(list[random.IntN(len(list))])
		}
		return b.String()
	}
	phrase := func(text string) site.Phrase { return markup.Words(text) }
	var texts []*site.Translation
	for i := range n {
		text := &site.Translation{Question: &site.Question{ID: "q" + strconv.Itoa(i), From: civil.Unset, Until: civil.Unset}, Title: phrase(some(titles, 3))}
		text.Answers = []site.Variant{{Text: phrase(some(answers, 4)), From: civil.Unset, Until: civil.Unset}}
		for k := range 20 {
			word := keywords[random.IntN(len(keywords))]
			if k%4 == 0 {
				word = string([]rune{letters[random.IntN(len(letters))], letters[random.IntN(len(letters))], letters[random.IntN(len(letters))]})
			}
			text.Keywords = append(text.Keywords, word)
		}
		texts = append(texts, text)
	}
	return indexTexts(s, l, texts, synonymsOf(s, l))
}

func cut(r rune) bool { return strings.ContainsRune("。、？！「」（） ", r) }

// filesOf returns the files of an index, in the form in which a site has them.
func filesOf(x *Index) *Files {
	f := filesFor(len(x.texts))
	m := f.make(x)
	for _, s := range x.synonyms {
		m.core.Synonyms = append(m.core.Synonyms, append([]string{s.typed}, s.means...))
	}
	f.made = func() made { return m }
	return f
}

// loads returns the numbers of the files of keys that a query needs. script/search/files.ts loads the same files.
func (f *Files) loads(query string) map[int]bool {
	m, files := f.made(), map[int]bool{}
	for _, u := range m.index.units(m.index.asMeant(Normalise(query))) {
		for _, alternative := range u.alternatives {
			for _, l := range alternative {
				if slices.ContainsFunc(l.unless, func(key string) bool { return len(m.index.postings[key]) > 0 }) {
					continue
				}
				from, to := l.key, l.key
				if l.like {
					from, to = l.prefix(), l.prefix()+"\uffff"
				}
				for i, first := range m.core.Firsts {
					if first <= to && (i+1 == len(m.core.Firsts) || m.core.Firsts[i+1] > from) {
						files[i] = true
					}
				}
			}
		}
	}
	return files
}

func compressed(t *testing.T, text string) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// A first search among 5,000 questions loads little, and not much more than a first search among 500. WRITE=folder writes both indexes as
// files, which `make search-speed` measures in a browser.
func TestSized(t *testing.T) {
	s, _, err := load.Site(os.DirFS("../../content"), "content", civil.Of(2026, 12, 15))
	if err != nil {
		t.Fatal(err)
	}
	var queries []string
	for _, q := range s.Queries {
		if q.Language == s.Default && len(q.Questions) > 0 {
			queries = append(queries, q.Text)
		}
	}
	most := map[int]int{}
	average := map[int]int{}
	for _, n := range []int{fewQuestions, manyQuestions} {
		f := filesOf(grown(t, s, n))
		if folder := os.Getenv("WRITE"); folder != "" {
			write(t, f, filepath.Join(folder, strconv.Itoa(n)))
		}
		core, words := compressed(t, f.Core()), 0
		for i := range f.WordFiles {
			words = max(words, compressed(t, f.Words(i)))
		}
		keys := map[int]int{} // compressed size of each file that the queries need, by its number
		for _, query := range queries {
			sum := core + shown*words
			for i := range f.loads(query) {
				if keys[i] == 0 {
					keys[i] = compressed(t, f.Keys(i))
				}
				sum += keys[i]
			}
			most[n] = max(most[n], sum)
			average[n] += sum
		}
		average[n] /= len(queries)
		t.Logf("%d questions: a first search loads %d bytes on average, at most %d, of %d and %d files", n, average[n], most[n], f.KeyFiles, f.WordFiles)
	}
	if most[manyQuestions] > mostLoaded {
		t.Errorf("a first search among %d questions loads %d bytes, at most %d may be", manyQuestions, most[manyQuestions], mostLoaded)
	}
	if average[manyQuestions] > mostGrowth*average[fewQuestions] {
		t.Errorf("a first search among %d questions loads %d bytes, %d among %d", manyQuestions, average[manyQuestions], average[fewQuestions], fewQuestions)
	}
}

func write(t *testing.T, f *Files, folder string) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"index": f.Core()}
	for i := range f.KeyFiles {
		files[fmt.Sprint("k", i)] = f.Keys(i)
	}
	for i := range f.WordFiles {
		files[fmt.Sprint("q", i)] = f.Words(i)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name+".js"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
