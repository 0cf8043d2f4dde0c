package markup

import "strings"

// Phrase is a text in two forms, as HTML and as plain text.
type Phrase struct {
	HTML  HTML   // with links and readings
	Plain string // without links and readings; for titles, labels and metadata
}

// Words turns plain text into a phrase.
func Words(text string) Phrase { return Phrase{HTML: Escape(text), Plain: text} }

// SlotOpen and SlotClose enclose a slot's name in a phrase. Authors' files cannot contain them.
const SlotOpen, SlotClose = "\x01", "\x02"

// With returns the phrase with each slot of the given name replaced by a value.
func (p Phrase) With(name string, value Phrase) Phrase {
	slot := SlotOpen + name + SlotClose
	return Phrase{HTML: Replace(p.HTML, HTML(slot), value.HTML), Plain: strings.ReplaceAll(p.Plain, slot, value.Plain)}
}
