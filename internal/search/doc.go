// Package search makes the index that the search of a site's pages works with, and searches it as they do: the script of the
// pages does the same over the same files. It knows words, not what they are about.
//
// In go the questions of a site in one language. Out come the files of its index, and for a query the questions found.
//
// Begin with index.go, which says what a word of a question is worth, and query.go, which finds questions. Then:
//
//	texts.go      what is read of a question
//	normalise.go  spellings of one word that become the same letters; romaji.go readings in Latin letters
//	tokens.go     a text as tokens
//	synonyms.go   what people type for the words of the pages
//	encode.go     the bytes of the files; files.go how the index is divided into them
//	check.go      whether the searches that authors expect find their question
package search
