// Package typeset makes HTML of authors' texts. The input is a text in Markdown, and a site with everything that texts may name. The output
// is a fragment of HTML, the mistakes in the text's references, and what the text depends on: facts, days, parts of an insurer's profile.
//
// Begin with [Typesetter], which all texts of a site share, and [Page], which remembers what one page has explained. check.go looks up
// references and searches ordinary words for what should be a token. glossary.go finds terms in texts, variants.go reads texts with periods,
// policies.go words what insurers decide, checker.go typesets the words of the checker, and mend.go fits corrections into YAML values.
package typeset

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"sitegen/internal/civil"
	"sitegen/internal/declare"
	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/style"
	"sitegen/internal/values"
)

// Typesetter typesets the texts of one site and checks what they refer to. The texts of one page are typeset with a [Page].
type Typesetter struct {
	*declare.Reading
	// Again says whether texts are typeset again for an insurer, without checks.
	Again bool

	literals    *values.Literals                    // finds dates and numbers that should be tokens
	searched    *atomic.Int64                       // the number of passages that were searched for dates and numbers
	used        *sync.Map                           // the ids of terms that tokens name
	spellings   map[*site.Language][]forbiddenWords // the spellings that checkRun reports
	matchers    map[*site.Language]*termMatcher     // find terms of the glossary in ordinary text
	style       map[*site.Language]*style.Rules     // the rules by which checkStyle checks sentences
	shortNames  []shortName                         // the short names of all terms
	policyWords map[*site.Language]PolicyFile
	insurers    bool   // whether there are insurers; if so, texts record which parts of a profile they depend on
	Jumps       []Jump // links to anchors, which are checked after all bodies are read
}

// New returns a typesetter for the site that is being read. The values of the site must have been loaded. `style` has the style checks of
// each language.
func New(r *declare.Reading, style map[*site.Language]*style.Rules) *Typesetter {
	t := &Typesetter{Reading: r, searched: new(atomic.Int64), used: new(sync.Map), style: style, insurers: r.Has("profiles"), spellings: map[*site.Language][]forbiddenWords{}, matchers: map[*site.Language]*termMatcher{}}
	t.LearnValues()
	return t
}

// LearnValues prepares the search for facts that authors typed as text. It finds out how the values of the site's facts are written in each
// language.
func (l *Typesetter) LearnValues() {
	l.literals = values.NewLiterals(l.Site.Facts)
	for _, language := range l.Site.Languages {
		l.literals.Learn(language.Writer)
	}
}

// On returns a typesetter with the same data that reports to a different Reading. It is for texts that are typeset at the same time, or for
// an insurer.
func (l *Typesetter) On(r *declare.Reading) *Typesetter {
	t := *l
	t.Reading, t.Jumps = r, nil
	return &t
}

// UsesTerm reports whether a token names a term.
func (l *Typesetter) UsesTerm(id string) bool {
	_, used := l.used.Load(id)
	return used
}

// Searched returns the number of passages that were searched for facts typed as text.
func (l *Typesetter) Searched() int { return int(l.searched.Load()) }

// CheckMeaning reports the values of facts that an author typed into a text for editors, which can have no tokens.
func (l *Typesetter) CheckMeaning(f *diag.File, language *site.Language, text strictyaml.Text) {
	l.searched.Add(1)
	l.Report(l.literals.CheckMeaning(f, language.Writer, text)...)
}

// Page turns one text, or several texts of a page, into fragments of HTML. It remembers which terms the page has already explained,
// and what the texts refer to. It implements [markdown.Resolver]. It must not be used for a text with errors, see [declare.Reading.Faulty].
type Page struct {
	*Typesetter
	language  *site.Language
	explained map[*site.Term]bool // the terms that the texts so far have explained
	noTerms   bool                // whether terms are not linked, as in labels and on the glossary page
	fixed     bool                // whether the text must be the same on every day
	title     bool                // whether the text is shown within links, so that it cannot contain links
	general   bool                // whether the text is the same for every insurer, so that it cannot state what one insurer decides
	unstyled  bool                // whether the style of the text is not checked, because the text is a name
	label     bool                // whether the text is a word of the checker, for which only the style checks for buttons and headings are made
	answering bool                // whether the text is an answer, whose terms are collected in Words and explained below the answer
	Words     []*site.Term        // the terms that the answer uses, in order
	// Reads has the parts of an insurer's profile that the text depends on: "policy:<id>" for a parameter, "insurer" for name and contact,
	// "picture:<name>" for a drawing, and "faq:<id>" for a question to which the text links. It is nil if there are no insurers.
	Reads      map[string]bool
	facts      map[*site.Fact]bool // the facts that the texts so far refer to
	Boundaries []civil.Date        // the days on which something in the texts so far begins or ends
}

// Page returns a typesetter for the texts of one page in a language.
func (l *Typesetter) Page(language *site.Language) *Page {
	t := &Page{Typesetter: l, language: language, explained: map[*site.Term]bool{}, facts: map[*site.Fact]bool{}}
	if l.insurers {
		t.Reads = map[string]bool{}
	}
	return t
}

// read records in Reads that the text depends on a part of the insurer's profile.
func (t *Page) read(what string) {
	if t.Reads != nil {
		t.Reads[what] = true
	}
}

// inline typesets a text without blocks, for example a label or a word of the interface. The phrase is empty if the text has an error.
func (t *Page) inline(f *diag.File, text string, offset int) site.Phrase {
	inline := t.parse(f, text, offset)
	if inline == nil {
		return site.Phrase{}
	}
	html := inline.HTML
	if t.title {
		html = inline.HTMLWithoutLinks
	}
	return site.Phrase{HTML: html(t), Plain: inline.Plain(t)}
}

// Answer typesets an answer twice. `shown` is for readers. It has only the names of terms, with a gloss if there is one. `full` explains each
// term inline. The hash of a question is computed from `full`, because readers once saw that form, and hashes from that time must stay the
// same.
func (t *Page) Answer(f *diag.File, text strictyaml.Text) (shown site.Phrase, full markup.HTML) {
	inline := t.parse(f, text.Value, text.Offset)
	if inline == nil {
		return site.Phrase{}, ""
	}
	before := maps.Clone(t.explained)
	full = inline.HTML(t)
	t.explained, t.answering = before, true
	shown = site.Phrase{HTML: inline.HTML(t), Plain: inline.Plain(t)}
	t.answering = false
	return shown, full
}

// parse parses a text without blocks. It returns nil if the text has an error. It reports findings only the first time, and not when the
// text is typeset again for an insurer.
func (t *Page) parse(f *diag.File, text string, offset int) *markdown.Inline {
	inline, found := dialect.ParseInline(f, text, offset)
	if !t.Again {
		found = append(found, t.check(f, t.language, references{
			tokens: inline.Tokens(), links: inline.Links(), runs: inline.Runs(), native: inline.Native(), quoted: inline.Quoted(t.words(t.language)), passages: inline.Passages, general: t.general, fixed: t.fixed,
		}, nil)...)
		if !t.unstyled {
			found = append(found, t.checkStyle(f, t.language, t.label, inline.Passages)...)
		}
		inValue(f, text, offset, found)
		t.Report(found...)
		t.NoteFaults(f, offset, found)
	}
	if t.Faulty(f, offset) {
		return nil
	}
	return inline
}

// Token implements [markdown.Resolver]: it returns the words for a token. It panics if no token has the namespace.
func (t *Page) Token(token markdown.Token, mode markdown.Mode) site.Phrase {
	switch token.Namespace {
	case "literal":
		return markup.Words(token.ID)
	case "ja":
		return t.native(token.ID)
	case "say":
		return t.sentence(token.ID)
	case "fact":
		fact := t.Site.Fact(token.ID)
		t.use(fact)
		return t.language.Wording(fact, token.Format, mode == markdown.Rich)
	case "picture":
		if mode == markdown.Plain {
			return site.Phrase{}
		}
		name := t.Site.Term(token.ID).Picture
		t.read("picture:" + name)
		return site.Phrase{HTML: t.Site.Pictures[name]}
	case "policy":
		t.read("policy:" + token.ID)
		return t.policy(token.ID)
	case "insurer":
		t.read("insurer")
		return t.insurer(token.ID)
	case "term":
		return t.term(t.Site.Term(token.ID), token.Format, mode)
	}
	panic("BUG: no token is called " + token.Namespace)
}

// use records that the text mentions a fact. It also records the days on which the fact's value changes.
func (t *Page) use(fact *site.Fact) {
	t.facts[fact] = true
	for _, part := range fact.RestsOn() {
		for _, v := range part.Variants {
			t.Boundaries = append(t.Boundaries, civil.Boundaries(v.From, v.Until)...)
		}
	}
}

// longestUnbroken is the number of Japanese characters that fit on a line of the narrowest screen, even beside a mark or in a table cell.
const longestUnbroken = 10

// native returns words of the default language, marked with lang and followed by a comma and their reading, because they stand in brackets.
// `text` is "words|reading in Latin letters", or only the words. On pages in a language with the same lang as the default language, native
// returns the words alone.
func (t *Page) native(text string) site.Phrase {
	words, romaji, read := strings.Cut(text, "|")
	if t.language.Base == t.Site.Default.Base || t.language.Lang == t.Site.Default.Lang {
		return markup.Words(words)
	}
	class := markup.Attr("class", "ja") // this class prevents line breaks within the words
	if utf8.RuneCountInString(words) > longestUnbroken {
		class = ""
	}
	marked := markup.Tag("span", class+markup.Attr("lang", t.Site.Default.Lang)) + markup.Escape(words) + "</span>"
	if !read {
		return site.Phrase{HTML: marked, Plain: words}
	}
	return site.Phrase{HTML: marked + ", " + t.latin(romaji), Plain: words + ", " + romaji}
}

// latin returns the reading of Japanese words in Latin letters, marked with lang.
func (t *Page) latin(romaji string) markup.HTML {
	return markup.Tag("span", markup.Attr("lang", t.Site.Default.Lang+"-Latn")) + markup.Escape(romaji) + "</span>"
}

// sentence returns a sentence that the reader can show or say at reception. `text` has the sentence in the default language, its reading in
// Latin letters and its meaning, separated by bars. On pages in a language with the same lang as the default language, sentence returns the
// sentence alone.
func (t *Page) sentence(text string) site.Phrase {
	parts := strings.Split(text, "|")
	if t.language.Lang == t.Site.Default.Lang {
		return markup.Words(parts[0])
	}
	html := `<span class="say">` + markup.Tag("span", markup.Attr("lang", t.Site.Default.Lang)) + markup.Escape(parts[0]) + `</span> ` +
		t.latin(parts[1]) + ` <span>` + markup.Escape(parts[2]) + `</span></span>`
	return site.Phrase{HTML: html, Plain: strings.Join(parts, " ")}
}

// term returns the words for a term in a form. If the term has not been explained on the page yet, they are its full name, linked to the
// glossary. Otherwise, and wherever terms are not linked, they are its short name.
func (t *Page) term(term *site.Term, form string, mode markdown.Mode) site.Phrase {
	words := inForm(term.In(t.language), form)
	if mode != markdown.Rich || t.noTerms || t.explained[term] {
		words.SayShort()
		return words.Short
	}
	return site.Phrase{HTML: t.explain(term, words.Name.HTML)}
}

// explain returns the HTML of a term where a page uses it for the first time, with its gloss if it has one. `name` is the HTML of the term's
// name, or of an alias, which may be the gloss itself. In an answer the Japanese name is left out, because the terms of an answer are
// explained below the answer.
func (t *Page) explain(term *site.Term, name markup.HTML) markup.HTML {
	t.explained[term] = true
	formats, gloss := t.language.Formats, term.In(t.language).Gloss.HTML
	glossed := gloss != "" && gloss != name
	if !t.answering {
		name = `<a class="term" href="` + site.RootMarker + `glossary.html#` + markup.Escape(term.ID) + `">` + name + `</a>`
		if glossed {
			return t.language.Glossed(formats.TermGlossed.Value, term, name)
		}
		return t.language.InFull(term, name)
	}
	if !slices.Contains(t.Words, term) {
		t.Words = append(t.Words, term)
		for _, fact := range term.In(t.language).Facts {
			t.use(fact)
		}
	}
	if glossed {
		return t.language.Glossed(formats.AnswerGlossed.Value, term, name)
	}
	return name
}

// Text implements [markdown.Resolver]: it returns ordinary text as HTML. In the default language, it links each term where the page uses it
// for the first time. In other languages it links nothing, because ordinary words can look like a term: "the old card" is not always the
// abolished card.
func (t *Page) Text(text string) markup.HTML {
	matcher := t.matchers[t.language.Base]
	if t.noTerms || matcher == nil || t.language.Base != t.Site.Default.Base { // in other languages, authors write {term:…}
		return markup.Escape(text)
	}
	var w markup.Writer
	for {
		term, start, end := matcher.first(text, t.explained)
		if term == nil {
			break
		}
		w.Text(text[:start])
		if words := term.In(t.language); text[start:end] == words.Short.Plain {
			words.SayShort()
		}
		w.HTML(t.explain(term, markup.Escape(text[start:end])))
		text = text[end:]
	}
	if w.Len() == 0 {
		return markup.Escape(text)
	}
	w.Text(text)
	return w.Done()
}

// Link implements [markdown.Resolver]: it returns the address of a link, the title of its target, and whether the target is on a different
// website. `href` is "" for a question that the insurer's site hides.
func (t *Page) Link(destination string, mode markdown.Mode) (href string, title site.Phrase, external bool) {
	scheme, rest, _ := strings.Cut(destination, ":")
	switch scheme {
	case "faq":
		id, anchor, found := strings.Cut(rest, "#")
		if found {
			anchor = "#" + anchor
		}
		t.read("faq:" + id)
		question := t.Site.Question(id)
		if question == nil { // the insurer's site hides the question
			return "", t.General.Question(id).TitleOn(t.language), false
		}
		return site.RootMarker + site.QuestionPath(id) + anchor, question.TitleOn(t.language), false
	case "page":
		name, anchor, found := strings.Cut(rest, "#")
		if found {
			anchor = "#" + anchor
		}
		return site.RootMarker + site.PagePath(name) + anchor, t.language.PageTitle(name), false
	case "fact":
		fact := t.Site.Fact(rest)
		t.facts[fact] = true
		if fact.Kind == schema.PhoneFact {
			return "tel:" + schema.Telephone(fact.Phone), markup.Words(fact.Phone), false
		}
		return fact.Address, t.language.FactName(fact), true
	}
	return destination, markup.Words(destination), strings.HasPrefix(destination, "http")
}

// Period implements [markdown.Resolver]: it returns the first and the last day of a block, and words that state them.
func (t *Page) Period(p markdown.Period) (from, until civil.Date, summary markup.HTML) {
	from, until = t.Day(p.From), t.Day(p.Until)
	for _, end := range []string{p.From, p.Until} {
		if id, ok := strings.CutPrefix(end, "fact:"); ok {
			t.facts[t.Site.Fact(id)] = true
		}
	}
	t.Boundaries = append(t.Boundaries, civil.Boundaries(from, until)...)
	if p.Announced {
		return from, until, t.language.Announced(from).HTML
	}
	return from, until, t.language.Period(from, until).HTML
}

// UsePeriod records the facts to which the ends of a period refer.
func (t *Page) UsePeriod(ends ...*strictyaml.When) {
	for _, end := range ends {
		if end == nil {
			continue
		}
		if id, ok := strings.CutPrefix(end.Value, "fact:"); ok && t.Site.Fact(id) != nil {
			t.facts[t.Site.Fact(id)] = true
		}
	}
}

// Label implements [markdown.Resolver]: it returns the word of the interface for a kind of block.
func (t *Page) Label(name string, _ markdown.Mode) site.Phrase {
	return t.language.Label(name)
}

// NameOf returns a name, which may have ruby but no tokens, as a phrase. It reports mistakes in the name.
func (l *Typesetter) NameOf(f *diag.File, language *site.Language, text strictyaml.Text) site.Phrase {
	inline, _ := dialect.ParseInline(f, text.Value, text.Offset)
	for _, run := range inline.Runs() {
		l.Report(l.literals.CheckFixed(f, language.Writer, run)...)
	}
	return l.Reading.NameOf(f, language, text)
}

// Label typesets a text that is the same for every insurer. Terms in the text are not linked.
func (l *Typesetter) Label(f *diag.File, language *site.Language, text strictyaml.Text) site.Phrase {
	phrase, _ := l.LabelWithFacts(f, language, text)
	return phrase
}

// LabelWithFacts does the same as Label, and also returns the facts that the text mentions.
func (l *Typesetter) LabelWithFacts(f *diag.File, language *site.Language, text strictyaml.Text) (site.Phrase, []*site.Fact) {
	return l.LabelOn(l.Page(language), f, text)
}

// Title typesets the title of a question, which links and lists of questions also show.
func (l *Typesetter) Title(f *diag.File, language *site.Language, text strictyaml.Text) site.Phrase {
	t := l.Page(language)
	t.title = true
	phrase, _ := l.LabelOn(t, f, text)
	return phrase
}

// DocumentName typesets the name of a document, as a label whose style is not checked.
func (l *Typesetter) DocumentName(f *diag.File, language *site.Language, text strictyaml.Text) site.Phrase {
	t := l.Page(language)
	t.unstyled = true
	phrase, _ := l.LabelOn(t, f, text)
	return phrase
}

// WithoutTerms typesets a text whose terms are not linked. The text may state what the insurer decides.
func (l *Typesetter) WithoutTerms(f *diag.File, language *site.Language, text strictyaml.Text) site.Phrase {
	t := l.Page(language)
	t.noTerms = true
	return t.inline(f, text.Value, text.Offset)
}

// LabelOn typesets a label on the page `t`. It returns the label, and the facts that the page has mentioned so far. It adds to the language's
// Boundaries the days on which the label changes.
func (l *Typesetter) LabelOn(t *Page, f *diag.File, text strictyaml.Text) (site.Phrase, []*site.Fact) {
	language := t.language
	t.noTerms, t.general = true, true
	phrase := t.inline(f, text.Value, text.Offset)
	if len(t.Boundaries) > 0 {
		language.Boundaries = append(language.Boundaries, t.Boundaries...)
		slices.Sort(language.Boundaries)
		language.Boundaries = slices.Compact(language.Boundaries)
	}
	return phrase, t.UsedFacts()
}

// UsedFacts returns the facts that the texts typeset so far use, sorted by their offset in the file that declares them. Facts of
// facts.yaml and of an insurer's profile.yaml are therefore mixed.
func (t *Page) UsedFacts() []*site.Fact {
	return slices.SortedFunc(maps.Keys(t.facts), func(a, b *site.Fact) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.ID, b.ID))
	})
}
