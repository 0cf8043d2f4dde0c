package load

import (
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
)

type coverageYAML struct {
	Page    *strictyaml.Text `yaml:"page,optional"`
	Omitted *string          `yaml:"omitted,optional"`
	// Policy and Fact are for statements of a document that an insurer wrote. On that insurer's site, Page must mention this parameter
	// and this fact.
	Policy *strictyaml.Text `yaml:"policy,optional"`
	Fact   *strictyaml.Text `yaml:"fact,optional"`
}

// forgetInsurer returns the edits that remove the keys `policy` and `fact` from an entry that is written in braces.
func (y coverageYAML) forgetInsurer() []diag.Edit {
	var edits []diag.Edit
	for _, of := range []struct {
		key   string
		value *strictyaml.Text
	}{{"policy", y.Policy}, {"fact", y.Fact}} {
		if of.value != nil {
			key := ", " + of.key + ": "
			edits = append(edits, diag.Edit{Offset: of.value.Offset - len(key), Old: key + of.value.Value})
		}
	}
	return edits
}

// checkCoverage checks coverage.yaml. Each entry is about one statement of the source documents. The entry must name a page that exists,
// or give the reason why no page has the statement. The file is optional.
func (l *loader) checkCoverage() error {
	if !l.Has("coverage.yaml") {
		return nil
	}
	var decoded strictyaml.Map[coverageYAML]
	f, err := l.Decode("coverage.yaml", &decoded)
	if err != nil {
		return err
	}
	for _, entry := range decoded {
		page, omitted := entry.Value.Page, entry.Value.Omitted
		switch {
		case (page == nil) == (omitted == nil):
			l.Report(f.At(entry.Key.Offset, "coverage-form", entry.Key.Value))
		case page != nil && l.Site.Question(page.Value) == nil && !slices.Contains(site.Pages, page.Value):
			l.Report(l.Site.NoQuestion(f, page.Offset, page.Value))
		case page != nil:
			l.checkCoveredBy(f, entry.Key, entry.Value)
		}
	}
	return nil
}

// checkCoveredBy checks an entry whose statement is from an insurer's document. The page must exist on that insurer's site. The insurer
// must have set the parameter under the key `policy`, and the page must mention that parameter and the fact under the key `fact`. If no
// insurer's site is made from the document, checkCoveredBy reports an entry that has one of these keys.
func (l *loader) checkCoveredBy(f *diag.File, statement strictyaml.Text, y coverageYAML) {
	document, _, _ := strings.Cut(statement.Value, "-")
	i := slices.IndexFunc(l.Site.Insurers, func(s *site.Site) bool {
		return s.Profile.Document != nil && strings.HasPrefix(s.Profile.Document.Document, document+"_")
	})
	if i < 0 {
		if y.Policy != nil || y.Fact != nil {
			l.Report(f.Mendable(f.At(statement.Offset, "coverage-insurer", statement.Value, document), y.forgetInsurer()...))
		}
		return
	}
	insurer := l.Site.Insurers[i]
	question := insurer.Question(y.Page.Value)
	if question == nil {
		if !slices.Contains(site.Pages, y.Page.Value) {
			l.Report(f.At(y.Page.Offset, "coverage-hidden", statement.Value, y.Page.Value, insurer.Profile.ID))
		}
		return
	}
	told := question.In(insurer.Default)
	if p := y.Policy; p != nil && told != nil && (insurer.Profile.Policies[p.Value] == "" || !told.Reads["policy:"+p.Value]) {
		l.Report(f.At(p.Offset, "coverage-untold", statement.Value, p.Value, y.Page.Value, insurer.Profile.ID))
	}
	if p := y.Fact; p != nil && told != nil && !slices.ContainsFunc(told.Facts, func(fact *site.Fact) bool { return fact.ID == p.Value }) {
		l.Report(f.At(p.Offset, "coverage-untold", statement.Value, p.Value, y.Page.Value, insurer.Profile.ID))
	}
}
