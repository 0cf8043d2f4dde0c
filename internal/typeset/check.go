package typeset

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/parity"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/style"
	"sitegen/internal/values"
)

// references has what a text refers to, and what kind of text it is.
type references struct {
	tokens  []markdown.Token
	links   []markdown.Link
	runs    []markdown.Passage
	native  []markdown.Passage // the words in {ja:…} and {say:…}
	periods []markdown.Period
	quoted  []markdown.Quoted // links in the middle of a sentence
	// passages returns the passages of the text; its argument gives the words for each token.
	passages func(func(markdown.Token) string) []markdown.Passage
	general  bool // see Page
	fixed    bool // see Page
}

// CheckBody returns the findings about a body: its references, its conditions and its style. `own` is the translation with this body.
func (l *Typesetter) CheckBody(f *diag.File, language *site.Language, body *markdown.Body, own *site.Translation) []diag.Diagnostic {
	found := l.check(f, language, references{tokens: body.Tokens(), links: body.Links(), runs: body.Runs(), native: body.Native(), quoted: body.Quoted(l.words(language)), periods: body.Periods(), passages: body.Passages}, own)
	for _, condition := range body.Conditions() {
		found = append(found, l.checkCondition(f, condition)...)
	}
	return append(found, l.checkStyle(f, language, false, body.Passages)...)
}

// check returns the findings about everything that a text refers to. `own` is the translation with this body; it is nil for a text that is
// not a body.
func (l *Typesetter) check(f *diag.File, language *site.Language, r references, own *site.Translation) []diag.Diagnostic {
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
		id, isQuestion := strings.CutPrefix(link.Destination, "faq:")
		id, _, _ = strings.Cut(id, "#")
		switch {
		case !isQuestion:
		case link.Empty:
			found.Add(f.At(link.Offset, "link-quoted", link.Destination))
		case l.Site.Question(id) != nil:
			l.jumpTo(Jump{file: f, offset: link.Offset, question: l.Site.Question(id), language: language, words: link.Words, destination: link.Destination})
		}
	}
	found.Add(l.checkDoubled(f, language, r)...)
	written := parity.Unit{Runs: r.runs}
	translated := !written.IsForeign(language.Compared()) // a text that is not translated is reported as a whole
	for _, run := range r.runs {
		if translated {
			found.Add(l.checkNative(f, language, run)...)
			if !run.Literal {
				found.Add(l.checkScript(f, language, run)...)
			}
		}
		if !run.Literal {
			found.Add(l.checkRun(f, language, run)...)
			if language.Ruby {
				found.Add(checkRead(f, run)...)
			}
		}
	}
	for _, run := range r.native {
		if !run.Literal {
			found.Add(l.literals.CheckFixed(f, language.Writer, run)...)
			found.Add(l.checkWords(f, l.Site.Default, run)...)
		}
	}
	for _, period := range r.periods {
		found.Add(l.checkPeriod(f, period)...)
	}
	return found.List
}

// isFormat reports whether a token can name this format for a fact. Without a format, "", every fact can be written.
func isFormat(fact *site.Fact, format string) bool {
	return format == "" || slices.Contains(values.FactFormats[fact.Kind], format)
}

func (l *Typesetter) checkToken(f *diag.File, language *site.Language, token markdown.Token, r references) []diag.Diagnostic {
	switch token.Namespace {
	case "literal", "ja":
		return nil
	case "say":
		return l.checkSaid(f, language, token)
	case "fact":
		fact := l.Site.Fact(token.ID)
		l.NoteUse(f, fact)
		if fact == nil {
			return []diag.Diagnostic{f.At(token.Offset, "fact-unknown", token.ID, l.Site.SuggestFact(token.ID))}
		}
		if fact.Varies() && r.fixed {
			return []diag.Diagnostic{f.At(token.Offset, "fact-varies", token.ID)}
		}
		if !isFormat(fact, token.Format) {
			return []diag.Diagnostic{f.At(token.Offset, "fact-format", token.ID, token.Format, strings.Join(append([]string{"{fact:" + token.ID + "}"}, prefixed(":", values.FactFormats[fact.Kind])...), " "))}
		}
	case "term":
		if l.Site.Term(token.ID) == nil {
			return []diag.Diagnostic{f.At(token.Offset, "term-unknown", token.ID, l.Site.SuggestTerm(token.ID))}
		}
		if !l.UsesTerm(token.ID) {
			l.used.Store(token.ID, true)
		}
		if forms := l.Site.Term(token.ID).In(language).Forms; token.Format != "" && !hasForm(forms, token.Format) {
			return []diag.Diagnostic{f.At(token.Offset, "term-format", token.ID, token.Format, strings.Join(append(slices.Sorted(maps.Keys(forms)), sentenceStart), ", "), site.Suggest(token.Format, append(slices.Sorted(maps.Keys(forms)), sentenceStart)))}
		}
	case "picture":
		switch term := l.Site.Term(token.ID); {
		case term == nil:
			return []diag.Diagnostic{f.At(token.Offset, "term-unknown", token.ID, l.Site.SuggestTerm(token.ID))}
		case token.Format != "":
			return []diag.Diagnostic{f.At(token.Offset, "token-form", "{picture:"+token.ID+":"+token.Format+"}")}
		case term.Picture == "":
			return []diag.Diagnostic{f.At(token.Offset, "picture-none", strings.Join(l.pictured(), ", "), token.ID)}
		}
	case "policy":
		if l.Site.Policy(token.ID) == nil {
			return []diag.Diagnostic{f.At(token.Offset, "policy-unknown", token.ID, l.Site.SuggestPolicy(token.ID))}
		}
		if token.Format != "" {
			return []diag.Diagnostic{f.At(token.Offset, "policy-format", "{policy:"+token.ID+"}")}
		}
	case "insurer":
		if !schema.InsurerWords.Has(token.ID) || token.Format != "" {
			return []diag.Diagnostic{f.At(token.Offset, "insurer-unknown", token.ID, site.Suggest(token.ID, schema.InsurerWords.Words))}
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

// Jump is a link to an anchor in a question's body, or a link to a question with words of its own in the middle of a sentence. It is
// checked after all bodies have been read.
type Jump struct {
	file     *diag.File
	offset   int
	question *site.Question
	language *site.Language
	anchor   string

	words, destination string // the words of a link in a sentence and its destination; "" for a link to an anchor
}

func (l *Typesetter) jumpTo(j Jump) { l.Jumps = append(l.Jumps, j) }

func (l *Typesetter) checkLink(f *diag.File, language *site.Language, link markdown.Link, own *site.Translation) []diag.Diagnostic {
	scheme, rest, _ := strings.Cut(link.Destination, ":")
	id, anchor, hasAnchor := strings.Cut(rest, "#")
	switch {
	case strings.HasPrefix(link.Destination, "#"):
		if own == nil {
			return []diag.Diagnostic{f.At(link.Offset, "anchor-unknown", link.Destination[1:], "")}
		}
		l.jumpTo(Jump{file: f, offset: link.Offset, question: own.Question, language: language, anchor: link.Destination[1:]})
	case scheme == "faq":
		question := l.Site.Question(id)
		if question == nil {
			return []diag.Diagnostic{l.Site.NoQuestion(f, link.Offset, id)}
		}
		if hasAnchor {
			l.jumpTo(Jump{file: f, offset: link.Offset, question: question, language: language, anchor: anchor})
		}
	case scheme == "page":
		if !slices.Contains(site.Pages, id) {
			return []diag.Diagnostic{f.At(link.Offset, "page-unknown", id, site.Suggest(id, site.Pages), strings.Join(site.Pages, ", "))}
		}
		if hasAnchor && (id != "glossary" || l.Site.Term(anchor) == nil) && (id != "sources" || l.Site.Source(anchor) == nil) {
			return []diag.Diagnostic{f.At(link.Offset, "anchor-unknown", anchor, "")}
		}
	case scheme == "fact":
		fact := l.Site.Fact(rest)
		l.NoteUse(f, fact)
		if fact == nil || fact.Kind != schema.LinkFact && fact.Kind != schema.PhoneFact {
			return []diag.Diagnostic{l.Site.NoFact(f, link.Offset, rest, schema.LinkFact, schema.PhoneFact)}
		}
		if fact.Variants != nil {
			return []diag.Diagnostic{f.At(link.Offset, "fact-varies", rest)}
		}
	case scheme == "tel":
		return []diag.Diagnostic{l.literals.CheckCall(f, link.Offset, rest)}
	}
	return nil
}

func (l *Typesetter) checkPeriod(f *diag.File, period markdown.Period) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, end := range []string{period.From, period.Until} {
		id, isFact := strings.CutPrefix(end, "fact:")
		switch fact := l.Site.Fact(id); {
		case isFact && fact != nil && fact.Variants != nil:
			found = append(found, f.At(period.Offset, "fact-varies", id))
		case isFact && l.Day(end) == civil.Unset:
			found = append(found, l.Site.NoFact(f, period.Offset, id, schema.DateFact))
		case isFact:
			l.NoteUse(f, l.Site.Fact(id))
		case !isFact && l.Day(end) != civil.Unset:
			found = append(found, l.literals.CheckEnd(f, period.Offset, end, l.Day(end))...)
		}
	}
	from, until := l.Day(period.From), l.Day(period.Until)
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
func (l *Typesetter) checkNative(f *diag.File, language *site.Language, run markdown.Passage) []diag.Diagnostic {
	native := parity.Script(l.Site.Default.Lang)
	if parity.SameScript(language.Lang, l.Site.Default.Lang) || l.Site.Default.Lang != "ja" {
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
func (l *Typesetter) checkRun(f *diag.File, language *site.Language, run markdown.Passage) []diag.Diagnostic {
	l.searched.Add(1)
	return append(l.literals.Check(f, language.Writer, run), l.checkWords(f, language, run)...)
}

// checkWords reports unfinished text, and spellings to avoid in the language.
func (l *Typesetter) checkWords(f *diag.File, language *site.Language, run markdown.Passage) []diag.Diagnostic {
	found := style.Unfinished(f, run)
	for _, forbidden := range l.spellings[language.Base] {
		if at := strings.Index(run.Text, forbidden.spelling); at >= 0 {
			found = append(found, f.At(run.At(at), "spelling", forbidden.spelling, forbidden.use.In(language).Name.Plain, forbidden.use.ID, forbidden.said))
		}
	}
	return found
}

// The marks by which checkDoubled finds terms in a passage. Authors cannot write these characters.
const (
	termStarts = "\x00" // the start of a term; its number follows
	termWords  = "\x01" // the start of its words
	termEnds   = "\x02" // the end of its words
)

// checkDoubled reports a term if the words before it, as readers see them, end with the term's first word, as in "the old
// {term:old_card}", or if the words after it begin with the term's last word. Two articles count as the same word, as in "a
// {term:x:indefinite}". It checks only languages in Latin letters.
func (l *Typesetter) checkDoubled(f *diag.File, language *site.Language, r references) []diag.Diagnostic {
	hasTerm := slices.ContainsFunc(r.tokens, func(token markdown.Token) bool { return token.Namespace == "term" && l.Site.Term(token.ID) != nil })
	if !hasTerm || r.passages == nil || !parity.IsLatin(language.Lang) {
		return nil
	}
	var terms []markdown.Token
	passages := r.passages(func(token markdown.Token) string {
		if token.Namespace != "term" || l.Site.Term(token.ID) == nil {
			return l.shown(language, token)
		}
		terms = append(terms, token)
		return termStarts + strconv.Itoa(len(terms)-1) + termWords + inForm(l.Site.Term(token.ID).In(language), token.Format).Short.Plain + termEnds
	})
	plain := strings.NewReplacer(termWords, "", termEnds, "")
	var found []diag.Diagnostic
	for _, passage := range passages {
		before := ""
		for i, part := range strings.Split(passage.Text, termStarts) {
			if i == 0 {
				before = lastWord(part)
				continue
			}
			number, rest, _ := strings.Cut(part, termWords)
			_, behind, _ := strings.Cut(rest, termEnds)
			n, _ := strconv.Atoi(number)
			words := inForm(l.Site.Term(terms[n].ID).In(language), terms[n].Format)
			if name, word := doubled(language, []string{words.Name.Plain, words.Short.Plain}, before, firstWord(behind)); word != "" {
				found = append(found, f.At(terms[n].Offset, "term-doubled", name, word))
			}
			before = lastWord(plain.Replace(rest))
		}
	}
	return found
}

// doubled returns the first of the names that repeats the word before or the word after it, and that word. It returns "" if none does.
func doubled(language *site.Language, names []string, before, after string) (name, word string) {
	for _, name := range names {
		first, last := firstWord(name), lastWord(name)
		switch {
		case before != "" && (strings.EqualFold(before, first) || isArticle(language, before) && isArticle(language, first)):
			return name, before
		case after != "" && strings.EqualFold(after, last):
			return name, after
		}
	}
	return "", ""
}

// isArticle reports whether a word is an article of the language.
func isArticle(l *site.Language, word string) bool {
	return slices.ContainsFunc(l.Formats.Articles, func(article strictyaml.Text) bool { return strings.EqualFold(article.Value, word) })
}

// lastWord returns the word at the end of a text. One space may follow the word.
func lastWord(text string) string {
	text = strings.TrimSuffix(text, " ")
	return text[strings.LastIndexFunc(text, notLetter)+1:]
}

// firstWord returns the word at the beginning of a text. One space may come before the word.
func firstWord(text string) string {
	text = strings.TrimPrefix(text, " ")
	if end := strings.IndexFunc(text, notLetter); end >= 0 {
		text = text[:end]
	}
	return text
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// pictured returns the ids of the terms that have a drawing.
func (l *Typesetter) pictured() (ids []string) {
	for _, term := range l.Site.Terms {
		if term.Picture != "" {
			ids = append(ids, term.ID)
		}
	}
	return ids
}

// CheckJumps reports links to anchors that do not exist. `anchors` has the existing anchors of each translation.
func (l *Typesetter) CheckJumps(anchors map[*site.Translation]map[string]bool) {
	for _, j := range l.Jumps {
		translation := j.question.In(j.language)
		if translation == nil {
			continue // reported as a missing translation
		}
		if j.destination != "" {
			if letters(j.words) == letters(translation.Title.Plain) {
				l.Report(j.file.At(j.offset, "link-question", j.words, j.destination))
			}
			continue
		}
		if known := anchors[translation]; !known[j.anchor] {
			l.Report(j.file.At(j.offset, "anchor-unknown", j.anchor, site.Suggest(j.anchor, slices.Sorted(maps.Keys(known)))))
		}
	}
}

// letters returns the letters and digits of a text, in lower case.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// explainTerms adds the names of terms to the words that the style checks accept as easy, because the glossary explains these names.
func (l *Typesetter) explainTerms() {
	for language, rules := range l.style {
		for _, term := range l.Site.Terms {
			words := term.In(language)
			rules.Easy.AddName(words.Name.Plain)
			rules.Easy.AddName(words.Short.Plain)
		}
	}
}

// checkStyle returns the style warnings about a text. `label` says whether the text is a label, for which fewer checks are made. If a file
// could not be read at all, checkStyle returns nothing, because the text may use names from that file. `passages` returns the passages of
// the text; its argument gives the words for each token.
func (l *Typesetter) checkStyle(f *diag.File, language *site.Language, label bool, passages func(func(markdown.Token) string) []markdown.Passage) []diag.Diagnostic {
	rules := l.style[language.Base]
	if rules == nil || len(l.Lost) > 0 {
		return nil
	}
	if label {
		rules = rules.OfLabels()
	}
	return rules.Find(f, passages(l.words(language)))
}

// words returns a function that returns the words for a token in a language, as shown does.
func (l *Typesetter) words(language *site.Language) func(markdown.Token) string {
	return func(token markdown.Token) string { return l.shown(language, token) }
}

// shown returns the words that style checks see in place of a token. For words that depend on the insurer, the result is "…". For a
// picture, a sentence to say, an unknown name and a fact with a wrong format, it is "".
func (l *Typesetter) shown(language *site.Language, token markdown.Token) string {
	switch token.Namespace {
	case "literal":
		return token.ID
	case "ja":
		words, _, _ := strings.Cut(token.ID, "|")
		return words
	case "fact":
		if fact := l.Site.Fact(token.ID); fact != nil && isFormat(fact, token.Format) {
			return language.Wording(fact, token.Format, false).Plain
		}
	case "term":
		if term := l.Site.Term(token.ID); term != nil {
			return term.In(language).Short.Plain
		}
	case "insurer", "policy":
		return "…"
	}
	return ""
}
