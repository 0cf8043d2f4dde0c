package wasm

// The binary format of a module, as far as this package uses it. Each function converts a value to bytes. Paragraph
// numbers are those of the WebAssembly Core Specification 1.0 (W3C Recommendation, 5 December 2019).

// 5.5.15 Modules: the magic number and the version of the format.
var preamble = []byte{0x00, 'a', 's', 'm', 0x01, 0x00, 0x00, 0x00}

// 5.5.2 Sections: the ids.
const (
	sectionCustom   = 0
	sectionType     = 1
	sectionFunction = 3
	sectionMemory   = 5
	sectionGlobal   = 6
	sectionExport   = 7
	sectionStart    = 8
	sectionCode     = 10
	sectionData     = 11
)

// 5.3.1 Value Types and 5.3.3 Function Types.
const (
	typeI32  = 0x7f
	typeFunc = 0x60
)

// 5.5.10 Export Section: the kinds of things exported.
const (
	exportFunction = 0x00
	exportMemory   = 0x02
	exportGlobal   = 0x03
)

// section encodes a section: its id, the size of its contents, and the contents.
//
// 5.5.2 Sections.
func section(id byte, contents []byte) []byte {
	return append(unsigned([]byte{id}, uint32(len(contents))), contents...)
}

// vector encodes the number of items, then the items.
//
// 5.1.3 Vectors.
func vector(items ...[]byte) []byte {
	b := unsigned(nil, uint32(len(items)))
	for _, item := range items {
		b = append(b, item...)
	}
	return b
}

// name encodes a text as a vector of its UTF-8 bytes.
//
// 5.2.4 Names.
func name(s string) []byte {
	return append(unsigned(nil, uint32(len(s))), s...)
}

// signature is the type of a function. Every parameter and result is an i32.
type signature struct{ params, results int }

// functionType encodes a signature.
//
// 5.3.3 Function Types.
func functionType(s signature) []byte {
	b := unsigned([]byte{typeFunc}, uint32(s.params))
	for range s.params {
		b = append(b, typeI32)
	}
	b = unsigned(b, uint32(s.results))
	for range s.results {
		b = append(b, typeI32)
	}
	return b
}

// typeSection lists the types of functions.
//
// 5.5.4 Type Section.
func typeSection(types []signature) []byte {
	items := make([][]byte, len(types))
	for i, t := range types {
		items[i] = functionType(t)
	}
	return section(sectionType, vector(items...))
}

// functionSection gives the type of each function.
//
// 5.5.6 Function Section.
func functionSection(types []uint32) []byte {
	items := make([][]byte, len(types))
	for i, t := range types {
		items[i] = unsigned(nil, t)
	}
	return section(sectionFunction, vector(items...))
}

// memorySection declares the one memory. It has exactly this number of pages of 64 KiB.
//
// 5.5.8 Memory Section, 5.3.4 Limits: 0x01 means that there is a maximum.
func memorySection(pages uint32) []byte {
	return section(sectionMemory, vector(unsigned(unsigned([]byte{0x01}, pages), pages)))
}

// global is a variable or, if not mutable, a constant.
type global struct {
	mutable bool
	value   int32
}

// globalSection declares the globals.
//
// 5.5.9 Global Section, 5.3.7 Global Types.
func globalSection(globals []global) []byte {
	items := make([][]byte, len(globals))
	for i, g := range globals {
		mutability := byte(0x00)
		if g.mutable {
			mutability = 0x01
		}
		items[i] = append([]byte{typeI32, mutability}, constant(g.value)...)
	}
	return section(sectionGlobal, vector(items...))
}

// export gives something a name under which hosts can use it.
type export struct {
	name  string
	kind  byte
	index uint32
}

// exportSection lists the exports.
//
// 5.5.10 Export Section.
func exportSection(exports []export) []byte {
	items := make([][]byte, len(exports))
	for i, e := range exports {
		items[i] = unsigned(append(name(e.name), e.kind), e.index)
	}
	return section(sectionExport, vector(items...))
}

// startSection names the function that runs when the module is instantiated.
//
// 5.5.11 Start Section.
func startSection(function uint32) []byte {
	return section(sectionStart, unsigned(nil, function))
}

// function is a function with its code. Locals come after the parameters, and each of them is an i32.
type function struct {
	signature
	locals int
	body   code
}

// define makes a function whose body uses no local with a higher number than `last`.
func define(params, results int, last local, body ...code) function {
	return function{signature{params, results}, max(0, int(last)+1-params), do(body...)}
}

// codeSection encodes the code of the functions, each preceded by its size.
//
// 5.5.13 Code Section: locals of one type are compressed into one entry; 5.4.6 Expressions end with 0x0B.
func codeSection(functions []function) []byte {
	items := make([][]byte, len(functions))
	for i, f := range functions {
		b := []byte{0}
		if f.locals > 0 {
			b = append(unsigned([]byte{1}, uint32(f.locals)), typeI32)
		}
		b = append(append(b, f.body...), opEnd)
		items[i] = append(unsigned(nil, uint32(len(b))), b...)
	}
	return section(sectionCode, vector(items...))
}

// dataSection encodes the bytes that are in the memory from address 0 on when the module starts.
//
// 5.5.14 Data Section.
func dataSection(data []byte) []byte {
	segment := append([]byte{0x00}, constant(0)...) // memory 0, from address 0
	segment = append(unsigned(segment, uint32(len(data))), data...)
	return section(sectionData, vector(segment))
}

// customSection encodes a section for readers of the file. Machines ignore it.
//
// 5.5.3 Custom Section.
func customSection(title string, contents []byte) []byte {
	return section(sectionCustom, append(name(title), contents...))
}

// constant encodes an expression that is one number.
//
// 5.4.6 Expressions.
func constant(v int32) []byte {
	return append(signed([]byte{opConst}, v), opEnd)
}
