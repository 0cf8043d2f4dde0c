package parity

import (
	"slices"
	"strings"

	"sitegen/internal/markdown"
)

// shapeOf reports blocks that only one of two sections has, and lists and tables with a different number of entries. It compares the blocks
// in order. First it pairs blocks with equal marks from the start and from the end, then the blocks that are left in the middle.
func (c *Comparison) shapeOf(source, translation *Unit) {
	tables := leaveTables
	switch {
	case slices.Equal(source.tables(), translation.tables()):
		tables = compareTables
	case c.Allowed(source.Name, string(markdown.TableMention)):
		tables = tablesAsLists
	}
	theirs, ours := toCompare(source, translation, tables), toCompare(translation, source, tables)
	same := func(a, b markdown.Block) bool { return a.Mark == b.Mark && a.Count == b.Count }
	if slices.EqualFunc(theirs, ours, same) || c.Allowed(source.Name, OtherShape) {
		return
	}
	allow := c.howToAllow(source.Name, OtherShape)
	count := func(theirs, ours markdown.Block) {
		if theirs.Count != ours.Count {
			c.Found.Add(c.File.At(ours.Offset, "parity-count", ours.Mark, c.Source.Place(theirs.Offset), allow, ours.Count, theirs.Count))
		}
	}
	for len(theirs) > 0 && len(ours) > 0 && theirs[0].Mark == ours[0].Mark {
		count(theirs[0], ours[0])
		theirs, ours = theirs[1:], ours[1:]
	}
	end := translation.Offset // the place for a block that the translation lacks and that follows all its other blocks
	for len(theirs) > 0 && len(ours) > 0 && theirs[len(theirs)-1].Mark == ours[len(ours)-1].Mark {
		count(theirs[len(theirs)-1], ours[len(ours)-1])
		end = ours[len(ours)-1].Offset
		theirs, ours = theirs[:len(theirs)-1], ours[:len(ours)-1]
	}
	for len(theirs) > 0 && len(ours) > 0 {
		c.Found.Add(c.File.At(ours[0].Offset, "parity-block", ours[0].Mark, c.Source.Place(theirs[0].Offset), allow, theirs[0].Mark))
		theirs, ours = theirs[1:], ours[1:]
	}
	for _, block := range theirs {
		c.Found.Add(c.File.At(end, "parity-lacks", block.Mark, c.Source.Place(block.Offset), allow))
	}
	for _, block := range ours {
		c.adds(source, translation, block.Mark, block.Offset, allow)
	}
}

// The ways in which toCompare can treat tables.
const (
	compareTables = iota
	leaveTables   // leave tables out, because mentionsOf reports their differences
	tablesAsLists // count each table as a list with an item for each row, because the author allows different tables
)

// toCompare returns the blocks of a section that shapeOf compares with the blocks of `other`. It leaves out the dated and conditional
// blocks that only one of the sections has, with everything inside them, because mentionsOf reports these. `tables` says how it treats
// tables.
func toCompare(u, other *Unit, tables int) []markdown.Block {
	var list []markdown.Block
	for _, block := range u.Shape {
		only := slices.ContainsFunc(block.Around, func(mark string) bool {
			return !slices.ContainsFunc(other.Shape, func(theirs markdown.Block) bool { return slices.Contains(theirs.Around, mark) })
		})
		indent, isTable := strings.CutSuffix(block.Mark, markdown.TableMark)
		if isTable && tables == tablesAsLists {
			block.Mark = indent + markdown.ListMark
		}
		if !only && !(isTable && tables == leaveTables) {
			list = append(list, block)
		}
	}
	return list
}

// tables returns those of the unit's mentions (see [Unit.Says]) that are about tables.
func (u *Unit) tables() []string {
	return slices.DeleteFunc(u.Says(), func(saying string) bool { return !strings.HasPrefix(saying, string(markdown.TableMention)+" ") })
}
