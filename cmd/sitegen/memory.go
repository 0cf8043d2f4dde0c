package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// The sizes that control the garbage collector, in bytes. The collector runs when the heap reaches twice the live bytes, but not before
// freeHeap and not after fullHeap. The heap may always grow by leastGrowth before the next run. Without freeHeap, collecting a small heap
// again and again would cost a build a quarter of its time. fullHeap exists because a check of 10 MB of content must run within 500 MB.
const (
	freeHeap    = 192 << 20
	fullHeap    = 380 << 20
	leastGrowth = 25       // percent
	besideHeap  = 40 << 20 // memory of the program besides the heap
)

// collectorPace returns the percentage by which a heap with this many live bytes may grow before the next collection.
func collectorPace(alive int) int {
	target := max(freeHeap, min(2*alive, fullHeap))
	return max(leastGrowth, target/max(1, alive/100)-100)
}

// memoryLimit returns the memory limit, in bytes, for a program with this many live bytes. Near this limit the collector runs more often
// than collectorPace says. The limit is needed because the pace is set only after a collection, which is too late if the heap grows fast.
func memoryLimit(alive int) int64 {
	return int64(max(fullHeap, alive+alive/100*leastGrowth) + besideHeap)
}

// liveBytes returns how many bytes the last collection left alive. Bytes that were allocated since then do not count: on a busy machine
// they are so many that they would raise the limit again and again.
func liveBytes() int {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}

// relaxCollector sets the collector's pace and the memory limit, now and after each collection. The function `end` restores the previous
// settings.
func relaxCollector() (end func()) {
	usual := debug.SetGCPercent(400)
	limit := debug.SetMemoryLimit(memoryLimit(0))
	var ended atomic.Bool
	var adjust func(*[16]byte)
	adjust = func(*[16]byte) {
		if ended.Load() {
			return
		}
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		// For the pace, bytes that were allocated since the collection count as alive. After many allocations, the next collection comes
		// early.
		debug.SetGCPercent(collectorPace(int(max(memory.HeapAlloc, 1<<20))))
		debug.SetMemoryLimit(memoryLimit(liveBytes()))
		runtime.SetFinalizer(new([16]byte), adjust) // runs after the next collection
	}
	runtime.SetFinalizer(new([16]byte), adjust)
	return func() {
		ended.Store(true)
		debug.SetGCPercent(usual)
		debug.SetMemoryLimit(limit)
	}
}
