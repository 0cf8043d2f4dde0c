package plaintext

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sitegen/internal/diag"
)

// Read names the encoding of a file that is not UTF-8, and reports faulty characters. It converts line ends and NFD.
func TestEncodings(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"Shift_JIS":      {"question: \x8e\x91\x8ai\x8am\x94F\x8f\x91\n", "encoding-shift-jis"},
		"EUC-JP":         {"question: \xbb\xf1\xb3\xca\xb3\xce\xc7\xa7\xbd\xf1\n", "encoding-euc-jp"},
		"ISO-2022-JP":    {"question: \x1b$B;q3J3NG'=q\x1b(B\n", "encoding-iso-2022-jp"},
		"UTF-16":         {"\xff\xfeq\x00", "encoding-utf16"},
		"UTF-16 LE":      {utf16Bytes("---\nquestion: 古い保険証は使えますか\nanswer: 使えません。\n---\n", false), "encoding-utf16"},
		"UTF-16 BE":      {utf16Bytes("---\nquestion: 古い保険証は使えますか\nanswer: 使えません。\n---\n", true), "encoding-utf16"},
		"short UTF-16":   {utf16Bytes("question: 保険証をなくした\n", false), "encoding-utf16"},
		"Windows-1252":   {"question: don\x92t\n", "encoding-invalid"},
		"NUL":            {"question: a\x00b\n", "character-control"},
		"bidi override":  {"question: a\u202eb\n", "character-bidi"},
		"C1 control":     {"question: a\u0085b\n", "character-control"},
		"no character":   {"question: a\uffffb\n", "character-control"},
		"line":           {"question: a\u2028b\n", "character-control"},
		"lost":           {"question: a\ufffdb\n", "character-lost"},
		"object":         {"question: a\ufffcb\n", "character-lost"},
		"private":        {"question: \ue000\n", "character-private"},
		"far private":    {"question: \U000f0001\n", "character-private"},
		"ZWSP":           {"question: 保\u200b険\n", "character-invisible"},
		"ZWJ":            {"question: 保\u200d険\n", "character-invisible"},
		"soft hyphen":    {"question: a\u00adb\n", "character-invisible"},
		"filler":         {"question: a\u3164b\n", "character-invisible"},
		"BOM inside":     {"question: a\ufeffb\n", "character-invisible"},
		"LRM":            {"question: a\u200eb\n", "character-invisible"},
		"emoji":          {"question: 👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥\n", ""},
		"Persian":        {"question: می\u200cخواهم\n", ""},
		"Arabic":         {"question: ب\u200f 1\n", ""},
		"variation":      {"question: 葛\U000e0100\n", ""},
		"old form":       {"question: 神\ufe00\n", ""},
		"emoji form":     {"question: ☎\ufe0e ☎\ufe0f ©\ufe0f ㊙\ufe0f\n", ""},
		"Mongolian":      {"question: ᠠ\u180b\n", ""},
		"letter form":    {"question: ano\ufe0fther\n", "character-invisible"},
		"kana form":      {"question: カー\ufe00ド\n", "character-invisible"},
		"digit form":     {"question: 012\ufe0f0\n", "character-invisible"},
		"Latin form":     {"question: ano\U000e0100ther\n", "character-invisible"},
		"Mongolian form": {"question: ano\u180bther\n", "character-invisible"},
		"shorthand":      {"question: ano\U0001bca0ther\n", "character-invisible"},
		"music":          {"question: ano\U0001d173ther\n", "character-invisible"},
		"unassigned":     {"question: ano\U000e0fffther\n", "character-invisible"},
		"garbled":        {"question: \u7e3a\uff6e\n", "character-garbled"},
		"garbled い":      {"question: \u7e3a\uff62\n", "character-garbled"},
		"garbled パ":      {"question: \u7e5d\uff9f\n", "character-garbled"},
		"radical":        {"question: \u2f00度\n", "character-radical"},
		"rare radical":   {"question: \u2e80\n", "character-radical"},
		"garbled West":   {"question: donâ€™t\n", "character-garbled"},
		"merge":          {"<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", "merge-conflict"},
		"UTF-8":          {"---\nquestion: 資格確認書\n", ""},
	} {
		_, found, err := Read(fstest.MapFS{"x": {Data: []byte(test.data)}}, "content", "x")
		got := ""
		if len(found) > 0 {
			got = string(found[0].Code)
		}
		if err != nil || got != test.want {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, test.want)
		}
	}
	for name, data := range map[string]string{"BOM": "\uFEFFa\nが", "CRLF": "a\r\nが", "CR": "a\rが", "NFD": "a\nか\u3099"} {
		f, found, err := Read(fstest.MapFS{"x": {Data: []byte(data)}}, "content", "x")
		if err != nil || len(found) > 0 || string(f.Data) != "a\nが" {
			t.Errorf("%s: got %q, %v, %v", name, f.Data, found, err)
		}
	}
}

// Read reports a file that is not regular without opening it, because opening a pipe would block.
func TestNoFiles(t *testing.T) {
	content := fstest.MapFS{
		"folder/x": {}, "link": {Data: []byte("folder/x"), Mode: fs.ModeSymlink}, "pipe": {Mode: fs.ModeNamedPipe},
	}
	for name, want := range map[string]string{"none": "file-missing", "none/x": "file-missing", "folder": "file-is-folder", "link": "file-symlink", "pipe": "file-irregular"} {
		f, found, err := Read(content, "content", name)
		if err != nil || len(found) != 1 || string(found[0].Code) != want || found[0].File != "content/"+name || len(f.Data) > 0 {
			t.Errorf("%s: got %v, %v, want %s", name, found, err, want)
		}
	}
	if _, found, err := Read(broken{}, "content", "x"); !errors.Is(err, fs.ErrPermission) || len(found) > 0 {
		t.Errorf("a folder that may not be read: %v, %v", found, err)
	}
}

// broken is a folder in which every Open fails with a permission error.
type broken struct{}

func (broken) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// For any bytes, Read returns a text in NFC with LF line ends, or a finding.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"question: 保険証", "\xef\xbb\xbfa\r\nb\rc", "か\u3099", "\x82\xa0\x82\xa2", "\xff\xfea\x00", "\x1b$B$\"\x1b(B", "a\x00", "<<<<<<< HEAD\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, found, err := Read(fstest.MapFS{"a.md": {Data: data}}, "content", "a.md")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range found {
			for _, language := range diag.Languages {
				d.Text(language)
			}
		}
		if len(found) == 0 && (!utf8.Valid(file.Data) || !norm.NFC.IsNormal(file.Data) || bytes.ContainsAny(file.Data, "\r\x00")) {
			t.Errorf("%q became %q", data, file.Data)
		}
	})
}

// utf16Bytes encodes a text as UTF-16 without a byte order mark.
func utf16Bytes(text string, bigEndian bool) string {
	var encoded []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		if bigEndian {
			encoded = binary.BigEndian.AppendUint16(encoded, unit)
		} else {
			encoded = binary.LittleEndian.AppendUint16(encoded, unit)
		}
	}
	return string(encoded)
}
