package markdown

// eachText walks the text of the stretch as readers see it, without readings. It calls `add` for each piece of text, with the piece's node.
// It calls `other` for each node that is not text. Such a node ends a run of text, unless it is an inline element or `other` returns true.
// At the end of each run, eachText calls `end` and says whether the run is literal (in a quotation or an example).
func (p Stretch) eachText(add func(n *Node, words string), end func(literal bool), other func(*Node) bool) {
	literal := 0
	for i := p.from; i < p.to; i++ {
		n := &p.doc.Nodes[i]
		switch {
		case n.Kind == KindText || n.Kind == KindCode:
			add(n, n.Text)
		case n.Kind == KindRuby:
			add(n, n.Base())
		case n.Kind == KindBreak:
			if !p.joinsAt(i, nil) {
				add(n, " ")
			}
		case !other(n) && !n.Kind.IsInline():
			end(literal > 0)
		}
		if n.Kind == KindQuote || n.Kind == KindExample {
			if n.Close {
				literal--
			} else {
				literal++
			}
		}
	}
	end(literal > 0)
}

// Plain returns the text without markup and readings. A run of white space becomes one space or, between blocks, one line feed.
func (p Stretch) Plain(r Resolver) string {
	var out []byte
	for i := p.from; i < p.to; i++ {
		n := &p.doc.Nodes[i]
		switch n.Kind {
		case KindBreak:
			if !p.joinsAt(i, r) {
				out = append(out, ' ')
			}
		case KindHardBreak, KindHeadCell, KindCell:
			out = append(out, ' ')
		case KindLabel, KindChart:
		default:
			if text, known := p.shown(n, r); known {
				out = append(out, text...)
			} else {
				out = append(out, '\n')
			}
		}
	}
	return string(squeeze(out))
}

// squeeze replaces each run of white space with one space, or with one line feed if the run contains a line end. It removes white space at
// both ends of the text. It overwrites `text`.
func squeeze(text []byte) []byte {
	out, gap := text[:0], byte(0)
	for _, c := range text {
		switch {
		case c == '\n' || c == '\r':
			gap = '\n'
		case c == ' ' || c == '\t':
			if gap == 0 {
				gap = ' '
			}
		default:
			if gap != 0 && len(out) > 0 {
				out = append(out, gap)
			}
			out, gap = append(out, c), 0
		}
	}
	return out
}
