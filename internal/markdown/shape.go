package markdown

import (
	"slices"
	"strings"
)

// Block is a block of a section that a translation must also have: a list, steps, a table, a quotation or a ::: block. Mark is the start of
// its lines in Markdown ("- …", "1. …", "| … |", "> …", "::: note"), indented by two spaces for each list around the block. Count is the
// number of items of a list, or of rows of a table without its head; otherwise 0. Around has the marks of the dated and conditional blocks
// around the block, and its own mark if it is such a block.
type Block struct {
	Mark   string
	Count  int
	Around []string
	Offset int
}

// The values of Mark for lists with bullets and for tables.
const (
	ListMark  = "- …"
	TableMark = "| … |"
)

// Shape returns the blocks of the text in order. It leaves out paragraphs and headings: a translation may divide its sentences differently.
func (p Stretch) Shape() []Block {
	var list []Block
	var counted []int   // indexes in `list` of the lists and tables around a node, outermost first
	var around []string // the marks of the dated and conditional blocks around a node
	for i := p.from; i < p.to; i++ {
		n := &p.doc.Nodes[i]
		isList := n.Kind == KindBullets || n.Kind == KindNumbers
		switch {
		case n.Close && (isList || n.Kind == KindTable):
			counted = counted[:len(counted)-1]
		case n.Close && (n.Kind == KindDated || n.Kind == KindIf):
			around = around[:len(around)-1]
		case n.Close:
		case n.Kind == KindItem, n.Kind == KindRow && p.doc.Nodes[i+1].Kind != KindHeadCell:
			list[counted[len(counted)-1]].Count++
		default:
			mark := p.mark(n)
			if mark == "" {
				continue
			}
			if n.Kind == KindDated || n.Kind == KindIf {
				around = append(around, mark)
			}
			list = append(list, Block{Mark: strings.Repeat("  ", len(counted)) + mark, Around: slices.Clone(around), Offset: int(n.Offset)})
			if isList || n.Kind == KindTable {
				counted = append(counted, len(list)-1)
			}
		}
	}
	return list
}

// mark returns the mark of the block that begins at a node, without indentation, or "" for other nodes.
func (p Stretch) mark(n *Node) string {
	switch n.Kind {
	case KindBullets:
		return ListMark
	case KindNumbers:
		return "1. …"
	case KindTable:
		return TableMark
	case KindQuote:
		return "> …"
	case KindNote:
		return "::: note"
	case KindImportant:
		return "::: important"
	case KindExample:
		return "::: example"
	case KindSteps:
		return "::: steps"
	case KindTimeline:
		return "::: timeline"
	case KindDated:
		return "::: " + p.doc.Periods[n.Ref].words()
	case KindIf:
		return "::: " + p.doc.Conditions[n.Ref].words()
	}
	return ""
}
