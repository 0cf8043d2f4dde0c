package site

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// Profile is an insurer or an adviser's office that has a site of its own, made from the same content.
type Profile struct {
	ID           string
	Document     *Source // the public document from which a sample was made; nil if the site is the insurer's own
	BaseURL      string  // the address where the site is published separately, with a final slash; "" if unknown
	Band, Accent Colour  // the colour behind the name on every page, and the colour of buttons and links; "" for the theme's colour
	Phone, Page  *Fact   // the facts with the insurer's phone number and page; nil if unknown
	// Policies has the parameters that the insurer has set, by id. A choice has its value, and any other parameter the id of a fact.
	Policies map[string]string
	// Answers has the answers to the checker that are the same for all members of the insurer, by question.
	Answers   map[string]string
	Overrides []Override // the differences between the site's questions and those of the general site, sorted by question and passage

	written *diag.File                      // profile.yaml
	answers strictyaml.Map[strictyaml.Text] // Answers with their places in written
}

// ProfileWords has the words for the insurer in one language.
type ProfileWords struct {
	Name    Phrase // the name, such as "SK健康保険組合"; on the general site "入っている健康保険"
	Short   Phrase // the short name at the top of every page
	Insurer Phrase // the name that texts use for the insurer; equal to Name, except on an adviser's site
	Contact Phrase // the phone number or else the page; if both are unknown, words that say how to find the insurer
	Ask     Phrase // a sentence with name and contact that says to ask the insurer
	// Phone, Hours and Page are the phone number, its opening hours and the page. Each is empty if unknown.
	Phone, Hours, Page Phrase
	Lead               Phrase // the text at the beginning of the home page; may be empty
	// Sample says that the site is a sample, and MadeFrom names the document from which the sample was made. Both are empty on the
	// general site and on an insurer's own site.
	Sample, MadeFrom Phrase
}

// Reached reports whether the phone number or the page of the insurer is known.
func (w ProfileWords) Reached() bool { return w.Phone.HTML != "" || w.Page.HTML != "" }

type profileYAML struct {
	Name      strictyaml.Map[strictyaml.Text]  `yaml:"name"`
	Short     *strictyaml.Map[strictyaml.Text] `yaml:"short,optional"`
	Document  *strictyaml.Text                 `yaml:"document,optional"`
	Adviser   bool                             `yaml:"adviser,optional"` // whether this is an office that advises members of several insurers
	Languages []strictyaml.Text                `yaml:"languages,optional"`
	BaseURL   *strictyaml.Text                 `yaml:"base_url,optional"`
	Colours   *coloursYAML                     `yaml:"colours,optional"`
	Contact   *contactYAML                     `yaml:"contact,optional"`
	Lead      *strictyaml.Map[strictyaml.Text] `yaml:"lead,optional"`
	Popular   []strictyaml.Text                `yaml:"popular,optional"`
	Hide      []strictyaml.Text                `yaml:"hide,optional"`
	Facts     strictyaml.Map[schema.Fact]      `yaml:"facts,optional"`
	Policies  strictyaml.Map[strictyaml.Text]  `yaml:"policies,optional"`
	Answers   strictyaml.Map[strictyaml.Text]  `yaml:"answers,optional"`
	// Differs says, by language, words and kind, how words differ from those in the default language, and why.
	Differs strictyaml.Map[parity.Differs] `yaml:"differs,optional"`
}

type coloursYAML struct {
	Band   *strictyaml.Text `yaml:"band,optional"`
	Accent *strictyaml.Text `yaml:"accent,optional"`
}

type contactYAML struct {
	Phone *strictyaml.Text `yaml:"phone,optional"`
	Page  *strictyaml.Text `yaml:"page,optional"`
}

// profileLoader derives one insurer's site from the general one.
type profileLoader struct {
	loader
	y       profileYAML
	folder  string  // the insurer's folder in the content folder
	general *loader // the loader of the general site
}

// loadProfiles derives the site of each insurer from the general site and the folder profiles/<id>/.
func (l *loader) loadProfiles(entries []*questionFile) error {
	if !l.has("profiles") {
		return nil
	}
	folders, err := fs.ReadDir(l.content, "profiles")
	if err != nil {
		return err
	}
	for _, entry := range folders {
		id, f := entry.Name(), &diag.File{Name: path.Join(l.name, "profiles", entry.Name())}
		switch {
		case schema.Ignored(id):
			continue
		case !entry.IsDir():
			l.report(f.Whole("file-stray", id, "profiles/<id>/"))
			continue
		case !isID(id) || slices.Contains(reservedProfiles, id) || l.language(id) != nil:
			l.report(f.Whole("profile-id", id))
			l.unread = append(l.unread, "")
			continue
		}
		p := &profileLoader{loader: *l, general: l, folder: "profiles/" + id}
		p.found, p.jumps = diag.Findings{}, nil
		p.site = l.site.derive(id)
		if err := p.load(entries); err != nil {
			return err
		}
		l.report(p.found.List...)
		if p.found.HasErrors() {
			p.site.fact, p.site.Facts = nil, nil // to save memory: each site has its own copies, and this site will not be published
		}
		l.site.Insurers = append(l.site.Insurers, p.site)
	}
	return nil
}

// reservedProfiles are names that an insurer's folder cannot have, because they mean something else in addresses.
var reservedProfiles = []string{schema.General, "assets", "hosting"}

// derive returns a copy of the general site for the insurer with this id. The copy has no questions, and can be changed without
// changing the general site.
func (s *Site) derive(id string) *Site {
	d := *s
	d.Profile = &Profile{ID: id, Policies: map[string]string{}, Answers: map[string]string{}}
	d.Insurers = nil
	d.lists = new(sync.Map)
	d.Questions, d.byTopic = nil, map[*Topic][]*Question{}
	d.question, d.fact = map[string]*Question{}, maps.Clone(s.fact)
	d.Facts, d.Popular = slices.Clone(s.Facts), nil
	d.Languages = nil
	for _, general := range s.Languages {
		language := *general
		language.Writer = general.Derive()
		d.Languages = append(d.Languages, &language)
		if general == s.Default {
			d.Default = &language
		}
	}
	return &d
}

// load reads profile.yaml and the insurer's folder. The order of the steps matters, because later steps need the results of earlier
// ones.
func (p *profileLoader) load(entries []*questionFile) error {
	if err := p.checkFolder(p.folder, schema.Profile); err != nil {
		return err
	}
	before := len(p.found.List)
	f, err := p.decode(p.folder+"/profile.yaml", &p.y)
	if err != nil || len(p.found.List) > before {
		document := ""
		if y := p.y.Document; y != nil && p.site.source[y.Value] != nil {
			document, _, _ = strings.Cut(p.site.source[y.Value].Document, "_")
		}
		p.general.unread = append(p.general.unread, document)
		return err
	}
	p.offered(f)
	p.ownFacts(f)
	p.settings(f)
	p.decisions(f)
	p.ownWords(f)
	if err := p.ownPictures(); err != nil {
		return err
	}
	if err := p.questions(f, entries); err != nil {
		return err
	}
	p.lead(f)
	p.compareOwnWords(f)
	p.mostAsked(f)
	p.sayChecker()
	return nil
}

// offered sets the languages of the insurer's site, and reports a list without the default language.
func (p *profileLoader) offered(f *diag.File) {
	if p.y.Languages == nil {
		return
	}
	wanted := map[string]bool{}
	for _, id := range p.y.Languages {
		if p.language(id.Value) == nil {
			p.report(f.At(id.Offset, "language-unknown", id.Value, p.suggestLanguage(id.Value)))
		}
		wanted[id.Value] = true
	}
	if !wanted[p.site.Default.ID] {
		p.report(f.At(p.y.Languages[0].Offset, "profile-default-language", p.site.Default.ID))
		return
	}
	p.site.Languages = slices.DeleteFunc(p.site.Languages, func(l *Language) bool { return !wanted[l.ID] })
}

// ownFacts adds the insurer's facts to those of facts.yaml, and reports facts without a name or with an id of facts.yaml.
func (p *profileLoader) ownFacts(f *diag.File) {
	if len(p.y.Facts) == 0 {
		return
	}
	for _, entry := range p.y.Facts {
		if p.general.site.fact[entry.Key.Value] != nil {
			p.report(f.At(entry.Key.Offset, "id-twice", entry.Key.Value))
		}
	}
	p.declareFacts(f, p.y.Facts)
	p.checkWords()
	p.literals = values.NewLiterals(p.site.Facts)
	for _, language := range p.site.Languages {
		p.literals.Learn(language.Writer)
	}
	for _, entry := range p.y.Facts {
		for _, language := range p.site.Languages {
			if entry.Value.Name == nil {
				p.report(f.At(entry.Key.Offset, "fact-unnamed", entry.Key.Value, f.Name))
				break
			}
			language.FactNames[entry.Key.Value] = p.said(f, *entry.Value.Name, language, entry.Key)
		}
	}
}

// said returns the words for a language. If a growing language has none, it returns those of the fallback. It reports words that are
// missing in both. of is the key in profile.yaml.
func (p *profileLoader) said(f *diag.File, words strictyaml.Map[strictyaml.Text], language *Language, of strictyaml.Text) Phrase {
	if _, ok := words.Get(language.ID); !ok && language.base.growing {
		if theirs, stands := words.Get(language.base.fallback.ID); stands {
			return language.standIn(values.Ruby(theirs.Value))
		}
	}
	return p.nameOf(f, language, p.in(f, words, language, of))
}

// in returns the text for a language. It reports a missing text, and the ids of unknown languages. of is the key in profile.yaml.
func (p *profileLoader) in(f *diag.File, words strictyaml.Map[strictyaml.Text], language *Language, of strictyaml.Text) strictyaml.Text {
	for _, entry := range words {
		if p.general.language(entry.Key.Value) == nil && language == p.site.Default { // reported for one language only
			p.report(f.At(entry.Key.Offset, "language-unknown", entry.Key.Value, p.general.suggestLanguage(entry.Key.Value)))
		}
	}
	text, ok := words.Get(language.ID)
	if !ok {
		p.report(f.At(of.Offset, "profile-language-missing", of.Value, language.ID))
	}
	return text
}

// settings reads the keys answers, document, base_url, colours and contact of profile.yaml.
func (p *profileLoader) settings(f *diag.File) {
	profile := p.site.Profile
	profile.written, profile.answers = f, p.y.Answers
	for _, answer := range p.y.Answers {
		profile.Answers[answer.Key.Value] = answer.Value.Value
	}
	if document := p.y.Document; document != nil {
		if profile.Document = p.site.source[document.Value]; profile.Document == nil {
			p.report(f.At(document.Offset, "source-unknown", document.Value, suggest(document.Value, sortedKeys(p.site.source))))
			p.general.unread = append(p.general.unread, "")
		}
	}
	if address := p.y.BaseURL; address != nil {
		profile.BaseURL = strings.TrimRight(address.Value, "/") + "/"
		p.report(schema.CheckAddress(f, *address)...)
	}
	if colours := p.y.Colours; colours != nil {
		profile.Band, profile.Accent = p.colour(f, colours.Band), p.colour(f, colours.Accent)
	}
	if contact := p.y.Contact; contact != nil {
		profile.Phone, profile.Page = p.ownFact(f, contact.Phone, schema.PhoneFact), p.ownFact(f, contact.Page, schema.LinkFact)
	}
}

// ownFact returns the fact with an id. It reports the id and returns nil if there is no such fact of this kind.
func (p *profileLoader) ownFact(f *diag.File, id *strictyaml.Text, kind schema.FactKind) *Fact {
	if id == nil {
		return nil
	}
	fact := p.site.fact[id.Value]
	if fact == nil || fact.Kind != kind {
		p.report(f.At(id.Offset, "fact-unknown", id.Value, suggest(id.Value, p.factIDs(kind))))
		return nil
	}
	p.noteUse(f, fact)
	return fact
}

var colourForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// colour reads a colour. It reports a malformed colour, and one with too little contrast to white, because the colour is used both for
// text on white and behind white text.
func (p *profileLoader) colour(f *diag.File, text *strictyaml.Text) Colour {
	if text == nil {
		return ""
	}
	if !colourForm.MatchString(text.Value) {
		p.report(f.At(text.Offset, "colour-form", text.Value))
		return ""
	}
	colour := Colour(text.Value)
	if !colour.Readable(white) {
		p.report(f.At(text.Offset, "colour-contrast", text.Value, fmt.Sprintf("%.1f", colour.Contrast(white))))
	}
	return colour
}

// decisions reads the parameters that the insurer sets, and reports mistakes in them.
func (p *profileLoader) decisions(f *diag.File) {
	for _, entry := range p.y.Policies {
		parameter, value := p.policy(entry.Key.Value), entry.Value
		switch {
		case parameter == nil:
			p.report(f.At(entry.Key.Offset, "policy-unknown", entry.Key.Value, suggest(entry.Key.Value, p.policyIDs())))
			continue
		case parameter.kind == "" && !slices.Contains(parameter.all(), value.Value):
			p.report(f.At(value.Offset, "policy-value-unknown", parameter.id, value.Value, strings.Join(parameter.all(), ", "), suggest(value.Value, parameter.all())))
			continue
		case parameter.kind != "" && value.Value != schema.Unset && p.ownFact(f, &value, parameter.kind) == nil:
			continue
		}
		if value.Value != schema.Unset {
			p.site.Profile.Policies[parameter.id] = value.Value
		}
	}
}

// ownWords sets the words for the insurer and for the parameters in each language.
func (p *profileLoader) ownWords(f *diag.File) {
	for _, language := range p.site.completeFirst() {
		general := language.Profile
		w := ProfileWords{Name: p.said(f, p.y.Name, language, strictyaml.Text{Value: "name"})}
		w.Short = w.Name
		if p.y.Short != nil {
			w.Short = p.said(f, *p.y.Short, language, strictyaml.Text{Value: "short"})
		}
		w.Contact = language.UI.InsurerContact
		switch profile := p.site.Profile; {
		case profile.Phone != nil:
			w.Contact = language.Wording(profile.Phone, "number", true)
		case profile.Page != nil:
			w.Contact = language.Wording(profile.Page, "", true)
		}
		if phone := p.site.Profile.Phone; phone != nil {
			w.Phone = language.Wording(phone, "number", true)
			if phone.HoursOf != nil {
				w.Hours = language.Wording(phone.HoursOf, "", true)
			}
		}
		if page := p.site.Profile.Page; page != nil {
			w.Page = language.Wording(page, "", true)
		}
		w.Ask = language.UI.InsurerAsk.With("name", w.Name).With("contact", w.Contact)
		if document := p.site.Profile.Document; document != nil {
			w.Sample = language.UI.SampleNotice.With("name", w.Name)
			w.MadeFrom = language.UI.SampleSource.With("source", document.Label(language.ID))
		}
		w.Insurer = w.Name
		if p.y.Adviser {
			w.Insurer, w.Contact, w.Ask = general.Insurer, general.Contact, general.Ask
		}
		language.Profile = w
		language.HelpFacts = slices.Clone(language.HelpFacts)
		for _, fact := range []*Fact{p.site.Profile.Phone, p.site.Profile.Page} {
			if fact != nil {
				language.HelpFacts = append(language.HelpFacts, fact)
			}
		}
		p.again = true
		p.setPolicies(language)
		p.again = false
	}
}

// lead typesets the text at the beginning of the insurer's home page, in each language.
func (p *profileLoader) lead(f *diag.File) {
	if p.y.Lead == nil {
		return
	}
	for _, language := range p.site.completeFirst() {
		if _, ok := p.y.Lead.Get(language.ID); !ok && language.base.growing {
			language.Profile.Lead = language.standIn(language.fallbackHere(p.site).Profile.Lead)
			continue
		}
		text := p.in(f, *p.y.Lead, language, strictyaml.Text{Value: "lead"})
		t := p.typesetter(language)
		t.noTerms = true
		language.Profile.Lead = t.inline(f, text.Value, text.Offset)
	}
}

// mostAsked sets the popular questions: those that the insurer lists or, without a list, those of the general site.
func (p *profileLoader) mostAsked(f *diag.File) {
	p.checkTwice(f, p.y.Popular)
	for _, id := range p.y.Popular {
		if question := p.site.question[id.Value]; question != nil {
			p.site.Popular = append(p.site.Popular, question)
		} else {
			p.report(p.noQuestion(f, id.Offset, id.Value))
		}
	}
	if p.y.Popular == nil {
		p.site.Popular = p.site.Current(p.general.site.Popular)
	}
}

// Official reports whether the site is an insurer's own site, and not a sample or the general site.
func (s *Site) Official() bool { return s.Profile != nil && s.Profile.Document == nil }

// Hidden returns the sorted ids of the general questions that this insurer's site leaves out.
func (s *Site) Hidden() []string {
	var ids []string
	if s.Profile != nil {
		for _, o := range s.Profile.Overrides {
			if o.Kind == Hidden && o.Anchor == "" {
				ids = append(ids, o.Question)
			}
		}
	}
	return ids
}

// Current returns the site's versions of general questions, without the questions that the site hides.
func (s *Site) Current(questions []*Question) []*Question {
	if s.Profile == nil {
		return questions
	}
	var list []*Question
	for _, general := range questions {
		if question := s.question[general.ID]; question != nil {
			list = append(list, question)
		}
	}
	return list
}

// sayChecker typesets the words of the checker again, in the languages whose words depend on the insurer.
func (p *profileLoader) sayChecker() {
	p.again = true
	defer func() { p.again = false }()
	for _, language := range p.site.completeFirst() {
		if file, ok := p.checkerWords[language.base]; ok && p.affected(file.reads) {
			language.Checker = p.say(language, file)
		}
		if theirs := language.fallbackHere(p.site); language.base.growing && theirs.Checker != theirs.base.Checker {
			own := &CheckerWords{}
			if file, ok := p.checkerWords[language.base]; ok {
				own = p.say(language, file)
			}
			language.standInWords(own, theirs.Checker)
			language.Checker = own
		}
	}
}

// affected reports whether a text can differ between this insurer's site and the general site. reads has the parts of a profile that the
// text depends on, see typesetter.
func (p *profileLoader) affected(reads map[string]bool) bool {
	for what := range reads {
		kind, id, _ := strings.Cut(what, ":")
		switch {
		case kind == "insurer", kind == "policy" && p.site.Profile.Policies[id] != "",
			kind == "picture" && p.site.Pictures[id] != p.general.site.Pictures[id]:
			return true
		case kind == "faq" && p.site.question[id] != p.general.site.question[id] && p.retitled(id):
			return true
		}
	}
	return false
}

// retitled reports whether the insurer's site hides a question, or gives it a different title in some language.
func (p *profileLoader) retitled(id string) bool {
	ours, general := p.site.question[id], p.general.site.question[id]
	if ours == nil || general == nil {
		return true
	}
	for _, language := range p.site.Languages {
		a, b := ours.In(language), general.In(language)
		if a != nil && b != nil && a.Title != b.Title {
			return true
		}
	}
	return false
}
