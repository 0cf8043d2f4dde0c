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

// About has the ids of everything that a module numbers, and what a host needs to interview somebody. So a host needs only the
// file of the module.
type About struct {
	ABI     int     `json:"abi"`
	Version string  `json:"version"` // of the rules
	Source  string  `json:"source"`  // hash of the files from which the rules were compiled
	Inputs  []Input `json:"inputs"`
	Asks    []Ask   `json:"asks"` // in the order in which they are tried
	// Circumstances are the values that a visitor states unasked, under the site's headings.
	Circumstances []Group     `json:"circumstances,omitempty"`
	Outcomes      []string    `json:"outcomes"`
	Enough        []string    `json:"enough,omitempty"` // by number; empty if the rules have no table Enough
	Documents     []string    `json:"documents"`        // by bit
	Notes         []string    `json:"notes"`
	Rows          []string    `json:"rows"`
	Sources       [][]string  `json:"sources"` // by row
	Conditions    []Condition `json:"conditions"`
	// Because lists, for each row, what makes it hold: a signal that must hold, or ^signal for a signal that must not. The names
	// of signals are in Conditions and Tests.
	Because [][]int `json:"because,omitempty"`
	Tests   []Test  `json:"tests,omitempty"`
	// Remedies are what somebody could still get, do or find out.
	Remedies []Remedy `json:"remedies,omitempty"`
}

// Remedy is a list of answers that would replace somebody's own answers. It is meant for people who have given one of the
// answers in For (for everybody if For is empty) and none of those in NotFor.
type Remedy struct {
	ID      string    `json:"id"`
	Answers []Given   `json:"answers"`
	For     []Choices `json:"for,omitempty"`
	NotFor  []Choices `json:"not_for,omitempty"`
}

// Given is an answer of a remedy: a value of a choice, a value that a set gets in addition, or, for a date, the day of the visit
// or a later day.
type Given struct {
	Input string `json:"input"`
	Value string `json:"value,omitempty"` // "" for a date
}

// Input is one question.
type Input struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`           // choice, set, date, number
	Role     string   `json:"role,omitempty"` // visit, held
	Slot     int      `json:"slot"`           // the number of its first word in the input area
	Values   []string `json:"values,omitempty"`
	Special  []string `json:"special,omitempty"` // for a date or number: values that are not a day or number
	Min      *int32   `json:"min,omitempty"`     // for a date or number
	Max      *int32   `json:"max,omitempty"`
	Required bool     `json:"required,omitempty"` // the input has no default, so an answer is required
	Default  any      `json:"default,omitempty"`  // as an answer: an id, ids, a day or a number
	Unknown  string   `json:"unknown,omitempty"`  // the value that means "I don't know"
	Told     []string `json:"told,omitempty"`     // values that a visitor states unasked, as circumstances
	Secret   []string `json:"secret,omitempty"`   // values that no list shows, because they are too private
	Private  []string `json:"private,omitempty"`  // values that no address and no log may contain; the site says which
	Groups   []Group  `json:"groups,omitempty"`   // the site's headings over values of this input
	Policy   bool     `json:"policy,omitempty"`   // set by the site; nobody is asked
}

// Group is a heading over values.
type Group struct {
	ID      string    `json:"id"` // the key of its words
	Choices []Choices `json:"choices"`
}

// Choices are values of one question.
type Choices struct {
	Input  string   `json:"input"`
	Values []string `json:"values"`
}

// The roles that an input can play.
const (
	RoleVisit = "visit" // the day of the visit, to which every answer applies
	RoleHeld  = "held"  // what the visitor holds: its values are documents
)

// Ask is a step of the interview. It asks the question Input if the guard in When holds.
type Ask struct {
	Input string `json:"input"`
	Again bool   `json:"again,omitempty"` // asks for more values of a set of which something was answered
	When  []int  `json:"when,omitempty"`  // its guard: signals that must hold, and ^signal for those that must not, as in About.Because
}

// Condition is a named condition and the signal that says whether it holds. With Not, the signal says that it does not hold.
type Condition struct {
	ID     string `json:"id"`
	Signal int    `json:"signal"`
	Not    bool   `json:"not,omitempty"`
}

// Test is the signal of an atom and the text of the atom, such as "place = disaster".
type Test struct {
	Test   string `json:"test"`
	Signal int    `json:"signal"`
}

// Describe returns the module with the description appended. Pages contain the module without the description: its ids are
// already the keys of the pages' words.
func Describe(module []byte, about About) []byte {
	about.ABI = ABI
	return append(module[:len(module):len(module)], customSection(AboutSection, strictjson.Line(about))...)
}

// Inline writes a module as text for use in a script. Two hexadecimal digits per byte compress better than base64, which hides
// repeated bytes. For the site's rules, the text in brotli is about a sixth smaller than with base64.
func Inline(module []byte) string { return hex.EncodeToString(module) }

// Checksum returns the FNV-1a checksum of a module, with 32 bits. A page checks it before it trusts the bytes in its script. A
// change of any single byte changes the checksum.
func Checksum(module []byte) uint32 {
	sum := fnv.New32a()
	sum.Write(module)
	return sum.Sum32()
}

var errModule = errors.New("not a module of this package")

// Tables reads the tables back from a module. It returns an error if the bytes are not a module as [Compile] makes it.
func Tables(module []byte) ([]byte, error) {
	data, err := find(module, sectionData)
	if err != nil {
		return nil, err
	}
	head := dataSection(nil)[2:] // without the id and the size; its last byte is the length of the data, 0
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

// ReadAbout reads the description of a module. It returns an error if the bytes are not a module as [Describe] makes it.
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

// find returns the contents of the first section with this id. It returns an error if there is no such section, or if the bytes
// up to it are not a module.
//
// WebAssembly specification: 5.5.2 Sections, 5.5.15 Modules.
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
