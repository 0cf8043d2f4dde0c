package wasm

import "slices"

// The functions, in the order of their numbers.
const (
	fnUnpack = iota
	fnUnpackList
	fnFirstEffect
	fnLoad
	fnTerms
	fnNearer
	fnShift
	fnMonthStart
	fnTurn
	fnNotAfter
	fnFindLanes
	fnConditions
	fnOneOf
	fnGates
	fnFirstFit
	fnRow
	fnFit
	fnHolding
	fnAdd
	fnAppend
	fnOffered
	fnSupplement
	fnAnotherAnswer
	fnDecide
	fnGuards
	fnUnanswered
	fnFollow
	fnPossible
	fnFirstSets
	fnSupplements
	fnBackward
	fnMarkGates
	fnMarkRows
	fnMark
	fnIsOpen
	fnInPart
	fnBearing
	fnQuestion
	fnNext
)

// The module's own variables, in the order of their numbers. The exported constants follow.
const (
	halves   variable = iota // by how many bits `opposite` rotates a word: 16 during the search for the next question, 0 in a decision
	lanes                    // the number of lanes
	holdsEnd                 // the number of bytes in use at holdsAt
	fitting                  // the address of the unpacked list of the row that firstFit found last
	// The offsets in bytes, from signalsAt, of the first signal of each kind. They are set at the start and never changed.
	firstOutcome
	firstPost
	firstEnough
	firstLast
	constants
)

// Compile returns the module for tables. It panics if [Check] does not accept them.
func Compile(tables []byte) []byte {
	if err := Check(tables); err != nil {
		panic("BUG: " + err.Error())
	}
	code := functions()
	types, typeOf := signatures(code)
	globals := slices.Repeat([]global{{mutable: true}}, int(constants))
	exports := []export{{"memory", exportMemory, 0}}
	for _, constant := range []struct {
		name  string
		value int32
	}{{"abi", ABI}, {"input", inputAt}, {"open", partAt}, {"result", resultAt}, {"question", questionAt}, {"signals", signalsAt}} {
		exports = append(exports, export{constant.name, exportGlobal, uint32(len(globals))})
		globals = append(globals, global{value: constant.value})
	}
	exports = append(exports, export{"decide", exportFunction, fnDecide}, export{"next", exportFunction, fnNext})
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

// functions returns the functions by number.
func functions() []function {
	return []function{
		fnUnpack:        unpack(),
		fnUnpackList:    unpackList(),
		fnFirstEffect:   firstEffect(),
		fnLoad:          loadAnswers(),
		fnTerms:         terms(),
		fnNearer:        nearer(),
		fnShift:         shift(),
		fnMonthStart:    monthStart(),
		fnTurn:          turn(),
		fnNotAfter:      notAfter(),
		fnFindLanes:     findLanes(),
		fnConditions:    conditions(),
		fnOneOf:         oneOf(),
		fnGates:         gateSignals(),
		fnFirstFit:      firstFit(),
		fnRow:           row(),
		fnFit:           fit(),
		fnHolding:       holding(),
		fnAdd:           addAll(),
		fnAppend:        appendNew(),
		fnOffered:       offered(),
		fnSupplement:    supplement(),
		fnAnotherAnswer: anotherAnswer(),
		fnDecide:        decide(),
		fnGuards:        guards(),
		fnUnanswered:    unanswered(),
		fnFollow:        follow(),
		fnPossible:      possible(),
		fnFirstSets:     firstSets(),
		fnSupplements:   supplements(),
		fnBackward:      backward(),
		fnMarkGates:     markGates(),
		fnMarkRows:      markRows(),
		fnMark:          mark(),
		fnIsOpen:        isOpen(),
		fnInPart:        inPart(),
		fnBearing:       bearing(),
		fnQuestion:      question(),
		fnNext:          next(),
	}
}

// signatures returns each function type once, and for each function the number of its type.
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
