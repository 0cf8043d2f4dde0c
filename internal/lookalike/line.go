package lookalike

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
)

// checkStart checks both ends of line i. At the start, it reports text that only looks like the mark of a block, and punctuation that
// belongs to the previous line. At the end, it reports the mark of a list entry or heading that belongs to the next line.
func (b *Block) checkStart(i int) {
	at := b.Lines[i].Start
	b.opening(i)
	line := b.Text[at:b.Lines[i].Stop]
	switch {
	case line == "" || plaintext.IsLetter(line[0]) || line[0] == '{':
		return
	case strings.HasPrefix(line, "\u3000"):
		b.indented(i)
		return
	case strings.HasPrefix(line, "：：："):
		colons := line[:len(line)-len(strings.TrimLeft(line, "："))]
		b.Mend(at, []diag.Edit{b.Edit(at, colons, strings.ReplaceAll(colons, "：", ":"))}, "block-fullwidth")
		return
	case line[0] >= utf8.RuneSelf:
		b.closing(i)
		b.fullwidthLine(i)
		return
	}
	if text := b.read(b.Lines[i]); strings.Trim(text, ":") == "" && text != "" {
		b.Report(at, "block-short", text)
		return
	}
	if line[0] == ':' {
		b.shortOpening(at, line)
		return
	}
	if rest := line[1:]; line[0] == '-' && beginsText(rest) || b.starred(i) && (b.starred(i-1) || b.starred(i+1)) {
		if line[0] == '*' {
			b.Stars = append(b.Stars, at)
		}
		b.Mend(at+1, []diag.Edit{b.Edit(at+1, "", " ")}, "list-space", line[:1])
		return
	}
	b.closing(i)
	b.underlined(i)
	mark := strings.TrimLeft(line, "#")
	if n := len(line) - len(mark); n >= 2 && n <= 6 && mark != "" || n == 1 && beginsJapanese(mark) {
		plain := strings.Repeat("#", max(2, n)-n) + " "
		b.Mend(at+n, []diag.Edit{b.Edit(at+n, mark[:len(mark)-len(strings.TrimLeft(mark, Spaces))], plain)}, "heading-space", line[:n], strings.Repeat("#", max(2, n)))
		return
	}
	if n := listMark(line); n > 0 && strings.IndexAny(line[n:], "\u3000\u00a0") == 0 {
		code, rest := diag.Code("fullwidth-indent"), line[n:]
		if strings.HasPrefix(rest, "\u00a0") {
			code = "list-nobreak"
		}
		b.Mend(at+n, []diag.Edit{b.Edit(at+n, rest[:len(rest)-len(strings.TrimLeft(rest, Spaces))], " ")}, code, line[:n])
	}
}

// starred reports whether there is a line i that begins with an asterisk directly before a word, and has no other asterisk.
func (b *Block) starred(i int) bool {
	if i < 0 || i >= len(b.Lines) {
		return false
	}
	line := b.read(b.Lines[i])
	return strings.HasPrefix(line, "*") && beginsText(line[1:]) && strings.Count(line, "*") == 1
}

// shortOpening reports the opening line of a ::: block if the line has too few colons. It removes the finding about the closing line, which
// only follows from this mistake.
func (b *Block) shortOpening(at int, line string) {
	colons := line[:len(line)-len(strings.TrimLeft(line, ":"))]
	word, _, _ := strings.Cut(strings.TrimLeft(strings.TrimRight(line[len(colons):], " \t\r\n"), Spaces), " ")
	if !slices.Contains(schema.BlockWords.Words, word) {
		return
	}
	closing := slices.IndexFunc(b.Found.List, func(d diag.Diagnostic) bool {
		return d.Code == "block-stray" && d.Line > b.File.Position(b.Base+at).Line
	})
	if closing >= 0 {
		b.Found.Delete(closing)
	}
	b.Mend(at, []diag.Edit{b.Edit(at, colons, ":::")}, "block-short-open", colons, word)
}

// listMark returns the length of the mark of a list entry at the start of a line, such as "-" or "12.", or 0 if the line has no mark.
func listMark(line string) int {
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if rest := line[digits:]; rest != "" && (digits == 0 && strings.IndexByte("-+*", rest[0]) >= 0 ||
		digits > 0 && strings.IndexByte(".)", rest[0]) >= 0) {
		return digits + 1
	}
	return 0
}

// indented reports a line that begins with full-width spaces, as Japanese paragraphs do. If the line before it ends a sentence, the fix
// begins a new paragraph. If the line continues a list entry, the fix indents it with plain spaces.
func (b *Block) indented(i int) {
	at := b.Lines[i].Start
	line := b.Text[at:b.Lines[i].Stop]
	space := line[:len(line)-len(strings.TrimLeft(line, Spaces))]
	edits := []diag.Edit{b.Edit(at, space, "")}
	switch {
	case b.continues(i):
		edits[0].New = "  "
	case b.Paragraph && i > 0 && b.startsLine(at) && endsSentence(b.read(b.Lines[i-1])):
		edits = b.apart(at, space)
	}
	b.Mend(at, edits, "fullwidth-indent")
}

// continues reports whether the indented line i continues a list entry: one of the three lines before it looks like an entry, and the lines
// between them are indented.
func (b *Block) continues(i int) bool {
	const near = 3
	for j := i - 1; j >= max(0, i-near); j-- {
		if m := markerOf(b.read(b.Lines[j])); m.kind == markerBullet || m.kind == markerNumber {
			return true
		} else if !b.isIndented(b.Lines[j].Start) {
			return false
		}
	}
	return false
}

// isIndented reports whether the text of a line is indented: it begins with a full-width space, or one to four spaces and tabs come before
// it. `at` is the offset of the text.
func (b *Block) isIndented(at int) bool {
	start := len(strings.TrimRight(b.Text[max(0, at-4):at], " \t")) + max(0, at-4)
	return strings.HasPrefix(b.Text[at:], "\u3000") || start < at && b.startsLine(start)
}

// fullwidthLine reports a line whose mark is full-width: ＃＃, ＞, －－－.
func (b *Block) fullwidthLine(i int) {
	at, line := b.Lines[i].Start, b.read(b.Lines[i])
	rest := strings.TrimLeft(line, "＃#")
	switch marks := line[:len(line)-len(rest)]; {
	case strings.HasPrefix(marks, "＃") && (len(marks) > len("＃") || strings.IndexAny(rest, " \u3000") == 0):
		plain := strings.ReplaceAll(marks, "＃", "#")
		words := strings.TrimLeft(rest, Spaces)
		b.Mend(at, []diag.Edit{b.Edit(at, line[:len(line)-len(words)], plain+" ")}, "mark-fullwidth", marks, plain)
	case strings.HasPrefix(line, "＞") && !strings.Contains(line, "＜"):
		words := strings.TrimLeft(line[len("＞"):], Spaces)
		b.Mend(at, []diag.Edit{b.Edit(at, line[:len(line)-len(words)], "> ")}, "mark-fullwidth", "＞", ">")
	case isDrawn(line):
		edits := []diag.Edit{b.Edit(at, line, "---")}
		if i > 0 {
			if edits = b.apart(at, line); edits != nil {
				edits[0].New += "---"
			}
		}
		b.Mend(at, edits, "mark-fullwidth", Sample(line), "---")
	}
}

// closing reports a line that begins with closing punctuation, which belongs to the previous line. CommonMark does not see a list mark that
// comes after the punctuation.
func (b *Block) closing(i int) {
	at, line := b.Lines[i].Start, b.read(b.Lines[i])
	marks := line[:len(line)-len(strings.TrimLeft(line, "、。，．」』）】〕〉》"))]
	if rest := strings.TrimLeft(line, ".,;!?)”"); marks == "" && (rest == "" || rest[0] == ' ') && !strings.HasPrefix(line, "..") {
		marks = line[:len(line)-len(rest)]
	}
	if marks == "" {
		return
	}
	var edits []diag.Edit
	if i > 0 && b.startsLine(at) {
		end, rest := b.Lines[i-1].Start+len(b.read(b.Lines[i-1])), strings.TrimLeft(line[len(marks):], " ")
		if edits = []diag.Edit{b.Edit(end, b.Text[end:at]+marks, marks)}; rest != "" {
			edits = []diag.Edit{b.Edit(end, "", marks), b.Edit(at, line[:len(line)-len(rest)], "")}
		}
	}
	b.Mend(at, edits, "line-closing", marks)
}

// opening reports a line that ends with the mark of a list entry or a heading. The mark belongs to the next line.
func (b *Block) opening(i int) {
	line := b.read(b.Lines[i])
	words := strings.TrimRight(strings.TrimRight(line, "-・#"), " ")
	mark := strings.TrimLeft(line[len(words):], " ")
	if words == "" || mark == "" || len(mark) > len("##") && mark != "・" || strings.HasSuffix(words, "|") {
		return
	}
	b.Report(b.Lines[i].Start+len(line)-len(mark), "line-opening", mark)
}

// isDrawn reports whether a line of text is a horizontal rule drawn with full-width dashes.
func isDrawn(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return strings.ContainsRune("－ー―─━＝", r) && utf8.RuneCountInString(line) >= 3 && strings.Trim(line, string(r)) == ""
}

// underlined reports an underlined heading: a line of =, or a single -, below a text.
func (b *Block) underlined(i int) {
	line := strings.TrimSpace(b.read(b.Lines[i]))
	if i == 0 || line == "" || strings.Trim(line, "=") != "" && line != "-" {
		return
	}
	var edits []diag.Edit
	if i == 1 && line != "-" && b.startsLine(b.Lines[0].Start) && b.startsLine(b.Lines[1].Start) {
		edits = []diag.Edit{b.Edit(b.Lines[0].Start, "", "## "), b.Edit(b.Lines[1].Start, b.Text[b.Lines[1].Start:b.Lines[1].Stop], "")}
	}
	b.Mend(b.Lines[i].Start, edits, "heading-setext", Sample(line))
}

// CheckRule reports a line of --- directly below a paragraph. CommonMark reads it as the underline of a heading, but the author may have
// meant a horizontal rule.
func (s *Source) CheckRule(at int) {
	line, _, _ := strings.Cut(s.Text[at:], "\n")
	if line = strings.TrimRight(line, " \t\r"); strings.Trim(line, "-") == "" {
		s.Report(at, "heading-setext", Sample(line))
	}
}

// CheckTask reports the checkbox of a task list at the start of a list entry. `line` is the text of the entry without its mark.
func (s *Source) CheckTask(line Line) {
	text := s.Text[line.Start:line.Stop]
	for _, box := range []string{"[ ]", "[x]", "[X]", "[\u3000]"} {
		if rest, found := strings.CutPrefix(text, box); found && (rest == "" || strings.IndexAny(rest, " \t\u3000") == 0) {
			var edits []diag.Edit
			if box != "[x]" && box != "[X]" {
				edits = []diag.Edit{s.Edit(line.Start, box+rest[:len(rest)-len(strings.TrimLeft(rest, Spaces))], "")}
			}
			s.Mend(line.Start, edits, "task-refused", box)
		}
	}
}

// beginsText reports whether a text begins with a word, or with an opening mark such as 「. If a hyphen comes directly before such a text,
// the space after the hyphen is missing.
func beginsText(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) || strings.ContainsRune("{[*「『（", r)
}

// beginsJapanese reports whether a text begins with a Japanese word. If a # comes directly before such a text, the space after the # is
// missing.
func beginsJapanese(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return plaintext.IsCJK(r) && !unicode.IsPunct(r) && !unicode.IsSymbol(r) && (r < '０' || r > '９')
}

// CheckInline reports the mark of a block at the start of a text that cannot contain blocks. `barred` means that a finding covers the bars
// (|) of the text.
func (s *Source) CheckInline() (barred bool) {
	text := s.Text
	s.edgeSpaces()
	marks := text[:len(text)-len(strings.TrimLeft(text, "#>|"))]
	if n := listMark(text); n > 0 {
		marks = text[:n]
	}
	if rest := text[len(marks):]; marks != "" && (marks[0] == '|' || rest == "" || rest[0] == ' ') {
		s.Report(0, "inline-block", marks)
		return marks[0] == '|'
	}
	if m := markerOf(text); m.kind == markerBullet {
		s.Report(0, "inline-block", strings.TrimRight(text[:m.length], Spaces))
	} else if mark := blockMark(text); mark != "" {
		s.Report(0, "inline-block", mark)
	}
	return false
}

// blockMark returns the mark at the start of a text that begins a ::: block or a fence, is a full-width # or >, or draws a line from one
// side to the other. The result is "" if there is no such mark.
func blockMark(text string) string {
	for _, mark := range []string{":", "：", "`", "~"} {
		if rest := strings.TrimLeft(text, mark); len(text)-len(rest) >= 3*len(mark) && (mark != "`" || strings.Contains(text, "\n") || !strings.Contains(rest, mark)) {
			return text[:len(text)-len(rest)]
		}
	}
	if rest := strings.TrimLeft(text, "＃＞"); rest != text && (len(text)-len(rest) > len("＃") || strings.IndexAny(rest, " \u3000") == 0) {
		return text[:len(text)-len(rest)]
	}
	line := strings.Trim(text, Spaces)
	if isDrawn(line) || len(line) >= 3 && strings.Contains("-*_=", line[:1]) && strings.Trim(line, line[:1]+Spaces) == "" {
		return line
	}
	return ""
}

// edgeSpaces reports spaces of any kind at the beginning and the end of the text. Readers do not see them, so a text must not rely on
// them.
func (s *Source) edgeSpaces() {
	start := len(s.Text) - len(strings.TrimLeft(s.Text, Spaces))
	end := len(strings.TrimRight(s.Text, Spaces))
	if start > 0 && end > 0 {
		s.Mend(0, []diag.Edit{s.Edit(0, s.Text[:start], "")}, "inline-edge-space")
	}
	if end > 0 && end < len(s.Text) {
		s.Mend(end, []diag.Edit{s.Edit(end, s.Text[end:], "")}, "inline-edge-space")
	}
}
