package mend

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

const text = "題: 健康保険証の更新は、\nバスで市役所へ。①㈱～\n"

// Mending corrects the encoding, byte order mark, line ends and composition of a file, and notes each of these changes. The characters of
// the text stay the same.
func TestWholeFiles(t *testing.T) {
	encoded := func(e encoding.Encoding, text string) string {
		data, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	plain := strings.NewReplacer("①㈱～", "").Replace(text)
	for name, c := range map[string]struct {
		data, want string
		notes      []Note
	}{
		"plain":            {text, text, nil},
		"Shift_JIS":        {encoded(japanese.ShiftJIS, text), text, []Note{Encoding}},
		"EUC-JP":           {encoded(japanese.EUCJP, plain), plain, []Note{Encoding}},
		"ISO-2022-JP":      {encoded(japanese.ISO2022JP, plain), plain, []Note{Encoding}},
		"UTF-16LE":         {encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text), text, []Note{Encoding}},
		"UTF-16BE":         {encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text), text, []Note{Encoding}},
		"UTF-16LE bare":    {encoded(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), text+text), text + text, []Note{Encoding}},
		"UTF-16BE English": {encoded(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "question: a\n"), "question: a\n", []Note{Encoding}},
		"Shift_JIS CRLF":   {encoded(japanese.ShiftJIS, strings.ReplaceAll(text, "\n", "\r\n")), text, []Note{Encoding, LineEnds}},
		"BOM":              {"\uFEFF" + text, text, []Note{Mark}},
		"CRLF":             {strings.ReplaceAll(text, "\n", "\r\n"), text, []Note{LineEnds}},
		"CR":               {strings.ReplaceAll(text, "\n", "\r"), text, []Note{LineEnds}},
		"NFD":              {"ハ\u3099ス", "バス", []Note{Composed}},
		"Windows-1252":     {"don\x92t\n", "don\x92t\n", nil},
		"no text":          {"\x00\x01\x02\xff\n", "\x00\x01\x02\xff\n", nil},
		"a bullet":         {"\uf0b7\t一\n", "- 一\n", nil},
		"invisible":        {"保\u200b険\u00ad証\n", "保険証\n", nil},
		"lost":             {"保\ufffd証\n", "保\ufffd証\n", nil},
	} {
		content := fstest.MapFS{"notes.md": {Data: []byte(c.data)}}
		changed, _, err := Files(content, "content", 0, []string{"notes.md"})
		if err != nil {
			t.Fatal(err)
		}
		f := &File{After: c.data}
		if len(changed) > 0 {
			f = changed[0]
		}
		if f.After != c.want || !slices.Equal(f.Notes, c.notes) || (len(changed) > 0) != (c.data != c.want) {
			t.Errorf("%s: got %q, %v, want %q, %v", name, f.After, f.Notes, c.want, c.notes)
		}
	}
}

// Files skips paths that are missing and paths of folders.
func TestNoFiles(t *testing.T) {
	changed, _, err := Files(fstest.MapFS{"folder/x": {}}, "content", 0, []string{"none.md", "folder"})
	if err != nil || len(changed) > 0 {
		t.Errorf("%v, %v", changed, err)
	}
}

// Write keeps the permissions of the file and leaves no temporary file. It does not replace a file that was saved after it was read.
func TestWrite(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "ja.md")
	if err := os.WriteFile(name, []byte("a\r\n"), 0o640); err != nil {
		t.Fatal(err)
	}
	f := &File{Path: "ja.md", Before: []byte("a\r\n"), After: "a\n"}
	if err := f.Write(folder); err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(name)
	info, _ := os.Stat(name)
	if string(data) != "a\n" || info.Mode().Perm() != 0o640 {
		t.Errorf("%q, %s", data, info.Mode())
	}
	if err := f.Write(folder); !errors.Is(err, ErrChanged) {
		t.Errorf("a file that was saved meanwhile: %v", err)
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 1 {
		t.Errorf("%v is there besides", entries)
	}
	if err := (&File{Path: "none/ja.md"}).Write(folder); err == nil {
		t.Error("a file that is not there was written")
	}
}

// A diff has a hunk for each change, with unchanged lines around it and its line numbers in the old and the new text.
func TestDiff(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"a\n", "a\n", ""},
		{"a\nb\nc\n", "a\nx\nc\n", "@1,1: a|-b|+x| c"},
		{"a\nb", "a\nb\nc\n", "@1,1: a|-b|+b|+c"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\nx\n3\n4\n5\n6\n7\n8\n", "@1,1: 1|-2|+x| 3| 4@7,7: 7| 8|-9"},
		{"a\nb\nc\nd\n", "b\nd\ne\n", "@1,1:-a| b|-c| d|+e"},
		{"", "a\n", "@1,1:+a"},
	} {
		f := &File{Text: c.before, After: c.after}
		got := ""
		for _, h := range f.Diff() {
			var lines []string
			for _, l := range h.Lines {
				lines = append(lines, string(l.Sign)+l.Text)
			}
			got += fmt.Sprintf("@%d,%d:%s", h.Before, h.After, strings.Join(lines, "|"))
		}
		if got != c.want {
			t.Errorf("%q to %q: got %s, want %s", c.before, c.after, got, c.want)
		}
	}
	long := strings.Repeat("a\nb\n", 3000)
	f := &File{Text: "x\n" + long + "y\n", After: "z\n" + long + "w\n"}
	if n := len(f.Diff()); n == 0 {
		t.Error("a long file shows nothing")
	}
}
