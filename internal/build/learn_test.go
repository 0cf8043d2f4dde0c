package build

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
)

// next changes what a line has besides the author's text. It tries the next text in the place on the line; if the place has none left, it
// leaves out the added value; if there is no added value, it tries the next text in the key. It returns false if the line has only what
// the author wrote.
func (g *garden) next(l *line) bool {
	switch {
	case l.place != nil && g.text(l.place) != "":
		g.change(l.place)
	case l.branch != nil && !l.branch.gone:
		l.branch.gone = true
	case l.key != nil && g.text(l.key) != "":
		g.change(l.key)
	default:
		return false
	}
	return true
}

// around is for a line that has only the author's text. It starts with the value on the line and goes on to the values around it. In the
// first value with changed keys, it restores the author's keys. If all of them have the author's keys, it leaves out the added values in
// the first value that has some. It returns false if it changed nothing.
func (g *garden) around(l *line) bool {
	for v := l.value; v != nil; v = v.around {
		if g.restoreKeys(v) {
			return true
		}
	}
	for v := l.value; v != nil; v = v.around {
		if v.prune() {
			return true
		}
	}
	return false
}

// change tries the next text in a place. If the first text was refused, it leaves only the author's text there, because the first text is
// harmless: a place that refuses it refuses all.
func (g *garden) change(p *place) {
	if p.rung++; p.rung == 1 {
		p.rung = len(g.texts)
	}
}

// prune leaves out the values below v that the author did not write. It returns false if there are no such values.
func (v *tree) prune() bool {
	if v == nil || v.gone {
		return false
	}
	pruned := false
	for _, item := range v.items {
		if item.added && !item.gone {
			item.gone, pruned = true, true
		}
		pruned = item.prune() || pruned
	}
	return pruned
}

// restoreKeys restores the author's keys in a value and in all values within it. It returns false if no key was changed.
func (g *garden) restoreKeys(v *tree) bool {
	if v == nil || v.gone {
		return false
	}
	restored := false
	for i, item := range v.items {
		if v.keys != nil && g.text(v.keys[i]) != "" {
			v.keys[i].rung, restored = len(g.texts), true
		}
		restored = g.restoreKeys(item) || restored
	}
	return restored
}

// each calls `yield` for each place of the garden.
func (g *garden) each(yield func(*place)) {
	for _, p := range g.files {
		p.places(yield)
	}
}

// rename adds copies of all files. In each copy, one part of the path has `text` added to it, before its extension.
func (g *garden) rename(text string) {
	for name, file := range g.content() {
		parts := strings.Split(name, "/")
		for i, part := range parts {
			renamed := slices.Clone(parts)
			ext := path.Ext(part)
			renamed[i] = strings.TrimSuffix(part, ext) + text + ext
			g.added[strings.Join(renamed, "/")] = file
		}
	}
}

// places calls `yield` for each place of a file.
func (p *plot) places(yield func(*place)) {
	for _, l := range slices.Concat(p.before, p.after) {
		if l.place != nil {
			yield(l.place)
		}
	}
	var walk func(v *tree)
	walk = func(v *tree) {
		if v.gone {
			return
		}
		if v.place != nil && v.place.field != "" {
			yield(v.place)
		}
		for i, item := range v.items {
			if v.keys != nil && v.keys[i].field != "" && !item.gone {
				yield(v.keys[i])
			}
			walk(item)
		}
	}
	if p.root != nil {
		walk(p.root)
	}
}

// site makes the site and returns the rendered files. In a place where a text is refused, it tries the next text. If all are refused, the
// place keeps only the author's text.
func (g *garden) site(t *testing.T, base string) map[string]string {
	t.Helper()
	for range 60 {
		content := g.content()
		if accepted, _, err := AcceptRules(t.Context(), content, "content", 0); err == nil && accepted != nil {
			for name, data := range accepted.Files {
				content[name] = &fstest.MapFile{Data: data}
			}
		}
		source := sourceOf(content)
		source.BaseURL = base
		pages, found, err := Make(t.Context(), source)
		if err != nil {
			t.Fatal(err)
		}
		if !diag.HasErrors(found) {
			return renderedFiles(t, pages.Files)
		}
		if !g.learn(found) {
			for _, d := range found {
				if d.Severity() == diag.Error {
					t.Errorf("%s:%d: %s: the garden has nothing to change there", d.File, d.Line, d.Code)
				}
			}
			t.FailNow()
		}
	}
	t.Fatal("what is refused does not come to an end")
	return nil
}

// learn changes the places that errors are about. It returns false if there is nothing to change.
func (g *garden) learn(found []diag.Diagnostic) bool {
	changed, done := false, map[*line]bool{}
	planted := map[string][]*place{}
	g.each(func(p *place) {
		if text := g.text(p); text != "" && p.own != "" {
			planted[p.own+text] = append(planted[p.own+text], p)
		}
	})
	for _, d := range found {
		if d.Severity() != diag.Error {
			continue
		}
		l := g.line(d)
		switch {
		case l == nil && strings.Contains(d.File, "x-poly"):
			changed = g.withdraw(d.File) || changed
		case l != nil && !done[l] && g.next(l):
			done[l], changed = true, true
			g.alike(planted, d, l.place)
		default:
			changed = g.named(planted, d) || changed
		}
	}
	if changed {
		return true // other findings may be consequences
	}
	for _, d := range found {
		if l := g.line(d); l != nil && d.Severity() == diag.Error {
			changed = g.around(l) || changed
		}
	}
	return changed
}

// alike is for a finding about the place `at`. It tries the next text in all other places that have the same field and a text that the
// finding names, because some findings are reported only once.
func (g *garden) alike(planted map[string][]*place, d diag.Diagnostic, at *place) {
	for _, arg := range d.Args {
		text, _ := arg.(string)
		for _, p := range planted[text] {
			if at != nil && p != at && p.field == at.field && p.own+g.text(p) == text {
				g.change(p)
			}
		}
	}
}

// named is for findings on a line that has only the author's text. It tries the next text in all places whose text the finding names, and
// returns false if there is no such place.
func (g *garden) named(planted map[string][]*place, d diag.Diagnostic) bool {
	named := false
	for _, arg := range d.Args {
		text, _ := arg.(string)
		if !strings.Contains(text, "poly") {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(planted)) {
			if !strings.Contains(text, key) {
				continue
			}
			for _, p := range planted[key] {
				if p.own+g.text(p) == key {
					g.change(p)
					named = true
				}
			}
		}
	}
	return named
}

// line returns the line that a finding is about, or nil.
func (g *garden) line(d diag.Diagnostic) *line {
	p := g.files[strings.TrimPrefix(d.File, "content/")]
	if p == nil || d.Line == 0 || d.Line > len(p.printed) {
		return nil
	}
	return p.printed[d.Line-1]
}

// withdraw removes the renamed copy that a finding is about or, if the finding is about a folder, all copies in it. It returns false if
// it removed nothing.
func (g *garden) withdraw(file string) bool {
	name := strings.TrimPrefix(file, "content/")
	before := len(g.added)
	maps.DeleteFunc(g.added, func(added string, _ *fstest.MapFile) bool {
		return added == name || strings.HasPrefix(added, name+"/")
	})
	return len(g.added) < before
}
