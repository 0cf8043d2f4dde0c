// Package build makes a site from a content folder and a theme, and publishes it.
//
// The input is two folders and a day. The output is findings, and the site: files in memory ([Make]) or in a folder ([Build]).
// An author's mistake is a diagnostic; a returned error is about the machine.
//
// Begin with build.go: [Make] is the whole process up to publication. The commands build, check and serve run it. Then:
//
//	checker.go       the rules: read, proven, compiled, compared with the module; proof.go proves them, accept.go accepts them
//	noscript.go      the interview as pages that need no script
//	host_files.go    the content's files that configure a host
//	links.go         links between finished pages
//	changes.go       the questions that changed since the last publication; diagnose.go lost addresses
//	translate.go     records of translations; periods.go everything that holds until a certain day
package build
