package style

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/plaintext"
)

// blanks are characters that stand for something to fill in, as in ○月○日, XX円 and ●●市.
const blanks = "○◯〇●◎△▲×✕□■XＸxｘ?？＊*"

// counted are the units that can follow a single blank.
const counted = "年月日時分円人歳枚通"

// jobs are notes that authors write to themselves.
var jobs = []string{"TODO", "FIXME", "TBD", "要確認", "要修正", "要追記"}

// commentMark matches what a word processor leaves of a comment when text is copied from it: the author's name or initials and a number, in
// square brackets.
var commentMark = regexp.MustCompile(`^\[\p{L}[\p{L} \x{3000}]{0,15}[0-9]{1,3}\]`)

// longestMark is how many bytes, from the [ on, Unfinished searches for a commentMark.
const longestMark = 80

// Unfinished reports placeholders that an author meant to fill in later, and leftovers of a word processor's comments (see commentMark). It
// also reports half-width kana, because a search for full-width kana does not find them.
func Unfinished(f *diag.File, run markdown.Passage) []diag.Diagnostic {
	var found []diag.Diagnostic
	text := run.Text
	for at := 0; at < len(text); {
		if !mayBegin(text, at) {
			at++
			continue
		}
		if length, full := plaintext.FullWidthKana(text[at:]); length > 0 && !plaintext.IsGarbled(f.Data) {
			d := f.At(run.At(at), "kana-halfwidth", text[at:at+length], full)
			found = append(found, f.Mendable(d, diag.Edit{Offset: run.At(at), Old: text[at : at+length], New: full}))
			at += length
			continue
		}
		if mark := commentMark.FindString(text[at:min(len(text), at+longestMark)]); mark != "" {
			found = append(found, f.At(run.At(at), "comment-mark", mark))
			at += len(mark)
			continue
		}
		if end := unfinished(text, at); end > at {
			found = append(found, f.At(run.At(at), "placeholder", text[at:end]))
			at = end
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return found
}

// mayBegin reports whether the byte at an offset can begin something to report. Few bytes can, and bytes of full-width kana cannot.
func mayBegin(text string, at int) bool {
	switch c := text[at]; c {
	case 'T', 'F', 'X', 'x', '?', '*', '[', 0xc3, 0xe2, 0xef:
		return true
	case 0xe3, 0xe8: // 〇 and 要
		return at+1 < len(text) && (c == 0xe3 && text[at+1] == 0x80 || c == 0xe8 && text[at+1] == 0xa6)
	}
	return false
}

// unfinished returns the end of the placeholder at an offset. Without a placeholder, it returns the offset.
func unfinished(text string, at int) int {
	for _, job := range jobs {
		if strings.HasPrefix(text[at:], job) && apartFrom(text, at, at+len(job)) {
			return at + len(job)
		}
	}
	r, size := utf8.DecodeRuneInString(text[at:])
	if !strings.ContainsRune(blanks, r) || !apartFrom(text, at, at) {
		return at
	}
	end, count := at, 0
	for strings.HasPrefix(text[end:], string(r)) {
		end += size
		count++
	}
	next, nextSize := utf8.DecodeRuneInString(text[end:])
	behind, _ := utf8.DecodeRuneInString(text[end+nextSize:])
	switch {
	case next == '通' && unicode.Is(unicode.Han, behind): // ○通帳 is an item of a list
		return at
	case strings.ContainsRune(counted, next) && (count > 1 || r != '■' && r != '□'):
		end += nextSize
		if strings.HasPrefix(text[end:], string(r)) { // ○月○日
			return max(end, unfinished(text, end))
		}
		return end
	case count < 2 || !apartFrom(text, at, end) || strings.ContainsRune("?？＊*■□", r):
		return at
	case r == '〇' && isKanjiNumeral(next):
		return at // 二〇〇五
	}
	return end
}

func isKanjiNumeral(r rune) bool {
	return strings.ContainsRune("一二三四五六七八九十百千", r)
}

// apartFrom reports whether text[start:end] stands alone: no ASCII letter or digit comes directly before or after it, and no kanji numeral
// before it. If the range is empty, only the character before it counts.
func apartFrom(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	if start > 0 && (isWordCharacter(before) || isKanjiNumeral(before)) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(text[end:])
	return end == start || end == len(text) || !isWordCharacter(after)
}

func isWordCharacter(r rune) bool {
	return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'
}
