package site

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
	"sitegen/internal/parity"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/written"
)

// questionFile is a file <topic>/<id>/<lang>.md of a question, in the folder faq or in an insurer's folder faq.
type questionFile struct {
	folder   string // the folder faq with the topics, as a path in the content folder
	topic    *Topic
	id       string
	language *Language
	file     *diag.File
	front    frontMatter
	body     int               // the offset where the Markdown begins
	found    []diag.Diagnostic // findings that are not yet reported
	faulty   bool              // whether reading the file caused findings, so that it is not typeset
	err      error             // the error of reading the file
	again    bool              // whether the file was already checked for the general site
	parity   *parity.FileSum   // nil if the file has errors
}

// frontMatter is the YAML between the two lines ---. Fields with the tag shared hold for every language, and only the file of the default
// language may have them.
type frontMatter struct {
	Question strictyaml.Text   `yaml:"question"`
	Answer   *strictyaml.Text  `yaml:"answer,optional"`
	Answers  []variantYAML     `yaml:"answers,optional"` // replaces answer if the answer changes on some day
	Reading  strictyaml.Text   `yaml:"reading,optional"`
	Keywords []strictyaml.Text `yaml:"keywords,optional"`

	Sources    []strictyaml.Text  `yaml:"sources,optional" shared:"true"`
	Related    []strictyaml.Text  `yaml:"related,optional" shared:"true"`
	ValidFrom  *strictyaml.When   `yaml:"valid_from,optional" shared:"true"`
	ValidUntil *strictyaml.When   `yaml:"valid_until,optional" shared:"true"`
	Order      *strictyaml.Number `yaml:"order,optional" shared:"true"`
	// Brings says whether readers want to know what to bring. If the search finds the question, it then also offers the checker.
	Brings bool `yaml:"brings,optional" shared:"true"`

	// Draft says whether the question must not be published yet.
	Draft bool `yaml:"draft,optional" shared:"true"`

	// Differs is the differs map of a translation.
	Differs parity.Differs `yaml:"differs,optional"`

	// Base is the fingerprint of the general text that an insurer's file replaces.
	Base *strictyaml.Text `yaml:"base,optional" shared:"true"`
}

// loadQuestionFiles finds all question files of the general site, and reads them in parallel.
func (l *loader) loadQuestionFiles() ([]*questionFile, error) {
	if !l.has("faq") {
		l.report((&diag.File{Name: l.name + "/faq"}).Whole("file-missing", "faq"))
		return nil, nil
	}
	files, _, err := l.findQuestionFiles("faq")
	if err != nil {
		return nil, err
	}
	return l.readQuestionFiles(files)
}

// readQuestionFiles reads files, adds their questions to the site and returns the files. Except for a preview, it leaves out the files of
// drafts.
func (l *loader) readQuestionFiles(files []*questionFile) ([]*questionFile, error) {
	err := inOrder(l.ended, files, func(q *questionFile) { q.read(l.content, l.name) }, func(q *questionFile) {
		l.report(q.found...)
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
		if q.front.Draft && q.language.base == l.site.Default.base {
			l.drafts[q.id] = true
		}
	}
	if !l.preview {
		l.site.Drafts = len(l.drafts)
		files = slices.DeleteFunc(files, func(q *questionFile) bool { return l.drafts[q.id] })
	}
	l.registerQuestions(files)
	for _, q := range files {
		q.front.forget()
	}
	return files, nil
}

// forget empties the lists of the front matter that the question now has, to save memory. A list that the file lacks stays nil.
func (y *frontMatter) forget() { y.Sources, y.Related = emptied(y.Sources), emptied(y.Related) }

func emptied(list []strictyaml.Text) []strictyaml.Text {
	if list == nil {
		return nil
	}
	return []strictyaml.Text{}
}

// inOrder calls two functions for each item: first do, and later then. It runs do on at most as many goroutines as there are
// processors. It calls then for one item at a time, in the order of the items, as soon as do has returned for the item and for all items
// before it. The results can therefore be processed and released early. inOrder stops when ended returns an error, and returns that
// error. A panic on a goroutine becomes a panic of the caller, which is reported like any other bug.
func inOrder[T any](ended func() error, items []*T, do, then func(*T)) error {
	var (
		group sync.WaitGroup
		next  atomic.Int64
		bug   atomic.Value
		lock  sync.Mutex
		done  = make([]bool, len(items))
		first int // the index of the first item for which then was not called
	)
	for range min(len(items), runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			defer func() {
				if panicked := recover(); panicked != nil {
					bug.Store(fmt.Sprintf("%v\n\n%s", panicked, debug.Stack()))
				}
			}()
			for i := int(next.Add(1)) - 1; i < len(items) && ended() == nil; i = int(next.Add(1)) - 1 {
				do(items[i])
				lock.Lock()
				for done[i] = true; first < len(items) && done[first]; first++ {
					then(items[first])
				}
				lock.Unlock()
			}
		})
	}
	group.Wait()
	if panicked := bug.Load(); panicked != nil {
		panic(panicked)
	}
	return ended()
}

// ended returns the context's error if the context of the content folder has ended, see [plaintext.Until].
func (l *loader) ended() error { return plaintext.Ended(l.content) }

// read reads the file and decodes its front matter. It sets file, front, body, found, faulty and err.
func (q *questionFile) read(content fs.FS, folder string) {
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

// frontMatterFault returns the finding that a line --- is missing. Its place is the first line that resembles such a line, or else the
// first line of the file.
func (q *questionFile) frontMatterFault() diag.Diagnostic {
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

// registerQuestions makes a question for each id in files, and adds the questions to the site. It reports missing translations, and keys
// that only the file of the default language may have.
func (l *loader) registerQuestions(files []*questionFile) {
	folders := map[string]*diag.File{}
	for _, q := range files {
		question := l.site.question[q.id]
		if question == nil {
			question = &Question{ID: q.id, Topic: q.topic, From: civil.Unset, Until: civil.Unset, Draft: l.drafts[q.id], translations: map[*Language]*Translation{}}
			l.site.question[q.id] = question
			l.site.Questions = append(l.site.Questions, question)
			folders[q.id] = &diag.File{Name: path.Join(l.name, q.folder, q.topic.ID, q.id)}
		}
		if question.Topic != q.topic {
			l.report(q.file.Whole("question-twice", q.id, question.Topic.ID))
			continue
		}
		question.translations[q.language.base] = &Translation{Question: question, Language: q.language}
	}
	for _, question := range l.site.Questions {
		for _, language := range l.site.Languages {
			if folders[question.ID] != nil && !question.Translated(language) && (!question.Draft && !language.base.growing || language.base == l.site.Default.base) {
				l.report(folders[question.ID].Whole("translation-missing", question.ID, language.ID+".md"))
			}
		}
	}
	for _, q := range files {
		if q.language.base == l.site.Default.base && !q.faulty {
			l.shareFrontMatter(q)
		}
	}
	for _, q := range files {
		if q.language.base != l.site.Default.base {
			l.checkShared(q)
		}
	}
	l.sortQuestions()
}

// sortQuestions sorts the site's questions by topic, order and id.
func (l *loader) sortQuestions() {
	position := map[*Topic]int{}
	for i, topic := range l.site.Topics {
		position[topic] = i
	}
	slices.SortFunc(l.site.Questions, func(a, b *Question) int {
		return cmp.Or(cmp.Compare(position[a.Topic], position[b.Topic]), cmp.Compare(a.order, b.order), cmp.Compare(a.ID, b.ID))
	})
	l.site.byTopic = map[*Topic][]*Question{}
	for _, question := range l.site.Questions {
		l.site.byTopic[question.Topic] = append(l.site.byTopic[question.Topic], question)
	}
}

// lastOrder is the order of questions whose front matter sets no order. They come after all other questions of the topic.
const lastOrder = 1 << 30

// shareFrontMatter copies the shared fields of the default language's file to the question, and reports mistakes in them.
func (l *loader) shareFrontMatter(q *questionFile) {
	question := l.site.question[q.id]
	question.Sources = l.resolveSources(q.file, q.front.Sources)
	if len(q.front.Sources) == 0 {
		l.report(q.file.At(q.front.Question.Offset, "sources-missing"))
	}
	l.checkTwice(q.file, q.front.Related)
	for _, id := range q.front.Related {
		related := l.site.question[id.Value]
		switch {
		case related == nil:
			l.report(l.noQuestion(q.file, id.Offset, id.Value))
		case related == question:
			l.report(q.file.At(id.Offset, "related-itself", id.Value))
		default:
			question.Related = append(question.Related, related)
		}
	}
	question.From = l.validity(q.file, q.front.ValidFrom)
	question.Until = l.validity(q.file, q.front.ValidUntil)
	if question.From != civil.Unset && question.Until != civil.Unset && question.From > question.Until {
		l.report(q.file.At(q.front.ValidFrom.Offset, "period-reversed", question.From, question.Until))
	}
	if q.front.ValidUntil != nil {
		l.notePeriod(q.file, q.front.ValidUntil.Offset, QuestionPeriod, q.id, question.From, question.Until)
	}
	question.order, question.Brings = lastOrder, q.front.Brings
	if q.front.Order != nil {
		question.order = q.front.Order.Value
		l.report(schema.Orders.Check(q.file, *q.front.Order)...)
	}
}

// validity returns the day that one end of a period names, either as a day or as fact:id. It returns civil.Unset for nil. It reports a
// value that names no day, and then also returns civil.Unset.
func (l *loader) validity(f *diag.File, value *strictyaml.When) civil.Date {
	if value == nil {
		return civil.Unset
	}
	period := markdown.Period{From: value.Value, Offset: value.Offset}
	day := l.day(value.Value)
	switch {
	case l.again: // the value was checked for the general site
	case day == civil.Unset && !strings.HasPrefix(value.Value, "fact:"):
		l.report(noDay(f, value.Text))
	default:
		l.report(l.checkPeriod(f, period)...)
	}
	return day
}

// noDay returns the finding that a value is neither a day nor fact:id. For a token in braces, it has an edit that removes the braces.
func noDay(f *diag.File, value strictyaml.Text) diag.Diagnostic {
	if day, isToken := written.Unbraced(value.Value); isToken {
		return f.Mendable(f.At(value.Offset, "day-braces", day), diag.Edit{Offset: value.Offset, Old: value.Value, New: day})
	}
	return f.At(value.Offset, "block-day", value.Value)
}

// checkShared reports the keys of a translation that only the file of the default language may have.
func (l *loader) checkShared(q *questionFile) {
	front := reflect.ValueOf(&q.front).Elem()
	for _, field := range reflect.VisibleFields(front.Type()) {
		if field.Tag.Get("shared") == "" || front.FieldByIndex(field.Index).IsZero() {
			continue
		}
		key, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		line := 1 + bytes.Count(q.file.Data[:max(0, bytes.Index(q.file.Data, []byte("\n"+key+":")))+1], []byte("\n"))
		l.report(q.file.AtLine(line, 1, "front-matter-shared", key, l.site.Default.ID+".md"))
	}
}

// titleQuestions typesets the titles of questions. It runs before other texts are typeset, because these may use titles.
func (l *loader) titleQuestions(files []*questionFile) {
	for _, q := range files {
		if translation := l.translation(q); translation != nil {
			translation.Title = l.title(q.file, q.language, q.front.Question)
			if inline, _ := dialect.ParseInline(q.file, q.front.Question.Value, q.front.Question.Offset); inline != nil {
				if at, found := inline.Markup(); found {
					l.report(q.file.At(at, "question-markup"))
				}
			}
		}
	}
}

// translation returns the translation that a file gives. It returns nil if the file has errors, or if its question is also in a different
// topic.
func (l *loader) translation(q *questionFile) *Translation {
	if q.faulty || l.site.question[q.id].Topic != q.topic {
		return nil
	}
	return l.site.question[q.id].In(q.language)
}

// typesetQuestions typesets answers and bodies in parallel, and then compares the languages. Each file is typeset with its own copy of
// the loader. Findings are reported in the order of the files.
func (l *loader) typesetQuestions(files []*questionFile) error {
	anchors := maps.Clone(l.anchors)
	if anchors == nil {
		anchors = map[*Translation]map[string]bool{}
	}
	l.anchors = anchors
	type job struct {
		q       *questionFile
		found   []diag.Diagnostic
		jumps   []jump
		anchors map[string]bool
	}
	jobs := make([]*job, len(files))
	for i, q := range files {
		jobs[i] = &job{q: q}
	}
	fresh := *l
	fresh.found, fresh.jumps = diag.Findings{}, nil
	err := inOrder(l.ended, jobs, func(j *job) {
		translation := l.translation(j.q)
		if translation == nil {
			return
		}
		own := fresh
		own.again = j.q.again
		j.anchors = own.typesetQuestion(j.q, translation)
		if j.found, j.jumps = own.found.List, own.jumps; len(j.found)+len(j.jumps)+len(translation.reads) == 0 {
			*j.q = questionFile{folder: j.q.folder, topic: j.q.topic, id: j.q.id, language: j.q.language, parity: j.q.parity} // releases the text, which is no longer needed
		}
	}, func(j *job) {
		l.report(j.found...)
		j.found = nil
	})
	if err != nil {
		return err
	}
	for _, j := range jobs {
		l.jumps = append(l.jumps, j.jumps...)
		if translation := l.translation(j.q); translation != nil {
			l.anchors[translation] = j.anchors
		}
	}
	l.compareAnswers(files)
	l.compareTranslations(files)
	for _, q := range files {
		if question := l.site.question[q.id]; question != nil {
			question.AsOf = l.asOf(question)
		}
	}
	return nil
}

// typesetQuestion typesets one file, and returns the anchors in its body and passages.
func (l *loader) typesetQuestion(q *questionFile, translation *Translation) map[string]bool {
	t := l.typesetter(q.language)
	l.checkReading(q.file, q.front.Reading)
	translation.Reading = q.front.Reading.Value
	l.checkTwice(q.file, q.front.Keywords)
	for _, keyword := range q.front.Keywords {
		translation.Keywords = append(translation.Keywords, keyword.Value)
	}
	told := l.answer(t, q, translation)
	body, found := dialect.ParseBody(q.file, q.body, len(q.file.Data))
	if !q.again {
		found = append(found, l.checkBody(q.file, q.language, body, translation)...)
		l.notePassages(q.file, body, translation.Question)
		l.report(found...)
		l.noteFaults(q.file, q.body, found)
	}
	anchors := map[string]bool{}
	for _, anchor := range body.Anchors() {
		anchors[anchor.ID] = true
	}
	passages, fine := l.readPassages(translation, anchors)
	if l.faulty(q.file, q.body) || !fine {
		return anchors
	}
	translation.Chapters = markdown.Chapters(t, stretches(body, passages)...)
	if !q.again {
		l.sumUp(q, body)
	}
	translation.reads, translation.hash = t.reads, translation.sumUp(told)
	t.boundaries = append(t.boundaries, boundariesOf(translation.Answers)...)
	slices.Sort(t.boundaries)
	translation.Boundaries = slices.Compact(t.boundaries)
	translation.Facts = t.usedFacts()
	return anchors
}

// answer typesets the answer, or the variants of the answer. told has the HTML of each, with its terms explained inline.
func (l *loader) answer(t *typesetter, q *questionFile, translation *Translation) (told []markup.HTML) {
	defer func() { translation.Words = t.words }()
	typeset := func(text strictyaml.Text) Phrase {
		shown, full := t.answer(q.file, text)
		told = append(told, full)
		return shown
	}
	if (q.front.Answer == nil) == (q.front.Answers == nil) {
		if !q.again {
			l.report(q.file.At(q.front.Question.Offset, "answer-one"))
		}
		return nil
	}
	if q.front.Answer != nil {
		translation.Answers = []Variant{{From: civil.Unset, Until: civil.Unset, Text: typeset(*q.front.Answer)}}
	} else {
		translation.Answers = l.variants(q.file, q.front.Answers, translation.Question.From, translation.Question.Until, t.apart(len(q.front.Answers), typeset))
		for _, y := range q.front.Answers {
			t.usePeriod(y.From, y.Until)
		}
	}
	if len(translation.Answers) > 0 {
		translation.Answer = translation.Answers[holding(translation.Answers, l.site.Today)].Text
	}
	return told
}

// compareAnswers reports translations whose answers change on different days from those in the default language.
func (l *loader) compareAnswers(files []*questionFile) {
	for _, q := range files {
		translation := l.translation(q)
		if translation == nil || q.again {
			continue
		}
		base := l.site.question[q.id].In(l.site.Default)
		if base == nil || base.Answers == nil || translation.Answers == nil {
			continue // already reported
		}
		theirs, ours := boundariesOf(base.Answers), boundariesOf(translation.Answers)
		if !slices.Equal(theirs, ours) {
			l.report((&diag.File{Name: path.Join(l.name, q.folder, q.topic.ID, q.id, q.language.ID+".md")}).Whole("answers-differ", l.site.Default.ID+".md"))
		}
	}
}

// asOf returns the earliest of the days on which the question's sources and facts were last checked, or civil.Unset if the question has
// neither.
func (l *loader) asOf(question *Question) civil.Date {
	oldest := civil.Unset
	older := func(day civil.Date) {
		if oldest == civil.Unset || day < oldest {
			oldest = day
		}
	}
	for _, source := range question.Sources {
		older(source.Read)
	}
	for _, language := range l.site.Languages {
		if translation := question.In(language); translation != nil {
			for _, fact := range translation.Facts {
				older(fact.AsOf)
			}
		}
	}
	return oldest
}

// quotesTitle reports a label that quotes the title of its source in 「」 with a slip, because readers would see two versions of the title.
// It skips sources with an address.
func (l *loader) quotesTitle(source *Source, label strictyaml.Text) {
	_, behind, opened := strings.Cut(label.Value, "「")
	end := strings.LastIndex(behind, "」")
	if !opened || end < 0 || source.Address != "" || strings.Contains(label.Value, source.Title) {
		return
	}
	if quoted := behind[:end]; diag.Nearest(quoted, []string{source.Title}) != "" {
		l.report(l.sourceFile.At(label.Offset, "source-title-differs", quoted, source.Title))
	}
}

// typesetSources typesets the labels of sources, and reports missing ones.
func (l *loader) typesetSources() {
	for _, source := range l.site.Sources {
		for _, entry := range l.sourceLabels[source] {
			language := l.language(entry.Key.Value)
			if language == nil {
				l.report(l.sourceFile.At(entry.Key.Offset, "language-unknown", entry.Key.Value, l.suggestLanguage(entry.Key.Value)))
				continue
			}
			t := l.typesetter(language)
			t.unstyled = true // the label is the name of a document
			source.Labels[language.ID], _ = l.labelBy(t, l.sourceFile, entry.Value)
			l.quotesTitle(source, entry.Value)
		}
		for _, language := range l.site.completeFirst() {
			_, ok := source.Labels[language.ID]
			theirs, stands := source.Labels[language.fallback.ID]
			switch {
			case ok:
			case language.growing && stands:
				source.Labels[language.ID] = language.standIn(theirs)
			default:
				l.report(l.sourceFile.At(source.Offset, "source-unnamed", source.ID, language.ID))
			}
		}
	}
}

// suggest returns an argument for a message that suggests the one of names that is most similar to name.
func suggest(name string, names []string) diag.Near { return diag.Near{Name: name, Names: names} }

// suggestOf suggests a known name for an unknown one. list returns the known names of this kind. It is called only once for each kind,
// because a text may have ten thousand unknown names.
func (l *loader) suggestOf(name, kind string, list func() []string) diag.Near {
	names, listed := l.site.lists.Load(kind)
	if !listed {
		names, _ = l.site.lists.LoadOrStore(kind, list())
	}
	return suggest(name, names.([]string))
}

func (l *loader) suggestFact(id string) diag.Near {
	return l.suggestOf(id, "facts", func() []string { return sortedKeys(l.site.fact) })
}

// suggestFactOf suggests a fact of one of these kinds.
func (l *loader) suggestFactOf(id string, kinds ...schema.FactKind) diag.Near {
	return l.suggestOf(id, fmt.Sprint("facts of ", kinds), func() []string { return l.factIDs(kinds...) })
}

func (l *loader) suggestTerm(id string) diag.Near {
	return l.suggestOf(id, "terms", func() []string { return sortedKeys(l.site.term) })
}

func (l *loader) suggestPolicy(id string) diag.Near { return l.suggestOf(id, "policies", l.policyIDs) }

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
