package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// `sitegen verify` downloads a site from its host and compares each file with the manifest.
func TestVerifyHost(t *testing.T) {
	dir := smallContent(t)
	mustRun(t, dir, "build", "--date", "2026-11-22")
	host := httptest.NewServer(http.StripPrefix("/hoken/", http.FileServer(http.Dir(filepath.Join(dir, "public")))))
	defer host.Close()
	for _, address := range []string{host.URL + "/hoken", host.URL + "/hoken/index.html"} {
		if text := mustRun(t, dir, "verify", address, "--lang", "en"); !strings.Contains(text, "files are what was published") {
			t.Error(text)
		}
	}
	if err := os.Remove(filepath.Join(dir, "public", "ja", "faq", "card-lost.html")); err != nil {
		t.Fatal(err)
	}
	output, err := sitegen(t, dir, "verify", host.URL+"/hoken/", "--lang", "en").CombinedOutput()
	if err == nil || !strings.Contains(string(output), "missing: ja/faq/card-lost.html\n") {
		t.Errorf("%v %s", err, output)
	}
	output, err = sitegen(t, dir, "verify", host.URL+"/other/", "--lang", "en").CombinedOutput()
	if err == nil || !strings.Contains(string(output), "there is no sitegen-manifest.json at "+host.URL) {
		t.Errorf("%v %s", err, output)
	}
}
