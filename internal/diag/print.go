package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Languages are the languages diagnostics can be worded in, the default first.
var Languages = []string{"ja", "en"}

var words = map[string]struct{ err, warning, hint, summary, others string }{
	"ja": {"エラー", "注意", "直し方", "エラー %d件、注意 %d件\n", "ほかに、同じ元から出るものが%dあります"},
	"en": {"error", "warning", "hint", "errors: %d, warnings: %d\n", "and %d more with the same cause"},
}

// OthersText words how many other places follow from a finding; "" for none.
func (d Diagnostic) OthersText(language string) string {
	if d.Others == 0 {
		return ""
	}
	return fmt.Sprintf(words[language].others, d.Others)
}

// Print writes the diagnostics for people, errors first, in the given language ("ja" or "en"), each with its source line,
// a caret under the column, a hint and how many others follow from it, then a line that counts them. Nothing is written for an empty list.
func Print(w io.Writer, list []Diagnostic, language string) error {
	if len(list) == 0 {
		return nil
	}
	word := words[language]
	var b strings.Builder
	counts := [2]int{}
	for _, d := range Arranged(list) {
		counts[d.Severity()]++
		kind := word.err
		if d.Severity() == Warning {
			kind = word.warning
		}
		message, hint := d.Text(language)
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", d.Position, kind, message, d.Code)
		if d.Excerpt != "" {
			writeExcerpt(&b, d)
		}
		if hint != "" {
			fmt.Fprintf(&b, "  %s: %s\n", word.hint, hint)
		}
		if others := d.OthersText(language); others != "" {
			fmt.Fprintf(&b, "  %s\n", others)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, word.summary, counts[Error], counts[Warning])
	_, err := io.WriteString(w, b.String())
	return err
}

// String returns file:line:column, or the file alone.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// longestExcerpt bounds the characters of a source line that are shown; longer lines are cut around the column.
const longestExcerpt = 76

// writeExcerpt shows the source line with a caret under the column. East Asian wide characters take two cells, and
// what cannot be seen (control and bidirectional characters, full-width spaces) is shown by a visible stand-in.
func writeExcerpt(b *strings.Builder, d Diagnostic) {
	line := []rune(d.Excerpt)
	column := min(max(d.Column-1, 0), len(line))
	start := 0
	if column > longestExcerpt*2/3 {
		start = column - longestExcerpt/3
	}
	end := min(len(line), start+longestExcerpt)
	gutter := strconv.Itoa(d.Line)
	cells := 0
	var shown strings.Builder
	for i, r := range line[start:end] {
		r = visible(r)
		shown.WriteRune(r)
		if start+i < column {
			cells += Cells(r)
		}
	}
	fmt.Fprintf(b, "  %s | %s\n", gutter, shown.String())
	fmt.Fprintf(b, "  %s | %s^\n", strings.Repeat(" ", len(gutter)), strings.Repeat(" ", cells))
}

func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r == '\u3000':
		return '□'
	case r < ' ' || r == 0x7f:
		return '␀' + r%0x40
	case r >= 0x80 && r <= 0x9f, r == 0xad, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r >= 0xe000 && r <= 0xf8ff, r == 0xfeff, r == 0xfffd:
		return '�'
	}
	return r
}

// Cells returns how many columns of a terminal or of ordinary type a character takes: 2 for East Asian wide ones
// (Unicode Standard Annex 11), otherwise 1.
func Cells(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// mendable says, behind a hint, which command mends what was found.
var mendable = text{"⟦%[1]s。⟧sitegen fix %[2]s で直せます", "⟦%[1]s; ⟧sitegen fix %[2]s does it"}

// Text words the diagnostic in a language: what is wrong, and what to write instead (which may be empty).
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
		hint = format(mend, []any{hint, d.File}, language)
	}
	return message, hint
}

// Word is an argument that is itself a word of the author's language: "text", "list" or "map".
type Word string

// Wording is an argument with its own words in each language.
type Wording struct{ JA, EN string }

var vocabulary = map[Word]string{"text": "文", "list": "リスト", "map": "「項目: 値」の組"}

var (
	optionalClause = regexp.MustCompile(`⟦[^⟧]*⟧`)
	verbNumber     = regexp.MustCompile(`%\d*\[(\d+)\]`)
)

// withoutEmpty leaves out each clause ⟦…⟧ that an empty argument would stand in: a suggestion where none is near.
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

// format fills %[n]s verbs; a text without verbs is taken as it is, since not every text uses every argument.
func format(text string, args []any, language string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	args = slices.Clone(args)
	for i, arg := range args {
		switch arg := arg.(type) {
		case Word:
			if language == "ja" {
				args[i] = vocabulary[arg]
			}
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

// PrintJSON writes one JSON object a line, errors first: file, line, column, severity, code, message, hint, and how many
// other findings follow from it.
func PrintJSON(w io.Writer, list []Diagnostic, language string) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, d := range Arranged(list) {
		message, hint := d.Text(language)
		err := encoder.Encode(struct {
			File     string `json:"file"`
			Line     int    `json:"line,omitempty"`
			Column   int    `json:"column,omitempty"`
			Severity string `json:"severity"`
			Code     Code   `json:"code"`
			Message  string `json:"message"`
			Hint     string `json:"hint,omitempty"`
			Others   int    `json:"others,omitempty"`
		}{d.File, d.Line, d.Column, d.Severity().String(), d.Code, message, hint, d.Others})
		if err != nil {
			return err
		}
	}
	return nil
}
