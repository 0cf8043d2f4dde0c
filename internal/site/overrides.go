package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
	"sitegen/internal/parity"
	"sitegen/internal/plaintext"
	"sitegen/internal/strictyaml"
)

// Override is a difference between the questions of an insurer's site and those of the general site.
type Override struct {
	Kind     OverrideKind
	Question string
	Anchor   string // the anchor of the passage; "" for the whole question
	// Base is the fingerprint of the present general text. It is "" if there is no general text, or if the text is hidden. Written is
	// the fingerprint that the insurer's file names: that of the general text which the file was written to replace. It is "" if the
	// file names none.
	Base, Written string
}

// OverrideKind is what an override does to the general text.
type OverrideKind string

// The kinds of override.
const (
	Replaced OverrideKind = "replaced"
	Added    OverrideKind = "added"
	Hidden   OverrideKind = "hidden"
)

// passage is a section of a question that an insurer has written, in a file <question>/<anchor>.<lang>.md, or that the insurer hides. A
// hidden section has no file and no body.
type passage struct {
	path             string // the path of the file in the content folder
	question, anchor string
	language         *Language
	written          *strictyaml.Text // base in the front matter: the fingerprint of the text that the passage replaces
	new              bool             // new in the front matter: whether the general text has no section with this anchor
	differs          parity.Differs   // differs in the front matter
	file             *diag.File
	body             *markdown.Body
	found            []diag.Diagnostic // the mistakes in the file
}

// questions sets the questions of the insurer's site: the insurer's own questions, its versions of general questions that it changes,
// and all other general questions.
func (p *profileLoader) questions(f *diag.File, entries []*questionFile) error {
	var own []*questionFile
	var parts []*passage
	if p.has(p.folder + "/faq") {
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
	for _, general := range p.general.site.Questions {
		if !other[general.ID] {
			p.site.Questions = append(p.site.Questions, general)
			p.site.question[general.ID] = general
		}
	}
	var err error
	if own, err = p.readQuestionFiles(own); err != nil {
		return err
	}
	p.titleQuestions(own)
	p.compareQuestions(own)
	again, err := p.changed(entries, parts, other)
	if err != nil {
		return err
	}
	p.placePassages(parts)
	p.sortQuestions()
	if err := p.typesetQuestions(append(own, again...)); err != nil {
		return err
	}
	p.checkJumps()
	slices.SortStableFunc(p.site.Profile.Overrides, func(a, b Override) int {
		return cmp.Or(strings.Compare(a.Question, b.Question), strings.Compare(a.Anchor, b.Anchor))
	})
	return nil
}

// hide reads the list hide in profile.yaml, which names what the insurer's site leaves out. It adds hidden sections to parts, and
// returns the ids of hidden questions.
func (p *profileLoader) hide(f *diag.File, parts *[]*passage) map[string]bool {
	hidden := map[string]bool{}
	for _, entry := range p.y.Hide {
		id, anchor, isPassage := strings.Cut(entry.Value, "#")
		question := p.general.site.question[id]
		switch {
		case question == nil:
			p.report(p.general.noQuestion(f, entry.Offset, id))
			continue
		case isPassage && !p.hasSection(question, anchor):
			p.report(f.At(entry.Offset, "anchor-unknown", anchor, ""))
			continue
		case isPassage:
			for _, language := range p.site.Languages {
				*parts = append(*parts, &passage{question: id, anchor: anchor, language: language})
			}
		default:
			hidden[id] = true
		}
		p.site.Profile.Overrides = append(p.site.Profile.Overrides, Override{Kind: Hidden, Question: id, Anchor: anchor})
	}
	return hidden
}

func (p *profileLoader) hasSection(question *Question, anchor string) bool {
	translation := question.In(p.site.Default)
	return translation != nil && p.anchors[translation][anchor]
}

// readPassageFiles reads the files of passages, and reports mistakes in them.
func (p *profileLoader) readPassageFiles(parts []*passage) error {
	count := map[string]int{}
	for _, part := range parts {
		var err error
		if part.file, part.found, err = plaintext.Read(p.content, p.name, part.path); err != nil {
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
		p.report(part.found...)
	}
	return nil
}

// readFrontMatter reads the front matter of a passage, which is optional, and returns the offset where the Markdown begins.
func (part *passage) readFrontMatter() int {
	data := part.file.Data
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	end := bytes.Index(rest, []byte("\n---\n"))
	if !ok || end < 0 {
		return 0
	}
	var y struct {
		Base *strictyaml.Text `yaml:"base,optional"`
		New  bool             `yaml:"new,optional"`

		Differs parity.Differs `yaml:"differs,optional"`
	}
	start := len("---\n")
	part.found = append(part.found, strictyaml.Decode(part.file, start, start+end+1, &y)...)
	part.written, part.new, part.differs = y.Base, y.New, y.Differs
	return start + end + len("\n---\n")
}

// changed returns the files of those general questions whose text differs on this insurer's site. It gives the site its own version of
// each. other has the ids of questions whose general text is not used.
func (p *profileLoader) changed(entries []*questionFile, parts []*passage, other map[string]bool) ([]*questionFile, error) {
	touched := map[string]bool{}
	for _, part := range parts {
		touched[part.question] = true
	}
	var again []*questionFile
	for _, q := range entries {
		general := p.general.site.question[q.id]
		language := p.language(q.language.ID)
		if general == nil || language == nil || other[q.id] {
			continue
		}
		translation := general.In(language)
		if translation == nil || !touched[q.id] && !p.affected(translation.reads) {
			continue
		}
		file := *q
		if file.file == nil { // the text of the file has been released
			if file.read(p.content, p.name); file.err != nil {
				return nil, file.err
			}
			p.report(file.found...) // there are findings only if somebody changed the file after the first reading
		}
		file.language, file.again, file.parity = language, true, nil
		ours := p.ownVersion(general)
		ours.translations[language.base] = &Translation{Question: ours, Language: language, Title: translation.Title, Stale: translation.Stale}
		again = append(again, &file)
	}
	return again, nil
}

// ownVersion returns the insurer's version of a general question. It makes one if there is none yet.
func (p *profileLoader) ownVersion(general *Question) *Question {
	if ours := p.site.question[general.ID]; ours != general {
		return ours
	}
	ours := *general
	ours.translations = maps.Clone(general.translations)
	p.site.question[general.ID] = &ours
	p.site.Questions[slices.Index(p.site.Questions, general)] = &ours
	return &ours
}

// placePassages assigns each passage to its translation. It reports a passage whose question does not exist.
func (p *profileLoader) placePassages(parts []*passage) {
	p.passages = map[*Translation][]*passage{}
	for _, part := range parts {
		question := p.site.question[part.question]
		if question == nil || question.In(part.language) == nil {
			if part.file != nil {
				p.report(part.file.Whole("question-unknown", part.question, p.suggestQuestion(part.question)))
			}
			continue
		}
		translation := question.In(part.language)
		p.passages[translation] = append(p.passages[translation], part)
		p.checkPlace(part)
		if part.file != nil && part.language.base == p.site.Default.base {
			p.comparePassage(part)
		}
	}
}

// checkPlace reports a passage that replaces nothing, because the general text in its language has no section with its anchor. Without
// this check, a slip in the anchor would make the page show both texts. checkPlace also reports a passage that is marked as new
// although the general text has such a section.
func (p *profileLoader) checkPlace(part *passage) {
	general := p.general.site.question[part.question]
	if part.file == nil || general == nil || general.In(part.language) == nil {
		return // hidden, or the insurer's own question
	}
	anchors := p.general.anchors[general.In(part.language)]
	switch {
	case anchors == nil: // the general text has errors, which are already reported
	case part.new && anchors[part.anchor]:
		p.report(part.file.Whole("passage-not-new", part.anchor))
	case !part.new && !anchors[part.anchor]:
		p.report(part.file.Whole("passage-nowhere", part.anchor, strings.Join(sortedKeys(anchors), ", "), suggest(part.anchor, sortedKeys(anchors))))
	}
}

// checkLanguages reports a passage that exists in only some of the site's languages.
func (p *profileLoader) checkLanguages(parts []*passage) {
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
		for _, language := range p.site.Languages {
			general := p.general.site.question[of.question]
			if language.base.growing && general != nil && !general.Translated(language) {
				continue // the question is shown in the fallback, with the passage in that language
			}
			if !has[of][language.ID] {
				p.report(part.file.Whole("passage-language", part.anchor, part.anchor+"."+language.ID+".md"))
			}
		}
	}
}

// compareQuestions adds the questions that the insurer has written to the list of overrides. If a question replaces a general text that
// has changed since the insurer wrote the question, compareQuestions warns.
func (p *profileLoader) compareQuestions(own []*questionFile) {
	for _, q := range own {
		if q.language.base != p.site.Default.base || q.faulty {
			continue
		}
		general := p.general.site.question[q.id]
		if general == nil {
			p.site.Profile.Overrides = append(p.site.Profile.Overrides, Override{Kind: Added, Question: q.id})
			continue
		}
		if base := p.baseOf(general); base != nil {
			p.compare(q.file, q.front.Question.Offset, Override{Kind: Replaced, Question: q.id, Base: fingerprint(base.file.Data)}, q.front.Base)
		}
	}
}

// comparePassage adds a passage to the list of overrides, and warns like compareQuestions.
func (p *profileLoader) comparePassage(part *passage) {
	general := p.general.site.question[part.question]
	if general == nil {
		return
	}
	base := p.baseOf(general)
	if base == nil {
		return
	}
	body, _ := dialect.ParseBody(base.file, base.body, len(base.file.Data))
	o := Override{Kind: Added, Question: part.question, Anchor: part.anchor}
	sections := body.Sections()
	if i := slices.IndexFunc(sections, func(s markdown.Section) bool { return s.ID == part.anchor }); i >= 0 {
		end := sections[sectionEnd(sections, i)-1].End
		o.Kind, o.Base = Replaced, fingerprint(base.file.Data[sections[i].Start:end])
	}
	if o.Kind == Added && !part.new {
		return // checkPlace reports this
	}
	p.compare(part.file, 0, o, part.written)
}

// compare adds an override to the insurer's list. It warns if written, the fingerprint in the insurer's file, differs from that of the
// present general text, or if there is only one of these fingerprints. offset is the place of the warning if written is nil.
func (p *profileLoader) compare(f *diag.File, offset int, o Override, written *strictyaml.Text) {
	switch {
	case o.Base == "" && written != nil:
		p.report(f.At(written.Offset, "override-without-base", o.Question))
	case o.Base != "" && written == nil:
		p.report(f.At(offset, "override-unmarked", o.Question, o.Base))
	case o.Base != "" && written.Value != o.Base:
		p.report(f.At(written.Offset, "override-outdated", o.Question, o.Base))
	}
	if written != nil {
		o.Written = written.Value
	}
	p.site.Profile.Overrides = append(p.site.Profile.Overrides, o)
}

// baseOf reads the general text of a question in the default language again. It returns nil if the file cannot be read or has errors,
// which are already reported.
func (p *profileLoader) baseOf(general *Question) *questionFile {
	file := &questionFile{folder: "faq", topic: general.Topic, id: general.ID, language: p.general.site.Default}
	if file.read(p.content, p.name); file.err != nil || file.faulty {
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

// readPassages returns the passages of a translation, and whether all of them can be typeset. It checks the passages, reports mistakes,
// and adds their anchors to anchors.
func (l *loader) readPassages(translation *Translation, anchors map[string]bool) (passages []*passage, fine bool) {
	fine = true
	for _, part := range l.passages[translation] {
		if part.body != nil {
			found := append(slices.Clone(part.found), l.checkBody(part.file, part.language, part.body, translation)...)
			l.notePassages(part.file, part.body, translation.Question)
			l.report(found[len(part.found):]...)
			fine = fine && !diag.HasErrors(found)
			for _, anchor := range part.body.Anchors() {
				anchors[anchor.ID] = true
			}
		}
		passages = append(passages, part)
	}
	return passages, fine
}

// stretches returns the parts of a body and of the insurer's passages that a page shows, in order. A passage replaces the section with
// the same anchor and its subsections. A hidden passage removes them. Passages whose anchor no section has come last.
func stretches(body *markdown.Body, passages []*passage) []markdown.Stretch {
	if len(passages) == 0 {
		return []markdown.Stretch{body.Stretch}
	}
	var list []markdown.Stretch
	placed := map[*passage]bool{}
	sections := body.Sections()
	for i := 0; i < len(sections); i++ {
		at := slices.IndexFunc(passages, func(part *passage) bool { return part.anchor == sections[i].ID })
		if at < 0 {
			list = append(list, sections[i].Stretch)
			continue
		}
		placed[passages[at]] = true
		if passages[at].body != nil {
			list = append(list, passages[at].body.Stretch)
		}
		i = sectionEnd(sections, i) - 1
	}
	for _, part := range passages {
		if !placed[part] && part.body != nil {
			list = append(list, part.body.Stretch)
		}
	}
	return list
}

// sectionEnd returns the index of the first section that is neither the section i nor one of its subsections.
func sectionEnd(sections []markdown.Section, i int) int {
	end := i + 1
	for end < len(sections) && sections[end].Level > sections[i].Level {
		end++
	}
	return end
}
