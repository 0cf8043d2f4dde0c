package render

import (
	"bytes"
	"regexp"
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
