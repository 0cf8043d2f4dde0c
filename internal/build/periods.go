package build

import (
	"sitegen/internal/civil"
	"sitegen/internal/load"
	"sitegen/internal/site"
)

// Periods returns everything in a content folder that holds only for a time, sorted by its last day. It returns no diagnostics, so call it
// for content that was checked. The error is about the machine.
func Periods(source Source) ([]site.Period, error) {
	loaded, _, err := load.Site(source.Content, source.ContentName, source.Today)
	if err != nil || loaded.Checker == nil {
		return loaded.Periods, err
	}
	compiled, _, err := CompileRules(source.Content, source.ContentName)
	if err != nil || compiled == nil {
		return loaded.Periods, err
	}
	list := loaded.Periods
	for _, p := range compiled.Set.Periods() {
		kind := site.BeforePeriod
		if p.Holds {
			kind = site.RulePeriod
		}
		list = append(list, site.Period{Position: p.Position, Kind: kind, ID: p.Text, From: civil.Unset, Until: p.Until})
	}
	site.SortPeriods(list)
	return list, nil
}
