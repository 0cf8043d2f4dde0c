package site

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
	"sitegen/internal/parity"
	"sitegen/internal/strictyaml"
)

// sentenceStart is the form of a term at the start of a sentence: the first letter is a capital. Every term has this form. It can also
// follow a form of the glossary, as in {term:x:indefinite_start}.
const sentenceStart = "start"

// termForm has the words of a term in one form: name for the first use on a page, and short for later uses.
type termForm struct{ name, short Phrase }

// hasForm reports whether a term with these forms in the glossary has a form. Each may be followed by sentenceStart.
func hasForm(forms map[string]termForm, form string) bool {
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

// form returns the words of a term with Name and Short in this form.
func (w TermWords) form(form string) TermWords {
	form, start := cutStart(form)
	if f, ok := w.forms[form]; ok {
		w.Name, w.Short = f.name, f.short
	}
	if start {
		w.Name, w.Short = capital(w.Name), capital(w.Short)
	}
	return w
}

// capital returns a phrase with a capital as its first letter. It does not change a phrase whose HTML begins with a tag, such as ruby.
func capital(p Phrase) Phrase {
	first, size := utf8.DecodeRuneInString(p.Plain)
	if !strings.HasPrefix(string(p.HTML), p.Plain[:size]) { // a phrase that begins with ruby is Japanese, which has no capitals
		return p
	}
	upper := string(unicode.ToUpper(first))
	return Phrase{HTML: markup.Escape(upper) + p.HTML[size:], Plain: upper + p.Plain[size:]}
}

// checkDoubled reports a term if the text before it ends with the term's first word, as in "the old {term:old_card}", or if the text
// after it begins with the term's last word. Two articles count as the same word, as in "a {term:x:indefinite}". It checks only
// languages in Latin letters.
func (l *loader) checkDoubled(f *diag.File, language *Language, token markdown.Token) []diag.Diagnostic {
	if !parity.IsLatin(language.Lang) {
		return nil
	}
	words := l.site.term[token.ID].In(language).form(token.Format)
	end := token.Offset + strings.IndexByte(string(f.Data[token.Offset:min(len(f.Data), token.Offset+200)]), '}') + 1
	before := lastWord(string(f.Data[max(0, token.Offset-40):token.Offset]))
	after := firstWord(string(f.Data[end:min(len(f.Data), end+40)]))
	for _, name := range []string{words.Name.Plain, words.Short.Plain} {
		first, last := firstWord(name), lastWord(name)
		switch {
		case before != "" && (strings.EqualFold(before, first) || language.isArticle(before) && language.isArticle(first)):
			return []diag.Diagnostic{f.At(token.Offset, "term-doubled", name, before)}
		case after != "" && strings.EqualFold(after, last):
			return []diag.Diagnostic{f.At(token.Offset, "term-doubled", name, after)}
		}
	}
	return nil
}

// isArticle reports whether a word is an article of the language.
func (l *Language) isArticle(word string) bool {
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
