package site

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/markup"
)

// Folder returns the folder of a language if the sites of all insurers are published together: "ja", "sk/ja". The
// manifest has the answers of a language under this key, even if a site is published alone and has no such folder.
func (s *Site) Folder(l *Language) string {
	if s.Profile == nil {
		return l.ID
	}
	return s.Profile.ID + "/" + l.ID
}

// Hash returns 16 hexadecimal digits that change when readers see something different: the question's words, the days on which it
// and its answers hold, or the targets of its links. Neither markup nor the day of the build counts, so a newer theme or sitegen
// does not turn every answer into news.
func (t *Translation) Hash() string { return t.hash }

// sumUp computes what Hash returns. told has the HTML of each answer, with its terms explained.
func (t *Translation) sumUp(told []markup.HTML) string {
	const end = "\x01" // authors' files cannot contain it
	seen := t.Title.Plain + end + days(t.Question.From, t.Question.Until)
	for i, v := range t.Answers {
		seen += end + days(v.From, v.Until) + end + seenOf(string(told[i]))
	}
	sum := sha256.Sum256([]byte(seen + end + seenOf(string(t.Body()))))
	return hex.EncodeToString(sum[:8])
}

// Body returns all chapters of the details as one text.
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
