package prove

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/sweep"
	"sitegen/internal/table"
)

// visitorOf converts an answer vector into the form that the oracle takes (see oracle_test.go).
func visitorOf(s *rules.Set, raw []int32) visitor {
	a := s.Answers(raw)
	text := func(id, otherwise string) string {
		if value, ok := a[id].(string); ok {
			return value
		}
		return otherwise
	}
	members := func(id string) map[string]bool {
		set := map[string]bool{}
		list, _ := a[id].([]string)
		for _, member := range list {
			set[member] = true
		}
		return set
	}
	day := func(id string) dateAnswer {
		value := text(id, "unknown")
		if parsed, err := time.Parse(time.DateOnly, value); err == nil {
			return dateAnswer{day: parsed, known: true}
		}
		return dateAnswer{expired: value == "expired_unknown_when"}
	}
	v := visitor{
		visit: day("visit_date").day, have: members("have"), needs: members("needs"),
		card: text("card", "none"), lastUse: text("last_use", "unknown"), registered: text("registered", "unknown"),
		ecert: day("ecert_expiry"), cardUntil: day("card_expiry"), cert: day("cert_expiry"), oldCard: day("old_card_expiry"), issuer: text("cert_issuer", "unknown"),
		place: text("place", "reader"), phone: text("phone", "none"), insurer: text("insurer", "unknown"), change: text("change", "none"),
		age: -1, policy: map[string]string{},
	}
	if age, ok := a["age"].(float64); ok {
		v.age = int(age)
	}
	for _, id := range []string{"cert_delivery", "cert_return", "cert_reissue_fee", "notice_reissue"} {
		v.policy[id] = text(id, "unset")
	}
	return v
}

// difference says how the decision of the tables and that of the oracle differ for a visitor. It returns "" if they agree.
func difference(s *rules.Set, out table.Output, v visitor) string {
	got, want := s.Result(out), answer(v)
	switch {
	case got.Outcome != want.outcome:
		return fmt.Sprintf("outcome %s, oracle %s", got.Outcome, want.outcome)
	case got.Enough != want.enough:
		return fmt.Sprintf("enough %s, oracle %s", got.Enough, want.enough)
	case !slices.EqualFunc(got.Bring, want.bring, rules.SameSet):
		return fmt.Sprintf("bring %v, oracle %v", got.Bring, want.bring)
	}
	for _, part := range []struct {
		name string
		got  []string
		want map[string]bool
	}{{"tell", got.Tell, want.tell}, {"also", got.Also, want.also}, {"not_alone", got.NotAlone, want.notAlone}} {
		for id, holds := range part.want {
			if holds != slices.Contains(part.got, id) {
				return fmt.Sprintf("%s of %s is %v, oracle %v", part.name, id, !holds, holds)
			}
		}
		for _, id := range part.got {
			if !part.want[id] {
				return fmt.Sprintf("%s %s, not so the oracle", part.name, id)
			}
		}
	}
	return ""
}

func TestTablesEqualOracle(t *testing.T) {
	s := ruletest.Load(t)
	sample := space.NewSampler(s.Program, 42)
	m := table.NewMachine(s.Program)
	failures := 0
	for i := range sweep.Of(200_000, 20_000) {
		raw := sample.Visitor()
		if m.Load(raw) >= 0 {
			t.Fatalf("visitor %d is refused: %v", i, raw)
		}
		equal(t, s, m, raw, &failures)
	}
}

// equal compares the decision about the answers loaded in m with that of the oracle. The eleventh difference ends the test.
func equal(t *testing.T, s *rules.Set, m *table.Machine, raw []int32, failures *int) {
	text := difference(s, m.Decide(), visitorOf(s, raw))
	if text == "" {
		return
	}
	t.Errorf("%s\n\tfor %s", text, explain.Describe(s, raw, "en"))
	if *failures++; *failures > 10 {
		t.FailNow()
	}
}

func TestBoundariesEqualOracle(t *testing.T) {
	s := ruletest.Load(t)
	list := boundaryVisitors(s)
	t.Logf("%d witnesses, %d boundary visitors", len(space.Witnesses(nil, s.Program)), len(list))
	m := table.NewMachine(s.Program)
	failures := 0
	for _, raw := range list {
		if bad := m.Load(raw); bad >= 0 {
			t.Fatalf("slot %d is refused: %v", bad, raw)
		}
		equal(t, s, m, raw, &failures)
	}
}

// TestUntil compares Until with decisions for each following day: the answer is the same up to Until, and differs on the day
// after.
func TestUntil(t *testing.T) {
	s := ruletest.Load(t)
	sample := space.NewSampler(s.Program, 7)
	m := table.NewMachine(s.Program)
	for range sweep.Of(1500, 300) {
		raw := sample.Visitor()
		now := s.Program.Run(raw)
		last := now.Until
		if last == table.NoDay {
			last = raw[s.Program.Visit] + 1500
		}
		for day := raw[s.Program.Visit] + 1; day <= last+1; day++ {
			m.Load(space.MovedTo(s.Program, raw, day, false))
			same := table.SameAnswer(now, m.Decide())
			if (day <= last || now.Until == table.NoDay) != same {
				t.Fatalf("until %s, but on %s the answer is the same: %v, for %s", table.DayText(now.Until), table.DayText(day), same, explain.Describe(s, raw, "en"))
			}
		}
	}
}

func TestEncodeDecode(t *testing.T) {
	s := ruletest.Load(t)
	b := s.Program.Encode()
	p, err := table.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(p.Encode(), b) {
		t.Error("decoding and encoding again gives other bytes")
	}
	sample := space.NewSampler(s.Program, 3)
	for range 2000 {
		raw := sample.Visitor()
		if a, b := s.Program.Run(raw), p.Run(raw); !table.SameAnswer(a, b) || a.Until != b.Until || a.Also != b.Also || a.Row != b.Row || s.Program.Next(raw, nil).Input != p.Next(raw, nil).Input {
			t.Fatalf("decoded tables answer otherwise: %v, %v", a, b)
		}
	}
}

// TestLawAtomsChangeNothing: the program Checked of a set also has the tests of the laws, but must decide like Program.
func TestLawAtomsChangeNothing(t *testing.T) {
	s := ruletest.Load(t)
	sample := space.NewSampler(s.Program, 5)
	for range 5000 {
		raw := sample.Visitor()
		if a, b := s.Program.Run(raw), s.Checked.Run(raw); !table.SameAnswer(a, b) || a.Also != b.Also || a.Row != b.Row || a.Until != b.Until {
			t.Fatalf("the verified program answers otherwise: %v, %v", a, b)
		}
	}
}

// TestNextIsSound: visitors who answer only what they are asked get the same Enough as with all their answers. Their first
// alternative is among those that all their answers offer. Visitors who contradict themselves are left out.
func TestNextIsSound(t *testing.T) {
	s := ruletest.Load(t)
	sample := space.NewSampler(s.Program, 11)
	m := table.NewMachine(s.Checked)
	possible := 0
	for range 100_000 {
		visitor := sample.Visitor()
		m.Load(visitor)
		m.Decide()
		if slices.ContainsFunc(s.Contradictions, func(c *rules.Row) bool {
			return s.RowHolds(m, c)
		}) {
			continue
		}
		possible++
		if h := toTheEnd(s.Program.Walk(visitor), s); !asGood(s.Program, h.some, h.all) {
			t.Fatalf("asked %v: %+v, all: %+v, for %s", h.asked, h.some, h.all, explain.Describe(s, visitor, "en"))
		}
	}
	if possible < 200 {
		t.Errorf("only %d people do not contradict themselves", possible)
	}
	t.Logf("%d people", possible)
}
