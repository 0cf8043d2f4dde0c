// Package serve shows a site on this computer while authors write it. It makes the site in memory, with the same function as a
// build, and makes it again after every change. Open pages then reload. Requests can only get the files of the site in memory,
// by their exact names, and the preview's own assets. No request opens a file on the disk.
//
// Begin with serve.go: Server.rebuild makes the site. watch.go watches for changes, handler.go answers requests, dress.go adds
// to a page what only the preview has, guests.go admits other devices.
package serve

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"time"

	"sitegen/internal/build"
	"sitegen/internal/diag"
)

//go:embed assets
var assets embed.FS

// Config says what is served.
type Config struct {
	// Make makes the site. Watch has the folders that Make reads.
	Make  func(context.Context) (*build.Pages, []diag.Diagnostic, error)
	Watch []string
	// Language is the author's language: "ja" or "en".
	Language string
	// Day is the day, YYYY-MM-DD, that pages in the browser take for today; "" for the real day.
	Day string
	// Guests may see the preview from other devices.
	Guests Guests
	// Describe returns the message about an error for the author.
	Describe func(error) string
	// Rebuilt is called after each attempt to make the site, with the findings and the error; may be nil.
	Rebuilt func([]diag.Diagnostic, error)
}

// Server serves a site.
type Server struct {
	Config
	hosts   map[string]bool // Host headers that requests may have
	process string          // distinguishes generations of this server from those of an earlier run
	watch   *watch
	state   atomic.Pointer[state]
	streams atomic.Int64 // number of pages that wait for a change
}

// state is the site after one rebuild. It is never changed.
type state struct {
	number     int
	generation string                // Server.process and number, joined by a hyphen
	files      map[string]build.File // by path: the files of the last successful rebuild; nil before the first one
	found      []diag.Diagnostic
	err        error
	replaced   chan struct{} // closed when there is a newer state
}

// broken reports whether the last rebuild failed.
func (s *state) broken() bool { return s.err != nil || diag.HasErrors(s.found) }

// New watches the folders, makes the site for the first time, and returns its server for requests to the given address of this
// computer. Only guests may send requests from elsewhere. An error means that the address is malformed or that the folders
// cannot be watched. Mistakes in the content are not errors: the server shows them.
func New(ctx context.Context, config Config, address net.Addr) (*Server, error) {
	_, port, err := net.SplitHostPort(address.String())
	if err != nil {
		return nil, err
	}
	s := &Server{Config: config, process: rand.Text()[:8], hosts: map[string]bool{}}
	for _, name := range []string{"localhost", "127.0.0.1", "[::1]"} {
		s.hosts[name+":"+port] = true
		if port == "80" {
			s.hosts[name] = true
		}
	}
	for _, host := range config.Guests.Hosts {
		s.hosts[host] = true
	}
	// Watch before reading, so that no change is missed.
	if s.watch, err = newWatch(config.Watch); err != nil {
		return nil, err
	}
	s.state.Store(&state{replaced: make(chan struct{})})
	s.rebuild(ctx)
	return s, nil
}

// Run serves until the context ends, or until serving or watching fails. Only a failure is an error.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 1 << 16,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    quiet,
	}
	ended := make(chan error, 2)
	go func() { ended <- server.Serve(listener) }()
	go func() { ended <- s.watch.follow(ctx, func() { s.rebuild(ctx) }) }()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
	}
	return errors.Join(err, server.Close(), s.watch.Close())
}

// rebuild makes the site and replaces the last one, unless the context ends first. Only one goroutine at a time may call it.
func (s *Server) rebuild(ctx context.Context) {
	old := s.state.Load()
	pages, found, err := s.make(ctx)
	if ctx.Err() != nil {
		return // the server is stopping
	}
	next := &state{number: old.number + 1, files: old.files, found: found, err: err, replaced: make(chan struct{})}
	next.generation = s.process + "-" + strconv.Itoa(next.number)
	if !next.broken() {
		next.files = make(map[string]build.File, len(pages.Files))
		for _, file := range pages.Files {
			next.files[file.Path] = file
		}
	}
	s.state.Store(next)
	close(old.replaced)
	if s.Rebuilt != nil {
		s.Rebuilt(found, err)
	}
}

// make makes the site. A panic must not end the preview, so it becomes an error.
func (s *Server) make(ctx context.Context) (pages *build.Pages, found []diag.Diagnostic, err error) {
	defer func() {
		if bug := recover(); bug != nil {
			err = fmt.Errorf("BUG: %v\n%s", bug, debug.Stack())
		}
	}()
	return s.Make(ctx)
}
