package rulefile

import (
	"strconv"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

// weightsFile is the path of the file that says what share of people gives each answer. Without it, all answers have the
// same weight.
const weightsFile = "rules/weights.yaml"

type weightYAML struct {
	Percent strictyaml.Text   `yaml:"percent"`
	Means   rules.Words       `yaml:"means"`
	Sources []strictyaml.Text `yaml:"sources"`
}

// readWeights reads what share of people gives each answer, in percent. The file is optional.
func (l *loader) readWeights() error {
	l.reading = theLaws // weights belong to the area of the laws, because nothing depends on either
	if !l.has(weightsFile) {
		return nil
	}
	var y strictyaml.Map[strictyaml.Map[weightYAML]]
	f, _, err := l.read(weightsFile, &y)
	if err != nil {
		return err
	}
	for _, entry := range y {
		switch in := l.set.InputByID(entry.Key.Value); {
		case in != nil && in.Lost, len(l.askableIDs()) == 0: // already reported
			l.broken[l.reading] = true
		case in == nil:
			l.report(f.At(entry.Key.Offset, "rule-unknown-value", entry.Key.Value, rules.InputsFile, diag.Nearest(entry.Key.Value, l.askableIDs())))
		case in.Kind != table.Choice && in.Kind != table.Several:
			l.report(f.At(entry.Key.Offset, "rule-weight-kind", in.ID))
		default:
			l.readWeightsOf(f, in, entry)
		}
	}
	return nil
}

// readWeightsOf reads the weights of one input's answers.
func (l *loader) readWeightsOf(f *diag.File, in *rules.Input, entry strictyaml.Entry[strictyaml.Map[weightYAML]]) {
	sum := 0.0
	for _, of := range entry.Value {
		y := of.Value
		value := l.lookUp(f, []strictyaml.Text{of.Key}, in.ID, in.Values)
		percent, err := strconv.ParseFloat(y.Percent.Value, 64)
		if y.Percent.Value != "" && (err != nil || !(percent >= 0 && percent <= 100)) {
			l.report(f.At(y.Percent.Offset, "rule-weight-percent", y.Percent.Value))
		}
		if y.Sources != nil && len(y.Sources) == 0 {
			l.report(f.At(of.Key.Offset, "sources-missing"))
		}
		sum += percent
		weight := rules.Weight{Input: in.ID, Name: in.Words, Percent: percent, Means: y.Means, Sources: l.sources(f, y.Sources)}
		if len(value) > 0 {
			weight.Value, weight.Answer = value[0].ID, value[0].Words
		}
		l.set.Weights = append(l.set.Weights, weight)
	}
	const nearly = 1e-6 // tolerance for rounding
	all := len(entry.Value) == len(in.Values)
	if in.Kind == table.Choice && (sum > 100+nearly || all && sum < 100-nearly) {
		l.report(f.At(entry.Key.Offset, "rule-weight-sum", in.ID, strconv.FormatFloat(sum, 'f', -1, 64)))
	}
}
