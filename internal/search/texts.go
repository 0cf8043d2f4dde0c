package search

import (
	"cmp"
	"strings"

	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// Reading returns the reading of a question's title, or the title itself if it has no reading.
func Reading(t *site.Translation) string {
	return cmp.Or(t.Reading, reading(string(t.Title.HTML)), t.Title.Plain)
}

// reading returns the reading of a text with ruby, or "" if the text has no ruby.
func reading(html string) string {
	if !strings.Contains(html, "<rt>") {
		return ""
	}
	var b strings.Builder
	for rest := html; rest != ""; {
		before, ruby, _ := strings.Cut(rest, "<ruby>")
		b.WriteString(strings.ReplaceAll(withoutTags(before), " ", ""))
		inside, after, _ := strings.Cut(ruby, "</ruby>")
		_, inside, _ = strings.Cut(inside, "<rt>")
		inside, _, _ = strings.Cut(inside, "<rp>")
		b.WriteString(inside)
		rest = after
	}
	return b.String()
}

// headings returns the headings of a body, without markup.
func headings(html string) []string {
	var list []string
	for {
		_, rest, ok := strings.Cut(html, "<h")
		if !ok {
			return list
		}
		html = rest
		if rest == "" || rest[0] < '1' || rest[0] > '6' {
			continue
		}
		_, text, _ := strings.Cut(rest, ">")
		text, html, _ = strings.Cut(text, "</h")
		list = append(list, withoutTags(withoutReadings(text)))
	}
}

// withoutReadings removes the readings of ruby and keeps the words.
func withoutReadings(html string) string {
	var b strings.Builder
	for {
		before, ruby, ok := strings.Cut(html, "<ruby>")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		word, after, _ := strings.Cut(ruby, "</ruby>")
		word, _, _ = strings.Cut(word, "<r")
		b.WriteString(word)
		html = after
	}
}

func withoutTags(html string) string { return markup.Without(html, "<", ">") }
