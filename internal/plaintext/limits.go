package plaintext

import (
	"context"
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
	b := boundedOf(content)
	b.limits = limits
	return b
}

// LimitsOf returns the limits within which a content folder is read.
func LimitsOf(content fs.FS) Limits { return boundedOf(content).limits }

// Until returns a content folder of which nothing can be read any more once the context has ended: the error is the context's.
// Whoever loads a site reads files all the time, so that loading ends with the context, too.
func Until(ctx context.Context, content fs.FS) fs.FS {
	b := boundedOf(content)
	b.ended = ctx.Err
	return b
}

// Ended returns the error of the context until which a content folder may be read, once that has ended.
func Ended(content fs.FS) error { return boundedOf(content).ended() }

// bounded is a content folder with bounds to what is read of it. Its methods say what the folder itself says, and are as fast.
type bounded struct {
	fs.FS
	limits Limits
	ended  func() error
}

func boundedOf(content fs.FS) bounded {
	if b, ok := content.(bounded); ok {
		return b
	}
	return bounded{content, DefaultLimits, func() error { return nil }}
}

// Open implements [fs.FS].
func (b bounded) Open(name string) (fs.File, error) { return unlessEnded(b, b.FS.Open, name) }

// ReadFile implements [fs.ReadFileFS].
func (b bounded) ReadFile(name string) ([]byte, error) {
	return unlessEnded(b, in(b, fs.ReadFile), name)
}

// ReadDir implements [fs.ReadDirFS].
func (b bounded) ReadDir(name string) ([]fs.DirEntry, error) {
	return unlessEnded(b, in(b, fs.ReadDir), name)
}

// Stat implements [fs.StatFS].
func (b bounded) Stat(name string) (fs.FileInfo, error) { return unlessEnded(b, in(b, fs.Stat), name) }

// Lstat implements [fs.ReadLinkFS].
func (b bounded) Lstat(name string) (fs.FileInfo, error) {
	return unlessEnded(b, in(b, fs.Lstat), name)
}

// ReadLink implements [fs.ReadLinkFS].
func (b bounded) ReadLink(name string) (string, error) {
	return unlessEnded(b, in(b, fs.ReadLink), name)
}

// in binds a function to the folder itself.
func in[T any](b bounded, read func(fs.FS, string) (T, error)) func(string) (T, error) {
	return func(name string) (T, error) { return read(b.FS, name) }
}

// unlessEnded reads something of the folder, unless the context has ended.
func unlessEnded[T any](b bounded, read func(string) (T, error), name string) (result T, err error) {
	if err := b.ended(); err != nil {
		return result, err
	}
	return read(name)
}
