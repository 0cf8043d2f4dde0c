package rules

import "slices"

// Case is a worked case: answers, and the result that they must have. The outcome must be the same, and so must Enough and Until
// if the case has them. The first alternative offered must be one of BringAnyOf; if that is empty, nothing may be offered. No
// alternative may be a single document of NotAlone, or contain a document of NeverOffer. All notes in Tell must be told, and
// none in NotTell.
type Case struct {
	ID         string     `json:"id"`
	Answers    Answers    `json:"answers"`
	Outcome    string     `json:"outcome"`
	Enough     string     `json:"enough,omitempty"`
	BringAnyOf [][]string `json:"bring_any_of"`
	NotAlone   []string   `json:"not_alone"`
	NeverOffer []string   `json:"never_offer,omitempty"`
	Tell       []string   `json:"tell"`
	NotTell    []string   `json:"not_tell,omitempty"`
	Until      *string    `json:"until,omitempty"`
	Who        string     `json:"who,omitempty"` // who the visitor is, in words for readers
	Source     string     `json:"source,omitempty"`
	Certainty  string     `json:"certainty,omitempty"`

	Place Place
	Raw   []int32
	Never bool // whether the case has "until": null: the answer never changes
}

// SameSet reports whether two lists have the same items, in any order.
func SameSet(a, b []string) bool {
	x, y := slices.Clone(a), slices.Clone(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
