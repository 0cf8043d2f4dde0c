package dialect

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// dayReadings has the readings of days and of counts of days, by number. It leaves out numbers after which 日 is read にち. 1日 and 7日 have
// two readings.
var dayReadings = map[int][]string{
	1: {"ついたち", "いちにち"}, 2: {"ふつか"}, 3: {"みっか"}, 4: {"よっか"}, 5: {"いつか"}, 6: {"むいか"}, 7: {"なのか", "なぬか"}, 8: {"ようか"},
	9: {"ここのか"}, 10: {"とおか"}, 14: {"じゅうよっか"}, 20: {"はつか"}, 24: {"にじゅうよっか"},
}

// dayTails has the words that can follow 日, with their readings.
var dayTails = map[string]string{"": "", "間": "かん", "目": "め", "後": "ご", "前": "まえ", "以内": "いない", "以上": "いじょう", "分": "ぶん"}

// misreadDay checks ruby whose base is a day or a count of days, such as 5日 or 14日間. If the base begins with 日, the number is at the end
// of `before`, the text in front of the ruby. If the reading is wrong, misreadDay returns the base that the ruby should have, and the
// correct readings for it. Otherwise `day` is "".
func misreadDay(before, base, reading string) (day string, right []string) {
	at := strings.Index(base, "日")
	if at < 0 {
		return "", nil
	}
	tail := base[at+len("日"):]
	tailReading, known := dayTails[tail]
	number := base[:at]
	if number == "" {
		number = before[numeralStart(before):]
	} else if numeralStart(number) > 0 {
		return "", nil // 12月5日, 四月五日
	} else if before[numeralStart(before):] != "" {
		return "", nil
	}
	readings := dayReadings[smallNumber(number)]
	if !known || readings == nil || isPartOfNumber(before, number, at == 0) {
		return "", nil
	}
	reading = strings.ReplaceAll(hiragana(reading), " ", "")
	if at == 0 {
		// The number is in front of the ruby. Of the days in dayReadings, only 1日 and 20日間 may then have にち inside the ruby, as in いちにち.
		if reading != "にち"+tailReading || slices.Contains(readings, "いちにち") || tail == "間" && readings[0] == "はつか" {
			return "", nil
		}
	} else if slices.ContainsFunc(readings, func(right string) bool { return reading == right+tailReading }) || tail == "間" && reading == "にじゅうにちかん" {
		return "", nil
	}
	for _, r := range readings {
		right = append(right, r+tailReading)
	}
	return number + "日" + tail, right
}

// isPartOfNumber reports whether the number in front of 日 is part of a larger number, or of a range such as 2、3日, which is read
// にさんにち. `before` is the text in front of the ruby. If the number is outside the ruby, `before` ends with the number.
func isPartOfNumber(before, number string, outside bool) bool {
	if outside {
		before = strings.TrimSuffix(before, number)
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(".．,，、・/-‐－–〜～~百千万億数何第", last) && before != ""
}

// numeralStart returns the offset of the number, in digits or in kanji, at the end of a text. Without such a number, it returns the length
// of the text.
func numeralStart(text string) int {
	return len(strings.TrimRight(text, "0123456789０１２３４５６７８９一二三四五六七八九十"))
}

// smallNumber returns the value of a number below 100 in digits or in kanji, such as 14, １４ or 十四. It returns 0 for other text.
func smallNumber(text string) int {
	value, digits, last := 0, 0, 0
	for _, r := range text {
		switch at := strings.IndexRune("一二三四五六七八九", r); {
		case r >= '0' && r <= '9':
			value, digits = value*10+int(r-'0'), digits+1
		case r >= '０' && r <= '９':
			value, digits = value*10+int(r-'０'), digits+1
		case r == '十' && digits == 0 && value == 0:
			value, last = max(last, 1)*10, 0
		case at >= 0 && digits == 0 && last == 0:
			last = at/len("一") + 1
		default:
			return 0
		}
	}
	if digits > 2 || value+last > 99 {
		return 0
	}
	return value + last
}
