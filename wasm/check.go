package wasm

import (
	"encoding/binary"
	"errors"
	"fmt"

	"sitegen/internal/table"
)

// Check tells whether the module can work with tables: that they are whole, refer only to what exists, fit the memory,
// and keep to what internal/table promises about the day of the visit. Whatever the answers, a module made of such
// tables ends and does not trap.
func Check(tables []byte) (err error) {
	if len(tables) < headerSize || len(tables) > tablesEnd-4 {
		return fmt.Errorf("%d bytes are no tables", len(tables))
	}
	if binary.LittleEndian.Uint16(tables) != table.Version {
		return errors.New("the tables are of another version")
	}
	c := &checker{b: tables}
	defer func() {
		if problem, ok := recover().(refusal); ok {
			err = problem
		}
	}()
	c.check()
	return nil
}

// refusal ends a check.
type refusal string

func (r refusal) Error() string { return string(r) }

type checker struct {
	b       []byte
	at      int    // where it reads
	visited []bool // by term: whether it is computed from the day of the visit
}

// want refuses the tables unless the condition holds.
func (c *checker) want(holds bool, format string, arguments ...any) {
	if !holds {
		panic(refusal(fmt.Sprintf(format, arguments...)))
	}
}

func (c *checker) u16(at int) int { return int(binary.LittleEndian.Uint16(c.b[at:])) }

func (c *checker) u8() int {
	c.want(c.at < len(c.b), "the tables end too early")
	c.at++
	return int(c.b[c.at-1])
}

func (c *checker) i32() int32 {
	c.want(c.at+4 <= len(c.b), "the tables end too early")
	c.at += 4
	return int32(binary.LittleEndian.Uint32(c.b[c.at-4:]))
}

// each goes through the entries of a section.
func (c *checker) each(section int, entry func(i int)) int {
	c.at = c.u16(section)
	number := c.u16(section + count)
	for i := range number {
		entry(i)
	}
	return number
}

// list goes over a list of signals below a number, which is not inverted, and returns its first byte.
func (c *checker) list(below int) int {
	head := c.gate(below)
	c.want(head < 0x40, "a list is inverted that is no gate")
	return head
}

// gate goes over the list of a gate.
func (c *checker) gate(below int) int {
	head := c.u8()
	c.want(head < 0x80, "a list begins with %#x", head)
	for range head&7 + head>>3&7 {
		signal := c.u8()
		if signal >= wideSignal {
			signal = (signal-wideSignal)<<8 | c.u8()
		}
		c.want(signal < below, "signal %d is used before it is known", signal)
	}
	return head
}

func (c *checker) check() {
	firstGate := c.u16(atoms + count)
	firstOutcome := firstGate + c.u16(gates+count)
	firstPost := firstOutcome + c.u16(outcomes)
	firstEnough := firstPost + c.u16(posts+count)
	firstLast := firstEnough
	if c.u16(enough+count) > 0 {
		firstLast += levels
	}
	all := firstLast + c.u16(lasts+count)
	c.want(all <= maxSignals, "%d conditions are more than %d", all, maxSignals)

	lists := 0
	for _, section := range []int{gates, rows, posts, enough, lasts, adds, asks} {
		lists += c.u16(section + count)
	}
	c.want(lists <= maxLists, "%d lists are more than %d", lists, maxLists)

	slots := c.inputs()
	c.terms(slots)
	c.atoms(slots)
	c.each(gates, func(i int) { c.gate(firstGate + i) })
	c.rows(firstOutcome)
	c.each(posts, func(i int) { c.gate(firstPost + i) })
	c.fits(firstEnough)
	c.each(lasts, func(i int) { c.gate(firstLast + i) })
	c.adds(all)
	c.asks(firstOutcome)
	c.each(sets, func(int) { c.i32() })
	c.offers()
	c.want(int(c.b[held]) < slots && c.u16(heldIf) < all, "what is held is missing")
}

func (c *checker) inputs() (slots int) {
	dated := false
	c.each(inputs, func(i int) {
		_, width, specials, _ := c.u8(), c.u8(), c.u8(), c.u8()
		lo, _, _ := c.i32(), c.i32(), c.i32()
		c.want(width > 0, "input %d has no answer", i)
		if slots == int(c.b[visit]) {
			dated = width == 1 && specials == 0 && lo >= firstDay
		}
		for range width {
			_, _ = c.i32(), c.i32() // all values, and those that are told
		}
		slots += width
	})
	c.want(slots <= maxSlots, "%d slots of answers are more than %d", slots, maxSlots)
	c.want(dated, "the day of the visit is no plain date")
	return slots
}

func (c *checker) terms(slots int) {
	c.visited = nil
	c.each(termList, func(i int) {
		op, a, x := c.u8(), c.u8(), c.i32()
		visited := false
		switch {
		case op == opInputDay:
			c.want(a < slots, "term %d: no such slot", i)
			visited = a == int(c.b[visit])
		case op == opEarlier || op == opLater:
			c.want(a < i && x >= 0 && x < int32(i), "term %d: no such term", i)
			visited = c.visited[a] || c.visited[x]
		case op != opConstDay:
			c.want(op <= opShift && a < i, "term %d: no such term or operator", i)
			visited = c.visited[a]
		}
		c.visited = append(c.visited, visited)
	})
	c.want(len(c.visited) <= maxTerms, "%d terms are more than %d", len(c.visited), maxTerms)
}

func (c *checker) atoms(slots int) {
	isVisit := func(term int) bool {
		at := c.u16(termList) + termSize*term
		return int(c.b[at]) == opInputDay && c.b[at+1] == c.b[visit]
	}
	compared := true
	c.each(atoms, func(i int) {
		op, a, x := c.u8(), c.u8(), c.i32()
		c.want(compared || op != opNotAfter, "test %d: comparisons stand first", i)
		compared = op == opNotAfter
		if op != opNotAfter {
			c.want(op < opNotAfter && a < slots, "test %d: no such slot or operator", i)
			c.want(a != int(c.b[visit]), "test %d: the day of the visit can only be compared", i)
			return
		}
		b := int(x & 0xff)
		c.want(a < len(c.visited) && b < len(c.visited), "test %d: no such term", i)
		c.want(!c.visited[a] || isVisit(a) && !c.visited[b], "test %d: only the visit itself can be compared, with another day", i)
		c.want(!c.visited[b] || isVisit(b), "test %d: only the visit itself can be compared", i)
	})
}

func (c *checker) rows(firstOutcome int) {
	head := 1
	c.each(rows, func(i int) {
		head = c.list(firstOutcome)
		c.want(c.u8() < c.u16(outcomes), "row %d: no such outcome", i)
		c.want(c.u8() < c.u16(offers+count), "row %d: no such offer", i)
	})
	c.want(head == 0, "the last row does not always hold")
}

func (c *checker) fits(firstEnough int) {
	head := 0
	c.each(enough, func(i int) {
		head = c.list(firstEnough)
		c.want(c.u8() < levels, "row %d of enough: no such level", i)
	})
	c.want(head == 0, "the last row of enough does not always hold")
}

func (c *checker) asks(firstOutcome int) {
	c.each(asks, func(i int) {
		c.want(c.u8() < c.u16(inputs+count), "step %d: no such input", i)
		c.u8()
		c.list(firstOutcome)
	})
}

func (c *checker) offers() {
	number := c.each(offers, func(int) {
		for range c.u8() {
			c.want(c.u8() < c.u16(sets+count), "a set of documents is missing")
		}
	})
	c.want(number <= maxOffers, "%d offers are more than %d", number, maxOffers)
}

func (c *checker) adds(all int) {
	supplements := 0
	c.each(adds, func(i int) {
		c.list(all)
		for kind := 0x80; kind&0x80 != 0; {
			kind = c.u8()
			number, there := c.u8(), c.u16(sets+count)
			switch kind & 0x7f {
			case effectTell:
				there = c.u16(notes)
			case effectWith:
				supplements++
				c.want(c.u8() < there, "additive row %d: no such set", i)
			default:
				c.want(kind&0x7f <= effectAlone, "additive row %d: no such effect", i)
			}
			c.want(number < there, "additive row %d: no such set or note", i)
		}
	})
	c.want(supplements <= maxWiths, "%d supplements are more than %d", supplements, maxWiths)
}
