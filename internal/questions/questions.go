// Package questions loads the files of questions. The input is the folder `faq` and a typesetter. The package adds the questions and their
// translations to the site. It reports mistakes in the files and differences between languages.
//
// Begin with [Loader]: questions.go reads front matter, titles, answers and bodies, folders.go finds the files, and parity.go compares the
// languages. own.go loads the questions of an insurer: its own files, its passages and what it hides.
package questions

import (
	"bytes"
	"cmp"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sitegen/internal/civil"
	"sitegen/internal/declare"
	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
	"sitegen/internal/parallel"
	"sitegen/internal/parity"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/translations"
	"sitegen/internal/typeset"
)

// File is a file <topic>/<id>/<lang>.md of a question, in the folder `faq` or in an insurer's folder `faq`.
type File struct {
	folder   string // the folder `faq` that contains the file, as a path in the content folder
	topic    *site.Topic
	id       string
	language *site.Language
	file     *diag.File
	front    frontMatter
	body     int               // the offset where the Markdown begins
	found    []diag.Diagnostic // findings that are not yet reported
	faulty   bool              // whether reading the file caused findings, so that it is not typeset
	err      error             // the error of reading the file
	again    bool              // whether the file was already checked for the general site
	parity   *parity.FileSum   // nil if the file has errors
}

// frontMatter is the YAML between the two lines ---. Fields with the tag `shared` hold for every language, and only the file of the default
// language may have them.
type frontMatter struct {
	Question strictyaml.Text       `yaml:"question"`
	Answer   *strictyaml.Text      `yaml:"answer,optional"`
	Answers  []typeset.VariantYAML `yaml:"answers,optional"` // used instead of `answer` if the answer changes on some day
	Reading  strictyaml.Text       `yaml:"reading,optional"`
	Keywords []strictyaml.Text     `yaml:"keywords,optional"`

	Sources    []strictyaml.Text  `yaml:"sources,optional" shared:"true"`
	Related    []strictyaml.Text  `yaml:"related,optional" shared:"true"`
	ValidFrom  *strictyaml.When   `yaml:"valid_from,optional" shared:"true"`
	ValidUntil *strictyaml.When   `yaml:"valid_until,optional" shared:"true"`
	Order      *strictyaml.Number `yaml:"order,optional" shared:"true"`
	// Brings says whether readers want to know what to bring. When the search finds such a question, it also offers the checker.
	Brings bool `yaml:"brings,optional" shared:"true"`

	// Draft says whether the question must not be published yet.
	Draft bool `yaml:"draft,optional" shared:"true"`

	// Differs says how the translation differs from the default language, and why.
	Differs parity.Differs `yaml:"differs,optional"`

	// Base is the fingerprint of the general text that an insurer's file replaces.
	Base *strictyaml.Text `yaml:"base,optional" shared:"true"`
}

// Loader loads the question files of one site, and compares those of different languages.
type Loader struct {
	*typeset.Typesetter
	translations *translations.Follower
	anchors      map[*site.Translation]map[string]bool // the anchors in the body of each translation
	passages     map[*site.Translation][]*passage      // the passages of the insurer, with hidden sections; nil for the general site
}

// New returns a loader for the question files of the general site. It uses `of` to compare their translations with the records.
func New(t *typeset.Typesetter, of *translations.Follower) *Loader {
	of.Papers = t.Papers
	return &Loader{Typesetter: t, translations: of, anchors: map[*site.Translation]map[string]bool{}}
}

// On returns a loader for the site of an insurer. The new loader knows the anchors in the general site's questions.
func (l *Loader) On(r *declare.Reading) *Loader {
	return &Loader{Typesetter: l.Typesetter.On(r), translations: l.translations.On(r), anchors: l.anchors}
}

// CheckLinks reports links to anchors that no body has, in the texts of the general site.
func (l *Loader) CheckLinks() { l.CheckJumps(l.anchors) }

// LoadFiles finds all question files of the general site, and reads them in parallel. If the folder `faq` is missing, it reports that.
func (l *Loader) LoadFiles() ([]*File, error) {
	if !l.Has("faq") {
		l.Report((&diag.File{Name: l.Name + "/faq"}).Whole("file-missing", "faq"))
		return nil, nil
	}
	files, _, err := l.findQuestionFiles("faq")
	if err != nil {
		return nil, err
	}
	return l.readQuestionFiles(files)
}

// readQuestionFiles reads `files`, adds their questions to the site and returns the files. It leaves out the files of drafts, unless the
// site is loaded for a preview.
func (l *Loader) readQuestionFiles(files []*File) ([]*File, error) {
	err := inOrder(l.Reading, files, func(q *File) { q.read(l.Content, l.Name) }, func(q *File) {
		l.Report(q.found...)
		if q.found = nil; q.faulty {
			q.front.forget()
			q.front.Answers, q.front.Keywords = nil, nil
		}
	})
	if err != nil {
		return nil, err
	}
	for _, q := range files {
		if q.err != nil {
			return nil, q.err
		}
		if q.front.Draft && q.language.Base == l.Site.Default.Base {
			l.Site.AddDraft(q.id, !l.Preview)
		}
	}
	if !l.Preview {
		files = slices.DeleteFunc(files, func(q *File) bool { return l.Site.IsDraft(q.id) })
	}
	l.registerQuestions(files)
	for _, q := range files {
		q.front.forget()
	}
	return files, nil
}

// forget empties the lists of the front matter that were copied to the question, to save memory. A list that the file lacks stays nil.
func (y *frontMatter) forget() { y.Sources, y.Related = emptied(y.Sources), emptied(y.Related) }

func emptied(list []strictyaml.Text) []strictyaml.Text {
	if list == nil {
		return nil
	}
	return []strictyaml.Text{}
}

// inOrder calls two functions for each item: first `do`, and later `then`. It runs `do` on as many goroutines as there are processors. It
// calls `then` for one item at a time, in the order of the items, as soon as `do` has returned for the item and for all items before it.
// The results can therefore be processed and released early. inOrder stops when the context of the content folder ends (see
// [plaintext.Until]), and returns the context's error.
func inOrder[T any](r *declare.Reading, items []*T, do, then func(*T)) error {
	var (
		lock  sync.Mutex
		done  = make([]bool, len(items))
		first int // the index of the first item for which `then` was not called
	)
	err := parallel.Each(len(items), func() func(int) error {
		return func(i int) error {
			if err := plaintext.Ended(r.Content); err != nil {
				return err
			}
			do(items[i])
			lock.Lock()
			defer lock.Unlock()
			for done[i] = true; first < len(items) && done[first]; first++ {
				then(items[first])
			}
			return nil
		}
	})
	return cmp.Or(err, plaintext.Ended(r.Content))
}

// read reads the file and decodes its front matter. It sets the fields `file`, `front`, `body`, `found`, `faulty` and `err`.
func (q *File) read(content fs.FS, folder string) {
	name := path.Join(q.folder, q.topic.ID, q.id, q.language.ID+".md")
	q.file, q.found, q.err = plaintext.Read(content, folder, name)
	defer func() { q.faulty = len(q.found) > 0 }()
	if q.err != nil || len(q.found) > 0 {
		return
	}
	data := q.file.Data
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	end := bytes.Index(rest, []byte("\n---\n"))
	if end < 0 && bytes.HasSuffix(rest, []byte("\n---")) {
		end = len(rest) - len("\n---")
	}
	if ok && (bytes.HasPrefix(rest, []byte("---\n")) || string(rest) == "---") { // the front matter is empty
		q.found = append(q.found, strictyaml.Decode(q.file, len("---\n"), len("---\n"), &q.front)...)
		return
	}
	if !ok || end < 0 {
		q.found = append(q.found, q.frontMatterFault())
		return
	}
	start := len("---\n")
	q.body = min(start+end+len("\n---\n"), len(data))
	q.found = append(q.found, strictyaml.Decode(q.file, start, start+end+1, &q.front)...)
}

// frontMatterFault returns the finding that a line --- is missing. The place of the finding is the first line that resembles ---, or else
// the first line of the file.
func (q *File) frontMatterFault() diag.Diagnostic {
	for i, line := range strings.Split(string(q.file.Data), "\n") {
		if line != "---" && nearlyRule.MatchString(line) {
			return q.file.AtLine(i+1, 1, "front-matter-mark", line)
		}
	}
	return q.file.AtLine(1, 1, "front-matter-missing")
}

// nearlyRule matches a line that was probably meant to be ---. Such a line has only dashes or similar characters, or has --- before or
// after other text.
var nearlyRule = regexp.MustCompile(`^[-‐‑‒–—―−ーー－＝=_ ]*[-‐‑‒–—―−－]{2}[-‐‑‒–—―−－=_ ]*$|^[—―─－] *$|^---[^-]|[^-]---$`)

// registerQuestions makes a question for each id in `files`, adds the questions to the site, and copies the shared front matter to them. It
// reports missing translations, an id in two topics, and keys that only the file of the default language may have.
func (l *Loader) registerQuestions(files []*File) {
	folders := map[string]*diag.File{}
	for _, q := range files {
		question := l.Site.Question(q.id)
		if question == nil {
			question = &site.Question{ID: q.id, Topic: q.topic, From: civil.Unset, Until: civil.Unset, Draft: l.Site.IsDraft(q.id)}
			l.Site.AddQuestion(question)
			folders[q.id] = &diag.File{Name: path.Join(l.Name, q.folder, q.topic.ID, q.id)}
		}
		if question.Topic != q.topic {
			l.Report(q.file.Whole("question-twice", q.id, question.Topic.ID))
			continue
		}
		question.SetTranslation(q.language, &site.Translation{Question: question, Language: q.language})
	}
	misnamed := l.misnamed()
	for _, question := range l.Site.Questions {
		for _, language := range l.Site.Languages {
			if folders[question.ID] != nil && !question.Translated(language) && (!question.Draft && !language.Base.Growing || language.Base == l.Site.Default.Base) {
				l.reportMissing(folders[question.ID], question, language, misnamed)
			}
		}
	}
	for _, q := range files {
		if q.language.Base == l.Site.Default.Base && !q.faulty {
			l.shareFrontMatter(q)
		}
	}
	for _, q := range files {
		if q.language.Base != l.Site.Default.Base {
			l.checkShared(q)
		}
	}
	l.Site.SortQuestions()
}

// misnamed returns the paths that wrongly named files of texts should have, such as the path with ja.md for a file ja.md.txt.
func (l *Loader) misnamed() map[string]bool {
	meant := map[string]bool{}
	for _, d := range l.Found.List {
		if d.Code == "file-ending" && len(d.Args) > 1 {
			if name, ok := d.Args[1].(string); ok {
				meant[path.Join(path.Dir(d.File), name)] = true
			}
		}
	}
	return meant
}

// reportMissing reports that the folder of a question has no file for a language. It reports nothing if the file is misnamed, because the
// wrong name is already reported.
func (l *Loader) reportMissing(folder *diag.File, question *site.Question, language *site.Language, misnamed map[string]bool) {
	name, source := language.ID+".md", l.Site.Default.ID+".md"
	switch {
	case misnamed[path.Join(folder.Name, name)]:
	case name == source:
		l.Report(folder.Whole("question-source-missing", question.ID, name))
	default:
		l.Report(folder.Whole("translation-missing", question.ID, name, source))
	}
}

// lastOrder is the order of questions whose front matter sets no order. Such questions come after all other questions of their topic.
const lastOrder = 1 << 30

// shareFrontMatter copies the shared fields of the default language's file to the question, and reports mistakes in them.
func (l *Loader) shareFrontMatter(q *File) {
	question := l.Site.Question(q.id)
	question.Sources = l.ResolveSources(q.file, q.front.Sources)
	if len(q.front.Sources) == 0 {
		l.Report(q.file.At(q.front.Question.Offset, "sources-missing"))
	}
	l.CheckTwice(q.file, q.front.Related)
	for _, id := range q.front.Related {
		related := l.Site.Question(id.Value)
		switch {
		case related == nil:
			l.Report(l.Site.NoQuestion(q.file, id.Offset, id.Value))
		case related == question:
			l.Report(q.file.At(id.Offset, "related-itself", id.Value))
		default:
			question.Related = append(question.Related, related)
		}
	}
	question.From = l.Validity(q.file, q.front.ValidFrom)
	question.Until = l.Validity(q.file, q.front.ValidUntil)
	if question.From != civil.Unset && question.Until != civil.Unset && question.From > question.Until {
		l.Report(q.file.At(q.front.ValidFrom.Offset, "period-reversed", question.From, question.Until))
	}
	if q.front.ValidUntil != nil {
		l.NotePeriod(q.file, q.front.ValidUntil.Offset, site.QuestionPeriod, q.id, question.From, question.Until)
	}
	question.Order, question.Brings = lastOrder, q.front.Brings
	if q.front.Order != nil {
		question.Order = q.front.Order.Value
		l.Report(schema.Orders.Check(q.file, *q.front.Order)...)
	}
}

// checkShared reports the keys of a translation that only the file of the default language may have.
func (l *Loader) checkShared(q *File) {
	front := reflect.ValueOf(&q.front).Elem()
	for _, field := range reflect.VisibleFields(front.Type()) {
		if field.Tag.Get("shared") == "" || front.FieldByIndex(field.Index).IsZero() {
			continue
		}
		key, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		line := 1 + bytes.Count(q.file.Data[:max(0, bytes.Index(q.file.Data, []byte("\n"+key+":")))+1], []byte("\n"))
		l.Report(q.file.AtLine(line, 1, "front-matter-shared", key, l.Site.Default.ID+".md"))
	}
}

// TypesetTitles typesets the titles of questions. It must run before other texts are typeset, because they may use these titles.
func (l *Loader) TypesetTitles(files []*File) {
	for _, q := range files {
		if translation := l.translation(q); translation != nil {
			translation.Title = l.Title(q.file, q.language, q.front.Question)
			if inline, _ := dialect.ParseInline(q.file, q.front.Question.Value, q.front.Question.Offset); inline != nil {
				if at, found := inline.Markup(); found {
					l.Report(q.file.At(at, "question-markup"))
				}
			}
		}
	}
}

// translation returns the translation that was read from a file. It returns nil if the file has errors, or if the same question was found
// in a different topic first.
func (l *Loader) translation(q *File) *site.Translation {
	if q.faulty || l.Site.Question(q.id).Topic != q.topic {
		return nil
	}
	return l.Site.Question(q.id).In(q.language)
}

// Typeset typesets answers and bodies in parallel, and then compares the languages and sets the AsOf of each question. Each file is typeset
// with its own copy of the loader. Findings are reported in the order of the files.
func (l *Loader) Typeset(files []*File) error {
	l.anchors = maps.Clone(l.anchors)
	type job struct {
		q       *File
		found   []diag.Diagnostic
		jumps   []typeset.Jump
		anchors map[string]bool
	}
	jobs := make([]*job, len(files))
	for i, q := range files {
		jobs[i] = &job{q: q}
	}
	err := inOrder(l.Reading, jobs, func(j *job) {
		translation := l.translation(j.q)
		if translation == nil {
			return
		}
		own := *l
		own.Typesetter = l.Typesetter.On(l.Fresh())
		own.Again = j.q.again
		j.anchors = own.typesetQuestion(j.q, translation)
		if j.found, j.jumps = own.Found.List, own.Jumps; len(j.found)+len(j.jumps)+len(translation.Reads) == 0 {
			*j.q = File{folder: j.q.folder, topic: j.q.topic, id: j.q.id, language: j.q.language, parity: j.q.parity} // releases the text, which is no longer needed
		}
	}, func(j *job) {
		l.Report(j.found...)
		j.found = nil
	})
	if err != nil {
		return err
	}
	for _, j := range jobs {
		l.Jumps = append(l.Jumps, j.jumps...)
		if translation := l.translation(j.q); translation != nil {
			l.anchors[translation] = j.anchors
		}
	}
	l.compareAnswers(files)
	l.compareTranslations(files)
	for _, q := range files {
		if question := l.Site.Question(q.id); question != nil {
			question.AsOf = l.asOf(question)
		}
	}
	return nil
}

// typesetQuestion typesets one file into `translation`, and returns the anchors in its body and passages.
func (l *Loader) typesetQuestion(q *File, translation *site.Translation) map[string]bool {
	t := l.Page(q.language)
	l.CheckReading(q.file, q.front.Reading)
	translation.Reading = q.front.Reading.Value
	l.CheckTwice(q.file, q.front.Keywords)
	for _, keyword := range q.front.Keywords {
		translation.Keywords = append(translation.Keywords, keyword.Value)
	}
	told := l.answer(t, q, translation)
	body, found := dialect.ParseBody(q.file, q.body, len(q.file.Data))
	if !q.again {
		found = append(found, l.CheckBody(q.file, q.language, body, translation)...)
		l.NotePassages(q.file, body, translation.Question)
		l.Report(found...)
		l.NoteFaults(q.file, q.body, found)
	}
	anchors := map[string]bool{}
	for _, anchor := range body.Anchors() {
		anchors[anchor.ID] = true
	}
	passages, fine := l.readPassages(translation, anchors)
	if l.Faulty(q.file, q.body) || !fine {
		return anchors
	}
	sections := shownSections(q.file, body, passages)
	translation.Chapters = markdown.Chapters(t, stretches(sections)...)
	if q.language == l.Site.Default {
		l.checkSections(t, sections)
	}
	if !q.again {
		l.sumUp(q, body)
	}
	translation.Reads = t.Reads
	translation.SumUp(told)
	t.Boundaries = append(t.Boundaries, site.BoundariesOf(translation.Answers)...)
	slices.Sort(t.Boundaries)
	translation.Boundaries = slices.Compact(t.Boundaries)
	translation.Facts = t.UsedFacts()
	return anchors
}

// answer typesets the answer, or the variants of the answer. It returns the HTML of each, with its terms explained inline, or nil if the
// file does not have exactly one of the keys `answer` and `answers`.
func (l *Loader) answer(t *typeset.Page, q *File, translation *site.Translation) (told []markup.HTML) {
	defer func() { translation.Words = t.Words }()
	typeset := func(text strictyaml.Text) site.Phrase {
		shown, full := t.Answer(q.file, text)
		told = append(told, full)
		return shown
	}
	if (q.front.Answer == nil) == (q.front.Answers == nil) {
		if !q.again {
			l.Report(q.file.At(q.front.Question.Offset, "answer-one"))
		}
		return nil
	}
	if q.front.Answer != nil {
		translation.Answers = []site.Variant{{From: civil.Unset, Until: civil.Unset, Text: typeset(*q.front.Answer)}}
	} else {
		translation.Answers = l.Variants(q.file, q.front.Answers, translation.Question.From, translation.Question.Until, t.Apart(len(q.front.Answers), typeset))
		for _, y := range q.front.Answers {
			t.UsePeriod(y.From, y.Until)
		}
	}
	if len(translation.Answers) > 0 {
		translation.Answer = translation.Answers[site.Holding(translation.Answers, l.Site.Today)].Text
	}
	return told
}

// compareAnswers reports translations whose answers change on different days from the answers in the default language.
func (l *Loader) compareAnswers(files []*File) {
	for _, q := range files {
		translation := l.translation(q)
		if translation == nil || q.again {
			continue
		}
		base := l.Site.Question(q.id).In(l.Site.Default)
		if base == nil || base.Answers == nil || translation.Answers == nil {
			continue // the mistakes are already reported
		}
		theirs, ours := site.BoundariesOf(base.Answers), site.BoundariesOf(translation.Answers)
		if !slices.Equal(theirs, ours) {
			l.Report((&diag.File{Name: path.Join(l.Name, q.folder, q.topic.ID, q.id, q.language.ID+".md")}).Whole("answers-differ", l.Site.Default.ID+".md"))
		}
	}
}

// asOf returns the earliest of the days on which the question's sources and facts were last checked, or civil.Unset if the question has
// neither.
func (l *Loader) asOf(question *site.Question) civil.Date {
	oldest := civil.Unset
	older := func(day civil.Date) {
		if oldest == civil.Unset || day < oldest {
			oldest = day
		}
	}
	for _, source := range question.Sources {
		older(source.Read)
	}
	for _, language := range l.Site.Languages {
		if translation := question.In(language); translation != nil {
			for _, fact := range translation.Facts {
				older(fact.AsOf)
			}
		}
	}
	return oldest
}
