package parity

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// RecordFolder is the folder of records. It has a file for each language except the default language. The file records from which source
// text each translation was made.
const RecordFolder = "translated"

// LongestWaiver is the maximum number of days for which a stale translation may wait for its update. The rules that the pages describe
// change at least once a year, so a translation that waits longer would certainly say something wrong.
const LongestWaiver = 366

// Record is one line of a file of records. It has the path of a text without its language, the unit, and the fingerprint of the source when
// somebody last checked the translation. If the source has changed since then, the translation may be allowed to wait. Waived is then the
// new fingerprint of the source, and Until is the last day of waiting.
type Record struct {
	Path, Unit, Print string
	Waived            string
	Until             civil.Date
}

// Key returns the path and the unit, which identify the record within its file.
func (r Record) Key() string { return r.Path + " " + r.Unit }

// String returns the record as a line of the file, without a line end.
func (r Record) String() string {
	line := r.Key() + " " + r.Print
	if r.Waived != "" {
		line += " " + r.Waived + " " + r.Until.String()
	}
	return line
}

// Records are the records of one language, as read from its file.
type Records struct {
	File  *diag.File
	List  map[string]Record // the records, by [Record.Key]
	Line  map[string]int    // the line number of each record, by key
	Found map[string]bool   // whether the unit of each record still exists, by key; package translations sets it

	Absent bool // whether the language has no file of records
}

// ReadRecords reads a file of records. It ignores empty lines and comments. It reports malformed lines, and lines with the same key as an
// earlier record.
func ReadRecords(f *diag.File) (*Records, []diag.Diagnostic) {
	r := &Records{File: f, List: map[string]Record{}, Line: map[string]int{}, Found: map[string]bool{}}
	var found []diag.Diagnostic
	number := 0
	for line := range bytes.Lines(f.Data) {
		number++
		text := strings.TrimSpace(string(line))
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		record, ok := parseRecord(text)
		if _, twice := r.List[record.Key()]; !ok || twice {
			found = append(found, f.AtLine(number, 1, "record-line"))
			continue
		}
		r.List[record.Key()], r.Line[record.Key()] = record, number
	}
	return r, found
}

// printForm matches a fingerprint (see [Unit.Print]).
var printForm = regexp.MustCompile(`^[0-9a-f]{8}(-(0|[0-9a-f]{4}))*$`)

// parseRecord parses a line: three fields, or five fields if a change of the source is waived. `ok` is false if the line is malformed.
func parseRecord(text string) (r Record, ok bool) {
	fields := strings.Split(text, " ")
	if slices.Contains(fields, "") {
		return Record{}, false
	}
	switch len(fields) {
	case 3:
		return Record{Path: fields[0], Unit: fields[1], Print: fields[2]}, printForm.MatchString(fields[2])
	case 5:
		day, err := civil.Parse(fields[4])
		return Record{Path: fields[0], Unit: fields[1], Print: fields[2], Waived: fields[3], Until: day}, err == nil && printForm.MatchString(fields[2]) && printForm.MatchString(fields[3])
	}
	return Record{}, false
}

// recordHead is the comment at the start of a file of records.
const recordHead = `# From which text of the default language each translation was made. Written by "sitegen translate accept"; do not edit.
`

// WriteRecords returns the text of a file of records, sorted by [Record.Key].
func WriteRecords(list []Record) []byte {
	sorted := slices.SortedFunc(slices.Values(list), func(a, b Record) int { return strings.Compare(a.Key(), b.Key()) })
	var b strings.Builder
	b.WriteString(recordHead)
	for _, r := range sorted {
		b.WriteString(r.String() + "\n")
	}
	return []byte(b.String())
}

// printClasses are the classes of mentions, in the order of their parts in a fingerprint. These parts follow the first part, which stands
// for the words. The class without kinds stands for the papers that the unit names.
var printClasses = []struct {
	name  diag.Wording
	kinds []markdown.MentionKind
}{
	{diag.Wording{JA: "日付・数・事実", EN: "dates, numbers or facts"}, []markdown.MentionKind{markdown.FactMention, markdown.NumberMention}},
	{diag.Wording{JA: "リンク", EN: "links"}, []markdown.MentionKind{markdown.LinkMention}},
	{diag.Wording{JA: "条件や期間", EN: "conditions or periods"}, []markdown.MentionKind{
		markdown.ConditionMention, markdown.PeriodMention, markdown.PolicyMention, markdown.InsurerMention, slotMention}},
	{diag.Wording{JA: "書類", EN: "papers"}, nil},
}

// Print returns the fingerprint of a unit in the default language: parts with hyphens between them. The first part has eight hexadecimal
// digits of the SHA-256 of the words. One part for each class of mentions follows: four digits, or 0 if the unit has no mentions of the
// class. `papers` are the sorted ids of the papers that the unit names. The values of facts are not part of the fingerprint, so a new
// telephone number does not make translations stale.
func (u *Unit) Print(papers []string) string {
	parts := []string{short(8, strings.Join(strings.Fields(u.Raw), " "))}
	for _, class := range printClasses {
		said := papers
		if class.kinds != nil {
			said = nil
			for _, m := range u.Mentions {
				if slices.Contains(class.kinds, m.Kind) {
					said = append(said, sayingOf(m))
				}
			}
			slices.Sort(said)
		}
		part := "0"
		if len(said) > 0 {
			part = short(4, strings.Join(slices.Compact(said), "\n"))
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "-")
}

// short returns the first `digits` hexadecimal digits of a text's SHA-256.
func short(digits int, text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:digits]
}

// ChangedClasses returns the names of the classes of mentions in which two fingerprints differ. A class that is missing in one of the
// fingerprints counts as different.
func ChangedClasses(a, b string) []diag.Wording {
	before, now := strings.Split(a, "-"), strings.Split(b, "-")
	var list []diag.Wording
	for i, class := range printClasses {
		if i+1 >= len(before) || i+1 >= len(now) || before[i+1] != now[i+1] {
			list = append(list, class.name)
		}
	}
	return list
}
