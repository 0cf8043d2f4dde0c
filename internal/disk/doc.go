// Package disk is what sitegen asks of an operating system, where systems differ.
//
// The input is paths, the output is errors of the file system. A caller never asks which system it runs on: what a system cannot
// do, it is told, and does in a different way.
//
// Begin with opendir.go, which opens an input folder so that no symbolic link leads out of it (opendir_*.go). Then:
//
//	lock.go, lock_*.go       a lock that one process holds, until it dies at the latest
//	swap_*.go                two folders exchanged in one step, and what was written made durable
//	movable_other.go         whether a folder can be moved into another; on Linux, swap_linux.go says it
//	held_*.go                what an error means, and to which group a folder belongs
package disk
