package explain

import (
	"cmp"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// Answer has the ids of everything that one visitor is told, and of the deciding row. The order of notes counts.
type Answer struct {
	Row      string     `json:"row"`
	Outcome  string     `json:"outcome"`
	Enough   string     `json:"enough,omitempty"`
	Bring    [][]string `json:"bring,omitempty"`
	Also     []string   `json:"also,omitempty"`
	NotAlone []string   `json:"not_alone,omitempty"`
	Tell     []string   `json:"tell,omitempty"`
	Until    string     `json:"until,omitempty"`
}

// AnswerOf returns what a visitor is told. The raw answers must be complete enough for a decision.
func AnswerOf(p *table.Program, raw []int32) Answer {
	n, out := &p.Names, p.Run(raw)
	g := VerdictOf(p, out)
	g.Also, g.NotAlone = n.DocumentsIn(out.Also), n.DocumentsIn(out.NotAlone)
	for _, note := range out.Tell {
		g.Tell = append(g.Tell, n.Notes[note])
	}
	if out.Until != table.NoDay {
		g.Until = table.DayText(out.Until)
	}
	return g
}

// VerdictOf returns the row, the outcome, Enough and what to bring of a decision. It leaves out the rest of the answer.
func VerdictOf(p *table.Program, out table.Output) Answer {
	g := Answer{Row: p.Names.Rows[out.Row], Outcome: p.Names.Outcomes[out.Outcome]}
	if len(p.Enough) > 0 {
		g.Enough = rules.LevelWords[out.Enough].ID
	}
	for _, set := range out.Bring {
		g.Bring = append(g.Bring, p.Names.DocumentsIn(set))
	}
	return g
}

// Equal reports whether two answers are the same in every part, including the order of lists. The answers may come from
// different programs (see same.go of package table).
func (g Answer) Equal(other Answer) bool {
	return g.Row == other.Row && g.Outcome == other.Outcome && g.Enough == other.Enough && g.Until == other.Until &&
		slices.EqualFunc(g.Bring, other.Bring, slices.Equal) && slices.Equal(g.Also, other.Also) &&
		slices.Equal(g.NotAlone, other.NotAlone) && slices.Equal(g.Tell, other.Tell)
}

// Wording describes the answer g in both languages, in contrast to the answer `other`. It always writes the outcome and the
// row. If the outcome or what to bring differs, it also writes everything to bring. Of the other parts it writes only what g
// has and `other` lacks, and notes and the last day only if the outcomes are equal. It uses the editors' words for documents
// and notes.
func Wording(s *rules.Set, g, other Answer) diag.Wording {
	return diag.Wording{JA: inWords(s, g, other, "ja"), EN: inWords(s, g, other, "en")}
}

func inWords(s *rules.Set, g, other Answer, language string) string {
	words := func(known []*rules.Word, ids []string) []string {
		list := make([]string, len(ids))
		for i, id := range ids {
			list[i] = rules.WordsOf(known, id).In(language)
		}
		return list
	}
	say := func(ja, en string) string { return rules.Words{Ja: ja, En: en}.In(language) }
	and, comma := say("と", " and "), say("、", ", ")
	text := say("「", `"`) + rules.WordsOf(s.Outcomes, g.Outcome).In(language) + say("」（", `" (`) + g.Outcome + comma + say("行 ", "row ") + g.Row + say("）", ")")
	part := func(ja, en string, list []string) {
		if len(list) > 0 {
			text += say("、", "; ") + say(ja, en) + ": " + strings.Join(list, say("・", ", "))
		}
	}
	if g.Enough != other.Enough && g.Enough != "" {
		part("足りるか", "is it enough", words(rules.LevelWords, []string{g.Enough}))
	}
	if g.Outcome != other.Outcome || !slices.EqualFunc(g.Bring, other.Bring, slices.Equal) {
		var alternatives []string
		for _, set := range g.Bring {
			alternatives = append(alternatives, cmp.Or(strings.Join(words(s.Documents, set), and), say("何も要らない", "nothing needed")))
		}
		if len(alternatives) > 0 {
			part("持っていくもの", "bring", []string{strings.Join(alternatives, say(" または ", " or "))})
		}
	}
	part("あるとよいもの", "take along", words(s.Documents, MissingFrom(other.Also, g.Also)))
	part("それだけでは使えないもの", "not accepted alone", words(s.Documents, MissingFrom(other.NotAlone, g.NotAlone)))
	if g.Outcome != other.Outcome { // different outcomes have different notes anyway
		return text
	}
	told := MissingFrom(other.Tell, g.Tell)
	if len(told) == 0 && len(MissingFrom(g.Tell, other.Tell)) == 0 && !slices.Equal(g.Tell, other.Tell) {
		told = outOfOrder(g.Tell, other.Tell)
	}
	part("知らせること", "told", words(s.Notes, told))
	if g.Until != other.Until {
		part("いつまで", "until", []string{cmp.Or(g.Until, say("決まりなし", "no end"))})
	}
	return text
}

// outOfOrder returns `list` without the beginning and the end that it shares with `other`. The two lists have the same items
// in different orders.
func outOfOrder(list, other []string) []string {
	for len(list) > 0 && list[0] == other[0] {
		list, other = list[1:], other[1:]
	}
	for last := len(list) - 1; last >= 0 && list[last] == other[last]; last-- {
		list, other = list[:last], other[:last]
	}
	return list
}

// MissingFrom returns the items of `b` that `a` lacks.
func MissingFrom(a, b []string) []string {
	var list []string
	for _, item := range b {
		if !slices.Contains(a, item) {
			list = append(list, item)
		}
	}
	return list
}
