package prove

import (
	"slices"
	"testing"

	"sitegen/internal/change"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

func BenchmarkVerify(b *testing.B) {
	set := ruletest.Load(b)
	for b.Loop() {
		Verify(set)
	}
}

// BenchmarkAccepted reads what was accepted, and compares it with the same rules and with rules in which one comparison is off
// by one.
func BenchmarkAccepted(b *testing.B) {
	set := ruletest.Load(b)
	a := acceptedOf(b, set)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			acceptedOf(b, set)
		}
	})
	b.Run("same", func(b *testing.B) {
		for b.Loop() {
			change.Check(set, a)
		}
	})
	list := mutants(set.Program)
	i := slices.IndexFunc(list, func(mu mutant) bool { return mu.kind == "shift" })
	b.Run("changed", func(b *testing.B) {
		for b.Loop() {
			change.Check(with(set, list[i].p, set.Checked), a)
		}
	})
}

func BenchmarkRun(b *testing.B) {
	set := ruletest.Load(b)
	raw := set.Cases[25].Raw
	for b.Loop() {
		set.Program.Run(raw)
	}
}

func BenchmarkDecide(b *testing.B) {
	set := ruletest.Load(b)
	m := table.NewMachine(set.Program)
	m.Load(set.Cases[25].Raw)
	for b.Loop() {
		m.Decide()
	}
}
func BenchmarkModel(b *testing.B) {
	set := ruletest.Load(b)
	for b.Loop() {
		m := space.New(nil, set.Checked).Model(0)
		b.ReportMetric(float64(m.Count()), "nodes")
	}
}
func BenchmarkSpace(b *testing.B) {
	set := ruletest.Load(b)
	for b.Loop() {
		space.New(nil, set.Checked)
	}
}
