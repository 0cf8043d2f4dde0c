package lookalike

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
)

// Within a line, authors write marks of other Markdown dialects. They also write full-width marks when they forget to leave Japanese input.
// Readers would see these marks.

// Special are the bytes for which the caller must call [Inline.Step].
const Special = "~@:.=+%^$\xef"

// fullwidth is the first byte of the full-width forms, ！ to ￮, in UTF-8.
const fullwidth = 0xef

// Inline is the text of a block, without the marks of the blocks that contain it. Positions are byte positions in this text.
type Inline struct {
	source  *Source
	text    string
	starts  []lineStart
	pending int
	struck  int // position of the closing ~~ of a reported pair
	marked  int // position of the closing mark of a reported pair such as == or ^
	paired  int // position of the closing __ of a reported pair
	bare    []bare
	// Faulty is the position after the last fault that the caller has reported, such as an unreadable link or an unclosed brace. It is -1
	// before the first fault. Text that begins there, or up to one bracket later, belongs to the fault and is not reported again.
	Faulty int
	// Unclosed says that a { without a } on its line was reported. Its } may still come on a later line.
	Unclosed bool
}

// lineStart is the start of a line: its position in the text of the block, and its offset in the source.
type lineStart struct{ pos, at int }

// Begin resets x for the next block, which has these lines. It returns the text of the block without spaces at its end.
func (x *Inline) Begin(source *Source, lines ...Line) (text string) {
	*x = Inline{source: source, starts: x.starts[:0], bare: x.bare[:0], struck: -1, marked: -1, paired: -1, Faulty: -1}
	contiguous := true
	for i := 1; i < len(lines); i++ {
		contiguous = contiguous && lines[i-1].Stop == lines[i].Start
	}
	if contiguous {
		x.starts = append(x.starts, lineStart{0, lines[0].Start})
		text = source.Text[lines[0].Start:lines[len(lines)-1].Stop]
	} else {
		var joined strings.Builder
		for _, line := range lines {
			x.starts = append(x.starts, lineStart{joined.Len(), line.Start})
			joined.WriteString(source.Text[line.Start:line.Stop])
		}
		text = joined.String()
	}
	x.text = strings.TrimRight(text, " \t\r\n")
	return x.text
}

// At returns the offset in the source for a position.
func (x *Inline) At(pos int) int {
	line := 0
	if len(x.starts) > 1 {
		line = sort.Search(len(x.starts), func(i int) bool { return x.starts[i].pos > pos }) - 1
	}
	return x.starts[line].at + pos - x.starts[line].pos
}

// Report adds a finding at a position.
func (x *Inline) Report(pos int, code diag.Code, args ...any) {
	x.source.Report(x.At(pos), code, args...)
}

// Mend adds a finding with its fix at a position. See [Source.Mend].
func (x *Inline) Mend(pos int, edits []diag.Edit, code diag.Code, args ...any) {
	x.source.Mend(x.At(pos), edits, code, args...)
}

// Edit returns the change that replaces the text between two positions with `plain`.
func (x *Inline) Edit(start, end int, plain string) diag.Edit {
	return x.source.Edit(x.At(start), x.text[start:end], plain)
}

// Step checks the text at position i, where one of the Special bytes is, and returns where the scan continues. The text from `pending` to i
// contains no markup.
func (x *Inline) Step(i, pending int) int {
	x.pending = pending
	switch x.text[i] {
	case '~':
		return x.tildes(i, "~")
	case '@':
		return x.bareMail(i)
	case ':':
		if end := x.emojiName(i); end > i {
			return end
		}
		return x.bareAddress(i)
	case '.':
		return x.bareHost(i)
	case '=', '+', '%':
		return x.otherMark(i)
	case '^', '$':
		return x.singleMark(i)
	case fullwidth:
		return x.fullwidth(i)
	}
	return i + 1
}

// bare is an address, a token or a link's destination that lacks its brackets.
type bare struct {
	start, end int
	code       diag.Code
	arg        string
	mend       string // the replacement, or "" if the right one is uncertain
}

// End reports the addresses, tokens and destinations that lack their brackets. Call it at the end of the block.
func (x *Inline) End() {
	for _, a := range x.bare {
		var edits []diag.Edit
		if a.mend != "" {
			edits = []diag.Edit{x.Edit(a.start, a.end, a.mend)}
		}
		x.Mend(a.start, edits, a.code, a.arg)
	}
}

// InLink is called if the text from a position on is the text of a link. An address may stand there without brackets, so InLink forgets the
// addresses that were recorded in this text.
func (x *Inline) InLink(start int) {
	x.bare = slices.DeleteFunc(x.bare, func(a bare) bool { return a.start >= start && a.code == "link-bare" })
}

// tildes reads ~~ or ～～, which strikes out text in other dialects. `mark` is the single character. tildes returns where the scan continues.
// It passes a single ~ to singleMark.
func (x *Inline) tildes(i int, mark string) int {
	end := i + len(mark)
	if !strings.HasPrefix(x.text[end:], mark) {
		if mark == "~" {
			return x.singleMark(i)
		}
		return end
	}
	for strings.HasPrefix(x.text[end:], mark) {
		end += len(mark)
	}
	if i == x.struck {
		return end
	}
	closing := strings.Index(x.text[end:], mark+mark)
	if mark == "~" || closing > 0 {
		x.Report(i, "strike-refused", mark+mark)
	}
	if closing > 0 {
		x.struck = end + closing
	}
	return end
}

// enclosed returns the words between the start of a text and the next mark on the same line, and the rest of that line. `found` is false if
// there is no such mark, or if the words are empty, or begin or end with a space.
func enclosed(text, mark string) (words, rest string, found bool) {
	line, _, _ := strings.Cut(text, "\n")
	words, rest, found = strings.Cut(line, mark)
	return words, rest, found && words != "" && strings.Trim(words, Spaces) == words
}

// otherMark reads ==, ++ and %% directly around words. In other dialects these marks highlight, underline or hide the words.
func (x *Inline) otherMark(i int) int {
	mark := x.text[i : i+1]
	end := len(x.text) - len(strings.TrimLeft(x.text[i:], mark))
	if end-i != 2 || i == x.marked || i > 0 && (plaintext.IsLetter(x.text[i-1]) || plaintext.IsDigit(x.text[i-1])) { // not after a letter, as in C++
		return end
	}
	words, _, closed := enclosed(x.text[end:], mark+mark)
	if !closed {
		return end
	}
	x.marked = end + len(words)
	x.Report(i, "mark-refused", mark+mark)
	return end
}

// singleMark reads ~, ^, $ or $$ directly around words. In other dialects these marks lower or raise the words, or set them as a formula.
// The marks of a range (9時~17時), a price ($5) or a face (^o^) are not reported.
func (x *Inline) singleMark(i int) int {
	end := i + 1
	for end < len(x.text) && x.text[end] == x.text[i] {
		end++
	}
	mark := x.text[i:end]
	words, rest, closed := enclosed(x.text[end:], mark)
	if i == x.marked || !closed || len(mark) > 2 || len(mark) == 2 && mark != "$$" {
		return end
	}
	before, _ := utf8.DecodeLastRuneInString(x.text[:i])
	after, _ := utf8.DecodeRuneInString(rest)
	var text bool
	switch mark[0] {
	case '^':
		x.marked = end + len(words)
		text = strings.ContainsAny(words, Spaces) || isFaceEdge(before) && isFaceEdge(after)
	case '$':
		text = unicode.IsDigit(after) || !strings.ContainsFunc(words, unicode.IsLetter)
	default:
		text = unicode.IsDigit(before) || unicode.IsLetter(before) && strings.ContainsFunc(words, isRangePart)
	}
	if text {
		return end
	}
	x.marked = end + len(words)
	x.Report(i, "mark-single", mark)
	return end
}

// isRangePart reports whether a character between two ~ shows that each ~ belongs to a range, as in 月曜~金曜、土曜~日曜.
func isRangePart(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("、。，．,・/／", r)
}

func isFaceEdge(r rune) bool { return strings.ContainsRune("()（）", r) }

// emojiName reads :name:, which other dialects show as a picture. It reports such a name and returns the position after it, or returns i if
// there is no such name.
func (x *Inline) emojiName(i int) int {
	if i > 0 && (isMailByte(x.text[i-1]) || x.text[i-1] == ':') {
		return i
	}
	end, letters := i+1, false
	for end < len(x.text) && (plaintext.IsLetter(x.text[end]) || plaintext.IsDigit(x.text[end]) || x.text[end] == '_' || x.text[end] == '+' || x.text[end] == '-') {
		letters = letters || plaintext.IsLetter(x.text[end])
		end++
	}
	if end == i+1 || end == len(x.text) || x.text[end] != ':' || !letters && x.text[i+1] != '+' && x.text[i+1] != '-' {
		return i
	}
	if end++; end < len(x.text) && isMailByte(x.text[end]) {
		return i
	}
	x.Report(i, "emoji-name", x.text[i:end])
	return end
}

// hostEnds are endings of host names. Text with such a host and a path is an address.
var hostEnds = []string{"jp", "com", "net", "org", "info", "biz", "gov", "edu"}

// bareHost reads the text around a dot. It records an address that lacks its https://, such as www.example.jp or example.jp/a.
func (x *Inline) bareHost(i int) int {
	if i+1 == len(x.text) || !plaintext.IsLetter(x.text[i+1]) || i == x.pending || !isHostByte(x.text[i-1]) {
		return i + 1
	}
	const longest = 64
	start, end := i, i
	for start > x.pending && i-start < longest && isHostByte(x.text[start-1]) {
		start--
	}
	for end < len(x.text) && end-i < longest && (isHostByte(x.text[end]) || x.text[end] == '.') {
		end++
	}
	host := strings.TrimRight(x.text[start:end], ".-")
	end = start + len(host)
	if end < len(x.text) && x.text[end] == '@' || start > 0 && strings.IndexByte("/@.", x.text[start-1]) >= 0 {
		return max(end, i+1) // the host is part of an address that was read before, or that will be read at its @
	}
	lower := strings.ToLower(host)
	hasPath := strings.HasPrefix(x.text[end:], "/") && slices.Contains(hostEnds, lower[strings.LastIndexByte(lower, '.')+1:])
	if !hasPath && !isOffice(lower) && !strings.HasPrefix(lower, "www.") { // any other host without a path can be the name of a publisher
		return max(end, i+1)
	}
	end = addressEnd(x.text, end)
	x.bare = append(x.bare, bare{start, end, "link-bare", Sample(x.text[start:end]), ""})
	return end
}

// isOffice reports whether a host is that of a ministry or a local government, which is never the name of a publisher.
func isOffice(host string) bool {
	return strings.HasSuffix(host, ".go.jp") || strings.HasSuffix(host, ".lg.jp")
}

func isHostByte(c byte) bool { return plaintext.IsLetter(c) || plaintext.IsDigit(c) || c == '-' }

// bareMail reads the text around an @. If it is an e-mail address, bareMail records it in x.bare.
func (x *Inline) bareMail(i int) int {
	const longest = 64
	start, end := i, i+1
	for start > x.pending && i-start < longest && isMailByte(x.text[start-1]) {
		start--
	}
	for end < len(x.text) && (plaintext.IsLetter(x.text[end]) || plaintext.IsDigit(x.text[end]) || x.text[end] == '.' || x.text[end] == '-') {
		end++
	}
	end = i + len(strings.TrimRight(x.text[i:end], ".-"))
	if start < i && strings.IndexByte(x.text[i:end], '.') > 1 {
		address := x.text[start:end]
		x.bare = append(x.bare, bare{start, end, "link-bare", address, "<" + address + ">"})
		return end
	}
	return i + 1
}

func isMailByte(c byte) bool {
	return plaintext.IsLetter(c) || plaintext.IsDigit(c) || strings.IndexByte("._%+-", c) >= 0
}

// bareAddress reads the text around a colon. It records https://…, and a token or a link's destination that lacks its brackets.
func (x *Inline) bareAddress(i int) int {
	const longest = 8
	start := i
	for start > x.pending && i-start < longest && plaintext.IsLetter(x.text[start-1]) {
		start--
	}
	word := x.text[start:i]
	if i-start == longest || start > 0 && isMailByte(x.text[start-1]) || x.Faulty >= 0 && start-x.Faulty <= len("（") {
		return i + 1 // the word is part of a longer word, or is already reported
	}
	if scheme := strings.ToLower(word); (scheme == "https" || scheme == "http") && strings.HasPrefix(x.text[i+1:], "//") {
		end := addressEnd(x.text, i+3)
		address := x.text[start:end]
		a := bare{start, end, "link-bare", Sample(address), ""}
		if code, _ := schema.CheckDestination(address); code == "" && end > i+3 {
			a.mend = "<" + address + ">"
		}
		x.bare = append(x.bare, a)
		return end
	}
	if strings.HasPrefix(x.text[i+1:], "／／") {
		return x.fullwidthAddress(i, ":")
	}
	if !schema.Tokens.Has(word) && !schema.IsInternal(word) || word == "literal" {
		return i + 1
	}
	end := i + 1
	for end < len(x.text) && (schema.IsName(x.text[end:end+1]) || x.text[end] == ':' || x.text[end] == '#') {
		end++
	}
	if end == i+1 || !plaintext.IsLetter(x.text[i+1]) {
		return i + 1
	}
	x.bare = append(x.bare, x.bareToken(start, end, word))
	return end
}

// bareToken returns the finding about a token or a link's destination without its brackets, such as fact:x or page:x. If a token is in
// parentheses, the fix replaces them with braces.
func (x *Inline) bareToken(start, end int, word string) bare {
	name := x.text[start:end]
	if schema.IsInternal(word) && word != "fact" {
		return bare{start, end, "link-naked", name, ""}
	}
	token := "{" + name + "}"
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}, {"［", "］"}, {"〔", "〕"}} {
		if strings.HasSuffix(x.text[x.pending:start], pair[0]) && strings.HasPrefix(x.text[end:], pair[1]) {
			return bare{start - len(pair[0]), end + len(pair[1]), "token-naked", name, token}
		}
	}
	return bare{start, end, "token-naked", name, ""}
}

// addressEnd returns where the bare address around position i ends: before a space, Japanese text or a character that addresses do not
// contain. Punctuation at its end does not belong to the address.
func addressEnd(src string, i int) int {
	start := i
	for i < min(len(src), start+schema.LongestDestination) {
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

// fullwidth reads full-width marks that are meant as plain marks, such as ｛…｝, ＊＊, ｀ and ～～. It returns where the scan continues.
func (x *Inline) fullwidth(i int) int {
	r, size := utf8.DecodeRuneInString(x.text[i:])
	switch r {
	case '｛', '｝':
		return x.fullwidthBrace(i, size, r)
	case '＊':
		if strings.HasPrefix(x.text[i+size:], "＊") && !strings.HasPrefix(x.text[i+2*size:], "＊") {
			x.Mend(i, []diag.Edit{x.Edit(i, i+2*size, "**")}, "mark-fullwidth", "＊＊", "**")
			return i + 2*size
		}
	case '｀':
		x.Mend(i, []diag.Edit{x.Edit(i, i+size, "`")}, "mark-fullwidth", "｀", "`")
	case '～':
		return x.tildes(i, "～")
	case '：':
		return x.fullwidthAddress(i, "：")
	case '＿':
		return x.fullwidthUnderscores(i)
	}
	return i + size
}

// fullwidthAddress reads the text around a colon. It records an address whose colon or slashes are full-width.
func (x *Inline) fullwidthAddress(i int, colon string) int {
	end := i + len(colon)
	start := len(strings.TrimRight(x.text[x.pending:i], "ｈｔｐｓＨＴＰＳhtpsHTPS")) + x.pending
	if rest := x.text[end:]; start == i || !strings.HasPrefix(rest, "／／") && !strings.HasPrefix(rest, "//") {
		return end
	}
	end += strings.IndexFunc(x.text[end:]+" ", func(r rune) bool { return r <= ' ' || r == '\u3000' || plaintext.IsCJK(r) && (r < '！' || r > '～') })
	x.bare = append(x.bare, bare{start, end, "link-bare", Sample(x.text[start:end]), ""})
	return end
}

// fullwidthUnderscores reports words between two ＿＿. A longer run of ＿ is a line to write on; the checks for unfinished texts report such
// lines.
func (x *Inline) fullwidthUnderscores(i int) int {
	const mark = "＿＿"
	end := len(x.text) - len(strings.TrimLeft(x.text[i:], "＿"))
	if end-i != len(mark) {
		return end
	}
	if words, _, closed := enclosed(x.text[end:], mark); closed {
		closing := end + len(words)
		x.Mend(i, []diag.Edit{x.Edit(i, end, "**"), x.Edit(closing, closing+len(mark), "**")}, "mark-fullwidth", mark, "**")
		return closing + len(mark)
	}
	return end
}

// fullwidthBrace reports a full-width brace. If plain braces would make a token or ruby, the fix writes plain braces.
func (x *Inline) fullwidthBrace(i, size int, r rune) int {
	if r == '｝' {
		x.Report(i, "mark-fullwidth", "｝", "}")
		return i + size
	}
	n := strings.IndexAny(x.text[i+size:], "{｛}｝\r\n")
	if n < 0 || !strings.HasPrefix(x.text[i+size+n:], "｝") && x.text[i+size+n] != '}' {
		x.Report(i, "mark-fullwidth", "｛", "{")
		x.Unclosed = true
		return i + size
	}
	_, closing := utf8.DecodeRuneInString(x.text[i+size+n:])
	inner, end := x.text[i+size:i+size+n], i+size+n+closing
	var edits []diag.Edit
	if plain := plainBraces(inner); plain != "" {
		edits = []diag.Edit{x.Edit(i, end, "{"+plain+"}")}
	}
	x.Mend(i, edits, "mark-fullwidth", "｛", "{")
	return end
}

// plainBraces returns the text to write between plain braces. `inner` is the text between full-width braces. The result is "" if the text
// is neither a token nor ruby.
func plainBraces(inner string) string {
	inner = strings.TrimSpace(strings.NewReplacer("：", ":", "｜", "|", "\u3000", " ").Replace(inner))
	if name, id, isToken := strings.Cut(inner, ":"); isToken && schema.Tokens.Has(name) {
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

// Underscores reports a run of _ that makes no emphasis in this dialect. It does not report a single _ without Japanese beside it, as in
// a_b.
func (x *Inline) Underscores(start, end int) {
	before, _ := utf8.DecodeLastRuneInString(x.text[:start])
	after, _ := utf8.DecodeRuneInString(x.text[end:])
	beside := plaintext.IsCJK(before) || plaintext.IsCJK(after)
	if end-start == 1 && !beside {
		return
	}
	var edits []diag.Edit
	if closing := x.strongUntil(end); end-start == 2 && beside && closing > end && start != x.paired {
		x.paired = closing
		edits = []diag.Edit{x.Edit(start, end, "**"), x.Edit(closing, closing+2, "**")}
	}
	x.Mend(start, edits, "emphasis-underscore", Sample(x.text[start:end]))
}

// strongUntil returns the position of the __ that closes an opening __, or -1 if there is no such __. `from` is the position after the
// opening __. The closing __ must be on the same line, directly after the words.
func (x *Inline) strongUntil(from int) int {
	n := strings.IndexAny(x.text[from:], "_\r\n*`[]<{")
	if n <= 0 || !strings.HasPrefix(x.text[from+n:], "__") || strings.HasPrefix(x.text[from+n:], "___") {
		return -1
	}
	words := x.text[from : from+n]
	if strings.Trim(words, Spaces) != words {
		return -1
	}
	return from + n
}
