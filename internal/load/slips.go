package load

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/site"
)

// slips collects declarations that probably have a slip: nothing uses the declared name, but a similar name is used and not declared.
type slips struct {
	places map[diag.Code]map[string]int // by code of a finding, then by undeclared name: how often the name is used
	told   []slip
}

// slip is the finding about a declaration, and what follows from it: the findings about the undeclared name, and those about the
// declared one, such as that it has no words.
type slip struct {
	finding diag.Diagnostic
	follows func(diag.Diagnostic) bool // whether a finding is a consequence of the slip
}

// lacking has, for each code of findings about an undeclared name, the code of findings that a declared name of that kind has no words.
var lacking = map[diag.Code]diag.Code{"fact-unknown": "fact-unnamed", "source-unknown": "", "topic-unknown": "topic-unnamed", "term-unknown": "", "policy-unknown": "words-missing"}

// tellSlips reports each slip in a declaration at the declaration, instead of its consequences. It returns whether it found any.
func (l *loader) tellSlips() bool {
	s := &slips{places: map[diag.Code]map[string]int{}}
	unnamed := map[string]bool{}
	for code := range lacking {
		s.places[code] = map[string]int{}
	}
	for _, d := range l.Found.List {
		if places := s.places[d.Code]; places != nil {
			places[name(d)]++
		} else if d.Code == "fact-unnamed" {
			unnamed[name(d)] = true
		}
	}
	for _, fact := range l.Site.Facts {
		if unnamed[fact.ID] && len(fact.Files) == 0 {
			s.tell("fact-unknown", l.FactFile, fact.Offset, fact.ID)
		}
	}
	used := l.usedSources()
	for _, source := range l.Site.Sources {
		if !used[source] {
			s.tell("source-unknown", l.SourceFile, source.Offset, source.ID)
		}
	}
	for _, topic := range l.Site.Topics {
		if !slices.ContainsFunc(l.Site.Questions, func(q *site.Question) bool { return q.Topic == topic }) {
			s.tell("topic-unknown", l.SiteFile, topic.Offset, topic.ID)
		}
	}
	for _, policy := range l.Site.Policies {
		if !slices.ContainsFunc(l.Site.Insurers, func(insurer *site.Site) bool { return insurer.Profile.Policies[policy.ID] != "" }) {
			s.tell("policy-unknown", l.PolicyFile, policy.Offset, policy.ID)
		}
	}
	if l.glossary != nil { // nil if loading ended before
		for _, term := range l.glossary.Terms {
			if !l.UsesTerm(term.ID.Value) {
				s.tell("term-unknown", l.glossary.File, term.ID.Offset, term.ID.Value)
			}
		}
	}
	l.replace(s.told)
	return len(s.told) > 0
}

// usedSources returns the sources that a fact or a question names.
func (l *loader) usedSources() map[*site.Source]bool {
	used := map[*site.Source]bool{}
	for _, fact := range l.Site.Facts {
		for _, source := range fact.Sources {
			used[source] = true
		}
	}
	for _, question := range l.Site.Questions {
		for _, source := range question.Sources {
			used[source] = true
		}
	}
	return used
}

// mostUnknown is the maximum number of undeclared names among which slips are looked for. If there are more, the cause is probably not
// a slip, and comparing each of them with every unused name would take long.
const mostUnknown = 100

// tell adds a slip in a name declared at an offset of f, if a similar name is undeclared and used at least twice.
func (s *slips) tell(unknown diag.Code, f *diag.File, offset int, declared string) {
	places := s.places[unknown]
	if len(places) > mostUnknown {
		return
	}
	meant := diag.Nearest(declared, slices.Sorted(maps.Keys(places)))
	if meant == "" || meant == declared || places[meant] < 2 { // a name that is used only once may have the slip in that use
		return
	}
	delete(places, meant)
	s.told = append(s.told, slip{f.At(offset, "name-slip", declared, meant), func(d diag.Diagnostic) bool {
		switch d.Code {
		case unknown:
			return name(d) == meant
		case "words-missing", "words-missing-braces":
			return lacking[unknown] == "words-missing" && slices.ContainsFunc(d.Args, func(arg any) bool {
				line, _ := arg.(string)
				return strings.HasPrefix(strings.TrimSpace(line), declared+":")
			})
		}
		return d.Code == lacking[unknown] && name(d) == declared
	}})
}

// replace replaces the findings that follow from slips with the findings about the slips.
func (l *loader) replace(list []slip) {
	l.Found.List = slices.DeleteFunc(l.Found.List, func(d diag.Diagnostic) bool {
		at := slices.IndexFunc(list, func(s slip) bool { return s.follows(d) })
		if at >= 0 {
			list[at].finding.Others++
		}
		return at >= 0
	})
	for _, s := range list {
		l.Found.List = append(l.Found.List, s.finding)
	}
}

// tellLanguageSlip reports a slip in the id of a language at the id, instead of its consequences: the language has no words, but there are
// words of a language with a similar id that site.yaml does not declare. Every text of that language seems to be left over, and every text
// of the declared one to be missing.
func (l *loader) tellLanguageSlip() {
	var told []slip
	for _, language := range l.Site.Languages {
		if l.Has(path.Join("text", language.ID+".yaml")) {
			continue
		}
		if meant := diag.Nearest(language.ID, l.undeclaredLanguages()); meant != "" {
			finding := l.SiteFile.At(language.Offset, "name-slip", language.ID, meant)
			told = append(told, slip{finding, func(d diag.Diagnostic) bool { return isAboutLanguage(d, language.ID, meant) }})
		}
	}
	l.replace(told)
}

// undeclaredLanguages returns the ids of languages that have words in the folder text, but are not in site.yaml.
func (l *loader) undeclaredLanguages() (list []string) {
	entries, err := fs.ReadDir(l.Content, "text")
	if err != nil {
		return nil // a finding says that the folder is missing
	}
	for _, entry := range entries {
		if id, is := strings.CutSuffix(entry.Name(), ".yaml"); is && l.Site.Language(id) == nil {
			list = append(list, id)
		}
	}
	return list
}

// isAboutLanguage reports whether a finding is about a file of one of these languages, or names one of them.
func isAboutLanguage(d diag.Diagnostic, ids ...string) bool {
	isOf := func(text string) bool {
		parts := strings.Split(path.Base(text), ".")
		return slices.ContainsFunc(ids, func(id string) bool {
			return text == id || len(parts) > 1 && parts[len(parts)-2] == id
		})
	}
	return isOf(d.File) || slices.ContainsFunc(d.Args, func(arg any) bool {
		text, _ := arg.(string)
		return slices.ContainsFunc(strings.Split(text, ", "), isOf)
	})
}
