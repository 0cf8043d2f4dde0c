package build

import (
	"bufio"
	"bytes"
	"fmt"
	"hash/crc32"
	"html"
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
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/render"
	"sitegen/internal/rules"
	"sitegen/internal/site"
	"sitegen/internal/testcontent"
)

// A slip of one character anywhere in the content does no harm that nobody is told of: the site is the same, or check
// names the place, or each place on every page shows just what was typed. What is seen only in an order or in what a
// search finds is listed in unseenKinds.
//
// `make test` tries one slip in each kind of file. `make slips` tries SLIPS of them anywhere, each by its number, and keeps
// what came of it in SLIPS_LOG: it goes on where it was stopped.
func TestSlips(t *testing.T) {
	w := newSlipWorld(t)
	if count, _ := strconv.Atoi(os.Getenv("SLIPS")); count > 0 {
		w.many(count)
		return
	}
	for i, kind := range slipKinds {
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
	"profile", "passage", "question", "translation",
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
	}
	return name
}

// slip is one character that was typed otherwise: what stood at an offset, and what stands there now.
type slip struct {
	file, old, new string
	offset         int
	line           int
	column         int    // in bytes from 0
	text           string // the line as it was
}

func (s slip) String() string {
	return fmt.Sprintf("%s:%d: %q becomes %q in %q", s.file, s.line, s.old, s.new, s.text)
}

// slipIn makes a slip somewhere in a file: a character is missing, doubled, another of its kind, or swapped with the next.
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

// other returns a character that may be typed in place of another.
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

// slipOutcome is what came of a slip.
type slipOutcome struct {
	noticed bool
	how     string // "same", "told", "shown", "unseen: <kind>"; or what is wrong
	pairs   []string
}

func (o slipOutcome) String() string { return o.how + "\n" + strings.Join(o.pairs, "\n") }

// slipWorld holds the site as it is.
type slipWorld struct {
	*testing.T
	content  fstest.MapFS
	source   Source
	assets   *bundle.Assets
	layouts  fs.FS
	rules    *Rules
	accepted *rules.Accepted
	pages    map[string]string
	masks    map[string]string          // of pages: without sums
	facts    map[string]map[string]bool // of each fact all ways in which it is written
	all      bool                       // every page is looked at
}

func newSlipWorld(t *testing.T) *slipWorld {
	content := testcontent.Real(t)
	// Without the records of translations, which would tell of every slip in a source, and not where it is.
	maps.DeleteFunc(content, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, site.RecordFolder+"/") })
	for name := range content {
		if path.Base(name) == "README.md" {
			delete(content, name)
		}
	}
	w := &slipWorld{T: t, content: content, masks: map[string]string{}, all: os.Getenv("SLIPS") != ""}
	w.source = Source{Content: content, ContentName: "content", Theme: testcontent.Theme(), ThemeName: "theme", Today: civil.Of(2026, 12, 15)}
	var err error
	if w.assets, err = bundle.Load(w.source.Theme); err != nil {
		t.Fatal(err)
	}
	if w.layouts, err = fs.Sub(w.source.Theme, "templates"); err != nil {
		t.Fatal(err)
	}
	compiled, _, err := CompileRules(content, "content")
	if err != nil || compiled == nil {
		t.Fatal(err)
	}
	if w.accepted, err = compiled.Set.ReadAccepted(content, "content"); err != nil {
		t.Fatal(err)
	}
	w.rules = compiled
	loaded, found, err := site.Load(content, "content", w.source.Today)
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	var faults []diag.Diagnostic
	if w.pages, faults = w.render(loaded, compiled, content); len(faults) > 0 {
		t.Fatal(faults)
	}
	w.facts = wordings(loaded)
	return w
}

// render makes all files of a site, by path; sums are masked.
func (w *slipWorld) render(loaded *site.Site, compiled *Rules, content fs.FS) (map[string]string, []diag.Diagnostic) {
	source := w.source
	source.Content = content
	checker, found, err := source.checker(compiled, loaded)
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
	if err := each(len(files), func() func(int) error {
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
		if path.Ext(file.Path) == ".wasm" { // it also names the sum of the files that it was made of
			texts[i] = sourceSum.ReplaceAllString(described(w.T, []byte(texts[i])), "")
		}
		pages[file.Path] = texts[i]
	}
	return pages, nil
}

var sourceSum = regexp.MustCompile(`"source":"[^"]*"`)

// looksAt reports whether a file is compared: `make test` looks at the general site and one page in eight of the others.
func (w *slipWorld) looksAt(name string) bool {
	return w.all || strings.Count(name, "/") < 3 && crc32.ChecksumIEEE([]byte(masked(name)))%8 == 0
}

// try makes the site with a slip.
func (w *slipWorld) try(s slip) slipOutcome {
	data := string(w.content[s.file].Data)
	content := maps.Clone(w.content)
	content[s.file] = &fstest.MapFile{Data: []byte(data[:s.offset] + s.new + data[s.offset+len(s.old):])}
	loaded, found, err := site.Load(content, "content", w.source.Today)
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
		accepted, err := compiled.Set.ReadAccepted(content, "content")
		if err != nil {
			w.Fatal(s, err)
		}
		if found := compiled.Set.CheckAccepted(accepted); len(found) > 0 {
			return told(s, found)
		}
		if found := compiled.Set.CheckCases(); len(found) > 0 {
			return told(s, found)
		}
	}
	pages, found := w.render(loaded, compiled, content)
	if len(found) > 0 {
		return told(s, found)
	}
	return w.compare(s, pages, loaded)
}

// told says how well findings tell of a slip.
func told(s slip, found []diag.Diagnostic) slipOutcome {
	word := wordAt(s)
	for _, d := range found {
		switch {
		case d.File == "content/"+s.file && (d.Line == 0 || d.Line >= s.line && d.Line <= s.line+strings.Count(s.old+s.new, "\n")):
			return slipOutcome{noticed: true, how: "told"}
		case d.Code == "override-outdated" && strings.Contains(s.file, "/"+d.Args[0].(string)+"/"): // the insurer's text replaces it
			return slipOutcome{noticed: true, how: "told where it is looked for"}
		case word != "" && strings.Contains(fmt.Sprint(d.Args, d.Excerpt), word):
			return slipOutcome{noticed: true, how: "told where it is looked for"}
		}
	}
	o := slipOutcome{how: "told elsewhere"}
	for _, d := range found[:min(len(found), 5)] {
		o.pairs = append(o.pairs, fmt.Sprintf("  %s %s %v", d.Position, d.Code, d.Args))
	}
	return o
}

var words = regexp.MustCompile(`[A-Za-z0-9_#:.-]+|[^\sA-Za-z0-9_#:.-]+`)

// wordAt returns the word in which a slip was made, as it was.
func wordAt(s slip) string {
	for _, at := range words.FindAllStringIndex(s.text, -1) {
		if word := s.text[at[0]:at[1]]; at[0] <= s.column && s.column < at[1] && len(word) > 2 {
			return strings.Trim(word, ":.-")
		}
	}
	return ""
}

// compare looks at what is seen on every page before and after a slip.
func (w *slipWorld) compare(s slip, pages map[string]string, loaded *site.Site) slipOutcome {
	changed, odd := w.changedPages(pages)
	if odd != "" {
		return slipOutcome{how: odd}
	}
	var values [][2]string
	if kind := kindOfFile(s.file); kind == "facts.yaml" || kind == "profile" {
		values = w.valuePairs(loaded)
	}
	seen := false
	o := slipOutcome{noticed: true, how: "shown"}
	for _, page := range changed {
		name := page.name
		was, is := changedPart(page.before, page.after)
		before, after := blocksOf(name, was), blocksOf(name, is)
		before, after = apart(before, after), apart(after, before)
		if path.Ext(name) != ".html" && len(before) != len(after) && w.spelledOut(s, page, values) {
			seen = true
			continue
		}
		if len(before) != len(after) {
			return slipOutcome{how: fmt.Sprintf("%s: %d pieces of text, and %d before", name, len(after), len(before)), pairs: differing(before, after)}
		}
		for i := range before {
			if before[i] == after[i] {
				continue
			}
			seen = true
			if !explained(s, before[i], after[i], values) {
				return slipOutcome{how: name + ": something else than what was typed", pairs: []string{"  " + before[i], "  " + after[i]}}
			}
			if len(o.pairs) < 3 {
				o.pairs = append(o.pairs, "  "+before[i], "  "+after[i])
			}
		}
	}
	if len(changed) == 0 {
		return slipOutcome{noticed: true, how: "same"}
	}
	if !seen {
		kind := unseen(s)
		return slipOutcome{noticed: slices.Contains(unseenKinds, kind), how: "unseen: " + kind, pairs: []string{"  " + changed[0].name}}
	}
	return o
}

// spelledOut reports whether data say something twice that was written once, because it was the same: all that is new is
// what was typed, and nothing is gone but what was typed over.
func (w *slipWorld) spelledOut(s slip, page changedPage, values [][2]string) bool {
	before, after := blocksOf(page.name, page.before), blocksOf(page.name, page.after)
	gone := slices.DeleteFunc(slices.Clone(before), func(text string) bool { return slices.Contains(after, text) })
	for _, text := range after {
		if !slices.Contains(before, text) && !slices.ContainsFunc(before, func(old string) bool { return explained(s, old, text, values) }) {
			return false
		}
	}
	return !slices.ContainsFunc(gone, func(old string) bool {
		return !slices.ContainsFunc(after, func(text string) bool { return explained(s, old, text, values) })
	})
}

// mask returns a page as it is, without sums.
func (w *slipWorld) mask(name string) string {
	if _, known := w.masks[name]; !known {
		w.masks[name] = masked(w.pages[name])
	}
	return w.masks[name]
}

// changedPage is a page that is another than before: without sums.
type changedPage struct{ name, before, after string }

// changedPages returns the pages that are others than before but for sums, or says that there are more or fewer.
func (w *slipWorld) changedPages(pages map[string]string) (changed []changedPage, odd string) {
	compare := func(name, now string) {
		if w.pages[name] == now {
			return
		}
		if after := masked(now); after != w.mask(name) {
			changed = append(changed, changedPage{name, w.mask(name), after})
		}
	}
	gone, come := map[string][]string{}, map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(w.pages)) {
		now, there := pages[name]
		switch {
		case !there:
			gone[masked(name)] = append(gone[masked(name)], name)
		default:
			compare(name, now)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if _, there := w.pages[name]; !there {
			come[masked(name)] = append(come[masked(name)], name)
		}
	}
	for kind, names := range gone {
		if len(come[kind]) != len(names) {
			return nil, fmt.Sprintf("a page is gone: %s: %d, %d before", kind, len(come[kind]), len(names))
		}
		for _, name := range names { // its name holds a sum: the one most like it
			best := slices.MaxFunc(come[kind], func(a, b string) int { return alike(w.pages[name], pages[a]) - alike(w.pages[name], pages[b]) })
			compare(name, pages[best])
			come[kind] = slices.DeleteFunc(come[kind], func(other string) bool { return other == best })
		}
	}
	for kind, names := range come {
		if len(names) > 0 {
			return nil, "a page is new: " + kind
		}
	}
	return changed, ""
}

// changedPart cuts off two pages what they have in common at their beginnings and ends, up to some blocks before and
// behind what differs. What is seen of a page is put together block by block, so the rest of it is seen alike.
func changedPart(before, after string) (string, string) {
	most := min(len(before), len(after))
	start := 0
	for start < most && before[start] == after[start] {
		start++
	}
	end := 0
	for end < most-start && before[len(before)-1-end] == after[len(after)-1-end] {
		end++
	}
	first, last := start, len(before)-end
	for blocks := 0; first > 0 && blocks < 6; {
		if first--; endsBlock(before[first:]) {
			blocks++
		}
	}
	if strings.LastIndex(before[:first], "<script") > strings.LastIndex(before[:first], "</script") {
		first = 0
	}
	for blocks := 0; last < len(before) && blocks < 6; last++ {
		if endsBlock(before[last:]) {
			blocks++
		}
	}
	return before[first:last], after[first : len(after)-len(before)+last]
}

// endsBlock reports whether a text begins with the tag that ends a block.
func endsBlock(text string) bool {
	if !strings.HasPrefix(text, "</") {
		return false
	}
	name, _, _ := strings.Cut(text[:min(len(text), 12)], ">")
	switch name {
	case "</p", "</li", "</h1", "</h2", "</h3", "</td", "</th", "</tr", "</summary", "</dt", "</dd", "</div", "</section":
		return true
	}
	return false
}

// alike counts the bytes at the beginning and the end that two texts share.
func alike(a, b string) int {
	n, most := 0, min(len(a), len(b))
	for n < most && a[n] == b[n] {
		n++
	}
	for m := 1; m <= most-n && a[len(a)-m] == b[len(b)-m]; m++ {
		n++
	}
	return n
}

// apart returns the texts of a page so that they can be compared one by one with those of another: a timeline shows
// neighbours that say the same as one, and as two where a slip tells them apart.
func apart(list, other []string) []string {
	for i := range list {
		if i+1 < len(other) && i < len(list) && len(list) < len(other) && list[i] != other[i] && list[i] == other[i+1] {
			return slices.Insert(slices.Clone(list), i, list[i])
		}
	}
	return list
}

func differing(before, after []string) []string {
	for i := range before {
		if i >= len(after) || before[i] != after[i] {
			pairs := []string{"  " + strings.Join(before[i:min(i+2, len(before))], " ⏎ ")}
			return append(pairs, "  "+strings.Join(after[min(i, len(after)):min(i+2, len(after))], " ⏎ "))
		}
	}
	return nil
}

// explained reports whether a text differs from what it was just as the slip does, wherever that stands in it, or by a
// value that is another now.
func explained(s slip, before, after string, values [][2]string) bool {
	if applied(before, after, s) {
		return true
	}
	if strings.ContainsAny(s.old, "0123456789") && dateParts.ReplaceAllString(before, "") == dateParts.ReplaceAllString(after, "") {
		return true // a day in some of its forms
	}
	for _, value := range values {
		if strings.ReplaceAll(before, value[0], value[1]) == after {
			return true
		}
	}
	return false
}

// applied reports whether two texts differ by no more than the characters of a slip, wherever those stand. Markup
// around them may make them be seen elsewhere: a reading that ends too early leaves its last character behind it.
func applied(before, after string, s slip) bool {
	a, b := []rune(before), []rune(after)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	most := utf8.RuneCountInString(s.old + s.new)
	if len(a) <= most && len(b) <= most {
		return !slices.ContainsFunc(slices.Concat(a, b), func(r rune) bool { return !strings.ContainsRune(s.old+s.new, r) })
	}
	return everywhere(before, after, s.old, s.new) // in several places
}

// everywhere reports whether one text becomes another when some of the places where old stands are made new.
func everywhere(before, after, old, new string) bool {
	prefix := 0
	for prefix < len(before) && prefix < len(after) && before[prefix] == after[prefix] {
		prefix++
	}
	if prefix == len(before) && prefix == len(after) {
		return true
	}
	for at := max(0, prefix-len(old)-len(new)); at <= prefix; at++ {
		if strings.HasPrefix(before[at:], old) && strings.HasPrefix(after[at:], new) && everywhere(before[at+len(old):], after[at+len(new):], old, new) {
			return true
		}
	}
	return false
}

// wordings returns for each fact of all sites every way in which some language writes it.
func wordings(s *site.Site) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, of := range append([]*site.Site{s}, s.Insurers...) {
		for _, fact := range of.Facts {
			for _, language := range of.Languages {
				for form, text := range map[string]string{"value": language.FactValue(fact).Plain, "day": language.Date(fact.Date).Plain, "both": language.DateBoth(fact.Date).Plain, "phone": fact.Phone, "link": fact.Address} {
					key := fact.ID + " " + language.ID + " " + form
					if all[key] == nil {
						all[key] = map[string]bool{}
					}
					all[key][text] = true
				}
			}
		}
	}
	return all
}

// valuePairs are the facts whose value is another now, as they are written.
func (w *slipWorld) valuePairs(loaded *site.Site) [][2]string {
	var pairs [][2]string
	for key, now := range wordings(loaded) {
		for before := range w.facts[key] {
			for after := range now {
				if before != after && before != "" {
					pairs = append(pairs, [2]string{before, after})
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]string) int { return strings.Compare(a[0]+a[1], b[0]+b[1]) })
	return pairs
}

var (
	hidden    = regexp.MustCompile(`(?s)<style[^>]*>.*?</style>|<script(?: [^>]*)?>.*?</script>|<rp>.*?</rp>`)
	jsonData  = regexp.MustCompile(`(?s)<script [^>]*application/(?:ld\+)?json[^>]*>(.*?)</script>`)
	reading   = regexp.MustCompile(`<rt>(.*?)</rt>`)
	dateParts = regexp.MustCompile(`[0-9]+|元|January|February|March|April|May|June|July|August|September|October|November|December|令和|平成|昭和|Reiwa|Heisei|Showa|,`)
	attribute = regexp.MustCompile(`(?:alt|title|aria-label|content|href)=(?:"([^"]*)"|([^\s>"]+))`)
	inlineTag = regexp.MustCompile(`</?(?:a|strong|em|span|ruby|rb|code|b|i|wbr|small|mark|cite|time|abbr|bdi|q|kbd|br)\b[^>]*>`)
	anyTag    = regexp.MustCompile(`<[^>]*>`)
	space     = regexp.MustCompile(`\s+`)
)

// blocksOf returns what a person meets on a page, in order: texts, and what attributes and data say. Other files are taken
// in pieces.
func blocksOf(name, text string) []string {
	if path.Ext(strings.TrimRight(name, "+")) != ".html" {
		return strings.FieldsFunc(text, func(r rune) bool { return r == '"' || r == '\n' || r == '<' || r == '>' })
	}
	text = strings.ReplaceAll(text, "\u2060", "") // nobody sees it
	var blocks []string
	for _, match := range jsonData.FindAllStringSubmatch(text, -1) {
		blocks = append(blocks, strings.Split(match[1], `"`)...)
	}
	text = hidden.ReplaceAllString(text, "")
	for _, match := range reading.FindAllStringSubmatch(text, -1) {
		blocks = append(blocks, match[1])
	}
	text = reading.ReplaceAllString(text, "")
	for _, match := range attribute.FindAllStringSubmatch(text, -1) {
		if value := html.UnescapeString(match[1] + match[2]); !strings.Contains(value, "glossary.html#") { // the program links terms wherever they stand
			blocks = append(blocks, value)
		}
	}
	text = anyTag.ReplaceAllString(inlineTag.ReplaceAllString(text, ""), "\x00")
	for _, block := range strings.Split(text, "\x00") {
		if block = strings.TrimSpace(space.ReplaceAllString(html.UnescapeString(block), " ")); block != "" {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

var keyAt = regexp.MustCompile(`^\s*(?:- )?([a-z_0-9-]+):`)

// unseen names where a slip was made that no text of any page shows.
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

// unseenKinds are slips that change an order, or what a search finds, and nothing that a page says.
var unseenKinds = []string{}

// many tries slips by their numbers. What a log has of them is not tried again, unless it was not noticed then.
func (w *slipWorld) many(count int) {
	defer debug.SetGCPercent(debug.SetGCPercent(800)) // the whole site is made again and again, and little of it is kept
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
	for n := range count {
		if strings.HasPrefix(outcomes[n], "true") {
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

// slip returns the slip with a number: somewhere in all files.
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
