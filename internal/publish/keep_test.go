package publish

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// If folders cannot be exchanged, the site that was published before is kept, no matter at which step publishing stops.
func TestKeep(t *testing.T) {
	for _, failing := range []string{"write ja/index.html", "begin", "move ja/faq/y.html", "remove ja/faq/x.html", "move " + ManifestName, ""} {
		dir := t.TempDir()
		output := Output{Dir: filepath.Join(dir, "public"), Keep: true}
		failed := false
		output.fault = func(step string) error {
			switch {
			case step == "exchange":
				return syscall.ENOSYS
			case step == failing && !failed && isThere(output.Dir+beforeEnding):
				failed = true
				return syscall.EIO
			}
			return nil
		}
		sites := []map[string]string{siteA, siteB, maps.Clone(siteA)}
		sites[2]["ja/faq/y.html"] = "C"
		delete(sites[2], "ja/faq/x.html")
		sites[2]["ja/index.html"] = "C"
		for i, texts := range sites {
			err := publish(t, output, texts)
			if i < 2 != (err == nil) && failing != "" {
				t.Fatalf("failing at %q: site %d: %v", failing, i, err)
			}
		}
		halfway := strings.HasPrefix(failing, "move") || strings.HasPrefix(failing, "remove")
		want := []map[string]string{sites[1], sites[0]} // the published site, and the kept one
		if failing == "" || halfway {
			want = []map[string]string{sites[2], sites[1]}
		}
		folder, err := Open(t.Context(), output) // the next build opens the folder like this
		if err != nil {
			t.Fatal(err)
		}
		folder.Close()
		for i, name := range []string{"public", "public" + beforeEnding} {
			if tree := read(t, filepath.Join(dir, name)); tree["ja/faq/y.html"] != "-rw-r--r-- "+want[i]["ja/faq/y.html"] && want[i]["ja/faq/y.html"] != "" || tree["index.html"] != "-rw-r--r-- "+want[i]["index.html"] {
				t.Errorf("failing at %q: %s holds %v", failing, name, tree)
			}
		}
		if list := names(t, dir); !slices.Equal(list, []string{"public", "public" + beforeEnding}) {
			t.Errorf("failing at %q: left behind: %v", failing, list)
		}
	}
}

// If the copy of the published site cannot get the mode of its folder, nothing is changed, and no folder is left behind.
func TestKeepWithoutMode(t *testing.T) {
	dir := t.TempDir()
	output := Output{Dir: filepath.Join(dir, "public"), Keep: true}
	if err := publish(t, output, siteA); err != nil {
		t.Fatal(err)
	}
	before, modes := read(t, output.Dir), 0
	output.fault = func(step string) error {
		switch step {
		case "exchange":
			return syscall.ENOSYS
		case "mode":
			if modes++; modes == 2 { // the first call is about the folder of the new site
				return syscall.EPERM
			}
		}
		return nil
	}
	if err := publish(t, output, siteB); !errors.Is(err, syscall.EPERM) || !errors.As(err, new(*NotKept)) {
		t.Error(err)
	}
	if list := names(t, dir); !slices.Equal(list, []string{"public"}) || !equal(read(t, output.Dir), before) {
		t.Errorf("left behind: %v", list)
	}
}

// A lock that a killed build left in the output folder is not put into the package.
func TestPackageWithLock(t *testing.T) {
	dir := t.TempDir()
	output := Output{Dir: filepath.Join(dir, "public")}
	if err := publish(t, output, siteA); err != nil {
		t.Fatal(err)
	}
	var sums []string
	for _, file := range []string{"before.zip", "after.zip"} {
		sum, err := Package(t.Context(), output.Dir, filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		sums = append(sums, sum)
		if err := os.WriteFile(filepath.Join(output.Dir, lockEnding), []byte("pid 1"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if sums[0] != sums[1] {
		t.Error("the lock is packaged")
	}
}

// Undo works even if folders cannot be exchanged and files are moved one by one.
func TestUndoFileByFile(t *testing.T) {
	output := Output{Dir: filepath.Join(t.TempDir(), "public"), Version: "sitegen test", Keep: true, fault: func(step string) error {
		if step == "exchange" {
			return errors.New("cannot exchange folders")
		}
		return nil
	}}
	var states []map[string]string
	for _, texts := range []map[string]string{siteA, siteB} {
		if err := publish(t, output, texts); err != nil {
			t.Fatal(err)
		}
		states = append(states, read(t, output.Dir))
	}
	for _, want := range []int{0, 1, 0} {
		if err := Undo(t.Context(), output); err != nil {
			t.Fatal(err)
		}
		if got := read(t, output.Dir); !equal(got, states[want]) {
			t.Errorf("got %v, want %v", got, states[want])
		}
	}
}
