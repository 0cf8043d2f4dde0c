package rulefile

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
)

// idForm is the form of ids that conditions can use.
var idForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)

// checkID reports a malformed id.
func (l *loader) checkID(f *diag.File, id strictyaml.Text) {
	if id.Value != "" && !idForm.MatchString(id.Value) {
		l.remark(f.At(id.Offset, "id-form-snake", id.Value))
	}
}

// reserved are the words that have a meaning of their own in conditions or in answers.
var reserved = slices.Concat([]string{"not", "or", "is", "fact", "outcome", "enough", rules.FirstHeld, "profile", "remedy"}, resultTests, slices.Sorted(maps.Keys(functions)))

// checkName reports the id of an input or condition if the id is malformed or reserved.
func (l *loader) checkName(f *diag.File, id strictyaml.Text) {
	l.checkID(f, id)
	if slices.Contains(reserved, id.Value) {
		l.report(f.At(id.Offset, "rule-name-reserved", id.Value))
	}
}

// unique reports an id if it is malformed or already in `seen`. It then adds the id to `seen`.
func (l *loader) unique(f *diag.File, id strictyaml.Text, seen map[string]bool) {
	l.checkID(f, id)
	if id.Value != "" && seen[id.Value] {
		l.remark(f.At(id.Offset, "rule-name-taken", id.Value))
	}
	seen[id.Value] = true
}

// lookUp returns the words with the given ids, each once, and reports unknown and repeated ids. It reports neither an empty
// id nor a list that was not read (`known` is nil), because both have already been reported.
func (l *loader) lookUp(f *diag.File, texts []strictyaml.Text, what string, known []*rules.Word) []*rules.Word {
	list := make([]*rules.Word, 0, len(texts))
	for _, text := range texts {
		w := rules.WordNamed(known, text.Value)
		switch {
		case w == nil && text.Value != "" && known != nil:
			l.report(f.At(text.Offset, "rule-unknown-value", text.Value, what, diag.Nearest(text.Value, rules.IDs(known))))
		case w == nil:
			l.broken[l.reading] = true
		case slices.Contains(list, w):
			l.remark(f.At(text.Offset, "rule-listed-twice", text.Value))
		default:
			list = append(list, w)
		}
	}
	return list
}

// lookUpSets returns the documents of each alternative, without repeated alternatives. It reports the first repetition.
func (l *loader) lookUpSets(f *diag.File, sets [][]strictyaml.Text, what string) [][]*rules.Word {
	var list [][]*rules.Word
	seen, told := map[int32]bool{}, false
	for _, set := range sets {
		documents := l.lookUp(f, set, what, l.set.Documents)
		m := rules.Mask(documents)
		if seen[m] && len(documents) == len(set) {
			if !told && len(set) > 0 {
				l.remark(f.At(set[0].Offset, "rule-listed-twice", strings.Join(rules.IDs(documents), ", ")))
			}
			told = told || len(set) > 0
			continue
		}
		seen[m] = true
		list = append(list, documents)
	}
	return list
}
