// Package render turns the model of a site into its finished pages. The common parts of pages are made once, so that a
// question's page costs little more than copying bytes.
//
// The input is the model, the bundle of the theme and its templates ([New]). The output is a list of files, each rendered on
// demand.
//
// Begin with render.go, which lists the files, and with edition.go: an edition is a site in one language. Then:
//
//	layout.go       what all pages have: the kinds of page, the head, the header, the footer
//	form.go         a template run once, with holes where pages differ
//	question.go     the page of a question
//	embed.go        a question's body inside a page with many questions
//	pages.go        the home page, topics, all questions, the pages about the site; outside.go pages without a language
//	search.go       the page and the files of the search; rail.go the topics beside a page on wide screens
//	updates.go      the questions that changed
//	translation.go  notices about a translation
//	days.go         banners and passages that hold only for a time; review.go when facts will be checked again
//	checker.go      the checker's pages: the frame around what package checker makes
package render
