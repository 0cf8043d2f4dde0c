package diag

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Severity says whether a diagnostic stops the build.
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

// File is a source file as its author wrote it. Name is the name to show: a slash-separated path that starts with the content
// folder. Data must not change once there is a finding about it.
type File struct {
	Name string
	Data []byte
	// lines holds the offset of each line's first byte. text is Data as a string, which the excerpts of all findings share.
	// Both are made on first use.
	lines []int
	text  string
	// last is the last position that was computed. The next one is mostly later in the same line, and is counted from there: a
	// file may be one long line with a finding in every word.
	last struct{ line, offset, column int }
}

// Position is a place in a file. Line and Column count from 1; Column counts characters, not bytes. Line is 0 if the position
// is the file as a whole.
type Position struct {
	File   string
	Line   int
	Column int
}

// Place is an argument that names a second place: the cause of the finding, or what it was compared with. People read it as
// file:line in the message; tools also get it as a separate field.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// String returns file:line.
func (p Place) String() string { return p.File + ":" + strconv.Itoa(p.Line) }

// Place returns the file and line of a byte offset.
func (f *File) Place(offset int) Place { return Place{f.Name, f.Position(offset).Line} }

// Related returns the places that are arguments of the diagnostic, in order.
func (d Diagnostic) Related() (places []Place) {
	for _, arg := range d.Args {
		if place, ok := arg.(Place); ok {
			places = append(places, place)
		}
	}
	return places
}

// Diagnostic is one finding about one place. It is not yet worded in a language; [Print] does that.
type Diagnostic struct {
	Position
	Code Code
	Args []any
	// Excerpt is the whole source line; empty if the finding is about the file as a whole.
	Excerpt string
	// Mend are changes to the file that certainly correct the finding; empty if the program knows none. Make all of them or
	// none.
	Mend []Edit
	// Others counts findings in other places that have the same cause and are not shown.
	Others int
	// Also are the findings counted in Others that can be mended.
	Also []Diagnostic
	// More counts further findings of the same kind in the same file that are not shown; see [Shown].
	More int
}

// Edit is a change to a file: New replaces Old at an offset. If Old is not found there, the change must not be made: a text may
// be written with escapes or over several lines, so that the file differs from the text that was read.
type Edit struct {
	Offset   int
	Old, New string
}

// Mendable returns the diagnostic with these edits, if the file has the old text of each at its offset; otherwise it returns d
// without edits. Edits that change nothing are dropped.
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

// At returns a diagnostic about a byte offset in f. An offset outside the file means its nearest end.
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

// Position returns the line and column of a byte offset.
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

// Offset returns the byte offset of a line and column, both counted from 1.
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

// Sort sorts diagnostics by file, line, column and code, the order in which they are shown.
func Sort(list []Diagnostic) {
	slices.SortStableFunc(list, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Code, b.Code),
		)
	})
}

// mostKept is the highest number of findings of one kind that are kept per file; mostMending is the same for findings that can be
// mended. (Mending finds the others when it reads the file again.) After veryMany findings in all, only the first of each kind is
// kept per file.
const (
	mostKept    = 100
	mostMending = 1000
	veryMany    = 50_000
)

// Findings collects diagnostics. Of one kind in one file it keeps only as many as anybody reads, and counts the others, so that
// ten thousand slips cost no more memory than a few. The zero value is empty.
type Findings struct {
	List  []Diagnostic // in the order in which they were added; the last of a kind in a file counts those that are not kept
	alike map[kind]tally
	wrong bool
}

// HasErrors reports whether any finding that was added stops the build.
func (f *Findings) HasErrors() bool { return f.wrong }

// Delete removes the finding at index i of the list.
func (f *Findings) Delete(i int) {
	others := slices.Delete(f.List, i, i+1)
	*f = Findings{}
	f.Add(others...)
}

// kind is a kind of finding in one file.
type kind struct {
	file string
	code Code
}

// tally says how many findings of a kind are kept, and the index of the last one in the list.
type tally struct{ kept, last int }

// Add adds findings in order.
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

// mostAlike is the highest number of findings of one kind in one file that are shown.
const mostAlike = 20

// Shown returns the diagnostics to show: errors before warnings, otherwise in their order. Of one kind in one file it returns
// no more than a person reads; the last of these counts the rest.
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

// Gather merges findings with the same key into the first of them, which counts the others. Findings with the key "" are not
// merged. The list must be sorted.
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

// HasErrors reports whether any diagnostic in the list stops the build.
func HasErrors(list []Diagnostic) bool {
	return slices.ContainsFunc(list, func(d Diagnostic) bool { return d.Severity() == Error })
}

// Nearest returns the name most like the given one, for "did you mean", or "" if none is near. At most a third of the name's
// characters (and at least one) may be wrong, missing, added or swapped with a neighbour. Of equally near names the first wins.
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

// OneSlip reports whether one name becomes the other by one slip: a different, missing or added character, or two neighbours
// swapped.
func OneSlip(a, b string) bool {
	return max(len(a)-len(b), len(b)-len(a)) <= utf8.UTFMax && alignment([]rune(a), []rune(b)) == 1
}

// alignment returns the optimal string alignment distance: the Levenshtein distance, but a swap of neighbours counts as one
// edit.
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
