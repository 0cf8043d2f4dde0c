package readings

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/ikawaha/kagome-dict/ipa"
	"github.com/ikawaha/kagome/v2/tokenizer"
)

// measured is the content folder whose texts TestLevel measures. If it is not our own content, TestLevel only logs the row that
// docs/easy.md would have for it. The rows in the variable `earlier` were made with `git worktree add DIR COMMIT`, then `go test -run
// TestLevel -v -measured DIR/content`.
var measured = flag.String("measured", content, "the content whose texts in easy Japanese are measured")

const (
	easyWords = "easy-words.txt"     // the words of levels N5 and N4, with source and licence
	levels    = "../../docs/easy.md" // written by TestLevel with -update
	lengthy   = 30                   // the maximum number of characters in a sentence, from content/STYLE.md
	short     = 24                   // the number of characters that a sentence should not exceed
)

// earlier has the table rows of earlier commits.
var earlier = []string{
	"| 27 November 2026 (58b0d24b), before the texts were rewritten | 2202 | 13 | 24 | 41 | 8.9 % | 2.1 % | 7941 | 58.8 % | 13.1 % | 71.9 % |",
}

// docs/easy.md says how long the sentences in easy Japanese are, and how many of their words beginners learn. The test checks that its
// numbers are still about right.
func TestLevel(t *testing.T) {
	analyser, err := tokenizer.New(ipa.Dict(), tokenizer.OmitBosEos())
	if err != nil {
		t.Fatal(err)
	}
	m := measure(t, analyser, *measured)
	if *measured != content {
		t.Log(m.row())
		return
	}
	if m.words < 5000 || m.known() < 0.5 {
		t.Errorf("of only %d words %.1f %% are known", m.words, 100*m.known())
	}
	if *update {
		if err := os.WriteFile(levels, []byte(m.page()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(levels)
	if err != nil {
		t.Fatal(err)
	}
	_, now, _ := strings.Cut(string(got), "\n| now | ")
	told, is := numbers.FindAllString(strings.Split(now, "\n")[0], -1), numbers.FindAllString(m.row(), -1)
	if len(told) != len(is) || !slices.EqualFunc(told, is, near) {
		t.Errorf("docs/easy.md tells %s, and the texts are %s; write it with -update", told, is)
	}
}

var numbers = regexp.MustCompile(`[0-9.]+`)

// near reports whether two numbers are about the same. Thanks to it, docs/easy.md need not be updated after every small change of a text.
func near(a, b string) bool {
	x, _ := strconv.ParseFloat(a, 64)
	y, _ := strconv.ParseFloat(b, 64)
	return math.Abs(x-y) <= 1+max(x, y)/25
}

// A word is looked up in its dictionary form, in each of its usual spellings.
func TestKnown(t *testing.T) {
	analyser, err := tokenizer.New(ipa.Dict(), tokenizer.OmitBosEos())
	if err != nil {
		t.Fatal(err)
	}
	list := readWords(t)
	for text, want := range map[string]string{
		"{病院|びょういん}に {行|い}って ください。":          "病院+ 行く+",
		"お{金|かね}が {戻|もど}りました。":               "お金+ 戻る+",
		"{明|あか}るい {部屋|へや}で {終|お}わります。":       "明るい+ 部屋+ 終わる+",
		"{領収書|りょうしゅうしょ}を もらって ください。":         "領収書- もらう+",
		"{委任|いにん}は {難|むずか}しい ことばです。":         "委任- 難しい+ ことば+",
		"カードを {読|よ}めます。{期限|きげん}が {切|き}れます。":  "カード- 読める+ 期限- 切れる-",
		"{term:old_card}を {3枚|さんまい} {返|かえ}す": "返す+",
	} {
		var got []string
		for _, w := range wordsOf(analyser, text) {
			mark := "-"
			if list.of(w) != "" {
				mark = "+"
			}
			got = append(got, w.base+mark)
		}
		if have := strings.Join(got, " "); have != want {
			t.Errorf("%s: %q, want %q", text, have, want)
		}
	}
}

// level has the counts made by the function `measure`.
type level struct {
	lengths   []int // the length of each sentence, ascending
	words, n5 int   // how many content words the texts have, and how many of those are in N5
	n4        int
	others    map[string]int // how often each content word occurs that is neither in N5 nor in N4
}

func (m *level) known() float64 { return float64(m.n5+m.n4) / float64(m.words) }

func (m *level) over(length int) int {
	i, _ := slices.BinarySearch(m.lengths, length+1)
	return len(m.lengths) - i
}

func (m *level) row() string {
	share := func(n, of int) string { return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of)) }
	all := len(m.lengths)
	return fmt.Sprintf("%d | %d | %d | %d | %s | %s | %d | %s | %s | %s |", all, m.lengths[all/2], m.lengths[all*9/10], m.lengths[all-1],
		share(m.over(short), all), share(m.over(lengthy), all), m.words, share(m.n5, m.words), share(m.n4, m.words), share(m.n5+m.n4, m.words))
}

func (m *level) page() string {
	var b strings.Builder
	fmt.Fprintf(&b, `# How easy the texts in やさしい日本語 are

This page is made by a test (tests/readings/level_test.go, which writes it anew with -update) of titles, answers and bodies of the questions. A morphological analyser
(kagome, with the dictionary IPADIC) cuts the sentences into words and gives the form under which each stands in a dictionary. Names that
are written by their id, such as {term:…}, and days are left out: they are to be recognised on papers.

Counted are the words that say something: nouns, verbs, adjectives, adverbs; no particles, endings and numbers. N5 and N4 are the two
levels of the Japanese-Language Proficiency Test that beginners take, by a list that many use: [easy-words.txt](../tests/readings/%s) names its
source and licence. The test itself publishes none. What stands under one reading is one word; it is known if it is listed, or all its parts are.

| texts of | sentences | median | nine of ten up to | longest | over %d characters | over %d | words | N5 | N4 | both |
|---|---|---|---|---|---|---|---|---|---|---|
`, easyWords, short, lengthy)
	for _, row := range earlier {
		b.WriteString(row + "\n")
	}
	b.WriteString("| now | " + m.row() + "\n\n## The other words\n\nThose of neither level that are written most often, with their number. What is easy in words.yaml beyond the two levels is among them:\n" +
		"people who live in Japan see it on doors, forms and screens. The others are explained where they stand.\n\n")
	words := slices.SortedFunc(maps.Keys(m.others), func(a, b string) int {
		return cmp.Or(m.others[b]-m.others[a], strings.Compare(a, b))
	})
	for i, word := range words[:min(len(words), 80)] {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s %d", word, m.others[word])
	}
	b.WriteString("\n")
	return b.String()
}

// measure counts the sentences and words of all questions in a content folder.
func measure(t *testing.T, analyser *tokenizer.Tokenizer, folder string) *level {
	list := readWords(t)
	m := &level{others: map[string]int{}}
	files, err := filepath.Glob(folder + "/faq/*/*/ja-easy.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range textLines(string(data)) {
			text, _ := withoutReadings(line)
			for _, sentence := range regexp.MustCompile(`[。！？：|]`).Split(text, -1) {
				if length := strings.Count(strings.Map(letter, sentence), "x"); length > 0 {
					m.lengths = append(m.lengths, length)
				}
			}
			for _, w := range wordsOf(analyser, line) {
				m.words++
				switch list.of(w) {
				case "N5":
					m.n5++
				case "N4":
					m.n4++
				default:
					m.others[w.base]++
				}
			}
		}
	}
	slices.Sort(m.lengths)
	return m
}

// letter returns 'x' for a letter or digit, which counts for the length of a sentence, and -1 for any other character. It is a mapping for
// strings.Map.
func letter(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return 'x'
	}
	return -1
}

var (
	shownFront = regexp.MustCompile(`^\s*(?:question|answer|text|- text):`)
	blockLine  = regexp.MustCompile(`^(?::::.*|\|[-| ]*)$`)
	anchor     = regexp.MustCompile(`\{#[^}]*\}`)
)

// textLines returns the lines of a question's file that contain text for readers.
func textLines(data string) []string {
	var lines []string
	front := 0
	for _, line := range strings.Split(data, "\n") {
		switch {
		case line == "---":
			front++
		case front == 1 && shownFront.MatchString(line):
			lines = append(lines, shownFront.ReplaceAllString(line, ""))
		case front == 2 && !blockLine.MatchString(line):
			lines = append(lines, anchor.ReplaceAllString(line, ""))
		}
	}
	return lines
}

// word is a content word in its dictionary form, with its reading.
type word struct {
	base, reading string
	parts         []word // for a compound, its parts
}

// helping are verbs that merely modify another verb if they follow its て form. There they are not counted as words.
var helping = []string{"くださる", "いる", "ある", "おく", "しまう", "みる", "もらう", "くれる", "あげる", "いく", "くる"}

// wordsOf returns the content words of a line. All words that share one written reading, such as 電話番号, count as one word.
func wordsOf(analyser *tokenizer.Tokenizer, line string) []word {
	text, readings := withoutReadings(line)
	var list []word
	before, end := "", 0 // end is the byte offset where the reading of the last word ends
	for _, token := range analyser.Tokenize(text) {
		if strings.TrimSpace(token.Surface) == "" {
			continue
		}
		base, ok := token.BaseForm()
		if !ok || base == "*" {
			base = token.Surface
		}
		if base == "行う" && slices.Contains(readings, written{token.Position, token.Position + len("行"), "い"}) {
			base = "行く" // 行って may be a form of either verb
		}
		helps := (before == "て" || before == "で") && slices.Contains(helping, base)
		before = token.Surface
		within := token.Position < end
		if !within {
			end = token.Position + 1
			if i := slices.IndexFunc(readings, func(r written) bool { return r.start == token.Position }); i >= 0 {
				end = readings[i].end
			}
		}
		switch {
		case within && len(list) > 0:
			last := &list[len(list)-1]
			last.base, last.parts = last.base+token.Surface, append(last.parts, word{base: base, reading: readAlone(analyser, base)})
		case says(token) && !helps && base != "ない" && base != "で":
			w := word{base: base, reading: readAlone(analyser, base)}
			w.parts = []word{{base: base, reading: w.reading}}
			list = append(list, w)
		}
	}
	return list
}

// says reports whether a token is a content word. Numbers, names and particles, for example, are not.
func says(token tokenizer.Token) bool {
	pos := append(token.POS(), "", "")
	if !strings.ContainsFunc(token.Surface, unicode.IsLetter) || strings.ContainsFunc(token.Surface, func(r rune) bool { return r < 0x3000 }) {
		return false
	}
	switch pos[0] {
	case "名詞":
		return pos[1] != "数" && pos[1] != "非自立" && pos[1] != "接尾" && pos[1] != "固有名詞"
	case "動詞":
		return pos[1] == "自立"
	case "形容詞", "副詞", "連体詞", "接続詞", "感動詞":
		return pos[1] != "非自立"
	}
	return false
}

// readAlone returns the reading of a word that stands alone.
func readAlone(analyser *tokenizer.Tokenizer, base string) string {
	var b strings.Builder
	for _, token := range analyser.Tokenize(base) {
		b.WriteString(reading(token))
	}
	return b.String()
}

// words maps words to their levels. The keys of a word are its spelling, its reading, and its first kanji followed by its reading. The
// third key exists because the end of a word such as 終わる can be spelled in several ways.
type words map[string]string

// `of` returns the level of a word. A compound that is not listed has the level of its hardest part. The level is empty if the word is not
// listed, and neither are all its parts.
func (l words) of(w word) string {
	level := l.listed(w)
	if level == "" && len(w.parts) > 1 {
		for _, part := range w.parts {
			of := l.listed(part)
			if of == "" {
				return ""
			}
			level = min(cmp.Or(level, of), of) // N4, the harder level, sorts before N5
		}
	}
	return level
}

// listed returns the level of a word or, if the word is not listed, of a closely related word. For example, people who know 読む also know
// 読める (can read). The level is empty if no such word is listed.
func (l words) listed(w word) string {
	for _, key := range []string{w.base, "お" + w.base, w.base + "に", first(w.base) + w.reading, able(w.base)} {
		if l[key] != "" {
			return l[key]
		}
	}
	return ""
}

// ableRow and plainRow list corresponding characters in which verbs such as 読める and 読む differ.
const (
	ableRow  = "えけげせてねべめれ"
	plainRow = "うくぐすつぬぶむる"
)

// able returns the plain verb for a verb of ability, such as 読む for 読める (can read), or "" if `base` cannot be such a verb. 切れる is an
// exception, because it means "to expire" and not "can cut".
func able(base string) string {
	stem, isVerb := strings.CutSuffix(base, "る")
	letters := []rune(stem)
	if !isVerb || len(letters) < 2 || base == "切れる" {
		return ""
	}
	at := slices.Index([]rune(ableRow), letters[len(letters)-1])
	if at < 0 {
		return ""
	}
	return string(append(letters[:len(letters)-1:len(letters)-1], []rune(plainRow)[at]))
}

// first returns the kanji with which a spelling begins, or "" if it does not begin with a kanji.
func first(spelling string) string {
	for _, r := range spelling {
		if unicode.Is(unicode.Han, r) {
			return string(r)
		}
		break
	}
	return ""
}

// entry is a word in easy-words.txt.
type entry struct{ spelling, reading, level string }

// entries reads easy-words.txt.
func entries(t *testing.T) []entry {
	data, err := os.ReadFile(easyWords)
	if err != nil {
		t.Fatal(err)
	}
	var list []entry
	level := ""
	for _, line := range strings.Split(string(data), "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "N5" || line == "N4":
			level = line
		default:
			for _, field := range strings.Fields(line) {
				spelling, reading, _ := strings.Cut(field, ":")
				list = append(list, entry{spelling, reading, level})
			}
		}
	}
	return list
}

// readWords returns the levels of the words in easy-words.txt. The keys include spellings in kana.
func readWords(t *testing.T) words {
	list := words{}
	for _, e := range entries(t) {
		for _, key := range []string{e.spelling, e.reading, first(e.spelling) + e.reading} {
			if key != "" && list[key] == "" {
				list[key] = e.level
			}
		}
	}
	return list
}

// words.yaml lists the easy words in groups. Every word of the first group must be in easy-words.txt, the list of levels N5 and N4. No
// word of a later group may be there.
func TestEasyWords(t *testing.T) {
	data, err := os.ReadFile(content + "/words.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, easy, _ := strings.Cut(string(data), "\neasy:\n")
	learnt := map[string]bool{}
	for _, e := range entries(t) {
		for _, kanji := range kanjiIn.FindAllString(e.spelling, -1) {
			learnt[kanji] = true
		}
	}
	group, count := 0, 0
	lines := strings.Split(easy, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "    #") {
			if !strings.HasPrefix(lines[i-1], "    #") {
				group++
			}
			continue
		}
		for _, word := range kanjiIn.FindAllString(line, -1) {
			count++
			if learnt[word] != (group == 1) {
				t.Errorf("words.yaml: %s stands in group %d; those of N5 and N4 stand in the first, and no others", word, group)
			}
		}
	}
	if count < 500 {
		t.Errorf("only %d easy words were found", count)
	}
}

var kanjiIn = regexp.MustCompile(`[0-9]*[\p{Han}々]+`)
