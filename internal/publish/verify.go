package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"sitegen/internal/disk"
	"sitegen/internal/parallel"
)

// Fault says how a file of a copy differs from what was published.
type Fault string

// The ways in which a file can differ. internal/report/published.go has the messages about them.
const (
	Missing   Fault = "missing"    // it does not exist
	Differs   Fault = "differs"    // its content differs
	LineEnds  Fault = "line-ends"  // only the line ends differ, as after a transfer in text mode
	Unmarked  Fault = "unmarked"   // only the byte order mark at its beginning is missing
	NotListed Fault = "not-listed" // it exists, but was not published
)

// Difference is a file of a copy that differs from what was published.
type Difference struct {
	Path  string
	Fault Fault
}

// Copy is a copy of a published site: in a folder or on a host.
type Copy interface {
	// Read returns the content of a file. The error is [fs.ErrNotExist] if there is no such file, and a [disk.TooLarge] if the file is far
	// larger than any of a site.
	Read(ctx context.Context, path string) ([]byte, error)
	// List returns the paths of all files, or nil if they cannot be listed.
	List() ([]string, error)
}

// Verify compares a copy of a site with the manifest in the copy. `name` is the copy's name in messages. It returns the number of files
// that the manifest lists, and the differences by path. Without a readable manifest it returns a [Refused] error.
func Verify(ctx context.Context, name string, site Copy) (files int, differ []Difference, err error) {
	text, err := site.Read(ctx, ManifestName)
	large := (*disk.TooLarge)(nil)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil, &Refused{NoSite, name, ManifestName}
	}
	if err != nil && !errors.As(err, &large) {
		return 0, nil, err
	}
	manifest := parseManifest(text)
	if manifest == nil {
		return 0, nil, &Refused{CopyUnknown, name, ManifestName}
	}
	entries := slices.Concat(manifest.Files, manifest.Kept)
	var mu sync.Mutex
	err = parallel.Each(len(entries), func() func(int) error {
		return func(i int) error {
			fault, err := entries[i].compare(ctx, site)
			if fault != "" {
				mu.Lock()
				differ = append(differ, Difference{entries[i].Path, fault})
				mu.Unlock()
			}
			return errors.Join(err, ctx.Err())
		}
	})
	if err != nil {
		return 0, nil, err
	}
	there, err := site.List()
	ours := manifest.paths()
	for _, name := range there {
		if !ours[name] && name != ManifestName && !IsHostFile(name) && !IsLitter(filepath.Base(name)) {
			differ = append(differ, Difference{name, NotListed})
		}
	}
	slices.SortFunc(differ, func(a, b Difference) int { return strings.Compare(a.Path, b.Path) })
	return len(entries), differ, err
}

// compare returns how a file of a copy differs from the entry, or "" if it does not differ. The error says that the file cannot be
// read.
func (e Entry) compare(ctx context.Context, site Copy) (Fault, error) {
	content, err := site.Read(ctx, e.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Missing, nil
	case errors.As(err, new(*disk.TooLarge)) && e.Size < largestFile:
		return Differs, nil
	case err != nil:
		return "", err
	case e.is(content):
		return "", nil
	case e.is(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))):
		return LineEnds, nil
	case e.is(append([]byte("\ufeff"), content...)):
		return Unmarked, nil
	}
	return Differs, nil
}

// largestFile limits how many bytes are read from one file of a copy. A host file has at most 100 MB, and every other file far less.
const largestFile = 128 << 20

// FolderCopy is a site in a folder.
type FolderCopy struct{ Dir string }

// Read implements [Copy].
func (c FolderCopy) Read(_ context.Context, path string) ([]byte, error) {
	root, err := os.OpenRoot(c.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.Open(filepath.FromSlash(path))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return disk.AtMost(f, largestFile)
}

// List implements [Copy]. It leaves out what publishing itself puts into the folder, such as the lock that a killed build left.
func (c FolderCopy) List() (files []string, err error) {
	err = fs.WalkDir(os.DirFS(c.Dir), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (inProgress(name) || isLostAndFound(c.Dir, name)):
			return fs.SkipDir
		case !entry.IsDir() && name != lockEnding:
			files = append(files, name)
		}
		return nil
	})
	return files, err
}

// HostCopy is a site on a host. Address ends in a slash.
type HostCopy struct {
	Address string
	Client  *http.Client
}

// Read implements [Copy]. The statuses 403, 404 and 410 say that a file is missing, even if the host sends an error page of its own.
func (c HostCopy) Read(ctx context.Context, path string) ([]byte, error) {
	address := c.Address + (&url.URL{Path: path}).EscapedPath()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Cache-Control", "no-cache")
	request.Header.Set("Accept-Encoding", "identity") // the host then sends the files as they are stored, including compressed ones
	answer, err := c.Client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusNotFound, answer.StatusCode == http.StatusGone, answer.StatusCode == http.StatusForbidden:
		return nil, &fs.PathError{Op: "get", Path: address, Err: fs.ErrNotExist}
	case answer.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%s: %s", address, answer.Status)
	}
	return disk.Limited(answer.Body, address, largestFile)
}

// List implements [Copy]. It returns nil: a host does not list its files.
func (c HostCopy) List() ([]string, error) { return nil, nil }

// IsAddress reports whether a name is the address of a host, not a folder.
func IsAddress(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}
