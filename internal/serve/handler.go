package serve

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"path"
	"strconv"
	"strings"

	"sitegen/internal/build"
)

// quiet drops the messages of net/http about malformed requests.
var quiet = log.New(io.Discard, "", 0)

// types are the media types of the site's files, by extension.
var types = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".xml":  "application/xml",
	".txt":  "text/plain; charset=utf-8",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".ico":  "image/x-icon",
	".wasm": "application/wasm",
}

// ServeHTTP answers one request. Other sites that are open in the browser may send requests to this computer too. So every
// request must name this server as its host, and a request from another site may only follow a link to a page.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Frame-Options", "SAMEORIGIN")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cache-Control", "no-cache")
	target, _, _ := strings.Cut(r.RequestURI, "?")
	if !s.hosts[strings.ToLower(r.Host)] || !fromHere(r) {
		refuse(w, http.StatusForbidden)
		return
	}
	admitted, answered := s.admits(w, r)
	switch {
	case answered:
	case !admitted:
		refuse(w, http.StatusForbidden)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		header.Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed)
	case !strings.HasPrefix(target, "/"):
		refuse(w, http.StatusBadRequest)
	case target == "/.sitegen/events":
		s.events(w, r)
	case target == "/.sitegen/reload.js", target == "/.sitegen/day.js", target == "/.sitegen/overlay.css":
		content, err := assets.ReadFile("assets/" + path.Base(target))
		if err != nil {
			panic("BUG: " + err.Error())
		}
		send(w, r, http.StatusOK, path.Ext(target), content)
	default:
		s.file(w, r, target[1:])
	}
}

// fromHere reports whether a request comes from one of the site's own pages or from the person (an address typed, a bookmark, a
// program), or follows a link to a page.
func fromHere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}

func refuse(w http.ResponseWriter, status int) {
	http.Error(w, strconv.Itoa(status)+" "+http.StatusText(status), status)
}

func send(w http.ResponseWriter, r *http.Request, status int, extension string, content []byte) {
	kind := types[extension]
	if kind == "" {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(content)
	}
}

// file answers with the file of exactly this name, or with the index.html of a folder. It does not decode the name: no file of
// a site needs escaping. If the site has no such page, the answer is its 404.html. If something is wrong, the list of findings
// covers the page.
func (s *Server) file(w http.ResponseWriter, r *http.Request, name string) {
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	state, status := s.state.Load(), http.StatusOK
	file, exists := state.files[name]
	if kind := path.Ext(name); !exists && (kind == ".html" || kind == "") {
		status = http.StatusNotFound
		file, exists = state.files["404.html"]
		exists = exists || state.broken() // without a 404.html the findings can still be shown
	}
	if !exists {
		refuse(w, http.StatusNotFound)
		return
	}
	content, err := render(file)
	kind := path.Ext(file.Path)
	if kind == ".html" || file.Render == nil || err != nil {
		kind = ".html"
		if state.broken() || err != nil {
			status = http.StatusInternalServerError
		}
		content = s.dress(content, state, err)
	}
	send(w, r, status, kind, content)
}

// maxStreams is how many pages may wait for a change at once: far more than a person opens, and few enough to need little
// memory. A page that lost its connection counts until TCP's keep-alive notices.
const maxStreams = 200

// events waits until the site is newer than the open page that asks. Then it tells the page the new generation.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		refuse(w, http.StatusMethodNotAllowed)
		return
	}
	if origin := r.Header.Get("Origin"); origin != "" && !s.hosts[strings.TrimPrefix(origin, "http://")] {
		refuse(w, http.StatusForbidden)
		return
	}
	if s.streams.Add(1) > maxStreams {
		s.streams.Add(-1)
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	defer s.streams.Add(-1)
	w.Header().Set("Content-Type", "text/event-stream")
	stream := http.NewResponseController(w)
	fmt.Fprint(w, ": sitegen\n\n")
	if stream.Flush() != nil {
		return
	}
	state := s.state.Load()
	if r.URL.RawQuery == state.generation {
		select {
		case <-state.replaced:
		case <-r.Context().Done():
			return
		}
	}
	fmt.Fprintf(w, "data: %s\n\n", s.state.Load().generation)
	stream.Flush()
}

// render renders a file, if it has a Render function. A panic becomes an error, like a mistake in a template.
func render(file build.File) (content []byte, err error) {
	if file.Render == nil {
		return nil, nil
	}
	defer func() {
		if bug := recover(); bug != nil {
			content, err = nil, fmt.Errorf("%s: %v", file.Path, bug)
		}
	}()
	var b bytes.Buffer
	if err := file.Render(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
