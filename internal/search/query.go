package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Hit is a question that a query found.
type Hit struct {
	Question int     // the question's number in the index
	Score    float64 // compares the hits of one query; higher is better
	Share    float64 // how much of the query, by weight, the question covers: 0 to 1
	Matches  []Match // why the question was found, in the order of the query
}

// Match is a key of the index by which a question was found.
type Match struct {
	Typed string // the part of the query, normalised
	Key   string
	Score int
}

// unit is a part of the query with everything that it may mean, as alternatives. For each question, the alternative with the highest score
// counts.
type unit struct {
	typed        string
	alternatives [][]lookup
	named        bool // it is a synonym, or one of the words that synonyms mean
}

// lookup is a key to look up, with its weight in percent.
type lookup struct {
	key    string
	weight int
	like   bool     // keys that begin with this key, and inflected or misspelt forms of it, count too, with lower weights
	unless []string // the key is looked up only if no page has any of these keys; a single kanji, for example, only if no page has the typed pair
}

// Weights in percent. leastShare is the minimum share of the query that a hit must cover. A question covers a key fully if the key's impact
// on the question is fullImpact or more.
const (
	synonymWeight   = 90 // a word of the pages for which a synonym was typed
	begunWeight     = 70 // a word that begins with the typed letters
	inflectedWeight = 50 // a word that begins in the same way as the typed word
	misspeltWeight  = 60
	leastShare      = 0.14
	knownShare      = 0.3
	fullImpact      = 6
)

// got is the result of a question for a part of the query. `told` says how much of the part the question covers, and `share` is `told`
// divided by its highest possible value. `points` is the score in the whole query.
type got struct {
	score, told   int
	share, points float64
	why           []Match
}

// Search returns the questions that match a query, best first. If the query has a named unit (保険証), a unit that no question knows does not
// hide what the others find: it counts no more than the least of those that questions know, and the best questions are hits in any case.
func (x *Index) Search(query string) []Hit {
	var units []found
	named, bound := false, math.Inf(1) // bound is the weight of the least unit that questions know
	for _, u := range x.units(x.asMeant(Normalise(query))) {
		f := x.find(u)
		units = append(units, f)
		named = named || u.named
		if f.known {
			bound = min(bound, f.weight)
		}
	}
	all, whole, most := map[int]*got{}, 0.0, 0.0
	for _, f := range units {
		weight := f.weight
		if named && !f.known {
			weight = min(weight, bound)
		}
		whole += weight
		for q, g := range f.best {
			if all[q] == nil {
				all[q] = &got{}
			}
			all[q].points += float64(float64(g.score)*weight) / f.weight
			all[q].share += float64(g.share * weight)
			all[q].why = append(all[q].why, g.why...)
			most = max(most, all[q].share)
		}
	}
	least := leastShare * whole
	if named {
		least = min(least, most)
	}
	var hits []Hit
	for q, g := range all {
		if g.share >= least {
			share := g.share / whole
			hits = append(hits, Hit{q, g.points * share, share, g.why})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Question, b.Question))
	})
	return hits
}

// found is what a unit finds: the best result of each question, and the weight of the unit. If `known`, a question covers knownShare of it.
type found struct {
	best   map[int]*got
	weight float64
	known  bool
}

func (x *Index) find(u unit) found {
	f := found{best: map[int]*got{}}
	for i, alternative := range u.alternatives {
		results, most := x.weigh(alternative, u.typed)
		if i == 0 {
			f.weight = float64(most)
		}
		for q, g := range results {
			if g.share = float64(g.told) / float64(most); f.best[q] == nil || g.score > f.best[q].score {
				f.best[q] = g
			}
		}
	}
	for _, g := range f.best {
		f.known = f.known || g.share >= knownShare
	}
	return f
}

// weigh looks up the keys of an alternative. It returns the result of each question, and the highest possible value of `told`, by which
// `told` is divided to give `share`.
func (x *Index) weigh(alternative []lookup, typed string) (map[int]*got, int) {
	sums, most := map[int]*got{}, 0
	for _, l := range alternative {
		if slices.ContainsFunc(l.unless, func(key string) bool { return len(x.postings[key]) > 0 }) {
			continue
		}
		best, weight := map[int]Match{}, 0
		told := map[int]int{}
		alike, known := x.alike(l), len(x.postings[l.key]) > 0
		for i, f := range alike {
			if i == 0 && len(alike) > 1 && !known {
				continue // no page has the key itself, so the word is misspelt or unfinished
			}
			rarity := x.rarity(f.key)
			if known {
				rarity = min(rarity, x.rarity(l.key)) // a rare similar word must not weigh more than the common word that was typed
			}
			rarity *= f.weight
			weight = max(weight, rarity)
			for _, p := range x.postings[f.key] {
				if score := rarity * p.impact; score > best[p.question].Score {
					best[p.question] = Match{typed, f.key, score}
					told[p.question] = rarity * min(p.impact, fullImpact)
				}
			}
		}
		most += weight * fullImpact
		for q, m := range best {
			if sums[q] == nil {
				sums[q] = &got{}
			}
			sums[q].score += m.Score
			sums[q].told += told[q]
			sums[q].why = append(sums[q].why, m)
		}
	}
	return sums, most
}

// rarity says how much a key distinguishes questions: little if many questions have it. A key of no question counts like a key of one.
func (x *Index) rarity(key string) int {
	n, have := float64(len(x.Questions)), float64(max(1, len(x.postings[key]), x.counts[key]))
	return max(1, int(math.Round(16*math.Log2(1+(n-have+.5)/(have+.5)))))
}

// units cuts a normalised query into its units.
func (x *Index) units(query string) []unit {
	var list []unit
	start := 0
	plain := func(end int) {
		for _, t := range tokens(query[start:end]) {
			list = append(list, x.plainUnit(t))
		}
	}
	for at := 0; at < len(query); {
		s := x.synonymAt(query, at)
		if s == nil {
			at += len(string(firstRune(query[at:])))
			continue
		}
		plain(at)
		u := unit{typed: s.typed, alternatives: [][]lookup{literal(s.typed, 100)}, named: true}
		for _, means := range s.means {
			u.alternatives = append(u.alternatives, literal(means, synonymWeight))
		}
		list = append(list, u)
		at += len(s.typed)
		start = at
	}
	plain(len(query))
	return list
}

// plainUnit returns the unit of a token that is not a synonym. A word in Latin letters may be romaji.
func (x *Index) plainUnit(t token) unit {
	text := string(t.letters)
	u := unit{text, [][]lookup{literal(text, 100)}, x.isMeant(text)}
	if t.grams {
		for _, name := range x.nearly(t.letters) {
			u.alternatives = append(u.alternatives, literal(name, misspeltWeight))
		}
		return u
	}
	if kana := fromRomaji(text); kana != "" {
		u.alternatives = append(u.alternatives, literal(kana, 100))
	}
	if len(t.letters) >= 4 && !isDigit(t.letters[0]) {
		u.alternatives = append(u.alternatives, []lookup{swapped(text)})
	}
	return u
}

// isMeant reports whether synonyms mean exactly this text.
func (x *Index) isMeant(text string) bool {
	return slices.ContainsFunc(x.synonyms, func(s synonym) bool { return slices.Contains(s.means, text) })
}

// swapped returns a lookup for a word whose second and third letters are swapped (lsot for lost). The method Index.alike does not find such
// a word, because it looks only at keys with the same first two letters. The lookup counts only if no page has the word as it was typed.
func swapped(text string) lookup {
	typed := singular(text)
	letters := []rune(typed)
	letters[1], letters[2] = letters[2], letters[1]
	return lookup{key: string(letters), weight: misspeltWeight, unless: []string{typed}}
}

// nearly returns the words in the synonyms that a misspelt sequence of letters may stand for.
func (x *Index) nearly(typed []rune) []string {
	var list []string
	for _, s := range x.synonyms {
		for i, name := range append([]string{s.typed}, s.means...) {
			if !isNearly(typed, []rune(name)) {
				continue
			}
			meant := s.means
			if i > 0 {
				meant = []string{name}
			}
			for _, m := range meant {
				if !slices.Contains(list, m) {
					list = append(list, m)
				}
			}
		}
	}
	return list
}

// isNearly reports whether `typed` is a misspelt form of `name`: with one edit if `typed` has at least 5 letters, or with up to two if it
// has at least 8.
func isNearly(typed, name []rune) bool {
	n := slips(typed, name)
	return n > 0 && (len(typed) >= 5 && n <= 1 || len(typed) >= 8 && n <= 2)
}

// literal returns the lookups for the words of a normalised text. `weight`, in percent, is multiplied with the weight of each key.
func literal(text string, weight int) []lookup {
	var list []lookup
	for _, t := range tokens(text) {
		t.each(func(f feature) {
			list = append(list, lookup{f.key, f.weight * weight / 100, !t.grams || len(t.letters) == 1, t.pairs(f)})
		})
	}
	return list
}

// synonymAt returns the longest synonym at an offset of the query, or nil.
func (x *Index) synonymAt(query string, at int) *synonym {
	for i, s := range x.synonyms {
		if strings.HasPrefix(query[at:], s.typed) && wordEnds(query, at) && wordEnds(query, at+len(s.typed)) {
			return &x.synonyms[i]
		}
	}
	return nil
}

// wordEnds reports whether an offset is at the edge of a word, and not inside a word of Latin letters and digits.
func wordEnds(text string, at int) bool {
	latin := func(c byte) bool { return c >= 'a' && c <= 'z' || isDigit(rune(c)) }
	return at == 0 || at == len(text) || !latin(text[at-1]) || !latin(text[at])
}

// alike returns the lookup itself and, if `like` is true, lookups for the similar keys of the index.
func (x *Index) alike(l lookup) []lookup {
	list := []lookup{l}
	if !l.like {
		return list
	}
	prefix := l.prefix()
	at, _ := slices.BinarySearch(x.keys, prefix)
	known := len(x.postings[l.key]) > 0
	for ; at < len(x.keys) && strings.HasPrefix(x.keys[at], prefix); at++ {
		if w := likeness([]rune(l.key), []rune(x.keys[at]), known); w > 0 {
			list = append(list, lookup{key: x.keys[at], weight: l.weight * w / 100})
		}
	}
	return list
}

// prefix returns the first two letters of the key. Similar keys begin with the same letters.
func (l lookup) prefix() string {
	letters := []rune(l.key)
	return string(letters[:min(2, len(letters))])
}

// likeness returns the weight, in percent, of a key that is similar to the typed key. It returns 0 if the keys are equal or not similar. If
// pages have the typed key (`known`), it counts as spelt correctly, so only longer keys are similar: card does not stand for car.
func likeness(typed, key []rune, known bool) int {
	common := 0
	for common < min(len(typed), len(key)) && typed[common] == key[common] {
		common++
	}
	endings := max(len(typed), len(key)) - common
	switch {
	case endings == 0:
		return 0
	case common == len(typed) && (len(typed) >= 3 || isGram(typed[0]) || isDigit(typed[0])):
		return begunWeight
	case isGram(typed[0]) || isDigit(typed[0]), known && len(key) <= len(typed):
		return 0
	case !known && isNearly(typed, key):
		return misspeltWeight
	case common >= 5 && endings <= 5, common >= 3 && common == len(key) && endings <= 2:
		return inflectedWeight
	}
	return 0
}

// slips returns the edit distance between two words: how many letters must be added, dropped, changed or swapped with a neighbour. It
// returns 3 if the lengths differ by more than two.
func slips(a, b []rune) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return 3
	}
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			changed := 1
			if a[i-1] == b[j-1] {
				changed = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+changed)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
