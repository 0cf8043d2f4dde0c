package markup

import "strings"

// Phrase is a text in two forms.
type Phrase struct {
	HTML  HTML   // with links and readings
	Plain string // neither; for titles, labels and metadata
}

// Words makes a phrase of plain text.
func Words(text string) Phrase { return Phrase{HTML: Escape(text), Plain: text} }

// SlotOpen and SlotClose stand around a slot's name inside a phrase; authors' files cannot contain them.
const SlotOpen, SlotClose = "\x01", "\x02"

// With returns the phrase with its slot {name} filled by a value.
func (p Phrase) With(name string, value Phrase) Phrase {
	slot := SlotOpen + name + SlotClose
	return Phrase{HTML: Replace(p.HTML, HTML(slot), value.HTML), Plain: strings.ReplaceAll(p.Plain, slot, value.Plain)}
}
