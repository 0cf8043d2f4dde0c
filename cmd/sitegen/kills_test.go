//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// killsAll reports whether the test stops builds in all ways (`make kills`) or only in a few (`make test`).
var killsAll = os.Getenv("KILLS") == "1"

// killsFile is the page into which `make kills` writes its results.
const killsFile = "../../docs/kills.md"

// changing lists the system calls with which a build reads its files, writes the new site and publishes it.
var changing = []string{
	"openat", "openat2", "read", "write", "close", "newfstatat", "getdents64", "mkdirat", "fchmodat", "fchownat", "utimensat",
	"ftruncate", "pwrite64", "flock", "syncfs", "renameat", "renameat2", "unlinkat",
}

// injected lists, for each system call, the errors with which the test makes the call fail.
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
	volume bool           // whether the output folder is a mounted volume, which cannot be exchanged for a new folder
	builds [2][]string    // by site: the arguments that build the site
	trees  [2][]byte      // by site: the list of its files (see treeOf)
	usual  time.Duration  // how long a build takes
	counts map[string]int // by outcome: the number of builds with that outcome
}

// The outcomes of a build that the test tried to stop.
const (
	wholeOld = "old"      // stopped, and the old site is there
	wholeNew = "new"      // stopped, and the new site is there
	between  = "between"  // stopped with files of both sites; every page is usable, and the next build completes the new site
	unharmed = "unharmed" // not stopped
)

// newPlace makes a place with the small content or, if `actual` is true, with the real content. It builds both sites. The folder stays
// until the test `all` ends.
func newPlace(t, all *testing.T, actual, volume bool) *place {
	t.Helper()
	p := &place{T: t, volume: volume, counts: map[string]int{}}
	if !actual {
		p.dir = smallContent(all)
	} else if p.dir = all.TempDir(); os.CopyFS(filepath.Join(p.dir, "content"), os.DirFS("../../content")) != nil {
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
	for _, i := range []int{0, 1, 0, 1} { // a site keeps some files of the one before it, so its tree is final in the second round
		p.end(i)
		p.trees[i] = mustTree(t, p.public())
	}
	if bytes.Equal(p.trees[0], p.trees[1]) {
		t.Fatal("the two sites are the same")
	}
	return p
}

func (p *place) public() string { return filepath.Join(p.dir, "public") }

// run returns a command that runs sitegen in the place. `front` is a command line that goes in front of it, such as that of strace; it may
// be nil. With a volume, the command first mounts the output folder.
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

// end publishes site i without stopping the build, and checks that the whole site is there.
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

// stop starts a build that replaces the present site with the other one, and checks the output folder when the build has ended. The build
// is stopped by the command line `front` (see the method `run`) or by the function `stop`; each may be nil. The result says whether the
// build was stopped.
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
	// A panic of sitegen fails the test. The Go runtime may also crash, because some failing system calls are its own: such a crash
	// counts as a kill.
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

// look returns which site is in the output folder after a stopped build of the site `next`: wholeOld, wholeNew or between. It fails
// the test if the folder is in any other state.
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

// withoutWorkplaces removes the folders that are not part of the site from a list of files. A build puts its working folders into
// the output folder if that is a mounted volume.
func withoutWorkplaces(tree []byte) []byte {
	var rest []byte
	for line := range bytes.Lines(tree) {
		if !bytes.Contains(line, []byte(" .sitegen-")) {
			rest = append(rest, line...)
		}
	}
	return rest
}

// filesWhole reports whether each file of the list is a whole file of the old site or of the new one.
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

// wantNothingLeft checks that no file or folder is left over beside the output folder.
func (p *place) wantNothingLeft(what string) {
	p.Helper()
	if left, err := filepath.Glob(filepath.Join(p.dir, "public.*")); err != nil || len(left) > 0 {
		p.Errorf("%s: left behind: %v %v", what, left, err)
	}
}

// atRandom kills `kills` builds, each at a random moment.
func (p *place) atRandom(kills int) {
	for tries := 0; kills > 0 && tries < 10*kills+100; tries++ {
		moment := rand.N(p.usual + p.usual/10)
		stopped := p.stop(fmt.Sprint("killed after ", moment), nil, func(cmd *exec.Cmd) {
			// With a volume, the shell that mounts it execs sitegen, so the killed process is sitegen.
			time.AfterFunc(moment, func() { cmd.Process.Kill() })
		})
		if stopped {
			kills--
		}
	}
}

// inject returns a command line of strace. In each thread of the traced program, strace then injects `what`, a signal or an error, into
// the n-th use of the system call `call`.
func inject(call, what string, n int) []string {
	return []string{"strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call, "-e", fmt.Sprintf("inject=%s:%s:when=%d", call, what, n)}
}

// needStrace skips the test if this system does not let strace trace a program. It fails the test if strace is not installed.
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

// atEachCall kills builds at the n-th call of each system call, from n = 1 until two builds in a row do not reach that call.
func (p *place) atEachCall() {
	p.needStrace()
	for _, call := range changing {
		for n, past := 1, 0; past < 2; n++ { // each run spreads the calls over the threads differently, so one miss does not end the loop
			if p.stop(fmt.Sprint("killed at ", call, " ", n), inject(call, "signal=KILL", n), nil) {
				past = 0
			} else {
				past++
			}
		}
	}
}

// atSomeCalls tries `kills` times to kill a build at the n-th use of a random system call. n is at most `furthest`, and small n are drawn
// more often (log n is uniform), because a build makes most system calls only a few times.
func (p *place) atSomeCalls(kills, furthest int) {
	p.needStrace()
	for range kills {
		call := changing[rand.N(len(changing))]
		n := int(math.Pow(float64(furthest), rand.Float64()))
		p.stop(fmt.Sprint("killed at ", call, " ", n), inject(call, "signal=KILL", n), nil)
	}
}

// failing makes system calls fail, one in each build: each system call with each of its errors at the first call, then at the second, and
// so on. It ends when `times` builds have failed, or when no build reaches the n-th call of any system call.
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

// failingOnce runs `times` builds, and makes a random system call fail in each.
func (p *place) failingOnce(times int) {
	p.needStrace()
	for range times {
		call := changing[rand.N(len(changing))]
		code := injected[call][rand.N(len(injected[call]))]
		n := 1 + rand.N(20)
		p.stop(fmt.Sprint(call, " ", n, " fails with ", code), inject(call, "error="+code, n), nil)
	}
}

// onFullDisk publishes site 1 over site 0 on a tmpfs with a limit, and then once more with enough room. `limit` is an option of mount,
// such as "size=100k". onFullDisk checks both results.
func (p *place) onFullDisk(limit string) {
	p.Helper()
	what := "a disk with " + limit
	// Only the shell below sees the tmpfs. It is mounted at the output folder if that is a volume, and at its parent otherwise.
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

// onFullDisks publishes on disks of `sizes` different sizes. The smallest has just enough room for site 0, and the largest has enough
// for both sites.
func (p *place) onFullDisks(sizes int) {
	p.Helper()
	p.end(0)
	if err := os.CopyFS(filepath.Join(p.dir, "first"), os.DirFS(p.public())); err != nil {
		p.Fatal(err)
	}
	least, files := p.room()
	for i := range sizes {
		if i%5 == 4 { // a disk can also run out of inodes
			p.onFullDisk(fmt.Sprintf("nr_inodes=%d", files+files*5/4*i/sizes))
		} else {
			p.onFullDisk(fmt.Sprintf("size=%dk", (least+least*5/4*i/sizes)*pageKiB))
		}
	}
}

const pageKiB = 4 // the unit in which a tmpfs allocates memory, in KiB

// room returns how many pages of pageKiB and how many inodes site 0 takes on a tmpfs.
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

// killsRow is a row of the table in docs/kills.md.
type killsRow struct {
	name   string
	actual bool           // whether the site is made from the real content
	volume bool           // whether the output folder is a mounted volume
	all    func(p *place) // what `make kills` runs
	few    func(p *place) // what `make test` runs, or nil
}

var killsRows = []killsRow{
	{"killed at random", false, false, func(p *place) { p.atRandom(250) }, func(p *place) { p.atRandom(3) }},
	{"killed at random", false, true, func(p *place) { p.atRandom(250) }, func(p *place) { p.atRandom(3) }},
	{"killed at each system call", false, false, (*place).atEachCall, func(p *place) { p.atSomeCalls(4, 20) }},
	{"killed at each system call", false, true, (*place).atEachCall, func(p *place) { p.atSomeCalls(4, 20) }},
	{"a system call fails", false, false, func(p *place) { p.failing(100) }, func(p *place) { p.failingOnce(3) }},
	{"a system call fails", false, true, func(p *place) { p.failing(100) }, func(p *place) { p.failingOnce(3) }},
	{"the disk is full", false, false, func(p *place) { p.onFullDisks(50) }, func(p *place) { p.onFullDisks(5) }},
	{"the disk is full", false, true, func(p *place) { p.onFullDisks(50) }, func(p *place) { p.onFullDisks(5) }},
	{"killed at random", true, false, func(p *place) { p.atRandom(50); p.atSomeCalls(25, 1000) }, nil},
	{"killed at random", true, true, func(p *place) { p.atRandom(50); p.atSomeCalls(25, 1000) }, nil},
}

// killsNeeded says how many builds `make kills` must stop at least, for each content and each way of stopping.
var killsNeeded = []struct {
	name    string
	actual  bool
	least   int
	counted *regexp.Regexp // matches the first cell of the rows that count
	tries   bool           // whether builds that went on count too: each was on a disk of a different size
}{
	{"kills on the small content", false, 1000, regexp.MustCompile("^killed "), false},
	{"kills on the real content", true, 100, regexp.MustCompile("^killed "), false},
	{"system calls that fail", false, 200, regexp.MustCompile("^a system call "), false},
	{"sizes of disks", false, 80, regexp.MustCompile("^the disk "), true},
}

// tooFew returns the entries of killsNeeded whose minimum the rows of the table miss, each with the number that was reached.
func tooFew(rows []string) (found []string) {
	for _, need := range killsNeeded {
		sum := 0
		for i, row := range killsRows {
			if row.actual != need.actual || !need.counted.MatchString(row.name) {
				continue
			}
			var stopped, before, after, mixed, wentOn int
			fmt.Sscanf(strings.TrimPrefix(rows[i], row.key()), " %d | %d | %d | %d | %d |", &stopped, &before, &after, &mixed, &wentOn)
			if sum += stopped; need.tries {
				sum += wentOn
			}
		}
		if sum < need.least {
			found = append(found, fmt.Sprintf("%s: %d of %d", need.name, sum, need.least))
		}
	}
	return found
}

// The function tooFew compares the sums of the table with what `make kills` must reach.
func TestKillsAreCounted(t *testing.T) {
	fill := func(stopped, wentOn int) (rows []string) {
		for _, row := range killsRows {
			rows = append(rows, fmt.Sprintf("%s %d | 0 | 0 | 0 | %d |\n", row.key(), stopped, wentOn))
		}
		return rows
	}
	if found := tooFew(fill(250, 0)); len(found) > 0 {
		t.Errorf("enough, but %q", found)
	}
	if found := tooFew(fill(20, 20)); len(found) != 3 || !strings.HasSuffix(found[0], ": 80 of 1000") || !strings.HasSuffix(found[2], ": 40 of 200") || !strings.HasSuffix(found[1], ": 40 of 100") {
		t.Errorf("too few: %q", found)
	}
}

// key returns the first cells of the row, which identify it.
func (row killsRow) key() string {
	return fmt.Sprintf("| %s | %s | %s |", row.name, map[bool]string{false: "small", true: "real"}[row.actual],
		map[bool]string{false: "exchanged", true: "a mounted volume"}[row.volume])
}

// However publishing is stopped, the output folder holds the whole old site or the whole new site. In a mounted volume, which cannot
// be exchanged, it can also hold files of both. Then every page is usable, and the next build completes the new site.
func TestKills(all *testing.T) {
	t := all
	text, err := os.ReadFile(killsFile)
	if err != nil {
		t.Fatal(err)
	}
	above, table, _ := strings.Cut(string(text), "|---|\n")
	places := map[[2]bool]*place{} // by `actual` and `volume` of a row
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
				kind := [2]bool{row.actual, row.volume}
				if places[kind] == nil {
					places[kind] = newPlace(t, all, row.actual, row.volume)
				}
				p := places[kind]
				p.T, p.counts = t, map[string]int{}
				try(p)
				t.Log(p.counts)
				written = fmt.Sprintf(" %d | %d | %d | %d | %d |", p.counts[wholeOld]+p.counts[wholeNew]+p.counts[between],
					p.counts[wholeOld], p.counts[wholeNew], p.counts[between], p.counts[unharmed])
			})
		}
		rows = append(rows, row.key()+written+"\n")
	}
	if few := tooFew(rows); killsAll && !t.Failed() && len(few) > 0 {
		t.Errorf("too few builds were stopped: %s", strings.Join(few, "; "))
	}
	if killsAll && !t.Failed() {
		if err := os.WriteFile(killsFile, []byte(above+"|---|\n"+strings.Join(rows, "")), 0o644); err != nil {
			t.Error(err)
		}
	}
}
