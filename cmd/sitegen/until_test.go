package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"sitegen/internal/sweep"
)

// `check --until` lists both kinds of conditions in the rules: those that will stop holding, and those that do not hold yet. `make test`
// lists them in one language, for the general site.
func TestUntilOfRules(t *testing.T) {
	wanted := map[string][]string{
		"ja": {
			"rules/add.yaml: 2025-09-18まで: 規則の条件 visit_date < fact:phone_start",
			"rules/conditions.yaml: 2025-09-18まで: 規則の条件 visit_date >= fact:phone_start が、まだ成り立たない",
		},
		"en": {
			"rules/add.yaml: until 2025-09-18: the rules' condition visit_date < fact:phone_start",
			"rules/conditions.yaml: until 2025-09-18: the rules' condition visit_date >= fact:phone_start does not hold yet",
		},
	}
	content := contentFolder
	if !sweep.All() {
		delete(wanted, "en")
		content = contentOf(t)
	}
	for language, want := range wanted {
		var out, problems bytes.Buffer
		args := []string{"check", "--content", content, "--out", t.TempDir(), "--date", "2025-09-01", "--until", "2025-09-30", "--lang", language}
		if code := run(args, strings.NewReader(""), &out, &problems); code != exitFine {
			t.Fatal(code, problems.String())
		}
		lines := regexp.MustCompile(`(?m)^.*/(rules/[a-z]+\.yaml):\d+`).ReplaceAllString(out.String(), "$1")
		if _, list, _ := strings.Cut(lines, "\n"); strings.TrimSpace(list) != strings.Join(want, "\n") {
			t.Errorf("%s:\n%s", language, list)
		}
	}
}
