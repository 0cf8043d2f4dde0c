// Package search makes the index for the search on a site's pages, and searches it. The pages' script searches the same files in the same
// way. The search compares words and does not know what they mean.
//
// The input is the questions of a site in one language. The output is the files of the index and, for a query, the questions found.
//
// Begin with index.go, which says how much each word of a question counts, and query.go, which finds questions. The other files:
//
//	texts.go      the texts of a question that are read
//	normalise.go  turns spellings of one word into the same letters; romaji.go reads Latin letters as kana
//	tokens.go     cuts a text into tokens
//	synonyms.go   what people type instead of the words on the pages
//	encode.go     the content of the files; files.go divides the index into files
//	groups.go     the questions by the first letter of their readings
//	check.go      checks that the queries in search.yaml find their question
package search
