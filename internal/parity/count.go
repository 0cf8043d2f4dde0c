package parity

import (
	"slices"
	"strconv"

	"sitegen/internal/markdown"
	"sitegen/internal/values"
)

// counted is a number in a unit, with its words and its place.
type counted struct {
	values.Counted
	text   string
	offset int
}

// countedIn returns the numbers in the unit's runs, in digits and in words of the language.
func (u *Unit) countedIn(language Language) []counted {
	var list []counted
	for i := range u.Runs {
		run := &u.Runs[i]
		for _, n := range language.Counted(run.Text) {
			list = append(list, counted{n, run.Text[n.Start:n.End], run.At(n.Start)})
		}
	}
	return list
}

// otherCounts returns the numbers of `theirs` that the unit with the numbers `ours` lacks: numbers in words that count something and stand in
// no form in the unit, and numbers that count something else there. Numbers in digits that the unit lacks altogether are left to
// mentionsOf. `digits` has the numbers of the unit that are written in digits, also in literals.
func otherCounts(theirs, ours []values.Counted, digits func(string) bool) []int {
	var list []int
	for i, n := range theirs {
		if n.Of == "" || n.Word && !n.Claims() || slices.ContainsFunc(theirs[:i], func(before values.Counted) bool { return before.Value == n.Value && before.Of == n.Of }) {
			continue
		}
		there := slices.ContainsFunc(ours, func(other values.Counted) bool { return other.Value == n.Value && (!other.IsName || other.Of != "") })
		if there && !slices.ContainsFunc(ours, n.Fits) || !there && n.Claims() && !digits(strconv.Itoa(n.Value)) {
			list = append(list, i)
		}
	}
	return list
}

// countsOf reports numbers in words that only one of two units has, and numbers that count different things in them.
func (c *Comparison) countsOf(source, translation *Unit) {
	theirs, ours := source.countedIn(c.From), translation.countedIn(c.Language)
	plain := func(list []counted) []values.Counted {
		numbers := make([]values.Counted, len(list))
		for i, n := range list {
			numbers[i] = n.Counted
		}
		return numbers
	}
	lacks, adds := otherCounts(plain(theirs), plain(ours), translation.hasDigits), otherCounts(plain(ours), plain(theirs), source.hasDigits)
	if len(lacks)+len(adds) == 0 || c.Allowed(source.Name, string(markdown.NumberMention)) {
		return
	}
	allow := c.howToAllow(source.Name, string(markdown.NumberMention))
	for _, i := range lacks {
		c.lacks(source, translation, theirs[i].text, theirs[i].offset, allow)
	}
	for _, i := range adds {
		c.adds(source, translation, ours[i].text, ours[i].offset, allow)
	}
}

// counts reports whether the unit has a number that `from` has at an offset, in words or in digits, or ten times as many percent: 3割 is
// 30%. A word that may be the name of a month counts only for a month.
func (u *Unit) counts(number string, language Language, from *Unit, fromLanguage Language, offset int) bool {
	value, err := strconv.Atoi(number)
	theirs := from.countedIn(fromLanguage)
	at := slices.IndexFunc(theirs, func(n counted) bool { return n.offset == offset })
	return err == nil && slices.ContainsFunc(u.countedIn(language), func(n counted) bool {
		if n.IsName && n.Of == "" && (at < 0 || !theirs[at].Fits(n.Counted)) {
			return false
		}
		return n.Value == value || n.Value == 10*value && n.Of == values.Percent
	})
}

// hasDigits reports whether the unit has a number in digits.
func (u *Unit) hasDigits(number string) bool {
	return slices.ContainsFunc(u.Mentions, func(m markdown.Mention) bool { return m.Kind == markdown.NumberMention && m.What == number })
}
