package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/fsnotify/fsnotify"
)

// await makes a change and returns the question's page as soon as the function `wanted` accepts the page. await may see the
// change in several steps, each with a reload.
func (p *preview) await(page string, change func(), wanted func(status int, page string) bool) string {
	p.t.Helper()
	for {
		reload := p.listen(generation(p.t, page))
		change()
		told := <-reload
		response, next := p.do("GET", "/ja/faq/x.html")
		if number(generation(p.t, next)) < number(told) {
			p.t.Fatalf("told to reload for %s, and then got\n%s", told, next)
		}
		if wanted(response.StatusCode, next) {
			return next
		}
		page, change = next, func() {}
	}
}

// number returns the number at the end of the name of a generation.
func number(generation string) int {
	n, err := strconv.Atoi(generation[strings.LastIndexByte(generation, '-')+1:])
	if err != nil {
		panic(err)
	}
	return n
}

// An author breaks a file and fixes it again, many times. The list of mistakes covers the last good page and disappears after
// the fix. Every change reloads the page, without a restart of the server.
func TestBreakFix(t *testing.T) {
	p := start(t)
	_, page := p.do("GET", "/ja/faq/x.html")
	good := "first"
	for round := range 20 {
		mark := fmt.Sprintf("<pre>bad <mark>%d</mark>", round%10)
		page = p.await(page, func() { p.write("text", fmt.Sprintf("bad %d <b>", round%10)) }, func(status int, page string) bool {
			return status == 500 && strings.Contains(page, mark)
		})
		for _, part := range []string{
			`id="sitegen-overlay" role="alert" lang="ja"`, "エラー 1件、注意 0件", "エラー: 知らない項目「&lt;script&gt;」です", "content/text:1:5",
			"&lt;b&gt;</pre>", "直し方: 「b」ではありませんか", "style-src 'sha256-y' 'self'",
		} {
			if !strings.Contains(page, part) {
				t.Fatalf("round %d: no %s in\n%s", round, part, page)
			}
		}
		if _, behind, _ := strings.Cut(page, "<body>"); !strings.HasPrefix(behind, good) {
			t.Fatalf("round %d: behind the mistake is\n%s", round, page)
		}
		if strings.Contains(page, "<b>") {
			t.Fatalf("round %d: an author's text is not escaped in\n%s", round, page)
		}
		if _, script := p.do("GET", "/assets/main.0a.js"); script != "script" {
			t.Fatalf("round %d: the script is %q", round, script)
		}
		good = fmt.Sprintf("good %d.", round)
		page = p.await(page, func() { p.write("text", good) }, func(status int, page string) bool {
			return status == 200 && strings.Contains(page, "<body>"+good)
		})
		if strings.Contains(page, "overlay") {
			t.Fatalf("round %d: the mistake stays\n%s", round, page)
		}
	}
}

// Warnings alone do not cover the page. A button with their number opens the list.
func TestWarnings(t *testing.T) {
	p := start(t)
	_, page := p.do("GET", "/ja/faq/x.html")
	page = p.await(page, func() { p.write("text", "careful 漢字") }, func(status int, page string) bool {
		return status == 200 && strings.Contains(page, "careful")
	})
	for _, part := range []string{
		`<button type="button" id="sitegen-notice" lang="ja">エラー 0件、注意 1件</button>`, `<div id="sitegen-overlay" hidden lang="ja">`,
		"<li class=\"warning\"><p class=\"place\">content/text:1:9</p>\n<h2>注意: ", "careful <mark>漢</mark>字", "style-src 'sha256-y' 'self'",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("no %s in\n%s", part, page)
		}
	}
	page = p.await(page, func() { p.write("text", "careless") }, func(status int, page string) bool { return strings.Contains(page, "careless") })
	if strings.Contains(page, "sitegen-notice") {
		t.Errorf("the button stays\n%s", page)
	}
}

// A page reloads only when the new site is complete. A page that asks late, or that a different server made, reloads at once.
func TestReloadAfterComplete(t *testing.T) {
	p := start(t)
	_, page := p.do("GET", "/ja/faq/x.html")
	old := generation(t, page)
	page = p.await(page, func() { p.write("text", "second") }, func(_ int, page string) bool { return strings.Contains(page, "second") })
	told := generation(t, page)
	if told == old {
		t.Errorf("told of %s, and then got\n%s", told, page)
	}
	if again := <-p.listen(old); again != told {
		t.Errorf("late: %s", again)
	}
	if again := <-p.listen("another-server-7"); again != told {
		t.Errorf("another server's: %s", again)
	}
}

// A panic is shown like a mistake, and the preview goes on after the next change.
func TestPanicInMake(t *testing.T) {
	p := start(t)
	p.write("text", "panic")
	if err := <-p.made; err == nil || !strings.Contains(err.Error(), "BUG: test") {
		t.Fatal(err)
	}
	if response, page := p.do("GET", "/"); response.StatusCode != 500 || !strings.Contains(page, "BUG: test") {
		t.Error(response.Status, page)
	}
	p.write("text", "well")
	if err := <-p.made; err != nil {
		t.Fatal(err)
	}
	if response, _ := p.do("GET", "/"); response.StatusCode != 200 {
		t.Error(response.Status)
	}
}

// The folder may be deleted and created again, as when a version control system changes branches. New folders are watched.
func TestFolderReplaced(t *testing.T) {
	p := start(t)
	_, page := p.do("GET", "/ja/faq/x.html")
	page = p.await(page, func() {
		if err := os.RemoveAll(p.folder); err != nil {
			t.Fatal(err)
		}
	}, func(status int, _ string) bool { return status == 500 })
	page = p.await(page, func() {
		if err := os.MkdirAll(filepath.Join(p.folder, "a", "b"), 0o755); err != nil {
			t.Fatal(err)
		}
		p.write("text", "back")
	}, func(status int, _ string) bool { return status == 200 })
	p.await(page, func() { p.write(filepath.Join("a", "b", "new"), "x") }, func(int, string) bool { return true })
}

// A renamed folder is watched under its new name. Windows Explorer, for example, creates a folder and then renames it.
func TestFolderRenamed(t *testing.T) {
	p := start(t)
	_, page := p.do("GET", "/ja/faq/x.html")
	page = p.await(page, func() {
		if err := os.Mkdir(filepath.Join(p.folder, "new"), 0o755); err != nil {
			t.Fatal(err)
		}
	}, func(int, string) bool { return true })
	for round, name := range []string{"second", "third"} {
		page = p.await(page, func() {
			if err := os.Rename(filepath.Join(p.folder, []string{"new", "second"}[round]), filepath.Join(p.folder, name)); err != nil {
				t.Fatal(err)
			}
		}, func(int, string) bool { return true })
		for range 3 {
			page = p.await(page, func() { p.write(filepath.Join(name, "ja.md"), "x") }, func(int, string) bool { return true })
		}
	}
}

// Many changes at once are handled together. How often the site is rebuilt depends on the machine, but the last state is
// always shown.
func TestStorm(t *testing.T) {
	p := start(t)
	_, page := p.do("GET", "/ja/faq/x.html")
	p.await(page, func() {
		for i := range 500 {
			p.write(fmt.Sprintf("file%d", i), "x")
		}
		p.write("text", "after the storm")
	}, func(_ int, page string) bool { return strings.Contains(page, "after the storm") })
	if made := len(p.made); made > 100 {
		t.Errorf("made %d times for 501 files", made)
	}
}

// Changes of an editor's own files, and of files outside the folders, are ignored.
func TestHidden(t *testing.T) {
	w := &watch{folders: []string{"/c"}}
	for name, want := range map[string]bool{
		"/c/a.md": true, "/c/x/a.md": true, "/c": true, "/c/.a.md.swp": false, "/c/a.md~": false, "/c/.#a": false, "/cc/a.md": false, "/public": false,
	} {
		if got := w.matters(event(name)); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func event(name string) fsnotify.Event { return fsnotify.Event{Name: name, Op: fsnotify.Write} }
