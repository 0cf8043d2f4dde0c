package site

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
)

// following are the findings that only follow from a file that could not be understood at all, by its name. One slip at
// the top of facts.yaml would otherwise be told a thousand times.
var following = map[string][]diag.Code{
	"facts.yaml":    {"fact-unknown", "variant-open", "coverage-untold"},
	"glossary.yaml": {"term-unknown"},
	"sources.yaml":  {"source-unknown", "coverage-insurer"},
	"policies.yaml": {"policy-unknown", "coverage-untold"},
	"text/":         {"fact-unnamed", "topic-unnamed", "words-missing", "parity-lacks", "parity-adds", "parity-missing", "parity-extra", "differs-unneeded"},
	"rules/text/":   {"speak-alone", "parity-lacks", "parity-adds", "parity-missing", "parity-extra", "differs-unneeded"},
}

// forgetFollowing takes back what was found because of files that could not be understood.
func (l *loader) forgetFollowing() {
	for _, path := range l.lost {
		for folder := range following {
			if strings.HasSuffix(folder, "/") && strings.HasPrefix(path, folder) {
				path = folder
			}
		}
		l.forget(following[path]...)
	}
}

func (l *loader) forget(codes ...diag.Code) {
	l.found.List = slices.DeleteFunc(l.found.List, func(d diag.Diagnostic) bool { return slices.Contains(codes, d.Code) })
}

// unknownNames are the findings about a name that does not exist, which is their first argument. They stand wherever it
// is used, so that one slip where it is given is found in all those places.
var unknownNames = []diag.Code{
	"fact-unknown", "term-unknown", "source-unknown", "question-unknown", "question-renamed", "policy-unknown", "topic-unknown", "language-unknown",
}

// fold tells of one slip once. A name that does not exist is told where it stands first, or, where it was given with a
// slip and is used as it should be, there.
func (l *loader) fold() {
	if l.tellSlips() {
		l.forget("coverage-untold") // what pages tell is not known without the name
	}
	l.forgetUntoldOfLost()
	l.tellRenamed()
	diag.Sort(l.found.List)
	places := map[string]int{}
	for _, d := range l.found.List {
		places[sameSlip(d)]++
	}
	l.found.List = diag.Gather(l.found.List, func(d diag.Diagnostic) string {
		if slip := sameSlip(d); places[slip] > fewPlaces {
			return slip
		}
		return ""
	})
}

// forgetUntoldOfLost takes back that a page does not tell something where a text of that page leads to a question that is
// not there: it was left out for that.
func (l *loader) forgetUntoldOfLost() {
	lost := map[string]bool{}
	for _, d := range l.found.List {
		if d.Code == "question-unknown" {
			lost[path.Base(path.Dir(d.File))] = true
		}
	}
	l.found.List = slices.DeleteFunc(l.found.List, func(d diag.Diagnostic) bool {
		return d.Code == "coverage-untold" && slices.ContainsFunc(d.Args, func(arg any) bool { id, _ := arg.(string); return lost[id] })
	})
}

// tellRenamed names the question that one is called now which cannot be found, and knows how to write that.
func (l *loader) tellRenamed() {
	now, files := map[string]string{}, map[string]*diag.File{}
	for i, d := range l.found.List {
		if d.Code != "question-unknown" {
			continue
		}
		id := name(d)
		if _, looked := now[id]; !looked {
			now[id] = l.renamed(id)
		}
		if now[id] != "" {
			d.Code, d.Args = "question-renamed", []any{id, now[id]}
			l.found.List[i] = l.mendRenamed(d, files)
		}
	}
}

// mendRenamed lets a finding about a renamed question know the change to its file: the id stands where the finding is, or
// behind the scheme of a link there. The files are those read so far, by name.
func (l *loader) mendRenamed(d diag.Diagnostic, files map[string]*diag.File) diag.Diagnostic {
	if d.Line == 0 {
		return d
	}
	f := files[d.File]
	if f == nil {
		var err error
		if f, _, err = plaintext.Read(l.content, l.name, strings.TrimPrefix(strings.TrimPrefix(d.File, l.name), "/")); err != nil {
			return d
		}
		files[d.File] = f
	}
	at := f.Offset(d.Line, d.Column)
	if bytes.HasPrefix(f.Data[at:], []byte("faq:")) {
		at += len("faq:")
	}
	return f.Mendable(d, diag.Edit{Offset: at, Old: name(d), New: d.Args[1].(string)})
}

// renamed returns the id of the question that has most of the texts which are recorded of one that is not there any more, and of
// which nothing is recorded itself; "" where there is none.
func (l *loader) renamed(id string) string {
	recorded := map[string]string{}
	for _, left := range l.site.Left {
		if path.Base(left.Path) == id {
			recorded[left.Unit] = left.Print
		}
	}
	same, most, best := map[string]map[string]bool{}, len(recorded)/2, ""
	for _, u := range l.index.units {
		if u.Question == nil || u.State != Unrecorded || recorded[u.Name] != u.Print {
			continue
		}
		units := same[u.Question.ID]
		if units == nil {
			units = map[string]bool{}
			same[u.Question.ID] = units
		}
		if units[u.Name] = true; len(units) > most {
			most, best = len(units), u.Question.ID
		}
	}
	return best
}

// fewPlaces are told of one by one.
const fewPlaces = 3

// sameSlip is equal for findings that may come of one slip; "" for those that stand by themselves.
func sameSlip(d diag.Diagnostic) string {
	switch {
	case d.Code == "day-to-come":
		return string(d.Code)
	case d.Code == "coverage-insurer": // of one document
		return string(d.Code) + " " + d.Args[1].(string)
	case slices.Contains(unknownNames, d.Code):
		return string(d.Code) + " " + name(d)
	}
	return ""
}

// name returns the name that a finding is about.
func name(d diag.Diagnostic) string {
	name, _ := d.Args[0].(string)
	return name
}

// tellSlips finds facts that no text names, and sources, that nothing uses by their name, and that are used as if they were
// called a little differently: it tells of each where it is declared, in place of all that follows from it. It reports
// whether there are any.
func (l *loader) tellSlips() bool {
	used := map[*Source]bool{}
	for _, fact := range l.site.Facts {
		for _, source := range fact.Sources {
			used[source] = true
		}
	}
	for _, question := range l.site.Questions {
		for _, source := range question.Sources {
			used[source] = true
		}
	}
	slips := l.newSlips()
	for _, fact := range l.site.Facts {
		if slips.unnamed[fact.ID] && len(l.index.uses[fact]) == 0 {
			slips.tell("fact-unknown", fact.ID, func(code string) diag.Diagnostic { return l.factFile.At(fact.Offset, "name-slip", fact.ID, code) })
		}
	}
	for _, source := range l.site.Sources {
		if !used[source] {
			slips.tell("source-unknown", source.ID, func(code string) diag.Diagnostic { return l.sourceFile.At(source.Offset, "name-slip", source.ID, code) })
		}
	}
	return l.tell(slips)
}

// slips are the names that were given with a slip, as far as they are known.
type slips struct {
	unnamed map[string]bool              // facts without words
	places  map[diag.Code]map[string]int // in how many places names are used that do not exist
	meant   map[diag.Code]map[string]int // those that a declared one is much like: the slip's place in told
	without map[string]int               // facts that have no words because of a slip: its place in told
	told    []diag.Diagnostic
}

// mostUnknown is up to how many names that do not exist one may be a slip. Where there are more, something else is wrong, and
// to compare each with each would take long.
const mostUnknown = 100

// newSlips gathers what the findings say of names.
func (l *loader) newSlips() *slips {
	s := &slips{
		unnamed: map[string]bool{}, without: map[string]int{},
		places: map[diag.Code]map[string]int{"fact-unknown": {}, "source-unknown": {}},
		meant:  map[diag.Code]map[string]int{"fact-unknown": {}, "source-unknown": {}},
	}
	for _, d := range l.found.List {
		if places := s.places[d.Code]; places != nil {
			places[name(d)]++
		} else if d.Code == "fact-unnamed" {
			s.unnamed[name(d)] = true
		}
	}
	return s
}

// tell tells where a name is declared, if one that does not exist is much like it.
func (s *slips) tell(code diag.Code, declared string, at func(meant string) diag.Diagnostic) {
	places := s.places[code]
	if len(places) > mostUnknown {
		return
	}
	meant := diag.Nearest(declared, sortedKeys(places))
	if meant == "" || meant == declared || places[meant] < 2 { // the slip may be in the one place
		return
	}
	delete(places, meant)
	s.meant[code][meant] = len(s.told)
	if code == "fact-unknown" {
		s.without[declared] = len(s.told)
	}
	s.told = append(s.told, at(meant))
}

// tell replaces the findings that names do not exist by those about the slips they come of. It reports whether there are any.
func (l *loader) tell(s *slips) bool {
	if len(s.told) == 0 {
		return false
	}
	l.found.List = slices.DeleteFunc(l.found.List, func(d diag.Diagnostic) bool {
		slip, of := s.meant[d.Code][name(d)]
		if d.Code == "fact-unnamed" {
			slip, of = s.without[name(d)]
		}
		if of {
			s.told[slip].Others++
		}
		return of
	})
	l.found.List = append(l.found.List, s.told...)
	return true
}
