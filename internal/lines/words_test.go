package lines

import (
	"bytes"
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
		if got := string(KeepWords(markup.HTML(ruby.Replace(given)))); got != ruby.Replace(want) {
			t.Errorf("%s:\n got %s\nwant %s", given, got, ruby.Replace(want))
		}
	}
}

func TestKeepWhole(t *testing.T) {
	plain := strings.NewReplacer("{", string(wholeOpen), "}", string(wholeClose), "[", "<ruby>", "|", "<rp>(<rt>", "]", "<rp>)</ruby>", "~", wordJoiner)
	for given, want := range map[string]string{
		"<title>3か月です。</title><body><p>一つ。</p>":                 "<title>3か月です。</title><body><p>一つ。</p>",
		"<p>これは一枚で足ります。</p>":                                    "<p>これは一枚で足り{ます}。</p>",
		"<p>足ります。</p>":                                          "<p>足ります。</p>",
		"<td>足ります。</td>":                                        "<td>足り{ます}。</td>",
		"<td>足る</td><p>足ります。</p>":                               "<td>足る</td><p>足ります。</p>",
		"<p>とても長い文の<a href=x>終わり</a></p>":                       "<p>とても長い文の<a href=x>{終わり}</a></p>",
		"<p>とても長い文の<a href=x>終</a>。</p>":                        "<p>とても長い文の<a href=x>終</a>。</p>",
		"<td>受けて いる</td>":                                       "<td>{受けて いる}</td>",
		"<td>会社で 働いて いる</td>":                                   "<td>会社で {働いて いる}</td>",
		"<p>カードを [持|も]って いる [人|ひと]</p>":                         "<p>カードを [持|も]って {いる [人|ひと]}</p>",
		"<td>登録から 3か月 [後|あと]</td>":                              "<td>登録から {3か月 [後|あと]}</td>",
		"<p>平日 9:30〜20:00、1〜2年、9:30〜か 9:30</p>":                 "<p>平日 {9:30〜20:00}、{1〜2年}、9:30〜か 9:30</p>",
		"<p>それには長い時間が要り、1〜12年</p>":                              "<p>それには長い時間が要り、{1〜12年}</p>",
		"<td>1〜12年間</td>":                                       "<td>{1〜12年間}</td>",
		"<p>weekdays 9:30–20:00; closed</p>":                    "<p>weekdays {9:30–20:00}; closed</p>",
		"<td>登録から3か月後</td>":                                     "<td>登録から{3か月後}</td>",
		"<p>0120-95-0178</p>":                                   "<p>0120-95-0178</p>",
		"<p>I have a card.</p>":                                 "<p>I have a card.</p>",
		"<p>a":                                                  "<p>a",
		"<p>あ[い":                                                "<p>あ[い",
		"<p>入院したのは3日間だ。</p>":                                    "<p>入院したのは{3日間だ}。</p>",
		"<title>3か月</title><body><h1 id=\"s1\">3か月以内に、75歳</h1>": "<title>3か月</title><body><h1 id=\"s1\">{3か月}以内に、{75歳}</h1>",
		"<p>1,000円、24時間、12 days, 5ページ":                          "<p>{1,000円}、{24時間}、12 days, 5ページ",
		"<p>6か[月|げつ]に":                                          "<p>{6か[月|げつ]}に",
		"<p>6か[月|げつ":                                            "<p>6か[月|げつ",
		"<p>[1日|ついたち]":                                          "<p>[1日|ついたち]",
		"<p>2026年3月":                                            "<p>{2026年}{3月}",
		"<p>10":                                                 "<p>10",
	} {
		var w bytes.Buffer
		w.WriteString("before" + plain.Replace(given))
		insertIn(&w, len("before"), wholePlaces(w.Bytes()[len("before"):], nil), wholeOpen, wholeClose)
		if got := w.String(); got != "before"+plain.Replace(want) {
			t.Errorf("%s:\n got %s\nwant %s", given, got, plain.Replace(want))
		}
	}
}

func TestOpenWords(t *testing.T) {
	ruby := strings.NewReplacer("[", "<ruby>", "|", "<rt>", "]", "</ruby>", "/", "<wbr>")
	for given, want := range map[string]string{
		"こうれいじゅきゅうしゃしょうは いりますか":                                   "こうれい/じゅきゅ/うしゃしょ/うは いりますか",
		"マイナンバーカードと いっしょに":                                        "マイナンバーカードと いっしょに",
		"（マイナンバーカード）です。":                                          "（マイナ/ンバーカー/ド）/です。",
		"[資格確認書|しかくかくにんしょ]が[必要|ひつよう]です。":                          "[資格確認書|しかくかくにんしょ]が/[必要|ひつよう]です。",
		"<p>あいうえおか</p><p>きくけこさしす</p>":                             "<p>あいうえおか</p><p>きくけこさしす</p>",
		"あいう<a>えおかきく</a>けこさ":                                      "あいう<a>え/おかきく</a>け/こさ",
		"わかりません。おくすり、<a>ひ</a>、<b>と</b>「は」。":                       "わかりません。/おくすり、<a>/ひ</a>、<b>/と</b>「は」。",
		"\x01from\x02から\x01until\x02まで、\x01month\x02です":           "\x01from\x02から\x01until\x02まで、/\x01month\x02です",
		"れいわ年\x01n\x02[月|がつ][日|にち]までのみ":                           "れいわ年\x01n\x02[月|がつ]/[日|にち]までの/み",
		"イノアック[健康保険組合|けんこうほけんくみあい]の":                              "イノアック/[健康保険組合|けんこうほけんくみあい]の",
		"（はい）、[紙|かみ]。[紙|かみ]。</p>あ。 い":                             "（はい）、/[紙|かみ]。/[紙|かみ]。</p>あ。 い",
		"<span lang=ja>あいうえおかきくけこさしす</span>":                      "<span lang=ja>あいうえおかきくけこさしす</span>",
		"あ。<span lang=ja><span>3か月</span>あいうえおかきくけこさしす</span>い。う": "あ。<span lang=ja><span>3か月</span>あいうえおかきくけこさしす</span>い。/う",
		"あ。<svg><text>い。う</text></svg>え。お":                        "あ。<svg><text>い。う</text></svg>え。/お",
		"https-very-long-address-of-page":                         "https-very-long-address-of-page",
		"<title>あいうえおかきくけこさしす</title><body>":                      "<title>あいうえおかきくけこさしす</title><body>",
	} {
		given, want = strings.ReplaceAll(given, "</", "\x00"), strings.ReplaceAll(want, "</", "\x00")
		plain := func(text string) string { return strings.ReplaceAll(ruby.Replace(text), "\x00", "</") }
		if got := string(OpenWords(markup.HTML(plain(given)))); got != plain(want) {
			t.Errorf("%s:\n got %s\nwant %s", given, got, plain(want))
		}
	}
}

func TestTermsStayWhole(t *testing.T) {
	terms := NewTerms([]string{"保険証", "資格確認書", "国民健康保険", "国民健康保険組合", "記号・番号", "資格情報のお知らせ", "証"})
	plain := strings.NewReplacer("{", string(wholeOpen), "}", string(wholeClose))
	for given, want := range map[string]string{
		"<title>保険証と資格確認書</title><body><p>保険証か、いつもの資格確認書を":                            "<title>保険証と資格確認書</title><body><p>{保険証}か、いつもの{資格確認書}を",
		"<p>国民健康保険組合の人や、国民健康保険の人が行く</p>":                                              "<p>{国民健康保険組合}の人や、{国民健康保険}の人{が行く}</p>",
		"<p>これが資格確認書</p><p>資格確認書</p>":                                                 "<p>これが{資格確認書}</p><p>資格確認書</p>",
		"<td>資格確認書</td><td>保険証と</td>":                                                 "<td>{資格確認書}</td><td>{保険証と}</td>",
		"<td><a href=x>資格確認書</a></td><p>資格確認書</p>":                                    "<td><a href=x>{資格確認書}</a></td><p>資格確認書</p>",
		"<p>とても長い文の<a href=保険証>保険証</a>、記号・番号は2年</p>":                                  "<p>とても長い文の<a href=保険証>{保険証}</a>、{記号・番号}{は2年}</p>",
		"<p>資格<strong>確認</strong>書、資格<strong>確認書</strong>、<strong>資格確</strong>認書</p>": "<p>{資格<strong>確認</strong>書}、{資格<strong>確認書</strong>}、<strong>資格確</strong>認書</p>",
		"<p>資格情報のお知らせの証をお見せください</p>":                                                  "<p>資格情報のお知らせの証をお見せく{ださい}</p>",
	} {
		w := bytes.NewBufferString("before")
		w.WriteString(given)
		Page(w, len("before"), false, terms)
		if got := w.String(); got != "before"+plain.Replace(want) {
			t.Errorf("%s:\n got %s\nwant %s", given, got, plain.Replace(want))
		}
	}
}
