package load

import (
	"strings"
	"testing"
)

// The Japanese name of a term and its romaji are escaped on pages in other languages, and cannot become markup.
func TestTermsAreText(t *testing.T) {
	glossary := string(small(nil)["glossary.yaml"].Data)
	for _, part := range []string{"name: ", "romaji: "} {
		at := strings.Index(glossary, part) + len(part)
		end := at + strings.IndexAny(glossary[at:], ",}\n")
		forged := glossary[:at] + `'<meta http-equiv=refresh><b "x">&'` + glossary[end:]
		s, _ := load(t, map[string]string{"glossary.yaml": forged, "faq/cards/first/en.md": page("en", "First", "{term:certificate}", "")})
		if html := string(s.Question("first").In(s.Languages[1]).Answer.HTML); strings.Contains(html, "<meta") || strings.Contains(html, "<b ") {
			t.Errorf("%s: %s", part, html)
		}
	}
}
