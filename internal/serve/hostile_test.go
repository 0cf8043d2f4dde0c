package serve

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
)

// raw sends a request unchanged and returns the status and the body of the response. The status is 0 if the server closed the
// connection.
func (p *preview) raw(request string) (int, string) {
	p.t.Helper()
	connection, err := net.Dial("tcp", p.address)
	if err != nil {
		p.t.Fatal(err)
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, request); err != nil {
		p.t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		return 0, ""
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(body)
}

func TestHostilePaths(t *testing.T) {
	p := start(t)
	p.write(".env", "SECRET")
	targets := []string{
		"/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/ja/../index.html", "/ja/%2e%2e/index.html",
		`/..\..\etc\passwd`, `/ja\index.html`, "/ja%5cindex.html", "//", "//index.html", "//etc/passwd", "/ja//index.html",
		"/%00", "/index.html%00", "/index.html%00.js", "/index.html::$DATA", "/index.html:", "/INDEX~1.HTM", "/TLS~1.PEM",
		"/.env", "/content/.env", "/.git/config", "/ja/.", "/./index.html", "/index.html/", "/index.html/.", "/index.html.",
		"/Index.html", "/index%2ehtml", "/%69ndex.html", "/index.html#x", "/#/../index.html", "/@fs/etc/passwd",
		"/.sitegen/", "/.sitegen/../index.html", "/.sitegen/serve.go", "/.sitegen/assets/reload.js", "/.sitegen/reload.js/",
		"/index.html%", "/%zz", "/\x80", "/ index.html",
		"*", "index.html", "http://evil.example/index.html", "http://" + p.address + "/index.html", "file:///etc/passwd", "",
	}
	for _, target := range targets {
		status, body := p.raw(fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", target, p.address))
		if status != 400 && status != 403 && status != 404 {
			t.Errorf("GET %q: %d %q", target, status, body)
		}
		if strings.Contains(body, "home") || strings.Contains(body, "SECRET") || strings.Contains(body, "root:") {
			t.Errorf("GET %q gives away %q", target, body)
		}
	}
}

// Pages that wait for a change cannot use up the memory. If too many pages wait, the server refuses a further one, and accepts it after one
// of them has gone.
func TestManyStreams(t *testing.T) {
	p := start(t)
	_, page := p.do("GET", "/")
	address := "http://" + p.address + "/.sitegen/events?" + generation(t, page)
	open := func() *http.Response {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		return response
	}
	first := open()
	for range maxStreams - 1 {
		defer open().Body.Close()
	}
	if response := open(); response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("one too many: %s", response.Status)
	}
	first.Body.Close()
	for p.server.streams.Load() == maxStreams {
		runtime.Gosched()
	}
	if response := open(); response.StatusCode != http.StatusOK {
		t.Errorf("when one has gone: %s", response.Status)
	}
	if response, _ := p.do("GET", "/"); response.StatusCode != http.StatusOK {
		t.Errorf("a page meanwhile: %s", response.Status)
	}
}

// Only what was built is served: a path must be the exact name of a file, or the name of a folder with a slash.
func TestServedSet(t *testing.T) {
	p := start(t)
	built := map[string]bool{"/": true, "/ja/": true, "/ja/faq/x.html": true, "/.sitegen/reload.js": true, "/.sitegen/overlay.css": true}
	for name := range fixed {
		built["/"+name] = true
	}
	for path := range built {
		if response, _ := p.do("GET", path); response.StatusCode != 200 {
			t.Errorf("%s: %s", path, response.Status)
		}
		for _, other := range []string{path + "x", strings.ToUpper(path), "/" + path, path + "/", path + "%20", path + ".", url.PathEscape(path)} {
			if response, _ := p.do("GET", "/"+strings.TrimPrefix(other, "/")); !built[other] && response.StatusCode == 200 {
				t.Errorf("%s is served", other)
			}
		}
	}
}

func TestHost(t *testing.T) {
	p := start(t)
	_, port, _ := net.SplitHostPort(p.address)
	for host, status := range map[string]int{
		"localhost:" + port: 200, "LOCALHOST:" + port: 200, "127.0.0.1:" + port: 200, "[::1]:" + port: 200,
		"localhost": 403, "127.0.0.1": 403, "localhost:1": 403, "evil.example": 403, "evil.example:" + port: 403,
		"127.0.0.1.evil.example:" + port: 403, "localhost.:" + port: 403, "0.0.0.0:" + port: 403, "[::]:" + port: 403,
	} {
		if response, _ := p.do("GET", "/", "Host: "+host); response.StatusCode != status {
			t.Errorf("Host %s: %s", host, response.Status)
		}
	}
	// These requests have a malformed Host header, no Host header, or two of them. Afterwards the server still answers.
	for _, headers := range []string{"", "Host:\r\n", "Host: \x01\r\n", "Host: a b\r\n", "Host: [::1\r\n", "Host: " + p.address + "\r\nHost: evil\r\n", "Host: \xff\xfe\r\n"} {
		if status, _ := p.raw("GET / HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n"); status != 400 && status != 403 {
			t.Errorf("%q: %d", headers, status)
		}
	}
	if status, _ := p.raw("GET / HTTP/1.0\r\n\r\n"); status != 403 {
		t.Errorf("HTTP/1.0 without a host: %d", status)
	}
	if response, _ := p.do("GET", "/"); response.StatusCode != 200 {
		t.Error(response.Status)
	}
}

// Other sites cannot read what is served, and cannot load it as a script or picture. A person can follow a link to it.
func TestOtherSites(t *testing.T) {
	p := start(t)
	for _, want := range []struct {
		headers string
		status  int
	}{
		{"Sec-Fetch-Site: same-origin", 200},
		{"Sec-Fetch-Site: none", 200},
		{"Sec-Fetch-Site: cross-site", 403},
		{"Sec-Fetch-Site: same-site", 403},
		{"Sec-Fetch-Site: nonsense", 403},
		{"Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors|Sec-Fetch-Dest: script", 403},
		{"Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document", 200},
		{"Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: iframe", 403},
		{"Origin: https://evil.example", 200}, // answered, but no header lets the other site read it
	} {
		response, _ := p.do("GET", "/index.html", strings.Split(want.headers, "|")...)
		if response.StatusCode != want.status || response.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %s", want.headers, response.Status)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"} {
		if response, _ := p.do(method, "/"); response.StatusCode != 405 {
			t.Errorf("%s: %s", method, response.Status)
		}
	}
	// The requests name an old generation, so that a stream that is accepted ends at once.
	for origin, status := range map[string]int{
		"http://" + p.address: 200, "https://" + p.address: 403, "https://evil.example": 403, "null": 403, "http://localhost": 403,
		"http://" + p.address + ".evil.example": 403, "\xff": 403, "http://evil@" + p.address: 403,
	} {
		if response, _ := p.do("GET", "/.sitegen/events?old", "Origin: "+origin); response.StatusCode != status {
			t.Errorf("events for %q: %s", origin, response.Status)
		}
	}
	if response, _ := p.do("GET", "/.sitegen/events?old", "Sec-Fetch-Site: cross-site"); response.StatusCode != 403 {
		t.Errorf("events across sites: %s", response.Status)
	}
}
