package diag

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Severity says whether a diagnostic stops the build: an Error does, and a Warning does not.
type Severity uint8

// The severities, the most severe first.
const (
	Error Severity = iota
	Warning
)

// String returns the name used in JSON output: "error" or "warning".
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// File is a source file as its author wrote it. Name is its name in messages: a slash-separated path that starts with the name of the
// content folder. Data must not change once a finding about the file exists.
type File struct {
	Name string
	Data []byte
	// `lines` has the offset of each line's first byte. `text` is Data as a string; the excerpts of all findings share its memory. Both are
	// set on first use.
	lines []int
	text  string
	// `last` is the position that was computed most recently. If the next position is later in the same line, its column is counted from
	// there. This matters because a file can be one long line with a finding in every word.
	last struct{ line, offset, column int }
}

// Position is a place in a file. Line and Column count from 1; Column counts characters, not bytes. Line is 0 if the position is the whole
// file.
type Position struct {
	File   string
	Line   int
	Column int
}

// Place is an argument of a diagnostic that names a second place, such as the cause of the finding, or the text with which the file was
// compared. The message shows it as file:line. JSON output also has it in a separate field.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// String returns file:line.
func (p Place) String() string { return p.File + ":" + strconv.Itoa(p.Line) }

// Place returns the file and line of a byte offset.
func (f *File) Place(offset int) Place { return Place{f.Name, f.Position(offset).Line} }

// Related returns the arguments of the diagnostic that are places, in the order of the arguments.
func (d Diagnostic) Related() (places []Place) {
	for _, arg := range d.Args {
		if place, ok := arg.(Place); ok {
			places = append(places, place)
		}
	}
	return places
}

// Diagnostic is one finding about one place. It has a code and arguments, from which [Diagnostic.Text] makes the text in a language.
type Diagnostic struct {
	Position
	Code Code
	Args []any
	// Excerpt is the whole source line, or "" if the finding is about the whole file.
	Excerpt string
	// Mend has the edits to the file that are certain to correct the mistake. It is empty if the program knows no such edits. Either all of
	// them must be made, or none.
	Mend []Edit
	// Others is the number of findings in other places that have the same cause and are left out of the list.
	Others int
	// Also has the findings that are counted in Others and have edits.
	Also []Diagnostic
	// More is the number of further findings with the same code in the same file that are left out of the list. See [Findings] and [Shown].
	More int
}

// Edit is a change to a file: New replaces Old at a byte offset. If the file does not have Old at that offset, the edit must not be made.
// That happens for a YAML value with escapes or several lines, because the value then differs from the bytes of the file.
type Edit struct {
	Offset   int
	Old, New string
}

// Mendable returns d with these edits, except those that change nothing. If the file does not have the old text of every edit at the edit's
// offset, Mendable returns d unchanged.
func (f *File) Mendable(d Diagnostic, edits ...Edit) Diagnostic {
	edits = slices.DeleteFunc(edits, func(e Edit) bool { return e.Old == e.New })
	for _, e := range edits {
		if e.Offset < 0 || e.Offset > len(f.Data) || !bytes.HasPrefix(f.Data[e.Offset:], []byte(e.Old)) {
			return d
		}
	}
	d.Mend = edits
	return d
}

// Severity returns the severity of the diagnostic's code.
func (d Diagnostic) Severity() Severity { return catalog[d.Code].severity }

// At returns a diagnostic about a byte offset in f. An offset before the file counts as 0, and one after the file as its length.
func (f *File) At(offset int, code Code, args ...any) Diagnostic {
	p := f.Position(offset)
	return Diagnostic{Position: p, Code: code, Args: args, Excerpt: f.lineText(p.Line)}
}

// AtLine returns a diagnostic about a line and column of f, both counted from 1.
func (f *File) AtLine(line, column int, code Code, args ...any) Diagnostic {
	return Diagnostic{
		Position: Position{File: f.Name, Line: line, Column: column},
		Code:     code, Args: args, Excerpt: f.lineText(line),
	}
}

// Whole returns a diagnostic about the file as a whole.
func (f *File) Whole(code Code, args ...any) Diagnostic {
	return Diagnostic{Position: Position{File: f.Name}, Code: code, Args: args}
}

// Position returns the line and column of a byte offset. An offset before the file counts as 0, and one after the file as its length.
func (f *File) Position(offset int) Position {
	offset = min(max(offset, 0), len(f.Data))
	starts := f.lineStarts()
	line, found := slices.BinarySearch(starts, offset)
	if !found {
		line--
	}
	from, column := starts[line], 1
	if last := f.last; last.line == line+1 && last.offset <= offset {
		from, column = last.offset, last.column
	}
	column += utf8.RuneCount(f.Data[from:offset])
	f.last.line, f.last.offset, f.last.column = line+1, offset, column
	return Position{File: f.Name, Line: line + 1, Column: column}
}

// Offset returns the byte offset of a line and column, both counted from 1. If the file has no such line, it returns the length of
// the file.
func (f *File) Offset(line, column int) int {
	starts := f.lineStarts()
	if line < 1 || line > len(starts) {
		return len(f.Data)
	}
	offset, from := starts[line-1], 1
	if last := f.last; last.line == line && last.column <= column {
		offset, from = last.offset, last.column
	}
	for ; from < column && offset < len(f.Data); from++ {
		_, size := utf8.DecodeRune(f.Data[offset:])
		offset += size
	}
	f.last.line, f.last.offset, f.last.column = line, offset, from
	return offset
}

// Between returns the findings from the line of the offset `start` to the line before that of `end`. If `end` is the end of the file, they
// include its last line.
func (f *File) Between(found []Diagnostic, start, end int) []Diagnostic {
	from, until := f.Position(start).Line, f.Position(end).Line
	var list []Diagnostic
	for _, d := range found {
		if d.Line >= from && (d.Line < until || end == len(f.Data)) {
			list = append(list, d)
		}
	}
	return list
}

func (f *File) lineStarts() []int {
	if f.lines == nil {
		f.lines = []int{0}
		for i, b := range f.Data {
			if b == '\n' {
				f.lines = append(f.lines, i+1)
			}
		}
	}
	return f.lines
}

func (f *File) lineText(line int) string {
	starts := f.lineStarts()
	if line < 1 || line > len(starts) {
		return ""
	}
	end := len(f.Data)
	if line < len(starts) {
		end = starts[line] - 1
	}
	if f.text == "" {
		f.text = string(f.Data)
	}
	return strings.TrimRight(f.text[starts[line-1]:end], "\r")
}

// Sort sorts diagnostics by file, line, column and code.
func Sort(list []Diagnostic) {
	slices.SortStableFunc(list, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Code, b.Code),
		)
	})
}

// The limits of [Findings]. mostKept is the maximum number of findings per code and file; mostMending is that number for findings with
// edits. (sitegen fix finds the others when it reads the mended file again.) Once the list has more than veryMany findings, a finding is
// kept only if it is the first with its code in its file.
const (
	mostKept    = 100
	mostMending = 1000
	veryMany    = 50_000
)

// Findings collects diagnostics. It keeps only a limited number of findings with the same code in the same file, and counts the others. So
// ten thousand mistakes in a file need little memory. The zero value is empty.
type Findings struct {
	List  []Diagnostic // the kept findings, in the order of Add; the field More of the last kept finding of a kind is the number of findings of that kind that were dropped
	alike map[kind]tally
	wrong bool // whether an error was added
}

// HasErrors reports whether an error was added, even if the error was not kept.
func (f *Findings) HasErrors() bool { return f.wrong }

// Delete removes the finding at index i of the list.
func (f *Findings) Delete(i int) {
	others := slices.Delete(f.List, i, i+1)
	*f = Findings{}
	f.Add(others...)
}

// kind is what findings with the same code in the same file have in common.
type kind struct {
	file string
	code Code
}

// tally is the number of findings of a kind that are kept, and the index in the list of the last of these.
type tally struct{ kept, last int }

// Add appends findings. Beyond the limits it only counts them.
func (f *Findings) Add(found ...Diagnostic) {
	if f.alike == nil && len(found) > 0 {
		f.alike = map[kind]tally{}
	}
	for _, d := range found {
		most := mostKept
		if len(d.Mend) > 0 {
			most = mostMending
		}
		if len(f.List) > veryMany {
			most = 1
		}
		f.wrong = f.wrong || d.Severity() == Error
		of := kind{d.File, d.Code}
		t := f.alike[of]
		if t.kept >= most {
			f.List[t.last].More += 1 + d.More
			continue
		}
		f.alike[of] = tally{t.kept + 1, len(f.List)}
		f.List = append(f.List, d)
	}
}

// mostAlike is the maximum number of findings with the same code in the same file that Shown returns.
const mostAlike = 20

// Shown returns the diagnostics to show: errors before warnings, and otherwise in the order of `list`. It returns at most mostAlike
// diagnostics with the same code in the same file; the last of these counts the others in More. Shown does not change `list`.
func Shown(list []Diagnostic) []Diagnostic {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Diagnostic) int { return cmp.Compare(a.Severity(), b.Severity()) })
	shown := list[:0]
	alike, last := map[kind]int{}, map[kind]int{}
	for _, d := range list {
		of := kind{d.File, d.Code}
		if alike[of]++; alike[of] > mostAlike {
			shown[last[of]].More += 1 + d.More
			continue
		}
		last[of] = len(shown)
		shown = append(shown, d)
	}
	return shown
}

// Gather merges findings for which the function `key` returns the same text into the first of them, which counts the others in Others.
// Findings with the key "" are not merged. The list must be sorted, so that the first finding is the same in every run.
func Gather(list []Diagnostic, key func(Diagnostic) string) []Diagnostic {
	first := map[string]int{}
	var gathered []Diagnostic
	for _, d := range list {
		k := key(d)
		if at, told := first[k]; told && k != "" {
			gathered[at].Others += 1 + d.Others + d.More
			if len(d.Mend) > 0 {
				gathered[at].Also = append(gathered[at].Also, d)
			}
			continue
		}
		first[k] = len(gathered)
		gathered = append(gathered, d)
	}
	return gathered
}

// HasErrors reports whether the list contains an error.
func HasErrors(list []Diagnostic) bool {
	return slices.ContainsFunc(list, func(d Diagnostic) bool { return d.Severity() == Error })
}

// Nearest returns the name in `names` that is most similar to `name`, for "did you mean", or "" if no name is similar. Two names are
// similar if they differ by one slip, or by at most one slip for every three characters of `name`. A slip is a wrong, missing or added
// character, or two swapped neighbours. If several names are equally similar, Nearest returns the first.
func Nearest(name string, names []string) string {
	length := utf8.RuneCountInString(name)
	best, bestDistance := "", max(1, length/3)+1
	for _, candidate := range names {
		if far := utf8.RuneCountInString(candidate) - length; far >= bestDistance || -far >= bestDistance {
			continue
		}
		if d := alignment([]rune(name), []rune(candidate)); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	return best
}

// OneSlip reports whether two names differ by exactly one slip (see [Nearest]).
func OneSlip(a, b string) bool {
	return max(len(a)-len(b), len(b)-len(a)) <= utf8.UTFMax && alignment([]rune(a), []rune(b)) == 1
}

// alignment returns the optimal string alignment distance. It is the Levenshtein distance, in which a swap of two neighbours also counts as
// one edit.
func alignment(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			substitution := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				substitution++
			}
			rows[i][j] = min(substitution, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
