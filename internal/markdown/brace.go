package markdown

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
)

func isNamespace(name string) bool { return schema.Tokens.Has(name) }

// brace reads a token or ruby: {fact:id:format}, {literal:text}, {ja:words|in Latin letters}, {say:words|in Latin
// letters|what they mean}, {base|reading}.
func (s *scanner) brace(i int) int {
	n := strings.IndexAny(s.src[i+1:], "{}\r\n")
	if n < 0 || s.src[i+1+n] != '}' {
		s.b.report(s.at(i), "brace-open")
		s.faulty, s.unclosed = i+1, true
		return i + 1
	}
	text, end := s.src[i+1:i+1+n], i+1+n+1
	colon := strings.IndexAny(text, ":：")
	bar := strings.IndexByte(text, '|')
	switch {
	case colon > 0 && text[colon] == ':' && isNamespace(text[:colon]):
		return s.token(i, end, text, colon)
	case colon > 0 && isNamespace(text[:colon]):
		s.b.report(s.at(i+1+colon), "brace-fullwidth")
	case strings.HasPrefix(text, "#"):
		s.b.report(s.at(i), "anchor-place")
	case bar >= 0:
		return s.ruby(i, end, text, bar)
	case strings.Contains(text, "｜"):
		s.b.report(s.at(i+1+strings.Index(text, "｜")), "ruby-fullwidth")
	case colon > 0 && diag.Nearest(text[:colon], schema.Tokens.Words) != "":
		s.b.report(s.at(i), "brace-typo", text[:colon], diag.Nearest(text[:colon], schema.Tokens.Words))
	default:
		s.b.report(s.at(i), "brace-unknown", "{"+text+"}", strings.Join(schema.Tokens.Words, ":…}, {"))
	}
	return end
}

// strayBrace reports a } that closes nothing, because its { is missing or because a token or ruby before it is already closed.
// It does not report the first } after a { that was reported as unclosed.
func (s *scanner) strayBrace(i int) {
	if !s.unclosed {
		s.b.report(s.at(i), "brace-stray")
	}
	s.unclosed = false
}

func (s *scanner) token(start, end int, text string, colon int) int {
	t := Token{Namespace: text[:colon], ID: text[colon+1:], Offset: s.b.base + s.at(start)}
	if t.Namespace == "ja" || t.Namespace == "say" {
		parts := strings.Split(t.ID, "|")
		if slices.ContainsFunc(parts, func(part string) bool { return strings.TrimSpace(part) == "" }) || len(parts) > 2 && t.Namespace == "ja" || len(parts) != 3 && t.Namespace == "say" {
			s.b.report(s.at(start), "token-words", "{"+text+"}")
			return end
		}
	} else if t.Namespace != "literal" {
		id, format, hasFormat := strings.Cut(t.ID, ":")
		if !schema.IsName(id) || hasFormat && !schema.IsName(format) {
			s.b.report(s.at(start), "token-form", "{"+text+"}")
			return end
		}
		t.ID, t.Format = id, format
	} else if strings.TrimSpace(t.ID) == "" {
		s.b.report(s.at(start), "token-form", "{"+text+"}")
		return end
	}
	s.b.doc.tokens = append(s.b.doc.tokens, t)
	return s.add(start, end, item{kind: kindToken, own: true, ref: int32(len(s.b.doc.tokens) - 1)})
}

func (s *scanner) ruby(start, end int, text string, bar int) int {
	if at, code, args := RubyFault(text); code != "" {
		s.b.report(s.at(start+at), code, args...)
		return end
	}
	s.flush(start)
	s.pending = start + 1
	return s.add(start+1, end, item{kind: kindRuby, own: true, text: text, ref: int32(bar)})
}

// RubyFault checks text of the form base|reading, without the braces around it. It returns the code and arguments of the finding,
// and its place: an offset counted from the opening brace. code is "" if nothing is wrong.
func RubyFault(text string) (at int, code diag.Code, args []any) {
	base, reading, _ := strings.Cut(text, "|")
	behind := 1 + len(base) + 1
	switch {
	case strings.IndexByte(reading, '|') >= 0:
		return behind + strings.IndexByte(reading, '|'), "ruby-bars", nil
	case strings.TrimSpace(base) == "" || strings.TrimSpace(reading) == "":
		return 0, "ruby-empty", nil
	case markAtEdge(base) != "":
		return 1, "ruby-edge", []any{markAtEdge(base)}
	case markAtEdge(reading) != "":
		return behind, "ruby-edge", []any{markAtEdge(reading)}
	case strings.ContainsFunc(reading, plaintext.IsKanji):
		return behind, "ruby-kanji", []any{reading}
	}
	if kana, at := unreadKana(base, reading); kana != "" {
		return 1 + at, "ruby-kana", []any{kana, reading}
	}
	return 0, "", nil
}

// markAtEdge returns the space or punctuation mark at the start or end of a text, or "" if there is none. Such a mark belongs outside
// the ruby.
func markAtEdge(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	for _, r := range []rune{first, last} {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return string(r)
		}
	}
	return ""
}
