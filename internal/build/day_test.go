package build

import (
	"path"
	"strings"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/testcontent"
)

// Two builds in the same month differ only in the pages without script: these ask for the day of the visit from the day of the build on.
func TestDayOfBuild(t *testing.T) {
	content := testcontent.Permit(t)
	rules := compiledRules(t, content)
	made := func(day int) map[string]string {
		source := sourceOf(content)
		source.Rules, source.Today = rules, civil.Of(2026, 11, day)
		pages, found, err := Make(t.Context(), source)
		if err != nil || diag.HasErrors(found) {
			t.Fatal(err, found)
		}
		return renderedFiles(t, pages.Files)
	}
	early, late := made(3), made(27)
	if !strings.Contains(early["en/check.html"], "data-built=") || len(early) != len(late) {
		t.Errorf("no checker that knows when it was built; %d and %d files", len(early), len(late))
	}
	for name, text := range early {
		if late[name] != text && !strings.HasPrefix(path.Base(name), "check-noscript") {
			t.Errorf("%s differs", name)
		}
	}
}
