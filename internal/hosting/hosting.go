// Package hosting writes what a host must be told about a site: its configuration, and a page for whoever puts the site
// there. A kind of host goes in, files come out; nothing is read and nothing is published. Begin with [Files].
package hosting

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"
)

//go:embed all:templates
var templates embed.FS

// Hosts are the kinds of host that are known, by name.
var Hosts = []string{"apache", "cloudflare", "github-pages", "iis", "netlify", "nginx", "s3"}

// Mark stands in the first lines of every file that has lines, so that a file of somebody else is not replaced.
const Mark = "sitegen host"

// Header is a line that a host adds to what it sends.
type Header struct{ Name, Value string }

// headers are sent with every file. A page's own policy stands in the page; what can only be said by a header is who
// may show the page in a frame (Content Security Policy Level 3, 6.4.2): everybody may show embed.html.
var headers = []Header{
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
	{"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
	{"Strict-Transport-Security", "max-age=31536000"},
}

// frames are sent with every page but embed.html.
var frames = []Header{
	{"Content-Security-Policy", "frame-ancestors 'self'"},
	{"X-Frame-Options", "SAMEORIGIN"},
}

// The times for which a browser may keep what it has: a file whose name holds a hash of its content never changes, any
// other is asked for again.
const (
	keepForever = "public, max-age=31536000, immutable"
	askAgain    = "no-cache"
)

// OwnPolicy is the line for Apache that removes the server's own Content-Security-Policy. Each page carries one of its own; a
// server's that forbids styles within pages would leave it without style.
const OwnPolicy = "Header unset Content-Security-Policy"

// view is what the templates see.
type view struct {
	Host                          string
	Mark                          string
	Path                          string // of the site on its host, with slashes at both ends
	Known                         bool   // whether the path is known, or assumed to be the root
	Headers, Frames               []Header
	KeepForever, AskAgain, Hashed string
	Types                         []Type
	EmbedPath                     string
	EmbedPaths                    []string // where a path may hold *, once
	OwnPolicy                     string
}

// Type is the media type of an ending.
type Type struct{ Ending, Media string }

// types are those that hosts do not always know.
var types = []Type{
	{"html", "text/html"}, {"js", "text/javascript"}, {"json", "application/json"}, {"wasm", "application/wasm"},
	{"xml", "application/xml"}, {"ics", "text/calendar"}, {"svg", "image/svg+xml"}, {"txt", "text/plain"},
}

// File is one file to write.
type File struct {
	Name    string
	Content []byte
}

// Files returns the configuration for a kind of host and a page of instructions in Japanese and English. path is where
// the site lies on its host, with slashes at both ends, or "" where that is not known. A host that is not one of [Hosts]
// is a bug.
func Files(host, sitePath string) []File {
	v := view{
		Host: host, Mark: Mark, Path: sitePath, Known: sitePath != "", Headers: headers, Frames: frames,
		KeepForever: keepForever, AskAgain: askAgain, Hashed: `\.[0-9a-f]{12}\.(js|json|svg|wasm)$`, Types: types, EmbedPath: "/embed.html", EmbedPaths: []string{"/*/embed", "/*/embed.html"},
		OwnPolicy: OwnPolicy,
	}
	if !v.Known {
		v.Path = "/"
	}
	folder := path.Join("templates", host)
	entries, err := fs.ReadDir(templates, folder)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	var files []File
	for _, entry := range entries {
		text, err := fs.ReadFile(templates, path.Join(folder, entry.Name()))
		if err != nil {
			panic("BUG: " + err.Error())
		}
		var out bytes.Buffer
		filled, err := template.New(entry.Name()).Funcs(template.FuncMap{"without": without}).Parse(string(text))
		if err == nil {
			err = filled.Execute(&out, v)
		}
		if err != nil {
			panic(fmt.Sprint("BUG: ", err))
		}
		files = append(files, File{entry.Name(), out.Bytes()})
	}
	return files
}

// without removes a prefix: hosts differ in whether a path begins with a slash.
func without(prefix, text string) string { return strings.TrimPrefix(text, prefix) }
