package render

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sitegen/internal/rules"
	"sitegen/internal/site"
)

// The words for the script are compact: ruby as {base|reading}, links to questions as [text](id), telephone links as
// their number alone, slots as {name}. The script writes them out again.

var (
	rubyForm = regexp.MustCompile(`<ruby>([^<]*)<rp>\(</rp><rt>([^<]*)</rt><rp>\)</rp></ruby>`)
	faqForm  = regexp.MustCompile(`<a href="` + site.RootMarker + `faq/([a-z0-9-]+)\.html">(.*?)</a>`)
	telForm  = regexp.MustCompile(`<a href="tel:[0-9]+">([0-9-]+)</a>`)
	slotMark = regexp.MustCompile("\x01([a-z_]+)\x02")
)

// compact returns a phrase as the script reads it.
func compact(p site.Phrase) string {
	text := rubyForm.ReplaceAllString(string(p.HTML), "{$1|$2}")
	text = faqForm.ReplaceAllString(text, "[$2]($1)")
	text = telForm.ReplaceAllString(text, "$1")
	text = slotMark.ReplaceAllString(text, "{$1}")
	return strings.ReplaceAll(text, site.RootMarker, "")
}

// A reading stands in the data only where its word comes first: "base reading}" without a space. Where the same word
// comes again it stands alone, and the script remembers. Words that have several readings, words that later stand
// without one too, and words that are not only kanji keep their form.
var (
	kanjiRuby = regexp.MustCompile(`\{([一-龠々]+)\|([ぁ-ん]+)\}`)
	anyRuby   = regexp.MustCompile(`\{[^{}|]+\|[^{}]+\}`)
	kanjiRun  = regexp.MustCompile(`[一-龠々]+`)
	kanjiLast = regexp.MustCompile(`[一-龠々]$`)
	unclear   = regexp.MustCompile(`^(?:\{?[一-龠々|]|[ぁ-ん]+\})`) // after a word alone: its end could not be told
)

// readOnce shortens the data: see above.
func readOnce(data string) string {
	first := map[string]int{} // where a word stands with its reading
	for _, at := range kanjiRuby.FindAllStringSubmatchIndex(data, -1) {
		if base := data[at[2]:at[3]]; first[base] == 0 {
			first[base] = at[0]
		}
	}
	blank := func(ruby string) string { return strings.Repeat(" ", len(ruby)) }
	bare := map[string]bool{} // words without a reading that the script would give one, since it knows one by then
	for _, at := range kanjiRun.FindAllStringIndex(anyRuby.ReplaceAllStringFunc(data, blank), -1) {
		word := data[at[0]:at[1]]
		bare[word] = bare[word] || at[0] > first[word]
	}
	var out strings.Builder
	readings, end := map[string]string{}, 0
	for _, at := range kanjiRuby.FindAllStringSubmatchIndex(data, -1) {
		base, reading := data[at[2]:at[3]], data[at[4]:at[5]]
		between := data[end:at[0]]
		out.WriteString(between)
		end = at[1]
		known, ok := readings[base]
		switch {
		case bare[base] || ok && known != reading || kanjiLast.MatchString(between):
			out.WriteString(data[at[0]:at[1]])
		case ok && !unclear.MatchString(data[end:]):
			out.WriteString(base)
		default:
			readings[base] = reading
			out.WriteString(base + reading + "}")
		}
	}
	out.WriteString(data[end:])
	return out.String()
}

// A kana takes three bytes in UTF-8, and compression gets only part of them back. In the data of a language of many such
// characters, those that come most often are written as one of these bytes; where these stand for themselves, an
// apostrophe comes before. The script writes it all out again: script/checker/data.ts.
const (
	oneByte = "!#$%*+=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`~"
	itself  = '\''
)

// shorten returns the data in that form, and the bytes that are used with the characters they stand for behind them;
// none where it does not pay.
func shorten(data string) (short, letters string) {
	count, other := map[rune]int{}, 0
	for _, c := range data {
		if c < utf8.RuneSelf {
			other++
		} else {
			count[c]++
		}
	}
	if len(data) < 3*other { // mostly ASCII
		return data, ""
	}
	often := slices.SortedFunc(maps.Keys(count), func(a, b rune) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	often = often[:min(len(often), len(oneByte))]
	var out strings.Builder
	for _, c := range data {
		if i := slices.Index(often, c); i >= 0 {
			out.WriteByte(oneByte[i])
			continue
		}
		if c == itself || strings.ContainsRune(oneByte, c) {
			out.WriteByte(itself)
		}
		out.WriteRune(c)
	}
	return out.String(), oneByte[:len(often)] + string(often)
}

// list numbers texts, each once.
type list struct {
	items []string
	at    map[string]int
}

func newList() *list { return &list{items: []string{}, at: map[string]int{}} }

func (l *list) index(item string) int {
	i, known := l.at[item]
	if !known {
		i = len(l.items)
		l.items = append(l.items, item)
		l.at[item] = i
	}
	return i
}

// indices are the places of ids in a list.
func indices(list, ids []string) []int {
	found := []int{}
	for _, id := range ids {
		if i := slices.Index(list, id); i >= 0 {
			found = append(found, i)
		}
	}
	return found
}

func indexOf(list []string, id string) int { return slices.Index(list, id) }

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// RuleIDs are the ids of a program for which there must be words.
func RuleIDs(p *rules.Program) site.RuleIDs {
	ids := site.RuleIDs{Inputs: map[string][]string{}, Documents: p.Names.Documents, Outcomes: p.Names.Outcomes, Notes: p.Names.Notes,
		Page: slices.Concat(scriptWords, templateWords)}
	for i, names := range p.Names.Inputs {
		if names.Policy {
			continue
		}
		ids.Inputs[names.ID] = slices.DeleteFunc(slices.Clone(p.Names.Inputs[i].Values), unknownValue)
	}
	return ids
}
