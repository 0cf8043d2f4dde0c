package build

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/sweep"
	"sitegen/internal/testcontent"
	"sitegen/themes"
)

// factChange is an edit of `file` that replaces the text `old` and so changes a fact: the fact of one insurer or, if `insurer` is "", of
// all sites.
type factChange struct{ file, old, with, fact, insurer string }

// When facts change, exactly the pages whose text contains one of them change, in every language and for every insurer. `make test`
// changes all facts of the list at once, for two insurers. `make sweep` changes one at a time, for all insurers.
func TestChangedFactChangesItsPages(t *testing.T) {
	changes := []factChange{
		{"facts.yaml", "refund_claim_limit:\n  duration: {count: 2,", "refund_claim_limit:\n  duration: {count: 3,", "refund_claim_limit", ""},
		{"facts.yaml", "card_reissue_fee:\n  fee: 1000", "card_reissue_fee:\n  fee: 1100", "card_reissue_fee", ""},
		{"facts.yaml", "  date: 2025-03-26", "  date: 2025-03-27", "school_trip_notice_day", ""},
		{"profiles/sk/profile.yaml", "073-480-5855", "073-480-5856", "contact_phone", "sk"},
		{"profiles/kenpo_unnamed/profile.yaml", "{count: 2, unit: months, bound: about}", "{count: 3, unit: months, bound: about}", "deregistration_time", "kenpo_unnamed"},
	}
	files := testcontent.RealOf(t, "sk", "kenpo_unnamed")
	together := [][]factChange{changes}
	if sweep.All() {
		files = testcontent.Real(t)
		together = slices.Collect(slices.Chunk(changes, 1))
	}
	before, loaded := pageSums(t, files), loadedSite(t, files)
	for _, changes := range together {
		changed := maps.Clone(files)
		var want []string
		for _, change := range changes {
			changed[change.file] = &fstest.MapFile{Data: change.made(t, changed)}
			want = append(want, pagesTelling(loaded, before, change.fact, change.insurer)...)
		}
		slices.Sort(want)
		want = slices.Compact(want)
		var differ []string
		for name, sum := range pageSums(t, changed) {
			if before[name] != sum {
				differ = append(differ, name)
			}
		}
		slices.Sort(differ)
		if !slices.Equal(differ, want) {
			t.Errorf("%v: changed beside those that tell them: %v; not changed: %v", changes, without(differ, want), without(want, differ))
		}
	}
}

// made returns the content of the file after the edit.
func (c factChange) made(t *testing.T, files fstest.MapFS) []byte {
	t.Helper()
	text := files[c.file].Data
	if n := bytes.Count(text, []byte(c.old)); n != 1 {
		t.Fatalf("%s holds %q %d times", c.file, c.old, n)
	}
	return bytes.Replace(text, []byte(c.old), []byte(c.with), 1)
}

// pageSums renders a content folder, without proving its rules, and returns the SHA-256 of each page.
func pageSums(t *testing.T, content fstest.MapFS) map[string][32]byte {
	t.Helper()
	pages, found, err := Make(t.Context(), Source{Content: content, ContentName: "content", Theme: themes.Default(), ThemeName: "themes/default", Bundle: bundled, Today: civil.Of(2026, 11, 22), Rules: compiledRules(t, content)})
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	sums := map[string][32]byte{}
	for _, file := range pages.Files {
		var page bytes.Buffer
		if err := file.Render(&page); err != nil {
			t.Fatal(err)
		}
		if path.Ext(file.Path) == ".html" {
			sums[file.Path] = sha256.Sum256(page.Bytes())
		}
	}
	return sums
}

// loadedSite returns the site of a content folder.
func loadedSite(t *testing.T, content fs.FS) *site.Site {
	t.Helper()
	s, found, err := load.Site(content, "content", civil.Of(2026, 11, 22))
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	return s
}

// pagesTelling returns the pages that must change if a fact changes: the questions whose texts contain the fact, the page of all questions
// and, for a date or month, the page of dates. An insurer's telephone number is on all pages of the insurer's site. If `insurer` is not
// "", the list has only pages of that insurer's site.
func pagesTelling(s *site.Site, pages map[string][32]byte, id, insurer string) []string {
	var list []string
	for _, one := range append([]*site.Site{s}, s.Insurers...) {
		folder := ""
		if one.Profile != nil {
			folder = one.Profile.ID + "/"
		}
		if insurer != "" && folder != insurer+"/" {
			continue
		}
		fact := one.Facts[slices.IndexFunc(one.Facts, func(f *site.Fact) bool { return f.ID == id })]
		for _, language := range one.Languages {
			base := folder + language.ID + "/"
			if one.Profile != nil && one.Profile.Phone == fact {
				for name := range pages {
					if strings.HasPrefix(name, base) {
						list = append(list, name)
					}
				}
				continue
			}
			list = append(list, base+"all.html")
			if fact.Kind == schema.DateFact || fact.Kind == schema.MonthFact {
				list = append(list, base+"changes.html")
			}
			for _, question := range one.Questions {
				if tells(question.In(language), language, fact) {
					list = append(list, base+site.QuestionPath(question.ID))
				}
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// tells reports whether a question refers to a fact and its text contains the fact's value.
func tells(t *site.Translation, language *site.Language, fact *site.Fact) bool {
	text := string(t.Answer.HTML) + string(t.Body())
	for _, told := range []site.Phrase{language.FactValue(fact), language.Date(fact.Date)} {
		if fact.Kind != schema.DateFact && told == language.Date(fact.Date) {
			continue
		}
		if strings.Contains(text, string(told.HTML)) && slices.Contains(t.Facts, fact) {
			return true
		}
	}
	return false
}

func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(name string) bool { return slices.Contains(other, name) })
}
