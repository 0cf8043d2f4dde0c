// Command bench compares sitegen with Hugo in the same run: the same questions, a comparable theme, and output in memory. It prints median
// times and peak memory at 1,000 and at 10,000 pages, how the cost of a page grows, and the cost of a further insurer. It also prints the
// ratio to a floor: a program that only reads the files, converts them with goldmark, and writes the results. At the end it measures a
// decision of the rules in V8. Times on a shared machine vary; only the ratios matter.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	floor := flag.String("floor", "", "only read, convert and write the pages of this folder")
	rounds := flag.Int("rounds", 5, "how often each program runs")
	flag.Parse()
	if err := run(*floor, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(floor string, rounds int) error {
	if floor != "" {
		return convertAll(filepath.Join(floor, "hugo/content"), filepath.Join(floor, "out-floor"))
	}
	root, err := os.MkdirTemp(memory(), "sitegen-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(root)
	sitegen := filepath.Join(root, "sitegen")
	if output, err := exec.Command("go", "build", "-o", sitegen, "./cmd/sitegen").CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, output)
	}
	version, err := exec.Command("hugo", "version").Output()
	if err != nil {
		return fmt.Errorf("Hugo is needed for comparison: %w", err)
	}
	fmt.Printf("%s\n%s, %d processors, files in %s\n", strings.TrimSpace(string(version)), runtime.Version(), runtime.NumCPU(), memory())
	var medians [][]measure
	for _, questions := range []int{500, 5000} {
		m, err := compare(root, sitegen, questions, rounds)
		if err != nil {
			return err
		}
		medians = append(medians, m)
	}
	fmt.Println("\nCost of a page at 10,000 pages for one at 1,000 (above 1 something grows faster than the content)")
	fmt.Printf("%-8s %9s %9s %9s\n", "", "wall", "cpu", "memory")
	for i, name := range []string{"sitegen", "Hugo", "floor"} {
		small, large := medians[0][i], medians[1][i]
		fmt.Printf("%-8s %9.2f %9.2f %9.2f\n", name, ratio(large.wall, small.wall)/10, ratio(large.cpu, small.cpu)/10, float64(large.peak)/float64(small.peak)/10)
	}
	if err := compareInsurers(root, sitegen, rounds); err != nil {
		return err
	}
	return compareDecisions(root)
}

// memory returns a folder in memory or, if the system has no such folder, the folder for temporary files.
func memory() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return os.TempDir()
}

// compare runs all programs on a corpus, one after another in each round. It prints a table, and returns the median figures of sitegen,
// Hugo and the floor, in this order.
func compare(root, sitegen string, questions, rounds int) ([]measure, error) {
	corpus := filepath.Join(root, fmt.Sprint(questions))
	if err := writeCorpus(corpus, questions, sitegen); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	programs := []program{
		{"sitegen", "out-sitegen", []string{sitegen, "build", "--content", corpus + "/content", "--out", corpus + "/out-sitegen", "--date", "2026-11-22", "--base-url", "https://example.jp/"}},
		{"Hugo", "out-hugo", []string{"hugo", "--quiet", "--source", corpus + "/hugo", "--destination", corpus + "/out-hugo"}},
		{"floor", "out-floor", []string{self, "-floor", corpus}},
	}
	runs := make([][]measure, len(programs))
	for range rounds {
		for i, p := range programs {
			m, err := p.run(corpus)
			if err == nil {
				err = countPages(filepath.Join(corpus, p.out), questions*len(languages))
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.name, err)
			}
			runs[i] = append(runs[i], m)
		}
	}
	return report(programs, runs, questions*len(languages)), nil
}

type program struct {
	name, out string
	args      []string
}

var questionFile = regexp.MustCompile(`faq[/_]q\d+\.`)

// countPages returns an error unless the folder has as many question pages as `questions` says, counted over all languages.
func countPages(folder string, questions int) error {
	count := 0
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if questionFile.MatchString(path) {
			count++
		}
		return err
	})
	if err == nil && count != questions {
		err = fmt.Errorf("wrote %d of %d questions", count, questions)
	}
	return err
}

// measure has the figures of one run of a program.
type measure struct {
	wall, cpu time.Duration
	peak      int64 // peak use of memory, in bytes
}

// run runs the program once. It first removes the output of earlier runs, because every run must build from scratch.
func (p program) run(corpus string) (measure, error) {
	for _, out := range []string{"out-sitegen", "out-hugo", "out-floor"} {
		if err := os.RemoveAll(filepath.Join(corpus, out)); err != nil {
			return measure{}, err
		}
	}
	command := exec.Command(p.args[0], p.args[1:]...)
	start := time.Now()
	output, err := command.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		return measure{}, fmt.Errorf("%w\n%s", err, output)
	}
	usage := command.ProcessState.SysUsage().(*syscall.Rusage)
	return measure{wall, command.ProcessState.UserTime() + command.ProcessState.SystemTime(), usage.Maxrss * 1024}, nil
}

func report(programs []program, runs [][]measure, pages int) []measure {
	fmt.Printf("\n%d question pages\n%-8s %9s %9s %9s %11s %11s\n", pages, "", "wall ms", "cpu ms", "peak MiB", "µs a page", "KiB a page")
	medians := make([]measure, len(programs))
	for i, p := range programs {
		m := median(runs[i])
		medians[i] = m
		fmt.Printf("%-8s %9d %9d %9d %11.1f %11.1f\n", p.name, m.wall.Milliseconds(), m.cpu.Milliseconds(), m.peak>>20,
			float64(m.wall.Microseconds())/float64(pages), float64(m.peak)/1024/float64(pages))
	}
	fmt.Printf("Hugo / sitegen: wall %.1f, cpu %.1f, memory %.1f; sitegen / floor: wall %.1f, cpu %.1f\n",
		ratio(medians[1].wall, medians[0].wall), ratio(medians[1].cpu, medians[0].cpu), float64(medians[1].peak)/float64(medians[0].peak),
		ratio(medians[0].wall, medians[2].wall), ratio(medians[0].cpu, medians[2].cpu))
	return medians
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// median returns the median of each figure. The medians may come from different runs.
func median(runs []measure) measure {
	middle := func(less func(a, b measure) int) measure {
		sorted := slices.SortedFunc(slices.Values(runs), less)
		return sorted[len(sorted)/2]
	}
	return measure{
		wall: middle(func(a, b measure) int { return cmp.Compare(a.wall, b.wall) }).wall,
		cpu:  middle(func(a, b measure) int { return cmp.Compare(a.cpu, b.cpu) }).cpu,
		peak: middle(func(a, b measure) int { return cmp.Compare(a.peak, b.peak) }).peak,
	}
}
