package values

import (
	"regexp"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/lookalike"
	"sitegen/internal/markup"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// Ruby returns a text as a phrase of HTML and plain text. The text may have ruby in braces.
func Ruby(text string) markup.Phrase {
	var html markup.Writer
	var plain strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		bar, end := -1, -1
		if open >= 0 {
			if end = strings.IndexByte(text[open:], '}'); end >= 0 {
				end += open
				bar = strings.IndexByte(text[open:end], '|')
			}
		}
		if bar < 0 {
			html.Text(text)
			plain.WriteString(text)
			return markup.Phrase{HTML: html.Done(), Plain: plain.String()}
		}
		bar += open
		html.HTML(markup.Escape(text[:open]), "<ruby>", markup.Escape(text[open+1:bar]), "<rp>(<rt>", markup.Escape(text[bar+1:end]), "<rp>)</ruby>")
		plain.WriteString(text[:open] + text[open+1:bar])
		text = text[end+1:]
	}
}

// anyRuby matches braces with the text in them, such as a word with its reading.
var anyRuby = regexp.MustCompile(`\{[^{}]*\}`)

// Name returns a name as a phrase. The name may have ruby in braces. Name reports a brace that is not part of ruby. If `readings` is
// true, it also reports the first word in kanji without a reading.
func Name(f *diag.File, text strictyaml.Text, readings bool) (markup.Phrase, []diag.Diagnostic) {
	found := CheckBraces(f, text, text.Value)
	if readings {
		bare := anyRuby.ReplaceAllStringFunc(text.Value, func(ruby string) string { return strings.Repeat(" ", len(ruby)) })
		if at := strings.IndexFunc(bare, plaintext.IsKanji); at >= 0 {
			word := bare[at:]
			word = word[:len(word)-len(strings.TrimLeftFunc(word, plaintext.IsKanji))]
			found = append(found, f.At(text.Offset+at, "ruby-missing", word))
		}
	}
	return Ruby(text.Value), found
}

// CheckBraces reports the first brace of a text that is not part of correct ruby, and all other brackets without a partner. Readers would
// see such a brace, or would not see the text up to the next brace. `value` is the text, with each slot replaced by as many other bytes.
func CheckBraces(f *diag.File, text strictyaml.Text, value string) []diag.Diagnostic {
	found := CheckPairs(f, text, value)
	for at := 0; at < len(value); {
		n := strings.IndexAny(value[at:], "{}")
		if n < 0 {
			return found
		}
		at += n
		end := strings.IndexAny(value[at+1:], "{}")
		switch {
		case value[at] == '}':
			return append(found, f.At(text.Offset+at, "brace-stray"))
		case end < 0 || value[at+1+end] == '{':
			return append(found, f.At(text.Offset+at, "brace-open"))
		}
		base, reading, isRuby := strings.Cut(value[at+1:at+1+end], "|")
		if !isRuby {
			return append(found, f.At(text.Offset+at, "brace-unknown", value[at:at+end+2], strings.Join(schema.Tokens.Words, ":…}, {")))
		}
		if inside, code, args := dialect.RubyFault(base + "|" + reading); code != "" {
			return append(found, f.At(text.Offset+at+inside, code, args...))
		}
		at += end + 2
	}
	return found
}

// CheckPairs reports brackets and quotation marks without a partner. `value` is the same as for CheckBraces.
func CheckPairs(f *diag.File, text strictyaml.Text, value string) []diag.Diagnostic {
	var pairing lookalike.Pairing
	pairing.Add(value, text.Offset)
	return pairing.End(f)
}

// FormatPhrase returns a format as a phrase. Its ruby becomes HTML, and its slots become slots of the phrase.
func FormatPhrase(format string) markup.Phrase {
	return Ruby(Slotted(format))
}
