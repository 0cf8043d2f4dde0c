package dialect

import (
	"strings"
	"testing"
)

// misreadDay finds the right reading for a wrong one. In the sources, | separates the text in front of the ruby, its base and its reading.
func TestMisreadDays(t *testing.T) {
	for ruby, want := range map[string]string{
		"|5日|ごにち": "5日: いつか", "|１４日|じゅうよんにち": "１４日: じゅうよっか", "|十四日|じゅうよにち": "十四日: じゅうよっか", "|20日|にじゅうにち": "20日: はつか",
		"|24日|にじゅうよんにち": "24日: にじゅうよっか", "|8日間|はちにちかん": "8日間: ようかかん", "|3日以内|さんにちいない": "3日以内: みっかいない",
		"|1日|ひとにち": "1日: ついたち いちにち", "|7日|ななにち": "7日: なのか なぬか", "あと5|日|にち": "5日: いつか", "10|日間|にちかん": "10日間: とおかかん",
		"|5日|ゴニチ": "5日: いつか",

		"|5日|いつか": "", "|1日|ついたち": "", "|1日|いちにち": "", "|7日|なぬか": "", "|11日|じゅういちにち": "", "|20日間|にじゅうにちかん": "", "|20日間|はつかかん": "",
		"|14日|じゅうよっか": "", "|日|ひ": "", "|誕生日|たんじょうび": "", "1|日|にち": "", "11|日|にち": "", "2、3|日|にち": "", "2〜|3日|さんにち": "",
		"|三日月|みかづき": "", "|二三日|にさんにち": "", "|四日市|よっかいち": "", "|10日|トオカ": "", "数|十日|じゅうにち": "", "1.|5日|ごにち": "", "10|日|か": "",
	} {
		parts := strings.Split(ruby, "|")
		day, right := misreadDay(parts[0], parts[1], parts[2])
		got := ""
		if day != "" {
			got = day + ": " + strings.Join(right, " ")
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", ruby, got, want)
		}
	}
}
