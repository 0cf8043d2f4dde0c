package style

import (
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// Unfinished reports a placeholder at its first character. It does not report text that only looks like a placeholder.
func TestUnfinished(t *testing.T) {
	for text, want := range map[string]string{
		"期限はTODOです": "TODO", "【要確認】": "要確認", "TBD": "TBD", "FIXME: x": "FIXME", "○月○日まで": "○月○日", "〇月〇日": "〇月〇日", "◯年": "◯年", "XX円": "XX円", "xx人": "xx人",
		"ＸＸ円": "ＸＸ円", "●●市": "●●", "○○健保": "○○", "〇〇市": "〇〇", "××課": "××", "X月X日": "X月X日", "?月?日": "?月?日", "xxx": "xxx", "△△さん": "△△", "令和XX年": "XX年",
		"ﾎｹﾝｼｮｳ": "ﾎｹﾝｼｮｳ", "（ﾎｹﾝ）": "ﾎｹﾝ",
		"MAXX": "", "XXL": "", "二〇〇五年": "", "○ できる": "", "×": "", "なぜ??": "", "TODOs": "", "The": "", "3×4": "", "X線": "", "xml": "", "□ 申請書": "", "○": "", "可○否×": "", "For": "", "○通帳": "", "○通": "○通",
		"窓口です[山田1]。": "[山田1]", "it[JS 12].": "[JS 12]", "[山田]": "", "[1]": "", "[a1": "", "[山田1234]": "",
		"１００％": "", "、。（）": "",
	} {
		f := &diag.File{Name: "f", Data: []byte(text)}
		got := ""
		if found := Unfinished(f, markdown.Passage{Text: text, Pieces: []markdown.Piece{{End: len(text)}}}); len(found) > 0 {
			got = found[0].Args[0].(string)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	f := &diag.File{Name: "f", Data: []byte("ﾎﾟｹｯﾄ")}
	garbled := "\u7e3a\u3085\u2191\u7e3a\u6e98\u30fb\u86db\uff65\u8811\uff77"
	if found := Unfinished(&diag.File{Data: []byte(garbled)}, markdown.Passage{Text: garbled, Pieces: []markdown.Piece{{End: len(garbled)}}}); len(found) > 0 {
		t.Errorf("half-width kana of a garbled text are told: %v", found)
	}
	if found := Unfinished(f, markdown.Passage{Text: "ﾎﾟｹｯﾄ", Pieces: []markdown.Piece{{End: len("ﾎﾟｹｯﾄ")}}}); len(found) != 1 || len(found[0].Mend) != 1 || found[0].Mend[0].New != "ポケット" {
		t.Errorf("half-width kana: %v", found)
	}
}
