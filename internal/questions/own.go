package questions

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
	"sitegen/internal/parity"
	"sitegen/internal/plaintext"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/typeset"
)

// passage is a section of a question that an insurer has written, in a file <question>/<anchor>.<lang>.md. It can also be a section that the
// insurer hides. A hidden section has no file and no body.
type passage struct {
	path             string // the path of the file in the content folder
	question, anchor string
	language         *site.Language
	written          *strictyaml.Text // `base` in the front matter: the fingerprint of the text that the passage replaces
	new              bool             // `new` in the front matter: whether the general text has no section with this anchor
	differs          parity.Differs   // `differs` in the front matter
	file             *diag.File
	body             *markdown.Body
	found            []diag.Diagnostic // the mistakes in the file
}

// ownLoader loads the questions of an insurer's site.
type ownLoader struct {
	*Loader
	folder string            // the insurer's folder in the content folder
	hides  []strictyaml.Text // the questions and sections that the insurer hides
}

// LoadOwn sets the questions of the insurer's site: the insurer's own questions, its versions of general questions that it changes, and all
// other general questions except those that it hides.
//
// `f` is profile.yaml, `folder` is the insurer's folder in the content folder, `hides` is the list `hide` of profile.yaml, and `entries` has
// the files of the general site.
func (l *Loader) LoadOwn(f *diag.File, folder string, hides []strictyaml.Text, entries []*File) error {
	p := &ownLoader{l, folder, hides}
	var own []*File
	var parts []*passage
	if p.Has(p.folder + "/faq") {
		var err error
		if own, parts, err = p.findQuestionFiles(p.folder + "/faq"); err != nil {
			return err
		}
	}
	if err := p.readPassageFiles(parts); err != nil {
		return err
	}
	p.checkLanguages(parts)
	p.comparePassages(parts)
	other := p.hide(f, &parts) // ids of questions whose general text is not used
	for _, q := range own {
		other[q.id] = true
	}
	for _, general := range p.General.Questions {
		if !other[general.ID] {
			p.Site.AddQuestion(general)
		}
	}
	var err error
	if own, err = p.readQuestionFiles(own); err != nil {
		return err
	}
	p.TypesetTitles(own)
	p.compareQuestions(own)
	again, err := p.changed(entries, parts, other)
	if err != nil {
		return err
	}
	p.placePassages(parts)
	p.Site.SortQuestions()
	if err := p.Typeset(append(own, again...)); err != nil {
		return err
	}
	p.CheckJumps(p.anchors)
	slices.SortStableFunc(p.Site.Profile.Overrides, func(a, b site.Override) int {
		return cmp.Or(strings.Compare(a.Question, b.Question), strings.Compare(a.Anchor, b.Anchor))
	})
	return nil
}

// hide reads the list `hide` of profile.yaml, which names what the insurer's site leaves out. It adds hidden sections to `parts`, and
// returns the ids of hidden questions.
func (p *ownLoader) hide(f *diag.File, parts *[]*passage) map[string]bool {
	hidden := map[string]bool{}
	for _, entry := range p.hides {
		id, anchor, isPassage := strings.Cut(entry.Value, "#")
		question := p.General.Question(id)
		switch {
		case question == nil:
			p.Report(p.General.NoQuestion(f, entry.Offset, id))
			continue
		case isPassage && !p.hasSection(question, anchor):
			p.Report(f.At(entry.Offset, "anchor-unknown", anchor, ""))
			continue
		case isPassage:
			for _, language := range p.Site.Languages {
				*parts = append(*parts, &passage{question: id, anchor: anchor, language: language})
			}
		default:
			hidden[id] = true
		}
		p.Site.Profile.Overrides = append(p.Site.Profile.Overrides, site.Override{Kind: site.Hidden, Question: id, Anchor: anchor})
	}
	return hidden
}

func (p *ownLoader) hasSection(question *site.Question, anchor string) bool {
	translation := question.In(p.Site.Default)
	return translation != nil && p.anchors[translation][anchor]
}

// readPassageFiles reads the files of passages, and reports mistakes in them.
func (p *ownLoader) readPassageFiles(parts []*passage) error {
	count := map[string]int{}
	for _, part := range parts {
		var err error
		if part.file, part.found, err = plaintext.Read(p.Content, p.Name, part.path); err != nil {
			return err
		}
		if len(part.found) == 0 {
			start := part.readFrontMatter()
			of := part.question + " " + part.language.ID
			count[of]++
			body, wrong := dialect.ParsePassage(part.file, start, len(part.file.Data), count[of])
			part.body, part.found = body, append(part.found, wrong...)
			if sections := part.body.Sections(); len(sections) == 0 || sections[0].ID != part.anchor {
				part.found = append(part.found, part.file.At(start, "passage-heading", part.anchor))
			}
		}
		p.Report(part.found...)
	}
	return nil
}

// readFrontMatter reads the front matter of a passage, which is optional, and returns the offset where the Markdown begins. If a line ---
// around the front matter is missing, it reports that.
func (part *passage) readFrontMatter() int {
	data := part.file.Data
	rest, marked := bytes.CutPrefix(data, []byte("---\n"))
	start := len(data) - len(rest)
	end := start + bytes.Index(append([]byte("\n"), rest...), []byte("\n---\n"))
	next := end + len("---\n")
	if !marked || end < start { // a line --- is missing
		key := frontMatterKey.Find(rest)
		if key == nil {
			return 0
		}
		part.found = append(part.found, part.file.At(start, "passage-marks", string(key)))
		end, next = frontMatterEnd(data, start)
	}
	var y struct {
		Base *strictyaml.Text `yaml:"base,optional"`
		New  bool             `yaml:"new,optional"`

		Differs parity.Differs `yaml:"differs,optional"`
	}
	part.found = append(part.found, strictyaml.Decode(part.file, start, end, &y)...)
	part.written, part.new, part.differs = y.Base, y.New, y.Differs
	return next
}

// frontMatterKey matches the first line of a passage's front matter.
var frontMatterKey = regexp.MustCompile(`^(?:base|new|differs):.*`)

// frontMatterEnd returns where front matter that lacks a line --- ends, and where the Markdown after it begins. The front matter begins at
// `start`, and ends at a line ---, an empty line or a heading.
func frontMatterEnd(data []byte, start int) (end, next int) {
	for at := start; at < len(data); {
		line, _, _ := bytes.Cut(data[at:], []byte("\n"))
		switch {
		case string(line) == "---":
			return at, min(at+len("---\n"), len(data))
		case len(line) == 0, line[0] == '#':
			return at, at
		}
		at = min(at+len(line)+1, len(data))
	}
	return len(data), len(data)
}

// changed returns the files of those general questions whose text differs on this insurer's site. It gives the site its own version of each
// of these questions. `other` has the ids of questions whose general text is not used.
func (p *ownLoader) changed(entries []*File, parts []*passage, other map[string]bool) ([]*File, error) {
	touched := map[string]bool{}
	for _, part := range parts {
		touched[part.question] = true
	}
	var again []*File
	for _, q := range entries {
		general := p.General.Question(q.id)
		language := p.Site.Language(q.language.ID)
		if general == nil || language == nil || other[q.id] {
			continue
		}
		translation := general.In(language)
		if translation == nil || !touched[q.id] && !p.IsAffected(translation.Reads) {
			continue
		}
		file := *q
		if file.file == nil { // the text of the file has been released
			if file.read(p.Content, p.Name); file.err != nil {
				return nil, file.err
			}
			p.Report(file.found...) // there are findings only if somebody changed the file after the first reading
		}
		file.language, file.again, file.parity = language, true, nil
		ours := p.ownVersion(general)
		ours.SetTranslation(language, &site.Translation{Question: ours, Language: language, Title: translation.Title, Stale: translation.Stale})
		again = append(again, &file)
	}
	return again, nil
}

// ownVersion returns the insurer's version of a general question. If there is no version yet, it makes one.
func (p *ownLoader) ownVersion(general *site.Question) *site.Question {
	if ours := p.Site.Question(general.ID); ours != general {
		return ours
	}
	ours := general.Copy()
	p.Site.AddQuestion(ours)
	return ours
}

// placePassages assigns each passage to its translation. It reports a passage whose question does not exist.
func (p *ownLoader) placePassages(parts []*passage) {
	p.passages = map[*site.Translation][]*passage{}
	for _, part := range parts {
		question := p.Site.Question(part.question)
		if question == nil || question.In(part.language) == nil {
			if part.file != nil {
				p.Report(part.file.Whole("question-unknown", part.question, p.Site.SuggestQuestion(part.question)))
			}
			continue
		}
		translation := question.In(part.language)
		p.passages[translation] = append(p.passages[translation], part)
		p.checkPlace(part)
		if part.file != nil && part.language.Base == p.Site.Default.Base {
			p.comparePassage(part)
		}
	}
}

// checkPlace reports a passage that replaces nothing, because the general text in its language has no section with its anchor. Without
// this check, a slip in the anchor would make the page show both texts. checkPlace also reports a passage that is marked as new
// although the general text has such a section.
func (p *ownLoader) checkPlace(part *passage) {
	general := p.General.Question(part.question)
	if part.file == nil || general == nil || general.In(part.language) == nil {
		return // the section is hidden, or the question is the insurer's own
	}
	anchors := p.anchors[general.In(part.language)]
	switch {
	case anchors == nil: // the general text has errors, which are already reported
	case part.new && anchors[part.anchor]:
		p.Report(part.file.Whole("passage-not-new", part.anchor))
	case !part.new && !anchors[part.anchor]:
		p.Report(part.file.Whole("passage-nowhere", part.anchor, strings.Join(slices.Sorted(maps.Keys(anchors)), ", "), site.Suggest(part.anchor, slices.Sorted(maps.Keys(anchors)))))
	}
}

// checkLanguages reports a passage that exists in only some of the site's languages.
func (p *ownLoader) checkLanguages(parts []*passage) {
	type section struct{ question, anchor string }
	has, first := map[section]map[string]bool{}, map[section]*passage{}
	for _, part := range parts {
		of := section{part.question, part.anchor}
		if has[of] == nil {
			has[of], first[of] = map[string]bool{}, part
		}
		has[of][part.language.ID] = true
	}
	for _, part := range parts {
		of := section{part.question, part.anchor}
		if first[of] != part || part.file == nil {
			continue
		}
		for _, language := range p.Site.Languages {
			general := p.General.Question(of.question)
			if language.Base.Growing && general != nil && !general.Translated(language) {
				continue // the question is shown in the language's fallback, and so is the passage
			}
			if !has[of][language.ID] {
				p.Report(part.file.Whole("passage-language", part.anchor, part.anchor+"."+language.ID+".md"))
			}
		}
	}
}

// compareQuestions adds the questions that the insurer has written to the profile's list of overrides. If a question replaces a general text
// that has changed since the insurer wrote the question, compareQuestions warns.
func (p *ownLoader) compareQuestions(own []*File) {
	for _, q := range own {
		if q.language.Base != p.Site.Default.Base || q.faulty {
			continue
		}
		general := p.General.Question(q.id)
		if general == nil {
			p.Site.Profile.Overrides = append(p.Site.Profile.Overrides, site.Override{Kind: site.Added, Question: q.id})
			continue
		}
		if base := p.baseOf(general); base != nil {
			p.compare(q.file, q.front.Question.Offset, site.Override{Kind: site.Replaced, Question: q.id, Base: fingerprint(base.file.Data)}, q.front.Base)
		}
	}
}

// comparePassage adds a passage to the list of overrides. Like compareQuestions, it warns if the general text has changed.
func (p *ownLoader) comparePassage(part *passage) {
	general := p.General.Question(part.question)
	if general == nil {
		return
	}
	base := p.baseOf(general)
	if base == nil {
		return
	}
	body, _ := dialect.ParseBody(base.file, base.body, len(base.file.Data))
	o := site.Override{Kind: site.Added, Question: part.question, Anchor: part.anchor}
	sections := body.Sections()
	if i := slices.IndexFunc(sections, func(s markdown.Section) bool { return s.ID == part.anchor }); i >= 0 {
		end := sections[sectionEnd(sections, i)-1].End
		o.Kind, o.Base = site.Replaced, fingerprint(base.file.Data[sections[i].Start:end])
	}
	if o.Kind == site.Added && !part.new {
		return // checkPlace reports this
	}
	p.compare(part.file, 0, o, part.written)
}

// compare adds an override to the insurer's list. It warns if the fingerprint in the insurer's file (`written`) differs from that of the
// present general text, or if there is only one of these fingerprints. `offset` is the place of the warning if `written` is nil.
func (p *ownLoader) compare(f *diag.File, offset int, o site.Override, written *strictyaml.Text) {
	switch {
	case o.Base == "" && written != nil:
		p.Report(f.At(written.Offset, "override-without-base", o.Question))
	case o.Base != "" && written == nil:
		p.Report(f.At(offset, "override-unmarked", o.Question, o.Base))
	case o.Base != "" && written.Value != o.Base:
		p.Report(f.At(written.Offset, "override-outdated", o.Question, o.Base))
	}
	if written != nil {
		o.Written = written.Value
	}
	p.Site.Profile.Overrides = append(p.Site.Profile.Overrides, o)
}

// baseOf reads the general text of a question in the default language again. It returns nil if the file cannot be read or has errors,
// which are already reported.
func (p *ownLoader) baseOf(general *site.Question) *File {
	file := &File{folder: "faq", topic: general.Topic, id: general.ID, language: p.General.Default}
	if file.read(p.Content, p.Name); file.err != nil || file.faulty {
		return nil
	}
	return file
}

// fingerprint returns the first 12 hexadecimal digits of a text's SHA-256. Space at the beginning and the end of the text does not
// count.
func fingerprint(text []byte) string {
	sum := sha256.Sum256(bytes.TrimSpace(text))
	return hex.EncodeToString(sum[:6])
}

// readPassages returns the passages of a translation, and whether all of them can be typeset. It checks the passages, reports mistakes, and
// adds their anchors to the set `anchors`.
func (l *Loader) readPassages(translation *site.Translation, anchors map[string]bool) (passages []*passage, fine bool) {
	fine = true
	for _, part := range l.passages[translation] {
		if part.body != nil {
			found := append(slices.Clone(part.found), l.CheckBody(part.file, part.language, part.body, translation)...)
			l.NotePassages(part.file, part.body, translation.Question)
			l.Report(found[len(part.found):]...)
			fine = fine && !diag.HasErrors(found)
			for _, anchor := range part.body.Anchors() {
				anchors[anchor.ID] = true
			}
		}
		passages = append(passages, part)
	}
	return passages, fine
}

// stretches returns the texts of sections.
func stretches(sections []shownSection) []markdown.Stretch {
	list := make([]markdown.Stretch, len(sections))
	for i, section := range sections {
		list[i] = section.Stretch
	}
	return list
}

// shownSection is a section that a page shows, with its file.
type shownSection struct {
	markdown.Section
	file *diag.File
}

// shownSections returns the sections of a body and of the insurer's passages that a page shows, in order. `f` is the file of the body. A
// passage replaces the section with the same anchor and its subsections. A hidden passage removes them. A passage comes last if no section
// has its anchor.
func shownSections(f *diag.File, body *markdown.Body, passages []*passage) (list []shownSection) {
	add := func(part *passage) {
		if part.body != nil {
			for _, section := range part.body.Sections() {
				list = append(list, shownSection{section, part.file})
			}
		}
	}
	placed := map[*passage]bool{}
	sections := body.Sections()
	for i := 0; i < len(sections); i++ {
		at := slices.IndexFunc(passages, func(part *passage) bool { return part.anchor == sections[i].ID })
		if at < 0 {
			list = append(list, shownSection{sections[i], f})
			continue
		}
		placed[passages[at]] = true
		add(passages[at])
		i = sectionEnd(sections, i) - 1
	}
	for _, part := range passages {
		if !placed[part] {
			add(part)
		}
	}
	return list
}

// checkSections warns about a section whose heading would stand alone on this site, because the conditions of all its texts leave them out.
// A section with subsections is not empty. The languages have the same conditions, so one of them is enough.
func (l *Loader) checkSections(t *typeset.Page, sections []shownSection) {
	for i, section := range sections {
		if i+1 < len(sections) && sections[i+1].Level > section.Level || section.ID == "" || !section.LeftOut(t) {
			continue
		}
		if profile := l.Site.Profile; profile != nil {
			l.Report(section.file.At(section.HeadingOffset(), "section-empty-insurer", section.ID, profile.ID))
		} else {
			l.Report(section.file.At(section.HeadingOffset(), "section-empty", section.ID))
		}
	}
}

// sectionEnd returns the index of the first section that is neither the section i nor one of its subsections.
func sectionEnd(sections []markdown.Section, i int) int {
	end := i + 1
	for end < len(sections) && sections[end].Level > sections[i].Level {
		end++
	}
	return end
}

// IsAffected reports whether a text can differ between this insurer's site and the general site. `reads` has the parts of a profile that the
// text depends on, see [typeset.Page].
func (p *Loader) IsAffected(reads map[string]bool) bool {
	for what := range reads {
		kind, id, _ := strings.Cut(what, ":")
		switch {
		case kind == "insurer", kind == "policy" && p.Site.Profile.Policies[id] != "",
			kind == "picture" && p.Site.Pictures[id] != p.General.Pictures[id]:
			return true
		case kind == "faq" && p.Site.Question(id) != p.General.Question(id) && p.retitled(id):
			return true
		}
	}
	return false
}

// retitled reports whether the insurer's site hides a question, or gives it a different title in some language.
func (p *Loader) retitled(id string) bool {
	ours, general := p.Site.Question(id), p.General.Question(id)
	if ours == nil || general == nil {
		return true
	}
	for _, language := range p.Site.Languages {
		a, b := ours.In(language), general.In(language)
		if a != nil && b != nil && a.Title != b.Title {
			return true
		}
	}
	return false
}

// comparePassages compares an insurer's passages in each language with those in the default language. It also reports passages that repeat
// the words of a different language.
func (p *ownLoader) comparePassages(parts []*passage) {
	for _, part := range parts {
		if part.body == nil || len(part.found) > 0 {
			continue
		}
		if part.language.Base == p.Site.Default.Base {
			if len(part.differs) > 0 {
				p.Report(part.file.At(part.differs[0].Key.Offset, "differs-source"))
			}
			p.Report(parity.ForeignSource(part.file, part.language.Compared(), parity.Sections(part.file, part.body))...)
			continue
		}
		at := slices.IndexFunc(parts, func(other *passage) bool {
			return other.question == part.question && other.anchor == part.anchor && other.language.Base == p.Site.Default.Base && other.body != nil && len(other.found) == 0
		})
		if at < 0 {
			continue // the passage in the default language is missing or has mistakes, which is already reported
		}
		source := parts[at]
		c := &parity.Comparison{Source: source.file, File: part.file, From: source.language.Compared(), Language: part.language.Compared(), Differs: part.differs, End: len(part.file.Data)}
		units := parity.Sections(part.file, part.body)
		c.Compare(parity.Sections(source.file, source.body), units)
		for _, other := range parts {
			if other == part || other.question != part.question || other.anchor != part.anchor || other.body == nil || !p.Site.Before(other.language, part.language) {
				continue
			}
			theirs := parity.SaidIn(parity.Sections(other.file, other.body))
			for i := range units {
				if theirs[parity.Said{Name: units[i].Name, Raw: units[i].Raw}] {
					c.Same(units[i].Name, other.language.Compared())
				}
			}
		}
		c.Unneeded()
		p.ReportDifferences(c.Found.List)
	}
}
