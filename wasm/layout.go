package wasm

// ABI is the version of what docs/module.md specifies. It grows with every change that a host can notice.
const ABI = 1

// The memory: five pages, never grown. The tables lie at address 0, so that an offset within them is an address; the
// module's own variables fill the second page, lists written out the others.
const (
	pages     = 5
	tablesEnd = 0x10000

	inputAt    = 0x10000 // raw answers, written by the host: 32 words
	rawAt      = 0x10080 // the same with defaults in place
	daysAt     = 0x10100 // the day of the visit in each lane: 32 words
	unpackedAt = 0x10180 // by section: where its lists are written out
	resultAt   = 0x11000 // the answer
	otherAt    = 0x12000 // the answer on another day
	termsAt    = 0x13000 // terms: the day, the open slots it depends on
	withAt     = 0x13800 // addresses of supplements that hold
	trueAt     = 0x14000 // a word that is true in all lanes
	signalsAt  = 0x14008 // signals
	signalsEnd = 0x20000
	listsAt    = 0x20000 // lists written out
	holdsAt    = 0x40000 // rows of the additive stage that hold in some lane: where its effects stand, the lanes
	memoryEnd  = 0x50000
)

// A list written out, all of one size, so that nothing has to be decoded when it is evaluated: where in the tables it
// ends, or -1 where it is inverted; for each literal in 16 bits how far its word lies behind trueAt; zeros, which lead
// to the word that is true.
const (
	behind   = 0
	literals = 4
	listSize = literals + 2*maxLiterals + 4

	maxLiterals = 14 // seven that must hold, seven that must not
)

// A signal is two words: may be true, may be false, in each lane a bit. The open slots that leave it undecided stand
// apart, a word a signal.
const (
	mayHold = signalsAt
	mayFail = signalsAt + 4
	openAt  = signalsAt + maxSignals<<3

	signalShift = 3
)

// An answer: seven words, then the lists.
const (
	atOutcome  = 0
	atRow      = 4
	atAlso     = 8
	atNotAlone = 12
	atUntil    = 16
	atBrings   = 20 // how many alternatives
	atTells    = 24 // how many notes
	atBring    = 32
	atTell     = atBring + 4*maxBring
)

// What the layout has room for; [Check] refuses more.
const (
	maxSlots   = 31
	maxTerms   = (withAt - termsAt) / 8
	maxWiths   = (trueAt - withAt) / 4
	maxSignals = (signalsEnd - signalsAt) / 12
	maxLists   = (holdsAt - listsAt) / listSize
	maxBring   = 512 // 255 of a row, 256 that are added
	maxTell    = 256
	maxLanes   = 31
)

// Where the tables say what (internal/rules, Program.Encode): sections from 2, four bytes each.
const (
	numberSize = 1 // how many bytes signal numbers have

	inputs   = 2 + 4*0
	termList = 2 + 4*1
	atoms    = 2 + 4*2
	gates    = 2 + 4*3
	rows     = 2 + 4*4
	posts    = 2 + 4*5
	adds     = 2 + 4*6
	sets     = 2 + 4*7
	offers   = 2 + 4*8
	count    = 2 // after the offset of a section: how many entries it has
	tallies  = 2 + 4*9

	outcomes = tallies
	notes    = tallies + 2
	visit    = tallies + 4
	held     = tallies + 5
	heldIf   = tallies + 6
	heldAs   = tallies + 8
	papers   = tallies + 12

	headerSize   = tallies + 16
	tableVersion = 1
)

// Sizes of entries of one size, and places within an input.
const (
	termSize = 6
	atomSize = 6

	inputSlots    = 1
	inputSpecials = 2
	inputAsk      = 3
	inputLo       = 4
	inputHi       = 8
	inputDefault  = 12
	inputGuard    = 16
)

// Numbers of the operators and effects in the tables.
const (
	opInputDay = 0
	opConstDay = 1
	opMonths   = 2
	opMonthEnd = 3
	opEarlier  = 4
	opLater    = 5
	opReaches  = 6
	opShift    = 7

	opBit      = 0
	opIn       = 1
	opIs       = 2
	opAtLeast  = 3
	opNotAfter = 4

	effectTell  = 0
	effectOr    = 1
	effectAlso  = 2
	effectWith  = 3
	effectAlone = 4
)

const (
	missing  = -1 << 31 // a raw value: not answered
	noDay    = missing
	firstDay = -1 << 30 // what is below is no day
	allLanes = -1
)
