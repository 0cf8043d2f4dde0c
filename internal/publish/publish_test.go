package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

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

// publish publishes a site with the given texts by path.
func publish(t testing.TB, output Output, texts map[string]string) error {
	t.Helper()
	folder, err := Open(t.Context(), output)
	if err != nil {
		return err
	}
	defer folder.Close()
	return publishIn(t.Context(), folder, texts)
}

func publishIn(ctx context.Context, folder *Folder, texts map[string]string) error {
	paths := slices.Sorted(maps.Keys(texts))
	tree, err := folder.Begin(paths)
	if err != nil {
		return err
	}
	defer tree.Remove()
	for i, path := range paths {
		if err := tree.Write(i, []byte(texts[path])); err != nil {
			return err
		}
	}
	return tree.Publish(ctx, map[string][]string{"ja": {}}, nil)
}

// read returns every file and folder below a folder, by path: its permissions and, for a file, its content.
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

// If a step fails before the new site is moved in, the old site is unchanged and nothing is left beside it.
func TestPublishFault(t *testing.T) {
	steps := []string{"beside", "mode", "folder", "write index.html", "write assets/main.bbbbbbbbbbbb.js", "write assets/main.aaaaaaaaaaaa.js",
		"write " + ManifestName, "validate", "settle", "swap", "begin"}
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
				if failing == "begin" && step == "exchange" {
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

// usable reports an error if a page of a site links to a page or asset that does not exist.
func usable(t *testing.T, when string, tree map[string]string) {
	t.Helper()
	for name, text := range tree {
		for _, part := range regexp.MustCompile(`(?:href|src)="([^"#]+)[#"]`).FindAllStringSubmatch(text, -1) {
			if target := path.Join(path.Dir(name), part[1]); tree[target] == "" {
				t.Errorf("%s: %s names %s, which is not there", when, name, target)
			}
		}
	}
}

// If two folders cannot be exchanged in one step, files are moved one by one. However often the move is interrupted, every page stays
// usable, and the next build finishes it.
func TestSwitch(t *testing.T) {
	for _, inside := range []bool{false, true} {
		t.Run(fmt.Sprint("inside ", inside), func(t *testing.T) {
			dir := t.TempDir()
			output := Output{Dir: filepath.Join(dir, "public"), Version: "sitegen test"}
			var steps, stop int
			output.fault = func(step string) error {
				switch {
				case inside && step == "beside":
					return syscall.EROFS
				case step == "exchange":
					return syscall.ENOSYS
				case strings.HasPrefix(step, "move "), strings.HasPrefix(step, "remove "):
					if steps++; steps == stop {
						return syscall.EIO
					}
				}
				return nil
			}
			if err := os.Mkdir(output.Dir, 0o755); err != nil {
				t.Fatal(err)
			}
			from, to := siteA, siteB
			if err := publish(t, output, from); err != nil {
				t.Fatal(err)
			}
			stopped := 0
			for stop = 1; ; stop++ {
				steps = 0
				err := publish(t, output, to)
				if err == nil {
					break
				}
				stopped++
				if halfway := (*Halfway)(nil); !errors.As(err, &halfway) || !errors.Is(err, syscall.EIO) {
					t.Fatal(err)
				}
				usable(t, fmt.Sprint("stopped at step ", stop), read(t, output.Dir))
				steps = -1000
				if err := publish(t, output, from); err != nil { // publish first finishes the move, and then publishes the other site
					t.Fatal(err)
				}
				if tree := read(t, output.Dir); tree["index.html"] != "-rw-r--r-- "+from["index.html"] {
					t.Fatalf("stopped at step %d: %q", stop, tree["index.html"])
				}
			}
			if stopped < 5 {
				t.Errorf("it was stopped %d times only", stopped)
			}
			tree := read(t, output.Dir)
			for name, text := range to {
				if tree[name] != "-rw-r--r-- "+text {
					t.Errorf("%s: %q", name, tree[name])
				}
			}
			if list := names(t, dir); !slices.Equal(list, []string{"public"}) {
				t.Errorf("left behind: %v", list)
			}
			for name := range tree {
				if inProgress(path.Base(name)) {
					t.Errorf("left behind: %s", name)
				}
			}
		})
	}
}

// A file can replace a folder with the same name, and a folder a file.
func TestSwitchFolderAndFile(t *testing.T) {
	output := Output{Dir: filepath.Join(t.TempDir(), "public"), fault: func(step string) error {
		if step == "exchange" {
			return syscall.ENOSYS
		}
		return nil
	}}
	sites := []map[string]string{{"x": "file", "y/z/a.html": "a", "y/b.html": "b"}, {"x/deep/c.html": "c", "y": "file"}}
	for i := range 4 {
		if err := publish(t, output, sites[i%2]); err != nil {
			t.Fatal(err)
		}
		tree := read(t, output.Dir)
		for name, text := range sites[i%2] {
			if tree[name] != "-rw-r--r-- "+text {
				t.Errorf("%s: %q", name, tree[name])
			}
		}
	}
}

// If a person stops a build while a different program holds the replaced site open, the new site is published and the old one is
// kept.
func TestStoppedWhileKeeping(t *testing.T) {
	output := Output{Dir: filepath.Join(t.TempDir(), "public"), Keep: true}
	if err := publish(t, output, map[string]string{"index.html": "A"}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	output.fault = func(step string) error {
		if step == "keep" && ctx.Err() == nil {
			cancel()
			return syscall.EBUSY
		}
		return nil
	}
	folder, err := Open(ctx, output)
	if err != nil {
		t.Fatal(err)
	}
	err = publishIn(ctx, folder, map[string]string{"index.html": "B"})
	folder.Close()
	if err != nil || ctx.Err() == nil {
		t.Fatalf("%v, stopped: %v", err, ctx.Err())
	}
	if err := Undo(t.Context(), output); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(output.Dir, "index.html")); string(text) != "A" || err != nil {
		t.Errorf("taken back: %s %v", text, err)
	}
}

// A virus scanner or a viewer may have a file open for a moment. Then each step that moves or removes something is tried again: making
// room for a file, moving it into place, removing an old one, and keeping the old site.
func TestHeldAtEachStep(t *testing.T) {
	// These steps only write new files and folders, or publishing goes on in a different way if they fail.
	others := regexp.MustCompile(`^(?:beside|mode|folder|write .*|validate|settle|swap|exchange|clear)$`)
	patient := []string{""} // filled by the first round, in which nothing is held
	for at := 0; at < len(patient); at++ {
		held, stop := 3, ""
		inside := false
		output := Output{Dir: filepath.Join(t.TempDir(), "public"), Keep: true}
		output.fault = func(step string) error {
			switch {
			case step == "exchange":
				return syscall.ENOSYS
			case step == "beside" && inside:
				return syscall.EROFS
			case step == stop:
				stop = ""
				return syscall.EIO
			case at == 0 && !others.MatchString(step) && !slices.Contains(patient, step):
				patient = append(patient, step)
			case at > 0 && step == patient[at] && held > 0:
				held--
				return syscall.EBUSY
			}
			return nil
		}
		sites := []map[string]string{
			{"index.html": "A", "x": "file", "y/z/a.html": "a", "y/b.html": "b"}, {"index.html": "B", "x/deep/c.html": "c", "y": "file"}, {"index.html": "C"},
		}
		for i, texts := range sites {
			if err := publish(t, output, texts); err != nil {
				t.Fatalf("held at %q: site %d: %v", patient[at], i, err)
			}
		}
		if err := Undo(t.Context(), output); err != nil {
			t.Fatalf("held at %q: %v", patient[at], err)
		}
		stop = "move index.html"
		if err := publish(t, output, sites[2]); !errors.Is(err, syscall.EIO) {
			t.Fatal(err)
		}
		inside = true // the output folder has become a volume meanwhile: the complete site is copied into it
		if err := publish(t, output, sites[0]); err != nil {
			t.Fatalf("held at %q: %v", patient[at], err)
		}
		if text, err := os.ReadFile(filepath.Join(output.Dir, "index.html")); string(text) != "A" || err != nil {
			t.Errorf("held at %q: %s %v", patient[at], text, err)
		}
		if at > 0 && held > 0 {
			t.Errorf("%q was not held", patient[at])
		}
	}
	for _, step := range []string{"place", "begin", "reach", "forget", "keep", "clear x", "clear y", "move x/deep/c.html", "remove y/b.html"} {
		if !slices.Contains(patient, step) {
			t.Errorf("%q is not among the steps %q", step, patient)
		}
	}
}

// Moving a file is tried again if a virus scanner or a viewer has it open for a moment.
func TestHeld(t *testing.T) {
	held := 3
	output := Output{Dir: filepath.Join(t.TempDir(), "public"), fault: func(step string) error {
		if step == "exchange" {
			return syscall.ENOSYS
		}
		if held > 0 && step == "move ja/index.html" {
			held--
			return syscall.EBUSY
		}
		return nil
	}}
	for _, texts := range []map[string]string{siteA, siteB} {
		if err := publish(t, output, texts); err != nil {
			t.Fatal(err)
		}
	}
	if tree := read(t, output.Dir); held != 0 || !strings.HasSuffix(tree["ja/index.html"], "B") {
		t.Error(held, tree)
	}
}

// The next build removes what interrupted builds left beside the folder and in it; folders with similar names stay. What it cannot remove
// is reported, and does not stop the build.
func TestRecover(t *testing.T) {
	dir := t.TempDir()
	output := Output{Dir: filepath.Join(dir, "public"), Version: "sitegen test"}
	if err := publish(t, output, siteA); err != nil {
		t.Fatal(err)
	}
	others := []string{"public.sitegen-tmp-", "public.sitegen-tmp-0123456789ABCDEF", "public2.sitegen-tmp-0123456789abcdef", "xpublic.sitegen-tmp-0123456789abcdef"}
	stale := []string{"public.sitegen-tmp-0123456789abcdef", "public/.sitegen-tmp-0000000000000000"}
	for _, name := range append(others, stale...) {
		if err := os.MkdirAll(filepath.Join(dir, name, "ja"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	var told []string
	output.Litter = func(dir string) { told = append(told, filepath.Base(dir)) }
	for _, stuck := range []bool{true, false} {
		told = nil
		output.fault = func(step string) error {
			if stuck && step == "clear" {
				return syscall.EACCES
			}
			return nil
		}
		folder, err := Open(t.Context(), output)
		if err != nil {
			t.Fatal(err)
		}
		folder.Close()
		if stuck != slices.Equal(told, []string{"public.sitegen-tmp-0123456789abcdef", ".sitegen-tmp-0000000000000000"}) {
			t.Errorf("told of %v", told)
		}
	}
	want := append(others, "public")
	slices.Sort(want)
	if list := names(t, dir); !slices.Equal(list, want) {
		t.Errorf("%v\nwant %v", list, want)
	}
}

// A different user's build may have stopped and left a complete site that this user may not read. If it moved no file, it does not prevent
// publishing. If it did, the error names its folder.
func TestUnreadableSwitch(t *testing.T) {
	dir := t.TempDir()
	var told []string
	output := Output{Dir: filepath.Join(dir, "public"), Litter: func(dir string) { told = append(told, dir) }, fault: func(step string) error {
		if step == "read" {
			return syscall.EACCES
		}
		return nil
	}}
	left := filepath.Join(dir, "public.sitegen-switch-0123456789abcdef")
	if err := errors.Join(publish(t, output, siteA), os.Mkdir(left, 0o755)); err != nil {
		t.Fatal(err)
	}
	for _, texts := range []map[string]string{siteA, siteB} {
		told = nil
		if err := publish(t, output, texts); err != nil || !slices.Equal(told, []string{left}) {
			t.Fatalf("told of %v: %v", told, err)
		}
	}
	for name, damage := range map[string]func(path string) error{
		"new.html":            func(path string) error { return os.WriteFile(path, []byte("x"), 0o644) },
		"ja/index.html":       func(path string) error { return os.WriteFile(path, []byte("x"), 0o644) },
		"index.html":          os.Remove,
		ManifestName:          os.Remove,
		ManifestName + " bad": func(path string) error { return os.WriteFile(strings.TrimSuffix(path, " bad"), []byte("{"), 0o644) },
	} {
		output.Dir = filepath.Join(t.TempDir(), "public")
		left := output.Dir + ".sitegen-switch-0123456789abcdef"
		if err := errors.Join(publish(t, output, siteA), damage(filepath.Join(output.Dir, name)), os.Mkdir(left, 0o755)); err != nil {
			t.Fatal(err)
		}
		before := read(t, output.Dir)
		err := publish(t, output, siteB)
		refused := (*Refused)(nil)
		if halfway := (*Halfway)(nil); (!errors.As(err, &halfway) || halfway.Unreadable != left) && !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
		if after := read(t, output.Dir); !maps.Equal(before, after) {
			t.Errorf("%s: the folder changed from %v to %v", name, before, after)
		}
	}
}

// A file whose content did not change keeps its time. A file that somebody edited is not replaced unless ReplaceEdits is set.
func TestUnchangedAndEdited(t *testing.T) {
	output := Output{Dir: filepath.Join(t.TempDir(), "public")}
	if err := publish(t, output, siteA); err != nil {
		t.Fatal(err)
	}
	long := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	page := filepath.Join(output.Dir, "ja", "index.html")
	if err := os.Chtimes(page, long, long); err != nil {
		t.Fatal(err)
	}
	changed := maps.Clone(siteA)
	changed["index.html"] = "another"
	if err := publish(t, output, changed); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(page); err != nil || !info.ModTime().Equal(long) {
		t.Errorf("the time of a page that did not change: %v %v", info.ModTime(), err)
	}
	if info, err := os.Stat(filepath.Join(output.Dir, "index.html")); err != nil || info.ModTime().Equal(long) {
		t.Errorf("the time of a page that changed: %v %v", info.ModTime(), err)
	}
	manifest := filepath.Join(output.Dir, ManifestName)
	if err := errors.Join(os.Chtimes(manifest, long, long), publish(t, output, changed)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(manifest); err != nil || !info.ModTime().Equal(long) {
		t.Errorf("the time of a manifest that did not change: %v %v", info.ModTime(), err)
	}
	edit := strings.ToUpper(siteA["ja/index.html"])                     // the edited page has the same size
	for _, when := range []time.Time{time.Now().Add(time.Hour), long} { // `long` is the time of the published page
		if err := errors.Join(os.WriteFile(page, []byte(edit), 0o644), os.Chtimes(page, when, when)); err != nil {
			t.Fatal(err)
		}
		err := publish(t, output, changed)
		if refused := (*Refused)(nil); !errors.As(err, &refused) || refused.Reason != Edited || refused.Other != "ja/index.html" {
			t.Errorf("a page edited at %v: %v", when, err)
		}
		if text, _ := os.ReadFile(page); string(text) != edit {
			t.Errorf("the page edited at %v was replaced", when)
		}
	}
	output.ReplaceEdits = true
	if err := publish(t, output, changed); err != nil {
		t.Error(err)
	}
	if text, _ := os.ReadFile(page); string(text) != siteA["ja/index.html"] {
		t.Error("the edited page was not replaced")
	}
}

// The folder lost+found, which every new volume has, does not prevent publishing while it is empty. A file in it does.
func TestLostAndFound(t *testing.T) {
	output := Output{Dir: filepath.Join(t.TempDir(), "public"), fault: func(step string) error {
		if step == "exchange" {
			return syscall.EBUSY
		}
		return nil
	}}
	found := filepath.Join(output.Dir, "lost+found")
	if err := os.MkdirAll(found, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, texts := range []map[string]string{siteA, siteB} {
		if err := publish(t, output, texts); err != nil {
			t.Fatal(err)
		}
	}
	if !isThere(found) {
		t.Error("it is gone")
	}
	if os.Getuid() != 0 { // root sees every folder
		if err := errors.Join(os.Chmod(found, 0), publish(t, output, siteA)); err != nil {
			t.Error(err)
		}
		_, differ, err := Verify(t.Context(), "public", FolderCopy{output.Dir})
		if err := errors.Join(err, os.Chmod(found, 0o700)); err != nil || len(differ) > 0 {
			t.Error(differ, err)
		}
	}
	if err := os.WriteFile(filepath.Join(found, "#12"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := publish(t, output, siteA)
	if refused := (*Refused)(nil); !errors.As(err, &refused) || refused.Reason != HoldsOtherFile || refused.Other != "lost+found/#12" {
		t.Error(err)
	}
	_, differ, err := Verify(t.Context(), "public", FolderCopy{output.Dir})
	if err != nil || !slices.Equal(differ, []Difference{{"lost+found/#12", NotListed}}) {
		t.Error(differ, err)
	}
}

// Host files that somebody put into the output folder stay, whether folders are exchanged or files are moved.
func TestHostFilesStay(t *testing.T) {
	for _, exchanges := range []bool{true, false} {
		output := Output{Dir: filepath.Join(t.TempDir(), "public"), fault: func(step string) error {
			if step == "exchange" && !exchanges {
				return syscall.ENOSYS
			}
			return nil
		}}
		if err := publish(t, output, siteA); err != nil {
			t.Fatal(err)
		}
		challenge := filepath.Join(output.Dir, ".well-known", "acme")
		if err := errors.Join(os.MkdirAll(challenge, 0o755), os.WriteFile(filepath.Join(challenge, "token"), []byte("t"), 0o600),
			os.Symlink("acme/token", filepath.Join(output.Dir, ".well-known", "link")), os.WriteFile(filepath.Join(output.Dir, ".htaccess"), []byte("h"), 0o644)); err != nil {
			t.Fatal(err)
		}
		if err := publish(t, output, siteB); err != nil {
			t.Fatal(err)
		}
		tree := read(t, output.Dir)
		if tree[".well-known/acme/token"] != "-rw------- t" || tree[".htaccess"] != "-rw-r--r-- h" || tree["index.html"] != "-rw-r--r-- "+siteB["index.html"] {
			t.Errorf("exchanges %t: %v", exchanges, tree)
		}
		if to, err := os.Readlink(filepath.Join(output.Dir, ".well-known", "link")); to != "acme/token" {
			t.Error(err)
		}
	}
}

func TestCancelled(t *testing.T) {
	dir := t.TempDir()
	output := Output{Dir: filepath.Join(dir, "public"), Version: "sitegen test"}
	ctx, cancel := context.WithCancel(t.Context())
	folder, err := Open(ctx, output)
	if err != nil {
		t.Fatal(err)
	}
	folder.fault = func(step string) error {
		if step == "validate" {
			cancel()
		}
		return nil
	}
	if err := publishIn(ctx, folder, siteA); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	folder.Close()
	if list := names(t, dir); len(list) > 0 {
		t.Errorf("left behind: %v", list)
	}
}

func TestManifest(t *testing.T) {
	dir := t.TempDir()
	m := &Manifest{Format: manifestFormat, Generator: "sitegen test", Questions: map[string][]string{"ja": {"b", "a"}, "en": {}},
		Answers: Answers{"sk/ja": {"b": {Hash: "01", Changed: "2026-08-01", New: true}, "a": {Hash: "02", Changed: "2026-08-01"}}, "en": {}, "ja": {"a": {Hash: "03"}}},
		Kept:    []Entry{entryOf("assets/a.0123456789ab.js", nil)}, Files: []Entry{entryOf("a.html", []byte("a")), entryOf("b.html", []byte("bc"))}}
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
