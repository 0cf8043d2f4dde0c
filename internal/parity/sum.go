package parity

import (
	"slices"
)

// FileSum is a summary of a question's file. Package questions keeps it in place of the text until the files of all languages have been
// read.
type FileSum struct {
	Units   []Sum
	Papers  []string // the sorted ids of the papers that question and answer name
	Differs bool     // whether the file has a differs map
	Prints  []string // the fingerprint of each unit; nil for a translation, or if translations are not compared with records
}

// DiffersFrom reports whether the translation m must be compared with its source, unit by unit. That is so if the two name different
// papers or have different units, or if a unit has different mentions. It is also so if [otherPapers] finds a difference in a unit, or if
// a unit of m is odd (see [Sum]).
func (m *FileSum) DiffersFrom(source *FileSum) bool {
	return !slices.Equal(m.Papers, source.Papers) || !slices.EqualFunc(m.Units, source.Units, func(a, b Sum) bool {
		adds, more, _ := otherPapers(b.papers, a.papers)
		return a.Name == b.Name && a.said == b.said && !a.odd && len(adds) == 0 && len(more) == 0 && a.countsLike(&b)
	})
}

// IsForeign reports whether a unit of the file is in the wrong script for a source (see [ForeignSource]).
func (m *FileSum) IsForeign() bool {
	return slices.ContainsFunc(m.Units, func(s Sum) bool { return s.foreign })
}

// countsLike reports whether two units have the same numbers in words, and count the same things with their numbers.
func (s *Sum) countsLike(other *Sum) bool {
	has := func(s *Sum) func(string) bool {
		return func(number string) bool { return slices.Contains(s.digits, number) }
	}
	return len(otherCounts(other.counted, s.counted, has(s))) == 0 && len(otherCounts(s.counted, other.counted, has(other))) == 0
}

// SameWords returns the names of the units that have the same name and words in both files. Units without letters or digits are left out.
func (m *FileSum) SameWords(other *FileSum) (names []string) {
	type words struct {
		name string
		raw  uint64
	}
	theirs := make(map[words]bool, len(other.Units))
	for _, s := range other.Units {
		theirs[words{s.Name, s.raw}] = true
	}
	for _, s := range m.Units {
		if s.raw != 0 && theirs[words{s.Name, s.raw}] {
			names = append(names, s.Name)
		}
	}
	return names
}

// Said is a unit's name and text.
type Said struct{ Name, Raw string }

// SaidIn returns the names and texts of all units as a set.
func SaidIn(units []Unit) map[Said]bool {
	all := make(map[Said]bool, len(units))
	for i := range units {
		all[Said{units[i].Name, units[i].Raw}] = true
	}
	return all
}
