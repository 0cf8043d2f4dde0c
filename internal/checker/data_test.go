package checker

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/interview"
	"sitegen/internal/load"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rulefile"
	"sitegen/internal/testcontent"
)

// editionWith returns the checker in the default language, from the real content with one text of a file replaced.
func editionWith(t *testing.T, file, before, after string) edition {
	t.Helper()
	content := testcontent.Real(t)
	text := string(content[file].Data)
	if !strings.Contains(text, before) {
		t.Fatalf("%s lacks %q", file, before)
	}
	content[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, before, after, 1))}
	loaded, found, err := load.Site(content, "content", civil.Of(2026, 11, 28))
	if err != nil || loaded == nil || loaded.Checker == nil {
		t.Fatal(err, found)
	}
	facts, err := rulefacts.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	set, found, err := rulefile.Load(content, "content", facts)
	if err != nil || set == nil {
		t.Fatal(err, found)
	}
	s := &Site{Material: Material{Program: set.Program}, site: loaded, asked: interview.New(set.Program, loaded)}
	return s.in(loaded.Default)
}

// A value in not_offered of page.yaml is marked as never offered by its question (Said), whether this question is asked or
// can only be answered at the result.
func TestNotOffered(t *testing.T) {
	const asked, both = "not_offered:\n  card: [owned]\n", "not_offered:\n  card: [owned]\n  phone: [iphone]\n"
	e := editionWith(t, "rules/page.yaml", asked, both)
	var d scriptData
	e.addInputs(&d)
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

// The script can place the answer of a remedy among all values of its input before scriptRest is loaded, even if no
// question asks for the input.
func TestRemedyOfCircumstance(t *testing.T) {
	const held, told = "{id: notice, answers: {have: eligibility_notice}", "{id: notice, answers: {needs: pin_forgotten}"
	ids := func(values []scriptValue) (ids []string) {
		for _, value := range values {
			ids = append(ids, value.ID)
		}
		return ids
	}
	for _, remedy := range []string{held, told} {
		e := editionWith(t, "rules/remedies.yaml", held, remedy)
		d, rest := scriptData{}, scriptRest{Values: map[string][]scriptValue{}, Rests: map[string]scriptRests{}}
		e.addInputs(&d)
		e.splitInputs(&d, &rest)
		i := slices.IndexFunc(d.Inputs, func(in scriptInput) bool { return in.ID == "needs" })
		kept, moved := d.Inputs[i].Values, rest.Values["needs"]
		if all := e.Program.Names.Inputs[i].Values; !slices.Equal(ids(moved), all) || moved[0].Name == "" {
			t.Errorf("%s: the rest has %v", remedy, moved)
		} else if remedy == held && len(kept) > 0 || remedy == told && !slices.Equal(ids(kept), all) {
			t.Errorf("%s: the data has %v", remedy, kept)
		} else if slices.ContainsFunc(kept, func(value scriptValue) bool { return value.Name != "" }) {
			t.Errorf("%s: the data has the words of %v", remedy, kept)
		}
	}
}

// In the data of an insurer's site, each text of an answer that names the insurer has a general version beside it, or nobody who is insured
// elsewhere can be told it. The only other text that names it is the question whether the person is insured with it.
func TestGeneralWords(t *testing.T) {
	general := editionWith(t, "rules/page.yaml", "not_offered:", "not_offered:")
	for _, insurer := range general.site.Insurers {
		if len(insurer.Profile.Answers) == 0 {
			continue // an adviser, not an insurer
		}
		s := &Site{Material: general.Material, site: insurer, asked: interview.New(general.Program, insurer)}
		e := s.in(insurer.Default)
		data, rest := e.scriptData()
		_, elsewhere := s.tellable()
		versions := 0
		for i, call := range data.Calls {
			if call.General != "" {
				versions++
				data.Calls[i].Name = ""
			}
		}
		for _, notes := range []map[string]scriptNote{data.Notes, rest.Notes} {
			for id, note := range notes {
				if note.General != "" {
					versions++
				}
				if note.General != "" || !elsewhere[note.Number] {
					note.Text = ""
				}
				notes[id] = note
			}
		}
		delete(data.Page, "insurer_is")
		name, text := e.Profile.Insurer.Plain, encodeLiteral(data)+encodeLiteral(rest)+encodeLiteral(e.scriptWhy())
		if at := strings.Index(text, name); versions < 3 || at >= 0 {
			t.Errorf("%s: %d general versions; %q is named: %q", insurer.Profile.ID, versions, name, text[max(0, at-100):max(0, at)])
		}
	}
}
