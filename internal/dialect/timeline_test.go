package dialect

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/markdown"
	"sitegen/internal/markup"
)

const timelineSource = `## 期限

::: timeline 電子証明書の{期限|きげん}とマイナ保険証
| 月 | 更新の手続き | 病院での利用 |
|---|---|---|
| 3か月前 | {出来|でき}る | 使える |
| 期限の月 | できる | 使える |
| 期限のあと3か月 | 窓口だけ | 使える（資格の確認だけで、薬の記録は見られません） |
| それより あと | 窓口だけ | {term:x} & <sub>2</sub> |
:::
`

func TestTimeline(t *testing.T) {
	body, found := parse(t, timelineSource)
	if len(found) > 0 {
		t.Fatal(summary(found))
	}
	html := string(body.HTML(testResolver{}))
	i, j := strings.Index(html, "<svg"), strings.Index(html, "</svg>")
	if i < 0 || j < 0 {
		t.Fatal(html)
	}
	svg := html[i:j]
	if want := `<figure class="timeline"><figcaption>電子証明書の<ruby>`; !strings.Contains(html, want) {
		t.Errorf("no %s in %s", want, html)
	}
	if want := `aria-label="電子証明書の期限とマイナ保険証"><table>`; !strings.Contains(html[j:], want) {
		t.Errorf("no %s in %s", want, html)
	}
	if !strings.HasPrefix(svg, `<svg viewBox="0 0 340 `) || !strings.Contains(svg, ` aria-hidden="true" focusable="false">`) {
		t.Errorf("%s", svg)
	}
	// 出来る and できる are different bars. 窓口だけ is one bar although two rows have it, and so is 使える.
	classes := regexp.MustCompile(`class="bar (s\d)"`).FindAllStringSubmatch(svg, -1)
	var got []string
	for _, c := range classes {
		got = append(got, c[1])
	}
	if want := []string{"s0", "s1", "s2", "s0", "s1", "s2"}; !slices.Equal(got, want) {
		t.Errorf("classes %v, want %v in %s", got, want, svg)
	}
	for _, text := range []string{">出来る<", ">確認書 &amp; 2<", ">期限のあと<", ">3か月<", ">病院での利用<"} {
		if !strings.Contains(svg, text) {
			t.Errorf("no %s in %s", text, svg)
		}
	}
	if strings.Contains(svg, "きげん") || strings.Contains(svg, "style") || strings.Contains(svg, "ruby") {
		t.Errorf("%s", svg)
	}
	if strings.Count(body.Plain(testResolver{}), "窓口だけ") != 2 {
		t.Errorf("%s", body.Plain(testResolver{}))
	}
}

// pageSource is a text of the size and kind of a real page.
const pageSource = `{term:eligibility_certificate}がまだ届かないときは、入っている**健康保険（保険者）**に電話してください。マイナ保険証を
持っている人には届きません。{fact:interim_last_day:both}までは、古い保険証のかわりに[資格情報のお知らせ](faq:notice)も使えます。

## 病院に行く日までに届かないとき {#before-visit}

- 受付で「届いていません」と言ってください。{fact:mynumber_hotline}でも聞けます。
- お金を全部払ったときは、領収書を取っておいてください。あとで*返してもらえます*。
- 市区町村の窓口では、その日のうちに作れることもあります。[](faq:paid-in-full)

::: important 75歳以上の人
{fact:elderly_last_day}までは、申し込まなくても{term:eligibility_certificate}が届きます。
:::

## 手続き

::: steps 電話で申し込む
1. **番号を用意します。** 古い保険証か、会社からの手紙に書いてあります。
2. **電話します。** 「資格確認書を作ってください」と言います。
3. **待ちます。** {fact:certificate_weeks}ほどで届きます。
:::

| 持っているもの | 病院で使えるか |
|---|---|
| マイナ保険証 | 使える |
| 資格確認書 | 使える |
| 古い保険証 | {fact:old_card_last_day}まで |
`

func BenchmarkPage(b *testing.B) {
	b.SetBytes(int64(len(pageSource)))
	b.ReportAllocs()
	for b.Loop() {
		body, found := parse(b, pageSource)
		if len(found) > 0 {
			b.Fatal(summary(found))
		}
		body.HTML(benchResolver{})
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		parse(b, pageSource)
	}
}

type benchResolver struct{ testResolver }

func (benchResolver) Token(markdown.Token, markdown.Mode) markup.Phrase {
	return markup.Phrase{HTML: "2025年12月1日", Plain: "2025年12月1日"}
}
func (benchResolver) Text(text string) markup.HTML { return markup.HTML(text) }
func (benchResolver) Link(string, markdown.Mode) (href string, title markup.Phrase, external bool) {
	return "x.html", markup.Phrase{HTML: "題", Plain: "題"}, false
}

// If the environment variable SHOW names a file, this test writes the timeline and a page into the file, so that a person can look at them.
func TestShow(t *testing.T) {
	name := os.Getenv("SHOW")
	if name == "" {
		t.Skip("SHOW is not set")
	}
	body, _ := parse(t, timelineSource+"\n"+pageSource+"\n::: from 2025-12-02 until 2026-07-31\n- [a](https://x.jp/健 b)\n:::\n")
	page := `<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>x</title><style>svg{width:340px}
.bar rect{fill:#cde}.s1 rect{fill:#dec}.s2 rect{fill:#ecd}</style></head><body><main><h1>x</h1>` + string(body.HTML(testResolver{})) + "</main></body></html>"
	if err := os.WriteFile(name, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
}
