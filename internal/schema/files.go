package schema

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Folder says what may stand in a folder of the content.
type Folder struct {
	Files   []string // by name
	Folders []string
	// Languages is the ending of files that are called after a language; "" where there are none.
	Languages string
	// Any is the ending of files that may have any name; "" where there are none.
	Any string
}

// Folders are the folders of the content whose files are known by name. Those of questions and insurers hold more, which
// package site looks at.
var Folders = map[string]Folder{
	".": {
		Files:   []string{"site.yaml", "facts.yaml", "sources.yaml", "glossary.yaml", "policies.yaml", "redirects.yaml", "coverage.yaml", "search.yaml", "words.yaml", "README.md", "STYLE.md"},
		Folders: []string{"faq", "text", "rules", "profiles", "host", "translated", Pictures},
	},
	"text":       {Languages: ".yaml"},
	"translated": {Languages: ".txt"},
	"rules": {
		Files: []string{"vocabulary.yaml", "inputs.yaml", "conditions.yaml", "decide.yaml", "enough.yaml", "add.yaml", "laws.yaml", "interview.yaml", "remedies.yaml",
			"page.yaml", "cases.json", "accepted.yaml", "boundaries.json", "weights.yaml", "README.md"},
		Folders: []string{"text"},
	},
	"rules/text": {Languages: ".yaml"},
	Pictures:     {Any: PictureEnding},
}

// Pictures is the folder of drawings, of the content and of an insurer, and PictureEnding that of each.
const (
	Pictures      = "pictures"
	PictureEnding = ".svg"
)

// Profile is the folder of an insurer.
var Profile = Folder{Files: []string{"profile.yaml"}, Folders: []string{"faq", Pictures}}

// Ignored reports whether a name is one that systems and editors leave behind, or write for a moment while they save.
func Ignored(name string) bool {
	switch lower := strings.ToLower(name); {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"), strings.HasSuffix(name, "~"):
		return true
	case strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"), name == "4913": // Emacs, Vim
		return true
	case lower == "thumbs.db", lower == "desktop.ini":
		return true
	default:
		switch path.Ext(lower) {
		case ".tmp", ".swp", ".swx", ".bak":
			return true
		}
	}
	return false
}

// copyWords stand in the names that systems and file sharing give to the second of two versions of a file.
var copyWords = []string{"conflicted copy", "sync-conflict", "コピー", "競合", "copy of ", " copy"}

// CopyOf returns the file of a folder that another may be a second version of: by its name, as ja - コピー.md, ja-PC01.md,
// ja 2.md and facts (1).yaml are; "" where nothing says so. Of several the one with the longest name is meant.
func CopyOf(name string, known []string) string {
	lower, best := strings.ToLower(name), ""
	for _, of := range known {
		stem := strings.ToLower(strings.TrimSuffix(of, path.Ext(of)))
		if len(of) > len(best) && strings.ToLower(of) != lower && standsIn(stem, lower) {
			best = of
		}
	}
	if best == "" && SaysCopy(name) {
		return name
	}
	return best
}

// SaysCopy reports whether a name itself says that it is a second version of a file.
func SaysCopy(name string) bool {
	lower := strings.ToLower(name)
	return slices.ContainsFunc(copyWords, func(word string) bool { return strings.Contains(lower, word) })
}

// standsIn reports whether a name begins with a stem that ends there, or holds it as a word of its own.
func standsIn(stem, name string) bool {
	at := strings.Index(name, stem)
	if at < 0 {
		return false
	}
	after, _ := utf8.DecodeRuneInString(name[at+len(stem):])
	before, _ := utf8.DecodeLastRuneInString(name[:at])
	part := func(r rune) bool { return r == '_' || unicode.IsLetter(r) && r < 0x80 || unicode.IsDigit(r) }
	return !part(after) && (at == 0 || before == ' ')
}
