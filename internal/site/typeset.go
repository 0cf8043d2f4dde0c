package site

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/style"
	"sitegen/internal/values"
)

// Pages are the names that links of the form page:name can have. They do not include questions.
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

// typesetter turns one text, or several on the same page, into fragments: it remembers which terms the page has already
// explained, and what the page refers to. It implements [markdown.Resolver]. Use it only for texts in which check found no error:
// see faulty.
type typesetter struct {
	loader    *loader
	language  *Language
	explained map[*Term]bool
	noTerms   bool    // terms are not linked: on the glossary page, and in labels
	fixed     bool    // the text must be the same on every day
	title     bool    // the text is used within links, so it cannot contain links
	general   bool    // the text is the same for every insurer, so it cannot say what one insurer decides
	unstyled  bool    // the style of the text is not checked, because it is a name
	label     bool    // the text is a word of the checker: only the style checks that apply to buttons and headings are made
	answering bool    // the text is an answer: its terms are collected in words and explained below it
	words     []*Term // terms that the answer uses, in order
	// reads lists the parts of an insurer's profile that the text depends on: policy:<id> for a parameter, "insurer" for name and
	// contact, picture:<name> for a drawing, faq:<id> for a question that it links to. It is nil if nobody needs it.
	reads      map[string]bool
	facts      map[*Fact]bool
	boundaries []civil.Date
}

func (l *loader) typesetter(language *Language) *typesetter {
	t := &typesetter{loader: l, language: language, explained: map[*Term]bool{}, facts: map[*Fact]bool{}}
	if l.profiles {
		t.reads = map[string]bool{}
	}
	return t
}

// read notes that the text depends on a part of the insurer's profile: see reads.
func (t *typesetter) read(what string) {
	if t.reads != nil {
		t.reads[what] = true
	}
}

// inline typesets a text of one line, for example a label or a word of the interface. The phrase is empty if the text has an
// error.
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

// answer typesets an answer twice. shown is for readers and has only the names of its terms. full explains each term inline; the hash
// of a question is computed from it, so that hashes from the time when readers saw full stay the same.
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

// parse parses a text of one line, and returns nil if the text has an error. It reports errors only the first time, not when the text
// is typeset again for an insurer.
func (t *typesetter) parse(f *diag.File, text string, offset int) *markdown.Inline {
	inline, found := markdown.ParseInline(f, text, offset)
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

// Token implements [markdown.Resolver].
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

// use notes that the text mentions this fact.
func (t *typesetter) use(fact *Fact) {
	t.facts[fact] = true
	for _, part := range fact.RestsOn() {
		for _, v := range part.Variants {
			t.boundaries = append(t.boundaries, civil.Boundaries(v.From, v.Until)...)
		}
	}
}

// longestUnbroken is how many Japanese characters fit on a line of the narrowest screen, even beside a mark or in a table cell.
const longestUnbroken = 10

// native marks up words of the default language. text is "words|reading in Latin letters" or only the words. In the default language
// it returns only the words.
func (t *typesetter) native(text string) Phrase {
	words, romaji, read := strings.Cut(text, "|")
	if t.language.base == t.loader.site.Default.base || t.language.Lang == t.loader.site.Default.Lang {
		return markup.Words(words)
	}
	class := markup.Attr("class", "ja") // no line break within the words
	if utf8.RuneCountInString(words) > longestUnbroken {
		class = ""
	}
	marked := markup.Tag("span", class+markup.Attr("lang", t.loader.site.Default.Lang)) + markup.Escape(words) + "</span>"
	if !read {
		return Phrase{HTML: marked, Plain: words}
	}
	return Phrase{HTML: marked + " (" + t.latin(romaji) + ")", Plain: words + " (" + romaji + ")"}
}

func (t *typesetter) latin(romaji string) markup.HTML {
	return markup.Tag("span", markup.Attr("lang", t.loader.site.Default.Lang+"-Latn")) + markup.Escape(romaji) + "</span>"
}

// sentence writes a sentence to show or say at reception: the sentence in the default language, its reading in Latin letters and its
// meaning. In the default language it writes only the sentence.
func (t *typesetter) sentence(text string) Phrase {
	parts := strings.Split(text, "|")
	if t.language.Lang == t.loader.site.Default.Lang {
		return markup.Words(parts[0])
	}
	html := `<span class="say">` + markup.Tag("span", markup.Attr("lang", t.loader.site.Default.Lang)) + markup.Escape(parts[0]) + `</span> ` +
		t.latin(parts[1]) + ` <span>` + markup.Escape(parts[2]) + `</span></span>`
	return Phrase{HTML: html, Plain: strings.Join(parts, " ")}
}

// term writes a term: its first use on a page in full, with a link to the glossary, and later uses with the short name.
func (t *typesetter) term(term *Term, form string, mode markdown.Mode) Phrase {
	words := term.In(t.language).form(form)
	if mode != markdown.Rich || t.noTerms || t.explained[term] {
		words.sayShort()
		return words.Short
	}
	return Phrase{HTML: t.explain(term, words.Name.HTML)}
}

// explain writes the first use of a term. name is the HTML of the term's name. An answer shows only the name, because the terms of an
// answer are explained below it.
func (t *typesetter) explain(term *Term, name markup.HTML) markup.HTML {
	t.explained[term] = true
	if !t.answering {
		return t.language.InFull(term, `<a class="term" href="`+RootMarker+`glossary.html#`+markup.Escape(term.ID)+`">`+name+`</a>`)
	}
	if !slices.Contains(t.words, term) {
		t.words = append(t.words, term)
		for _, fact := range term.In(t.language).Facts {
			t.use(fact)
		}
	}
	return name
}

// InFull returns a term in the form that explains it: its name and, in languages other than Japanese, also the Japanese term. name is
// the HTML of the name in the form that the text needs.
func (l *Language) InFull(term *Term, name markup.HTML) markup.HTML {
	text := markup.Replace(markup.Escape(l.Formats.Term.Value), "{name}", name)
	text = markup.Replace(text, "{native}", `<span lang="ja">`+markup.Escape(term.In(l).Native)+`</span>`)
	return markup.Replace(text, "{romaji}", `<span lang="ja-Latn">`+markup.Escape(term.Romaji)+`</span>`)
}

// Text implements [markdown.Resolver]: it writes ordinary text and, in the default language, links the first use of each term. It
// does not do so in other languages, where a term can look like ordinary words: "the old card" is not always the abolished one.
func (t *typesetter) Text(text string) markup.HTML {
	matcher := t.loader.matchers[t.language.base]
	if t.noTerms || matcher == nil || t.language.base != t.loader.site.Default.base { // in other languages authors mark terms: {term:…}
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

// Link implements [markdown.Resolver].
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
		if question == nil { // this insurer hides the question
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

// Period implements [markdown.Resolver].
func (t *typesetter) Period(p markdown.Period) (from, until civil.Date, summary markup.HTML) {
	from, until = t.loader.day(p.From), t.loader.day(p.Until)
	for _, end := range []string{p.From, p.Until} {
		if id, ok := strings.CutPrefix(end, "fact:"); ok {
			t.facts[t.loader.site.fact[id]] = true
		}
	}
	t.boundaries = append(t.boundaries, civil.Boundaries(from, until)...)
	return from, until, t.language.Period(from, until).HTML
}

// usePeriod records the facts that the ends of a period refer to.
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

// Label implements [markdown.Resolver].
func (t *typesetter) Label(name string, _ markdown.Mode) Phrase {
	return wordsOf(t.loader.unsaid, t.loader.labels[t.language.base], name)
}

// day returns the day of a reference: "2026-08-01", any form that [civil.Read] accepts, or "fact:id". It returns civil.Unset for
// "", and for a reference that is not a day.
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

// references are the things that a text refers to.
type references struct {
	tokens  []markdown.Token
	links   []markdown.Link
	runs    []markdown.Run
	periods []markdown.Period
	quoted  []markdown.Link // links without a text of their own that would put a title into a sentence
	general bool            // the text cannot say what an insurer decides
	fixed   bool            // the text cannot mention anything that changes on some day
}

// checkBody checks everything a body refers to.
func (l *loader) checkBody(f *diag.File, language *Language, body *markdown.Body, own *Translation) []diag.Diagnostic {
	found := l.check(f, language, references{tokens: body.Tokens(), links: body.Links(), runs: body.Runs(), quoted: body.Quoted(), periods: body.Periods()}, own)
	for _, condition := range body.Conditions() {
		found = append(found, l.checkCondition(f, condition)...)
	}
	return append(found, l.checkStyle(f, language, false, body.Passages)...)
}

// check checks everything that a text refers to. own is the translation whose body this is; nil for other texts.
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
	translated := !written.IsForeign(language.compared()) // otherwise the whole unit is reported
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
		if token.Format != "" && !slices.Contains(values.FactFormats[fact.Kind], token.Format) {
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

func prefixed(prefix string, list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = prefix + s
	}
	return out
}

// jump is a link to an anchor in a body. It is checked when all bodies have been read.
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
	comparedBefore := !strings.Contains(period.From+period.Until, "fact:") // package markdown compares two days that are written out
	if from != civil.Unset && until != civil.Unset && from > until && !comparedBefore {
		found = append(found, f.At(period.Offset, "period-reversed", from, until))
	}
	return found
}

// checkRead reports the first kanji without a reading in a run.
func checkRead(f *diag.File, run markdown.Run) []diag.Diagnostic {
	start, end := run.Unread()
	if start == end {
		return nil
	}
	return []diag.Diagnostic{f.At(run.At(start), "ruby-missing", run.Text[start:end])}
}

// checkNative reports Japanese words without {ja:…} in a language with a different script, if the default language is Japanese.
func (l *loader) checkNative(f *diag.File, language *Language, run markdown.Run) []diag.Diagnostic {
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
			continue // within braces that have been reported
		}
		found = append(found, f.At(run.At(start), "native-unmarked", run.Text[start:at]))
	}
	return found
}

// checkRun reports dates and numbers that should be tokens, unfinished text and forbidden spellings.
func (l *loader) checkRun(f *diag.File, language *Language, run markdown.Run) []diag.Diagnostic {
	l.looked.Add(1)
	found := append(l.literals.Check(f, language.Writer, run), style.Unfinished(f, run)...)
	for _, forbidden := range l.spellings[language.base] {
		if at := strings.Index(run.Text, forbidden.spelling); at >= 0 {
			found = append(found, f.At(run.At(at), "spelling", forbidden.spelling, forbidden.use.In(language).Name.Plain, forbidden.use.ID, forbidden.said))
		}
	}
	return found
}

// checkJumps checks the links to anchors in bodies.
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
