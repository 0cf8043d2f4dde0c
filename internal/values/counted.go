package values

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/written"
)

// Counted is a number in a text, with what it counts. Start and End are byte offsets.
type Counted struct {
	Value      int
	Of         string // the unit: a word of [schema.Units], a key of counterFormats, or monthOfYear; "" if the text does not say
	Word       bool   // whether the number is written in words or in kanji
	IsName     bool   // whether the number is the name of a month; without Of it may be a different word: "May I?"
	Start, End int
}

// Claims reports whether a translation must have the number too: it is written in words, directly before what it counts. A number in words
// alone can be part of a different word, and 1 often belongs to a phrase such as 一度 or "one day".
func (c Counted) Claims() bool { return c.Word && c.Of != "" && c.Value > 1 }

// Fits reports whether two numbers can mean the same: they have the same value, and do not count different things.
func (c Counted) Fits(other Counted) bool {
	if (c.IsName || other.IsName) && !(c.isMonth() && other.isMonth()) {
		return false
	}
	return c.Value == other.Value && (c.Of == other.Of || c.Of == "" || other.Of == "" || c.isAge() && other.isAge())
}

// isMonth reports whether the number is, or may be, a month of the year.
func (c Counted) isMonth() bool { return c.IsName || c.Of == monthOfYear }

// isAge reports whether the number can be an age: "75 years of age" counts years.
func (c Counted) isAge() bool { return c.Of == "age" || c.Of == "years" }

// monthOfYear is what the number of a month counts, as in 8月 and August.
const monthOfYear = "month of the year"

// counterFormats has words that follow a number and say what it counts, besides those in the formats of durations.
type counterFormats struct {
	Hours   []strictyaml.Text `yaml:"hours,optional"`
	Days    []strictyaml.Text `yaml:"days,optional"`
	Weeks   []strictyaml.Text `yaml:"weeks,optional"`
	Months  []strictyaml.Text `yaml:"months,optional"`
	Years   []strictyaml.Text `yaml:"years,optional"`
	Times   []strictyaml.Text `yaml:"times,optional"`
	Age     []strictyaml.Text `yaml:"age,optional"`
	People  []strictyaml.Text `yaml:"people,optional"`
	Things  []strictyaml.Text `yaml:"things,optional"`
	Percent []strictyaml.Text `yaml:"percent,optional"`
	Tenths  []strictyaml.Text `yaml:"tenths,optional"` // 割: 3割 is 30 percent
}

// Percent and tenths are the units of the keys percent and tenths of counterFormats. A number of tenths counts as ten times as many percent.
const Percent, tenths = "percent", "tenths"

// counter finds the numbers in the texts of a language.
type counter struct {
	numbers [256][]numberWord // the words for numbers, by their first byte in lower case; longer words come first
	units   [256][]unitWord   // the words for what is counted, by their first byte in lower case; longer words come first
	months  map[string]int    // the names of the months, if they are words
}

type numberWord struct {
	text  string
	value int
}

type unitWord struct{ text, unit string }

// newCounter returns the counter for the texts of a language with these formats.
func newCounter(y *Formats) *counter {
	c := &counter{months: map[string]int{}}
	for _, entry := range y.NumberWords {
		if word := strings.ToLower(entry.Key.Value); word != "" && !plaintext.IsDigit(word[0]) {
			c.numbers[word[0]] = append(c.numbers[word[0]], numberWord{word, entry.Value})
		}
	}
	unit := func(text, unit string) {
		if text = strings.ToLower(strings.TrimSpace(text)); text != "" {
			c.units[text[0]] = append(c.units[text[0]], unitWord{text, unit})
		}
	}
	for _, key := range schema.Units.Words {
		forms := y.Duration[key]
		for _, class := range schema.PluralClasses.Words {
			if before, after, ok := strings.Cut(forms.of(class).Value, "{n}"); ok && before == "" {
				unit(Ruby(after).Plain, key)
			}
		}
	}
	for _, list := range []struct {
		unit  string
		words []strictyaml.Text
	}{
		{"hours", y.Counters.Hours}, {"days", y.Counters.Days}, {"weeks", y.Counters.Weeks}, {"months", y.Counters.Months}, {"years", y.Counters.Years},
		{"times", y.Counters.Times}, {"age", y.Counters.Age}, {"people", y.Counters.People}, {"things", y.Counters.Things},
		{Percent, y.Counters.Percent}, {tenths, y.Counters.Tenths},
	} {
		for _, word := range list.words {
			unit(word.Value, list.unit)
		}
	}
	if _, after, ok := strings.Cut(Ruby(y.MonthDay.Value).Plain, "{month}"); ok {
		after, _, _ = strings.Cut(after, "{")
		unit(after, monthOfYear)
	}
	for i, month := range y.Months {
		if name := strings.ToLower(Ruby(month.Value).Plain); strings.ContainsFunc(name, unicode.IsLetter) {
			c.months[name] = i + 1
		}
	}
	for i := range c.units {
		slices.SortStableFunc(c.units[i], func(a, b unitWord) int { return len(b.text) - len(a.text) })
		slices.SortStableFunc(c.numbers[i], func(a, b numberWord) int { return len(b.text) - len(a.text) })
	}
	return c
}

// Counted returns the numbers in a text, in digits, in kanji and in words of the language, with what they count.
func (w *Writer) Counted(text string) []Counted {
	return w.counter().find(text)
}

func (c *counter) find(text string) []Counted {
	var list []Counted
	for at := 0; at < len(text); {
		b := text[at]
		n, ok := Counted{}, false
		switch {
		case b >= utf8.RuneSelf:
			n, ok = c.numeral(text, at)
			if !ok && len(c.numbers[b]) > 0 {
				n, ok = c.word(text, at, text[at:])
			}
		case plaintext.IsDigit(b):
			n, ok = c.numeral(text, at)
		case plaintext.IsLetter(b):
			end := at + 1
			for end < len(text) && plaintext.IsLetter(text[end]) {
				end++
			}
			if n, ok = c.word(text, at, text[at:end]); !ok {
				for end < len(text) && plaintext.IsDigit(text[end]) {
					end++ // the digits of a name, as in A4
				}
				at = end
				continue
			}
		}
		if !ok {
			at++
			for at < len(text) && !utf8.RuneStart(text[at]) {
				at++
			}
			continue
		}
		if n.Of == "" {
			n.Of, n.End = c.unit(text, n.End)
		}
		if n.Word && strings.HasPrefix(text[n.End:], "目") { // 二回目 is "the second time"
			n.Of = ""
		}
		if n.Of == tenths {
			n.Of, n.Value, n.Word = Percent, 10*n.Value, true
		}
		list = append(list, n)
		at = n.End
	}
	sharePercent(text, list)
	return list
}

// sharePercent gives the first number of "10 or 20 percent" the unit of the second.
func sharePercent(text string, list []Counted) {
	for i := range max(0, len(list)-1) {
		n, next := &list[i], &list[i+1]
		if n.Of == "" && next.Of == Percent && slices.Contains([]string{" or ", " and ", " to "}, text[n.End:next.Start]) {
			n.Of = Percent
		}
	}
}

// numeral reads a number in digits or in kanji.
func (c *counter) numeral(text string, at int) (Counted, bool) {
	value, end, kanji := written.Numeral(text, at)
	return Counted{Value: value, Word: kanji, Start: at, End: end}, end > at
}

// word reads a number in words, or the name of a month. `own` is the word at the offset, or all of the text from there on if its script
// has no spaces.
func (c *counter) word(text string, at int, own string) (Counted, bool) {
	n := Counted{Word: true, Start: at}
	if own[0] >= utf8.RuneSelf {
		for _, w := range c.numbers[own[0]] {
			if strings.HasPrefix(own, w.text) {
				n.Value, n.End = w.value, at+len(w.text)
				return n, true
			}
		}
		return n, false
	}
	n.End = at + len(own)
	if month := c.months[strings.ToLower(own)]; month > 0 && own[0] < 'a' {
		n.Value, n.IsName = month, true
		if withinSentence(text[:at]) {
			n.Of = monthOfYear
		}
		return n, true
	}
	value, ok := c.valueOf(own)
	if !ok || isPronoun(own, text[:at], text[n.End:]) || isSecondOfTime(own, text[:at], text[n.End:]) {
		return n, false
	}
	n.Value = value
	if value >= 20 && value < 100 && value%10 == 0 && n.End < len(text) && (text[n.End] == '-' || text[n.End] == ' ') { // twenty-one
		end := n.End + 1
		for end < len(text) && plaintext.IsLetter(text[end]) {
			end++
		}
		if more, ok := c.valueOf(text[n.End+1 : end]); ok && more < 10 {
			n.Value, n.End = value+more, end
		}
	}
	return n, true
}

// afterPronoun has English words that follow the pronoun "one", and seldom a number.
var afterPronoun = strings.Fields("a about above after also and are as at be because before below but by can cannot could did do does during for from had has he her here his " +
	"how i if in instead into is it its later may might must my not now on or our she should since so than that the their then there they this to too " +
	"until was we were what when where which while who will with without would yet you your")

// beforePronoun has English words that stand before the pronoun "one".
var beforePronoun = strings.Fields("any each either every neither no same some such that the this which")

// isPronoun reports whether a word between these texts is "one" without a noun: "the new one is valid", "if you have one".
func isPronoun(word, before, after string) bool {
	if before == "" && after == "" {
		return false // "one" alone, as in a cell of a table
	}
	return strings.EqualFold(word, "one") && (isWithoutNoun(after) || slices.Contains(beforePronoun, lastWord(before)))
}

// isSecondOfTime reports whether a word between these texts is "second" as a part of a minute: "one second", "in a second". An ordinal has
// a noun after it, or "the" before it.
func isSecondOfTime(word, before, after string) bool {
	last := lastWord(before)
	return strings.EqualFold(word, "second") && last != "the" && (slices.Contains([]string{"one", "per", "1"}, last) || isWithoutNoun(after))
}

// isWithoutNoun reports whether no noun can be at the start of a text that follows a number in words. It makes an exception for "for each", because
// "one for each person" is a number.
func isWithoutNoun(after string) bool {
	if after == " " || strings.HasPrefix(after, "-") || strings.HasPrefix(after, " for each ") {
		return false // after a single space, a token or markup follows
	}
	next := nextWord(after)
	return next == "" || slices.Contains(afterPronoun, next)
}

// nextWord returns the word that a text begins with after a space, in lower case. It returns "" if there is a different character.
func nextWord(text string) string {
	rest, spaced := strings.CutPrefix(text, " ")
	if !spaced {
		return ""
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		end = len(rest)
	}
	return strings.ToLower(rest[:end])
}

// lastWord returns the word that a text ends with before a space, in lower case. It returns "" if there is a different character.
func lastWord(text string) string {
	rest, spaced := strings.CutSuffix(text, " ")
	if !spaced {
		return ""
	}
	return strings.ToLower(rest[strings.LastIndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })+1:])
}

// withinSentence reports whether a sentence goes on after this text. There a capital letter shows that a word is a name: "May" at the start
// of a sentence can be a verb.
func withinSentence(before string) bool {
	before = strings.TrimRight(before, " ")
	last, _ := utf8.DecodeLastRuneInString(before)
	return before != "" && (unicode.IsLetter(last) || unicode.IsDigit(last) || last == ',' || last == '(')
}

// valueOf returns the number that a word in Latin letters means.
func (c *counter) valueOf(word string) (int, bool) {
	if word == "" {
		return 0, false
	}
	for _, w := range c.numbers[word[0]|0x20] {
		if len(w.text) == len(word) && strings.EqualFold(w.text, word) {
			return w.value, true
		}
	}
	return 0, false
}

// unit returns what a number counts that ends at an offset, and the offset after the unit. A space or a hyphen may stand between the two.
func (c *counter) unit(text string, at int) (string, int) {
	start := at
	if start < len(text) && (text[start] == ' ' || text[start] == '-') {
		start++
	}
	if start == len(text) {
		return "", at
	}
	first := text[start]
	if plaintext.IsLetter(first) {
		first |= 0x20
	}
	for _, u := range c.units[first] {
		if len(text)-start < len(u.text) || !strings.EqualFold(text[start:start+len(u.text)], u.text) {
			continue
		}
		end := start + len(u.text)
		if last := u.text[len(u.text)-1]; plaintext.IsLetter(last) && end < len(text) && plaintext.IsLetter(text[end]) {
			continue
		}
		return u.unit, end
	}
	return "", at
}
