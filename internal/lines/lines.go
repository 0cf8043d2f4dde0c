// Package lines decides where the lines of a page may end.
//
// The input is finished HTML ([Page]), or a piece of it that a script of the page will show ([KeepWords], [OpenWords], [KeepUnits]).
// The output is the same HTML with word joiners, places for line breaks, and elements around what stays together.
//
// Begin with lines.go, which reads tags; words.go keeps words together, and lets lines end inside words that are too long. ends.go keeps
// numbers with their units and the ends of blocks together, and terms.go keeps terms whole.
package lines

import (
	"bytes"
	"sync"
	"unicode/utf8"

	"sitegen/internal/markup"
)

// Page controls the line breaks of a page, which begins at offset `start` of the buffer and ends at the buffer's end. A number stays on
// one line with its unit. The letters of a term stay together, and so do the last letters of a block. If `readings` is true, the page's
// language separates words by spaces and has readings above them. Lines then end only between words, or at chosen places in long words.
func Page(w *bytes.Buffer, start int, readings bool, terms Terms) {
	list := placeLists.Get().(*[]int)
	defer placeLists.Put(list)
	*list = wholePlaces(w.Bytes()[start:], (*list)[:0])
	insertIn(w, start, joined(*list, terms.places(w.Bytes()[start:])), wholeOpen, wholeClose)
	if !readings {
		return
	}
	*list = wordPlaces(w.Bytes()[start:], (*list)[:0])
	insertIn(w, start, *list, wordJoiner)
	*list = longWordPlaces(w.Bytes()[start:], (*list)[:0])
	insertIn(w, start, *list, lineMayEnd)
}

// placeLists is a pool of the offset lists that Page fills.
var placeLists = sync.Pool{New: func() any { return new([]int) }}

// insertIn inserts texts into a page, which begins at offset `start` of the buffer and ends at the buffer's end. `places` are offsets in
// the page, in ascending order. The first place gets the first text, the second place the next text, and so on; after the last text
// comes the first again.
func insertIn(w *bytes.Buffer, start int, places []int, texts ...markup.HTML) {
	end := w.Len()
	for i := range places {
		w.WriteString(string(texts[i%len(texts)]))
	}
	page := w.Bytes()[start:]
	from, to := end-start, len(page) // the bytes that were at `from` and after it have been moved to `to`
	for i := len(places) - 1; i >= 0; i-- {
		text, moved := texts[i%len(texts)], from-places[i]
		copy(page[to-moved:to], page[places[i]:from])
		from, to = places[i], to-moved-len(text)
		copy(page[to:], text)
	}
}

var rubyOpen, rubyClose, readingOpen = []byte("<ruby>"), []byte("</ruby>"), []byte("<r")

// next returns the next character outside tags. It returns a space if a tag that interrupts the line of text comes first, and
// utf8.RuneError at the end of the page.
func next(page []byte) rune {
	for len(page) > 0 && page[0] == '<' {
		if bytes.HasPrefix(page, rubyOpen) {
			page = page[len(rubyOpen):]
			continue
		}
		if !inline(page) {
			return ' '
		}
		page = page[tagEnd(page):]
	}
	c, _ := utf8.DecodeRune(page)
	return c
}

// inline reports whether a tag starts or ends an element that does not interrupt a line of text.
func inline(tag []byte) bool {
	start := 1
	if len(tag) > 1 && tag[1] == '/' {
		start = 2
	}
	end := start
	for end < len(tag) && tag[end] != ' ' && tag[end] != '>' {
		end++
	}
	switch string(tag[start:end]) {
	case "a", "b", "em", "span", "strong", "time":
		return true
	}
	return false
}

// tagEnd returns the length of the tag at the start of `rest`, the rest of a page. For a script, style or drawing it also counts the
// content up to the end tag, so that callers skip the content. In a drawing, lines of text have fixed places, and no HTML elements are
// allowed.
func tagEnd(rest []byte) int {
	for i := range foreign {
		if bytes.HasPrefix(rest, foreign[i].open) {
			if end := bytes.Index(rest, foreign[i].end); end > 0 {
				return end
			}
		}
	}
	if end := bytes.IndexByte(rest, '>'); end > 0 {
		return end + 1
	}
	return len(rest)
}

// foreign lists the start and end tags of elements whose content is not text of the page.
var foreign = []struct{ open, end []byte }{
	{[]byte("<script"), []byte("</script")},
	{[]byte("<style"), []byte("</style")},
	{[]byte("<svg"), []byte("</svg")},
}
