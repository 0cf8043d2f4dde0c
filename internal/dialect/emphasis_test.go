package dialect

import "testing"

// Emphasis works beside CJK characters and punctuation.
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
		"＊全角＊":                      "＊全角＊",
		"**100%**です":                "<strong>100%</strong>です",
		"料金は**\"無料\"**です":           "料金は<strong>&#34;無料&#34;</strong>です",
		"**重要！**　次":                 "<strong>重要！</strong>　次",
	} {
		checkHTML(t, source, "<p>"+want+"</p>")
	}
}

// Underscores beside Japanese emphasise nothing, and the author gets a finding.
func TestUnderscoresCJK(t *testing.T) {
	for source, want := range map[string]string{
		"保_険_証": "保_険_証", "_「保険」_を": "_「保険」_を", "これは__大事__です": "これは__大事__です", "氏名____": "氏名____",
	} {
		body, found := parse(t, source)
		if got := string(body.HTML(testResolver{})); got != "<p>"+want+"</p>\n" && got != "<p>"+want+"</p>" || len(found) == 0 || found[0].Code != "emphasis-underscore" {
			t.Errorf("%s: got %s, %v", source, got, summary(found))
		}
	}
}
