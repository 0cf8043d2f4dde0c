package serve

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sitegen/internal/build"
	"sitegen/internal/diag"
)

const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-x'; style-src 'sha256-y'; base-uri 'none'">`

// preview is a running server of a site with one question, whose text is in a file. A text that begins with "bad" is a
// mistake, "careful" gives a warning, and the text "panic" makes the build panic.
type preview struct {
	t       testing.TB
	folder  string // the watched folder
	address string
	server  *Server
	made    chan error // receives the error of each rebuild, or nil after a success
}

var fixed = map[string]string{
	"index.html":        "<!doctype html><html><head>" + policy + "<title>home</title></head><body>home</body></html>",
	"404.html":          "<!doctype html><html><head></head><body>not here</body></html>",
	"ja/index.html":     "<html><head></head><body>ja</body></html>",
	"assets/main.0a.js": "script",
}

func start(t testing.TB) *preview {
	t.Helper()
	p := &preview{t: t, folder: filepath.Join(t.TempDir(), "content"), made: make(chan error, 1000)}
	if err := os.Mkdir(p.folder, 0o755); err != nil {
		t.Fatal(err)
	}
	p.write("text", "first")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.address = listener.Addr().String()
	server, err := New(t.Context(), Config{
		Make: p.site, Watch: []string{p.folder}, Language: "ja", Describe: error.Error,
		Rebuilt: func(_ []diag.Diagnostic, err error) { p.made <- err },
	}, listener.Addr())
	if err != nil {
		t.Fatal(err)
	}
	p.server = server
	<-p.made
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- server.Run(ctx, listener) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return p
}

// site makes the site from the text in the file.
func (p *preview) site(context.Context) (*build.Pages, []diag.Diagnostic, error) {
	file := &diag.File{Name: "content/text"}
	text, err := os.ReadFile(filepath.Join(p.folder, "text"))
	if err != nil {
		return nil, nil, err
	}
	file.Data = text
	switch {
	case strings.HasPrefix(string(text), "bad"):
		return nil, []diag.Diagnostic{file.At(4, "yaml-unknown-key", "<script>", "a", "b")}, nil
	case string(text) == "panic":
		panic("BUG: test")
	}
	pages := &build.Pages{}
	add := func(name string, render func(*bytes.Buffer) error) {
		pages.Files = append(pages.Files, build.File{Path: name, Render: render})
	}
	for name, content := range fixed {
		add(name, func(w *bytes.Buffer) error { w.WriteString(content); return nil })
	}
	add("ja/faq/x.html", func(w *bytes.Buffer) error {
		fmt.Fprintf(w, "<html><head>%s</head><body>%s</body></html>", policy, text)
		return nil
	})
	add("ja/broken.html", func(*bytes.Buffer) error { return errors.New("a mistake in a <template>") })
	add("ja/panics.html", func(*bytes.Buffer) error { panic("BUG: test") })
	if strings.HasPrefix(string(text), "careful") {
		return pages, []diag.Diagnostic{file.At(8, "ruby-missing", "<b>")}, nil
	}
	return pages, nil, nil
}

// write replaces a file in one step, so that nobody reads half of it.
func (p *preview) write(name, text string) {
	p.t.Helper()
	file := filepath.Join(p.folder, name)
	hidden := filepath.Join(filepath.Dir(file), ".new")
	if err := errors.Join(os.WriteFile(hidden, []byte(text), 0o644), os.Rename(hidden, file)); err != nil {
		p.t.Fatal(err)
	}
}

// do sends a request with headers "Name: value" and returns the response and its body.
func (p *preview) do(method, path string, headers ...string) (*http.Response, string) {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), method, "http://"+p.address+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		request.Header.Set(name, value)
		if name == "Host" {
			request.Host = value
		}
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return response, string(body)
}

// generation returns the generation of the site that a page was made from.
func generation(t testing.TB, page string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `data-generation="`)
	name, _, _ := strings.Cut(rest, `"`)
	if !ok || name == "" {
		t.Fatalf("no generation in %s", page)
	}
	return name
}

// listen opens the event stream as a page does. It returns a channel that receives the new generation when the page must
// reload.
func (p *preview) listen(generation string) <-chan string {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, "http://"+p.address+"/.sitegen/events?"+generation, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil || response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream" {
		p.t.Fatal(response, err)
	}
	told := make(chan string, 1)
	go func() {
		defer response.Body.Close()
		lines := bufio.NewScanner(response.Body)
		for lines.Scan() {
			if event, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				told <- event
				return
			}
		}
	}()
	return told
}

func TestFiles(t *testing.T) {
	p := start(t)
	for _, want := range []struct {
		path, kind, text string
		status           int
	}{
		{"/", "text/html; charset=utf-8", "home", 200},
		{"/index.html", "text/html; charset=utf-8", "home", 200},
		{"/index.html?x=1", "text/html; charset=utf-8", "home", 200},
		{"/ja/", "text/html; charset=utf-8", "<body>ja", 200},
		{"/ja/faq/x.html", "text/html; charset=utf-8", "first", 200},
		{"/assets/main.0a.js", "text/javascript; charset=utf-8", "script", 200},
		{"/ja", "text/html; charset=utf-8", "not here", 404},
		{"/ja/faq/y.html", "text/html; charset=utf-8", "not here", 404},
		{"/favicon.ico", "text/plain; charset=utf-8", "404", 404},
		{"/ja/broken.html", "text/html; charset=utf-8", "a mistake in a &lt;template&gt;", 500},
		{"/ja/panics.html", "text/html; charset=utf-8", "BUG: test", 500},
		{"/.sitegen/reload.js", "text/javascript; charset=utf-8", "EventSource", 200},
		{"/.sitegen/overlay.css", "text/css; charset=utf-8", "overlay", 200},
	} {
		response, body := p.do("GET", want.path)
		if response.StatusCode != want.status || response.Header.Get("Content-Type") != want.kind || !strings.Contains(body, want.text) {
			t.Errorf("%s: %s %s %q", want.path, response.Status, response.Header.Get("Content-Type"), body)
		}
		for name, value := range map[string]string{
			"Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "",
		} {
			if response.Header.Get(name) != value {
				t.Errorf("%s: %s is %q", want.path, name, response.Header.Get(name))
			}
		}
		if head, nothing := p.do("HEAD", want.path); head.StatusCode != want.status || nothing != "" {
			t.Errorf("HEAD %s: %s %q", want.path, head.Status, nothing)
		}
	}
}

// The preview extends the page's policy only by what it adds to the page.
func TestPolicy(t *testing.T) {
	p := start(t)
	_, body := p.do("GET", "/")
	want := `content="default-src 'none'; script-src 'sha256-x' 'self'; style-src 'sha256-y'; base-uri 'none'; connect-src 'self'"`
	if !strings.Contains(body, want) || !strings.Contains(body, `<script src="/.sitegen/reload.js" data-generation="`) {
		t.Error(body)
	}
	escaped := strings.ReplaceAll(policy, "'", "&#39;")
	if got := string(allow([]byte(escaped), "connect-src")); !strings.Contains(got, "base-uri 'none'; connect-src 'self'\">") {
		t.Error(got)
	}
	for _, policy := range [][3]string{
		{"default-src 'none'", "script-src", "default-src 'none'; script-src 'self'"},
		{"script-src 'none'; x", "script-src", "script-src 'self'; x"},
		{"script-src-elem a; ", "script-src", "script-src-elem a; script-src 'self'"},
	} {
		if got := extend(policy[0], policy[1]); got != policy[2] {
			t.Errorf("%s: %s", policy[0], got)
		}
	}
}
