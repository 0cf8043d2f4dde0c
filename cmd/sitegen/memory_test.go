//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// A check of 10 MB of content may take at most 500 MB of memory, whatever the content is. This test checks 1 or 2 MB of each kind
// of content that took the most memory before the program limited the numbers of findings and of pieces in a file.
func TestMemory(t *testing.T) {
	const size, most = 2_000_000, 150 // bytes, MB
	questions := map[string]string{}
	for i := range 400 {
		questions["faq/card/a"+strconv.Itoa(i)+"/ja.md"] = "---\nquestion: 質問\nsources: [" + strings.Repeat("a,", 1200) + "a]\n---\n本文\n"
	}
	for name, files := range map[string]map[string]string{
		"tabs":         {"facts.yaml": strings.Repeat("\ta\n", size/3)},
		"aliases":      {"facts.yaml": "a: &a x\nb: [" + strings.Repeat("*a,", size/3) + "a]"},
		"many sources": questions,
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallContent(t)
			for file, text := range files {
				file = filepath.Join(dir, "content", filepath.FromSlash(file))
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			cmd := sitegen(t, dir, "check", "--date", "2026-11-22")
			cmd.Args[0] = "measured"
			said, err := cmd.Output()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != exitContent {
				t.Fatal(err)
			}
			took, err := strconv.Atoi(string(said))
			if err != nil {
				t.Fatal(err)
			}
			if took > most {
				t.Errorf("%d MB", took)
			}
			t.Logf("%d MB", took)
		})
	}
}

// measured runs sitegen as a child process with this process's arguments, prints the child's peak memory in MiB, and exits with its
// status. The tests cannot run that child directly: Linux counts the memory that a process has before it executes a new program,
// and a process that runs tests has more memory than a check needs.
func measured() {
	binary, err := os.Executable()
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(binary)
	cmd.Args = append([]string{"sitegen"}, os.Args[1:]...)
	if err := cmd.Run(); cmd.ProcessState == nil {
		panic(err)
	}
	fmt.Print(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10) // Maxrss is in KiB
	os.Exit(cmd.ProcessState.ExitCode())
}

// A heap may grow to twice its live bytes, but at least to freeHeap and at most to fullHeap. It may always grow by a quarter, even
// beyond fullHeap.
func TestCollectorPace(t *testing.T) {
	for alive, want := range map[int]int{0: freeHeap, 50 << 20: freeHeap, 150 << 20: 300 << 20, 250 << 20: fullHeap, 390 << 20: 390 << 20 * 5 / 4, 800 << 20: 1000 << 20} {
		if got := alive + alive/100*collectorPace(alive); alive > 0 && (got < want-want/50 || got > want+want/50) {
			t.Errorf("with %d MB alive, the heap grows to %d MB, not %d", alive>>20, got>>20, want>>20)
		}
	}
	if collectorPace(0) < 100 {
		t.Error("an empty heap has no room")
	}
}

// Garbage does not count as alive: it would raise the limit to which the heap may grow.
func TestLiveBytes(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // no collection runs by itself, only that of runtime.GC below
	const kept, garbage = 32 << 20, 64 << 20
	alive := make([]byte, kept)
	runtime.GC()
	before := liveBytes()
	for range garbage >> 20 {
		dropped = make([]byte, 1<<20)
	}
	if got := liveBytes(); before < kept || got > before+garbage/4 {
		t.Errorf("%d MB alive, %d MB after %d MB of garbage", before>>20, got>>20, garbage>>20)
	}
	runtime.KeepAlive(alive)
}

// dropped is where a test allocates garbage that the compiler cannot optimise away.
var dropped []byte
