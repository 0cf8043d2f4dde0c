package checkerpage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// A note is left out if the page says the same elsewhere.
func TestSays(t *testing.T) {
	c := &Page{
		NotEnough: NotEnough{Care: "care", Pay: "pay", PayElsewhere: []string{"uninsured"}, Calling: []string{"ring"}, CallElsewhere: []string{"ticket"}},
		SaidAbove: map[string][]string{"look": {"mark_look"}, "bring": {}},
	}
	for _, test := range []struct {
		shown Shown
		says  string // those of the notes below that the page says
	}{
		{Shown{Outcome: "apply"}, "care pay ring"},
		{Shown{Outcome: "apply", Enough: true}, "care"},
		{Shown{Outcome: "uninsured"}, "care ring"},
		{Shown{Outcome: "ticket"}, "care pay"},
		{Shown{Outcome: "apply", Marks: []string{"", "mark_look"}}, "care pay ring look"},
		{Shown{Outcome: "apply", Heading: "look"}, "care pay ring look"},
		{Shown{Outcome: "apply", Heading: "bring"}, "care pay ring bring"},
		{Shown{Outcome: "apply", Heading: "other"}, "care pay ring"},
	} {
		var says []string
		for _, note := range []string{"care", "pay", "ring", "look", "bring", "other"} {
			if c.Says(note, test.shown) {
				says = append(says, note)
			}
		}
		if got := strings.Join(says, " "); got != test.says {
			t.Errorf("%+v: says %s, want %s", test.shown, got, test.says)
		}
	}
}

// What soon ends wins over a last day. A line without words is only for results without one.
func TestEnding(t *testing.T) {
	c := &Page{Recent: []Recent{
		{When: []Choices{{Input: "needs", Values: []string{"renewed"}}, {Input: "place", Values: []string{"here", "there"}}}, Say: "until_renewed"},
		{Enough: []string{"no"}, Say: "until_none"},
		{When: []Choices{{Input: "used", Values: []string{"lately"}}}},
	}}
	for _, test := range []struct {
		answers map[string]any
		enough  string
		hasDay  bool
		want    string
	}{
		{map[string]any{}, "yes", true, "until"},
		{map[string]any{}, "yes", false, "until_none"},
		{map[string]any{}, "no", true, "until_none"},
		{map[string]any{"used": "lately"}, "unsure", false, "until_recent"},
		{map[string]any{"used": "lately"}, "unsure", true, "until"},
		{map[string]any{"used": "lately"}, "no", false, "until_none"},
		{map[string]any{"needs": []string{"renewed"}}, "yes", true, "until"},
		{map[string]any{"needs": []string{"other", "renewed"}, "place": "there", "used": "lately"}, "no", true, "until_renewed"},
	} {
		if got := c.Ending(test.answers, test.enough, test.hasDay); got != test.want {
			t.Errorf("%v, %s, %v: %s, want %s", test.answers, test.enough, test.hasDay, got, test.want)
		}
	}
}

// A document that the first alternative contains is not named again as an alternative by itself. All other alternatives are
// shown.
func TestAlternatives(t *testing.T) {
	for _, test := range []struct {
		offered, shown string
		alone          bool
	}{
		{"", "", false},
		{"a", "a", false},
		{"a b, a, b", "a b", true},
		{"a b, c, b", "a b, c", true},
		{"a, b", "a, b", false},
		{"a b c, a b", "a b c, a b", false},
	} {
		var offered [][]string
		for set := range strings.SplitSeq(test.offered, ", ") {
			offered = append(offered, strings.Fields(set))
		}
		shown, alone := Alternatives(offered)
		var sets []string
		for _, set := range shown {
			sets = append(sets, strings.Join(set, " "))
		}
		if got := strings.Join(sets, ", "); got != test.shown || alone != test.alone {
			t.Errorf("%s: %s, %v", test.offered, got, alone)
		}
	}
}

// A forbidden text is found despite spaces, line ends, readings and capitals, but not in comments and not in texts of other
// languages.
func TestForbiddenSayings(t *testing.T) {
	text := "a: \"{紙|かみ}は {届|とど}いて いる はずです\" # 届いているはず\nb: {c: Should have\n    ARRIVED by now, d: |\n  x}\ne: 届くはず\n"
	forbidden := func(language string, texts ...string) (found []string) {
		c := wordsValidator{schema.Completeness{File: &diag.File{Name: "ja.yaml", Data: []byte(text)}}}
		var sayings []rules.Saying
		for _, text := range texts {
			sayings = append(sayings, rules.Saying{Law: "law", Language: "ja", Text: text})
		}
		c.checkSayings(language, sayings)
		for _, d := range c.Found.List {
			found = append(found, fmt.Sprintf("%d:%d", d.Line, d.Column))
		}
		return found
	}
	if got := forbidden("ja", "届いているはず", "should have arrived", "届くはず", "とどいて"); !slices.Equal(got, []string{"1:14", "2:8", "5:4"}) {
		t.Error(got)
	}
	if got := forbidden("en", "届くはず"); len(got) > 0 {
		t.Error(got)
	}
}

// A condition can have two findings at the same place. They come in the same order in every run.
func TestReasonsInOrder(t *testing.T) {
	key := strictyaml.Text{Value: "unused"}
	words := WordsYAML{Conditions: strictyaml.Map[ConditionYAML]{{Key: key, Value: ConditionYAML{Holds: &key, Not: &key}}}}
	for range 50 {
		c := wordsValidator{schema.Completeness{File: &diag.File{Name: "ja.yaml", Data: []byte("conditions:\n")}}}
		c.checkReasons(words, nil)
		var got []string
		for _, d := range c.Found.List {
			got = append(got, fmt.Sprint(d.Args[0]))
		}
		if want := []string{"conditions: unused: holds", "conditions: unused: not"}; !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

// Who is told an unclear note hears "may not be enough" instead of "not enough". Other levels and other people keep their sentence.
func TestEnoughWord(t *testing.T) {
	n := NotEnough{Unclear: []string{"everything"}}
	for _, c := range []struct{ level, told, want string }{
		{"no", "everything", "enough_unsure"}, {"no", "other", "enough_no"}, {"unsure", "everything", "enough_unsure"}, {"yes", "everything", "enough_yes"},
	} {
		if got := n.EnoughWord(c.level, func(note string) bool { return note == c.told }); got != c.want {
			t.Errorf("%s, told %s: %s instead of %s", c.level, c.told, got, c.want)
		}
	}
}
