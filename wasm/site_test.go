package wasm_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sitegen/internal/sweep"
	"sitegen/internal/table"
	"sitegen/wasm"
	"sitegen/wasm/internal/sample"
	"sitegen/wasm/run"
)

func siteRules(t testing.TB) *table.Program {
	t.Helper()
	p, err := sample.Site(os.DirFS("../content"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The module of the real rules agrees with the reference for 10,000 visitors (100,000 with `make sweep`), and for half of them
// also on the days around later changes of the decision.
func TestEqualOnSiteRules(t *testing.T) {
	b := newPair(t, siteRules(t))
	r := rand.New(rand.NewPCG(1, 5))
	visitors, boundaries := sweep.Of(100_000, 10_000), 0
	for i := range visitors {
		raw := sample.Answers(r, b.p)
		b.check(t, r, raw)
		if i%2 > 0 {
			continue
		}
		for _, beside := range sample.Boundaries(b.p, raw) {
			b.check(t, r, beside)
			boundaries++
		}
	}
	t.Logf("%d visitors, %d days beside a boundary", visitors, boundaries)
}

// Module and reference agree at every step of an interview, and the interview ends. For a set, the visitor first names one of
// the offered values, and then the others if the rules ask for more. If the visitor holds none of the offered values, the
// question counts as answered.
func TestInterviews(t *testing.T) {
	programs := map[string]*table.Program{"site": askedAgain(siteRules(t)), "talkative": talkative()}
	for seed := range uint64(12) {
		programs[fmt.Sprint("sample ", seed)] = sample.Program(rand.New(rand.NewPCG(seed, 13)), sample.Real)
	}
	for name, p := range programs {
		b, r := newPair(t, p), rand.New(rand.NewPCG(1, 6))
		questions, again := 0, 0
		for range 200 {
			visitor := sample.Answers(r, p)
			visitor[p.Visit] = 20500 + r.Int32N(500)
			asked, more := b.interview(t, visitor)
			questions, again = questions+asked, again+more
		}
		t.Logf("%s: %d questions, %d of them for more of a set", name, questions, again)
	}
}

// interview interviews a visitor. It returns the number of questions, and how many of them asked for more values of a set.
func (b pair) interview(t *testing.T, visitor []int32) (questions, again int) {
	raw, open := b.p.Unanswered(), make([]int32, sample.Slots(b.p))
	raw[b.p.Visit] = visitor[b.p.Visit]
	for {
		if difference := b.differs(raw, open); difference != "" {
			t.Fatal(difference)
		}
		next := b.p.Next(raw, open)
		if next.Input < 0 {
			return questions, again
		}
		if questions > 2*len(b.p.Inputs) {
			t.Fatalf("no end: %v, open %v", raw, open)
		}
		questions++
		if next.Again {
			again++
		}
		in, first := &b.p.Inputs[next.Input], b.p.Slot(next.Input)
		var left int32 // the bits of a set that stay open
		for slot := first; slot < first+in.Slots; slot++ {
			raw[slot], open[slot] = visitor[slot], 0
			if raw[slot] == table.Missing {
				raw[slot] = in.Default
			}
			if in.Kind == table.Several && !next.Again {
				offered := raw[slot] & next.Values[slot-first]
				if raw[slot] = offered & -offered; raw[slot] != 0 {
					left = -1
				}
			}
		}
		for slot := first; slot < first+in.Slots; slot++ {
			open[slot] = left &^ raw[slot]
		}
	}
}

func TestTablesOfSiteRules(t *testing.T) {
	p := siteRules(t)
	module := wasm.Describe(wasm.Compile(p.Encode()), wasm.AboutTables(p, "1", "hash"))
	tables, err := wasm.Tables(module)
	if err != nil || !bytes.Equal(tables, p.Encode()) {
		t.Fatalf("the tables read back are others: %v", err)
	}
	about, err := wasm.ReadAbout(module)
	if err != nil || len(about.Inputs) != len(p.Inputs) || len(about.Rows) != len(p.Rows) || about.ABI != wasm.ABI {
		t.Errorf("the description read back differs: %v", err)
	}
}

// The signals that the description gives as the reasons of a row have the stated values whenever that row decides. For the real
// rules, every such signal has a name.
func TestBecause(t *testing.T) {
	ctx := context.Background()
	programs := map[string]*table.Program{"site": siteRules(t)}
	for i := range uint64(8) { // random rules, in which every signal has a name
		programs[fmt.Sprint("sample ", i)] = sample.Program(rand.New(rand.NewPCG(i, 2)), sample.Small)
	}
	for name, p := range programs {
		b := newPair(t, p)
		about, err := wasm.ReadAbout(wasm.Describe(wasm.Compile(p.Encode()), wasm.AboutTables(p, "1", "hash")))
		if err != nil || len(about.Because) != len(p.Rows) {
			t.Fatal(err, len(about.Because))
		}
		named := map[int]bool{}
		for _, c := range about.Conditions {
			named[c.Signal] = true
		}
		for _, test := range about.Tests {
			if named[test.Signal] || test.Test == "" {
				t.Errorf("%s: %+v", name, test)
			}
			named[test.Signal] = true
		}
		r := rand.New(rand.NewPCG(2, 3))
		decided := map[int]bool{}
		for range 5000 {
			out, err := b.m.Decide(ctx, sample.Answers(r, p))
			if err != nil {
				t.Fatal(err)
			}
			if out.Bad >= 0 {
				continue
			}
			decided[out.Row] = true
			for _, signal := range about.Because[out.Row] {
				if holds := signal >= 0; b.m.Holds(max(signal, -1-signal)) != holds {
					t.Fatalf("%s, row %d: signal %d", name, out.Row, signal)
				}
				if name == "site" && !named[max(signal, -1-signal)] {
					t.Errorf("row %s: signal %d has no name", p.Names.Rows[out.Row], signal)
				}
			}
		}
		for i, row := range p.Rows {
			if len(row.Yes)+len(row.No) > len(about.Because[i]) {
				t.Errorf("%s, row %d: %d reasons", name, i, len(about.Because[i]))
			}
		}
		t.Logf("%s: %d of %d rows decided", name, len(decided), len(p.Rows))
	}
}

// The module works in wazero's interpreter as it does in its compiler.
func TestSlowRuntimeAgrees(t *testing.T) {
	ctx := context.Background()
	p := sample.Program(rand.New(rand.NewPCG(3, 3)), sample.Real)
	slow, err := run.NewSlow(ctx, wasm.Compile(p.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close(ctx)
	b := pair{p, slow}
	r := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		b.check(t, r, sample.Answers(r, p))
	}
}

// wabt's validator, which is independent of wazero and V8, accepts the module with all features newer than WebAssembly 1.0
// turned off.
func TestValidatedByWabt(t *testing.T) {
	validator, err := exec.LookPath("wasm-validate")
	if err != nil {
		t.Fatal("wasm-validate is not installed: it is in Debian's package wabt (apt-get install wabt)")
	}
	large := sample.Program(rand.New(rand.NewPCG(1, 1)), sample.Large)
	small := sample.Program(rand.New(rand.NewPCG(1, 1)), sample.Small)
	own := siteRules(t)
	for name, module := range map[string][]byte{
		"page":   wasm.Compile(own.Encode()),
		"site":   wasm.Describe(wasm.Compile(own.Encode()), wasm.AboutTables(own, "1", "hash")),
		"wide":   wasm.Compile(large.Encode()),
		"narrow": wasm.Describe(wasm.Compile(small.Encode()), wasm.AboutTables(small, "1", "hash")),
	} {
		file := filepath.Join(t.TempDir(), name+".wasm")
		if err := os.WriteFile(file, module, 0o600); err != nil {
			t.Fatal(err)
		}
		command := exec.Command(validator, append(strings.Fields(`
			--disable-mutable-globals --disable-saturating-float-to-int --disable-sign-extension --disable-simd
			--disable-multi-value --disable-bulk-memory --disable-reference-types`), file)...)
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// Damaged tables are refused, or the module made from them terminates and does not trap.
func FuzzTables(f *testing.F) {
	for seed := range uint64(3) {
		p := sample.Program(rand.New(rand.NewPCG(seed, 7)), sample.Small)
		f.Add(p.Encode(), seed)
	}
	f.Fuzz(func(t *testing.T, tables []byte, seed uint64) { survives(t, tables, seed) })
}

func TestDamagedTables(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 8))
	refused := 0
	for i := range uint64(1000) {
		tables := sample.Program(rand.New(rand.NewPCG(i%30, 7)), sample.Small).Encode()
		for range 1 + r.IntN(3) {
			tables[r.IntN(len(tables))] = byte(r.Uint32())
		}
		if !survives(t, tables, i) {
			refused++
		}
	}
	if refused < 100 || refused > 970 {
		t.Errorf("%d of 1000 damaged tables are refused", refused)
	}
}

func survives(t *testing.T, tables []byte, seed uint64) (accepted bool) {
	if wasm.Check(tables) != nil {
		return false
	}
	ctx := context.Background()
	m, err := run.New(ctx, wasm.Compile(tables))
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close(ctx)
	r := rand.New(rand.NewPCG(seed, 9))
	for range 20 {
		raw := make([]int32, 31)
		for slot := range raw {
			switch raw[slot] = int32(r.Uint32()); r.IntN(4) {
			case 0:
				raw[slot] = 20000 + r.Int32N(1000)
			case 1:
				raw[slot] = r.Int32N(20)
			case 2:
				raw[slot] = table.Missing + r.Int32N(3)
			}
		}
		if _, err := m.Decide(ctx, raw); err != nil {
			t.Fatalf("decide %v: %v\n%x", raw, err, tables)
		}
		open := make([]int32, 31)
		for slot := range open {
			open[slot] = int32(r.Uint32())
		}
		if _, err := m.Next(ctx, raw, open); err != nil {
			t.Fatalf("next %v, open %v: %v\n%x", raw, open, err, tables)
		}
	}
	return true
}

func BenchmarkSiteRules(b *testing.B) {
	ctx := context.Background()
	x := newPair(b, siteRules(b))
	r := rand.New(rand.NewPCG(5, 5))
	var visitors [][]int32
	for len(visitors) < 256 {
		if raw := sample.Answers(r, x.p); x.p.Run(raw).Bad < 0 {
			visitors = append(visitors, raw)
		}
	}
	for name, f := range map[string]func([]int32){
		"decide/wazero": func(raw []int32) { x.m.Decide(ctx, raw) },
		"decide/go":     func(raw []int32) { x.p.Run(raw) },
		"next/wazero":   func(raw []int32) { x.m.Next(ctx, raw, nil) },
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				f(visitors[i&255])
			}
		})
	}
}
