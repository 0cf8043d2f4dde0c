// Package site is the model of a site: what the authors' files say, checked, with every reference resolved. The
// stages after it only read the model.
//
// [Load] takes the content folder and the day of the build. It returns the [Site] and every finding. Texts are kept as finished
// fragments of HTML. A link inside a fragment begins with [RootMarker] instead of the path from the page to the folder of its
// language, so a fragment is made once and fits on any page.
//
// Begin with load.go: loader.run reads the files in their order. The model is in model.go. The remaining files, by subject:
//
//	values        facts.go, variants.go and review.go (facts, their periods, the days on which they must be reviewed), values.go; package values writes them
//	texts         texts.go, ui.go, growing.go (a language that lacks words), glossary.go and forms.go, search.go, pictures.go, lookup.go
//	questions     folders.go finds their files, questions.go reads front matter, titles, answers and bodies
//	typesetting   typeset.go makes HTML of texts; style.go checks their prose
//	translations  parity.go, parity_words.go (which files are compared), record.go, follow.go; package parity compares them
//	insurers      policies.go, profiles.go (profile.yaml of one insurer) with colours.go, overrides.go (own texts, passages, what `hide` leaves out)
//	checker       checker.go (its words, typeset); package checkerpage compares them and page.yaml with the rules
//	findings      fold.go (drops and merges findings that have the same cause), mend.go (fixes in YAML values)
//	collected     index.go (periods, uses of facts and units of translations, which commands list)
//	the folder    limits.go, strays.go, slug.go, hash.go
package site
