// Package serve shows a site on this computer while it is written. The site is made in memory by the same function
// that builds it, again after every change, and pages that are open load themselves anew. What a request can get is
// exactly the site's files, found by their exact names: no file is ever opened for a request.
//
// Begin with serve.go: Server.rebuild makes the site. watch.go hears of changes, handler.go answers requests, dress.go adds to a
// page what only the preview has, guests.go lets other devices in.
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
	// Make makes the site; the folders it reads are watched.
	Make  func(context.Context) (*build.Pages, []diag.Diagnostic, error)
	Watch []string
	// Language is the author's: "ja" or "en".
	Language string
	// Day is the day, YYYY-MM-DD, that pages are to show in the browser, whatever day it is; "" for the real one.
	Day string
	// Guests may see the preview from other devices.
	Guests Guests
	// Describe words an error for the author.
	Describe func(error) string
	// Rebuilt is told of every time the site was made, if it is set.
	Rebuilt func([]diag.Diagnostic, error)
}

// Server serves a site.
type Server struct {
	Config
	hosts   map[string]bool // what a request may call us
	process string          // tells this server's generations from those of another
	watch   *watch
	state   atomic.Pointer[state]
	streams atomic.Int64 // pages that wait for a change
}

// state is the site after one making; it is never changed.
type state struct {
	number     int
	generation string                // the number, and the process
	files      map[string]build.File // of the last making that went well; nil if none did
	found      []diag.Diagnostic
	err        error
	replaced   chan struct{} // closed when there is a newer state
}

// broken reports whether the last making failed.
func (s *state) broken() bool { return s.err != nil || diag.HasErrors(s.found) }

// New watches the folders, makes the site for the first time, and returns its server for requests to the given address
// of this computer. What comes from elsewhere is answered for guests alone. The error is about the
// folders; mistakes in them are shown by the server.
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
	// Watched before it is read: no change is missed.
	if s.watch, err = newWatch(config.Watch); err != nil {
		return nil, err
	}
	s.state.Store(&state{replaced: make(chan struct{})})
	s.rebuild(ctx)
	return s, nil
}

// Run serves until the context ends.
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

// rebuild makes the site and puts it in the place of the last one, unless the context ends before. It is called by one goroutine at a time.
func (s *Server) rebuild(ctx context.Context) {
	old := s.state.Load()
	pages, found, err := s.make(ctx)
	if ctx.Err() != nil {
		return // nobody looks any more
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

// make makes the site; a bug that shows itself as a panic must not end the preview.
func (s *Server) make(ctx context.Context) (pages *build.Pages, found []diag.Diagnostic, err error) {
	defer func() {
		if bug := recover(); bug != nil {
			err = fmt.Errorf("BUG: %v\n%s", bug, debug.Stack())
		}
	}()
	return s.Make(ctx)
}
