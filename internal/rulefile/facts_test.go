package rulefile

import (
	"os"
	"testing"

	"sitegen/internal/rules"
)

// TestRealFacts: what package site takes for facts and sources in order, this package does too.
func TestRealFacts(t *testing.T) {
	for _, folder := range []string{"../../content", "../../cmd/sitegen/testdata/content-small", "../../cmd/sitegen/testdata/content-rules"} {
		facts, err := ReadFacts(os.DirFS(folder))
		if err != nil || len(facts.Unread[rules.FactsFile])+len(facts.Unread[rules.SourcesFile]) > 0 {
			t.Errorf("%s: %v %v", folder, err, facts.Unread)
		}
		for id, faults := range facts.Faults {
			if len(faults) > 0 || facts.Kinds[id] == "" {
				t.Errorf("%s: %s is %q: %v", folder, id, facts.Kinds[id], faults)
			}
		}
	}
}
