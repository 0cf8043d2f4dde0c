//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// killsAll says that publishing is stopped in every way (`make kills`), not in a few of each (`make test`).
var killsAll = os.Getenv("KILLS") == "1"

// killsFile is where `make kills` writes what it saw.
const killsFile = "../../docs/kills.md"

// changing are the system calls with which a build reads, writes and puts a site in its place.
var changing = []string{
	"openat", "openat2", "read", "write", "close", "newfstatat", "getdents64", "mkdirat", "fchmodat", "fchownat", "utimensat",
	"ftruncate", "pwrite64", "flock", "syncfs", "renameat", "renameat2", "unlinkat",
}

// injected are the errors with which such calls fail.
var injected = map[string][]string{
	"openat": {"EIO", "ENOSPC", "EMFILE", "EACCES"}, "openat2": {"EIO", "EMFILE"}, "read": {"EIO"}, "write": {"EIO", "ENOSPC", "EDQUOT"},
	"close": {"EIO"}, "newfstatat": {"EIO"}, "getdents64": {"EIO"}, "mkdirat": {"EIO", "ENOSPC", "EROFS"}, "fchmodat": {"EIO", "EPERM"},
	"fchownat": {"EPERM"}, "utimensat": {"EIO"}, "ftruncate": {"EIO"}, "pwrite64": {"EIO", "ENOSPC"}, "flock": {"EIO", "ENOLCK"},
	"syncfs": {"EIO", "ENOSPC"}, "renameat": {"EIO", "EBUSY", "EACCES", "ENOSPC"}, "renameat2": {"EIO", "ENOSYS", "EINVAL"},
	"unlinkat": {"EIO", "EBUSY", "EPERM"},
}

// place is an output folder into which two sites are published in turn.
type place struct {
	*testing.T
	dir    string
	volume bool        // it is a mounted one, which cannot be exchanged
	builds [2][]string // what makes each site
	trees  [2][]byte   // what each is
	usual  time.Duration
	counts map[string]int // what was seen after a build that was stopped
}

// What is seen after a build that was stopped.
const (
	wholeOld = "old"
	wholeNew = "new"
	between  = "between" // every page usable, and the next build ended it
	unharmed = "unharmed"
)

// newPlace makes a place with the small content, or with the real one.
func newPlace(t *testing.T, actual, volume bool) *place {
	t.Helper()
	p := &place{T: t, volume: volume, counts: map[string]int{}}
	if !actual {
		p.dir = smallContent(t)
	} else if p.dir = t.TempDir(); os.CopyFS(filepath.Join(p.dir, "content"), os.DirFS("../../content")) != nil {
		t.Fatal("the content cannot be copied")
	}
	binary, err := os.Executable()
	if err == nil {
		err = os.Symlink(binary, filepath.Join(p.dir, "sitegen"))
	}
	if err == nil {
		err = os.Mkdir(p.public(), 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	if output, err := p.run(nil, "version").CombinedOutput(); err != nil {
		t.Skipf("this kernel lends nobody a file system of his own: %v %s", err, output)
	}
	p.builds = [2][]string{
		{"build", "--date", "2026-12-15"},
		{"build", "--date", "2026-12-15", "--base-url", "https://example.jp/"},
	}
	for _, i := range []int{0, 1, 0, 1} { // each built over the other once, so that both trees are as they stay
		p.end(i)
		p.trees[i] = mustTree(t, p.public())
	}
	if bytes.Equal(p.trees[0], p.trees[1]) {
		t.Fatal("the two sites are the same")
	}
	return p
}

func (p *place) public() string { return filepath.Join(p.dir, "public") }

// run returns a command that runs this program there, with another in front of it.
func (p *place) run(front []string, args ...string) *exec.Cmd {
	command := append(append(front[:len(front):len(front)], "./sitegen"), args...)
	if p.volume {
		script := `mount --bind public public && exec "$0" "$@"`
		command = append([]string{"unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script}, command...)
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = p.dir
	return cmd
}

// end publishes a site, and nothing stops it.
func (p *place) end(i int) {
	p.Helper()
	start := time.Now()
	if output, err := p.run(nil, p.builds[i]...).CombinedOutput(); err != nil {
		p.Fatalf("%v\n%s", err, output)
	}
	p.usual = time.Since(start)
	if p.trees[i] != nil && !bytes.Equal(mustTree(p.T, p.public()), p.trees[i]) {
		p.Fatalf("the next build did not end it:\n%s", mustTree(p.T, p.public()))
	}
}

// stop begins to publish the site that does not stand there, has it stopped, and looks at what stands there now. It reports
// whether it was stopped.
func (p *place) stop(what string, front []string, stop func(*exec.Cmd)) bool {
	p.Helper()
	next := 0
	if bytes.Equal(mustTree(p.T, p.public()), p.trees[0]) {
		next = 1
	}
	var said bytes.Buffer
	cmd := p.run(front, p.builds[next]...)
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		p.Fatal(err)
	}
	if stop != nil {
		stop(cmd)
	}
	err := cmd.Wait()
	// Go's own runtime also makes system calls, and gives up where they fail: that is as good as a kill.
	if strings.Contains(said.String(), "bug of sitegen") {
		p.Fatalf("%s: %s", what, said.String())
	}
	state := p.look(what, next)
	if err == nil {
		if state != wholeNew {
			p.Fatalf("%s: all went well, and the site is %s\n%s", what, state, said.String())
		}
		p.counts[unharmed]++
		return false
	}
	p.counts[state]++
	if state == between || p.counts[state]%10 == 0 {
		p.end(next)
		p.wantNothingLeft(what)
	}
	return true
}

// look says what stands there.
func (p *place) look(what string, next int) string {
	p.Helper()
	tree := mustTree(p.T, p.public())
	if p.volume {
		tree = withoutWorkplaces(tree)
	}
	switch {
	case bytes.Equal(tree, p.trees[1-next]):
		return wholeOld
	case bytes.Equal(tree, p.trees[next]):
		return wholeNew
	case !p.volume || !p.filesWhole(tree) || !everyPageUsable(p.T, p.public()):
		p.Fatalf("%s: neither the old nor the new site:\n%s", what, tree)
	}
	return between
}

// withoutWorkplaces leaves out of a list what is no part of the site: the folders in which a build works where it cannot work beside.
func withoutWorkplaces(tree []byte) []byte {
	var rest []byte
	for line := range bytes.Lines(tree) {
		if !bytes.Contains(line, []byte(" .sitegen-")) {
			rest = append(rest, line...)
		}
	}
	return rest
}

// filesWhole reports whether every published file is that of the old site or that of the new one.
func (p *place) filesWhole(tree []byte) bool {
	whole := true
	for line := range bytes.Lines(tree) {
		if bytes.HasPrefix(line, []byte("-")) && !bytes.Contains(p.trees[0], line) && !bytes.Contains(p.trees[1], line) {
			p.Logf("of neither site: %s", line)
			whole = false
		}
	}
	return whole
}

func (p *place) wantNothingLeft(what string) {
	p.Helper()
	if left, err := filepath.Glob(filepath.Join(p.dir, "public.*")); err != nil || len(left) > 0 {
		p.Errorf("%s: left behind: %v %v", what, left, err)
	}
}

// atRandom kills builds at any moment.
func (p *place) atRandom(kills int) {
	for tries := 0; kills > 0 && tries < 10*kills+100; tries++ {
		moment := rand.N(p.usual + p.usual/10)
		stopped := p.stop(fmt.Sprint("killed after ", moment), nil, func(cmd *exec.Cmd) {
			// Whoever mounts the volume becomes the program, so that it is the program that is killed.
			time.AfterFunc(moment, func() { cmd.Process.Kill() })
		})
		if stopped {
			kills--
		}
	}
}

// inject has strace do something at the n-th of the system calls of a kind that a thread makes.
func inject(call, what string, n int) []string {
	return []string{"strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call, "-e", fmt.Sprintf("inject=%s:%s:when=%d", call, what, n)}
}

// needStrace skips a test where nobody may watch another program.
func (p *place) needStrace() {
	p.Helper()
	output, err := exec.Command("strace", "-o", "/dev/null", "true").CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		p.Fatal("strace is not installed: run `make install`")
	}
	if err != nil {
		p.Skipf("strace may not watch anything here: %v %s", err, output)
	}
}

// atEachCall kills builds as they make the n-th system call of a kind, for each n.
func (p *place) atEachCall() {
	p.needStrace()
	for _, call := range changing {
		for n, past := 1, 0; past < 2; n++ { // threads do not share their work alike each time
			if p.stop(fmt.Sprint("killed at ", call, " ", n), inject(call, "signal=KILL", n), nil) {
				past = 0
			} else {
				past++
			}
		}
	}
}

// atSomeCalls kills builds at a few of these.
func (p *place) atSomeCalls(kills int) {
	p.needStrace()
	for range kills {
		call := changing[rand.N(len(changing))]
		n := 1 + rand.N(20)
		p.stop(fmt.Sprint("killed at ", call, " ", n), inject(call, "signal=KILL", n), nil)
	}
}

// failing has system calls fail, until so many did.
func (p *place) failing(times int) {
	p.needStrace()
	for n, before := 1, -1; times > 0 && before != times; n++ {
		before = times
		for _, call := range changing {
			for _, code := range injected[call] {
				if times > 0 && p.stop(fmt.Sprint(call, " ", n, " fails with ", code), inject(call, "error="+code, n), nil) {
					times--
				}
			}
		}
	}
}

// failingOnce has some calls fail.
func (p *place) failingOnce(times int) {
	p.needStrace()
	for range times {
		call := changing[rand.N(len(changing))]
		code := injected[call][rand.N(len(injected[call]))]
		n := 1 + rand.N(20)
		p.stop(fmt.Sprint(call, " ", n, " fails with ", code), inject(call, "error="+code, n), nil)
	}
}

// onFullDisk publishes the second site over the first, on a disk with a limit, as mount takes it.
func (p *place) onFullDisk(limit string) {
	p.Helper()
	what := "a disk with " + limit
	// The folder is on a disk of its own, which only this shell sees, or is one.
	mounted := map[bool]string{false: "disk", true: "disk/public"}[p.volume]
	script := `
		set -e
		rm -rf disk result ended
		mkdir -p disk/public
		mount -t tmpfs -o "mode=755,$2" none "$1"
		mkdir -p disk/public
		cp -a first/. disk/public
		shift 2
		status=0
		"$@" --out disk/public || status=$?
		cp -a disk/public result
		mount -o remount,size=100m,nr_inodes=100k "$0"
		"$@" --out disk/public
		cp -a disk/public ended
		ls -d disk/public?* >&2 || true
		echo "status $status"`
	args := append([]string{"--user", "--map-root-user", "--mount", "sh", "-c", script, mounted, mounted, limit, "./sitegen"}, p.builds[1]...)
	cmd := exec.Command("unshare", args...)
	cmd.Dir = p.dir
	output, err := cmd.CombinedOutput()
	status := regexp.MustCompile(`status (\d)\n$`).FindSubmatch(output)
	if err != nil || status == nil || bytes.Contains(output, []byte("goroutine ")) {
		p.Fatalf("%s: %v\n%s", what, err, output)
	}
	if ended := mustTree(p.T, filepath.Join(p.dir, "ended")); !bytes.Equal(ended, p.trees[1]) {
		p.Fatalf("%s: the next build did not end it:\n%s\n%s", what, output, ended)
	}
	tree := mustTree(p.T, filepath.Join(p.dir, "result"))
	switch {
	case string(status[1]) == "0" && bytes.Equal(tree, p.trees[1]):
		p.counts[unharmed]++
	case string(status[1]) == "3" && bytes.Equal(withoutWorkplaces(tree), p.trees[0]):
		p.counts[wholeOld]++
	case string(status[1]) == "3" && p.volume && p.filesWhole(withoutWorkplaces(tree)) && everyPageUsable(p.T, filepath.Join(p.dir, "result")):
		p.counts[between]++
	default:
		p.Fatalf("%s: %s\n%s", what, output, tree)
	}
}

// onFullDisks publishes on disks of so many sizes: from one that has just room for the first site to one that has it for both.
func (p *place) onFullDisks(sizes int) {
	p.Helper()
	p.end(0)
	if err := os.CopyFS(filepath.Join(p.dir, "first"), os.DirFS(p.public())); err != nil {
		p.Fatal(err)
	}
	least, files := p.room()
	for i := range sizes {
		if i%5 == 4 { // a disk may also be full of names
			p.onFullDisk(fmt.Sprintf("nr_inodes=%d", files+files*5/4*i/sizes))
		} else {
			p.onFullDisk(fmt.Sprintf("size=%dk", (least+least*5/4*i/sizes)*pageKiB))
		}
	}
}

const pageKiB = 4 // what a tmpfs gives at a time

// room is how many pages and names of a tmpfs the first site takes.
func (p *place) room() (pages, names int) {
	p.Helper()
	err := filepath.WalkDir(filepath.Join(p.dir, "first"), func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		names++
		info, err := entry.Info()
		if err == nil && info.Mode().IsRegular() {
			pages += int(info.Size()+pageKiB<<10-1) / (pageKiB << 10)
		}
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	return pages + 1, names + 2
}

// A row of the table of what was seen.
type killsRow struct {
	name   string
	actual bool // with the real content
	volume bool
	all    func(p *place) // `make kills`
	few    func(p *place) // `make test`; nil for nothing
}

var killsRows = []killsRow{
	{"killed at random", false, false, func(p *place) { p.atRandom(150) }, func(p *place) { p.atRandom(5) }},
	{"killed at random", false, true, func(p *place) { p.atRandom(150) }, func(p *place) { p.atRandom(5) }},
	{"killed at each system call", false, false, (*place).atEachCall, func(p *place) { p.atSomeCalls(5) }},
	{"killed at each system call", false, true, (*place).atEachCall, func(p *place) { p.atSomeCalls(5) }},
	{"a system call fails", false, false, func(p *place) { p.failing(100) }, func(p *place) { p.failingOnce(5) }},
	{"a system call fails", false, true, func(p *place) { p.failing(100) }, func(p *place) { p.failingOnce(5) }},
	{"the disk is full", false, false, func(p *place) { p.onFullDisks(50) }, func(p *place) { p.onFullDisks(5) }},
	{"the disk is full", false, true, func(p *place) { p.onFullDisks(50) }, func(p *place) { p.onFullDisks(5) }},
	{"killed at random", true, false, func(p *place) { p.atRandom(50) }, nil},
	{"killed at random", true, true, func(p *place) { p.atRandom(50) }, nil},
}

// key is what a row of the page begins with.
func (row killsRow) key() string {
	return fmt.Sprintf("| %s | %s | %s |", row.name, map[bool]string{false: "small", true: "real"}[row.actual],
		map[bool]string{false: "exchanged", true: "a mounted volume"}[row.volume])
}

// However publishing is stopped, what stands is the old site or the new one, whole; or, where a folder cannot be exchanged,
// each page can be used, and the next build ends it.
func TestKills(t *testing.T) {
	text, err := os.ReadFile(killsFile)
	if err != nil {
		t.Fatal(err)
	}
	above, table, _ := strings.Cut(string(text), "|---|\n")
	var rows []string
	for _, row := range killsRows {
		_, written, found := strings.Cut(table, row.key())
		written, _, _ = strings.Cut(written, "\n")
		try := row.few
		if killsAll {
			try = row.all
		} else if !found {
			t.Errorf("docs/kills.md has no row %s: run `make kills`", row.key())
		}
		if try != nil {
			t.Run(strings.Trim(row.key(), "| "), func(t *testing.T) {
				p := newPlace(t, row.actual, row.volume)
				try(p)
				t.Log(p.counts)
				written = fmt.Sprintf(" %d | %d | %d | %d | %d |", p.counts[wholeOld]+p.counts[wholeNew]+p.counts[between],
					p.counts[wholeOld], p.counts[wholeNew], p.counts[between], p.counts[unharmed])
			})
		}
		rows = append(rows, row.key()+written+"\n")
	}
	if killsAll && !t.Failed() {
		if err := os.WriteFile(killsFile, []byte(above+"|---|\n"+strings.Join(rows, "")), 0o644); err != nil {
			t.Error(err)
		}
	}
}
