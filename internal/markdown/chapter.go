package markdown

import "sitegen/internal/markup"

// Chapter is a stretch of a text as HTML that a page may fold: from a heading of level 2 to the next, or what stands before the
// first. Steps that begin with such a heading, as they do where none stands above them, begin a chapter too.
type Chapter struct {
	HTML      markup.HTML // all of it
	Heading   markup.HTML // the element; "" before the first one
	Below     markup.HTML // what stands below the heading, without what is marked as important
	Important markup.HTML // that
	// Bound says that something important stands within some other block, such as one that holds for a time, and would mean
	// something different outside of it.
	Bound bool
}

// Stretch is a body, or a section of one.
type Stretch interface{ nodes() nodeRange }

func (p nodeRange) nodes() nodeRange { return p }

// Chapters writes stretches one behind the other as HTML, in chapters. A stretch without a heading goes on with the chapter
// before it.
func Chapters(r Resolver, stretches ...Stretch) []Chapter {
	w := newWriter(r, 0)
	defer w.free()
	for _, s := range stretches {
		w.nodeRange = s.nodes()
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

// cut is where a chapter, its heading, and what is below that begin in what a writer has written.
type cut struct {
	start, heading, below int
	stepsEnd              int   // where the steps end that the heading belongs to; 0 where it belongs to none
	important             []int // where what is important begins and ends, by turns
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

// opening notes where a block begins, if that matters to chapters.
func (w *writer) opening(i int, n *node) {
	current, at := &w.cuts[len(w.cuts)-1], w.Len()
	switch {
	case w.depth == 0 && (n.kind == kindHeading && n.ref == 2 || n.kind == kindSteps && w.doc.nodes[i+1].ref == 2): // a title comes first
		w.cuts = append(w.cuts, cut{start: at, heading: at})
	case w.depth == 1 && n.kind == kindStepsTitle && n.ref == 2:
		current.heading = at
	case w.depth == 0 && n.kind == kindImportant:
		current.important = append(current.important, at)
	case n.kind == kindImportant:
		current.bound = true
	}
	w.depth++
}

// closed notes where a block ends, which is before the end of the line that was written last.
func (w *writer) closed(n *node) {
	w.depth--
	current, at := &w.cuts[len(w.cuts)-1], w.Len()-len("\n")
	switch {
	case w.depth == 0 && n.kind == kindHeading && n.ref == 2, w.depth == 1 && n.kind == kindStepsTitle && n.ref == 2:
		current.below = at
	case w.depth == 0 && n.kind == kindImportant:
		current.important = append(current.important, at)
	case w.depth == 0 && n.kind == kindSteps && current.heading > current.start:
		current.stepsEnd = at - len("</section>")
	}
}
