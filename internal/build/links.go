package build

import (
	"bytes"
	"fmt"
	"html"
	"path"
	"slices"
	"strings"
	"sync"

	"sitegen/internal/diag"
)

// faults collects mistakes of a theme that show only when pages are rendered: templates that fail, and dead links between the
// site's files. (Links that authors write were checked when the content was loaded.)
type faults struct {
	source Source
	files  []File // sorted by path
	mu     sync.Mutex
	found  []diag.Diagnostic
}

// holds reports whether the site has a file with this path.
func (f *faults) holds(file string) bool {
	_, found := slices.BinarySearchFunc(f.files, file, func(f File, path string) int { return strings.Compare(f.Path, path) })
	return found
}

func (f *faults) add(found ...diag.Diagnostic) {
	f.mu.Lock()
	f.found = append(f.found, found...)
	f.mu.Unlock()
}

func (f *faults) template(err error) { f.add(themeFault(f.source, err)...) }

// list returns the mistakes, sorted and each only once, because a dead link in a template would be reported for ten thousand pages.
func (f *faults) list() []diag.Diagnostic {
	diag.Sort(f.found)
	seen := map[string]bool{}
	return slices.DeleteFunc(f.found, func(d diag.Diagnostic) bool {
		said := fmt.Sprint(d.Code, d.Args)
		again := seen[said]
		seen[said] = true
		return again
	})
}

// linkWorker checks the links of pages one after another. Successive pages are mostly in the same folder and share most of their links, so
// it remembers the good links of a folder.
type linkWorker struct {
	*faults
	folder string
	good   map[string]bool // links from the folder, as written
}

func (f *faults) worker() *linkWorker { return &linkWorker{faults: f} }

// mostLinks bounds what a worker remembers. If it remembers more links than this, it forgets them before the next page. Most links of a
// large site lead to single questions and seldom come again, so remembering all of them would cost more than it saves.
const mostLinks = 4096

// check reports every dead link in an href or src of a page. In 404.html, it accepts all links that begin with a slash, because hosts show
// that page in the place of any missing file.
func (w *linkWorker) check(page string, content []byte) {
	folder := path.Dir(page)
	if w.good == nil || folder != w.folder || len(w.good) > mostLinks {
		w.folder, w.good = folder, map[string]bool{}
	}
	for rest := content; ; {
		at := bytes.IndexByte(rest, '=')
		if at < 0 {
			return
		}
		name := rest[:at]
		rest = rest[at+1:]
		if !bytes.HasSuffix(name, []byte(" href")) && !bytes.HasSuffix(name, []byte(" src")) || len(rest) == 0 || rest[0] != '"' {
			continue
		}
		end := bytes.IndexByte(rest[1:], '"') + 1
		if end == 0 {
			return
		}
		link := rest[1:end]
		rest = rest[end:]
		switch {
		case w.good[string(link)]:
		case w.leadsSomewhere(folder, string(link)):
			w.good[string(link)] = true
		case link[0] == '/' && path.Base(page) == "404.html":
		default:
			w.add((&diag.File{Name: page}).Whole("page-link-dead", string(link)))
		}
	}
}

// leadsSomewhere reports whether a link, escaped as in HTML, leads out of the site, to a place in the page, or to a file of the
// site.
func (w *linkWorker) leadsSomewhere(folder, link string) bool {
	link = html.UnescapeString(link)
	link, _, _ = strings.Cut(link, "#")
	link, _, _ = strings.Cut(link, "?")
	if colon := strings.IndexByte(link, ':'); colon >= 0 && !strings.Contains(link[:colon], "/") {
		return true
	}
	return link == "" || link[0] != '/' && w.holds(path.Join(folder, link))
}
