package main

import (
	"encoding/json"
	"fmt"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/site"
)

func runCheck(c *console, o *options) int {
	summary, code := c.make(o, build.Check)
	if code != exitFine {
		return code
	}
	c.say(c.notes(o), phrase{"間違いはありません: %s", "In order: %s"}, c.counts(summary))
	if o.until != civil.Unset {
		return c.listPeriods(o)
	}
	return exitFine
}

// listPeriods prints the periods whose last day is not before today and not after the day that --until names.
func (c *console) listPeriods(o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	periods, err := build.Periods(source)
	if err != nil {
		return c.fail(err)
	}
	listed := 0
	for _, p := range periods {
		if p.Until < source.Today || p.Until > o.until {
			continue
		}
		listed++
		if o.format == "json" {
			err = c.printPeriodJSON(p)
		} else {
			_, err = fmt.Fprintf(c.out, "%s:%d: %s\n", p.File, p.Line, c.words(periodWords[p.Kind], p.Until, p.ID))
		}
		if err != nil {
			return c.fail(err)
		}
	}
	if listed == 0 {
		c.say(c.notes(o), phrase{"%s までに終わるものはありません", "Nothing ends by %s"}, o.until)
	}
	return exitFine
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

func (c *console) printPeriodJSON(p site.Period) error {
	encoder := json.NewEncoder(c.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(struct {
		File  string          `json:"file"`
		Line  int             `json:"line"`
		Kind  site.PeriodKind `json:"kind"`
		ID    string          `json:"id,omitempty"`
		From  string          `json:"from,omitempty"`
		Until string          `json:"until"`
	}{p.File, p.Line, p.Kind, p.ID, p.From.String(), p.Until.String()})
}
