package schema

import "testing"

// CopyOf recognizes the names that operating systems and file sharing give to a second version of a file.
func TestCopies(t *testing.T) {
	known := []string{"ja.md", "ja-easy.md", "en.md", "facts.yaml"}
	for name, want := range map[string]string{
		"ja - コピー.md": "ja.md", "ja - コピー (2).md": "ja.md", "コピー ~ ja.md": "ja.md", "Copy of ja.md": "ja.md", "ja 2.md": "ja.md",
		"ja-DESKTOP-ABC123.md": "ja.md", "ja-PC01.md": "ja.md", "ja.sync-conflict-20261128-101010-ABC.md": "ja.md", "ja-easy-PC01.md": "ja-easy.md",
		"facts (競合コピー).yaml": "facts.yaml", "facts (1).yaml": "facts.yaml", "facts - Copy.yaml": "facts.yaml", "x のコピー.md": "x のコピー.md",
		"en (conflicted copy 2026-11-22).md": "en.md", "fr.md": "", "jam.md": "", "notes.txt": "", "ja.md": "", "facts2.yaml": "",
	} {
		if got := CopyOf(name, known); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
}

// Ignored recognizes the files that systems and editors create, and no files of authors.
func TestIgnored(t *testing.T) {
	for name, want := range map[string]bool{
		"~$ja.md": true, ".#ja.md": true, "ja.md~": true, "#ja.md#": true, "4913": true, "ja.md.tmp": true, ".ja.md.swp": true, "ja.md.swp": true,
		".DS_Store": true, "Thumbs.db": true, "desktop.ini": true, "ja.md": false, "facts.yml": false, "ja.md.txt": false,
	} {
		if Ignored(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}
