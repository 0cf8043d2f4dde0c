package build

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"

	"sitegen/internal/strictyaml"
)

// garden is a content folder whose texts can be replaced one by one. Each text that can be replaced is on its own line, so that the
// line of a finding shows which text the finding is about.
type garden struct {
	texts []string // the texts that are tried in each place, one after another
	files map[string]*plot
	other fstest.MapFS // files without places
	// added has the renamed copies of files, by path (see rename).
	added fstest.MapFS
	// fields says, by the name of each field, whether the field takes arbitrary text.
	fields map[string]bool
}

// plot is a file of a garden.
type plot struct {
	name          string
	before, after []*line
	root          *tree
	isJSON        bool
	printed       []*line
}

// line is a line of a file. Each place, key and value of the file is on a line of its own.
type line struct {
	text   string
	place  *place
	key    *place // the key of the value on the line
	branch *tree  // the outermost added value that the line belongs to
	value  *tree  // the value of the key, or the item, that begins on the line
}

// place is a place in a file where a text is tried. The text is added to what the author wrote.
type place struct {
	field string // the field in the schema: a type or a kind of file, and a key; "" if no text is tried here
	own   string // the text that the author wrote there
	plain bool   // whether the text needs no quotation marks
	rung  int    // index of the text that is tried now; len(garden.texts) if all were refused
	print func(text string) string
}

// tree is a value of a YAML file. In a mapping, `keys` has the keys and `items` their values; otherwise `keys` is nil.
type tree struct {
	node   *yaml.Node
	keys   []*place
	items  []*tree
	place  *place // the text of a scalar; otherwise nil
	around *tree  // the list or mapping that has this value
	kind   yaml.Kind
	added  bool // whether the author did not write this value; such a value is left out if it is refused
	gone   bool
}

// grow makes a garden of a content folder. It adds every field that a type of the content has and no file uses.
func grow(t *testing.T, content fstest.MapFS, texts []string) *garden {
	t.Helper()
	g := &garden{texts: texts, files: map[string]*plot{}, other: fstest.MapFS{}, added: fstest.MapFS{}}
	seen := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(content)) {
		data := string(content[name].Data)
		p := &plot{name: name}
		switch path.Ext(name) {
		case ".json":
			p.isJSON = true
		case ".yaml":
		case ".md":
			front, body, ok := strings.Cut(strings.TrimPrefix(data, "---\n"), "\n---\n")
			if !ok {
				g.other[name] = content[name]
				continue
			}
			p.before = []*line{{text: "---"}}
			p.after = []*line{{text: "---"}}
			for _, text := range strings.Split(body, "\n") {
				p.after = append(p.after, &line{text: text})
			}
			p.after = append(p.after, markdownPlaces()...)
			data = front
		case ".svg":
			p.before = drawingPlaces(data)
			g.files[name] = p
			continue
		default:
			g.other[name] = content[name]
			continue
		}
		var document yaml.Node
		if err := yaml.Unmarshal([]byte(data), &document); err != nil {
			t.Fatal(name, err)
		}
		types := decoded.of(name)
		if len(types) == 0 && !p.isJSON {
			t.Errorf("%s is decoded into no type", name)
		}
		p.root = plant(document.Content[0], indirect(types), base(name), seen)
		g.files[name] = p
	}
	for _, name := range slices.Sorted(maps.Keys(g.files)) {
		if p := g.files[name]; p.root != nil && !p.isJSON {
			p.root.complete(indirect(decoded.of(name)), base(name), seen)
		}
	}
	g.fields = seen
	return g
}

// base returns the kind of a file: *.md, a pattern such as text/*.yaml, or the name of the file.
func base(name string) string {
	if path.Ext(name) == ".md" {
		return "*.md"
	}
	if strings.Contains(name, "text/") {
		return path.Dir(name) + "/*.yaml"
	}
	return path.Base(name)
}

// plant makes a tree of a node that is decoded into one of these types. `at` is the field of the node. `seen` collects the fields that
// have a value.
func plant(node *yaml.Node, types []reflect.Type, at string, seen map[string]bool) *tree {
	v := &tree{node: node, kind: node.Kind}
	seen[at] = seen[at] || slices.ContainsFunc(types, isText)
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i].Value
			k := &place{own: key, plain: node.Content[i].Style == 0}
			if anyKeys(types) {
				k.field = at + ": (key)"
				seen[k.field] = true
			}
			v.keys = append(v.keys, k)
			v.items = append(v.items, plant(node.Content[i+1], elements(types, key), below(types, at, key), seen))
		}
	case yaml.SequenceNode:
		for _, item := range node.Content {
			v.items = append(v.items, plant(item, elements(types, ""), at+"[]", seen))
		}
	default:
		v.place = &place{own: node.Value, plain: node.Style == 0}
		if len(types) == 0 || slices.ContainsFunc(types, isText) {
			v.place.field = at
		}
	}
	return v
}

// complete adds to a value, and to the values in it, the fields that no file has.
func (v *tree) complete(types []reflect.Type, at string, seen map[string]bool) {
	switch v.kind {
	case yaml.MappingNode:
		for i, key := range v.keys {
			v.items[i].complete(elements(types, key.own), below(types, at, key.own), seen)
		}
		for _, t := range types {
			if t.Kind() != reflect.Struct || isText(t) || isValue(t) {
				continue
			}
			fields := fieldsOf(t)
			for _, key := range slices.Sorted(maps.Keys(fields)) {
				if name := below(types, at, key); !has(seen, name) {
					v.keys = append(v.keys, &place{own: key, plain: true})
					v.items = append(v.items, made(indirect([]reflect.Type{fields[key]})[0], name, seen))
				}
			}
		}
		if len(v.items) == 0 && anyKeys(types) && len(types) > 0 && !has(seen, at+": *") {
			made := made(types[0], at, seen)
			v.keys, v.items = made.keys, made.items
		}
	case yaml.SequenceNode:
		for _, item := range v.items {
			item.complete(elements(types, ""), at+"[]", seen)
		}
		if len(v.items) == 0 && len(types) > 0 && !has(seen, at+"[]") {
			v.items = made(types[0], at, seen).items
		}
	}
}

// made makes a value of a type, for the field `at`, which no file has.
func made(t reflect.Type, at string, seen map[string]bool) *tree {
	seen[at] = seen[at] || isText(t)
	v := &tree{added: true}
	switch {
	case isText(t):
		v.kind, v.place = yaml.ScalarNode, &place{field: at, own: "x"}
	case t.Kind() == reflect.Int, t == reflect.TypeFor[strictyaml.Number]():
		v.kind, v.place = yaml.ScalarNode, &place{own: "1", plain: true}
	case t.Kind() == reflect.Bool:
		v.kind, v.place = yaml.ScalarNode, &place{own: "false", plain: true}
	case isValue(t):
		v.kind, v.place = yaml.ScalarNode, &place{own: "2026-01-01", plain: true}
	case t.Kind() == reflect.Struct:
		v.kind = yaml.MappingNode
		fields := fieldsOf(t)
		for _, key := range slices.Sorted(maps.Keys(fields)) {
			v.keys = append(v.keys, &place{own: key, plain: true})
			v.items = append(v.items, made(indirect([]reflect.Type{fields[key]})[0], below([]reflect.Type{t}, at, key), seen))
		}
	case t.Kind() == reflect.Map, strings.HasPrefix(t.Name(), "Map["):
		v.kind = yaml.MappingNode
		v.keys = []*place{{field: at + ": (key)", own: "ja"}}
		v.items = []*tree{made(elements([]reflect.Type{t}, "")[0], at+": *", seen)}
	default:
		v.kind = yaml.SequenceNode
		v.items = []*tree{made(elements([]reflect.Type{t}, "")[0], at+"[]", seen)}
	}
	return v
}

func has(seen map[string]bool, name string) bool {
	_, ok := seen[name]
	return ok
}

// markdownPlaces returns lines of Markdown: one for each form of markup, with a place for the text that is tried in it. An empty line
// comes before each.
func markdownPlaces() (lines []*line) {
	for _, form := range []string{
		"%s", "# %s", "## %s", "### %s {#x-%s}", "- %s", "1. %s", "> %s", "**%s**", "*%s*", "`%s`", "[%s](https://www.example.jp/)",
		"[a](https://www.example.jp/%s)", "[a](%s)", "[a](faq:%s)", "[a](#%s)", "<https://www.example.jp/%s>", "![%s](card)", "{term:%s}", "{fact:%s}", "{policy:%s}", "{picture:%s}",
		"{ui:%s}", "{literal:%s}", "{漢字|%s}", "{%s|かんじ}", "{%s}", "H{sub:%s}", "H~%s~", "<!-- %s -->", "&%s;", "~~%s~~", "***%s", "| %s | b |\n|---|---|\n| c | %s |",
		"::: note %s\nA\n:::", "::: note\n%s\n:::", "::: important\n%s\n:::", "::: example\n%s\n:::", "::: steps %s\n1. a\n:::", "::: if %s\nA\n:::", "::: until %s\nA\n:::", "::: from %s\nA\n:::",
		"::: timeline %s\n| a | b |\n|---|---|\n| c | d |\n:::", "::: table %s\n| a | b |\n|---|---|\n| c | d |\n:::", "::: %s\nA\n:::",
	} {
		p := &place{field: "Markdown: " + form}
		p.print = func(text string) string { return strings.ReplaceAll(form, "%s", strings.TrimSpace(text)) }
		lines = append(lines, &line{}, &line{place: p})
	}
	return lines
}

var drawn = regexp.MustCompile(`([\w-]+)="([^"]*)"|>([^<]+)<`)

// drawingPlaces returns the lines of a drawing, with a place in each attribute's value and in each text.
func drawingPlaces(data string) (lines []*line) {
	from := 0
	for _, at := range drawn.FindAllStringSubmatchIndex(data, -1) {
		start, end := at[4], at[5]
		what := ""
		if start < 0 {
			start, end, what = at[6], at[7], "text"
		} else {
			what = data[at[2]:at[3]]
		}
		own, lead, last := data[start:end], data[from:start], ""
		if what != "text" {
			end++
			last = `"`
		}
		p := &place{field: "drawing: " + what, own: own}
		p.print = func(text string) string {
			return strings.ReplaceAll(lead, "\n", " ") + own + strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(text) + last
		}
		lines = append(lines, &line{place: p})
		from = end
	}
	for _, raw := range []string{"<x-poly>", "<script>x-poly</script>", `<rect onclick="x-poly" width="1" height="1"/>`, "<style>x-poly</style>", "<!-- x-poly -->", "<?x-poly?>", "<![CDATA[<x-poly>]]>"} {
		p := &place{field: "drawing: " + raw}
		p.print = func(text string) string {
			if text == "" {
				return ""
			}
			return raw
		}
		lines = append(lines, &line{place: p})
	}
	end := strings.LastIndex(data, "</svg>")
	lines = slices.Insert(lines, len(lines)-7, &line{text: data[from:end]})
	return append(lines, &line{text: data[end:]})
}

// text returns the text that is tried in a place now, or "" if the place has only the author's text.
func (g *garden) text(p *place) string {
	if p.field == "" || p.rung >= len(g.texts) {
		return ""
	}
	return g.texts[p.rung]
}

func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case c == '\n':
			b.WriteString(`\n`)
		case c < 0x20 || c == 0x2028 || c == 0x2029:
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String() + `"`
}

// scalar returns a place's text as YAML or JSON.
func (g *garden) scalar(p *place) string {
	if text := g.text(p); text != "" {
		return quoted(p.own + text)
	}
	if p.plain {
		return p.own
	}
	return quoted(p.own)
}

// print returns a file with the present texts, and records which line of the file is which.
func (g *garden) print(p *plot) []byte {
	p.printed = nil
	for _, l := range p.before {
		p.printed = append(p.printed, l)
	}
	if p.root != nil {
		g.printTree(p, p.root, line{}, "", "")
	}
	p.printed = append(p.printed, p.after...)
	var b bytes.Buffer
	var lines []*line
	for _, l := range p.printed {
		text := l.text
		if l.place != nil && l.place.print != nil {
			text = ""
			if planted := g.text(l.place); planted != "" || l.place.own != "" {
				text = l.place.print(planted)
			}
		}
		b.WriteString(text + "\n")
		for range 1 + strings.Count(text, "\n") {
			lines = append(lines, l)
		}
	}
	p.printed = lines
	return b.Bytes()
}

// printTree prints a value. Its lines begin as copies of `at`. Each line begins with `indent`, and the last one ends with `end`.
func (g *garden) printTree(p *plot, v *tree, at line, indent, end string) {
	write := func(text string, place *place) {
		l := at
		l.text, l.place, l.value = indent+text, place, v
		p.printed = append(p.printed, &l)
	}
	var kept []int
	for i, item := range v.items {
		if !item.gone {
			kept = append(kept, i)
		}
	}
	open, shut := "", ""
	if v.place == nil && (p.isJSON || len(kept) == 0) {
		open, shut = "{", "}"
		if v.kind == yaml.SequenceNode {
			open, shut = "[", "]"
		}
	}
	switch {
	case v.place != nil && p.isJSON && v.node.ShortTag() != "!!str":
		write(v.node.Value+end, nil)
	case v.place != nil && p.isJSON:
		write(quoted(v.place.own+g.text(v.place))+end, v.place)
	case v.place != nil:
		write(g.scalar(v.place), v.place)
	case open != "":
		write(open, nil)
	}
	for n, i := range kept {
		item, comma := v.items[i], ""
		if p.isJSON && n+1 < len(kept) {
			comma = ","
		}
		inner := line{branch: at.branch}
		item.around = v
		if item.added && inner.branch == nil {
			inner.branch = item
		}
		first := inner
		first.value = item
		if v.keys != nil {
			inner.key, first.place = v.keys[i], v.keys[i]
			first.text = indent + g.scalar(inner.key) + ":"
			if p.isJSON {
				first.text = indent + quoted(inner.key.own+g.text(inner.key)) + ":"
			}
			p.printed = append(p.printed, &first)
		} else if !p.isJSON {
			first.text = indent + "-"
			p.printed = append(p.printed, &first)
		}
		g.printTree(p, item, inner, indent+"  ", comma)
	}
	if shut != "" {
		write(shut+end, nil)
	}
}

// content returns the folder with all files as they are now.
func (g *garden) content() fstest.MapFS {
	content := maps.Clone(g.other)
	maps.Copy(content, g.added)
	for name, p := range g.files {
		content[name] = &fstest.MapFile{Data: g.print(p)}
	}
	return content
}
