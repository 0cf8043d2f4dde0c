package markdown

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// Emphasis beside CJK characters and punctuation.
func TestEmphasisCJK(t *testing.T) {
	for source, want := range map[string]string{
		"**保険証（新）**は":               "<strong>保険証（新）</strong>は",
		"**「保険証」**を":                "<strong>「保険証」</strong>を",
		"保険証**です。**次":               "保険証<strong>です。</strong>次",
		"これは**「強調」**です":             "これは<strong>「強調」</strong>です",
		"これは*「強調」*です":               "これは<em>「強調」</em>です",
		"**API(応用)**は":              "<strong>API(応用)</strong>は",
		"は**(応用)API**":              "は<strong>(応用)API</strong>",
		"**[x](faq:x)**は":           `<strong><a href="x.html">x</a></strong>は`,
		"**`x`**は":                  "<strong><code>x</code></strong>は",
		"**{term:a}**は**{term:b}**": `<strong><a href="#t">確認書</a></strong>は<strong><a href="#t">確認書</a></strong>`,
		"a**{term:a}**b":            `a<strong><a href="#t">確認書</a></strong>b`,
		"**한국어(조선어)**를":             "<strong>한국어(조선어)</strong>를",
		"**葛󠄀（か）**は":                "<strong>葛󠄀（か）</strong>は",
		"葛󠄀**(x)**は":                "葛󠄀<strong>(x)</strong>は",
		"a**「x」**b":                 "a<strong>「x」</strong>b",
		"**注：**本文":                  "<strong>注：</strong>本文",
		"一**二***三*":                 "一<strong>二</strong><em>三</em>",
		"**一*二*三**":                 "<strong>一<em>二</em>三</strong>",
		"保_険_証":                     "保_険_証",
		"_「保険」_を":                   "_「保険」_を",
		"＊全角＊":                      "＊全角＊",
		"**100%**です":                "<strong>100%</strong>です",
		"料金は**\"無料\"**です":           "料金は<strong>&#34;無料&#34;</strong>です",
		"**重要！**　次":                 "<strong>重要！</strong>　次",
	} {
		checkHTML(t, source, "<p>"+want+"</p>")
	}
}

// For text that is not CJK, the rules of CommonMark hold. The examples are those of the CommonMark specification
// 0.31.2 by John MacFarlane (CC BY-SA 4.0), of the sections on emphasis, code spans, escapes, line breaks and text,
// without those that have HTML, code blocks, titles of links or characters that are refused here.
func TestCommonMark(t *testing.T) {
	data, err := os.ReadFile("testdata/commonmark.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Example                 int
		Section, Markdown, HTML string
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	// Relative addresses are no mistake in CommonMark; line ends and quotation marks are written in another way.
	source := strings.NewReplacer("/url", "https://x.jp/url")
	want := strings.NewReplacer("/url", "https://x.jp/url", "&quot;", "&#34;", "'", "&#39;", "<br />\n", "<br>", "\n", " ")
	got := strings.NewReplacer(` class="external" rel="noopener"`, "", "'", "&#39;", "\n", " ")
	for _, e := range examples {
		body, _ := parse(t, source.Replace(e.Markdown))
		if got, want := got.Replace(body.HTML(testResolver{})), want.Replace(e.HTML); got != want {
			t.Errorf("%s, example %d: %q\n got %s\nwant %s", e.Section, e.Example, e.Markdown, got, want)
		}
	}
	if len(examples) < 150 {
		t.Errorf("only %d examples", len(examples))
	}
}
