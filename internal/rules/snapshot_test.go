package rules

import (
	"bytes"
	"os"
	"testing"
	"time"

	"sitegen/internal/diag"
)

// accepted reads what was accepted of the site's own rules.
func accepted(t testing.TB, s *Set) *Accepted {
	t.Helper()
	a, err := s.ReadAccepted(os.DirFS("../../content"), "content")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestAccepted: the site's rules are those that were accepted, and accepting them again changes no byte.
func TestAccepted(t *testing.T) {
	s := load(t)
	a := accepted(t, s)
	start := time.Now()
	found := s.CheckAccepted(a)
	t.Logf("checked in %v: %d people", time.Since(start), len(a.turns))
	if len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Error("the rules are not the accepted ones: sitegen rules accept")
	}
	start = time.Now()
	files := s.Accept(a, true)
	t.Logf("accepted in %v", time.Since(start))
	for name, data := range files {
		t.Logf("%s: %d bytes, %d lines", name, len(data), bytes.Count(data, []byte("\n")))
		if old, _ := os.ReadFile("../../content/" + name); !bytes.Equal(old, data) {
			t.Errorf("%s is not what sitegen rules accept writes", name)
		}
	}
}
