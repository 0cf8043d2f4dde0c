package lookalike

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lines that begin alike are meant as a list or a table even if their mark is not one that markerOf knows: ア and イ, a. and b., → and →,
// 電話： and 住所：, or words in columns. One such line says nothing, but several would run together.

// ordinals are sets of labels that count: the first letter, the second one, and so on.
var ordinals = [][]rune{
	[]rune("一二三四五六七八九十"), []rune("アイウエオカキクケコサシスセソ"), []rune("イロハニホヘト"), []rune("あいうえお"),
	[]rune("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"), []rune("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"), []rune("abcdefghij"), []rune("ABCDEFGHIJ"), []rune("ａｂｃｄｅｆｇｈｉｊ"), []rune("ＡＢＣＤＥＦＧＨＩＪ"),
	[]rune("QA"), []rune("ＱＡ"), []rune("問答"),
}

// labelWords stand before the number of a label.
var labelWords = []string{"第", "その", "問", "答", "例", "注", "手順", "ステップ", "No.", "STEP", "Step", "Q", "A", "Ｑ", "Ａ"}

// label is how a line begins, such as （1）, イ． or 電話：. Two lines belong together if their forms are equal, and if the second has
// the place after the first in the same set of ordinals, or neither has a place.
type label struct {
	length int
	form   string   // what is around the number or letter
	places [][2]int // of the number or letter: its set in ordinals (-1: a numeral) and its place there; none for a key such as 電話：
}

// labelOf reads the label at the start of a line. A line without one gives an empty form.
func labelOf(line string) label {
	r, size := utf8.DecodeRuneInString(line)
	if symbol := unicode.IsSymbol(r) && r >= utf8.RuneSelf && !strings.ContainsRune("｜＜＞～", r) || strings.ContainsRune("ー―–—+", r); symbol && len(line) > size {
		return label{length: size, form: line[:size]}
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
	if closing == "" || rest == "" || isAnyDigit(first(rest)) && (closing[0] < utf8.RuneSelf || word == "") {
		return keyOf(line)
	}
	return label{length: len(line) - len(rest), form: open + word + "1" + closing, places: places}
}

func first(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// placesOf returns the places of the number or letter at the start of a text, each with the index of its set, and its length.
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

// keyOf reads a short key and its colon, as in 電話：0120…
func keyOf(line string) label {
	const most = 10
	key, value, found := strings.Cut(line, "：")
	if !found || key == "" || value == "" || utf8.RuneCountInString(key) > most || strings.ContainsAny(key, "、。（「『{[") {
		return label{}
	}
	return label{length: len(key) + len("："), form: "：", places: nil}
}

// follows reports whether a line with this label is the next entry after a line with the label `before`.
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

// parallels reports lines that begin alike. marks are those that markerOf found; they are reported already.
func (b *Block) parallels(marks []lineMarker) {
	var before label
	last, reported := -1, -1
	tell := func(i int, l label) {
		line := b.read(b.Lines[i])
		b.Report(b.Lines[i].Start, "list-mark", strings.TrimRight(line[:l.length], Spaces), "- "+Sample(line))
		reported = i
	}
	for i, line := range b.Lines {
		if marks[i].kind != markerNone {
			continue
		}
		l := labelOf(b.read(line))
		if last >= 0 && l.follows(before) {
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
		if n := columnsOf(b.read(b.Lines[i])); n > 1 && n == columnsOf(b.read(b.Lines[i-1])) {
			b.Report(b.Lines[i-1].Start, "table-spaces")
			return
		}
	}
}

// columnsOf counts the words of a line that wide gaps separate. A sentence is one word.
func columnsOf(line string) int {
	if strings.ContainsAny(line, "。、") {
		return 1
	}
	return len(strings.FieldsFunc(strings.ReplaceAll(strings.TrimSpace(line), "  ", "\u3000"), func(r rune) bool { return r == '\u3000' }))
}

// headSigns stand before or around headings in office texts.
const headSigns = "▼▽▲△★☆〈〉＜＞［］《》≪≫〔〕"

// heads reports whether the first of several lines is a heading with one of headSigns: ▼対象, 〈対象〉 or ［対象］.
func heads(lines int, line string) bool {
	const most = 20
	r, _ := utf8.DecodeRuneInString(line)
	last, _ := utf8.DecodeLastRuneInString(line)
	words := strings.Trim(line, headSigns+Spaces)
	if lines < 2 || words == "" || utf8.RuneCountInString(line) > most || strings.ContainsAny(words, headSigns) {
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
