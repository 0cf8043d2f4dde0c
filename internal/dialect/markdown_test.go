package dialect

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
)

// testResolver writes tokens, links and periods so that tests can recognise their parts. Each term becomes a word in kanji.
type testResolver struct{}

func (testResolver) Token(t markdown.Token, mode markdown.Mode) markup.Phrase {
	name := strings.TrimSuffix(t.Namespace+":"+t.ID+":"+t.Format, ":")
	if t.Namespace == "term" {
		name = "確認書"
	}
	if mode == markdown.Rich {
		return markup.Phrase{HTML: `<a href="#t">` + markup.Escape(name) + "</a>", Plain: name}
	}
	return markup.Phrase{HTML: "<span>" + markup.Escape(name) + "</span>", Plain: name}
}

func (testResolver) Text(text string) markup.HTML { return markup.Escape(text) }

func (testResolver) Link(destination string, mode markdown.Mode) (href string, title markup.Phrase, external bool) {
	if id, isQuestion := strings.CutPrefix(destination, "faq:"); isQuestion {
		return id + ".html", markup.Words("Title <of> " + id), false
	}
	return destination, markup.Phrase{}, strings.HasPrefix(destination, "http")
}

func (testResolver) Period(p markdown.Period) (from, until civil.Date, summary markup.HTML) {
	day := func(word string) civil.Date {
		if d, err := civil.Parse(word); err == nil {
			return d
		}
		if word != "" {
			return civil.Of(2030, 12, 31)
		}
		return civil.Unset
	}
	if p.Announced {
		return day(p.From), civil.Unset, markup.Escape("announced " + p.From)
	}
	return day(p.From), day(p.Until), markup.Escape(p.From + "〜" + p.Until)
}

func (testResolver) Holds(c markdown.Condition) bool { return slices.Contains(c.Values, "yes") }

func (testResolver) Label(name string, _ markdown.Mode) markup.Phrase {
	return markup.Words("[" + name + "]")
}

func parse(t testing.TB, source string) (*markdown.Body, []diag.Diagnostic) {
	t.Helper()
	f := &diag.File{Name: "ja.md", Data: []byte(source)}
	return ParseBody(f, 0, len(f.Data))
}

func TestHTML(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"paragraphs", "一つ。\n\ntwo & <3\n", "<p>一つ。</p>\n<p>two &amp; &lt;3</p>"},
		{"headings", "## 題 {#a-1}\n### x\n## {term:a}と[b](faq:c)\n", `<h2 id="a-1">題</h2>` + "\n" +
			`<h3 id="s2">x</h3>` + "\n" + `<h2 id="s3"><span>確認書</span>と<a href="c.html">b</a></h2>`},
		{"strong and code", "**a** *b* `c <d>`", "<p><strong>a</strong> <em>b</em> <code>c &lt;d&gt;</code></p>"},
		{"lists", "- a\n- b\n  1. c\n  2. d\n\n3. e\n", "<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol>\n</li></ul>\n" +
			`<ol start="3"><li>e</li></ol>`},
		{"list with an empty line", "- a\n\n- b\n", "<ul><li>a</li><li>b</li></ul>"},
		{"list with two paragraphs in an entry", "- a\n\n  b\n- c\n", "<ul><li><p>a</p>\n<p>b</p>\n</li><li><p>c</p>\n</li></ul>"},
		{"quotation and rule", "> a\n> b\n\n---\n", "<blockquote><p>a b</p>\n</blockquote>\n<hr>"},
		{"hard breaks", "a  \nb\\\nc<br>d", "<p>a<br>b<br>c<br>d</p>"},
		{"sub and sup", "H<sub>2</sub>O x<sup>**2**</sup>", "<p>H<sub>2</sub>O x<sup><strong>2</strong></sup></p>"},
		{"ruby", "{漢字|かんじ}を", "<p><ruby>漢字<rp>(<rt>かんじ<rp>)</ruby>を</p>"},
		{"tokens", "{fact:a}{fact:b:both}{policy:c}{literal:1:2 <x>}",
			`<p><a href="#t">fact:a</a><a href="#t">fact:b:both</a><a href="#t">policy:c</a>1:2 &lt;x&gt;</p>`},
		{"escapes", `\{ \* \[a\](b) \<b> &amp; &lt; &copy; \&x; \\ a\b`,
			`<p>{ * [a](b) &lt;b&gt; &amp; &lt; © &amp;x; \ a\b</p>`},
		{"carriage returns", "一\r\n二\r三\r\n\r\n- a\r\n- b\r\n", "<p>一二三</p>\n<ul><li>a</li><li>b</li></ul>"},
		{"empty", "\n  \n", ""},
	} {
		t.Run(c.name, func(t *testing.T) { checkHTML(t, c.source, c.want) })
	}
}

func TestLinks(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"external", "[a](https://x.jp/?a=1&b=2)", `<a href="https://x.jp/?a=1&amp;b=2" class="external" rel="noopener">a</a>`},
		{"entity is decoded once", "[a](https://x.jp/?a=1&amp;b=2)",
			`<a href="https://x.jp/?a=1&amp;b=2" class="external" rel="noopener">a</a>`},
		{"japanese path is encoded once", "[a](https://x.jp/健/%E5%81%A5)",
			`<a href="https://x.jp/%E5%81%A5/%E5%81%A5" class="external" rel="noopener">a</a>`},
		{"space and stray percent", "[a](<https://x.jp/a b%>)",
			`<a href="https://x.jp/a%20b%25" class="external" rel="noopener">a</a>`},
		{"quote", `[a](https://x.jp/"onclick="x)`,
			`<a href="https://x.jp/%22onclick=%22x" class="external" rel="noopener">a</a>`},
		{"parentheses", "[a](https://x.jp/a_(b))", `<a href="https://x.jp/a_(b)" class="external" rel="noopener">a</a>`},
		{"question", "[a **b**](faq:x#y)", `<a href="x#y.html">a <strong>b</strong></a>`},
		{"empty", "[](faq:x)", `<a href="x.html">Title &lt;of&gt; x</a>`},
		{"anchor", "[a](#b)", `<a href="#b">a</a>`},
		{"mail and telephone", "[a](mailto:a@b.jp)[b](tel:+81-3-1)", `<a href="mailto:a@b.jp">a</a><a href="tel:+81-3-1">b</a>`},
		{"autolink", "<https://x.jp/?a&b>",
			`<a href="https://x.jp/?a&amp;b" class="external" rel="noopener">https://x.jp/?a&amp;b</a>`},
		{"mail autolink", "<a@b.jp>", `<a href="mailto:a@b.jp">a@b.jp</a>`},
		{"no link in a link", "[{term:a}{fact:b}](faq:x)", `<a href="x.html"><span>確認書</span><span>fact:b</span></a>`},
		{"ruby in a link", "[{漢|かん}](faq:x)", `<a href="x.html"><ruby>漢<rp>(<rt>かん<rp>)</ruby></a>`},
		{"brackets", "[a] [b]: c ![d] []", "[a] [b]: c ![d] []"},
	} {
		t.Run(c.name, func(t *testing.T) { checkHTML(t, c.source, "<p>"+c.want+"</p>") })
	}
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"note", "::: note **題**と{term:a}\n本文\n:::\n",
			`<div class="note" role="note"><p class="block-title"><strong>題</strong>と<span>確認書</span></p>` + "\n<p>本文</p>\n</div>"},
		{"no title", "::: important\n- a\n:::\nb", `<div class="important" role="note"><p class="block-title">[important]</p>` +
			"\n<ul><li>a</li></ul>\n</div>\n<p>b</p>"},
		{"example in a note", ":::: note n\n::: example e\na\n:::\n::::", `<div class="note" role="note"><p class="block-title">n</p>` + "\n" +
			`<div class="example"><p class="block-title">e</p>` + "\n<p>a</p>\n</div>\n</div>"},
		{"in a list", "1. a\n\n   ::: note n\n   b\n   :::\n\n2. c", "<ol><li><p>a</p>\n" +
			`<div class="note" role="note"><p class="block-title">n</p>` + "\n<p>b</p>\n</div>\n</li><li><p>c</p>\n</li></ol>"},
		{"steps", "::: steps {手|て}順\n1. a\n2. b\n:::\n\n## h\n\n::: steps\n1. a\n:::", `<section class="steps" aria-labelledby="steps-1">` +
			`<h2 id="steps-1"><ruby>手<rp>(<rt>て<rp>)</ruby>順</h2>` + "\n<ol><li>a</li><li>b</li></ol>\n</section>\n" +
			`<h2 id="s1">h</h2>` + "\n" + `<section class="steps" aria-labelledby="steps-2"><h3 id="steps-2">[steps]</h3>` +
			"\n<ol><li>a</li></ol>\n</section>"},
		{"if", "::: if fee is no or yes\na\n:::\n::: if fee is no\nb\n\n- c\n:::\nd", "<p>a</p>\n<p>d</p>"},
		{"period", "::: from 2025-12-02 until 2026-07-31\na\n:::", `<details class="dated f20251202 u20260801" open ` +
			`data-from="2025-12-02" data-until="2026-07-31"><summary>2025-12-02〜2026-07-31</summary><div><p>a</p>` + "\n</div></details>"},
		{"an announcement", "::: from 2025-12-24 announced\na\n:::", `<details class="dated f20251224" open data-from="2025-12-24">` +
			"<summary>announced 2025-12-24</summary><div><p>a</p>\n</div></details>"},
		{"until a fact", "::: until fact:x\na\n:::", `<details class="dated u20310101" open data-until="2030-12-31">` +
			"<summary>〜fact:x</summary><div><p>a</p>\n</div></details>"},
		{"table", "## 期限 {term:a} {#a}\n| 月 | {病|びょう}\\|院 |\n|---|:-:|\n| 1 | `a\\|b` |\n| | 可 |\n",
			`<h2 id="a">期限 <span>確認書</span></h2>` + "\n" + `<div class="table" tabindex="0" role="region" aria-label="期限 確認書"><table>` +
				`<thead><tr><th scope="col">月</th><th scope="col"><ruby>病<rp>(<rt>びょう<rp>)</ruby>|院</th></tr></thead>` +
				`<tbody><tr><th scope="row">1</th><td><code>a|b</code></td></tr><tr><td></td><td>可</td></tr></tbody></table></div>`},
		{"table after text", "文\na | b\n--|--\n", "<p>文</p>\n" + `<div class="table" tabindex="0" role="region" aria-label="[table]"><table>` +
			`<thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead></table></div>`},
	} {
		t.Run(c.name, func(t *testing.T) { checkHTML(t, c.source, c.want) })
	}
}

// checkHTML fails unless the source becomes the given HTML without any findings.
func checkHTML(t *testing.T, source, want string) {
	t.Helper()
	body, found := parse(t, source)
	if got := strings.TrimSuffix(string(body.HTML(testResolver{})), "\n"); got != want {
		t.Errorf("%q\n got %s\nwant %s", source, got, want)
	}
	if len(found) > 0 {
		t.Errorf("%q: %v", source, summary(found))
	}
}

func summary(found []diag.Diagnostic) (list []string) {
	for _, d := range found {
		list = append(list, fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Code))
	}
	return list
}

func TestLineEnds(t *testing.T) {
	for source, want := range map[string]string{
		"保険\n証":            "保険証",
		"です。\n「次」":         "です。「次」",
		"です。   \t\n  次":    "です。次",
		"foo\nbar":         "foo bar",
		"保険\ncard":         "保険 card",
		"card\n保険":         "card 保険",
		"한국\n어":            "한국 어",
		"保険\n한국":           "保険 한국",
		"一。\n→次\n…注":       "一。→次…注",
		"“a”\n“b”":         "“a” “b”",
		"**保険**\n**証**":    "<strong>保険</strong><strong>証</strong>",
		"{漢|かん}\n{字|a}":    "<ruby>漢<rp>(<rt>かん<rp>)</ruby><ruby>字<rp>(<rt>a<rp>)</ruby>",
		"{term:a}\nは":      `<a href="#t">確認書</a>は`,
		"は\n{term:a}":      `は<a href="#t">確認書</a>`,
		"は\n{fact:a}":      `は <a href="#t">fact:a</a>`,
		"ｶﾅ\nカナ":           "ｶﾅカナ",
		"𠮷\n葛󠄀\n野":         "𠮷葛󠄀野",
		"１\n２":             "１２",
		"{literal:一}\n二":   "一二",
		"`x`\n二":           "<code>x</code> 二",
		"[](faq:x)\n二":     `<a href="x.html">Title &lt;of&gt; x</a> 二`,
		"二\n[三](faq:x)\n四": `二<a href="x.html">三</a>四`,
	} {
		checkHTML(t, source, "<p>"+want+"</p>")
	}
}

// The resolver gets text across line ends in one piece. It can then find terms that a line end divides.
func TestTextInOnePiece(t *testing.T) {
	var pieces textRecorder
	body, _ := parse(t, "> 資格確認\n> 書\\***と**\n\n## 題\n\n[言葉](faq:x)の")
	body.HTML(&pieces)
	if want := []string{"資格確認書*", "と", "の"}; !slices.Equal(pieces.texts, want) {
		t.Errorf("Text was called with %q, want %q", pieces.texts, want)
	}
}

type textRecorder struct {
	testResolver
	texts []string
}

func (r *textRecorder) Text(text string) markup.HTML {
	r.texts = append(r.texts, text)
	return markup.Escape(text)
}

func TestInline(t *testing.T) {
	source := "answer: 再発行は **ありません**。{漢字|かんじ}  [](faq:x) {term:a}"
	f := &diag.File{Name: "ja.md", Data: []byte(source)}
	text, found := ParseInline(f, source[8:], 8)
	if len(found) > 0 {
		t.Fatal(summary(found))
	}
	if got, want := string(text.HTML(testResolver{})), "再発行は <strong>ありません</strong>。<ruby>漢字<rp>(<rt>かんじ<rp>)</ruby> "+
		`<a href="x.html">Title &lt;of&gt; x</a> <a href="#t">確認書</a>`; got != want {
		t.Errorf("HTML\n got %s\nwant %s", got, want)
	}
	if got, want := text.Plain(testResolver{}), "再発行は ありません。漢字 Title <of> x 確認書"; got != want {
		t.Errorf("Plain\n got %s\nwant %s", got, want)
	}
	if offset, found := text.Markup(); !found || offset != strings.Index(source, "**") {
		t.Errorf("Markup = %d, %v", offset, found)
	}
	if tokens := text.Tokens(); len(tokens) != 1 || tokens[0].Offset != strings.Index(source, "{term") {
		t.Errorf("Tokens = %v", tokens)
	}
}

func TestPlain(t *testing.T) {
	body, _ := parse(t, "## {漢字|かんじ} {#a}\n一\n二  three\n\n::: note\n- a<br>b\n- **c** `d`\n:::\n\n| x | y |\n|---|---|\n| 1 | {term:q} |\n")
	want := "漢字\n一二 three\na b\nc d\nx y\n1 確認書"
	if got := body.Plain(testResolver{}); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestCollections(t *testing.T) {
	source := "x\n## 題{term:t} {#a-b}\n> 2025{年|ねん}12**月\n> {一|いち}日** {fact:f:both} 引用\n\n" +
		"[](faq:x#y) &amp;[é](https://x.jp)\n::: steps\n1. 一\n:::\n::: from 2025-01-01\n地\n:::\n::: example\n例\n:::\n"
	body, found := parse(t, "pad"+source)
	f := &diag.File{Data: []byte("pad" + source)}
	if len(found) > 0 {
		t.Fatal(summary(found))
	}
	at := func(text string) int { return strings.Index(string(f.Data), text) }
	if got, want := body.Tokens(), []markdown.Token{{Namespace: "term", ID: "t", Offset: at("{term")}, {Namespace: "fact", ID: "f", Format: "both", Offset: at("{fact")}}; !slices.Equal(got, want) {
		t.Errorf("Tokens = %v, want %v", got, want)
	}
	if got, want := body.Links(), []markdown.Link{{Destination: "faq:x#y", Offset: at("faq:x"), Empty: true}, {Destination: "https://x.jp", Offset: at("https")}}; !slices.Equal(got, want) {
		t.Errorf("Links = %v, want %v", got, want)
	}
	if got, want := body.Anchors(), []markdown.Anchor{{ID: "a-b", Offset: at("a-b")}, {ID: "steps-1", Offset: at("::: steps")}}; !slices.Equal(got, want) {
		t.Errorf("Anchors = %v, want %v", got, want)
	}
	if got, want := body.Periods(), []markdown.Period{{From: "2025-01-01", Offset: at("from")}}; !slices.Equal(got, want) {
		t.Errorf("Periods = %v, want %v", got, want)
	}
	checkRuns(t, body.Runs(), f)
}

func checkRuns(t *testing.T, runs []markdown.Passage, f *diag.File) {
	t.Helper()
	var got []string
	for _, r := range runs {
		mark := ""
		if r.Literal {
			mark = "!"
		}
		got = append(got, mark+r.Text)
	}
	want := []string{"padx", "題", "!2025年12月一日 ", "! 引用", " &é", "一", "地", "!例"}
	if !slices.Equal(got, want) {
		t.Fatalf("Runs = %q, want %q", got, want)
	}
	for _, text := range []string{"年", "12", "月", "一"} {
		r := runs[2]
		if got, want := r.At(strings.Index(r.Text, text)), strings.Index(string(f.Data), text); got != want {
			t.Errorf("%s is at %d, want %d", text, got, want)
		}
	}
}

// Several goroutines can parse and write bodies at the same time, and the result is always the same.
func TestConcurrentUse(t *testing.T) {
	shared, _ := parse(t, timelineSource+pageSource)
	want := shared.HTML(testResolver{})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				own, _ := parse(t, timelineSource+pageSource)
				if own.HTML(testResolver{}) != want || shared.HTML(testResolver{}) != want {
					t.Error("another result")
				}
			}
		})
	}
	group.Wait()
}

// The sections of a body, joined in order, are the whole body. Each section begins at its heading.
func TestSections(t *testing.T) {
	source := "before\n\n## A {#a}\n\n1. x\n\n### B {#b}\n\n::: note\n## C {#c}\ny\n:::\n\n## D {#d}\n\nz\n"
	body, _ := parse(t, source)
	var ids []string
	var whole markup.HTML
	for _, s := range body.Sections() {
		ids = append(ids, s.ID)
		whole += s.HTML(testResolver{})
		if !strings.HasPrefix(source[s.Start:], strings.Repeat("#", s.Level)) || s.End < s.Start {
			t.Errorf("section %q begins with %q", s.ID, source[s.Start:s.End])
		}
	}
	if got := strings.Join(ids, " "); got != " a b d" {
		t.Errorf("sections: %q", got)
	}
	if want := body.HTML(testResolver{}); whole != want {
		t.Errorf("the sections are\n%s\nand the body is\n%s", whole, want)
	}
}
