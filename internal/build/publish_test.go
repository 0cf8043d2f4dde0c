package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sitegen/internal/diag"
)

// pagesFor makes the files of a small site by hand: a name and a text for each.
func pagesFor(texts map[string]string) *Pages {
	p := &Pages{Questions: map[string][]string{"ja": {}}}
	for name, text := range texts {
		p.Files = append(p.Files, File{Path: name, Render: func(w *bytes.Buffer) error {
			w.WriteString(text)
			return nil
		}})
	}
	sortFiles(p.Files)
	return p
}

var (
	siteA = map[string]string{
		"index.html": `<a href="ja/index.html">A</a>`, "ja/index.html": `<a href="faq/x.html#a">x</a>`,
		"ja/faq/x.html": `<script src="../../assets/main.aaaaaaaaaaaa.js">`, "assets/main.aaaaaaaaaaaa.js": "a",
	}
	siteB = map[string]string{
		"index.html": `<a href="ja/index.html">B</a>`, "ja/index.html": "B", "ja/faq/x.html": "B", "ja/faq/y.html": "B",
		"assets/main.bbbbbbbbbbbb.js": "b",
	}
)

// publish publishes one of these sites.
func publish(t *testing.T, output Output, texts map[string]string) error {
	t.Helper()
	folder, err := openFolder(t.Context(), output)
	if err != nil {
		return err
	}
	defer folder.close()
	found, err := folder.publish(t.Context(), Source{}, pagesFor(texts))
	if len(found) > 0 {
		t.Fatal(found)
	}
	return err
}

// read returns every file below a folder, with permissions.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	tree := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		text := []byte(nil)
		if !entry.IsDir() {
			text, err = os.ReadFile(filepath.Join(dir, name))
		}
		tree[name] = info.Mode().String() + " " + string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return list
}

func equal(a, b map[string]string) bool {
	return fmt.Sprint(a) == fmt.Sprint(b) // maps are printed in the order of their keys
}

func TestPublish(t *testing.T) {
	dir := t.TempDir()
	output := Output{Dir: filepath.Join(dir, "public"), Version: "sitegen test"}
	for _, texts := range []map[string]string{siteA, siteB, siteB, siteA} {
		if err := publish(t, output, texts); err != nil {
			t.Fatal(err)
		}
		tree := read(t, output.Dir)
		for name, text := range texts {
			if tree[name] != "-rw-r--r-- "+text {
				t.Errorf("%s: %q", name, tree[name])
			}
		}
		if list := names(t, dir); !slices.Equal(list, []string{"public"}) {
			t.Errorf("left behind: %v", list)
		}
	}
}

// A failure at any step leaves the old site as it was, and nothing beside it.
func TestPublishFault(t *testing.T) {
	steps := []string{"folder", "write index.html", "write assets/main.bbbbbbbbbbbb.js", "write assets/main.aaaaaaaaaaaa.js",
		"write " + ManifestName, "validate", "settle", "swap", "second rename"}
	for _, failing := range steps {
		t.Run(failing, func(t *testing.T) {
			dir := t.TempDir()
			output := Output{Dir: filepath.Join(dir, "public"), Version: "sitegen test"}
			if err := publish(t, output, siteA); err != nil {
				t.Fatal(err)
			}
			before := read(t, output.Dir)
			reached := false
			output.fault = func(step string) error {
				if failing == "second rename" && step == "exchange" {
					return syscall.ENOSYS // as on a system that cannot exchange folders
				}
				if step != failing {
					return nil
				}
				reached = true
				return syscall.ENOSPC
			}
			if err := publish(t, output, siteB); !errors.Is(err, syscall.ENOSPC) || !reached {
				t.Fatalf("error %v, step reached: %t", err, reached)
			}
			if after := read(t, output.Dir); !equal(before, after) {
				t.Errorf("the old site changed:\n%v\n%v", before, after)
			}
			if list := names(t, dir); !slices.Equal(list, []string{"public"}) {
				t.Errorf("left behind: %v", list)
			}
		})
	}
}

// Where two folders cannot be exchanged in one step, two renamings do it.
func TestPublishWithoutExchange(t *testing.T) {
	dir := t.TempDir()
	output := Output{Dir: filepath.Join(dir, "public"), Version: "sitegen test"}
	output.fault = func(step string) error {
		if step == "exchange" {
			return syscall.ENOSYS
		}
		return nil
	}
	for _, texts := range []map[string]string{siteA, siteB} {
		if err := publish(t, output, texts); err != nil {
			t.Fatal(err)
		}
	}
	if tree := read(t, output.Dir); !strings.HasSuffix(tree["ja/index.html"], "B") {
		t.Error(tree)
	}
	if list := names(t, dir); !slices.Equal(list, []string{"public"}) {
		t.Errorf("left behind: %v", list)
	}
}

// What builds that died left beside the folder is cleared; what only looks like it is not.
func TestRecover(t *testing.T) {
	dir := t.TempDir()
	output := Output{Dir: filepath.Join(dir, "public"), Version: "sitegen test"}
	if err := publish(t, output, siteA); err != nil {
		t.Fatal(err)
	}
	// It died between the two renamings of a system without exchange: only the old site's other name is there.
	if err := os.Rename(output.Dir, output.Dir+oldEnding+"0123456789abcdef"); err != nil {
		t.Fatal(err)
	}
	others := []string{"public.sitegen-tmp-", "public.sitegen-tmp-0123456789ABCDEF", "public2.sitegen-tmp-0123456789abcdef", "xpublic.sitegen-tmp-0123456789abcdef"}
	for _, name := range append(others, "public.sitegen-tmp-0123456789abcdef", "public.sitegen-old-0000000000000000") {
		if err := os.MkdirAll(filepath.Join(dir, name, "ja"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	folder, err := openFolder(t.Context(), output)
	if err != nil {
		t.Fatal(err)
	}
	if folder.previous == nil {
		t.Error("the old site was not brought back")
	}
	folder.close()
	want := append(others, "public")
	slices.Sort(want)
	if list := names(t, dir); !slices.Equal(list, want) {
		t.Errorf("%v\nwant %v", list, want)
	}
}

func TestLock(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "public"+lockEnding)
	first, err := lock(t.Context(), path, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = lock(t.Context(), path, 0, nil)
	if busy := (*Busy)(nil); !errors.As(err, &busy) || busy.PID != os.Getpid() || busy.Host != hostname() || busy.Lock != path {
		t.Fatalf("a second lock: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := lock(ctx, path, time.Hour, nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("waiting when cancelled: %v", err)
	}
	// One that waits gets it when it is free.
	got, waits := make(chan error), make(chan struct{})
	go func() {
		second, err := lock(t.Context(), path, time.Hour, func(*Busy) { close(waits) })
		if err == nil {
			second()
		}
		got <- err
	}()
	<-waits
	first()
	if err := <-got; err != nil {
		t.Fatal(err)
	}
	if list := names(t, dir); len(list) > 0 {
		t.Errorf("left behind: %v", list)
	}
	// A dead process of this machine holds nothing; of another machine nothing is known.
	for _, held := range []struct {
		text string
		free bool
	}{{"99999999 " + hostname() + "\n", true}, {"", true}, {"half", true}, {"1 elsewhere.example\n", false}} {
		if err := os.WriteFile(path, []byte(held.text), 0o644); err != nil {
			t.Fatal(err)
		}
		unlock, err := lock(t.Context(), path, 0, nil)
		if (err == nil) != held.free {
			t.Errorf("lock file %q: %v", held.text, err)
		}
		if err == nil {
			unlock()
		}
	}
}

func TestCancelled(t *testing.T) {
	dir := t.TempDir()
	output := Output{Dir: filepath.Join(dir, "public"), Version: "sitegen test"}
	ctx, cancel := context.WithCancel(t.Context())
	folder, err := openFolder(ctx, output)
	if err != nil {
		t.Fatal(err)
	}
	folder.fault = func(step string) error {
		if step == "validate" {
			cancel()
		}
		return nil
	}
	if _, err := folder.publish(ctx, Source{}, pagesFor(siteA)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	folder.close()
	if list := names(t, dir); len(list) > 0 {
		t.Errorf("left behind: %v", list)
	}
}

// A panic on another goroutine reaches the caller, with its own stack, and the new tree is cleared away.
func TestRenderPanic(t *testing.T) {
	dir := t.TempDir()
	pages := pagesFor(siteA)
	pages.Files[1].Render = func(*bytes.Buffer) error { panic("BUG: test") }
	folder, err := openFolder(t.Context(), Output{Dir: filepath.Join(dir, "public")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		bug := fmt.Sprint(recover())
		if !strings.Contains(bug, "BUG: test") || !strings.Contains(bug, "TestRenderPanic") {
			t.Errorf("recovered %q", bug)
		}
		folder.close()
		if list := names(t, dir); len(list) > 0 {
			t.Errorf("left behind: %v", list)
		}
	}()
	folder.publish(t.Context(), Source{}, pages)
}

func TestManifest(t *testing.T) {
	dir := t.TempDir()
	m := &Manifest{Format: manifestFormat, Generator: "sitegen test", Questions: map[string][]string{"ja": {"b", "a"}, "en": {}},
		Answers: Answers{"sk/ja": {"b": {Hash: "01", Changed: "2026-08-01", New: true}, "a": {Hash: "02", Changed: "2026-08-01"}}, "en": {}, "ja": {"a": {Hash: "03"}}},
		Kept:    []Entry{{"assets/a.0123456789ab.js", 1, "00"}}, Files: []Entry{{"a.html", 2, "11"}, {"b.html", 3, "22"}}}
	for _, name := range []string{"a.html", "b.html", ManifestName} {
		if err := os.WriteFile(filepath.Join(dir, name), m.bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	again, err := readManifest(dir, dir)
	if err != nil || !bytes.Equal(again.bytes(), m.bytes()) {
		t.Errorf("%v\n%s\n%s", err, again.bytes(), m.bytes())
	}
}

func TestLinks(t *testing.T) {
	pages := pagesFor(map[string]string{
		"404.html": `<a href="/anything.html">`,
		"index.html": `<a href="ja/index.html"> <a href="#x"> <a href="?a"> <a href="https://x/"> <a href="mailto:a@b"> <a href="">
			<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://x'%3E"> <a data-href="nowhere"> <a href="../index.html">`,
		"ja/index.html":   `<a href="../index.html#x"> <a href="index.html?a#b"> <a href="/index.html"> <img src="x.png"> <a href="./a&amp;b.html">`,
		"ja/a&b.html":     `<a href="//evil.example/"> <a href="../ja/index.html"> <a href="../ja"> <a href="unclosed`,
		"assets/x.js":     `<a href="nowhere.html">`,
		"ja/faq/one.html": `<a href="../../index.html"> <a href="y.png">`,
	})
	found, err := renderAll(t.Context(), Source{}, pages, Output{}, func(int, []byte) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range found {
		got = append(got, d.File+" "+d.Args[0].(string))
	}
	want := []string{"index.html ../index.html", "ja/a&b.html //evil.example/", "ja/a&b.html ../ja", "ja/index.html /index.html", "ja/index.html x.png", "ja/faq/one.html y.png"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if !diag.HasErrors(found) {
		t.Error("a dead link does not stop the build")
	}
}
