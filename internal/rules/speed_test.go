package rules

import (
	"slices"
	"testing"

	"sitegen/internal/space"
	"sitegen/internal/table"
)

func BenchmarkVerify(b *testing.B) {
	set := load(b)
	for b.Loop() {
		set.Verify()
	}
}

// BenchmarkAccepted compares the rules with those that were accepted: the same, and with another fact.
func BenchmarkAccepted(b *testing.B) {
	set := load(b)
	a := accepted(b, set)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			accepted(b, set)
		}
	})
	b.Run("same", func(b *testing.B) {
		for b.Loop() {
			set.CheckAccepted(a)
		}
	})
	list := mutants(set.Program)
	i := slices.IndexFunc(list, func(mu mutant) bool { return mu.kind == "shift" })
	b.Run("changed", func(b *testing.B) {
		for b.Loop() {
			set.with(list[i].p, set.checked.p).CheckAccepted(a)
		}
	})
}

func BenchmarkRun(b *testing.B) {
	set := load(b)
	raw := set.cases[25].raw
	for b.Loop() {
		set.Program.Run(raw)
	}
}

func BenchmarkDecide(b *testing.B) {
	set := load(b)
	m := table.NewMachine(set.Program)
	m.Load(set.cases[25].raw)
	for b.Loop() {
		m.Decide()
	}
}
func BenchmarkModel(b *testing.B) {
	set := load(b)
	for b.Loop() {
		m := space.New(nil, set.checked.p).Model(0)
		b.ReportMetric(float64(m.Count()), "nodes")
	}
}
func BenchmarkSpace(b *testing.B) {
	set := load(b)
	for b.Loop() {
		space.New(nil, set.checked.p)
	}
}
