// Package site reads the authors' files into the model of a site. The model has been checked, and every reference in it is resolved.
// The stages after this package only read the model.
//
// [Load] takes the content folder and the day of the build. It returns the [Site] and every finding. The model has texts as finished
// fragments of HTML. A link inside a fragment begins with [RootMarker] instead of the path from the page to the folder of its
// language, so that a fragment is made once and fits on any page.
//
// Begin with load.go: loader.run reads the files in their order. The model is in model.go. The remaining files, by subject:
//
//	values        facts.go, variants.go and review.go (facts, their periods and review days), values.go; package values writes values
//	texts         texts.go, ui.go, growing.go (languages that lack words), glossary.go and forms.go, search.go, pictures.go, lookup.go
//	questions     folders.go finds their files; questions.go reads front matter, titles, answers and bodies
//	typesetting   typeset.go makes HTML of texts; style.go checks their prose
//	translations  parity.go, parity_words.go (which files are compared), record.go, follow.go; package parity compares them
//	insurers      policies.go, profiles.go (profile.yaml of one insurer) with colours.go, overrides.go (own texts, passages and hidden parts)
//	checker       checker.go (typesets its words); package checkerpage compares the words and page.yaml with the rules
//	findings      fold.go (drops and merges findings with the same cause), mend.go (edits in YAML values)
//	lists         index.go (periods, uses of facts and units of translations, which commands list)
//	the folder    limits.go, strays.go, slug.go, hash.go
package site
