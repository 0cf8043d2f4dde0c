package rules

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

func TestDiffOfTheSame(t *testing.T) {
	if c, found := Diff(load(t), read(t)); len(found) > 0 || !c.Same || c.Order || len(c.Changes) > 0 {
		t.Errorf("%+v", c)
	}
}

func TestWhy(t *testing.T) {
	s := load(t)
	for _, c := range s.Cases() {
		why, err := s.Why(c.raw)
		if err != nil {
			t.Fatal(err)
		}
		if result, _ := s.Evaluate(c.raw); result.Rule != why.Row || len(why.Sources) == 0 {
			t.Errorf("%s: %+v", c.ID, why)
		}
		var check func(r Reason)
		check = func(r Reason) {
			if r.Words.Ja == "" || r.ID != "" && len(r.Because) == 0 {
				t.Errorf("%s: nothing explains %q", c.ID, r.Text)
			}
			for _, part := range r.Because {
				check(part)
			}
		}
		for _, r := range why.Reasons {
			check(r)
		}
	}
}

func TestGraph(t *testing.T) {
	s, again := load(t), read(t)
	for _, language := range []string{"ja", "en"} {
		svg := s.Graph(language)
		if !bytes.Equal(svg, again.Graph(language)) {
			t.Error("two drawings differ")
		}
		decoder := xml.NewDecoder(bytes.NewReader(svg))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range s.rows {
			row, ok := inside(string(svg), `<g id="row-`+r.id+`"`, "</g>")
			if !ok {
				t.Errorf("row %s is missing", r.id)
			}
			for _, set := range r.bring {
				for _, document := range set {
					if !strings.Contains(row, html.EscapeString(document.words.In(language))) {
						t.Errorf("row %s does not bring %s", r.id, document.id)
					}
				}
			}
			if !strings.Contains(row, html.EscapeString(r.outcome.words.In(language))) || !strings.Contains(row, `class="bring"`) {
				t.Errorf("row %s: %s", r.id, row)
			}
		}
	}
}

// inside returns what stands between two texts.
func inside(text, from, to string) (string, bool) {
	_, rest, ok := strings.Cut(text, from)
	within, _, closed := strings.Cut(rest, to)
	return within, ok && closed
}

// TestDeterministic: the same files give the same bytes, findings and generated cases.
func TestDeterministic(t *testing.T) {
	a, b := load(t), read(t)
	if !bytes.Equal(a.Program.Encode(), b.Program.Encode()) {
		t.Error("the tables differ")
	}
	of := b.Accept(&Accepted{}, false)
	for name, data := range a.Accept(&Accepted{}, false) {
		if !bytes.Equal(data, of[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

// TestOwnedIsHeld: "owned" and naming the card among what is held are the same answer.
func TestOwnedIsHeld(t *testing.T) {
	s := load(t)
	card, have := s.inputByID("card"), s.inputByID("have")
	sample := space.NewSampler(s.Program, 17)
	for range 5000 {
		raw := sample.Visitor()
		raw[have.slot] &^= 1
		raw[card.slot] = int32(wordNamed(card.values, "owned").index)
		named := slices.Clone(raw)
		named[have.slot] |= 1
		missing := slices.Clone(named)
		missing[card.slot] = table.Missing
		a, b, c := s.Program.Run(raw), s.Program.Run(named), s.Program.Run(missing)
		if !table.SameAnswer(a, b) || !table.SameAnswer(b, c) || a.Until != c.Until || a.Also != c.Also {
			t.Fatalf("%v\n%v\n%v for %s", a, b, c, s.Describe(raw, "en"))
		}
	}
}

// TestRefusedAnswers: what no host should send is refused, never answered.
func TestRefusedAnswers(t *testing.T) {
	s := load(t)
	good, err := s.Raw(Answers{"visit_date": "2026-11-22"}, civil.Unset)
	if err != nil {
		t.Fatal(err)
	}
	for slot := range good {
		for _, value := range []int32{-1 << 30, 1<<31 - 1, table.Missing + 9, -99999} {
			raw := slices.Clone(good)
			raw[slot] = value
			if out := s.Program.Run(raw); out.Bad != slot && !(value == 1<<31-1 && s.Program.Inputs[s.Program.InputOf(slot)].Hi == value) {
				t.Errorf("slot %d takes %d", slot, value)
			}
		}
	}
	if out := s.Program.Run(s.Program.Unanswered()); out.Bad != s.Program.Visit {
		t.Error("a missing visit date is not refused")
	}
	for _, c := range []struct {
		code    string
		answers Answers
	}{
		{"unknown_input", Answers{"hav": []any{}}}, {"unknown_value", Answers{"place": "raeder"}}, {"unknown_value", Answers{"have": []any{"old_crad"}}},
		{"wrong_type", Answers{"have": "old_card"}}, {"wrong_type", Answers{"place": 3.0}}, {"bad_date", Answers{"visit_date": "2026-02-30"}},
		{"out_of_range", Answers{"age": -1.0}}, {"out_of_range", Answers{"age": 1.5}}, {"out_of_range", Answers{"visit_date": "1800-01-01"}}, {"unknown_profile", Answers{"profile": "skk"}},
	} {
		if _, err := s.Raw(c.answers, civil.Unset); err == nil || err.Code != c.code {
			t.Errorf("%v: %v", c.answers, err)
		}
	}
}

// FuzzDecode: no bytes make the reader of tables fail in another way than by its error.
func FuzzDecode(f *testing.F) {
	f.Add(load(f).Program.Encode())
	f.Add([]byte{table.Version, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := table.Decode(b); err == nil && p == nil {
			t.Error("neither tables nor an error")
		}
	})
}
