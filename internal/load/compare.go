package load

import (
	"reflect"
	"strings"

	"sitegen/internal/declare"
	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/translations"
	"sitegen/internal/typeset"
)

// compareTexts compares text/<lang>.yaml of each language with the file of the default language.
func (l *loader) compareTexts(texts map[*site.Language]*textFile) {
	var files []translations.Words
	for _, language := range l.Site.DefaultFirst() {
		if text := texts[language]; text.file != nil {
			files = append(files, translations.Words{Language: language, File: text.file, Units: parity.Words(text.file, "", reflect.ValueOf(*text)), Differs: text.Differs, Allow: nil})
		}
	}
	l.CompareWords("text", files)
}

// compareCheckerWords compares the words of the checker in each language with those in the default language.
func (l *loader) compareCheckerWords() {
	var files []translations.Words
	for _, language := range l.Site.DefaultFirst() {
		if w := language.Checker.Written; w.File != nil {
			files = append(files, translations.Words{Language: language, File: w.File, Units: parity.Words(w.File, "", reflect.ValueOf(w.Words)), Differs: w.Words.Differs, Allow: nil})
		}
	}
	l.CompareWords("rules/text", files)
}

// compareGlossary compares the names and meanings of terms in each language with those in the default language.
func (l *loader) compareGlossary(g *typeset.Glossary) {
	l.CompareShared("glossary", g.File, func(language *site.Language) (units []parity.Unit, differs parity.Differs) {
		for _, y := range g.Terms {
			if words, ok := y.Words.Get(language.ID); ok {
				units = append(units, parity.Inline(g.File, y.ID.Value+".name", words.Name), parity.Inline(g.File, y.ID.Value+".meaning", words.Meaning))
				for _, entry := range words.Differs {
					entry.Key.Value = y.ID.Value + "." + entry.Key.Value
					differs = append(differs, entry)
				}
			}
		}
		return units, differs
	}, func(_ *site.Language, unit, kind string) string {
		return "differs: {" + unit[strings.LastIndexByte(unit, '.')+1:] + ": {" + kind + ": …}}"
	})
}

// compareSources compares the labels of sources in each language with those in the default language.
func (l *loader) compareSources(f *diag.File, sources strictyaml.Map[schema.Source]) {
	for _, y := range sources {
		declare.CheckLanguageKeys(l.Reading, f, y.Value.Differs)
	}
	l.CompareShared("sources", f, func(language *site.Language) (units []parity.Unit, differs parity.Differs) {
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
	}, func(language *site.Language, _, kind string) string {
		return "differs: {" + language.ID + ": {" + kind + ": …}}"
	})
}

// compareOwnWords compares the insurer's lead, its names and the names of its facts in each language with those in the default
// language.
func (p *profileLoader) compareOwnWords(f *diag.File) {
	write := func(language *site.Language) (units []parity.Unit) {
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
	declare.CheckLanguageKeys(p.Reading, f, p.y.Differs)
	for _, entry := range p.y.Differs {
		if entry.Key.Value == p.General.Default.ID {
			p.Report(f.At(entry.Key.Offset, "differs-source"))
		}
	}
	source := write(p.Site.Default)
	p.Report(parity.ForeignSource(f, p.Site.Default.Compared(), source)...)
	for _, language := range p.Site.DefaultFirst() {
		if language.Base == p.Site.Default.Base {
			continue
		}
		differs, _ := p.y.Differs.Get(language.ID)
		c := &parity.Comparison{Source: f, File: f, From: p.Site.Default.Compared(), Language: language.Compared(), Differs: differs, End: len(f.Data), Words: true, Allow: func(unit, kind string) string {
			return "differs: {" + language.ID + ": {" + unit + ": {" + kind + ": …}}}"
		}}
		c.Compare(source, write(language))
		c.Unneeded()
		p.ReportDifferences(c.Found.List)
	}
}
