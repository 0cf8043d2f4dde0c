// Package build makes a site from a content folder and a theme, and publishes it.
//
// The input is two folders and a day. The output is findings, and the site: files in memory ([Make]) or in a folder ([Build]).
// An author's mistake is a diagnostic; a returned error is about the machine.
//
// Begin with build.go: [Make] is the whole process up to publication. The commands build, check and serve run it. Then:
//
//	opendir.go, opendir_*.go  the input folders, which no symbolic link can leave
//	each.go          parallel work
//	checker.go       the rules: read, proven, compiled, compared with the module; proof.go proves them, accept.go accepts them
//	noscript.go      the interview as pages that need no script
//	links.go         links between finished pages
//	manifest.go      the list of published files, with hashes; changes.go the questions that changed since; diagnose.go lost addresses
//	publish.go       puts a new folder in the place of the old one: place.go decides whether it may, lock.go and lock_*.go allow one
//	                 build at a time, workplace.go makes the temporary folder (its folder.recover finishes what an interrupted build
//	                 began), switch.go, swap_*.go, movable_other.go and held_*.go move it into place
//	edits.go         finds edits of published files; undo.go puts back the previous site
//	compress.go      compressed copies of files; host_files.go files that configure a host
//	verify.go        compares a copy with what was published; package.go puts the site into a zip file
//	translate.go     records of translations; periods.go everything that holds until a certain day
package build
