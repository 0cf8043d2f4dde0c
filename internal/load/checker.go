package load

import (
	"reflect"
	"strings"

	"sitegen/internal/checkerpage"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/rules"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/typeset"
)

const (
	checkerFile   = "rules/page.yaml"
	checkerFolder = "rules/text/"
)

// loadChecker reads rules/page.yaml and the checker's words in each language. If the content has no folder rules, the site has no
// checker.
func (l *loader) loadChecker() error {
	if !l.Has("rules") {
		return nil
	}
	var y checkerpage.File
	f, err := l.Decode(checkerFile, &y)
	if err != nil {
		return err
	}
	for _, entry := range y.Explain {
		if id := entry.Value; id.Value != "" && l.Site.Question(id.Value) == nil { // an empty text is already reported
			l.Report(l.Site.NoQuestion(f, id.Offset, id.Value))
		}
	}
	for _, entry := range y.Drawn() {
		l.Report(l.CheckPicture(f, entry.Value)...)
	}
	l.Site.Checker = checkerpage.New(f, y)
	for _, language := range l.Site.CompleteFirst() {
		if err := l.loadCheckerWords(language); err != nil {
			return err
		}
	}
	l.compareCheckerWords()
	return l.checkMeanings()
}

// checkMeanings reports values of facts that are typed into the words for editors in the rules' files. These words appear in reports
// about changed rules, so a typed value would contradict its fact as soon as the fact changes.
func (l *loader) checkMeanings() error {
	in := map[string]*site.Language{}
	for _, language := range l.Site.Languages {
		if in[language.Lang] == nil {
			in[language.Lang] = language
		}
	}
	for _, name := range []string{rules.InputsFile, rules.VocabularyFile, rules.ConditionsFile, rules.DecideFile, rules.InterviewFile, rules.LawsFile} {
		if !l.Has(name) {
			continue
		}
		f, found, err := plaintext.Read(l.Content, l.Reading.Name, name)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			continue // package rulefile reports these mistakes
		}
		for _, text := range strictyaml.Below(f, "ja", "en") {
			if language := in[text.Key.Value]; language != nil {
				l.CheckMeaning(f, language, text.Value)
			}
		}
	}
	return nil
}

func (l *loader) loadCheckerWords(language *site.Language) error {
	var y checkerpage.WordsYAML
	name := checkerFolder + language.ID + ".yaml"
	if language.Growing && !l.Has(name) {
		language.Checker = &site.CheckerWords{}
		typeset.StandInWords(language, language.Checker, language.Fallback.Checker)
		return nil
	}
	f, err := l.Decode(name, &y)
	if err != nil {
		return err
	}
	l.checkSections(language, f, y)
	language.Checker = l.CheckerWords(language, site.WrittenWords{File: f, Words: y}, nil)
	if language.Growing {
		typeset.StandInWords(language, language.Checker, language.Fallback.Checker)
	}
	return nil
}

// checkSections reports the sections that are missing from a complete language's file of words. Only growing languages may leave out
// the sections with the tag growing:"omit". `words` is the decoded file.
func (l *loader) checkSections(language *site.Language, f *diag.File, words any) {
	v := reflect.ValueOf(words)
	if language.Base.Growing || v.IsZero() { // if `words` is zero, the file was empty or could not be read, which is already reported
		return
	}
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		if tag.Get("growing") == "omit" && v.Field(i).IsNil() {
			key, _, _ := strings.Cut(tag.Get("yaml"), ",")
			l.Report(f.AtLine(1, 1, "yaml-missing-key", key))
		}
	}
}
