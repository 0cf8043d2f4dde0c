//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sitegen/internal/terminal"
	"sitegen/internal/testcontent"
)

// startServe starts a preview of the small content and returns its address and the content folder.
func startServe(t *testing.T, args ...string) (address, content string) {
	t.Helper()
	dir := smallContent(t)
	cmd := sitegen(t, dir, append([]string{"serve", "--port", "0"}, args...)...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stdout)
	if !lines.Scan() {
		t.Fatal("it says nothing")
	}
	go io.Copy(io.Discard, stdout)
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("stopped with Ctrl+C: %v", err)
		}
	})
	address = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(lines.Text())
	if address == "" {
		t.Fatal(lines.Text())
	}
	return address, filepath.Join(dir, "content")
}

// get returns the status and the text of a page.
func get(t *testing.T, address string) (int, string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// changed connects as an open page does, calls `change`, and waits until the server tells the page to reload. It returns the
// status and text of the page after that.
func changed(t *testing.T, address, path, page string, change func()) (int, string) {
	t.Helper()
	generation := regexp.MustCompile(`data-generation="([^"]+)"`).FindStringSubmatch(page)
	if generation == nil {
		t.Fatalf("the page does not listen: %s", page)
	}
	response, err := http.Get(address + ".sitegen/events?" + generation[1])
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	change()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "data: ") {
			return get(t, address+path)
		}
	}
	t.Fatal("the server ended")
	return 0, ""
}

func replaceIn(t *testing.T, file, old, new string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("no %q in %s", old, file)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), old, new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// An editor breaks and mends a file 20 times. The page shows each mistake until it is mended, and the server needs no restart.
func TestServeBreakFix(t *testing.T) {
	address, content := startServe(t, "--lang", "ja", "--date", "2026-11-22")
	const path = "ja/faq/card-lost.html"
	file := filepath.Join(content, "faq", "card", "card-lost", "ja.md")
	status, page := get(t, address+path)
	if status != http.StatusOK || !strings.Contains(testcontent.Unbound(page), "もう一度もらえます。") {
		t.Fatal(status, page)
	}
	text := "もう一度もらえます。"
	for round := range 20 {
		status, page = changed(t, address, path, page, func() { replaceIn(t, file, "question:", "qestion:") })
		for status != http.StatusInternalServerError || !strings.Contains(testcontent.Unbound(page), "知らない項目「qestion」です") { // the server may have read the file while it was being written
			status, page = changed(t, address, path, page, func() {})
		}
		if !strings.Contains(testcontent.Unbound(page), text) {
			t.Fatalf("round %d: %d\n%s", round, status, page)
		}
		text = fmt.Sprintf("%d回目です。", round)
		status, page = changed(t, address, path, page, func() {
			replaceIn(t, file, "qestion:", "question:")
			replaceIn(t, file, "---\n\n", "---\n\n"+text)
		})
		for status != http.StatusOK || !strings.Contains(testcontent.Unbound(page), text) { // the two writes may cause two rebuilds
			status, page = changed(t, address, path, page, func() {})
		}
	}
}

// The preview serves the same bytes as a build writes, except for its own scripts and its content security policy.
func TestServeEqualsBuild(t *testing.T) {
	address, content := startServe(t, "--date", "2026-11-22")
	out := filepath.Join(filepath.Dir(content), "public")
	mustRun(t, filepath.Dir(content), "build", "--date", "2026-11-22")
	added := regexp.MustCompile(`<script src="/\.sitegen/reload\.js" data-generation="[^"]*" defer></script>|<script src="/\.sitegen/day\.js" data-day="2026-11-22"></script>`)
	policy := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="[^"]*"`)
	err := filepath.WalkDir(out, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "sitegen-manifest.json" {
			return err
		}
		name, err := filepath.Rel(out, file)
		if err != nil {
			return err
		}
		built, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		_, served := get(t, address+filepath.ToSlash(name))
		if filepath.Ext(name) == ".html" {
			served = added.ReplaceAllLiteralString(served, "")
			served, built = policy.ReplaceAllLiteralString(served, ""), policy.ReplaceAllLiteral(built, nil)
		}
		if served != string(built) {
			t.Errorf("%s is not served as it is built", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"sitegen-manifest.json", "../content/site.yaml", "content/site.yaml"} {
		if status, _ := get(t, address+path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

// If the port that --port names is taken, `sitegen serve` fails. If the default port is taken, it uses the next free port.
func TestServePort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	output, err := sitegen(t, smallContent(t), "serve", "--port", fmt.Sprint(port), "--lang", "ja").CombinedOutput()
	if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != exitEnvironment || !strings.Contains(string(output), fmt.Sprintf("ポート %d は使われています", port)) {
		t.Errorf("%v %s", err, output)
	}
	c := &console{terminal.New(nil, io.Discard, io.Discard, "en")}
	next, code := c.listen(&options{port: port})
	if code != exitFine {
		t.Fatal("no other port")
	}
	defer next.Close()
	if got := next.Addr().(*net.TCPAddr); got.Port == port || !got.IP.IsLoopback() {
		t.Error(got)
	}
}
