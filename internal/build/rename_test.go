package build

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/render"
	"sitegen/internal/sweep"
	"sitegen/internal/testcontent"
	"sitegen/wasm"
)

// The program knows no id of the content. If every id in all files gets a prefix, the site stays the same except for the prefix and for
// hashes. `make test` compares one in sixteen of the question pages.
func TestNoIDIsKnown(t *testing.T) {
	content := testcontent.Real(t)
	want, got := together(unproven(t, content, true)), together(unproven(t, testcontent.Rename(t, content), true))
	files := 0
	for _, path := range slices.Sorted(maps.Keys(want)) {
		files += len(want[path])
		for i := range want[path] {
			if i >= len(got[path]) {
				t.Errorf("%s is there %d times", path, len(got[path]))
				break
			}
			if at, same := differAt(want[path][i], got[path][i]); !same {
				t.Errorf("%s differs: %s", path, at)
			}
		}
	}
	if len(want) != len(got) || files < 300 {
		t.Errorf("%d and %d names of %d files", len(want), len(got), files)
	}
}

// The order of a list in page.yaml decides only the order in which things are shown. In some lists the first matching entry counts, as
// page.yaml says there. In the real page no two entries of such a list match the same person. The test takes the general site and one insurer,
// because these two together have all lists of the page. `make test` reverses all lists at once; `make sweep` reverses each list alone as
// well, because two reversals could cancel each other out.
func TestListsOfThePageAreOrders(t *testing.T) {
	content := testcontent.RealOf(t, "sk")
	const file = "rules/page.yaml"
	text := string(content[file].Data)
	short, long := listsIn(text)
	if len(short) < 30 || len(long) < 3 {
		t.Fatalf("%d lists within a line, and %d over several lines", len(short), len(long))
	}
	all := slices.Concat(short, long)
	compare := func(what string, questions bool, turns ...[]list) {
		files := func(text string) map[string][]string {
			turned := maps.Clone(content)
			turned[file] = &fstest.MapFile{Data: []byte(text)}
			return unordered(unproven(t, turned, questions))
		}
		want := files(text)
		for _, lists := range turns {
			turned := text
			for _, one := range lists {
				turned = one.reversed(turned)
			}
			got := files(turned)
			for _, path := range slices.Sorted(maps.Keys(want)) {
				if !slices.Equal(want[path], got[path]) {
					t.Errorf("%s %s: %s differs: %s", what, text[lists[0].from:lists[0].to], path, missing(want[path], got[path]))
				}
			}
			if len(want) != len(got) {
				t.Errorf("%s %s: %d and %d kinds of files", what, text[lists[0].from:lists[0].to], len(want), len(got))
			}
		}
	}
	compare("all from", true, all)
	if sweep.All() { // without the question pages, because no list affects them
		var alone [][]list
		for _, one := range all {
			alone = append(alone, []list{one})
		}
		compare("alone", false, alone...)
	}
}

// list is the place of a list in a YAML text: within brackets or, if long, with one entry per line.
type list struct {
	from, to int
	long     bool
}

// listsIn returns the lists with at least two entries: `short` has those within brackets, and `long` those with one entry per line. Reverse
// `short` first: some of these lists are inside those of `long`, and would move.
func listsIn(text string) (short, long []list) {
	for _, at := range regexp.MustCompile(`\[[^\[\]]*,[^\[\]]*\]`).FindAllStringIndex(text, -1) {
		short = append(short, list{at[0], at[1], false})
	}
	for _, at := range regexp.MustCompile(`(?m)(^ +- .*\n){2,}`).FindAllStringIndex(text, -1) {
		long = append(long, list{at[0], at[1], true})
	}
	return short, long
}

// reversed reverses the list in a text. The length of the text and the places of its other lists stay the same.
func (l list) reversed(text string) string {
	within := text[l.from:l.to]
	if l.long {
		lines := strings.SplitAfter(within, "\n")
		slices.Reverse(lines)
		within = strings.Join(lines, "")
	} else {
		items := strings.Split(strings.Trim(within, "[]"), ",")
		slices.Reverse(items)
		within = "[" + strings.Join(items, ",") + "]"
	}
	return text[:l.from] + within + text[l.to:]
}

// unproven makes a site without proving its rules and renders it, with the question pages (under `make test`, one in sixteen) or without them.
// It returns the files by path, without the prefix of ids and with hashes masked.
func unproven(t *testing.T, content fstest.MapFS, questions bool) map[string]string {
	t.Helper()
	source := Source{Content: content, ContentName: "content", Theme: testcontent.Theme(), ThemeName: "theme", Bundle: bundled, Today: civil.Of(2026, 11, 28)}
	loaded, found, err := load.Site(content, "content", source.Today)
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	compiled, found, err := CompileRules(content, "content")
	if err != nil || compiled == nil || diag.HasErrors(found) {
		for _, d := range found {
			t.Errorf("%s:%d: %s %v", d.File, d.Line, d.Code, d.Args)
		}
		t.Fatal("the rules cannot be compiled", err)
	}
	checker, found, err := source.checker(t.Context(), compiled, loaded)
	if err != nil || diag.HasErrors(found) {
		t.Fatalf("%v %+v", err, found)
	}
	assets, err := source.Bundle.Load(source.Theme)
	if err != nil {
		t.Fatal(err)
	}
	templates, err := fs.Sub(source.Theme, "templates")
	if err != nil {
		t.Fatal(err)
	}
	renderer, err := render.New(loaded, assets, templates, render.Options{Checker: checker})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, file := range renderer.Files() {
		path := masked(file.Path)
		if strings.Contains(path, "/faq/") && (!questions || crc32.ChecksumIEEE([]byte(path))%uint32(sweep.Of(1, 16)) != 0) {
			continue
		}
		var out bytes.Buffer
		if err := file.Render(&out); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		if strings.HasSuffix(file.Path, ".wasm") {
			text = described(t, out.Bytes())
		}
		for files[path] != "" { // two files whose names differ only in a hash
			path += "+"
		}
		files[path] = masked(text)
	}
	return files
}

// masked removes the prefix of ids from a text and masks every hash, also in names of files. It runs for thousands of pages, so
// it does not use regular expressions.
func masked(text string) string {
	text = strings.ReplaceAll(text, testcontent.Prefix, "")
	var out strings.Builder
	kept := 0 // everything before this offset is written
	for i := 0; i < len(text); {
		n := sumAt(text, i)
		if n == 0 {
			i++
			continue
		}
		out.WriteString(text[kept:i])
		out.WriteString("…")
		i += n
		kept = i
	}
	if kept == 0 {
		return text
	}
	out.WriteString(text[kept:])
	return out.String()
}

// sumAt returns the length of the hash that begins at i, or 0. A hash is sha256-…, 8 to 64 hexadecimal digits in lower case, or 8
// characters after a full stop or hyphen, each of them a digit or a capital letter.
func sumAt(text string, i int) int {
	c := text[i]
	if c == 's' && strings.HasPrefix(text[i:], "sha256-") {
		if n := countOf(text[i+7:], isBase64); n > 0 {
			return 7 + n
		}
	}
	if isHex(c) && (i == 0 || !isWord(text[i-1])) {
		if n := countOf(text[i:], isHex); 8 <= n && n <= 64 && (i+n == len(text) || !isWord(text[i+n])) {
			return n
		}
	}
	if i > 0 && isCapital(c) && (text[i-1] == '.' || text[i-1] == '-') {
		if n := countOf(text[i:], isCapital); n == 8 && (i+8 == len(text) || !isWord(text[i+8])) {
			return 8
		}
	}
	return 0
}

// countOf counts the bytes of a kind at the beginning of a text.
func countOf(text string, kind func(byte) bool) int {
	for i := range len(text) {
		if !kind(text[i]) {
			return i
		}
	}
	return len(text)
}

func isHex(c byte) bool     { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' }
func isCapital(c byte) bool { return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' }
func isWord(c byte) bool    { return isCapital(c) || 'a' <= c && c <= 'z' || c == '_' }
func isBase64(c byte) bool {
	return isCapital(c) || 'a' <= c && c <= 'z' || c == '+' || c == '/' || c == '='
}

// together groups the files whose names differ only in a hash.
func together(files map[string]string) map[string][]string {
	kinds := map[string][]string{}
	for path, text := range files {
		kind := strings.TrimRight(path, "+")
		kinds[kind] = append(kinds[kind], text)
	}
	for _, list := range kinds {
		slices.Sort(list)
	}
	return kinds
}

// described writes the tables and the description of a module as text, so that modules can be compared. Their bytes cannot be compared,
// because the length of the description depends on the ids.
func described(t *testing.T, module []byte) string {
	tables, err := wasm.Tables(module)
	if err != nil {
		t.Fatal(err)
	}
	about, err := wasm.ReadAbout(module)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(about)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x %s", tables, text)
}

// differAt returns the text around the first difference of two texts, and whether they are equal.
func differAt(a, b string) (string, bool) {
	if a == b {
		return "", true
	}
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	around := func(text string) string { return text[max(0, i-60):min(len(text), i+60)] }
	return fmt.Sprintf("%q, and %q", around(a), around(b)), false
}

var (
	numbered = regexp.MustCompile(`check-noscript(-[0-9]+)?\.html`)
	pieces   = regexp.MustCompile(`[<>{}\[\],;]+`)
)

// unordered returns the sorted pieces of each file, by path. Paths that differ only in a hash share an entry. So do all pages without
// script, because their numbers depend on the order of the lists.
func unordered(files map[string]string) map[string][]string {
	kinds := map[string][]string{}
	for path, text := range files {
		parts := pieces.Split(numbered.ReplaceAllString(text, "check-noscript.html"), -1)
		if strings.HasSuffix(path, ".wasm") {
			parts = strings.Fields(strings.Join(parts, " "))
		}
		slices.Sort(parts)
		kind := numbered.ReplaceAllString(strings.TrimRight(path, "+"), "check-noscript.html")
		kinds[kind] = append(kinds[kind], strings.Join(parts, "\n"))
	}
	for _, list := range kinds {
		slices.Sort(list)
	}
	return kinds
}

// missing says in which piece two lists of files first differ, or that they have different numbers of files or pieces.
func missing(a, b []string) string {
	for i := range min(len(a), len(b)) {
		one, other := strings.Split(a[i], "\n"), strings.Split(b[i], "\n")
		for k := range min(len(one), len(other)) {
			if one[k] != other[k] {
				return fmt.Sprintf("%q, and %q", one[k], other[k])
			}
		}
	}
	return "not as many files, or pieces"
}
