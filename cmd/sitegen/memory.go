package main

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"
)

// The heap of a short run is collected when it reaches freeHeap; one that holds more than half of that, when it has
// doubled, as usual; but beyond fullHeap when it has grown by a quarter. While little is alive, collecting it over and
// over costs a build a quarter of its time; and a content of 10 MB is to be checked with 500 MB.
const (
	freeHeap    = 192 << 20
	fullHeap    = 400 << 20
	leastGrowth = 25 // percent
)

// collectorPace returns by how many percent a heap may grow before the next collection, given the bytes alive in it.
func collectorPace(alive int) int {
	target := max(freeHeap, min(2*alive, fullHeap))
	return max(leastGrowth, target/max(1, alive/100)-100)
}

// relaxCollector gives the collector this pace, anew after each collection. The function returned ends it.
func relaxCollector() (end func()) {
	usual := debug.SetGCPercent(400)
	var ended atomic.Bool
	var adjust func(*[16]byte)
	adjust = func(*[16]byte) {
		if ended.Load() {
			return
		}
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		debug.SetGCPercent(collectorPace(int(max(memory.HeapAlloc, 1<<20))))
		runtime.SetFinalizer(new([16]byte), adjust) // called after the next collection
	}
	runtime.SetFinalizer(new([16]byte), adjust)
	return func() {
		ended.Store(true)
		debug.SetGCPercent(usual)
	}
}
