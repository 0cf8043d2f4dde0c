package archtest

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// gap matches what may be between two words: spaces, or a line break with a comment marker at the start of the next line.
const gap = `(?:[ \t]+|[ \t]*\n[ \t]*(?://|\*|#)?[ \t]*)`

// stumbles are phrases that readers of English have to read twice, each with what to write instead. Directly after the word in the
// field `but`, the phrase is allowed, as in "there is none".
var stumbles = []struct {
	word    string // a word in every match; it is searched first, because that is fast
	phrase  *regexp.Regexp
	but     string
	instead string
}{
	{"none", phrases(`\b(?:is|are|was|were) none\b`), "there", `"is not one", "is malformed" or "there is none"`},
	{"another", phrases(`\b(?:is|are|was|were|be|been|become|becomes) another(?: one)?(?: than\b| now\b| because\b| by\b| for\b| from\b| on\b|[.,;:)]|\n)`), "there", `"differs", "changes" or "is different"`},
	{"another", phrases(`\banother(?: \w+)? than\b`), "", `"different from"`},
	{"otherwise", phrases(`\botherwise than\b`), "", `"differently from" or "not as"`},
	{"what", phrases(`\bwhat is told of\b`), "", `the thing itself`},
	{"other", phrases(`\bno other than\b`), "", `"only"`},
	{"already", phrases(`\btold already\b`), "", `"already reported"`},
	{"but", phrases(`\bbut for\b`), "", `"except" or "apart from"`},
	{"is", phrases(`\bis no (?:day|number|question|character|file)\b`), "there", `"is not a …"`},
	{"The", regexp.MustCompile(`(?m)^\s*// The [a-z]+(?: of [a-z]+)?s\.\nconst `), "", `where the values come from, or what tells them apart`},
}

// phrases compiles a pattern. A space in the pattern matches any gap between words.
func phrases(pattern string) *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(pattern, " ", gap))
}

// readBy has the endings of the files that developers of the program read. Content for visitors of the site has its own rules (package
// style).
var readBy = []string{".go", ".ts", ".mjs", ".md", ".txtar", ".html", ".css", "Makefile"}

func TestTextsReadOnce(t *testing.T) {
	read := 0
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, file)
		name = filepath.ToSlash(name)
		if entry.IsDir() {
			if name != "." && strings.HasPrefix(entry.Name(), ".") || slices.Contains([]string{"node_modules", "content", "bin", "public", "out"}, entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.ContainsFunc(readBy, func(end string) bool { return strings.HasSuffix(name, end) }) || name == "internal/archtest/words_test.go" {
			return nil
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		read++
		for _, s := range stumbles {
			if !bytes.Contains(data, []byte(s.word)) {
				continue
			}
			for _, at := range s.phrase.FindAllIndex(data, -1) {
				if before := strings.ToLower(strings.TrimRight(string(data[max(0, at[0]-12):at[0]]), " ")); s.but != "" && strings.HasSuffix(before, s.but) {
					continue
				}
				line := bytes.Count(data[:at[1]-1], []byte("\n")) + 1
				t.Errorf("%s:%d: %q; write %s", name, line, data[at[0]:at[1]], s.instead)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 500 {
		t.Errorf("only %d files were read", read)
	}
}
