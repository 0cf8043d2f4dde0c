package archtest

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// scriptMarkup is the only script of the theme that sets HTML and that makes HTML of text.
const scriptMarkup = "parts/html.ts"

// setsHTML matches what a script could write HTML with, and what would take a text for HTML behind the compiler's back.
var setsHTML = regexp.MustCompile(`\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTML\w*|srcdoc|createContextualFragment|parseFromString|document\.write\w*|as (?:unknown as )?(?:Html|Id))\b`)

// trustedTexts says where a script declares that a text is HTML, and why that is true. The values are the numbers of such places.
var trustedTexts = map[string]int{
	"checker.ts":          1, // the value of a button, an id that the page wrote
	"checker/data.ts":     2, // a key of the data, an id; HTML without its readings
	"checker/decision.ts": 1, // a key of the data, an id
	"checker/pieces.ts":   1, // HTML with its readings as ruby
	"checker/result.ts":   4, // numbers and ids as JSON (2); HTML without a space; HTML with an element around a link
	"checker/steps.ts":    1, // a day in digits
	"parts/printed.ts":    1, // a line that the build wrote into an attribute
	"rail.ts":             2, // the topics that the build fills in; the HTML of a heading without its drawing
}

// Only one module of the theme's scripts sets HTML. It takes only HTML, as a type (tests/html-types.ts). Where other modules
// declare a text to be HTML, that is listed with its reason.
func TestOnlyOneScriptMakesMarkup(t *testing.T) {
	scripts := filepath.Join(root, "themes/default/script")
	trusted := map[string]int{}
	err := fs.WalkDir(os.DirFS(scripts), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".ts" || name == scriptMarkup {
			return err
		}
		text, err := os.ReadFile(filepath.Join(scripts, name))
		for _, found := range setsHTML.FindAllString(string(text), -1) {
			t.Errorf("%s: %s; %s does that", name, found, scriptMarkup)
		}
		if n := len(regexp.MustCompile(`\btrusted\(|\bmap\(trusted\)`).FindAll(text, -1)); n > 0 {
			trusted[name] = n
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(trusted)) {
		if trusted[name] != trustedTexts[name] {
			t.Errorf("%s declares %d texts to be HTML, %d are known", name, trusted[name], trustedTexts[name])
		}
	}
	if len(trusted) < len(trustedTexts) {
		t.Errorf("%d scripts declare a text to be HTML, %d are known", len(trusted), len(trustedTexts))
	}
}
