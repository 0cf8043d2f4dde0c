// Package hosting returns the configuration of a host for a site, and instructions for the person who puts the site there. The
// input is a kind of host, the path of the site on it, and the names of the published files. The output is files. The package itself publishes nothing. Begin
// with [Files].
package hosting

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"text/template"
)

//go:embed all:templates
var templates embed.FS

// Hosts are the supported kinds of host.
var Hosts = []string{"apache", "cloudflare", "github-pages", "iis", "netlify", "nginx", "s3"}

// ListsFiles reports whether the configuration of a kind of host lists published files. IIS has no patterns for paths.
func ListsFiles(host string) bool { return host == "iis" }

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

// embedPage is the name of the page that every site may show in a frame.
const embedPage = "embed.html"

// hashed finds the hash of the content in a file name.
var hashed = regexp.MustCompile(`\.[0-9a-f]{12}\.`)

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
	EmbedPlaces                   []string // the same, for hosts in whose paths `:x` stands for one folder
	HashGlob                      string   // the hash in a file name, as a pattern of the shell
	OwnPolicy                     string

	Listed  bool     // whether the published files are known
	Embeds  []string // the published pages embed.html
	Renewed []string // the published files in assets/ that keep their names when their content changes
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
// `sitePath` is the path of the site on its host, with a slash at both ends, or "" if it is unknown. `published` are the names
// of the published files, or nil if they are unknown; only a host of which [ListsFiles] is true needs them. Files panics if `host`
// is not one of [Hosts].
func Files(host, sitePath string, published []string) []File {
	v := view{
		Host: host, Mark: Mark, Path: sitePath, Known: sitePath != "", Headers: headers, Frames: frames,
		KeepForever: keepForever, AskAgain: askAgain, Hashed: `\.[0-9a-f]{12}\.(js|json|svg|wasm)$`, Types: types, EmbedPath: "/" + embedPage, EmbedPaths: []string{"/*/embed", "/*/embed.html"},
		EmbedPlaces: []string{"/:language/embed", "/:language/embed.html", "/:insurer/:language/embed", "/:insurer/:language/embed.html"},
		HashGlob:    strings.Repeat("[0-9a-f]", 12), OwnPolicy: OwnPolicy, Listed: published != nil,
	}
	for _, name := range published {
		switch {
		case path.Base(name) == embedPage:
			v.Embeds = append(v.Embeds, name)
		case strings.HasPrefix(name, "assets/") && !hashed.MatchString(name):
			v.Renewed = append(v.Renewed, name)
		}
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
