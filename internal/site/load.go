package site

import (
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/style"
	"sitegen/internal/values"
)

// Load reads the content folder, checks it and resolves every reference. name is the folder's name in messages, and today is the day
// for which the site is built. Load returns the site and the authors' mistakes, sorted. The site is complete only if none of these is
// an error. A Go error means that the folder could not be read.
func Load(content fs.FS, name string, today civil.Date) (*Site, []diag.Diagnostic, error) {
	return loadFolder(content, name, today, loader{})
}

// Preview loads the content folder for its authors. It differs from Load in three ways: drafts are included, a stale translation is
// only a warning, and differences between translations are not reported.
func Preview(content fs.FS, name string, today civil.Date) (*Site, []diag.Diagnostic, error) {
	return loadFolder(content, name, today, loader{preview: true})
}

// Follow loads the content folder like Load. It follows translations even if the folder has no records of them, so that [Site.Units]
// has every unit.
func Follow(content fs.FS, name string, today civil.Date) (*Site, []diag.Diagnostic, error) {
	return loadFolder(content, name, today, loader{following: true})
}

// loadFolder does the work of Load, Preview and Follow. how has the fields that differ between these.
func loadFolder(content fs.FS, name string, today civil.Date, how loader) (*Site, []diag.Diagnostic, error) {
	l := &how
	l.content, l.name, l.index, l.drafts, l.topicOf, l.looked = content, name, newIndex(), map[string]bool{}, map[string]*Topic{}, new(atomic.Int64)
	l.site = &Site{
		Today:    today,
		question: map[string]*Question{}, fact: map[string]*Fact{},
		source: map[string]*Source{}, term: map[string]*Term{}, byTopic: map[*Topic][]*Question{}, lists: new(sync.Map),
	}
	l.general, l.unsaid = l.site, &unsaid{}
	err := l.run()
	l.site.passages = int(l.looked.Load())
	l.site.Units, l.site.Left = l.index.units, l.leftRecords()
	l.forgetFollowing()
	l.fold()
	l.unsaid.settle(l.found.List)
	l.index.finish(l.site)
	return l.site, l.found.List, err
}

// loader holds the site that is being loaded, and everything that is needed only while it is loaded.
type loader struct {
	content fs.FS
	name    string
	site    *Site
	found   diag.Findings
	index   *index

	literals  *values.Literals                 // finds dates and numbers that should be tokens
	looked    *atomic.Int64                    // the number of passages that were searched for dates and numbers
	spellings map[*Language][]forbiddenWords   // the spellings that checkRun reports
	matchers  map[*Language]*termMatcher       // find terms of the glossary in ordinary text
	style     map[*Language]*style.Rules       // the rules by which checkStyle checks sentences
	anchors   map[*Translation]map[string]bool // the anchors in bodies
	jumps     []jump                           // links to anchors, which are checked after all bodies are read
	labels    map[*Language]map[string]Phrase  // the words of the interface for blocks, by the block's name

	topicOf    map[string]*Topic
	shortNames []shortName // the short names of all terms

	preview   bool                          // see Preview
	drafts    map[string]bool               // ids of questions that must not be published yet
	following bool                          // see Follow
	records   map[*Language]*parity.Records // records of translations; nil if translations are not followed

	policies     []*policy // the parameters that insurers set
	policyWords  map[*Language]policyFile
	checkerWords map[*Language]wordsFile
	general      *Site    // the site for people whose insurer is not listed
	profiles     bool     // whether there are insurers; if so, texts record which parts of a profile they depend on
	lost         []string // paths of files with mistakes from which nothing could be read
	unread       []string // the numbers of the documents of insurers that have no site because of mistakes; "" if it could be any
	again        bool     // whether texts are typeset again for an insurer, without checks
	passages     map[*Translation][]*passage

	unsaid       *unsaid     // missing words that were looked up
	words        []valueWord // words in facts, which checkWords compares with the formats
	siteFile     *diag.File
	factFile     *diag.File
	sourceFile   *diag.File
	oldest       *Source // the source that was published first; nil if no source says when
	sourcesRead  strictyaml.Map[schema.Source]
	sourceLabels map[*Source]strictyaml.Map[strictyaml.Text]
	popular      []strictyaml.Text
}

// run loads the files in such an order that a text can be typeset as soon as it is read: first values, then the names of facts, terms
// and questions, and then the texts that use these.
func (l *loader) run() error {
	texts, err := l.loadValues()
	if err != nil {
		return err
	}
	if l.site.Default == nil {
		return nil // without a default language nothing else can be checked
	}
	if fits, err := l.checkSizes(); err != nil || !fits {
		return err
	}
	if err := l.checkStrays(); err != nil {
		return err
	}
	entries, err := l.loadQuestionFiles()
	if err != nil {
		return err
	}
	if err := l.loadPictures(); err != nil {
		return err
	}
	l.nameFacts(texts)
	glossary, err := l.loadGlossary()
	if err != nil {
		return err
	}
	l.titleQuestions(entries)
	l.loadTexts(texts)
	l.loadPolicyWords(texts)
	l.compareTexts(texts)
	l.typesetGlossary(glossary)
	l.compareGlossary(glossary)
	l.typesetSources()
	l.compareSources(l.sourceFile, l.sourcesRead)
	if err := l.typesetQuestions(entries); err != nil {
		return err
	}
	if err := l.loadChecker(); err != nil {
		return err
	}
	l.checkJumps()
	l.choosePopular()
	if err := l.loadRedirects(); err != nil {
		return err
	}
	if err := l.loadProfiles(entries); err != nil {
		return err
	}
	l.checkRecords()
	if err := l.checkCoverage(); err != nil {
		return err
	}
	l.checkShortNames(glossary.file)
	return l.loadQueries()
}

// loadValues loads the languages, sources, facts and policies, to which texts may refer, and the records of translations. It returns
// the text file of each language, which is decoded but not yet typeset.
func (l *loader) loadValues() (map[*Language]*textFile, error) {
	if err := l.loadSite(); err != nil {
		return nil, err
	}
	if err := l.loadRecords(); err != nil {
		return nil, err
	}
	if err := l.loadSources(); err != nil {
		return nil, err
	}
	if err := l.loadFacts(); err != nil {
		return nil, err
	}
	if err := l.loadPolicies(); err != nil {
		return nil, err
	}
	texts := map[*Language]*textFile{}
	for _, language := range l.site.Languages {
		text := &textFile{}
		f, err := l.decode("text/"+language.ID+".yaml", text)
		if err != nil {
			return nil, err
		}
		l.checkSections(language, f, *text)
		text.file = f
		known, _ := schema.ParseLanguage(language.Lang)
		language.Writer, language.unsaid = values.NewWriter(&text.Formats, known, l.unsaid.note), l.unsaid
		texts[language] = text
	}
	l.checkWords()
	for _, language := range l.site.Languages {
		var base *values.Formats
		if l.site.Default != nil && l.site.Default != language && !l.site.Default.Formats.IsEmpty() {
			base = l.site.Default.Formats
		}
		l.report(language.CheckFormats(texts[language].file, base)...)
		l.literals.Learn(language.Writer)
	}
	return texts, nil
}

// decode reads a YAML file of the content folder into target, and reports mistakes. If the file has mistakes and nothing could be read
// from it, decode adds the file to l.lost.
func (l *loader) decode(path string, target any) (*diag.File, error) {
	f, found, err := strictyaml.ReadFile(l.content, l.name, path, target)
	l.report(found...)
	if len(found) > 0 && reflect.ValueOf(target).Elem().IsZero() {
		l.lost = append(l.lost, path)
	}
	return f, err
}

// has reports whether the content folder has a file or folder with this path.
func (l *loader) has(name string) bool { return plaintext.Has(l.content, name) }

func (l *loader) report(found ...diag.Diagnostic) { l.found.Add(found...) }

// nameOf returns a name, which may have ruby in braces, as a phrase. It reports mistakes in the name.
func (l *loader) nameOf(f *diag.File, language *Language, text strictyaml.Text) Phrase {
	name, found := values.Name(f, text, language.Ruby)
	l.report(found...)
	return name
}

type siteFile struct {
	Default   strictyaml.Text   `yaml:"default"`
	Languages []languageYAML    `yaml:"languages"`
	Topics    []strictyaml.Text `yaml:"topics"`
	Popular   []strictyaml.Text `yaml:"popular"`
	Limits    *limitsYAML       `yaml:"limits,optional"`
	Style     *styleYAML        `yaml:"style,optional"`
}

// limitsYAML has the size limits of the content, in MB: of one file, and of all files together, see plaintext.Limits.
type limitsYAML struct {
	File *strictyaml.Number `yaml:"file,optional"`
	All  *strictyaml.Number `yaml:"all,optional"`
}

type languageYAML struct {
	ID       strictyaml.Text  `yaml:"id"`
	Name     strictyaml.Text  `yaml:"name"`
	Lang     strictyaml.Text  `yaml:"lang"`
	Hreflang *strictyaml.Text `yaml:"hreflang,optional"`
	Ruby     bool             `yaml:"ruby,optional"`
	// Growing says whether the language may lack translations and words. Fallback is the id of the language in which questions without a
	// translation are shown.
	Growing  bool             `yaml:"growing,optional"`
	Fallback *strictyaml.Text `yaml:"fallback,optional"`
}

func (l *loader) loadSite() error {
	var decoded siteFile
	f, err := l.decode("site.yaml", &decoded)
	if err != nil {
		return err
	}
	for _, y := range decoded.Languages {
		if !isSlug(y.ID.Value) {
			l.report(f.At(y.ID.Offset, "id-form", y.ID.Value))
			continue
		}
		if l.language(y.ID.Value) != nil {
			l.report(f.At(y.ID.Offset, "id-twice", y.ID.Value))
			continue
		}
		language := &Language{ID: y.ID.Value, Name: y.Name.Value, Lang: y.Lang.Value, Ruby: y.Ruby}
		l.checkTags(f, y)
		l.report(values.CheckPairs(f, y.Name, y.Name.Value)...)
		if y.Hreflang != nil {
			language.Hreflang = y.Hreflang.Value
		}
		known, ok := schema.ParseLanguage(language.Lang)
		if !ok || !schema.SameLanguage(language.Lang, language.ID) {
			// checkTags has reported the wrong tag. With that tag, every text would also be reported for its script, so the language
			// of the id replaces it.
			language.Lang, _, _ = strings.Cut(language.ID, "-")
			known, _ = schema.ParseLanguage(language.Lang)
		}
		language.Dir = known.Dir
		language.base = language
		l.site.Languages = append(l.site.Languages, language)
	}
	l.site.Default = l.language(decoded.Default.Value)
	if l.site.Default == nil && decoded.Default.Value != "" {
		l.report(f.At(decoded.Default.Offset, "language-unknown", decoded.Default.Value, l.suggestLanguage(decoded.Default.Value)))
	}
	l.chooseFallbacks(f, decoded.Languages)
	for _, id := range decoded.Topics {
		switch {
		case !isSlug(id.Value):
			l.report(f.At(id.Offset, "id-form", id.Value))
		case l.topic(id.Value) != nil:
			l.report(f.At(id.Offset, "id-twice", id.Value))
		default:
			topic := &Topic{ID: id.Value}
			l.topicOf[topic.ID] = topic
			l.site.Topics = append(l.site.Topics, topic)
		}
	}
	l.popular, l.siteFile = decoded.Popular, f
	l.checkLimits(f, decoded.Limits)
	return l.loadStyle(f, decoded.Style)
}

// chooseFallbacks sets the fallback of each language, in which a growing language shows missing texts. It is the complete language that
// site.yaml names, or else the default language.
func (l *loader) chooseFallbacks(f *diag.File, languages []languageYAML) {
	for _, y := range languages {
		language := l.language(y.ID.Value)
		if language == nil || l.site.Default == nil {
			continue
		}
		language.growing, language.fallback = y.Growing, l.site.Default
		if y.Growing && language == l.site.Default {
			l.report(f.At(y.ID.Offset, "language-growing-default", language.ID))
		}
		if y.Fallback == nil {
			continue
		}
		at := slices.IndexFunc(languages, func(other languageYAML) bool { return other.ID.Value == y.Fallback.Value })
		switch {
		case at < 0:
			l.report(f.At(y.Fallback.Offset, "language-unknown", y.Fallback.Value, l.suggestLanguage(y.Fallback.Value)))
		case !y.Growing || languages[at].Growing:
			l.report(f.At(y.Fallback.Offset, "language-fallback", language.ID))
		default:
			language.fallback = l.language(y.Fallback.Value)
		}
	}
}

// checkTags reports a lang or hreflang that is not a valid tag, or that is the tag of a different language than the id.
func (l *loader) checkTags(f *diag.File, y languageYAML) {
	tags := []strictyaml.Text{y.Lang}
	if y.Hreflang != nil {
		tags = append(tags, *y.Hreflang)
	}
	for _, tag := range tags {
		_, ok := schema.ParseLanguage(tag.Value)
		switch {
		case tag.Value == "": // already reported
		case !ok:
			l.report(f.At(tag.Offset, "language-tag", tag.Value))
		case !schema.SameLanguage(tag.Value, y.ID.Value):
			l.report(f.At(tag.Offset, "language-tag-other", tag.Value, y.ID.Value))
		}
	}
}

func (l *loader) language(id string) *Language {
	i := slices.IndexFunc(l.site.Languages, func(language *Language) bool { return language.ID == id })
	if i < 0 {
		return nil
	}
	return l.site.Languages[i]
}

// checkLanguageKeys reports keys that are not the id of a language of the general site.
func checkLanguageKeys[T any](l *loader, f *diag.File, m strictyaml.Map[T]) {
	for _, entry := range m {
		known := func(language *Language) bool { return language.ID == entry.Key.Value }
		if !slices.ContainsFunc(l.general.Languages, known) {
			l.report(f.At(entry.Key.Offset, "language-unknown", entry.Key.Value, l.suggestLanguage(entry.Key.Value)))
		}
	}
}

func (l *loader) suggestLanguage(id string) diag.Near {
	ids := make([]string, len(l.site.Languages))
	for i, language := range l.site.Languages {
		ids[i] = language.ID
	}
	return suggest(id, ids)
}

func (l *loader) topic(id string) *Topic { return l.topicOf[id] }

func (l *loader) choosePopular() {
	l.checkTwice(l.siteFile, l.popular)
	for _, id := range l.popular {
		if question := l.site.question[id.Value]; question != nil {
			l.site.Popular = append(l.site.Popular, question)
		} else {
			l.report(l.noQuestion(l.siteFile, id.Offset, id.Value))
		}
	}
}

// noQuestion returns the finding that no question has this id, or that the question with this id is a draft.
func (l *loader) noQuestion(f *diag.File, offset int, id string) diag.Diagnostic {
	if l.drafts[id] {
		return f.At(offset, "question-draft", id)
	}
	return f.At(offset, "question-unknown", id, l.suggestQuestion(id))
}

func (l *loader) suggestQuestion(id string) diag.Near {
	return l.suggestOf(id, "questions", func() []string { return sortedKeys(l.site.question) })
}

// gone is the target in redirects.yaml of a removed question that nothing replaces. If a question has the id gone, the target means that
// question.
const gone = "gone"

// mostRedirects is the maximum number of removed questions. Each of them has a page in every language of every site.
const mostRedirects = 10_000

// loadRedirects reads redirects.yaml, which says what replaces each removed question.
func (l *loader) loadRedirects() error {
	var decoded strictyaml.Map[strictyaml.Text]
	f, err := l.decode("redirects.yaml", &decoded)
	if err != nil {
		return err
	}
	if len(decoded) > mostRedirects {
		l.report(f.At(decoded[mostRedirects].Key.Offset, "redirects-many", mostRedirects, len(decoded)))
		return nil
	}
	all := decoded.ByKey()
	for _, entry := range decoded {
		old := entry.Key.Value
		_, chained := all[entry.Value.Value]
		switch {
		case !isSlug(old):
			l.report(f.At(entry.Key.Offset, "id-form", old))
		case l.site.question[old] != nil:
			l.report(f.At(entry.Key.Offset, "redirect-of-existing", old))
		case chained:
			l.report(f.At(entry.Value.Offset, "redirect-chain", entry.Value.Value))
		default:
			if redirect, ok := l.redirect(f, old, entry.Value); ok {
				l.site.Redirects = append(l.site.Redirects, redirect)
			}
		}
	}
	slices.SortFunc(l.site.Redirects, func(a, b Redirect) int { return strings.Compare(a.From, b.From) })
	return nil
}

// redirect reads the target of one removed question: the id of a question, topic: with an id, page: with a name, or the word gone. It
// reports any other target and returns false.
func (l *loader) redirect(f *diag.File, old string, target strictyaml.Text) (r Redirect, ok bool) {
	r.From = old
	kind, id, named := strings.Cut(target.Value, ":")
	at := target.Offset + len(kind) + len(":")
	switch question := l.site.question[target.Value]; {
	case question != nil:
		r.To = question
	case target.Value == gone:
	case named && kind == "topic":
		if r.Topic = l.topic(id); r.Topic == nil {
			l.report(f.At(at, "topic-unknown", id))
			return r, false
		}
	case named && kind == "page":
		if !slices.Contains(Pages, id) {
			l.report(f.At(at, "page-unknown", id, suggest(id, Pages), strings.Join(Pages, ", ")))
			return r, false
		}
		r.Page = id
	case named:
		l.report(f.At(target.Offset, "redirect-form", target.Value))
		return r, false
	default:
		l.report(l.noQuestion(f, target.Offset, target.Value))
		return r, false
	}
	return r, true
}

type coverageYAML struct {
	Page    *strictyaml.Text `yaml:"page,optional"`
	Omitted *string          `yaml:"omitted,optional"`
	// Policy and Fact are for statements of a document that an insurer wrote. On that insurer's site, Page must mention this parameter
	// and this fact.
	Policy *strictyaml.Text `yaml:"policy,optional"`
	Fact   *strictyaml.Text `yaml:"fact,optional"`
}

// forgetInsurer returns the edits that remove the keys policy and fact from an entry that is written in braces.
func (y coverageYAML) forgetInsurer() []diag.Edit {
	var edits []diag.Edit
	for _, of := range []struct {
		key   string
		value *strictyaml.Text
	}{{"policy", y.Policy}, {"fact", y.Fact}} {
		if of.value != nil {
			key := ", " + of.key + ": "
			edits = append(edits, diag.Edit{Offset: of.value.Offset - len(key), Old: key + of.value.Value})
		}
	}
	return edits
}

// checkCoverage checks coverage.yaml. Each entry, for a statement of the source documents, must name a page that exists, or give the
// reason why no page has the statement. The file is optional.
func (l *loader) checkCoverage() error {
	if !l.has("coverage.yaml") {
		return nil
	}
	var decoded strictyaml.Map[coverageYAML]
	f, err := l.decode("coverage.yaml", &decoded)
	if err != nil {
		return err
	}
	for _, entry := range decoded {
		page, omitted := entry.Value.Page, entry.Value.Omitted
		switch {
		case (page == nil) == (omitted == nil):
			l.report(f.At(entry.Key.Offset, "coverage-form", entry.Key.Value))
		case page != nil && l.site.question[page.Value] == nil && !slices.Contains(Pages, page.Value):
			l.report(l.noQuestion(f, page.Offset, page.Value))
		case page != nil:
			l.checkCoveredBy(f, entry.Key, entry.Value)
		}
	}
	return nil
}

// checkCoveredBy checks an entry whose statement is from an insurer's document. The page must exist on that insurer's site. The insurer
// must have set the parameter under policy, and the page must mention that parameter and the fact under fact. If no insurer's site
// is made from the document, checkCoveredBy reports an entry with policy or fact.
func (l *loader) checkCoveredBy(f *diag.File, statement strictyaml.Text, y coverageYAML) {
	document, _, _ := strings.Cut(statement.Value, "-")
	i := slices.IndexFunc(l.site.Insurers, func(s *Site) bool {
		return s.Profile.Document != nil && strings.HasPrefix(s.Profile.Document.Document, document+"_")
	})
	if i < 0 {
		if y.Policy != nil || y.Fact != nil {
			l.report(f.Mendable(f.At(statement.Offset, "coverage-insurer", statement.Value, document), y.forgetInsurer()...))
		}
		return
	}
	insurer := l.site.Insurers[i]
	question := insurer.question[y.Page.Value]
	if question == nil {
		if !slices.Contains(Pages, y.Page.Value) {
			l.report(f.At(y.Page.Offset, "coverage-hidden", statement.Value, y.Page.Value, insurer.Profile.ID))
		}
		return
	}
	told := question.In(insurer.Default)
	if p := y.Policy; p != nil && told != nil && (insurer.Profile.Policies[p.Value] == "" || !told.reads["policy:"+p.Value]) {
		l.report(f.At(p.Offset, "coverage-untold", statement.Value, p.Value, y.Page.Value, insurer.Profile.ID))
	}
	if p := y.Fact; p != nil && told != nil && !slices.ContainsFunc(told.Facts, func(fact *Fact) bool { return fact.ID == p.Value }) {
		l.report(f.At(p.Offset, "coverage-untold", statement.Value, p.Value, y.Page.Value, insurer.Profile.ID))
	}
}
