package diag

import (
	"bytes"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestPositionAndOffset(t *testing.T) {
	f := &File{Name: "x", Data: []byte("a\n資格確認書 b\n\nlast")}
	for _, test := range []struct {
		offset       int
		line, column int
	}{{0, 1, 1}, {1, 1, 2}, {2, 2, 1}, {5, 2, 2}, {2 + 15, 2, 6}, {len("a\n資格確認書 b\n"), 3, 1}, {999, 4, 5}, {-1, 1, 1}} {
		p := f.Position(test.offset)
		if p.Line != test.line || p.Column != test.column {
			t.Errorf("offset %d: got %s, want %d:%d", test.offset, p, test.line, test.column)
		}
		if test.offset >= 0 && test.offset < len(f.Data) && f.Offset(p.Line, p.Column) != test.offset {
			t.Errorf("%s: offset %d, want %d", p, f.Offset(p.Line, p.Column), test.offset)
		}
	}
}

func TestPrint(t *testing.T) {
	f := &File{Name: "content/facts.yaml", Data: []byte("資格：「確認書」\n")}
	list := []Diagnostic{f.At(len("資格"), "yaml-fullwidth-colon"), f.Whole("file-missing", "x.md")}
	Sort(list)
	var b bytes.Buffer
	if err := Print(&b, list, "ja"); err != nil {
		t.Fatal(err)
	}
	want := `content/facts.yaml: エラー: x.md がありません [file-missing]
  直し方: この名前で作ってください。書き方は content/README.md にあります

content/facts.yaml:1:3: エラー: 全角の：です [yaml-fullwidth-colon]
  1 | 資格：「確認書」
    |     ^
  直し方: 半角の : と、空白一つを書いてください

エラー 2件、注意 0件
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// A long line is shortened on both sides of the column, and the caret is still under the column.
func TestPrintLongLine(t *testing.T) {
	line := strings.Repeat("あ", 300) + "X" + strings.Repeat("い", 300)
	f := &File{Name: "f", Data: []byte(line)}
	var b bytes.Buffer
	if err := Print(&b, []Diagnostic{f.At(900, "yaml-syntax")}, "en"); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	before, _, found := strings.Cut(lines[1], "X")
	cells := 0
	for _, r := range before {
		cells += Cells(r)
	}
	if !found || strings.Index(lines[2], "^") != cells {
		t.Errorf("the caret is not under the X:\n%s", b.String())
	}
}

var verb = regexp.MustCompile(`%\d*\[\d+\][sdX]`)

// Every message and hint exists in both languages, has the same arguments in both, and does not end in a full stop.
func TestCatalogIsComplete(t *testing.T) {
	for code, entry := range catalog {
		if entry.ja.message == "" || entry.en.message == "" || (entry.ja.hint == "") != (entry.en.hint == "") {
			t.Errorf("%s: a text is missing", code)
		}
		for _, text := range []string{entry.ja.message, entry.ja.hint, entry.en.message, entry.en.hint} {
			if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "。") {
				t.Errorf("%s: %q ends with a full stop", code, text)
			}
			if rest := verb.ReplaceAllString(text, ""); strings.Contains(rest, "%") {
				t.Errorf("%s: %q has a verb without a number", code, text)
			}
		}
		if ja, en := verbs(entry.ja), verbs(entry.en); !slices.Equal(ja, en) {
			t.Errorf("%s: arguments differ: %v, %v", code, ja, en)
		}
	}
}

func verbs(t text) []string {
	found := verb.FindAllString(t.message+t.hint, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestNearest(t *testing.T) {
	names := []string{"title", "question", "what-to-bring"}
	for name, want := range map[string]string{"titel": "title", "qestion": "question", "what-to-brign": "what-to-bring", "xyz": "", "": ""} {
		if got := Nearest(name, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}

// A line can have ten thousand mistakes. Their excerpts share memory, and each column is counted from the column of the previous mistake.
func TestManyOnOneLine(t *testing.T) {
	const count = 10_000
	f := &File{Name: "a.md", Data: []byte(strings.Repeat("電話番号 ", count))}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	list := make([]Diagnostic, count)
	for i := range list {
		list[i] = f.At(i*len("電話番号 "), "character-control", 'x')
	}
	runtime.ReadMemStats(&after)
	if last := list[count-1]; last.Column != (count-1)*5+1 || len(last.Excerpt) != len(f.Data) {
		t.Errorf("the last one is in column %d with %d bytes", last.Column, len(last.Excerpt))
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 100*uint64(len(f.Data)) {
		t.Errorf("%d bytes for findings about %d", used, len(f.Data))
	}
	if at := f.At(0, "character-control", 'x'); at.Column != 1 || f.Offset(1, 6) != len("電話番号 ") || f.Offset(1, 2) != len("電") {
		t.Errorf("the way back leads to column %d", at.Column)
	}
}

// Shown returns at most twenty findings with the same code in the same file. The last of these counts the others.
func TestShown(t *testing.T) {
	var list []Diagnostic
	for i := range 50 {
		for _, name := range []string{"a.md", "b.md"} {
			f := &File{Name: name, Data: []byte(strings.Repeat("\n", 60))}
			list = append(list, f.AtLine(i+1, 1, "literal-fact", "x", "y"), f.AtLine(i+1, 1, "override-unmarked", "x"))
		}
	}
	shown := Shown(list)
	more, all := 0, 0
	for _, d := range shown {
		all += 1 + d.More
		more = max(more, d.More)
	}
	if len(shown) != 80 || all != len(list) || more != 30 || shown[39].Severity() != Error || shown[40].Severity() != Warning {
		t.Errorf("%d shown of %d, %d untold", len(shown), all, more)
	}
	if len(list[0].Untold("en")) != 0 {
		t.Error("the list given was changed")
	}
}

// Findings keeps mostKept findings with the same code in a file, or mostMending if they have edits. Once the list has more than veryMany
// findings, it keeps one per code and file. It counts all of them.
func TestFindings(t *testing.T) {
	f, other := &File{Name: "x", Data: []byte("a")}, &File{Name: "y", Data: []byte("a")}
	var all Findings
	for range 3000 {
		all.Add(f.At(0, "character-control", 'a'), f.Mendable(f.At(0, "character-invisible", 'a'), Edit{Old: "a"}), other.At(0, "character-control", 'a'))
	}
	for i := range 60_000 {
		all.Add((&File{Name: "z" + strconv.Itoa(i)}).Whole("character-control"), (&File{Name: "z" + strconv.Itoa(i)}).Whole("character-control"))
	}
	kept, told := map[kind]int{}, map[kind]int{}
	for _, d := range all.List {
		kept[kind{d.File, d.Code}]++
		told[kind{d.File, d.Code}] += 1 + d.More
	}
	for _, want := range []struct {
		kind
		kept, told int
	}{
		{kind{"x", "character-control"}, mostKept, 3000}, {kind{"y", "character-control"}, mostKept, 3000},
		{kind{"x", "character-invisible"}, mostMending, 3000},
		{kind{"z0", "character-control"}, 2, 2}, {kind{"z59999", "character-control"}, 1, 2},
	} {
		if kept[want.kind] != want.kept || told[want.kind] != want.told {
			t.Errorf("%v: kept %d of %d, want %d of %d", want.kind, kept[want.kind], told[want.kind], want.kept, want.told)
		}
	}
}
