package load

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/site"
)

// On an insurer's site, the checker's words are the same as if every word were typeset again, including words that the insurer does not
// change.
func TestInsurersSayAllThatDiffers(t *testing.T) {
	load := func() *site.Site {
		s, found, err := Site(os.DirFS("../../content"), "content", civil.Of(2026, 12, 15))
		if err != nil || diag.HasErrors(found) {
			t.Fatal(err, found)
		}
		return s
	}
	quick, usual := load(), mayDiffer
	mayDiffer = func(*profileLoader, map[string]bool) bool { return true }
	defer func() { mayDiffer = usual }()
	whole, own := load(), 0
	for i, insurer := range quick.Insurers {
		for k, language := range insurer.Languages {
			got, want := *language.Checker, *whole.Insurers[i].Languages[k].Checker
			if language.Checker != quick.Languages[k].Checker {
				own++
			}
			got.Written, want.Written = site.WrittenWords{}, site.WrittenWords{}
			got.Facts, want.Facts = nil, nil // each load has its own pointers to facts; the words compared contain the names of the facts
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s/%s: the words are not those that are typeset again", insurer.Profile.ID, language.ID)
			}
		}
	}
	if own < 5 {
		t.Errorf("only %d languages of insurers have words of their own", own)
	}
}

// Each real insurer's site states all policies and facts of that insurer, and its contact. No site states the policies or facts of a
// different insurer.
func TestInsurersTellTheirPolicies(t *testing.T) {
	s, found, err := Site(os.DirFS("../../content"), "content", civil.Of(2026, 12, 15))
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	if len(s.Insurers) < 5 {
		t.Fatalf("only %d insurers", len(s.Insurers))
	}
	own, foreign, said := 0, 0, 0
	for _, insurer := range s.Insurers {
		for _, language := range insurer.Languages {
			texts := textsOf(insurer, language)
			name := insurer.Profile.ID + "/" + language.ID
			for parameter := range insurer.Profile.Policies {
				own++
				if words := string(language.Policies[parameter].Phrase.HTML); !strings.Contains(texts, words) {
					t.Errorf("%s: nothing tells that %s is %s: %s", name, parameter, insurer.Profile.Policies[parameter], words)
				}
			}
			said += checkerSays(t, name, language)
			for _, fact := range insurer.Facts[len(s.Facts):] {
				if told := factText(language, fact); !strings.Contains(texts, told) && !strings.Contains(string(language.Profile.Hours.HTML), told) {
					t.Errorf("%s: nothing tells the fact %s: %s", name, fact.ID, told)
				}
			}
			for _, other := range append([]*site.Site{s}, s.Insurers...) {
				if other == insurer || other.Language(language.ID) == nil {
					continue
				}
				theirs := textsOf(other, other.Language(language.ID))
				for parameter, value := range insurer.Profile.Policies {
					if other.Profile != nil && other.Profile.Policies[parameter] == value {
						continue
					}
					foreign++
					if words := string(language.Policies[parameter].Phrase.HTML); strings.Contains(theirs, words) {
						t.Errorf("the site of %v tells what %s has decided: %s", other.Profile, name, words)
					}
				}
				for _, fact := range insurer.Facts[len(s.Facts):] {
					if told := factText(language, fact); (fact.Kind == schema.PhoneFact || fact.Kind == schema.LinkFact) && strings.Contains(theirs, told) {
						t.Errorf("the site of %v tells %s of %s", other.Profile, told, name)
					}
				}
			}
		}
	}
	if own < 40 || foreign < 200 || said < 40 {
		t.Errorf("compared only %d policies, %d with other insurers, and %d words of the checker", own, foreign, said)
	}
}

var policyToken = regexp.MustCompile(`{policy:(\w+)}`)

// checkerSays checks the notes of the checker: they must name the insurer where the author wrote {insurer:name}, and state its policies
// where the author wrote {policy:…}. It returns the number of these places.
func checkerSays(t *testing.T, name string, language *site.Language) (count int) {
	t.Helper()
	for _, written := range language.Checker.Written.Words.Notes {
		note, _ := language.Checker.Notes.Get(written.Key.Value)
		if strings.Contains(written.Value.Value, "{insurer:name}") {
			if count++; !strings.Contains(note.Plain, language.Profile.Insurer.Plain) {
				t.Errorf("%s: the checker does not name the insurer: %s", name, note.Plain)
			}
		}
		for _, token := range policyToken.FindAllStringSubmatch(written.Value.Value, -1) {
			if count++; !strings.Contains(string(note.HTML), string(language.Policies[token[1]].Phrase.HTML)) {
				t.Errorf("%s: the checker does not state the policy %s: %s", name, token[1], note.Plain)
			}
		}
	}
	return count
}

// textsOf returns the answers and bodies of all questions of a site in a language, followed by the insurer's words on every page.
func textsOf(s *site.Site, language *site.Language) string {
	var b strings.Builder
	for _, question := range s.Questions {
		if t := question.In(language); t != nil {
			b.WriteString(string(t.Answer.HTML))
			b.WriteString(string(t.Body()))
		}
	}
	b.WriteString(string(language.Profile.Lead.HTML) + string(language.Profile.Phone.HTML) + string(language.Profile.Page.HTML))
	return b.String()
}

// factText returns the HTML by which a text that states the fact can be recognized.
func factText(language *site.Language, fact *site.Fact) string {
	if fact.Kind == schema.LinkFact {
		return fact.Address + `"`
	}
	return string(language.Wording(fact, map[schema.FactKind]string{schema.PhoneFact: "number"}[fact.Kind], true).HTML)
}
