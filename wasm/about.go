package wasm

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash/fnv"

	"sitegen/internal/strictjson"
)

// AboutSection is the name of the custom section that describes a module.
const AboutSection = "sitegen.rules"

// About names what a module numbers, and says what a host needs to interview somebody, so that a program can use the file
// alone.
type About struct {
	ABI     int     `json:"abi"`
	Version string  `json:"version"` // of the rules
	Source  string  `json:"source"`  // hash of what the rules were compiled from
	Inputs  []Input `json:"inputs"`
	Asks    []Ask   `json:"asks"` // in the order in which they are tried
	// Circumstances are the values that are told unasked, under the headings that the site has for them.
	Circumstances []Group     `json:"circumstances,omitempty"`
	Outcomes      []string    `json:"outcomes"`
	Enough        []string    `json:"enough,omitempty"` // by number; none where the rules do not say what is enough
	Documents     []string    `json:"documents"`        // by bit
	Notes         []string    `json:"notes"`
	Rows          []string    `json:"rows"`
	Sources       [][]string  `json:"sources"` // of each row
	Conditions    []Condition `json:"conditions"`
	// Because lists for each row what made it hold: signals that hold, and as ^signal those that do not. Those that have a
	// name have it in Conditions or in Tests.
	Because [][]int `json:"because,omitempty"`
	Tests   []Test  `json:"tests,omitempty"`
	// Remedies are what somebody could still come to hold, do or find out.
	Remedies []Remedy `json:"remedies,omitempty"`
}

// Remedy are answers that would take the place of somebody's: of who has given one of the answers in For, where there are
// any, and none of those in NotFor.
type Remedy struct {
	ID      string    `json:"id"`
	Answers []Given   `json:"answers"`
	For     []Choices `json:"for,omitempty"`
	NotFor  []Choices `json:"not_for,omitempty"`
}

// Given is an answer: a value of a choice, a value that a set holds besides, or the day of the visit or a later one.
type Given struct {
	Input string `json:"input"`
	Value string `json:"value,omitempty"` // none of a date
}

// Input is one question.
type Input struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`           // choice, set, date, number
	Role     string   `json:"role,omitempty"` // visit, held
	Slot     int      `json:"slot"`           // the first of its words in the input area
	Values   []string `json:"values,omitempty"`
	Special  []string `json:"special,omitempty"` // of a date or number: values that are no day or number
	Min      *int32   `json:"min,omitempty"`     // of a date or number
	Max      *int32   `json:"max,omitempty"`
	Required bool     `json:"required,omitempty"` // it has no default
	Default  any      `json:"default,omitempty"`  // as an answer: an id, ids, a day or a number
	Unknown  string   `json:"unknown,omitempty"`  // the value that means "I don't know"
	Told     []string `json:"told,omitempty"`     // values that are told unasked, as circumstances
	Secret   []string `json:"secret,omitempty"`   // values that stand in no list
	Private  []string `json:"private,omitempty"`  // values that stand in no address and no log; the site says which
	Groups   []Group  `json:"groups,omitempty"`   // headings over values of this question, as the site has them
	Policy   bool     `json:"policy,omitempty"`   // set by the site, asked of nobody
}

// Group is a heading over values.
type Group struct {
	ID      string    `json:"id"` // of its words
	Choices []Choices `json:"choices"`
}

// Choices are values of one question.
type Choices struct {
	Input  string   `json:"input"`
	Values []string `json:"values"`
}

// The roles that an input can play.
const (
	RoleVisit = "visit" // the day for which everything is asked
	RoleHeld  = "held"  // what the visitor holds: its values are documents
)

// Ask is a step of the interview.
type Ask struct {
	Input string `json:"input"`
	Again bool   `json:"again,omitempty"` // for more values of a set of which something was answered
	When  []int  `json:"when,omitempty"`  // its guard, written as Because is
}

// Condition is a named condition and the signal that tells whether it holds; where Not is set, that it does not.
type Condition struct {
	ID     string `json:"id"`
	Signal int    `json:"signal"`
	Not    bool   `json:"not,omitempty"`
}

// Test is a signal that is no named condition but a test of an answer, as editors write it: "place = disaster".
type Test struct {
	Test   string `json:"test"`
	Signal int    `json:"signal"`
}

// Describe appends the description to a module. Pages carry the module without it: their words are keyed by the same
// ids, which would then stand there twice.
func Describe(module []byte, about About) []byte {
	about.ABI = ABI
	return append(module[:len(module):len(module)], customSection(AboutSection, strictjson.Line(about))...)
}

// Inline writes a module as text for use inside a script. Two hexadecimal digits a byte compress better than base64,
// which hides that the same bytes come again: 4.0 against 4.7 KB of brotli for the site's rules.
func Inline(module []byte) string { return hex.EncodeToString(module) }

// Checksum sums up a module for the page, which compares it before it trusts the bytes in its script: FNV-1a with 32 bits.
// Any one byte that is different gives a different sum.
func Checksum(module []byte) uint32 {
	sum := fnv.New32a()
	sum.Write(module)
	return sum.Sum32()
}

var errModule = errors.New("not a module of this package")

// Tables reads the tables back from a module. It returns an error for bytes that [Compile] has not made.
func Tables(module []byte) ([]byte, error) {
	data, err := find(module, sectionData)
	if err != nil {
		return nil, err
	}
	head := dataSection(nil)[2:] // after the id and the size; its last byte is the length of no bytes
	head = head[:len(head)-1]
	if !bytes.HasPrefix(data, head) {
		return nil, errModule
	}
	data = data[len(head):]
	length, size := readUnsigned(data)
	if size == 0 || int(length) != len(data)-size {
		return nil, errModule
	}
	return data[size:], nil
}

// ReadAbout reads the description of a module. It returns an error for bytes that [Compile] has not made.
func ReadAbout(module []byte) (About, error) {
	var about About
	custom, err := find(module, sectionCustom)
	if err != nil {
		return about, err
	}
	text, ok := bytes.CutPrefix(custom, name(AboutSection))
	if !ok {
		return about, errModule
	}
	return about, json.Unmarshal(text, &about)
}

// find returns the contents of the first section with an id.
//
// 5.5.2 Sections, 5.5.15 Modules.
func find(module []byte, id byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(module, preamble)
	for ok && len(rest) > 0 {
		length, size := readUnsigned(rest[1:])
		if size == 0 || uint64(length) > uint64(len(rest)) || 1+size+int(length) > len(rest) {
			break
		}
		end := 1 + size + int(length)
		if rest[0] == id {
			return rest[1+size : end], nil
		}
		rest = rest[end:]
	}
	return nil, errModule
}
