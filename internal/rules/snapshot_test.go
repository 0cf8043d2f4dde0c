package rules

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write content/rules/boundaries.json anew")

func TestBoundarySnapshot(t *testing.T) {
	set := load(t)
	content := os.DirFS("../../content")
	want, stale, err := set.StaleBoundaries(content)
	if stale && *update {
		if err := os.WriteFile("../../content/"+boundariesFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if stale {
		t.Error("content/rules/boundaries.json is not what the rules give: go test ./internal/rules -run BoundarySnapshot -update, and read the difference")
	}
}
