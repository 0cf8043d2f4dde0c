package explain

import (
	"slices"

	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// Trace says how an answer came about: which rows were tried, from the first one on, and which row added which part.
type Trace struct {
	Layers    []TracedLayer `json:"layers"`              // the layers up to the one that decides
	NotTried  []string      `json:"not_tried,omitempty"` // the ids of the later layers, which were not evaluated
	Enough    []TracedRow   `json:"enough,omitempty"`    // the rows of the table Enough up to the one that decides
	Tell      []TracedNote  `json:"tell"`                // the notes in the order of the answer
	Documents []TracedPut   `json:"documents"`
}

// TracedLayer is a layer that was tried.
type TracedLayer struct {
	ID    string      `json:"layer"`
	Words rules.Words `json:"-"`
	Rows  []TracedRow `json:"rows"`
}

// TracedRow is a row that was tried. It decides, or has a condition that fails.
type TracedRow struct {
	ID      string      `json:"row"`
	Place   string      `json:"at"`                // file:line
	Decides string      `json:"decides,omitempty"` // the outcome or level; "" if the row does not decide
	Words   rules.Words `json:"-"`                 // the words for Decides
	Fails   string      `json:"fails,omitempty"`   // the first condition that fails, as the editor wrote it
	Sources []string    `json:"sources,omitempty"` // the sources of a row that decides
	Reasons []Reason    `json:"-"`                 // why the row holds, or the one reason why the condition in Fails fails
}

// TracedNote is a note with the first row that tells it.
type TracedNote struct {
	Note string `json:"note"`
	By
}

// Put says how a row puts documents into the answer, in the words of rule files.
type Put string

// The ways to put documents into an answer.
const (
	PutBring Put = "bring"
	PutOr    Put = "or"
	PutWith  Put = "with"
	PutAlso  Put = "also"
	PutAlone Put = "alone"
)

// TracedPut is a list of documents that a row put into the answer.
type TracedPut struct {
	How       Put      `json:"how"`
	Documents []string `json:"documents"`
	By
}

// By is the row that put something into the answer.
type By struct {
	Row     string   `json:"row"`
	Place   string   `json:"at"`
	Sources []string `json:"sources,omitempty"`
}

// Follow explains every part of what a visitor is told, row by row. It returns an error if a required answer is missing or
// an answer is refused.
func Follow(s *rules.Set, raw []int32) (*Trace, *rules.AnswerError) {
	m := table.NewMachine(s.Checked)
	if bad := m.Load(raw); bad >= 0 {
		return nil, s.Refusal(bad)
	}
	t := &tracer{s: s, m: m, out: m.Decide(), Trace: &Trace{Tell: []TracedNote{}, Documents: []TracedPut{}}}
	t.decision()
	t.enough()
	t.bring()
	for _, r := range s.Adds {
		if t.holds(r) {
			t.added(r)
		}
	}
	return t.Trace, nil
}

// tracer follows one evaluation.
type tracer struct {
	s   *rules.Set
	m   *table.Machine // the state of the machine after the decision
	out table.Output
	set []int32 // the alternatives so far, each as a mask of documents
	*Trace
}

func (t *tracer) holds(r *rules.Row) bool { return t.s.RowHolds(t.m, r) }

func (t *tracer) decision() {
	last := t.s.Rows[t.out.Row].Layer
	for i, layer := range t.s.Layers {
		traced := TracedLayer{ID: layer.ID, Words: layer.Words}
		for _, r := range layer.Rows {
			traced.Rows = append(traced.Rows, t.row(r, r.Index == t.out.Row))
		}
		t.Layers = append(t.Layers, traced)
		if layer == last {
			for _, later := range t.s.Layers[i+1:] {
				t.NotTried = append(t.NotTried, later.ID)
			}
			return
		}
	}
}

func (t *tracer) enough() {
	for _, r := range t.s.Enough {
		holds := t.holds(r)
		t.Enough = append(t.Enough, t.row(r, holds))
		if holds {
			return
		}
	}
}

// row traces a row of a table. `decides` is true if this is the row that decides.
func (t *tracer) row(r *rules.Row, decides bool) TracedRow {
	traced := TracedRow{ID: r.ID, Place: r.Place.String()}
	for _, lit := range r.When {
		switch holds := t.s.Holds(t.m, lit); {
		case decides:
			traced.Reasons = append(traced.Reasons, reasonFor(t.s, t.m, lit))
		case !holds:
			traced.Fails = lit.Text
			lit.Not = !lit.Not
			traced.Reasons = []Reason{reasonFor(t.s, t.m, lit)}
			return traced
		}
	}
	if decides {
		what := rules.LevelWords[r.Level]
		if r.Outcome != nil {
			what = r.Outcome
		}
		traced.Decides, traced.Words, traced.Sources = what.ID, what.Words, t.s.SourceNames(r.Sources)
	}
	return traced
}

func (t *tracer) by(r *rules.Row) By { return By{r.ID, r.Place.String(), t.s.SourceNames(r.Sources)} }

// bring traces what the deciding row offers.
func (t *tracer) bring() {
	r := t.s.Rows[t.out.Row]
	for _, documents := range r.Bring {
		t.set = append(t.set, rules.Mask(documents))
		t.put(PutBring, documents, r)
	}
}

// EffectWords are the keys of the effects on documents in rule files.
var EffectWords = map[table.EffectKind]Put{table.Or: PutOr, table.Also: PutAlso, table.With: PutWith, table.Alone: PutAlone}

// added traces what a row of the additive stage adds. It leaves out what has no effect: notes and alternatives that the
// answer already has, documents to take along that an alternative contains, and documents that are needed with others
// (`with`) if no alternative contains any of those others.
func (t *tracer) added(r *rules.Row) {
	for _, e := range r.Effects {
		documents := e.Documents
		switch e.Kind {
		case table.Tell:
			if !slices.ContainsFunc(t.Tell, func(known TracedNote) bool { return known.Note == e.Note.ID }) {
				t.Tell = append(t.Tell, TracedNote{e.Note.ID, t.by(r)})
			}
			continue
		case table.Or:
			if slices.Contains(t.set, rules.Mask(documents)) {
				continue
			}
			t.set = append(t.set, rules.Mask(documents))
		case table.Also:
			documents = slices.DeleteFunc(slices.Clone(documents), func(d *rules.Word) bool { return t.out.Also>>d.Index&1 == 0 })
		case table.With:
			if to := rules.Mask(e.With); !slices.ContainsFunc(t.out.Bring, func(set int32) bool { return to == 0 || set&to != 0 }) {
				continue
			}
		}
		if len(documents) > 0 {
			t.put(EffectWords[e.Kind], documents, r)
		}
	}
}

func (t *tracer) put(how Put, documents []*rules.Word, r *rules.Row) {
	t.Documents = append(t.Documents, TracedPut{how, rules.IDs(documents), t.by(r)})
}
