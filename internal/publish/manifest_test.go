package publish

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Whatever the manifest of the output folder contains, a site is published there, or a Refused error says why not.
func FuzzManifest(f *testing.F) {
	dir := f.TempDir()
	output := Output{Dir: filepath.Join(dir, "site")}
	for _, texts := range []map[string]string{siteA, siteB} {
		if err := publish(f, output, texts); err != nil {
			f.Fatal(err)
		}
	}
	text, err := os.ReadFile(filepath.Join(output.Dir, ManifestName))
	if err != nil || !bytes.Contains(text, []byte("assets/main.aaaaaaaaaaaa.js")) {
		f.Fatalf("%s %v", text, err)
	}
	f.Add(text)
	for _, edit := range [][2]string{
		{`"size":1`, `"size":7`}, {`"size":1`, `"size":-1`}, {`"size":1`, `"size":1e99`}, {"assets/main.aaaaaaaaaaaa.js", "../site/index.html"},
		{"assets/main.aaaaaaaaaaaa.js", "assets/main.bbbbbbbbbbbb.js"}, {`"kept": [`, `"kept": [null,`}, {`"files": [`, `"files": null, "x": [`}, {`"answers": {`, `"answers": {"ja": {"x": {"changed": "2026-02-30"}}, "y": null`},
		{"{\n", "\xef\xbb\xbf{\n"}, {`"format": 1`, `"format": 2`}, {"{\n", "<<<<<<< HEAD\n{\n"},
	} {
		f.Add(bytes.Replace(text, []byte(edit[0]), []byte(edit[1]), 1))
	}
	f.Add(text[:len(text)/2])
	f.Add([]byte(nil))
	f.Add(bytes.Repeat([]byte("["), 1<<10))
	f.Fuzz(func(t *testing.T, text []byte) {
		output := Output{Dir: filepath.Join(t.TempDir(), "site")}
		if err := errors.Join(publish(t, output, siteA), publish(t, output, siteB)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(output.Dir, ManifestName), text, 0o644); err != nil {
			t.Fatal(err)
		}
		refused := (*Refused)(nil)
		if err := publish(t, output, siteB); err != nil && !errors.As(err, &refused) {
			t.Errorf("%v: %.300s", err, text)
		}
	})
}

// Ten megabytes of opening brackets are refused as no manifest.
func TestDeepManifest(t *testing.T) {
	name := filepath.Join(t.TempDir(), ManifestName)
	if err := os.WriteFile(name, bytes.Repeat([]byte("["), 10<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	refused := (*Refused)(nil)
	if _, err := ReadManifest(name); !errors.As(err, &refused) {
		t.Error(err)
	}
}
