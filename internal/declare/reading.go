// Package declare reads what texts refer to. From a content folder, it reads languages, topics, sources, facts, the parameters of insurers
// and drawings. It adds them to a [site.Site], and reports every mistake in their files.
//
// Begin with [Reading], which all packages that load the content share: it has the folder, the site as far as it is loaded, and the findings.
// [Names] reads the files: site.go reads site.yaml and policies.yaml, facts.go sources and facts, style.go the switches and words of style
// checks, and pictures.go drawings. limits.go bounds how much is read, and strays.go reports files that nothing reads.
package declare

import (
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// Reading is a content folder that is being read: the folder, the site as far as it has been loaded, and what is wrong in the files.
// All parts of the loading share it.
type Reading struct {
	Content fs.FS
	Name    string     // the folder's name in messages
	Preview bool       // whether the content is loaded for its authors, who want to see what is not finished
	Site    *site.Site // the site that is being loaded
	General *site.Site // the general site, for people whose insurer is not listed
	Found   diag.Findings
	Lost    []string // paths of files with mistakes from which nothing could be read
	notes   *notes
}

// NewReading returns a reading of a content folder, with an empty site. `name` is the folder's name in messages, and `today` is the day for
// which the site is built.
func NewReading(content fs.FS, name string, today civil.Date) *Reading {
	s := site.New(today)
	return &Reading{Content: content, Name: name, Site: s, General: s, notes: &notes{uses: map[*site.Fact]map[string]bool{}, faults: map[textPlace]bool{}}}
}

// Fresh returns a copy of r without findings. Use it to load an insurer's site, or to read files in parallel.
func (r *Reading) Fresh() *Reading {
	fresh := *r
	fresh.Found, fresh.Lost = diag.Findings{}, slices.Clip(r.Lost)
	return &fresh
}

// ReportDifferences reports differences between translations and their source. It does nothing in the preview, because authors want to see a
// page in one language before they write the other languages.
func (r *Reading) ReportDifferences(found []diag.Diagnostic) {
	if !r.Preview {
		r.Report(found...)
	}
}

// Decode reads a YAML file of the content folder into `target`, and reports mistakes. If the file has mistakes and nothing could be read from
// it, Decode adds the file to Lost.
func (r *Reading) Decode(path string, target any) (*diag.File, error) {
	f, found, err := strictyaml.ReadFile(r.Content, r.Name, path, target)
	r.Report(found...)
	if len(found) > 0 && reflect.ValueOf(target).Elem().IsZero() {
		r.Lost = append(r.Lost, path)
	}
	return f, err
}

// Has reports whether the content folder has a file or folder with this path.
func (r *Reading) Has(name string) bool { return plaintext.Has(r.Content, name) }

// Report adds findings.
func (r *Reading) Report(found ...diag.Diagnostic) { r.Found.Add(found...) }

// NameOf returns a name, which may have ruby in braces, as a phrase. It reports mistakes in the name.
func (r *Reading) NameOf(f *diag.File, language *site.Language, text strictyaml.Text) site.Phrase {
	name, found := values.Name(f, text, language.Ruby)
	r.Report(found...)
	return name
}

// Day returns the day that a reference names: a day in any form that [civil.Read] accepts, or "fact:id". It returns civil.Unset for "", for a
// reference that names no day, and for a fact with variants.
func (r *Reading) Day(reference string) civil.Date {
	if id, ok := strings.CutPrefix(reference, "fact:"); ok {
		if fact := r.Site.Fact(id); fact != nil && fact.Kind == schema.DateFact && fact.Variants == nil {
			return fact.Date
		}
		return civil.Unset
	}
	date, err := civil.Read(reference)
	if err != nil {
		return civil.Unset
	}
	return date
}

// CheckTwice reports the second place of an entry that is in a list twice. Readers would see it twice.
func (r *Reading) CheckTwice(f *diag.File, list []strictyaml.Text) {
	seen := map[string]bool{}
	for _, entry := range list {
		if seen[entry.Value] {
			r.Report(f.At(entry.Offset, "entry-twice", entry.Value))
		}
		seen[entry.Value] = true
	}
}

// CheckLanguageKeys reports keys that are not the id of a language of the general site.
func CheckLanguageKeys[T any](r *Reading, f *diag.File, m strictyaml.Map[T]) {
	for _, entry := range m {
		if r.General.Language(entry.Key.Value) == nil {
			r.Report(r.Site.NoLanguage(f, entry.Key))
		}
	}
}

// CheckReading reports a kanji in a reading. Words cannot be sorted or found by such a reading, and people who need readings cannot read the
// kanji.
func (r *Reading) CheckReading(f *diag.File, reading strictyaml.Text) {
	if at := strings.IndexFunc(reading.Value, func(r rune) bool { return unicode.Is(unicode.Han, r) && r != '々' }); at >= 0 {
		kanji, _ := utf8.DecodeRuneInString(reading.Value[at:])
		r.Report(f.At(reading.Offset, "reading-kanji", string(kanji)))
	}
}

// ResolveSources returns the sources with these ids. It reports unknown ids, and ids that are in the list twice.
func (r *Reading) ResolveSources(f *diag.File, ids []strictyaml.Text) []*site.Source {
	var sources []*site.Source
	r.CheckTwice(f, ids)
	for _, id := range ids {
		if source := r.Site.Source(id.Value); source != nil {
			sources = append(sources, source)
		} else {
			r.Report(f.At(id.Offset, "source-unknown", id.Value, r.Site.SuggestSource(id.Value)))
		}
	}
	return sources
}

// notLater warns about a day after today, on which somebody is said to have looked at a source or compared a fact. `key` is the day's key,
// such as read or as_of.
func (r *Reading) notLater(f *diag.File, day strictyaml.Day, key string) {
	if day.Offset > 0 && day.Value > r.Site.Today && day.Value <= schema.LastDay {
		r.Report(f.At(day.Offset, "day-to-come", key, day.Value, r.Site.Today))
	}
}

// CheckPicture returns a finding if no drawing has this name. It accepts "", which is already reported.
func (r *Reading) CheckPicture(f *diag.File, name strictyaml.Text) []diag.Diagnostic {
	if _, ok := r.Site.Pictures[name.Value]; ok || name.Value == "" {
		return nil
	}
	return []diag.Diagnostic{f.At(name.Offset, "picture-unknown", name.Value, site.Suggest(name.Value, slices.Sorted(maps.Keys(r.Site.Pictures))))}
}

// notes collects periods, uses of facts and units of translations, which commands list. It also collects the places of texts with errors,
// which must not be typeset. All readings of a folder share one value of this type: those of the general site, of insurers' sites, and of
// files that are typeset in parallel.
type notes struct {
	mu      sync.Mutex
	periods []site.Period
	uses    map[*site.Fact]map[string]bool
	faults  map[textPlace]bool
	units   []*site.Unit
}

// textPlace is the place where a text begins. It has the name of the file, not a *diag.File, because a file that is read twice has two
// *diag.File values.
type textPlace struct {
	file   string
	offset int
}

// NoteFaults records that the text at an offset is faulty if there is an error among the findings. Such a text is left out when texts are
// typeset again, without checks, for an insurer.
func (r *Reading) NoteFaults(f *diag.File, offset int, found []diag.Diagnostic) {
	if !diag.HasErrors(found) {
		return
	}
	r.notes.mu.Lock()
	defer r.notes.mu.Unlock()
	r.notes.faults[textPlace{f.Name, offset}] = true
}

// Faulty reports whether the text at an offset has an error. Such a text cannot be typeset, because it may refer to something that does
// not exist.
func (r *Reading) Faulty(f *diag.File, offset int) bool {
	r.notes.mu.Lock()
	defer r.notes.mu.Unlock()
	return r.notes.faults[textPlace{f.Name, offset}]
}

// NotePeriod adds a period to those that commands list. It ignores a period without an end, because nobody needs to act on such a period.
func (r *Reading) NotePeriod(f *diag.File, offset int, kind site.PeriodKind, id string, from, until civil.Date) {
	if until == civil.Unset {
		return
	}
	at := f.Position(offset)
	r.notes.mu.Lock()
	defer r.notes.mu.Unlock()
	r.notes.periods = append(r.notes.periods, site.Period{Position: at, Kind: kind, ID: id, From: from, Until: until})
}

// NoteUse records that a file refers to a fact. If `fact` is nil, because the file names a fact that does not exist, NoteUse does nothing.
func (r *Reading) NoteUse(f *diag.File, fact *site.Fact) {
	if fact == nil {
		return // the unknown fact is already reported
	}
	r.notes.mu.Lock()
	defer r.notes.mu.Unlock()
	if r.notes.uses[fact] == nil {
		r.notes.uses[fact] = map[string]bool{}
	}
	r.notes.uses[fact][f.Name] = true
}

// NotePassages notes the periods of the blocks in the body of the question `of`.
func (r *Reading) NotePassages(f *diag.File, body *markdown.Body, of *site.Question) {
	for _, p := range body.Periods() {
		r.NotePeriod(f, p.Offset, site.PassagePeriod, of.ID, r.Day(p.From), r.Day(p.Until))
	}
}

// Finish gives the site what was noted: the units of translations, the periods, and for each fact the names of the files that refer to it.
// It sorts the periods and the files, because texts that are typeset in parallel noted them in a random order.
func (r *Reading) Finish() {
	r.Site.Units, r.Site.Periods = r.notes.units, r.notes.periods
	site.SortPeriods(r.Site.Periods)
	for fact, files := range r.notes.uses {
		fact.Files = slices.Sorted(maps.Keys(files))
	}
}

// NoteUnit adds a unit of a translation to those that commands list.
func (r *Reading) NoteUnit(u *site.Unit) { r.notes.units = append(r.notes.units, u) }
