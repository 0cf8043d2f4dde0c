package lookalike

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
)

// Authors also write lists, headings and notes in the style of offices, with ・, ①, １．, 【…】, ■ or ※ at the start of a line. A page does not
// keep the line ends of Markdown, so such lines would run together. Each such line is reported. If a line can mean only one thing, the
// finding has a fix.

// Block has the lines of a paragraph, or of the text of a list entry.
type Block struct {
	*Source
	Lines     []Line
	Paragraph bool
	Level     int // level of the last heading before the block, or 0
}

// CheckLines reports mistakes at the start and the end of each line, such as a misplaced or full-width mark.
func (b *Block) CheckLines() {
	for i := range b.Lines {
		b.checkStart(i)
	}
}

// Check reports text that looks like a table, a list, a heading or a note. The block must not contain a real table. The function `fits`
// reports whether list entries with these first and last numbers would continue the numbers around the block. If not, the findings about such
// entries have no fix. `barred` means that a finding covers the bars (|) of the block.
func (b *Block) Check(fits func(first, last int) bool) (barred bool) {
	barred = b.tableLike()
	b.lookalikes(fits)
	return barred
}

// lineMarker describes the start of a line, if it looks like the mark of a block.
type lineMarker struct {
	kind   markerKind
	length int  // length in bytes of the mark and of the Spaces after it
	number int  // the number, if the mark is a number
	sure   bool // whether no sentence can begin with the number in this form
}

type markerKind uint8

// The kinds of marks, each with what the line begins with.
const (
	markerNone    markerKind = iota
	markerBullet             // ・
	markerNumber             // ① １． 1.
	markerNote               // ※ （注）
	markerHeading            // 【…】 alone on its line
	markerLabel              // 【…】 with a text after it
)

const (
	// bullets are the characters that authors use to mark the entries of a list.
	bullets = "・･·∙⋅•●○◎■□◆◇▪▫◦‣▶►▷➢➤✓✔☐☑➡－＊"
	// headers are the bullets that can also mark a heading.
	headers = "■●◆◇□○◎"
	// Spaces are the characters that may follow a mark.
	Spaces = " \t\u3000\u00a0"
)

// markerOf reads the mark at the start of a line. Its kind is markerNone if the line has no mark.
func markerOf(line string) lineMarker {
	r, size := utf8.DecodeRuneInString(line)
	rest := line[size:]
	behind := size + len(rest) - len(strings.TrimLeft(rest, Spaces))
	next, _ := utf8.DecodeRuneInString(line[behind:])
	switch {
	case line == "":
	case r == '※':
		return lineMarker{kind: markerNote, length: size}
	case r == '【':
		return bracketed(line)
	case r == '（' || r == '(':
		if n := noteLength(line); n > 0 {
			return lineMarker{kind: markerNote, length: n}
		}
	case strings.TrimSpace(rest) == "": // nothing follows the mark
	case strings.ContainsRune(bullets, r):
		switch {
		case next == r || strings.ContainsRune("年月日時分円", next) || r == '－' && isAnyDigit(next):
		case r != '＊' || behind > size:
			return lineMarker{kind: markerBullet, length: behind}
		case strings.Count(line, "＊") == 1:
			return lineMarker{kind: markerNote, length: size}
		}
	case (r == '–' || r == '—' || r == '−') && behind > size:
		return lineMarker{kind: markerBullet, length: behind}
	case strings.HasPrefix(line, "--"):
		text := strings.TrimLeft(line, "-")
		if entry := strings.TrimLeft(text, Spaces); entry != text && entry != "" {
			return lineMarker{kind: markerBullet, length: len(line) - len(entry)}
		}
	}
	return numbered(line)
}

// noteLength returns the length of （注）, （注意）, （例）, （参考） or （備考） at the start of a line, also with a number, as in （注1）. It returns 0
// if the line begins with none of them. The first character of the line is an opening parenthesis.
func noteLength(line string) int {
	_, open := utf8.DecodeRuneInString(line)
	inner := strings.IndexAny(line[open:], "）)")
	if inner < 0 {
		return 0
	}
	end := open + inner
	switch strings.TrimRight(line[open:end], "0123456789０１２３４５６７８９") {
	case "注", "注意", "例", "参考", "備考":
		_, size := utf8.DecodeRuneInString(line[end:])
		return end + size
	}
	return 0
}

// bracketed reads 【…】 at the start of a line.
func bracketed(line string) lineMarker {
	end := strings.Index(line, "】")
	switch {
	case end <= len("【"):
		return lineMarker{}
	case strings.Trim(line[end+len("】"):], Spaces) == "":
		return lineMarker{kind: markerHeading, length: end + len("】")}
	}
	return lineMarker{kind: markerLabel, length: end + len("】")}
}

// circled lists numbers that are one character each, in ranges: the first character, its number, and the number of characters in the range.
var circled = []struct {
	first       rune
	from, count int
}{{'①', 1, 20}, {'㉑', 21, 15}, {'㊱', 36, 15}, {'⑴', 1, 20}, {'⒈', 1, 20}, {'❶', 1, 10}, {'⓫', 11, 10}, {'⓵', 1, 10}, {'➀', 1, 10}, {'➊', 1, 10}, {'㈠', 1, 10}, {'㊀', 1, 10}}

// numbered reads a number such as ①, １．, 1) or （1） at the start of a line. It sets `sure` if a dot follows the number, or a closing
// parenthesis without an opening one. Such a number cannot begin a sentence.
func numbered(line string) lineMarker {
	r, size := utf8.DecodeRuneInString(line)
	for _, row := range circled {
		if n := int(r - row.first); n >= 0 && n < row.count {
			return withSpaces(line, size, row.from+n, false)
		}
	}
	at, open := 0, false
	if r == '(' || r == '（' {
		at, open = size, true
	}
	number, digits := 0, 0
	for ; digits < 3; digits++ {
		d, size := utf8.DecodeRuneInString(line[at:])
		if d >= '０' && d <= '９' {
			d += '0' - '０'
		}
		if d < '0' || d > '9' {
			break
		}
		number, at = number*10+int(d-'0'), at+size
	}
	r, size = utf8.DecodeRuneInString(line[at:])
	closing := r == ')' || r == '）'
	if digits == 0 || digits == 3 || open && !closing || !closing && !strings.ContainsRune(".．、", r) {
		return lineMarker{}
	}
	m := withSpaces(line, at+size, number, !open && r != '、')
	if next, _ := utf8.DecodeRuneInString(line[m.length:]); isAnyDigit(next) || next == utf8.RuneError {
		return lineMarker{} // a decimal number such as 1.5, or a number with nothing after it
	}
	if n := listMark(line); n > 0 && strings.IndexAny(line[n:], "\u3000\u00a0") == 0 {
		return lineMarker{} // checkStart reports the space after such a mark
	}
	return m
}

func isAnyDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

func withSpaces(line string, length, number int, sure bool) lineMarker {
	rest := line[length:]
	return lineMarker{markerNumber, length + len(rest) - len(strings.TrimLeft(rest, Spaces)), number, sure}
}

// joinedMark returns the offset of a "- " that follows a sentence on the same line, or -1 if there is no such mark. Such a mark means that
// the line end between two list entries was lost, or was replaced by a different character.
func joinedMark(line string) int {
	for at := 0; ; at++ {
		next := strings.Index(line[at:], "- ")
		if next < 0 {
			return -1
		}
		at += next
		sentence := line[:at]
		if last, size := utf8.DecodeLastRuneInString(sentence); !isSentenceEnd(last) && !unicode.IsSpace(last) {
			sentence = sentence[:at-size]
		}
		if last, size := utf8.DecodeLastRuneInString(sentence); isSentenceEnd(last) && size < len(sentence) {
			return at
		}
	}
}

// isSentenceEnd reports whether a character ends a sentence.
func isSentenceEnd(r rune) bool { return strings.ContainsRune("。．！？.", r) }

// lookalikes reports lines that look like a list, a heading or a note.
func (b *Block) lookalikes(fits func(first, last int) bool) {
	for _, line := range b.Lines {
		if at := joinedMark(b.read(line)); at >= 0 {
			b.Report(line.Start+at, "list-joined")
		}
	}
	if len(b.Lines) == 1 && plaintext.IsLetter(b.Text[b.Lines[0].Start]) {
		return
	}
	marks := make([]lineMarker, len(b.Lines))
	numbers := 0
	for i, line := range b.Lines {
		marks[i] = markerOf(b.read(line))
		if marks[i].kind == markerNumber {
			numbers++
		}
	}
	b.parallels(marks)
	if line := b.read(b.Lines[0]); b.Paragraph && len(b.Lines) > 1 && heads(line, b.read(b.Lines[1])) {
		b.headingMark(b.Lines[0], line, strings.Trim(line, headSigns+Spaces))
	}
	counts := numbers > 0 && countsOn(marks, fits)
	headed := b.headedLists(marks)
	for i, m := range marks {
		line := b.read(b.Lines[i])
		switch m.kind {
		case markerBullet:
			switch words := strings.Trim(line[m.length:], Spaces); {
			case b.Paragraph && i == 0 && b.headsLines(line, marks):
				b.headingMark(b.Lines[i], line, words)
			case headed && b.headsOther(i, marks):
				b.Report(b.Lines[i].Start, "heading-mark", Sample(line), b.headingOf(words))
			default:
				var edits []diag.Edit
				if !headed {
					edits = b.listEdits(marks, i, "- ")
				}
				b.Mend(b.Lines[i].Start, edits, "list-mark", line[:m.length], "- "+Sample(words))
			}
		case markerNumber:
			if i == 0 && numbers == 1 && !m.sure {
				continue
			}
			number := strconv.Itoa(m.number) + ". "
			var edits []diag.Edit
			if counts && !headed {
				edits = b.listEdits(marks, i, number)
			}
			b.Mend(b.Lines[i].Start, edits, "list-mark", strings.TrimRight(line[:m.length], Spaces), number+Sample(line[m.length:]))
		case markerHeading:
			b.headingMark(b.Lines[i], line, strings.Trim(line[len("【"):m.length-len("】")], Spaces))
		case markerNote, markerLabel:
			if i > 0 {
				b.Mend(b.Lines[i].Start, b.apart(b.Lines[i].Start, ""), "line-joined", line[:m.length])
			}
		}
	}
}

// Sample returns the beginning of a text for use in a hint: at most twelve characters, with "…" after them if text was cut off.
func Sample(text string) string {
	const most = 12
	runes := []rune(strings.TrimSpace(text))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}

// headsLines reports whether the first of several lines is a heading: it looks like one, and the next line has no marker.
func (b *Block) headsLines(line string, marks []lineMarker) bool {
	return len(marks) > 1 && marks[1].kind == markerNone && headingLike(line)
}

// headingLike reports whether a line can be a heading: it is short, begins with one of the bullets in `headers` and does not end like a
// sentence.
func headingLike(line string) bool {
	const most = 30
	r, _ := utf8.DecodeRuneInString(line)
	return strings.ContainsRune(headers, r) && utf8.RuneCountInString(line) <= most && !endsSentence(line)
}

// headedLists reports whether a line of the block may be the heading of a list, as ■ is in "■対象者", "・A". It may also be an entry with
// entries below it, so no line of such a block has a fix: a fix could turn a heading into an entry.
func (b *Block) headedLists(marks []lineMarker) bool {
	for i := range marks {
		if b.headsOther(i, marks) {
			return true
		}
	}
	return false
}

// headsOther reports whether line i looks like a heading and stands alone in its paragraph, or directly above a list with a different mark.
// One line whose mark can also mark a heading is not yet such a list.
func (b *Block) headsOther(i int, marks []lineMarker) bool {
	line := b.read(b.Lines[i])
	switch {
	case !b.Paragraph || marks[i].kind != markerBullet || !headingLike(line):
		return false
	case i+1 == len(marks):
		return i == 0
	case marks[i+1].kind != markerBullet:
		return marks[i+1].kind == markerNumber
	}
	above, below := b.firstRune(i), b.firstRune(i+1)
	return above != below && (!strings.ContainsRune(headers, below) || i+2 < len(marks) && b.firstRune(i+2) == below)
}

func (b *Block) firstRune(i int) rune {
	r, _ := utf8.DecodeRuneInString(b.read(b.Lines[i]))
	return r
}

func endsSentence(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune("。．！？.!?」）)", r)
}

// headingMark reports a line that is meant as a heading but lacks Markdown's # marks. `words` is the text of the heading.
func (b *Block) headingMark(at Line, line, words string) {
	heading := b.headingOf(words)
	var edits []diag.Edit
	if b.startsLine(at.Start) {
		edits = []diag.Edit{b.Edit(at.Start, line, heading)}
	}
	b.Mend(at.Start, edits, "heading-mark", Sample(line), heading)
}

// headingOf writes a heading with the marks of Markdown, at the level of the headings around the block.
func (b *Block) headingOf(words string) string {
	return strings.Repeat("#", max(2, b.Level)) + " " + words
}

// listEdits returns the changes that turn line i into a list entry. `plain` is the mark of the entry in Markdown. listEdits returns nil if an
// entry cannot begin at line i, or if it is uncertain whether the line after it belongs to the entry.
func (b *Block) listEdits(marks []lineMarker, i int, plain string) []diag.Edit {
	m, at := marks[i], b.Lines[i].Start
	old := b.Text[at : at+m.length]
	edits := []diag.Edit{b.Edit(at, old, plain)}
	if i > 0 && marks[i-1].kind != m.kind && m.kind == markerNumber && m.number != 1 {
		if edits = b.apart(at, old); edits != nil { // in CommonMark, only the number 1 can interrupt a paragraph
			edits[0].New += plain
		}
	}
	if i+1 == len(b.Lines) || marks[i+1].kind != markerNone || edits == nil {
		return edits
	}
	// If the line is long and does not end a sentence, the next line may belong to the entry.
	const long = 30
	next, line := b.Lines[i+1].Start, b.read(b.Lines[i])
	switch {
	case b.isIndented(next) || !b.startsLine(next):
		return edits
	case utf8.RuneCountInString(line) >= long && !endsSentence(line):
		return nil
	}
	return append(edits, b.apart(next, "")...)
}

// countsOn reports whether the numbers of the lines are consecutive, and continue the numbers around the block. If not, a list would show
// numbers that differ from the written ones.
func countsOn(marks []lineMarker, fits func(first, last int) bool) bool {
	first, last := 0, 0
	for _, m := range marks {
		switch {
		case m.kind != markerNumber:
			continue
		case last == 0:
			first = m.number
		case m.number != last+1:
			return false
		}
		last = m.number
	}
	return fits(first, last)
}

// startsLine reports whether an offset is at the start of a line of the file, and not after the mark of a list or a quotation.
func (b *Block) startsLine(at int) bool { return at == 0 || b.Text[at-1] == '\n' }

// apart returns the change that begins a paragraph at an offset and removes the text `old` there. It returns nil if the offset is not at
// the start of a line.
func (b *Block) apart(at int, old string) []diag.Edit {
	if !b.startsLine(at) {
		return nil
	}
	return []diag.Edit{b.Edit(at, old, "\n")}
}

// Number returns the number of a line that looks like an entry of a numbered list. It returns -1 for other lines.
func (s *Source) Number(line Line) int {
	if m := markerOf(s.read(line)); m.kind == markerNumber {
		return m.number
	}
	return -1
}
