package site

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/style"
	"sitegen/internal/values"
)

// Pages has the names that links of the form page:name can have. Questions are not among them.
var Pages = schema.Pages.Words

// PagePath returns the address of a page of [Pages], relative to its language's folder.
func PagePath(name string) string {
	if name == "home" {
		return "index.html"
	}
	return name + ".html"
}

// PageTitle returns the title of a page of [Pages].
func (l *Language) PageTitle(name string) Phrase {
	return wordsOf(l.unsaid, map[string]Phrase{
		"home": l.UI.Home, "all": l.UI.AllTitle, "glossary": l.UI.GlossaryTitle, "changes": l.UI.ChangesTitle,
		"updates": l.UI.UpdatesTitle, "about": l.UI.AboutTitle, "sources": l.UI.SourcesTitle, "accessibility": l.UI.AccessibilityTitle,
	}, name)
}

// QuestionPath returns the address of a question, relative to its language's folder.
func QuestionPath(id string) string { return "faq/" + id + ".html" }

// typesetter turns one text, or several texts of a page, into fragments of HTML. It remembers which terms the page has already explained,
// and what the texts refer to. It implements [markdown.Resolver]. It must not be used for a text with errors, see loader.faulty.
type typesetter struct {
	loader    *loader
	language  *Language
	explained map[*Term]bool // the terms that the texts so far have explained
	noTerms   bool           // whether terms are not linked, as in labels and on the glossary page
	fixed     bool           // whether the text must be the same on every day
	title     bool           // whether the text is shown within links, so that it cannot contain links
	general   bool           // whether the text is the same for every insurer, so that it cannot state what one insurer decides
	unstyled  bool           // whether the style of the text is not checked, because the text is a name
	label     bool           // whether the text is a word of the checker, for which only the style checks for buttons and headings are made
	answering bool           // whether the text is an answer, whose terms are collected in words and explained below the answer
	words     []*Term        // the terms that the answer uses, in order
	// reads has the parts of an insurer's profile that the text depends on: "policy:<id>" for a parameter, "insurer" for name and
	// contact, "picture:<name>" for a drawing, and "faq:<id>" for a question to which the text links. It is nil if there are no insurers.
	reads      map[string]bool
	facts      map[*Fact]bool // the facts that the texts so far refer to
	boundaries []civil.Date   // the days on which something in the texts so far begins or ends
}

// typesetter returns a typesetter for the texts of one page in a language.
func (l *loader) typesetter(language *Language) *typesetter {
	t := &typesetter{loader: l, language: language, explained: map[*Term]bool{}, facts: map[*Fact]bool{}}
	if l.profiles {
		t.reads = map[string]bool{}
	}
	return t
}

// read records that the text depends on a part of the insurer's profile, see reads.
func (t *typesetter) read(what string) {
	if t.reads != nil {
		t.reads[what] = true
	}
}

// inline typesets a text without blocks, for example a label or a word of the interface. The phrase is empty if the text has an error.
func (t *typesetter) inline(f *diag.File, text string, offset int) Phrase {
	inline := t.parse(f, text, offset)
	if inline == nil {
		return Phrase{}
	}
	html := inline.HTML
	if t.title {
		html = inline.HTMLWithoutLinks
	}
	return Phrase{HTML: html(t), Plain: inline.Plain(t)}
}

// answer typesets an answer twice. shown is for readers, and has only the names of terms. full explains each term inline. The hash of a
// question is computed from full, because readers once saw that form, and hashes from that time must stay the same.
func (t *typesetter) answer(f *diag.File, text strictyaml.Text) (shown Phrase, full markup.HTML) {
	inline := t.parse(f, text.Value, text.Offset)
	if inline == nil {
		return Phrase{}, ""
	}
	before := maps.Clone(t.explained)
	full = inline.HTML(t)
	t.explained, t.answering = before, true
	shown = Phrase{HTML: inline.HTML(t), Plain: inline.Plain(t)}
	t.answering = false
	return shown, full
}

// parse parses a text without blocks. It returns nil if the text has an error. It reports findings only the first time, and not when the
// text is typeset again for an insurer.
func (t *typesetter) parse(f *diag.File, text string, offset int) *markdown.Inline {
	inline, found := dialect.ParseInline(f, text, offset)
	if !t.loader.again {
		found = append(found, t.loader.check(f, t.language, references{
			tokens: inline.Tokens(), links: inline.Links(), runs: inline.Runs(), quoted: inline.Quoted(), general: t.general, fixed: t.fixed,
		}, nil)...)
		if !t.unstyled {
			found = append(found, t.loader.checkStyle(f, t.language, t.label, inline.Passages)...)
		}
		inValue(f, text, offset, found)
		t.loader.report(found...)
		t.loader.noteFaults(f, offset, found)
	}
	if t.loader.faulty(f, offset) {
		return nil
	}
	return inline
}

// Token implements [markdown.Resolver]: it returns the words for a token. It panics if no token has the namespace.
func (t *typesetter) Token(token markdown.Token, mode markdown.Mode) Phrase {
	switch token.Namespace {
	case "literal":
		return markup.Words(token.ID)
	case "ja":
		return t.native(token.ID)
	case "say":
		return t.sentence(token.ID)
	case "fact":
		fact := t.loader.site.fact[token.ID]
		t.use(fact)
		return t.language.Wording(fact, token.Format, mode == markdown.Rich)
	case "picture":
		if mode == markdown.Plain {
			return Phrase{}
		}
		name := t.loader.site.term[token.ID].picture
		t.read("picture:" + name)
		return Phrase{HTML: t.loader.site.Pictures[name]}
	case "policy":
		t.read("policy:" + token.ID)
		return t.policy(token.ID)
	case "insurer":
		t.read("insurer")
		return t.insurer(token.ID)
	case "term":
		return t.term(t.loader.site.term[token.ID], token.Format, mode)
	}
	panic("BUG: no token is called " + token.Namespace)
}

// use records that the text mentions a fact, and the days on which the fact's value changes.
func (t *typesetter) use(fact *Fact) {
	t.facts[fact] = true
	for _, part := range fact.RestsOn() {
		for _, v := range part.Variants {
			t.boundaries = append(t.boundaries, civil.Boundaries(v.From, v.Until)...)
		}
	}
}

// longestUnbroken is the number of Japanese characters that fit on a line of the narrowest screen, even beside a mark or in a table cell.
const longestUnbroken = 10

// native returns words of the default language, marked with lang and followed by a comma and their reading, because they stand in
// brackets. text is "words|reading in Latin letters", or only the words. On pages in the default language, native returns the words alone.
func (t *typesetter) native(text string) Phrase {
	words, romaji, read := strings.Cut(text, "|")
	if t.language.base == t.loader.site.Default.base || t.language.Lang == t.loader.site.Default.Lang {
		return markup.Words(words)
	}
	class := markup.Attr("class", "ja") // this class prevents line breaks within the words
	if utf8.RuneCountInString(words) > longestUnbroken {
		class = ""
	}
	marked := markup.Tag("span", class+markup.Attr("lang", t.loader.site.Default.Lang)) + markup.Escape(words) + "</span>"
	if !read {
		return Phrase{HTML: marked, Plain: words}
	}
	return Phrase{HTML: marked + ", " + t.latin(romaji), Plain: words + ", " + romaji}
}

// latin returns the reading of Japanese words in Latin letters, marked with lang.
func (t *typesetter) latin(romaji string) markup.HTML {
	return markup.Tag("span", markup.Attr("lang", t.loader.site.Default.Lang+"-Latn")) + markup.Escape(romaji) + "</span>"
}

// sentence returns a sentence that the reader can show or say at reception. text has the sentence in the default language, its reading in
// Latin letters and its meaning, separated by bars. On pages in the default language, sentence returns the sentence alone.
func (t *typesetter) sentence(text string) Phrase {
	parts := strings.Split(text, "|")
	if t.language.Lang == t.loader.site.Default.Lang {
		return markup.Words(parts[0])
	}
	html := `<span class="say">` + markup.Tag("span", markup.Attr("lang", t.loader.site.Default.Lang)) + markup.Escape(parts[0]) + `</span> ` +
		t.latin(parts[1]) + ` <span>` + markup.Escape(parts[2]) + `</span></span>`
	return Phrase{HTML: html, Plain: strings.Join(parts, " ")}
}

// term returns a term in a form. The first use on a page is in full and linked to the glossary. Later uses have the short name.
func (t *typesetter) term(term *Term, form string, mode markdown.Mode) Phrase {
	words := term.In(t.language).form(form)
	if mode != markdown.Rich || t.noTerms || t.explained[term] {
		words.sayShort()
		return words.Short
	}
	return Phrase{HTML: t.explain(term, words.Name.HTML)}
}

// explain returns the first use of a term on a page, with its gloss if it has one. name is the HTML of the term's name. In an answer the
// Japanese name is left out, because the terms of an answer are explained below the answer.
func (t *typesetter) explain(term *Term, name markup.HTML) markup.HTML {
	t.explained[term] = true
	formats, gloss := t.language.Formats, term.In(t.language).Gloss.HTML
	if !t.answering {
		name = `<a class="term" href="` + RootMarker + `glossary.html#` + markup.Escape(term.ID) + `">` + name + `</a>`
		if gloss != "" {
			return markup.Replace(t.language.fillTerm(formats.TermGlossed.Value, term, name), "{gloss}", gloss)
		}
		return t.language.InFull(term, name)
	}
	if !slices.Contains(t.words, term) {
		t.words = append(t.words, term)
		for _, fact := range term.In(t.language).Facts {
			t.use(fact)
		}
	}
	if gloss != "" {
		return markup.Replace(t.language.fillTerm(formats.AnswerGlossed.Value, term, name), "{gloss}", gloss)
	}
	return name
}

// InFull returns a term by the language's format term: the name and, in languages other than Japanese, the Japanese name with its reading,
// if readers must recognise that. name is the HTML of the name in the form that the text needs.
func (l *Language) InFull(term *Term, name markup.HTML) markup.HTML {
	if !term.recognised() {
		return name
	}
	return l.fillTerm(l.Formats.Term.Value, term, name)
}

// fillTerm fills the slots of a format for a term, except {gloss}.
func (l *Language) fillTerm(format string, term *Term, name markup.HTML) markup.HTML {
	text := markup.Replace(markup.Escape(format), "{name}", name)
	text = markup.Replace(text, "{native}", `<span lang="ja">`+markup.Escape(term.In(l).Native)+`</span>`)
	return markup.Replace(text, "{romaji}", `<span lang="ja-Latn">`+markup.Escape(term.Romaji)+`</span>`)
}

// Text implements [markdown.Resolver]: it returns ordinary text as HTML. In the default language, it links the first use of each term. In
// other languages it does not, because ordinary words can look like a term: "the old card" is not always the abolished card.
func (t *typesetter) Text(text string) markup.HTML {
	matcher := t.loader.matchers[t.language.base]
	if t.noTerms || matcher == nil || t.language.base != t.loader.site.Default.base { // in other languages, authors write {term:…}
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
			words.sayShort()
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
// website. href is "" for a question that the insurer's site hides.
func (t *typesetter) Link(destination string, mode markdown.Mode) (href string, title Phrase, external bool) {
	scheme, rest, _ := strings.Cut(destination, ":")
	switch scheme {
	case "faq":
		id, anchor, found := strings.Cut(rest, "#")
		if found {
			anchor = "#" + anchor
		}
		t.read("faq:" + id)
		question := t.loader.site.question[id]
		if question == nil { // the insurer's site hides the question
			return "", t.loader.general.question[id].title(t.language), false
		}
		return RootMarker + QuestionPath(id) + anchor, question.title(t.language), false
	case "page":
		name, anchor, found := strings.Cut(rest, "#")
		if found {
			anchor = "#" + anchor
		}
		return RootMarker + PagePath(name) + anchor, t.language.PageTitle(name), false
	case "fact":
		fact := t.loader.site.fact[rest]
		t.facts[fact] = true
		if fact.Kind == schema.PhoneFact {
			return "tel:" + schema.Telephone(fact.Phone), markup.Words(fact.Phone), false
		}
		return fact.Address, t.language.FactName(fact), true
	}
	return destination, markup.Words(destination), strings.HasPrefix(destination, "http")
}

// Period implements [markdown.Resolver]: it returns the first and the last day of a block, and words that state them.
func (t *typesetter) Period(p markdown.Period) (from, until civil.Date, summary markup.HTML) {
	from, until = t.loader.day(p.From), t.loader.day(p.Until)
	for _, end := range []string{p.From, p.Until} {
		if id, ok := strings.CutPrefix(end, "fact:"); ok {
			t.facts[t.loader.site.fact[id]] = true
		}
	}
	t.boundaries = append(t.boundaries, civil.Boundaries(from, until)...)
	if p.Announced {
		return from, until, t.language.Announced(from).HTML
	}
	return from, until, t.language.Period(from, until).HTML
}

// usePeriod records the facts to which the ends of a period refer.
func (t *typesetter) usePeriod(ends ...*strictyaml.When) {
	for _, end := range ends {
		if end == nil {
			continue
		}
		if id, ok := strings.CutPrefix(end.Value, "fact:"); ok && t.loader.site.fact[id] != nil {
			t.facts[t.loader.site.fact[id]] = true
		}
	}
}

// Label implements [markdown.Resolver]: it returns the word of the interface for a kind of block.
func (t *typesetter) Label(name string, _ markdown.Mode) Phrase {
	return wordsOf(t.loader.unsaid, t.loader.labels[t.language.base], name)
}

// day returns the day that a reference names: a day in any form that [civil.Read] accepts, or "fact:id". It returns civil.Unset for "",
// for a reference that names no day, and for a fact that changes on some day.
func (l *loader) day(reference string) civil.Date {
	if id, ok := strings.CutPrefix(reference, "fact:"); ok {
		if fact := l.site.fact[id]; fact != nil && fact.Kind == schema.DateFact && fact.Variants == nil {
			return fact.Date
		}
		return civil.Unset
	}
	date, err := civil.Read(reference)
	if err != nil {
		return civil.Unset
	}
	return date
}

// references has what a text refers to, and what kind of text it is.
type references struct {
	tokens  []markdown.Token
	links   []markdown.Link
	runs    []markdown.Passage
	periods []markdown.Period
	quoted  []markdown.Link // links within a sentence that have no words of their own, so that the target's title would stand there
	general bool            // see typesetter
	fixed   bool            // see typesetter
}

// checkBody returns the findings about a body: its references, its conditions and its style. own is the translation with this body.
func (l *loader) checkBody(f *diag.File, language *Language, body *markdown.Body, own *Translation) []diag.Diagnostic {
	found := l.check(f, language, references{tokens: body.Tokens(), links: body.Links(), runs: body.Runs(), quoted: body.Quoted(), periods: body.Periods()}, own)
	for _, condition := range body.Conditions() {
		found = append(found, l.checkCondition(f, condition)...)
	}
	return append(found, l.checkStyle(f, language, false, body.Passages)...)
}

// check returns the findings about everything that a text refers to. own is the translation with this body; it is nil for a text that is
// not a body.
func (l *loader) check(f *diag.File, language *Language, r references, own *Translation) []diag.Diagnostic {
	var found diag.Findings
	for _, token := range r.tokens {
		found.Add(l.checkToken(f, language, token, r)...)
		if token.Namespace == "picture" && own == nil {
			found.Add(f.At(token.Offset, "picture-place", "{picture:"+token.ID+"}"))
		}
		if r.general && (token.Namespace == "policy" || token.Namespace == "insurer") {
			found.Add(f.At(token.Offset, "policy-place", "{"+token.Namespace+":"+token.ID+"}"))
		}
	}
	for _, link := range r.links {
		found.Add(l.checkLink(f, language, link, own)...)
	}
	for _, link := range r.quoted {
		if strings.HasPrefix(link.Destination, "faq:") {
			found.Add(f.At(link.Offset, "link-quoted", link.Destination))
		}
	}
	written := parity.Unit{Runs: r.runs}
	translated := !written.IsForeign(language.compared()) // a text that is not translated is reported as a whole
	for _, run := range r.runs {
		if translated {
			found.Add(l.checkNative(f, language, run)...)
		}
		if !run.Literal {
			found.Add(l.checkRun(f, language, run)...)
			if language.Ruby {
				found.Add(checkRead(f, run)...)
			}
		}
	}
	for _, period := range r.periods {
		found.Add(l.checkPeriod(f, period)...)
	}
	return found.List
}

// isFormat reports whether a token can name this format for a fact. Without a format, "", every fact can be written.
func isFormat(fact *Fact, format string) bool {
	return format == "" || slices.Contains(values.FactFormats[fact.Kind], format)
}

func (l *loader) checkToken(f *diag.File, language *Language, token markdown.Token, r references) []diag.Diagnostic {
	switch token.Namespace {
	case "literal", "ja", "say":
		return nil
	case "fact":
		fact := l.site.fact[token.ID]
		l.noteUse(f, fact)
		if fact == nil {
			return []diag.Diagnostic{f.At(token.Offset, "fact-unknown", token.ID, l.suggestFact(token.ID))}
		}
		if fact.Varies() && r.fixed {
			return []diag.Diagnostic{f.At(token.Offset, "fact-varies", token.ID)}
		}
		if !isFormat(fact, token.Format) {
			return []diag.Diagnostic{f.At(token.Offset, "fact-format", token.ID, token.Format, strings.Join(append([]string{"{fact:" + token.ID + "}"}, prefixed(":", values.FactFormats[fact.Kind])...), " "))}
		}
	case "term":
		if l.site.term[token.ID] == nil {
			return []diag.Diagnostic{f.At(token.Offset, "term-unknown", token.ID, l.suggestTerm(token.ID))}
		}
		if forms := l.site.term[token.ID].In(language).forms; token.Format != "" && !hasForm(forms, token.Format) {
			return []diag.Diagnostic{f.At(token.Offset, "term-format", token.ID, token.Format, strings.Join(append(sortedKeys(forms), sentenceStart), ", "), suggest(token.Format, append(sortedKeys(forms), sentenceStart)))}
		}
		return l.checkDoubled(f, language, token)
	case "picture":
		switch term := l.site.term[token.ID]; {
		case term == nil:
			return []diag.Diagnostic{f.At(token.Offset, "term-unknown", token.ID, suggest(token.ID, sortedKeys(l.site.term)))}
		case token.Format != "":
			return []diag.Diagnostic{f.At(token.Offset, "token-form", "{picture:"+token.ID+":"+token.Format+"}")}
		case term.picture == "":
			return []diag.Diagnostic{f.At(token.Offset, "picture-none", strings.Join(l.pictured(), ", "), token.ID)}
		}
	case "policy":
		if l.policy(token.ID) == nil {
			return []diag.Diagnostic{f.At(token.Offset, "policy-unknown", token.ID, l.suggestPolicy(token.ID))}
		}
		if token.Format != "" {
			return []diag.Diagnostic{f.At(token.Offset, "policy-format", "{policy:"+token.ID+"}")}
		}
	case "insurer":
		if !schema.InsurerWords.Has(token.ID) || token.Format != "" {
			return []diag.Diagnostic{f.At(token.Offset, "insurer-unknown", token.ID, suggest(token.ID, schema.InsurerWords.Words))}
		}
	}
	return nil
}

// prefixed returns a list in which each item has the prefix.
func prefixed(prefix string, list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = prefix + s
	}
	return out
}

// jump is a link to an anchor in a question's body. It is checked after all bodies have been read.
type jump struct {
	file     *diag.File
	offset   int
	question *Question
	language *Language
	anchor   string
}

func (l *loader) jumpTo(j jump) { l.jumps = append(l.jumps, j) }

func (l *loader) checkLink(f *diag.File, language *Language, link markdown.Link, own *Translation) []diag.Diagnostic {
	scheme, rest, _ := strings.Cut(link.Destination, ":")
	id, anchor, hasAnchor := strings.Cut(rest, "#")
	switch {
	case strings.HasPrefix(link.Destination, "#"):
		if own == nil {
			return []diag.Diagnostic{f.At(link.Offset, "anchor-unknown", link.Destination[1:], "")}
		}
		l.jumpTo(jump{f, link.Offset, own.Question, language, link.Destination[1:]})
	case scheme == "faq":
		question := l.site.question[id]
		if question == nil {
			return []diag.Diagnostic{l.noQuestion(f, link.Offset, id)}
		}
		if hasAnchor {
			l.jumpTo(jump{f, link.Offset, question, language, anchor})
		}
	case scheme == "page":
		if !slices.Contains(Pages, id) {
			return []diag.Diagnostic{f.At(link.Offset, "page-unknown", id, suggest(id, Pages), strings.Join(Pages, ", "))}
		}
		if hasAnchor && (id != "glossary" || l.site.term[anchor] == nil) && (id != "sources" || l.site.source[anchor] == nil) {
			return []diag.Diagnostic{f.At(link.Offset, "anchor-unknown", anchor, "")}
		}
	case scheme == "fact":
		fact := l.site.fact[rest]
		l.noteUse(f, fact)
		if fact == nil || fact.Kind != schema.LinkFact && fact.Kind != schema.PhoneFact {
			return []diag.Diagnostic{f.At(link.Offset, "fact-unknown", rest, l.suggestFactOf(rest, schema.LinkFact, schema.PhoneFact))}
		}
		if fact.Variants != nil {
			return []diag.Diagnostic{f.At(link.Offset, "fact-varies", rest)}
		}
	case scheme == "tel":
		return []diag.Diagnostic{l.literals.CheckCall(f, link.Offset, rest)}
	}
	return nil
}

func (l *loader) checkPeriod(f *diag.File, period markdown.Period) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, end := range []string{period.From, period.Until} {
		id, isFact := strings.CutPrefix(end, "fact:")
		switch fact := l.site.fact[id]; {
		case isFact && fact != nil && fact.Variants != nil:
			found = append(found, f.At(period.Offset, "fact-varies", id))
		case isFact && l.day(end) == civil.Unset:
			found = append(found, f.At(period.Offset, "fact-unknown", id, l.suggestFactOf(id, schema.DateFact)))
		case isFact:
			l.noteUse(f, l.site.fact[id])
		case !isFact && l.day(end) != civil.Unset:
			found = append(found, l.literals.CheckEnd(f, period.Offset, end, l.day(end))...)
		}
	}
	from, until := l.day(period.From), l.day(period.Until)
	comparedBefore := !strings.Contains(period.From+period.Until, "fact:") // package dialect has compared the ends if neither is a fact
	if from != civil.Unset && until != civil.Unset && from > until && !comparedBefore {
		found = append(found, f.At(period.Offset, "period-reversed", from, until))
	}
	return found
}

// checkRead reports the first word in kanji without a reading in a run.
func checkRead(f *diag.File, run markdown.Passage) []diag.Diagnostic {
	start, end := run.Unread()
	if start == end {
		return nil
	}
	return []diag.Diagnostic{f.At(run.At(start), "ruby-missing", run.Text[start:end])}
}

// checkNative reports Japanese words outside {ja:…} in a language with a different script. It does so only if the default language is
// Japanese.
func (l *loader) checkNative(f *diag.File, language *Language, run markdown.Passage) []diag.Diagnostic {
	native := parity.Script(l.site.Default.Lang)
	if parity.SameScript(language.Lang, l.site.Default.Lang) || l.site.Default.Lang != "ja" {
		return nil
	}
	var found []diag.Diagnostic
	for at := 0; at < len(run.Text); {
		start := strings.IndexFunc(run.Text[at:], func(r rune) bool { return r >= unicode.MaxLatin1 && unicode.In(r, native...) })
		if start < 0 {
			break
		}
		start += at
		length := strings.IndexFunc(run.Text[start:], func(r rune) bool { return r != 'ー' && r != '・' && !unicode.In(r, native...) })
		if at = start + length; length < 0 {
			at = len(run.Text)
		}
		if before := run.Text[:start]; strings.LastIndexByte(before, '{') > strings.LastIndexByte(before, '}') {
			continue // the words are within braces that are not a valid token, which is already reported
		}
		found = append(found, f.At(run.At(start), "native-unmarked", run.Text[start:at]))
	}
	return found
}

// checkRun reports dates, months and phone numbers that should be tokens, unfinished text, and spellings to avoid.
func (l *loader) checkRun(f *diag.File, language *Language, run markdown.Passage) []diag.Diagnostic {
	l.looked.Add(1)
	found := append(l.literals.Check(f, language.Writer, run), style.Unfinished(f, run)...)
	for _, forbidden := range l.spellings[language.base] {
		if at := strings.Index(run.Text, forbidden.spelling); at >= 0 {
			found = append(found, f.At(run.At(at), "spelling", forbidden.spelling, forbidden.use.In(language).Name.Plain, forbidden.use.ID, forbidden.said))
		}
	}
	return found
}

// checkJumps reports links to anchors that do not exist.
func (l *loader) checkJumps() {
	for _, j := range l.jumps {
		translation := j.question.In(j.language)
		if translation == nil {
			continue // reported as a missing translation
		}
		anchors := l.anchors[translation]
		if !anchors[j.anchor] {
			l.report(j.file.At(j.offset, "anchor-unknown", j.anchor, suggest(j.anchor, sortedKeys(anchors))))
		}
	}
}
