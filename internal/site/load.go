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

// Load reads the content folder, checks it and resolves every reference. name is the folder's name in messages;
// today is the day for which the site is built. The diagnostics are the authors' mistakes, sorted. The site is
// complete only if none of them is an error. A Go error means that the folder could not be read.
func Load(content fs.FS, name string, today civil.Date) (*Site, []diag.Diagnostic, error) {
	return loadFolder(content, name, today, loader{})
}

// Preview loads the content folder for its authors. It differs from Load in three ways: drafts are included, a stale translation is
// only a warning, and differences between translations are not reported.
func Preview(content fs.FS, name string, today civil.Date) (*Site, []diag.Diagnostic, error) {
	return loadFolder(content, name, today, loader{preview: true})
}

// Follow loads the content folder like Load, but follows translations even if the folder has no records of them, so that
// [Site.Units] has every unit.
func Follow(content fs.FS, name string, today civil.Date) (*Site, []diag.Diagnostic, error) {
	return loadFolder(content, name, today, loader{following: true})
}

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

type loader struct {
	content fs.FS
	name    string
	site    *Site
	found   diag.Findings
	index   *index

	literals  *values.Literals                 // finds dates and numbers that should be tokens
	looked    *atomic.Int64                    // how many passages were searched for dates and numbers
	spellings map[*Language][]forbiddenWords   // spellings that checkRun reports
	matchers  map[*Language]*termMatcher       // find glossary terms in ordinary text
	style     map[*Language]*style.Rules       // which style of sentences checkStyle reports
	anchors   map[*Translation]map[string]bool // the ids in bodies that links can point to
	jumps     []jump                           // links to anchors, checked after all bodies
	labels    map[*Language]map[string]Phrase  // the interface's names of blocks

	topicOf    map[string]*Topic
	shortNames []shortName // the short names of all terms

	preview   bool                          // see Preview
	drafts    map[string]bool               // ids of questions that are not to be published
	following bool                          // translations are followed even without records
	records   map[*Language]*parity.Records // records of translations; nil if translations are not followed

	policies     []*policy // the parameters that insurers set
	policyWords  map[*Language]policyFile
	checkerWords map[*Language]wordsFile
	general      *Site    // the site for people whose insurer is not listed
	profiles     bool     // there are insurers, so it is noted which texts depend on their profiles
	lost         []string // paths of files that could not be understood at all
	again        bool     // texts are typeset again for an insurer, without checks
	passages     map[*Translation][]*passage

	unsaid       *unsaid     // missing words that were looked up
	words        []valueWord // words in facts, to be compared with the formats
	siteFile     *diag.File
	factFile     *diag.File
	sourceFile   *diag.File
	sourcesRead  strictyaml.Map[schema.Source]
	sourceLabels map[*Source]strictyaml.Map[strictyaml.Text]
	popular      []strictyaml.Text
}

// run loads the files in such an order that each text can be typeset when it is reached: values first, then the
// names of things, then the texts that use them.
func (l *loader) run() error {
	texts, err := l.loadValues()
	if err != nil {
		return err
	}
	if l.site.Default == nil {
		return nil // without languages nothing else can be understood
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

// loadValues loads what texts may refer to: languages, sources, facts and policies. It also loads the records of translations. It
// returns each language's text file, decoded but not yet typeset.
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
		if l.site.Default != nil && l.site.Default != language {
			base = l.site.Default.Formats
		}
		l.report(language.CheckFormats(texts[language].file, base)...)
		l.literals.Learn(language.Writer)
	}
	return texts, nil
}

// decode reads a YAML file of the content folder into target. A file with mistakes that yields nothing is added to lost.
func (l *loader) decode(path string, target any) (*diag.File, error) {
	f, found, err := strictyaml.ReadFile(l.content, l.name, path, target)
	l.report(found...)
	if len(found) > 0 && reflect.ValueOf(target).Elem().IsZero() {
		l.lost = append(l.lost, path)
	}
	return f, err
}

// has reports whether the content folder has a file or folder of that name.
func (l *loader) has(name string) bool { return plaintext.Has(l.content, name) }

func (l *loader) report(found ...diag.Diagnostic) { l.found.Add(found...) }

// nameOf returns a name as HTML and as plain text, and reports mistakes in it.
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

// limitsYAML says how large files may be, in MB.
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
	// Growing says that not every question is translated yet. Fallback is the language in which the other questions are shown.
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
			// checkTags has reported this. The language of the id is used instead; otherwise every text would be reported for its
			// letters.
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

// chooseFallbacks chooses the language in which a growing one shows missing texts: the complete language that site.yaml names,
// or else the default language.
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

// checkTags reports a tag that is not a language, and a tag of a different language than the id, which may be a slip.
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

func (l *loader) suggestLanguage(id string) diag.Near {
	ids := make([]string, len(l.site.Languages))
	for i, language := range l.site.Languages {
		ids[i] = language.ID
	}
	return suggest(id, ids)
}

func (l *loader) topic(id string) *Topic { return l.topicOf[id] }

func (l *loader) choosePopular() {
	for _, id := range l.popular {
		if question := l.site.question[id.Value]; question != nil {
			l.site.Popular = append(l.site.Popular, question)
		} else {
			l.report(l.noQuestion(l.siteFile, id.Offset, id.Value))
		}
	}
}

// noQuestion returns the finding that an id has no question, or only a draft.
func (l *loader) noQuestion(f *diag.File, offset int, id string) diag.Diagnostic {
	if l.drafts[id] {
		return f.At(offset, "question-draft", id)
	}
	return f.At(offset, "question-unknown", id, l.suggestQuestion(id))
}

func (l *loader) suggestQuestion(id string) diag.Near {
	return l.suggestOf(id, "questions", func() []string { return sortedKeys(l.site.question) })
}

// gone is what redirects.yaml has as the target of a question that nothing replaces. If a question has the id gone, that question is
// the target instead.
const gone = "gone"

// mostRedirects is the highest number of removed questions. Each has a page in every language of every site.
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

// redirect reads the target of one removed question: the id of a question, topic:…, page:…, or the word gone.
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
	// Policy and Fact are for a document that an insurer wrote. On that insurer's own site, Page must mention this parameter and
	// this fact.
	Policy *strictyaml.Text `yaml:"policy,optional"`
	Fact   *strictyaml.Text `yaml:"fact,optional"`
}

// forgetInsurer returns the edits that remove policy and fact from an entry in braces.
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

// checkCoverage checks coverage.yaml: for every statement of the source documents it must name a page that exists, or say why no page
// has the statement. A content folder need not have coverage.yaml.
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

// checkCoveredBy checks that a statement is made on the site of the insurer whose document it is from. The page must exist there.
// The insurer must have set the parameter under policy, and the page must mention that parameter and the fact under fact. If the
// document is not an insurer's, it reports policy and fact.
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
