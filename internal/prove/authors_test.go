package prove

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/sweep"
	"sitegen/internal/testcontent"
	"sitegen/internal/worked"
)

// mistakes are slips of an editor, each with the code and hint of the finding that it must lead to. The mark ‸ shows the
// place of the finding: in the replacement (`with`) or, if the place is not there, in `elsewhere`. There may be other
// findings only if `more` is true, because a mistake in a rule can also break laws and cases.
var mistakes = []struct {
	name, file, old, with, code, hint string
	elsewhere                         [2]string // a file, and a text in it
	more                              bool
}{
	{name: "condition misspelt", file: rules.DecideFile, old: "when: [on_welfare]", with: "when: [‸on_wellfare]", code: "rule-unknown-name", hint: "on_welfare"},
	{name: "value misspelt", file: rules.DecideFile, old: "place = disaster", with: "place = ‸disastre", code: "rule-unknown-value", hint: "disaster"},
	{name: "input misspelt", file: rules.AddFile, old: "have.eligibility_certificate_copy, not outcome", with: "‸hav.eligibility_certificate_copy, not outcome", code: "rule-unknown-set", hint: "have"},
	{name: "outcome misspelt", file: rules.DecideFile, old: "outcome: school_trip", with: "outcome: ‸scool_trip", code: "rule-unknown-value", hint: "school_trip"},
	{name: "document misspelt", file: rules.DecideFile, old: "[[welfare_ticket]]", with: "[[‸welfare_tiket]]", code: "rule-unknown-value", hint: "welfare_ticket"},
	{name: "note misspelt", file: rules.AddFile, old: "tell: [emergency_first]", with: "tell: [‸emergency_frist]", code: "rule-unknown-value", hint: "emergency_first"},
	{name: "source misspelt", file: rules.DecideFile, old: "sources: [j_disaster]", with: "sources: [‸j_disastr]", code: "rule-unknown-source", hint: "j_disaster"},
	{name: "fact misspelt", file: rules.ConditionsFile, old: "fact:phone_start", with: "‸fact:fone_start", code: "rule-unknown-fact", hint: "phone_start"},
	{name: "date written out", file: rules.ConditionsFile, old: "fact:phone_start", with: "‸2025-09-19", code: "rule-fact-wanted", hint: "fact:"},
	{name: "duration written out", file: rules.ConditionsFile, old: "end_of_month(ecert_expiry, fact:ecert_grace)", with: "end_of_month(ecert_expiry, ‸3)", code: "rule-fact-wanted", hint: "facts.yaml"},
	{name: "wrong unit", file: rules.ConditionsFile, old: "fact:ecert_grace)", with: "‸fact:ecert_working_again)", code: "rule-fact-kind", hint: "hours"},
	{name: "number for a day", file: rules.ConditionsFile, old: "fact:phone_start", with: "‸fact:pin_tries", code: "rule-fact-kind", hint: "day"},
	{name: "fact of another kind misspelt", file: rules.ConditionsFile, old: "fact:phone_start", with: "‸fact:pin_trys", code: "rule-unknown-fact", hint: "pin_tries"},
	{name: "comparison without the visit", file: rules.ConditionsFile, old: "visit_date > card_expiry", with: "‸ecert_expiry > card_expiry", code: "rule-date-visit", hint: "visit_date"},
	{name: "two conditions in one line", file: rules.DecideFile, old: "when: [short_stay]", with: "when: [short_stay ‸insurer]", code: "rule-unreadable", hint: "cert_valid"},
	{name: "full-width sign", file: rules.DecideFile, old: "when: [place = disaster]", with: "when: [place ‸＝ disaster]", code: "rule-write-so"},
	{name: "set without value", file: rules.DecideFile, old: "when: [old_card_over]", with: "when: [‸have]", code: "rule-set-value", hint: "have.my_number_card"},
	{name: "outcome too early", file: rules.DecideFile, old: "when: [on_welfare]", with: "when: [‸outcome = welfare]", code: "rule-outcome-early", hint: "add.yaml"},
	{name: "all and any", file: rules.ConditionsFile, old: "holds_card:\n  means: {ja: マイナンバーカードを持っていける, en: the card can be brought}\n", with: "‸holds_card:\n  means: {ja: マイナンバーカードを持っていける, en: the card can be brought}\n  all: [card = owned]\n", code: "rule-all-or-any", hint: "any"},
	{name: "row id twice", file: rules.DecideFile, old: "id: checkup_cert", with: "id: ‸work_injury", code: "rule-name-taken"},
	{name: "row without effect", file: rules.AddFile, old: "id: tell_ambulance, when: [place = ambulance], tell: [emergency_first], ", with: "id: ‸tell_ambulance, when: [place = ambulance], ", code: "rule-no-effect", hint: "tell"},
	{name: "unused condition", file: rules.ConditionsFile, old: "holds_card:", with: "‸forgotten:\n  means: {ja: x, en: x}\n  any: [card = lost]\nholds_card:", code: "rule-dead-name"},
	{name: "unknown key", file: rules.DecideFile, old: "outcome: disaster,", with: "‸outcom: disaster,", code: "yaml-unknown-key", hint: "outcome", more: true},
	{name: "profile's policy misspelt", file: "profiles/sk/profile.yaml", old: "cert_delivery: employer", with: "cert_delivery: ‸emplyer", code: "rule-unknown-value", hint: "emplyer"},
	{name: "case misspelt", file: rules.CasesFile, old: `"place": "reader"`, with: `"place": ‸"raeder"`, code: "rule-case-answer", hint: "reader"},
	{name: "insurer of a case removed", file: rules.CasesFile, old: `"profile": "sk"`, with: `"profile": ‸"skk"`, code: "rule-case-profile", hint: "general"},
	{name: "gap", file: rules.DecideFile, old: "{id: nothing, when: []", with: "{id: nothing, when: [not needs.overseas]", code: "rule-gap", elsewhere: [2]string{rules.DecideFile, "layer: ‸everyone_else"}, more: true},
	{name: "overlap", file: rules.DecideFile, old: "id: card_soon, when: [usable, not ecert_grace, not ecert_soon, card_soon]", with: "id: ‸card_soon, when: [usable, not ecert_soon, card_soon]", code: "rule-overlap", more: true},
	{name: "row that is never reached", file: rules.DecideFile, old: "id: class_trip, when: [class_trip]", with: "id: ‸class_trip, when: [class_trip, place = disaster]", code: "rule-dead-row", more: true},
	{name: "note that reaches nobody", file: rules.AddFile, old: "id: tell_disaster, when: [outcome = disaster], tell", with: "id: ‸tell_disaster, when: [outcome = disaster, needs.workers_comp, place = reader], tell", code: "rule-dead-row", more: true},
	{name: "card offered to a person in hiding", file: rules.ConditionsFile, old: "all: [card_in_hand, not card_dead, not needs.dv]", with: "all: [card_in_hand, not card_dead]", code: "rule-law", hint: "law_4_dv_card", elsewhere: [2]string{rules.LawsFile, "id: ‸law_4_dv_card"}, more: true},
	{name: "notice as a remedy for a person in hiding", file: rules.RemediesFile, old: "not_for: {needs: [notice_lost, dv]}}", with: "not_for: {needs: [notice_lost]}}", code: "rule-law", hint: "law", elsewhere: [2]string{rules.LawsFile, "id: ‸law_4_dv_remedies"}},
	{name: "notice from home for a person in hiding", file: rules.AddFile, old: "not notice_gone, not needs.dv]", with: "not notice_gone]", code: "rule-law", hint: "law", elsewhere: [2]string{rules.LawsFile, "id: ‸law_4_dv_notice"}, more: true},
	{name: "old card after its end", file: rules.ConditionsFile, old: "visit_date <= earlier(fact:old_card_last_day, old_card_expiry)", with: "visit_date <= earlier(fact:interim_last_day, old_card_expiry)", code: "rule-law", hint: "law", elsewhere: [2]string{rules.LawsFile, "id: ‸law_3"}, more: true},
	{name: "grace without a word", file: rules.AddFile, old: "when: [card_offered, ecert_grace]", with: "when: [card_offered, ecert_grace, not needs.assist]", code: "rule-law", hint: "law", elsewhere: [2]string{rules.LawsFile, "id: ‸law_5_elig_only"}, more: true},
	{name: "unsafe unknown", file: rules.ConditionsFile, old: "place = no_reader or reader_down or unknown", with: "place = no_reader or reader_down", code: "rule-unknown-worse", hint: "inputs.yaml", elsewhere: [2]string{rules.InputsFile, "災害, en: disaster}\n    ‸unknown:"}, more: true},
	{name: "value without effect", file: rules.AddFile, old: "phone = iphone or android", with: "phone = android", code: "rule-dead-value", elsewhere: [2]string{rules.InputsFile, "‸iphone:"}},
	{name: "wrong outcome", file: rules.DecideFile, old: "outcome: cert_expired_contact", with: "outcome: no_valid_doc", code: "rule-outcome-unreachable", elsewhere: [2]string{rules.VocabularyFile, "‸cert_expired_contact:"}, more: true},
	{name: "wrong day", file: rules.ConditionsFile, old: "visit_date >= fact:interim_first_day\n", with: "visit_date > fact:interim_first_day\n", code: "rule-case-fails", elsewhere: [2]string{rules.CasesFile, ""}, more: true},

	{name: "impossible day", file: rules.FactsFile, old: "phone_start:\n  date: 2025-09-19", with: "phone_start:\n  date: ‸2025-9-31", code: "yaml-want-date"},
	{name: "day taken from an impossible one", file: rules.FactsFile, old: "old_card_last_day:\n  date: 2025-12-01", with: "old_card_last_day:\n  date: ‸2025-12-32", code: "yaml-want-date"},
	{name: "line split at a comma", file: rules.DecideFile, old: "when: [information_kept, cert_valid]", with: "when: [information_kept, ‸visit_date <= end_of_month(cert_expiry, fact:ecert_grace)]", code: "rule-line-split", hint: `"visit_date <= end_of_month(cert_expiry, fact:ecert_grace)"`},
	{name: "parenthesis missing", file: rules.ConditionsFile, old: "months_before(card_expiry, fact:card_renew_window))", with: "months_before(card_expiry, fact:card_renew_window‸)", code: "rule-expect", hint: ")"},
	{name: "signs the wrong way round", file: rules.ConditionsFile, old: "visit_date <= cert_expiry", with: "visit_date ‸=< cert_expiry", code: "rule-write-so", hint: "<="},
	{name: "two equal signs", file: rules.DecideFile, old: "place = disaster]", with: "place ‸== disaster]", code: "rule-write-so"},
	{name: "not equal", file: rules.DecideFile, old: "place = disaster]", with: "place ‸!= disaster]", code: "rule-write-so", hint: "not place = disaster"},
	{name: "point of a choice", file: rules.DecideFile, old: "place = disaster]", with: "‸place.disaster]", code: "rule-write-so", hint: "place = disaster"},
	{name: "is of a choice", file: rules.DecideFile, old: "place = disaster]", with: "‸place is disaster]", code: "rule-write-so", hint: "place = disaster"},
	{name: "equal sign of a date", file: rules.ConditionsFile, old: "ecert_expiry is unknown", with: "‸ecert_expiry = unknown", code: "rule-write-so", hint: "ecert_expiry is unknown"},
	{name: "capital letters", file: rules.DecideFile, old: "place = disaster]", with: "‸Place = Disaster]", code: "rule-write-so", hint: "place = disaster"},
	{name: "at most", file: rules.ConditionsFile, old: "age < fact:late_elderly_age", with: "age ‸<= fact:late_elderly_age", code: "rule-number-sign", hint: "age <"},
	{name: "number written out", file: rules.ConditionsFile, old: "age >= fact:late_elderly_age", with: "age >= ‸75", code: "rule-number-fact", hint: "fact:late_elderly_age"},
	{name: "number beyond all", file: rules.ConditionsFile, old: "age >= fact:late_elderly_age", with: "age >= ‸500", code: "rule-number-range", hint: "150"},
	{name: "circle", file: rules.ConditionsFile, old: "any: [have.my_number_card, card = owned or at_home]", with: "any: [have.my_number_card, ‸card_in_hand]", code: "rule-circle", hint: "holds_card → card_in_hand → holds_card"},
	{name: "condition that stands below", file: rules.ConditionsFile, old: "any: [have.my_number_card, card = owned or at_home]", with: "any: [have.my_number_card, ‸card_soon]", code: "rule-condition-later", hint: "conditions.yaml:"},

	{name: "condition misspelt where it is given", file: rules.ConditionsFile, old: "cert_valid:\n", with: "cert_vallid:\n", code: "rule-unknown-name", hint: "other places", elsewhere: [2]string{rules.AddFile, "‸cert_valid"}},
	{name: "condition that ends too early", file: rules.ConditionsFile, old: "- visit_date <= cert_expiry\n", with: "- visit_date ‸<=\n", code: "rule-ends"},

	{name: "wrong indent", file: rules.ConditionsFile, old: "  means: {ja: マイナンバーカードを持っていける, en: the card can be brought}\n", with: "   ‸means: {ja: マイナンバーカードを持っていける, en: the card can be brought}\n", code: "yaml-indent"},
	{name: "wrong kind", file: rules.InputsFile, old: "kind: set", with: "kind: ‸dates", code: "value-unknown"},
	{name: "no default", file: rules.InputsFile, old: "registered:\n  kind: choice\n  name: {ja: 保険証の利用登録, en: registered for insurance}\n  default: unknown\n", with: "‸registered:\n  kind: choice\n  name: {ja: 保険証の利用登録, en: registered for insurance}\n", code: "rule-no-default"},
	{name: "default beyond all", file: rules.InputsFile, old: "default: neutral", with: "default: ‸500", code: "rule-number-range"},
	{name: "default of another kind", file: rules.InputsFile, old: "default: fact:old_card_last_day", with: "default: ‸fact:pin_tries", code: "rule-fact-kind"},
	{name: "visit with a default", file: rules.InputsFile, old: "  role: visit\n", with: "  role: ‸visit\n  default: fact:phone_start\n", code: "rule-role-kind"},
	{name: "visit without its role", file: rules.InputsFile, old: "  role: visit\n", with: "", code: "rule-no-visit"},
	{name: "role of two", file: rules.InputsFile, old: "cert_expiry:\n  kind: date\n", with: "cert_expiry:\n  kind: date\n  role: ‸visit\n", code: "rule-role-twice", hint: "visit_date"},
	{name: "role misspelt", file: rules.InputsFile, old: "  role: held\n", with: "  role: ‸hold\n", code: "value-unknown", hint: "held"},
	{name: "bracket missing", file: rules.DecideFile, old: "when: [place = disaster], outcome: disaster, bring: [[]], sources: [j_disaster]}", with: "when: [place = disaster, outcome: disaster, bring: [[]], sources: [j_disaster]‸}", code: "yaml-open-bracket"},
	{name: "row that takes everyone", file: rules.DecideFile, old: "id: class_trip, when: [class_trip]", with: "id: ‸class_trip, when: []", code: "rule-takes-all", hint: "dv", more: true},

	{name: "unknown that may be anything", file: rules.InputsFile, old: "  unknown:\n    unknown: {values: [kenpo,", with: "  unknown:\n    ‸unknown: {}\n  #", code: "rule-unknown-open", hint: "values"},
	{name: "unknown of which nothing is said", file: rules.InputsFile, old: "  unknown:\n    unknown: {values: [kenpo, kyokai, mutual_aid, nhi, late_elderly]}\n", with: "", code: "rule-unknown-unsaid", hint: "values", elsewhere: [2]string{rules.InputsFile, "\n‸insurer:"}},
	{name: "unknown date of which nothing is said", file: rules.InputsFile, old: "  unknown:\n    unknown: {when: [visit_date <= old_card_expiry]}\n", with: "", code: "rule-unknown-unsaid", hint: "when", elsewhere: [2]string{rules.InputsFile, "\n‸old_card_expiry:"}},
	{name: "choice that does not say whether it has an unknown", file: rules.InputsFile, old: "    android: {ja: Android, en: Android}\n  unknown: {}\n", with: "    android: {ja: Android, en: Android}\n", code: "rule-unknown-unsaid", hint: "unknown: {}", elsewhere: [2]string{rules.InputsFile, "\n‸phone:"}},
	{name: "unknown that is not listed", file: rules.InputsFile, old: "  unknown:\n    unknown: {values: [kenpo, kyokai, mutual_aid, nhi, late_elderly]}\n", with: "  unknown: {}\n", code: "rule-unknown-unlisted", hint: "values", elsewhere: [2]string{rules.InputsFile, "en: not insured}\n    ‸unknown: {"}},
	{name: "unknown of a day that is not listed", file: rules.InputsFile, old: "  unknown:\n    unknown: {when: [visit_date <= old_card_expiry]}\n", with: "  unknown: {}\n", code: "rule-unknown-unlisted", hint: "when", elsewhere: [2]string{rules.InputsFile, "fact:old_card_last_day\n  special:\n    ‸unknown: {"}},
	{name: "unknown that is itself", file: rules.InputsFile, old: "{values: [kenpo, ", with: "{values: [‸unknown, kenpo, ", code: "rule-unknown-itself"},
	{name: "unknown that is nobody's", file: rules.InputsFile, old: "{when: [card_may_be]}", with: "{when: [card_may_be, visit_date <= card_expiry, visit_date > card_expiry]}", code: "rule-unknown-never", elsewhere: [2]string{rules.InputsFile, "en: card until}\n  default: unknown\n  special:\n    ‸unknown"}},

	{name: "value of a set without effect", file: rules.InputsFile, old: "    assist: {", with: "    ‸hungry: {ja: 空腹, en: hungry}\n    assist: {", code: "rule-dead-value", hint: "hungry"},
	{name: "input without effect", file: rules.InputsFile, old: "age:\n", with: "‸shoe:\n  kind: number\n  name: {ja: 靴, en: shoe}\n  default: neutral\n  special:\n    neutral: {ja: x, en: x}\n  unknown: {}\nage:\n", code: "rule-dead-input", hint: "shoe"},
	{name: "layer twice", file: rules.DecideFile, old: "- layer: dv\n", with: "- layer: ‸welfare\n", code: "rule-name-taken"},
	{name: "law twice", file: rules.LawsFile, old: "id: law_2_notice_copy", with: "id: ‸law_2_notice", code: "rule-name-taken"},
	{name: "row id in both stages", file: rules.AddFile, old: "id: tell_trip,", with: "id: ‸dv_cert,", code: "rule-name-taken"},
	{name: "case twice", file: rules.CasesFile, old: `"id": "A02"`, with: `"id": ‸"A01"`, code: "id-twice"},
	{name: "malformed id", file: rules.DecideFile, old: "{id: disaster,", with: "{id: ‸災害 x,", code: "id-form-snake"},
	{name: "row without sources", file: rules.DecideFile, old: "id: disaster, when: [place = disaster], outcome: disaster, bring: [[]], sources: [j_disaster]", with: "id: ‸disaster, when: [place = disaster], outcome: disaster, bring: [[]], sources: []", code: "sources-missing"},
	{name: "alternative twice", file: rules.DecideFile, old: "bring: [[welfare_ticket]]", with: "bring: [[welfare_ticket], [‸welfare_ticket]]", code: "rule-listed-twice", hint: "welfare_ticket"},
	{name: "note twice", file: rules.AddFile, old: "tell: [trip_copy]", with: "tell: [trip_copy, ‸trip_copy]", code: "rule-listed-twice"},
	{name: "condition named like a word of conditions", file: rules.ConditionsFile, old: "holds_card:", with: "‸bring:\n  means: {ja: x, en: x}\n  any: [card = lost]\nholds_card:", code: "rule-name-reserved"},

	{name: "comma missing in a case", file: rules.CasesFile, old: `"not_alone": [], `, with: `"not_alone": [] ‸`, code: "json-syntax"},
	{name: "key of a case misspelt", file: rules.CasesFile, old: `"not_alone"`, with: `‸"notalone"`, code: "yaml-unknown-key", hint: "not_alone"},
	{name: "input of a case misspelt", file: rules.CasesFile, old: `"registered"`, with: `‸"registred"`, code: "rule-case-answer", hint: "registered"},
	{name: "impossible day of a case", file: rules.CasesFile, old: `"visit_date": "2024-11-20"`, with: `"visit_date": ‸"2024-11-31"`, code: "rule-case-answer", hint: "2024-11-31"},
	{name: "outcome of a case misspelt", file: rules.CasesFile, old: `"outcome": "bring_old_card"`, with: `"outcome": ‸"bring_old_crad"`, code: "rule-unknown-value", hint: "bring_old_card"},
	{name: "case without the day", file: rules.CasesFile, old: `"answers": {"visit_date": "2024-11-20", `, with: `"answers": ‸{`, code: "rule-case-missing", hint: "visit_date"},
	{name: "case that is said never to change", file: rules.CasesFile, old: `"until": "2025-12-01"`, with: `"until": null`, code: "rule-case-fails", hint: "for ever", elsewhere: [2]string{rules.CasesFile, `‸"A13"`}},

	{name: "held_when with a condition", file: rules.InputsFile, old: "when: card = owned or at_home", with: "when: ‸holds_card", code: "rule-held-when", hint: "card = owned"},
	{name: "held_when turned round", file: rules.InputsFile, old: "when: card = owned or at_home", with: "when: ‸not card = owned", code: "rule-held-when", hint: "card = owned"},
	{name: "held_when with a day", file: rules.InputsFile, old: "when: card = owned or at_home", with: "when: ‸visit_date <= card_expiry", code: "rule-held-when"},
	{name: "held_when elsewhere", file: rules.InputsFile, old: "  name: {ja: 保険の変更, en: change of insurance}\n", with: "  name: {ja: 保険の変更, en: change of insurance}\n  held_when: {document: ‸old_card, when: card = owned}\n", code: "rule-held-place", hint: "role: held"},
	{name: "days calculated too deeply", file: rules.ConditionsFile, old: "visit_date <= cert_expiry", with: "visit_date <= " + strings.Repeat("months_after(", 6) + "‸" + strings.Repeat("months_after(", 194) + "cert_expiry" + strings.Repeat(", fact:ecert_grace)", 200), code: "rule-too-deep"},
	{name: "too many documents", file: rules.VocabularyFile, old: "documents:\n", with: "documents:\n" + manyWords("doc", 9), code: "rule-too-many"},
	{name: "too many alternatives", file: rules.DecideFile, old: "id: welfare, when: [on_welfare], outcome: welfare, bring: [[welfare_ticket]]", with: "id: ‸welfare, when: [on_welfare], outcome: welfare, bring: [" + pairsOfDocuments(256) + "]", code: "rule-too-large", hint: "255"},
}

// manyWords returns n entries of a vocabulary.
func manyWords(id string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  %s_%d: {ja: x, en: x}\n", id, i)
	}
	return b.String()
}

// pairsOfDocuments returns n different alternatives as YAML.
func pairsOfDocuments(n int) string {
	documents := strings.Fields("my_number_card eligibility_certificate eligibility_notice old_card smartphone mynaportal_screen mynaportal_pdf subsidy_certificate welfare_ticket")
	var sets []string
	for mask := 1; len(sets) < n; mask++ {
		var set []string
		for i, d := range documents {
			if mask>>i&1 != 0 {
				set = append(set, d)
			}
		}
		sets = append(sets, "["+strings.Join(set, ", ")+"]")
	}
	return strings.Join(sets, ", ")
}

// findings returns everything that Load, Verify and worked.Check report about rules.
func findings(t *testing.T, files fs.FS) []diag.Diagnostic {
	t.Helper()
	facts, err := rulefacts.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	set, found, err := Load(files, "content", facts)
	if err != nil {
		t.Fatal(err)
	}
	if set != nil {
		_, more := Verify(set)
		found = append(append(found, more...), worked.Check(set)...)
	}
	return found
}

// TestMistakesAreTold: each mistake is reported at its place, in words. `make test` tries every third mistake.
func TestMistakesAreTold(t *testing.T) {
	for i := 0; i < len(mistakes); i += sweep.Of(1, 6) {
		m := mistakes[i]
		t.Run(m.name, func(t *testing.T) {
			files := ruletest.RuleFiles(t)
			ruletest.ReplaceIn(t, files, m.file, m.old, m.with)
			where := cutMark(t, files, m.file, m.elsewhere)
			var told []string
			matches := 0
			found := findings(t, files)
			for _, d := range found {
				for _, language := range []string{"ja", "en"} {
					message, hint := d.Text(language)
					if strings.Contains(message+hint, "%!") {
						t.Errorf("badly worded: %s %s", message, hint)
					}
					told = append(told, fmt.Sprintf("%s [%s] %s; %s", d.Position, d.Code, message, hint))
					if string(d.Code) == m.code && strings.HasPrefix(d.Position.String(), where) && strings.Contains(message+hint, m.hint) {
						matches++
					}
				}
			}
			if matches == 0 || len(found) > 1 && !m.more {
				t.Errorf("wanted %s [%s] with %q, but:\n%s", where, m.code, m.hint, strings.Join(told, "\n"))
			}
		})
	}
}

// Every input says which of its values means "I don't know", whatever that value is called. The two rule sets name it differently.
func TestUnknownsHaveAnyName(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{"office": ruletest.OfficeFiles(t), "permit": testcontent.Permit(t)} {
		text := string(files[rules.InputsFile].Data)
		facts, err := rulefacts.Read(files)
		if err != nil {
			t.Fatal(err)
		}
		blocks := regexp.MustCompile(`(?m)^  unknown:( \{\}\n|\n(    .*\n)+)`).FindAllStringIndex(text, -1)
		for _, at := range blocks {
			files[rules.InputsFile] = &fstest.MapFile{Data: []byte(text[:at[0]] + text[at[1]:])}
			_, found, err := Load(files, "content", facts)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) != 1 || found[0].Code != "rule-unknown-unsaid" {
				t.Errorf("%s, without %q: %s", name, text[at[0]:at[1]], ruletest.TextOf(found))
			}
		}
		if len(blocks) < 4 {
			t.Errorf("%s has %d inputs that say it", name, len(blocks))
		}
	}
}

// cutMark removes the mark from a file. It returns the place of the mark as file:line:column, or the name of the file if there
// is no mark.
func cutMark(t *testing.T, files fstest.MapFS, name string, elsewhere [2]string) string {
	t.Helper()
	text := string(files[name].Data)
	before, after, marked := strings.Cut(text, "‸")
	if marked {
		files[name] = &fstest.MapFile{Data: []byte(before + after)}
	}
	at := len(before)
	if elsewhere[0] != "" {
		name = elsewhere[0]
		text = string(files[name].Data)
		at = strings.Index(text, strings.Replace(elsewhere[1], "‸", "", 1))
		if at < 0 {
			t.Fatalf("%s does not contain %q", name, elsewhere[1])
		}
		skipped, _, _ := strings.Cut(elsewhere[1], "‸")
		marked, at = elsewhere[1] != "", at+len(skipped)
	}
	if !marked {
		return "content/" + name
	}
	f := &diag.File{Name: "content/" + name, Data: []byte(text)}
	return f.Position(at).String()
}

// TestManyCalculatedDays: rules with many calculated days can be read.
func TestManyCalculatedDays(t *testing.T) {
	files := ruletest.RuleFiles(t)
	var lines strings.Builder
	for _, date := range []string{"cert_expiry", "ecert_expiry", "card_expiry", "old_card_expiry"} {
		for depth := 1; depth <= 6; depth++ {
			fmt.Fprintf(&lines, "    - not visit_date > %s%s%s\n", strings.Repeat("months_after(", depth), date, strings.Repeat(", fact:ecert_grace)", depth))
		}
	}
	ruletest.ReplaceIn(t, files, rules.ConditionsFile, "    - visit_date <= cert_expiry\n", "    - visit_date <= cert_expiry\n"+lines.String())
	set, found, err := Load(files, "content", ruletest.RealFacts(t))
	if err != nil || set == nil {
		t.Fatal(err, found)
	}
}

// proven verifies rules. It returns the findings, and the number of nodes of the diagram: a measure of the work that is the
// same on every machine.
func proven(t *testing.T, files fs.FS) (found []diag.Diagnostic, nodes int) {
	t.Helper()
	set, found, err := Load(files, "content", ruletest.RealFacts(t))
	if err != nil || set == nil {
		t.Fatal(err, found)
	}
	v := newVerifier(set, set.Checked)
	return append(found, v.check()...), v.m.Count()
}

// TestManyOverlaps: each of many overlapping rows is reported once, and twice as many rows take at most two and a half times
// the work.
func TestManyOverlaps(t *testing.T) {
	needs := []string{"assist", "care_facility", "chip_broken", "face_fails", "high_cost", "overseas"}
	known := slices.Collect(maps.Values(ruletest.RealFacts(t).Numbers))
	var ages []int // ages that no fact has: rules must name a fact instead of repeating its value
	for age := 19; len(ages) < 50; age++ {
		if !slices.Contains(known, age) {
			ages = append(ages, age)
		}
	}
	work := map[int]int{}
	few, many := sweep.Of(150, 60), sweep.Of(300, 120)
	for _, n := range []int{1, few, many} {
		files := ruletest.RuleFiles(t)
		var rows strings.Builder
		for i := range n {
			fmt.Fprintf(&rows, "    - {id: many_%d, when: [\"visit_date >= months_after(card_expiry, fact:ecert_grace)\", not needs.%s, not age < %d], outcome: apply_cert, bring: [], sources: [sr_office]}\n",
				i, needs[i%len(needs)], ages[i/len(needs)])
		}
		ruletest.ReplaceIn(t, files, rules.DecideFile, "- layer: everyone_else", "- layer: many\n  means: {ja: x, en: x}\n  rows:\n"+rows.String()+"- layer: everyone_else")
		found, nodes := proven(t, files)
		work[n] = nodes
		overlaps := 0
		for _, d := range found {
			if d.Code == "rule-overlap" {
				overlaps++
			} else if d.Code != "rule-dead-row" {
				message, _ := d.Text("en")
				t.Errorf("%s [%s] %s", d.Position, d.Code, message)
			}
		}
		if overlaps != n-1 {
			t.Errorf("%d overlaps of %d rows", overlaps, n)
		}
	}
	t.Log("nodes by rows:", work)
	if once, twice := work[few]-work[1], work[many]-work[1]; twice > 5*once/2 {
		t.Errorf("%d rows take %d nodes, %d take %d", few, once, many, twice)
	}
}

// TestLargeRules: the proof of twenty inputs and two hundred rows takes at most a quarter of the nodes that are allowed.
func TestLargeRules(t *testing.T) {
	found, nodes := proven(t, ruletest.LargeRules())
	t.Logf("%d nodes, %d findings", nodes, len(found))
	for _, d := range found {
		if d.Code == "rule-gap" || d.Code == "rule-overlap" {
			message, _ := d.Text("en")
			t.Errorf("%s: %s", d.Position, message)
		}
	}
	if nodes > bdd.MostNodes/4 {
		t.Errorf("verification takes %d nodes", nodes)
	}
}
