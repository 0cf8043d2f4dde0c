// Package plaintext reads the files that authors write, in any encoding and form that an editor may produce. Every package that reads
// content uses this package. Begin with [Read].
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

// Read reads a file and converts it to plain text: UTF-8 in NFC, without a byte order mark, and with LF line ends. If the file is not text
// in UTF-8, Read returns the unchanged bytes and a diagnostic. It also returns a diagnostic for each faulty character (see [Fault]), for
// garbled text and for the conflict markers of a merge. It also reports the files that [ReadBytes] reports. `folder` is the content
// folder's name in messages, and `name` is the file's path in that folder. The error is not an author's mistake: the disk cannot be read,
// or the context of [Until] has ended.
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

// Has reports whether the content folder has a file or folder with this name. If an error prevents the check, it returns true. Reading the
// file then returns the error.
func Has(content fs.FS, name string) bool {
	_, err := fs.Stat(content, name)
	return !errors.Is(err, fs.ErrNotExist)
}

// ReadBytes reads a file without changing it. It returns a diagnostic if the file is missing, unreadable or larger than the folder's
// limit (see [Within]), or if it is not a regular file: a device or a pipe could block forever. The error is not an author's mistake:
// the disk cannot be read, or the context of [Until] has ended.
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

// isDocument reports whether a file begins with one of `documents`.
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

// encodingFault returns a code for the fault of the encoding; it is "" for UTF-8. The offset is that of the first byte that is not UTF-8 if
// the encoding is unknown, otherwise 0. UTF-8 is tested before Shift_JIS, because a decoder for Shift_JIS accepts UTF-8 without an error.
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

// garbled lists what common characters become if a program reads their UTF-8 bytes as Shift_JIS or Windows-1252. For example, の becomes 縺ｮ.
// Every kana becomes 縺, 繧 or 繝 with one more character, and ordinary Japanese has none of these three.
var garbled = []string{"縺", "繧", "繝", "ã€", "ã‚", "ãƒ", "â€™", "â€œ", "Ã©"}

// IsGarbled reports whether a file has a sign of garbled text. Its half-width kana are then parts of other characters.
func IsGarbled(data []byte) bool {
	return slices.ContainsFunc(garbled, func(sign string) bool { return bytes.Contains(data, []byte(sign)) })
}

// encodingFinding returns the finding about a file that is not UTF-8. If the whole file can be decoded, the finding has an edit that
// replaces the bytes with the decoded text.
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

// decode returns a file's text, decoded from the encoding that the code names. It returns false if a part cannot be decoded.
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

// decodeUTF16 decodes UTF-16 in either byte order, with or without a byte order mark. It returns false if a part cannot be decoded, or if
// the text contains a NUL character.
func decodeUTF16(data []byte) (string, bool) {
	big := bytes.HasPrefix(data, []byte{0xfe, 0xff})
	if !big && !bytes.HasPrefix(data, []byte{0xff, 0xfe}) {
		even := 0 // NUL bytes at even offsets: the first halves of ASCII characters in big-endian order
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

// looksLikeUTF16 reports whether bytes without a byte order mark are probably UTF-16. They must contain NUL and be decodable. In addition,
// nine characters of ten must be Latin or Japanese, and at least a few of them kana or Japanese marks; or more than 40 % of the bytes must be NUL.
func looksLikeUTF16(data []byte) bool {
	nul := bytes.Count(data, []byte{0})
	if nul == 0 || len(data)%2 != 0 {
		return false
	}
	text, ok := decodeUTF16(data)
	if !ok {
		return false
	}
	usual, japanese, all := 0, 0, 0
	for _, r := range text {
		switch all++; {
		case r >= 0x3001 && r <= 0x3002, r >= 0x3041 && r <= 0x30ff:
			usual++
			japanese++
		case r <= 0x24f, r >= 0x4e00 && r <= 0x9fff, r >= 0xff01 && r <= 0xff5e:
			usual++
		}
	}
	return japanese >= fewestJapanese && 10*usual > 9*all || 5*nul > 2*len(data)
}

// fewestJapanese is the minimum number of Japanese characters in a text that counts as Japanese. Random bytes can decode to one or two.
const fewestJapanese = 3

// japaneseCount returns the number of kana and kanji in the decoded bytes, or 0 if the bytes cannot be decoded. Half-width kana do not
// count, because almost any bytes decode to some of them.
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

// plainLines removes a byte order mark, and replaces CRLF and CR with LF.
func plainLines(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	return data
}

// examine reports faulty characters, garbled text, and conflict markers of a merge. `composed` is true if all characters are in blocks that
// need no composition, such as those of ordinary Japanese and English; the text is then in NFC. (Asking package norm would take several
// times as long.)
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

// IsBlank reports whether a file has only empty lines and comments, which begin with #.
func IsBlank(data []byte) bool {
	lines := bytes.FieldsFunc(data, func(r rune) bool { return r == '\n' || r == '\r' })
	return !slices.ContainsFunc(lines, func(line []byte) bool {
		line = bytes.TrimSpace(line)
		return len(line) > 0 && line[0] != '#'
	})
}
