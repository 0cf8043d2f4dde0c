package table

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// Version is the version of the layout written by [Program.Encode].
const Version = 3

// Encode returns the tables as bytes. The bytes are deterministic and little-endian, and contain no names. The layout, in order:
//
//	u16  Version
//	     for each of the twelve sections below, in this order: u16 offset of its first byte, u16 count of its entries
//	u16  Outcomes, u16 Notes, u8 Visit, u8 Held, u16 HeldIf, i32 HeldAs, i32 Papers
//
//	inputs   u8 kind, u8 slots, u8 specials, u8 1 if the input is ever asked and 0 if not, i32 lo, i32 hi, i32 default,
//	         then for each slot i32: all values as bits (1 for a date or number), i32: the values told unasked
//	terms    u8 op, u8 A, i32 N
//	atoms    u8 op, u8 A, i32 N; for NotAfter, N holds B in its low 8 bits and the days above them (arithmetic shift);
//	         the NotAfter atoms come first
//	gates    list
//	rows     list, u8 outcome, u8 offer
//	posts    list
//	adds     list, then effects: u8 kind (plus 128 if a further effect follows), u8 A, and for With: u8 B
//	sets     i32
//	offers   u8 count, then a u8 index into sets for each
//	enough   list, u8 level
//	lasts    list
//	asks     u8 input, u8 flags: bit 0: the step asks again; bit 1: no later step for this input has the same bit 0;
//	         then the list guard
//
// A list begins with one byte: count of Yes + 8 * count of No + 64 if the gate is inverted. The signal numbers of Yes and of
// No follow: a number below 240 as one byte, any other as two, 240 + s / 256 and s % 256. Lowering splits longer lists, so
// Yes and No have at most seven signals each.
func (p *Program) Encode() []byte {
	b := p.encode()
	if len(b) > MaxBytes {
		panic("BUG: tables that are too long were not refused")
	}
	return b
}

// Size returns how many bytes the tables take. [Program.Encode] panics above MaxBytes.
func (p *Program) Size() int { return len(p.encode()) }

// MaxBytes is the space for the tables in the module's memory, in bytes.
const MaxBytes = 0xfffc

func (p *Program) encode() []byte {
	e := &encoder{b: make([]byte, HeaderSize)}
	binary.LittleEndian.PutUint16(e.b, Version)
	e.section(InputsSection, len(p.Inputs), func(i int) {
		in := &p.Inputs[i]
		e.u8(int(in.Kind), in.Slots, in.Specials, BoolInt(p.IsAsked(i)))
		e.i32(in.Lo, in.Hi, in.Default)
		for k := range in.Slots {
			e.i32(in.All(k), in.Told[k])
		}
	})
	e.section(TermsSection, len(p.Terms), func(i int) {
		e.u8(int(p.Terms[i].Op), p.Terms[i].A)
		e.i32(p.Terms[i].N)
	})
	e.section(AtomsSection, len(p.Atoms), func(i int) {
		a := p.Atoms[i]
		if a.Op == NotAfter {
			a.N = a.N<<8 | int32(a.B)
		}
		e.u8(int(a.Op), a.A)
		e.i32(a.N)
	})
	e.section(GatesSection, len(p.Gates), func(i int) { e.list(p.Gates[i].List, p.Gates[i].Invert) })
	e.section(RowsSection, len(p.Rows), func(i int) {
		e.list(p.Rows[i].List, false)
		e.u8(p.Rows[i].Outcome, p.Rows[i].Offer)
	})
	e.section(PostsSection, len(p.Posts), func(i int) { e.list(p.Posts[i].List, p.Posts[i].Invert) })
	e.section(AddsSection, len(p.Adds), func(i int) { e.add(p.Adds[i]) })
	e.section(SetsSection, len(p.Sets), func(i int) { e.i32(p.Sets[i]) })
	e.section(OffersSection, len(p.Offers), func(i int) {
		e.u8(len(p.Offers[i]))
		e.u8(p.Offers[i]...)
	})
	e.section(EnoughSection, len(p.Enough), func(i int) {
		e.list(p.Enough[i].List, false)
		e.u8(int(p.Enough[i].Enough))
	})
	e.section(LastsSection, len(p.Lasts), func(i int) { e.list(p.Lasts[i].List, p.Lasts[i].Invert) })
	e.section(AsksSection, len(p.Asks), func(i int) {
		e.u8(p.Asks[i].Input, BoolInt(p.Asks[i].Again)|BoolInt(p.LastAsk(i))<<1)
		e.list(p.Asks[i].Guard, false)
	})
	h := e.b[Tallies:]
	binary.LittleEndian.PutUint16(h, uint16(p.Outcomes))
	binary.LittleEndian.PutUint16(h[2:], uint16(p.Notes))
	h[4], h[5] = byte(p.Visit), byte(p.Held)
	binary.LittleEndian.PutUint16(h[6:], uint16(p.HeldIf))
	binary.LittleEndian.PutUint32(h[8:], uint32(p.HeldAs))
	binary.LittleEndian.PutUint32(h[12:], uint32(p.Papers))
	return e.b
}

// The sections, in the order of their heads.
const (
	InputsSection = iota
	TermsSection
	AtomsSection
	GatesSection
	RowsSection
	PostsSection
	AddsSection
	SetsSection
	OffersSection
	EnoughSection
	LastsSection
	AsksSection
	sectionCount
)

// Offsets and marks of the layout.
const (
	Sections    = 2 // offset of the heads of the sections
	SectionHead = 4 // bytes per head: the offset of the first entry, and the number of entries
	Tallies     = Sections + SectionHead*sectionCount
	HeaderSize  = Tallies + 16

	MoreEffects = 0x80 // added to the kind of an effect if a further one follows
	WideSignal  = 240  // a signal number takes two bytes if its first byte is at least this
)

type encoder struct {
	b []byte
}

func (e *encoder) section(number, count int, entry func(i int)) {
	at := Sections + SectionHead*number
	binary.LittleEndian.PutUint16(e.b[at:], uint16(len(e.b)))
	binary.LittleEndian.PutUint16(e.b[at+2:], uint16(count))
	for i := range count {
		entry(i)
	}
}

func (e *encoder) u8(values ...int) {
	for _, v := range values {
		if v < 0 || v > 0xff {
			panic(fmt.Sprintf("BUG: %d does not fit a byte and was not refused", v))
		}
		e.b = append(e.b, byte(v))
	}
}

func (e *encoder) i32(values ...int32) {
	for _, v := range values {
		e.b = binary.LittleEndian.AppendUint32(e.b, uint32(v))
	}
}

func (e *encoder) list(l List, invert bool) {
	if len(l.Yes) > MaxLiterals || len(l.No) > MaxLiterals {
		panic("BUG: a list was not split")
	}
	e.u8(len(l.Yes) | len(l.No)<<3 | BoolInt(invert)<<6)
	for _, signals := range [][]int{l.Yes, l.No} {
		for _, s := range signals {
			if s < WideSignal {
				e.u8(s)
			} else {
				e.u8(WideSignal+s>>8, s&0xff)
			}
		}
	}
}

func (e *encoder) add(a Add) {
	e.list(a.List, false)
	for i, effect := range a.Effects {
		kind := int(effect.Kind)
		if i+1 < len(a.Effects) {
			kind |= MoreEffects
		}
		e.u8(kind, effect.A)
		if effect.Kind == With {
			e.u8(effect.B)
		}
	}
}

// MaxLiterals is the greatest number of signals in Yes, and in No, of a list.
const MaxLiterals = 7

// BoolInt returns 1 for true and 0 for false.
func BoolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

var errTables = errors.New("these are not the tables of a rule set")

// Decode reads the bytes that [Program.Encode] wrote. The program's Names are empty, because the bytes contain none. Decode
// returns an error if the version differs or the bytes end too early, and never panics. It checks nothing else.
func Decode(b []byte) (p *Program, err error) {
	if len(b) < HeaderSize || binary.LittleEndian.Uint16(b) != Version {
		return nil, errTables
	}
	defer func() {
		if recover() != nil { // the bytes end too early
			p, err = nil, errTables
		}
	}()
	p, d := &Program{}, &decoder{b: b}
	p.Inputs = section(d, InputsSection, func() Input {
		in := Input{Kind: Kind(d.u8()), Slots: d.u8(), Specials: d.u8()}
		d.u8() // skips the flag that says whether the input is asked, because Asks says it too
		in.Lo, in.Hi, in.Default = d.i32(), d.i32(), d.i32()
		for range in.Slots {
			all := d.i32()
			in.Values += bits.OnesCount32(uint32(all)) * BoolInt(in.Kind == Choice || in.Kind == Several)
			in.Told = append(in.Told, d.i32())
		}
		return in
	})
	p.Terms = section(d, TermsSection, func() Term { return Term{TermOp(d.u8()), d.u8(), d.i32()} })
	p.Atoms = section(d, AtomsSection, func() Atom {
		a := Atom{Op: AtomOp(d.u8()), A: d.u8(), N: d.i32()}
		if a.Op == NotAfter {
			a.B, a.N = int(a.N&0xff), a.N>>8
		}
		return a
	})
	p.Gates = section(d, GatesSection, d.list)
	p.Rows = section(d, RowsSection, func() Row { return Row{d.list().List, d.u8(), d.u8()} })
	p.Posts = section(d, PostsSection, d.list)
	p.Adds = section(d, AddsSection, d.add)
	p.Sets = section(d, SetsSection, d.i32)
	p.Offers = section(d, OffersSection, func() []int {
		list := make([]int, d.u8())
		for i := range list {
			list[i] = d.u8()
		}
		return list
	})
	p.Enough = section(d, EnoughSection, func() Fit { return Fit{d.list().List, Level(d.u8())} })
	p.Lasts = section(d, LastsSection, d.list)
	p.Asks = section(d, AsksSection, func() Ask {
		ask := Ask{Input: d.u8(), Again: d.u8()&1 != 0}
		ask.Guard = d.list().List
		return ask
	})
	h := b[Tallies:]
	p.Outcomes, p.Notes = int(binary.LittleEndian.Uint16(h)), int(binary.LittleEndian.Uint16(h[2:]))
	p.Visit, p.Held, p.HeldIf = int(h[4]), int(h[5]), int(binary.LittleEndian.Uint16(h[6:]))
	p.HeldAs, p.Papers = int32(binary.LittleEndian.Uint32(h[8:])), int32(binary.LittleEndian.Uint32(h[12:]))
	return p, nil
}

type decoder struct {
	b  []byte
	at int
}

func section[T any](d *decoder, number int, entry func() T) []T {
	at := Sections + SectionHead*number
	d.at = int(binary.LittleEndian.Uint16(d.b[at:]))
	list := make([]T, binary.LittleEndian.Uint16(d.b[at+2:]))
	for i := range list {
		list[i] = entry()
	}
	return list
}

func (d *decoder) u8() int {
	d.at++
	return int(d.b[d.at-1])
}

func (d *decoder) i32() int32 {
	d.at += 4
	return int32(binary.LittleEndian.Uint32(d.b[d.at-4:]))
}

func (d *decoder) signals(count int) []int {
	var list []int
	for range count {
		s := d.u8()
		if s >= WideSignal {
			s = (s-WideSignal)<<8 | d.u8()
		}
		list = append(list, s)
	}
	return list
}

func (d *decoder) list() Gate {
	head := d.u8()
	return Gate{List{d.signals(head & 7), d.signals(head >> 3 & 7)}, head>>6&1 != 0}
}

func (d *decoder) add() Add {
	a := Add{List: d.list().List}
	for {
		kind := d.u8()
		effect := Effect{Kind: EffectKind(kind &^ MoreEffects), A: d.u8()}
		if effect.Kind == With {
			effect.B = d.u8()
		}
		a.Effects = append(a.Effects, effect)
		if kind&MoreEffects == 0 {
			return a
		}
	}
}
