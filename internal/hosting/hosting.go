// Package hosting returns the configuration of a host for a site, and instructions for the person who puts the site there. The
// input is a kind of host and the path of the site on it. The output is files. The package itself publishes nothing. Begin
// with [Files].
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

// Hosts are the supported kinds of host.
var Hosts = []string{"apache", "cloudflare", "github-pages", "iis", "netlify", "nginx", "s3"}

// Mark is in the first lines of every file from [Files] that is not empty. It shows that sitegen wrote the file, so that
// sitegen may replace it.
const Mark = "sitegen host"

// Header is a header that a host adds to its responses.
type Header struct{ Name, Value string }

// headers are sent with every file. Each page contains its own security policy. Only the part that says who may show the page
// in a frame needs a header (Content Security Policy Level 3, 6.4.2); `frames` has that header.
var headers = []Header{
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
	{"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
	{"Strict-Transport-Security", "max-age=31536000"},
}

// frames are the headers that are sent with every page except embed.html, which every site may show in a frame.
var frames = []Header{
	{"Content-Security-Policy", "frame-ancestors 'self'"},
	{"X-Frame-Options", "SAMEORIGIN"},
}

// How long a browser may use its copy of a file. A file with a hash of its content in its name never changes; for any other
// file the browser asks again.
const (
	keepForever = "public, max-age=31536000, immutable"
	askAgain    = "no-cache"
)

// OwnPolicy is the line for Apache that removes the Content-Security-Policy header of the server. Each page has its own
// policy, and a server policy that forbids inline styles would leave the pages without style.
const OwnPolicy = "Header unset Content-Security-Policy"

// view is the data of the templates.
type view struct {
	Host                          string
	Mark                          string
	Path                          string // the path of the site on its host, with a slash at both ends
	Known                         bool   // whether Path is known; otherwise it is assumed to be the root
	Headers, Frames               []Header
	KeepForever, AskAgain, Hashed string
	Types                         []Type
	EmbedPath                     string
	EmbedPaths                    []string // the paths of the page embed.html, for hosts that allow one * in a path
	OwnPolicy                     string
}

// Type is the media type of a file name ending.
type Type struct{ Ending, Media string }

// types are the media types that some hosts do not know.
var types = []Type{
	{"html", "text/html"}, {"js", "text/javascript"}, {"json", "application/json"}, {"wasm", "application/wasm"},
	{"xml", "application/xml"}, {"ics", "text/calendar"}, {"svg", "image/svg+xml"}, {"txt", "text/plain"},
}

// File is one file to write.
type File struct {
	Name    string
	Content []byte
}

// Files returns the configuration for a kind of host, and two pages of instructions, one in Japanese and one in English.
// `sitePath` is the path of the site on its host, with a slash at both ends, or "" if it is unknown. Files panics if `host` is
// not one of [Hosts].
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

// without removes a prefix: some hosts write paths without the first slash.
func without(prefix, text string) string { return strings.TrimPrefix(text, prefix) }
