package rules

import (
	"errors"
	"io/fs"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Facts are the dates, durations and numbers that rules refer to by id, and the sources they may name. Nothing of
// this kind is written in a rule itself.
type Facts struct {
	Days    map[string]civil.Date
	Numbers map[string]int // whole numbers, and durations without a range in their unit
	Units   map[string]string
	Sources map[string]string // id to the file name of a source document, or ""
}

// ReadFacts reads facts.yaml and sources.yaml of a content folder. What is wrong in those files is not told here:
// package site checks them whole.
func ReadFacts(content fs.FS) (Facts, error) {
	facts := Facts{map[string]civil.Date{}, map[string]int{}, map[string]string{}, map[string]string{}}
	var known strictyaml.Map[factYAML]
	var sources strictyaml.Map[sourceYAML]
	err := errors.Join(decodeQuietly(content, "facts.yaml", &known), decodeQuietly(content, "sources.yaml", &sources))
	if err != nil {
		return facts, err
	}
	for _, source := range sources {
		facts.Sources[source.Key.Value] = source.Value.Document
	}
	for _, fact := range known {
		id, y := fact.Key.Value, fact.Value
		if day, ok := factDay(known, y, 0); ok {
			facts.Days[id] = day
		}
		if y.Number != nil {
			facts.Numbers[id], facts.Units[id] = *y.Number, "number"
		}
		if y.Duration != nil && y.Duration.Count != nil {
			facts.Numbers[id], facts.Units[id] = *y.Duration.Count, y.Duration.Unit
		}
	}
	return facts, nil
}

// factYAML and sourceYAML hold what rules need; the other keys are here only so that they are known.
type factYAML struct {
	Date      *civil.Date         `yaml:"date,optional"`
	DayAfter  string              `yaml:"day_after,optional"`
	DayBefore string              `yaml:"day_before,optional"`
	Number    *int                `yaml:"number,optional"`
	Duration  *factDuration       `yaml:"duration,optional"`
	Month     string              `yaml:"month,optional"`
	Phone     string              `yaml:"phone,optional"`
	PhoneOf   string              `yaml:"phone_of,optional"`
	Hours     []map[string]string `yaml:"hours,optional"`
	Fee       *int                `yaml:"fee,optional"`
	Link      string              `yaml:"link,optional"`
	HoursFact string              `yaml:"hours_fact,optional"`
	Closed    string              `yaml:"closed,optional"`
	From      string              `yaml:"from,optional"`
	Until     string              `yaml:"until,optional"`
	Sources   []string            `yaml:"sources,optional"`
	AsOf      string              `yaml:"as_of,optional"`
	ReviewBy  string              `yaml:"review_by,optional"`
	Note      string              `yaml:"note,optional"`
}

type factDuration struct {
	Count *int   `yaml:"count,optional"`
	Min   *int   `yaml:"min,optional"`
	Max   *int   `yaml:"max,optional"`
	Unit  string `yaml:"unit,optional"`
	Bound string `yaml:"bound,optional"`
}

type sourceYAML struct {
	Document  string            `yaml:"document,optional"`
	Publisher string            `yaml:"publisher,optional"`
	Title     string            `yaml:"title,optional"`
	Label     map[string]string `yaml:"label,optional"`
	Address   string            `yaml:"address,optional"`
	Published string            `yaml:"published,optional"`
	Read      string            `yaml:"read,optional"`
	Note      string            `yaml:"note,optional"`
}

func decodeQuietly(content fs.FS, name string, target any) error {
	data, err := fs.ReadFile(content, name)
	if err == nil {
		strictyaml.Decode(&diag.File{Name: name, Data: data}, 0, len(data), target)
	}
	return err
}

// factDay follows day_after and day_before to a day.
func factDay(known strictyaml.Map[factYAML], y factYAML, depth int) (civil.Date, bool) {
	if y.Date != nil {
		return *y.Date, true
	}
	other, step := y.DayAfter, civil.Date(1)
	if other == "" {
		other, step = y.DayBefore, -1
	}
	next, ok := known.Get(other)
	if !ok || depth > len(known) {
		return civil.Unset, false
	}
	day, ok := factDay(known, next, depth+1)
	return day + step, ok
}
