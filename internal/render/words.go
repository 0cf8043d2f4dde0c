package render

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/markup"
)

// Between the words of やさしい日本語 stand spaces, and only there may a line end. Browsers would also break it on either
// side of a word with its reading; a word joiner forbids that.
const wordJoiner = "\u2060"

var rubyOpen, rubyClose, readingOpen = []byte("<ruby>"), []byte("</ruby>"), []byte("<r")

// keepWords puts a word joiner wherever a reading stands within a longer word of a page.
func keepWords(page markup.HTML) markup.HTML {
	return markup.Insert(page, wordPlaces([]byte(page), nil), wordJoiner)
}

// wordPlaces appends the places of the word joiners of keepWords.
func wordPlaces(page []byte, places []int) []int {
	last := ' ' // what was read last outside tags
	for at := 0; at < len(page); {
		rest := page[at:]
		switch {
		case bytes.HasPrefix(rest, rubyOpen):
			if inWord(last) {
				places = append(places, at)
			}
			end := bytes.Index(rest, rubyClose)
			if end < 0 {
				return places
			}
			at += end + len(rubyClose)
			last = ' '
			if inWord(next(page[at:])) {
				places = append(places, at)
			}
		case rest[0] == '<':
			if !inline(rest) {
				last = ' '
			}
			at += max(1, tagEnd(rest))
		default:
			end := bytes.IndexByte(rest, '<')
			if end < 0 {
				end = len(rest)
			}
			last, _ = utf8.DecodeLastRune(rest[:end])
			at += end
		}
	}
	return places
}

// keepUnit puts word joiners between a number and its unit.
func keepUnit(text markup.HTML) markup.HTML {
	return markup.Insert(text, unitPlaces([]byte(text), 0, nil), wordJoiner)
}

// unitPlaces appends the places between numbers and their units in Japanese, 3か月, 75歳, in a text that begins at a place.
func unitPlaces(text []byte, from int, places []int) []int {
	for at := range len(text) {
		if text[at] < '0' || text[at] > '9' {
			continue
		}
		unit := at + 1
		c, size := utf8.DecodeRune(text[unit:])
		if c == 'か' || c == 'ヶ' {
			unit += size
			c, _ = utf8.DecodeRune(text[unit:])
		}
		if !unicode.Is(unicode.Han, c) {
			continue
		}
		places = append(places, from+at+1)
		if unit > at+1 {
			places = append(places, from+unit)
		}
	}
	return places
}

// next is what comes next outside tags in the same paragraph; a space where nothing does.
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

// inline says whether a tag stands within a line of text.
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

// tagEnd is where a tag ends; a script, style or drawing ends at its end tag: the letters of a drawing are placed one line
// at a time, and it may hold no element of HTML.
func tagEnd(tag []byte) int {
	if len(tag) > 1 && tag[1] == 's' {
		for _, element := range []string{"script", "style", "svg"} {
			if bytes.HasPrefix(tag[1:], []byte(element)) {
				if end := bytes.Index(tag, []byte("</"+element)); end > 0 {
					return end
				}
			}
		}
	}
	if end := bytes.IndexByte(tag, '>'); end > 0 {
		return end + 1
	}
	return len(tag)
}

// inWord says whether a character is part of a word, not a space or a mark beside it.
func inWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// longWord is how many full-width characters a word may have before it is opened: a heading on the narrowest phone has
// room for as many.
const longWord = 10

// shortPart is how many full-width characters a part of a long word has at least, but the last.
const shortPart = 4

// Marks that begin no line, marks that end none, and marks behind which a line may end.
const (
	closingMarks = "、。，．・：；？！」』）】〕］〉》”’ー々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ〜～…"
	openingMarks = "「『（【〔［〈《“‘"
	endingMarks  = "、。，．・：；？！」』）】〕］〉》”’"
)

// runeSet has a bit for each character of the basic plane: every character of every page is looked up.
type runeSet [1 << 10]uint64

func setOf(characters string) *runeSet {
	var set runeSet
	for _, c := range characters {
		set[c>>6] |= 1 << (c & 63)
	}
	return &set
}

func (s *runeSet) has(c rune) bool { return c < 1<<16 && s[c>>6]>>(c&63)&1 != 0 }

var closing, opening, ending = setOf(closingMarks), setOf(openingMarks), setOf(endingMarks)

// openWords lets a line end behind marks, which not all browsers do between words that are kept whole, and within parts
// that are longer than a narrow line, where Japanese may: a browser that has no such place breaks anywhere, also before a
// full stop.
func openWords(page markup.HTML) markup.HTML {
	return markup.Insert(page, longWordPlaces([]byte(page), nil), lineMayEnd)
}

const lineMayEnd = "<wbr>"

// longWordPlaces appends the places where openWords lets a line end.
func longWordPlaces(page []byte, places []int) []int {
	o := wordOpener{breaks: places}
	at := max(0, bytes.Index(page, bodyOpen))
	for at < len(page) {
		rest := page[at:]
		switch {
		case bytes.HasPrefix(rest, rubyOpen):
			at += o.ruby(rest, at)
		case rest[0] == '<':
			if !inline(rest) {
				o.end()
			}
			o.last = 0
			end := max(1, tagEnd(rest))
			if bytes.HasPrefix(rest, spanOpen) && bytes.Contains(rest[:end], langAttribute) {
				end = max(end, bytes.Index(rest, spanClose)) // it is not written with spaces
				o.marked = false
			}
			at += end
		default:
			at += o.text(rest, at)
		}
	}
	o.end()
	return o.breaks
}

var bodyOpen, spanOpen, spanClose, langAttribute = []byte("<body"), []byte("<span"), []byte("</span>"), []byte(" lang=")

// wordOpener reads a page word by word, and each word in parts that end with a mark.
type wordOpener struct {
	last   rune  // of the same run of text; 0 at its beginning
	marked bool  // a mark stands before, behind which a line may end
	width  int   // of the part, in half-width characters
	parted int   // its width at the last of the places
	places []int // where a line may end within it
	breaks []int // of all words
}

// text reads up to the next tag, and returns how far that is.
func (o *wordOpener) text(page []byte, at int) int {
	i := 0
	for i < len(page) && page[i] != '<' {
		if page[i] == '\x01' { // as the script of the checker knows them
			o.slot(at + i)
			i += max(1, bytes.IndexByte(page[i:], '\x02')+1)
			continue
		}
		c, size := utf8.DecodeRune(page[i:])
		o.add(c, at+i)
		i += size
	}
	return i
}

// add reads a character at a place.
func (o *wordOpener) add(c rune, at int) {
	if string(c) == wordJoiner {
		return
	}
	if unicode.IsSpace(c) {
		o.end()
		return
	}
	if !closing.has(c) {
		o.begin(at)
	}
	if mayPart(o.last, c) {
		o.part(at)
	}
	o.last, o.marked = c, ending.has(c)
	if c >= 0x2e80 {
		o.width++
	}
	o.width++
}

// ruby reads a word or a part of one with its reading, which stay together. It returns how long it is.
func (o *wordOpener) ruby(page []byte, at int) int {
	end := bytes.Index(page, rubyClose)
	if end < 0 {
		return len(page)
	}
	base, _, _ := bytes.Cut(page[len(rubyOpen):end], readingOpen)
	o.begin(at)
	if o.width > 0 && !opening.has(o.last) && !unicode.IsDigit(o.last) { // a number keeps with its unit
		o.part(at)
	}
	o.width += 2 * utf8.RuneCount(base)
	o.last = 0
	return end + len(rubyClose)
}

// slot reads the place of a value: a number, or a day that begins and ends with numbers.
func (o *wordOpener) slot(at int) {
	o.begin(at)
	o.last = '0'
	o.width += 2
}

// begin ends the part before a place where a mark does.
func (o *wordOpener) begin(at int) {
	if o.marked {
		o.end()
		o.breaks = append(o.breaks, at)
	}
}

// part notes a place, unless the last is near: each makes the page longer.
func (o *wordOpener) part(at int) {
	if o.width-o.parted >= 2*shortPart {
		o.places = append(o.places, at)
		o.parted = o.width
	}
}

// end takes the places of a part that is too long.
func (o *wordOpener) end() {
	if o.width > 2*longWord {
		o.breaks = append(o.breaks, o.places...)
	}
	o.last, o.marked, o.width, o.parted, o.places = 0, false, 0, 0, o.places[:0]
}

// mayPart says whether a line may end between two characters of Japanese text.
func mayPart(before, after rune) bool {
	return before >= 0x3000 && after >= 0x3000 && !closing.has(after) && !opening.has(before)
}

// insertIn puts markup at some places, which ascend, of a page that begins somewhere in a buffer and ends with it.
func insertIn(w *bytes.Buffer, start int, places []int, text markup.HTML) {
	end := w.Len()
	for range places {
		w.WriteString(string(text))
	}
	page := w.Bytes()[start:]
	from, to := end-start, len(page) // what is behind them is moved already
	for i := len(places) - 1; i >= 0; i-- {
		moved := from - places[i]
		copy(page[to-moved:to], page[places[i]:from])
		from, to = places[i], to-moved-len(text)
		copy(page[to:], text)
	}
}
