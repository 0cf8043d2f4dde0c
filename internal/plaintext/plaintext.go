// Package plaintext reads the files that authors write, whatever their editor made of them. Every package that reads
// content reads it here.
package plaintext

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"

	"sitegen/internal/diag"
)

// Read reads a file and makes it plain: UTF-8 without a byte order mark, lines that end in LF, NFC. What cannot be read
// that way is a diagnostic, which names the encoding the file seems to be in; so is a file that is missing. Regular
// files only: a device or a pipe could wait for ever. folder is the content folder's name in messages, name the file's
// path below it.
func Read(content fs.FS, folder, name string) (*diag.File, []diag.Diagnostic, error) {
	f := &diag.File{Name: path.Join(folder, name)}
	info, err := fs.Lstat(content, name)
	if errors.Is(err, fs.ErrNotExist) {
		return f, []diag.Diagnostic{f.Whole("file-missing", name)}, nil
	}
	if err != nil {
		return f, nil, err
	}
	if !info.Mode().IsRegular() {
		return f, []diag.Diagnostic{f.Whole(irregularCode(info.Mode()))}, nil
	}
	if f.Data, err = fs.ReadFile(content, name); err != nil {
		return f, []diag.Diagnostic{f.Whole("file-unreadable")}, nil
	}
	if code, at := encodingFault(f.Data); code != "" {
		if code == "encoding-invalid" {
			return f, []diag.Diagnostic{f.At(at, code, f.Data[at], at)}, nil
		}
		return f, []diag.Diagnostic{f.Whole(code)}, nil
	}
	f.Data = plainLines(f.Data)
	found, composed := examine(f)
	if !composed && !norm.NFC.IsNormal(f.Data) {
		f.Data = norm.NFC.Bytes(f.Data)
	}
	return f, found, nil
}

func irregularCode(mode fs.FileMode) diag.Code {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "file-symlink"
	case mode.IsDir():
		return "file-is-folder"
	}
	return "file-irregular"
}

// encodingFault returns the code of what is wrong with the bytes, and where; an empty code for UTF-8. Validity as UTF-8
// is tested first, because a Shift_JIS decoder accepts UTF-8 silently.
func encodingFault(data []byte) (diag.Code, int) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return "encoding-utf16", 0
	case bytes.Contains(data, []byte("\x1b$B")), bytes.Contains(data, []byte("\x1b$@")):
		return "encoding-iso-2022-jp", 0
	case utf8.Valid(data):
		return "", 0
	}
	sjis, euc := japaneseCount(data, japanese.ShiftJIS.NewDecoder().Bytes), japaneseCount(data, japanese.EUCJP.NewDecoder().Bytes)
	switch {
	case euc >= fewestJapanese && euc >= sjis:
		return "encoding-euc-jp", 0
	case sjis >= fewestJapanese:
		return "encoding-shift-jis", 0
	}
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return "encoding-invalid", at
}

// fewestJapanese is how many kana and kanji make a text Japanese. One or two come out of any bytes.
const fewestJapanese = 3

// japaneseCount returns how many kana and kanji the bytes hold when decoded, or 0 when they cannot be decoded. Half-width
// kana do not count: almost any bytes give some.
func japaneseCount(data []byte, decode func([]byte) ([]byte, error)) int {
	decoded, err := decode(data)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return 0
	}
	count := 0
	for _, r := range string(decoded) {
		if r >= 0x3041 && r <= 0x30ff || r >= 0x4e00 && r <= 0x9fff {
			count++
		}
	}
	return count
}

func plainLines(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	return data
}

// examine reports control characters, bidirectional overrides and lines left by a merge. It also says whether the text
// is certainly in NFC: when every character is of a block that holds composed characters only, as those of ordinary
// Japanese and English are. (The table of package norm takes several times as long.)
func examine(f *diag.File) (found []diag.Diagnostic, composed bool) {
	composed = true
	for at, r := range string(f.Data) {
		switch {
		case r < ' ' && r != '\n' && r != '\t', r == 0x7f:
			found = append(found, f.At(at, "character-control", r))
		case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			found = append(found, f.At(at, "character-bidi", r))
		case r < 0x300, r >= 0x3000 && r < 0x302a, r >= 0x3030 && r < 0x3099, r >= 0x309b && r <= 0x30ff, r >= 0x4e00 && r <= 0x9fff, r >= 0xff00 && r <= 0xffef:
		default:
			composed = false
		}
	}
	for _, marker := range []string{"<<<<<<< ", ">>>>>>> "} {
		if at := bytes.Index(f.Data, []byte(marker)); at == 0 || at > 0 && f.Data[at-1] == '\n' {
			found = append(found, f.At(at, "merge-conflict"))
		}
	}
	return found, composed
}
