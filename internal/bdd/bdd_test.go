package bdd

import (
	"errors"
	"math/rand/v2"
	"runtime"
	"testing"
)

const variables = 5

// Every operation on functions of five variables gives the same result as on their truth tables of 32 bits. Functions with
// equal tables are the same function, also after Keep.
func TestLaws(t *testing.T) {
	d := New(nil)
	tables := map[Func]uint32{Never: 0, Always: 1<<32 - 1}
	functions := map[uint32]Func{0: Never, 1<<32 - 1: Always}
	add := func(f Func, table uint32, how string) {
		t.Helper()
		if known, ok := tables[f]; ok && known != table {
			t.Fatalf("%s is %032b, and should be %032b", how, known, table)
		}
		if known, ok := functions[table]; ok && known != f {
			t.Fatalf("%s is function %d, and its equal is %d", how, f, known)
		}
		tables[f], functions[table] = table, f
	}
	for level := range int32(variables) {
		table := uint32(0)
		for row := range 32 {
			table |= uint32(row>>level&1) << row
		}
		add(d.Make(level, Never, Always), table, "a variable")
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		a, b, c := some(functions, random), some(functions, random), some(functions, random)
		x, y, z := tables[a], tables[b], tables[c]
		add(d.Not(a), ^x, "Not")
		add(d.And(a, b), x&y, "And")
		add(d.Or(a, b), x|y, "Or")
		add(d.Xor(a, b), x^y, "Xor")
		add(d.Without(a, b), x&^y, "Without")
		add(d.Either(c, a, b), x&z|y&^z, "Either")
		if f := d.And(d.Simplify(a, c), c); f != d.And(a, c) {
			t.Fatalf("simplified, function %d is different where it matters", a)
		}
		ones := 0
		for row := range 32 {
			ones += int(x >> row & 1)
		}
		if share := d.Share(a); share != float64(ones)/32 {
			t.Fatalf("the share of %032b is %v", x, share)
		}
		code := random.IntN(4)
		restricted := uint32(0)
		for row := range 32 {
			restricted |= x >> (row&^6 | code<<1) & 1 << row
		}
		add(d.Restrict(a, 1, 2, code), restricted, "Restrict")
	}
	kept := []Func{some(functions, random), some(functions, random)}
	x, y := tables[kept[0]], tables[kept[1]]
	d.Keep([]*Func{&kept[0], &kept[1]})
	tables, functions = map[Func]uint32{Never: 0, Always: 1<<32 - 1}, map[uint32]Func{0: Never, 1<<32 - 1: Always}
	add(kept[0], x, "Keep")
	add(kept[1], y, "Keep")
	add(d.And(kept[0], kept[1]), x&y, "And after Keep")
}

// some draws one of the functions.
func some(functions map[uint32]Func, random *rand.Rand) Func {
	list := make([]uint32, 0, len(functions))
	for table := range functions {
		list = append(list, table)
	}
	least := list[0]
	pick := random.Uint32()
	for _, table := range list { // take the table nearest to `pick`, because the order of a map varies
		if table^pick < least^pick {
			least = table
		}
	}
	return functions[least]
}

// If the function given to New returns an error, work ends with this error before stepsBetween more calls of Make.
func TestStops(t *testing.T) {
	ended, asked := errors.New("ended"), 0
	d := New(func() error {
		if asked++; asked > 2 {
			return ended
		}
		return nil
	})
	defer func() {
		stopped, ok := recover().(*Stopped)
		if !ok || stopped.Err != ended || d.made != 3*stepsBetween {
			t.Errorf("%v after %d nodes", stopped, d.made)
		}
	}()
	last := Always
	for level := int32(1 << 20); ; level-- {
		last = d.Make(level, last, Never)
	}
}

// Work that makes no new node ends with the error too.
func TestStopsWithoutNewNodes(t *testing.T) {
	ended := errors.New("ended")
	d := New(func() error { return ended })
	defer func() {
		if stopped, ok := recover().(*Stopped); !ok || stopped.Err != ended || d.made != 1 {
			t.Errorf("%v after %d nodes", stopped, d.made)
		}
	}()
	for range 2 * stepsBetween {
		d.Make(1, Never, Always)
	}
	t.Error("it does not end")
}

// A diagram has at most MostNodes nodes, and then takes at most 300 MB, with all that its walks need.
func TestMostNodes(t *testing.T) {
	const bits, most = 24, 300 // most: in MB
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d, f := New(nil), Always
	func() {
		defer func() {
			if problem := recover(); problem != ErrTooLarge {
				t.Errorf("it ends with %v", problem)
			}
		}()
		for level := int32(bits - 1); level >= 0; level-- { // the variables at `level` and `level+bits` are equal where f holds: each such pair doubles the nodes
			lower := d.Make(level+bits, Never, Always)
			f = d.And(f, d.Make(level, lower^1, lower))
		}
	}()
	d.Begin()
	share := d.Share(f)
	runtime.GC()
	runtime.ReadMemStats(&after)
	took := (after.HeapAlloc - before.HeapAlloc) >> 20
	t.Logf("%d MB, %d nodes, share %g", took, d.Count(), share)
	if took > most || d.Count() != MostNodes+1 || share == 0 {
		t.Errorf("%d MB, %d nodes, share %g", took, d.Count(), share)
	}
}
