package main

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"
)

// freeHeap is the heap that a build may fill before the garbage collector's usual pace begins.
const freeHeap = 96 << 20

// relaxCollector lets the heap of a short run grow to freeHeap before it is collected, and from there on doubles it as
// usual: while little is alive, collecting it over and over costs a build a quarter of its time. The pace is set anew
// after each collection. The function returned ends it.
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
		alive := max(memory.HeapAlloc, 1<<20)
		debug.SetGCPercent(max(usual, int(freeHeap*100/alive)-100))
		runtime.SetFinalizer(new([16]byte), adjust) // called after the next collection
	}
	runtime.SetFinalizer(new([16]byte), adjust)
	return func() {
		ended.Store(true)
		debug.SetGCPercent(usual)
	}
}
