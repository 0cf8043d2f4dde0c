package wasm_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"sitegen/wasm"
	"sitegen/wasm/internal/sample"
)

// For any bytes, Tables and ReadAbout return a result or an error, and do not panic.
func FuzzModule(f *testing.F) {
	p := sample.Program(rand.New(rand.NewPCG(1, 1)), sample.Small)
	module := wasm.Describe(wasm.Compile(p.Encode()), wasm.AboutTables(p, "1", "hash"))
	f.Add(module)
	for _, at := range []int{0, 4, 8, 9, 20, len(module) / 2, len(module) - 1} {
		f.Add(module[:at])
	}
	f.Add(append(bytes.Clone(module[:8]), 11, 0xff, 0xff, 0xff, 0xff, 0x0f))
	f.Add(append(bytes.Clone(module[:8]), 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff))
	f.Fuzz(func(t *testing.T, module []byte) {
		if tables, err := wasm.Tables(module); err == nil && wasm.Check(tables) == nil && len(tables) == 0 {
			t.Error("no tables are in order")
		}
		wasm.ReadAbout(module)
	})
}

// TestChecksum: a change of any one byte changes the checksum.
func TestChecksum(t *testing.T) {
	module := wasm.Compile(sample.Program(rand.New(rand.NewPCG(1, 1)), sample.Small).Encode())
	sum := wasm.Checksum(module)
	for at := range module {
		other := bytes.Clone(module)
		other[at] ^= byte(1 + at%255)
		if wasm.Checksum(other) == sum {
			t.Errorf("byte %d may be another", at)
		}
	}
}
