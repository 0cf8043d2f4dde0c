package dialect

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/markdown"
	"sitegen/internal/plaintext"
)

// delim is a run of asterisks or underscores (a delimiter run in CommonMark). Runs that can still match form a linked list.
type delim struct {
	start, length     int
	left              int // how many characters are not matched yet
	char              byte
	canOpen, canClose bool
	before, after     int    // indexes of the previous and the next run in the list; -1 at the ends of the list
	opens, closes     []bool // for each emphasis that the run opens or closes, innermost first: whether it is strong
}

// side is the class of the character on one side of a run. The emphasis rule needs it.
type side struct{ space, punctuation, cjk bool }

// sideOf returns the class of a character. Braces count as CJK, because they are the edge of a token or of ruby, which acts like a word.
func sideOf(r rune) side {
	switch {
	case r == '{' || r == '}':
		return side{cjk: true}
	case plaintext.IsCJK(r):
		return side{space: r == '\u3000', punctuation: isPunctuation(r), cjk: true}
	}
	return side{space: unicode.IsSpace(r), punctuation: isPunctuation(r)}
}

// flanking returns whether a run between two characters can open and close emphasis. It is CommonMark's rule with one exception. In
// CommonMark, punctuation beside the run can prevent emphasis. Here, CJK punctuation never prevents emphasis, and no punctuation does if
// the character on the other side of the run is CJK. Japanese has no spaces that could show to which side a 「 or a ） belongs: **保険証（新）**は,
// **「保険証」**を and 保険証**です。**次 are all emphasis.
func flanking(char byte, before, after side) (canOpen, canClose bool) {
	held := func(this, other side) bool {
		return this.space || this.punctuation && !this.cjk && !other.space && !other.punctuation && !other.cjk
	}
	left, right := !held(after, before), !held(before, after)
	if char == '_' {
		return left && (!right || before.punctuation), right && (!left || after.punctuation)
	}
	return left, right
}

// delimiters reads a run of * or _.
func (s *scanner) delimiters(i int) int {
	char, end := s.src[i], i+1
	for end < len(s.src) && s.src[end] == char {
		end++
	}
	before, after := rune('\n'), rune('\n')
	if i > 0 {
		before, _ = utf8.DecodeLastRuneInString(s.src[:i])
	}
	if end < len(s.src) {
		after, _ = utf8.DecodeRuneInString(s.src[end:])
	}
	canOpen, canClose := flanking(char, sideOf(before), sideOf(after))
	if !canOpen && !canClose && char == '_' {
		s.Underscores(i, end)
		return end
	}
	d := delim{
		start: i, length: end - i, left: end - i, char: char, canOpen: canOpen, canClose: canClose,
		before: s.last, after: -1,
	}
	if s.last >= 0 {
		s.delims[s.last].after = len(s.delims)
	}
	s.last = len(s.delims)
	s.delims = append(s.delims, d)
	return s.add(i, end, item{kind: itemRun, ref: int32(s.last)})
}

// emphasis matches the runs whose index is at least `bottom`, and removes them from the list. It is the procedure "process emphasis" of
// CommonMark 0.31. Bounds limit how far back it looks for an opener, so that the time is linear.
func (s *scanner) emphasis(bottom int) {
	first := -1
	for i := s.last; i >= bottom; i = s.delims[i].before {
		first = i
	}
	if first < 0 {
		return
	}
	var bounds [2][2][3]int // where the search for openers ends, by the closer's character, whether the closer can also open, and its length modulo 3
	for i := range bounds {
		for j := range bounds[i] {
			bounds[i][j] = [3]int{bottom - 1, bottom - 1, bottom - 1}
		}
	}
	for closer := first; closer >= 0; {
		d := &s.delims[closer]
		if !d.canClose {
			closer = d.after
			continue
		}
		bound := &bounds[index(d.char == '_')][index(d.canOpen)][d.length%3]
		opener := d.before
		for opener > *bound && !s.delims[opener].opensFor(d) {
			opener = s.delims[opener].before
		}
		if opener <= *bound {
			*bound = d.before
			if !d.canOpen {
				s.unlink(closer)
			}
			closer = d.after
			continue
		}
		s.match(opener, closer)
		if d.left == 0 {
			s.unlink(closer)
			closer = d.after
		}
	}
	s.last = s.delims[first].before
	if s.last >= 0 {
		s.delims[s.last].after = -1
	}
}

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

// opensFor reports whether a run can open the emphasis that the run `closer` closes. Both must consist of the same character. If one of
// them can both open and close, the sum of their lengths must not be a multiple of three, unless both lengths are multiples of three.
func (d *delim) opensFor(closer *delim) bool {
	if !d.canOpen || d.char != closer.char {
		return false
	}
	return !(d.canClose || closer.canOpen) || (d.length+closer.length)%3 != 0 || d.length%3 == 0
}

// match makes an emphasis from the innermost characters of two runs. The runs between them can no longer match. If an emphasis takes only
// one character of a run of two, match reports that run.
func (s *scanner) match(opener, closer int) {
	from, to := &s.delims[opener], &s.delims[closer]
	from.after, to.before = closer, opener
	strong := from.left >= 2 && to.left >= 2
	if !strong && (from.length == 2 && from.opens != nil || to.length == 2 && to.closes != nil) {
		run := from
		if from.length != 2 {
			run = to
		}
		s.Report(run.start, "emphasis-split", s.src[run.start:run.start+run.length])
	}
	from.opens, to.closes = append(from.opens, strong), append(to.closes, strong)
	from.left -= 1 + index(strong)
	to.left -= 1 + index(strong)
	if from.left == 0 {
		s.unlink(opener)
	}
}

func (s *scanner) unlink(i int) {
	d := &s.delims[i]
	if d.before >= 0 {
		s.delims[d.before].after = d.after
	}
	if d.after >= 0 {
		s.delims[d.after].before = d.before
	}
}

// expandRun turns a run into nodes: first the ends of the emphases that it closes, innermost first; then the characters that are left; then
// the starts of the emphases that it opens, outermost first.
func (s *scanner) expandRun(it *item) {
	d := &s.delims[it.ref]
	pos := d.start
	for _, strong := range d.closes {
		s.edge(strong, true, pos)
		pos += 1 + index(strong)
	}
	if d.left > 0 {
		s.node(markdown.KindText, false, pos, s.src[pos:pos+d.left], 0)
		if _, listed := slices.BinarySearch(s.b.Stars, s.At(pos)); listed {
			// the asterisk is reported as the mark of a list
		} else if d.char == '*' && (d.left > 1 || d.canOpen || d.canClose) {
			s.Report(pos, "emphasis-literal", s.src[pos:pos+d.left])
		} else if d.char == '_' {
			s.Underscores(pos, pos+d.left)
		}
		pos += d.left
	}
	for _, strong := range slices.Backward(d.opens) {
		s.edge(strong, false, pos)
		pos += 1 + index(strong)
	}
}

// edge adds the start or end of an emphasis, unless the emphasis is nested too deeply.
func (s *scanner) edge(strong, end bool, pos int) {
	if !end {
		s.depth++
	}
	k := markdown.KindEmphasis
	if strong {
		k = markdown.KindStrong
	}
	if s.depth <= deepest {
		s.node(k, end, pos, "", 0)
	} else {
		s.b.tooDeep(s.At(pos))
	}
	if end {
		s.depth--
	}
}

func isPunctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func isASCIIPunctuation(c byte) bool { return c < utf8.RuneSelf && isPunctuation(rune(c)) }
