package site

import "sitegen/internal/schema"

// Pages has the names that links of the form page:name can have. Questions are not among them.
var Pages = schema.Pages.Words

// PagePath returns the address of a page of [Pages], relative to its language's folder.
func PagePath(name string) string {
	if name == "home" {
		return "index.html"
	}
	return name + ".html"
}

// PageTitle returns the title of a page of [Pages].
func (l *Language) PageTitle(name string) Phrase {
	return wordsOf(l.unsaid, map[string]Phrase{
		"home": l.UI.Home, "all": l.UI.AllTitle, "glossary": l.UI.GlossaryTitle, "changes": l.UI.ChangesTitle,
		"updates": l.UI.UpdatesTitle, "about": l.UI.AboutTitle, "sources": l.UI.SourcesTitle, "accessibility": l.UI.AccessibilityTitle,
	}, name)
}

// QuestionPath returns the address of a question, relative to its language's folder.
func QuestionPath(id string) string { return "faq/" + id + ".html" }

// Paths of the checker's pages in the folder of their language: the page with script, the first page without script, and the page for
// embedding in other websites.
const (
	CheckerPath      = "check.html"
	CheckerPlainPath = "check-noscript.html"
	CheckerEmbedPath = "embed.html"
)

// Folder returns the folder of a language when the sites of all insurers are published together, such as "ja" or "sk/ja". The manifest
// uses it as the key of the language's answers, even if a site is published alone and has no such folder.
func (s *Site) Folder(l *Language) string {
	if s.Profile == nil {
		return l.ID
	}
	return s.Profile.ID + "/" + l.ID
}
