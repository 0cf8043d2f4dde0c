package archtest

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
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

// The table of laws in content/rules/README.md lists every entry of laws.yaml under its number.
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

// documents returns the paths of the documents about the program and the content.
func documents(t *testing.T) []string {
	t.Helper()
	list := []string{"README.md", "CONTRIBUTING.md", "content/README.md", "content/README.ja.md", "content/STYLE.md", "content/rules/README.md"}
	docs, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(docs) == 0 {
		t.Fatal("no documents found: ", err)
	}
	for _, name := range docs {
		list = append(list, "docs/"+filepath.Base(name))
	}
	return list
}

var (
	// identifier matches names with a dot or with an inner capital letter. It does not match ordinary words of the content.
	identifier = regexp.MustCompile("`([A-Za-z]\\w*(?:\\.\\w+)+|\\w*[a-z][A-Z]\\w*)`")
	word       = regexp.MustCompile(`\w+`)
	sourceName = regexp.MustCompile("`([\\w./-]+\\.(?:go|mjs|ts|txtar))`")
	testName   = regexp.MustCompile(`\bTest[A-Z]\w+`)
	testFunc   = regexp.MustCompile(`(?m)^func (Test[A-Z]\w+)\(`)
	docLink    = regexp.MustCompile(`\]\(([\w./-]*\.md|)(?:#([^)\s]+))?\)`)
	heading    = regexp.MustCompile(`(?m)^#+ (.+)$`)
	noAnchor   = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	codeBlock  = regexp.MustCompile("(?ms)^ *```.*?^ *```$|`[^`\n]+`")
)

// anchors returns the anchors of a document's headings, in the form that GitHub gives them.
func anchors(text string) map[string]bool {
	all := map[string]bool{}
	for _, found := range heading.FindAllStringSubmatch(text, -1) {
		all[strings.ReplaceAll(noAnchor.ReplaceAllString(strings.ToLower(found[1]), ""), " ", "-")] = true
	}
	return all
}

// The source files, tests and identifiers that the documents name exist; the path of a source file may lack its beginning. The documents'
// links lead to documents and headings that exist.
func TestDocumentsNameWhatIsThere(t *testing.T) {
	sources, tests, words := sourcesAndTests(t)
	named := 0
	for _, name := range documents(t) {
		text := readText(t, name)
		for _, found := range sourceName.FindAllStringSubmatch(text, -1) {
			named++
			if !strings.Contains(sources, "/"+strings.TrimPrefix(found[1], "./")+"\n") {
				t.Errorf("%s names %s, which is not there", name, found[1])
			}
		}
		for _, found := range identifier.FindAllStringSubmatch(text, -1) {
			for _, part := range strings.Split(found[1], ".") {
				if !words[part] && !strings.Contains(sources, "/"+found[1]+"\n") {
					t.Errorf("%s names %s, which no source file does", name, found[1])
				}
			}
		}
		for _, test := range testName.FindAllString(text, -1) {
			if !tests[test] {
				t.Errorf("%s names %s, which is not there", name, test)
			}
		}
		for _, link := range docLink.FindAllStringSubmatch(codeBlock.ReplaceAllString(text, ""), -1) {
			target := name
			if link[1] != "" {
				target = path.Join(path.Dir(name), link[1])
			}
			if _, err := os.Stat(filepath.Join(root, target)); err != nil {
				t.Errorf("%s has a link to %s: %v", name, target, err)
			} else if link[2] != "" && !anchors(readText(t, target))[link[2]] {
				t.Errorf("%s has a link to %s#%s, which has no such heading", name, target, link[2])
			}
		}
	}
	if named < 50 {
		t.Errorf("only %d names of files were read", named)
	}
}

// sourcesAndTests returns the paths of the repository's files, each on its own line with a slash before it. It also returns the names of
// the tests in Go, and the words of all Go, TypeScript and JavaScript files.
func sourcesAndTests(t *testing.T) (sources string, tests, words map[string]bool) {
	t.Helper()
	var b strings.Builder
	tests, words = map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if entry.Name() != ".." && strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules" || entry.Name() == "bin" {
				return fs.SkipDir
			}
			return nil
		}
		name, _ := filepath.Rel(root, file)
		b.WriteString("/" + filepath.ToSlash(name) + "\n")
		if slices.Contains([]string{".go", ".ts", ".mjs"}, filepath.Ext(name)) {
			for _, w := range word.FindAllString(readText(t, name), -1) {
				words[w] = true
			}
		}
		if strings.HasSuffix(name, "_test.go") {
			for _, found := range testFunc.FindAllStringSubmatch(readText(t, name), -1) {
				tests[found[1]] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), tests, words
}
