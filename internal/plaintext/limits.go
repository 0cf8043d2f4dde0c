package plaintext

import (
	"io/fs"
	"math"
	"strconv"
)

// Limits bound what is read, in bytes. A file that grew by accident, such as a log or a film with the name of a page, is told
// and not read.
type Limits struct {
	File int64 // of one file
	All  int64 // of all files together, without those of questions
}

// DefaultLimits hold where the content sets no others.
var DefaultLimits = Limits{File: 2 * MB, All: 20 * MB}

// MB is the unit in which limits are told, 2²⁰ bytes.
const MB = 1 << 20

// MostFile and MostAll are the highest limits that a content may set, in MB.
const MostFile, MostAll = 100, 1_000

// Enough words the least limit, in MB, within which so many bytes could be read; "" where none may be so high.
func Enough(bytes int64, most int64) string {
	if limit := (bytes + MB - 1) / MB; limit <= most {
		return strconv.FormatInt(limit, 10)
	}
	return ""
}

// Size words a number of bytes in MB.
func Size(bytes int64) string {
	return strconv.FormatFloat(math.Round(float64(10*bytes)/MB)/10, 'f', -1, 64)
}

// Within returns a content folder whose files [Read] reads only within the limits.
func Within(content fs.FS, limits Limits) fs.FS {
	if b, ok := content.(bounded); ok {
		content = b.FS
	}
	return bounded{content, limits}
}

// LimitsOf returns the limits within which a content folder is read.
func LimitsOf(content fs.FS) Limits {
	if b, ok := content.(bounded); ok {
		return b.limits
	}
	return DefaultLimits
}

type bounded struct {
	fs.FS
	limits Limits
}

// The methods say what the folder itself says, and are as fast.

// ReadFile implements [fs.ReadFileFS].
func (b bounded) ReadFile(name string) ([]byte, error) { return fs.ReadFile(b.FS, name) }

// ReadDir implements [fs.ReadDirFS].
func (b bounded) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(b.FS, name) }

// Stat implements [fs.StatFS].
func (b bounded) Stat(name string) (fs.FileInfo, error) { return fs.Stat(b.FS, name) }

// Lstat implements [fs.ReadLinkFS].
func (b bounded) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(b.FS, name) }

// ReadLink implements [fs.ReadLinkFS].
func (b bounded) ReadLink(name string) (string, error) { return fs.ReadLink(b.FS, name) }
