package load

import (
	"strings"
	"testing"
)

// Terms that a growing language lacks appear in the words of its fallback. If the fallback explains a term with a gloss and the
// growing language has no formats for glosses, the term appears without the gloss.
func TestGlossOfTheFallback(t *testing.T) {
	files := small(nil)
	const formats = "  term_glossed: \"{name} ({native}: {gloss})\"\n  answer_glossed: \"{name} ({gloss})\"\n  term: "
	german, _, _ := strings.Cut(string(files["text/en.yaml"].Data), "ui:\n")
	german = german[strings.Index(german, "formats:"):] + "ui:\n  fallback: \"Noch nicht übersetzt: {language}\"\n"
	for name, c := range map[string]struct{ text, answer, body string }{
		"without formats": {german, `Bring <span lang="en">Eligibility Certificate</span>.`, `<span lang="en">Eligibility Certificate</span></a> (`},
		"with formats": {strings.Replace(german, "  term: ", formats, 1),
			`Bring <span lang="en">Eligibility Certificate</span> (<span lang="en">a proof</span>).`, `: <span lang="en">a proof</span>)`},
	} {
		s := loaded(t, map[string]string{
			"site.yaml":              strings.Replace(string(files["site.yaml"].Data), "topics:", "  - {id: de, name: Deutsch, lang: de, hreflang: de, growing: true, fallback: en}\ntopics:", 1),
			"glossary.yaml":          strings.Replace(string(files["glossary.yaml"].Data), "name: Eligibility Certificate,", "name: Eligibility Certificate, gloss: a proof,", 1),
			"text/en.yaml":           strings.Replace(string(files["text/en.yaml"].Data), "  term: ", formats, 1),
			"text/de.yaml":           c.text,
			"faq/cards/first/de.md":  page("de", "Erste", "Bring {term:certificate}.", "## Mehr {#more}\n\nSiehe: [](faq:second#more)\n"),
			"faq/cards/second/de.md": page("de", "Zweite", "Nein.", "## Mehr {#more}\n\nBring {term:certificate}.\n"),
		})
		if got := string(s.Question("first").In(s.Language("de")).Answer.HTML); got != c.answer {
			t.Errorf("%s: answer %s, want %s", name, got, c.answer)
		}
		if got := string(s.Question("second").In(s.Language("de")).Body()); !strings.Contains(got, c.body) {
			t.Errorf("%s: body %s, want %s", name, got, c.body)
		}
	}
}
