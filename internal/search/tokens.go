package search

import "strings"

// token is a part of a normalised text: a word, a number with its unit, or a sequence of letters in a script without spaces. The keys of
// such a sequence are pairs of letters.
type token struct {
	letters []rune
	grams   bool
}

// isGram reports whether a letter belongs to a script that is written without spaces, or that joins endings to words. The keys of such
// letters are pairs.
func isGram(r rune) bool {
	return r >= 0x3040 && r < 0x3100 || r == 0x3005 || r >= 0x3400 && r < 0xa000 || r >= 0x20000 && r < 0x40000 ||
		r >= 0xac00 && r < 0xd7a4 || r >= 0x0e00 && r < 0x1000 || r >= 0x1000 && r < 0x10a0 || r >= 0x1780 && r < 0x1800
}

func isHan(r rune) bool { return r >= 0x3400 && r < 0xa000 || r >= 0x20000 && r < 0x40000 }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// tokens cuts a normalised text into tokens.
func tokens(text string) []token {
	list := make([]token, 0, len(text)/8+1)
	for _, field := range strings.Fields(text) {
		for rest := []rune(field); len(rest) > 0; {
			n := tokenLength(rest)
			list = append(list, token{rest[:n], isGram(rest[0])})
			rest = rest[n:]
		}
	}
	return list
}

// tokenLength returns the number of letters in the first token.
func tokenLength(rest []rune) int {
	n, digits := 1, isDigit(rest[0])
	for n < len(rest) && isGram(rest[n]) == isGram(rest[0]) {
		digits = digits && isDigit(rest[n])
		n++
	}
	switch {
	case !digits || n == len(rest):
		return n
	case rest[n] == 'か' && n+1 < len(rest) && rest[n+1] == '月':
		return n + 2
	}
	return n + 1
}

// feature is a key of the index for a token, with its weight in percent.
type feature struct {
	key    string
	weight int
}

// Weights of features in percent: for a pair of letters, for a pair of kanji with an ending between them (引っ越し is found as 引越), and for a
// single kanji. `endings` are the kana of such endings, and longestEndings is their maximum number.
const (
	pairWeight     = 100
	apartWeight    = 50
	singleWeight   = 30
	endings        = "いきぎしじちつびみりえけげせぜべめれらき"
	longestEndings = 2
)

// each calls `do` for the keys of a token. A word, a number or a single letter is one key, without a plural s. The keys of a longer
// sequence of letters are its pairs, its single kanji, and its pairs of kanji with an ending between them.
func (t token) each(do func(feature)) {
	if !t.grams || len(t.letters) == 1 {
		do(feature{singular(string(t.letters)), pairWeight})
		return
	}
	for i, r := range t.letters {
		if i+1 < len(t.letters) {
			do(feature{string(t.letters[i : i+2]), pairWeight})
		}
		if !isHan(r) {
			continue
		}
		do(feature{string(r), singleWeight})
		if next := beyondEnding(t.letters[i+1:]); next != 0 {
			do(feature{string([]rune{r, next}), apartWeight})
		}
	}
}

// pairs returns the pairs of kanji in the token that contain the single kanji f. It returns nil if f is not a single kanji.
func (t token) pairs(f feature) []string {
	var list []string
	if f.weight != singleWeight {
		return list
	}
	for i, r := range t.letters[1:] {
		if before := t.letters[i]; isHan(before) && isHan(r) && (string(before) == f.key || string(r) == f.key) {
			list = append(list, string([]rune{before, r}))
		}
	}
	return list
}

// singular removes the s at the end of a word, so that cards is found as card.
func singular(word string) string {
	if len(word) < 4 || !strings.HasSuffix(word, "s") || strings.HasSuffix(word, "ss") {
		return word
	}
	return word[:len(word)-1]
}

// beyondEnding returns the kanji after an ending of one or two kana, or 0 if there is no such kanji.
func beyondEnding(letters []rune) rune {
	for n, r := range letters {
		if isHan(r) && n > 0 {
			return r
		}
		if n == longestEndings || !strings.ContainsRune(endings, r) {
			return 0
		}
	}
	return 0
}
