// Package publish puts the files of a site into an output folder as a whole, and recognizes later what it published.
//
// The input is files, one after another. The output is a folder that holds the old site or the new one at any moment, with a manifest of
// what is in it. The package knows nothing of content, pages or themes. If publishing could destroy somebody's files, it ends with a
// [Refused] error. Other errors are about the machine, an interrupted publication, or a replaced site that could not be kept.
//
// Begin with publish.go: [Open] locks a folder, [Folder.Begin] makes a temporary one beside it, [Tree.Write] writes the files and
// [Tree.Publish] puts the new site in the place of the old one. Then:
//
//	place.go         whether a folder may be an output folder
//	manifest.go      the list of published files, with hashes
//	workplace.go     the temporary folder; its Folder.recover finishes what an interrupted build began
//	switch.go        moves the new site into place: in one step or, if the system cannot exchange folders, file by file
//	edits.go         finds edits of published files; undo.go puts back the previous site
//	compress.go      compressed copies of files; host_files.go files that configure a host
//	verify.go        compares a copy with what was published; package.go puts the site into a zip file
package publish
