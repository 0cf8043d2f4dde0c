package render

import (
	"strings"
	"testing"

	"sitegen/internal/markup"
)

func TestKeepWords(t *testing.T) {
	ruby := strings.NewReplacer("[", "<ruby>", "|", "<rp>(<rt>", "]", "<rp>)</ruby>", "~", wordJoiner)
	for given, want := range map[string]string{
		"[申|もう]し[込|こ]みます":                      "[申|もう]~し~[込|こ]~みます",
		"[新|あたら]しい [紙|かみ]":                     "[新|あたら]~しい [紙|かみ]",
		"2025[年|ねん]12[月|がつ]":                   "2025~[年|ねん]~12~[月|がつ]",
		"[年|ねん][月|がつ]":                         "[年|ねん]~[月|がつ]",
		"（[令和|れいわ]、[月|がつ]）":                    "（[令和|れいわ]、[月|がつ]）",
		`<a href="x">マイナ[証|しょう]</a>か`:          `<a href="x">マイナ~[証|しょう]~</a>か`,
		"<p>あ</p><p>[証|しょう]</p><p>い</p>":       "<p>あ</p><p>[証|しょう]</p><p>い</p>",
		`<script>"あ[証|しょう]い"</script>[証|しょう]え`: `<script>"あ[証|しょう]い"</script>[証|しょう]~え`,
		"[証|しょう":                               "[証|しょう",
		"a < b":                                "a < b",
	} {
		if got := string(keepWords(markup.HTML(ruby.Replace(given)))); got != ruby.Replace(want) {
			t.Errorf("%s:\n got %s\nwant %s", given, got, ruby.Replace(want))
		}
	}
}

func TestKeepUnits(t *testing.T) {
	joined := strings.NewReplacer("~", wordJoiner)
	for given, want := range map[string]string{
		"<h1 tabindex=\"-1\">3か月以内に、75歳</h1><p>3か月</p>": "<h1 tabindex=\"-1\">3~か~月以内に、75~歳</h1><p>3か月</p>",
		"<header>1日</header><h2>12 days, 5ページ</h2>":     "<header>1日</header><h2>12 days, 5ページ</h2>",
		"<h3>10日": "<h3>10日",
		"<h":      "<h",
	} {
		if got := string(keepUnits(markup.HTML(given))); got != joined.Replace(want) {
			t.Errorf("%s:\n got %s\nwant %s", given, got, joined.Replace(want))
		}
	}
}

func TestOpenWords(t *testing.T) {
	ruby := strings.NewReplacer("[", "<ruby>", "|", "<rt>", "]", "</ruby>", "/", "<wbr>")
	for given, want := range map[string]string{
		"こうれいじゅきゅうしゃしょうは いりますか":                         "こうれい/じゅきゅ/うしゃしょ/うは いりますか",
		"マイナンバーカードと いっしょに":                              "マイナンバーカードと いっしょに",
		"（マイナンバーカード）です。":                                "（マイナ/ンバーカー/ド）/です。",
		"[資格確認書|しかくかくにんしょ]が[必要|ひつよう]です。":                "[資格確認書|しかくかくにんしょ]が/[必要|ひつよう]です。",
		"<p>あいうえおか</p><p>きくけこさしす</p>":                   "<p>あいうえおか</p><p>きくけこさしす</p>",
		"あいう<a>えおかきく</a>けこさ":                            "あいう<a>え/おかきく</a>け/こさ",
		"わかりません。おくすり、<a>ひ</a>、<b>と</b>「は」。":             "わかりません。/おくすり、<a>/ひ</a>、<b>/と</b>「は」。",
		"\x01from\x02から\x01until\x02まで、\x01month\x02です": "\x01from\x02から\x01until\x02まで、/\x01month\x02です",
		"れいわ年\x01n\x02[月|がつ][日|にち]までのみ":                 "れいわ年\x01n\x02[月|がつ]/[日|にち]までの/み",
		"（はい）、[紙|かみ]。[紙|かみ]。</p>あ。 い":                   "（はい）、/[紙|かみ]。/[紙|かみ]。</p>あ。 い",
		"<span lang=ja>あいうえおかきくけこさしす</span>":            "<span lang=ja>あいうえおかきくけこさしす</span>",
		"あ。<svg><text>い。う</text></svg>え。お":              "あ。<svg><text>い。う</text></svg>え。/お",
		"https-very-long-address-of-page":               "https-very-long-address-of-page",
		"<title>あいうえおかきくけこさしす</title><body>":            "<title>あいうえおかきくけこさしす</title><body>",
	} {
		given, want = strings.ReplaceAll(given, "</", "\x00"), strings.ReplaceAll(want, "</", "\x00")
		plain := func(text string) string { return strings.ReplaceAll(ruby.Replace(text), "\x00", "</") }
		if got := string(openWords(markup.HTML(plain(given)))); got != plain(want) {
			t.Errorf("%s:\n got %s\nwant %s", given, got, plain(want))
		}
	}
}
