package explain

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
)

func TestGraph(t *testing.T) {
	s, again := ruletest.Load(t), ruletest.Read(t)
	for _, language := range []string{"ja", "en"} {
		svg := Graph(s, language)
		if !bytes.Equal(svg, Graph(again, language)) {
			t.Error("two drawings differ")
		}
		for decoder := xml.NewDecoder(bytes.NewReader(svg)); ; {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		p := picture{t, language, string(svg)}
		p.decides(s)
		p.adds(s)
		p.explains(s)
		if height, _ := strconv.Atoi(regexp.MustCompile(`height="([0-9]+)"`).FindStringSubmatch(p.svg)[1]); height > 5600 {
			t.Errorf("the picture is %d pixels high", height)
		}
	}
}

// picture is a drawing of rules that a test looks at.
type picture struct {
	*testing.T
	language, svg string
}

// group returns the markup of a group and the words in it. The words are without spaces, because a line may end at any space.
func (p picture) group(id string) (group, words string) {
	p.Helper()
	_, rest, found := strings.Cut(p.svg, `<g id="`+id+`">`)
	if !found {
		p.Errorf("%s: %s is missing", p.language, id)
	}
	group, _, _ = strings.Cut(rest, "</g>")
	words = regexp.MustCompile(`<title>[^<]*</title>|<[^>]*>`).ReplaceAllString(group, "")
	return group, squeezed(html.UnescapeString(words))
}

func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

func (p picture) says(where, words string, wanted ...rules.Words) {
	p.Helper()
	for _, w := range wanted {
		if !strings.Contains(words, squeezed(w.In(p.language))) {
			p.Errorf("%s: %s does not say %q: %s", p.language, where, w.In(p.language), words)
		}
	}
}

func wordsOf(documents []*rules.Word) (list []rules.Words) {
	for _, d := range documents {
		list = append(list, d.Words)
	}
	return list
}

// decides checks each row of the decision. The row must name what it offers, and what the additive stage offers those people of the
// worked cases about whom the row decides. It must say that nothing is offered if and only if none of them is offered anything.
func (p picture) decides(s *rules.Set) {
	offered := map[string]map[string]bool{}
	for _, c := range s.Cases {
		trace, bad := Follow(s, c.Raw)
		if bad != nil {
			p.Fatal(bad)
		}
		row := s.Rows[s.Program.Run(c.Raw).Row].ID
		if offered[row] == nil {
			offered[row] = map[string]bool{}
		}
		for _, put := range trace.Documents {
			if put.How == PutBring || put.How == PutOr {
				offered[row][strings.Join(put.Documents, " ")] = true
			}
		}
	}
	for _, r := range s.Rows {
		group, words := p.group("row-" + r.ID)
		p.says(r.ID, words, r.Outcome.Words)
		for _, set := range r.Bring {
			p.says(r.ID, words, wordsOf(set)...)
		}
		for set := range offered[r.ID] {
			for _, id := range strings.Fields(set) {
				p.says(r.ID, words, rules.WordsOf(s.Documents, id))
			}
		}
		if !strings.Contains(group, `class="bring"`) || strings.Contains(words, "add.yaml") {
			p.Errorf("%s: row %s says nothing about what to bring: %s", p.language, r.ID, words)
		}
		nothing := strings.Contains(words, squeezed(offerLabels.own.In(p.language)+offerLabels.nothing.In(p.language)))
		if nothing == (len(offered[r.ID]) > 0) {
			p.Errorf("%s: row %s says %q, and %v is offered", p.language, r.ID, words, offered[r.ID])
		}
	}
}

// adds checks the rows of the additive stage: those that change what to bring are drawn with their documents, and the others
// are not drawn.
func (p picture) adds(s *rules.Set) {
	for _, r := range s.Adds {
		if !changesBring(r) {
			if strings.Contains(p.svg, `id="row-`+r.ID+`"`) {
				p.Errorf("%s: row %s adds only notes, and is drawn", p.language, r.ID)
			}
			continue
		}
		_, words := p.group("row-" + r.ID)
		for _, e := range r.Effects {
			if len(e.Documents) > 0 {
				p.says(r.ID, words, effectLabels[e.Kind])
				p.says(r.ID, words, append(wordsOf(e.Documents), wordsOf(e.With)...)...)
			}
		}
	}
}

// explains checks that each condition in the picture has its definition, both in the tip at a row and in the list of conditions.
func (p picture) explains(s *rules.Set) {
	seen := map[*rules.Condition]bool{}
	var look func(list []rules.Literal)
	look = func(list []rules.Literal) {
		for _, lit := range list {
			c := lit.Test.Condition
			if c == nil || seen[c] {
				continue
			}
			seen[c] = true
			_, words := p.group("condition-" + c.ID)
			p.says(c.ID, words, c.Words)
			for _, part := range c.Parts {
				p.says(c.ID, words, LiteralWords(s, part))
			}
			look(c.Parts)
		}
	}
	for _, r := range append(s.Rows[:len(s.Rows):len(s.Rows)], s.Adds...) {
		if r.Outcome == nil && !changesBring(r) {
			continue
		}
		look(r.When)
		group, _ := p.group("row-" + r.ID)
		for _, lit := range r.When {
			c := lit.Test.Condition
			if c == nil {
				continue
			}
			_, rest, _ := strings.Cut(group, "<title>"+c.ID+" = ")
			tip, _, _ := strings.Cut(rest, "</title>")
			for _, part := range c.Parts {
				p.says("the tip of "+c.ID+" at "+r.ID, squeezed(html.UnescapeString(tip)), LiteralWords(s, part))
			}
		}
	}
}

// A row that decides about nobody says so. A row whose offers cannot be computed says that.
func TestGraphOfOtherRows(t *testing.T) {
	s := ruletest.Edited(t, ruletest.RealFacts(t), [3]string{rules.DecideFile, "- layer: welfare\n", "- layer: twice\n  means: {ja: 二度, en: twice}\n  rows:\n    - {id: twice, when: [at_work], outcome: welfare, bring: [], sources: [mhlw_welfare]}\n\n- layer: welfare\n"})
	if _, words := (picture{t, "en", string(Graph(s, "en"))}).group("row-twice"); !strings.Contains(words, squeezed(offerLabels.nobody.En)) {
		t.Error(words)
	}
	g := &drawing{s: s, language: "en"}
	for _, r := range s.Rows {
		text := ""
		for _, l := range g.decided(r) {
			text += strings.Join(l.line.texts(), "")
		}
		if strings.Contains(squeezed(text), squeezed(offerLabels.unknown.En)) != (len(r.Bring) == 0) {
			t.Errorf("%s: %s", r.ID, text)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		list []string
		want string
	}{
		{[]string{"one", "two", "three"}, "one, two,|three"},
		{[]string{"one", "a longer item"}, "one, a|longer|item"},
		{[]string{"unbreakable"}, "unbreakabl|e"},
		{[]string{"日本語、にほんご"}, "日本語、|にほんご"},
		{[]string{"日本語にほ、んご"}, "日本語にほ、|んご"},
	} {
		var list line
		for _, text := range c.list {
			list = append(list, run{text: text})
		}
		var lines []string
		for _, l := range wrap(list, ", ", 10*cell) {
			lines = append(lines, strings.Join(l.texts(), ""))
		}
		if got := strings.Join(lines, "|"); got != c.want {
			t.Errorf("%q is %q instead of %q", c.list, got, c.want)
		}
	}
}
