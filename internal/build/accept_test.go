package build

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sitegen/internal/diag"
)

// Rules that change somebody's answer stop a check until they are accepted. Then the check finds nothing, and accepting them
// again changes no file.
func TestAcceptRules(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, smallRules(t)); err != nil {
		t.Fatal(err)
	}
	add := filepath.Join(dir, "rules/add.yaml")
	text, err := os.ReadFile(add)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "delivery = home]", "delivery = home, not have.card]", 1)
	if err := os.WriteFile(add, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	content := os.DirFS(dir)
	if r, found, err := CheckRules(t.Context(), content, "content"); err != nil || r == nil || len(found) != 1 || found[0].Code != "rule-answer-changed" {
		t.Fatal(r, found, err)
	}
	a, found, err := AcceptRules(t.Context(), content, "content", 20)
	if err != nil || len(found) > 0 || !a.Compared || len(a.Groups) != 1 || len(a.Files) != 1 {
		t.Fatal(a, found, err)
	}

	// If one file cannot be written, none is replaced.
	a.Files["nowhere/x.json"] = nil
	before := treeOf(t, dir)
	if err := a.Write(dir); err == nil || treeOf(t, dir) != before {
		t.Errorf("%v: written by half:\n%s", err, treeOf(t, dir))
	}
	delete(a.Files, "nowhere/x.json")

	if err := a.Write(dir); err != nil {
		t.Fatal(err)
	}
	if r, found, err := CheckRules(t.Context(), content, "content"); err != nil || r == nil || len(found) > 0 {
		t.Fatal(found, err)
	}
	if a, _, err := AcceptRules(t.Context(), content, "content", 20); err != nil || len(a.Files) > 0 || len(a.Groups) > 0 {
		t.Errorf("accepting again changes %v (%v)", a, err)
	}
}

// Rules with mistakes are not accepted.
func TestNoMistakeIsAccepted(t *testing.T) {
	files := smallRules(t)
	files["rules/decide.yaml"].Data = []byte(strings.Replace(string(files["rules/decide.yaml"].Data), "{id: nothing, when: []", "{id: nothing, when: [not place = no_reader]", 1))
	if a, found, err := AcceptRules(t.Context(), files, "content", 20); err != nil || a != nil || !diag.HasErrors(found) {
		t.Error(a, found, err)
	}
}

// treeOf lists the files of a folder with their contents.
func treeOf(t *testing.T, dir string) string {
	var list strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		list.WriteString(path + "\n" + string(data) + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}
