package prove

import (
	"slices"

	"sitegen/internal/rules"
)

const (
	cardDoc, certDoc, newCert, notice, oldCardDoc = "my_number_card", "eligibility_certificate", "eligibility_certificate_new", "eligibility_notice", "old_card"
	screen, pdf, phoneDoc, temporary, ticket      = "mynaportal_screen", "mynaportal_pdf", "smartphone", "temp_certificate", "welfare_ticket"
	certCopy, noticeCopy, invitation              = "eligibility_certificate_copy", "eligibility_notice_copy", "invitation_papers"
)

var (
	nothingValid = []string{"no_valid_doc", "apply_cert", "cert_expired_contact", "ecert_lapsed", "card_expired", "lost_card", "changing_insurer", "newborn", "old_card_interim"}
	withCard     = []string{"bring_myna", "bring_myna_renew_soon", "bring_myna_grace", "bring_myna_plus_backup", "bring_phone_plus_card", "register_then_myna", "try_card", "dereg_pending"}
)

// insuredCare reports whether an outcome is about care that health insurance pays for, for somebody who is insured.
func insuredCare(outcome string) bool {
	return oneOf(outcome, nothingValid...) || oneOf(outcome, withCard...) || oneOf(outcome, "bring_cert", "bring_old_card", "check_cert_date")
}

// offers is a list of alternatives without repetition.
type offers [][]string

func (o *offers) add(condition bool, documents ...string) {
	if condition && !slices.ContainsFunc(*o, func(other []string) bool { return rules.SameSet(documents, other) }) {
		*o = append(*o, documents)
	}
}

func (o offers) hold(document string) bool {
	return slices.ContainsFunc(o, func(set []string) bool { return slices.Contains(set, document) })
}

// bringByContract returns what reception accepts, best first, before supplements are added.
func bringByContract(d derived, outcome string) offers {
	var o offers
	switch outcome {
	case "disaster":
		o.add(true)
	case "not_health_insurance":
		o.notInsurance(d)
	case "welfare":
		o.welfare(d)
	case "school_trip":
		o.trip(d)
	case "bring_cert", "bring_old_card", "bring_phone_plus_card":
		o.papers(d, outcome)
	case "check_cert_date":
		o.add(true, certDoc)
		o.add(d.mayHelp && d.reads && !d.dv, cardDoc)
		o.add(true, newCert)
	case "bring_myna", "bring_myna_renew_soon", "bring_myna_grace", "register_then_myna", "try_card", "dereg_pending", "bring_myna_plus_backup":
		o.card(d, outcome)
	case "changing_insurer", "newborn":
		o.add(outcome == "changing_insurer" && d.mayHelp || outcome == "newborn" && d.mayUse, cardDoc)
		o.add(outcome == "changing_insurer" && d.pending, temporary)
		o.add(true, newCert)
		o.add(outcome == "changing_insurer" && d.change == "insurer_changed", temporary)
		comes := !d.inHand || d.registers && !d.dead && !d.grace
		o.add(outcome == "newborn" && !d.cardDead && !d.gone && d.card != "returned" && comes, cardDoc)
	case "not_insured":
	default:
		o.nothing(d, outcome)
	}
	return o
}

// notInsurance adds what a work injury, a check-up or a vaccination needs.
func (o *offers) notInsurance(d derived) {
	if d.needs["workers_comp"] {
		o.add(true, "workers_comp_form")
		return
	}
	card := d.inHand && !d.cardDead && !d.dv
	o.add(d.certValid, invitation, certDoc)
	o.add(card, invitation, cardDoc)
	o.add(!d.certValid && !card, invitation)
}

// welfare adds the ticket. People who also have health insurance bring both papers.
func (o *offers) welfare(d derived) {
	card := d.usable && !d.cannotRead && !d.dv
	cert := d.certValid && d.present
	o.add(d.plusInsurance && cert, ticket, certDoc)
	o.add(d.plusInsurance && card, ticket, cardDoc)
	o.add(!d.plusInsurance || !cert && !card, ticket)
	o.add(card && !d.plusInsurance, cardDoc)
}

// trip adds what a school trip or a nursery accepts: first what is held and valid, then what is held and may be valid, then
// what could be obtained.
func (o *offers) trip(d derived) {
	o.add(d.certValid && d.present, certDoc)
	o.add(d.certValid && d.present, certCopy)
	o.add(d.tripCopy(), certCopy)
	for _, id := range []string{notice, noticeCopy, pdf} {
		o.add(d.have[id] && d.current && !(id == pdf && d.dv), id)
	}
	o.add(d.oldValid && d.current, oldCardDoc)
	o.add(d.tripCard(), cardDoc)
	for _, id := range []string{certDoc, certCopy} {
		o.add(d.certValid || d.undated, id)
	}
	over := d.cert.past(d.visit) || d.cert.expired
	o.add(d.have[certCopy] && !d.have[certDoc] && !d.former && !over, certCopy)
	for _, id := range []string{notice, noticeCopy, pdf} {
		o.add(d.have[id] && !d.former && !(id == pdf && d.dv), id)
	}
	o.add(d.oldValid, oldCardDoc)
	o.add(d.mayHelp && !d.cannotRead && !d.dv, cardDoc)
	o.add(d.reg == "yes" && !d.former && d.noticeGone() && !d.dv, pdf)
	o.add(d.reg == "yes" && !d.former && !d.noticeGone() && !d.dv, notice)
	o.add(d.reg == "yes" && !d.former && !d.noticeGone() && !d.dv, noticeCopy)
	atHome := !d.have[certDoc] && !over && !d.dv && !d.former // nobody in hiding is sent home, nor anybody for a former insurer's certificate
	o.add(atHome, certDoc)
	o.add(atHome, certCopy)
	o.add(true, newCert)
}

// papers adds what the outcome names: a valid certificate, a valid old card, or phone and card. Then it adds what else would
// be accepted: the card if it is usable or being deregistered, alone or with a second document; a valid certificate or old
// card; and the phone alone.
func (o *offers) papers(d derived, outcome string) {
	switch outcome {
	case "bring_cert":
		o.add(true, certDoc)
	case "bring_old_card":
		o.add(true, oldCardDoc)
	default:
		o.add(true, cardDoc, phoneDoc)
	}
	offerable := d.usable && !d.dv && !d.former
	o.add(offerable && !d.cannotRead, cardDoc)
	if offerable && d.cannotRead {
		o.withBackup(d)
	}
	leaving := d.registered == "cancelling" && d.inHand && !d.cardDead && (d.alive || d.grace) && !d.dv && !d.former
	o.add(outcome == "bring_cert" && leaving && !d.cannotRead, cardDoc)
	o.add(outcome == "bring_phone_plus_card" && d.certValid, certDoc)
	o.add(outcome != "bring_old_card" && d.oldValid, oldCardDoc)
	o.add(outcome == "bring_phone_plus_card", phoneDoc)
}

// noticeGone reports whether the notice is lost and a PDF from the portal could replace it.
func (d derived) noticeGone() bool { return d.needs["notice_lost"] && d.change != "joined_yesterday" }

// withBackup adds the card together with a second document: first documents that are held and valid, then held ones whether
// valid or not, then those that the person could still get.
func (o *offers) withBackup(d derived) {
	for _, current := range []bool{true, false} {
		o.add(d.have[notice] && (d.current || !current), cardDoc, notice)
		o.add(d.have[pdf] && d.change != "joined_yesterday" && (d.current || !current), cardDoc, pdf)
		o.add(d.have[screen] && d.screenOpens && (d.current || !current), cardDoc, screen)
	}
	o.add(d.needs["notice_lost"] && d.screenOpens && !d.needs["proxy_pickup"], cardDoc, screen)
	o.add(!d.noticeGone(), cardDoc, notice)
	o.add(d.noticeGone(), cardDoc, pdf)
	o.add(d.screenOpens && !d.needs["proxy_pickup"], cardDoc, screen) // the screen needs the patient's own PIN
}

// card adds the alternatives of the outcomes in which the card is brought.
func (o *offers) card(d derived, outcome string) {
	if outcome == "bring_myna_plus_backup" || outcome == "dereg_pending" && d.cannotRead {
		o.withBackup(d)
	} else {
		o.add(true, cardDoc)
	}
	o.add(d.certValid, certDoc)
	o.add(d.oldValid, oldCardDoc)
	asks := oneOf(outcome, "register_then_myna", "try_card", "dereg_pending")
	o.add(asks && outcome != "dereg_pending" && d.certAtHome, certDoc)
	o.add(asks, newCert)
}

// nothing adds the alternatives for people who hold nothing that is accepted by itself.
func (o *offers) nothing(d derived, outcome string) {
	leftWorks := d.left && !d.cardDead && !d.dead && oneOf(d.reg, "yes", "unknown") && !d.dv && !d.former
	o.add(leftWorks && oneOf(outcome, "old_card_interim", "no_valid_doc", "cert_expired_contact"), cardDoc) // the card can be shown afterwards
	o.add(outcome == "apply_cert" && d.oldValid, oldCardDoc)                                                // somebody with a valid old card comes here only because of domestic violence (dv)
	elsewhere := outcome == "apply_cert" && d.registerable && !d.dv
	if elsewhere {
		o.withBackup(d)
	}
	o.add(d.certAtHome, certDoc)
	o.add(true, newCert)
	o.add(outcome == "apply_cert" && oneOf(d.change, "new_job_done", "joined_yesterday"), temporary)
	lapsed := outcome == "ecert_lapsed" && d.reg == "yes"
	o.add(lapsed && !d.noticeGone(), cardDoc, notice)
	o.add(lapsed && d.have[pdf] && d.change != "joined_yesterday", cardDoc, pdf)
}

// answer returns the whole verdict of the oracle about a visitor.
func answer(v visitor) verdict {
	d := derive(v)
	outcome := decideByContract(d)
	o := bringByContract(d, outcome)
	r := verdict{outcome: outcome, enough: enoughByContract(d, outcome), also: map[string]bool{}, notAlone: map[string]bool{}}
	r.tell = tellByContract(d, outcome, r.enough, o)
	o.supplements(d, outcome)
	r.bring = o
	r.takeAlong(d, outcome)
	for id, has := range v.have {
		paper := id != "eligibility_certificate_lost" && id != "eligibility_certificate_elsewhere"
		if has && paper && outcome != "disaster" && !o.hold(id) && !r.also[id] {
			r.notAlone[id] = true
		}
	}
	if oneOf(v.card, "owned", "at_home") && outcome != "disaster" && !o.hold(cardDoc) && !r.also[cardDoc] {
		r.notAlone[cardDoc] = true
	}
	return r
}

// supplements adds supplements to the alternatives that need them.
func (o offers) supplements(d derived, outcome string) {
	supplement := func(condition bool, document string, to ...string) {
		for i, set := range o {
			meets := len(to) == 0 || slices.ContainsFunc(set, func(d string) bool { return slices.Contains(to, d) })
			if condition && meets && !slices.Contains(set, document) {
				o[i] = append(slices.Clone(set), document)
			}
		}
	}
	insured := insuredCare(outcome)
	supplement((insured || outcome == "school_trip") && (d.have["subsidy_certificate"] || d.needs["subsidy"]), "subsidy_certificate")
	disease := insured && (d.have["specified_disease_certificate"] || d.needs["specified_disease"])
	supplement(disease, "specified_disease_certificate", certDoc, newCert, oldCardDoc)
	supplement(disease && d.cannotRead, "specified_disease_certificate", cardDoc) // without a reader nobody can consent
	supplement(insured && d.needs["welfare_plus_insurance"], ticket)
}

// takeAlong records what is worth taking along.
func (r *verdict) takeAlong(d derived, outcome string) {
	o, insured := offers(r.bring), insuredCare(outcome)
	also := func(condition bool, document string) {
		if condition && !o.hold(document) {
			r.also[document] = true
		}
	}
	also((insured || outcome == "school_trip") && d.unknownPaper, "unknown_paper")
	also(insured && d.mayUse && !d.dv, cardDoc)
	also(d.undated && oneOf(outcome, append(withCard, "bring_old_card", "welfare", "not_health_insurance")...) && !d.needs["workers_comp"], certDoc)
	also(outcome == "welfare" && d.plusInsurance && d.certValid, certDoc)
	also(oneOf(outcome, withCard...) && d.have[notice], notice)
	also(insured && d.needs["high_cost"] && (!oneOf(outcome, withCard...) || d.cannotRead), "ceiling_certificate")
	also(outcome == "bring_cert" && d.age >= 70 && d.age < 75, "elderly_recipient_certificate")
	also(outcome == "old_card_interim" && d.oldOwn, oldCardDoc)
}
