package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Fault says how a file of a copied site is not what was published.
type Fault string

// How a file of a copy differs from what was published. The command words each (verify.go).
const (
	Missing   Fault = "missing"    // it is not there
	Differs   Fault = "differs"    // its content differs
	LineEnds  Fault = "line-ends"  // only its line ends are others, as after a transfer in text mode
	Unmarked  Fault = "unmarked"   // only the byte order mark at its beginning is gone
	NotListed Fault = "not-listed" // it is there, and was not published
)

// Difference is one file of a copy that is not what was published.
type Difference struct {
	Path  string
	Fault Fault
}

// A Copy is a published site somewhere: in a folder, or on a host.
type Copy interface {
	// Read returns a file, or an error that is [fs.ErrNotExist].
	Read(ctx context.Context, path string) ([]byte, error)
	// List returns every file, or nil where that cannot be known.
	List() ([]string, error)
}

// Verify compares a copy with the manifest in it. It returns how many files it looked at, and those that differ by path.
// A copy without a manifest that can be understood is refused.
func Verify(ctx context.Context, name string, site Copy) (files int, differ []Difference, err error) {
	text, err := site.Read(ctx, ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil, &Refused{NoSite, name, ManifestName}
	}
	if err != nil {
		return 0, nil, err
	}
	manifest := parseManifest(text)
	if manifest == nil {
		return 0, nil, &Refused{MarkerUnknown, name, ManifestName}
	}
	entries := slices.Concat(manifest.Files, manifest.Kept)
	var mu sync.Mutex
	err = each(len(entries), func() func(int) error {
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
		if !ours[name] && name != ManifestName && !isHostFile(name) && !isLitter(filepath.Base(name)) {
			differ = append(differ, Difference{name, NotListed})
		}
	}
	slices.SortFunc(differ, func(a, b Difference) int { return compare(a.Path, b.Path) })
	return len(entries), differ, err
}

// compare returns how a file of a copy differs; "" where it does not.
func (e Entry) compare(ctx context.Context, site Copy) (Fault, error) {
	content, err := site.Read(ctx, e.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Missing, nil
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

// FolderCopy is a site in a folder.
type FolderCopy struct{ Dir string }

// Read implements [Copy].
func (c FolderCopy) Read(_ context.Context, path string) ([]byte, error) {
	root, err := os.OpenRoot(c.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.ReadFile(filepath.FromSlash(path))
}

// List implements [Copy].
func (c FolderCopy) List() (files []string, err error) {
	err = fs.WalkDir(os.DirFS(c.Dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && inProgress(name) {
			return fs.SkipDir
		}
		if err == nil && !entry.IsDir() {
			files = append(files, name)
		}
		return err
	})
	return files, err
}

// HostCopy is a site on a host. Its address ends in a slash.
type HostCopy struct {
	Address string
	Client  *http.Client
}

// largestFile is the most that is read of one file of a host, in bytes: far more than any page has.
const largestFile = 64 << 20

// Read implements [Copy]. A host that answers with a page of its own for a file it does not have says so by its status.
func (c HostCopy) Read(ctx context.Context, path string) ([]byte, error) {
	address := c.Address + (&url.URL{Path: path}).EscapedPath()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Cache-Control", "no-cache")
	request.Header.Set("Accept-Encoding", "identity") // the files as they lie there, compressed ones too
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
	return io.ReadAll(io.LimitReader(answer.Body, largestFile))
}

// List implements [Copy]: a host does not say what else it has.
func (c HostCopy) List() ([]string, error) { return nil, nil }

// IsAddress reports whether a name is that of a host rather than a folder.
func IsAddress(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}
