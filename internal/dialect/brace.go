package dialect

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
)

// brace reads a token or ruby, and reports other text in braces. The forms are {fact:id:format}, {literal:text}, {ja:words|in Latin
// letters}, {say:words|in Latin letters|what they mean} and {base|reading}. brace returns where the scan continues.
func (s *scanner) brace(i int) int {
	if whole := doubleBrace.FindString(s.src[i:]); whole != "" {
		s.Mend(i, []diag.Edit{s.Edit(i, i+len(whole), whole[1:len(whole)-1])}, "brace-double", whole)
		return i + len(whole)
	}
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

// doubleBrace matches a token in two pairs of braces, as some template languages write it.
var doubleBrace = regexp.MustCompile(`^\{\{[a-z]+:[^{}\r\n]+\}\}`)

// isJapanese reports whether a character is kana or kanji.
func isJapanese(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) }

// beside matches a word in Latin letters that a space separates from words in Japanese letters. A name such as iPhone is written without
// a space.
var beside = regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}] +[a-z]{3,}|(?:^|[ (])[a-z]{3,} +[\p{Hiragana}\p{Katakana}\p{Han}]`)

// IsRomaji reports whether a text has Latin letters, and neither letters of other scripts nor full-width characters such as （.
func IsRomaji(text string) bool {
	isOther := func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) || r >= '！' && r <= 'ｚ'
	}
	return !strings.ContainsFunc(text, isOther) && strings.ContainsFunc(text, unicode.IsLetter)
}

// strayBrace reports a } that closes nothing: its { is missing, or an earlier } has already closed the token or ruby. It does not report
// the first } after a { that was reported as unclosed.
func (s *scanner) strayBrace(i int) {
	if !s.Unclosed {
		s.Report(i, "brace-stray")
	}
	s.Unclosed = false
}

func (s *scanner) token(start, end int, text string, colon int) int {
	t := markdown.Token{Namespace: text[:colon], ID: text[colon+1:], Offset: s.b.Base + s.At(start)}
	if t.Namespace == "ja" || t.Namespace == "say" {
		if wide := strings.Index(text, "｜"); wide >= 0 {
			at := start + 1 + wide
			s.Mend(at, []diag.Edit{s.Edit(at, at+len("｜"), "|")}, "ruby-fullwidth")
			return end
		}
		parts := strings.Split(t.ID, "|")
		if slices.ContainsFunc(parts, func(part string) bool { return strings.TrimSpace(part) == "" }) || len(parts) > 2 && t.Namespace == "ja" || len(parts) != 3 && t.Namespace == "say" {
			s.Report(start, "token-words", "{"+text+"}")
			return end
		}
		if !strings.ContainsFunc(parts[0], isJapanese) {
			s.Report(start, "token-japanese", parts[0], "{"+t.Namespace+":…}")
			return end
		}
		if beside.MatchString(parts[0]) {
			s.Report(start, "token-mixed", parts[0], "{"+t.Namespace+":…}")
			return end
		}
		if len(parts) > 1 && !IsRomaji(parts[1]) {
			s.Report(start, "token-latin", parts[1], "{"+t.Namespace+":…}")
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
	s.b.doc.Tokens = append(s.b.doc.Tokens, t)
	return s.add(start, end, item{kind: markdown.KindToken, own: true, ref: int32(len(s.b.doc.Tokens) - 1)})
}

func (s *scanner) ruby(start, end int, text string, bar int) int {
	if at, code, args := RubyFault(text); code != "" {
		s.Report(start+at, code, args...)
		return end
	}
	if day, right := misreadDay(s.src[:start], text[:bar], text[bar+1:]); day != "" {
		s.reportMisread(start, end, text, day, right)
	}
	s.flush(start)
	s.pending = start + 1
	return s.add(start+1, end, item{kind: markdown.KindRuby, own: true, text: text, ref: int32(bar)})
}

// reportMisread reports the ruby s.src[start:end], whose reading of a day is wrong. `text` is the ruby without its braces. `day` is the
// base that a correct ruby has, and `right` lists the correct readings. The finding has a fix if there is only one correct reading and the
// base is `day`.
func (s *scanner) reportMisread(start, end int, text, day string, right []string) {
	base, reading, _ := strings.Cut(text, "|")
	correct := make([]string, len(right))
	for i := range right {
		correct[i] = "{" + day + "|" + right[i] + "}"
	}
	var edits []diag.Edit
	if base == day && len(correct) == 1 {
		edits = []diag.Edit{s.Edit(start, end, correct[0])}
	}
	s.Mend(start, edits, "ruby-day", day, reading, strings.Join(correct, ", "))
}

// RubyFault checks ruby, given as base|reading without braces. It returns the code and arguments of the finding, and its place: an offset
// from the opening brace. If the ruby is right, `code` is "".
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

// markAtEdge returns the space or punctuation mark at the start or end of a text, or "" if there is no such mark. In ruby, such a mark
// belongs outside the braces.
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

// hiragana replaces the katakana of a text by hiragana, so that a word can be compared with its reading. The length in bytes does not
// change.
func hiragana(text string) string {
	return strings.Map(func(r rune) rune {
		if isKatakana(r) {
			return r - ('ァ' - 'ぁ')
		}
		return r
	}, text)
}

func isKatakana(r rune) bool { return r >= 'ァ' && r <= 'ヴ' }

// isSpoken reports whether a kana is read as it is written. Exceptions are ー, and ヶ, which is read か.
func isSpoken(r rune) bool { return r >= 'ぁ' && r <= 'ん' || isKatakana(r) }

// unreadKana compares the word `base` with its reading. A correct reading has all kana of the word in the same order, and at least one
// character for the kanji between them. unreadKana returns the first run of kana that the reading lacks at its place, and the offset of the
// run in `base`. Such kana are on the wrong side of a brace, as in {お知|し}らせ. If no run is missing, `kana` is "".
func unreadKana(base, reading string) (kana string, at int) {
	rest, behind := hiragana(reading), false // `behind`: whether kanji come before `at`; their reading needs at least one character
	for at < len(base) {
		run := base[at:]
		if spoken := strings.IndexFunc(run, isSpoken); spoken != 0 {
			if spoken < 0 {
				return "", 0
			}
			at, behind = at+spoken, true
			continue
		}
		if end := strings.IndexFunc(run, func(r rune) bool { return !isSpoken(r) }); end > 0 {
			run = run[:end]
		}
		said, from := hiragana(run), 0
		if behind {
			_, from = utf8.DecodeRuneInString(rest)
		}
		found := strings.Index(rest[from:], said)
		if at+len(run) == len(base) && found >= 0 {
			found = strings.LastIndex(rest[from:], said)
			if from+found+len(said) != len(rest) {
				found = -1
			}
		}
		if found < 0 || !behind && found > 0 {
			return run, at
		}
		rest, at = rest[from+found+len(said):], at+len(run)
	}
	return "", 0
}
