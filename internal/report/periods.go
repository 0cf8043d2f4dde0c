package report

import (
	"fmt"

	"sitegen/internal/civil"
	"sitegen/internal/site"
	"sitegen/internal/terminal"
)

// listedPeriod is a period as a line of JSON.
type listedPeriod struct {
	File  string          `json:"file"`
	Line  int             `json:"line"`
	Kind  site.PeriodKind `json:"kind"`
	ID    string          `json:"id,omitempty"`
	From  string          `json:"from,omitempty"`
	Until string          `json:"until"`
}

// Periods writes the periods whose last day is from `from` to `until`, both included, and returns how many it wrote. If `json` is
// true, each period is a line of JSON.
func Periods(t *terminal.Terminal, periods []site.Period, from, until civil.Date, json bool) (listed int, err error) {
	for _, p := range periods {
		if p.Until < from || p.Until > until {
			continue
		}
		listed++
		if json {
			err = terminal.WriteJSON(t.Out, listedPeriod{p.File, p.Line, p.Kind, p.ID, p.From.String(), p.Until.String()})
		} else {
			_, err = fmt.Fprintf(t.Out, "%s:%d: %s\n", p.File, p.Line, t.Words(periodWords[p.Kind], p.Until, p.ID))
		}
		if err != nil {
			return listed, err
		}
	}
	return listed, nil
}

// periodWords has a sentence for each kind of period: %[1]s is the last day, and %[2]s the id of the fact, condition or translation.
var periodWords = map[site.PeriodKind]phrase{
	site.QuestionPeriod: {"%[1]sまで: この質問", "until %[1]s: this question"},
	site.PassagePeriod:  {"%[1]sまで: この囲み", "until %[1]s: this block"},
	site.VariantPeriod:  {"%[1]sまで: この文", "until %[1]s: this text"},
	site.FactPeriod:     {"%[1]sまで: 事実 %[2]s", "until %[1]s: the fact %[2]s"},
	site.ReviewPeriod:   {"%[1]sまで: 事実 %[2]s の見直し", "until %[1]s: the review of the fact %[2]s"},
	site.RulePeriod:     {"%[1]sまで: 規則の条件 %[2]s", "until %[1]s: the rules' condition %[2]s"},
	site.WaiverPeriod:   {"%[1]sまで: 訳が古いままでよい期間（%[2]s）", "until %[1]s: a translation may wait (%[2]s)"},
	site.BeforePeriod:   {"%[1]sまで: 規則の条件 %[2]s が、まだ成り立たない", "until %[1]s: the rules' condition %[2]s does not hold yet"},
}
