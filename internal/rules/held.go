package rules

import (
	"cmp"
	"slices"

	"sitegen/internal/diag"
)

// A Check verifies something about the rules, or about the words that readers get for them. In laws.yaml a law names the
// checks that enforce it: if they find nothing wrong, nothing breaks the law.
type Check string

// The checks of the rules come first. The checks of the words and of page.yaml follow; site.Site.CheckRules makes them.
const (
	ByStatements Check = "statements"  // what laws.yaml states, law by law
	ByOneOutcome Check = "one_outcome" // exactly one row decides about each visitor, and one row of the table Enough
	ByReachable  Check = "reachable"   // every outcome is decided for at least one visitor
	ByEffective  Check = "effective"   // every row and every answer changes something for somebody
	ByUnknowns   Check = "unknowns"    // nobody is told something worse because they know more
	ByInterview  Check = "interview"   // what people are asked is enough to decide
	ByOffers     Check = "offers"      // every answer is offered to somebody for whom it matters

	ByWords   Check = "words"   // every id has words, and every language has the same ids
	ByGroups  Check = "groups"  // every answer has one place on the page where it can be chosen
	ByReasons Check = "reasons" // every row that decides has its reason in words
	ByFacts   Check = "facts"   // no text spells out a date or telephone number that is a fact
	BySayings Check = "sayings" // no words for readers say what a law forbids
)

// Evidence says how a check was made in this run.
type Evidence struct {
	Share     float64  // for rules: the share of all situations for which the check is proven
	Witnesses int      // if Share is below 1: how many visitors were tried as well
	Files     []string // for texts: the files that were checked
	Passages  int      // if all files were checked: how many passages they have
}

// Ran has the checks that were made in this run, with their evidence. The evidence counts only if the run found no error.
type Ran map[Check]Evidence

// Proven records that a check holds for everybody.
func (r Ran) Proven(check Check) { r[check] = Evidence{Share: 1} }

// Law is a law with the checks that enforce it. content/rules/README.md lists the laws and their numbers.
type Law struct {
	Number   int // 0: the entry of all laws without a number
	Holdings []Holding
}

// Holding is one of the checks that enforce a law.
type Holding struct {
	Check
	IDs  []string // for ByStatements and BySayings: the entries of laws.yaml
	Made bool     // whether the check was made in this run
	Evidence
}

// HeldLaw is a law of laws.yaml that names the checks that enforce it, or forbids words. It states nothing about answers.
type HeldLaw struct {
	Row
	HeldBy []Check
	Never  []Saying
}

// Saying is a text that no words for readers may contain.
type Saying struct {
	Law      string // the id of the law
	Language string
	Text     string

	Place Place
}

// At returns a diagnostic at the place of the law that forbids the text.
func (s Saying) At(code diag.Code, args ...any) diag.Diagnostic { return s.Place.At(code, args...) }

// Sayings returns the texts that no words for readers may contain.
func (s *Set) Sayings() []Saying {
	var list []Saying
	for _, law := range s.HeldLaws {
		list = append(list, law.Never...)
	}
	return list
}

// Laws returns the laws in the order of their numbers, each with the checks that enforce it. The laws without a number
// follow as one entry.
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
