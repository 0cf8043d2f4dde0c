package search

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// shards splits the sorted keys of the index into count parts of about the same size. It returns the first key of each part,
// and the parts; the last ones are empty if there are few keys. A part has one line per key: the key, a space and the postings
// of the key. In place of a key's first letter, ' means that the letter is the same as in the previous line. A posting is the
// number of its question minus that of the previous posting (-1 before the first), left out if the result is 1, and then the
// impact as a letter (A is 1). If a key has more questions than it lists, the number of all its questions and a semicolon come
// before the postings.
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
