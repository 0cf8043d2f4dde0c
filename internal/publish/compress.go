package publish

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/andybalholm/brotli"
)

// compression is a compressed form in which a host can send a file.
type compression struct {
	ending string // appended to the name of the file; the host looks for the resulting name
	writer func(io.Writer) io.WriteCloser
}

// compressions are the forms that all supported browsers can read. Brotli at quality 9 takes a tenth of the time of quality 11.
var compressions = []compression{
	{".br", func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 9) }},
	{".gz", func(w io.Writer) io.WriteCloser {
		compressor, err := gzip.NewWriterLevel(w, gzip.BestCompression)
		if err != nil {
			panic("BUG: " + err.Error())
		}
		return compressor
	}},
}

// compressible are the endings of files that compression makes smaller.
var compressible = []string{".html", ".js", ".json", ".xml", ".txt", ".svg", ".ics", ".wasm"}

// smallest is the size in bytes from which compression pays. A smaller file fits into one network packet anyway.
const smallest = 1400

// compress writes a file in each compressed form that is smaller than the file itself, and returns the entries of what it wrote. If the
// file has not changed, it reuses the compressed forms of the last publication.
func (t *Tree) compress(of Entry, content []byte) ([]Entry, error) {
	if !t.Compress || of.Size < smallest || !slices.Contains(compressible, path.Ext(of.Path)) {
		return nil, nil
	}
	var made []Entry
	for _, compression := range compressions {
		name := of.Path + compression.ending
		packed := t.packedBefore(of, name)
		if packed == nil {
			var out bytes.Buffer
			w := compression.writer(&out)
			if _, err := w.Write(content); err != nil {
				return nil, err
			}
			if err := w.Close(); err != nil {
				return nil, err
			}
			packed = out.Bytes()
		}
		if len(packed) >= of.Size {
			continue
		}
		entry := entryOf(name, packed)
		if err := t.writeEntry(entry, packed); err != nil {
			return nil, err
		}
		made = append(made, entry)
	}
	return made, nil
}

// packedBefore returns the compressed form of a file from the last publication. `name` is the path of that form. It returns nil if the
// file or the version of sitegen has changed, or if the compressed form is missing or damaged.
func (t *Tree) packedBefore(of Entry, name string) []byte {
	if t.standing[of.Path].Entry != of || t.Previous.Generator != t.Version {
		return nil
	}
	before, stands := t.standing[name]
	if !stands {
		return nil
	}
	packed, err := os.ReadFile(filepath.Join(t.real, filepath.FromSlash(name)))
	if err != nil || !before.is(packed) {
		return nil
	}
	return packed
}
