package site

import (
	"maps"
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// wordList is one of the maps in the default language's formats whose keys are the allowed words of values.
type wordList uint8

const (
	dayWords wordList = iota
	closedWords
	unitWords
	boundWords
)

// valueWord is a word in the value of a fact. The formats must have the word, but they are read after the values.
type valueWord struct {
	file *diag.File
	text strictyaml.Text
	list wordList
}

// noteWords records the words of a fact that checkWords will compare with the formats.
func (l *loader) noteWords(f *diag.File, y *schema.Fact) {
	if y.Closed != nil {
		l.words = append(l.words, valueWord{f, *y.Closed, closedWords})
	}
	values := []*schema.Fact{y}
	for i := range y.Variants {
		values = append(values, y.Variants[i].Fact())
	}
	for _, value := range values {
		if d := value.Duration; d != nil {
			if schema.Units.Has(d.Unit.Value) { // a different unit is already reported
				l.words = append(l.words, valueWord{f, d.Unit, unitWords})
			}
			if d.Bound != nil && schema.Bounds.Has(d.Bound.Value) {
				l.words = append(l.words, valueWord{f, *d.Bound, boundWords})
			}
		}
		if value.Hours == nil {
			continue
		}
		for _, h := range *value.Hours {
			l.words = append(l.words, valueWord{f, h.Days, dayWords})
		}
	}
}

// checkWords reports the recorded words that the default language's formats lack.
func (l *loader) checkWords() {
	if l.site.Default == nil || l.site.Default.Writer == nil {
		return
	}
	formats := l.site.Default.Formats
	if formats.IsEmpty() {
		return
	}
	known := map[wordList][]string{
		dayWords:    append(slices.Sorted(maps.Keys(formats.Hours.Days)), schema.AlwaysOpen),
		closedWords: slices.Sorted(maps.Keys(formats.Hours.Closed)),
		unitWords:   slices.Sorted(maps.Keys(formats.Duration)),
		boundWords:  slices.Sorted(maps.Keys(formats.Bounds)),
	}
	for _, w := range l.words {
		l.report(schema.CheckWord(w.file, w.text, known[w.list])...)
	}
	l.words = nil
}
