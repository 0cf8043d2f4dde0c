// Package build makes a site of a content folder and a theme, and publishes it.
//
// In go two folders and a day. Out come findings, and the site as files in memory ([Make]) or in a folder ([Build], which alone
// writes files). An author's mistake is a diagnostic; an error that is returned is about the machine.
//
// Begin with build.go: [Make] is the whole way, one line a stage, and every command runs it. Then:
//
//	opendir.go, opendir_*.go  folders that are read, from which no link leads out
//	each.go          work side by side
//	checker.go       the rules: read, proven, compiled, compared with the module; proof.go what is proven, accept.go what is accepted
//	noscript.go      the interview as pages
//	links.go         links between finished pages
//	manifest.go      what is in a published site, with sums; changes.go which questions differ from it; diagnose.go what is gone
//	publish.go       a fresh folder in the place of the old one: place.go whether it may stand there, lock.go and lock_*.go one build
//	                 at a time, workplace.go where it is made (folder.recover finishes what a stopped build began to put in
//	                 place), switch.go, swap_*.go, movable_other.go and held_*.go how it is put in place
//	edits.go         whether somebody has changed the published files; undo.go the site before
//	compress.go      files as hosts send them; host_files.go files that hosts read
//	verify.go        whether a copy is what was published; package.go the site as an archive
//	translate.go     what is recorded of translations; periods.go what holds for a time
package build
