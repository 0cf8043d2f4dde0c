// Package plaintext reads the files that authors write, in any encoding and form that an editor may produce. Every package that
// reads content uses it. Begin with [Read].
package plaintext

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"

	"sitegen/internal/diag"
)

// Read reads a file and converts it to plain text: UTF-8 without a byte order mark, LF line ends, NFC. A file that cannot be
// read like this gives a diagnostic, which names the encoding that the file seems to have. folder is the content folder's name
// in messages, name the file's path in it. The error is about the machine.
func Read(content fs.FS, folder, name string) (*diag.File, []diag.Diagnostic, error) {
	f, found, err := ReadBytes(content, folder, name)
	if err != nil || len(found) > 0 {
		return f, found, err
	}
	if isDocument(f.Data) {
		return f, []diag.Diagnostic{f.Whole("file-document")}, nil
	}
	if code, at := encodingFault(f.Data); code != "" {
		return f, []diag.Diagnostic{encodingFinding(f, code, at)}, nil
	}
	f.Data = plainLines(f.Data)
	found, composed := examine(f)
	if !composed && !norm.NFC.IsNormal(f.Data) {
		f = &diag.File{Name: f.Name, Data: norm.NFC.Bytes(f.Data)}
	}
	return f, found, nil
}

// Has reports whether the content folder has a file or folder with this name. It also returns true if it cannot tell: an attempt to
// read the file then gives the reason.
func Has(content fs.FS, name string) bool {
	_, err := fs.Stat(content, name)
	return !errors.Is(err, fs.ErrNotExist)
}

// ReadBytes reads a file without changing it. A missing file, or one above the folder's limit (see [Within]), gives a
// diagnostic. It reads nothing once the folder's context has ended (see [Until]). It reads only regular files, because a device
// or a pipe could block forever. The error is about the machine.
func ReadBytes(content fs.FS, folder, name string) (*diag.File, []diag.Diagnostic, error) {
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
	if limit := LimitsOf(content).File; info.Size() > limit {
		return f, []diag.Diagnostic{f.Whole("file-too-large", Size(info.Size()), limit/MB, Enough(info.Size(), MostFile))}, nil
	}
	if f.Data, err = fs.ReadFile(content, name); err != nil {
		if ended := Ended(content); ended != nil {
			return f, nil, ended
		}
		return f, []diag.Diagnostic{f.Whole("file-unreadable")}, nil
	}
	return f, nil, nil
}

// documents are the first bytes of document formats: .docx and .xlsx, .doc and .xls, PDF, RTF.
var documents = []string{"PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "%PDF-", `{\rtf`}

// isDocument reports whether a file has one of these formats, whatever its name is.
func isDocument(data []byte) bool {
	return slices.ContainsFunc(documents, func(begin string) bool { return bytes.HasPrefix(data, []byte(begin)) })
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

// encodingFault returns the code and the offset of what is wrong with the encoding; the code is "" for UTF-8. It tests for UTF-8
// before Shift_JIS, because a Shift_JIS decoder accepts UTF-8 without an error.
func encodingFault(data []byte) (diag.Code, int) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return "encoding-utf16", 0
	case bytes.Contains(data, []byte("\x1b$B")), bytes.Contains(data, []byte("\x1b$@")):
		return "encoding-iso-2022-jp", 0
	case looksLikeUTF16(data):
		return "encoding-utf16", 0
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

// garbled are what common UTF-8 characters become if a program reads them as Shift_JIS or Western European and saves that: の
// becomes 縺ｮ.
var garbled = []string{"縺ｮ", "縺ｯ", "縺ｫ", "縺ｧ", "縺ｾ", "繧ｹ", "繧ｫ", "繝ｼ", "ã€", "ã‚", "ãƒ", "â€™", "â€œ", "Ã©"}

// encodingFinding returns the finding about a file that is not UTF-8. If the whole file can be decoded, the finding carries the text
// as a fix.
func encodingFinding(f *diag.File, code diag.Code, at int) diag.Diagnostic {
	if code == "encoding-invalid" {
		return f.At(at, code, f.Data[at], at)
	}
	text, ok := decode(f.Data, code)
	if !ok {
		return f.Whole(code)
	}
	return f.Mendable(f.Whole(code), diag.Edit{Old: string(f.Data), New: text})
}

// decode decodes a file from the encoding that a code names.
func decode(data []byte, code diag.Code) (string, bool) {
	if code == "encoding-utf16" {
		return decodeUTF16(data)
	}
	encodings := map[diag.Code]encoding.Encoding{
		"encoding-shift-jis": japanese.ShiftJIS, "encoding-euc-jp": japanese.EUCJP, "encoding-iso-2022-jp": japanese.ISO2022JP,
	}
	text, err := encodings[code].NewDecoder().Bytes(data)
	return string(text), err == nil && !bytes.ContainsRune(text, utf8.RuneError)
}

// decodeUTF16 decodes UTF-16 in either byte order, with or without a byte order mark.
func decodeUTF16(data []byte) (string, bool) {
	big := bytes.HasPrefix(data, []byte{0xfe, 0xff})
	if !big && !bytes.HasPrefix(data, []byte{0xff, 0xfe}) {
		even := 0 // a NUL byte at an even offset is the first half of an ASCII character
		for i := 0; i < len(data); i += 2 {
			if data[i] == 0 {
				even++
			}
		}
		big = 2*even > bytes.Count(data, []byte{0})
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		low, high := data[2*i], data[2*i+1]
		if big {
			low, high = high, low
		}
		units[i] = uint16(high)<<8 | uint16(low)
	}
	text := strings.TrimPrefix(string(utf16.Decode(units)), "\uFEFF")
	return text, len(data)%2 == 0 && !strings.ContainsRune(text, utf8.RuneError) && !strings.ContainsRune(text, 0)
}

// looksLikeUTF16 reports whether bytes without a byte order mark are UTF-16: they then contain kana, or about half of them are
// NUL, as in ASCII text.
func looksLikeUTF16(data []byte) bool {
	if nul := bytes.Count(data, []byte{0}); nul == 0 || len(data)%2 != 0 {
		return false
	} else if text, ok := decodeUTF16(data); ok {
		kana := strings.Count(text, "の") + strings.Count(text, "は") + strings.Count(text, "、") + strings.Count(text, "。")
		return kana >= fewestJapanese || 5*nul > 2*len(data)
	}
	return false
}

// fewestJapanese is how many kana and kanji show that a text is Japanese. Random bytes may give one or two.
const fewestJapanese = 3

// japaneseCount returns the number of kana and kanji in the decoded bytes, or 0 if they cannot be decoded. Half-width kana do
// not count: almost any bytes give some.
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

// examine reports characters that nobody sees or that only some machines show, garbled text, and conflict markers of a merge.
// composed means that the text is certainly in NFC, because every character is in a block that only has composed characters,
// like ordinary Japanese and English. (The table of package norm takes several times as long.)
func examine(f *diag.File) (list []diag.Diagnostic, composed bool) {
	var found diag.Findings
	composed = true
	before := ' '
	for at, r := range string(f.Data) {
		switch {
		case r == '\n', r == '\t', r >= ' ' && r < 0x7f || r > 0x9f && r < 0x300 && r != softHyphen, r >= 0x3000 && r < 0x302a, r >= 0x3030 && r < 0x3099, r >= 0x309b && r <= 0x30ff, r >= 0x4e00 && r <= 0x9fff, r >= 0xff00 && r <= 0xffef && r != 0xffa0:
		default:
			composed = composed && r < 0x300
			if code := Fault(r, before); code != "" {
				found.Add(finding(f, at, r, code))
			}
		}
		before = r
	}
	for _, sign := range garbled {
		if at := bytes.Index(f.Data, []byte(sign)); at >= 0 {
			found.Add(f.At(at, "character-garbled"))
			break
		}
	}
	for _, marker := range []string{"<<<<<<< ", ">>>>>>> "} {
		if at := bytes.Index(f.Data, []byte(marker)); at == 0 || at > 0 && f.Data[at-1] == '\n' {
			found.Add(f.At(at, "merge-conflict"))
		}
	}
	return found.List, composed
}

// IsBlank reports whether a file has only empty lines and comments.
func IsBlank(data []byte) bool {
	lines := bytes.FieldsFunc(data, func(r rune) bool { return r == '\n' || r == '\r' })
	return !slices.ContainsFunc(lines, func(line []byte) bool {
		line = bytes.TrimSpace(line)
		return len(line) > 0 && line[0] != '#'
	})
}
