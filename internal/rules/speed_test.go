package rules

import "testing"

func BenchmarkVerify(b *testing.B) {
	set := load(b)
	for b.Loop() {
		set.Verify()
	}
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
	m := newMachine(set.Program)
	m.load(set.cases[25].raw)
	for b.Loop() {
		m.decide()
	}
}
func BenchmarkModel(b *testing.B) {
	set := load(b)
	for b.Loop() {
		m := newSpace(set.checked.p).model(0, set.firstWords)
		b.ReportMetric(float64(len(m.nodes)), "nodes")
	}
}
func BenchmarkSpace(b *testing.B) {
	set := load(b)
	for b.Loop() {
		newSpace(set.checked.p)
	}
}
