package build

import (
	"context"
	"io/fs"
	"maps"

	"sitegen/internal/checkerpage"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/plaintext"
	"sitegen/internal/prove"
	"sitegen/internal/rules"
	"sitegen/internal/site"
	"sitegen/internal/worked"
)

// Verified is the result of a successful proof of the rules.
type Verified struct {
	*Rules
	Laws     []rules.Law // all laws, each with what enforced it in this run
	Coverage worked.Coverage
}

// VerifyRules proves the rules of a content folder anew, like [ProveRules]. If the proof succeeds, it also checks the words of the rules
// and finds out what the worked cases cover. Without a site.yaml, the rules have no words to check. If any diagnostic is an error, `v` is
// nil. `err` reports only trouble of the machine, such as an unreadable file, or an ended context.
func VerifyRules(ctx context.Context, source Source) (v *Verified, found []diag.Diagnostic, err error) {
	defer rules.Stopped(&err)
	source.Content = plaintext.Until(ctx, source.Content)
	checked, found, err := ProveRules(ctx, source.Content, source.ContentName)
	if err != nil || checked == nil || diag.HasErrors(found) {
		return nil, found, err
	}
	ran := checked.Report.Ran
	maps.Copy(ran, checked.Interview.Ran())
	notOffered := map[string][]string{}
	if _, missing := fs.Stat(source.Content, "site.yaml"); missing == nil {
		loaded, wrong, err := load.Site(source.Content, source.ContentName, source.Today)
		if found = append(found, wrong...); err != nil || diag.HasErrors(wrong) {
			return nil, found, err
		}
		_, looked, wrong, err := source.wordsOf(checked.Set, loaded)
		if found = append(found, wrong...); err != nil || diag.HasErrors(wrong) {
			return nil, found, err
		}
		maps.Copy(ran, looked)
		notOffered = loaded.Checker.NotOffered
	}
	checked.Set.Until(ctx.Err)
	defer checked.Set.Until(nil)
	v = &Verified{Rules: checked, Laws: checked.Set.Laws(ran), Coverage: worked.Cover(checked.Set, notOffered)}
	return v, found, nil
}

// CheckWords compares the words of the checker with the rules, as a build does. A command that uses these words calls CheckWords first.
// If no diagnostic is an error, no word is missing.
func (s Source) CheckWords(set *rules.Set, loaded *site.Site) ([]diag.Diagnostic, error) {
	_, _, found, err := s.wordsOf(set, loaded)
	return found, err
}

// wordsOf compares the words of a site with its rules. It returns the words that the page itself uses, and the checks that were
// made.
func (s Source) wordsOf(set *rules.Set, loaded *site.Site) (checkerpage.ThemeWords, rules.Ran, []diag.Diagnostic, error) {
	page, err := checkerpage.ReadThemeWords(s.Theme)
	if err != nil {
		return page, nil, themeFault(s, err), nil
	}
	ids := checkerpage.NewRuleIDs(set.Program, page)
	ids.Sayings, ids.Covering = set.Sayings(), prove.NewCovering(set)
	found, ran := loaded.CheckRules(ids)
	return page, ran, found, nil
}
