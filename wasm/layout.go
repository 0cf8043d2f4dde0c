package wasm

import "sitegen/internal/table"

// ABI is the version of what docs/module.md specifies. It grows with every change that a host can notice.
const ABI = 2

// The memory: five pages, never grown. The tables lie at address 0, so that an offset within them is an address; the
// module's own variables fill the second page, lists written out the others.
const (
	pages     = 5
	tablesEnd = 0x10000

	inputAt    = 0x10000 // raw answers, written by the host: 32 words
	partAt     = 0x10080 // of sets answered in part, what is open, written by the host: 32 words
	rawAt      = 0x10100 // the raw answers with defaults in place
	openAt     = 0x10180 // what is open of each slot while the next question is looked for: values as bits
	daysAt     = 0x10200 // the day of the visit in each lane: 32 words
	unpackedAt = 0x10280 // by section: where its lists are written out
	inputsAt   = 0x10300 // inputs: where they stand in the tables
	slotsAt    = 0x10380 // inputs: how far the words of their slots lie behind the first; ends with the end of the last
	offersAt   = 0x10400 // offers: where they stand in the tables
	questionAt = 0x10800 // the next question
	resultAt   = 0x11000 // the answer
	otherAt    = 0x12000 // the answer on another day; also the first alternatives that are possible
	termsAt    = 0x13000 // terms: the day, the open slots it depends on
	withAt     = 0x13800 // addresses of supplements that hold
	trueAt     = 0x14000 // a word that is true in all lanes
	signalsAt  = 0x14008 // signals
	signalsEnd = 0x20000
	listsAt    = 0x20000 // lists written out
	holdsAt    = 0x40000 // rows of the additive stage that hold in some lane: where its effects stand, the lanes
	askedAt    = holdsAt // steps of the interview: 1 where the guard holds
	offeringAt = 0x48000 // rows of the additive stage that offer something, and those that add to it: their lists, then 0
	addingAt   = 0x4c000
	memoryEnd  = 0x50000
)

// A list written out, all of one size, so that nothing has to be decoded when it is evaluated: where in the tables it
// ends, or -1 where it is inverted; for each literal in 16 bits how far its word lies behind trueAt; zeros, which lead
// to the word that is true.
const (
	behind   = 0
	literals = 4
	listSize = literals + 2*maxLiterals + 4

	maxLiterals = 2 * table.MaxLiterals // those that must hold, and those that must not
)

// A signal is two words: where it holds, and where it does not. In a decision each bit is a day (a lane). While the next
// question is looked for, the lower half of the first word says that it may hold and the upper half that it surely does;
// the second word says the same of its opposite. So the conjunction of words is right either way. Marks stand apart, a
// word a signal.
const (
	holdsIn = signalsAt
	failsIn = signalsAt + 4
	markAt  = signalsAt + maxSignals<<3

	signalShift = 3

	half  = 16
	maybe = 1<<half - 1 // it may hold and may fail
)

// An answer: its head, then the lists that the head leads to.
const (
	atLength   = 0 // of the head, in bytes
	atOutcome  = 4
	atRow      = 8
	atEnough   = 12
	atAlso     = 16
	atNotAlone = 20
	atUntil    = 24
	toBring    = 28 // how far the alternatives lie behind the answer, and how many there are
	atBrings   = 32
	toTell     = 36 // the same of the notes
	atTells    = 40
	resultHead = 44

	atBring = resultHead
	atTell  = atBring + 4*maxBring
)

// A question: its head, then the values.
const (
	atInput      = 4
	atAgain      = 8
	toValues     = 12 // how far the values lie behind the question, and how many words there are
	atWords      = 16
	questionHead = 20

	atValues = questionHead
)

// What the layout has room for; [Check] refuses more.
const (
	maxSlots   = 31
	maxOffers  = (questionAt - offersAt) / 4
	maxTerms   = (withAt - termsAt) / 8
	maxWiths   = (trueAt - withAt) / 4
	maxSignals = (signalsEnd - signalsAt) / 12
	maxLists   = (holdsAt - listsAt) / listSize
	maxBring   = 512 // 255 of a row, 256 that are added
	maxTell    = 256
	maxLanes   = 31
)

// Where the tables say what ([table.Program.Encode]).
const (
	inputs   = table.Sections + table.SectionHead*table.InputsSection
	termList = table.Sections + table.SectionHead*table.TermsSection
	atoms    = table.Sections + table.SectionHead*table.AtomsSection
	gates    = table.Sections + table.SectionHead*table.GatesSection
	rows     = table.Sections + table.SectionHead*table.RowsSection
	posts    = table.Sections + table.SectionHead*table.PostsSection
	adds     = table.Sections + table.SectionHead*table.AddsSection
	sets     = table.Sections + table.SectionHead*table.SetsSection
	offers   = table.Sections + table.SectionHead*table.OffersSection
	enough   = table.Sections + table.SectionHead*table.EnoughSection
	lasts    = table.Sections + table.SectionHead*table.LastsSection
	asks     = table.Sections + table.SectionHead*table.AsksSection
	count    = 2 // after the offset of a section: how many entries it has
	tallies  = table.Tallies

	outcomes = tallies
	notes    = tallies + 2
	visit    = tallies + 4
	held     = tallies + 5
	heldIf   = tallies + 6
	heldAs   = tallies + 8
	papers   = tallies + 12

	headerSize = table.HeaderSize
	wideSignal = table.WideSignal // from this first byte on, a signal number has a second byte
)

// Sizes of entries of one size, and places within inputs and steps of the interview.
const (
	termSize = 6
	atomSize = 6

	inputKind     = 0
	inputSlots    = 1
	inputSpecials = 2
	inputAsked    = 3
	inputLo       = 4
	inputHi       = 8
	inputDefault  = 12
	inputHead     = 16 // then for each slot:
	slotAll       = 0
	slotTold      = 4
	slotSize      = 8

	askInput = 0
	askFlags = 1
	askGuard = 2
	again    = 1 // flags
	lastAsk  = 2
)

// Kinds of input, and how many levels of enough there are.
const (
	kindChoice  = int(table.Choice)
	kindSeveral = int(table.Several)
	kindDate    = int(table.Date)

	levels = int(table.Levels)
)

// Numbers of the operators and effects in the tables.
const (
	opInputDay = int(table.InputDay)
	opConstDay = int(table.ConstDay)
	opMonths   = int(table.Months)
	opMonthEnd = int(table.MonthEnd)
	opEarlier  = int(table.Earlier)
	opLater    = int(table.Later)
	opReaches  = int(table.Reaches)
	opShift    = int(table.Shift)

	opBit      = int(table.Bit)
	opIn       = int(table.In)
	opIs       = int(table.Is)
	opAtLeast  = int(table.AtLeast)
	opNotAfter = int(table.NotAfter)

	effectTell  = int(table.Tell)
	effectOr    = int(table.Or)
	effectAlso  = int(table.Also)
	effectWith  = int(table.With)
	effectAlone = int(table.Alone)
)

const (
	missing  = table.Missing
	noDay    = table.NoDay
	firstDay = table.FirstDay // what is below is not a day
	allLanes = -1
)
