package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"testing"
)

// markupTypes has the names of the types of package markup that hold finished markup. Their underlying type is string.
var markupTypes = []string{"HTML", "Attributes", "Script"}

// Only package markup turns text into markup, because it escapes the text. No other package converts a string to one of its types,
// defines a type or an alias from one of them, or uses html/template.
func TestOnlyMarkupMakesMarkup(t *testing.T) {
	const owner = "internal/markup"
	for _, i := range productImports(t) {
		switch {
		case i.folder == owner:
		case i.path == "html/template":
			t.Errorf("%s imports %s; templates run in %s", i.file, i.path, owner)
		case i.path == "html" || i.path == "sitegen/"+owner:
			for _, place := range madeMarkup(t, filepath.Join(root, i.file)) {
				t.Errorf("%s: markup is made of a string, or its type gets another name; %s does that", place, owner)
			}
		}
	}
}

// madeMarkup lists the places in a file that use a type of package markup as a conversion, in a type definition or alias, or as a type
// argument. It also lists calls of html.EscapeString, and renamed imports of markup or html.
func madeMarkup(t *testing.T, file string) (places []string) {
	t.Helper()
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	isOf := func(e ast.Expr, name string, members ...string) bool {
		s, ok := ast.Unparen(e).(*ast.SelectorExpr)
		if !ok {
			return false
		}
		from, ok := s.X.(*ast.Ident)
		return ok && from.Name == name && slices.Contains(members, s.Sel.Name)
	}
	isType := func(e ast.Expr) bool { return isOf(e, "markup", markupTypes...) }
	ast.Inspect(parsed, func(n ast.Node) bool {
		made := false
		switch n := n.(type) {
		case *ast.CallExpr:
			made = isType(n.Fun) || isOf(n.Fun, "html", "EscapeString")
		case *ast.TypeSpec:
			made = isType(n.Type)
		case *ast.IndexExpr:
			made = isType(n.Index)
		case *ast.ImportSpec:
			made = n.Name != nil && slices.Contains([]string{`"html"`, `"sitegen/internal/markup"`}, n.Path.Value) // under a different name, the cases above would not find the package
		}
		if made {
			places = append(places, files.Position(n.Pos()).String())
		}
		return true
	})
	return places
}
