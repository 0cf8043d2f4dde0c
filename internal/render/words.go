package render

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Between the words of やさしい日本語 stand spaces, and only there may a line end. Browsers would also break it on either
// side of a word with its reading; a word joiner forbids that.
const wordJoiner = "\u2060"

var rubyOpen, rubyClose = []byte("<ruby>"), []byte("</ruby>")

// keepWords puts a word joiner wherever a reading stands within a longer word of a page.
func keepWords(page []byte) []byte {
	out := make([]byte, 0, len(page)+len(page)/16)
	last := ' ' // what was read last outside tags
	for len(page) > 0 {
		switch {
		case bytes.HasPrefix(page, rubyOpen):
			if inWord(last) {
				out = append(out, wordJoiner...)
			}
			end := bytes.Index(page, rubyClose)
			if end < 0 {
				return append(out, page...)
			}
			end += len(rubyClose)
			out, page = append(out, page[:end]...), page[end:]
			last = ' '
			if inWord(next(page)) {
				out = append(out, wordJoiner...)
			}
		case page[0] == '<':
			end := max(1, tagEnd(page))
			if !inline(page) {
				last = ' '
			}
			out, page = append(out, page[:end]...), page[end:]
		default:
			end := bytes.IndexByte(page, '<')
			if end < 0 {
				end = len(page)
			}
			last, _ = utf8.DecodeLastRune(page[:end])
			out, page = append(out, page[:end]...), page[end:]
		}
	}
	return out
}

// unit is the end of a number with its unit in Japanese: 3か月, 75歳.
var unit = regexp.MustCompile(`([0-9])([かヶ]?)(\p{Han})`)

// keepUnit puts word joiners between a number and its unit.
func keepUnit(text []byte) []byte {
	return unit.ReplaceAllFunc(text, func(found []byte) []byte {
		return bytes.Join(bytes.SplitAfter(found, nil), []byte(wordJoiner))
	})
}

// keepUnits keeps each number with its unit whole in the headings of a page: their letters are large, their lines short, and
// browsers break them within 3か月.
func keepUnits(page []byte) []byte {
	var out []byte
	for {
		start := bytes.Index(page, []byte("<h"))
		if start < 0 || start+3 >= len(page) {
			break
		}
		if level := page[start+2]; level < '1' || level > '4' {
			out, page = append(out, page[:start+3]...), page[start+3:]
			continue
		}
		end := bytes.Index(page[start:], []byte("</h"))
		if end < 0 {
			break
		}
		end += start
		out = append(append(out, page[:start]...), keepUnit(page[start:end])...)
		page = page[end:]
	}
	return append(out, page...)
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
	name := bytes.TrimPrefix(tag, []byte("</"))
	name = bytes.TrimPrefix(name, []byte("<"))
	if end := bytes.IndexAny(name, " >"); end >= 0 {
		name = name[:end]
	}
	switch string(name) {
	case "a", "b", "em", "span", "strong", "time":
		return true
	}
	return false
}

// tagEnd is where a tag ends; a script or style ends behind its end tag.
func tagEnd(tag []byte) int {
	for _, element := range []string{"script", "style"} {
		if bytes.HasPrefix(tag, []byte("<"+element)) {
			if end := bytes.Index(tag, []byte("</"+element)); end > 0 {
				return end
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

// Marks that begin no line, and marks that end none.
const (
	closingMarks = "、。，．・：；？！」』）】〕］〉》”’ー々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ〜～…"
	openingMarks = "「『（【〔［〈《“‘"
)

// openWords lets words that are longer than a narrow line end within it where Japanese may: a browser that has no such
// place breaks anywhere, also before a full stop.
func openWords(page []byte) []byte {
	var o wordOpener
	at := max(0, bytes.Index(page, []byte("<body")))
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
			if bytes.HasPrefix(rest, []byte("<span")) && bytes.Contains(rest[:end], []byte(" lang=")) {
				end = max(end, bytes.Index(rest, []byte("</span>"))) // it is not written with spaces
			}
			at += end
		default:
			c, size := utf8.DecodeRune(rest)
			o.add(c, at)
			at += size
		}
	}
	o.end()
	return insert(page, o.breaks, "<wbr>")
}

// wordOpener reads a page word by word.
type wordOpener struct {
	last   rune  // of the same run of text; 0 at its beginning
	width  int   // of the word, in half-width characters
	parted int   // its width at the last of the places
	places []int // where a line may end within it
	breaks []int // of all long words
}

// add reads a character at a place.
func (o *wordOpener) add(c rune, at int) {
	if unicode.IsSpace(c) {
		o.end()
		return
	}
	if mayPart(o.last, c) {
		o.part(at)
	}
	o.last = c
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
	base, _, _ := bytes.Cut(page[len(rubyOpen):end], []byte("<r"))
	if o.width > 0 && !strings.ContainsRune(openingMarks, o.last) {
		o.part(at)
	}
	o.width += 2 * utf8.RuneCount(base)
	o.last = 0
	return end + len(rubyClose)
}

// part notes a place, unless the last is near: each makes the page longer.
func (o *wordOpener) part(at int) {
	if o.width-o.parted >= 2*shortPart {
		o.places = append(o.places, at)
		o.parted = o.width
	}
}

// end takes the places of a word that is too long.
func (o *wordOpener) end() {
	if o.width > 2*longWord {
		o.breaks = append(o.breaks, o.places...)
	}
	o.last, o.width, o.parted, o.places = 0, 0, 0, nil
}

// mayPart says whether a line may end between two characters of Japanese text.
func mayPart(before, after rune) bool {
	return before >= 0x3000 && after >= 0x3000 && !strings.ContainsRune(closingMarks, after) && !strings.ContainsRune(openingMarks, before)
}

// insert returns a page with a text at some places, which ascend.
func insert(page []byte, places []int, text string) []byte {
	if len(places) == 0 {
		return page
	}
	out, from := make([]byte, 0, len(page)+len(places)*len(text)), 0
	for _, at := range places {
		out = append(append(out, page[from:at]...), text...)
		from = at
	}
	return append(out, page[from:]...)
}
