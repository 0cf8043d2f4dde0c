package site

import "sitegen/internal/parity"

// TranslationState says whether a unit of a translation matches its source.
type TranslationState string

// The states of a unit, according to its record.
const (
	Complete   TranslationState = "complete"   // the unit was translated from the present source
	Stale      TranslationState = "stale"      // the source has changed since the unit was translated
	Unrecorded TranslationState = "unrecorded" // no record says from which text the unit was translated
	Missing    TranslationState = "missing"    // there is no translation
)

// Unit is one unit of a source text, and its state in one language.
type Unit struct {
	Language *Language
	Path     string // the path of the text in the content folder, without the language, as records write it
	Name     string
	File     string    // the path of the translation in the content folder
	Line     int       // the line of the unit in the translation; 0 if the unit is complete, or its language has no records
	Question *Question // nil if the source text is not a question's
	State    TranslationState
	Print    string         // the fingerprint of the source's present text
	Record   *parity.Record // nil if the unit has no record
}

// Left is a record whose unit no longer exists, and the language of the record.
type Left struct {
	Language *Language
	parity.Record
}
