package site

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"testing"

	"sitegen/internal/diag"
)

// panics returns the text with which a function panics, or "" if it does not panic.
func panics(do func()) (with string) {
	defer func() {
		if bug := recover(); bug != nil {
			with = bug.(string)
		}
	}()
	do()
	return ""
}

// A look-up of missing words panics in a loaded site. While a site is loaded, the look-up is recorded, and loading panics at its end unless
// the site has an error.
func TestNoWordIsMissingUnnoticed(t *testing.T) {
	told := []diag.Diagnostic{(&diag.File{Name: "content/facts.yaml"}).Whole("file-missing", "x")}
	for name, test := range map[string]struct {
		found []diag.Diagnostic
		want  string
	}{
		"nothing was told": {nil, "BUG: no words for fortnights, and nothing was told of it"},
		"it was told":      {told, ""},
	} {
		u := &unsaid{}
		wordsOf(u, map[string]string{"days": "日"}, "days")
		wordsOf(u, map[string]string{"days": "日"}, "fortnights")
		if got := panics(func() { u.settle(test.found) }); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
		if got := panics(func() { wordsOf(u, map[string]string{}, "later") }); got != "BUG: no words for later" {
			t.Errorf("%s: on a page, got %q", name, got)
		}
	}
	var words Texts[string]
	words.Add("yes", "はい")
	if got := panics(func() { words.Of("no") }); words.Of("yes") != "はい" || got != "BUG: no words for no" {
		t.Errorf("got %q", got)
	}
}

// The words of formats, and the names of topics, are looked up with wordsOf and never with an index expression, which would return ""
// for a missing word.
func TestWordsAreNotIndexed(t *testing.T) {
	ofWords := []string{"Eras", "Duration", "Bounds", "Closed", "Topics"}
	var names []string
	for _, folder := range []string{".", "../typeset", "../load"} {
		files, _ := filepath.Glob(filepath.Join(folder, "*.go"))
		names = append(names, files...)
	}
	seen := 0
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		allowed := map[ast.Node]bool{} // index expressions that are assigned to, or that also return whether the key exists
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					allowed[left] = true
				}
				allowed[n.Rhs[0]] = allowed[n.Rhs[0]] || len(n.Lhs) == 2 && len(n.Rhs) == 1
			case *ast.IndexExpr:
				selector, ok := n.X.(*ast.SelectorExpr)
				if !ok || !slices.Contains(ofWords, selector.Sel.Name) {
					break
				}
				seen++
				if !allowed[n] {
					t.Errorf("%s: %s is looked up by an index; use wordsOf", name, selector.Sel.Name)
				}
			}
			return true
		})
	}
	if seen == 0 {
		t.Error("nothing was looked at")
	}
}
