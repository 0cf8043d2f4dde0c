package load

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/declare"
	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/questions"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/typeset"
	"sitegen/internal/values"
)

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
	// Differs says, for each language, which words differ from those in the default language, how they differ and why.
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
	*declare.Reading
	*declare.Names
	*questions.Loader
	y      profileYAML
	folder string   // the path of the insurer's folder in the content folder
	unread []string // see loadProfiles
}

// loadProfiles derives the site of each insurer from the general site and the folder profiles/<id>/. `general` is the loader of the general
// site, and `entries` has its files. `unread` has an entry for each insurer whose profile.yaml or folder name has mistakes: the number of
// the document from which the insurer's site is made (the part of Source.Document before "_"). It is "" if that is unknown, and then stands
// for any document.
func loadProfiles(general *questions.Loader, entries []*questions.File) (unread []string, err error) {
	l := general.Reading
	if !l.Has("profiles") {
		return nil, nil
	}
	folders, err := fs.ReadDir(l.Content, "profiles")
	if err != nil {
		return nil, err
	}
	for _, entry := range folders {
		id, f := entry.Name(), &diag.File{Name: path.Join(l.Name, "profiles", entry.Name())}
		switch {
		case schema.Ignored(id):
			continue
		case !entry.IsDir():
			l.Report(f.Whole("file-stray", id, "profiles/<id>/"))
			continue
		case !schema.IsID(id) || slices.Contains(reservedProfiles, id) || l.Site.Language(id) != nil:
			l.Report(f.Whole("profile-id", id))
			unread = append(unread, "")
			continue
		case schema.IsDeviceName(id):
			l.Report(f.Whole("file-device", id))
			unread = append(unread, "")
			continue
		}
		own := l.Fresh()
		own.Site = l.Site.Derive(id)
		p := &profileLoader{Reading: own, Names: &declare.Names{Reading: own}, Loader: general.On(own), folder: "profiles/" + id}
		if err := p.load(entries); err != nil {
			return nil, err
		}
		unread = append(unread, p.unread...)
		l.Report(p.Found.List...)
		if p.Found.HasErrors() {
			p.Site.ForgetFacts() // to save memory: each site has its own copies, and this site will not be published
		}
		l.Site.Insurers = append(l.Site.Insurers, p.Site)
	}
	return unread, nil
}

// reservedProfiles are names that an insurer's folder cannot have, because they mean something else in addresses.
var reservedProfiles = []string{schema.General, "assets", "hosting"}

// load reads profile.yaml and the insurer's folder. The order of the steps matters, because later steps need the results of earlier
// ones.
func (p *profileLoader) load(entries []*questions.File) error {
	if err := p.CheckFolder(p.folder, schema.Profile); err != nil {
		return err
	}
	before := len(p.Found.List)
	f, err := p.Decode(p.folder+"/profile.yaml", &p.y)
	if err != nil || len(p.Found.List) > before {
		document := ""
		if y := p.y.Document; y != nil && p.Site.Source(y.Value) != nil {
			document, _, _ = strings.Cut(p.Site.Source(y.Value).Document, "_")
		}
		p.unread = append(p.unread, document)
		return err
	}
	p.offered(f)
	p.ownFacts(f)
	p.settings(f)
	p.decisions(f)
	p.ownWords(f)
	if err := p.LoadOwnPictures(p.folder); err != nil {
		return err
	}
	if err := p.LoadOwn(f, p.folder, p.y.Hide, entries); err != nil {
		return err
	}
	p.lead(f)
	p.compareOwnWords(f)
	p.mostAsked(f)
	p.sayChecker()
	return nil
}

// offered sets the languages of the insurer's site. It reports unknown languages. If the list lacks the default language, it reports this
// and keeps all languages.
func (p *profileLoader) offered(f *diag.File) {
	if p.y.Languages == nil {
		return
	}
	wanted := map[string]bool{}
	for _, id := range p.y.Languages {
		if p.Site.Language(id.Value) == nil {
			p.Report(p.Site.NoLanguage(f, id))
		}
		wanted[id.Value] = true
	}
	if !wanted[p.Site.Default.ID] {
		p.Report(f.At(p.y.Languages[0].Offset, "profile-default-language", p.Site.Default.ID))
		return
	}
	p.Site.Languages = slices.DeleteFunc(p.Site.Languages, func(l *site.Language) bool { return !wanted[l.ID] })
}

// ownFacts adds the insurer's facts to those of facts.yaml, and reports facts without a name or with an id of facts.yaml.
func (p *profileLoader) ownFacts(f *diag.File) {
	if len(p.y.Facts) == 0 {
		return
	}
	for _, entry := range p.y.Facts {
		if p.General.Fact(entry.Key.Value) != nil {
			p.Report(f.At(entry.Key.Offset, "id-twice", entry.Key.Value))
		}
	}
	p.DeclareFacts(f, p.y.Facts)
	p.CheckWords(nil)
	p.LearnValues()
	for _, entry := range p.y.Facts {
		for _, language := range p.Site.Languages {
			if entry.Value.Name == nil {
				p.Report(f.At(entry.Key.Offset, "fact-unnamed", entry.Key.Value, f.Name))
				break
			}
			language.FactNames[entry.Key.Value] = p.said(f, *entry.Value.Name, language, entry.Key)
		}
	}
}

// said returns the words for a language or, if a growing language lacks them, those of its fallback. If there are no such words, it reports
// this. `of` is the key of the words in profile.yaml.
func (p *profileLoader) said(f *diag.File, words strictyaml.Map[strictyaml.Text], language *site.Language, of strictyaml.Text) site.Phrase {
	if _, ok := words.Get(language.ID); !ok && language.Base.Growing {
		if theirs, stands := words.Get(language.Base.Fallback.ID); stands {
			return language.StandIn(values.Ruby(theirs.Value))
		}
	}
	return p.Loader.NameOf(f, language, p.in(f, words, language, of))
}

// in returns the text for a language. It reports a missing text, and the ids of unknown languages. `of` is the key of the words in
// profile.yaml.
func (p *profileLoader) in(f *diag.File, words strictyaml.Map[strictyaml.Text], language *site.Language, of strictyaml.Text) strictyaml.Text {
	for _, entry := range words {
		if p.General.Language(entry.Key.Value) == nil && language == p.Site.Default { // the finding is reported for one language only
			p.Report(p.General.NoLanguage(f, entry.Key))
		}
	}
	text, ok := words.Get(language.ID)
	if !ok {
		p.Report(f.At(of.Offset, "profile-language-missing", of.Value, language.ID))
	}
	return text
}

// settings reads the keys `answers`, `document`, `base_url`, `colours` and `contact` of profile.yaml.
func (p *profileLoader) settings(f *diag.File) {
	profile := p.Site.Profile
	profile.Written, profile.Read = f, p.y.Answers
	for _, answer := range p.y.Answers {
		profile.Answers[answer.Key.Value] = answer.Value.Value
	}
	if document := p.y.Document; document != nil {
		if profile.Document = p.Site.Source(document.Value); profile.Document == nil {
			p.Report(f.At(document.Offset, "source-unknown", document.Value, p.Site.SuggestSource(document.Value)))
			p.unread = append(p.unread, "")
		}
	}
	if address := p.y.BaseURL; address != nil {
		profile.BaseURL = strings.TrimRight(address.Value, "/") + "/"
		p.Report(schema.CheckAddress(f, *address)...)
	}
	if colours := p.y.Colours; colours != nil {
		profile.Band, profile.Accent = p.colour(f, colours.Band), p.colour(f, colours.Accent)
	}
	if contact := p.y.Contact; contact != nil {
		profile.Phone, profile.Page = p.ownFact(f, contact.Phone, schema.PhoneFact), p.ownFact(f, contact.Page, schema.LinkFact)
	}
}

// ownFact returns the fact with this id and kind, and records its use. It returns nil if `id` is nil, or if there is no such fact, which
// it reports.
func (p *profileLoader) ownFact(f *diag.File, id *strictyaml.Text, kind schema.FactKind) *site.Fact {
	if id == nil {
		return nil
	}
	fact := p.Site.Fact(id.Value)
	if fact == nil || fact.Kind != kind {
		p.Report(p.Site.NoFact(f, id.Offset, id.Value, kind))
		return nil
	}
	p.NoteUse(f, fact)
	return fact
}

var colourForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// colour reads a colour. If `text` is nil or malformed, it returns "". It reports a malformed colour, and a colour with too little
// contrast to white, because it is used both for text on white and behind white text.
func (p *profileLoader) colour(f *diag.File, text *strictyaml.Text) site.Colour {
	if text == nil {
		return ""
	}
	if !colourForm.MatchString(text.Value) {
		p.Report(f.At(text.Offset, "colour-form", text.Value))
		return ""
	}
	colour := site.Colour(text.Value)
	if !colour.Readable(site.White) {
		p.Report(f.At(text.Offset, "colour-contrast", text.Value, fmt.Sprintf("%.1f", colour.Contrast(site.White))))
	}
	return colour
}

// decisions reads the parameters that the insurer sets, and reports mistakes in them.
func (p *profileLoader) decisions(f *diag.File) {
	for _, entry := range p.y.Policies {
		parameter, value := p.Site.Policy(entry.Key.Value), entry.Value
		switch {
		case parameter == nil:
			p.Report(f.At(entry.Key.Offset, "policy-unknown", entry.Key.Value, p.Site.SuggestPolicy(entry.Key.Value)))
			continue
		case parameter.Kind == "" && !slices.Contains(parameter.All(), value.Value):
			p.Report(f.At(value.Offset, "policy-value-unknown", parameter.ID, value.Value, strings.Join(parameter.All(), ", "), site.Suggest(value.Value, parameter.All())))
			continue
		case parameter.Kind != "" && value.Value != schema.Unset && p.ownFact(f, &value, parameter.Kind) == nil:
			continue
		}
		if value.Value != schema.Unset {
			p.Site.Profile.Policies[parameter.ID] = value.Value
		}
	}
}

// ownWords sets the words for the insurer and for the parameters in each language, and adds the facts of the insurer's contact to
// HelpFacts.
func (p *profileLoader) ownWords(f *diag.File) {
	for _, language := range p.Site.CompleteFirst() {
		general := language.Profile
		w := site.ProfileWords{Name: p.said(f, p.y.Name, language, strictyaml.Text{Value: "name"})}
		w.Short = w.Name
		if p.y.Short != nil {
			w.Short = p.said(f, *p.y.Short, language, strictyaml.Text{Value: "short"})
		}
		w.Contact = language.UI.InsurerContact
		switch profile := p.Site.Profile; {
		case profile.Phone != nil:
			w.Contact = language.Wording(profile.Phone, "number", true)
		case profile.Page != nil:
			w.Contact = language.Wording(profile.Page, "", true)
		}
		if phone := p.Site.Profile.Phone; phone != nil {
			w.Phone = language.Wording(phone, "number", true)
			if phone.HoursOf != nil {
				w.Hours = language.Wording(phone.HoursOf, "", true)
			}
		}
		if page := p.Site.Profile.Page; page != nil {
			w.Page = language.Wording(page, "", true)
		}
		w.Ask = language.UI.InsurerAsk.With("name", w.Name).With("contact", w.Contact)
		if document := p.Site.Profile.Document; document != nil {
			w.Sample = language.UI.SampleNotice.With("name", w.Name)
			w.MadeFrom = language.UI.SampleSource.With("source", document.Label(language.ID))
		}
		w.Insurer = w.Name
		if p.y.Adviser {
			w.Insurer, w.Contact, w.Ask = general.Insurer, general.Contact, general.Ask
		}
		language.Profile = w
		language.HelpFacts = slices.Clone(language.HelpFacts)
		for _, fact := range []*site.Fact{p.Site.Profile.Phone, p.Site.Profile.Page} {
			if fact != nil {
				language.HelpFacts = append(language.HelpFacts, fact)
			}
		}
		p.Again = true
		p.SetPolicies(language)
		p.Again = false
	}
}

// lead typesets the text at the beginning of the insurer's home page, in each language. A growing language without this text uses the
// fallback's.
func (p *profileLoader) lead(f *diag.File) {
	if p.y.Lead == nil {
		return
	}
	for _, language := range p.Site.CompleteFirst() {
		if _, ok := p.y.Lead.Get(language.ID); !ok && language.Base.Growing {
			language.Profile.Lead = language.StandIn(language.FallbackOn(p.Site).Profile.Lead)
			continue
		}
		text := p.in(f, *p.y.Lead, language, strictyaml.Text{Value: "lead"})
		language.Profile.Lead = p.WithoutTerms(f, language, text)
	}
}

// mostAsked sets the popular questions: those that the insurer lists or, without a list, those of the general site.
func (p *profileLoader) mostAsked(f *diag.File) {
	p.CheckTwice(f, p.y.Popular)
	for _, id := range p.y.Popular {
		if question := p.Site.Question(id.Value); question != nil {
			p.Site.Popular = append(p.Site.Popular, question)
		} else {
			p.Report(p.Site.NoQuestion(f, id.Offset, id.Value))
		}
	}
	if p.y.Popular == nil {
		p.Site.Popular = p.Site.Current(p.General.Popular)
	}
}

// mayDiffer reports whether a text may be different for the insurer. `reads` has what the text depends on. A test replaces mayDiffer to have
// all words typeset again, and compares the results.
var mayDiffer = func(p *profileLoader, reads map[string]bool) bool { return p.IsAffected(reads) }

// sayChecker typesets the words of the checker again, in the languages whose words depend on the insurer.
func (p *profileLoader) sayChecker() {
	if p.Site.Checker == nil {
		return
	}
	p.Again = true
	defer func() { p.Again = false }()
	differs := func(reads map[string]bool) bool { return mayDiffer(p, reads) }
	for _, language := range p.Site.CompleteFirst() {
		file := language.Base.Checker.Written
		if file.File != nil && differs(file.Reads) {
			language.Checker = p.CheckerWords(language, file, differs)
		}
		if theirs := language.FallbackOn(p.Site); language.Base.Growing && theirs.Checker != theirs.Base.Checker {
			own := &site.CheckerWords{}
			if file.File != nil {
				own = p.CheckerWords(language, file, differs)
			}
			typeset.StandInWords(language, own, theirs.Checker)
			language.Checker = own
		}
	}
}
