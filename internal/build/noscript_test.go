package build

import (
	"slices"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/interview"
	"sitegen/internal/load"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rulefile"
	"sitegen/internal/table"
	"sitegen/internal/testcontent"
)

// Three mistakes in the pages without script are reported at the entry for these pages in page.yaml: too many pages, a page that
// differs from the rules, and a page that does not name an answer that would change its result. Correct pages give no findings.
func TestNoScriptTold(t *testing.T) {
	content := testcontent.Real(t)
	day := civil.Of(2026, 11, 28)
	loaded, found, err := load.Site(content, "content", day)
	if err != nil || loaded == nil || loaded.Checker == nil {
		t.Fatal("no checker", err, found)
	}
	facts, err := rulefacts.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	set, found, err := rulefile.Load(content, "content", facts)
	if err != nil || set == nil {
		t.Fatal("no rules", err, found)
	}
	asked := interview.New(set.Program, loaded)
	answer := func(p *interview.Pages, level table.Level) *interview.Outcome {
		for _, page := range p.Pages {
			if o := page.Outcome; o != nil && o.Enough == level && len(o.Bring) > 0 && (level != table.Yes || len(o.Unless) > 0) {
				return o
			}
		}
		t.Fatal("no page says ", level)
		return nil
	}
	for code, spoil := range map[diag.Code]func(p *interview.Pages){
		"":                  func(*interview.Pages) {},
		"no-script-pages":   func(p *interview.Pages) { p.Pages = append(p.Pages, make([]interview.Page, mostPages)...) },
		"no-script-differs": func(p *interview.Pages) { answer(p, table.Unsure).Enough = table.Yes },
		"no-script-unsaid":  func(p *interview.Pages) { answer(p, table.Yes).Unless = nil },
	} {
		p := asked.Pages(int32(day))
		spoil(p)
		found := replay(asked, p, loaded.Checker)
		told := slices.ContainsFunc(found, func(d diag.Diagnostic) bool {
			return d.Code == code && d.File == "content/rules/page.yaml" && d.Line > 0 && !slices.Contains(d.Args, any(""))
		})
		if told != (code != "") || code == "" && len(found) > 0 {
			t.Errorf("%q: found %v", code, found)
		}
	}
}
