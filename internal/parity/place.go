package parity

import (
	"bytes"
	"slices"

	"sitegen/internal/diag"
)

// counterpart returns the offset in `there` where an author should look for what stands at an offset of `here`: the same line, counted
// without blank lines. Translations usually have a line for each line of the source. If the numbers of lines differ, counterpart returns
// the offset of the unit `to`.
func counterpart(here *diag.File, from *Unit, offset int, there *diag.File, to *Unit) int {
	theirs, ours := from.lines(here), to.lines(there)
	if len(theirs) != len(ours) {
		return to.Offset
	}
	i, same := slices.BinarySearch(theirs, offset)
	if !same {
		i-- // the line that begins before the offset
	}
	if i < 0 {
		return to.Offset
	}
	return ours[i]
}

// lines returns the offset of each line of the unit that is not blank. It returns the unit's offset alone if the file has other characters
// there than the unit, as in a text over several lines of YAML.
func (u *Unit) lines(f *diag.File) []int {
	raw := bytes.Trim([]byte(u.Raw), "\n ")
	if !bytes.HasPrefix(f.Data[u.Offset:], raw) {
		return []int{u.Offset}
	}
	var list []int
	at := u.Offset
	for line := range bytes.Lines(raw) {
		if text := bytes.TrimLeft(line, " "); len(bytes.TrimSpace(text)) > 0 {
			list = append(list, at+len(line)-len(text))
		}
		at += len(line)
	}
	return list
}

// lacks reports that the translation lacks what stands at an offset of the source.
func (c *Comparison) lacks(source, translation *Unit, what string, offset int, allow diag.Lines) {
	at := counterpart(c.Source, source, offset, c.File, translation)
	c.Found.Add(c.File.At(at, "parity-lacks", what, c.Source.Place(offset), allow))
}

// adds reports that only the translation has what stands at an offset of it.
func (c *Comparison) adds(source, translation *Unit, what string, offset int, allow diag.Lines) {
	at := counterpart(c.File, translation, offset, c.Source, source)
	c.Found.Add(c.File.At(offset, "parity-adds", what, c.Source.Place(at), allow))
}
