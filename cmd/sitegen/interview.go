package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/rules"
	"sitegen/internal/site"
)

// interview asks on a terminal what the checker's page asks, one question after another.
type interview struct {
	*asker
	c       *console
	lines   *bufio.Scanner
	program *rules.Program
	raw     []int32
}

// interview asks until nothing more can change the answer, and then answers.
func (a *asker) interview(c *console, in io.Reader) int {
	i := &interview{asker: a, c: c, lines: bufio.NewScanner(in), program: a.set.Program}
	i.raw, _ = a.set.Raw(a.withProfile(rules.Answers{}), a.today)
	circumstances := false // come last: they add to the answer, and can make other questions matter
	ok := i.ask(i.input("visit_date"))
	for ok {
		question, err := a.module.Next(context.Background(), i.raw, nil)
		if err != nil {
			panic("BUG: " + err.Error())
		}
		next := question.Input
		if next < 0 && !circumstances {
			next, circumstances = i.input("needs"), true
		}
		if next < 0 {
			result, bad := a.decide(i.raw)
			if bad != nil {
				panic("BUG: an interview led to a refused answer: " + bad.Message)
			}
			fmt.Fprintln(c.out)
			a.words.write(c.out, a.set, i.raw, result)
			return exitFine
		}
		ok = i.ask(next)
	}
	c.say(c.err, phrase{"\n答えの途中で終わりました", "\nended before the answer"})
	return exitContent
}

func (i *interview) input(id string) int {
	return slices.IndexFunc(i.program.Names.Inputs, func(names rules.InputNames) bool { return names.ID == id })
}

// line reads what the person types.
func (i *interview) line() (text string, ok bool) {
	fmt.Fprint(i.c.out, "> ")
	ok = i.lines.Scan()
	return strings.TrimSpace(halfWidth(i.lines.Text())), ok
}

// choice is one numbered answer.
type choice struct {
	text  string
	value int // of the input; -1: "I don't know" where the rules have no such value, or none of a set
}

// ask asks one question until it is answered. It is false where there is nothing more to read.
func (i *interview) ask(input int) bool {
	in, names := i.program.Inputs[input], i.program.Names.Inputs[input]
	words := i.words.language.Checker.Questions[names.ID]
	fmt.Fprintf(i.c.out, "\n%s\n", words.Title.Plain)
	if words.Hint.Plain != "" {
		fmt.Fprintf(i.c.out, "%s\n", words.Hint.Plain)
	}
	choices := i.choices(input, words)
	for n, one := range choices {
		fmt.Fprintf(i.c.out, "%3d  %s\n", n+1, one.text)
	}
	if in.Kind == rules.Date {
		fmt.Fprintf(i.c.out, "     %s\n", i.words.page("era_hint"))
	}
	for {
		text, ok := i.line()
		if !ok {
			return false
		}
		if i.take(input, text, choices) {
			return i.follow(names.ID)
		}
	}
}

// choices lists what can be answered by its number.
func (i *interview) choices(input int, words site.QuestionWords) []choice {
	in, names := i.program.Inputs[input], i.program.Names.Inputs[input]
	if input == i.input("visit_date") {
		return []choice{{i.words.page("today") + ": " + i.words.day(i.today.String()), -1}}
	}
	var list []choice
	unknown := -1
	add := func(value int) {
		list = append(list, choice{words.Values[names.Values[value]].Name.Plain, value})
	}
	if names.ID == "needs" {
		for _, id := range i.words.checker.CircumstancesOf(names.ID) {
			add(slices.Index(names.Values, id))
		}
		// What must not be asked is behind one neutral line.
		return append(list, choice{i.words.page("sensitive_use"), slices.Index(names.Values, "dv")}, choice{i.words.page("none_apply"), -1})
	}
	for value, id := range names.Values {
		if id == "unknown" || id == "neutral" {
			unknown = value
		} else {
			add(value)
		}
	}
	if in.Kind == rules.Several {
		list = append(list, choice{i.words.page("have_none"), -1})
	}
	return append(list, choice{words.Unknown.Plain, unknown})
}

// take takes an answer, or says why it cannot.
func (i *interview) take(input int, text string, choices []choice) bool {
	in, slot := i.program.Inputs[input], 0
	for _, before := range i.program.Inputs[:input] {
		slot += before.Slots
	}
	if in.Kind == rules.Date {
		if day, ok := readDay(text); ok && int32(day) >= in.Lo && int32(day) <= in.Hi {
			fmt.Fprintf(i.c.out, "  = %s\n", i.words.language.DateBoth(day).Plain)
			i.raw[slot] = int32(day)
			return true
		}
		if text == "" && slot == i.program.Visit {
			return true // today
		}
	}
	var picked []choice
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '、' || r == '・' }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > len(choices) {
			return i.refuse(in.Kind, len(choices))
		}
		picked = append(picked, choices[n-1])
	}
	if len(picked) != 1 && in.Kind != rules.Several {
		return i.refuse(in.Kind, len(choices))
	}
	if in.Kind == rules.Several {
		clear(i.raw[slot : slot+in.Slots])
		for _, one := range picked {
			if one.value >= 0 {
				i.raw[slot+one.value/31] |= 1 << (one.value % 31)
			}
		}
		return true
	}
	switch value := int32(picked[0].value); {
	case slot == i.program.Visit:
	case value < 0:
		i.raw[slot] = in.Default
	case in.Kind == rules.Date:
		i.raw[slot] = rules.Missing + 1 + value
	default:
		i.raw[slot] = value
	}
	return true
}

func (i *interview) refuse(kind rules.Kind, most int) bool {
	switch kind {
	case rules.Several:
		i.c.say(i.c.out, phrase{"  1から%dまでの番号を、空白で区切って書いてください", "  type numbers from 1 to %d with spaces between them"}, most)
	case rules.Date:
		i.c.say(i.c.out, phrase{"  この日付は読めません。日付か、1から%dまでの番号を書いてください", "  this is no date that can be read; type a date, or a number from 1 to %d"}, most)
	default:
		i.c.say(i.c.out, phrase{"  1から%dまでの番号を書いてください", "  type a number from 1 to %d"}, most)
	}
	return false
}

// follow asks, after a change of the insurance, whose the paper is that the person holds.
func (i *interview) follow(id string) bool {
	look, held := i.words.checker, i.set.Answers(i.raw)
	changed, _ := held["change"].(string)
	if id != "change" || !slices.Contains(look.Leaving, changed) {
		return true
	}
	papers, _ := held["have"].([]string)
	documents := i.program.Names.Documents
	for n, paper := range papers {
		former, ok := look.Former[paper]
		if !ok {
			continue
		}
		fmt.Fprintf(i.c.out, "\n%s: %s\n  1  %s\n  2  %s\n", i.words.language.Checker.Documents[papers[n]].Name.Plain,
			i.words.page("paper_from_new"), i.words.page("paper_from_new_yes"), i.words.page("paper_from_new_no"))
		for {
			text, ok := i.line()
			if !ok {
				return false
			}
			if text == "2" {
				i.raw[i.program.Held] &^= 1 << slices.Index(documents, paper)
				i.raw[i.program.Held] |= 1 << slices.Index(documents, former)
			}
			if text == "1" || text == "2" {
				break
			}
			i.refuse(rules.Choice, 2)
		}
	}
	return true
}

// readDay reads a day in either calendar: 2026-03-31, 2026/3/31, 令和8年3月31日, R8.3.31.
func readDay(text string) (civil.Date, bool) {
	text = strings.ToUpper(halfWidth(strings.TrimSpace(text)))
	era := civil.Era("")
	for mark, of := range map[string]civil.Era{"令和": civil.Reiwa, "平成": civil.Heisei, "昭和": civil.Showa, "R": civil.Reiwa, "H": civil.Heisei, "S": civil.Showa} {
		if rest, ok := strings.CutPrefix(text, mark); ok {
			era, text = of, strings.Replace(strings.TrimSpace(rest), "元", "1", 1)
			break
		}
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-/.年月日 ", r) })
	if len(parts) != 3 {
		return civil.Unset, false
	}
	var n [3]int
	for k, part := range parts {
		value, err := strconv.ParseUint(part, 10, 14)
		if err != nil {
			return civil.Unset, false
		}
		n[k] = int(value)
	}
	if era != "" {
		n[0] += map[civil.Era]int{civil.Reiwa: 2018, civil.Heisei: 1988, civil.Showa: 1925}[era]
	} else if len(parts[0]) != 4 {
		return civil.Unset, false
	}
	day := civil.Of(n[0], n[1], n[2])
	year, month, d := day.YMD()
	if year != n[0] || month != n[1] || d != n[2] {
		return civil.Unset, false
	}
	if of, _ := day.Era(); era != "" && of != era {
		return civil.Unset, false // the era had ended, or not begun
	}
	return day, true
}

// halfWidth writes full-width digits, letters and signs as usual.
func halfWidth(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　':
			return ' '
		}
		return r
	}, text)
}
