package build

import (
	"context"
	"reflect"
	"slices"

	"sitegen/internal/checkerpage"
	"sitegen/internal/diag"
	"sitegen/internal/interview"
	"sitegen/internal/parallel"
	"sitegen/internal/site"
	"sitegen/internal/table"
)

// mostPages is the highest number of pages without script in one language: more pages help nobody.
const mostPages = 40

// writeOut turns the interview of each site into pages, by the insurer's id ("" for the general site). It follows every path through the
// pages and compares the result with the rules. Sites share the pages if their insurers made the same decisions.
func writeOut(ctx context.Context, p *table.Program, loaded *site.Site) (map[string]*interview.Pages, []diag.Diagnostic, error) {
	written := map[string]int{} // index in `asked`, by the answers that a site itself gives for all its readers
	var asked []*interview.Interview
	byID := map[string]int{}
	for _, s := range append([]*site.Site{loaded}, loaded.Insurers...) {
		one := interview.New(p, s)
		k, known := written[one.Known()]
		if !known {
			k = len(asked)
			written[one.Known()] = k
			asked = append(asked, one)
		}
		id := ""
		if s.Profile != nil {
			id = s.Profile.ID
		}
		byID[id] = k
	}
	pages, found := make([]*interview.Pages, len(asked)), make([][]diag.Diagnostic, len(asked))
	err := parallel.Each(len(asked), func() func(int) error {
		return func(k int) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			pages[k] = asked[k].Pages(int32(loaded.Today))
			found[k] = replay(asked[k], pages[k], loaded.Checker)
			return nil
		}
	})
	if err != nil {
		return nil, nil, err
	}
	all := map[string]*interview.Pages{}
	for id, k := range byID {
		all[id] = pages[k]
	}
	return all, once(slices.Concat(found...)), nil
}

// once removes repeated findings, because the pages of several insurers can have the same mistakes.
func once(found []diag.Diagnostic) (list []diag.Diagnostic) {
	for _, d := range found {
		if !slices.ContainsFunc(list, func(known diag.Diagnostic) bool { return reflect.DeepEqual(known, d) }) {
			list = append(list, d)
		}
	}
	return list
}

// replay follows every path through the pages. It reports results that differ from the rules, pages that do not name an answer
// that would change the result, and too many pages.
func replay(i *interview.Interview, pages *interview.Pages, look *checkerpage.Page) []diag.Diagnostic {
	var found []diag.Diagnostic
	if n := len(pages.Pages); n > mostPages {
		found = append(found, look.AtNoScript("no-script-pages", n, mostPages))
	}
	faults, _ := i.Replay(pages)
	for _, f := range faults {
		if f.Unsaid != "" {
			found = append(found, look.AtNoScript("no-script-unsaid", f.Path, f.Unsaid))
		} else {
			found = append(found, look.AtNoScript("no-script-differs", f.Path, f.Page, f.Rules))
		}
	}
	return found
}
