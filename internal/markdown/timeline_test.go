package markdown

import (
	"html"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

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
	html := string(body.html(testResolver{}, 0))
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
	// 出来る and できる differ; 窓口だけ twice is one bar; so is 使える twice.
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
	checkInside(t, svg)
}

// checkInside fails if a bar is not inside the picture, or if a text, by its estimated width, is not inside its bar.
func checkInside(t *testing.T, svg string) {
	t.Helper()
	size := regexp.MustCompile(`viewBox="0 0 (\d+) (\d+)"`).FindStringSubmatch(svg)
	width, height := number(size[1]), number(size[2])
	bar := regexp.MustCompile(`<rect x="(-?\d+)" y="(-?\d+)" width="(-?\d+)" height="(-?\d+)" rx="6"/>((?:<text x="\d+" y="\d+">[^<]*</text>)*)`)
	bars := bar.FindAllStringSubmatch(svg, -1)
	for _, b := range bars {
		x, y, w, h := number(b[1]), number(b[2]), number(b[3]), number(b[4])
		if x < 0 || y < 0 || w < 20 || h < smallestRow-4 || x+w > width || y+h > height {
			t.Errorf("a bar %s in %d×%d", b[0], width, height)
		}
		for _, line := range regexp.MustCompile(`y="(\d+)">([^<]*)`).FindAllStringSubmatch(b[5], -1) {
			if ty := number(line[1]); ty-fontSize < y-2 || ty > y+h || textWidth(html.UnescapeString(line[2]))*fontSize/100 > w {
				t.Errorf("the text %s leaves its bar %s", line[2], b[0])
			}
		}
	}
	if len(bars) == 0 {
		t.Errorf("no bars in %s", svg)
	}
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

// An empty cell is a gap, even between cells with equal text. The bars on both sides have the same class.
func TestJoinEqual(t *testing.T) {
	var rows [][]cellText
	for _, text := range []string{"", "a", "a", "", "a", "b", "a"} {
		rows = append(rows, []cellText{{text: text}})
	}
	var got [][3]int
	for _, b := range joinEqual(rows, 0) {
		got = append(got, [3]int{b.from, b.to, b.class})
	}
	if want := [][3]int{{1, 3, 0}, {4, 5, 0}, {5, 6, 1}, {6, 7, 0}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text string
		em   int
		want []string
	}{
		{"", 5, nil},
		{"あいうえお", 5, []string{"あいうえお"}},
		{"あいうえおか", 5, []string{"あいうえお", "か"}},
		{"あいうえお。", 5, []string{"あいうえ", "お。"}},
		{"あい card う", 4, []string{"あい", "card う"}},
		{"insurance card", 6, []string{"insurance", "card"}},
		{"insurance", 3, []string{"insur", "ance"}},
		{"あ", 0, []string{"あ"}},
		{"。。。", 1, []string{"。", "。", "。"}},
		{"切れた後も窓口でできる", 6, []string{"切れた後も", "窓口でできる"}},
		{"資格の確認だけ", 6, []string{"資格の", "確認だけ"}},
		{"期限が切れる月", 6, []string{"期限が", "切れる月"}},
		{"月末まで。翌日", 6, []string{"月末まで。", "翌日"}},
		{"期限のあと3か月", 6, []string{"期限のあと", "3か月"}},
		{"毎月10日お金", 5, []string{"毎月10日", "お金"}},
		{"市区町村で できる", 6, []string{"市区町村で", "できる"}},
	} {
		if got := wrap(c.text, (c.em*fontSize*100+99)/100); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %d em) = %q, want %q", c.text, c.em, got, c.want)
		}
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
		body.html(benchResolver{}, 0)
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		parse(b, pageSource)
	}
}

type benchResolver struct{ testResolver }

func (benchResolver) Token(Token, Mode) markup.Phrase {
	return markup.Phrase{HTML: "2025年12月1日", Plain: "2025年12月1日"}
}
func (benchResolver) Text(text string) markup.HTML { return markup.HTML(text) }
func (benchResolver) Link(string, Mode) (href string, title markup.Phrase, external bool) {
	return "x.html", markup.Phrase{HTML: "題", Plain: "題"}, false
}

// With SHOW=file, this test writes the timeline and a page into that file, so that a person can look at them.
func TestShow(t *testing.T) {
	name := os.Getenv("SHOW")
	if name == "" {
		t.Skip("SHOW is not set")
	}
	body, _ := parse(t, timelineSource+"\n"+pageSource+"\n::: from 2025-12-02 until 2026-07-31\n- [a](https://x.jp/健 b)\n:::\n")
	page := `<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>x</title><style>svg{width:340px}
.bar rect{fill:#cde}.s1 rect{fill:#dec}.s2 rect{fill:#ecd}</style></head><body><main><h1>x</h1>` + string(body.html(testResolver{}, 0)) + "</main></body></html>"
	if err := os.WriteFile(name, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
}
