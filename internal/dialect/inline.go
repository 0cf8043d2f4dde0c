package dialect

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/lookalike"
	"sitegen/internal/markdown"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
)

// item is a future node that the scanner has found, with its place in the scanned text. Only later does the scanner know whether a bracket
// begins a link, and whether an asterisk begins emphasis.
type item struct {
	kind  markdown.Kind
	close bool
	own   bool // whether `text` differs from the text that was scanned
	start int
	ref   int32
	text  string
}

// Kinds of items that are only resolved after the scan, by expand.
const (
	itemRun     markdown.Kind = 200 + iota // a run of * or _; ref is the index of its delim
	itemDropped                            // a faulty part, which is left out
)

// scanner reads the texts of blocks, one after the other.
type scanner struct {
	lookalike.Inline
	b        *builder
	src      string
	cell     bool // whether the text is that of a table's cell
	pending  int  // start of the text that is not yet an item
	items    []item
	delims   []delim
	last     int // index of the last run that can still match, or -1
	brackets []bracket
	linked   int // brackets below this index cannot begin a link, because a link was found inside them
	tag      tag
	ticks    ticks
	depth    int
	barred   bool // whether a | was already reported, by itself or as part of a different fault
}

// tag is an open <sub> or <sup>: the index of its item, and how many brackets and runs the scanner had when the tag began.
type tag struct {
	kind     markdown.Kind // 0 if no tag is open
	item     int
	brackets int
	delims   int
}

// special marks the bytes that may begin something other than text.
var special = func() (table [256]bool) {
	for _, c := range []byte("\\`*_{}[]!<&\n\r|" + lookalike.Special) {
		table[c] = true
	}
	return table
}()

// run adds the nodes of the text of some lines to the builder.
func (s *scanner) run(lines ...lookalike.Line) {
	src := s.Begin(&s.b.Source, lines...)
	s.src, s.pending = src, 0
	s.items, s.delims, s.brackets = s.items[:0], s.delims[:0], s.brackets[:0]
	s.last, s.linked, s.tag, s.ticks.known, s.depth = -1, 0, tag{}, false, 0
	s.barred, s.b.barred = s.b.barred, false
	wide := strings.Contains(src, "  ")
	for i := 0; i < len(src); {
		switch {
		case special[src[i]]:
			i = s.step(i)
		case wide && src[i] == ' ':
			i = s.spaces(i)
		default:
			i++
		}
		if len(s.items) > mostPieces {
			s.b.full = s.At(i)
			return
		}
	}
	s.flush(len(src))
	s.dropTag()
	s.End()
	for _, opened := range s.brackets {
		s.Report(opened.start, "bracket-alone", "[", "]")
	}
	s.emphasis(0)
	s.expand()
}

// spaces reads a run of spaces and keeps only one of them, because a browser shows only one. It leaves spaces before a line end to
// lineBreak. spaces returns where the scan continues.
func (s *scanner) spaces(i int) int {
	rest := strings.TrimLeft(s.src[i:], " ")
	end := len(s.src) - len(rest)
	if rest = strings.TrimLeft(rest, "\t "); end == i+1 || rest == "" || rest[0] == '\n' || rest[0] == '\r' {
		return end
	}
	s.flush(i + 1)
	s.pending = end
	return end
}

// step reads the part of the text that begins at a special character, and returns where the scan continues.
func (s *scanner) step(i int) int {
	switch s.src[i] {
	case '\\':
		return s.backslash(i)
	case '`':
		return s.code(i)
	case '*', '_':
		return s.delimiters(i)
	case '{':
		return s.brace(i)
	case '}':
		s.strayBrace(i)
	case '[':
		return s.openBracket(i, i+1)
	case '!':
		if strings.HasPrefix(s.src[i+1:], "[") {
			return s.openBracket(i, i+2)
		}
	case ']':
		return s.closeBracket(i)
	case '<':
		return s.angle(i)
	case '&':
		return s.entity(i)
	case '\n', '\r':
		return s.lineBreak(i, false)
	case '|':
		s.bar(i)
	default:
		return s.Step(i, s.pending)
	}
	return i + 1
}

// bar reports the first | of a text, unless an earlier finding covers it. Such a finding says that the second line of a table is missing,
// or that a brace of ruby is missing.
func (s *scanner) bar(i int) {
	next := strings.IndexAny(s.src[i:], "{}\r\n")
	if unopened := next >= 0 && s.src[i+next] == '}'; !s.barred && !s.Unclosed && !unopened {
		s.Report(i, "bar-alone")
	}
	s.barred = true
}

// flush makes a text item of the text before `end` that has no item yet.
func (s *scanner) flush(end int) {
	if s.pending < end {
		s.items = append(s.items, item{kind: markdown.KindText, start: s.pending, text: s.src[s.pending:end]})
	}
	s.pending = end
}

// add adds an item for the text from `start` to `end`, and returns `end`.
func (s *scanner) add(start, end int, it item) int {
	s.flush(start)
	it.start = start
	s.items = append(s.items, it)
	s.pending = end
	return end
}

func (s *scanner) backslash(i int) int {
	if i+1 == len(s.src) {
		return i + 1
	}
	next := s.src[i+1]
	if next == '\n' || next == '\r' {
		s.flush(i)
		s.pending = i + 1
		return s.lineBreak(i+1, true)
	}
	if !isASCIIPunctuation(next) {
		return i + 1
	}
	s.flush(i)
	s.pending = i + 1
	return i + 2
}

// lineBreak reads a line end and the spaces around it. The line break is hard if `hard` is true, or if at least two spaces come before the
// line end. lineBreak returns where the scan continues.
func (s *scanner) lineBreak(i int, hard bool) int {
	text := i
	for text > s.pending && (s.src[text-1] == ' ' || s.src[text-1] == '\t') {
		text--
	}
	next := i + 1
	if strings.HasPrefix(s.src[i:], "\r\n") {
		next++
	}
	for next < len(s.src) && (s.src[next] == ' ' || s.src[next] == '\t') {
		next++
	}
	if hard || i-text >= 2 && strings.HasSuffix(s.src[:i], "  ") {
		return s.add(text, next, item{kind: markdown.KindHardBreak})
	}
	return s.add(text, next, item{kind: markdown.KindBreak})
}

// ticks has the position of the last run of backticks of each length. With these positions, a run without a partner costs no search.
type ticks struct {
	known bool
	last  [33]int
}

func (s *scanner) code(i int) int {
	if !s.ticks.known {
		s.ticks = ticks{known: true}
		for j := i; j < len(s.src); j++ {
			if n := countTicks(s.src[j:]); n > 0 {
				if n < len(s.ticks.last) {
					s.ticks.last[n] = j
				}
				j += n
			}
		}
	}
	n := countTicks(s.src[i:])
	start := i + n
	if n >= len(s.ticks.last) || s.ticks.last[n] <= i {
		s.Report(i, "code-open", lookalike.Sample(s.src[i:start]))
		return start
	}
	end := start
	for countTicks(s.src[end:]) != n {
		end += countTicks(s.src[end:])
		end += strings.IndexByte(s.src[end:], '`')
	}
	text := s.src[start:end]
	if strings.ContainsAny(text, "\r\n") {
		text = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(text)
	}
	if len(text) > 2 && text[0] == ' ' && text[len(text)-1] == ' ' && strings.Trim(text, " ") != "" {
		text = text[1 : len(text)-1]
	}
	if s.cell {
		text = strings.ReplaceAll(text, `\|`, `|`)
	}
	s.flush(i)
	s.pending = start
	return s.add(start, end+n, item{kind: markdown.KindCode, own: true, text: text})
}

func countTicks(s string) int {
	n := 0
	for n < len(s) && s[n] == '`' {
		n++
	}
	return n
}

// entity reads a character reference such as &amp; or &#x3042;.
func (s *scanner) entity(i int) int {
	text, end := decodeEntity(s.src, i)
	if end == i {
		if name := unknownEntity(s.src[i:]); name != "" {
			s.Report(i, "entity-unknown", name)
			return i + len(name)
		}
		return i + 1
	}
	before, _ := utf8.DecodeLastRuneInString(s.src[:i])
	for _, r := range text {
		if plaintext.Fault(r, before) != "" {
			s.Report(i, "entity-refused", s.src[i:end])
			return end
		}
	}
	return s.add(i, end, item{kind: markdown.KindText, own: true, text: text})
}

// notEntity matches what looks like a character reference: &name; in lower case, or &#123; or &#x12ab;. In Q&A; and R&D; the mark is plain.
var notEntity = regexp.MustCompile(`^&(?:[a-z][a-z0-9]{0,30}|#[0-9]{1,30}|#[Xx][0-9A-Fa-f]{1,30});`)

// unknownEntity returns the character reference at the start of a text that decodeEntity cannot decode. That is a reference to no known
// name, or a known name without its semicolon, such as &nbsp. The result is "" if the text begins with a plain &.
func unknownEntity(text string) string {
	if name := notEntity.FindString(text); name != "" {
		return name
	}
	end := 1
	for end < len(text) && (plaintext.IsLetter(text[end]) || plaintext.IsDigit(text[end])) {
		end++
	}
	if name := text[:end]; end > len("&T") && utf8.RuneCountInString(html.UnescapeString(name)) == 1 {
		return name
	}
	return ""
}

// decodeEntity returns the text of the character reference at i, and where the reference ends. If there is no reference, `end` is i.
func decodeEntity(src string, i int) (text string, end int) {
	const longest = 33
	end = strings.IndexByte(src[i:min(len(src), i+longest)], ';')
	if end < 0 {
		return "", i
	}
	end += i + 1
	// The library also decodes a known name at the start of a longer text. The result then has more than two runes, because the rest of the
	// text follows.
	text = html.UnescapeString(src[i:end])
	if text == src[i:end] || utf8.RuneCountInString(text) > 2 {
		return "", i
	}
	return text, end
}

// angle reads an address in <…> or one of the few allowed tags, and reports other tags.
func (s *scanner) angle(i int) int {
	rest := s.src[i+1:]
	if rest != "" && plaintext.IsDigit(rest[0]) { // a mail address may begin with a digit, and no tag does
		if j := strings.IndexAny(rest, "<> \t\r\n"); j >= 0 && rest[j] == '>' && strings.IndexByte(rest[:j], '@') > 0 {
			return s.autolink(i, i+1+j+1)
		}
	}
	if rest == "" || !plaintext.IsLetter(rest[0]) && strings.IndexByte("/!?", rest[0]) < 0 {
		return i + 1
	}
	end := i + 2
	if j := strings.IndexAny(rest, "<>\r\n"); j >= 0 && rest[j] == '>' {
		end = i + 1 + j + 1
		if prefixed(rest[:j]) {
			return s.officeTag(i, end)
		}
		if strings.IndexAny(rest[:j], " \t") < 0 && strings.ContainsAny(rest[:j], ":@") {
			return s.autolink(i, end)
		}
		if s.allowedTag(i, end, strings.ToLower(rest[:j])) {
			return end
		}
	}
	name := 1
	for name < len(rest) && (plaintext.IsLetter(rest[name]) || plaintext.IsDigit(rest[name]) || rest[name] == '-') {
		name++
	}
	s.Report(i, "html-refused", "<"+rest[:name], strings.Join(schema.Tags.Words, ">, <"))
	return end
}

// prefixed reports whether a tag has a prefix, as the tags of word processors have: <o:p>, </o:p>, <v:shape id="x">. The prefix has one
// letter; no URL scheme is that short.
func prefixed(tag string) bool {
	name := strings.TrimPrefix(tag, "/")
	return len(name) > 2 && plaintext.IsLetter(name[0]) && name[1] == ':' && plaintext.IsLetter(name[2])
}

// officeTag reports a tag of a word processor, or a start tag and its end tag with nothing between them. The fix removes the tags, which
// mean nothing here.
func (s *scanner) officeTag(i, end int) int {
	tag := s.src[i:end]
	if both := "</" + tag[1:]; strings.HasPrefix(s.src[end:], both) {
		end += len(both)
	}
	name := strings.TrimLeft(tag, "</")
	shown := tag[:len(tag)-len(name)] + name[:strings.IndexAny(name, " \t/>")]
	s.Mend(i, []diag.Edit{s.Edit(i, end, "")}, "html-refused", shown, strings.Join(schema.Tags.Words, ">, <"))
	return end
}

// allowedTag reads <br>, <sub>, <sup>, </sub> or </sup>. For any other `name`, it returns false.
func (s *scanner) allowedTag(i, end int, name string) bool {
	if !schema.Tags.Has(strings.Trim(name, " /")) {
		return false
	}
	switch strings.TrimRight(name, " /") {
	case "br":
		s.add(i, end, item{kind: markdown.KindHardBreak})
	case "sub":
		s.openTag(i, end, markdown.KindSub)
	case "sup":
		s.openTag(i, end, markdown.KindSup)
	case "/sub":
		s.closeTag(i, end, markdown.KindSub)
	case "/sup":
		s.closeTag(i, end, markdown.KindSup)
	default:
		return false
	}
	return true
}

func (s *scanner) openTag(i, end int, k markdown.Kind) {
	s.dropTag()
	s.flush(i)
	s.tag = tag{kind: k, item: len(s.items), brackets: len(s.brackets), delims: len(s.delims)}
	s.add(i, end, item{kind: k})
}

// closeTag ends a <sub> or <sup>. Links and emphasis that begin inside it must also end inside it.
func (s *scanner) closeTag(i, end int, k markdown.Kind) {
	s.flush(i)
	s.pending = end
	if s.tag.kind != k {
		s.Report(i, "html-unopened", s.src[i:end])
		return
	}
	s.brackets = s.brackets[:s.tag.brackets]
	s.linked = min(s.linked, len(s.brackets))
	s.emphasis(s.tag.delims)
	s.tag = tag{}
	s.add(i, end, item{kind: k, close: true})
}

// dropTag drops a <sub> or <sup> that is still open where it must be closed, and reports it.
func (s *scanner) dropTag() {
	if s.tag.kind != 0 {
		opened := &s.items[s.tag.item]
		name := map[markdown.Kind]string{markdown.KindSub: "sub", markdown.KindSup: "sup"}[opened.kind]
		s.Report(opened.start, "html-unclosed", name)
		opened.kind = itemDropped
		s.tag = tag{}
	}
}

// expand turns the items into nodes.
func (s *scanner) expand() {
	text := -1 // index of the item that became the last node, if that node is unchanged source text; otherwise -1
	for i := range s.items {
		it := &s.items[i]
		unchanged := it.kind == markdown.KindText && !it.own
		if unchanged && text >= 0 && s.items[text].start+len(s.items[text].text) == it.start {
			first := &s.items[text]
			first.text = s.src[first.start : it.start+len(it.text)]
			s.b.doc.Nodes[len(s.b.doc.Nodes)-1].Text = first.text
			continue
		}
		text = -1
		switch it.kind {
		case itemDropped:
		case itemRun:
			s.expandRun(it)
		default:
			s.node(it.kind, it.close, it.start, it.text, it.ref)
			if unchanged {
				text = i
			}
		}
	}
}

func (s *scanner) node(k markdown.Kind, end bool, start int, text string, ref int32) {
	offset := int32(s.b.Base + s.At(start))
	s.b.doc.Nodes = append(s.b.doc.Nodes, markdown.Node{Kind: k, Close: end, Offset: offset, Text: text, Ref: ref})
}
