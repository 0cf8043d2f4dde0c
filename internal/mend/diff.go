package mend

import (
	"slices"
	"strings"
)

// Line is a line of a comparison. It is unchanged (' '), removed ('-') or added ('+').
type Line struct {
	Sign byte // ' ', '-' or '+'
	Text string
}

// Hunk is a part of a comparison. Before and After are the line numbers, from 1, of its first line in the old and in the new text.
type Hunk struct {
	Before, After int
	Lines         []Line
}

// context is the number of unchanged lines that are shown before and after changed lines.
const context = 2

// Diff compares Text with After line by line. It returns each part in which lines change, with up to `context` unchanged lines before and
// after.
func (f *File) Diff() []Hunk {
	return hunks(compare(slices.Collect(strings.Lines(f.Text)), slices.Collect(strings.Lines(f.After))))
}

// compare returns all lines of two texts with their signs. Equal lines at both ends of the texts are unchanged. Between them, the lines of
// the longest common subsequence are unchanged. If computing that subsequence would take too long, all lines between the ends count as
// removed or added.
func compare(before, after []string) []Line {
	start, end := 0, 0
	for start < min(len(before), len(after)) && before[start] == after[start] {
		start++
	}
	for end < min(len(before), len(after))-start && before[len(before)-1-end] == after[len(after)-1-end] {
		end++
	}
	var lines []Line
	add := func(sign byte, texts ...string) {
		for _, text := range texts {
			lines = append(lines, Line{sign, strings.TrimSuffix(text, "\n")})
		}
	}
	add(' ', before[:start]...)
	a, b := before[start:len(before)-end], after[start:len(after)-end]
	for _, step := range common(a, b) {
		add('-', a[:step[0]]...)
		add('+', b[:step[1]]...)
		add(' ', a[step[0]])
		a, b = a[step[0]+1:], b[step[1]+1:]
	}
	add('-', a...)
	add('+', b...)
	add(' ', before[len(before)-end:]...)
	return lines
}

// common returns the longest common subsequence of two lists of lines, or nil if the lists are too long. Each step stands for one common
// line. It has the numbers of lines in a and in b that come between the previous common line and this one.
func common(a, b []string) (steps [][2]int) {
	const most = 4_000_000
	if len(a)*len(b) > most {
		return nil
	}
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if length[i][j] = max(length[i+1][j], length[i][j+1]); a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			}
		}
	}
	for i, j, fromA, fromB := 0, 0, 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			steps = append(steps, [2]int{i - fromA, j - fromB})
			i, j = i+1, j+1
			fromA, fromB = i, j
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return steps
}

// hunks returns the parts of a comparison that have changed lines.
func hunks(lines []Line) []Hunk {
	shown := make([]bool, len(lines))
	for i, line := range lines {
		if line.Sign != ' ' {
			for near := max(0, i-context); near <= min(len(lines)-1, i+context); near++ {
				shown[near] = true
			}
		}
	}
	var list []Hunk
	before, after := 1, 1
	for i, line := range lines {
		if shown[i] {
			if i == 0 || !shown[i-1] {
				list = append(list, Hunk{Before: before, After: after})
			}
			h := &list[len(list)-1]
			h.Lines = append(h.Lines, line)
		}
		if line.Sign != '+' {
			before++
		}
		if line.Sign != '-' {
			after++
		}
	}
	return list
}
