package dialect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/lookalike"
	"sitegen/internal/markdown"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
)

// bracket is a [ or ![ that may begin a link.
type bracket struct {
	item   int
	start  int
	text   int // where the text of the link begins
	delims int
}

// longestNote is how many bytes openBracket searches for the name of a footnote and the ] after the name.
const longestNote = 40

func (s *scanner) openBracket(start, end int) int {
	s.flush(start)
	if name, _, closed := strings.Cut(s.src[end:min(len(s.src), end+longestNote)], "]"); closed && strings.HasPrefix(name, "^") && !strings.ContainsAny(name, " \t\r\n[") {
		s.Report(start, "footnote-refused", s.src[start:end]+name+"]")
	}
	s.brackets = append(s.brackets, bracket{len(s.items), start, end, len(s.delims)})
	// The bracket stays text unless a link is found.
	return s.add(start, end, item{kind: markdown.KindText, text: s.src[start:end]})
}

// closeBracket reads a ]. If the ] ends the text of a link, it also reads the destination. It returns where the scan continues.
func (s *scanner) closeBracket(i int) int {
	count := len(s.brackets) - 1
	if count < 0 {
		if rest, ok := strings.CutPrefix(s.src[i+1:], "("); ok && looksLikeAddress(rest) {
			s.noLink(i + 1)
		} else {
			s.Report(i, "bracket-alone", "]", "[")
		}
		return i + 1
	}
	opened := s.brackets[count]
	s.brackets = s.brackets[:count]
	within := count < s.linked
	s.linked = min(s.linked, count)
	rest := s.src[i+1:]
	if !strings.HasPrefix(rest, "(") {
		s.checkNoLink(opened, i, rest)
		return i + 1
	}
	destination, at, end := s.destination(i + 2)
	switch {
	case end < 0:
		s.noLink(i + 1)
		return i + 1
	case s.src[opened.start] == '!':
		s.Report(opened.start, "image-refused")
	case within:
		s.Report(opened.start, "link-nested")
		s.Faulty = i + 1
		return i + 1
	}
	s.flush(i)
	if s.tag.kind != 0 && s.tag.item > opened.item {
		s.dropTag()
	}
	s.emphasis(opened.delims)
	s.pending = end
	if s.src[opened.start] == '!' {
		s.items = s.items[:opened.item]
		return end
	}
	s.linked = len(s.brackets)
	s.InLink(opened.start)
	empty := strings.TrimSpace(s.src[opened.text:i]) == ""
	if !s.checkDestination(destination, at) || empty && !s.mayBeEmpty(destination, at) {
		s.items[opened.item].kind = itemDropped
		return end
	}
	if words := s.items[opened.item+1:]; !empty && len(words) > 0 && !shows(words) {
		s.Report(opened.start, "link-empty")
		s.items[opened.item].kind = itemDropped
		return end
	}
	ref := s.link(markdown.Link{Destination: destination, Offset: s.b.Base + s.At(at), Empty: empty})
	s.items[opened.item] = item{kind: markdown.KindLink, start: opened.start, ref: ref}
	return s.add(i, end, item{kind: markdown.KindLink, close: true, ref: ref})
}

// shows reports whether a reader sees something of these items.
func shows(items []item) bool {
	for _, it := range items {
		switch it.kind {
		case itemDropped, markdown.KindBreak, markdown.KindHardBreak, markdown.KindSub, markdown.KindSup:
		case markdown.KindText, markdown.KindCode:
			if strings.TrimSpace(it.text) != "" {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// noLink reports a link that cannot be read.
func (s *scanner) noLink(i int) {
	s.Report(i, "link-syntax")
	s.Faulty = i
}

func (s *scanner) link(l markdown.Link) (ref int32) {
	s.b.doc.Links = append(s.b.doc.Links, l)
	return int32(len(s.b.doc.Links) - 1)
}

// checkNoLink reports text that its author probably meant as a link: [text][label], [label]: address, [text]（address） or [text] alone.
func (s *scanner) checkNoLink(opened bracket, i int, rest string) {
	switch {
	case strings.HasPrefix(rest, "["):
		line, _, _ := strings.Cut(rest[:min(len(rest), schema.LongestDestination)], "\n")
		if strings.IndexByte(line, ']') >= 0 && i > opened.text {
			s.Report(i+1, "link-reference")
		}
	case strings.HasPrefix(rest, ":"):
		// CommonMark would read such a line as a definition and drop it.
		atLineStart := opened.start == 0 || s.src[opened.start-1] == '\n'
		if atLineStart && s.src[opened.start] == '[' && i > opened.text && s.src[opened.text] != '^' && strings.Trim(rest[1:], " \t\r\n") != "" {
			s.Report(opened.start, "link-reference")
			s.Faulty = i + 1
		}
	case strings.HasPrefix(rest, "（") && looksLikeAddress(rest[len("（"):]):
		s.noLink(i + 1)
	default:
		words := s.src[opened.text:i]
		begins, _ := utf8.DecodeRuneInString(strings.TrimPrefix(words, "!"))
		isNote := words != "" && plaintext.IsDigit(words[len(words)-1]) || strings.HasPrefix(strings.TrimLeft(rest, lookalike.Spaces), "(") || strings.HasPrefix(rest, "（")
		if unicode.IsLetter(begins) && len(words) > len("x") && strings.IndexByte(words, ':') < 0 && !isNote {
			s.Report(opened.start, "link-none", lookalike.Sample(words))
		}
	}
}

func looksLikeAddress(text string) bool {
	name, _, found := strings.Cut(text[:min(len(text), 9)], ":")
	return found && schema.IsName(name) || text != "" && strings.IndexByte("#/<", text[0]) >= 0
}

// destination reads a link's address and the closing parenthesis after it: address) or <address>). It returns the address with backslash
// escapes and character references resolved, where the address begins (`at`), and where the scan continues (`end`). `end` is -1 if the
// parenthesis or the > is missing, if an address without <> has a space, or if the address is longer than schema.LongestDestination bytes.
func (s *scanner) destination(i int) (address string, at, end int) {
	src := s.src[:min(len(s.src), i+schema.LongestDestination)]
	for i < len(src) && src[i] == ' ' {
		i++
	}
	at, end = i, i
	if strings.HasPrefix(src[i:], "<") {
		at++
		n := strings.IndexAny(src[at:], "<>\r\n")
		if n < 0 || src[at+n] != '>' {
			return "", at, -1
		}
		address, end = src[at:at+n], at+n+1
	} else {
		end = destinationEnd(src, at)
		address = src[at:end]
	}
	for end < len(src) && src[end] == ' ' {
		end++
	}
	if end == len(src) || src[end] != ')' {
		return "", at, -1
	}
	return unescape(address), at, end + 1
}

// destinationEnd returns where a destination ends: before a space or line end, or before a closing parenthesis without an opening
// parenthesis in the destination.
func destinationEnd(src string, i int) int {
	for open := 0; i < len(src); i++ {
		switch c := src[i]; {
		case c <= ' ':
			return i
		case c == '\\' && i+1 < len(src) && isASCIIPunctuation(src[i+1]):
			i++
		case c == '(':
			open++
		case c == ')':
			if open--; open < 0 {
				return i
			}
		}
	}
	return min(i, len(src))
}

// unescape resolves the backslash escapes and character references of a destination.
func unescape(text string) string {
	if strings.IndexAny(text, `\&`) < 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && isASCIIPunctuation(text[i+1]):
			i++
			b.WriteByte(text[i])
		case text[i] == '&':
			if decoded, end := decodeEntity(text, i); end > i {
				b.WriteString(decoded)
				i = end - 1
				continue
			}
			fallthrough
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// autolink reads an address in angle brackets.
func (s *scanner) autolink(start, end int) int {
	text := s.src[start+1 : end-1]
	destination := text
	scheme, _, _ := strings.Cut(text, ":")
	if strings.IndexByte(scheme, '@') > 0 {
		destination = "mailto:" + text
	} else if scheme == "fact" {
		s.Mend(start, []diag.Edit{s.Edit(start, end, "{"+text+"}")}, "fact-angle", text)
		return end
	} else if schema.IsInternal(scheme) {
		s.Report(start, "link-angle", text)
		return end
	}
	if !s.checkDestination(destination, start+1) {
		return end
	}
	ref := s.link(markdown.Link{Destination: destination, Offset: s.b.Base + s.At(start+1)})
	s.linked = len(s.brackets)
	s.add(start, start+1, item{kind: markdown.KindLink, ref: ref})
	s.pending = end
	s.items = append(s.items, item{kind: markdown.KindURL, start: start + 1, own: true, text: text})
	return s.add(end, end, item{kind: markdown.KindLink, close: true, ref: ref})
}

// checkDestination reports whether a link may have this destination. If it may not, checkDestination adds a finding. For an address that
// is allowed but insecure, it adds a warning. The caller has already resolved the character references and backslash escapes, so they
// cannot hide anything.
func (s *scanner) checkDestination(destination string, at int) bool {
	code, args := schema.CheckDestination(destination)
	if code != "" {
		s.Report(at, code, args...)
	}
	return code == "" || code == "link-insecure"
}

// mayBeEmpty reports whether a link to this destination may have no text. It may if the destination is an internal page or a fact, because
// those have a title that the link can show. Otherwise mayBeEmpty adds a finding.
func (s *scanner) mayBeEmpty(destination string, at int) bool {
	scheme, _, _ := strings.Cut(destination, ":")
	if schema.IsInternal(scheme) {
		return true
	}
	s.Report(at, "link-empty")
	return false
}
