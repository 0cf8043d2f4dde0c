// Package load reads the authors' files into the model of a site. The input is the content folder and the day of the build. The output is a
// [site.Site], and every finding.
//
// Begin with [Site] in load.go, and loader.run, which calls the steps in order. Packages declare, typeset, translations and questions do
// most of the work. This package reads the remaining files of the content itself: texts.go and checker.go (words), profiles.go (insurers),
// queries.go, redirects.go and coverage.go. compare.go compares the words of languages, fold.go drops and merges findings with the same
// cause, and slips.go finds slips in declarations.
package load

import (
	"io/fs"

	"sitegen/internal/civil"
	"sitegen/internal/declare"
	"sitegen/internal/diag"
	"sitegen/internal/questions"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/translations"
	"sitegen/internal/typeset"
	"sitegen/internal/values"
)

// Site reads the content folder, checks it and resolves every reference. `name` is the folder's name in messages, and `today` is the day
// for which the site is built. Site returns the site and the findings about the content, sorted. The site is complete only if no finding is
// an error. A Go error means that the folder could not be read.
func Site(content fs.FS, name string, today civil.Date) (*site.Site, []diag.Diagnostic, error) {
	return loadFolder(declare.NewReading(content, name, today), false)
}

// Preview loads the content folder for its authors. It differs from Site in three ways: drafts are included, a stale translation is
// only a warning, and differences between translations are not reported.
func Preview(content fs.FS, name string, today civil.Date) (*site.Site, []diag.Diagnostic, error) {
	r := declare.NewReading(content, name, today)
	r.Preview = true
	return loadFolder(r, false)
}

// Follow loads the content folder like Site. It compares translations with their records even if the folder has no records, so that the
// site's Units list every translated unit.
func Follow(content fs.FS, name string, today civil.Date) (*site.Site, []diag.Diagnostic, error) {
	return loadFolder(declare.NewReading(content, name, today), true)
}

// loadFolder does the work of Site, Preview and Follow. If `following` is true, it lists every translated unit with its state, even if the folder
// has no records; each of these units then counts as not recorded.
func loadFolder(r *declare.Reading, following bool) (*site.Site, []diag.Diagnostic, error) {
	l := &loader{Reading: r, Names: &declare.Names{Reading: r}, Follower: translations.New(r, following)}
	linked := schema.LinkedFolders(r.Content, r.Name)
	r.Report(linked...)
	var err error
	if len(linked) == 0 {
		err = l.run()
	}
	r.Finish()
	r.Site.Left = l.Left()
	l.forgetFollowing()
	l.fold()
	r.Site.Loaded(r.Found.List)
	return r.Site, r.Found.List, err
}

// loader has the general site while it is loaded, and everything that is needed only until it is loaded.
type loader struct {
	*declare.Reading
	*declare.Names
	*translations.Follower
	*questions.Loader
	unread   []string // see loadProfiles
	glossary *typeset.Glossary
}

// run loads the files in such an order that a text can be typeset as soon as it is read. First come values, then the names of facts, terms
// and questions, and then the texts that use these values and names.
func (l *loader) run() error {
	texts, err := l.loadValues()
	if err != nil {
		return err
	}
	if l.Site.Default == nil {
		return nil // without a default language nothing else can be checked
	}
	if fits, err := l.CheckFiles(); err != nil || !fits {
		return err
	}
	l.Loader = questions.New(typeset.New(l.Reading, l.Style), l.Follower)
	entries, err := l.LoadFiles()
	if err != nil {
		return err
	}
	if err := l.LoadPictures(); err != nil {
		return err
	}
	l.nameFacts(texts)
	glossary, err := l.LoadGlossary()
	if err != nil {
		return err
	}
	l.glossary = glossary
	l.TypesetTitles(entries)
	l.loadTexts(texts)
	l.LoadPolicyWords(policiesOf(texts))
	l.compareTexts(texts)
	l.TypesetGlossary(glossary)
	l.compareGlossary(glossary)
	l.typesetSources()
	l.compareSources(l.SourceFile, l.Sources)
	if err := l.Typeset(entries); err != nil {
		return err
	}
	if err := l.loadChecker(); err != nil {
		return err
	}
	l.CheckLinks()
	l.choosePopular()
	if err := l.loadRedirects(); err != nil {
		return err
	}
	if l.unread, err = loadProfiles(l.Loader, entries); err != nil {
		return err
	}
	l.CheckRecords()
	if err := l.checkCoverage(); err != nil {
		return err
	}
	l.CheckShortNames(glossary.File)
	l.Site.Passages = l.Searched()
	return l.loadQueries()
}

// loadValues loads the languages, sources, facts and policies, to which texts may refer, and the records of translations. It returns
// the text file of each language, which is decoded but not yet typeset.
func (l *loader) loadValues() (map[*site.Language]*textFile, error) {
	if err := l.Load(); err != nil {
		return nil, err
	}
	if err := l.LoadRecords(); err != nil {
		return nil, err
	}
	texts := map[*site.Language]*textFile{}
	for _, language := range l.Site.Languages {
		text := &textFile{}
		f, err := l.Decode("text/"+language.ID+".yaml", text)
		if err != nil {
			return nil, err
		}
		l.checkSections(language, f, *text)
		text.file = f
		known, _ := schema.ParseLanguage(language.Lang)
		language.Writer = values.NewWriter(&text.Formats, known, l.Site.NoteUnsaid)
		texts[language] = text
	}
	if l.Site.Default != nil {
		l.CheckWords(texts[l.Site.Default].file)
	}
	for _, language := range l.Site.Languages {
		var base *values.Formats
		if l.Site.Default != nil && l.Site.Default != language && !l.Site.Default.Formats.IsEmpty() {
			base = l.Site.Default.Formats
		}
		l.Report(language.CheckFormats(texts[language].file, base)...)
	}
	return texts, nil
}
