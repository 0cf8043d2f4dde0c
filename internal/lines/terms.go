package lines

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"
)

// longestTerm is the maximum number of characters in a term that is kept on one line. Two such terms fit side by side in a table on a
// phone.
const longestTerm = 8

// Terms is a set of words that stay whole on a line. The zero Terms is empty.
type Terms struct {
	starts  *runeSet
	byStart map[rune][]string // the terms by their first character, longer terms first
}

// NewTerms returns a set of those names that have from two to longestTerm characters.
func NewTerms(names []string) Terms {
	t := Terms{new(runeSet), map[rune][]string{}}
	for _, name := range names {
		if n := utf8.RuneCountInString(name); n < 2 || n > longestTerm {
			continue
		}
		start, _ := utf8.DecodeRuneInString(name)
		if start < 1<<16 && !slices.Contains(t.byStart[start], name) {
			t.starts[start>>6] |= 1 << (start & 63)
			t.byStart[start] = append(t.byStart[start], name)
		}
	}
	for _, list := range t.byStart {
		slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	}
	return t
}

// at returns the longest term at the start of a text, and the bytes that it takes there, or "" and 0 if the text begins with no term.
// `c` is the first character of the text. Parts of the term may be in elements for strong text.
func (t Terms) at(text []byte, c rune) (term string, length int) {
	if !t.starts.has(c) {
		return "", 0
	}
	for _, term := range t.byStart[c] {
		if length := lengthOf(term, text); length > 0 {
			return term, length
		}
	}
	return "", 0
}

var strongOpen, strongClose = []byte("<strong>"), []byte("</strong>")

// lengthOf returns how many bytes a term takes at the start of a text, including the tags within it. It returns 0 if the text does
// not start with the term.
func lengthOf(term string, text []byte) int {
	at, open := 0, 0
	for read := 0; open >= 0; {
		switch rest := text[at:]; {
		case read == len(term) && open == 0:
			return at
		case bytes.HasPrefix(rest, strongOpen):
			at += len(strongOpen)
			open++
		case bytes.HasPrefix(rest, strongClose):
			at += len(strongClose)
			open--
		case len(rest) == 0 || read == len(term) || rest[0] != term[read]:
			return 0
		default:
			at++
			read++
		}
	}
	return 0
}

// places returns where each term on a page starts and ends, as alternating offsets. It leaves out blocks of up to oneLine letters,
// which fit on a line, unless they are cells of a table.
func (t Terms) places(page []byte) []int {
	if t.byStart == nil {
		return nil
	}
	var places []int
	letters, block, cell := 0, 0, false // places[block:] belong to the current block
	for at := max(0, bytes.Index(page, bodyOpen)); at < len(page); {
		rest := page[at:]
		if rest[0] == '<' {
			if !inline(rest) && !bytes.HasPrefix(rest, rubyOpen) && !bytes.HasPrefix(rest, rubyClose) {
				if letters <= oneLine && !cell {
					places = places[:block]
				}
				letters, block, cell = 0, len(places), cell && !isCellEnd(rest) || isCell(rest)
			}
			at += max(1, tagEnd(rest))
			continue
		}
		c, size := utf8.DecodeRune(rest)
		if term, length := t.at(rest, c); length > 0 {
			places = append(places, at, at+length)
			letters += utf8.RuneCountInString(term)
			at += length
			continue
		}
		if isLetter(c) {
			letters++
		}
		at += size
	}
	return places
}

// joined merges two lists of places in ascending order. In each list, the start and the end of a part that stays together alternate.
// Overlapping parts become one.
func joined(a, b []int) []int {
	if len(b) == 0 {
		return a
	}
	all := make([]int, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		if len(a) == 0 || len(b) > 0 && b[0] < a[0] {
			a, b = b, a
		}
		if n := len(all); n > 0 && a[0] < all[n-1] {
			all[n-1] = max(all[n-1], a[1])
		} else {
			all = append(all, a[0], a[1])
		}
		a = a[2:]
	}
	return all
}
