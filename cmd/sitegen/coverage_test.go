package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each message of package diag must be in the expected output of a script, in both languages. If a message is missing there, its
// code must be in a pattern of a script or in a Go test.
func TestEveryMessage(t *testing.T) {
	scripts := readAll(t, "testdata/script/*.txtar")
	tests := readAll(t, "*_test.go") + readAll(t, "../../internal/*/*_test.go") + readAll(t, "../../internal/*/testdata/*")
	catalog := regexp.MustCompile(`(?m)^\t"([a-z0-9-]+)": \{(Error|Warning),`).FindAllStringSubmatch(readAll(t, "../../internal/diag/messages_*.go"), -1)
	if len(catalog) < 100 {
		t.Fatalf("found only %d messages", len(catalog))
	}
	said := map[[2]string]bool{} // each key is a code, and the word for the code's severity in one language
	for _, line := range regexp.MustCompile(`(?m)^.*: (エラー|注意|error|warning): .* \[([a-z0-9-]+)\]$`).FindAllStringSubmatch(scripts, -1) {
		said[[2]string{line[2], line[1]}] = true
	}
	named := map[string]bool{}
	for _, word := range regexp.MustCompile(`[a-z0-9-]+`).FindAllString(tests, -1) {
		named[word] = true
	}
	for _, entry := range catalog {
		code := entry[1]
		if strings.Contains(scripts, "["+code+"]") {
			for _, word := range []string{"エラー", "注意", "error", "warning"} {
				wanted := (word == "error" || word == "エラー") == (entry[2] == "Error")
				if wanted && !said[[2]string{code, word}] {
					t.Errorf("no script shows %s with the word %s", code, word)
				}
			}
		} else if !named[code] && !strings.Contains(scripts, `\[`+code+`\]`) {
			t.Errorf("no script and no test makes the mistake %s", code)
		}
	}
}

func readAll(t *testing.T, pattern string) string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.IsDir() {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
