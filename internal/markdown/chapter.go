package markdown

import "sitegen/internal/markup"

// Chapter is a part of a text that a page can fold, as HTML. It is a heading of level 2 with the text up to the next such heading, or the
// text before the first one. If a steps block has no heading above it, its own title has level 2 and begins a chapter.
type Chapter struct {
	HTML      markup.HTML // the whole chapter
	Heading   markup.HTML // the heading element; "" before the first heading
	Below     markup.HTML // the text below the heading, without the important blocks in Important
	Important markup.HTML // the important blocks that are not inside a different block
	// Bound means that an important block is inside a different block, such as a dated passage. The important block must stay there,
	// because it would mean something different outside.
	Bound bool
}

// Chapters writes stretches one after another as HTML, and returns the chapters of this HTML. The text of a stretch before its first
// heading continues the chapter of the stretch before it.
func Chapters(r Resolver, stretches ...Stretch) []Chapter {
	w := newWriter(r, 0)
	defer w.free()
	for _, s := range stretches {
		w.of = s
		w.write()
	}
	html := w.Done()
	var list []Chapter
	for i := range w.cuts {
		end := len(html)
		if i+1 < len(w.cuts) {
			end = w.cuts[i+1].start
		}
		if c := &w.cuts[i]; c.start < end {
			list = append(list, c.chapter(html, end))
		}
	}
	return list
}

// cut has offsets into a writer's output: the starts of a chapter, of its heading, and of the text below the heading.
type cut struct {
	start, heading, below int
	stepsEnd              int   // end of the steps block whose title is the heading; 0 if the heading is not such a title
	important             []int // start and end of each important block, alternating
	bound                 bool
}

func (c *cut) chapter(html markup.HTML, end int) Chapter {
	made := Chapter{HTML: html[c.start:end], Heading: html[c.heading:c.below], Bound: c.bound}
	at := c.below
	if c.stepsEnd > 0 {
		made.Below = `<div class="steps">` + html[at:c.stepsEnd] + "</div>"
		at = c.stepsEnd + len("</section>")
	}
	for i := 0; i < len(c.important); i += 2 {
		made.Below += html[at:c.important[i]]
		at = c.important[i+1]
		made.Important += html[c.important[i]:at]
	}
	made.Below += html[at:end]
	return made
}

// opening records the offset in the output at which a block begins, if chapters need it.
func (w *writer) opening(i int, n *Node) {
	current, at := &w.cuts[len(w.cuts)-1], w.Len()
	switch {
	case w.depth == 0 && (n.Kind == KindHeading && n.Ref == 2 || n.Kind == KindSteps && w.of.doc.Nodes[i+1].Ref == 2): // in a steps block, the next node is the title
		w.cuts = append(w.cuts, cut{start: at, heading: at})
	case w.depth == 1 && n.Kind == KindStepsTitle && n.Ref == 2:
		current.heading = at
	case w.depth == 0 && n.Kind == KindImportant:
		current.important = append(current.important, at)
	case n.Kind == KindImportant:
		current.bound = true
	}
	w.depth++
}

// closed records the offset in the output at which a block ends, if chapters need it. The block ends before the line feed that was written
// last.
func (w *writer) closed(n *Node) {
	w.depth--
	current, at := &w.cuts[len(w.cuts)-1], w.Len()-len("\n")
	switch {
	case w.depth == 0 && n.Kind == KindHeading && n.Ref == 2, w.depth == 1 && n.Kind == KindStepsTitle && n.Ref == 2:
		current.below = at
	case w.depth == 0 && n.Kind == KindImportant:
		current.important = append(current.important, at)
	case w.depth == 0 && n.Kind == KindSteps && current.heading > current.start:
		current.stepsEnd = at - len("</section>")
	}
}
