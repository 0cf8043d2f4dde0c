package bundle_test

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/bundle"
)

func theme(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{"script/head.ts": {Data: []byte("document.title")}}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestDefaultTheme(t *testing.T) {
	first, err := bundle.Load(os.DirFS("../../themes/default"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := bundle.Load(os.DirFS("../../themes/default"))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(first, second) {
		t.Error("bundling the same theme twice gives different results")
	}
	if size := len(first.Head.Text); size > bundle.HeadLimit {
		t.Errorf("head script: %d bytes", size)
	}
	for name, script := range first.Scripts {
		if text := string(script.Content); strings.Contains(text, "eval(") || strings.Contains(text, "new Function") || !strings.HasPrefix(text, "(()=>{") {
			t.Errorf("%s is not a plain classic script: %.40q…", name, text)
		}
	}
}

func TestFilesBecomeResults(t *testing.T) {
	assets, err := bundle.Load(theme(map[string]string{
		"style/home.css":        `@import "./parts/base.css"; .a { color: red }`,
		"style/parts/base.css":  `/* why */ body { margin: 0px }`,
		"script/main.ts":        `import { n } from './parts/n'; const f = (x: number) => x; console.log(f(n))`,
		"script/parts/n.ts":     `export const n: number = 7`,
		"templates/ignored.css": `}`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := assets.Styles["home"].Text, "body{margin:0}.a{color:red}"; got != want {
		t.Errorf("style: got %q, want %q", got, want)
	}
	if len(assets.Styles) != 1 || len(assets.Scripts) != 1 {
		t.Errorf("got styles %v and scripts %v, want one of each", assets.Styles, assets.Scripts)
	}
	script := assets.Scripts["main"]
	if !strings.HasPrefix(script.Path, "assets/main.") || len(script.Path) != len("assets/main.0123456789ab.js") {
		t.Errorf("script path %s", script.Path)
	}
	if !strings.Contains(string(script.Content), "7") {
		t.Errorf("the import is missing: %s", script.Content)
	}
}

// An inline text must not end the element that contains it.
func TestInlineTextEndsNoElement(t *testing.T) {
	assets, err := bundle.Load(theme(map[string]string{
		"style/home.css": `a::after { content: "</style>" }`,
		"script/head.ts": `document.title = "</script>"`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	if text := assets.Styles["home"].Text + assets.Head.Text; strings.Contains(text, "</") {
		t.Errorf("an end tag in %s", text)
	}
}

func TestMistakesAreLocated(t *testing.T) {
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"syntax":     {map[string]string{"script/main.ts": "let a = 1\nlet = ;"}, "script/main.ts:2:"},
		"import":     {map[string]string{"script/main.ts": "import './parts/gone'"}, "script/main.ts:1:8: there is no file script/parts/gone.ts in the theme"},
		"style":      {map[string]string{"style/home.css": "a {\n  color: red;\n  }}\n"}, "style/home.css:3:"},
		"outside":    {map[string]string{"style/home.css": `@import "../../secret.css";`}, "there is no file ../secret.css in the theme"},
		"large head": {map[string]string{"script/head.ts": "document.title = '" + strings.Repeat("x", 400) + "'"}, "script/head.ts: 4"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := bundle.Load(theme(test.files))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
	if _, err := bundle.Load(fstest.MapFS{}); err == nil {
		t.Error("a theme without head script is accepted")
	}
}
