package site

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// slotMention is a slot that the page fills: {n}.
const slotMention markdown.MentionKind = "slot"

// untold are the keys of words files whose values no reader sees as they are.
var untold = []string{"to", "romaji", "from", "until", "formats", "differs"}

var textType = reflect.TypeFor[strictyaml.Text]()

// wordUnits returns the texts of a decoded file of words as units, named by their keys: ui.home, outcomes.lost.speak.1.own.
func wordUnits(f *diag.File, name string, value reflect.Value) []unit {
	switch {
	case value.Type() == textType:
		text := value.Interface().(strictyaml.Text)
		written := text.Value
		rest, slots := values.CutSlots(written)
		text.Value = rest
		u := inlineUnit(f, name, text)
		u.raw = written
		for _, slot := range slots {
			if strings.HasPrefix(name, "ui.") {
				break // told where they are filled
			}
			u.mentions = append(u.mentions, markdown.Mention{Kind: slotMention, What: strings.Trim(slot, "{}"), Offset: text.Offset})
		}
		return []unit{u}
	case value.Kind() == reflect.Pointer && !value.IsNil():
		return wordUnits(f, name, value.Elem())
	case value.Kind() == reflect.Slice:
		return listedUnits(f, name, value)
	case value.Kind() == reflect.Struct:
		var list []unit
		for i := range value.NumField() {
			key, _, _ := strings.Cut(value.Type().Field(i).Tag.Get("yaml"), ",")
			if key != "" && !slices.Contains(untold, key) {
				list = append(list, wordUnits(f, under(name, key), value.Field(i))...)
			}
		}
		return list
	}
	return nil
}

// listedUnits returns the units of a list, by number, or of an ordered map, by key.
func listedUnits(f *diag.File, name string, value reflect.Value) []unit {
	var list []unit
	for i := range value.Len() {
		item, key := value.Index(i), strconv.Itoa(i+1)
		if item.Kind() == reflect.Struct {
			if entry := item.FieldByName("Key"); entry.IsValid() && entry.Type() == textType {
				key, item = entry.Interface().(strictyaml.Text).Value, item.FieldByName("Value")
			}
		}
		list = append(list, wordUnits(f, under(name, key), item)...)
	}
	return list
}

func under(name, key string) string {
	if name == "" {
		return key
	}
	return name + "." + key
}

// wordsOfLanguage are a language's texts in a file of words.
type wordsOfLanguage struct {
	language *Language
	file     *diag.File
	units    []unit
	differs  differsYAML
	allow    func(unit, kind string) string // writes the line that allows a difference; nil: the file has a list, `differs:`
}

// compareWords compares files of words with that of the default language, which is the first, and follows what has changed
// there. The path stands for them in the records.
func (l *loader) compareWords(path string, files []wordsOfLanguage) {
	if len(files) == 0 || files[0].language.base != l.site.Default.base {
		return
	}
	source := files[0]
	for i := range source.differs {
		l.report(source.file.At(source.differs[i].Key.Offset, "differs-source"))
	}
	words := make([]map[said]bool, len(files))
	for i, w := range files {
		words[i] = saidIn(w.units)
	}
	for i, w := range files[1:] {
		c := &comparison{source: source.file, file: w.file, from: source.language, language: w.language, differs: w.differs, end: len(w.file.Data), words: true, allow: w.allow}
		c.compare(source.units, w.units)
		for j, other := range files[:i+1] {
			for k := range w.units {
				if u := &w.units[k]; words[j][said{u.name, u.raw}] {
					c.same(u.name, other.language)
				}
			}
		}
		c.unneeded()
		l.reportParity(c.found.List)
		l.followWords(path, source, w)
	}
}

// said are the words of a unit, with its name.
type said struct{ name, raw string }

// saidIn returns what some units say.
func saidIn(units []unit) map[said]bool {
	all := make(map[said]bool, len(units))
	for i := range units {
		all[said{units[i].name, units[i].raw}] = true
	}
	return all
}

// compareTexts compares the words of the interface.
func (l *loader) compareTexts(texts map[*Language]*textFile) {
	var files []wordsOfLanguage
	for _, language := range l.site.defaultFirst() {
		if text := texts[language]; text.file != nil {
			files = append(files, wordsOfLanguage{language, text.file, wordUnits(text.file, "", reflect.ValueOf(*text)), text.Differs, nil})
		}
	}
	l.compareWords("text", files)
}

// compareCheckerWords compares the words of the checker.
func (l *loader) compareCheckerWords() {
	var files []wordsOfLanguage
	for _, language := range l.site.defaultFirst() {
		if w, ok := l.checkerWords[language]; ok && w.file != nil {
			files = append(files, wordsOfLanguage{language, w.file, wordUnits(w.file, "", reflect.ValueOf(w.y)), w.y.Differs, nil})
		}
	}
	l.compareWords("rules/text", files)
}

// compareShared compares texts that stand beside those of other languages in one file: write lists the units of a
// language, and what they differ in.
func (l *loader) compareShared(path string, f *diag.File, write func(*Language) ([]unit, differsYAML), allow func(l *Language, unit, kind string) string) {
	var files []wordsOfLanguage
	for _, language := range l.site.defaultFirst() {
		units, differs := write(language)
		files = append(files, wordsOfLanguage{language, f, units, differs, func(unit, kind string) string { return allow(language, unit, kind) }})
	}
	l.compareWords(path, files)
}

// compareGlossary compares the names and meanings of terms.
func (l *loader) compareGlossary(g *glossaryFile) {
	l.compareShared("glossary", g.file, func(language *Language) (units []unit, differs differsYAML) {
		for _, y := range g.Terms {
			if words, ok := y.Words.Get(language.ID); ok {
				units = append(units, inlineUnit(g.file, y.ID.Value+".name", words.Name), inlineUnit(g.file, y.ID.Value+".meaning", words.Meaning))
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
		for _, entry := range y.Value.Differs {
			if l.language(entry.Key.Value) == nil {
				l.report(f.At(entry.Key.Offset, "language-unknown", entry.Key.Value, l.suggestLanguage(entry.Key.Value)))
			}
		}
	}
	l.compareShared("sources", f, func(language *Language) (units []unit, differs differsYAML) {
		for _, y := range sources {
			if label, ok := y.Value.Label.Get(language.ID); ok {
				units = append(units, inlineUnit(f, y.Key.Value+".label", label))
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

// comparePassages compares the passages of an insurer with those in the default language.
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
			continue // told
		}
		source := parts[at]
		c := &comparison{source: source.file, file: part.file, from: source.language, language: part.language, differs: part.differs, end: len(part.file.Data)}
		units := sectionUnits(part.file, part.body)
		c.compare(sectionUnits(source.file, source.body), units)
		for _, other := range parts {
			if other == part || other.question != part.question || other.anchor != part.anchor || other.body == nil || !p.site.before(other.language, part.language) {
				continue
			}
			theirs := saidIn(sectionUnits(other.file, other.body))
			for i := range units {
				if theirs[said{units[i].name, units[i].raw}] {
					c.same(units[i].name, other.language)
				}
			}
		}
		c.unneeded()
		p.reportParity(c.found.List)
	}
}
