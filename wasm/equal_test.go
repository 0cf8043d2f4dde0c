package wasm_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"sitegen/internal/sweep"
	"sitegen/internal/table"
	"sitegen/wasm"
	"sitegen/wasm/internal/sample"
	"sitegen/wasm/run"
)

// These tests check the main property of this package: the module answers as the reference interpreter does, for every rule set
// and all answers.

// pair is a rule set and its running module.
type pair struct {
	p *table.Program
	m *run.Module
}

func newPair(t testing.TB, p *table.Program) pair {
	t.Helper()
	tables := p.Encode()
	if err := wasm.Check(tables); err != nil {
		t.Fatal(err)
	}
	m, err := run.New(context.Background(), wasm.Compile(tables))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close(context.Background()) })
	return pair{p, m}
}

// differs says how the answers of the module and of the reference interpreter differ. It is "" if they agree.
func (b pair) differs(raw, open []int32) string {
	got, err := b.m.Decide(context.Background(), raw)
	if err != nil {
		return fmt.Sprintf("%v: %v", raw, err)
	}
	if want := b.p.Run(raw); !reflect.DeepEqual(got, want) {
		return fmt.Sprintf("decide %v\n got %+v\nwant %+v", raw, got, want)
	}
	next, err := b.m.Next(context.Background(), raw, open)
	if err != nil {
		return fmt.Sprintf("%v: %v", raw, err)
	}
	if want := b.p.Next(raw, open); !reflect.DeepEqual(next, want) {
		return fmt.Sprintf("next %v, open %v\n got %+v\nwant %+v", raw, open, next, want)
	}
	return ""
}

// check compares the module with the reference interpreter for one visitor. Which values are open is drawn at random.
func (b pair) check(t testing.TB, r *rand.Rand, raw []int32) {
	t.Helper()
	if difference := b.differs(raw, sample.Open(r, b.p)); difference != "" {
		t.Fatal(difference)
	}
}

func TestEqualOnRandomRules(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		b := newPair(t, sample.Program(r, sample.Small))
		for range 200 {
			raw := sample.Answers(r, b.p)
			b.check(t, r, raw)
			for _, beside := range sample.Boundaries(b.p, raw) {
				b.check(t, r, beside)
			}
		}
	}
}

// The module of large rules agrees with the reference for 2,000 visitors of each rule set (5,000 with `make sweep`).
func TestEqualOnLargeRules(t *testing.T) {
	for seed, size := range []sample.Size{sample.Real, sample.Real, sample.Large, sample.Large} {
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		b := newPair(t, sample.Program(r, size))
		for range sweep.Of(5000, 2000) {
			b.check(t, r, sample.Answers(r, b.p))
		}
	}
}

func FuzzEqual(f *testing.F) {
	f.Add(uint64(1), uint64(1))
	f.Add(uint64(7), uint64(99))
	f.Fuzz(func(t *testing.T, rulesSeed, answersSeed uint64) {
		b := newPair(t, sample.Program(rand.New(rand.NewPCG(rulesSeed, 3)), sample.Small))
		r := rand.New(rand.NewPCG(answersSeed, 4))
		for range 20 {
			b.check(t, r, sample.Answers(r, b.p))
		}
	})
}
