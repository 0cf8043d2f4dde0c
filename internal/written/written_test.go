package written

import (
	"fmt"
	"strings"
	"testing"

	"sitegen/internal/civil"
)

// shown returns mentions as a text for comparison: for each mention its words, a colon and its meaning.
func shown(text string, list []Mention) string {
	var parts []string
	for _, m := range list {
		meaning := m.Number
		if m.Kind != Phone {
			var days []string
			for _, d := range m.Days {
				day := d.String()
				switch m.Kind {
				case Month:
					day = day[:7]
				case DayOfYear:
					day = day[4:]
				}
				days = append(days, day)
			}
			meaning = strings.Join(days, " or ")
			if len(days) == 0 {
				meaning = "no such day"
			}
		}
		parts = append(parts, text[m.Start:m.End]+": "+meaning)
	}
	return strings.Join(parts, "; ")
}

// Find reads every form in which people write days, months and phone numbers. Each text below is one mention with the group's meaning.
func TestForms(t *testing.T) {
	for _, group := range []struct {
		meaning string
		texts   []string
	}{
		{"2027-03-31", []string{
			"2027年3月31日", "2027 年 3 月 31 日", "2027年 3月 31日", "2027年\u00a03月\u00a031日", "2027年\u200b3月31日", "２０２７年３月３１日", "2027年03月31日",
			"令和9年3月31日", "令和 9 年 3 月 31 日", "令和９年３月３１日", "令和九年三月三十一日", "二〇二七年三月三十一日", "二千二十七年三月三十一日", "㋿9年3月31日", "R9.3.31", "Ｒ９．３．３１", "R9/3/31", "R9-3-31",
			"2027ー3ー31", "２０２７ー０３ー３１", "2027—3—31", "R9ー3ー31", "2027年（令和9年）3月31日", "2027年(令和九年)3月31日", "令和9（2027）年3月31日", "令和9年（2027年）3月31日", "2027（令和9）年3月31日", "2027年の3月31日", "2027年の3月末",
			"平成39年3月31日", "2027年3月末", "2027年3月末日", "令和9年3月末",
			"2027-03-31", "2027/3/31", "2027.3.31", "2027．3．31", "２０２７／３／３１", "2027/ 3/ 31", "31/3/2027", "3/31/2027", "31.3.2027", "31-3-2027",
			"31 March 2027", "March 31, 2027", "March 31 2027", "MARCH 31, 2027", "31st March 2027", "31st of March, 2027", "March 31st, 2027", "31 Mar 2027",
			"Mar 31, 2027", "Mar. 31, 2027", "31 Mar. 2027", "march 31, 2027", "31 March Reiwa 9", "31 March, Reiwa 9", "31\u00a0March 2027",
			"31-Mar-2027", "Mar-31-2027", "March the 31st, 2027",
			"20270331", "２０２７０３３１", "2027・3・31", "２０２７・３・３１", "2027･3･31", "2027‐3‐31", "2027–03–31", "令9.3.31", "令９．３．３１", "令９.3.31", "令9・3・31", "令9年3月31日",
		}},
		{"2019-05-01", []string{"令和元年5月1日", "R1.5.1", "㋿元年五月一日", "1 May 2019"}},
		{"2020-03-31", []string{"平32.3.31", "平成32年3月31日", "㍻32年3月31日", "H32.3.31"}},
		{"1950-01-01", []string{"昭和25年1月1日", "S25.1.1", "Ｓ２５．１．１", "昭和二十五年一月一日"}},
		{"2027-03-31 or 2031-03-27 or 2045-03-31", []string{"27/3/31"}},
		{"2025-12-01 or 2025-01-12", []string{"1/12/2025", "01/12/2025", "1.12.2025"}},
		{"2021-09", []string{"2021年9月", "令和3年9月", "2021 年 9 月", "令和三年九月", "二〇二一年九月", "September 2021", "Sept. 2021", "Sep 2021", "September of 2021"}},
		{"-12-01", []string{"12月1日", "12 月 1 日", "１２月１日", "十二月一日", "12/1", "1 December", "December 1", "1st December", "1st of December", "Dec. 1", "DECEMBER 1"}},
		{"-02-29", []string{"2月29日", "29 February"}},
		{"2021-10", []string{"2021/10", "２０２１／１０", "2021-10", "2021.10", "R3.10", "R3/10", "令3.10", "Ｒ３．１０"}},
		{"2027-03-31", []string{"end of March 2027", "End of March 2027", "end of Mar. 2027"}},
		{"2027-03-31 or 2031-03-27", []string{"27.3.31", "２７．３．３１"}},
		{"-07-31", []string{"7/31"}},
		{"no such day", []string{
			"2026年2月29日", "令和8年2月29日", "2026年13月1日", "2026年12月32日", "2026年0月1日", "2026-02-29", "2025-13-45", "2026/2/30", "13月1日", "12月32日", "2月30日", "2026年13月",
			"令和元年3月1日", "令和元年4月30日", "R1.4.30", "平成元年1月7日", "㍼元年12月24日", "31 February 2026", "February 30, 2026", "31 April", "31/2/2026",
		}},
		{"0120950178", []string{
			"0120-95-0178", "０１２０－９５－０１７８", "0120ー95ー0178", "0120‐95‐0178", "0120(95)0178", "0120（95）0178", "(0120)95-0178", "（0120）95-0178", "0120 95 0178", "0120\u00a095\u00a00178",
			"0120950178", "0120-950-178", "+81-120-95-0178", "+81 120 95 0178", "+81120950178", "+81 (0)120-95-0178", "＋81-120-95-0178",
			"0120.95.0178", "0120/95/0178", "０１２０．９５．０１７８", "０１２０／９５／０１７８", "〇一二〇－九五－〇一七八", "〇一二〇（九五）〇一七八", "〇一二〇九五〇一七八", "零一二〇 九五 零一七八", "○一二○－九五－○一七八",
			"0120—95—0178", "0120―95―0178", "0120・95・0178", "0120~95~0178", "0120〜95〜0178", "0120～95～0178", "81-120-95-0178",
		}},
		{"0312345678", []string{"03-1234-5678", "(03)1234-5678", "(03) 1234-5678", "0312345678", "+81-3-1234-5678", "03（1234）5678"}},
		{"09012345678", []string{"090-1234-5678", "09012345678", "+81 90 1234 5678"}},
	} {
		for _, text := range group.texts {
			want := text + ": " + group.meaning
			for _, around := range [][2]string{{"", ""}, {"期限は", "までです"}, {"It is ", ". Then"}, {"（", "）"}} {
				text := around[0] + text + around[1]
				if got := shown(text, NewReader(nil).Find(text)); got != want {
					t.Errorf("%q:\n got %s\nwant %s", text, got, want)
				}
			}
		}
	}
}

// Find finds several mentions in a text. It leaves out days that recur every year, because they need no year.
func TestSeveral(t *testing.T) {
	for text, want := range map[string]string{
		"期限は3.31まで、4.1から":                         "3.31: -03-31; 4.1: -04-01",
		"2025年12月1日（令和7年12月1日）まで":                 "2025年12月1日: 2025-12-01; 令和7年12月1日: 2025-12-01",
		"令和7年12月2日から令和8年3月31日":                    "令和7年12月2日: 2025-12-02; 令和8年3月31日: 2026-03-31",
		"03-1234-5678 2026年1月1日":                  "03-1234-5678: 0312345678; 2026年1月1日: 2026-01-01",
		"毎年3月31日、各年 7月31日、毎年の8月1日":                "",
		"01.02.2025 1234":                         "01.02.2025: 2025-02-01 or 2025-01-02",
		"毎年12月1日と12月2日":                           "12月2日: -12-02",
		"2026年3月31日と12月1日":                        "2026年3月31日: 2026-03-31; 12月1日: -12-01",
		"It ends on 31 March every year.":         "",
		"Each year on 31 March, and every 1 May.": "",
		"Every day. On 31 March":                  "31 March: -03-31",
		"1 to 3 December 2025":                    "3 December 2025: 2025-12-03",
	} {
		if got := shown(text, NewReader(nil).Find(text)); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

// Find finds nothing in texts that only look like a day or a phone number.
func TestOthers(t *testing.T) {
	for _, text := range []string{
		"", "12桁", "1.5か月", "8:30", "1/2", "3/10", "5/5", "24/7", "1丁目2-3", "1-2-3", "1.2.3", "v1.26.2", "192.168.0.1", "2025.12.1.5", "令和7年度", "2025年度", "十年間", "三年", "七五三",
		"一月あたり", "10月から", "You may 3 times", "in may 2027 people", "5 or 6", "#7119", "119", "0570", "12345678901234", "1234-5678-9012", "0.5%", "3か月1日", "30日間",
		"01-02 10:00", "3 marches", "二〇", "元", "月", "年", "１", "R", "R7", "+81", "+1-202-555-0178", "(",
		"0.123456789", "0.5.10", "01.234.567.890", "〇", "〇一", "○月○日", "〇〇", "二〇", "第〇条", "20251301", "20250230", "12345678", "file_20251201.pdf", "20251201-1", "v20251201",
		"2025・2026", "2025-2026", "2025-26", "2025/26", "2021-10-a", "1.5から", "3.31", "3.31倍", "iOS 26.3.1", "12.3.31", "26.13.1", "R3.13", "T1-2", "PM2.5", "181-120-95-0178", "81-120", "5・6・7", "1・2・2025", "法令7.12.1", "政令7・8・9", "大7", "平7",
	} {
		if got := shown(text, NewReader(nil).Find(text)); got != "" {
			t.Errorf("%q: got %s", text, got)
		}
	}
}

// A reader knows the names of months of its language and the English names.
func TestMonthsOfALanguage(t *testing.T) {
	r := NewReader([]string{"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"})
	for text, want := range map[string]string{
		"até 1 de dezembro de 2025": "1 de dezembro de 2025: 2025-12-01",
		"31 de março de 2027":       "31 de março de 2027: 2027-03-31",
		"1 December 2025":           "1 December 2025: 2025-12-01",
	} {
		if got := shown(text, r.Find(text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// Find reads every third day from 1989 to 2029 in four common forms.
func TestEveryDay(t *testing.T) {
	r := NewReader(nil)
	for day := civil.Of(1989, 1, 8); day < civil.Of(2030, 1, 1); day += 3 {
		y, m, d := day.YMD()
		before := map[civil.Era]int{civil.Reiwa: 2018, civil.Heisei: 1988}
		era, n := day.Era()
		for _, text := range []string{
			fmt.Sprintf("%d年%d月%d日", y, m, d), fmt.Sprintf("%04d-%02d-%02d", y, m, d), fmt.Sprintf("%d %s %d", d, englishMonths[m-1], y),
			fmt.Sprintf("%s%d年%d月%d日", map[civil.Era]string{civil.Reiwa: "令和", civil.Heisei: "平成"}[era], n, m, d),
		} {
			list := r.Find(text)
			if len(list) != 1 || len(list[0].Days) != 1 || list[0].Days[0] != day || text[list[0].Start:list[0].End] != text || before[era]+n != y {
				t.Fatalf("%s: got %v", text, list)
			}
		}
	}
}

// For any text, Find ends and returns mentions in order and without overlap.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{"令和九年三月三十一日", "0120（95）0178", "31st of March, 2027", "1/2/3/4", "+81(0)3", "㋿元年\u00a0五月"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, m := range NewReader(nil).Find(text) {
			if m.Start < end || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("%q: %v", text, m)
			}
			end = m.End
		}
	})
}
