package main

import (
	"os"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
)

// The content with made-up insurers has no mistakes, so that it can be built and measured.
func TestInsurersAreSound(t *testing.T) {
	content := t.TempDir()
	if err := writeInsurers("../content", content, 2); err != nil {
		t.Fatal(err)
	}
	loaded, found, err := load.Site(os.DirFS(content), "content", civil.Of(2026, 11, 22))
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	if len(loaded.Insurers) != 2 {
		t.Errorf("there are %d insurers", len(loaded.Insurers))
	}
}
