package site

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/strictyaml"
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
		written, slots := text.Value, slotForm.FindAllString(text.Value, -1)
		text.Value = slotForm.ReplaceAllStringFunc(text.Value, func(slot string) string { return strings.Repeat(" ", len(slot)) })
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
	for i, w := range files[1:] {
		c := &comparison{source: source.file, file: w.file, from: source.language, language: w.language, differs: w.differs, end: len(w.file.Data), words: true}
		c.compare(source.units, w.units)
		for _, other := range files[:i+1] {
			for j := range w.units {
				if u := &w.units[j]; other.has(u) {
					c.same(u.name, other.language)
				}
			}
		}
		c.unneeded()
		l.reportParity(c.found)
		l.followWords(path, source, w)
	}
}

// has reports whether the file has a unit with the same words.
func (w wordsOfLanguage) has(u *unit) bool {
	return slices.ContainsFunc(w.units, func(other unit) bool { return other.name == u.name && other.raw == u.raw })
}

// compareTexts compares the words of the interface.
func (l *loader) compareTexts(texts map[*Language]*textFile) {
	var files []wordsOfLanguage
	for _, language := range l.site.defaultFirst() {
		if text := texts[language]; text.file != nil {
			files = append(files, wordsOfLanguage{language, text.file, wordUnits(text.file, "", reflect.ValueOf(*text)), text.Differs})
		}
	}
	l.compareWords("text", files)
}

// compareCheckerWords compares the words of the checker.
func (l *loader) compareCheckerWords() {
	var files []wordsOfLanguage
	for _, language := range l.site.defaultFirst() {
		if w, ok := l.checkerWords[language]; ok && w.file != nil {
			files = append(files, wordsOfLanguage{language, w.file, wordUnits(w.file, "", reflect.ValueOf(w.y)), w.y.Differs})
		}
	}
	l.compareWords("rules/text", files)
}

// compareShared compares texts that stand beside those of other languages in one file: write lists the units of a
// language, and what they differ in.
func (l *loader) compareShared(path string, f *diag.File, write func(*Language) ([]unit, differsYAML)) {
	var files []wordsOfLanguage
	for _, language := range l.site.defaultFirst() {
		units, differs := write(language)
		files = append(files, wordsOfLanguage{language, f, units, differs})
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
	})
}
