package archtest

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// parses matches the names of functions that read what somebody wrote.
var parses = regexp.MustCompile(`^(?:Read|Parse|Decode|Load|Find|Scan|Compile|Normalise)`)

// rawTypes are the types of what somebody wrote, before it is read.
var rawTypes = []string{"[]byte", "string", "io.Reader", "*diag.File", "fs.FS"}

// fuzzedThrough has the parsers that no fuzz target calls by name, each with the target that reaches it or the reason why none has to.
var fuzzedThrough = map[string]string{
	"internal/markup.Parse":            "templates are part of the program",
	"internal/bundle.Load":             "scripts and styles are part of the program",
	"internal/plaintext.ReadBytes":     "FuzzRead", // plaintext.Read calls it
	"internal/disk.ReadAtMost":         "it does not look at what it reads",
	"internal/publish.Read":            "it does not look at what it reads",
	"internal/publish.ReadManifest":    "FuzzManifest",
	"internal/strictyaml.ReadFile":     "FuzzContent",
	"internal/declare.Decode":          "FuzzContent",
	"internal/declare.LoadOwnPictures": "FuzzContent",
	"internal/questions.LoadOwn":       "FuzzContent",
	"internal/dialect.ParsePassage":    "FuzzContent",
	"internal/style.Find":              "FuzzReal", // the real content has all checks of style switched on
	"internal/casefile.Read":           "FuzzContent",
	"internal/prove.Load":              "FuzzContent",
	"internal/rulefile.Read":           "FuzzLoad",
	"internal/rulefile.ReadGenerated":  "FuzzAccepted",
	"internal/rulefile.ReadText":       "FuzzAccepted",
}

// Every function that reads what somebody wrote has a fuzz target. The functions are found by their names and parameters, so that a
// new parser is among them by itself.
func TestEveryParserIsFuzzed(t *testing.T) {
	calls, targets := fuzzed(t)
	if len(targets) < 20 {
		t.Errorf("only %d fuzz targets were found", len(targets))
	}
	all := parsers(t)
	for _, p := range all {
		through, known := fuzzedThrough[p]
		switch {
		case calls[p] && known:
			t.Errorf("%s is called by a fuzz target, and is listed as reached otherwise", p)
		case !calls[p] && !known:
			t.Errorf("%s reads what somebody wrote, and no fuzz target calls it", p)
		case known && strings.HasPrefix(through, "Fuzz") && !targets[through]:
			t.Errorf("%s: there is no target %s", p, through)
		}
	}
	for p := range fuzzedThrough {
		if !slices.Contains(all, p) {
			t.Errorf("%s is listed, but it is no parser", p)
		}
	}
}

// parsers lists the exported functions and methods of the product that read raw texts, as "folder.Name".
func parsers(t *testing.T) (list []string) {
	t.Helper()
	for _, folder := range layers() {
		for _, file := range parsed(t, folder, func(name string) bool { return !strings.HasSuffix(name, "_test.go") }) {
			for _, d := range file.Decls {
				f, ok := d.(*ast.FuncDecl)
				if ok && f.Name.IsExported() && parses.MatchString(f.Name.Name) && takesRaw(f.Type) && !isFileSystem(f) {
					list = append(list, folder+"."+f.Name.Name)
				}
			}
		}
	}
	return list
}

// fuzzed returns the functions that fuzz targets call, as "folder.Name", and the names of the targets. What functions of the tests call
// counts for the targets that call these.
func fuzzed(t *testing.T) (calls, targets map[string]bool) {
	t.Helper()
	calls, targets = map[string]bool{}, map[string]bool{}
	for _, folder := range layers() {
		called := map[string][]string{} // by the name of a function of the folder's tests
		for _, file := range parsed(t, folder, func(name string) bool { return strings.HasSuffix(name, "_test.go") }) {
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok {
					called[folder+"."+f.Name.Name] = callsOf(f, folder, importsOf(file))
				}
			}
		}
		var follow func(name string)
		follow = func(name string) {
			if calls[name] {
				return
			}
			calls[name] = true
			for _, next := range called[name] {
				follow(next)
			}
		}
		for name := range called {
			if _, function, _ := strings.Cut(name, "."); strings.HasPrefix(function, "Fuzz") {
				targets[function] = true
				follow(name)
			}
		}
	}
	return calls, targets
}

// importsOf returns the folders of the packages that a file imports, by the names of the packages.
func importsOf(file *ast.File) map[string]string {
	imports := map[string]string{}
	for _, i := range file.Imports {
		folder := strings.Trim(i.Path.Value, `"`)
		imports[folder[strings.LastIndex(folder, "/")+1:]] = strings.TrimPrefix(folder, "sitegen/")
	}
	return imports
}

// callsOf lists what a function calls, as "folder.Name".
func callsOf(f *ast.FuncDecl, folder string, imports map[string]string) (list []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		called := call.Fun
		if generic, ok := called.(*ast.IndexExpr); ok {
			called = generic.X
		}
		switch called := called.(type) {
		case *ast.Ident:
			list = append(list, folder+"."+called.Name)
		case *ast.SelectorExpr:
			if of, ok := called.X.(*ast.Ident); ok && imports[of.Name] != "" {
				list = append(list, imports[of.Name]+"."+called.Sel.Name)
			} else {
				list = append(list, folder+"."+called.Sel.Name) // a method of the package's own type
			}
		}
		return true
	})
	return list
}

// parsed returns the files of a folder whose names are wanted.
func parsed(t *testing.T, folder string, wanted func(name string) bool) (files []*ast.File) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(root, folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.DeleteFunc(names, func(name string) bool { return !wanted(name) }) {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// isFileSystem reports whether a function is a method that every file system has. It reads a file, and does not look at what is in it.
func isFileSystem(f *ast.FuncDecl) bool {
	return f.Recv != nil && slices.Contains([]string{"ReadFile", "ReadDir", "ReadLink"}, f.Name.Name)
}

func takesRaw(f *ast.FuncType) bool {
	return slices.ContainsFunc(f.Params.List, func(field *ast.Field) bool { return slices.Contains(rawTypes, typeName(field.Type)) })
}

// typeName returns a type as it is written in the program.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return "*" + typeName(e.X)
	case *ast.SelectorExpr:
		return typeName(e.X) + "." + e.Sel.Name
	case *ast.ArrayType:
		if e.Len == nil {
			return "[]" + typeName(e.Elt)
		}
	}
	return ""
}

// `make fuzz` fails if a target panics, or if a package does not compile, and names it. If nothing is wrong, it says how much was tried.
func TestMakeFuzz(t *testing.T) {
	const good = "package b\nimport \"testing\"\nfunc FuzzGood(f *testing.F) { f.Add([]byte(\"a\")); f.Fuzz(func(t *testing.T, b []byte) {}) }\n"
	const planted = "package a\nimport \"testing\"\nfunc FuzzPlanted(f *testing.F) { f.Add([]byte(\"a\")); f.Fuzz(func(t *testing.T, b []byte) { if len(b) > 1 && b[0] > 'a' { panic(\"planted\") } }) }\n"
	for _, test := range []struct {
		name, file, says string
		fails            bool
	}{
		{"nothing is wrong", "package a\n", "FuzzGood: fuzz: elapsed", false},
		{"a panic", planted, "panic: planted", true},
		{"a package that does not compile", "package a\nfunc a() { b() }\n", "undefined: b", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
			if err := errors.Join(err, os.WriteFile(filepath.Join(folder, "Makefile"), makefile, 0o644), os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module a\n"), 0o644),
				os.WriteFile(filepath.Join(folder, "a_test.go"), []byte(test.file), 0o644),
				os.Mkdir(filepath.Join(folder, "b"), 0o755), os.WriteFile(filepath.Join(folder, "b/b_test.go"), []byte(good), 0o644)); err != nil {
				t.Fatal(err)
			}
			command := exec.CommandContext(t.Context(), "make", "fuzz", "FUZZTIME=20000x")
			command.Dir = folder
			said, err := command.CombinedOutput()
			if (err != nil) != test.fails || !strings.Contains(string(said), test.says) {
				t.Errorf("make says %v and %q, expected %q", err, said, test.says)
			}
		})
	}
}
