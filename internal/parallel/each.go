// Package parallel divides work among the processors of the machine.
package parallel

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Each calls a work function for every number from 0 to n-1. It uses as many goroutines as there are processors, but at most n. On
// each goroutine it calls `start` once, which returns the work function of that goroutine. After the first error no goroutine takes
// a further number, and Each returns that error. A panic on a goroutine becomes a panic of the caller.
func Each(n int, start func() (work func(i int) error)) error {
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
