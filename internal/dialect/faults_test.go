package dialect

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// Every mistake is reported with its code at its place.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		source string
		want   []string
	}{
		{"# 題", []string{"1:1 heading-h1"}},
		{"x\n\n### 題", []string{"3:1 heading-jump"}},
		{"## 題\n#### 題", []string{"2:1 heading-jump"}},
		{"##題", []string{"1:3 heading-space"}},
		{"##　題", []string{"1:3 heading-space"}},
		{"## ", []string{"1:1 heading-empty"}},
		{"## {#a}", []string{"1:1 heading-empty"}},
		{"- -", []string{"1:3 list-item-empty"}},
		{"## 一\n-\n 二", []string{"2:1 list-item-empty"}},
		{"## 題 {#No}", []string{"1:8 anchor-form"}},
		{"## 題 {#目}", []string{"1:8 anchor-form"}},
		{"## 題 {#s2}", []string{"1:8 anchor-reserved"}},
		{"## 題 {#steps-1}", []string{"1:8 anchor-reserved"}},
		{"## 題 {#a}\n## 題 {#a}", []string{"2:8 anchor-twice"}},
		{"文 {#a}", []string{"1:3 anchor-place"}},

		{"文{fact:a", []string{"1:2 brace-open"}},
		{"文{fact:a\n}", []string{"1:2 brace-open"}},
		{"{a{term:b}", []string{"1:1 brace-open"}},
		{"} だけ", []string{"1:1 brace-stray"}},
		{"{term:b}}は", []string{"1:9 brace-stray"}},
		{"漢|かん}{字|じ}", []string{"1:5 brace-stray"}},
		{"a](b)", []string{"1:2 bracket-alone"}},
		{"文[次の文", []string{"1:2 bracket-alone"}},
		{"![a", []string{"1:1 bracket-alone"}},
		{"**Explain*.* Say", []string{"1:1 emphasis-split"}},
		{"*a *b**", []string{"1:6 emphasis-split"}},
		{"- 一\n -二", []string{"2:3 list-space"}},
		{"一\n-{term:b}", []string{"2:2 list-space"}},
		{"::", []string{"1:1 block-short"}},
		{"::: note\na\n::\nb\n:::", []string{"3:1 block-short"}},
		{"| a | b |\n|---|---}\n| c | d |", []string{"2:1 table-rule-broken", "2:9 brace-stray"}},
		{"{xyz}", []string{"1:1 brace-unknown"}},
		{"{}", []string{"1:1 brace-unknown"}},
		{"{fakt:a}", []string{"1:1 brace-typo"}},
		{"{fact：a}", []string{"1:6 brace-fullwidth"}},
		{"{fact:}", []string{"1:1 token-form"}},
		{"{fact:a b}", []string{"1:1 token-form"}},
		{"{fact:a:b:c}", []string{"1:1 token-form"}},
		{"{literal: }", []string{"1:1 token-form"}},
		{"{|よみ}", []string{"1:1 ruby-empty"}},
		{"{漢|}", []string{"1:1 ruby-empty"}},
		{"{漢|か|ん}", []string{"1:5 ruby-bars"}},
		{"{病院|病院}", []string{"1:5 ruby-kanji"}},
		{"{5日|ごにち}", []string{"1:1 ruby-day"}},
		{"あと5{日|にち}", []string{"1:4 ruby-day"}},
		{"{ja:receipt|x}", []string{"1:1 token-japanese"}},
		{"{say:Card|kādo|card}", []string{"1:1 token-japanese"}},
		{"{say:資格確認書です。|しかくかくにんしょです。|A certificate.}", []string{"1:1 token-latin"}},
		{"{ja:資格確認書|しかく}", []string{"1:1 token-latin"}},
		{"{ja:資格確認書|ｓｈｉｋａｋｕ}", []string{"1:1 token-latin"}},
		{"{ja:資格確認書|1}", []string{"1:1 token-latin"}},
		{"{ja:資格確認書 certificate}", []string{"1:1 token-mixed"}},
		{"{ja:the 資格確認書|shikaku kakuninsho}", []string{"1:1 token-mixed"}},
		{"{ja:iPhoneの資格|aifon no shikaku} {ja:任意継続|nin'i keizoku} {ja:ICカード|IC kādo}", nil},
		{"{漢｜かん}", []string{"1:3 ruby-fullwidth"}},
		{"{お知|し}らせ", []string{"1:2 ruby-kana"}},
		{"{知らせ|し}", []string{"1:3 ruby-kana"}},
		{"{申し込|もうこ}み", []string{"1:3 ruby-kana"}},
		{"{知ら|らし}", []string{"1:3 ruby-kana"}},
		{"{し|し}{しし|し}", []string{"1:7 ruby-kana"}},
		{"文\n\n:: if a is b\n文\n:::\n\n::: if a is b\n文\n:::", []string{"3:1 block-short-open"}},
		{": note\n文", []string{"1:1 block-short-open"}},
		{"文です。|次の文", []string{"1:5 bar-alone"}},
		{"a | b | c", []string{"1:3 bar-alone"}},
		{"a |\n\n## b | c", []string{"1:3 bar-alone", "3:6 bar-alone"}},
		{"**a。* *b", []string{"1:1 emphasis-literal", "1:7 emphasis-literal"}},
		{"一*二", []string{"1:2 emphasis-literal"}},
		{"**大事*です", []string{"1:1 emphasis-literal", "1:5 emphasis-literal"}},
		{"*大事です", []string{"1:1 emphasis-literal"}},
		{"&unknown;", []string{"1:1 entity-unknown"}},
		{"一&nbsp二", []string{"1:2 entity-unknown"}},
		{"&#xzz; &#99999999999999999999999999999999;", nil},
		{"AT&T; R&D、Q&A: a&b", nil},
		{"AT&T、R&D、Q&A: a&b \\&unknown;", nil},
		{"{ja:資格確認書｜shikaku}", []string{"1:10 ruby-fullwidth"}},
		{"{say:資格確認書|shikaku｜paper}", []string{"1:19 ruby-fullwidth"}},
		{"[&nbsp;](faq:x)", []string{"1:1 link-empty"}},
		{"[<br>](faq:x)", []string{"1:1 link-empty"}},
		{"[` `](page:x)と[<sub>&nbsp;</sub>](fact:x)", []string{"1:1 link-empty", "1:15 link-empty"}},
		{"[](faq:x) [ ](faq:x) [`a`](faq:x) [{fact:a}](faq:x)", nil},
		{"example.go.jp を見ます", []string{"1:1 link-bare"}},
		{"See city.example.lg.jp.", []string{"1:5 link-bare"}},
		{"Amazon.com [example.go.jp](faq:x) 3.5.1 v1.2.net", nil},
		{"一）一（", []string{"1:2 mark-unpaired", "1:4 mark-unpaired"}},
		{"「一（二」）", []string{"1:3 mark-unpaired", "1:6 mark-unpaired"}},
		{"（一\n\n二）", []string{"1:1 mark-unpaired", "3:2 mark-unpaired"}},
		{"（一)", []string{"1:1 mark-unpaired", "1:3 mark-unpaired"}},
		{"- “one\n- 【{二|に}『", []string{"1:3 mark-unpaired", "2:3 mark-unpaired", "2:9 mark-unpaired"}},

		{"::: nota\na\n:::", []string{"1:5 block-typo"}},
		{"::: warning-box\na\n:::", []string{"1:5 block-unknown"}},
		{"a\n\n::: note\nb", []string{"3:1 block-open"}},
		{"::: note\na\n::::", []string{"1:1 block-open", "3:1 block-stray"}},
		{"a\n:::\n", []string{"2:1 block-stray"}},
		{"::: note\n::: example\na\n:::\n:::", []string{"2:1 block-nested"}},
		{"::: note\n::: example\na\n:::", []string{"2:1 block-nested"}},
		{"：：：note", []string{"1:1 block-fullwidth"}},
		{"::: from\na\n:::", []string{"1:5 block-period"}},
		{"::: until 2026-01-01 from 2025-01-01\na\n:::", []string{"1:5 block-period"}},
		{"::: from 2026-13-1\na\n:::", []string{"1:10 block-day"}},
		{"::: if\na\n:::", []string{"1:5 block-condition"}},
		{"::: if fee no\na\n:::", []string{"1:5 block-condition"}},
		{"::: if fee is no and yes\na\n:::", []string{"1:5 block-condition"}},
		{"::: if fee is no or\na\n:::", []string{"1:5 block-condition"}},
		{"::: from 2026-01-01 until 2026-02-30\na\n:::", []string{"1:27 block-day"}},
		{"::: from 2026-02-01 until 2026-01-01\na\n:::", []string{"1:5 block-order"}},
		{"::: steps x\n- a\n:::", []string{"1:1 steps-list"}},
		{"::: steps x\n1. a\n\nb\n\n1) c\n:::", []string{"1:1 steps-list"}},
		{"::: timeline x\na\n:::", []string{"1:1 timeline-table"}},
		{"::: timeline x\n| a |\n|---|\n| b |\n:::", []string{"1:1 timeline-table"}},
		{"::: timeline x\n| a | b |\n|---|---|\n:::", []string{"1:1 timeline-table"}},
		{"|---|---|\n| a | b |", []string{"1:1 table-head"}},
		{"|| a | b |\n|---|---|\n| c | d |\n| e | f |", []string{"1:1 table-head-columns"}},
		{"|| a | b |\n|---|---|\n| c | d |\n| e |", []string{"2:1 table-columns", "3:1 table-columns", "4:1 table-columns"}},
		{"| a | b |\n|---|\n| c | d |", []string{"2:1 table-columns"}},
		{"| a | b |\n|---|---|\n| c |\n| c | d | e |\n文", []string{"3:1 table-columns", "4:1 table-columns", "5:1 table-columns"}},
		{"a\n\n    b", []string{"3:5 code-indented"}},
		{"```\na\n```", []string{"1:1 code-fenced"}},
		{"　字下げ", []string{"1:1 fullwidth-indent"}},
		{"a\n　b", []string{"2:1 fullwidth-indent"}},
		{"- 　a", []string{"1:3 fullwidth-indent"}},
		{"-　a", []string{"1:2 fullwidth-indent"}},
		{"10.　a", []string{"1:4 fullwidth-indent"}},

		{"[a](javascript:alert(1))", []string{"1:5 link-scheme"}},
		{"[a](JavaScript:x)", []string{"1:5 link-scheme"}},
		{"[a](java&#115;cript:x)", []string{"1:5 link-scheme"}},
		{"[a](javascript&colon;x)", []string{"1:5 link-scheme"}},
		{"[a](java&#10;script:x)", []string{"1:5 link-address"}},
		{"[a](%6aavascript:x)", []string{"1:5 link-relative"}},
		{"[a](data:text/html,x)", []string{"1:5 link-scheme"}},
		{"[a](fax:x)", []string{"1:5 link-typo"}},
		{"[a](//evil.example)", []string{"1:5 link-address"}},
		{`[a](\\\\evil)`, []string{"1:5 link-address"}},
		{"[a](http:evil)", []string{"1:5 link-address"}},
		{"[a](https:evil)", []string{"1:5 link-address"}},
		{"[a](https:///evil)", []string{"1:5 link-address"}},
		{`[a](https://\\evil)`, []string{"1:5 link-address"}},
		{"[a](https://good.jp@evil)", []string{"1:5 link-address"}},
		{"[a](https://good.jp%2f@evil)", []string{"1:5 link-address"}},
		{"[a](http://x.jp)", []string{"1:5 link-insecure"}},
		{"[a](x.html)", []string{"1:5 link-relative"}},
		{"[a](/x)", []string{"1:5 link-relative"}},
		{"[a]()", []string{"1:5 link-relative"}},
		{"[a](faq:)", []string{"1:5 link-address"}},
		{"[a](https://www.mhlw.g\u043e.jp/x)", []string{"1:5 address-lookalike"}},
		{"[a](http://xn--mhlw-85d.jp)", []string{"1:5 address-lookalike"}},
		{"<https://例え.jp/>", []string{"1:2 address-script"}},
		{"[a](https://127.0.0.1/)", []string{"1:5 address-host"}},
		{"[a](https://example.jp:8443/)", []string{"1:5 address-host"}},
		{"a&shy;b&#x200b;c", []string{"1:2 entity-refused", "1:8 entity-refused"}},
		{"[a](faq:x#A)", []string{"1:5 link-address"}},
		{"[a](tel:abc)", []string{"1:5 link-address"}},
		{"[a](mailto:x)", []string{"1:5 link-address"}},
		{"[a](#目)", []string{"1:5 anchor-form"}},
		{"[](https://x.jp)", []string{"1:4 link-empty"}},
		{"[a](faq:x y)", []string{"1:4 link-syntax"}},
		{"[a](faq:x", []string{"1:4 link-syntax"}},
		{"a](faq:x)", []string{"1:3 link-syntax"}},
		{"<sub>[a</sub>](faq:x)", []string{"1:15 link-syntax"}},
		{"[a]（faq:x）", []string{"1:4 link-syntax"}},
		{"[a][b]", []string{"1:4 link-reference"}},
		{"[a]: https://x.jp", []string{"1:1 link-reference"}},
		{"ア　一つ\nイ　二つ", []string{"1:1 list-mark", "2:1 list-mark"}},
		{"(イ)一つ\n(ロ)二つ\n長い行の続きです\n(ハ)三つ", []string{"1:1 list-mark", "2:1 list-mark", "4:1 list-mark"}},
		{"Ⅰ.一つ\nⅡ.二つ", []string{"1:1 list-mark", "2:1 list-mark"}},
		{"a. one\nb. two", []string{"1:1 list-mark", "2:1 list-mark"}},
		{"一、一つ\n二、二つ", []string{"1:1 list-mark", "2:1 list-mark"}},
		{"第1　一つ\n第2　二つ", []string{"1:1 list-mark", "2:1 list-mark"}},
		{"１　一つ\n２　二つ", []string{"1:1 list-mark", "2:1 list-mark"}},
		{"Q．一つ\nA．二つ", []string{"1:1 list-mark", "2:1 list-mark"}},
		{"→一つ\n→二つ", []string{"1:1 list-mark", "2:1 list-mark"}},
		{"電話：なし\n住所：東京", []string{"1:1 list-mark", "2:1 list-mark"}},
		{"ア 一つ\nウ 二つ", nil}, // the letters are not consecutive
		{"→一つ\n次の行です", nil},
		{"時刻は、\n12:30 か\n13:30 です。", nil},
		{"注意：長い文です。\n例：（「ア」など）です。", []string{"1:1 list-mark", "2:1 list-mark"}},
		{"区分　初回　再発行\n手数料　無料　千円", []string{"1:1 table-spaces"}},
		{"これは　文です。\nこれも　文です。", nil},
		{"▼対象\n高齢の方です", []string{"1:1 heading-mark"}},
		{"［対象］\n高齢の方です", []string{"1:1 heading-mark"}},
		{"［対象］の人\n高齢の方です", nil},
		{"1. 一つ\n3. 二つ", []string{"2:1 list-number"}},
		{"1. 一つ\n1. 二つ", nil},
		{"5. 一つ\n6. 二つ", nil},
		{"> [!NOTE]\n> あ", []string{"1:3 link-none"}},
		{"[くわしく]はこちら", []string{"1:1 link-none"}},
		{"\\[くわしく\\] [1]", nil},
		{"==大事==です", []string{"1:1 mark-refused"}},
		{"++大事++です", []string{"1:1 mark-refused"}},
		{"A==B、C++ と D++、== か ==", nil},
		{"%%メモ%%です。10%%", []string{"1:1 mark-refused"}},
		{"これは~古い~です。~x~", []string{"1:4 mark-single", "1:11 mark-single"}},
		{"H~2~O と x^2^ と ^注^", []string{"1:2 mark-single", "1:10 mark-single", "1:16 mark-single"}},
		{"$x$ と $$a+b$$ と US$E=mc^2$", []string{"1:1 mark-single", "1:7 mark-single", "1:19 mark-single"}},
		{":smile: と:+1:と :a_b:", []string{"1:1 emoji-name", "1:10 emoji-name", "1:16 emoji-name"}},
		{"9時~17時、土曜は9時~12時、月曜~金曜、土曜~日曜、3~5日と7~9日、~5 to ~10", nil},
		{"(^o^)（^_^） 2^3 $5 and $10、$5/$10、$5$、10:30:15、9:00:、a:b:c、50% と 100%", nil},
		{"\\~古い\\~ \\^x^ \\$x$ \\:smile: `~x~ :smile:` <https://x.jp/~a/~b>", nil},
		{"＿＿大事＿＿です", []string{"1:1 mark-fullwidth"}},
		{"＿＿＿＿＿です", nil},
		{"www.example.or.jp を見ます。example.go.jp/xも", []string{"1:1 link-bare", "1:24 link-bare"}},
		{"ｈｔｔｐｓ：／／ｘ．ｊｐ／と https：//x.jp か https:／／x.jp", []string{"1:1 link-bare", "1:16 link-bare", "1:31 link-bare"}},
		{"[example.jp](https://example.jp/a.com) a.b@example.jp 1.5 e.g. Node.js Ver.2 kenpo.or.jp 1.5/日 TCP/IP a.m./p.m. {literal:example.com}", []string{"1:40 link-bare"}},
		{"[a [b](faq:b) c](faq:a)", []string{"1:1 link-nested"}},
		{"[a <https://x.jp> c](faq:a)", []string{"1:1 link-nested"}},
		{"<faq:x>", []string{"1:1 link-angle"}},
		{"<javascript:x>", []string{"1:2 link-scheme"}},
		{"![a](https://x.jp/a.png)", []string{"1:1 image-refused"}},
		{"[![a](https://x.jp/a.png)](faq:x)", []string{"1:2 image-refused"}},
		{"a <b>c</b>", []string{"1:3 html-refused", "1:7 html-refused"}},
		{"<div class=\"x\">\na\n</div>", []string{"1:1 html-refused", "3:1 html-refused"}},
		{"<script>alert(1)</script>", []string{"1:1 html-refused", "1:17 html-refused"}},
		{"あ<o:p></o:p>", []string{"1:2 html-refused"}},
		{"<o:p>あ</o:p>", []string{"1:1 html-refused", "1:7 html-refused"}},
		{"<v:shape id=\"x\">", []string{"1:1 html-refused"}},
		{"<br onclick=x>", []string{"1:1 html-refused"}},
		{"<!-- x -->", []string{"1:1 html-refused"}},
		{"<img src=x onerror=y", []string{"1:1 html-refused"}},
		{"a<sub>b", []string{"1:2 html-unclosed"}},
		{"a</sub>b", []string{"1:2 html-unopened"}},
		{"[a<sub>b](faq:x)</sub>", []string{"1:3 html-unclosed", "1:17 html-unopened"}},
		{"a&#8238;b", []string{"1:2 entity-refused"}},
		{"a&#0;b", []string{"1:2 entity-refused"}},
		{"文 ** 太字 **", []string{"1:3 emphasis-literal", "1:9 emphasis-literal"}},
		{strings.Repeat(">", 40) + " a\n" + strings.Repeat(">", 40) + " b", []string{"1:33 nesting-depth"}},
		{strings.Repeat("- ", 40) + "a", []string{"1:65 nesting-depth"}},
		{strings.Repeat("\n", mostLines) + "{a", []string{"20001:1 text-lines"}},
		{strings.Repeat("{a|b}", mostPieces+2), []string{"1:500006 text-pieces"}},
		{strings.Repeat("0 ", mostPieces), []string{"1:1 text-pieces"}},
		{strings.Repeat("*", 80) + "a" + strings.Repeat("*", 80), []string{"1:65 nesting-depth"}},
		{"> a\n>\n> {x}\n\n- b\n\n  {y}", []string{"3:3 brace-unknown", "7:3 brace-unknown"}},
		{"一\n二{x}\n  三{y}", []string{"2:2 brace-unknown", "3:4 brace-unknown"}},
		{"a\r\n\r\n三{y}", []string{"3:2 brace-unknown"}},
		{"| a | b |\n|---|---|\n| 一 | {x} |", []string{"3:7 brace-unknown"}},
		{"::: note {x}\na\n:::", []string{"1:10 brace-unknown"}},
	} {
		body, found := parse(t, c.source)
		if got := summary(found); !slices.Equal(got, c.want) {
			t.Errorf("%q\n got %v\nwant %v", c.source, got, c.want)
		}
		if html := string(body.HTML(testResolver{})); unbalanced(html) != "" {
			t.Errorf("%q: %s: %s", c.source, unbalanced(html), html)
		}
	}
}

// Texts that only look like mistakes give no findings.
func TestNoMistakes(t *testing.T) {
	for _, source := range []string{
		"#7119 に電話", "5 < 6 > 4 && x", "a_b_c my_number_card", "2 * 3 = 6", "[注]（説明）", `a \| b`, `a \) b`, "「あ（い）『う』」", "「{ja:い}**（う**）」", "{literal:（}一",
		"{お知らせ|おしらせ}{申し込み|もうしこみ}{一ヶ月|いっかげつ}{マイナ|まいな}{引っ越し|ひっこし}{コーヒー店|こーひーてん}",
		"1.5倍", "-5度", "a ! b", "10:30", "&quot;", "\\} だけ", "`::`", "::: note\n:::", "a\n\n---\nb",
		"[ [a](faq:x) ] [b](faq:y)", "a\\](b)", "-1", "**a *b* c**", "***a** b*",
	} {
		if _, found := parse(t, source); len(found) > 0 {
			t.Errorf("%q: %v", source, summary(found))
		}
	}
}

// Every code has a message and a hint in both languages, and both fit the arguments of the finding.
func TestMistakesAreWorded(t *testing.T) {
	for _, source := range []string{"### 題", "##題", "## a {#s1}", "## a {#b}\n## a {#b}", "{x}", "{fakt:a}", "{fact:?}",
		"::: nota\n:::", "::: xxxxxx\n:::", "::: note", "::: note\n::: note\n:::\n:::", "::: from 1\n:::", "::: steps\n:::",
		"::: from 2026-02-01 until 2026-01-01\n:::", "::: timeline\n:::", "a|b\n-|\n", "[a](x:y)", "[a](faw:y)", "[a](y)", "<x>",
		"<sub>", "</sub>", "&#0;", "** a", strings.Repeat(">", 40), "[a](https:x)", "<faq:x>",
	} {
		_, found := parse(t, source)
		if len(found) == 0 {
			t.Errorf("%q: no mistake", source)
		}
		for _, d := range found {
			for _, language := range diag.Languages {
				message, hint := d.Text(language)
				if hint == "" || strings.Contains(message+hint, "%!") {
					t.Errorf("%s in %s: %q %q", d.Code, language, message, hint)
				}
			}
		}
	}
}

// hostile returns broken or malicious texts. Their length is proportional to n.
func hostile(n int) map[string]string {
	return map[string]string{
		"brackets":         strings.Repeat("[", n),
		"bracket pairs":    strings.Repeat("[", n) + strings.Repeat("]", n),
		"open links":       strings.Repeat("[a](", n),
		"links":            strings.Repeat("[a](faq:x)", n),
		"open angle links": strings.Repeat("[a](<", n),
		"references":       strings.Repeat("[a][", n),
		"images":           strings.Repeat("![", n),
		"quotes":           strings.Repeat(">", n/2) + "\n" + strings.Repeat(">", n/2),
		"quote lines":      strings.Repeat("> > > > a\n", n/4),
		"bullets":          strings.Repeat("- ", n) + "a",
		"backticks":        strings.Repeat("`", n/2) + "a",
		"inline backticks": "a" + strings.Repeat("`", n/2),
		"growing ticks":    growing("`", n),
		"asterisks":        strings.Repeat("*", 2*n),
		"strong":           strings.Repeat("*", n) + "a" + strings.Repeat("*", n),
		"openers":          strings.Repeat("*a ", n),
		"closers":          strings.Repeat("a* ", n),
		"mixed":            strings.Repeat("*a_ ", n),
		"mixed lengths":    strings.Repeat("*a **b ***c ", n/4) + strings.Repeat("c*** b** a* ", n/4),
		"both":             strings.Repeat("あ*い**", n),
		"braces":           strings.Repeat("{", n),
		"ruby":             strings.Repeat("{漢|かん}", n/2),
		"angles":           strings.Repeat("<a", n),
		"tags":             strings.Repeat("<sub>", n),
		"ampersands":       strings.Repeat("&a", n),
		"entities":         strings.Repeat("&amp;", n),
		"escapes":          strings.Repeat(`\*`, n),
		"colons":           strings.Repeat("::: note\n", n/10),
		"headings":         strings.Repeat("## a\n", n/10),
		"table rows":       "|a|b|\n|-|-|\n" + strings.Repeat("|c|d|\n", n/5),
		"table cells":      strings.Repeat("|a", n/5) + "\n" + strings.Repeat("|-", n/5),
		"lines":            strings.Repeat("あ\n", n),
		"indented lines":   strings.Repeat("あ\n ", n),
		"breaks":           strings.Repeat("*\n", n),
		"tildes":           strings.Repeat("~~a ", n),
		"wide tildes":      strings.Repeat("～～あ", n),
		"wide braces":      strings.Repeat("｛", n),
		"wide tokens":      strings.Repeat("｛fact：a｝", n/4),
		"addresses":        strings.Repeat("https://x.jp/a ", n/8),
		"parentheses":      "https://x.jp/" + strings.Repeat("(", n) + strings.Repeat(")", n),
		"mail":             strings.Repeat("a@b.jp", n/4),
		"at signs":         strings.Repeat("a@", n),
		"colons in words":  strings.Repeat("fact:", n),
		"notes":            strings.Repeat("[^", n),
		"wide bullets":     strings.Repeat("・あ\n", n/4),
		"circles":          strings.Repeat("①あ\n", n/4),
		"circles between":  strings.Repeat("①あ\nい\n", n/8),
		"marked headings":  strings.Repeat("【あ】\n", n/4),
		"unclosed heading": strings.Repeat("【", n),
		"wide indents":     strings.Repeat("　あ。\n", n/4),
		"tabs":             strings.Repeat("a\tb\n", n/4),
		"many tabs":        strings.Repeat("a\t", n),
		"marks of prose":   strings.Repeat("（", n/2) + strings.Repeat("」", n/2),
		"pairs crossed":    strings.Repeat("（「）」", n/4),
		"bars":             strings.Repeat("|a|b|\n", n/4),
		"wide bars":        strings.Repeat("｜a｜b｜\n", n/4),
		"underlines":       strings.Repeat("a\n=\n", n/4),
		"rules below":      strings.Repeat("a\n---\n", n/6),
		"underscores":      strings.Repeat("あ_", n),
	}
}

func TestHostileTexts(t *testing.T) {
	n := 50000
	if size, err := strconv.Atoi(os.Getenv("HOSTILE")); err == nil {
		n = size
	}
	for name, source := range hostile(n) {
		t.Run(name, func(t *testing.T) {
			body, _ := parse(t, source)
			body.Plain(testResolver{})
			body.Runs()
			if fault := unbalanced(string(body.HTML(testResolver{}))); fault != "" {
				t.Error(fault)
			}
		})
	}
}

// The time to read a text grows linearly with the length of the text. For texts that are eight times as long, each line of this package may
// run at most about twelve times as often; with quadratic time it would run 64 times as often. The test counts runs instead of measuring
// time, so that its result is the same on every machine.
func TestHostileTextsTakeTheirLength(t *testing.T) {
	const n, most = 2500, 12
	dir := t.TempDir()
	binary, profile := filepath.Join(dir, "counting.test"), filepath.Join(dir, "profile")
	if output, err := exec.Command("go", "test", "-vet=off", "-c", "-covermode=count", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	runs := func(n int) map[string]int {
		cmd := exec.Command(binary, "-test.run=^TestHostileTexts$", "-test.coverprofile="+profile)
		cmd.Env = append(os.Environ(), fmt.Sprint("HOSTILE=", n))
		if output, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		text, err := os.ReadFile(profile)
		if err != nil {
			t.Fatal(err)
		}
		counts := map[string]int{}
		for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] { // a line is: file.go:1.2,3.4 statements count
			fields := strings.Fields(line)
			if counts[fields[0]], err = strconv.Atoi(fields[2]); err != nil {
				t.Fatal(err)
			}
		}
		return counts
	}
	few := runs(n)
	for place, many := range runs(8 * n) {
		if many > most*(few[place]+n) {
			t.Errorf("%s is run %d times, and %d times for texts eight times as long", place, few[place], many)
		}
	}
}

// growing returns s once, then twice, then three times and so on, with an "a" after each run of s. It stops at the first run that reaches n
// bytes.
func growing(s string, n int) string {
	var b strings.Builder
	for i := 1; b.Len() < n; i++ {
		b.WriteString(strings.Repeat(s, i) + "a")
	}
	return b.String()
}

func FuzzParseBody(f *testing.F) {
	for _, seed := range []string{
		"## 題 {#a}\n文{漢|かん}**「強」**を[x](faq:y)\n", "::: steps a\n1. b\n:::\n", "| a | b |\n|---|---|\n| {c|d} | e |\n",
		"::: timeline t\n| 月 | 一 |\n|---|---|\n| 1 | a |\n| 2 | a |\n:::\n", ":::: note\n::: from 2025-01-01\n> <sub>a</sub>\n:::\n::::",
		"00000000\n:::from <", // a resolver of the test did not escape this
		"a\r\nb\rc  \r\n<br>`d`&lt;script>", "・一\n①二\n　三。\n※四\n【五】\n===\n",
		"｛漢｜か｝（fact:a）＊＊b＊＊https://x.jp)\n区分\t料\n一\t二", "- [ ] ①一\n\n2. 二\n> ・三\n－－－\n｜a｜b｜\n｜ー｜ー｜", "- a\n\n  1. *b _c* d_\n", "[a<sup>b](faq:x)</sup>![c](d)<https://x.jp>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		body, found := parse(t, source)
		html := string(body.HTML(testResolver{}))
		if fault := unbalanced(html); fault != "" {
			t.Fatalf("%q: %s: %s", source, fault, html)
		}
		checkAlways(t, source, html, body.Plain(testResolver{}), body.Runs(), found)
		if again, _ := parse(t, source); string(again.HTML(testResolver{})) != html {
			t.Fatalf("%q: a second run gives something else", source)
		}
		mended(t, source) // fails if there are still fixes after ten rounds
	})
}

// A text that cannot contain blocks has a finding if it begins with the mark of one.
func TestBlocksInInlineTexts(t *testing.T) {
	for text, mark := range map[string]string{
		"::: note": ":::", ":::": ":::", "：：： note": "：：：", "---": "---", "- - -": "-", "***": "***", "___": "___", "===": "===", "－－－": "－－－",
		"~~~": "~~~", "＃ 題": "＃", "＃＃題": "＃＃", "＞　引用": "＞", "- 一": "-", "1. 一": "1.", "> 一": ">", "## 題": "##", "・一": "・",
		"＃7119": "", "#7119に": "", ":) 一": "", "— 一": "—", "**一**": "", "-5度": "", "==": "", "一": "",
	} {
		file := &diag.File{Name: "ja.md", Data: []byte(text)}
		_, found := ParseInline(file, text, 0)
		got := ""
		for _, d := range found {
			if d.Code == "inline-block" {
				got += d.Args[0].(string)
			}
		}
		if got != mark {
			t.Errorf("%q: got %q, want %q", text, got, mark)
		}
	}
}

func FuzzInline(f *testing.F) {
	for _, seed := range []string{"**a**{漢|かん}", "[x](https://a?b&c)", "a\nb<br>c", "*a **b* c**", "{literal:a:b}", "&lt;script>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		file := &diag.File{Name: "ja.md", Data: []byte(source)}
		text, found := ParseInline(file, source, 0)
		html := string(text.HTML(testResolver{}))
		if fault := unbalanced(html); fault != "" {
			t.Fatalf("%q: %s: %s", source, fault, html)
		}
		for _, block := range []string{"<p", "<div", "<h", "<li", "<table"} {
			if strings.Contains(html, block) {
				t.Fatalf("%q: a block in %s", source, html)
			}
		}
		checkAlways(t, source, html, text.Plain(testResolver{}), text.Runs(), found)
	})
}

// checkAlways checks what must hold for every text, valid or not.
func checkAlways(t *testing.T, source, html, plain string, runs []markdown.Passage, found []diag.Diagnostic) {
	t.Helper()
	if strings.Contains(strings.ToLower(html), "<script") || strings.Contains(html, "javascript:") && strings.Contains(html, `href="javascript`) {
		t.Fatalf("%q: %s", source, html)
	}
	// testResolver gives titles that contain < and > to questions.
	if !strings.ContainsAny(source, "<&") && strings.Contains(strings.ReplaceAll(plain, "Title <of>", ""), "<") {
		t.Fatalf("%q: markup in %q", source, plain)
	}
	for _, r := range runs {
		if first, at := r.At(0), r.At(len(r.Text)-1); first < 0 || at < first || at > len(source) {
			t.Fatalf("%q: a run from %d to %d", source, first, at)
		}
	}
	for _, d := range found {
		if d.Line < 1 {
			t.Fatalf("%q: %v", source, d)
		}
		for i, e := range d.Mend {
			if e.Offset < 0 || !strings.HasPrefix(source[min(e.Offset, len(source)):], e.Old) || i > 0 && e.Offset < d.Mend[i-1].Offset+len(d.Mend[i-1].Old) {
				t.Fatalf("%q: %s would make the changes %v", source, d.Code, d.Mend)
			}
		}
	}
}

// unbalanced returns what is wrong with the nesting of HTML tags, or "" if the tags are nested properly.
func unbalanced(html string) string {
	var open []string
	for rest := html; ; {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			break
		}
		j := strings.IndexByte(rest[i:], '>')
		if j < 0 {
			return "a tag without an end"
		}
		tag := rest[i+1 : i+j]
		rest = rest[i+j+1:]
		name, _, _ := strings.Cut(tag, " ")
		switch {
		case name == "br" || name == "hr" || strings.HasSuffix(tag, "/"):
		case name == "rp" || name == "rt": // such an element ends at the next one, or at the end of the ruby
			if len(open) == 0 || open[len(open)-1] != "ruby" {
				return "<" + name + "> outside <ruby>"
			}
		case !strings.HasPrefix(name, "/"):
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name[1:]:
			return "unexpected <" + name + ">"
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return "unclosed <" + open[len(open)-1] + ">"
	}
	return ""
}
