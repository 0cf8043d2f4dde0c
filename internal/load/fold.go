package load

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/site"
)

// following has, for each file, the codes of findings that are only consequences if nothing could be read from that file. They are then
// dropped, because otherwise one slip at the top of facts.yaml would cause a thousand findings. A key with a slash at the end stands for
// all files of a folder.
var following = map[string][]diag.Code{
	"facts.yaml":    {"fact-unknown", "variant-open", "coverage-untold"},
	"glossary.yaml": {"term-unknown"},
	"sources.yaml":  {"source-unknown", "coverage-insurer"},
	"policies.yaml": {"policy-unknown", "coverage-untold"},
	"text/":         {"fact-unnamed", "topic-unnamed", "words-missing", "parity-lacks", "parity-adds", "parity-missing", "parity-extra", "differs-unneeded"},
	"rules/text/":   {"speak-alone", "parity-lacks", "parity-adds", "parity-missing", "parity-extra", "differs-unneeded"},
}

// forgetFollowing drops the findings that only follow from files that could not be read (l.Lost), from misspelt top-level keys, or from
// wrong entries (see forgetOfWrong).
func (l *loader) forgetFollowing() {
	for _, path := range append(l.tellMisspelt(), l.Lost...) {
		for folder := range following {
			if strings.HasSuffix(folder, "/") && strings.HasPrefix(path, folder) {
				path = folder
			}
		}
		l.forget(following[path]...)
	}
	l.forgetOfWrong()
}

// tellMisspelt returns the files in which a top-level key is misspelt, such as "fact:" in text/ja.yaml. Nothing below such a key was read.
// It also drops the finding of checkSections that the right key is missing. (If a required key is misspelt, strictyaml itself does not
// report it as missing.)
func (l *loader) tellMisspelt() []string {
	var files []string
	meant := map[string][]string{} // the right keys, by file
	for _, d := range l.Found.List {
		if d.Code == "yaml-unknown-key" && d.Column == 1 && len(d.Args) > 2 {
			near, _ := d.Args[2].(diag.Near)
			if key := near.String(); key != "" {
				meant[d.File] = append(meant[d.File], key)
				files = append(files, strings.TrimPrefix(d.File, l.Name+"/"))
			}
		}
	}
	l.Found.List = slices.DeleteFunc(l.Found.List, func(d diag.Diagnostic) bool {
		return d.Code == "yaml-missing-key" && d.Line == 1 && slices.Contains(meant[d.File], name(d))
	})
	return files
}

// forgetOfWrong drops the findings that only follow from a wrong entry of a file. Such an entry is a fact without a value, a term without a
// name, an insurer without a profile, or a question that could not be read. Until the entry is corrected, nobody knows what it says.
func (l *loader) forgetOfWrong() {
	wrong := l.wrongFacts()
	terms := slices.ContainsFunc(l.Found.List, func(d diag.Diagnostic) bool {
		return d.Severity() == diag.Error && path.Base(d.File) == "glossary.yaml"
	})
	formats := slices.ContainsFunc(l.Found.List, func(d diag.Diagnostic) bool {
		return d.Severity() == diag.Error && strings.HasPrefix(d.File, l.Name+"/text/") // then words of values are missing in sentences
	})
	wrongPages := map[ownPage]bool{} // the pages whose text in the default language could not be read
	for _, d := range l.Found.List {
		unread := d.Line == 0 || strings.HasPrefix(string(d.Code), "yaml-") || strings.HasPrefix(string(d.Code), "front-matter") || strings.HasPrefix(string(d.Code), "passage-")
		isText := l.Site.Default != nil && (path.Base(d.File) == l.Site.Default.ID+".md" || strings.HasSuffix(d.File, "."+l.Site.Default.ID+".md")) // Default is nil if no language could be read
		if unread && isText && d.Severity() == diag.Error {
			wrongPages[l.pageOf(d.File)] = true
		}
	}
	unnamed := l.withoutTerm()
	l.Found.List = slices.DeleteFunc(l.Found.List, func(d diag.Diagnostic) bool {
		switch d.Code {
		case "fact-unknown":
			return wrong[name(d)] && l.isWithoutDay(name(d))
		case "variant-open", "variant-overlap", "variant-gap", "period-reversed":
			return len(wrong) > 0 && path.Base(d.File) != "facts.yaml" && strings.Contains(d.Excerpt, "fact:")
		case "parity-lacks", "parity-adds", "parity-papers":
			return (terms || unnamed[path.Dir(d.File)]) && strings.HasPrefix(name(d), "{term:")
		case "translation-stale":
			return unnamed[path.Dir(d.File)]
		case "coverage-insurer":
			return slices.Contains(l.unread, argument(d, 1)) || slices.Contains(l.unread, "")
		case "coverage-untold":
			return isUntoldOf(d, wrongPages)
		}
		return (len(wrong) > 0 || len(unnamed) > 0 || terms || formats) && strings.HasPrefix(string(d.Code), "style-")
	})
}

// ownPage is a question's page. `insurer` is "" if the text is common to the sites of all insurers.
type ownPage struct{ insurer, question string }

// pageOf returns the page to which a file of a question's folder belongs. The file may be an insurer's own, below profiles/.
func (l *loader) pageOf(file string) ownPage {
	page := ownPage{question: path.Base(path.Dir(file))}
	if own, is := strings.CutPrefix(file, l.Name+"/profiles/"); is {
		page.insurer, _, _ = strings.Cut(own, "/")
	}
	return page
}

// isUntoldOf reports whether a finding is about a page of an insurer's site that does not mention a policy or a fact, and this page is in
// `pages`. An entry of `pages` without an insurer stands for the page on every site.
func isUntoldOf(d diag.Diagnostic, pages map[ownPage]bool) bool {
	question, insurer := argument(d, 2), argument(d, 3)
	return d.Code == "coverage-untold" && (pages[ownPage{"", question}] || pages[ownPage{insurer, question}])
}

// withoutTerm returns the folders of the texts that refer to a term that does not exist. Such a text seems to name fewer papers than it
// does. So its translations seem to name different papers, or to be stale.
func (l *loader) withoutTerm() map[string]bool {
	folders := map[string]bool{}
	for _, d := range l.Found.List {
		if d.Code == "term-unknown" {
			folders[path.Dir(d.File)] = true
		}
	}
	return folders
}

// isWithoutDay reports whether a fact of facts.yaml was not read in full: it has no kind, or it is a day or month without a date.
func (l *loader) isWithoutDay(id string) bool {
	fact := l.Site.Fact(id)
	return fact != nil && (fact.Kind == "" || (fact.Kind == schema.DateFact || fact.Kind == schema.MonthFact) && fact.Date == civil.Unset)
}

// wrongFacts returns the ids of the facts with an error between their line in facts.yaml and the line of the next fact. For an error above
// the first fact, the result has the id "".
func (l *loader) wrongFacts() map[string]bool {
	wrong := map[string]bool{}
	if l.FactFile == nil {
		return wrong
	}
	for _, d := range l.Found.List {
		if d.Severity() != diag.Error || d.File != l.FactFile.Name || d.Line == 0 {
			continue
		}
		id, last := "", 0
		for _, fact := range l.Site.Facts {
			if line := l.FactFile.Place(fact.Offset).Line; line <= d.Line && line > last {
				id, last = fact.ID, line
			}
		}
		wrong[id] = true
	}
	return wrong
}

// forget drops all findings with these codes.
func (l *loader) forget(codes ...diag.Code) {
	l.Found.List = slices.DeleteFunc(l.Found.List, func(d diag.Diagnostic) bool { return slices.Contains(codes, d.Code) })
}

// unknownNames has the codes of findings about a name that does not exist. The first argument of such a finding is the name. There is a
// finding at each use of the name, so one slip in its declaration causes many findings.
var unknownNames = []diag.Code{
	"fact-unknown", "term-unknown", "source-unknown", "question-unknown", "question-renamed", "question-gone", "policy-unknown", "topic-unknown", "language-unknown", "picture-unknown",
}

// fold merges the findings that one slip causes. If more than fewPlaces findings have the same key of sameSlip, it merges them into the
// first. It merges any number of findings about left-over records of one text. If the declaration of a name has the slip and its uses are
// right, it reports only the declaration.
func (l *loader) fold() {
	l.tellLanguageSlip()
	l.forgetOfUnknownTopics()
	if l.tellSlips() {
		l.forget("coverage-untold") // these findings may be wrong: a page that mentions the declared name counts as not mentioning it
	}
	l.forgetUntoldOfLost()
	l.forgetOfSlippedWords()
	l.forgetOfFileNames()
	l.tellRenamed()
	diag.Sort(l.Found.List)
	places := map[string]int{}
	for _, d := range l.Found.List {
		places[sameSlip(d)]++
	}
	l.Found.List = diag.Gather(l.Found.List, func(d diag.Diagnostic) string {
		if slip := sameSlip(d); places[slip] > fewPlaces || d.Code == "record-left" {
			return slip
		}
		return ""
	})
}

// forgetUntoldOfLost drops the coverage-untold findings about a page if a text of that page has errors. That text was left out, so what it
// mentions is unknown. It also drops the findings about links to anchors of a text with a block of code, which hides the headings in it.
func (l *loader) forgetUntoldOfLost() {
	lost, fenced := map[ownPage]bool{}, map[string]bool{}
	for _, d := range l.Found.List {
		if d.Severity() == diag.Error && path.Ext(d.File) == ".md" {
			lost[l.pageOf(d.File)] = true
		}
		if d.Code == "code-fenced" {
			fenced[l.pageOf(d.File).question] = true
		}
	}
	toFenced := func(d diag.Diagnostic) bool {
		_, from, linked := strings.Cut(d.Excerpt, "faq:")
		question, _, _ := strings.Cut(from, "#"+name(d))
		return linked && fenced[question] || strings.Contains(d.Excerpt, "(#"+name(d)) && fenced[l.pageOf(d.File).question]
	}
	l.Found.List = slices.DeleteFunc(l.Found.List, func(d diag.Diagnostic) bool {
		return isUntoldOf(d, lost) || d.Code == "anchor-unknown" && toFenced(d)
	})
}

// forgetOfSlippedWords drops the findings about uses of a word whose declaration in text/ has a slip, which is reported there. It also drops
// the finding that a map of formats lacks an entry, if its key is misspelt on the same line.
func (l *loader) forgetOfSlippedWords() {
	meant, keys := map[string]bool{}, map[diag.Place][]string{}
	for _, d := range l.Found.List {
		switch {
		case d.Code == "name-slip" && strings.HasPrefix(d.File, l.Name+"/text/"):
			meant[argument(d, 1)] = true
		case d.Code == "yaml-unknown-key":
			place := diag.Place{File: d.File, Line: d.Line}
			keys[place] = append(keys[place], name(d))
		}
	}
	l.Found.List = slices.DeleteFunc(l.Found.List, func(d diag.Diagnostic) bool {
		switch d.Code {
		case "value-unknown", "yaml-unknown-key":
			return meant[name(d)]
		case "format-entry-missing":
			return diag.Nearest(argument(d, 1), keys[diag.Place{File: d.File, Line: d.Line}]) != ""
		}
		return false
	})
}

// misnamed is a file whose name has a slip. `meant` is the start of the name that it should have, or "" if that is unknown.
type misnamed struct{ file, meant string }

// misnamedFiles returns the files whose names have a slip.
func (l *loader) misnamedFiles() (list []misnamed) {
	for _, d := range l.Found.List {
		switch d.Code {
		case "passage-nowhere":
			if meant := fmt.Sprint(d.Args[2]); meant != "" {
				list = append(list, misnamed{d.File, meant + "."}, misnamed{d.File, name(d) + "."})
			}
		case "file-ending":
			list = append(list, misnamed{d.File, argument(d, 1)})
		case "file-copy":
			stem := strings.FieldsFunc(path.Base(d.File), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if len(stem) > 0 {
				list = append(list, misnamed{d.File, stem[0] + "."})
			}
		}
	}
	return list
}

// forgetOfFileNames drops the findings that follow from a slip in the name of a file in the same folder: that the right file is missing,
// and that a passage does not begin with the heading of its name.
func (l *loader) forgetOfFileNames() {
	files := l.misnamedFiles()
	isMeant := func(file string) bool {
		return slices.ContainsFunc(files, func(m misnamed) bool {
			return path.Dir(m.file) == path.Dir(file) && strings.HasPrefix(path.Base(file), m.meant)
		})
	}
	l.Found.List = slices.DeleteFunc(l.Found.List, func(d diag.Diagnostic) bool {
		switch d.Code {
		case "passage-heading":
			return slices.ContainsFunc(files, func(m misnamed) bool { return m.file == d.File })
		case "passage-language":
			return isMeant(path.Join(path.Dir(d.File), argument(d, 1)))
		case "translation-missing":
			return isMeant(path.Join(d.File, argument(d, 1)))
		case "file-missing":
			return isMeant(d.File)
		}
		return false
	})
}

// forgetOfUnknownTopics drops the findings that a question does not exist, if the question has a folder, but in a topic that does not
// exist.
func (l *loader) forgetOfUnknownTopics() {
	var topics []string
	for _, d := range l.Found.List {
		if d.Code == "topic-unknown" && d.Line == 0 {
			topics = append(topics, strings.TrimPrefix(d.File, l.Name+"/"))
		}
	}
	l.Found.List = slices.DeleteFunc(l.Found.List, func(d diag.Diagnostic) bool {
		return d.Code == "question-unknown" && name(d) != "" && slices.ContainsFunc(topics, func(topic string) bool {
			return l.Has(path.Join(topic, name(d)))
		})
	})
}

// tellRenamed looks for the new id of each question that does not exist. If it finds one, it changes the finding: the finding then names
// the new id, and has an edit that writes it. If the question was removed, it changes the finding to say so.
func (l *loader) tellRenamed() {
	now, files := map[string]string{}, map[string]*diag.File{}
	for i, d := range l.Found.List {
		if d.Code != "question-unknown" {
			continue
		}
		id := name(d)
		if _, looked := now[id]; !looked {
			now[id] = l.renamed(id)
		}
		if now[id] != "" {
			d.Code, d.Args = "question-renamed", []any{id, now[id]}
			l.Found.List[i] = l.mendRenamed(d, files)
		} else if to, gone := l.gone(id); gone {
			l.Found.List[i].Code, l.Found.List[i].Args = "question-gone", []any{id, to}
		}
	}
}

// gone reports whether the id of a question that does not exist was in use earlier: redirects.yaml names it, or translations of it are
// recorded. It also returns the id of the question that replaces it in redirects.yaml, or "".
func (l *loader) gone(id string) (to string, gone bool) {
	for _, redirect := range l.Site.Redirects {
		if redirect.From == id {
			if redirect.To != nil {
				to = redirect.To.ID
			}
			return to, true
		}
	}
	return "", slices.ContainsFunc(l.Site.Left, func(left site.Left) bool { return path.Base(left.Path) == id })
}

// mendRenamed adds an edit to a finding about a renamed question. The old id is at the position of the finding, or after "faq:" if a link's
// destination is there. `files` caches the files that were read, by name. A finding without a line, or whose file cannot be read, gets no
// edit.
func (l *loader) mendRenamed(d diag.Diagnostic, files map[string]*diag.File) diag.Diagnostic {
	if d.Line == 0 {
		return d
	}
	f := files[d.File]
	if f == nil {
		var err error
		if f, _, err = plaintext.Read(l.Content, l.Name, strings.TrimPrefix(strings.TrimPrefix(d.File, l.Name), "/")); err != nil {
			return d
		}
		files[d.File] = f
	}
	at := f.Offset(d.Line, d.Column)
	if bytes.HasPrefix(f.Data[at:], []byte("faq:")) {
		at += len("faq:")
	}
	return f.Mendable(d, diag.Edit{Offset: at, Old: name(d), New: argument(d, 1)})
}

// renamed returns the new id of a question that no longer exists, or "" if it finds none. The records of translations still have the old
// id. The new question is the one with the most units whose text is in these records. These units must be more than half of the recorded
// ones. Units that have a record of their own do not count.
func (l *loader) renamed(id string) string {
	recorded := map[string]string{}
	for _, left := range l.Site.Left {
		if path.Base(left.Path) == id {
			recorded[left.Unit] = left.Print
		}
	}
	same, most, best := map[string]map[string]bool{}, len(recorded)/2, ""
	for _, u := range l.Site.Units {
		if u.Question == nil || u.State != site.Unrecorded || recorded[u.Name] != u.Print {
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

// fewPlaces is the maximum number of findings about the same slip that are reported separately.
const fewPlaces = 3

// sameSlip returns a key that is equal for findings that may have the same cause, or "" for a finding that is never merged.
func sameSlip(d diag.Diagnostic) string {
	switch {
	case d.Code == "day-to-come":
		return string(d.Code)
	case d.Code == "coverage-insurer": // one slip for all findings about one document
		return string(d.Code) + " " + argument(d, 1)
	case d.Code == "record-left": // one slip for all records of one text, or of one insurer, in every language
		of, _, _ := strings.Cut(name(d), " ")
		if parts := strings.SplitN(of, "/", 3); parts[0] == "profiles" && len(parts) > 1 {
			of = parts[1]
		}
		return string(d.Code) + " " + of
	case slices.Contains(unknownNames, d.Code):
		return string(d.Code) + " " + name(d)
	}
	return ""
}

// name returns the name that a finding is about, which is its first argument. It returns "" if there is no argument, or if the first one
// is not a string.
func name(d diag.Diagnostic) string { return argument(d, 0) }

// argument returns argument i of a finding, or "" if the finding has no such argument or the argument is not a string.
func argument(d diag.Diagnostic, i int) string {
	if i >= len(d.Args) {
		return ""
	}
	text, _ := d.Args[i].(string)
	return text
}
