package build

import (
	"cmp"
	"fmt"
	"path"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
)

// each calls work for every number below n, on as many goroutines as there are processors. start is called once on each
// goroutine and returns its work function. The first error stops all of them. A panic on a goroutine becomes a panic of the
// caller.
func each(n int, start func() (work func(i int) error)) error {
	var (
		next    atomic.Int64
		once    sync.Once
		failure error
		bug     any
		workers sync.WaitGroup
	)
	stop := func(err error, panicked any) {
		once.Do(func() { failure, bug = err, panicked })
		next.Store(int64(n))
	}
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			defer func() {
				if panicked := recover(); panicked != nil {
					stop(nil, fmt.Sprintf("%v\n\n%s", panicked, debug.Stack()))
				}
			}()
			work := start()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := work(i); err != nil {
					stop(err, nil)
					return
				}
			}
		})
	}
	workers.Wait()
	if bug != nil {
		panic(bug)
	}
	return failure
}

func isPage(file string) bool { return path.Ext(file) == ".html" }

func sortFiles(files []File) {
	slices.SortFunc(files, func(a, b File) int { return compare(a.Path, b.Path) })
	for i := 1; i < len(files); i++ {
		if files[i].Path == files[i-1].Path {
			panic("BUG: two files for " + files[i].Path)
		}
	}
}

func compare(a, b string) int { return cmp.Compare(a, b) }

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
