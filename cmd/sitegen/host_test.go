//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sitegen/internal/hosting"
)

// Debian's Apache and nginx serve the site with the headers and the error page of the configuration that sitegen writes, unless Apache's
// AllowOverride ignores or refuses the `.htaccess`.
func TestHosts(t *testing.T) {
	for _, host := range []struct {
		name   string
		start  func(t *testing.T, dir string) string
		status int  // the HTTP status of every page
		sends  bool // whether the server sends the configured headers
	}{
		{"apache, AllowOverride None", apache("None"), 200, false},
		{"apache, AllowOverride FileInfo", apache("FileInfo"), 200, true},
		{"apache, AllowOverride All", apache("All"), 200, true},
		{"apache, AllowOverride AuthConfig", apache("AuthConfig"), 500, false},
		{"nginx", nginx, 200, true},
	} {
		t.Run(host.name, func(t *testing.T) {
			dir := smallContent(t)
			if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // the server may run as a different user
				t.Fatal(err)
			}
			kind, _, _ := strings.Cut(host.name, ",")
			mustRun(t, dir, "host", kind, "--base-url", "https://example.jp/hoken/")
			if err := copyMissing(os.DirFS(filepath.Join(dir, "hosting", "apache")), filepath.Join(dir, "content", "host")); kind == "apache" && err != nil {
				t.Fatal(err)
			}
			for _, readme := range []string{"README.ja.md", "README.en.md"} { // these are for people, and may not be published
				os.Remove(filepath.Join(dir, "content", "host", readme))
			}
			mustRun(t, dir, "build", "--date", "2026-11-22", "--compress", "--out", "root/hoken")
			address := host.start(t, dir) + "/hoken/"
			for _, page := range []string{"", "index.html", "ja/index.html", "ja/faq/card-lost.html"} {
				answer := fetch(t, address+page, host.status)
				if host.sends {
					wantHeaders(t, page, answer, map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN",
						"Content-Security-Policy": "frame-ancestors 'self'", "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"})
					if kind := strings.ToLower(answer.Header.Get("Content-Type")); kind != "text/html; charset=utf-8" {
						t.Errorf("%s is %s", page, kind)
					}
					if answer.Header.Get("Content-Encoding") != "gzip" {
						t.Errorf("%s is not compressed", page)
					}
				}
			}
			if !host.sends {
				return
			}
			missing := fetch(t, address+"ja/nowhere.html", 404)
			if text, err := os.ReadFile(filepath.Join(dir, "root", "hoken", "404.html")); err != nil || missing.Body != string(text) {
				t.Errorf("the page for wrong addresses is not the site's: %v", err)
			}
			scripts, err := filepath.Glob(filepath.Join(dir, "root", "hoken", "assets", "main.*.js"))
			if err != nil || len(scripts) != 1 {
				t.Fatal(scripts, err)
			}
			script := fetch(t, address+"assets/"+filepath.Base(scripts[0]), 200)
			wantHeaders(t, "a script", script, map[string]string{"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"})
			mustRun(t, dir, "verify", address)
		})
	}
}

// If the server sends its own content security policy with every file, the line that the documents give for .htaccess removes that
// policy from the site's pages.
func TestHostsOwnPolicy(t *testing.T) {
	dir := smallContent(t)
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir, "host", "apache")
	mustRun(t, dir, "build", "--date", "2026-11-22", "--out", "root")
	written, err := os.ReadFile(filepath.Join(dir, "hosting", "apache", ".htaccess"))
	if err != nil {
		t.Fatal(err)
	}
	address := apache("FileInfo", `Header set Content-Security-Policy "default-src 'self'"`)(t, dir) + "/ja/index.html"
	for line, want := range map[string]int{"": 2, hosting.OwnPolicy: 1} {
		if err := os.WriteFile(filepath.Join(dir, "root", ".htaccess"), append(written, line...), 0o644); err != nil {
			t.Fatal(err)
		}
		if policies := fetch(t, address, 200).Header.Values("Content-Security-Policy"); len(policies) != want {
			t.Errorf("with the line %q: %q", line, policies)
		}
	}
	page, err := os.ReadFile("../../docs/hosts.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range append(hosting.Files("apache", "/", nil), hosting.File{Name: "docs/hosts.md", Content: page}) {
		if strings.HasSuffix(text.Name, ".md") && !bytes.Contains(text.Content, []byte("`"+hosting.OwnPolicy+"`")) {
			t.Errorf("%s does not name the line", text.Name)
		}
	}
}

// served has parts of two responses for one address. Header is from the response to a request with Accept-Encoding: gzip. Body is from a
// response that the client decompressed itself.
type served struct {
	Header http.Header
	Body   string
}

func fetch(t *testing.T, address string, status int) served {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Body.Close()
	body, err := io.ReadAll(plain.Body)
	if err != nil || plain.StatusCode != status {
		t.Errorf("%s: %s, not %d: %v", address, plain.Status, status, err)
	}
	request.Header.Set("Accept-Encoding", "gzip") // with this header set here, the client keeps Content-Encoding in the response
	packed, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	packed.Body.Close()
	return served{packed.Header, string(body)}
}

func wantHeaders(t *testing.T, what string, got served, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if values := got.Header.Values(name); !slices.Equal(values, []string{value}) {
			t.Errorf("%s: %s is %q, not %q", what, name, values, value)
		}
	}
}

// apache returns a function that starts Apache for the site in the folder root, and returns the server's address. `allowed` is the value
// of AllowOverride, which says what .htaccess files may set. `more` are further lines of the server's configuration.
func apache(allowed string, more ...string) func(t *testing.T, dir string) string {
	return func(t *testing.T, dir string) string {
		port := freePort(t)
		var config strings.Builder
		fmt.Fprintf(&config, "ServerName localhost\nListen 127.0.0.1:%d\nPidFile %s/pid\nErrorLog %s/error.log\nMutex file:%s\n", port, dir, dir, dir)
		for _, module := range []string{"mpm_event", "authz_core", "mime", "dir", "filter", "deflate", "headers", "setenvif"} {
			fmt.Fprintf(&config, "LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n", module, module)
		}
		if os.Getuid() == 0 {
			config.WriteString("User www-data\nGroup www-data\n")
		}
		fmt.Fprintf(&config, "TypesConfig /etc/mime.types\nDocumentRoot %s/root\nDirectoryIndex index.html\n<Directory %s/root>\nAllowOverride %s\nRequire all granted\n</Directory>\n%s\n", dir, dir, allowed, strings.Join(more, "\n"))
		return startServer(t, dir, port, config.String(), "apache2", "-DFOREGROUND", "-f")
	}
}

// nginx starts nginx with the configuration that sitegen wrote, but with a free port and the test's folder, and returns its
// address.
func nginx(t *testing.T, dir string) string {
	port := freePort(t)
	written, err := os.ReadFile(filepath.Join(dir, "hosting", "nginx", "nginx.conf"))
	if err != nil {
		t.Fatal(err)
	}
	own := strings.NewReplacer("listen 8080;", fmt.Sprintf("listen 127.0.0.1:%d;", port), "root /srv/site;", "root "+dir+"/root;").Replace(string(written))
	config := fmt.Sprintf("daemon off;\npid %s/pid;\nerror_log %s/error.log;\nevents {}\nhttp {\naccess_log off;\nclient_body_temp_path %s/body;\nproxy_temp_path %s/proxy;\nfastcgi_temp_path %s/fastcgi;\nuwsgi_temp_path %s/uwsgi;\nscgi_temp_path %s/scgi;\n%s}\n",
		dir, dir, dir, dir, dir, dir, dir, own)
	return startServer(t, dir, port, config, "nginx", "-c")
}

// startServer starts a server with a configuration and waits until it accepts connections. It returns the server's address.
func startServer(t *testing.T, dir string, port int, config, program string, args ...string) string {
	t.Helper()
	file := filepath.Join(dir, "server.conf")
	if err := os.WriteFile(file, []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	binary, err := exec.LookPath(program)
	if err != nil {
		binary = "/usr/sbin/" + program // Debian installs servers there, and not every user has that folder in PATH
	}
	var said bytes.Buffer
	server := exec.Command(binary, append(args, file)...)
	server.Stdout, server.Stderr = &said, &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	t.Cleanup(func() {
		server.Process.Signal(os.Interrupt)
		<-ended
	})
	address := fmt.Sprintf("127.0.0.1:%d", port)
	for {
		connection, err := net.Dial("tcp", address)
		if err == nil {
			connection.Close()
			return "http://" + address
		}
		select {
		case err := <-ended:
			ended <- err
			log, _ := os.ReadFile(filepath.Join(dir, "error.log"))
			t.Fatalf("%s ended: %v\n%s\n%s", program, err, said.String(), log)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// docs/hosts.md has a grade for each kind of host: A+ for every host that can send headers.
func TestHostsAreGraded(t *testing.T) {
	page, err := os.ReadFile("../../docs/hosts.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range hosting.Hosts {
		grade := regexp.MustCompile(`(?m)^\| (?:a host .*` + "`" + `)?` + host + "`?\\)? \\| .* \\| ([ABC][+-]?) \\(\\d+\\) \\|").FindSubmatch(page)
		if grade == nil || host != "github-pages" && string(grade[1]) != "A+" {
			t.Errorf("docs/hosts.md has no grade of %s, or not A+: run `make observatory`", host)
		}
	}
}

// Configuration files in XML, JSON and shell are well-formed. This also covers kinds of hosts whose server cannot run here.
func TestHostFilesAreWellFormed(t *testing.T) {
	for _, host := range hosting.Hosts {
		for _, file := range hosting.Files(host, "/hoken/", []string{"assets/rules.wasm", "ja/embed.html"}) {
			var err error
			switch filepath.Ext(file.Name) {
			case ".config":
				decoder := xml.NewDecoder(bytes.NewReader(file.Content))
				for err == nil {
					_, err = decoder.Token()
				}
				if errors.Is(err, io.EOF) {
					err = nil
				}
			case ".json":
				err = json.Unmarshal(file.Content, &struct{}{})
			case ".sh":
				shell := exec.Command("sh", "-n")
				shell.Stdin = bytes.NewReader(file.Content)
				err = shell.Run()
			}
			if err != nil {
				t.Errorf("%s/%s: %v", host, file.Name, err)
			}
		}
	}
}
