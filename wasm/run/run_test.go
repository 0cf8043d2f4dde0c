package run_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"sitegen/internal/table"
	"sitegen/wasm"
	"sitegen/wasm/run"
)

// visits returns a small rule set: visitors whose visit is not after day 20000 and who hold document 0 bring it; all
// others bring nothing.
func visits() *table.Program {
	return &table.Program{
		Inputs: []table.Input{
			{Kind: table.Date, Slots: 1, Lo: 0, Hi: 40000, Default: table.Missing, Told: []int32{0}},
			{Kind: table.Several, Slots: 1, Hi: 3, Values: 2, Told: []int32{0}},
		},
		Terms: []table.Term{{Op: table.InputDay, A: 0}, {Op: table.ConstDay, N: 20000}},
		Atoms: []table.Atom{{Op: table.NotAfter, A: 0, B: 1}, {Op: table.Bit, A: 1, N: 0}},
		Gates: []table.Gate{{List: table.List{Yes: []int{0, 1}}}},
		Asks:  []table.Ask{{Input: 1}, {Input: 1, Again: true}},
		Rows: []table.Row{
			{List: table.List{Yes: []int{2}}, Outcome: 1, Offer: 1},
			{Outcome: 0, Offer: 0},
		},
		Adds: []table.Add{{List: table.List{Yes: []int{1}, No: []int{0}}, Effects: []table.Effect{{Kind: table.Tell, A: 1}}}},
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
	nothing := table.Question{Input: -1}
	for _, c := range []struct {
		raw, open []int32
		want      table.Output
		holds     []bool
		next      table.Question
	}{
		{raw: []int32{19990, 3}, want: table.Output{Bad: -1, Outcome: 1, Row: 0, Bring: []int32{1}, NotAlone: 2, Until: 20000},
			holds: []bool{true, true, true, false, true}, next: nothing},
		{raw: []int32{19990, 2}, open: []int32{0, 1}, want: table.Output{Bad: -1, Outcome: 0, Row: 1, NotAlone: 2, Until: table.NoDay},
			holds: []bool{true, false, false, true, false}, next: table.Question{Input: 1, Again: true, Values: []int32{1}}},
		{raw: []int32{20001, 1}, want: table.Output{Bad: -1, Outcome: 0, Row: 1, NotAlone: 1, Tell: []int{1}, Until: table.NoDay},
			holds: []bool{false, true, false, true, false}, next: nothing},
		{raw: []int32{20000, table.Missing}, want: table.Output{Bad: -1, Row: 1, Until: table.NoDay},
			holds: []bool{true, false, false, true, false}, next: table.Question{Input: 1, Values: []int32{1}}},
		{raw: []int32{20000, 4}, want: table.Output{Bad: 1, Until: table.NoDay}, next: nothing},
		{raw: []int32{table.Missing, 0}, want: table.Output{Bad: 0, Until: table.NoDay}, next: nothing},
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
		if next, err := m.Next(ctx, c.raw, c.open); err != nil || !reflect.DeepEqual(next, c.next) {
			t.Errorf("%v, open %v: next %v (%v), want %v", c.raw, c.open, next, err, c.next)
		}
	}
	if _, err := m.Decide(ctx, make([]int32, 32)); err == nil {
		t.Error("32 answers are accepted")
	}
	if _, err := m.Next(ctx, nil, make([]int32, 32)); err == nil {
		t.Error("32 open answers are accepted")
	}
}

func TestRefusesOtherModules(t *testing.T) {
	module := string(wasm.Compile(visits().Encode()))
	abi := "\x7f\x00\x41\x02\x0b" // the first constant: 2
	if strings.Count(module, abi) != 1 {
		t.Fatal("where is the ABI version?")
	}
	for name, bytes := range map[string]string{
		"nothing":         "",
		"another version": strings.Replace(module, abi, "\x7f\x00\x41\x03\x0b", 1),
		"no abi":          strings.Replace(module, "\x03abi", "\x03iba", 1),
		"no open":         strings.Replace(module, "\x04open", "\x04opne", 1),
		"no next":         strings.Replace(module, "\x04next", "\x04nxet", 1),
		"bad input":       strings.Replace(module, "\x41\x80\x80\x04\x0b", "\x41\x80\x80\x7c\x0b", 1),
	} {
		if m, err := run.New(context.Background(), []byte(bytes)); err == nil {
			m.Close(context.Background())
			t.Errorf("%s is accepted", name)
		}
	}
}
