package prove

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/change"
	"sitegen/internal/diag"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/sweep"
	"sitegen/internal/worked"
)

// check does what `sitegen check` does with the rules, but makes no module.
func check(t *testing.T, content fs.FS) []diag.Diagnostic {
	t.Helper()
	facts, err := rulefacts.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	s, found, err := Load(content, "content", facts)
	if err != nil {
		t.Fatal(err)
	}
	if s == nil {
		return found
	}
	_, proof := Verify(s)
	if found = append(append(found, proof...), worked.Check(s)...); diag.HasErrors(found) {
		return found
	}
	a, err := change.ReadAccepted(s, content, "content")
	if err != nil {
		t.Fatal(err)
	}
	return append(found, change.Check(s, a)...)
}

// wrong has edits that leave the rules complete but change somebody's answer or questions. Each replaces the text `old`
// with the text `with`. The findings about the edit must contain the text `names`, which is mostly the id of a row or of
// a worked case. It may be "".
var wrong = []struct{ name, file, old, with, names string }{
	{"an age", "facts.yaml", "late_elderly_age:\n  number: 75", "late_elderly_age:\n  number: 74", "tell_late_new"},
	{"another age", "facts.yaml", "elderly_recipient_from_age:\n  number: 70", "elderly_recipient_from_age:\n  number: 69", "also_recipient"},
	{"a day", "facts.yaml", "nhi_old_card_usual_end:\n  date: 2025-07-31", "nhi_old_card_usual_end:\n  date: 2025-07-30", "interim_old_card"},
	{"a row removed", rules.DecideFile, "    - {id: register_trouble, when: [card_in_hand, not card_dead, not ecert_dead, not ecert_grace, not_registered, place = unknown, person_trouble], outcome: apply_cert, bring: [], sources: [online_check_portal]}\n", "", "register_trouble"},
	{"an outcome", rules.DecideFile, "ecert_grace, not_registered], outcome: ecert_lapsed", "ecert_grace, not_registered], outcome: apply_cert", "S15"},
	{"another outcome", rules.DecideFile, "not place_reads], outcome: apply_cert", "not place_reads], outcome: ecert_lapsed", "unread_unknown"},
	{"a condition dropped", rules.ConditionsFile, "    - not needs.phone_lost\n", "", "phone"},
	{"held_when dropped", rules.InputsFile, "  held_when: {document: my_number_card, when: card = owned or at_home}\n", "", ""},
	{"what is accepted alone", rules.AddFile, "eligibility_notice, unknown_paper, old_card,", "eligibility_notice, unknown_paper,", "disaster_anything"},
	{"notes in another order", rules.AddFile, "tell: [lost_hotline, lost_reissue]", "tell: [lost_reissue, lost_hotline]", ""},
	{"whom a question is asked", rules.InterviewFile, "{ask: card, when: [not have.my_number_card]}", "{ask: card}", "card"},
	{"what stands for no answer", rules.InputsFile, "  default: reader", "  default: unknown", "R-A1"},
	{"the order of questions", rules.InputsFile, "\nlast_use:", "\nage:", ""},
}

// TestWrongRulesAreTold: each wrong edit of the real rules leads to an error that names what is wrong. `make test` tries
// every second edit.
func TestWrongRulesAreTold(t *testing.T) {
	if found := check(t, ruletest.RuleFiles(t)); len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Fatal("the rules are not in order")
	}
	for i := 0; i < len(wrong); i += sweep.Of(1, 4) {
		w := wrong[i]
		t.Run(w.name, func(t *testing.T) {
			files := ruletest.RuleFiles(t)
			if w.name == "the order of questions" {
				moveAge(t, files)
			} else {
				ruletest.ReplaceIn(t, files, w.file, w.old, w.with)
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

// moveAge moves the question about the age before the one about the phone.
func moveAge(t *testing.T, files fstest.MapFS) {
	text := string(files[rules.InputsFile].Data)
	from, to, rest := strings.Index(text, "\nphone:"), strings.Index(text, "\nage:"), strings.Index(text, "\nneeds:")
	if from < 0 || to < from || rest < to {
		t.Fatal("the questions stand in another order")
	}
	files[rules.InputsFile] = &fstest.MapFile{Data: []byte(text[:from] + text[to:rest] + text[from:to] + text[rest:])}
}

// A change of notation that keeps the meaning is not reported.
func TestSameMeaningIsNoChange(t *testing.T) {
	files := ruletest.RuleFiles(t)
	ruletest.ReplaceIn(t, files, rules.ConditionsFile, "  all: [usable, not needs.dv, not former]", "  all: [not needs.dv, usable, not former, not former]")
	ruletest.ReplaceIn(t, files, rules.DecideFile, "    - {id: dv_cert, when: [information_kept, cert_valid], outcome: bring_cert, bring: [[eligibility_certificate]], sources: [dazaifu_dv]}\n    - {id: dv_cert_undated, when: [information_kept, cert_undated], outcome: check_cert_date, bring: [[eligibility_certificate]], sources: [dazaifu_dv]}\n",
		"    - {id: dv_cert_undated, when: [information_kept, cert_undated], outcome: check_cert_date, bring: [[eligibility_certificate]], sources: [dazaifu_dv]}\n    - {id: dv_cert, when: [information_kept, cert_valid], outcome: bring_cert, bring: [[eligibility_certificate]], sources: [dazaifu_dv]}\n")
	if found := check(t, files); len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Error("a change is told")
	}
}
