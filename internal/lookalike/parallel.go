package lookalike

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/plaintext"
)

// Consecutive lines that begin alike are meant as a list or a table, even if markerOf does not know their mark. Examples are ア and イ, a.
// and b., → and →, 電話： and 住所：, or words in columns. A single such line is not reported, but several would run together.

// ordinals are sequences of letters with which people number lines.
var ordinals = [][]rune{
	[]rune("一二三四五六七八九十"), []rune("アイウエオカキクケコサシスセソ"), []rune("イロハニホヘト"), []rune("あいうえお"),
	[]rune("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"), []rune("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"), []rune("abcdefghij"), []rune("ABCDEFGHIJ"), []rune("ａｂｃｄｅｆｇｈｉｊ"), []rune("ＡＢＣＤＥＦＧＨＩＪ"),
	[]rune("QA"), []rune("ＱＡ"), []rune("問答"),
	[]rune("㋐㋑㋒㋓㋔㋕㋖㋗㋘㋙㋚㋛㋜㋝㋞"), []rune("㋑㋺㋩㋥㋭㋬㋣"), []rune("ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙ"), []rune("ⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿ"), []rune("⒜⒝⒞⒟⒠⒡⒢⒣⒤⒥"),
	[]rune("㈪㈫㈬㈭㈮㈯㈰"), []rune("㊤㊥㊦"),
}

// unmistakable are the letters of ordinals that no sentence begins with, so that nothing needs to follow them.
const unmistakable = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ㋐㋑㋒㋓㋔㋕㋖㋗㋘㋙㋚㋛㋜㋝㋞㋺㋩㋥㋭㋬㋣ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿ⒜⒝⒞⒟⒠⒡⒢⒣⒤⒥㊤㊥㊦"

// signs are characters that can begin the entries of a list, beside the symbols outside ASCII. A word can begin with some of them.
const signs = "ー―–—‐‑⁃+~=〇"

// letterBullets are the letters that a word processor's bullets become when they are copied.
const letterBullets = "olnuvqØü§"

// counters follow a number that counts something, so that it does not number its line. Those of wordCounters begin words too: they count
// only if no kanji follows, as in 2通の, unlike 2通帳.
const (
	counters     = "年月日時分秒円人回割歳才枚件箇個つ種点度倍桁週号丁目第かヶケ級段階条項列台位等％万億親期次章組区市店泊錠便字式型類学"
	wordCounters = "通本名番部行社者世"
)

// labelWords can come before the number of a label.
var labelWords = []string{"第", "その", "問", "答", "例", "注", "手順", "ステップ", "No.", "STEP", "Step", "Q", "A", "Ｑ", "Ａ"}

// label is the beginning of a line, such as （1）, イ． or 電話：. Two lines belong together if their labels have the same form and are
// consecutive, as numerals or in a sequence of `ordinals`. If neither label has a place in a sequence, the same form is enough.
type label struct {
	length int
	form   string   // the characters around the number or letter
	places [][2]int // the possible places of the number or letter: the index in `ordinals` (-1 for a numeral), and the place in that sequence; empty for a key such as 電話：
	bare   bool     // whether nothing shows that the number is one of a list: such a list has to begin with 1
}

// labelOf reads the label at the start of a line. If the line has no label, the result's `form` is "".
func labelOf(line string) label {
	r, size := utf8.DecodeRuneInString(line)
	next := first(line[size:])
	switch symbol := unicode.IsSymbol(r) && r >= utf8.RuneSelf && !strings.ContainsRune("｜＜＞～"+unmistakable, r) || strings.ContainsRune(signs, r); {
	case r == '〇' && (next == r || strings.ContainsRune(kanjiDigits, next) || isCounter(line[size:])): // the digit zero, or a blank as in 〇〇市
	case symbol && len(line) > size && !(r == '~' && isAnyDigit(next)): // ~5月 is a period
		return label{length: size, form: line[:size]}
	case strings.ContainsRune(letterBullets, r) && strings.ContainsRune(Spaces, next):
		return label{length: size, form: line[:size]}
	}
	if l := sectionOf(line); l.form != "" {
		return l
	}
	rest := strings.TrimLeft(line, "(（[［〔")
	open := line[:len(line)-len(rest)]
	word := ""
	for _, w := range labelWords {
		if after, found := strings.CutPrefix(rest, w); found && (isAnyDigit(first(after)) || w == "第" || w == "その") {
			word, rest = w, after
			break
		}
	}
	places, size := placesOf(rest)
	if len(places) == 0 {
		return keyOf(line)
	}
	after := rest[size:]
	rest = strings.TrimLeft(after, ")）]］〕.．、，:：")
	rest = strings.TrimLeft(rest, Spaces)
	closing := after[:len(after)-len(rest)]
	if open+word+closing == "" && rest != "" && (strings.ContainsRune(unmistakable, first(line)) && !isCounter(rest) || places[0][0] < 0 && numbersLine(rest)) {
		return label{length: size, form: "1", places: places, bare: places[0][0] < 0}
	}
	if closing == "" || rest == "" || isAnyDigit(first(rest)) && (closing[0] < utf8.RuneSelf || word == "") {
		return keyOf(line)
	}
	return label{length: len(line) - len(rest), form: open + word + "1" + closing, places: places}
}

// kanjiDigits has the digits of numbers in kanji, and the dashes between them.
const kanjiDigits = "一二三四五六七八九十百千零〇○－ー-"

// numbersLine reports whether a number directly before a text may number its line: 1申請 may, but 3人, 2回 and 1ページ do not.
func numbersLine(text string) bool {
	r := first(text)
	return plaintext.IsKanji(r) && !strings.ContainsRune(kanjiDigits, r) && !isCounter(text)
}

// isCounter reports whether a text begins with one of the counters, or with 世帯, カ月, カ国, カ所 or カ年.
func isCounter(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	next := first(text[size:])
	return strings.ContainsRune(counters, r) || strings.ContainsRune(wordCounters, r) && !plaintext.IsKanji(next) || strings.HasPrefix(text, "世帯") || r == 'カ' && strings.ContainsRune("月国所年", next)
}

// sectionOf reads the number of a section at the start of a line, such as 1-2, and the space after it.
func sectionOf(line string) label {
	section, rest, spaced := strings.Cut(strings.NewReplacer("\u3000", " ", "\t", " ", "\u00a0", " ").Replace(line), " ")
	dash := strings.LastIndexAny(section, "-‐–－")
	if !spaced || rest == "" || dash < 1 {
		return label{}
	}
	_, size := utf8.DecodeRuneInString(section[dash:])
	places, digits := placesOf(section[dash+size:])
	if whole, n := placesOf(section); len(whole) == 0 || whole[0][0] >= 0 || n != dash || len(places) == 0 || places[0][0] >= 0 || dash+size+digits != len(section) {
		return label{}
	}
	return label{length: len(section), form: section[:dash+size], places: places, bare: true}
}

func first(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// placesOf returns the possible places of the number or letter at the start of a text, as in [label], and its length in bytes.
func placesOf(text string) (places [][2]int, size int) {
	number, digits := 0, 0
	for ; digits < 2 && isAnyDigit(first(text[size:])); digits++ {
		d, n := utf8.DecodeRuneInString(text[size:])
		number, size = number*10+int(d&0xf), size+n
	}
	if digits > 0 {
		return [][2]int{{-1, number}}, size
	}
	r, size := utf8.DecodeRuneInString(text)
	for set, letters := range ordinals {
		for place, letter := range letters {
			if letter == r {
				places = append(places, [2]int{set, place})
			}
		}
	}
	return places, size
}

// keyOf reads a short key and the colon after it, as in 電話：0120… It returns an empty label if the line has no such key.
func keyOf(line string) label {
	const most = 10
	key, value, found := strings.Cut(line, "：")
	if !found || key == "" || value == "" || utf8.RuneCountInString(key) > most || strings.ContainsAny(key, "、。（「『{[") {
		return label{}
	}
	return label{length: len(key) + len("："), form: "：", places: nil}
}

// follows reports whether a line with the label `l` is the next entry after a line with the label `before`.
func (l label) follows(before label) bool {
	if l.form == "" || l.form != before.form {
		return false
	}
	if len(l.places) == 0 && len(before.places) == 0 {
		return true
	}
	for _, here := range l.places {
		for _, there := range before.places {
			if here[0] == there[0] && here[1] == there[1]+1 {
				return true
			}
		}
	}
	return false
}

// parallels reports lines that begin alike. `marks` has the mark that markerOf found for each line; lines with a mark are already
// reported. If no lines begin alike, parallels reports the first two adjacent lines with the same number of columns.
func (b *Block) parallels(marks []lineMarker) {
	var before label
	last, reported := -1, -1
	tell := func(i int, l label) {
		line := b.read(b.Lines[i])
		entry := line
		if len(l.places) == 0 && strings.Contains(signs+letterBullets, l.form) {
			entry = line[l.length:]
		}
		b.Report(b.Lines[i].Start, "list-mark", strings.TrimRight(line[:l.length], Spaces), "- "+Sample(entry))
		reported = i
	}
	for i, line := range b.Lines {
		if text := b.read(line); marks[i].kind != markerNone || widelySpaced(text) > 0 {
			continue
		}
		l := labelOf(b.read(line))
		if last >= 0 && l.follows(before) && (!l.bare || reported == last || before.places[0][1] == 1) {
			if reported != last {
				tell(last, before)
			}
			tell(i, l)
		}
		if l.form != "" {
			before, last = l, i
		}
	}
	if reported >= 0 {
		return
	}
	for i := 1; i < len(b.Lines); i++ {
		here, above := b.read(b.Lines[i]), b.read(b.Lines[i-1])
		if n := columnsOf(here[widelySpaced(here):]); n > 1 && n == columnsOf(above[widelySpaced(above):]) {
			b.Report(b.Lines[i-1].Start, "table-spaces")
			return
		}
	}
}

// widelySpaced returns the length of the mark of a list entry that has a full-width or no-break space after it, or 0. checkStart reports
// such a space.
func widelySpaced(line string) int {
	if n := listMark(line); n > 0 && strings.IndexAny(line[n:], "\u3000\u00a0") == 0 {
		return n
	}
	return 0
}

// columnsOf returns the number of columns into which wide gaps divide a line. A line with a sentence has one column.
func columnsOf(line string) int {
	if strings.ContainsAny(line, "。、") {
		return 1
	}
	return len(strings.FieldsFunc(strings.ReplaceAll(strings.TrimSpace(line), "  ", "\u3000"), func(r rune) bool { return r == '\u3000' }))
}

// headSigns are characters that offices put before or around headings.
const headSigns = "▼▽▲△★☆〈〉＜＞［］《》≪≫〔〕"

// heads reports whether a line is a heading with one of headSigns, such as ▼対象, 〈対象〉 or ［対象］. `below` is the line below it, or "" if it is the
// only line of its block: such a line is never a heading. Neither is a line like the line below it.
func heads(line, below string) bool {
	const most = 20
	r, _ := utf8.DecodeRuneInString(line)
	last, _ := utf8.DecodeLastRuneInString(line)
	words := strings.Trim(line, headSigns+Spaces)
	if below == "" || strings.HasPrefix(below, string(r)) || words == "" || utf8.RuneCountInString(line) > most || strings.ContainsAny(words, headSigns) {
		return false
	}
	at := strings.IndexRune(headSigns, r)
	switch {
	case at < 0:
		return false
	case r <= '☆' && r >= '▲': // not a bracket
		return !endsSentence(line)
	}
	closing, _ := utf8.DecodeRuneInString(headSigns[at+utf8.RuneLen(r):])
	return last == closing
}
