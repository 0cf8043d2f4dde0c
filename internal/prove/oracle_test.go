package prove

import (
	"slices"
	"time"
)

// The oracle is version 2 of the checker's contract, written once more in plain Go from the text of the contract, without the
// program's tables. The tests compare the tables with it. It computes with time.Time, so that the calendar of the program is
// checked against a different one.

type visitor struct {
	visit                           time.Time
	have, needs                     map[string]bool
	card, lastUse, registered       string
	ecert, cardUntil, cert, oldCard dateAnswer
	issuer, change                  string
	place, phone, insurer           string
	age                             int // -1 if it is not given
	policy                          map[string]string
}

type dateAnswer struct {
	day     time.Time
	known   bool
	expired bool // the answer is expired_unknown_when: the date has passed, but the day is unknown
}

type verdict struct {
	outcome, enough string
	bring           [][]string
	also, notAlone  map[string]bool
	tell            map[string]bool
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

var (
	lastOldCard  = date(2025, 12, 1)
	interimStart = date(2025, 12, 2)
	interimNHI   = date(2025, 8, 1)
	interimEnd   = date(2026, 7, 31)
	phoneStart   = date(2025, 9, 19)
	lateAllEnd   = date(2026, 7, 31)
)

// threeMonthsBefore returns the same day three months earlier, or the last day of that month if it has no such day.
func threeMonthsBefore(d time.Time) time.Time {
	last := date(d.Year(), int(d.Month())-2, 0)
	return date(last.Year(), int(last.Month()), min(d.Day(), last.Day()))
}

// graceEnd returns the last day of the third month after the month of d.
func graceEnd(d time.Time) time.Time { return date(d.Year(), int(d.Month())+4, 0) }

func (a dateAnswer) until(visit time.Time) bool { return a.known && !visit.After(a.day) }
func (a dateAnswer) past(visit time.Time) bool  { return a.known && visit.After(a.day) }
func (a dateAnswer) unknown() bool              { return !a.known && !a.expired }
func (a dateAnswer) soon(visit time.Time) bool {
	return a.until(visit) && visit.After(threeMonthsBefore(a.day))
}

// oneOf reports whether `value` is one of `values`.
func oneOf(value string, values ...string) bool { return slices.Contains(values, value) }

// derived has the facts about one visitor that the contract's section "Derived" defines.
type derived struct {
	visitor
	named, gone, inHand, left, cardDead, cardSoon       bool // about the My Number card
	reg                                                 string
	alive, soon, grace, dead, usable, mayUse            bool
	refused, pinTrouble, trouble                        bool
	reads, registers, cannotRead, unreadable            bool
	former, pending, newPapers, current, notYetRead     bool // about the change of insurance
	movedUnclear                                        bool
	certHeld, certValid, undated, certOver, present     bool // about the certificate
	oldOwn, oldValid, oldInterim, noticeInterim         bool
	screenOpens, backup, phoneWorks, plusInsurance, dv  bool
	welfare, uncertain, certAtHome, sureDates, mayHelp  bool
	registerable, tripPaper, unknownPaper, nothingNamed bool
}

func derive(v visitor) derived {
	d := derived{visitor: v, dv: v.needs["dv"]}
	d.deriveCard()
	d.deriveChange()
	d.deriveReading()
	d.derivePapers()
	d.deriveRest()
	return d
}

func (d *derived) deriveCard() {
	d.gone = oneOf(d.card, "lost", "suspended")
	d.named = d.have["my_number_card"]
	d.inHand = (d.named || oneOf(d.card, "owned", "at_home")) && !d.gone && d.card != "returned"
	d.left = d.card == "left_at_home" && !d.named
	d.cardDead = d.cardUntil.past(d.visit) || d.needs["moved_over_90d"]
	d.cardSoon = d.cardUntil.soon(d.visit)
	d.refused = d.lastUse == "refused"
	if d.reg = d.registered; d.reg == "unknown" && oneOf(d.lastUse, "ok", "warned") {
		d.reg = "yes"
	}
	absent := d.needs["no_ecert_on_card"]
	d.alive = !absent && (d.ecert.until(d.visit) || d.ecert.unknown() && d.lastUse == "ok")
	d.soon = !absent && d.ecert.soon(d.visit)
	d.grace = !absent && d.ecert.past(d.visit) && !d.visit.After(graceEnd(d.ecert.day))
	d.dead = absent || d.ecert.known && d.visit.After(graceEnd(d.ecert.day)) || d.ecert.expired && !oneOf(d.lastUse, "ok", "warned")
	d.usable = d.inHand && !d.cardDead && d.reg == "yes" && (d.alive || d.grace)
	d.mayUse = d.inHand && !d.cardDead && !d.dead && oneOf(d.reg, "yes", "unknown")
	d.sureDates = !d.grace || d.cardUntil.known // law 8: in grace the card may have expired on any day
}

func (d *derived) deriveChange() {
	d.pending = oneOf(d.change, "new_job_pending", "dependent_pending")
	d.former = d.pending || oneOf(d.change, "left_job", "left_job_before", "dependent_lost", "insurer_changed") ||
		d.change == "moved" && (d.insurer == "nhi" || d.insurer == "late_elderly" && !d.usable)
	d.newPapers = oneOf(d.change, "enrolled", "new_job_done", "joined_yesterday", "joined_after_20241202", "turned_75")
	d.current = oneOf(d.change, "none", "name_changed", "newborn") || d.change == "moved" && oneOf(d.insurer, "kenpo", "kyokai", "mutual_aid")
	d.notYetRead = oneOf(d.change, "new_job_done", "enrolled")
	d.movedUnclear = d.change == "moved" && oneOf(d.insurer, "unknown", "late_elderly")
}

func (d *derived) deriveReading() {
	d.pinTrouble = d.needs["pin_forgotten"] || d.needs["pin_locked"]
	d.trouble = d.needs["chip_broken"] || d.needs["ecert_renewed_today"] || d.needs["proxy_pickup"] || d.change == "joined_yesterday" ||
		d.needs["no_photo_card"] && d.pinTrouble ||
		d.place == "online" && (d.pinTrouble || d.needs["faceauth_card"] || d.grace)
	d.unreadable = oneOf(d.place, "no_reader", "reader_down") || d.needs["chip_broken"] || d.needs["proxy_pickup"] ||
		d.needs["no_photo_card"] && d.pinTrouble || d.place == "online" && (d.pinTrouble || d.needs["faceauth_card"] || d.grace)
	d.reads = !oneOf(d.place, "no_reader", "reader_down", "online") && !d.trouble
	d.registers = oneOf(d.place, "reader", "phone_reader", "pharmacy", "after_hours") && !d.trouble
	d.cannotRead = oneOf(d.place, "no_reader", "reader_down", "unknown") || d.trouble || d.refused
	d.screenOpens = d.alive && !d.pinTrouble && !d.needs["chip_broken"] && !d.needs["faceauth_card"] && !d.needs["ecert_renewed_today"] && d.change != "joined_yesterday"
	d.backup = d.current && (d.have["eligibility_notice"] || d.have["mynaportal_pdf"] || d.have["mynaportal_screen"] && d.screenOpens)
}

func (d *derived) derivePapers() {
	d.certHeld = d.have["eligibility_certificate"] && d.issuer != "former"
	d.certValid = d.certHeld && d.cert.until(d.visit)
	d.undated = d.certHeld && d.cert.unknown()
	d.certOver = d.certHeld && (d.cert.past(d.visit) || d.cert.expired)
	d.present = d.issuer == "present" || d.issuer == "unknown" && d.current
	ownEnd := lastOldCard
	if d.oldCard.known && d.oldCard.day.Before(ownEnd) {
		ownEnd = d.oldCard.day
	}
	d.oldOwn = d.have["old_card"] && !d.former && !d.newPapers
	d.oldValid = d.oldOwn && !d.visit.After(ownEnd)
	start := interimStart
	if oneOf(d.insurer, "nhi", "late_elderly") {
		start = interimNHI
	}
	d.oldInterim = d.oldOwn && d.visit.After(ownEnd) && !d.visit.Before(start) && !d.visit.After(interimEnd)
	d.noticeInterim = !d.visit.Before(interimStart) && !d.visit.After(interimEnd)
	d.certAtHome = !d.have["eligibility_certificate"] && !d.have["eligibility_certificate_lost"] && !d.have["eligibility_certificate_damaged"] &&
		d.card != "lost" && d.card != "renewing" && !d.dv && !d.former && !(d.needs["old_card_lost"] && !d.visit.After(lastOldCard))
}

func (d *derived) deriveRest() {
	d.phoneWorks = d.have["smartphone"] && d.place == "phone_reader" && !d.visit.Before(phoneStart) && (d.inHand || d.left && !d.oldValid) &&
		d.reg == "yes" && !d.cardDead && d.alive && !d.refused && d.change != "joined_yesterday" &&
		!d.needs["proxy_pickup"] && !d.needs["ecert_renewed_today"] && !d.needs["phone_lost"]
	d.plusInsurance = d.needs["welfare_plus_insurance"] || oneOf(d.insurer, "kenpo", "kyokai", "mutual_aid")
	d.welfare = d.insurer == "welfare" || d.have["welfare_ticket"] || d.change == "welfare_started"
	d.uncertain = d.change == "unknown" || d.movedUnclear
	d.mayHelp = d.mayUse && !d.pending // the card may help while the insurance changes
	d.registerable = d.inHand && !d.cardDead && !d.dead && d.reg == "unknown"
	d.unknownPaper = d.have["unknown_paper"]
	d.nothingNamed = true
	for _, held := range d.have {
		d.nothingNamed = d.nothingNamed && !held
	}
	d.tripPaper = d.certValid && d.present || d.tripCard() || d.current &&
		(d.tripCopy() || d.have["eligibility_notice"] || d.have["eligibility_notice_copy"] || d.have["mynaportal_pdf"] && !d.dv || d.oldValid)
}

// tripCopy reports whether a copy of a certificate is accepted by itself on a school trip.
func (d *derived) tripCopy() bool {
	return d.have["eligibility_certificate_copy"] && !d.have["eligibility_certificate"] && d.current && !d.cert.past(d.visit) && !d.cert.expired
}

// tripCard reports whether a card is accepted by itself on a school trip.
func (d *derived) tripCard() bool {
	return d.usable && !d.cannotRead && !d.dv && d.sureDates && !d.former && !d.uncertain && !d.notYetRead
}

// decideByContract returns the outcome, as the contract's section "How it is decided" says from top to bottom.
func decideByContract(d derived) string {
	for _, layer := range []func(derived) string{layerOne, layerTwo, layerThree, layerFour, layerFive, layerSix, layerSeven, layerEight, layerNine} {
		if outcome := layer(d); outcome != "" {
			return outcome
		}
	}
	for _, id := range []string{"mynaportal_screen", "mynaportal_pdf", "eligibility_certificate_copy", "eligibility_notice_copy", "card_photo",
		"residence_card", "eligibility_certificate_elsewhere", "eligibility_notice_old_insurer", "unknown_paper"} {
		if d.have[id] {
			return "no_valid_doc"
		}
	}
	if d.left {
		return "no_valid_doc"
	}
	return "apply_cert"
}

func layerOne(d derived) string {
	switch {
	case d.place == "disaster":
		return "disaster"
	case d.needs["workers_comp"], d.needs["checkup_vaccine"]:
		return "not_health_insurance"
	case d.needs["short_stay"]:
		return "not_insured"
	case d.welfare:
		return "welfare"
	case d.insurer == "none":
		return "not_insured"
	case oneOf(d.place, "school_trip", "nursery"):
		return "school_trip"
	}
	return ""
}

func layerTwo(d derived) string {
	switch {
	case d.dv && d.certValid:
		return "bring_cert"
	case d.dv && d.undated:
		return "check_cert_date"
	case d.dv:
		return "apply_cert"
	}
	return ""
}

func layerThree(d derived) string {
	switch {
	case d.former && d.certValid:
		return "bring_cert"
	case d.former && d.undated:
		return "check_cert_date"
	case d.former:
		return "changing_insurer"
	case d.change == "newborn" && !d.certValid && !d.usable && !d.oldValid && d.undated:
		return "check_cert_date"
	case d.change == "newborn" && !d.certValid && !d.usable && !d.oldValid: // law 8: a valid old card is never hidden
		return "newborn"
	case d.certValid && d.present && d.change != "unknown":
		return "bring_cert"
	}
	return ""
}

func layerFour(d derived) string {
	switch {
	case d.gone && d.certValid:
		return "bring_cert"
	case d.gone && d.oldValid:
		return "bring_old_card"
	case d.gone && d.undated:
		return "check_cert_date"
	case d.gone:
		return "lost_card"
	case d.registered == "cancelling" && d.inHand && !d.cardDead && !d.dead:
		return "dereg_pending"
	}
	return ""
}

func layerFive(d derived) string {
	if d.phoneWorks {
		return "bring_phone_plus_card"
	}
	return ""
}

func layerSix(d derived) string {
	switch {
	case !d.usable:
		return ""
	case d.cannotRead && d.certValid && (!d.backup || d.refused):
		return "bring_cert"
	case (d.cannotRead || !d.sureDates) && d.oldValid:
		return "bring_old_card"
	case d.cannotRead:
		return "bring_myna_plus_backup"
	case d.grace:
		return "bring_myna_grace"
	case d.soon, d.cardSoon:
		return "bring_myna_renew_soon"
	}
	return "bring_myna"
}

func layerSeven(d derived) string {
	switch {
	case d.certValid:
		return "bring_cert"
	case d.oldValid:
		return "bring_old_card"
	case d.undated:
		return "check_cert_date"
	}
	return ""
}

func layerEight(d derived) string {
	switch {
	case !d.inHand:
		return ""
	case d.cardDead:
		return "card_expired"
	case d.dead, d.grace && oneOf(d.reg, "no", "cancelled", "dropped"):
		return "ecert_lapsed"
	case d.reg == "yes":
		return "bring_myna_plus_backup"
	case d.reg == "unknown" && d.alive && d.registers && !d.refused:
		return "register_then_myna"
	case d.reg == "unknown" && d.reads:
		return "try_card"
	case d.reg == "unknown":
		return "apply_cert"
	case d.alive && d.registers:
		return "register_then_myna"
	case d.registers, d.place == "unknown" && !d.trouble:
		return "try_card"
	}
	return "apply_cert"
}

func layerNine(d derived) string {
	switch {
	case d.oldInterim:
		return "old_card_interim"
	case d.certOver:
		return "cert_expired_contact"
	case d.have["eligibility_notice"] && d.noticeInterim:
		return "old_card_interim"
	case d.have["eligibility_notice"], d.have["old_card"]:
		return "no_valid_doc"
	}
	return ""
}

// enoughByContract returns the level of Enough, as the table in the contract's section "Result" says.
func enoughByContract(d derived, outcome string) string {
	yes := func(condition bool) string {
		if condition {
			return "yes"
		}
		return "unsure"
	}
	maybe := func(condition bool) string {
		if condition {
			return "unsure"
		}
		return "no"
	}
	nothingIsYes := d.change == "unknown" || d.movedUnclear && !d.dv
	switch outcome {
	case "disaster":
		return "yes"
	case "welfare":
		return yes(d.have["welfare_ticket"])
	case "school_trip":
		return yes(d.tripPaper)
	case "register_then_myna", "try_card", "check_cert_date", "old_card_interim", "not_health_insurance":
		return "unsure"
	case "changing_insurer":
		return maybe(d.mayHelp)
	case "newborn":
		return maybe(d.mayUse)
	case "apply_cert": // layer 8; a victim of domestic violence (dv) is never offered the card
		return maybe(d.registerable && !d.dv)
	case "cert_expired_contact", "no_valid_doc":
		return maybe(d.unknownPaper)
	case "bring_cert":
		return yes(d.present && !nothingIsYes)
	case "bring_old_card":
		return yes(!nothingIsYes)
	case "bring_myna", "bring_myna_renew_soon", "bring_myna_grace":
		return yes(d.sureDates && !nothingIsYes && !d.notYetRead)
	case "bring_phone_plus_card":
		return yes(d.inHand && !nothingIsYes && !d.notYetRead)
	case "bring_myna_plus_backup":
		return yes(d.usable && !d.refused && d.backup && d.sureDates && !nothingIsYes)
	case "dereg_pending":
		return yes((d.alive || d.grace) && d.sureDates && !d.refused && (!d.cannotRead || d.backup) && !nothingIsYes && !d.notYetRead)
	}
	return "no"
}
