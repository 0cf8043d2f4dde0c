package typeset

import (
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/declare"
	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// Glossary is the file glossary.yaml as its authors wrote it.
type Glossary struct {
	Terms     []termYAML      `yaml:"terms"`
	Forbidden []forbiddenYAML `yaml:"forbidden,optional"`
	Synonyms  []synonymYAML   `yaml:"synonyms,optional"`
	Misspelt  []misspeltYAML  `yaml:"misspelt,optional"`

	File *diag.File
}

type termYAML struct {
	ID      strictyaml.Text               `yaml:"id"`
	Romaji  strictyaml.Text               `yaml:"romaji"`
	Sources []strictyaml.Text             `yaml:"sources,optional"`
	Paper   bool                          `yaml:"paper,optional"`
	Sign    bool                          `yaml:"sign,optional"`
	Picture *strictyaml.Text              `yaml:"picture,optional"`
	Words   strictyaml.Map[termWordsYAML] `yaml:"words"`
}

type termWordsYAML struct {
	Name    strictyaml.Text   `yaml:"name"`
	Short   *strictyaml.Text  `yaml:"short,optional"`
	Gloss   *strictyaml.Text  `yaml:"gloss,optional"`
	Reading strictyaml.Text   `yaml:"reading,optional"`
	Aliases []strictyaml.Text `yaml:"aliases,optional"`
	Meaning strictyaml.Text   `yaml:"meaning"`
	// Forms has other forms of the term, such as a plural, a form with an article, or a grammatical case.
	Forms   strictyaml.Map[termFormYAML] `yaml:"forms,optional"`
	Differs parity.Differs               `yaml:"differs,optional"` // why name or meaning differs from the default language
}

type termFormYAML struct {
	Name  strictyaml.Text  `yaml:"name"`
	Short *strictyaml.Text `yaml:"short,optional"`
}

type forbiddenYAML struct {
	Spelling  strictyaml.Text   `yaml:"spelling"`
	Use       strictyaml.Text   `yaml:"use"`
	Languages []strictyaml.Text `yaml:"languages"`
}

// forbiddenWords is a spelling to avoid, the term to use instead, and the place of this rule in the glossary.
type forbiddenWords struct {
	spelling string
	use      *site.Term
	said     diag.Place
}

// LoadGlossary loads the names of terms, which every text may use. TypesetGlossary typesets the meanings of terms later, because a meaning
// may use any term.
func (l *Typesetter) LoadGlossary() (*Glossary, error) {
	g := &Glossary{}
	var err error
	if g.File, err = l.Decode("glossary.yaml", g); err != nil {
		return nil, err
	}
	l.matchers, l.spellings = map[*site.Language]*termMatcher{}, map[*site.Language][]forbiddenWords{}
	for _, language := range l.Site.Languages {
		l.matchers[language] = &termMatcher{byStart: map[rune][]termSpelling{}}
	}
	for _, y := range g.Terms {
		l.nameTerm(g.File, y)
	}
	for _, y := range g.Forbidden {
		l.forbid(g.File, y)
	}
	l.explainTerms()
	for _, y := range g.Synonyms {
		l.loadSynonym(g.File, y, false)
	}
	for _, y := range g.Misspelt {
		l.loadSynonym(g.File, synonymYAML{y.Typed, []strictyaml.Text{y.Right}, y.Languages}, true)
	}
	return g, nil
}

// nameTerm adds a term with its names in each language to the site, and reports mistakes in them.
func (l *Typesetter) nameTerm(f *diag.File, y termYAML) {
	term := &site.Term{ID: y.ID.Value, Romaji: y.Romaji.Value, Sources: l.ResolveSources(f, y.Sources), Words: map[*site.Language]site.TermWords{}, Paper: y.Paper, Sign: y.Sign}
	switch {
	case !schema.IsID(term.ID):
		l.Report(f.At(y.ID.Offset, "id-form-snake", term.ID))
	case l.Site.Term(term.ID) != nil:
		l.Report(f.At(y.ID.Offset, "id-twice", term.ID))
	}
	l.checkRomaji(f, y.Romaji)
	if y.Picture != nil {
		term.Picture = y.Picture.Value
		l.Report(l.CheckPicture(f, *y.Picture)...)
	}
	native := ""
	if words, ok := y.Words.Get(l.Site.Default.ID); ok {
		native = words.Name.Value
	}
	for _, language := range l.Site.CompleteFirst() {
		words, ok := y.Words.Get(language.ID)
		if theirs, stands := term.Words[language.Fallback]; !ok && language.Growing && stands {
			term.Words[language] = standInTerm(language, theirs)
			continue
		}
		if !ok {
			l.Report(f.At(y.ID.Offset, "term-unnamed", term.ID, language.ID))
			continue
		}
		name := l.NameOf(f, language, words.Name)
		short, said := name, (*atomic.Bool)(nil)
		if words.Short != nil {
			short, said = l.NameOf(f, language, *words.Short), new(atomic.Bool)
			l.shortNames = append(l.shortNames, shortName{*words.Short, said})
		}
		l.CheckReading(f, words.Reading)
		gloss := site.Phrase{}
		if words.Gloss != nil {
			gloss = l.DocumentName(f, language, *words.Gloss)
			if !language.Formats.IsEmpty() && !glosses(language) {
				l.Report(f.At(words.Gloss.Offset, "format-entry-missing", "text/"+language.ID+".yaml: formats", "term_glossed, answer_glossed"))
			}
		}
		var aliases []string
		for _, alias := range words.Aliases {
			aliases = append(aliases, alias.Value)
		}
		term.Words[language] = site.TermWords{Name: name, Short: short, Gloss: gloss, Reading: words.Reading.Value, Native: native, Aliases: aliases, Forms: l.forms(f, language, words.Forms), Said: said}
		matcher := l.matchers[language]
		matcher.add(name.Plain, term)
		matcher.add(short.Plain, term)
		for _, alias := range aliases {
			matcher.add(alias, term)
		}
	}
	l.checkAlmost(f, y)
	declare.CheckLanguageKeys(l.Reading, f, y.Words)
	l.Site.AddTerm(term)
}

// checkRomaji reports a reading that is not in Latin letters.
func (l *Typesetter) checkRomaji(f *diag.File, romaji strictyaml.Text) {
	if romaji.Value != "" && !dialect.IsRomaji(romaji.Value) {
		l.Report(f.At(romaji.Offset, "romaji-letters", romaji.Value))
	}
}

// fewestOfName is the minimum length of the longer of two names that checkAlmost compares, in characters. Shorter names can be similar
// by chance.
const fewestOfName = 4

// checkAlmost reports a name or short name that differs by one slip from the one in the default language. It checks only languages with
// the same lang as the default language. One of the two names is probably mistyped. A name that differs on purpose must be an alias in
// the default language.
func (l *Typesetter) checkAlmost(f *diag.File, y termYAML) {
	source, _ := y.Words.Get(l.Site.Default.ID)
	for _, entry := range y.Words {
		language, words := l.Site.Language(entry.Key.Value), entry.Value
		if language == nil || language == l.Site.Default || language.Lang != l.Site.Default.Lang {
			continue
		}
		for _, name := range [][2]*strictyaml.Text{{&source.Name, &words.Name}, {source.Short, words.Short}} {
			if name[0] == nil || name[1] == nil {
				continue
			}
			theirs, ours := name[0].Value, strings.ReplaceAll(values.Ruby(name[1].Value).Plain, " ", "")
			alias := slices.ContainsFunc(source.Aliases, func(alias strictyaml.Text) bool { return alias.Value == ours })
			if max(utf8.RuneCountInString(ours), utf8.RuneCountInString(theirs)) >= fewestOfName && diag.OneSlip(theirs, ours) && !alias {
				l.Report(f.At(name[1].Offset, "term-almost", ours, theirs, f.Place(name[0].Offset), l.Site.Default.ID))
			}
		}
	}
}

// shortName is a short name of a term. `said` becomes true when a text that uses the short name is typeset.
type shortName struct {
	text strictyaml.Text
	said *atomic.Bool
}

// CheckShortNames reports short names that no text uses. Such a name may have a typo, so that the words in the texts are not linked.
func (l *Typesetter) CheckShortNames(f *diag.File) {
	for _, name := range l.shortNames {
		if !name.said.Load() && !l.Found.HasErrors() { // texts with errors are not typeset
			l.Report(f.At(name.text.Offset, "term-short-unsaid", name.text.Value))
		}
	}
}

// forms reads the forms of a term in one language, and reports mistakes in them.
func (l *Typesetter) forms(f *diag.File, language *site.Language, y strictyaml.Map[termFormYAML]) map[string]site.TermForm {
	forms := map[string]site.TermForm{}
	for _, entry := range y {
		if _, start := cutStart(entry.Key.Value); start || !schema.IsID(entry.Key.Value) {
			l.Report(f.At(entry.Key.Offset, "id-form-snake", entry.Key.Value))
			continue
		}
		form := site.TermForm{Name: l.NameOf(f, language, entry.Value.Name)}
		form.Short = form.Name
		if entry.Value.Short != nil {
			form.Short = l.NameOf(f, language, *entry.Value.Short)
		}
		forms[entry.Key.Value] = form
	}
	return forms
}

// forbid adds the spelling of an entry to those that are forbidden in each of its languages, and reports mistakes in the entry.
func (l *Typesetter) forbid(f *diag.File, y forbiddenYAML) {
	term := l.Site.Term(y.Use.Value)
	if term == nil {
		l.Report(f.At(y.Use.Offset, "term-unknown", y.Use.Value, l.Site.SuggestTerm(y.Use.Value)))
		return
	}
	for _, id := range y.Languages {
		language := l.Site.Language(id.Value)
		if language == nil {
			l.Report(l.Site.NoLanguage(f, id))
			continue
		}
		if l.matchers[language].covers(y.Spelling.Value) {
			l.Report(f.At(y.Spelling.Offset, "spelling-allowed", y.Spelling.Value))
		}
		l.spellings[language] = append(l.spellings[language], forbiddenWords{y.Spelling.Value, term, f.Place(y.Spelling.Offset)})
	}
}

// TypesetGlossary typesets the meanings of terms. It does not link terms in a meaning, because they are on the same page.
func (l *Typesetter) TypesetGlossary(g *Glossary) {
	for _, y := range g.Terms {
		term := l.Site.Term(y.ID.Value)
		for _, language := range l.Site.CompleteFirst() {
			words := term.Words[language]
			if source, ok := y.Words.Get(language.ID); ok {
				words.Meaning, words.Facts = l.LabelWithFacts(g.File, language, source.Meaning)
			} else if theirs, stands := term.Words[language.Fallback]; stands && language.Growing {
				words.Meaning, words.Facts = language.StandIn(theirs.Meaning), theirs.Facts
			}
			term.Words[language] = words
		}
	}
}

// termMatcher finds the terms of one language in ordinary text.
type termMatcher struct {
	byStart map[rune][]termSpelling // all spellings, by their first character; longer spellings come first
	starts  [256]bool               // whether a spelling begins with a character that has this low byte; saves most lookups in byStart
}

type termSpelling struct {
	text string
	term *site.Term
}

// add adds a spelling of a term. If the spelling is already there, add does nothing.
func (m *termMatcher) add(text string, term *site.Term) {
	r, _ := utf8.DecodeRuneInString(text)
	m.starts[byte(r)] = true
	list := m.byStart[r]
	at := 0
	for at < len(list) && len(list[at].text) >= len(text) {
		if list[at].text == text {
			return
		}
		at++
	}
	list = append(list, termSpelling{})
	copy(list[at+1:], list[at:])
	list[at] = termSpelling{text, term}
	m.byStart[r] = list
}

// covers reports whether some spelling contains the text.
func (m *termMatcher) covers(text string) bool {
	for _, list := range m.byStart {
		for _, spelling := range list {
			if strings.Contains(spelling.text, text) {
				return true
			}
		}
	}
	return false
}

// first returns the first term in the text that is not in `except`, and the offsets where its spelling starts and ends. `term` is nil if
// there is no such term. At each offset the longest spelling counts, so first does not find a term within a longer term that is in
// `except`.
func (m *termMatcher) first(text string, except map[*site.Term]bool) (term *site.Term, start, end int) {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !m.starts[byte(r)] {
			at += size
			continue
		}
		for _, spelling := range m.byStart[r] {
			if !strings.HasPrefix(text[at:], spelling.text) || !atWordBoundary(text, at, at+len(spelling.text)) {
				continue
			}
			if !except[spelling.term] {
				return spelling.term, at, at + len(spelling.text)
			}
			size = len(spelling.text)
			break
		}
		at += size
	}
	return nil, 0, 0
}

// atWordBoundary reports whether the text between two offsets is a whole word. It returns false for a part of a longer word in Latin
// letters or kanji, such as 保険者 in 被保険者.
func atWordBoundary(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	first, _ := utf8.DecodeRuneInString(text[start:])
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return !sameWord(before, first) && !sameWord(last, after)
}

// sameWord reports whether two neighbouring characters can belong to the same word: both are Latin letters, or both are kanji.
func sameWord(a, b rune) bool {
	return unicode.Is(unicode.Latin, a) && unicode.Is(unicode.Latin, b) || unicode.Is(unicode.Han, a) && unicode.Is(unicode.Han, b)
}

type synonymYAML struct {
	Typed     []strictyaml.Text `yaml:"typed"`
	Means     []strictyaml.Text `yaml:"means"`
	Languages []strictyaml.Text `yaml:"languages"`
}

type misspeltYAML struct {
	Typed     []strictyaml.Text `yaml:"typed"`
	Right     strictyaml.Text   `yaml:"right"`
	Languages []strictyaml.Text `yaml:"languages"`
}

func (l *Typesetter) loadSynonym(f *diag.File, y synonymYAML, misspelt bool) {
	s := &site.Synonym{File: f, Misspelt: misspelt}
	for _, id := range y.Languages {
		if language := l.Site.Language(id.Value); language != nil {
			s.Languages = append(s.Languages, language)
		} else {
			l.Report(l.Site.NoLanguage(f, id))
		}
	}
	for _, typed := range y.Typed {
		s.Typed = append(s.Typed, typed.Value)
	}
	for _, means := range y.Means {
		if slices.Contains(s.Typed, means.Value) {
			l.Report(f.At(means.Offset, "synonym-itself", means.Value))
		}
		s.Means, s.At = append(s.Means, means.Value), append(s.At, means.Offset)
	}
	l.Site.Synonyms = append(l.Site.Synonyms, s)
}

// standInTerm returns the words of a term for a growing language without words of its own. The parameter `words` has those of the
// fallback. The result has no reading and no forms, and has the gloss only if the language has the formats for it.
func standInTerm(l *site.Language, words site.TermWords) site.TermWords {
	words.Name, words.Short, words.Meaning = l.StandIn(words.Name), l.StandIn(words.Short), l.StandIn(words.Meaning)
	words.Reading, words.Forms = "", nil
	if glosses(l) {
		words.Gloss = l.StandIn(words.Gloss)
	} else {
		words.Gloss = site.Phrase{}
	}
	return words
}

// glosses reports whether a language has both formats for terms with a gloss.
func glosses(l *site.Language) bool {
	return l.Formats.TermGlossed.Value != "" && l.Formats.AnswerGlossed.Value != ""
}

// Papers returns the ids of the papers that a unit names, either with a token or in ordinary words. The list is sorted, and has each
// paper as often as the unit names it.
func (l *Typesetter) Papers(u *parity.Unit, language *site.Language) (papers []string) {
	for _, m := range u.Mentions {
		if m.Kind == markdown.TermMention && l.Site.Term(m.What) != nil && l.Site.Term(m.What).Paper {
			papers = append(papers, m.What)
		}
	}
	matcher := l.matchers[language.Base]
	for _, run := range u.Runs {
		for text := run.Text; ; {
			term, _, end := matcher.first(text, nil)
			if term == nil {
				break
			}
			if term.Paper {
				papers = append(papers, term.ID)
			}
			text = text[end:]
		}
	}
	slices.Sort(papers)
	return papers
}

// sentenceStart is the form of a term at the start of a sentence: the first letter is a capital. Every term has this form. It can also
// follow a form of the glossary, as in {term:x:indefinite_start}.
const sentenceStart = "start"

// hasForm reports whether a term has this form. `forms` has its forms in the glossary; each of them may be followed by sentenceStart.
func hasForm(forms map[string]site.TermForm, form string) bool {
	form, _ = cutStart(form)
	_, known := forms[form]
	return known || form == ""
}

// cutStart returns a form without sentenceStart, and whether the form had it.
func cutStart(form string) (rest string, start bool) {
	if form == sentenceStart {
		return "", true
	}
	return strings.CutSuffix(form, "_"+sentenceStart)
}

// inForm returns the words of a term with Name and Short in this form.
func inForm(w site.TermWords, form string) site.TermWords {
	form, start := cutStart(form)
	if f, ok := w.Forms[form]; ok {
		w.Name, w.Short = f.Name, f.Short
	}
	if start {
		w.Name, w.Short = capital(w.Name), capital(w.Short)
	}
	return w
}

// capital returns a phrase with a capital as its first letter. It does not change a phrase whose HTML begins with a tag, such as ruby.
func capital(p site.Phrase) site.Phrase {
	first, size := utf8.DecodeRuneInString(p.Plain)
	if !strings.HasPrefix(string(p.HTML), p.Plain[:size]) { // a phrase that begins with ruby is Japanese, which has no capitals
		return p
	}
	upper := string(unicode.ToUpper(first))
	return site.Phrase{HTML: markup.Escape(upper) + p.HTML[size:], Plain: upper + p.Plain[size:]}
}
