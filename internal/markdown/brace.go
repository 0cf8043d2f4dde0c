package markdown

import (
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
)

// brace reads a token or ruby: {fact:id:format}, {literal:text}, {ja:words|in Latin letters}, {say:words|in Latin
// letters|what they mean}, {base|reading}.
func (s *scanner) brace(i int) int {
	n := strings.IndexAny(s.src[i+1:], "{}\r\n")
	if n < 0 || s.src[i+1+n] != '}' {
		s.Report(i, "brace-open")
		s.Faulty, s.Unclosed = i+1, true
		return i + 1
	}
	text, end := s.src[i+1:i+1+n], i+1+n+1
	colon := strings.IndexAny(text, ":：")
	bar := strings.IndexByte(text, '|')
	switch {
	case colon > 0 && text[colon] == ':' && schema.Tokens.Has(text[:colon]):
		return s.token(i, end, text, colon)
	case colon > 0 && schema.Tokens.Has(text[:colon]):
		s.Report(i+1+colon, "brace-fullwidth")
	case strings.HasPrefix(text, "#"):
		s.Report(i, "anchor-place")
	case bar >= 0:
		return s.ruby(i, end, text, bar)
	case strings.Contains(text, "｜"):
		s.Report(i+1+strings.Index(text, "｜"), "ruby-fullwidth")
	case colon > 0 && diag.Nearest(text[:colon], schema.Tokens.Words) != "":
		s.Report(i, "brace-typo", text[:colon], diag.Nearest(text[:colon], schema.Tokens.Words))
	default:
		s.Report(i, "brace-unknown", "{"+text+"}", strings.Join(schema.Tokens.Words, ":…}, {"))
	}
	return end
}

// strayBrace reports a } that closes nothing, because its { is missing or because a token or ruby before it is already closed.
// It does not report the first } after a { that was reported as unclosed.
func (s *scanner) strayBrace(i int) {
	if !s.Unclosed {
		s.Report(i, "brace-stray")
	}
	s.Unclosed = false
}

func (s *scanner) token(start, end int, text string, colon int) int {
	t := Token{Namespace: text[:colon], ID: text[colon+1:], Offset: s.b.Base + s.At(start)}
	if t.Namespace == "ja" || t.Namespace == "say" {
		parts := strings.Split(t.ID, "|")
		if slices.ContainsFunc(parts, func(part string) bool { return strings.TrimSpace(part) == "" }) || len(parts) > 2 && t.Namespace == "ja" || len(parts) != 3 && t.Namespace == "say" {
			s.Report(start, "token-words", "{"+text+"}")
			return end
		}
	} else if t.Namespace != "literal" {
		id, format, hasFormat := strings.Cut(t.ID, ":")
		if !schema.IsName(id) || hasFormat && !schema.IsName(format) {
			s.Report(start, "token-form", "{"+text+"}")
			return end
		}
		t.ID, t.Format = id, format
	} else if strings.TrimSpace(t.ID) == "" {
		s.Report(start, "token-form", "{"+text+"}")
		return end
	}
	s.b.doc.tokens = append(s.b.doc.tokens, t)
	return s.add(start, end, item{kind: kindToken, own: true, ref: int32(len(s.b.doc.tokens) - 1)})
}

func (s *scanner) ruby(start, end int, text string, bar int) int {
	if at, code, args := RubyFault(text); code != "" {
		s.Report(start+at, code, args...)
		return end
	}
	s.flush(start)
	s.pending = start + 1
	return s.add(start+1, end, item{kind: kindRuby, own: true, text: text, ref: int32(bar)})
}
