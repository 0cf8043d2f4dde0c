package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sitegen/internal/civil"
)

// MentionKind says what a text mentions.
type MentionKind string

// The kinds of mention. A token's mention has the token's namespace as its kind.
const (
	FactMention      MentionKind = "fact"
	TermMention      MentionKind = "term"
	PolicyMention    MentionKind = "policy"
	InsurerMention   MentionKind = "insurer"
	PictureMention   MentionKind = "picture"
	NativeMention    MentionKind = "ja"
	SayMention       MentionKind = "say"
	LinkMention      MentionKind = "link"
	NumberMention    MentionKind = "number" // a number in digits, also within a literal
	PeriodMention    MentionKind = "period"
	ConditionMention MentionKind = "condition"
	TableMention     MentionKind = "table"   // a table; What is the number of its columns
	AnchorMention    MentionKind = "anchor"  // the heading of a part inside a block; What is its id
	HeadingMention   MentionKind = "heading" // the heading of a section; What is its level, as one # per level
)

// Mention is a part of a text that must be the same in each language. What is the part itself: the id in a token, a link's
// destination, a number, the opening line of a block, the number of columns of a table, the level or id of a heading. Within holds
// the opening lines of the dated and conditional blocks around it, outermost first, each followed by a line feed.
type Mention struct {
	Kind         MentionKind
	What, Within string
	Offset       int
}

// Mentions returns the mentions in the stretch, in the order of the text.
func (p Stretch) Mentions() []Mention {
	var list []Mention
	var around []string
	within := ""
	for i := p.from; i < p.to; i++ {
		n := &p.doc.Nodes[i]
		if n.Close {
			if n.Kind == KindDated || n.Kind == KindIf {
				around = around[:len(around)-1]
				within = strings.Join(around, "")
			}
			continue
		}
		m := Mention{Within: within, Offset: int(n.Offset)}
		switch n.Kind {
		case KindText, KindCode, KindRuby:
			text := n.Text
			if n.Kind == KindRuby {
				text = n.Base()
			}
			list = numbersIn(list, text, within, int(n.Offset))
			continue
		case KindToken:
			t := p.doc.Tokens[n.Ref]
			if t.Namespace == "literal" { // only its numbers count: its words depend on the language
				list = numbersIn(list, t.ID, within, t.Offset+len("{literal:"))
				continue
			}
			m.Kind, m.What, m.Offset = MentionKind(t.Namespace), t.ID, t.Offset
		case KindLink:
			m.Kind, m.What, m.Offset = LinkMention, p.doc.Links[n.Ref].Destination, p.doc.Links[n.Ref].Offset
		case KindDated:
			m.Kind, m.What = PeriodMention, p.doc.Periods[n.Ref].words()
		case KindIf:
			m.Kind, m.What = ConditionMention, p.doc.Conditions[n.Ref].words()
		case KindHeading:
			m.Kind, m.What = AnchorMention, n.Text
			if i == p.from { // the section's own heading
				m.Kind, m.What = HeadingMention, strings.Repeat("#", int(n.Ref))
			}
		case KindTable:
			m.Kind, m.What = TableMention, strconv.Itoa(p.columns(i))
		default:
			continue
		}
		list = append(list, m)
		if n.Kind == KindDated || n.Kind == KindIf {
			around = append(around, m.What+"\n")
			within = strings.Join(around, "")
		}
	}
	return list
}

// numbersIn adds the numbers in a text to `list`. A number is a run of plain or full-width digits that does not directly follow an
// ASCII letter.
func numbersIn(list []Mention, text, within string, offset int) []Mention {
	if !strings.ContainsAny(text, "0123456789０１２３４５６７８９") {
		return list
	}
	var digits []byte
	start, word := 0, false
	end := func() {
		if len(digits) > 0 {
			list = append(list, Mention{Kind: NumberMention, What: string(digits), Within: within, Offset: offset + start})
		}
		digits = digits[:0]
	}
	for at, r := range text {
		switch {
		case r >= '０' && r <= '９':
			r += '0' - '０'
			fallthrough
		case r >= '0' && r <= '9':
			if word {
				continue
			}
			if len(digits) == 0 {
				start = at
			}
			digits = append(digits, byte(r))
		default:
			end()
			word = r|0x20 >= 'a' && r|0x20 <= 'z'
		}
	}
	end()
	return list
}

// columns returns the number of columns of the table whose node has this index.
func (p Stretch) columns(table int) int {
	count := 0
	for i := table; i < p.to && p.doc.Nodes[i].Kind != KindRows && !(p.doc.Nodes[i].Kind == KindTable && p.doc.Nodes[i].Close); i++ {
		if n := &p.doc.Nodes[i]; n.Kind == KindHeadCell && !n.Close {
			count++
		}
	}
	return count
}

// words returns the opening line of a dated block without the colons. All days have the same form, whichever form the author wrote.
func (p Period) words() string {
	var words []string
	for _, end := range []struct{ name, written string }{{"from ", p.From}, {"until ", p.Until}} {
		if day, err := civil.Read(end.written); err == nil {
			end.written = day.String()
		}
		if end.written != "" {
			words = append(words, end.name+end.written)
		}
	}
	if p.Announced {
		words = append(words, "announced")
	}
	return strings.Join(words, " ")
}

// words returns the opening line of a conditional block without the colons. Its values are in alphabetical order.
func (c Condition) words() string {
	values := slices.Sorted(slices.Values(c.Values))
	return "if " + c.Policy + " is " + strings.Join(values, " or ")
}

// Quoted is a link in the middle of a sentence. Words has its words as readers see them. They are "" for a link without words of its own.
type Quoted struct {
	Link
	Words string
}

// Quoted returns the links that have words beside them in the same block. If such a link has no words of its own, readers see the title of
// the linked page inside a sentence. A list entry, a cell, and text after a colon or a hard line break count as blocks of their own: a link alone in
// one of them is not returned. `shown` returns the words of a token.
func (p Stretch) Quoted(shown func(Token) string) []Quoted {
	var list, waiting []Quoted
	var current *Quoted // the link whose words are read
	words := false      // `words` says whether words come before this node in the same block
	end := func() { waiting, words = waiting[:0], false }
	add := func(link Quoted) {
		if words {
			list = append(list, link)
		} else {
			waiting = append(waiting, link)
		}
	}
	flush := func() {
		list = append(list, waiting...)
		waiting, words = waiting[:0], true
	}
	for i := p.from; i < p.to; i++ {
		n := &p.doc.Nodes[i]
		switch {
		case n.Kind == KindLink && !n.Close && p.doc.Links[n.Ref].Empty:
			add(Quoted{Link: p.doc.Links[n.Ref]})
		case n.Kind == KindLink && !n.Close:
			current = &Quoted{Link: p.doc.Links[n.Ref]}
		case n.Kind == KindLink:
			if current != nil {
				link := *current
				if current = nil; words {
					list = append(list, link)
				} else {
					flush()
					waiting = append(waiting, link)
				}
			}
		case current != nil:
			switch n.Kind {
			case KindText, KindCode:
				current.Words += n.Text
			case KindRuby:
				current.Words += n.Base()
			case KindToken:
				current.Words += shown(p.doc.Tokens[n.Ref])
			}
		case !n.Kind.IsLeaf() && !n.Kind.IsInline() || n.Kind == KindHardBreak:
			end()
		case n.Kind == KindText && strings.HasSuffix(strings.TrimRight(n.Text, " "), ":"), n.Kind == KindText && strings.HasSuffix(n.Text, "："):
			end()
		case n.Kind == KindToken, n.Kind == KindRuby, n.Kind == KindCode, n.Kind == KindText && strings.ContainsFunc(n.Text, unicode.IsLetter):
			flush()
		}
	}
	return list
}
