package search

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// shards cuts the keys of the index into so many parts of about the same size, in order, and returns the first key of each and the
// parts; the last are empty where there are few keys. A line is a key and its postings: ' stands for the first letter of the key
// before. A posting is how far its question is behind the one before, where that is not one, and its impact as a letter. Where not
// all questions are listed, their number and ; stand before them.
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
