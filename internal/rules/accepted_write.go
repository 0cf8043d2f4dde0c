package rules

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/table"
)

// AcceptedFile is the path in the content folder of the rules that an editor accepted last.
const AcceptedFile = "rules/accepted.yaml"

// TextVersion is the version of the layout of AcceptedFile, and of the meaning of its conditions.
const TextVersion = 1

// acceptedHead is the beginning of AcceptedFile.
const acceptedHead = `# The rules as an editor has accepted them last: what every check compares the rules with.
# Nobody edits this file: sitegen rules accept writes it. Read what changes in it.
`

// ChecksumKey begins the last line of AcceptedFile, the checksum of all lines above it.
const ChecksumKey = "checksum: "

// provenInterview says in AcceptedFile that the interview of these rules is proven, and by which version of the proof. Raise
// the version if the proof proves something different, or if people are asked differently.
const provenInterview = "proven, version 1"

// Text returns the rules in the form of AcceptedFile. It has everything on which decisions and the interview depend, in the
// editors' words and one thing per line. It also has the values of the facts that conditions name, and the checksum.
// `interview` says whether the interview is proven.
func (s *Set) Text(interview bool) []byte {
	w := &acceptedWriter{}
	w.inputs(s)
	for _, list := range []struct {
		key   string
		words []*Word
	}{{"outcomes", s.Outcomes}, {"documents", s.Documents[s.heldValues():]}, {"notes", s.Notes}} {
		w.list("", list.key, IDs(list.words))
	}
	w.list("", "no_papers", s.noPapers())
	w.decision(s)
	w.interview(s)

	body := slices.Clone(w.b.Bytes())
	w.b.Reset()
	fmt.Fprintf(&w.b, "%sversion: %d\n", acceptedHead, TextVersion)
	if interview {
		w.line("", "interview", provenInterview)
	}
	w.facts(s, body)
	w.b.Write(body)
	return Sealed(w.b.Bytes())
}

// Sealed appends the line with the checksum to the other lines of AcceptedFile, which are in `above`. It may write into the
// array behind `above`.
func Sealed(above []byte) []byte { return append(above, ChecksumKey+checksum(above)+"\n"...) }

// checksum returns the checksum of the lines in `above`. It protects against damage, not against forgery.
func checksum(above []byte) string {
	sum := sha256.Sum256(above)
	return hex.EncodeToString(sum[:8])
}

// heldValues returns how many documents are values of the input Held.
func (s *Set) heldValues() int {
	if s.Held == nil {
		return 0
	}
	return len(s.Held.Values)
}

// noPapers returns the values of the input Held that can never be "not accepted alone".
func (s *Set) noPapers() []string {
	var list []string
	for i := range s.heldValues() {
		if s.Papers>>i&1 == 0 {
			list = append(list, s.Documents[i].ID)
		}
	}
	return list
}

// acceptedWriter writes the lines of AcceptedFile.
type acceptedWriter struct{ b bytes.Buffer }

func (w *acceptedWriter) line(indent, key, value string) {
	w.b.WriteString(indent + key + ": " + value + "\n")
}

// list writes ids, one per line. It writes nothing for an empty list.
func (w *acceptedWriter) list(indent, key string, ids []string) {
	if len(ids) == 0 {
		return
	}
	w.b.WriteString(indent + key + ":\n")
	for _, id := range ids {
		w.b.WriteString(indent + "  - " + id + "\n")
	}
}

// rows writes a list of entries, each on one line with its id and its parts. It writes nothing for an empty list.
func (w *acceptedWriter) rows(key string, count int, row func(i int) (id string, parts []string)) {
	if count == 0 {
		return
	}
	w.b.WriteString(key + ":\n")
	for i := range count {
		id, parts := row(i)
		w.line("  ", id, "{"+strings.Join(parts, ", ")+"}")
	}
}

func (w *acceptedWriter) inputs(s *Set) {
	w.b.WriteString("inputs:\n")
	for _, in := range s.Inputs {
		w.b.WriteString("  " + in.ID + ":\n")
		w.line("    ", "kind", in.Kind.String())
		if in.Role != "" {
			w.line("    ", "role", in.Role)
		}
		if in.Policy {
			w.line("    ", "policy", "true")
		}
		w.list("    ", "values", IDs(in.Values))
		w.list("    ", "special", IDs(in.Specials))
		if in.DefaultText != "" {
			w.line("    ", "default", yamlText(in.DefaultText))
		}
		w.list("    ", "circumstances", IDs(in.Told))
		if in.Held != nil {
			w.line("    ", "held_when", "{document: "+s.Documents[in.Held.Document].ID+", when: "+yamlText(in.Held.When.words())+"}")
		}
	}
}

// decision writes the conditions and all rows.
func (w *acceptedWriter) decision(s *Set) {
	w.rows("conditions", len(s.Conditions), func(i int) (string, []string) {
		c, key := s.Conditions[i], "all"
		if c.Any {
			key = "any"
		}
		return c.ID, []string{key + ": " + literalList(c.Parts)}
	})
	w.rows("rows", len(s.Rows), func(i int) (string, []string) {
		r := s.Rows[i]
		return r.ID, []string{"when: " + literalList(r.When), "outcome: " + r.Outcome.ID, "bring: " + setList(r.Bring)}
	})
	w.rows("enough", len(s.Enough), func(i int) (string, []string) {
		r := s.Enough[i]
		return r.ID, []string{"when: " + literalList(r.When), "enough: " + r.Level.String()}
	})
	w.rows("adds", len(s.Adds), func(i int) (string, []string) {
		r := s.Adds[i]
		return r.ID, append([]string{"when: " + literalList(r.When)}, effectParts(r.Effects)...)
	})
}

// effectParts returns the effects of an additive row as texts, in the order in which package rulefile reads them.
func effectParts(effects []Effect) []string {
	var parts, notes []string
	var sets [][]*Word
	for _, e := range effects {
		switch e.Kind {
		case table.Tell:
			notes = append(notes, e.Note.ID)
		case table.Or:
			sets = append(sets, e.Documents)
		}
	}
	if len(notes) > 0 {
		parts = append(parts, "tell: "+flow(notes))
	}
	if len(sets) > 0 {
		parts = append(parts, "or: "+setList(sets))
	}
	for _, e := range effects {
		switch e.Kind {
		case table.Also:
			parts = append(parts, "also: "+flow(IDs(e.Documents)))
		case table.With:
			if parts = append(parts, "with: "+flow(IDs(e.Documents))); len(e.With) > 0 {
				parts = append(parts, "with_to: "+flow(IDs(e.With)))
			}
		case table.Alone:
			parts = append(parts, "alone: "+flow(IDs(e.Documents)))
		}
	}
	return parts
}

// interview writes the steps of the interview, and the contradictions.
func (w *acceptedWriter) interview(s *Set) {
	if len(s.Asks) > 0 {
		w.b.WriteString("order:\n")
	}
	for _, a := range s.Asks {
		text := "ask: " + a.Input.ID
		if a.Again {
			text += ", again: true"
		}
		if len(a.When) > 0 {
			text += ", when: " + literalList(a.When)
		}
		w.b.WriteString("  - {" + text + "}\n")
	}
	w.rows("contradictions", len(s.Contradictions), func(i int) (string, []string) {
		r := s.Contradictions[i]
		return r.ID, []string{"when: " + literalList(r.When)}
	})
}

var factName = regexp.MustCompile(`fact:([a-z0-9_]+)`)

// facts writes the values of the facts that a text refers to.
func (w *acceptedWriter) facts(s *Set, text []byte) {
	values := map[string]string{}
	for _, name := range factName.FindAllSubmatch(text, -1) {
		id := string(name[1])
		if day, ok := s.Facts.Days[id]; ok {
			values[id] = day.String()
		} else if unit := s.Facts.Units[id]; unit == NumberUnit {
			values[id] = fmt.Sprint(s.Facts.Numbers[id])
		} else {
			values[id] = fmt.Sprint(s.Facts.Numbers[id], " ", unit)
		}
	}
	if len(values) > 0 {
		w.b.WriteString("facts:\n")
	}
	for _, id := range slices.Sorted(maps.Keys(values)) {
		w.line("  ", id, values[id])
	}
}

func literalList(list []Literal) string {
	texts := make([]string, len(list))
	for i, lit := range list {
		texts[i] = yamlText(lit.words())
	}
	return flow(texts)
}

func setList(sets [][]*Word) string {
	texts := make([]string, len(sets))
	for i, set := range sets {
		texts[i] = flow(IDs(set))
	}
	return flow(texts)
}

func flow(texts []string) string { return "[" + strings.Join(texts, ", ") + "]" }

var plainWords = regexp.MustCompile(`^[a-z0-9_.]+( [a-z0-9_.=]+)*$`)

// yamlText quotes a text if YAML could read it as something else.
func yamlText(text string) string {
	if plainWords.MatchString(text) {
		return text
	}
	return `"` + text + `"`
}
