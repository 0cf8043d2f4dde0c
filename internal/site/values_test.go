package site

import (
	"strings"
	"testing"
)

// The name of a term in Japanese and its romaji are text on pages of other languages, never markup.
func TestTermsAreText(t *testing.T) {
	glossary := string(small(nil)["glossary.yaml"].Data)
	for _, part := range []string{"name: ", "romaji: "} {
		at := strings.Index(glossary, part) + len(part)
		end := at + strings.IndexAny(glossary[at:], ",}\n")
		forged := glossary[:at] + `'<meta http-equiv=refresh><b "x">&'` + glossary[end:]
		s, _ := load(t, map[string]string{"glossary.yaml": forged, "faq/cards/first/en.md": page("en", "First", "{term:certificate}", "")})
		if html := string(s.question["first"].In(s.Languages[1]).Answer.HTML); strings.Contains(html, "<meta") || strings.Contains(html, "<b ") {
			t.Errorf("%s: %s", part, html)
		}
	}
}

// Phone numbers are those of Japan's numbering plan.
func TestPhones(t *testing.T) {
	for number, want := range map[string]bool{
		"03-1234-5678": true, "073-480-5855": true, "0120-95-0178": true, "0120-0178-27": true, "0570-783-556": true, "050-1234-5678": true,
		"0800-123-4567": true, "090-1234-5678": true, "01267-1-2345": true, "119": true, "188": true, "#8000": true, "#7119": true,
		"0120-95-017": false, "00-0000-0000": false, "03-1234-567": false, "090-1234-567": false, "1234": false, "#80": false, "０３-1234-5678": false, "0120950178": false,
	} {
		if isPhone(number) != want {
			t.Errorf("%s: %v", number, !want)
		}
	}
	if got := telephone("#8000"); got != "%238000" {
		t.Error(got)
	}
}
