package run_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"sitegen/internal/rules"
	"sitegen/wasm"
	"sitegen/wasm/run"
)

// visits are rules small enough to read: who comes by day 20000 with document 0 brings it, others nothing.
func visits() *rules.Program {
	return &rules.Program{
		Inputs: []rules.Input{
			{Kind: rules.Date, Slots: 1, Lo: 0, Hi: 40000, Default: rules.Missing},
			{Kind: rules.Several, Slots: 1, Hi: 3, Ask: true},
		},
		Terms: []rules.Term{{Op: rules.InputDay, A: 0}, {Op: rules.ConstDay, N: 20000}},
		Atoms: []rules.Atom{{Op: rules.NotAfter, A: 0, B: 1}, {Op: rules.Bit, A: 1, N: 0}},
		Gates: []rules.Gate{{List: rules.List{Yes: []int{0, 1}}}},
		Rows: []rules.Row{
			{List: rules.List{Yes: []int{2}}, Outcome: 1, Offer: 1},
			{Outcome: 0, Offer: 0},
		},
		Adds: []rules.Add{{List: rules.List{Yes: []int{1}, No: []int{0}}, Effects: []rules.Effect{{Kind: rules.Tell, A: 1}}}},
		Sets: []int32{1}, Offers: [][]int{{}, {0}}, Outcomes: 2, Notes: 2, Visit: 0, Held: 1, Papers: 3,
	}
}

func TestDecide(t *testing.T) {
	ctx := context.Background()
	m, err := run.New(ctx, wasm.Compile(visits().Encode()))
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close(ctx)
	for _, c := range []struct {
		raw   []int32
		want  run.Output
		holds []bool
		next  int
	}{
		{[]int32{19990, 3}, run.Output{Bad: -1, Outcome: 1, Row: 0, Bring: []int32{1}, NotAlone: 2, Until: 20000}, []bool{true, true, true, false, true}, -1},
		{[]int32{20001, 1}, run.Output{Bad: -1, Outcome: 0, Row: 1, NotAlone: 1, Tell: []int{1}, Until: run.NoDay}, []bool{false, true, false, true, false}, -1},
		{[]int32{20000, rules.Missing}, run.Output{Bad: -1, Row: 1, Until: run.NoDay}, []bool{true, false, false, true, false}, 1},
		{[]int32{20000, 4}, run.Output{Bad: 1, Until: run.NoDay}, nil, -1},
		{[]int32{rules.Missing, 0}, run.Output{Bad: 0, Until: run.NoDay}, nil, -1},
	} {
		got, err := m.Decide(ctx, c.raw)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: %+v (%v), want %+v", c.raw, got, err, c.want)
		}
		for signal, want := range c.holds {
			if m.Holds(signal) != want {
				t.Errorf("%v: signal %d is %t", c.raw, signal, !want)
			}
		}
		if next, err := m.Next(ctx, c.raw); err != nil || next != c.next {
			t.Errorf("%v: next %d (%v), want %d", c.raw, next, err, c.next)
		}
	}
	if _, err := m.Decide(ctx, make([]int32, 32)); err == nil {
		t.Error("32 answers are accepted")
	}
}

func TestRefusesOtherModules(t *testing.T) {
	module := string(wasm.Compile(visits().Encode()))
	abi := "\x7f\x00\x41\x01\x0b" // the first constant: 1
	if strings.Count(module, abi) != 1 {
		t.Fatal("where is the ABI version?")
	}
	for name, bytes := range map[string]string{
		"nothing":         "",
		"another version": strings.Replace(module, abi, "\x7f\x00\x41\x02\x0b", 1),
		"no abi":          strings.Replace(module, "\x03abi", "\x03iba", 1),
		"no next":         strings.Replace(module, "\x04next", "\x04nxet", 1),
		"bad input":       strings.Replace(module, "\x41\x80\x80\x04\x0b", "\x41\x80\x80\x7c\x0b", 1),
	} {
		if m, err := run.New(context.Background(), []byte(bytes)); err == nil {
			m.Close(context.Background())
			t.Errorf("%s is accepted", name)
		}
	}
}
