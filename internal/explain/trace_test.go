package explain

import (
	"slices"
	"testing"

	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/table"
)

// A trace has every row up to the deciding ones, and the rows that put each note and document into the answer.
func TestTrace(t *testing.T) {
	s := ruletest.Load(t)
	for _, c := range s.Cases {
		result, bad := s.Evaluate(c.Raw)
		if bad != nil {
			t.Fatal(bad)
		}
		trace, bad := Follow(s, c.Raw)
		if bad != nil {
			t.Fatal(bad)
		}
		if len(trace.Layers)+len(trace.NotTried) != len(s.Layers) {
			t.Errorf("%s: %d layers and %d others", c.ID, len(trace.Layers), len(trace.NotTried))
		}
		last := trace.Layers[len(trace.Layers)-1]
		decided := append(slices.Clone(last.Rows), trace.Enough...)
		for _, row := range decided {
			if row.Decides != "" && row.Decides != result.Outcome && row.Decides != result.Enough || row.Decides == result.Outcome && row.ID != result.Rule {
				t.Errorf("%s: %s decides %s", c.ID, row.ID, row.Decides)
			}
		}
		if n := len(slices.DeleteFunc(decided, func(row TracedRow) bool { return row.Decides == "" })); n != 2 {
			t.Errorf("%s: %d rows decide", c.ID, n)
		}
		for _, layer := range trace.Layers {
			for _, row := range layer.Rows {
				if (row.Decides == "") == (row.Fails == "") || row.Fails != "" && len(row.Reasons) != 1 {
					t.Errorf("%s: %s decides %q, and %q fails", c.ID, row.ID, row.Decides, row.Fails)
				}
			}
		}
		tracedAnswer(t, c.ID, trace, result)
	}
}

// tracedAnswer checks that the notes and documents in the trace are those in the answer.
func tracedAnswer(t *testing.T, id string, trace *Trace, result rules.Result) {
	var told []string
	for _, note := range trace.Tell {
		told = append(told, note.Note)
	}
	if !slices.Equal(told, result.Tell) {
		t.Errorf("%s: rows tell %v, and the answer %v", id, told, result.Tell)
	}
	put, alternatives := map[string]bool{}, 0
	for _, one := range trace.Documents {
		alternatives += table.BoolInt(one.How == "bring" || one.How == "or")
		for _, document := range one.Documents {
			put[document] = true
		}
	}
	if alternatives != len(result.Bring) {
		t.Errorf("%s: rows put in %d alternatives of %d", id, alternatives, len(result.Bring))
	}
	for _, document := range slices.Concat(append(result.Bring, result.Also)...) {
		if !put[document] {
			t.Errorf("%s: no row puts in %s", id, document)
		}
	}
}
