// Package site is the model of a site: what the content says, checked and with every reference resolved. Package load makes it, and the
// stages after that only read it.
//
// Texts are finished fragments of HTML. A link inside a fragment begins with [RootMarker] instead of the path from the page to the folder
// of its language, so that a fragment is made once and fits on any page.
//
// Begin with [Site] in model.go. names.go finds questions, facts and other things by their ids, and adds them while a site is loaded.
// paths.go has the addresses of pages. The remaining files, by subject:
//
//	words         ui.go (the interface), terms.go, checker.go, search.go, languages.go (order and fallbacks), lookup.go (words by id)
//	insurers      insurers.go (profiles, parameters, differences from the general site), colours.go
//	what changes  periods.go (texts with periods), hash.go (what counts as a change for readers), translations.go (what is stale)
package site
