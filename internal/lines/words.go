package lines

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/markup"
)

// In やさしい日本語 words are separated by spaces, and a line may end only there. Browsers would also break a line before or after a
// word with a reading. A word joiner prevents this.
const wordJoiner = "\u2060"

var joiner, _ = utf8.DecodeRuneInString(wordJoiner)

// KeepWords inserts a word joiner wherever a word with a reading is part of a longer word.
func KeepWords(page markup.HTML) markup.HTML {
	return markup.Insert(page, wordPlaces([]byte(page), nil), wordJoiner)
}

// wordPlaces appends to `places` the offsets at which KeepWords inserts word joiners.
func wordPlaces(page []byte, places []int) []int {
	last := ' ' // the last character outside tags
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

// KeepUnits inserts word joiners between numbers and their units.
func KeepUnits(text markup.HTML) markup.HTML {
	return markup.Insert(text, unitPlaces([]byte(text)), wordJoiner)
}

// unitPlaces returns the offsets between numbers and their Japanese units, as in 75歳. In 3か月 it also returns the offset after
// か.
func unitPlaces(text []byte) []int {
	var places []int
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
		places = append(places, at+1)
		if unit > at+1 {
			places = append(places, unit)
		}
	}
	return places
}

// inWord reports whether a character is part of a word, and not a space or punctuation mark.
func inWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// longWord is the maximum length, in full-width characters, of a word that stays on one line. A heading on the narrowest phone has
// this much room.
const longWord = 10

// shortPart is the minimum length of a part of a long word, in full-width characters. The last part may be shorter.
const shortPart = 4

// Marks that may not begin a line, marks that may not end one, and marks after which a line may end.
const (
	closingMarks = "、。，．・：；？！」』）】〕］〉》”’ー々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ〜～…"
	openingMarks = "「『（【〔［〈《“‘"
	endingMarks  = "、。，．・：；？！」』）】〕］〉》”’"
)

// runeSet has a bit for each character of the basic multilingual plane. A lookup must be fast, because every character of every
// page is looked up.
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

// OpenWords lets a line end after a punctuation mark inside a word. Some browsers do not allow this by themselves if a style keeps
// words together. If a part between such marks is longer than a narrow line, OpenWords also lets a line end inside it, at places
// that Japanese allows. A browser that finds no such place breaks the line anywhere, even before a full stop.
func OpenWords(page markup.HTML) markup.HTML {
	return markup.Insert(page, longWordPlaces([]byte(page), nil), lineMayEnd)
}

const lineMayEnd = "<wbr>"

// longWordPlaces appends to `places` the offsets at which OpenWords lets a line end.
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
				end = max(end, spanEnd(rest)) // the span is in a different language, whose words are not kept together
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

// spanEnd returns where the end tag of the span at the start of a page begins, or 0 if there is none.
func spanEnd(page []byte) int {
	open := 0
	for at := 0; ; {
		end := bytes.Index(page[at:], spanClose)
		if end < 0 {
			return 0
		}
		open += bytes.Count(page[at:at+end], spanOpen) - 1
		if at += end; open <= 0 {
			return at
		}
		at += len(spanClose)
	}
}

// wordOpener reads a page word by word, and each word in parts. A part ends with a mark after which a line may end.
type wordOpener struct {
	last   rune  // the last character in the same run of text; 0 at its start
	marked bool  // the last character is a mark after which a line may end
	width  int   // width of the current part in half-width characters
	parted int   // width of the part up to the last entry of `places`
	loose  bool  // the last entry of `places` is between two letters
	places []int // where a line may end inside the part
	breaks []int // where a line may end, in all words so far
}

// text reads the text up to the next tag, and returns the number of bytes read. `at` is the offset at which `page` begins.
func (o *wordOpener) text(page []byte, at int) int {
	i := 0
	for i < len(page) && page[i] != '<' {
		if page[i] == '\x01' { // a slot, as in the words of the checker's script
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

// add reads the character c at the offset `at`.
func (o *wordOpener) add(c rune, at int) {
	if c == joiner {
		return
	}
	if c <= '\u3000' && unicode.IsSpace(c) {
		o.end()
		return
	}
	if !closing.has(c) {
		o.begin(at)
	}
	if mayPart(o.last, c) {
		o.part(at, false)
	}
	o.last, o.marked = c, ending.has(c)
	if c >= 0x2e80 {
		o.width++
	}
	o.width++
}

// ruby reads a word, or part of a word, that has a reading, and returns the number of bytes read. No line ends inside such a word.
func (o *wordOpener) ruby(page []byte, at int) int {
	end := bytes.Index(page, rubyClose)
	if end < 0 {
		return len(page)
	}
	base, _, _ := bytes.Cut(page[len(rubyOpen):end], readingOpen)
	o.begin(at)
	if o.width > 0 && !opening.has(o.last) && !unicode.IsDigit(o.last) { // a number stays with its unit
		o.part(at, true)
	}
	o.width += 2 * utf8.RuneCount(base)
	o.last = 0
	return end + len(rubyClose)
}

// slot reads a slot. Its value is a number, or a day that begins and ends with numbers, so it counts as a digit.
func (o *wordOpener) slot(at int) {
	o.begin(at)
	o.last = '0'
	o.width += 2
}

// begin begins a new part at an offset if the last character is a mark after which a line may end.
func (o *wordOpener) begin(at int) {
	if o.marked {
		o.end()
		o.breaks = append(o.breaks, at)
	}
}

// part records a place where a line may end, unless the last place is near, because each place makes the page longer. A place
// before a word with a reading replaces a near place between two letters: イノアック|健康保険組合, not イノアッ|ク健康保険組合.
func (o *wordOpener) part(at int, beforeWord bool) {
	switch near := o.width-o.parted < 2*shortPart; {
	case !near:
		o.places = append(o.places, at)
	case beforeWord && o.loose:
		o.places[len(o.places)-1] = at
	default:
		return
	}
	o.parted, o.loose = o.width, !beforeWord
}

// end ends a part. If the part is longer than longWord, lines may end at its places.
func (o *wordOpener) end() {
	if o.width > 2*longWord {
		o.breaks = append(o.breaks, o.places...)
	}
	*o = wordOpener{places: o.places[:0], breaks: o.breaks}
}

// mayPart reports whether a line may end between two characters of Japanese text.
func mayPart(before, after rune) bool {
	return before >= 0x3000 && after >= 0x3000 && !closing.has(after) && !opening.has(before)
}
