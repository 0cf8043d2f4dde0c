package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/plaintext"
)

// RecordFolder holds, for each language but the default one, from which text its translations were made.
const RecordFolder = "translated"

// Record is one line of such a file: the path of a text without its language, the unit, and the fingerprint that the
// source had when somebody looked at the translation. Where the source has changed since and the translation may wait,
// Waived is the fingerprint that it has now, and Until the last day of that.
type Record struct {
	Path, Unit, Print string
	Waived            string
	Until             civil.Date
}

// key is what a record is found by, and sorted.
func (r Record) key() string { return r.Path + " " + r.Unit }

// String returns the record as a line.
func (r Record) String() string {
	line := r.key() + " " + r.Print
	if r.Waived != "" {
		line += " " + r.Waived + " " + r.Until.String()
	}
	return line
}

// records are those of one language, and where each stands.
type records struct {
	file  *diag.File
	list  map[string]Record
	line  map[string]int
	found map[string]bool // a unit was there

	absent bool // there is no file, which is told once
}

// loadRecords reads the records of every language. A content folder without them does not follow its translations.
func (l *loader) loadRecords() error {
	if !l.following && !l.has(RecordFolder) || l.site.Default == nil {
		return nil
	}
	l.records = map[*Language]*records{}
	for _, language := range l.site.Languages {
		if language == l.site.Default {
			continue
		}
		name := path.Join(RecordFolder, language.ID+".txt")
		if !l.has(name) {
			l.records[language], _ = readRecords(&diag.File{})
			l.records[language].absent = true
			l.report((&diag.File{Name: path.Join(l.name, name)}).Whole("record-file-missing", language.ID, l.name))
			continue
		}
		f, found, err := plaintext.Read(l.content, l.name, name)
		if err != nil {
			return err
		}
		l.report(found...)
		if len(found) == 0 {
			r, wrong := readRecords(f)
			l.report(wrong...)
			l.records[language] = r
		}
	}
	return nil
}

// readRecords reads the lines of a file.
func readRecords(f *diag.File) (*records, []diag.Diagnostic) {
	r := &records{file: f, list: map[string]Record{}, line: map[string]int{}, found: map[string]bool{}}
	var found []diag.Diagnostic
	number := 0
	for line := range bytes.Lines(f.Data) {
		number++
		text := strings.TrimSpace(string(line))
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		record, ok := parseRecord(text)
		if _, twice := r.list[record.key()]; !ok || twice {
			found = append(found, f.AtLine(number, 1, "record-line"))
			continue
		}
		r.list[record.key()], r.line[record.key()] = record, number
	}
	return r, found
}

// parseRecord reads a line.
func parseRecord(text string) (r Record, ok bool) {
	fields := strings.Split(text, " ")
	switch len(fields) {
	case 3:
		return Record{Path: fields[0], Unit: fields[1], Print: fields[2]}, true
	case 5:
		day, err := civil.Parse(fields[4])
		return Record{Path: fields[0], Unit: fields[1], Print: fields[2], Waived: fields[3], Until: day}, err == nil
	}
	return Record{}, false
}

// recordHead stands above the records of a language.
const recordHead = `# From which text of the default language each translation was made. Written by "sitegen translate accept"; do not edit.
`

// WriteRecords returns a file of records, by path and unit.
func WriteRecords(list []Record) []byte {
	sorted := slices.SortedFunc(slices.Values(list), func(a, b Record) int { return strings.Compare(a.key(), b.key()) })
	var b strings.Builder
	b.WriteString(recordHead)
	for _, r := range sorted {
		b.WriteString(r.String() + "\n")
	}
	return []byte(b.String())
}

// Left is a record of a unit that is not there any more, and of which language.
type Left struct {
	Language *Language
	Record
}

// leftRecords lists the records whose units were not found.
func (l *loader) leftRecords() []Left {
	var list []Left
	for _, language := range l.site.Languages {
		r := l.records[language]
		if r == nil {
			continue
		}
		for _, key := range sortedKeys(r.list) {
			if !r.found[key] {
				list = append(list, Left{language, r.list[key]})
			}
		}
	}
	return list
}

// printClasses are the parts of a fingerprint behind the one of the words, each a sum of what the unit mentions.
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

// printOf returns the fingerprint of a unit of the default language: eight hexadecimal digits of the SHA-256 of its words,
// and four for each class of what it mentions, or 0. Values of facts do not count: a new telephone number makes nothing stale.
func (l *loader) printOf(u *unit) string {
	parts := []string{short(8, strings.Join(strings.Fields(u.raw), " "))}
	for _, class := range printClasses {
		var said []string
		for _, m := range u.mentions {
			if slices.Contains(class.kinds, m.Kind) {
				said = append(said, sayingOf(m))
			}
		}
		if class.kinds == nil {
			papers := map[string]bool{}
			l.papersOf(u, l.site.Default, papers)
			said = sortedKeys(papers)
		}
		slices.Sort(said)
		part := "0"
		if len(said) > 0 {
			part = short(4, strings.Join(slices.Compact(said), "\n"))
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "-")
}

// short returns the first hexadecimal digits of a sum.
func short(digits int, text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:digits]
}

// changedClasses names the classes in which two fingerprints differ.
func changedClasses(a, b string) []diag.Wording {
	before, now := strings.Split(a, "-"), strings.Split(b, "-")
	var list []diag.Wording
	for i, class := range printClasses {
		if i+1 >= len(before) || i+1 >= len(now) || before[i+1] != now[i+1] {
			list = append(list, class.name)
		}
	}
	return list
}

// TranslationState says how a unit of a translation stands to its source.
type TranslationState string

// What the record of a translation says of a unit.
const (
	Complete   TranslationState = "complete"
	Stale      TranslationState = "stale"      // the source has changed since
	Unrecorded TranslationState = "unrecorded" // nobody has said from which text it was made
	Missing    TranslationState = "missing"
)

// Unit is one unit of the source and its state in one language.
type Unit struct {
	Language *Language
	Path     string // of the text from the content folder, without its language
	Name     string
	File     string // of the translation, from the content folder
	Line     int    // of the unit in the translation; 0 where it is not known because nothing is wrong
	Question *Question
	State    TranslationState
	Print    string  // of the source, now
	Record   *Record // nil where there is none
}
