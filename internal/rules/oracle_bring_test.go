package rules

import (
	"slices"
)

const (
	cardDoc, certDoc, newCert, notice, oldCardDoc = "my_number_card", "eligibility_certificate", "eligibility_certificate_new", "eligibility_notice", "old_card"
	screen, pdf, phoneDoc                         = "mynaportal_screen", "mynaportal_pdf", "smartphone"
)

var nothingValid = []string{"no_valid_doc", "apply_cert", "cert_expired_contact", "ecert_lapsed", "card_expired", "lost_card", "changing_insurer", "newborn", "old_card_interim"}
var withCard = []string{"bring_myna", "bring_myna_renew_soon", "bring_myna_grace", "bring_myna_plus_backup", "bring_phone_plus_card", "register_then_myna", "dereg_pending"}

// offers collects alternatives, each once.
type offers [][]string

func (o *offers) add(condition bool, documents ...string) {
	if condition && !slices.ContainsFunc(*o, sameSet(documents)) {
		*o = append(*o, documents)
	}
}

// bringByContract says what reception accepts, best first, before supplements.
func bringByContract(d derived, outcome string) offers {
	var o offers
	offerable := d.card != "lost" && !d.needs["dv"] && !d.former
	left := d.card == "left_at_home" && !d.cardDead && d.registeredYes && d.works && !d.needs["dv"] && !d.former
	sent := !d.visit.Before(interimStart) || d.change == "joined_after_20241202" ||
		(d.insurer == "nhi" || d.insurer == "late_elderly") && !d.visit.Before(interimNHI)
	lookForCert := sent && !d.have[certDoc] && !d.have["eligibility_certificate_lost"] && !d.cert.past(d.visit) &&
		d.card != "lost" && d.card != "renewing" && !d.needs["dv"] && !d.former && !left
	sameInsurerData := d.change != "joined_yesterday"
	screenOpens := d.alive && !d.pinTrouble && !d.needs["chip_broken"] && !d.needs["faceauth_card"] && !d.needs["ecert_renewed_today"] && sameInsurerData
	switch outcome {
	case "disaster":
		o.add(true)
	case "not_health_insurance":
		if d.needs["workers_comp"] {
			o.add(true, "workers_comp_form")
		} else {
			o.add(true)
		}
	case "welfare":
		o.add(true, "welfare_ticket")
		o.add(d.usable && !d.needs["dv"] && !d.cannotRead, cardDoc)
	case "school_trip":
		o.add(d.certValid, certDoc)
		o.add(d.certValid, "eligibility_certificate_copy")
		o.add(d.have["eligibility_certificate_copy"] && d.cert.until(d.visit), "eligibility_certificate_copy")
		o.add(d.have[notice], notice)
		o.add(d.have["eligibility_notice_copy"], "eligibility_notice_copy")
		o.add(d.have[pdf] && !d.needs["dv"], pdf)
		o.add(d.oldValid, oldCardDoc)
		o.add(d.usable && !d.cannotRead && !d.needs["dv"], cardDoc)
		o.add(d.registeredYes, notice)
		o.add(d.registeredYes, "eligibility_notice_copy")
		o.add(!d.have[certDoc] && !d.cert.past(d.visit), certDoc)
		o.add(!d.have[certDoc] && !d.cert.past(d.visit), "eligibility_certificate_copy")
		o.add(true, newCert)
	case "bring_cert":
		o.add(true, certDoc)
	case "bring_old_card":
		o.add(true, oldCardDoc)
	case "bring_phone_plus_card":
		o.add(true, cardDoc, phoneDoc)
	case "bring_myna", "bring_myna_renew_soon", "bring_myna_grace", "register_then_myna":
		o.add(true, cardDoc)
	case "dereg_pending":
		o.add(!d.cannotRead, cardDoc)
		o.add(d.cannotRead, cardDoc, notice)
	case "bring_myna_plus_backup":
		o.add(d.have[notice], cardDoc, notice)
		o.add(d.have[pdf] && sameInsurerData, cardDoc, pdf)
		o.add(d.have[screen] && screenOpens, cardDoc, screen)
		o.add(true, cardDoc, notice)
		o.add(screenOpens, cardDoc, screen)
	case "old_card_interim", "no_valid_doc", "cert_expired_contact":
		o.add(left && !d.cannotRead, cardDoc)
		o.add(left && d.cannotRead, cardDoc, notice)
		o.add(lookForCert, certDoc) // nobody with a certificate has to look for one
	case "apply_cert", "ecert_lapsed", "card_expired":
		o.add(outcome == "apply_cert" && d.oldValid, oldCardDoc) // of a person with dv
		o.add(lookForCert, certDoc)
	}
	o.add(slices.Contains(nothingValid, outcome), newCert)
	pending := d.change == "new_job_pending" || d.change == "dependent_pending" || d.change == "left_job_before"
	o.add(outcome == "changing_insurer" && pending, "temp_certificate")
	o.add(outcome == "ecert_lapsed" && d.registeredYes, cardDoc, notice)
	o.add(outcome == "ecert_lapsed" && d.registeredYes && d.have[pdf] && sameInsurerData, cardDoc, pdf)
	o.add(outcome == "newborn" && d.newbornCard, cardDoc)

	besides := outcome == "bring_cert" || outcome == "bring_old_card" || outcome == "bring_phone_plus_card"
	o.add(besides && d.usable && offerable && !d.cannotRead, cardDoc)
	o.add(besides && d.usable && offerable && d.cannotRead, cardDoc, notice)
	o.add(besides && d.usable && offerable && d.cannotRead && d.have[pdf] && sameInsurerData, cardDoc, pdf)
	o.add(besides && d.usable && offerable && d.cannotRead && d.have[screen] && screenOpens, cardDoc, screen)
	leaving := d.registered == "cancelling" && d.inHand && !d.cardDead && d.works && offerable && !d.cannotRead
	o.add(outcome == "bring_cert" && leaving, cardDoc)
	carries := slices.Contains(withCard, outcome)
	o.add(carries && d.certValid, certDoc)
	o.add(outcome == "bring_cert" && d.oldValid, oldCardDoc)
	o.add(carries && d.oldValid, oldCardDoc)
	o.add(outcome == "bring_phone_plus_card", phoneDoc)
	o.add(outcome == "register_then_myna" && lookForCert, certDoc)
	o.add(outcome == "register_then_myna" || outcome == "dereg_pending", newCert)
	return o
}

// answer is the whole verdict.
func answer(v visitor) verdict {
	d := derive(v)
	outcome := decideByContract(d)
	o := bringByContract(d, outcome)
	r := verdict{outcome: outcome, also: map[string]bool{}, notAlone: map[string]bool{}, tell: tellByContract(d, outcome)}
	held := map[string]bool{}
	for id := range v.have {
		held[id] = outcome != "disaster" && id != "eligibility_certificate_lost"
	}
	if v.card == "owned" && outcome != "disaster" {
		held[cardDoc] = true
	}
	for id := range held {
		if held[id] && !slices.ContainsFunc(o, sameSet([]string{id})) {
			r.notAlone[id] = true
		}
	}
	insured := slices.Contains(nothingValid, outcome) || slices.Contains(withCard, outcome) || outcome == "bring_cert" || outcome == "bring_old_card"
	supplement := func(condition bool, document string, to ...string) {
		for i, set := range o {
			meets := len(to) == 0 || slices.ContainsFunc(set, func(d string) bool { return slices.Contains(to, d) })
			if condition && meets && !slices.Contains(set, document) {
				o[i] = append(slices.Clone(set), document)
			}
		}
	}
	supplement((insured || outcome == "school_trip") && (v.have["subsidy_certificate"] || v.needs["subsidy"]), "subsidy_certificate")
	supplement(insured && (v.have["specified_disease_certificate"] || v.needs["specified_disease"]), "specified_disease_certificate", certDoc, newCert, oldCardDoc)
	supplement(insured && v.needs["welfare_plus_insurance"], "welfare_ticket")
	both := outcome == "welfare" && v.needs["welfare_plus_insurance"]
	supplement(both && d.certValid, certDoc, "welfare_ticket")
	supplement(both && !d.certValid && d.usable && !d.cannotRead && !v.needs["dv"], cardDoc, "welfare_ticket")
	r.bring = o
	r.also[cardDoc] = d.former && d.inHand && !d.cardDead && !v.needs["dv"] && (outcome == "bring_cert" || outcome == "changing_insurer")
	r.also[certDoc] = insured && v.have[certDoc] && !v.cert.known
	needed := outcome == "bring_myna_plus_backup" || outcome == "dereg_pending" && d.cannotRead
	r.also[notice] = slices.Contains(withCard, outcome) && v.have[notice] && !needed
	r.also["ceiling_certificate"] = insured && v.needs["high_cost"] && (!slices.Contains(withCard, outcome) || d.cannotRead)
	r.also["elderly_recipient_certificate"] = outcome == "bring_cert" && v.age >= 70 && v.age < 75
	r.also[oldCardDoc] = outcome == "old_card_interim" && v.have[oldCardDoc] && d.sameInsurer
	return r
}
