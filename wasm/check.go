package wasm

import (
	"encoding/binary"
	"errors"
	"fmt"

	"sitegen/internal/table"
)

// Check returns why the module cannot work with tables, or nil. Tables must be complete, refer only to what exists, fit into
// the memory, and keep what internal/table promises about the day of the visit. Whatever the answers, a module made from
// such tables terminates and does not trap. The error names the first problem.
func Check(tables []byte) (err error) {
	if len(tables) < headerSize || len(tables) > tablesEnd-4 {
		return fmt.Errorf("%d bytes are no tables", len(tables))
	}
	if binary.LittleEndian.Uint16(tables) != table.Version {
		return errors.New("the tables are of another version")
	}
	v := &validator{b: tables}
	defer func() {
		if problem, ok := recover().(refusal); ok {
			err = problem
		}
	}()
	v.check()
	return nil
}

// refusal is the value of the panic that ends a check.
type refusal string

func (r refusal) Error() string { return string(r) }

type validator struct {
	b       []byte
	at      int    // the offset of the next byte to read
	visited []bool // by term: whether it is computed from the day of the visit
}

// want refuses the tables if the condition does not hold.
func (v *validator) want(holds bool, format string, arguments ...any) {
	if !holds {
		panic(refusal(fmt.Sprintf(format, arguments...)))
	}
}

func (v *validator) u16(at int) int { return int(binary.LittleEndian.Uint16(v.b[at:])) }

func (v *validator) u8() int {
	v.want(v.at < len(v.b), "the tables end too early")
	v.at++
	return int(v.b[v.at-1])
}

func (v *validator) i32() int32 {
	v.want(v.at+4 <= len(v.b), "the tables end too early")
	v.at += 4
	return int32(binary.LittleEndian.Uint32(v.b[v.at-4:]))
}

// each runs `entry` for every entry of a section, and returns how many entries there are.
func (v *validator) each(section int, entry func(i int)) int {
	v.at = v.u16(section)
	number := v.u16(section + count)
	for i := range number {
		entry(i)
	}
	return number
}

// list reads a list of signals with numbers less than `below`. It refuses an inverted list, and returns the list's first
// byte.
func (v *validator) list(below int) int {
	head := v.gate(below)
	v.want(head < 0x40, "a list is inverted that is no gate")
	return head
}

// gate reads the list of a gate, and returns its first byte.
func (v *validator) gate(below int) int {
	head := v.u8()
	v.want(head < 0x80, "a list begins with %#x", head)
	for range head&7 + head>>3&7 {
		signal := v.u8()
		if signal >= wideSignal {
			signal = (signal-wideSignal)<<8 | v.u8()
		}
		v.want(signal < below, "signal %d is used before it is known", signal)
	}
	return head
}

func (v *validator) check() {
	firstGate := v.u16(atoms + count)
	firstOutcome := firstGate + v.u16(gates+count)
	firstPost := firstOutcome + v.u16(outcomes)
	firstEnough := firstPost + v.u16(posts+count)
	firstLast := firstEnough
	if v.u16(enough+count) > 0 {
		firstLast += levels
	}
	all := firstLast + v.u16(lasts+count)
	v.want(all <= maxSignals, "%d conditions are more than %d", all, maxSignals)

	lists := 0
	for _, section := range []int{gates, rows, posts, enough, lasts, adds, asks} {
		lists += v.u16(section + count)
	}
	v.want(lists <= maxLists, "%d lists are more than %d", lists, maxLists)

	slots := v.inputs()
	v.terms(slots)
	v.atoms(slots)
	v.each(gates, func(i int) { v.gate(firstGate + i) })
	v.rows(firstOutcome)
	v.each(posts, func(i int) { v.gate(firstPost + i) })
	v.fits(firstEnough)
	v.each(lasts, func(i int) { v.gate(firstLast + i) })
	v.adds(all)
	v.asks(firstOutcome)
	v.each(sets, func(int) { v.i32() })
	v.offers()
	v.want(int(v.b[held]) < slots && v.u16(heldIf) < all, "what is held is missing")
}

func (v *validator) inputs() (slots int) {
	dated := false
	v.each(inputs, func(i int) {
		_, width, specials, _ := v.u8(), v.u8(), v.u8(), v.u8()
		lo, _, _ := v.i32(), v.i32(), v.i32()
		v.want(width > 0, "input %d has no answer", i)
		if slots == int(v.b[visit]) {
			dated = width == 1 && specials == 0 && lo >= firstDay
		}
		for range width {
			_, _ = v.i32(), v.i32() // all values, and the values told unasked
		}
		slots += width
	})
	v.want(slots <= maxSlots, "%d slots of answers are more than %d", slots, maxSlots)
	v.want(dated, "the day of the visit is no plain date")
	return slots
}

func (v *validator) terms(slots int) {
	v.visited = nil
	v.each(termList, func(i int) {
		op, a, x := v.u8(), v.u8(), v.i32()
		visited := false
		switch {
		case op == opInputDay:
			v.want(a < slots, "term %d: no such slot", i)
			visited = a == int(v.b[visit])
		case op == opEarlier || op == opLater:
			v.want(a < i && x >= 0 && x < int32(i), "term %d: no such term", i)
			visited = v.visited[a] || v.visited[x]
		case op != opConstDay:
			v.want(op <= opShift && a < i, "term %d: no such term or operator", i)
			visited = v.visited[a]
		}
		v.visited = append(v.visited, visited)
	})
	v.want(len(v.visited) <= maxTerms, "%d terms are more than %d", len(v.visited), maxTerms)
}

func (v *validator) atoms(slots int) {
	isVisit := func(term int) bool {
		at := v.u16(termList) + termSize*term
		return int(v.b[at]) == opInputDay && v.b[at+1] == v.b[visit]
	}
	compared := true
	v.each(atoms, func(i int) {
		op, a, x := v.u8(), v.u8(), v.i32()
		v.want(compared || op != opNotAfter, "test %d: comparisons stand first", i)
		compared = op == opNotAfter
		if op != opNotAfter {
			v.want(op < opNotAfter && a < slots, "test %d: no such slot or operator", i)
			v.want(a != int(v.b[visit]), "test %d: the day of the visit can only be compared", i)
			return
		}
		b := int(x & 0xff)
		v.want(a < len(v.visited) && b < len(v.visited), "test %d: no such term", i)
		v.want(!v.visited[a] || isVisit(a) && !v.visited[b], "test %d: only the visit itself can be compared, with another day", i)
		v.want(!v.visited[b] || isVisit(b), "test %d: only the visit itself can be compared", i)
	})
}

func (v *validator) rows(firstOutcome int) {
	head := 1
	v.each(rows, func(i int) {
		head = v.list(firstOutcome)
		v.want(v.u8() < v.u16(outcomes), "row %d: no such outcome", i)
		v.want(v.u8() < v.u16(offers+count), "row %d: no such offer", i)
	})
	v.want(head == 0, "the last row does not always hold")
}

func (v *validator) fits(firstEnough int) {
	head := 0
	v.each(enough, func(i int) {
		head = v.list(firstEnough)
		v.want(v.u8() < levels, "row %d of enough: no such level", i)
	})
	v.want(head == 0, "the last row of enough does not always hold")
}

func (v *validator) asks(firstOutcome int) {
	v.each(asks, func(i int) {
		v.want(v.u8() < v.u16(inputs+count), "step %d: no such input", i)
		v.u8()
		v.list(firstOutcome)
	})
}

func (v *validator) offers() {
	number := v.each(offers, func(int) {
		for range v.u8() {
			v.want(v.u8() < v.u16(sets+count), "a set of documents is missing")
		}
	})
	v.want(number <= maxOffers, "%d offers are more than %d", number, maxOffers)
}

func (v *validator) adds(all int) {
	supplements := 0
	v.each(adds, func(i int) {
		v.list(all)
		for kind := 0x80; kind&0x80 != 0; {
			kind = v.u8()
			number, there := v.u8(), v.u16(sets+count)
			switch kind & 0x7f {
			case effectTell:
				there = v.u16(notes)
			case effectWith:
				supplements++
				v.want(v.u8() < there, "additive row %d: no such set", i)
			default:
				v.want(kind&0x7f <= effectAlone, "additive row %d: no such effect", i)
			}
			v.want(number < there, "additive row %d: no such set or note", i)
		}
	})
	v.want(supplements <= maxWiths, "%d supplements are more than %d", supplements, maxWiths)
}
