package wasm

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"sitegen/internal/table"
)

// This decoder shares no code with the encoder, except the functions for integers (leb.go). It knows only the few forms that
// the package writes, and refuses everything else.

type decoded struct {
	order     []byte
	types     []signature
	typeOf    []uint32
	globals   []global
	exports   []export
	start     uint32
	functions []function
	data      []byte
	custom    map[string][]byte
	calls     map[int][]uint32 // by function
	opcodes   map[byte]int
}

type reader struct{ b []byte }

func (r *reader) byte() byte { return r.take(1)[0] }

func (r *reader) take(n int) []byte {
	if n > len(r.b) {
		panic("the bytes end too early")
	}
	head := r.b[:n]
	r.b = r.b[n:]
	return head
}

// u32 and i32 accept only the shortest form.
func (r *reader) u32() uint32 {
	v, size := readUnsigned(r.b)
	if size == 0 || size != len(unsigned(nil, v)) {
		panic("not an integer in its shortest form")
	}
	r.take(size)
	return v
}

func (r *reader) i32() int32 {
	v, size := readSigned(r.b)
	if size == 0 || size != len(signed(nil, v)) {
		panic("not an integer in its shortest form")
	}
	r.take(size)
	return v
}

func (r *reader) must(want ...byte) {
	if got := r.take(len(want)); !bytes.Equal(got, want) {
		panic(fmt.Sprintf("% x instead of % x", got, want))
	}
}

func (r *reader) i32s() (count int) {
	count = int(r.u32())
	for range count {
		r.must(typeI32)
	}
	return count
}

func decode(module []byte) *decoded {
	d := &decoded{custom: map[string][]byte{}, calls: map[int][]uint32{}, opcodes: map[byte]int{}}
	r := &reader{module}
	r.must(preamble...)
	for len(r.b) > 0 {
		id := r.byte()
		d.order = append(d.order, id)
		s := &reader{r.take(int(r.u32()))}
		d.section(id, s)
		if len(s.b) > 0 {
			panic(fmt.Sprintf("section %d is too long", id))
		}
	}
	return d
}

func (d *decoded) section(id byte, s *reader) {
	if id == sectionCustom {
		name := string(s.take(int(s.u32())))
		d.custom[name] = s.take(len(s.b))
		return
	}
	if id == sectionStart {
		d.start = s.u32()
		return
	}
	for i := range int(s.u32()) {
		switch id {
		case sectionType:
			s.must(typeFunc)
			d.types = append(d.types, signature{s.i32s(), s.i32s()})
		case sectionFunction:
			d.typeOf = append(d.typeOf, s.u32())
		case sectionMemory:
			s.must(0x01, pages, pages)
		case sectionGlobal:
			s.must(typeI32)
			mutable := s.byte() == 1
			s.must(opConst)
			d.globals = append(d.globals, global{mutable, s.i32()})
			s.must(opEnd)
		case sectionExport:
			d.exports = append(d.exports, export{string(s.take(int(s.u32()))), s.byte(), s.u32()})
		case sectionCode:
			d.function(i, &reader{s.take(int(s.u32()))})
		case sectionData:
			s.must(0x00, opConst, 0x00, opEnd)
			d.data = s.take(int(s.u32()))
		default:
			panic(fmt.Sprintf("section %d", id))
		}
	}
}

func (d *decoded) function(number int, s *reader) {
	f := function{signature: d.types[d.typeOf[number]]}
	if s.byte() == 1 {
		f.locals = int(s.u32())
		s.must(typeI32)
	}
	f.body = code(s.b[:len(s.b)-1])
	depth := 1
	for depth > 0 {
		op := s.byte()
		d.opcodes[op]++
		switch {
		case op == 0x02 || op == 0x03 || op == 0x04: // block, loop, if
			s.must(0x40)
			depth++
		case op == opEnd:
			depth--
		case op == 0x0c || op == 0x0d: // br, br_if
			if int(s.u32()) >= depth {
				panic("a branch out of the function")
			}
		case op == 0x10:
			d.calls[number] = append(d.calls[number], s.u32())
		case op >= 0x20 && op <= 0x22:
			if int(s.u32()) >= f.params+f.locals {
				panic("no such local")
			}
		case op == 0x23 || op == 0x24:
			s.u32()
		case op == 0x28 || op == 0x2d || op == 0x2f || op == 0x36 || op == 0x3b: // loads, stores
			s.u32()
			if s.u32() >= memoryEnd {
				panic("an address behind the memory")
			}
		case op == opConst:
			s.i32()
		case slices.Contains([]byte{0x05, 0x0f, 0x1a, 0x1b, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4c, 0x4e, 0x4f, 0x68}, op):
		case op >= 0x6a && op <= 0x77 && op != 0x6e && op != 0x70: // arithmetic, except unsigned division and remainder
		default:
			panic(fmt.Sprintf("opcode %#x", op))
		}
	}
	if len(s.b) > 0 {
		panic("code behind the end")
	}
	d.functions = append(d.functions, f)
}

// encode writes a decoded module with the encoder.
func (d *decoded) encode() []byte {
	module := do(preamble, typeSection(d.types), functionSection(d.typeOf), memorySection(pages), globalSection(d.globals),
		exportSection(d.exports), startSection(d.start), codeSection(d.functions), dataSection(d.data))
	for name, contents := range d.custom {
		module = append(module, customSection(name, contents)...)
	}
	return module
}

// tiny returns small tables, with at most two entries in each section.
func tiny() []byte {
	b := make([]byte, headerSize)
	b[0] = table.Version
	put := func(section, count int, entry ...byte) {
		b[section], b[section+1], b[section+2] = byte(len(b)), byte(len(b)>>8), byte(count)
		b = append(b, entry...)
	}
	put(inputs, 1,
		byte(kindDate), 1, 0, 1, // a date, one slot, no special values, asked
		0, 0, 0, 0, // from day 0
		0xff, 0xff, 0, 0, // to day 65535
		0, 0, 0, 0x80, // without default
		1, 0, 0, 0, 0, 0, 0, 0) // the whole date is asked, nothing is stated unasked
	put(atoms, 1, byte(opNotAfter), 0, 1, 0, 0, 0)                                           // visit <= term 1
	put(termList, 2, byte(opInputDay), 0, 0, 0, 0, 0, byte(opConstDay), 0, 0x10, 0x27, 0, 0) // the visit; day 10000
	put(gates, 0)
	put(rows, 2,
		0x01, 0, 1, 1, // if atom 0 holds: outcome 1, offer 1
		0x00, 0, 0) // otherwise outcome 0, offer 0
	put(posts, 0)
	put(adds, 1,
		0x01, 2, // where outcome 1 (signal 2) was decided
		byte(effectTell), 0) // tell note 0
	put(sets, 1, 4, 0, 0, 0)
	put(offers, 2, 0, 1, 0)
	put(enough, 2,
		0x01, 2, 2, // if outcome 1 (signal 2) was decided: yes
		0x00, 0) // otherwise no
	put(lasts, 1, 0x08, 3) // named condition: not (enough = no); enough = no is signal 3
	put(asks, 1,
		0, lastAsk, // input 0, not again
		0x00) // always
	b[outcomes], b[notes], b[papers] = 2, 1, 1
	return b
}

func TestDecodesAndEncodesAgain(t *testing.T) {
	for _, tables := range [][]byte{tiny(), widened()} {
		module := Describe(Compile(tables), About{Version: "1", Source: "é<"})
		d := decode(module)
		if !bytes.Equal(d.encode(), module) {
			t.Error("the module is not what it decodes to")
		}
		if !bytes.Equal(d.data, tables) {
			t.Error("the tables are not those given")
		}
		if want := []byte{1, 3, 5, 6, 7, 8, 10, 11, 0}; !bytes.Equal(d.order, want) {
			t.Errorf("sections % x, want % x", d.order, want)
		}
		if again := Describe(Compile(tables), About{Version: "1", Source: "é<"}); !bytes.Equal(again, module) {
			t.Error("not the same bytes twice")
		}
	}
}

// widened returns the tiny tables with signal numbers of two bytes.
func widened() []byte {
	b := tiny()
	insert := func(at int) {
		b = slices.Insert(b, at, wideSignal)
		for section := inputs; section < tallies; section += 4 {
			if int(b[section]) >= at {
				b[section]++
			}
		}
	}
	for _, section := range []int{adds, rows, enough, lasts} {
		insert(int(b[section]) + 1)
	}
	return b
}

// No function calls itself, directly or through others, so no answer can exhaust the stack.
func TestNoRecursion(t *testing.T) {
	d := decode(Compile(tiny()))
	const open, closed = 1, 2
	state := map[uint32]int{}
	var visit func(f uint32)
	visit = func(f uint32) {
		if state[f] == open {
			t.Fatalf("function %d calls itself", f)
		}
		if state[f] == closed {
			return
		}
		state[f] = open
		for _, called := range d.calls[int(f)] {
			visit(called)
		}
		state[f] = closed
	}
	for f := range uint32(len(d.functions)) {
		visit(f)
	}
	if len(state) != fnNext+1 {
		t.Errorf("%d functions", len(state))
	}
}

// The code of the module does not depend on the tables.
func TestCodeIsFixed(t *testing.T) {
	codeOf := func(tables []byte) []byte {
		contents, err := find(Compile(tables), sectionCode)
		if err != nil {
			t.Fatal(err)
		}
		return contents
	}
	other := tiny()
	other[outcomes] = 3
	for _, tables := range [][]byte{other, widened()} {
		if !bytes.Equal(codeOf(tiny()), codeOf(tables)) {
			t.Error("the code depends on the tables")
		}
	}
}

func TestTablesComeBack(t *testing.T) {
	module := Compile(tiny())
	got, err := Tables(module)
	if err != nil || !bytes.Equal(got, tiny()) {
		t.Errorf("% x, %v", got, err)
	}
	for length := range len(module) {
		if _, err := Tables(module[:length]); err == nil {
			t.Errorf("the first %d bytes of a module have tables", length)
		}
	}
	if _, err := ReadAbout(module); err == nil {
		t.Error("a module without description is described")
	}
}

func TestAboutComesBack(t *testing.T) {
	low := int32(-5)
	about := About{
		Version: "2026-11-22", Source: "sha256-x",
		Inputs:   []Input{{ID: "visit_date", Kind: "date", Min: &low, Required: true}},
		Outcomes: []string{"a", "b"}, Conditions: []Condition{{ID: "usable", Signal: 300}},
		Because: [][]int{{300, ^7}, {}}, Tests: []Test{{Test: "place = disaster", Signal: 7}},
	}
	bare := Compile(tiny())
	module := Describe(bare, about)
	if !bytes.HasPrefix(module, bare) {
		t.Error("the description does not follow the module")
	}
	about.ABI = ABI
	got, err := ReadAbout(module)
	if err != nil || fmt.Sprintf("%+v", got.Conditions) != fmt.Sprintf("%+v", about.Conditions) || fmt.Sprint(got.Because, got.Tests) != fmt.Sprint(about.Because, about.Tests) || got.Version != about.Version || *got.Inputs[0].Min != -5 || got.ABI != ABI {
		t.Errorf("%+v, %v", got, err)
	}
}
