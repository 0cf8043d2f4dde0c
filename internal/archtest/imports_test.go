// Package archtest tests what the documents and comments say about the code: the order of packages, the files that package comments name,
// the laws, and every file, test and function that a document names.
package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const root = "../.."

// layers returns the packages of the product, lowest first. The source is the table under "Packages" in docs/architecture.md. A package may
// import only packages that the table lists above it. A folder inside a package belongs to that package, unless the table lists the folder
// itself.
var layers = sync.OnceValue(func() []string {
	data, err := os.ReadFile(filepath.Join(root, "docs/architecture.md"))
	if err != nil {
		panic(err)
	}
	_, section, _ := strings.Cut(string(data), "\n## Packages\n")
	section, _, _ = strings.Cut(section, "\n## ")
	section, _, _ = strings.Cut(section, "\n| module |")
	var list []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\|").FindAllStringSubmatch(section, -1) {
		list = append(list, row[1])
	}
	return list
})

// tools are programs and helpers for tests and measurements. They may import everything, but no package of the product may import them.
var tools = []string{
	"bench", "wasm/internal/sample", "wasm/internal/vectors", "internal/archtest", "internal/sweep", "internal/ruletest", "internal/testcontent", "tests/people",
}

func TestImportsGoDownwards(t *testing.T) {
	for _, folder := range layers() {
		if files, _ := filepath.Glob(filepath.Join(root, folder, "*.go")); len(files) == 0 {
			t.Errorf("docs/architecture.md lists %s, which is no package", folder)
		}
	}
	for _, i := range productImports(t) {
		target, ours := strings.CutPrefix(i.path, "sitegen/")
		if !ours {
			continue
		}
		from, to := layer(i.folder), layer(target)
		switch {
		case from < 0:
			t.Errorf("%s: the package has no line in the table of packages in docs/architecture.md", i.folder)
		case to < 0:
			t.Errorf("%s imports %s, which is no part of the product", i.file, i.path)
		case to > from:
			t.Errorf("%s imports %s, which stands above it", i.file, i.path)
		}
	}
}

// collection matches the module golang.org/x/text, the only one that several packages may import. Its libraries have little to do with each
// other.
var collection = regexp.MustCompile(`^golang\.org/x/text/`)

func TestOnePackageImportsAModule(t *testing.T) {
	modules := requiredModules(t)
	users := map[string][]string{}
	for _, i := range productImports(t) {
		if !strings.Contains(strings.Split(i.path, "/")[0], ".") {
			continue // a package of this repository or of the standard library
		}
		at := slices.IndexFunc(modules, func(m string) bool { return i.path == m || strings.HasPrefix(i.path, m+"/") })
		if at < 0 {
			t.Errorf("%s imports %s, which go.mod does not name", i.file, i.path)
			continue
		}
		what := modules[at]
		if collection.MatchString(i.path) {
			what = i.path
		}
		if !slices.Contains(users[what], i.folder) {
			users[what] = append(users[what], i.folder)
		}
	}
	for what, folders := range users {
		if len(folders) > 1 {
			t.Errorf("%s is imported by %s; one package should hide it from the others", what, strings.Join(folders, ", "))
		}
	}
}

// layer returns the index in `layers` of the package to which a folder belongs. It returns -1 for a folder of a tool, or of no package in
// the table.
func layer(folder string) int {
	for ; folder != "."; folder = path.Dir(folder) {
		if slices.Contains(tools, folder) {
			return -1
		}
		if i := slices.Index(layers(), folder); i >= 0 {
			return i
		}
	}
	return -1
}

type imported struct{ folder, file, path string }

// productImports lists the imports of the product's packages on all operating systems. Tests and tools are left out.
func productImports(t *testing.T) []imported {
	t.Helper()
	var list []imported
	for _, name := range goFiles(t) {
		if slices.Contains(tools, path.Dir(name)) {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			target, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, imported{path.Dir(name), name, target})
		}
	}
	return list
}

// goFiles lists the repository's Go files other than tests, by their paths below root.
func goFiles(t *testing.T) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() != ".." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules" || entry.Name() == "testdata") {
			return fs.SkipDir
		}
		name, _ := filepath.Rel(root, file)
		if !entry.IsDir() && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			list = append(list, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no Go files found")
	}
	return list
}

var required = regexp.MustCompile(`(?m)^\s*(?:require )?(\S+\.\S+/\S+) v`)

func requiredModules(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for _, found := range required.FindAllStringSubmatch(string(data), -1) {
		modules = append(modules, found[1])
	}
	return modules
}
