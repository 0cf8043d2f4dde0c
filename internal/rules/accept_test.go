package rules

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// check does what `sitegen check` does with the rules, but for the module.
func check(t *testing.T, content fs.FS) []diag.Diagnostic {
	t.Helper()
	facts, err := ReadFacts(content)
	if err != nil {
		t.Fatal(err)
	}
	s, found, err := LoadProving(content, "content", facts)
	if err != nil {
		t.Fatal(err)
	}
	if s == nil {
		return found
	}
	_, proof := s.Verify()
	if found = append(append(found, proof...), s.CheckCases()...); diag.HasErrors(found) {
		return found
	}
	a, err := s.ReadAccepted(content, "content")
	if err != nil {
		t.Fatal(err)
	}
	return append(found, s.CheckAccepted(a)...)
}

// allFiles returns everything that the real rules are made of, to be changed.
func allFiles(t *testing.T) fstest.MapFS {
	files := ruleFiles(t)
	for _, name := range []string{"facts.yaml", "sources.yaml"} {
		data, err := os.ReadFile("../../content/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

// wrong are mistakes that leave the rules whole: only somebody's answer is another. Each must be told with what has to do
// with it: mostly a row, sometimes a worked case.
var wrong = []struct{ name, file, old, with, names string }{
	{"an age", "facts.yaml", "late_elderly_age:\n  number: 75", "late_elderly_age:\n  number: 74", "tell_late_new"},
	{"another age", "facts.yaml", "elderly_recipient_from_age:\n  number: 70", "elderly_recipient_from_age:\n  number: 69", "also_recipient"},
	{"a day", "facts.yaml", "nhi_old_card_usual_end:\n  date: 2025-07-31", "nhi_old_card_usual_end:\n  date: 2025-07-30", "interim_old_card"},
	{"a row removed", decideFile, "    - {id: register_trouble, when: [card_in_hand, not card_dead, not ecert_dead, not ecert_grace, not_registered, place = unknown, person_trouble], outcome: apply_cert, bring: [], sources: [online_check_portal]}\n", "", "register_trouble"},
	{"an outcome", decideFile, "ecert_grace, not_registered], outcome: ecert_lapsed", "ecert_grace, not_registered], outcome: apply_cert", "S15"},
	{"another outcome", decideFile, "not place_reads], outcome: apply_cert", "not place_reads], outcome: ecert_lapsed", "unread_unknown"},
	{"a condition dropped", conditionsFile, "    - not needs.phone_lost\n", "", "phone"},
	{"held_when dropped", inputsFile, "  held_when: {document: my_number_card, when: card = owned or at_home}\n", "", ""},
	{"what is accepted alone", addFile, "eligibility_notice, unknown_paper, old_card,", "eligibility_notice, unknown_paper,", "disaster_anything"},
	{"notes in another order", addFile, "tell: [lost_hotline, lost_reissue]", "tell: [lost_reissue, lost_hotline]", ""},
	{"whom a question is asked", interviewFile, "{ask: card, when: [not have.my_number_card]}", "{ask: card}", "card"},
	{"what stands for no answer", inputsFile, "  default: reader", "  default: unknown", "R-A1"},
	{"the order of questions", inputsFile, "\nlast_use:", "\nage:", ""},
}

func TestWrongRulesAreTold(t *testing.T) {
	if found := check(t, allFiles(t)); len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Fatal("the rules are not in order")
	}
	for _, w := range wrong {
		t.Run(w.name, func(t *testing.T) {
			files := allFiles(t)
			if w.name == "the order of questions" {
				moveAge(t, files)
			} else {
				replaceIn(t, files, w.file, w.old, w.with)
			}
			found := check(t, files)
			if !diag.HasErrors(found) {
				t.Fatal("nothing is told")
			}
			told := false
			for _, d := range found {
				for _, language := range []string{"en", "ja"} {
					message, hint := d.Text(language)
					if strings.Contains(message+hint, "%!") {
						t.Errorf("badly worded: %s %s", message, hint)
					}
					told = told || strings.Contains(message, w.names)
				}
			}
			message, hint := found[0].Text("en")
			t.Logf("%s: %s [%s] (%s)", found[0].Position, message, found[0].Code, hint)
			if !told {
				t.Errorf("nothing is told of %s", w.names)
			}
		})
	}
}

// moveAge puts the question about the age before the one about the phone.
func moveAge(t *testing.T, files fstest.MapFS) {
	text := string(files[inputsFile].Data)
	from, to, rest := strings.Index(text, "\nphone:"), strings.Index(text, "\nage:"), strings.Index(text, "\nneeds:")
	if from < 0 || to < from || rest < to {
		t.Fatal("the questions stand in another order")
	}
	files[inputsFile] = &fstest.MapFile{Data: []byte(text[:from] + text[to:rest] + text[from:to] + text[rest:])}
}

// What is written otherwise, and means the same, is no change.
func TestSameMeaningIsNoChange(t *testing.T) {
	files := allFiles(t)
	replaceIn(t, files, conditionsFile, "  all: [usable, not needs.dv, not former]", "  all: [not needs.dv, usable, not former, not former]")
	replaceIn(t, files, decideFile, "    - {id: dv_cert, when: [information_kept, cert_valid], outcome: bring_cert, bring: [[eligibility_certificate]], sources: [municipalities]}\n    - {id: dv_cert_undated, when: [information_kept, cert_undated], outcome: check_cert_date, bring: [[eligibility_certificate]], sources: [municipalities]}\n",
		"    - {id: dv_cert_undated, when: [information_kept, cert_undated], outcome: check_cert_date, bring: [[eligibility_certificate]], sources: [municipalities]}\n    - {id: dv_cert, when: [information_kept, cert_valid], outcome: bring_cert, bring: [[eligibility_certificate]], sources: [municipalities]}\n")
	if found := check(t, files); len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Error("a change is told")
	}
}

// What build asks the module about shows where the next question, or a supplement that passes an alternative by, goes wrong.
func TestProbes(t *testing.T) {
	s := load(t)
	p := s.Program
	asked := map[int]int{}
	other, passed := 0, map[string]int{}
	everywhere := clone(p) // supplements go with every alternative
	for i := range everywhere.Adds {
		for j := range everywhere.Adds[i].Effects {
			if e := &everywhere.Adds[i].Effects[j]; e.Kind == table.With {
				e.B = len(everywhere.Sets)
				everywhere.Sets = append(everywhere.Sets, 0)
			}
		}
	}
	m, q := table.NewMachine(p), table.NewMachine(everywhere)
	for _, probe := range space.Probes(nil, s.Program) {
		raw := probe.Raw
		next := p.Next(raw, nil).Input
		asked[next]++
		if m.Load(raw) < 0 && next >= 0 {
			if first := firstOpen(p, raw); first != next {
				other++ // a question before it does not matter
			}
		}
		m.Load(raw)
		q.Load(raw)
		if a, b := m.Decide(), q.Decide(); !table.SameAnswer(a, b) {
			for i, add := range p.Adds {
				if m.List(&add.List) == table.True {
					for _, e := range add.Effects {
						if e.Kind == table.With && p.Sets[e.B] != 0 {
							passed[p.Names.Adds[i]]++
						}
					}
				}
			}
		}
	}
	t.Logf("asked next: %v; %d with a question passed over; supplements passed by: %v", asked, other, passed)
	for i := range p.Inputs {
		if p.IsAsked(i) && asked[i] == 0 {
			t.Errorf("nobody is asked %s next", p.Names.Inputs[i].ID)
		}
	}
	if other == 0 {
		t.Error("no question is passed over")
	}
	for i, add := range p.Adds {
		for _, e := range add.Effects {
			if e.Kind == table.With && p.Sets[e.B] != 0 && passed[p.Names.Adds[i]] == 0 {
				t.Logf("nobody has an alternative that %s passes by", p.Names.Adds[i])
			}
		}
	}
	if len(passed) == 0 {
		t.Error("no supplement passes an alternative by")
	}
}

// firstOpen returns the first question that is not answered.
func firstOpen(p *table.Program, raw []int32) int {
	for i := range p.Inputs {
		if p.IsAsked(i) && raw[p.Slot(i)] == table.Missing {
			return i
		}
	}
	return -1
}

// TestValueAmongOthers: a value that comes among those of what is held concerns those who hold it, and nobody is shown as
// somebody whose answer changes who gets the same.
func TestValueAmongOthers(t *testing.T) {
	old := loadOf(t, officeFiles(t))
	files := officeFiles(t)
	replaceIn(t, files, inputsFile, "    paper: {ja: 確認書", "    badge: {ja: 名札, en: a badge}\n    paper: {ja: 確認書")
	now := loadOf(t, files)
	changes, err := now.Changes(&Accepted{program: old.Program}, 50)
	if err != nil || len(changes.Groups) == 0 || changes.More > 0 {
		t.Fatal(changes, err)
	}
	for _, c := range changes.Groups {
		if c.Was == c.Is || !strings.Contains(c.Who.EN, "badge") {
			t.Errorf("%s: before %s, now %s", c.Who.EN, c.Was.EN, c.Is.EN)
		}
	}
}
