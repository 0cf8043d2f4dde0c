package serve

import (
	"bytes"
	"context"
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"sitegen/internal/build"
	"sitegen/internal/diag"
)

// A device in the network sees the preview after it has opened the address with the key. Before that it sees nothing.
func TestGuests(t *testing.T) {
	const phone, ours, key = "192.168.0.9:50000", "192.168.0.5:8080", "k7f3q2mw"
	home := build.File{Path: "index.html", Render: func(w *bytes.Buffer) error { w.WriteString("<html><head></head><body>home</body></html>"); return nil }}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for _, test := range []struct {
		name, key, from, host, path, cookie string
		status                              int
	}{
		{"without the key", key, phone, ours, "/", "", 403},
		{"a wrong key", key, phone, ours, "/k7f3q2mx", "", 403},
		{"a wrong cookie", key, phone, ours, "/", "k7f3q2mx", 403},
		{"events without the key", key, phone, ours, "/.sitegen/events", "", 403},
		{"the address with the key", key, phone, ours, "/k7f3q2mw", "", 303},
		{"afterwards", key, phone, ours, "/", key, 200},
		{"a host that is not ours", key, phone, "evil.example:8080", "/", key, 403},
		{"this computer's name from elsewhere", key, phone, listener.Addr().String(), "/", "", 403},
		{"this computer", key, "127.0.0.1:50000", listener.Addr().String(), "/", "", 200},
		{"where nobody else may", "", phone, ours, "/", "", 403},
		{"where nobody else may, with a cookie", "", phone, listener.Addr().String(), "/", key, 403},
	} {
		config := Config{Make: func(context.Context) (*build.Pages, []diag.Diagnostic, error) {
			return &build.Pages{Files: []build.File{home}}, nil, nil
		}, Watch: []string{t.TempDir()}, Language: "en"}
		if config.Guests.Key = test.key; test.key != "" {
			config.Guests.Hosts = []string{ours}
		}
		s, err := New(t.Context(), config, listener.Addr())
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("GET", "http://"+test.host+test.path, nil)
		r.RequestURI, r.RemoteAddr = test.path, test.from
		if test.cookie != "" {
			r.Header.Set("Cookie", keyCookie+"="+test.cookie)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		s.watch.Close()
		if w.Code != test.status || (w.Code == 403) == strings.Contains(w.Body.String(), "home") && w.Code != 303 {
			t.Errorf("%s: %d, want %d: %s", test.name, w.Code, test.status, w.Body)
		}
		if w.Code == 303 && (w.Header().Get("Location") != "/" || !strings.Contains(w.Header().Get("Set-Cookie"), "HttpOnly")) {
			t.Errorf("%s: %v", test.name, w.Header())
		}
	}
}
