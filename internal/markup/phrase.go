package markup

import "strings"

// Phrase is a text in two forms, as HTML and as plain text.
type Phrase struct {
	HTML  HTML   // with links and readings
	Plain string // without links and readings; for titles, labels and metadata
}

// Words returns plain text as a phrase.
func Words(text string) Phrase { return Phrase{HTML: Escape(text), Plain: text} }

// SlotOpen and SlotClose stand before and after the name of a slot in a phrase. A slot is a place that
// [Phrase.With] fills. Authors' files cannot contain these two characters.
const SlotOpen, SlotClose = "\x01", "\x02"

// With returns the phrase with `value` in place of each slot called `name`.
func (p Phrase) With(name string, value Phrase) Phrase {
	slot := SlotOpen + name + SlotClose
	return Phrase{HTML: Replace(p.HTML, HTML(slot), value.HTML), Plain: strings.ReplaceAll(p.Plain, slot, value.Plain)}
}
