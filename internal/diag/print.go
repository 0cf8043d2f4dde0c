package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Languages has the ids of the languages of diagnostics, the default first.
var Languages = []string{"ja", "en"}

var words = map[string]struct{ err, warning, hint, summary, others, more string }{
	"ja": {"エラー", "注意", "直し方", "エラー %d件、注意 %d件", "ほかに、同じ元から出るものが%dあります", "このファイルに、同じ種類のものがあと%dあります"},
	"en": {"error", "warning", "hint", "errors: %d, warnings: %d", "and %d more with the same cause", "and %d more of this kind in this file"},
}

// Untold returns lines about the findings that are not shown: a line with the number Others, and a line with the number More. A number that
// is 0 has no line.
func (d Diagnostic) Untold(language string) (lines []string) {
	if d.Others > 0 {
		lines = append(lines, fmt.Sprintf(words[language].others, d.Others))
	}
	if d.More > 0 {
		lines = append(lines, fmt.Sprintf(words[language].more, d.More))
	}
	return lines
}

// Word returns the name of a severity in a language, "ja" or "en".
func (s Severity) Word(language string) string {
	if s == Warning {
		return words[language].warning
	}
	return words[language].err
}

// Summary returns a sentence with the numbers of errors and warnings in the list. The numbers include the findings counted in More, but not
// those counted in Others.
func Summary(list []Diagnostic, language string) string {
	counts := [2]int{}
	for _, d := range list {
		counts[d.Severity()] += 1 + d.More
	}
	return fmt.Sprintf(words[language].summary, counts[Error], counts[Warning])
}

// Print writes the diagnostics for people in a language ("ja" or "en"), errors first. Each has its source line, a caret under the column, a
// hint, and the numbers of findings that are not shown. The last line has the totals. For an empty list, Print writes nothing. The error is
// that of the writer.
func Print(w io.Writer, list []Diagnostic, language string) error {
	if len(list) == 0 {
		return nil
	}
	word := words[language]
	var b strings.Builder
	shown := Shown(list)
	for _, d := range shown {
		message, hint := d.Text(language)
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", d.Position, d.Severity().Word(language), message, d.Code)
		if d.Excerpt != "" {
			writeExcerpt(&b, d)
		}
		if hint != "" {
			fmt.Fprintf(&b, "  %s: %s\n", word.hint, hint)
		}
		for _, line := range d.Untold(language) {
			fmt.Fprintf(&b, "  %s\n", line)
		}
		b.WriteByte('\n')
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
		b.Reset()
	}
	_, err := io.WriteString(w, Summary(shown, language)+"\n")
	return err
}

// String returns file:line:column on one line or, if the position is the whole file, only the file.
func (p Position) String() string {
	if p.Line == 0 {
		return OneLine(p.File)
	}
	return OneLine(p.File) + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// Around returns the part of the source line around the column as three texts. Together they have at most `most` characters. `mark` is the
// character at the column, or "" if the column is after the end of the line. `before` and `after` are the texts on both sides of `mark`.
func (d Diagnostic) Around(most int) (before, mark, after string) {
	at := len(d.Excerpt)
	left := d.Column
	for offset := range d.Excerpt {
		if left--; left <= 0 {
			at = offset
			break
		}
	}
	before, after = d.Excerpt[:at], d.Excerpt[at:]
	if lastRunes(before, most*2/3) != before {
		before = lastRunes(before, most/3)
	}
	mark = firstRunes(after, 1)
	return before, mark, firstRunes(after[len(mark):], most-utf8.RuneCountInString(before)-1)
}

// firstRunes returns at most n characters from the beginning of a text.
func firstRunes(text string, n int) string {
	for at := range text {
		if n--; n < 0 {
			return text[:at]
		}
	}
	return text
}

// lastRunes returns at most n characters from the end of a text.
func lastRunes(text string, n int) string {
	at := len(text)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return text[at:]
}

// longestExcerpt is the maximum number of characters of a source line that are shown. Of a longer line, the part around the column is
// shown.
const longestExcerpt = 76

// writeExcerpt writes the source line, with a caret below the column. It counts East Asian wide characters as two cells. It replaces
// invisible characters (control and bidirectional characters, full-width spaces) by visible ones.
func writeExcerpt(b io.Writer, d Diagnostic) {
	before, mark, after := d.Around(longestExcerpt)
	gutter := strconv.Itoa(d.Line)
	cells := 0
	for _, r := range before {
		cells += Cells(visible(r))
	}
	fmt.Fprintf(b, "  %s | %s\n", gutter, strings.Map(visible, before+mark+after))
	fmt.Fprintf(b, "  %s | %s^\n", strings.Repeat(" ", len(gutter)), strings.Repeat(" ", cells))
}

// Visible replaces invisible characters by visible ones, as in the excerpt of a diagnostic. It keeps tabs.
func Visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return visible(r)
	}, text)
}

// Steers reports whether a terminal or browser obeys a character instead of showing it. Control characters move, colour and delete text,
// and direction marks reverse the text after them.
func Steers(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r <= 0x9f, r == 0x61c, r == 0x200e, r == 0x200f, r == 0x2028, r == 0x2029, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

// longestArgument is the maximum number of characters that a message quotes from a text.
const longestArgument = 2000

// OneLine returns a text in a form that fits on one line of a message: visible characters replace line ends and all other characters that a
// terminal obeys.
func OneLine(text string) string {
	if strings.IndexFunc(text, Steers) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if Steers(r) {
			return visible(r)
		}
		return r
	}, text)
}

// argument returns the form in which a message quotes a text: on one line, and shortened to longestArgument characters with "…" after them.
func argument(text string) string {
	text = OneLine(text)
	if short := firstRunes(text, longestArgument); short != text {
		return short + "…"
	}
	return text
}

// visible returns a visible character in place of an invisible one, such as ␀ for NUL and □ for a full-width space. For a tab it returns a
// space. It returns all other characters unchanged.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r == '\u3000':
		return '□'
	case r < ' ' || r == 0x7f:
		return '␀' + r%0x40
	case r >= 0x80 && r <= 0x9f, r == 0xad, r >= 0x200b && r <= 0x200f, r == 0x61c, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r >= 0xe000 && r <= 0xf8ff, r == 0xfeff, r == 0xfffd:
		return '�'
	}
	return r
}

// Cells returns the number of columns that a character takes in a monospaced font: 2 if it is East Asian wide (Unicode Standard Annex 11),
// otherwise 1.
func Cells(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// mendable extends the hint of a finding that has edits: it names the command that makes the edits. %[1]s is the hint, and %[2]s the file
// for the command with a space before it, or "". The field `message` is the Japanese text, and the field `hint` is the English text.
var mendable = text{"⟦%[1]s。⟧sitegen fix%[2]s で直せます", "⟦%[1]s; ⟧sitegen fix%[2]s does it"}

// Text returns the message and the hint in a language ("ja" or "en"). The message says what is wrong; the hint says what to write instead,
// and may be empty. Text panics if the diagnostic's code has no message.
func (d Diagnostic) Text(language string) (message, hint string) {
	entry, ok := catalog[d.Code]
	if !ok {
		panic("BUG: no message for " + string(d.Code))
	}
	text := entry.en
	if language == "ja" {
		text = entry.ja
	}
	message, hint = format(text.message, d.Args, language), format(text.hint, d.Args, language)
	if len(d.Mend) > 0 {
		mend := mendable.message
		if language != "ja" {
			mend = mendable.hint
		}
		file := ""
		if len(d.Also) == 0 {
			file = " " + d.File
		}
		hint = format(mend, []any{Lines(hint), file}, language)
	}
	return message, hint
}

// Word is an argument for which the message has a word in its own language. The values are "text", "list" and "map".
type Word string

// Lines is an argument that keeps its line ends, such as lines for the author to copy. In an argument of type string, they are replaced.
type Lines string

// Wording is an argument with a text in each language.
type Wording struct{ JA, EN string }

// Worded returns a Wording made from a format of package fmt in each language. For an argument of type Wording, it inserts the text in the
// same language.
func Worded(ja, en string, args ...any) Wording {
	in := func(pick func(w Wording) string) []any {
		list := slices.Clone(args)
		for i, arg := range list {
			if w, ok := arg.(Wording); ok {
				list[i] = pick(w)
			}
		}
		return list
	}
	return Wording{
		JA: fmt.Sprintf(ja, in(func(w Wording) string { return w.JA })...),
		EN: fmt.Sprintf(en, in(func(w Wording) string { return w.EN })...),
	}
}

var vocabulary = map[Word]string{"text": "文", "list": "リスト", "map": "「項目: 値」の組"}

var (
	optionalClause = regexp.MustCompile(`⟦[^⟧]*⟧`)
	verbNumber     = regexp.MustCompile(`%\d*\[(\d+)\]`)
)

// Near is an argument that suggests the name in Names that is most similar to Name. The search runs only when the text of the diagnostic is
// made: of ten thousand findings, only a few are shown.
type Near struct {
	Name  string
	Names []string
}

// String returns the suggested name, or "" if no name is similar.
func (n Near) String() string { return Nearest(n.Name, n.Names) }

// withoutEmpty removes each clause ⟦…⟧ that contains an empty argument, such as a suggestion without a similar name. It removes only the
// brackets of the other clauses.
func withoutEmpty(text string, args []any) string {
	return optionalClause.ReplaceAllStringFunc(text, func(clause string) string {
		for _, verb := range verbNumber.FindAllStringSubmatch(clause, -1) {
			if n, _ := strconv.Atoi(verb[1]); n <= len(args) && args[n-1] == "" {
				return ""
			}
		}
		return strings.Trim(clause, "⟦⟧")
	})
}

// format fills in the %[n]s verbs of a text with the arguments. It ignores arguments that the text does not use.
func format(text string, args []any, language string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	args = slices.Clone(args)
	for i, arg := range args {
		switch arg := arg.(type) {
		case string:
			args[i] = argument(arg)
		case Lines:
			args[i] = string(arg)
		case Word:
			if language == "ja" {
				args[i] = vocabulary[arg]
			}
		case Near:
			args[i] = argument(arg.String())
		case Wording:
			if args[i] = arg.EN; language == "ja" {
				args[i] = arg.JA
			}
		}
	}
	formatted := fmt.Sprintf(withoutEmpty(text, args), args...)
	if extra := strings.Index(formatted, "%!(EXTRA"); extra >= 0 {
		formatted = formatted[:extra]
	}
	return formatted
}

// PrintJSON writes the diagnostics as JSON, one object per line, errors first. The last fields of an object are `related` (the places among
// the arguments), `others` (the number of findings elsewhere with the same cause) and `more` (the number of further findings in the file
// with the same code). The error is that of the writer.
func PrintJSON(w io.Writer, list []Diagnostic, language string) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, d := range Shown(list) {
		message, hint := d.Text(language)
		err := encoder.Encode(struct {
			File     string  `json:"file"`
			Line     int     `json:"line,omitempty"`
			Column   int     `json:"column,omitempty"`
			Severity string  `json:"severity"`
			Code     Code    `json:"code"`
			Message  string  `json:"message"`
			Hint     string  `json:"hint,omitempty"`
			Related  []Place `json:"related,omitempty"`
			Others   int     `json:"others,omitempty"`
			More     int     `json:"more,omitempty"`
		}{d.File, d.Line, d.Column, d.Severity().String(), d.Code, message, hint, d.Related(), d.Others, d.More})
		if err != nil {
			return err
		}
	}
	return nil
}
