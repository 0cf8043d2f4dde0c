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

// Inside a line, authors write marks of other Markdown dialects, and full-width marks because they forgot to leave Japanese
// input. Readers would see these marks.

// fullwidth is the first byte of the full-width forms, ！ to ￮, in UTF-8.
const fullwidth = 0xef

// bare is an address, a token or a link's destination that is in the text without its brackets.
type bare struct {
	start, end int
	code       diag.Code
	arg        string
	mend       string // the replacement; "" if the right one is not certain
}

// reportBare reports what is in s.bare: dropBare has removed addresses in links.
func (s *scanner) reportBare() {
	for _, a := range s.bare {
		var edits []diag.Edit
		if a.mend != "" {
			edits = []diag.Edit{s.edit(a.start, a.end, a.mend)}
		}
		s.b.reportMend(s.at(a.start), edits, a.code, a.arg)
	}
}

// dropBare drops the bare addresses from a position on, because they are in the text of a link.
func (s *scanner) dropBare(start int) {
	s.bare = slices.DeleteFunc(s.bare, func(a bare) bool { return a.start >= start && a.code == "link-bare" })
}

func (s *scanner) edit(start, end int, plain string) diag.Edit {
	return s.b.edit(s.at(start), s.src[start:end], plain)
}

// tildes reads ~~ or ～～, which strikes text out in other dialects.
func (s *scanner) tildes(i int, mark string) int {
	end := i + len(mark)
	if !strings.HasPrefix(s.src[end:], mark) {
		if mark == "~" {
			return s.singleMark(i)
		}
		return end
	}
	for strings.HasPrefix(s.src[end:], mark) {
		end += len(mark)
	}
	if i == s.struck {
		return end
	}
	closing := strings.Index(s.src[end:], mark+mark)
	if mark == "~" || closing > 0 {
		s.b.report(s.at(i), "strike-refused", mark+mark)
	}
	if closing > 0 {
		s.struck = end + closing
	}
	return end
}

// enclosed returns the words from the start of a text to the next mark on the same line, and the rest of that line. found is false if
// there is no such mark, or if no words are directly before it and at the start.
func enclosed(text, mark string) (words, rest string, found bool) {
	line, _, _ := strings.Cut(text, "\n")
	words, rest, found = strings.Cut(line, mark)
	return words, rest, found && words != "" && strings.Trim(words, spaces) == words
}

// otherMark reads ==, ++ and %%, which mark, underline or hide words in other dialects if they are directly before and after them.
func (s *scanner) otherMark(i int) int {
	mark := s.src[i : i+1]
	end := len(s.src) - len(strings.TrimLeft(s.src[i:], mark))
	if end-i != 2 || i == s.marked || i > 0 && (plaintext.IsLetter(s.src[i-1]) || plaintext.IsDigit(s.src[i-1])) { // not C++
		return end
	}
	words, _, closed := enclosed(s.src[end:], mark+mark)
	if !closed {
		return end
	}
	s.marked = end + len(words)
	s.b.report(s.at(i), "mark-refused", mark+mark)
	return end
}

// singleMark reads ~, ^ and $, alone or as $$. Directly before and after words, they lower, raise or set them as a formula in other
// dialects. They stay text where they say a range (9時~17時), a price ($5) or a face (^o^).
func (s *scanner) singleMark(i int) int {
	end := i + 1
	for end < len(s.src) && s.src[end] == s.src[i] {
		end++
	}
	mark := s.src[i:end]
	words, rest, closed := enclosed(s.src[end:], mark)
	if i == s.marked || !closed || len(mark) > 2 || len(mark) == 2 && mark != "$$" {
		return end
	}
	before, _ := utf8.DecodeLastRuneInString(s.src[:i])
	after, _ := utf8.DecodeRuneInString(rest)
	var text bool
	switch mark[0] {
	case '^':
		s.marked = end + len(words)
		text = strings.ContainsAny(words, spaces) || isFaceEdge(before) && isFaceEdge(after)
	case '$':
		text = unicode.IsDigit(after) || !strings.ContainsFunc(words, unicode.IsLetter)
	default:
		text = unicode.IsDigit(before) || unicode.IsLetter(before) && strings.ContainsFunc(words, isRangePart)
	}
	if text {
		return end
	}
	s.marked = end + len(words)
	s.b.report(s.at(i), "mark-single", mark)
	return end
}

// isRangePart says whether a character between two ~ tells that each is a range, as in 月曜~金曜、土曜~日曜.
func isRangePart(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("、。，．,・/／", r)
}

func isFaceEdge(r rune) bool { return strings.ContainsRune("()（）", r) }

// emojiName reads :name:, which other dialects show as a picture. It returns i if there is none.
func (s *scanner) emojiName(i int) int {
	if i > 0 && (isMailByte(s.src[i-1]) || s.src[i-1] == ':') {
		return i
	}
	end, letters := i+1, false
	for end < len(s.src) && (plaintext.IsLetter(s.src[end]) || plaintext.IsDigit(s.src[end]) || s.src[end] == '_' || s.src[end] == '+' || s.src[end] == '-') {
		letters = letters || plaintext.IsLetter(s.src[end])
		end++
	}
	if end == i+1 || end == len(s.src) || s.src[end] != ':' || !letters && s.src[i+1] != '+' && s.src[i+1] != '-' {
		return i
	}
	if end++; end < len(s.src) && isMailByte(s.src[end]) {
		return i
	}
	s.b.report(s.at(i), "emoji-name", s.src[i:end])
	return end
}

// hostEnds are the ends of host names. Text with such a host and a path is an address.
var hostEnds = []string{"jp", "com", "net", "org", "info", "biz", "gov", "edu"}

// bareHost reads the text around a dot: an address without its https://, such as www.example.jp or example.jp/a.
func (s *scanner) bareHost(i int) int {
	if i+1 == len(s.src) || !plaintext.IsLetter(s.src[i+1]) || i == s.pending || !isHostByte(s.src[i-1]) {
		return i + 1
	}
	const longest = 64
	start, end := i, i
	for start > s.pending && i-start < longest && isHostByte(s.src[start-1]) {
		start--
	}
	for end < len(s.src) && end-i < longest && (isHostByte(s.src[end]) || s.src[end] == '.') {
		end++
	}
	host := strings.TrimRight(s.src[start:end], ".-")
	end = start + len(host)
	if end < len(s.src) && s.src[end] == '@' || start > 0 && strings.IndexByte("/@.", s.src[start-1]) >= 0 {
		return max(end, i+1) // a part of an address that is read already, or will be at its @
	}
	lower := strings.ToLower(host)
	hasPath := strings.HasPrefix(s.src[end:], "/") && slices.Contains(hostEnds, lower[strings.LastIndexByte(lower, '.')+1:])
	if !hasPath && !strings.HasPrefix(lower, "www.") { // a host alone can be the name of a publisher
		return max(end, i+1)
	}
	end = addressEnd(s.src, end)
	s.bare = append(s.bare, bare{start, end, "link-bare", sample(s.src[start:end]), ""})
	return end
}

func isHostByte(c byte) bool { return plaintext.IsLetter(c) || plaintext.IsDigit(c) || c == '-' }

// bareMail reads a @. If it belongs to an e-mail address, bareMail notes the address in s.bare.
func (s *scanner) bareMail(i int) int {
	const longest = 64
	start, end := i, i+1
	for start > s.pending && i-start < longest && isMailByte(s.src[start-1]) {
		start--
	}
	for end < len(s.src) && (plaintext.IsLetter(s.src[end]) || plaintext.IsDigit(s.src[end]) || s.src[end] == '.' || s.src[end] == '-') {
		end++
	}
	end = i + len(strings.TrimRight(s.src[i:end], ".-"))
	if start < i && strings.IndexByte(s.src[i:end], '.') > 1 {
		address := s.src[start:end]
		s.bare = append(s.bare, bare{start, end, "link-bare", address, "<" + address + ">"})
		return end
	}
	return i + 1
}

func isMailByte(c byte) bool {
	return plaintext.IsLetter(c) || plaintext.IsDigit(c) || strings.IndexByte("._%+-", c) >= 0
}

// bareAddress reads the text around a colon: https://…, or a token or link destination without its brackets.
func (s *scanner) bareAddress(i int) int {
	const longest = 8
	start := i
	for start > s.pending && i-start < longest && plaintext.IsLetter(s.src[start-1]) {
		start--
	}
	word := s.src[start:i]
	if i-start == longest || start > 0 && isMailByte(s.src[start-1]) || s.faulty >= 0 && start-s.faulty <= len("（") {
		return i + 1 // a part of a longer word, or already reported
	}
	if scheme := strings.ToLower(word); (scheme == "https" || scheme == "http") && strings.HasPrefix(s.src[i+1:], "//") {
		end := addressEnd(s.src, i+3)
		address := s.src[start:end]
		a := bare{start, end, "link-bare", sample(address), ""}
		if code, _ := schema.CheckDestination(address); code == "" && end > i+3 {
			a.mend = "<" + address + ">"
		}
		s.bare = append(s.bare, a)
		return end
	}
	if strings.HasPrefix(s.src[i+1:], "／／") {
		return s.fullwidthAddress(i, ":")
	}
	if !isNamespace(word) && !schema.IsInternal(word) || word == "literal" {
		return i + 1
	}
	end := i + 1
	for end < len(s.src) && (schema.IsName(s.src[end:end+1]) || s.src[end] == ':' || s.src[end] == '#') {
		end++
	}
	if end == i+1 || !plaintext.IsLetter(s.src[i+1]) {
		return i + 1
	}
	s.bare = append(s.bare, s.bareToken(start, end, word))
	return end
}

// bareToken returns the finding about a token or a link's destination, such as fact:x or page:x, without its brackets. If a token is
// in parentheses, the fix turns them into braces.
func (s *scanner) bareToken(start, end int, word string) bare {
	name := s.src[start:end]
	if schema.IsInternal(word) && word != "fact" {
		return bare{start, end, "link-naked", name, ""}
	}
	token := "{" + name + "}"
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}, {"［", "］"}, {"〔", "〕"}} {
		if strings.HasSuffix(s.src[s.pending:start], pair[0]) && strings.HasPrefix(s.src[end:], pair[1]) {
			return bare{start - len(pair[0]), end + len(pair[1]), "token-naked", name, token}
		}
	}
	return bare{start, end, "token-naked", name, ""}
}

// addressEnd returns where a bare address ends: before a space or Japanese text. Marks before that place that end the sentence
// do not belong to the address.
func addressEnd(src string, i int) int {
	start := i
	for i < min(len(src), start+longestDestination) {
		r, size := utf8.DecodeRuneInString(src[i:])
		if r <= ' ' || strings.ContainsRune("<>\"|{}[]`\\^", r) || plaintext.IsCJK(r) || r == utf8.RuneError {
			break
		}
		i += size
	}
	unpaired := strings.Count(src[start:i], ")") - strings.Count(src[start:i], "(")
	for ; i > start; i-- {
		if last := src[i-1]; last == ')' && unpaired > 0 {
			unpaired--
		} else if strings.IndexByte(".,;:!?'*_~", last) < 0 {
			break
		}
	}
	return i
}

// fullwidth reads full-width marks that are meant as plain ones: ｛…｝, ＊＊, ｀ and ～～.
func (s *scanner) fullwidth(i int) int {
	r, size := utf8.DecodeRuneInString(s.src[i:])
	switch r {
	case '｛', '｝':
		return s.fullwidthBrace(i, size, r)
	case '＊':
		if strings.HasPrefix(s.src[i+size:], "＊") && !strings.HasPrefix(s.src[i+2*size:], "＊") {
			s.b.reportMend(s.at(i), []diag.Edit{s.edit(i, i+2*size, "**")}, "mark-fullwidth", "＊＊", "**")
			return i + 2*size
		}
	case '｀':
		s.b.reportMend(s.at(i), []diag.Edit{s.edit(i, i+size, "`")}, "mark-fullwidth", "｀", "`")
	case '～':
		return s.tildes(i, "～")
	case '：':
		return s.fullwidthAddress(i, "：")
	case '＿':
		return s.fullwidthUnderscores(i)
	}
	return i + size
}

// fullwidthAddress reads the text around a colon: an address whose colon or slashes are full-width.
func (s *scanner) fullwidthAddress(i int, colon string) int {
	end := i + len(colon)
	start := len(strings.TrimRight(s.src[s.pending:i], "ｈｔｐｓＨＴＰＳhtpsHTPS")) + s.pending
	if rest := s.src[end:]; start == i || !strings.HasPrefix(rest, "／／") && !strings.HasPrefix(rest, "//") {
		return end
	}
	end += strings.IndexFunc(s.src[end:]+" ", func(r rune) bool { return r <= ' ' || r == '\u3000' || plaintext.IsCJK(r) && (r < '！' || r > '～') })
	s.bare = append(s.bare, bare{start, end, "link-bare", sample(s.src[start:end]), ""})
	return end
}

// fullwidthUnderscores reports words between ＿＿ and ＿＿. A longer run is a line to write on, which the checks of unfinished texts
// report.
func (s *scanner) fullwidthUnderscores(i int) int {
	const mark = "＿＿"
	end := len(s.src) - len(strings.TrimLeft(s.src[i:], "＿"))
	if end-i != len(mark) {
		return end
	}
	if words, _, closed := enclosed(s.src[end:], mark); closed {
		closing := end + len(words)
		s.b.reportMend(s.at(i), []diag.Edit{s.edit(i, end, "**"), s.edit(closing, closing+len(mark), "**")}, "mark-fullwidth", mark, "**")
		return closing + len(mark)
	}
	return end
}

// fullwidthBrace reports a full-width brace. If plain braces would give a token or ruby, the fix replaces the braces with plain ones.
func (s *scanner) fullwidthBrace(i, size int, r rune) int {
	if r == '｝' {
		s.b.report(s.at(i), "mark-fullwidth", "｝", "}")
		return i + size
	}
	n := strings.IndexAny(s.src[i+size:], "{｛}｝\r\n")
	if n < 0 || !strings.HasPrefix(s.src[i+size+n:], "｝") && s.src[i+size+n] != '}' {
		s.b.report(s.at(i), "mark-fullwidth", "｛", "{")
		s.unclosed = true
		return i + size
	}
	_, closing := utf8.DecodeRuneInString(s.src[i+size+n:])
	inner, end := s.src[i+size:i+size+n], i+size+n+closing
	var edits []diag.Edit
	if plain := plainBraces(inner); plain != "" {
		edits = []diag.Edit{s.edit(i, end, "{"+plain+"}")}
	}
	s.b.reportMend(s.at(i), edits, "mark-fullwidth", "｛", "{")
	return end
}

// plainBraces returns what to write between plain braces instead of inner, the text between full-width braces. It returns "" if that
// is neither a token nor ruby.
func plainBraces(inner string) string {
	inner = strings.TrimSpace(strings.NewReplacer("：", ":", "｜", "|", "\u3000", " ").Replace(inner))
	if name, id, isToken := strings.Cut(inner, ":"); isToken && isNamespace(name) {
		id, format, hasFormat := strings.Cut(id, ":")
		if name == "literal" || schema.IsName(id) && (!hasFormat || schema.IsName(format)) {
			return inner
		}
		return ""
	}
	if base, reading, isRuby := strings.Cut(inner, "|"); isRuby && base != "" && reading != "" && !strings.Contains(reading, "|") {
		return inner
	}
	return ""
}

// underscores reports a run of _ that emphasises nothing. It does not report a single _ that has no Japanese beside it, as in
// a_b.
func (s *scanner) underscores(start, end int) {
	before, _ := utf8.DecodeLastRuneInString(s.src[:start])
	after, _ := utf8.DecodeRuneInString(s.src[end:])
	beside := plaintext.IsCJK(before) || plaintext.IsCJK(after)
	if end-start == 1 && !beside {
		return
	}
	var edits []diag.Edit
	if closing := s.strongUntil(end); end-start == 2 && beside && closing > end && start != s.paired {
		s.paired = closing
		edits = []diag.Edit{s.edit(start, end, "**"), s.edit(closing, closing+2, "**")}
	}
	s.b.reportMend(s.at(start), edits, "emphasis-underscore", sample(s.src[start:end]))
}

// strongUntil returns the position of the __ that closes the __ before from, or -1 if there is none. The closing __ must be on
// the same line, directly after the words.
func (s *scanner) strongUntil(from int) int {
	n := strings.IndexAny(s.src[from:], "_\r\n*`[]<{")
	if n <= 0 || !strings.HasPrefix(s.src[from+n:], "__") || strings.HasPrefix(s.src[from+n:], "___") {
		return -1
	}
	words := s.src[from : from+n]
	if strings.Trim(words, spaces) != words {
		return -1
	}
	return from + n
}
