package checker

import (
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/interview"
	"sitegen/internal/load"
	"sitegen/internal/rulefile"
	"sitegen/internal/testcontent"
)

// A value that page.yaml does not offer is in no list, whether its question is asked or can only be answered at the result.
func TestNotOffered(t *testing.T) {
	content := testcontent.Real(t)
	const asked, both = "not_offered:\n  card: [owned]\n", "not_offered:\n  card: [owned]\n  phone: [iphone]\n"
	page := strings.Replace(string(content["rules/page.yaml"].Data), asked, both, 1)
	content["rules/page.yaml"] = &fstest.MapFile{Data: []byte(page)}
	loaded, found, err := load.Site(content, "content", civil.Of(2026, 11, 28))
	if err != nil || loaded == nil || loaded.Checker == nil {
		t.Fatal(err, found)
	}
	facts, err := rulefile.ReadFacts(content)
	if err != nil {
		t.Fatal(err)
	}
	set, found, err := rulefile.Load(content, "content", facts)
	if err != nil || set == nil {
		t.Fatal(err, found)
	}
	s := &Site{Material: Material{Program: set.Program}, site: loaded, asked: interview.New(set.Program, loaded)}
	var d scriptData
	s.in(loaded.Default).addInputs(&d)
	said := map[string]bool{}
	for _, in := range d.Inputs {
		for _, value := range in.Values {
			if value.Said {
				said[in.ID+"."+value.ID] = true
			}
		}
	}
	if !said["card.owned"] || !said["phone.iphone"] || said["phone.android"] {
		t.Error(said)
	}
}
