package search

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// shards splits the sorted keys of the index into `count` parts of about the same size. It returns the first key of each part, and the
// parts. If there are few keys, the last parts are empty.
//
// A part has one line for each key: the key, a space and the postings of the key. If the first letter of a key is the same as in the
// previous line, ' replaces it. A posting is written as a number and a letter. The number is the distance to the question of the previous
// posting, or to -1 for the first posting; a distance of 1 is left out. The letter is the impact: A is 1, B is 2. If a key does not list
// all of its questions, the number of all its questions and a semicolon come before the postings.
func (x *Index) shards(count int) (firsts, shards []string) {
	firsts = []string{}
	size := 0
	for _, key := range x.keys {
		size += len(key) + 3*len(x.postings[key])
	}
	var b strings.Builder
	written := 0
	before := rune(0)
	for i, key := range x.keys {
		if i == 0 || written*count > size*len(firsts) && len(firsts) < count {
			if i > 0 {
				shards = append(shards, b.String())
				b.Reset()
			}
			firsts, before = append(firsts, key), 0
		}
		written += len(key) + 3*len(x.postings[key])
		first, n := utf8.DecodeRuneInString(key)
		if first == before {
			b.WriteByte('\'')
		} else {
			b.WriteString(key[:n])
		}
		b.WriteString(key[n:])
		before = first
		b.WriteByte(' ')
		if all := x.counts[key]; all > 0 {
			b.WriteString(strconv.Itoa(all) + ";")
		}
		last := -1
		for _, p := range x.postings[key] {
			if p.question > last+1 {
				b.WriteString(strconv.Itoa(p.question - last))
			}
			b.WriteByte('@' + byte(p.impact))
			last = p.question
		}
		b.WriteByte('\n')
	}
	for shards = append(shards, b.String()); len(shards) < count; {
		shards = append(shards, "")
	}
	return firsts, shards[:count]
}
