// Package search makes the index for the search on a site's pages, and searches it. The pages' script searches the same files
// in the same way. The search compares words; it does not know what they mean.
//
// The input is the questions of a site in one language. The output is the files of the index and, for a query, the questions
// found.
//
// Begin with index.go, which says how much each word of a question counts, and query.go, which finds questions. Then:
//
//	texts.go      which texts of a question are read
//	normalise.go  turns spellings of one word into the same letters; romaji.go reads Latin letters as kana
//	tokens.go     cuts a text into tokens
//	synonyms.go   what people type instead of the words on the pages
//	encode.go     the bytes of the files; files.go how the index is divided into them
//	groups.go     the questions by the first letter of their readings
//	check.go      whether the searches that authors expect find their question
package search
