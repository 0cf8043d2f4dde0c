//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	"sitegen/internal/sweep"
)

// sitegen returns a command that runs sitegen in the folder `dir`. It executes the test binary, which TestMain turns into sitegen.
func sitegen(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary)
	cmd.Args = append([]string{"sitegen"}, args...)
	cmd.Dir = dir
	return cmd
}

// mustRun runs sitegen, which must succeed, and returns what it printed.
func mustRun(t *testing.T, dir string, args ...string) string {
	t.Helper()
	output, err := sitegen(t, dir, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("sitegen %v: %v\n%s", args, err, output)
	}
	return string(output)
}

// smallContent returns a new folder with the small content in its subfolder content.
func smallContent(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := copyMissing(os.DirFS("testdata/content-small"), filepath.Join(dir, "content")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func mustTree(t *testing.T, dir string) []byte {
	t.Helper()
	tree, err := treeOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// Builds of the same content give the same bytes, whatever the time zone, locale, working folder and number of processors. `make test`
// builds the general site and those of two insurers, with two of these settings.
func TestSameBytes(t *testing.T) {
	out, content := t.TempDir(), contentOf(t, "sk", "kenpo_unnamed")
	if sweep.All() {
		var err error
		if content, err = filepath.Abs(contentFolder); err != nil {
			t.Fatal(err)
		}
	}
	var first []byte
	machines := []struct {
		dir string
		env []string
	}{
		{".", []string{"TZ=UTC", "LANG=C", "GOMAXPROCS=1"}},
		{t.TempDir(), []string{"TZ=Asia/Tokyo", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=3", "HOME=/nowhere", "USER=nobody"}},
		{"/", []string{"TZ=America/Los_Angeles", "LANG=ja_JP.UTF-8", "GOMAXPROCS=8", "ZONEINFO=/nowhere"}},
	}
	for i, machine := range machines[:sweep.Of(3, 2)] {
		target := filepath.Join(out, fmt.Sprint(i))
		cmd := sitegen(t, machine.dir, "build", "--content", content, "--out", target, "--date", "2026-11-22")
		cmd.Env = append(os.Environ(), machine.env...)
		if output, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		tree := mustTree(t, target)
		if first == nil {
			first = tree
		} else if !bytes.Equal(tree, first) {
			t.Errorf("another tree with %v in %s", machine.env, machine.dir)
		}
	}
}

// onVolume returns a command that mounts dir/public as a volume and then runs sitegen. Only this command sees the mount. onVolume
// skips the test if the kernel does not allow that.
func onVolume(t *testing.T, dir, volume string, args []string) *exec.Cmd {
	t.Helper()
	public := filepath.Join(dir, "public")
	if err := os.MkdirAll(public, 0o755); err != nil {
		t.Fatal(err)
	}
	if output, err := exec.Command("unshare", "--user", "--map-root-user", "--mount", "true").CombinedOutput(); err != nil {
		t.Skipf("this kernel lends nobody a file system of his own: %v %s", err, output)
	}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	script := `mount --bind public public && exec -a sitegen "$0" "$@"`
	cmd := exec.Command("unshare", append([]string{"--user", "--map-root-user", "--mount", "bash", "-c", script, binary}, args...)...)
	cmd.Dir = dir
	return cmd
}

var link = regexp.MustCompile(`(?:href|src)="([^"#:?]+)[#?"]`)

// everyPageUsable reports whether every file that a page of the site refers to exists.
func everyPageUsable(t *testing.T, dir string) bool {
	t.Helper()
	usable := true
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" || strings.Contains(name, ".sitegen-") {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		for _, part := range link.FindAllSubmatch(content, -1) {
			target := path.Join(path.Dir(name), string(part[1]))
			if _, err := os.Stat(filepath.Join(dir, target)); err != nil {
				t.Logf("%s names %s", name, target)
				usable = false
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return usable
}

// A build publishes into a mounted volume, and the volume's folder keeps its mode.
func TestVolume(t *testing.T) {
	dir := smallContent(t)
	mustRun(t, dir, "build", "--date", "2026-11-22", "--out", "a")
	for _, date := range []string{"2026-01-01", "2026-11-22"} {
		if output, err := onVolume(t, dir, "volume", []string{"build", "--date", date}).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		if err := os.Chmod(filepath.Join(dir, "public"), 0o750|fs.ModeSetgid); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "public")); err != nil || info.Mode() != fs.ModeDir|fs.ModeSetgid|0o750 {
		t.Errorf("the folder is %v: %v", info.Mode(), err)
	}
	os.Chmod(filepath.Join(dir, "public"), 0o755)
	if !bytes.Equal(mustTree(t, filepath.Join(dir, "public")), mustTree(t, filepath.Join(dir, "a"))) {
		t.Error("the site is not the one that was built")
	}
}

// When a build exchanges the output folder, the new folder has the permissions and the setgid bit of the old one.
func TestModeStays(t *testing.T) {
	dir := smallContent(t)
	public := filepath.Join(dir, "public")
	mustRun(t, dir, "build", "--date", "2026-01-01")
	if err := os.Chmod(public, 0o775|fs.ModeSetgid); err != nil {
		t.Fatal(err)
	}
	const group = 54321
	root := os.Getuid() == 0 // only root may give a folder any group
	if root {
		if err := errors.Join(os.Chown(public, -1, group), os.Chmod(public, 0o775|fs.ModeSetgid)); err != nil {
			t.Fatal(err)
		}
	}
	mustRun(t, dir, "build", "--date", "2026-11-22")
	if info, err := os.Stat(public); err != nil || root && groupOf(info) != group {
		t.Errorf("the group is %d, not %d: %v", groupOf(info), group, err)
	}
	for name, want := range map[string]fs.FileMode{"": fs.ModeDir | fs.ModeSetgid | 0o775, "ja": fs.ModeDir | fs.ModeSetgid | 0o755, "index.html": 0o644} {
		if info, err := os.Stat(filepath.Join(public, name)); err != nil || info.Mode() != want {
			t.Errorf("%q is %v, not %v: %v", name, info.Mode(), want, err)
		}
	}
}

// groupOf returns the number of a folder's group.
func groupOf(info fs.FileInfo) int { return int(info.Sys().(*syscall.Stat_t).Gid) }

// After a person interrupts a build, the old site is unchanged.
func TestInterrupt(t *testing.T) {
	dir := smallContent(t)
	mustRun(t, dir, "build", "--date", "2026-11-22")
	before := mustTree(t, filepath.Join(dir, "public"))
	// This test holds the lock, so the build waits until it is interrupted.
	holdLock(t, filepath.Join(dir, "public.sitegen-lock"))
	cmd := sitegen(t, dir, "build", "--date", "2026-01-01")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	if lines.Scan(); !strings.HasPrefix(lines.Text(), "waiting for another sitegen") {
		t.Errorf("it says %q", lines.Text())
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if lines.Scan(); lines.Text() != "sitegen: interrupted; the published site is as it was" {
		t.Errorf("it says %q", lines.Text())
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitEnvironment {
		t.Error(err)
	}
	if !bytes.Equal(mustTree(t, filepath.Join(dir, "public")), before) {
		t.Error("the old site changed")
	}
}

// If several builds run at the same time, they publish one after another.
func TestTwoBuilds(t *testing.T) {
	dir := smallContent(t)
	mustRun(t, dir, "build", "--out", "a", "--date", "2026-11-22")
	var builds sync.WaitGroup
	for range 4 {
		builds.Go(func() {
			if output, err := sitegen(t, dir, "build", "--date", "2026-11-22").CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, output)
			}
		})
	}
	builds.Wait()
	if !bytes.Equal(mustTree(t, filepath.Join(dir, "public")), mustTree(t, filepath.Join(dir, "a"))) {
		t.Error("the site is not the one that was built")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "public.*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// On a full disk and on a read-only disk a build exits with status 3, leaves the old site intact, and leaves no files behind.
func TestDisk(t *testing.T) {
	for _, disk := range []struct{ name, want string }{
		{"full", "the disk is full; the published site is as it was"},
		{"read-only", "the disk is read-only"},
	} {
		t.Run(disk.name, func(t *testing.T) {
			dir := smallContent(t)
			old := mustRun(t, dir, "build", "--out", "disk/public")
			binary, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			// The shell copies the old site to a new file system that only this shell sees.
			script := `
				set -e
				mv disk small
				mkdir disk
				mount -t tmpfs -o size=1m none disk
				cp -a small/. disk
				cp -a disk before
				if [ ` + disk.name + ` = full ]; then dd if=/dev/zero of=disk/filler bs=4k status=none || true; else mount -o remount,bind,ro disk; fi
				status=0
				bash -c 'exec -a sitegen "$0" build --out disk/public --date 2026-01-01' "$1" || status=$?
				rm -f disk/filler 2>/dev/null || true
				diff -r before disk >&2
				echo "status $status"`
			cmd := exec.CommandContext(t.Context(), "unshare", "--user", "--map-root-user", "--mount", "bash", "-c", script, "bash", binary)
			cmd.Dir = dir
			output, err := cmd.CombinedOutput()
			if strings.Contains(string(output), "unshare") || errors.Is(err, exec.ErrNotFound) {
				t.Skipf("no file system of one's own here: %v %s", err, output)
			}
			if err != nil || !strings.Contains(string(output), "status 3") || !strings.Contains(string(output), disk.want) {
				t.Errorf("%v\n%s\n%s", err, old, output)
			}
		})
	}
}

// holdLock takes the lock with the file `path` until the test ends, as a second build would.
func holdLock(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(f, "%d %s\n", os.Getpid(), host)
}

// If a build was stopped before it exchanged the output folder, and the folder has become a mounted volume since, the next build
// publishes into the volume and removes the leftover folder.
func TestVolumeSince(t *testing.T) {
	dir := smallContent(t)
	mustRun(t, dir, "build", "--date", "2026-11-22", "--out", "a")
	if output, err := onVolume(t, dir, "volume", []string{"build", "--date", "2026-11-22"}).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	mustRun(t, dir, "build", "--date", "2026-11-22", "--base-url", "https://example.jp/", "--out", "public.sitegen-switch-0123456789abcdef")
	if output, err := onVolume(t, dir, "volume", []string{"build", "--date", "2026-11-22"}).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	if !bytes.Equal(mustTree(t, filepath.Join(dir, "public")), mustTree(t, filepath.Join(dir, "a"))) {
		t.Error("the site is not the one that was built")
	}
	if left, err := filepath.Glob(filepath.Join(dir, "public.*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// With --keep, a build keeps the old site beside a mounted volume. Each `sitegen undo` exchanges the old and the new site.
func TestKeepOnAVolume(t *testing.T) {
	dir := smallContent(t)
	for _, date := range []string{"2026-01-01", "2026-11-22"} {
		mustRun(t, dir, "build", "--out", date, "--date", date, "--base-url", "https://example.jp/"+date+"/")
		if output, err := onVolume(t, dir, "volume", []string{"build", "--keep", "--date", date, "--base-url", "https://example.jp/" + date + "/"}).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
	}
	same := func(published, want string) {
		t.Helper()
		if !bytes.Equal(mustTree(t, filepath.Join(dir, published)), mustTree(t, filepath.Join(dir, want))) {
			t.Errorf("%s is not the site of %s", published, want)
		}
	}
	same("public", "2026-11-22")
	same("public.sitegen-before", "2026-01-01")
	for i := range 3 {
		if output, err := onVolume(t, dir, "volume", []string{"undo"}).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		same("public", []string{"2026-01-01", "2026-11-22"}[i%2])
		same("public.sitegen-before", []string{"2026-11-22", "2026-01-01"}[i%2])
	}
	if list, err := filepath.Glob(filepath.Join(dir, "public*")); err != nil || len(list) != 2 {
		t.Errorf("beside it lies %v", list)
	}
}
