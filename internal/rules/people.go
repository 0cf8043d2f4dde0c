package rules

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/table"
)

// A person of boundariesFile: somebody's answers, and the whole of what they get. Of is the comparison that turns over for
// them.
type person struct {
	Of      string  `json:"of"`
	Answers Answers `json:"answers"`
	Gets    gets    `json:"gets"`

	raw   []int32
	place place
}

// gets is a whole answer: also the order of notes, and the row that decides.
type gets struct {
	Row      string     `json:"row"`
	Outcome  string     `json:"outcome"`
	Enough   string     `json:"enough,omitempty"`
	Bring    [][]string `json:"bring,omitempty"`
	Also     []string   `json:"also,omitempty"`
	NotAlone []string   `json:"not_alone,omitempty"`
	Tell     []string   `json:"tell,omitempty"`
	Until    string     `json:"until,omitempty"`
}

// person writes down somebody and the answer.
func (s *Set) person(of string, raw []int32) person {
	return person{Of: of, Answers: s.Answers(s.plain(raw)), Gets: answered(s.Program, raw), raw: raw}
}

// answered answers somebody in ids.
func answered(p *table.Program, raw []int32) gets {
	n, out := &p.Names, p.Run(raw)
	g := verdictOf(p, out)
	g.Also, g.NotAlone = n.DocumentsIn(out.Also), n.DocumentsIn(out.NotAlone)
	for _, note := range out.Tell {
		g.Tell = append(g.Tell, n.Notes[note])
	}
	if out.Until != table.NoDay {
		g.Until = table.DayText(out.Until)
	}
	return g
}

// verdictOf is an answer without what comes besides.
func verdictOf(p *table.Program, out table.Output) gets {
	g := gets{Row: p.Names.Rows[out.Row], Outcome: p.Names.Outcomes[out.Outcome]}
	if len(p.Enough) > 0 {
		g.Enough = levelWords[out.Enough].id
	}
	for _, set := range out.Bring {
		g.Bring = append(g.Bring, p.Names.DocumentsIn(set))
	}
	return g
}

// equal reports whether two answers are the same in everything.
func (g gets) equal(other gets) bool {
	return g.Row == other.Row && g.Outcome == other.Outcome && g.Enough == other.Enough && g.Until == other.Until &&
		slices.EqualFunc(g.Bring, other.Bring, slices.Equal) && slices.Equal(g.Also, other.Also) &&
		slices.Equal(g.NotAlone, other.NotAlone) && slices.Equal(g.Tell, other.Tell)
}

// plain leaves out the answers that are what their default says.
func (s *Set) plain(raw []int32) []int32 {
	raw = slices.Clone(raw)
	for _, in := range s.inputs {
		slots := raw[in.slot : in.slot+in.slots()]
		if !slices.ContainsFunc(slots, func(value int32) bool { return value != in.missing }) {
			for i := range slots {
				slots[i] = table.Missing
			}
		}
	}
	return raw
}

// boundariesJSON is the layout of boundariesFile.
type boundariesJSON struct {
	WrittenBy string            `json:"written_by"`
	People    []json.RawMessage `json:"people"`
	Hidden    []string          `json:"hidden"`
}

// writeBoundaries writes people one a line, and the slips that would change nobody's answer.
func writeBoundaries(people []person, hidden []string) []byte {
	var b bytes.Buffer
	b.WriteString("{\"written_by\": \"sitegen rules accept\",\n\"people\": [")
	for i, p := range people {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(oneLine(p))
	}
	b.WriteString("\n],\n\"hidden\": ")
	b.Write(oneLine(append([]string{}, hidden...)))
	b.WriteString("}\n")
	return b.Bytes()
}

// readBoundaries reads boundariesFile. What is damaged in it is told, with the way out.
func (s *Set) readBoundaries(a *Accepted, content fs.FS, name string) error {
	f, found, err := readGenerated(content, name, boundariesFile)
	if err != nil || len(found) > 0 {
		a.found = append(a.found, found...)
		return err
	}
	a.boundaries = f
	var y boundariesJSON
	if err := json.Unmarshal(f.Data, &y); err != nil {
		offset := 0
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			offset = int(syntax.Offset) - 1
		}
		a.found = append(a.found, f.At(offset, "rule-accepted-unreadable", f.Name, notJSON))
		return nil
	}
	people, unknown := s.readPeople(f, y.People)
	a.turns, a.hidden, a.found = people, y.Hidden, append(a.found, unknown...)
	return nil
}

var notJSON = diag.Wording{JA: "ここはJSONではありません", EN: "this is not JSON"}

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
