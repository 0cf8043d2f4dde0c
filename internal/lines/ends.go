package lines

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/markup"
)

// A number with its unit stays on one line, because both are put into one element (wholeOpen). Such an element also keeps the end of a
// block together, so that the last line of a Japanese text has at least leastEnd characters. If the text has spaces between words, the end
// begins with a whole word, unless it would then be longer than longestEnd characters. A block of up to oneLine letters gets no element for
// its end. Such a block fits on one line of a phone, and each element splits the text for screen readers. In a table, where columns are
// narrow, the limit is leastEnd instead of oneLine.
const (
	leastEnd   = 3
	longestEnd = 5
	oneLine    = 7
)

// wholeOpen and wholeClose are the tags around text that stays together on a line.
const wholeOpen, wholeClose markup.HTML = `<span class="whole">`, "</span>"

// unitLength returns the length in bytes of the Japanese unit at the start of a text, or 0 if there is none. A unit is one kanji, perhaps
// with か before it or 間 after it, as in か月 and 時間. After か, it can also be a word with a reading.
func unitLength(text []byte) int {
	c, ka := utf8.DecodeRune(text)
	if c != 'か' && c != 'ヶ' {
		ka = 0
	}
	if ka > 0 && bytes.HasPrefix(text[ka:], rubyOpen) { // a unit with a reading; without か, a word joiner already keeps it with its number
		end := bytes.Index(text[ka:], rubyClose)
		if end < 0 {
			return 0
		}
		return ka + end + len(rubyClose)
	}
	c, size := utf8.DecodeRune(text[ka:])
	if !unicode.Is(unicode.Han, c) {
		return 0
	}
	if next, more := utf8.DecodeRune(text[ka+size:]); next == '間' {
		size += more
	}
	return ka + size
}

// wholePlaces appends to `places` where each part that stays together starts and ends, as alternating offsets. Such parts are numbers with
// Japanese units, as in 3か月 and 24時間, ranges of numbers, and the ends of blocks.
func wholePlaces(page []byte, places []int) []int {
	var t tail
	for at := max(0, bytes.Index(page, bodyOpen)); at < len(page); {
		rest := page[at:]
		switch {
		case bytes.HasPrefix(rest, rubyOpen):
			base, _, _ := bytes.Cut(rest[len(rubyOpen):], readingOpen)
			t.add(at, utf8.RuneCount(base), 0)
			end := bytes.Index(rest, rubyClose)
			if end < 0 {
				return places
			}
			at += end + len(rubyClose)
		case rest[0] == '<':
			switch {
			case !inline(rest):
				places = t.done(places, at)
				t = tail{cell: t.cell && !isCellEnd(rest) || isCell(rest), pieces: t.pieces[:0]}
			case rest[1] == '/':
				t.closed(at)
			default:
				t.pieces, t.from, t.to = t.pieces[:0], 0, 0
			}
			at += max(1, tagEnd(rest))
		default:
			text, _, _ := bytes.Cut(rest, []byte("<"))
			places = numberPlaces(page, at, at+len(text), places)
			t.read(text, at)
			at += len(text)
		}
	}
	return places
}

// numberPlaces appends to `places` where each number with a unit, and each range such as 9:30〜17:30, starts and ends. It looks for numbers
// that begin in page[at:end], which has no tags.
func numberPlaces(page []byte, at, end int, places []int) []int {
	for at < end {
		if !isDigit(page[at]) {
			at++
			continue
		}
		start := at
		at += numberLength(page[at:end])
		to := toLength(page[at:end])
		if to > 0 {
			at += to + numberLength(page[at+to:end])
		}
		unit := unitLength(page[at:])
		at += unit
		if to > 0 || unit > 0 {
			places = append(places, start, at)
		}
	}
	return places
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// numberLength returns the length in bytes of the number or time at the start of a text, or 0 if there is none.
func numberLength(text []byte) int {
	n := 0
	for n < len(text) && (isDigit(text[n]) || text[n] == ',' || text[n] == '.' || text[n] == ':') {
		n++
	}
	return n
}

// toLength returns the length in bytes of the sign for a range (〜 or –) at the start of a text if a number follows it, and 0 otherwise.
func toLength(text []byte) int {
	c, size := utf8.DecodeRune(text)
	if (c == '〜' || c == '–') && size < len(text) && isDigit(text[size]) {
		return size
	}
	return 0
}

// tail has what is known about the end of a block, as far as the block has been read.
type tail struct {
	cell     bool // the block is in a cell of a table, which may be narrow
	pieces   []tailPiece
	spaced   bool // a space follows the last piece
	letters  int  // how many letters the block has so far; above oneLine, the count may be too low
	from, to int  // start and end of the letters that stay together; `to` is 0 if they are not known, or if text has followed them
}

// tailPiece is a letter, or a word with its reading.
type tailPiece struct {
	at, letters int
	letter      rune // 0 for a word with its reading
	spaced      bool // a space comes before the piece
}

// read reads a text without tags. Only its last letters can belong to the end that stays together. It only counts the letters before them,
// and stops counting when the block has more than oneLine letters.
func (t *tail) read(text []byte, at int) {
	last := max(0, len(text)-2*longestEnd*utf8.UTFMax)
	for last < len(text) && !utf8.RuneStart(text[last]) {
		last++
	}
	if last > 0 {
		t.pieces, t.from, t.to = t.pieces[:0], 0, 0
	}
	for i := 0; i < last && t.letters <= oneLine; {
		c, size := utf8.DecodeRune(text[i:])
		if isLetter(c) {
			t.letters++
		}
		i += size
	}
	for i := last; i < len(text); {
		c, size := utf8.DecodeRune(text[i:])
		switch {
		case isLetter(c):
			t.add(at+i, 1, c)
		case c == ' ':
			t.spaced = true
		case c != '\n' && c != joiner:
			t.pieces, t.from, t.to = t.pieces[:0], 0, 0
		}
		i += size
	}
}

// isLetter reports whether a character counts as a letter of Japanese text. Every character from U+2E80 on does, even
// punctuation, and so do ASCII digits.
func isLetter(c rune) bool { return c >= 0x2e80 || c >= '0' && c <= '9' }

func (t *tail) add(at, letters int, letter rune) {
	t.pieces = append(t.pieces, tailPiece{at, letters, letter, t.spaced})
	if len(t.pieces) > 2*longestEnd {
		t.pieces = append(t.pieces[:0], t.pieces[longestEnd:]...)
	}
	t.letters += letters
	t.spaced, t.from, t.to = false, 0, 0
}

// closed is called where an inline element or the block ends, at the offset `at`. It records which of the letters before this place stay
// together, if any.
func (t *tail) closed(at int) {
	if from, to := t.start(), t.beforeClosing(at); 0 < from && from < to {
		t.from, t.to = from, to
	}
	t.pieces = t.pieces[:0]
}

// beforeClosing returns the offset of the closing marks at the end of the text. Without such marks it returns its argument, the
// offset of the end. The marks stay outside the element: they cannot begin a line anyway, and a browser narrows a mark at the end
// of a line only if the line may break after it.
func (t *tail) beforeClosing(at int) int {
	for i := len(t.pieces) - 1; i >= 0 && strings.ContainsRune("、。）」』】〉》", t.pieces[i].letter); i-- {
		at = t.pieces[i].at
	}
	return at
}

// start returns the offset at which the end that stays together begins. It prefers the start of a word. It returns 0 if the pieces have
// fewer than leastEnd letters, or if the last longestEnd letters are only digits.
func (t *tail) start() int {
	letters, least, japanese := 0, 0, false
	words := t.spaced
	for i := len(t.pieces) - 1; i >= 0 && letters < longestEnd; i-- {
		p := &t.pieces[i]
		letters += p.letters
		words = words || p.spaced
		japanese = japanese || p.letter == 0 || p.letter >= 0x2e80
		if letters < leastEnd || !japanese {
			continue
		}
		if least == 0 {
			least = t.pieces[t.wholeFrom(i)].at
		}
		if letters <= longestEnd && (p.spaced || words && letters == t.letters) {
			return p.at
		}
	}
	return least
}

// wholeFrom returns the index of the first digit of the number that contains piece i or ends directly before it. It returns i if there is
// no such number.
func (t *tail) wholeFrom(i int) int {
	digit := func(i int) bool { return i >= 0 && (t.pieces[i].letter >= '0' && t.pieces[i].letter <= '9') }
	for digit(i - 1) {
		i--
	}
	return i
}

// isCell and isCellEnd report whether a tag starts or ends a cell of a table.
func isCell(tag []byte) bool {
	return bytes.HasPrefix(tag, []byte("<td")) || bytes.HasPrefix(tag, []byte("<th"))
}
func isCellEnd(tag []byte) bool {
	return bytes.HasPrefix(tag, []byte("</td")) || bytes.HasPrefix(tag, []byte("</th"))
}

// done returns `places` with the start and the end of the letters that stay together at the end of the block. If a number in `places`
// overlaps these letters, both become one part. done adds nothing if there are no such letters, or if the block is too short. `at` is the
// offset of the tag after the block.
func (t *tail) done(places []int, at int) []int {
	if t.to == 0 {
		t.closed(at)
	}
	if t.to == 0 || t.letters <= leastEnd || t.letters <= oneLine && !t.cell {
		return places
	}
	for n := len(places); n > 0 && places[n-1] > t.from; n = len(places) {
		t.from = min(t.from, places[n-2]) // a number stays together as part of the end
		places = places[:n-2]
	}
	return append(places, t.from, t.to)
}
