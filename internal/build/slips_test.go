package build

import (
	"bufio"
	"bytes"
	"fmt"
	"hash/crc32"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/bundle"
	"sitegen/internal/change"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/markup"
	"sitegen/internal/parallel"
	"sitegen/internal/parity"
	"sitegen/internal/render"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/sweep"
	"sitegen/internal/testcontent"
	"sitegen/internal/worked"
)

// A slip of one character anywhere in the content does no unnoticed harm. Either the site stays the same, or `sitegen check` names the
// place, or every page shows exactly what was typed. Slips that change only an order, or only what a search finds, are listed in
// unseenKinds.
//
// `make test` tries one slip in every third kind of file, and `make sweep` one in every kind. `make slips` tries as many slips as SLIPS
// says, anywhere in the content. The slips are numbered from 0. Their outcomes are recorded in the file SLIPS_LOG, so that `make slips`
// can continue after an interruption. SLIPS_ONLY=12,34 tries only the slips with these numbers.
func TestSlips(t *testing.T) {
	w := newSlipWorld(t)
	if count, _ := strconv.Atoi(os.Getenv("SLIPS")); count > 0 {
		w.many(count)
		return
	}
	for i := 0; i < len(slipKinds); i += sweep.Of(1, 3) {
		kind := slipKinds[i]
		names := slices.DeleteFunc(slices.Sorted(maps.Keys(w.content)), func(name string) bool { return kindOfFile(name) != kind })
		if len(names) == 0 {
			t.Errorf("there is no file of the kind %s", kind)
			continue
		}
		s := w.slipIn(names[i%len(names)], rand.New(rand.NewPCG(20261128, uint64(i))))
		if outcome := w.try(s); !outcome.noticed {
			t.Errorf("%s: %s\n%s", kind, s, outcome)
		}
	}
}

// slipKinds are the kinds of file that the content has.
var slipKinds = []string{
	"site.yaml", "facts.yaml", "sources.yaml", "glossary.yaml", "policies.yaml", "redirects.yaml", "coverage.yaml", "text",
	"rules/inputs.yaml", "rules/vocabulary.yaml", "rules/conditions.yaml", "rules/decide.yaml", "rules/enough.yaml", "rules/add.yaml",
	"rules/laws.yaml", "rules/interview.yaml", "rules/remedies.yaml", "rules/page.yaml", "rules/cases.json", "rules/accepted.yaml", "rules/weights.yaml", "rules/boundaries.json", "rules/text",
	"profile", "passage", "question", "translation", "picture",
}

func kindOfFile(name string) string {
	parts := strings.Split(name, "/")
	switch {
	case path.Base(name) == "README.md":
		return ""
	case parts[0] == "text":
		return "text"
	case strings.HasPrefix(name, "rules/text/"):
		return "rules/text"
	case parts[0] == "profiles" && path.Base(name) == "profile.yaml":
		return "profile"
	case parts[0] == "profiles" && strings.Count(path.Base(name), ".") == 2:
		return "passage"
	case path.Base(name) == "ja.md":
		return "question"
	case path.Ext(name) == ".md":
		return "translation"
	case path.Ext(name) == schema.PictureEnding:
		return "picture"
	}
	return name
}

// slip is one wrong character in a file: at the offset, the text `old` becomes `new`.
type slip struct {
	file, old, new string
	offset         int
	line           int
	column         int    // in bytes from 0
	text           string // the line as it was before the slip
}

func (s slip) String() string {
	return fmt.Sprintf("%s:%d: %q becomes %q in %q", s.file, s.line, s.old, s.new, s.text)
}

// slipIn makes a slip somewhere in a file: a character is missing, doubled, replaced by one of its kind, or swapped with the
// next.
func (w *slipWorld) slipIn(name string, random *rand.Rand) slip {
	data := string(w.content[name].Data)
	for {
		at := random.IntN(len(data))
		for at > 0 && data[at]&0xc0 == 0x80 {
			at--
		}
		characters := []rune(data[at:min(len(data), at+8)])
		first := string(characters[:1])
		s := slip{file: name, offset: at, old: first, line: 1 + strings.Count(data[:at], "\n")}
		start := strings.LastIndexByte(data[:at], '\n') + 1
		s.text, _, _ = strings.Cut(data[start:], "\n")
		s.column = at - start
		switch random.IntN(4) {
		case 0:
			s.new = ""
		case 1:
			s.new = first + first
		case 2:
			s.new = other(characters[0], random)
		case 3:
			if len(characters) < 2 || characters[1] == 0xfffd {
				continue
			}
			s.old, s.new = string(characters[:2]), string([]rune{characters[1], characters[0]})
		}
		if s.new != s.old {
			return s
		}
	}
}

// other returns a character that somebody might type instead of r.
func other(r rune, random *rand.Rand) string {
	alphabet := "。、・「」（） -:#*|{}[]"
	switch {
	case r >= '0' && r <= '9':
		alphabet = "0123456789"
	case r < 0x80 && unicode.IsLetter(r):
		alphabet = "abcdefghijklmnopqrstuvwxyz"
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		alphabet = "あいうえおかきくけこさしすせそたちつてとはひふへほまみむめもんをが"
	case unicode.Is(unicode.Han, r):
		alphabet = "一人上下大小日月年本名手紙会社病院薬局保険証書"
	}
	choices := []rune(alphabet)
	return string(choices[random.IntN(len(choices))])
}

// slipOutcome is the result of a slip.
type slipOutcome struct {
	noticed bool
	how     string // if noticed: "same", "shown", "told", "told as …" or "told where …"; if not: "told elsewhere" or what is wrong; in both cases: "unseen: <kind>"
	pairs   []string
}

func (o slipOutcome) String() string { return o.how + "\n" + strings.Join(o.pairs, "\n") }

// slipWorld has the site without slips.
type slipWorld struct {
	*testing.T
	content  fstest.MapFS
	source   Source
	assets   *bundle.Assets
	layouts  fs.FS
	rules    *Rules
	accepted *change.Accepted
	pages    map[string]string
	masks    map[string]string          // by name: the page with hashes masked
	facts    map[string]map[string]bool // by id, language and form: every text of a fact or of an insurer's name
	pictures map[string]markup.HTML     // the drawings, by name
	all      bool                       // whether every page is compared, not only a selection
}

func newSlipWorld(t *testing.T) *slipWorld {
	content := testcontent.Real(t)
	// The records of translations are left out: they would report every slip in a source text, but not its place.
	maps.DeleteFunc(content, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, parity.RecordFolder+"/") })
	for name := range content {
		if path.Base(name) == "README.md" {
			delete(content, name)
		}
	}
	w := &slipWorld{T: t, content: content, masks: map[string]string{}, all: os.Getenv("SLIPS") != ""}
	w.source = Source{Content: content, ContentName: "content", Theme: testcontent.Theme(), ThemeName: "theme", Bundle: bundled, Today: civil.Of(2026, 12, 15)}
	var err error
	if w.assets, err = w.source.Bundle.Load(w.source.Theme); err != nil {
		t.Fatal(err)
	}
	if w.layouts, err = fs.Sub(w.source.Theme, "templates"); err != nil {
		t.Fatal(err)
	}
	compiled, _, err := CompileRules(content, "content")
	if err != nil || compiled == nil {
		t.Fatal(err)
	}
	if w.accepted, err = change.ReadAccepted(compiled.Set, content, "content"); err != nil {
		t.Fatal(err)
	}
	w.rules = compiled
	loaded, found, err := load.Site(content, "content", w.source.Today)
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	var faults []diag.Diagnostic
	if w.pages, faults = w.render(loaded, compiled, content); len(faults) > 0 {
		t.Fatal(faults)
	}
	w.facts, w.pictures = wordings(loaded), loaded.Pictures
	return w
}

// render returns those files of a site that are to be compared (see looksAt), by path. If the checker's words have findings, it returns
// only the findings.
func (w *slipWorld) render(loaded *site.Site, compiled *Rules, content fs.FS) (map[string]string, []diag.Diagnostic) {
	source := w.source
	source.Content = content
	checker, found, err := source.checker(w.Context(), compiled, loaded)
	if err != nil {
		w.Fatal(err)
	}
	if len(found) > 0 {
		return nil, found
	}
	r, err := render.New(loaded, w.assets, w.layouts, render.Options{Checker: checker})
	if err != nil {
		w.Fatal(err)
	}
	files := slices.DeleteFunc(r.Files(), func(file File) bool { return !w.looksAt(file.Path) })
	texts := make([]string, len(files))
	if err := parallel.Each(len(files), func() func(int) error {
		var out bytes.Buffer
		return func(i int) error {
			out.Reset()
			err := files[i].Render(&out)
			texts[i] = out.String()
			return err
		}
	}); err != nil {
		w.Fatal(err)
	}
	pages := make(map[string]string, len(files))
	for i, file := range files {
		if path.Ext(file.Path) == ".wasm" { // the module also contains the hash of the files from which it was made
			texts[i] = sourceSum.ReplaceAllString(described(w.T, []byte(texts[i])), "")
		}
		pages[file.Path] = texts[i]
	}
	return pages, nil
}

var sourceSum = regexp.MustCompile(`"source":"[^"]*"`)

// looksAt reports whether a file is compared. `make test` compares one in eight of the files that are at most two folders deep;
// `make slips` compares all.
func (w *slipWorld) looksAt(name string) bool {
	return w.all || strings.Count(name, "/") < 3 && crc32.ChecksumIEEE([]byte(masked(name)))%8 == 0
}

// try makes the site with a slip and returns the outcome.
func (w *slipWorld) try(s slip) slipOutcome {
	data := string(w.content[s.file].Data)
	content := maps.Clone(w.content)
	content[s.file] = &fstest.MapFile{Data: []byte(data[:s.offset] + s.new + data[s.offset+len(s.old):])}
	loaded, found, err := load.Site(content, "content", w.source.Today)
	if err != nil {
		w.Fatal(s, err)
	}
	if len(found) > 0 {
		return told(s, found)
	}
	compiled := w.rules
	if strings.HasPrefix(s.file, "rules/") && !strings.HasPrefix(s.file, "rules/text/") || slices.Contains(ruleFiles, s.file) || path.Base(s.file) == "profile.yaml" {
		if compiled, found, err = CompileRules(content, "content"); err != nil {
			w.Fatal(s, err)
		}
		if len(found) > 0 || compiled == nil {
			return told(s, found)
		}
		accepted, err := change.ReadAccepted(compiled.Set, content, "content")
		if err != nil {
			w.Fatal(s, err)
		}
		if found := change.Check(compiled.Set, accepted); len(found) > 0 {
			return told(s, found)
		}
		if found := worked.Check(compiled.Set); len(found) > 0 {
			return told(s, found)
		}
	}
	pages, found := w.render(loaded, compiled, content)
	if len(found) > 0 {
		return told(s, found)
	}
	return w.compare(s, pages, loaded)
}

// told says whether findings point to the place of a slip, and how.
func told(s slip, found []diag.Diagnostic) slipOutcome {
	word, end := wordsAt(s), s.line+strings.Count(s.old+s.new, "\n")
	isHere := func(place diag.Place) bool {
		return place.File == "content/"+s.file && place.Line >= s.line && place.Line <= end
	}
	for _, d := range found {
		switch {
		case d.File == "content/"+s.file && d.Line == 0, isHere(diag.Place{File: d.File, Line: d.Line}):
			return slipOutcome{noticed: true, how: "told"}
		case slices.ContainsFunc(d.Related(), isHere):
			return slipOutcome{noticed: true, how: "told as what a finding follows from"}
		case d.Code == "override-outdated" && strings.Contains(s.file, "/"+d.Args[0].(string)+"/"): // the slip is in a text that an insurer's text replaces
			return slipOutcome{noticed: true, how: "told where it is looked for"}
		case slices.ContainsFunc(word, func(word string) bool { return looksFor(d, word) }):
			return slipOutcome{noticed: true, how: "told where it is looked for"}
		}
	}
	o := slipOutcome{how: "told elsewhere"}
	for _, d := range found[:min(len(found), 5)] {
		o.pairs = append(o.pairs, fmt.Sprintf("  %s %s %v", d.Position, d.Code, d.Args))
	}
	return o
}

// looksFor reports whether a finding names a word, or whether the finding's line contains the word. A word of one character counts only
// if it is an argument of the finding. A Japanese word of two or three characters counts only if the finding names it, because any line
// may contain it by chance.
func looksFor(d diag.Diagnostic, word string) bool {
	const shortest = 4
	if utf8.RuneCountInString(word) < 2 {
		return slices.Contains(d.Args, any(word))
	}
	long := word[0] < utf8.RuneSelf || utf8.RuneCountInString(word) >= shortest
	return strings.Contains(fmt.Sprint(d.Args), word) || long && strings.Contains(d.Excerpt, word)
}

var words = regexp.MustCompile(`[A-Za-z0-9_#:.-]+|[^\sA-Za-z0-9_#:.,|"\[\]{}-]+`)

// wordsAt returns the word in which a slip was made, as it was before the slip. If the slip is between words, it returns the words on
// either side.
func wordsAt(s slip) (list []string) {
	column := min(s.column, len(s.text))
	start := len(strings.TrimRight(s.text[:column], " "))
	end := len(s.text) - len(strings.TrimLeft(s.text[min(column+len(s.old), len(s.text)):], " "))
	for _, at := range words.FindAllStringIndex(s.text, -1) {
		word := strings.Trim(s.text[at[0]:at[1]], ":.-")
		switch {
		case len(word) < 3:
		case at[0] <= column && column < at[1]:
			return []string{word}
		case at[1] == start, at[0] == end:
			list = append(list, word)
		}
	}
	return list
}

var keyAt = regexp.MustCompile(`^\s*(?:- )?\{?([a-z_0-9-]+):`)

// unseen returns the kind of a slip that no page shows: the kind of file and the key on the line.
func unseen(s slip) string {
	key := "text"
	if match := keyAt.FindStringSubmatch(s.text); match != nil {
		key = match[1]
	}
	if strings.Contains(s.text, "{#") {
		key = "{#…}"
	}
	return kindOfFile(s.file) + ": " + key
}

// unseenKinds are the kinds of slips that change only an order, or only what a search finds.
var unseenKinds = []string{
	"question: keywords", "question: reading", "translation: keywords", "translation: reading", "glossary.yaml: typed",
}

// many tries the slips with the numbers from 0 to count-1. It does not repeat slips that the log records as noticed.
func (w *slipWorld) many(count int) {
	defer debug.SetGCPercent(debug.SetGCPercent(800)) // the whole site is made many times, and little of it is kept
	name := os.Getenv("SLIPS_LOG")
	if name == "" {
		name = filepath.Join(os.TempDir(), "sitegen-slips.log")
	}
	log, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		w.Fatal(err)
	}
	defer log.Close()
	outcomes := map[int]string{}
	for lines := bufio.NewScanner(log); lines.Scan(); {
		if match := outcomeLine.FindStringSubmatch(lines.Text()); match != nil {
			n, _ := strconv.Atoi(match[1])
			outcomes[n] = match[2]
		}
	}
	only := strings.FieldsFunc(os.Getenv("SLIPS_ONLY"), func(r rune) bool { return r == ',' })
	for n := range count {
		if strings.HasPrefix(outcomes[n], "true") || len(only) > 0 && !slices.Contains(only, strconv.Itoa(n)) {
			continue
		}
		s := w.slip(n)
		o := w.try(s)
		how, _, _ := strings.Cut(o.how, ":")
		outcomes[n] = fmt.Sprint(o.noticed, " ", how)
		fmt.Fprintf(log, "#%d %v %s\n  %s\n%s\n", n, o.noticed, o.how, s, strings.Join(o.pairs, "\n"))
		if !o.noticed {
			w.Errorf("#%d %s\n%s", n, s, o)
		}
	}
	counts := map[string]int{}
	for n := range count {
		counts[outcomes[n]]++
	}
	for _, how := range slices.Sorted(maps.Keys(counts)) {
		w.Logf("%6d %s", counts[how], how)
	}
}

var outcomeLine = regexp.MustCompile(`^#([0-9]+) ((?:true|false) [^:]*)`)

// slip returns the slip with number n, at a place drawn from all files.
func (w *slipWorld) slip(n int) slip {
	names, total := slices.Sorted(maps.Keys(w.content)), 0
	for _, name := range names {
		total += len(w.content[name].Data)
	}
	random := rand.New(rand.NewPCG(1, uint64(n)))
	at, i := random.IntN(total), 0
	for at >= len(w.content[names[i]].Data) {
		at -= len(w.content[names[i]].Data)
		i++
	}
	return w.slipIn(names[i], random)
}
