package plaintext

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"strconv"
)

// Limits are the maximum numbers of bytes to read. A larger file, such as a log or a video with the name of a page, is reported and not
// read.
type Limits struct {
	File int64 // the limit for one file
	All  int64 // the limit for all files together, except the files of questions
}

// DefaultLimits are the limits if the content does not set any.
var DefaultLimits = Limits{File: 2 * MB, All: 20 * MB}

// MB is the unit of limits in messages, 2²⁰ bytes.
const MB = 1 << 20

// MostFile and MostAll are the highest limits that content may set, in MB.
const MostFile, MostAll = 100, 1_000

// Enough returns the lowest limit in whole MB that allows this many bytes. It returns "" if that limit is higher than `most` MB.
func Enough(bytes int64, most int64) string {
	if limit := (bytes + MB - 1) / MB; limit <= most {
		return strconv.FormatInt(limit, 10)
	}
	return ""
}

// Size returns a number of bytes in MB, with at most one decimal and without the unit.
func Size(bytes int64) string {
	return strconv.FormatFloat(math.Round(float64(10*bytes)/MB)/10, 'f', -1, 64)
}

// Within returns a content folder with these limits. [Read] reports a file of the folder that is larger, and does not read it.
func Within(content fs.FS, limits Limits) fs.FS {
	b := boundedOf(content)
	b.limits = limits
	return b
}

// LimitsOf returns the limits of a content folder: those of [Within], or else [DefaultLimits].
func LimitsOf(content fs.FS) Limits { return boundedOf(content).limits }

// Until returns a content folder from which nothing can be read once the context has ended. Reading then returns the context's error.
// Loading a site reads files all the time, so loading stops soon after the context ends.
func Until(ctx context.Context, content fs.FS) fs.FS {
	b := boundedOf(content)
	b.ended = ctx.Err
	return b
}

// Ended returns the error of the context that was given to [Until] if that context has ended, otherwise nil.
func Ended(content fs.FS) error { return boundedOf(content).ended() }

// bounded is a content folder with limits. Its methods call the methods of the folder, because a folder may have faster ways to read a file
// than Open.
type bounded struct {
	fs.FS
	limits Limits
	ended  func() error // returns the context's error once the context has ended
}

// boundedOf returns `content` itself if it is a bounded folder. Otherwise it wraps `content` in a bounded folder with the default limits
// and without a context.
func boundedOf(content fs.FS) bounded {
	if b, ok := content.(bounded); ok {
		return b
	}
	return bounded{content, DefaultLimits, func() error { return nil }}
}

// Open implements [fs.FS].
func (b bounded) Open(name string) (fs.File, error) { return unlessEnded(b, b.FS.Open, name) }

// ReadFile implements [fs.ReadFileFS]. A file that is larger than the limit is an error.
func (b bounded) ReadFile(name string) ([]byte, error) {
	return unlessEnded(b, b.readWithin, name)
}

func (b bounded) readWithin(name string) ([]byte, error) {
	if info, err := fs.Stat(b.FS, name); err == nil && info.Size() > b.limits.File {
		return nil, fmt.Errorf("%s is too large: %s MB, and %s MB at most", name, Size(info.Size()), Size(b.limits.File))
	}
	return fs.ReadFile(b.FS, name)
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

// in returns a function that calls `read` with the folder that b wraps.
func in[T any](b bounded, read func(fs.FS, string) (T, error)) func(string) (T, error) {
	return func(name string) (T, error) { return read(b.FS, name) }
}

// unlessEnded calls `read` with a name. If the context has ended, it returns the context's error instead.
func unlessEnded[T any](b bounded, read func(string) (T, error), name string) (result T, err error) {
	if err := b.ended(); err != nil {
		return result, err
	}
	return read(name)
}
