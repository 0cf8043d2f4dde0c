package publish

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Changed says that a folder differs from what its manifest lists.
type Changed struct {
	Dir    string
	Differ []Difference
}

// Error implements error.
func (c *Changed) Error() string {
	return fmt.Sprintf("%s: %d files are not what was published, first %s", c.Dir, len(c.Differ), c.Differ[0].Path)
}

// earliest is the first moment that a zip file can express (APPNOTE.TXT 4.4.6). Every file in a package gets this time, so that the same
// site gives the same bytes.
var earliest = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Package puts a published site, its manifest and the host files in its folder into one zip file. It returns the SHA-256 sum of the zip
// file in hexadecimal digits. It also writes the sum, in the format of sha256sum, into a second file beside the zip file, with ".sha256"
// added to the name. The same site gives the same bytes. A folder that differs from its manifest gives a [Changed] error, and a folder
// without a site a [Refused].
func Package(ctx context.Context, dir, file string) (sum string, err error) {
	site := FolderCopy{dir}
	_, differ, err := Verify(ctx, dir, site)
	if err != nil {
		return "", err
	}
	if len(differ) > 0 {
		return "", &Changed{dir, differ}
	}
	files, err := site.List()
	if err != nil {
		return "", err
	}
	slices.Sort(files)
	hash := sha256.New()
	err = writeWhole(file, func(w io.Writer) error {
		archive := zip.NewWriter(io.MultiWriter(w, hash))
		for _, name := range files {
			if IsLitter(filepath.Base(name)) {
				continue
			}
			content, err := site.Read(ctx, name)
			if err != nil {
				return err
			}
			header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: earliest}
			header.SetMode(0o644)
			entry, err := archive.CreateHeader(header)
			if err != nil {
				return err
			}
			if _, err := entry.Write(content); err != nil {
				return err
			}
		}
		return archive.Close()
	})
	if err != nil {
		return "", err
	}
	sum = hex.EncodeToString(hash.Sum(nil))
	return sum, writeWhole(file+".sha256", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%s  %s\n", sum, filepath.Base(file))
		return err
	})
}

// writeWhole writes a file in one step: if writing fails, the old file stays.
func writeWhole(file string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+newEnding+"*")
	if err != nil {
		return err
	}
	err = errors.Join(write(f), f.Sync(), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
