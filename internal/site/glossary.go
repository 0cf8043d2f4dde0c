package site

import (
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

type glossaryFile struct {
	Terms     []termYAML      `yaml:"terms"`
	Forbidden []forbiddenYAML `yaml:"forbidden,optional"`
	Synonyms  []synonymYAML   `yaml:"synonyms,optional"`

	file *diag.File
}

type termYAML struct {
	ID      strictyaml.Text               `yaml:"id"`
	Romaji  string                        `yaml:"romaji"`
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
	use      *Term
	said     diag.Place
}

// loadGlossary loads the names of terms, which every text may use. The meanings of terms are typeset later, by typesetGlossary, because
// a meaning may use any term.
func (l *loader) loadGlossary() (*glossaryFile, error) {
	g := &glossaryFile{}
	var err error
	if g.file, err = l.decode("glossary.yaml", g); err != nil {
		return nil, err
	}
	l.matchers, l.spellings = map[*Language]*termMatcher{}, map[*Language][]forbiddenWords{}
	for _, language := range l.site.Languages {
		l.matchers[language] = &termMatcher{byStart: map[rune][]termSpelling{}}
	}
	for _, y := range g.Terms {
		l.nameTerm(g.file, y)
	}
	for _, y := range g.Forbidden {
		l.forbid(g.file, y)
	}
	l.explainTerms()
	l.loadSynonyms(g.file, g.Synonyms)
	return g, nil
}

// nameTerm adds a term with its names in each language to the site, and reports mistakes in them.
func (l *loader) nameTerm(f *diag.File, y termYAML) {
	term := &Term{ID: y.ID.Value, Romaji: y.Romaji, Sources: l.resolveSources(f, y.Sources), words: map[*Language]TermWords{}, paper: y.Paper, sign: y.Sign}
	switch {
	case !isID(term.ID):
		l.report(f.At(y.ID.Offset, "id-form-snake", term.ID))
	case l.site.term[term.ID] != nil:
		l.report(f.At(y.ID.Offset, "id-twice", term.ID))
	}
	if y.Picture != nil {
		term.picture = y.Picture.Value
		l.report(l.checkPicture(f, *y.Picture)...)
	}
	native := ""
	if words, ok := y.Words.Get(l.site.Default.ID); ok {
		native = words.Name.Value
	}
	for _, language := range l.site.completeFirst() {
		words, ok := y.Words.Get(language.ID)
		if theirs, stands := term.words[language.fallback]; !ok && language.growing && stands {
			term.words[language] = language.standInTerm(theirs)
			continue
		}
		if !ok {
			l.report(f.At(y.ID.Offset, "term-unnamed", term.ID, language.ID))
			continue
		}
		name := l.nameOf(f, language, words.Name)
		short, said := name, (*atomic.Bool)(nil)
		if words.Short != nil {
			short, said = l.nameOf(f, language, *words.Short), new(atomic.Bool)
			l.shortNames = append(l.shortNames, shortName{*words.Short, said})
		}
		l.checkReading(f, words.Reading)
		gloss := Phrase{}
		if words.Gloss != nil {
			gloss = l.nameOf(f, language, *words.Gloss)
			if formats := language.Formats; !formats.IsEmpty() && (formats.TermGlossed.Value == "" || formats.AnswerGlossed.Value == "") {
				l.report(f.At(words.Gloss.Offset, "format-entry-missing", "text/"+language.ID+".yaml: formats", "term_glossed, answer_glossed"))
			}
		}
		term.words[language] = TermWords{Name: name, Short: short, Gloss: gloss, Reading: words.Reading.Value, Native: native, forms: l.forms(f, language, words.Forms), said: said}
		matcher := l.matchers[language]
		matcher.add(name.Plain, term)
		matcher.add(short.Plain, term)
		for _, alias := range words.Aliases {
			matcher.add(alias.Value, term)
		}
	}
	l.checkAlmost(f, y)
	checkLanguageKeys(l, f, y.Words)
	l.site.Terms = append(l.site.Terms, term)
	l.site.term[term.ID] = term
}

// fewestOfName is the minimum length of the longer of two names that checkAlmost compares, in characters. Shorter names can be similar
// by chance.
const fewestOfName = 4

// checkAlmost reports a name or short name that differs by one slip from the one in the default language. It checks only languages with
// the same lang as the default language. One of the two names is probably mistyped. A name that differs on purpose must be an alias in
// the default language.
func (l *loader) checkAlmost(f *diag.File, y termYAML) {
	source, _ := y.Words.Get(l.site.Default.ID)
	for _, entry := range y.Words {
		language, words := l.language(entry.Key.Value), entry.Value
		if language == nil || language == l.site.Default || language.Lang != l.site.Default.Lang {
			continue
		}
		for _, name := range [][2]*strictyaml.Text{{&source.Name, &words.Name}, {source.Short, words.Short}} {
			if name[0] == nil || name[1] == nil {
				continue
			}
			theirs, ours := name[0].Value, strings.ReplaceAll(values.Ruby(name[1].Value).Plain, " ", "")
			alias := slices.ContainsFunc(source.Aliases, func(alias strictyaml.Text) bool { return alias.Value == ours })
			if max(utf8.RuneCountInString(ours), utf8.RuneCountInString(theirs)) >= fewestOfName && diag.OneSlip(theirs, ours) && !alias {
				l.report(f.At(name[1].Offset, "term-almost", ours, theirs, f.Place(name[0].Offset), l.site.Default.ID))
			}
		}
	}
}

// shortName is a short name of a term. said becomes true when a text that uses the short name is typeset.
type shortName struct {
	text strictyaml.Text
	said *atomic.Bool
}

// checkShortNames reports short names that no text uses. Such a name may have a slip, which keeps the words in the texts from being
// linked.
func (l *loader) checkShortNames(f *diag.File) {
	for _, name := range l.shortNames {
		if !name.said.Load() && !l.found.HasErrors() { // texts with errors are not typeset
			l.report(f.At(name.text.Offset, "term-short-unsaid", name.text.Value))
		}
	}
}

// sayShort records that a text uses the short name of a term.
func (w TermWords) sayShort() {
	if w.said != nil {
		w.said.Store(true)
	}
}

// forms reads the forms of a term in one language, and reports mistakes in them.
func (l *loader) forms(f *diag.File, language *Language, y strictyaml.Map[termFormYAML]) map[string]termForm {
	forms := map[string]termForm{}
	for _, entry := range y {
		if _, start := cutStart(entry.Key.Value); start || !isID(entry.Key.Value) {
			l.report(f.At(entry.Key.Offset, "id-form-snake", entry.Key.Value))
			continue
		}
		form := termForm{name: l.nameOf(f, language, entry.Value.Name)}
		form.short = form.name
		if entry.Value.Short != nil {
			form.short = l.nameOf(f, language, *entry.Value.Short)
		}
		forms[entry.Key.Value] = form
	}
	return forms
}

// forbid adds a spelling to avoid to its languages, and reports mistakes in the entry.
func (l *loader) forbid(f *diag.File, y forbiddenYAML) {
	term := l.site.term[y.Use.Value]
	if term == nil {
		l.report(f.At(y.Use.Offset, "term-unknown", y.Use.Value, suggest(y.Use.Value, sortedKeys(l.site.term))))
		return
	}
	for _, id := range y.Languages {
		language := l.language(id.Value)
		if language == nil {
			l.report(f.At(id.Offset, "language-unknown", id.Value, l.suggestLanguage(id.Value)))
			continue
		}
		if l.matchers[language].covers(y.Spelling.Value) {
			l.report(f.At(y.Spelling.Offset, "spelling-allowed", y.Spelling.Value))
		}
		l.spellings[language] = append(l.spellings[language], forbiddenWords{y.Spelling.Value, term, f.Place(y.Spelling.Offset)})
	}
}

// typesetGlossary typesets the meanings of terms. It does not link terms in a meaning, because they are on the same page.
func (l *loader) typesetGlossary(g *glossaryFile) {
	for _, y := range g.Terms {
		term := l.site.term[y.ID.Value]
		for _, language := range l.site.completeFirst() {
			words := term.words[language]
			if source, ok := y.Words.Get(language.ID); ok {
				words.Meaning, words.Facts = l.labelWithFacts(g.file, language, source.Meaning)
			} else if theirs, stands := term.words[language.fallback]; stands && language.growing {
				words.Meaning, words.Facts = language.standIn(theirs.Meaning), theirs.Facts
			}
			term.words[language] = words
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
	term *Term
}

// add adds a spelling of a term. If the spelling is already there, add does nothing.
func (m *termMatcher) add(text string, term *Term) {
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

// first returns the first term in the text that is not in except, and the offsets where its spelling starts and ends. term is nil if
// there is none. At each offset the longest spelling counts, so first does not find a term within a longer term that is in except.
func (m *termMatcher) first(text string, except map[*Term]bool) (term *Term, start, end int) {
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
