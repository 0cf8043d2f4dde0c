package lookalike

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Consecutive lines that begin alike are meant as a list or a table, even if markerOf does not know their mark. Examples are ア and イ, a.
// and b., → and →, 電話： and 住所：, or words in columns. A single such line is not reported, but several would run together.

// ordinals are sequences of letters with which people number lines.
var ordinals = [][]rune{
	[]rune("一二三四五六七八九十"), []rune("アイウエオカキクケコサシスセソ"), []rune("イロハニホヘト"), []rune("あいうえお"),
	[]rune("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"), []rune("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"), []rune("abcdefghij"), []rune("ABCDEFGHIJ"), []rune("ａｂｃｄｅｆｇｈｉｊ"), []rune("ＡＢＣＤＥＦＧＨＩＪ"),
	[]rune("QA"), []rune("ＱＡ"), []rune("問答"),
}

// labelWords can come before the number of a label.
var labelWords = []string{"第", "その", "問", "答", "例", "注", "手順", "ステップ", "No.", "STEP", "Step", "Q", "A", "Ｑ", "Ａ"}

// label is the beginning of a line, such as （1）, イ． or 電話：. Two lines belong together if their labels have the same form and are
// consecutive, as numerals or in a sequence of `ordinals`. If neither label has a place in a sequence, the same form is enough.
type label struct {
	length int
	form   string   // the characters around the number or letter
	places [][2]int // the possible places of the number or letter: the index in `ordinals` (-1 for a numeral), and the place in that sequence; empty for a key such as 電話：
}

// labelOf reads the label at the start of a line. If the line has no label, the result's `form` is "".
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

// columnsOf returns the number of columns into which wide gaps divide a line. A line with a sentence has one column.
func columnsOf(line string) int {
	if strings.ContainsAny(line, "。、") {
		return 1
	}
	return len(strings.FieldsFunc(strings.ReplaceAll(strings.TrimSpace(line), "  ", "\u3000"), func(r rune) bool { return r == '\u3000' }))
}

// headSigns are characters that offices put before or around headings.
const headSigns = "▼▽▲△★☆〈〉＜＞［］《》≪≫〔〕"

// heads reports whether a line is a heading with one of headSigns, such as ▼対象, 〈対象〉 or ［対象］. `lines` is the number of lines in its block;
// a block of one line is never a heading.
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
