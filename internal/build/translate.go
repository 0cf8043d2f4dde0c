package build

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/parity"
	"sitegen/internal/site"
	"sitegen/internal/translations"
)

// Recorded is what AcceptTranslations records.
type Recorded struct {
	Acceptance
	Units []*site.Unit // units with a new record
}

// AcceptTranslations records that the translations in these files or folders (paths in the content) fit the present source. If `until` is
// set, it records that they do not fit: where the source has changed, the old translation may stay until that day. Mistakes in these
// files and in their sources are diagnostics. If one of them is an error, nothing is recorded and `r` is nil. `known` is false if the
// files have no translation; it is true whenever `r` and `err` are nil.
func AcceptTranslations(content fs.FS, name string, today civil.Date, files []string, until civil.Date) (r *Recorded, found []diag.Diagnostic, known bool, err error) {
	loaded, found, err := load.Follow(content, name, today)
	if err != nil {
		return nil, nil, false, err
	}
	found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return translations.AboutRecords(d.Code) })
	whole := !diag.HasErrors(found)
	found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return !within(strings.TrimPrefix(d.File, name+"/"), files) })
	if diag.HasErrors(found) {
		return nil, found, true, nil
	}
	r = &Recorded{Acceptance: Acceptance{Files: map[string][]byte{}}}
	lists := map[*site.Language][]parity.Record{}
	for _, u := range loaded.Units {
		record := u.Record
		if within(u.File, files) {
			known = true
			if next := accepted(u, until); record == nil || next != *record {
				record, r.Units = &next, append(r.Units, u)
			}
		}
		if record != nil && record.Print != "" {
			lists[u.Language] = append(lists[u.Language], *record)
		}
	}
	for _, left := range loaded.Left {
		if !whole { // keep the record: its text may be missing only because of a mistake
			lists[left.Language] = append(lists[left.Language], left.Record)
		}
	}
	for _, language := range loaded.Languages {
		file := path.Join(parity.RecordFolder, language.ID+".txt")
		data := parity.WriteRecords(lists[language])
		if old, err := fs.ReadFile(content, file); len(lists[language]) > 0 && (err != nil || string(old) != string(data)) {
			r.Files[file] = data
		}
	}
	return r, found, known, nil
}

// accepted returns the new record of a unit. If `until` is not set, the record says that the unit fits its present source. Otherwise the
// record of a stale unit keeps the hash of the source that the unit was made from. Any other unit then keeps its record, or gets an empty
// one if it has none.
func accepted(u *site.Unit, until civil.Date) parity.Record {
	switch {
	case until == civil.Unset:
		return parity.Record{Path: u.Path, Unit: u.Name, Print: u.Print}
	case u.State == site.Stale:
		return parity.Record{Path: u.Path, Unit: u.Name, Print: u.Record.Print, Waived: u.Print, Until: until}
	case u.Record != nil:
		return *u.Record
	}
	return parity.Record{}
}

// within reports whether a file is one of these places, or lies in one of them. "." is the whole content.
func within(file string, places []string) bool {
	return slices.ContainsFunc(places, func(place string) bool {
		return place == "." || file == place || strings.HasPrefix(file, place+"/")
	})
}

// Status is the state of the translations into a language.
type Status struct {
	Language *site.Language
	Count    map[site.TranslationState]int // the number of units in each state; a question that is not translated counts as one missing unit
	Pages    []PageStatus                  // files with units that are not complete, in the order that [TranslationStatus] describes
}

// PageStatus lists the units of a file that are not complete.
type PageStatus struct {
	File  string
	Units map[site.TranslationState][]string
}

// TranslationStatus returns the state of the translations into a language. Files that have no question, such as text/en.yaml, come first,
// because everybody reads them. The questions that people ask most follow, and then the others in the readers' order.
func TranslationStatus(s *site.Site, language *site.Language) Status {
	status := Status{Language: language, Count: map[site.TranslationState]int{}}
	byFile := map[string]*PageStatus{}
	var files []string
	note := func(file string, state site.TranslationState, unit string) {
		status.Count[state]++
		if state == site.Complete {
			return
		}
		if byFile[file] == nil {
			byFile[file] = &PageStatus{File: file, Units: map[site.TranslationState][]string{}}
			files = append(files, file)
		}
		byFile[file].Units[state] = append(byFile[file].Units[state], unit)
	}
	byQuestion := map[string][]*site.Unit{}
	for _, u := range s.Units {
		if u.Language.ID != language.ID {
			continue
		}
		if u.Question == nil {
			note(u.File, u.State, u.Name)
		} else {
			byQuestion[u.Question.ID] = append(byQuestion[u.Question.ID], u)
		}
	}
	done := map[*site.Question]bool{}
	for _, q := range slices.Concat(s.Popular, s.Questions) {
		if done[q] {
			continue
		}
		done[q] = true
		if !q.Translated(language) {
			note(path.Join("faq", q.Topic.ID, q.ID, language.ID+".md"), site.Missing, "question")
		}
		for _, u := range byQuestion[q.ID] {
			note(u.File, u.State, u.Name)
		}
	}
	for _, file := range files {
		status.Pages = append(status.Pages, *byFile[file])
	}
	return status
}
