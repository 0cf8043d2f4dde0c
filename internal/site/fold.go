package site

import (
	"slices"
	"strings"

	"sitegen/internal/diag"
)

// following are the findings that only follow from a file that could not be understood at all, by its name. One slip at
// the top of facts.yaml would otherwise be told a thousand times.
var following = map[string][]diag.Code{
	"facts.yaml":    {"fact-unknown", "variant-open", "coverage-untold"},
	"glossary.yaml": {"term-unknown"},
	"sources.yaml":  {"source-unknown", "coverage-insurer"},
	"policies.yaml": {"policy-unknown", "coverage-untold"},
	"text/":         {"fact-unnamed", "topic-unnamed", "words-missing", "parity-lacks", "parity-adds", "parity-missing", "parity-extra"},
}

// forgetFollowing takes back what was found because of files that could not be understood.
func (l *loader) forgetFollowing() {
	for _, path := range l.lost {
		if strings.HasPrefix(path, "text/") {
			path = "text/"
		}
		l.forget(following[path]...)
	}
}

func (l *loader) forget(codes ...diag.Code) {
	l.found = slices.DeleteFunc(l.found, func(d diag.Diagnostic) bool { return slices.Contains(codes, d.Code) })
}

// unknownNames are the findings about a name that does not exist, which is their first argument. They stand wherever it
// is used, so that one slip where it is given is found in all those places.
var unknownNames = []diag.Code{
	"fact-unknown", "term-unknown", "source-unknown", "question-unknown", "policy-unknown", "topic-unknown", "language-unknown",
}

// fold tells of one slip once. A name that does not exist is told where it stands first, or, where it was given with a
// slip and is used as it should be, there.
func (l *loader) fold() {
	if l.tellSlips() {
		l.forget("coverage-untold") // what pages tell is not known without the name
	}
	diag.Sort(l.found)
	places := map[string]int{}
	for _, d := range l.found {
		places[sameSlip(d)]++
	}
	l.found = diag.Gather(l.found, func(d diag.Diagnostic) string {
		if slip := sameSlip(d); places[slip] > fewPlaces {
			return slip
		}
		return ""
	})
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
	for _, fact := range l.site.Facts {
		unnamed := slices.ContainsFunc(l.found, func(d diag.Diagnostic) bool { return d.Code == "fact-unnamed" && name(d) == fact.ID })
		if unnamed && len(l.index.uses[fact]) == 0 {
			l.tellSlip("fact-unknown", fact.ID, func(code string) diag.Diagnostic { return l.factFile.At(fact.offset, "name-slip", fact.ID, code) })
		}
	}
	for _, source := range l.site.Sources {
		if !used[source] {
			l.tellSlip("source-unknown", source.ID, func(code string) diag.Diagnostic { return l.sourceFile.At(source.offset, "name-slip", source.ID, code) })
		}
	}
	return slices.ContainsFunc(l.found, func(d diag.Diagnostic) bool { return d.Code == "name-slip" })
}

// tellSlip replaces the findings that a name does not exist, where it is much like a declared one, and that this one has
// no words, by a finding where it is declared.
func (l *loader) tellSlip(code diag.Code, declared string, at func(meant string) diag.Diagnostic) {
	places := map[string]int{}
	for _, d := range l.found {
		if d.Code == code {
			places[name(d)]++
		}
	}
	meant := diag.Nearest(declared, sortedKeys(places))
	if meant == "" || meant == declared || places[meant] < 2 { // the slip may be in the one place
		return
	}
	before := len(l.found)
	l.found = slices.DeleteFunc(l.found, func(d diag.Diagnostic) bool {
		return d.Code == code && name(d) == meant || d.Code == "fact-unnamed" && name(d) == declared
	})
	slip := at(meant)
	slip.Others = before - len(l.found)
	l.found = append(l.found, slip)
}
