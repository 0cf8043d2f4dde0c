package site

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/markup"
)

// Folder returns the folder of a language among the sites of all insurers: "ja", "sk/ja". It names the language of this
// site also where the site is published alone.
func (s *Site) Folder(l *Language) string {
	if s.Profile == nil {
		return l.ID
	}
	return s.Profile.ID + "/" + l.ID
}

// Hash returns 16 hexadecimal digits that change when what readers see of the question changes: its words, the days it
// and its answers hold, and where its links lead. Markup is left out, so that a newer theme or sitegen does not make news
// of every answer; so is the day the site is built for.
func (t *Translation) Hash() string { return t.hash }

// sumUp returns the hash, with the answers as they are told with their terms explained. It is made while questions are typeset
// side by side.
func (t *Translation) sumUp(told []markup.HTML) string {
	const end = "\x01" // authors' files cannot contain it
	seen := t.Title.Plain + end + days(t.Question.From, t.Question.Until)
	for i, v := range t.Answers {
		seen += end + days(v.From, v.Until) + end + seenOf(string(told[i]))
	}
	sum := sha256.Sum256([]byte(seen + end + seenOf(string(t.Body()))))
	return hex.EncodeToString(sum[:8])
}

// Body returns the details in one.
func (t *Translation) Body() markup.HTML {
	var w markup.Writer
	for _, chapter := range t.Chapters {
		w.HTML(chapter.HTML)
	}
	return w.Done()
}

func days(from, until civil.Date) string { return from.String() + "/" + until.String() }

// seenOf returns the words of a fragment and the addresses of its links.
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
