// Package render turns the model of a site into its finished pages. What pages have in common is made once: a page of
// a question costs little more than copying bytes.
//
// In go the model, the bundle of the theme and its templates ([New]). Out comes a list of files, each rendered when it is asked
// for.
//
// Begin with render.go, which lists the files, and with edition.go: an edition is a site in one language. Then:
//
//	layout.go       what all pages have: the kinds of page, the head, the header, the footer
//	form.go         a template run once, with holes where pages differ
//	question.go     the page of a question; sections.go what of its body is open, by height.go; embed.go its body within a page that holds many
//	pages.go        the home page, topics, all questions, the pages about the site; outside.go pages that stand in no language
//	search.go       the page and the files of the search; rail.go the topics beside a page on wide screens
//	colours.go      an insurer's colours, and what is mixed from them
//	updates.go      what has changed; feeds.go as feeds, and what else needs the site's address
//	translation.go  what a reader has to know of a translation
//	days.go         banners and passages that hold only for a time; review.go when facts are checked again
//	words.go        where a line may end; ends.go what stays whole on a line
//	checker.go      the checker's page and script: checker_data.go what the script knows, checker_words.go with which words
//	checker_published.go  the files for programs of others (docs/module.md)
//	noscript.go     the interview as pages; tiles.go its first question on the home page
package render
