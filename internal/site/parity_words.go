package site

import (
	"reflect"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// wordsOfLanguage has the texts of one language in a file of words, as units.
type wordsOfLanguage struct {
	language *Language
	file     *diag.File
	units    []parity.Unit
	differs  parity.Differs
	allow    func(unit, kind string) string // see parity.Comparison.Allow
}

// compareWords compares files of words with the first file, which must be that of the default language. It reports units that have the
// same words as in a file before them. It also follows the translations. path is the name of the files in the records.
func (l *loader) compareWords(path string, files []wordsOfLanguage) {
	if len(files) == 0 || files[0].language.base != l.site.Default.base {
		return
	}
	source := files[0]
	for i := range source.differs {
		l.report(source.file.At(source.differs[i].Key.Offset, "differs-source"))
	}
	words := make([]map[parity.Said]bool, len(files))
	for i, w := range files {
		words[i] = parity.SaidIn(w.units)
	}
	for i, w := range files[1:] {
		c := &parity.Comparison{Source: source.file, File: w.file, From: source.language.compared(), Language: w.language.compared(), Differs: w.differs, End: len(w.file.Data), Words: true, Allow: w.allow}
		c.Compare(source.units, w.units)
		for j, other := range files[:i+1] {
			for k := range w.units {
				if u := &w.units[k]; words[j][parity.Said{Name: u.Name, Raw: u.Raw}] {
					c.Same(u.Name, other.language.compared())
				}
			}
		}
		c.Unneeded()
		l.reportParity(c.Found.List)
		l.followWords(path, source, w)
	}
}

// compareTexts compares the words of the interface.
func (l *loader) compareTexts(texts map[*Language]*textFile) {
	var files []wordsOfLanguage
	for _, language := range l.site.defaultFirst() {
		if text := texts[language]; text.file != nil {
			files = append(files, wordsOfLanguage{language, text.file, parity.Words(text.file, "", reflect.ValueOf(*text)), text.Differs, nil})
		}
	}
	l.compareWords("text", files)
}

// compareCheckerWords compares the words of the checker.
func (l *loader) compareCheckerWords() {
	var files []wordsOfLanguage
	for _, language := range l.site.defaultFirst() {
		if w, ok := l.checkerWords[language]; ok && w.file != nil {
			files = append(files, wordsOfLanguage{language, w.file, parity.Words(w.file, "", reflect.ValueOf(w.y)), w.y.Differs, nil})
		}
	}
	l.compareWords("rules/text", files)
}

// compareShared compares the texts of all languages in one file. write returns the units of a language and its differs map. allow returns
// the line that allows a difference. path is the name of the file in the records.
func (l *loader) compareShared(path string, f *diag.File, write func(*Language) ([]parity.Unit, parity.Differs), allow func(l *Language, unit, kind string) string) {
	var files []wordsOfLanguage
	for _, language := range l.site.defaultFirst() {
		units, differs := write(language)
		files = append(files, wordsOfLanguage{language, f, units, differs, func(unit, kind string) string { return allow(language, unit, kind) }})
	}
	l.compareWords(path, files)
}

// compareGlossary compares the names and meanings of terms.
func (l *loader) compareGlossary(g *glossaryFile) {
	l.compareShared("glossary", g.file, func(language *Language) (units []parity.Unit, differs parity.Differs) {
		for _, y := range g.Terms {
			if words, ok := y.Words.Get(language.ID); ok {
				units = append(units, parity.Inline(g.file, y.ID.Value+".name", words.Name), parity.Inline(g.file, y.ID.Value+".meaning", words.Meaning))
				for _, entry := range words.Differs {
					entry.Key.Value = y.ID.Value + "." + entry.Key.Value
					differs = append(differs, entry)
				}
			}
		}
		return units, differs
	}, func(_ *Language, unit, kind string) string {
		return "differs: {" + unit[strings.LastIndexByte(unit, '.')+1:] + ": {" + kind + ": …}}"
	})
}

// compareSources compares the labels of sources.
func (l *loader) compareSources(f *diag.File, sources strictyaml.Map[schema.Source]) {
	for _, y := range sources {
		checkLanguageKeys(l, f, y.Value.Differs)
	}
	l.compareShared("sources", f, func(language *Language) (units []parity.Unit, differs parity.Differs) {
		for _, y := range sources {
			if label, ok := y.Value.Label.Get(language.ID); ok {
				units = append(units, parity.Inline(f, y.Key.Value+".label", label))
			}
			for _, entry := range y.Value.Differs {
				if entry.Key.Value == language.ID {
					entry.Key.Value = y.Key.Value + ".label"
					differs = append(differs, entry)
				}
			}
		}
		return units, differs
	}, func(language *Language, _, kind string) string {
		return "differs: {" + language.ID + ": {" + kind + ": …}}"
	})
}

// compareOwnWords compares the insurer's lead, its names and the names of its facts in each language with those in the default
// language.
func (p *profileLoader) compareOwnWords(f *diag.File) {
	write := func(language *Language) (units []parity.Unit) {
		add := func(name string, words *strictyaml.Map[strictyaml.Text]) {
			if words == nil {
				return
			}
			if text, ok := words.Get(language.ID); ok {
				units = append(units, parity.Inline(f, name, text))
			}
		}
		add("name", &p.y.Name)
		add("short", p.y.Short)
		add("lead", p.y.Lead)
		for _, fact := range p.y.Facts {
			add("facts."+fact.Key.Value, fact.Value.Name)
		}
		return units
	}
	checkLanguageKeys(&p.loader, f, p.y.Differs)
	for _, entry := range p.y.Differs {
		if entry.Key.Value == p.general.site.Default.ID {
			p.report(f.At(entry.Key.Offset, "differs-source"))
		}
	}
	source := write(p.site.Default)
	for _, language := range p.site.defaultFirst() {
		if language.base == p.site.Default.base {
			continue
		}
		differs, _ := p.y.Differs.Get(language.ID)
		c := &parity.Comparison{Source: f, File: f, From: p.site.Default.compared(), Language: language.compared(), Differs: differs, End: len(f.Data), Words: true, Allow: func(unit, kind string) string {
			return "differs: {" + language.ID + ": {" + unit + ": {" + kind + ": …}}}"
		}}
		c.Compare(source, write(language))
		c.Unneeded()
		p.reportParity(c.Found.List)
	}
}

// comparePassages compares an insurer's passages in each language with those in the default language.
func (p *profileLoader) comparePassages(parts []*passage) {
	for _, part := range parts {
		if part.body == nil || len(part.found) > 0 {
			continue
		}
		if part.language.base == p.site.Default.base {
			if len(part.differs) > 0 {
				p.report(part.file.At(part.differs[0].Key.Offset, "differs-source"))
			}
			continue
		}
		at := slices.IndexFunc(parts, func(other *passage) bool {
			return other.question == part.question && other.anchor == part.anchor && other.language.base == p.site.Default.base && other.body != nil && len(other.found) == 0
		})
		if at < 0 {
			continue // the passage in the default language is missing or has mistakes, which is already reported
		}
		source := parts[at]
		c := &parity.Comparison{Source: source.file, File: part.file, From: source.language.compared(), Language: part.language.compared(), Differs: part.differs, End: len(part.file.Data)}
		units := parity.Sections(part.file, part.body)
		c.Compare(parity.Sections(source.file, source.body), units)
		for _, other := range parts {
			if other == part || other.question != part.question || other.anchor != part.anchor || other.body == nil || !p.site.before(other.language, part.language) {
				continue
			}
			theirs := parity.SaidIn(parity.Sections(other.file, other.body))
			for i := range units {
				if theirs[parity.Said{Name: units[i].Name, Raw: units[i].Raw}] {
					c.Same(units[i].Name, other.language.compared())
				}
			}
		}
		c.Unneeded()
		p.reportParity(c.Found.List)
	}
}
