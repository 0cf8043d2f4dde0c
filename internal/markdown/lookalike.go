package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
)

// Authors also write lists, headings and notes as offices do: ・, ①, １．, 【…】, ■, ※ at the start of a line. A page does not show
// the line ends of Markdown, so all these lines would run together. Each of them is reported. If a line can mean only one
// thing, the finding has a fix.

// lineMarker is the start of a line that looks like a block's mark.
type lineMarker struct {
	kind   markerKind
	length int  // of the mark and the spaces after it
	number int  // of a numbered line
	sure   bool // a sentence cannot begin with the number in this form
}

type markerKind uint8

const (
	markerNone    markerKind = iota
	markerBullet             // ・
	markerNumber             // ① １． 1.
	markerNote               // ※
	markerHeading            // 【…】 alone on its line
	markerLabel              // 【…】 and a text
)

const (
	// bullets mark the entries of a list.
	bullets = "・･•●○◎■□◆◇▪▫◦‣∙▶►▷➢➤✓✔☐☑➡－＊"
	// headers are bullets that can also mark a heading.
	headers = "■●◆◇□○◎"
	// spaces may follow a mark.
	spaces = " \t\u3000\u00a0"
)

// markerOf reads the mark at the start of a line.
func markerOf(line string) lineMarker {
	r, size := utf8.DecodeRuneInString(line)
	rest := line[size:]
	behind := size + len(rest) - len(strings.TrimLeft(rest, spaces))
	next, _ := utf8.DecodeRuneInString(line[behind:])
	switch {
	case line == "":
	case r == '※':
		return lineMarker{kind: markerNote, length: size}
	case r == '【':
		return bracketed(line)
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
		if entry := strings.TrimLeft(text, spaces); entry != text && entry != "" {
			return lineMarker{kind: markerBullet, length: len(line) - len(entry)}
		}
	}
	return numbered(line)
}

// bracketed reads 【…】.
func bracketed(line string) lineMarker {
	end := strings.Index(line, "】")
	switch {
	case end <= len("【"):
		return lineMarker{}
	case strings.Trim(line[end+len("】"):], spaces) == "":
		return lineMarker{kind: markerHeading, length: end + len("】")}
	}
	return lineMarker{kind: markerLabel, length: end + len("】")}
}

// circled are ranges of numbers that are one character each: the first character, its number, and how many there are.
var circled = []struct {
	first       rune
	from, count int
}{{'①', 1, 20}, {'㉑', 21, 15}, {'㊱', 36, 15}, {'⑴', 1, 20}, {'⒈', 1, 20}, {'❶', 1, 10}, {'⓫', 11, 10}, {'⓵', 1, 10}, {'➀', 1, 10}, {'➊', 1, 10}, {'㈠', 1, 10}, {'㊀', 1, 10}}

// numbered reads ①, １．, 1), （1） and the like. It sets sure if a dot follows the number, or a closing parenthesis without an
// opening one: then the number cannot begin a sentence.
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
		return lineMarker{} // a decimal number, such as 1.5
	}
	if n := listMark(line); n > 0 && strings.IndexAny(line[n:], "\u3000\u00a0") == 0 {
		return lineMarker{} // checkLineStart reports it
	}
	return m
}

func isAnyDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

func withSpaces(line string, length, number int, sure bool) lineMarker {
	rest := line[length:]
	return lineMarker{markerNumber, length + len(rest) - len(strings.TrimLeft(rest, spaces)), number, sure}
}

// joinedMark returns the offset of a "- " that follows a sentence on the same line, or -1 if there is none. The line end
// between two list entries was then lost, or overtyped with one character.
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

// lookalikes reports what looks like a list, a heading or a note in the lines of a block of text. tagged means that the block
// is a paragraph, not an entry of a list.
func (b *builder) lookalikes(n ast.Node, lines []text.Segment, tagged bool) {
	for _, line := range lines {
		if at := joinedMark(b.text(line)); at >= 0 {
			b.report(line.Start+at, "list-joined")
		}
	}
	if len(lines) == 1 && plaintext.IsLetter(b.src[lines[0].Start]) {
		return
	}
	marks := make([]lineMarker, len(lines))
	numbers := 0
	for i, line := range lines {
		marks[i] = markerOf(b.text(line))
		numbers += index(marks[i].kind == markerNumber)
	}
	b.parallels(lines, marks)
	if line := b.text(lines[0]); tagged && heads(len(lines), line) {
		b.headingMark(lines[0], line, strings.Trim(line, headSigns+spaces))
	}
	counts := numbers > 0 && b.ownLines(n, lines) && b.countsOn(n, marks)
	for i, m := range marks {
		line := b.text(lines[i])
		switch m.kind {
		case markerBullet:
			if tagged && i == 0 && b.headsLines(line, marks) {
				b.headingMark(lines[i], line, strings.Trim(line[m.length:], spaces))
			} else {
				b.reportMend(lines[i].Start, b.listEdits(lines, marks, i, "- "), "list-mark", line[:m.length], "- "+sample(line[m.length:]))
			}
		case markerNumber:
			if i == 0 && numbers == 1 && !m.sure {
				continue
			}
			number := strconv.Itoa(m.number) + ". "
			var edits []diag.Edit
			if counts {
				edits = b.listEdits(lines, marks, i, number)
			}
			b.reportMend(lines[i].Start, edits, "list-mark", strings.TrimRight(line[:m.length], spaces), number+sample(line[m.length:]))
		case markerHeading:
			b.headingMark(lines[i], line, strings.Trim(line[len("【"):m.length-len("】")], spaces))
		case markerNote, markerLabel:
			if i > 0 {
				b.reportMend(lines[i].Start, b.apart(lines[i].Start, ""), "line-joined", line[:m.length])
			}
		}
	}
}

// text returns a line without its line end and trailing spaces.
func (b *builder) text(line text.Segment) string {
	return strings.TrimRight(b.src[line.Start:line.Stop], " \t\r\n")
}

// sample returns the beginning of a text for use in a hint.
func sample(text string) string {
	const most = 12
	runes := []rune(strings.TrimSpace(text))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}

// headsLines reports whether the first of several lines is a heading: it is short and has a mark, and the next line has none.
func (b *builder) headsLines(line string, marks []lineMarker) bool {
	const most = 30
	r, _ := utf8.DecodeRuneInString(line)
	return len(marks) > 1 && marks[1].kind == markerNone && strings.ContainsRune(headers, r) && utf8.RuneCountInString(line) <= most && !endsSentence(line)
}

func endsSentence(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune("。．！？.!?」）)", r)
}

// headingMark reports a line that is meant as a heading but lacks Markdown's mark.
func (b *builder) headingMark(at text.Segment, line, words string) {
	heading := strings.Repeat("#", max(2, b.level)) + " " + words
	var edits []diag.Edit
	if b.startsLine(at.Start) {
		edits = []diag.Edit{b.edit(at.Start, line, heading)}
	}
	b.reportMend(at.Start, edits, "heading-mark", sample(line), heading)
}

// listEdits returns the changes that turn line i into a list entry. plain is the mark in Markdown. listEdits returns nil if it
// is not clear whether the next line belongs to the entry, or if the entry cannot begin at that line.
func (b *builder) listEdits(lines []text.Segment, marks []lineMarker, i int, plain string) []diag.Edit {
	m, at := marks[i], lines[i].Start
	old := b.src[at : at+m.length]
	edits := []diag.Edit{b.edit(at, old, plain)}
	if i > 0 && marks[i-1].kind != m.kind && m.kind == markerNumber && m.number != 1 {
		if edits = b.apart(at, old); edits != nil { // in CommonMark only a 1. can interrupt a paragraph
			edits[0].New += plain
		}
	}
	if i+1 == len(lines) || marks[i+1].kind != markerNone || edits == nil {
		return edits
	}
	// If the entry is long and its sentence does not end, the next line may continue the entry.
	const long = 30
	next, line := lines[i+1].Start, b.text(lines[i])
	switch {
	case b.isIndented(next) || !b.startsLine(next):
		return edits
	case utf8.RuneCountInString(line) >= long && !endsSentence(line):
		return nil
	}
	return append(edits, b.apart(next, "")...)
}

// countsOn reports whether the numbers of a paragraph's lines are consecutive, also with those of a numbered list directly before
// and directly after the paragraph. If they are not, a list would show different numbers.
func (b *builder) countsOn(n ast.Node, marks []lineMarker) bool {
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
	_, before := b.numbers(n.PreviousSibling())
	after, _ := b.numbers(n.NextSibling())
	return (before < 0 || before+1 == first) && (after < 0 || last+1 == after)
}

// ownLines reports whether all lines of a paragraph carry the marks of its block: it is not in a list entry, and in a quotation
// each line begins with >. CommonMark lets a paragraph continue without these marks.
func (b *builder) ownLines(n ast.Node, lines []text.Segment) bool {
	if n.Parent().Kind() != ast.KindBlockquote {
		return n.Parent().Kind() != ast.KindListItem
	}
	return !slices.ContainsFunc(lines, func(line text.Segment) bool {
		before := b.src[max(0, line.Start-2*deepest):line.Start]
		return strings.IndexByte(before[strings.LastIndexByte(before, '\n')+1:], '>') < 0
	})
}

// numbers returns the first and the last number of a block. A list numbered with dots has both. A paragraph has the first
// number if its first line looks like an entry of such a list, and the last number if its last line does. A missing number is
// -1. An indented code block has the number 0, which follows no number.
func (b *builder) numbers(n ast.Node) (first, last int) {
	switch n := n.(type) {
	case *ast.List:
		if n.Marker == '.' {
			return n.Start, n.Start + n.ChildCount() - 1
		}
	case *ast.CodeBlock:
		return 0, 0 // the block would become part of a list before it
	case *ast.Paragraph:
		lines := segmentsOf(n)
		first, last = -1, -1
		if m := markerOf(b.text(lines[0])); m.kind == markerNumber {
			first = m.number
		}
		if m := markerOf(b.text(lines[len(lines)-1])); m.kind == markerNumber {
			last = m.number
		}
		return first, last
	}
	return -1, -1
}

// startsLine reports whether an offset is at the start of a line of the file, and not after the mark of a list or quotation.
func (b *builder) startsLine(at int) bool { return at == 0 || b.src[at-1] == '\n' }

// apart returns the change that begins a paragraph at the start of a line and removes old there, or nil if the offset is not at
// the start of a line.
func (b *builder) apart(at int, old string) []diag.Edit {
	if !b.startsLine(at) {
		return nil
	}
	return []diag.Edit{b.edit(at, old, "\n")}
}

func (b *builder) edit(at int, old, plain string) diag.Edit {
	return diag.Edit{Offset: b.base + at, Old: old, New: plain}
}

// reportMend adds a finding with the changes that fix it, if there are any.
func (b *builder) reportMend(at int, edits []diag.Edit, code diag.Code, args ...any) {
	found := b.file.At(b.base+at, code, args...)
	if len(edits) > 0 {
		found = b.file.Mendable(found, edits...)
	}
	b.found.Add(found)
}

// indented reports a line that begins with full-width spaces, as Japanese paragraphs do. If the line before it ends a sentence, the
// fix begins a paragraph. If the line continues a list entry, the fix indents it with plain spaces.
func (b *builder) indented(lines []text.Segment, i int, tagged bool) {
	at := lines[i].Start
	line := b.src[at:lines[i].Stop]
	space := line[:len(line)-len(strings.TrimLeft(line, spaces))]
	edits := []diag.Edit{b.edit(at, space, "")}
	switch {
	case b.continues(lines, i):
		edits[0].New = "  "
	case tagged && i > 0 && b.startsLine(at) && endsSentence(b.text(lines[i-1])):
		edits = b.apart(at, space)
	}
	b.reportMend(at, edits, "fullwidth-indent")
}

// continues reports whether the indented line i continues a line at most three lines before it that looks like a list entry.
func (b *builder) continues(lines []text.Segment, i int) bool {
	const near = 3
	for j := i - 1; j >= max(0, i-near); j-- {
		if m := markerOf(b.text(lines[j])); m.kind == markerBullet || m.kind == markerNumber {
			return true
		} else if !b.isIndented(lines[j].Start) {
			return false
		}
	}
	return false
}

// isIndented reports whether the text of a line begins with a full-width space, or comes after one to four spaces and tabs. at is
// the offset of the text.
func (b *builder) isIndented(at int) bool {
	start := len(strings.TrimRight(b.src[max(0, at-4):at], " \t")) + max(0, at-4)
	return strings.HasPrefix(b.src[at:], "\u3000") || start < at && b.startsLine(start)
}

// fullwidthLine reports a line whose mark is full-width: ＃＃, ＞, －－－.
func (b *builder) fullwidthLine(lines []text.Segment, i int) {
	at, line := lines[i].Start, b.text(lines[i])
	rest := strings.TrimLeft(line, "＃#")
	switch marks := line[:len(line)-len(rest)]; {
	case strings.HasPrefix(marks, "＃") && (len(marks) > len("＃") || strings.IndexAny(rest, " \u3000") == 0):
		plain := strings.ReplaceAll(marks, "＃", "#")
		words := strings.TrimLeft(rest, spaces)
		b.reportMend(at, []diag.Edit{b.edit(at, line[:len(line)-len(words)], plain+" ")}, "mark-fullwidth", marks, plain)
	case strings.HasPrefix(line, "＞") && !strings.Contains(line, "＜"):
		words := strings.TrimLeft(line[len("＞"):], spaces)
		b.reportMend(at, []diag.Edit{b.edit(at, line[:len(line)-len(words)], "> ")}, "mark-fullwidth", "＞", ">")
	case isDrawn(line):
		edits := []diag.Edit{b.edit(at, line, "---")}
		if i > 0 {
			if edits = b.apart(at, line); edits != nil {
				edits[0].New += "---"
			}
		}
		b.reportMend(at, edits, "mark-fullwidth", sample(line), "---")
	}
}

// closing reports a line that begins with closing punctuation, which belongs to the previous line. The punctuation would hide a list's
// mark after it.
func (b *builder) closing(lines []text.Segment, i int) {
	at, line := lines[i].Start, b.text(lines[i])
	marks := line[:len(line)-len(strings.TrimLeft(line, "、。，．」』）】〕〉》"))]
	if rest := strings.TrimLeft(line, ".,;!?)”"); marks == "" && (rest == "" || rest[0] == ' ') && !strings.HasPrefix(line, "..") {
		marks = line[:len(line)-len(rest)]
	}
	if marks == "" {
		return
	}
	var edits []diag.Edit
	if i > 0 && b.startsLine(at) {
		end, rest := lines[i-1].Start+len(b.text(lines[i-1])), strings.TrimLeft(line[len(marks):], " ")
		if edits = []diag.Edit{b.edit(end, b.src[end:at]+marks, marks)}; rest != "" {
			edits = []diag.Edit{b.edit(end, "", marks), b.edit(at, line[:len(line)-len(rest)], "")}
		}
	}
	b.reportMend(at, edits, "line-closing", marks)
}

// opening reports a line that ends with the mark of a list entry or a heading, which belongs to the next line.
func (b *builder) opening(lines []text.Segment, i int) {
	line := b.text(lines[i])
	words := strings.TrimRight(strings.TrimRight(line, "-・#"), " ")
	mark := strings.TrimLeft(line[len(words):], " ")
	if words == "" || mark == "" || len(mark) > len("##") && mark != "・" || strings.HasSuffix(words, "|") {
		return
	}
	b.report(lines[i].Start+len(line)-len(mark), "line-opening", mark)
}

// isDrawn reports whether a line of text is a horizontal rule drawn with full-width dashes.
func isDrawn(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return strings.ContainsRune("－ー―─━＝", r) && utf8.RuneCountInString(line) >= 3 && strings.Trim(line, string(r)) == ""
}

// underlined reports an underlined heading: a line of = or a single - below a text.
func (b *builder) underlined(lines []text.Segment, i int) {
	line := strings.TrimSpace(b.text(lines[i]))
	if i == 0 || line == "" || strings.Trim(line, "=") != "" && line != "-" {
		return
	}
	var edits []diag.Edit
	if i == 1 && line != "-" && b.startsLine(lines[0].Start) && b.startsLine(lines[1].Start) {
		edits = []diag.Edit{b.edit(lines[0].Start, "", "## "), b.edit(lines[1].Start, b.src[lines[1].Start:lines[1].Stop], "")}
	}
	b.reportMend(lines[i].Start, edits, "heading-setext", sample(line))
}

// underlinedByRule reports a line of --- directly below a paragraph. CommonMark reads it as the underline of a heading, but it
// may also be meant as a horizontal rule.
func (b *builder) underlinedByRule(at int) {
	line := b.src[at:]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	if line = strings.TrimRight(line, " \t\r"); strings.Trim(line, "-") == "" {
		b.report(at, "heading-setext", sample(line))
	}
}

// task reports the checkbox of a task list at the start of a list entry.
func (b *builder) task(line text.Segment) {
	text := b.src[line.Start:line.Stop]
	for _, box := range []string{"[ ]", "[x]", "[X]", "[\u3000]"} {
		if rest, found := strings.CutPrefix(text, box); found && (rest == "" || strings.IndexAny(rest, " \t\u3000") == 0) {
			var edits []diag.Edit
			if box != "[x]" && box != "[X]" {
				edits = []diag.Edit{b.edit(line.Start, box+rest[:len(rest)-len(strings.TrimLeft(rest, spaces))], "")}
			}
			b.reportMend(line.Start, edits, "task-refused", box)
		}
	}
}

// beginsText reports whether a text begins with a word, or with an opening mark such as 「. If a hyphen is before the text, the space
// after the hyphen is missing.
func beginsText(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) || strings.ContainsRune("{[*「『（", r)
}

// beginsJapanese reports whether a text begins with a Japanese word. If a # is before the text, the space after the # is missing.
func beginsJapanese(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return plaintext.IsCJK(r) && !isPunctuation(r) && (r < '０' || r > '９')
}

// checkNoBlock reports the mark of a block at the start of a text that cannot hold blocks.
func (b *builder) checkNoBlock(text string) {
	marks := text[:len(text)-len(strings.TrimLeft(text, "#>|"))]
	if n := listMark(text); n > 0 {
		marks = text[:n]
	}
	if rest := text[len(marks):]; marks != "" && (marks[0] == '|' || rest == "" || rest[0] == ' ') {
		b.report(0, "inline-block", marks)
		b.barred = marks[0] == '|'
	} else if m := markerOf(text); m.kind == markerBullet {
		b.report(0, "inline-block", strings.TrimRight(text[:m.length], spaces))
	}
}
