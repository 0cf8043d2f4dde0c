// Package wasm turns the tables of a checked rule set into a WebAssembly module: fixed code, the tables as data. The
// module computes with i32 only, imports nothing, has loops that end with the tables, and the same tables give the same
// bytes. docs/module.md specifies what it exports; internal/rules what the tables mean.
package wasm

// The functions, in the order of their numbers.
const (
	fnUnpack = iota
	fnUnpackList
	fnLoad
	fnTerms
	fnNearer
	fnShift
	fnMonthStart
	fnTurn
	fnNotAfter
	fnFindLanes
	fnConditions
	fnGates
	fnOrigin
	fnRow
	fnPosts
	fnHolding
	fnAdd
	fnAppend
	fnAlone
	fnSupplement
	fnAnotherAnswer
	fnDecide
	fnMatters
	fnNext
)

// The module's own variables, in the order of their numbers; after them come the constants that are exported.
const (
	unanswered variable = iota // open slots, as bits; 0 in a decision
	lanes                      // how many lanes there are
	holdsEnd                   // how many bytes stand at holdsAt
	constants
)

// Compile returns the module for tables that [Check] accepts.
func Compile(tables []byte) []byte {
	if err := Check(tables); err != nil {
		panic("BUG: " + err.Error())
	}
	code := functions()
	types, typeOf := signatures(code)
	globals := []global{{true, 0}, {true, 0}, {true, 0}, {false, ABI}, {false, inputAt}, {false, resultAt}, {false, signalsAt}}
	exports := []export{
		{"memory", exportMemory, 0},
		{"abi", exportGlobal, uint32(constants)},
		{"input", exportGlobal, uint32(constants) + 1},
		{"result", exportGlobal, uint32(constants) + 2},
		{"signals", exportGlobal, uint32(constants) + 3},
		{"decide", exportFunction, fnDecide},
		{"next", exportFunction, fnNext},
	}
	return do(
		preamble,
		typeSection(types),
		functionSection(typeOf),
		memorySection(pages),
		globalSection(globals),
		exportSection(exports),
		startSection(fnUnpack),
		codeSection(code),
		dataSection(tables),
	)
}

// functions are the functions by their numbers.
func functions() []function {
	return []function{
		fnUnpack:        unpack(),
		fnUnpackList:    unpackList(),
		fnLoad:          loadAnswers(),
		fnTerms:         terms(),
		fnNearer:        nearer(),
		fnShift:         shift(),
		fnMonthStart:    monthStart(),
		fnTurn:          turn(),
		fnNotAfter:      notAfter(),
		fnFindLanes:     findLanes(),
		fnConditions:    conditions(),
		fnGates:         gateSignals(),
		fnOrigin:        origin(),
		fnRow:           row(),
		fnPosts:         postSignals(),
		fnHolding:       holding(),
		fnAdd:           addAll(),
		fnAppend:        appendNew(),
		fnAlone:         alone(),
		fnSupplement:    supplement(),
		fnAnotherAnswer: anotherAnswer(),
		fnDecide:        decide(),
		fnMatters:       mattering(),
		fnNext:          next(),
	}
}

// signatures lists each function type once, and the number of the type of each function.
func signatures(functions []function) (types []signature, typeOf []uint32) {
	numbers := map[signature]uint32{}
	for _, f := range functions {
		number, known := numbers[f.signature]
		if !known {
			number = uint32(len(types))
			numbers[f.signature] = number
			types = append(types, f.signature)
		}
		typeOf = append(typeOf, number)
	}
	return types, typeOf
}
