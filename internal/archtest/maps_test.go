package archtest

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The comment of a package with more than fewFiles files must say where to begin. The comment of a package with more than mostUnmapped
// files must name all of its files. A package with more than mostLines lines, tests left out, is hard to find one's way around.
const (
	fewFiles     = 2
	mostUnmapped = 8
	mostLines    = 2500
)

// namedFile matches the name of a Go file in a comment. A star in it stands for any ending of the name, such as an operating system.
var namedFile = regexp.MustCompile(`[a-z][a-z0-9_]*(?:_\*)?\.go\b`)

var begins = regexp.MustCompile(`\bBegin with\s`)

// lines counts the lines of files.
func lines(t *testing.T, names []string) (n int) {
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		n += bytes.Count(data, []byte("\n"))
	}
	return n
}

func TestPackagesHaveMaps(t *testing.T) {
	files := map[string][]string{} // the files by folder
	for _, name := range goFiles(t) {
		if !slices.Contains(tools, path.Dir(name)) {
			files[path.Dir(name)] = append(files[path.Dir(name)], name)
		}
	}
	for folder, names := range files {
		if n := lines(t, names); n > mostLines {
			t.Errorf("%s has %d lines, and a package may have %d", folder, n, mostLines)
		}
		comment := packageComment(t, names)
		if comment == "" {
			t.Errorf("%s has no package comment", folder)
		}
		if len(names) > fewFiles && !begins.MatchString(comment) {
			t.Errorf("%s has %d files, and its comment does not say where to begin (\"Begin with …\")", folder, len(names))
		}
		mapped := namedFile.FindAllString(comment, -1)
		has := func(name string) bool {
			return slices.ContainsFunc(mapped, func(m string) bool { fits, _ := path.Match(m, name); return fits })
		}
		for _, name := range names {
			if base := path.Base(name); len(names) > mostUnmapped && base != "doc.go" && !has(base) {
				t.Errorf("%s: the map of the package does not name it", name)
			}
		}
		for _, m := range mapped {
			if !slices.ContainsFunc(names, func(name string) bool { fits, _ := path.Match(m, path.Base(name)); return fits }) {
				t.Errorf("%s: its comment names %s, which is not there", folder, m)
			}
		}
	}
	if len(files) < 30 {
		t.Errorf("only %d packages were read", len(files))
	}
}

// packageComment returns the comments above the package clauses of these files, joined.
func packageComment(t *testing.T, names []string) string {
	t.Helper()
	var all strings.Builder
	for _, name := range names {
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(parsed.Doc.Text())
	}
	return all.String()
}
