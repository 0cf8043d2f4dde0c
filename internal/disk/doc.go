// Package disk offers what operating systems do in different ways.
//
// The input is paths, the output is errors of the file system. A caller never asks which system it runs on. If a system cannot do
// something, the function says so, and the caller uses a different way. If the caller needs nothing on a system, the function
// does nothing there.
//
// Begin with opendir.go, which opens an input folder so that no symbolic link leads out of it (opendir_*.go). Then:
//
//	lock.go, lock_*.go       a lock that one process holds until it releases it or dies; without flock, until it releases it
//	swap_*.go                swaps two folders in one step, and makes written files durable
//	movable_other.go         whether a folder can be moved into another folder; swap_linux.go has the version for Linux
//	made.go                  makes folders and files that everybody may read
//	read.go                  reads a file, unless it is too large
//	held_*.go                what an error means, and the group of a folder
package disk
