package search

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/site"
)

// Group has the questions that begin with the same letter or with kana of the same row.
type Group struct {
	First     string // the letter, or the first kana of the row
	Questions []*site.Question
}

// Groups sorts the questions that a language has by their readings, and groups them by the first letter. All letters of a kana row are one
// group.
func Groups(questions []*site.Question, l *site.Language) (groups []Group) {
	type sorted struct {
		key, first string
		question   *site.Question
	}
	var list []sorted
	for _, q := range questions {
		if t := q.In(l); t != nil {
			key := Normalise(Reading(t))
			first, _ := utf8.DecodeRuneInString(key)
			list = append(list, sorted{key, rowOf(first), q})
		}
	}
	slices.SortStableFunc(list, func(a, b sorted) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.key, b.key)) })
	for i, s := range list {
		if i == 0 || s.first != list[i-1].first {
			groups = append(groups, Group{First: s.first})
		}
		last := &groups[len(groups)-1]
		last.Questions = append(last.Questions, s.question)
	}
	return groups
}

// kanaRows are the first letters of the kana rows.
const kanaRows = "あかさたなはまやらわ"

// rowOf returns the first kana of the row to which a hiragana belongs. It returns any other letter as a capital letter.
func rowOf(first rune) string {
	if first < 0x3041 || first > 0x3096 {
		return string(unicode.ToUpper(first))
	}
	row := ""
	for _, r := range kanaRows {
		if r <= first {
			row = string(r)
		}
	}
	return row
}
