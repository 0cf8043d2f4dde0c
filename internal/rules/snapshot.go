package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
)

// boundariesFile holds worked cases on both sides of every date. They are generated, and read by an editor whenever
// they change: a date that moves shows there as people whose answer changes on another day.
const boundariesFile = "rules/boundaries.json"

// BoundaryCases generates the worked cases of boundaries.json: for every comparison with the day of the visit, and for
// dates of the visitor on several awkward days, two people who differ by one day and get different answers.
func (s *Set) BoundaryCases() []Case {
	var cases []Case
	witnesses := s.Witnesses()
	for i := range s.Program.Atoms {
		a := &s.Program.Atoms[i]
		if a.Op != NotAfter {
			continue
		}
		slot := max(s.Program.otherSlot(a.A), s.Program.otherSlot(a.B))
		values := awkwardDays
		if slot < 0 {
			values = awkwardDays[:1]
		}
		for _, value := range values {
			before, after := s.turningPair(a, slot, value, witnesses)
			for _, raw := range [][]int32{before, after} {
				if raw != nil {
					cases = append(cases, s.generatedCase(raw, fmt.Sprintf("%s #%d", s.Program.Names.Signals[i], len(cases)+1)))
				}
			}
		}
	}
	return cases
}

// turningPair looks for a witness whose answer changes where a comparison turns over: best one whose outcome changes.
func (s *Set) turningPair(a *Atom, slot int, value int32, witnesses [][]int32) (before, after []int32) {
	m := newMachine(s.Program)
	for _, witness := range witnesses {
		raw := append([]int32(nil), witness...)
		if slot >= 0 {
			raw[slot] = value
		}
		if m.load(raw) >= 0 {
			continue
		}
		m.terms()
		turn := m.turn(a)
		if turn == NoDay || turn <= spaceFirst || turn > spaceLast {
			continue
		}
		early, late := s.Program.moved(raw, turn-1, false), s.Program.moved(raw, turn, false)
		m.load(early)
		x := m.decide()
		m.load(late)
		y := m.decide()
		if x.Outcome != y.Outcome {
			return early, late
		}
		if before == nil && !sameAnswer(x, y) {
			before, after = early, late
		}
	}
	return before, after
}

func (s *Set) generatedCase(raw []int32, id string) Case {
	r := s.Result(s.Program.Run(raw))
	c := Case{ID: id, Answers: s.Answers(s.plain(raw)), Outcome: r.Outcome, BringAnyOf: [][]string{}, NotAlone: r.NotAlone, Tell: r.Tell, Until: r.Until}
	if len(r.Bring) > 0 {
		c.BringAnyOf = append(c.BringAnyOf, r.Bring[0])
	}
	return c
}

// plain leaves out the answers that are what their default says.
func (s *Set) plain(raw []int32) []int32 {
	raw = append([]int32(nil), raw...)
	for _, in := range s.inputs {
		for slot := in.slot; slot < in.slot+in.slots(); slot++ {
			if value := raw[slot]; value == in.missing || value > Missing && value < firstDay && in.isUnknown(value) {
				raw[slot] = Missing
			}
		}
	}
	return raw
}

// WriteCases writes worked cases as boundaries.json holds them: one a line.
func WriteCases(cases []Case) []byte {
	var b bytes.Buffer
	b.WriteString("{\"cases\": [\n")
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for i, c := range cases {
		if i > 0 {
			b.Truncate(b.Len() - 1)
			b.WriteString(",\n")
		}
		if err := encoder.Encode(c); err != nil {
			panic("BUG: a case that is no JSON: " + err.Error())
		}
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

// StaleBoundaries returns what boundaries.json should hold, and whether it holds something else.
func (s *Set) StaleBoundaries(content fs.FS) (want []byte, stale bool, err error) {
	want = WriteCases(s.BoundaryCases())
	got, err := fs.ReadFile(content, boundariesFile)
	return want, !bytes.Equal(got, want), err
}
