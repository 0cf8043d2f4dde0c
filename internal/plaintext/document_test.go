package plaintext

import (
	"testing"
	"testing/fstest"
)

// A document with the name of a text file is reported as a document, and not for its first byte that is not UTF-8.
func TestDocuments(t *testing.T) {
	for begin, want := range map[string]bool{
		"PK\x03\x04\x14\x00": true, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": true, "%PDF-1.7\n": true, `{\rtf1\ansi`: true, "PK is text": false, "%": false, "": false,
	} {
		_, found, err := Read(fstest.MapFS{"ja.md": {Data: []byte(begin)}}, "content", "ja.md")
		if err != nil || (len(found) == 1 && found[0].Code == "file-document") != want {
			t.Errorf("%q: %v %v", begin, found, err)
		}
	}
}
