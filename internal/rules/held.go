package rules

import (
	"cmp"
	"slices"

	"sitegen/internal/diag"
)

// A Check is something that is made sure of: of the rules, or of the words that readers get for them. In laws.yaml a law
// names the checks that hold it.
type Check string

// The checks of the rules, then those of the words and of page.yaml, which package site makes.
const (
	ByStatements Check = "statements"  // what laws.yaml states, law by law
	ByOneOutcome Check = "one_outcome" // one row decides about everybody, and one says whether it is enough
	ByReachable  Check = "reachable"   // every outcome is somebody's
	ByEffective  Check = "effective"   // every row and every answer changes something for somebody
	ByUnknowns   Check = "unknowns"    // who knows more is never told worse
	ByInterview  Check = "interview"   // what is asked suffices
	ByOffers     Check = "offers"      // every answer is offered to somebody for whom it matters

	ByWords   Check = "words"   // every id has words, in every language the same ids
	ByGroups  Check = "groups"  // every answer has one place on the page where it can be chosen
	ByReasons Check = "reasons" // every row that decides has its reason in words
	ByFacts   Check = "facts"   // no date and no telephone number is typed into a text that is a fact
	BySayings Check = "sayings" // no words for readers say what a law forbids
)

// Evidence is how a check was made in this run.
type Evidence struct {
	Share     float64  // of the rules: of all situations, those for which it is proven
	Witnesses int      // where that is not all: how many visitors were tried besides
	Files     []string // of texts: the files that were looked at
	Passages  int      // and where these are all there are, how many passages stand in them
}

// Ran are the checks that were made in this run, and found nothing wrong.
type Ran map[Check]Evidence

// Proven notes that a check holds for everybody.
func (r Ran) Proven(check Check) { r[check] = Evidence{Share: 1} }

// Law is a law of the contract, and what holds it.
type Law struct {
	Number   int // 0: those that have none in the contract
	Holdings []Holding
}

// Holding is one of the checks that hold a law.
type Holding struct {
	Check
	IDs  []string // of ByStatements and BySayings: which
	Made bool     // in this run
	Evidence
}

// HeldLaw is a law that is held by checks, or by words that nothing may say.
type HeldLaw struct {
	Row
	HeldBy []Check
	Never  []Saying
}

// Saying is something that no words for readers may say.
type Saying struct {
	Law      string // its id
	Language string
	Text     string

	Place Place
}

// At returns a diagnostic about what may not be said, where the law says so.
func (s Saying) At(code diag.Code, args ...any) diag.Diagnostic { return s.Place.At(code, args...) }

// Sayings returns what no words for readers may say.
func (s *Set) Sayings() []Saying {
	var list []Saying
	for _, law := range s.HeldLaws {
		list = append(list, law.Never...)
	}
	return list
}

// Laws returns the laws in the order of their numbers, each with what holds it; behind them, as one, those without.
func (s *Set) Laws(ran Ran) []Law {
	var list []Law
	add := func(number int, check Check, id string) {
		at := slices.IndexFunc(list, func(l Law) bool { return l.Number == number })
		if at < 0 {
			at = len(list)
			list = append(list, Law{Number: number})
		}
		law := &list[at]
		if of := slices.IndexFunc(law.Holdings, func(h Holding) bool { return h.Check == check && id != "" }); of >= 0 {
			law.Holdings[of].IDs = append(law.Holdings[of].IDs, id)
			return
		}
		h := Holding{Check: check}
		if h.Evidence, h.Made = ran[check]; id != "" {
			h.IDs = []string{id}
		}
		law.Holdings = append(law.Holdings, h)
	}
	for _, law := range s.LawRows {
		add(law.Number, ByStatements, law.ID)
	}
	for _, law := range s.HeldLaws {
		for _, check := range law.HeldBy {
			add(law.Number, check, "")
		}
		if len(law.Never) > 0 {
			add(law.Number, BySayings, law.ID)
		}
	}
	slices.SortStableFunc(list, func(a, b Law) int { return cmp.Compare(uint(a.Number-1), uint(b.Number-1)) })
	return list
}
