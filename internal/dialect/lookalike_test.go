package dialect

import (
	"slices"
	"strings"
	"testing"

	"sitegen/internal/diag"
)

// mended applies the fixes of all findings, repeatedly until no finding has a fix. It fails the test after ten rounds.
func mended(t testing.TB, source string) string {
	t.Helper()
	for range 10 {
		_, found := parse(t, source)
		var edits []diag.Edit
		for _, d := range found {
			edits = append(edits, d.Mend...)
		}
		if len(edits) == 0 {
			return source
		}
		slices.SortStableFunc(edits, func(a, b diag.Edit) int { return a.Offset - b.Offset })
		var b strings.Builder
		at := 0
		for _, e := range edits {
			if e.Offset < at {
				continue
			}
			b.WriteString(source[at:e.Offset] + e.New)
			at = e.Offset + len(e.Old)
		}
		source = b.String() + source[at:]
	}
	t.Fatalf("%q: changes without end", source)
	return ""
}

// Lists, headings and tables in the style of office documents, and marks of other dialects, give findings. The fixes
// write what the author meant. If the meaning is not certain, there is no fix. The fixed text has no findings, except
// about marks without a fix.
func TestLookalikes(t *testing.T) {
	for _, c := range []struct {
		source string
		want   []string
		mended string // the source after all fixes, or "" if the source stays the same
	}{
		// Bullets.
		{"次のものが必要です。\n・申請書\n・通帳", []string{"2:1 list-mark", "3:1 list-mark"}, "次のものが必要です。\n- 申請書\n- 通帳"},
		{"・ 申請書\n・　通帳", []string{"1:1 list-mark", "2:1 list-mark"}, "- 申請書\n- 通帳"},
		{"● 一\n● 二", []string{"1:1 list-mark", "2:1 list-mark"}, "- 一\n- 二"},
		{"·申請書\n·通帳", []string{"1:1 list-mark", "2:1 list-mark"}, "- 申請書\n- 通帳"}, {"⋅ 一\n⋅ 二", []string{"1:1 list-mark", "2:1 list-mark"}, "- 一\n- 二"},
		{"○一\n○二", []string{"1:1 list-mark", "2:1 list-mark"}, "- 一\n- 二"},
		{"•\t一", []string{"1:1 list-mark"}, "- 一"},
		{"– 一", []string{"1:1 list-mark"}, "- 一"},
		{"・一\n　つづき\n・二", []string{"1:1 list-mark", "2:1 fullwidth-indent", "3:1 list-mark"}, "- 一\n  つづき\n- 二"},
		{"・申請書\n・通帳\nお持ちください。", []string{"1:1 list-mark", "2:1 list-mark"}, "- 申請書\n- 通帳\n\nお持ちください。"},
		{"・とても長い言葉が続いて行の終わりまで来てもまだ文が終わらないので次の\n行に続く", []string{"1:1 list-mark"}, ""},
		{"- 一\n\n  ・二", []string{"3:3 list-mark"}, "- 一\n\n  - 二"},
		{"> ・一\n> ・二", []string{"1:3 list-mark", "2:3 list-mark"}, "> - 一\n> - 二"},
		{"＊ 一", []string{"1:1 list-mark"}, "- 一"}, {"＊注", nil, ""}, {"本文。\n＊注", []string{"2:1 line-joined"}, "本文。\n\n＊注"}, {"－5度", nil, ""},
		{"○月○日", nil, ""}, {"○○市", nil, ""}, {"・・・", nil, ""}, {"●年", nil, ""},

		{"*申請\n*通帳", []string{"1:2 list-space", "2:2 list-space"}, "* 申請\n* 通帳"}, {"*申請*\n*通帳*", nil, ""},
		{"〇申請\n〇通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""}, {"〇月〇日\n〇月一日", nil, ""}, {"〇一二\n〇三四", nil, ""},
		{"‐申請\n‐通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""}, {"⁃ 申請\n⁃ 通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""},
		{"㋐申請\n㋑通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""}, {"ⓐ申請\nⓑ通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""},
		{"ⅰ 申請\nⅱ 通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""}, {"Ⅰ申請\nⅡ通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""},
		{"1-1 申請\n1-2 通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""}, {"1-1 申請\n1-3 通帳\n1-2-3 一\n1-2-4 二", nil, ""},
		{"1申請\n2通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""}, {"1人が\n2人で", nil, ""}, {"3月の\n4月の", nil, ""}, {"1ページ目に\n2ページ目に", nil, ""}, {"1世帯は\n2世帯は", nil, ""}, {"3親等の家族と\n4親等の家族です", nil, ""}, {"1万円か\n2万円です", nil, ""}, {"1次募集と\n2次募集", nil, ""}, {"2申請\n3通帳", nil, ""},
		{"1-2 people\n1-3 people", nil, ""}, {"10-11 a.m.\n10-12 a.m.", nil, ""}, {"Ⅰ型の人は\nⅡ型の人と", nil, ""}, {"~5月\n~6月", nil, ""},
		{"o Bring\no Show", []string{"1:1 list-mark", "2:1 list-mark"}, ""}, {"l 申請\nl 通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""}, {"on a\non b", nil, ""},
		{"~申請\n~通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""}, {"=申請\n=通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""},
		{"（注）申請\n（注）通帳", []string{"2:1 line-joined"}, "（注）申請\n\n（注）通帳"}, {"本文。\n(注1)申請", []string{"2:1 line-joined"}, "本文。\n\n(注1)申請"}, {"（注）申請", nil, ""},
		{"-　申請\n-　通帳", []string{"1:2 fullwidth-indent", "2:2 fullwidth-indent"}, "- 申請\n- 通帳"},
		{"1.　申請\n2.　通帳", []string{"1:3 fullwidth-indent", "2:3 fullwidth-indent"}, "1. 申請\n2. 通帳"},
		{"★申請\n★通帳", []string{"1:1 list-mark", "2:1 list-mark"}, ""},
		{"「限度額適用認定証」\n交付申請書を出します。", nil, ""}, {"『国民健康保険』\n加入者は電話します。", nil, ""},
		{"「見出し」\nと言います。", nil, ""}, {"「一」\n「二」", nil, ""}, {"「一」", nil, ""},

		// Numbers.
		{"①申請書\n②通帳", []string{"1:1 list-mark", "2:1 list-mark"}, "1. 申請書\n2. 通帳"},
		{"⑳申請書\n㉑通帳", []string{"1:1 list-mark", "2:1 list-mark"}, "20. 申請書\n21. 通帳"},
		{"㊀申請書\n㊁通帳", []string{"1:1 list-mark", "2:1 list-mark"}, "1. 申請書\n2. 通帳"},
		{"１．申請書\n２．通帳", []string{"1:1 list-mark", "2:1 list-mark"}, "1. 申請書\n2. 通帳"},
		{"1.申請書\n2.通帳", []string{"1:1 list-mark", "2:1 list-mark"}, "1. 申請書\n2. 通帳"},
		{"１）申請書\n２）通帳", []string{"1:1 list-mark", "2:1 list-mark"}, "1. 申請書\n2. 通帳"},
		{"（1）申請書\n（2）通帳", []string{"1:1 list-mark", "2:1 list-mark"}, "1. 申請書\n2. 通帳"},
		{"1、申請書\n2、通帳", []string{"1:1 list-mark", "2:1 list-mark"}, "1. 申請書\n2. 通帳"},
		{"手順は次のとおりです。\n①開く\n②読む", []string{"2:1 list-mark", "3:1 list-mark"}, "手順は次のとおりです。\n1. 開く\n2. 読む"},
		{"続きです。\n③開く\n④読む", []string{"2:1 list-mark", "3:1 list-mark"}, "続きです。\n\n3. 開く\n4. 読む"},
		{"text\n2. b", []string{"2:1 list-mark"}, "text\n\n2. b"},
		{"①開く\n③読む", []string{"1:1 list-mark", "2:1 list-mark"}, ""},
		{"2. 乙\n（2）甲", []string{"2:1 list-mark"}, ""},
		{"1. 甲\n\n①乙\n②丙", []string{"3:1 list-mark", "4:1 list-mark"}, ""},
		{"1. 甲\n\n②乙\n③丙", []string{"3:1 list-mark", "4:1 list-mark"}, "1. 甲\n\n2. 乙\n3. 丙"},
		{"①甲\n②乙\n\n①丙\n②丁", []string{"1:1 list-mark", "2:1 list-mark", "4:1 list-mark", "5:1 list-mark"}, ""},
		{"①甲\n　つづき\n①乙", []string{"1:1 list-mark", "2:1 fullwidth-indent", "3:1 list-mark"}, "①甲\n  つづき\n①乙"},
		{"①甲\nお待ちください。\n②乙", []string{"1:1 list-mark", "3:1 list-mark"}, "1. 甲\n\nお待ちください。\n\n2. 乙"},
		{"１．甲\n\n    乙", []string{"1:1 list-mark", "3:5 code-indented"}, ""},
		{"①甲\n説明。\n①乙", []string{"1:1 list-mark", "3:1 list-mark"}, ""},
		{"文。\n  ②甲\n3. 乙", []string{"2:3 list-mark", "3:1 list-mark"}, ""},
		{"> ①甲\n②乙", []string{"1:3 list-mark", "2:1 list-mark"}, ""},
		{"1.甲\n\n2.乙", []string{"1:1 list-mark", "3:1 list-mark"}, "1. 甲\n\n2. 乙"},
		{"1.申請書", []string{"1:1 list-mark"}, "1. 申請書"},
		{"①から③までです。", nil, ""}, {"（1）の場合", nil, ""}, {"1.5倍\n2.5倍", nil, ""}, {"2、3日", nil, ""}, {"100.申請", nil, ""}, {"1. a\n2. b", nil, ""},

		// Notes, headings, indentation.
		{"本文。\n※注意\n※もう一つ", []string{"2:1 line-joined", "3:1 line-joined"}, "本文。\n\n※注意\n\n※もう一つ"},
		{"※注意", nil, ""},
		{"【対象者】\n75歳以上の方", []string{"1:1 heading-mark"}, "## 対象者\n75歳以上の方"},
		{"## 題\n\n### 小\n\n【対象者】", []string{"5:1 heading-mark"}, "## 題\n\n### 小\n\n### 対象者"},
		{"本文。\n【対象者】75歳以上", []string{"2:1 line-joined"}, "本文。\n\n【対象者】75歳以上"},
		{"【対象者】75歳以上", nil, ""},
		{"■必要なもの\n申請書を出します。", []string{"1:1 heading-mark"}, "## 必要なもの\n申請書を出します。"},
		{"■対象者\n・一\n・二", []string{"1:1 heading-mark", "2:1 list-mark", "3:1 list-mark"}, ""},
		{"■対象者\n・一\n■持ち物\n・二", []string{"1:1 heading-mark", "2:1 list-mark", "3:1 heading-mark", "4:1 list-mark"}, ""},
		{"■対象者\n●一\n●二", []string{"1:1 heading-mark", "2:1 list-mark", "3:1 list-mark"}, ""}, {"●一\n○二", []string{"1:1 list-mark", "2:1 list-mark"}, "- 一\n- 二"},
		{"●手順\n①開く\n②読む", []string{"1:1 heading-mark", "2:1 list-mark", "3:1 list-mark"}, ""},
		{"■対象者\n\n・一\n・二", []string{"1:1 heading-mark", "3:1 list-mark", "4:1 list-mark"}, "■対象者\n\n- 一\n- 二"},
		{"■対象者\n- 一\n- 二", []string{"1:1 heading-mark"}, ""}, {"■持参してください。\n・一", []string{"1:1 list-mark", "2:1 list-mark"}, "- 持参してください。\n- 一"},
		{"- 【一】", []string{"1:3 heading-mark"}, ""},
		{"　一つ目の段落。\n　二つ目の段落。\n続き", []string{"1:1 fullwidth-indent", "2:1 fullwidth-indent"}, "一つ目の段落。\n\n二つ目の段落。\n続き"},
		{"-\u00a0一", []string{"1:2 list-nobreak"}, "- 一"},
		{"-- 一\n- 二", []string{"1:1 list-mark"}, "- 一\n- 二"}, {"---", nil, ""}, {"--一", nil, ""},
		{"- 一です。- 二です。", []string{"1:7 list-joined"}, ""}, {"- 一です。#- 二です。\n- 三", []string{"1:8 list-joined"}, ""},
		{"- 9時 - 5時です。 - 昼", nil, ""}, {"e-mail. See A- and B.", nil, ""},
		{"- [ ] 申請書\n- [x] 通帳", []string{"1:3 task-refused", "2:3 task-refused"}, "- 申請書\n- [x] 通帳"},
		{"題\n===", []string{"2:1 heading-setext"}, "## 題\n"},
		{"題\n---\n文", []string{"2:1 heading-setext"}, ""}, {"題\n-", []string{"2:1 heading-setext"}, ""},
		{"一\n二\n---\n三", []string{"3:1 heading-setext"}, ""},
		{"題\n\n---", nil, ""}, {"- a\n---", nil, ""},
		{"＃＃ 題", []string{"1:1 mark-fullwidth"}, "## 題"},
		{"＃＃　題", []string{"1:1 mark-fullwidth"}, "## 題"},
		{"##題", []string{"1:3 heading-space"}, "## 題"},
		{"#題", []string{"1:2 heading-space"}, "## 題"},
		{"＃7119", nil, ""},
		{"＞引用", []string{"1:1 mark-fullwidth"}, "> 引用"},
		{"一\n－－－\n二", []string{"2:1 mark-fullwidth"}, "一\n\n---\n二"},
		{"：：： note\n文\n：：：", []string{"1:1 block-fullwidth", "3:1 block-fullwidth"}, "::: note\n文\n:::"},
		{"- 一です\n。- 二です。", []string{"2:1 line-closing"}, "- 一です。\n- 二です。"},
		{"「一\n」二", []string{"2:1 line-closing"}, "「一」\n二"},
		{"。一", []string{"1:1 line-closing"}, ""},
		{"- 一です。-\n 二です。", []string{"1:7 line-opening"}, ""}, {"一です。 -\n二です。", []string{"1:6 line-opening"}, ""}, {"一です。・\n二", []string{"1:5 line-opening"}, ""},
		{"one ##\ntwo", []string{"1:5 line-opening"}, ""}, {"一{literal:-}\n二", nil, ""}, {"一——\n二", nil, ""},
		{"- one\n. Two", []string{"2:1 line-closing"}, "- one.\nTwo"},
		{"“one\n”\nTwo (three\n) .four ... five\n... six", []string{"2:1 line-closing", "4:1 line-closing"}, "“one”\nTwo (three)\n.four ... five\n... six"},
		{":: note\n無料です。\n:::", []string{"1:1 block-short-open"}, "::: note\n無料です。\n:::"},

		// Tables.
		{"| 区分 | 手数料 |\n| 初回 | 無料 |", []string{"1:1 table-rule"}, "| 区分 | 手数料 |\n|---|---|\n| 初回 | 無料 |"},
		{"区分 | 手数料\n初回 | 無料", []string{"1:1 table-rule"}, "区分 | 手数料\n|---|---|\n初回 | 無料"},
		{"| 区分 | 手数料 |", []string{"1:1 table-rule"}, ""},
		{"｜区分｜手数料｜\n｜ーー｜ーー｜\n｜初回｜無料｜", []string{"1:1 mark-fullwidth", "2:1 mark-fullwidth", "3:1 mark-fullwidth"}, "|区分|手数料|\n|--|--|\n|初回|無料|"},
		{"区分｜手数料\nーー｜ーー\n初回｜無料", []string{"1:3 mark-fullwidth", "2:3 mark-fullwidth", "3:3 mark-fullwidth"}, "区分|手数料\n--|--\n初回|無料"},
		{"甲｜乙", nil, ""},
		{"区分\t手数料\n初回\t無料\n再発行\t1,000円", []string{"1:3 table-tabs"}, "| 区分 | 手数料 |\n|---|---|\n| 初回 | 無料 |\n| 再発行 | 1,000円 |"},
		{"次の表です。\n区分\t手数料\n初回\t無料", []string{"2:3 table-tabs"}, "次の表です。\n| 区分 | 手数料 |\n|---|---|\n| 初回 | 無料 |"},
		{"区分\t手数料", []string{"1:3 table-tabs"}, ""},
		{"一\t二\n三", []string{"1:2 table-tabs"}, ""},
		{"| だけ", []string{"1:1 bar-alone"}, ""}, {"A | B", []string{"1:3 bar-alone"}, ""},

		// Within a line.
		{"使えるのは｛fact:end_day｝までです。", []string{"1:6 mark-fullwidth"}, "使えるのは{fact:end_day}までです。"},
		{"｛fact：end_day：both｝", []string{"1:1 mark-fullwidth"}, "{fact:end_day:both}"},
		{"｛漢字｜かんじ｝", []string{"1:1 mark-fullwidth"}, "{漢字|かんじ}"},
		{"｛漢字｝", []string{"1:1 mark-fullwidth"}, ""}, {"文｝", []string{"1:2 mark-fullwidth"}, ""}, {"｛文", []string{"1:1 mark-fullwidth"}, ""},
		{"(fact:end_day)まで", []string{"1:1 token-naked"}, "{fact:end_day}まで"},
		{"（term:card）を", []string{"1:1 token-naked"}, "{term:card}を"},
		{"fact:end_dayまで", []string{"1:1 token-naked"}, ""},
		{"（faq:x）を見る", []string{"1:2 link-naked"}, ""},
		{"a fact: it is", nil, ""}, {"artifact:x", nil, ""},
		{"~~古い~~", []string{"1:1 strike-refused"}, ""}, {"～～古い～～", []string{"1:1 strike-refused"}, ""}, {"3~5日", nil, ""}, {"そうです～～", nil, ""},
		{"本文[^1]\n\n[^1]: 注", []string{"1:3 footnote-refused", "3:1 footnote-refused"}, ""},
		{"＊＊大事＊＊です", []string{"1:1 mark-fullwidth", "1:5 mark-fullwidth"}, "**大事**です"},
		{"これは__大事__です", []string{"1:4 emphasis-underscore", "1:8 emphasis-underscore"}, "これは**大事**です"},
		{"甲__乙__丙__丁__戊", []string{"1:2 emphasis-underscore", "1:5 emphasis-underscore", "1:8 emphasis-underscore", "1:11 emphasis-underscore"}, "甲**乙**丙**丁**戊"},
		{"氏名____", []string{"1:3 emphasis-underscore"}, ""}, {"a__b__c", []string{"1:2 emphasis-underscore", "1:5 emphasis-underscore"}, ""},
		{"`a", []string{"1:1 code-open"}, ""}, {"｀a｀", []string{"1:1 mark-fullwidth", "1:3 mark-fullwidth"}, "`a`"},
		{"https://example.jp/a?b=1 を見る", []string{"1:1 link-bare"}, "<https://example.jp/a?b=1> を見る"},
		{"詳しくはhttps://example.jp/を。", []string{"1:5 link-bare"}, "詳しくは<https://example.jp/>を。"},
		{"(see https://example.jp/a_(b).)", []string{"1:6 link-bare"}, "(see <https://example.jp/a_(b)>.)"},
		{"info@example.jp へ", []string{"1:1 link-bare"}, "<info@example.jp> へ"},
		{"[https://example.jp](https://example.jp)", nil, ""}, {"`https://example.jp`", nil, ""}, {"{literal:https://example.jp}", nil, ""},
		{"a @ b", nil, ""}, {"@name", nil, ""}, {"12:30", nil, ""},
		{"[注]: 説明", []string{"1:1 link-reference"}, ""},
		{"[a](faq:x#s2)", []string{"1:5 anchor-numbered"}, ""}, {"[a](#steps-1)", []string{"1:5 anchor-numbered"}, ""}, {"[a](#s2)", []string{"1:5 anchor-numbered"}, ""},
	} {
		_, found := parse(t, c.source)
		if got := summary(found); !slices.Equal(got, c.want) {
			t.Errorf("%q\n got %v\nwant %v", c.source, got, c.want)
		}
		want := c.mended
		if want == "" {
			want = c.source
		}
		if got := mended(t, c.source); got != want {
			t.Errorf("%q becomes %q, want %q", c.source, got, want)
		}
		if _, left := parse(t, want); c.mended != "" && len(left) > 0 && !strings.Contains(want, "[x]") && !strings.Contains(want, "①") && !strings.Contains(want, "■") {
			t.Errorf("%q: %v is left", want, summary(left))
		}
	}
}

// Every code has a message and a hint in both languages.
func TestLookalikesAreWorded(t *testing.T) {
	for _, source := range []string{"・一", "-\u00a0一", "【一】", "一\n===", "一\n※二", "- [ ] a", "|a|b|", "a\tb", "｛", "(fact:a)", "faq:x", "https://x.jp", "~~a~~", "[^1]", "`", "a__b", "[a](#s1)"} {
		_, found := parse(t, source)
		if len(found) == 0 {
			t.Errorf("%q: nothing found", source)
		}
		for _, d := range found {
			for _, language := range diag.Languages {
				if message, hint := d.Text(language); hint == "" || strings.Contains(message+hint, "%!") || strings.Contains(message+hint, "%[") {
					t.Errorf("%s in %s: %q %q", d.Code, language, message, hint)
				}
			}
		}
	}
}
