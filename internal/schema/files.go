package schema

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
)

// Folder lists what a folder of the content may contain.
type Folder struct {
	Files   []string // names of files
	Folders []string // names of folders
	// Languages is the ending of files that have a language's id as their name, or "" if the folder has no such files.
	Languages string
	// Any is the ending of files that may have any name, or "" if the folder has no such files.
	Any string
}

// Folders has the content's folders with fixed file names, by path. The folders of questions and of insurers are not among them:
// packages questions and load check those.
var Folders = map[string]Folder{
	".": {
		Files:   []string{"site.yaml", "facts.yaml", "sources.yaml", "glossary.yaml", "policies.yaml", "redirects.yaml", "coverage.yaml", "search.yaml", "words.yaml", "README.md", "README.ja.md", "STYLE.md"},
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

// Pictures is the name of the folder of drawings, in the content and in an insurer's folder. The names of drawings end with
// PictureEnding.
const (
	Pictures      = "pictures"
	PictureEnding = ".svg"
)

// Profile says what the folder of an insurer may contain.
var Profile = Folder{Files: []string{"profile.yaml"}, Folders: []string{"faq", Pictures}}

// LinkedFolders reports the folders of the content that are symbolic links, because no file in them would be read. `name` is the content
// folder's name in messages.
func LinkedFolders(content fs.FS, name string) (found []diag.Diagnostic) {
	var names []string
	for folder, of := range Folders {
		for _, inside := range of.Folders {
			names = append(names, path.Join(folder, inside))
		}
	}
	insurers, _ := fs.ReadDir(content, "profiles") // if this fails, profiles is among the findings, or is reported when it is read
	for _, insurer := range insurers {
		folder := path.Join("profiles", insurer.Name())
		names = append(names, folder)
		for _, inside := range Profile.Folders {
			names = append(names, path.Join(folder, inside))
		}
	}
	slices.Sort(names)
	for _, folder := range names {
		if info, err := fs.Lstat(content, folder); err == nil && info.Mode()&fs.ModeSymlink != 0 && !Ignored(path.Base(folder)) {
			found = append(found, (&diag.File{Name: path.Join(name, folder)}).Whole("file-symlink"))
		}
	}
	return found
}

// Ignored reports whether a file name is one that operating systems or editors give to their own files. Such files are ignored. Some
// exist only for a moment, while an editor saves.
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

// copyWords are parts of the names that operating systems and file sharing give to a second version of a file.
var copyWords = []string{"conflicted copy", "sync-conflict", "コピー", "競合", "copy of ", " copy"}

// CopyOf judges by a file's name whether the file is a copy, such as ja - コピー.md, ja-PC01.md, ja 2.md or facts (1).yaml. It returns the
// known name whose copy the file seems to be. If several known names fit, it returns the longest. If none fits, CopyOf returns `name`
// itself if SaysCopy accepts it, and otherwise "".
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

// SaysCopy reports whether a name contains one of copyWords.
func SaysCopy(name string) bool {
	lower := strings.ToLower(name)
	return slices.ContainsFunc(copyWords, func(word string) bool { return strings.Contains(lower, word) })
}

// standsIn reports whether `name` contains `stem` as a whole word, at the beginning of `name` or after a space.
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
