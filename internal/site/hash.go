package site

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/markup"
)

// Hash returns 16 hexadecimal digits that change when something changes for readers: the words of the question, the days on which it
// and its answers hold, or the targets of its links. Markup and the day of the build do not affect the hash, so a newer theme or
// version of sitegen does not make every answer count as changed.
func (t *Translation) Hash() string { return t.hash }

// SumUp computes the result of Hash. `told` has the HTML of each answer of t.Answers, in the same order, with its terms explained inline.
func (t *Translation) SumUp(told []markup.HTML) {
	const end = "\x01" // authors' files cannot contain it
	seen := t.Title.Plain + end + days(t.Question.From, t.Question.Until)
	for i, v := range t.Answers {
		seen += end + days(v.From, v.Until) + end + seenOf(string(told[i]))
	}
	sum := sha256.Sum256([]byte(seen + end + seenOf(string(t.Body()))))
	t.hash = hex.EncodeToString(sum[:8])
}

// Body returns all chapters of the details as one fragment.
func (t *Translation) Body() markup.HTML {
	var w markup.Writer
	for _, chapter := range t.Chapters {
		w.HTML(chapter.HTML)
	}
	return w.Done()
}

func days(from, until civil.Date) string { return from.String() + "/" + until.String() }

// seenOf returns the words of a fragment and the addresses of its links, without markup.
func seenOf(html string) string {
	var b strings.Builder
	b.Grow(len(html))
	for html != "" {
		text, rest, _ := strings.Cut(html, "<")
		tag, after, _ := strings.Cut(rest, ">")
		b.WriteString(text)
		if _, attribute, ok := strings.Cut(tag, ` href="`); ok {
			address, _, _ := strings.Cut(attribute, `"`)
			b.WriteString(" " + address + " ")
		}
		html = after
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
