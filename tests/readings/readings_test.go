// Package readings compares the readings in the easy Japanese texts (やさしい日本語) with the readings that a morphological analyser gives. It is
// a separate module, so that the site itself does not depend on the analyser and its dictionary.
package readings

import (
	"bufio"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ikawaha/kagome-dict/ipa"
	"github.com/ikawaha/kagome/v2/tokenizer"
)

const content = "../../content"

var update = flag.Bool("update", false, "write reviewed.txt anew; what is new in it is to be looked at, and gets its reason by hand")

// reviewedFile lists readings that are right although the analyser gives a different one, each with the reason.
const reviewedFile = "reviewed.txt"

// difference is a word whose reading in our texts differs from the analyser's.
type difference struct{ word, ours, theirs string }

func (d difference) String() string { return d.word + "\t" + d.ours + "\t" + d.theirs }

func TestReadings(t *testing.T) {
	analyser, err := tokenizer.New(ipa.Dict(), tokenizer.OmitBosEos())
	if err != nil {
		t.Fatal(err)
	}
	found, readings := map[difference]string{}, 0
	for _, text := range easyTexts(t) {
		readings += len(ruby.FindAllString(text.line, -1))
		for _, d := range compare(analyser, text.line) {
			found[d] = text.place
		}
	}
	if readings < 9000 {
		t.Errorf("only %d readings were found in the texts", readings)
	}
	reviewed := readReviewed(t)
	if *update {
		writeReviewed(t, found, reviewed)
		return
	}
	for d, place := range found {
		if reviewed[d] == "" {
			t.Errorf("%s: {%s|%s} is read %s by the analyser: mend it, or list it in %s with the reason", place, d.word, d.ours, d.theirs, reviewedFile)
		}
	}
	for d := range reviewed {
		if found[d] == "" {
			t.Errorf("%s: %s is not found any more", reviewedFile, d)
		}
	}
}

// compare reports wrong readings, and accepts right ones.
func TestCompare(t *testing.T) {
	analyser, err := tokenizer.New(ipa.Dict(), tokenizer.OmitBosEos())
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"{病院|びょういん}に {行|い}きます。":     "",
		"{病院|びよういん}に {行|い}きます。":     "病院\tびよういん\tびょういん",
		"{病院|びょういん}に {行|おこな}きます。":   "行き\tおこなき\tいき",
		"お{金|かね}を {払|はら}って ください。":   "",
		"{申|もう}し{込|こ}みを する。":        "",
		"{申|もう}し{込|ご}みを する。":        "申し込み\tもうしごみ\tもうしこみ",
		"{電話番号|でんわばんごう}を {書|か}く。":   "",
		"{電話番号|でんわばんこう}を {書|か}く。":   "電話番号\tでんわばんこう\tでんわばんごう",
		"マイナ{保険証|ほけんしょう}と {term:x}": "",
	} {
		var got []string
		for _, d := range compare(analyser, text) {
			got = append(got, d.String())
		}
		if have := strings.Join(got, " "); have != want {
			t.Errorf("%s: %q, want %q", text, have, want)
		}
	}
}

// easyText is one line of a text with readings, and its place as "file:line".
type easyText struct{ place, line string }

// easyTexts returns all lines with readings in the Markdown and YAML files of the content, except README.md and STYLE.md.
func easyTexts(t *testing.T) []easyText {
	var list []easyText
	err := filepath.WalkDir(content, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".md" && filepath.Ext(path) != ".yaml" || filepath.Base(path) == "README.md" || filepath.Base(path) == "STYLE.md" {
			return err
		}
		data, err := os.ReadFile(path)
		for n, line := range strings.Split(string(data), "\n") {
			if ruby.MatchString(line) {
				list = append(list, easyText{fmt.Sprintf("%s:%d", path, n+1), line})
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var (
	ruby  = regexp.MustCompile(`\{([^{}|:]*\p{Han}[^{}|:]*)\|([^{}|]+)\}`)
	token = regexp.MustCompile(`\{[^{}]*\}|\]\([^)]*\)|\*\*|https?://\S+|<[^>]*>`)
)

// compare returns the words of a line whose reading differs from the analyser's reading.
func compare(analyser *tokenizer.Tokenizer, line string) []difference {
	text, ours := withoutReadings(line)
	var list []difference
	tokens := analyser.Tokenize(text)
	for i := 0; i < len(tokens); {
		from, to := tokens[i].Position, tokens[i].Position+len(tokens[i].Surface)
		word, theirs := "", ""
		for ; i < len(tokens) && tokens[i].Position < to; i++ { // one written reading may cover several of the analyser's words
			word += tokens[i].Surface
			theirs += reading(tokens[i])
			end := tokens[i].Position + len(tokens[i].Surface)
			for _, r := range ours {
				if r.start < end && r.end > tokens[i].Position {
					end = max(end, r.end)
				}
			}
			to = max(to, end)
		}
		if mine, has := readAs(text, from, to, ours); has && mine != theirs && theirs != "" {
			list = append(list, difference{word, mine, theirs})
		}
	}
	return list
}

// written is a reading in a text, with the byte offsets of the start and end of its word.
type written struct {
	start, end int
	reading    string
}

// withoutReadings returns a line without its readings and markup, and the readings. A 、 replaces each piece of markup.
func withoutReadings(line string) (string, []written) {
	var b strings.Builder
	var list []written
	plain := func(s string) { b.WriteString(token.ReplaceAllString(s, "、")) }
	at := 0
	for _, m := range ruby.FindAllStringSubmatchIndex(line, -1) {
		plain(line[at:m[0]])
		start := b.Len()
		b.WriteString(line[m[2]:m[3]])
		list = append(list, written{start, b.Len(), line[m[4]:m[5]]})
		at = m[1]
	}
	plain(line[at:])
	return b.String(), list
}

// readAs returns the text between two offsets in hiragana, with each written reading in place of its word. The second result reports
// whether that part of the text contains a written reading.
func readAs(text string, from, to int, readings []written) (string, bool) {
	var b strings.Builder
	at := from
	for _, r := range readings {
		if r.start >= from && r.end <= to {
			b.WriteString(text[at:r.start] + r.reading)
			at = r.end
		}
	}
	b.WriteString(text[at:to])
	return hiragana(b.String()), at > from
}

// reading returns, in hiragana, the analyser's reading of a word, or the word's spelling if it has no reading.
func reading(t tokenizer.Token) string {
	if r, ok := t.Reading(); ok && r != "*" {
		return hiragana(r)
	}
	return hiragana(t.Surface)
}

func hiragana(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'ァ' && r <= 'ヶ' {
			return r - 'ァ' + 'ぁ'
		}
		return r
	}, s)
}

// readReviewed returns the reason for each reviewed difference.
func readReviewed(t *testing.T) map[difference]string {
	list := map[difference]string{}
	f, err := os.Open(reviewedFile)
	if err != nil {
		if *update {
			return list
		}
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") || lines.Text() == "" {
			continue
		}
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != 4 || fields[3] == "" {
			t.Errorf("%s: %q has no reason", reviewedFile, lines.Text())
			continue
		}
		list[difference{fields[0], fields[1], fields[2]}] = fields[3]
	}
	return list
}

func writeReviewed(t *testing.T, found map[difference]string, reasons map[difference]string) {
	var b strings.Builder
	b.WriteString("# Readings in the texts that differ from the analyser's (kagome, IPADIC), and why ours is right:\n# word, ours, the analyser's, reason.\n")
	for _, d := range slices.SortedFunc(maps.Keys(found), func(a, b difference) int { return strings.Compare(a.String(), b.String()) }) {
		fmt.Fprintf(&b, "%s\t%s\n", d, reasons[d])
	}
	if err := os.WriteFile(reviewedFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
