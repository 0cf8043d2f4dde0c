package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// readText returns the text of a file of the repository.
func readText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var (
	lawEntry = regexp.MustCompile(`(?m)^- \{?id: (\w+)(?:,|\n)(?: *law: (\d+))?`)
	lawRow   = regexp.MustCompile("(?m)^\\| (\\d*) ?\\| .* \\| (`\\w+`(?:, `\\w+`)*) \\|$")
)

// The table of laws in content/rules/README.md has every entry of laws.yaml, under its number.
func TestLawsAreListed(t *testing.T) {
	number := map[string]string{}
	for _, row := range lawRow.FindAllStringSubmatch(readText(t, "content/rules/README.md"), -1) {
		for _, id := range strings.Split(row[2], ", ") {
			number[strings.Trim(id, "`")] = row[1]
		}
	}
	laws := readText(t, "content/rules/laws.yaml")
	entries := lawEntry.FindAllStringSubmatch(laws, -1)
	if len(entries) == 0 || len(entries) != strings.Count("\n"+laws, "\n- ") {
		t.Fatalf("%d entries of laws.yaml were read", len(entries))
	}
	for _, entry := range entries {
		if listed, ok := number[entry[1]]; !ok || listed != entry[2] {
			t.Errorf("laws.yaml has %s with the number %q, the table of content/rules/README.md with %q", entry[1], entry[2], listed)
		}
		delete(number, entry[1])
	}
	for id := range number {
		t.Errorf("content/rules/README.md lists %s, which laws.yaml does not have", id)
	}
}
