package declare

import (
	"io/fs"
	"path"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// checkSizes returns whether all files together are within the size limit, and reports content that is not. Files of questions do not
// count, because the program does not hold all of them in memory at once. Neither do files that are too large to be read at all.
func (r *Reading) checkSizes() (bool, error) {
	limits := plaintext.LimitsOf(r.Content)
	var all, largest int64
	var name string
	err := fs.WalkDir(r.Content, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // the error is reported when the file is read
		case file != "." && schema.Ignored(entry.Name()):
			return skip(entry)
		case entry.IsDir():
			if file == "faq" || strings.HasPrefix(file, "profiles/") && path.Base(file) == "faq" {
				return fs.SkipDir
			}
			return nil
		}
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > limits.File {
			return nil // plaintext.Read refuses such a file and reports it
		}
		if all += info.Size(); info.Size() > largest {
			largest, name = info.Size(), file
		}
		return nil
	})
	if err != nil || all <= limits.All {
		return true, err
	}
	r.Report((&diag.File{Name: r.Name}).Whole("content-too-large", plaintext.Size(all), limits.All/plaintext.MB, plaintext.Enough(all, plaintext.MostAll), name))
	return false, nil
}

// skip returns what a function for fs.WalkDir must return to skip an entry.
func skip(entry fs.DirEntry) error {
	if entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// checkLimits reports limits that are out of range, and applies the limits to all files that are read afterwards.
func (n *Names) checkLimits(f *diag.File, y *limitsYAML) {
	if y != nil && y.File != nil {
		n.Report(schema.FileSizes.Check(f, *y.File)...)
	}
	if y != nil && y.All != nil {
		n.Report(schema.AllSizes.Check(f, *y.All)...)
	}
	n.Content = plaintext.Within(n.Content, y.bytes())
}

// bytes returns the limits in bytes. For a limit that is not set or is out of range, it returns the default.
func (y *limitsYAML) bytes() plaintext.Limits {
	limits := plaintext.DefaultLimits
	if y == nil {
		return limits
	}
	if y.File != nil && schema.FileSizes.Has(y.File.Value) {
		limits.File = int64(y.File.Value) * plaintext.MB
	}
	if y.All != nil && schema.AllSizes.Has(y.All.Value) {
		limits.All = int64(y.All.Value) * plaintext.MB
	}
	return limits
}

// limitsYAML has the size limits of the content, in MB: for one file, and for all files together. See plaintext.Limits.
type limitsYAML struct {
	File *strictyaml.Number `yaml:"file,optional"`
	All  *strictyaml.Number `yaml:"all,optional"`
}

// Bounded returns a content folder with the size limits that its site.yaml sets. If site.yaml sets no limits or cannot be read, the
// default limits apply.
func Bounded(content fs.FS) fs.FS {
	var decoded siteFile
	content = plaintext.Within(content, plaintext.DefaultLimits)
	if f, found, err := plaintext.Read(content, "", "site.yaml"); err == nil && len(found) == 0 {
		strictyaml.Decode(f, 0, len(f.Data), &decoded) // mistakes are reported when the site is loaded
	}
	return plaintext.Within(content, decoded.Limits.bytes())
}
