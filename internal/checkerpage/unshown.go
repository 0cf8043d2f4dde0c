package checkerpage

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Unshown reports words of questions that the page never shows, because page.yaml does not name their question or answer. Such words
// are what the page assumes about a question that was not asked, the label that opens the groups of a question, and the label of a
// tile. `held` is the question to which tiles are answers.
func (p *Page) Unshown(w *Words, held string) []diag.Diagnostic {
	var found diag.Findings
	for _, question := range w.Questions {
		id, y := question.Key.Value, question.Value
		tell := func(text strictyaml.Text, path, section string) {
			found.Add(w.File.At(text.Offset, "words-unshown", "questions: "+id+": "+path, section))
		}
		if _, said := p.NotAsked[id]; y.NotAsked != nil && !said {
			tell(*y.NotAsked, "not_asked", "not_asked")
		}
		if y.More != nil && len(p.Groups[id]) == 0 {
			tell(y.More.Label, "more", "groups")
		}
		for _, value := range y.Values {
			isTile := id == held && slices.ContainsFunc(p.Tiles, func(tile Tile) bool { return tile.Value == value.Key.Value })
			if value.Value.Tile != nil && !isTile {
				tell(*value.Value.Tile, "values: "+value.Key.Value+": tile", "tiles")
			}
		}
	}
	return found.List
}
