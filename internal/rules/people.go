package rules

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
)

// A person of the generated files: somebody's answers, and the whole of what they get. Of is what the person stands for:
// a row that decides or adds, or a comparison that turns over.
type person struct {
	Of      string  `json:"of"`
	Answers Answers `json:"answers"`
	Gets    gets    `json:"gets"`

	raw   []int32
	place place
}

// gets is a whole answer: also the order of notes, and the row that decides. Of a row that decides there is also what is
// asked for it. Of a row that adds there is only what it adds to the answer.
type gets struct {
	Row      string     `json:"row"`
	Outcome  string     `json:"outcome"`
	Enough   string     `json:"enough,omitempty"`
	Bring    [][]string `json:"bring,omitempty"`
	Also     []string   `json:"also,omitempty"`
	Alone    []string   `json:"alone,omitempty"` // not_alone, but for the row
	NotAlone []string   `json:"not_alone,omitempty"`
	Tell     []string   `json:"tell,omitempty"`
	Until    string     `json:"until,omitempty"`
	Asked    []string   `json:"asked,omitempty"`
}

// person writes down somebody and the answer.
func (s *Set) person(of string, raw []int32) person {
	return person{Of: of, Answers: s.Answers(s.plain(raw)), Gets: s.Program.getsOf(of, raw), raw: raw}
}

// What people are of: a row that decides, or one that adds; or else a comparison.
func ofRow(id string) string { return "row " + id }
func ofAdd(id string) string { return "add " + id }

// getsOf answers somebody as far as it is written down of what the person is of.
func (p *Program) getsOf(of string, raw []int32) gets {
	kind, id, _ := strings.Cut(of, " ")
	g := p.gets(raw)
	switch kind {
	case "row":
		p.steps(raw, func(_ []int32, next int) {
			if next >= 0 {
				g.Asked = append(g.Asked, p.Names.Inputs[next].ID)
			}
		})
	case "add":
		i := slices.Index(p.Names.Adds, id)
		if i < 0 {
			return gets{}
		}
		without := *p
		without.Adds = slices.Delete(slices.Clone(p.Adds), i, i+1)
		other := without.gets(raw)
		added := gets{Row: g.Row, Outcome: g.Outcome, Enough: g.Enough, Also: missingFrom(other.Also, g.Also), Alone: missingFrom(g.NotAlone, other.NotAlone), Tell: missingFrom(other.Tell, g.Tell)}
		for _, set := range g.Bring {
			if !slices.ContainsFunc(other.Bring, func(o []string) bool { return slices.Equal(o, set) }) {
				added.Bring = append(added.Bring, set)
			}
		}
		if len(added.Bring) == 0 && !slices.EqualFunc(g.Bring, other.Bring, slices.Equal) { // in another order
			added.Bring = g.Bring
		}
		if len(added.Tell) == 0 && !slices.Equal(g.Tell, other.Tell) {
			added.Tell = outOfOrder(g.Tell, other.Tell)
		}
		return added
	}
	return g
}

// gets answers somebody in ids.
func (p *Program) gets(raw []int32) gets {
	n, out := &p.Names, p.Run(raw)
	g := p.short(out)
	g.Also, g.NotAlone = n.set(out.Also), n.set(out.NotAlone)
	for _, note := range out.Tell {
		g.Tell = append(g.Tell, n.Notes[note])
	}
	if out.Until != NoDay {
		g.Until = dayText(out.Until)
	}
	return g
}

// short is an answer without what comes besides.
func (p *Program) short(out Output) gets {
	g := gets{Row: p.Names.Rows[out.Row], Outcome: p.Names.Outcomes[out.Outcome]}
	if len(p.Enough) > 0 {
		g.Enough = levelWords[out.Enough].id
	}
	for _, set := range out.Bring {
		g.Bring = append(g.Bring, p.Names.set(set))
	}
	return g
}

// equal reports whether two answers are the same in everything.
func (g gets) equal(other gets) bool {
	return g.Row == other.Row && g.Outcome == other.Outcome && g.Enough == other.Enough && g.Until == other.Until &&
		slices.EqualFunc(g.Bring, other.Bring, slices.Equal) && slices.Equal(g.Also, other.Also) && slices.Equal(g.Alone, other.Alone) &&
		slices.Equal(g.NotAlone, other.NotAlone) && slices.Equal(g.Tell, other.Tell) && slices.Equal(g.Asked, other.Asked)
}

// plain leaves out the answers that are what their default says.
func (s *Set) plain(raw []int32) []int32 {
	raw = slices.Clone(raw)
	for _, in := range s.inputs {
		slots := raw[in.slot : in.slot+in.slots()]
		if !slices.ContainsFunc(slots, func(value int32) bool { return value != in.missing }) {
			for i := range slots {
				slots[i] = Missing
			}
		}
	}
	return raw
}

// writePeople writes people one a line.
func writePeople(b *bytes.Buffer, people []person) {
	b.WriteString(`"people": [`)
	for i, p := range people {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(oneLine(p))
	}
	b.WriteString("\n]")
}

// oneLine writes a value as JSON.
func oneLine(value any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("BUG: no JSON: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// readPeople reads people as the rules know them now. One whom they cannot know says why.
func (s *Set) readPeople(f *diag.File, list []json.RawMessage) (people []person, unknown []diag.Diagnostic) {
	at := 0
	for _, text := range list {
		at += max(0, bytes.Index(f.Data[at:], text))
		p := person{place: place{f, at}}
		err := json.Unmarshal(text, &p)
		if err == nil {
			raw, refused := s.Raw(p.Answers, civil.Unset)
			if p.raw = raw; refused != nil {
				err = refused
			}
		}
		if err == nil && s.Program.Run(p.raw).Bad >= 0 {
			err = fmt.Errorf("%s: an answer is missing", p.Of)
		}
		if err != nil {
			unknown = append(unknown, p.place.at("rule-accepted-unreadable", f.Name, err.Error()))
			continue
		}
		people = append(people, p)
	}
	return people, unknown
}

// wording says in both languages what one answer has and the other has not: outcome and row, what to bring, and what else
// is different. Documents and notes stand in the words of their editors.
func (s *Set) wording(g, other gets) diag.Wording {
	return diag.Wording{JA: s.inWords(g, other, "ja"), EN: s.inWords(g, other, "en")}
}

func (s *Set) inWords(g, other gets, language string) string {
	words := func(known []*word, ids []string) []string {
		list := make([]string, len(ids))
		for i, id := range ids {
			list[i] = wordsOf(known, id).In(language)
		}
		return list
	}
	say := func(ja, en string) string { return Words{ja, en}.In(language) }
	and, comma := say("と", " and "), say("、", ", ")
	text := say("「", `"`) + wordsOf(s.outcomes, g.Outcome).In(language) + say("」（", `" (`) + g.Outcome + comma + say("行 ", "row ") + g.Row + say("）", ")")
	part := func(ja, en string, list []string) {
		if len(list) > 0 {
			text += say("、", "; ") + say(ja, en) + ": " + strings.Join(list, say("・", ", "))
		}
	}
	if g.Enough != other.Enough {
		part("足りるか", "is it enough", words(levelWords, []string{g.Enough}))
	}
	if g.Outcome != other.Outcome || !slices.EqualFunc(g.Bring, other.Bring, slices.Equal) {
		var alternatives []string
		for _, set := range g.Bring {
			alternatives = append(alternatives, cmp.Or(strings.Join(words(s.documents, set), and), say("何も要らない", "nothing needed")))
		}
		if len(alternatives) > 0 {
			part("持っていくもの", "bring", []string{strings.Join(alternatives, say(" または ", " or "))})
		}
	}
	part("あるとよいもの", "take along", words(s.documents, missingFrom(other.Also, g.Also)))
	part("それだけで使えるもの", "accepted alone", words(s.documents, missingFrom(other.Alone, g.Alone)))
	part("それだけでは使えないもの", "not accepted alone", words(s.documents, missingFrom(other.NotAlone, g.NotAlone)))
	if g.Outcome != other.Outcome { // what is told is then another matter
		return text
	}
	told := missingFrom(other.Tell, g.Tell)
	if len(told) == 0 && len(missingFrom(g.Tell, other.Tell)) == 0 && !slices.Equal(g.Tell, other.Tell) {
		told = outOfOrder(g.Tell, other.Tell)
	}
	part("知らせること", "told", words(s.notes, told))
	if g.Until != other.Until {
		part("いつまで", "until", []string{cmp.Or(g.Until, say("決まりなし", "no end"))})
	}
	if !slices.Equal(g.Asked, other.Asked) {
		part("聞くこと", "asked", g.Asked)
	}
	return text
}

// outOfOrder returns the items of a list without what another, of the same items, has in front and at the end as well.
func outOfOrder(list, other []string) []string {
	for len(list) > 0 && list[0] == other[0] {
		list, other = list[1:], other[1:]
	}
	for last := len(list) - 1; last >= 0 && list[last] == other[last]; last-- {
		list, other = list[:last], other[:last]
	}
	return list
}
