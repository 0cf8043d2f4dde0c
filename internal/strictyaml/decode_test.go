package strictyaml

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
)

type sample struct {
	Name Text   `yaml:"name"`
	Note string `yaml:"note,optional"`
	shared
	Shown bool           `yaml:"shown,optional"`
	Day   civil.Date     `yaml:"day,optional"`
	Until *When          `yaml:"until,optional"`
	Tags  []Text         `yaml:"tags,optional"`
	Inner *sample        `yaml:"inner,optional"`
	More  Map[string]    `yaml:"more,optional"`
	Plain map[string]int `yaml:"plain,optional"`
}

// shared has a key that sample also has, because sample embeds shared.
type shared struct {
	Count int `yaml:"count,optional"`
}

// decode decodes a text that is below one other line in the file, as front matter is.
func decode(text string) (sample, []diag.Diagnostic, *diag.File) {
	f := &diag.File{Name: "x.yaml", Data: []byte("---\n" + text)}
	var s sample
	found := Decode(f, 4, len(f.Data), &s)
	return s, found, f
}

// A value in a text field stays the text that was typed, even if it looks like a number, a boolean or a day.
func TestTextStaysText(t *testing.T) {
	for _, value := range []string{"no", "on", "012", "1.10", "1e3", "12:30", "2025-12-02", "null", "true", "~x", "0x1F", "+81"} {
		s, found, f := decode("name: " + value + "\n")
		if len(found) > 0 || s.Name.Value != value {
			t.Errorf("%s: got %q, %v", value, s.Name.Value, found)
		}
		if got := string(f.Data[s.Name.Offset:][:len(value)]); got != value {
			t.Errorf("%s: the offset points at %q", value, got)
		}
	}
	for text, want := range map[string]string{`"引用 \"符\""`: `引用 "符"`, `'a: b'`: "a: b"} {
		if s, found, _ := decode("name: " + text + "\n"); len(found) > 0 || s.Name.Value != want {
			t.Errorf("%s: got %q, %v", text, s.Name.Value, found)
		}
	}
}

func TestDecodesEveryType(t *testing.T) {
	s, found, _ := decode("name: a\ncount: -3\nshown: true\nday: 2024-02-29\ntags: [x, 'y']\ninner: {name: b}\nmore:\n  z: 1\n  a: 2\nplain: {n: 4}\n")
	if len(found) > 0 {
		t.Fatal(found)
	}
	got := fmt.Sprintf("%v %v %v %v %v %v %v %v", s.Count, s.Shown, s.Day, s.Tags, s.Inner.Name, s.More[0].Key, s.More[1].Value, s.Plain["n"])
	if want := "-3 true 2024-02-29 [x y] b z 2 4"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMistakes(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"titel: a\nname: b\n", "2:1 yaml-unknown-key"},
		{"note: a\n", "2:1 yaml-missing-key"},
		{"naem: a\n", "2:1 yaml-unknown-key"},
		{"titel: a\n", "2:1 yaml-unknown-key 2:1 yaml-missing-key"},
		{"name: a\ninner: {naem: b}\n", "3:9 yaml-unknown-key"},
		{"naem: a\ninner: {note: b}\n", "2:1 yaml-unknown-key 3:8 yaml-missing-key"},
		{"name: a\nname: b\n", "3:1 yaml-repeated-key"},
		{"name: [a]\n", "2:7 yaml-want-quotes"},
		{"name: \n", "2:6 yaml-empty"},
		{"name: a\ntags: b\n", "3:7 yaml-want-list"},
		{"name: a\ninner: b\n", "3:8 yaml-want-map"},
		{"name: a\ncount: 012\n", "3:8 yaml-want-integer"},
		{"name: a\ncount: \"1\"\n", "3:8 yaml-want-integer"},
		{"name: a\ncount: 1.0\n", "3:8 yaml-want-integer"},
		{"name: a\nshown: no\n", "3:8 yaml-want-boolean"},
		{"name: a\nday: 2025-02-30\n", "3:6 yaml-want-date"},
		{"name: a\nday: 2025/13/02\n", "3:6 yaml-want-date"},
		{"name: &x a\nnote: *x\n", "2:7 yaml-alias 3:7 yaml-alias"},
		{"name: a\n<<: {note: b}\n", "3:1 yaml-alias"},
		{"name: !!str a\n", "2:7 yaml-tag"},
		{"name: !!python/object a\n", "2:7 yaml-tag"},
		{"name：a\n", "2:5 yaml-fullwidth-colon"},
		{"name: a\ninner:\n\u3000name: b\n", "4:1 yaml-fullwidth-space"},
		{"name: a\ninner:\n\tname: b\n", "4:1 yaml-tab"},
		{"name: a\n---\nname: b\n", "3:1 yaml-documents"},
		{"name: a: b\n", "2:8 yaml-colon-in-text"},
		{"name: \"a\n", "2:7 yaml-quote-unclosed"},
		{"name: \"a\nnote: \"b\"\nlist: [c]\n", "2:7 yaml-quote-unclosed"},
		{"name: \"a\"b\n", "2:10 yaml-after-quote"},
		{"name: a\nnote :\"b\"\nlist: [c]\n", "3:6 yaml-colon-space"},
		{"name: a\nlist: [\"a\n", "3:8 yaml-quote-unclosed"},
		{"name: \"a\nnote: 'b\n\n\n\n\n", "8:1 yaml-open-quote"},
		{"name: a\ntags:\n  - b\n   - c\n  - d\n", "5:4 yaml-indent"},
		{"name: a\ntags:\n  、 b\n  - c\n", "4:3 yaml-want-list"},
		{"name: （An answer\"\n", "2:17 yaml-quote-alone"},
		{"name: a\ntags:\n  - b\n  - c\"\n", "5:6 yaml-quote-alone"},
		{"inner: {name: a}}\nlist: [b]\n", "2:17 yaml-close-bracket"},
		{"list:\n  - {name: \"a}}\"}\n  - {name: b}}\n", "4:14 yaml-close-bracket"},
		{"map:\n  name: 診\n療  note: a\n  list: [b]\n", "4:1 yaml-line-start"},
		{"name: @a\n", "2:7 yaml-bad-start"},
		{"note: x\nname: {fact:a}まで\n", "3:7 yaml-bad-start"},
		{"name: {fact:a}\n", "2:7 yaml-want-quotes"},
		{"name: a\nuntil: {fact:a}\n", "3:8 day-braces"},
		{"name: a\nuntil: {fact:a:both}\n", "3:8 day-braces"},
		{"name: a\nuntil: {a: b}\n", "3:8 yaml-want-quotes"},
		{"name: a\nday: {fact:a}\n", "3:6 yaml-want-date"},
		{"name: a\ncount: {fact:a}\n", "3:8 yaml-want-integer"},
		{"name: [電話](tel:1)です\n", "2:7 yaml-bad-start"},
		{"name: `a`\n", "2:7 yaml-bad-start"},
		{"name: **a**\n", "2:7 yaml-bad-start"},
		{"name: %a\n", "2:7 yaml-bad-start"},
		{"name: | a\n", "2:7 yaml-bad-start"},
		{"name: - a\n", "2:7 yaml-bad-start"},
		{"name: > a\n", "2:7 yaml-bad-start"},
		{"tags:\n  - ab\n  - {fact:a}まで\n", "4:5 yaml-bad-start"},
		{"name:質問\nnote: a\n", "2:5 yaml-colon-space"},
		{"note: a\nname:質問\n", "3:5 yaml-colon-space"},
		{"name: 急なときは #7119 に電話します\n", "2:13 yaml-comment-in-text"},
		{"name: Card #1\n", "2:12 yaml-comment-in-text"},
		{"name: yes #1\n", "2:11 yaml-comment-in-text"},
		{"name: #7119に電話します\n", "2:7 yaml-comment-in-text"},
		{"name: 一行目\n  二行目 # 注意\n", "3:7 yaml-comment-in-text"},
		{"name: a\ntags:\n  - 急な #7119\n", "4:8 yaml-comment-in-text"},
		{"name: 救急のときは\n  #7119 に電話します\n", "3:3 yaml-comment-line"},
		{"name: 救急のときは\n\n  #7119 に電話します\nnote: b\n", "4:3 yaml-comment-line"},
		{"name: 救急のときは\n#7119 に電話します\n", "3:1 yaml-comment-line"},
		{"name: 救急の\n  ときは\n  #7119\n", "4:3 yaml-comment-line"},
		{"name:\n  #7119 に\n  電話します\n", "3:3 yaml-comment-line"},
		{"name: |\n  救急のときは\n#7119 に電話します\n", "4:1 yaml-comment-line"},
		{"name: |\n  救急のときは\n #7119 に電話します\n", "4:2 yaml-comment-line"},
		{"name: >\n  救急のときは\n#7119 に電話します\nnote: b\n", "4:1 yaml-comment-line"},
		{"name: yes\n  #1\n", "3:3 yaml-comment-line"},
		{"name: a\ntags:\n  - 急な\n    #7119\n  - b\n", "5:5 yaml-comment-line"},
		{"name: a\ntags:\n  - 急な\n   #7119\n  - b\n", "5:4 yaml-comment-line"},
		{"name: a\ntags: [夜,\n  #7119,\n  昼]\n", "4:3 yaml-comment-line"},
		{"name: a\ntags: [夜, # 7119,\n  昼]\n", "3:11 yaml-comment-in-text"},
		{"name: a\nmore: {a: 夜,\n  #7119,\n  b: 昼}\n", "4:3 yaml-comment-line"},
		{"name: a\nmore:\n  a: 夜\n    #7119\n  b: 昼\n", "5:5 yaml-comment-line"},
		{"name: #7119 に\n  電話します\n", "2:7 yaml-comment-in-text"},
		{"name: a\ntags:\n  - #7119 に\n    電話します\n", "4:5 yaml-comment-in-text"},
		{"name: a\nmore:\n  a: 夜\n#7119 に電話します\n", "5:1 yaml-comment-line"},
		{"name: ! 注意\n", "2:7 yaml-tag"},
		{"name: !注意\n", "2:7 yaml-bad-start"},
		{"name: !\n", "2:7 yaml-tag"},
		{"name: \"あ\\x03い\"\n", "2:9 character-control"},
		{"name: \"あ\\0い\"\n", "2:9 character-control"},
		{"name: \"あ\\u202eい\"\n", "2:9 character-bidi"},
		{"name: \"あ\\uFFFEい\"\n", "2:9 character-control"},
		{"name: \"あ\\u2028い\"\n", "2:9 character-control"},
		{"name: \"あ\\u200bい\"\n", "2:9 character-invisible"},
		{"name: \"あ\\u00adい\"\n", "2:9 character-invisible"},
		{"name: \"あ\\U000E0041い\"\n", "2:9 character-invisible"},
		{"name: \"あ\n  い\n  う\\u202eえ\n  お\"\n", "4:4 character-bidi"},
		{"name: \"👨\\u200d👩 a\\u200db \\\"\\u202ec\"\n", "2:18 character-invisible 2:28 character-bidi"},
		{"\"na\\u200bme\": a\n", "2:4 character-invisible"},
		{"name: a\nmore: {\"\\0\": a}\n", "3:9 character-control"},
		{"name: a\nnote: \"go\\x03od\"\nday: \"2026-12\\x7f-01\"\n", "3:10 character-control 4:14 character-control"},
		{"name: " + strings.Repeat("[", 30), "2:37 yaml-open-bracket"},
		{"name: a\ntags:\n  - x\n - y\nnote: c\n", "5:2 yaml-indent"},
		{"name: a\nmore: {a: b\nnote: c\n", "3:12 yaml-open-bracket"},
		{"tags: " + strings.Repeat("[", 25) + strings.Repeat("]", 25) + "\n", "2:27 yaml-too-deep"},
	} {
		_, found, _ := decode(test.text)
		var got []string
		for _, d := range found {
			got = append(got, fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Code))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q: got %v, want %s", test.text, got, test.want)
		}
	}
}

// A mistake is reported at the line where it was made, even if the parser stops many lines later.
func TestSlipsThatNoYAMLTells(t *testing.T) {
	const whole = `# Words
layers:
  - layer: first
    means: {ja: "一つ目", en: the first}
    list: [a, b, c]
  - layer: second
    means: {ja: "二つ目", en: the second}
    say:
      - to: someone
        own: "Hello."
texts:
  first:
    title: A title
    text: "A text"
  second:
    title: 別の題
    all:
      - one
      - two
      - three
  # A note
  long: [a, b,
    c, d,
    e, f]
last:
  key: value
`
	for _, test := range []struct {
		line     int
		old, new string
		column   int
		code     diag.Code
	}{
		{4, "first}", "first", 37, "yaml-open-bracket"},
		{4, "ja:", "ja{", 15, "yaml-no-colon"},
		{4, "en:", "en[", 26, "yaml-no-colon"},
		{4, "first", "fi[rst", 34, "yaml-mark-in-flow"},
		{4, "\", en", "\" en", 23, "yaml-no-comma"},
		{4, "目\"", "目", 17, "yaml-quote-unclosed"},
		{4, "first}", "first]", 37, "yaml-close-bracket"},
		{4, "means:", "means", 10, "yaml-no-colon"},
		{4, "{ja", "ja", 14, "yaml-colon-in-text"},
		{5, "c]", "c", 19, "yaml-open-bracket"},
		{10, "        own", "       #own", 8, "yaml-comment-entry"},
		{13, "    title", "   #title", 4, "yaml-comment-entry"},
		{14, "    text", "#   text", 1, "yaml-comment-entry"},
		{19, "      - two", "     #- two", 6, "yaml-comment-entry"},
		{5, "c]", "c}", 19, "yaml-close-bracket"},
		{5, "b, c", "b,, c", 17, "yaml-no-entry"},
		{5, "[a", "[[a", 21, "yaml-open-bracket"},
		{5, "b", "b #", 17, "yaml-comment-in-text"},
		{5, "list:", "list: [x],", 11, "yaml-bad-start"},
		{7, "目\", en", "目\" en", 23, "yaml-no-comma"},
		{9, "- to", "-to", 7, "yaml-dash-space"},
		{9, "to:", "to", 11, "yaml-no-colon"},
		{9, " -", "  -", 8, "yaml-indent"},
		{6, " - ", "-  ", 2, "yaml-indent"},
		{12, "  first", " 、first", 2, "yaml-line-start"},
		{12, "first:", "first・", 8, "yaml-no-colon"},
		{12, "  first", "   first", 4, "yaml-indent"},
		{14, "\"A", "\"\"A", 13, "yaml-after-quote"},
		{16, "title:", "title", 10, "yaml-no-colon"},
		{16, "title: ", "title:", 10, "yaml-colon-space"},
		{17, "all:", "all", 8, "yaml-no-colon"},
		{19, "- two", "、 two", 7, "yaml-dash-space"},
		{19, "      - two", "   、  - two", 4, "yaml-line-start"},
		{19, "- two", "-two", 7, "yaml-dash-space"},
		{40, "#", "・", 3, "yaml-syntax"},
		{42, "c, d", "c,, d", 7, "yaml-no-entry"},
		{42, "c, d", "c}, d", 6, "yaml-close-bracket"},
	} {
		lines := strings.SplitAfter(strings.Replace(whole, "      - three\n", strings.Repeat("      - three\n", 20), 1), "\n")
		changed := strings.Replace(lines[test.line-1], test.old, test.new, 1)
		if changed == lines[test.line-1] {
			t.Fatalf("line %d has no %q", test.line, test.old)
		}
		lines[test.line-1] = changed
		f := &diag.File{Name: "x.yaml", Data: []byte(strings.Join(lines, ""))}
		var found []string
		for _, d := range Decode(f, 0, len(f.Data), &struct{}{}) {
			found = append(found, fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Code))
		}
		if want := fmt.Sprintf("%d:%d %s", test.line, test.column, test.code); strings.Join(found, " ") != want {
			t.Errorf("%q: got %v, want %s", changed, found, want)
		}
	}
}

// A wrong character before the key of a long block is reported there, although the parser stops at the next block.
func TestSlipAboveALongBlock(t *testing.T) {
	text := "texts:\n。 first:\n" + strings.Repeat("    one: text\n", 40) + "  second:\n    one: text\n"
	f := &diag.File{Name: "x.yaml", Data: []byte(text)}
	found := Decode(f, 0, len(f.Data), &struct{}{})
	if len(found) != 1 || found[0].Line != 2 || found[0].Code != "yaml-line-start" {
		t.Errorf("got %v", found)
	}
}

// Decode refuses hostile files quickly, with a diagnostic.
func TestHostile(t *testing.T) {
	bomb := "a: &a [x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c,*%c,*%c]\n", c, c, c-1, c-1, c-1)
	}
	for _, text := range []string{bomb, strings.Repeat("[", 100_000), "name: " + strings.Repeat("{a: ", 9_000), strings.Repeat("- ", 9_000)} {
		if _, found, _ := decode(text); !diag.HasErrors(found) {
			t.Errorf("%.20q…: no error", text)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("name: a\ntags: [b, c]\ninner: {name: d}\n")
	f.Add("name：a\n\t\u3000&x *y !!z")
	f.Fuzz(func(t *testing.T, text string) {
		s, found, file := decode(text)
		if len(found) == 0 && s.Name.Value == "" {
			t.Error("a required value is empty, and nothing was said")
		}
		if s.Name.Offset > len(file.Data) {
			t.Error("offset outside the file")
		}
	})
}

// Comments may be on lines of their own, and after a quoted text, an id or a number. They do not change any value.
func TestCommentsThatTakeNothing(t *testing.T) {
	for text, want := range map[string]string{
		"# いちばん上\nname: はい。\n# 下\n":                           "はい。",
		"name: \"はい。\" # 覚え書き\n":                              "はい。",
		"# name: a\n#name: b\nname: はい。\n# name: c\n":         "はい。",
		"name: my_number_card # the card\n":                   "my_number_card",
		"name: はい。# ここは文\n":                                   "はい。# ここは文",
		"name: C#の#1\n":                                       "C#の#1",
		"count: 3 # three\nname: a\n":                         "a",
		"count: 3\n  # three\nname: a\n":                      "a",
		"name: はい。\n# 覚え書き\nnote: b\n":                        "はい。",
		"name: |\n  はい。\n\n# 覚え書き\nnote: b\n":                 "はい。",
		"name: |\n  はい\n  #1\n":                               "はい #1",
		"name: \"はい。\"\n  # 覚え書き\n":                           "はい。",
		"name: \"はい\n  #1\"\n":                                "はい #1",
		"name: a\ntags:\n  # 覚え書き\n  - 急な\n  # 別の\n  - b\n":   "a",
		"name: a\nmore:\n  # 覚え書き\n  x: 急な\n  # 別の\n  y: b\n": "a",
		"name: a\ntags: [a, # one\n  b]\n":                    "a",
		"name: a\ntags: [\"#1\", 'it''s #1', c#2]\n":          "a",
	} {
		if s, found, _ := decode(text); len(found) > 0 || s.Name.Value != want {
			t.Errorf("%q: got %q, %v", text, s.Name.Value, found)
		}
	}
}

// The lines of a text are joined as in a body: without a space in Japanese, and with one space in other languages.
func TestLinesAreJoined(t *testing.T) {
	for text, want := range map[string]string{
		"name: はい。\n  つづきです。\n":           "はい。つづきです。",
		"name: \"はい。\n  つづき\"\n":          "はい。つづき",
		"name: >\n  はい。\n  つづき\n":         "はい。つづき",
		"name: |\n  はい。\n  つづき\n":         "はい。つづき",
		"name: this is\n  one text\n":     "this is one text",
		"name: びょういんに 行って\n  ください\n":      "びょういんに 行ってください",
		"name: |\n  one\n  two\n":         "one two",
		"name: \"{year}年\n  {month}月\"\n": "{year}年{month}月",
		"name: \"{year}\n  年\"\n":         "{year}年",
		"name: \"{n}\n  of {m}\"\n":       "{n} of {m}",
		// Only package markdown knows what readers see in place of markup.
		"name: \"その\n  {term:x}\n  は\"\n": "その\n{term:x}\nは",
		"name: もう\n  **一度** 言う\n":         "もう\n**一度** 言う",
	} {
		if s, found, _ := decode(text); len(found) > 0 || s.Name.Value != want {
			t.Errorf("%q: got %q, %v", text, s.Name.Value, found)
		}
	}
}

// The finding about a colon after a key has an edit that adds the missing space. There is no edit if the line may be part of a text.
func TestColonIsMended(t *testing.T) {
	for text, want := range map[string]string{
		"note: a\nname:質問\n":       "name: 質問",
		"note: a\nname:　質問\n":      "name: 質問",
		"note: a\nname:\u00a0質問\n": "name: 質問",
		"name: a\n注意:質問\n":         "",
	} {
		_, found, f := decode(text)
		got := ""
		if len(found) == 1 && len(found[0].Mend) == 1 {
			edit := found[0].Mend[0]
			line := string(f.Data[bytes.LastIndexByte(f.Data[:edit.Offset], '\n')+1:])
			got, _, _ = strings.Cut(strings.Replace(line, edit.Old, edit.New, 1), "\n")
		}
		if got != want {
			t.Errorf("%q: got %q, %v", text, got, found)
		}
	}
}
