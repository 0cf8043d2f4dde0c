package build

import (
	"fmt"
	"html"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/markup"
	"sitegen/internal/schema"
	"sitegen/internal/site"
)

// compare compares what readers see on every page before and after a slip, and returns the outcome.
func (w *slipWorld) compare(s slip, pages map[string]string, loaded *site.Site) slipOutcome {
	changed, odd := w.changedPages(pages)
	if odd != "" {
		return slipOutcome{how: odd}
	}
	changed = slices.DeleteFunc(changed, func(page changedPage) bool { // browsers show several blanks as one
		return blanks.ReplaceAllString(page.before, " ") == blanks.ReplaceAllString(page.after, " ")
	})
	var values [][2]string
	switch kindOfFile(s.file) {
	case "facts.yaml", "profile":
		values = w.valuePairs(loaded)
	case "picture":
		return w.redrawn(s, changed, loaded)
	}
	glosses := brokenGlosses(s, loaded)
	seen := false
	o := slipOutcome{noticed: true, how: "shown"}
	for _, page := range changed {
		name := page.name
		page, wrong := w.inOldOrder(page, loaded)
		if wrong != "" {
			return slipOutcome{how: wrong}
		}
		page = page.withoutWords()
		was, is := changedPart(page.before, page.after)
		before, after := blocksOf(name, was), blocksOf(name, is)
		if parted(s, before, after) {
			seen = true
			continue
		}
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
			if !explained(s, glosses.Replace(before[i]), glosses.Replace(after[i]), values) {
				return slipOutcome{how: name + ": something else than what was typed", pairs: []string{"  " + before[i], "  " + after[i]}}
			}
			if len(o.pairs) < 3 {
				o.pairs = append(o.pairs, "  "+before[i], "  "+after[i])
			}
		}
	}
	switch {
	case len(changed) == 0 && !w.searchedOtherwise(pages):
		return slipOutcome{noticed: true, how: "same"}
	case !seen:
		kind := unseen(s)
		o := slipOutcome{how: "unseen: " + kind, pairs: []string{"  " + append(changed, changedPage{name: "what a search finds"})[0].name}}
		if !slices.Contains(unseenKinds, kind) {
			return o
		}
		wrong, found := foundOtherwise(s, loaded)
		if len(found) > 0 {
			return told(s, found)
		}
		o.noticed = wrong == ""
		o.pairs = append(o.pairs, wrong)
		return o
	}
	return o
}

// brokenGlosses returns what removes, from texts in the default language, the glosses of terms whose name a slip breaks. A gloss stands
// beside the first use of a term on a page. If that use is broken, the gloss moves to the next.
func brokenGlosses(s slip, loaded *site.Site) *strings.Replacer {
	var remove []string
	line := s.text[:s.column] + s.new + s.text[min(s.column+len(s.old), len(s.text)):]
	for _, term := range loaded.Terms {
		words := term.In(loaded.Languages[0])
		for _, name := range append([]string{words.Name.Plain}, words.Aliases...) {
			if words.Gloss.Plain != "" && strings.Count(s.text, name) > strings.Count(line, name) {
				remove = append(remove, "（"+words.Gloss.Plain+"）", "")
			}
		}
	}
	return strings.NewReplacer(remove...)
}

// redrawn compares the pages that a slip in a drawing changes: each shows the new drawing in place of the old one, and nothing else is
// different. The checker shows drawings without their words.
func (w *slipWorld) redrawn(s slip, changed []changedPage, loaded *site.Site) slipOutcome {
	name := strings.TrimSuffix(path.Base(s.file), schema.PictureEnding)
	was, is := string(w.pictures[name]), string(loaded.Pictures[name])
	var pairs []string
	for _, form := range []func(string) string{
		func(svg string) string { return svg },
		func(svg string) string { return string(markup.Without(markup.HTML(svg), "<text", "</text>")) },
	} {
		was, is := form(was), form(is)
		inData, nowInData := strings.ReplaceAll(was, `"`, `\"`), strings.ReplaceAll(is, `"`, `\"`)
		pairs = append(pairs, was, is, inData, nowInData)
	}
	redraw := strings.NewReplacer(pairs...)
	for _, page := range changed {
		if redraw.Replace(page.before) != page.after {
			return slipOutcome{how: page.name + ": something else than the drawing", pairs: differing(blocksOf(page.name, page.before), blocksOf(page.name, page.after))}
		}
	}
	if len(changed) == 0 {
		return slipOutcome{noticed: was == is, how: "same"}
	}
	return slipOutcome{noticed: true, how: "shown", pairs: []string{"  " + was, "  " + is}}
}

// withoutWords removes from both versions of a page the box with explained words below an answer, if the boxes explain different words. It
// does so only if the answer contains each word that is new in the box, and no word that is gone. Otherwise it returns the page unchanged.
func (p changedPage) withoutWords() changedPage {
	before, after := strings.Split(p.before, "<article"), strings.Split(p.after, "<article")
	if len(before) != len(after) {
		return p
	}
	for i := range before {
		was, is := explainedWords.FindString(before[i]), explainedWords.FindString(after[i])
		names, namesNow := namesOf(was), namesOf(is)
		if slices.Equal(names, namesNow) {
			continue
		}
		answer := strings.ToLower(strings.Join(blocksOf(p.name, strings.Join(answerTexts.FindAllString(after[i], -1), "")), " "))
		for _, name := range slices.Concat(names, namesNow) {
			now, has := slices.Contains(namesNow, name), strings.Contains(answer, strings.ToLower(name))
			if now != slices.Contains(names, name) && now != has {
				return p
			}
		}
		before[i], after[i] = strings.Replace(before[i], was, "", 1), strings.Replace(after[i], is, "", 1)
	}
	p.before, p.after = strings.Join(before, "<article"), strings.Join(after, "<article")
	return p
}

// answerTexts matches answers. explainedWords matches the box with explained words below an answer. wordNames matches the summary of that
// box, and wordName matches a word's name in the summary.
var (
	answerTexts    = regexp.MustCompile(`(?s)<p class="answer-text.*?</p>`)
	explainedWords = regexp.MustCompile(`(?s)<details class="fold words">.*?</details>`)
	wordNames      = regexp.MustCompile(`(?s)<summary>.*?</summary>`)
	wordName       = regexp.MustCompile(`(?s)<span>(.*?)</span>\s*(?:<span>|</summary>)`)
)

func namesOf(box string) (names []string) {
	summary := wordNames.FindString(box)
	for summary != "" {
		at := wordName.FindStringSubmatchIndex(summary)
		if at == nil {
			return names
		}
		blocks := blocksOf("x.html", summary[at[2]:at[3]])
		names = append(names, blocks[len(blocks)-1]) // the readings of the name come before its text
		summary = summary[at[3]:]
	}
	return names
}

// parted reports whether a slip only splits a paragraph, or joins two, by an empty line. Apart from spaces, the texts are then equal.
func parted(s slip, before, after []string) bool {
	if strings.Trim(s.old+s.new, "\n") != "" {
		return false
	}
	together := func(list []string) string { return strings.ReplaceAll(strings.Join(list, ""), " ", "") }
	return together(before) == together(after)
}

// spelledOut reports whether a slip explains every value that is new in a data file or gone from it. In a data file, equal values share one
// place; if the slip makes them different, each gets a place of its own. Pieces without letters are structure and do not count.
func (w *slipWorld) spelledOut(s slip, page changedPage, values [][2]string) bool {
	structure := func(text string) bool { return !strings.ContainsFunc(text, unicode.IsLetter) }
	before := slices.DeleteFunc(blocksOf(page.name, page.before), structure)
	after := slices.DeleteFunc(blocksOf(page.name, page.after), structure)
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

// mask returns a page of the site without the slip, with hashes masked.
func (w *slipWorld) mask(name string) string {
	if _, known := w.masks[name]; !known {
		w.masks[name] = masked(readIn(name, w.pages[name]))
	}
	return w.masks[name]
}

// changedPage is a page that the slip changes, with hashes masked.
type changedPage struct{ name, before, after string }

// searchIndex matches the files in which the search looks up words. searchWords matches the words of the search's own interface in these
// files, the only part that readers see. Other texts are compared on the pages, and TestQuality in internal/search tests what a query
// finds.
var (
	searchIndex = regexp.MustCompile(`/search/(index|k\d+)\.js$`)
	searchWords = regexp.MustCompile(`"words":\{(?:"(?:[^"\\]|\\.)*"[:,]?)*\}`)
)

// readIn returns the part of a file that readers see.
func readIn(name, text string) string {
	if searchIndex.MatchString(name) {
		return searchWords.FindString(text)
	}
	return text
}

// searchedOtherwise reports whether a file of the search differs from that of the site without the slip.
func (w *slipWorld) searchedOtherwise(pages map[string]string) bool {
	for name, now := range pages {
		if searchIndex.MatchString(name) && w.pages[name] != now {
			return true
		}
	}
	return false
}

// changedPages returns the pages that differ in more than hashes from those of the site without the slip. If a page is new or gone, `odd`
// says which, and no pages are returned.
func (w *slipWorld) changedPages(pages map[string]string) (changed []changedPage, odd string) {
	compare := func(name, now string) {
		if w.pages[name] == now {
			return
		}
		if after := masked(readIn(name, now)); after != w.mask(name) {
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
		for _, name := range names { // the names of these files contain a hash, so each is compared with the most similar new file
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

// changedPart cuts off what two pages have in common at the beginning and at the end, and leaves a few blocks around the difference. The
// caller compares pages block by block, so equal parts are not needed.
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

// alike says how similar b is to a: the bytes of the pieces, parted by quotation marks, that both have, less those that only b has.
func alike(a, b string) int {
	times := map[string]int{}
	for piece := range strings.SplitSeq(a, `"`) {
		times[piece]++
	}
	n := 0
	for piece := range strings.SplitSeq(b, `"`) {
		if times[piece]--; times[piece] >= 0 {
			n += len(piece)
		} else {
			n -= len(piece)
		}
	}
	return n
}

// apart prepares the texts of one version of a page, `list`, for a comparison one by one with those of the other version. A timeline shows
// equal neighbours as one entry. If a slip makes two neighbours different, one version has an entry more. In the version that has one less,
// this function repeats the shared entry.
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

// explained reports whether a slip explains the difference between two versions of a text: the difference is the slip itself (at any
// place), part of a date, or a changed value.
func explained(s slip, before, after string, values [][2]string) bool {
	if applied(before, after, s) {
		return true
	}
	if s.new == "" && len(before) == len(after)+len(s.old)+1 { // a character between two spaces is gone, and browsers show two spaces as one
		joined := func(text string) string { return strings.ReplaceAll(text, " ", "") }
		if applied(joined(before), joined(after), s) {
			return true
		}
	}
	if strings.ContainsAny(s.old, "0123456789") && dateParts.ReplaceAllString(before, "") == dateParts.ReplaceAllString(after, "") {
		return true // the slip is in a day, which is written in several forms
	}
	for _, value := range values {
		if strings.ReplaceAll(before, value[0], value[1]) == after {
			return true
		}
	}
	return false
}

// applied reports whether two texts differ only in the characters of a slip. These may be at any place, because markup can move them: if a
// reading ends too early, its last character is shown after the reading.
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
	return everywhere(before, after, s.old, s.new) // the slip shows in several places
}

// everywhere reports whether one text becomes the other if some occurrences of `old` are replaced by `new`.
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

// wordings returns how the facts and the names of insurers are written, by id, language and form. A key can have several texts,
// because a fact can have a different value on each site.
func wordings(s *site.Site) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	add := func(text string, key ...string) {
		name := strings.Join(key, " ")
		if all[name] == nil {
			all[name] = map[string]bool{}
		}
		all[name][text] = true
	}
	for _, of := range append([]*site.Site{s}, s.Insurers...) {
		for _, language := range of.Languages {
			for _, fact := range of.Facts {
				for form, text := range map[string]string{"value": language.FactValue(fact).Plain, "day": language.Date(fact.Date).Plain, "both": language.DateBoth(fact.Date).Plain, "phone": fact.Phone, "link": fact.Address} {
					add(text, fact.ID, language.ID, form)
				}
			}
			if of.Profile != nil {
				add(language.Profile.Name.Plain, "insurer", of.Profile.ID, language.ID, "name")
				add(language.Profile.Short.Plain, "insurer", of.Profile.ID, language.ID, "short")
			}
		}
	}
	return all
}

// valuePairs returns the old and the new written form of every fact whose value is different now, and of every insurer with a
// different name.
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
	hidden    = regexp.MustCompile(`(?s)<style[^>]*>.*?</style>|<script(?: [^>]*)?>.*?</script>|<rp>[^<]*`)
	jsonData  = regexp.MustCompile(`(?s)<script [^>]*application/(?:ld\+)?json[^>]*>(.*?)</script>`)
	reading   = regexp.MustCompile(`<rt>([^<]*)`)
	dateParts = regexp.MustCompile(`[0-9]+|元|January|February|March|April|May|June|July|August|September|October|November|December|令和|平成|昭和|Reiwa|Heisei|Showa|,`)
	attribute = regexp.MustCompile(`(?:alt|title|aria-label|content|href)=(?:"([^"]*)"|([^\s>"]+))`)
	inlineTag = regexp.MustCompile(`</?(?:a|strong|em|span|ruby|rb|code|b|i|wbr|small|mark|cite|time|abbr|bdi|q|kbd|br)\b[^>]*>`)
	anyTag    = regexp.MustCompile(`<[^>]*>`)
	blanks    = regexp.MustCompile(`\s+`)
)

// keyOfData matches the key of a value in the data of a script.
var keyOfData = regexp.MustCompile(`([{,])\w+:`)

// blocksOf returns everything that readers see or hear on a page: first the pieces of its JSON data, then its readings, attributes and
// texts, each kind in the order of the page. It splits files that are not pages into pieces.
func blocksOf(name, text string) []string {
	text = strings.ReplaceAll(text, "\u2060", "") // a word joiner is invisible
	if path.Ext(strings.TrimRight(name, "+")) != ".html" {
		text = strings.ReplaceAll(text, "<wbr>", "")  // a place where a line may end is invisible too
		text = keyOfData.ReplaceAllString(text, "$1") // keys have no quotation marks
		pieces := strings.FieldsFunc(text, func(r rune) bool { return r == '"' || r == '\n' || r == '<' || r == '>' })
		for i, piece := range pieces {
			pieces[i] = html.UnescapeString(piece)
		}
		return pieces
	}
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
		if value := html.UnescapeString(match[1] + match[2]); !strings.Contains(value, "glossary.html#") { // the program makes these links by itself, wherever a term occurs
			blocks = append(blocks, value)
		}
	}
	text = anyTag.ReplaceAllString(inlineTag.ReplaceAllString(text, ""), "\x00")
	for _, block := range strings.Split(text, "\x00") {
		if block = strings.TrimSpace(blanks.ReplaceAllString(html.UnescapeString(block), " ")); block != "" {
			blocks = append(blocks, block)
		}
	}
	return blocks
}
