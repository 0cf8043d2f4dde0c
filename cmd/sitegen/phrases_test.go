package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// If the keys of a map of phrases are constants of one type, the map must have a phrase for every constant of that type.
func TestEveryConstantHasItsPhrase(t *testing.T) {
	found, ofWords := 0, 0
	for _, file := range slices.Concat(parsed(t, "."), parsed(t, "../../internal/ask"), parsed(t, "../../internal/report")) {
		ast.Inspect(file, func(n ast.Node) bool {
			literal, isLiteral := n.(*ast.CompositeLit)
			if !isLiteral {
				return true
			}
			of, isMap := literal.Type.(*ast.MapType)
			if !isMap || !isNamed(of.Value, "phrase") {
				return true
			}
			found++
			if kind, typed := of.Key.(*ast.SelectorExpr); typed {
				checkPhrases(t, file, literal, kind)
			} else {
				ofWords++
			}
			return true
		})
	}
	if found < 5 || ofWords > 1 { // the keys of one map are strings: TestWaysASourceWasSeen checks that map
		t.Errorf("%d maps of phrases were found, %d of them with keys of no type that has constants", found, ofWords)
	}
}

// checkPhrases checks that the keys of a map literal include every constant of their type.
func checkPhrases(t *testing.T, file *ast.File, literal *ast.CompositeLit, kind *ast.SelectorExpr) {
	worded := map[string]bool{}
	for _, element := range literal.Elts {
		if name, ok := element.(*ast.KeyValueExpr).Key.(*ast.SelectorExpr); ok {
			worded[name.Sel.Name] = true
		}
	}
	constants := constantsOf(t, folderOf(t, file, kind.X.(*ast.Ident).Name), kind.Sel.Name)
	if len(constants) == 0 {
		t.Errorf("%s has no constants", kind.Sel.Name)
	}
	for _, name := range constants {
		if !worded[name] {
			t.Errorf("there are no words for %s", name)
		}
	}
}

// constantsOf returns the names of the constants that the package in `folder` declares with the type `kind`.
func constantsOf(t *testing.T, folder, kind string) (names []string) {
	for _, file := range parsed(t, folder) {
		for _, declared := range file.Decls {
			group, ok := declared.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			var last ast.Expr // the type of the constants; one without a value has the type of the constant above it
			for _, spec := range group.Specs {
				one := spec.(*ast.ValueSpec)
				if len(one.Values) > 0 {
					last = one.Type
				}
				for _, name := range one.Names {
					if isNamed(last, kind) {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return names
}

// folderOf returns the folder of the package that a file imports under this name.
func folderOf(t *testing.T, file *ast.File, name string) string {
	for _, imported := range file.Imports {
		where, err := strconv.Unquote(imported.Path.Value)
		if err == nil && path.Base(where) == name {
			return filepath.Join("..", "..", strings.TrimPrefix(where, "sitegen/"))
		}
	}
	t.Fatalf("no import is named %s", name)
	return ""
}

// parsed returns the syntax trees of a package's files, without its tests.
func parsed(t *testing.T, folder string) (files []*ast.File) {
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %d files, %v", folder, len(names), err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

func isNamed(e ast.Expr, name string) bool {
	ident, ok := e.(*ast.Ident)
	return ok && ident.Name == name
}
