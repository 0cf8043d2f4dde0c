package wasm

import "sitegen/internal/table"

// ABI is the version of docs/module.md. Every change that a host can notice raises it.
const ABI = 2

// The memory has five pages and never grows. The tables are at address 0, so an offset in the tables is also an address. The
// module's own variables are in the second page, unpacked lists in the next two, and lists of additive rows and guards in the last.
const (
	pages     = 5
	tablesEnd = 0x10000

	inputAt    = 0x10000 // raw answers, written by the host: 32 words
	partAt     = 0x10080 // for sets answered in part, the values that are still open, written by the host: 32 words
	rawAt      = 0x10100 // the raw answers, with defaults in place of missing ones
	openAt     = 0x10180 // during the search for the next question: what is open in each slot, values as bits
	daysAt     = 0x10200 // the day of the visit in each lane: 32 words
	unpackedAt = 0x10280 // by section: the address of its unpacked lists
	inputsAt   = 0x10300 // by input: its address in the tables
	slotsAt    = 0x10380 // by input: the offset of its first slot's word from the first word; then the end of the last input
	offersAt   = 0x10400 // by offer: its address in the tables
	questionAt = 0x10800 // the next question
	resultAt   = 0x11000 // the answer
	otherAt    = 0x12000 // the answer on a later day; also the possible first alternatives
	termsAt    = 0x13000 // by term: the day, and the open slots that it depends on
	withAt     = 0x13800 // addresses of supplements that hold
	trueAt     = 0x14000 // a word that is true in all lanes
	signalsAt  = 0x14008 // signals
	signalsEnd = 0x20000
	listsAt    = 0x20000 // unpacked lists
	holdsAt    = 0x40000 // additive rows that hold in some lane: the address of the effects, and the lanes
	askedAt    = holdsAt // by step of the interview: 1 if the guard holds
	offeringAt = 0x48000 // additive rows that offer something: the addresses of their lists, then 0
	addingAt   = 0x4c000 // the same for rows that add to an alternative
	memoryEnd  = 0x50000
)

// Layout of an unpacked list. All lists have the same size, so nothing is decoded on evaluation. First comes the address of the
// list's end in the tables, or -1 for an inverted list. Then come the offsets of the literals' words from trueAt, 16 bits each. The
// rest is zeros, because 0 is the offset of the word that is always true.
const (
	behind   = 0
	literals = 4
	listSize = literals + 2*maxLiterals + 4

	maxLiterals = 2 * table.MaxLiterals // literals that must hold, and literals that must not
)

// A signal is two words: where it holds, and where it does not. In a decision each bit is a day (a lane). During the search
// for the next question, the lower half of the first word says that the signal may hold, and the upper half that it certainly
// does. The second word says the same of its negation. So i32.and of words computes a conjunction in both cases. Marks are
// stored separately, one word per signal.
const (
	holdsIn = signalsAt
	failsIn = signalsAt + 4
	markAt  = signalsAt + maxSignals<<3

	signalShift = 3

	half  = 16
	maybe = 1<<half - 1 // may hold and may fail
)

// Layout of an answer: its head, then the lists to which the head points.
const (
	atLength   = 0 // of the head, in bytes
	atOutcome  = 4
	atRow      = 8
	atEnough   = 12
	atAlso     = 16
	atNotAlone = 20
	atUntil    = 24
	toBring    = 28 // the offset of the alternatives from the answer
	atBrings   = 32 // the number of alternatives
	toTell     = 36 // the offset of the notes from the answer
	atTells    = 40 // the number of notes
	resultHead = 44

	atBring = resultHead
	atTell  = atBring + 4*maxBring
)

// Layout of a question: its head, then the values.
const (
	atInput      = 4
	atAgain      = 8
	toValues     = 12 // the offset of the values from the question
	atWords      = 16 // the number of words that contain the values, one for each slot of the input
	questionHead = 20

	atValues = questionHead
)

// Limits of the layout. [Check] refuses tables that exceed them.
const (
	maxSlots   = 31
	maxOffers  = (questionAt - offersAt) / 4
	maxTerms   = (withAt - termsAt) / 8
	maxWiths   = (trueAt - withAt) / 4
	maxSignals = (signalsEnd - signalsAt) / 12
	maxLists   = (holdsAt - listsAt) / listSize
	maxBring   = 512 // at most 255 from a row, and 256 that are added
	maxTell    = 256
	maxLanes   = 31
)

// Addresses in the tables' head: the offset of each section ([table.Program.Encode]).
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
	count    = 2 // after the offset of a section: the number of its entries
	tallies  = table.Tallies

	outcomes = tallies
	notes    = tallies + 2
	visit    = tallies + 4
	held     = tallies + 5
	heldIf   = tallies + 6
	heldAs   = tallies + 8
	papers   = tallies + 12

	headerSize = table.HeaderSize
	wideSignal = table.WideSignal // a signal number has a second byte if the first is at least this
)

// Sizes of entries with a fixed size, and offsets within inputs and steps of the interview.
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

// Kinds of input, and the number of levels of Enough.
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
	firstDay = table.FirstDay // a smaller value is not a day
	allLanes = -1
)
