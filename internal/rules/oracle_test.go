package rules

import (
	"slices"
	"time"
)

// The oracle: the checker's contract once more, as plain Go, without tables, layers or tricks, written from the text
// of the contract. What the tables answer is compared with it. It computes on time.Time, so that the calendar of the
// program is checked against another one.

type visitor struct {
	visit                           time.Time
	have, needs                     map[string]bool
	card, lastUse, registered       string
	ecert, cardUntil, cert, oldCard dateAnswer
	place, phone, insurer, change   string
	age                             int // -1 where it is not given
	policy                          map[string]string
}

type dateAnswer struct {
	day     time.Time
	known   bool
	expired bool // expired_unknown_when
}

type verdict struct {
	outcome        string
	bring          [][]string
	also, notAlone map[string]bool
	tell           map[string]bool
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

// threeMonthsBefore is the same day three months earlier, or that month's last day.
func threeMonthsBefore(d time.Time) time.Time {
	last := date(d.Year(), int(d.Month())-2, 0)
	return date(last.Year(), int(last.Month()), min(d.Day(), last.Day()))
}

// graceEnd is the last day of the third month after the month of d.
func graceEnd(d time.Time) time.Time { return date(d.Year(), int(d.Month())+4, 0) }

func (a dateAnswer) until(visit time.Time) bool { return a.known && !visit.After(a.day) }
func (a dateAnswer) past(visit time.Time) bool  { return a.known && visit.After(a.day) }
func (a dateAnswer) soon(visit time.Time) bool {
	return a.until(visit) && visit.After(threeMonthsBefore(a.day))
}

// facts of one visitor, derived as the contract's section "Derived" says.
type derived struct {
	visitor
	heldCard, inHand, cardDead, registeredYes                     bool
	alive, soon, grace, dead, works, usable, cannotRead           bool
	certValid, former, sameInsurer, oldValid, oldInterim, interim bool
	phoneWorks, pinTrouble, noticeInterim                         bool
	registers, newbornCard                                        bool
}

func derive(v visitor) derived {
	d := derived{visitor: v}
	d.heldCard = v.have["my_number_card"] || v.card == "owned"
	d.inHand = d.heldCard || v.have["smartphone"] && v.card == "left_at_home"
	d.cardDead = v.cardUntil.past(v.visit) || v.needs["moved_over_90d"]
	d.registeredYes = v.registered == "yes" || v.registered == "unknown" && v.lastUse == "ok"
	d.alive = v.ecert.until(v.visit) || !v.ecert.known && !v.ecert.expired && v.lastUse == "ok"
	d.soon = v.ecert.soon(v.visit)
	d.grace = v.ecert.past(v.visit) && !v.visit.After(graceEnd(v.ecert.day))
	d.dead = v.ecert.expired || v.ecert.known && v.visit.After(graceEnd(v.ecert.day))
	d.works = d.alive || d.grace
	d.usable = d.inHand && !d.cardDead && d.registeredYes && d.works
	d.pinTrouble = v.needs["pin_forgotten"] || v.needs["pin_locked"]
	d.cannotRead = slices.Contains([]string{"no_reader", "reader_down", "unknown"}, v.place) ||
		v.needs["chip_broken"] || v.needs["ecert_renewed_today"] || v.change == "joined_yesterday" ||
		v.needs["no_photo_card"] && d.pinTrouble ||
		v.place == "online" && (d.pinTrouble || v.needs["faceauth_card"] || d.grace) ||
		v.place == "pharmacy" && v.needs["proxy_pickup"]
	d.certValid = v.have["eligibility_certificate"] && v.cert.until(v.visit)
	d.former = slices.Contains([]string{"left_job", "left_job_before", "new_job_pending", "dependent_pending"}, v.change) ||
		v.change == "moved" && (v.insurer == "nhi" || v.insurer == "unknown")
	d.sameInsurer = !d.former && !slices.Contains([]string{"joined_after_20241202", "new_job_done", "joined_yesterday", "turned_75"}, v.change)
	ownEnd := lastOldCard
	if v.oldCard.known && v.oldCard.day.Before(ownEnd) {
		ownEnd = v.oldCard.day
	}
	d.oldValid = v.have["old_card"] && d.sameInsurer && !v.visit.After(ownEnd)
	start := interimStart
	if v.insurer == "nhi" || v.insurer == "late_elderly" {
		start = interimNHI
	}
	d.interim = !v.visit.Before(start) && !v.visit.After(interimEnd)
	d.oldInterim = v.have["old_card"] && d.sameInsurer && v.visit.After(ownEnd) && d.interim
	d.noticeInterim = !v.visit.Before(interimStart) && !v.visit.After(interimEnd)
	d.phoneWorks = v.have["smartphone"] && !v.needs["phone_lost"] && v.place == "phone_reader" &&
		!v.visit.Before(phoneStart) && d.registeredYes && !d.cardDead && d.alive
	d.registers = slices.Contains([]string{"reader", "phone_reader", "pharmacy"}, v.place) && !d.cannotRead
	d.newbornCard = !d.cardDead && v.card != "lost" && v.card != "returned" && (!d.inHand || d.registers)
	return d
}

// decideByContract is the section "How it is decided", top to bottom.
func decideByContract(d derived) string {
	switch {
	case d.place == "disaster":
		return "disaster"
	case d.needs["workers_comp"], d.needs["checkup_vaccine"]:
		return "not_health_insurance"
	case d.insurer == "none" && !d.have["welfare_ticket"], d.needs["short_stay"]:
		return "not_insured"
	case d.insurer == "welfare", d.have["welfare_ticket"]:
		return "welfare"
	case d.place == "school_trip", d.place == "nursery":
		return "school_trip"
	case d.needs["dv"] && d.certValid:
		return "bring_cert"
	case d.needs["dv"]:
		return "apply_cert"
	case d.former && d.certValid:
		return "bring_cert"
	case d.former:
		return "changing_insurer"
	case d.change == "newborn" && !d.certValid && !d.usable:
		return "newborn"
	case d.card == "lost" && d.certValid:
		return "bring_cert"
	case d.card == "lost" && d.oldValid:
		return "bring_old_card"
	case d.card == "lost":
		return "lost_card"
	case d.registered == "cancelling" && d.certValid:
		return "bring_cert"
	case d.registered == "cancelling" && d.inHand && !d.cardDead && d.works:
		return "dereg_pending"
	case (d.needs["assist"] || d.needs["care_facility"]) && d.certValid:
		return "bring_cert"
	case d.phoneWorks:
		return "bring_phone_plus_card"
	case d.usable && d.cannotRead && d.certValid:
		return "bring_cert"
	case d.usable && d.cannotRead && d.oldValid:
		return "bring_old_card"
	case d.usable && d.cannotRead:
		return "bring_myna_plus_backup"
	case d.usable && d.grace:
		return "bring_myna_grace"
	case d.usable && (d.soon || d.cardUntil.soon(d.visit)):
		return "bring_myna_renew_soon"
	case d.usable:
		return "bring_myna"
	case d.certValid:
		return "bring_cert"
	case d.oldValid:
		return "bring_old_card"
	case d.inHand && d.cardDead:
		return "card_expired"
	case d.inHand && (d.dead || d.grace):
		return "ecert_lapsed"
	case d.inHand && !d.alive && d.registeredYes:
		return "bring_myna_plus_backup"
	case d.inHand && !d.alive:
		return "apply_cert"
	case d.inHand && d.registers:
		return "register_then_myna"
	case d.inHand:
		return "apply_cert"
	case d.oldInterim:
		return "old_card_interim"
	case d.have["eligibility_certificate"]:
		return "cert_expired_contact"
	case d.have["eligibility_notice"] && d.noticeInterim:
		return "old_card_interim"
	case d.have["eligibility_notice"], d.have["old_card"], d.have["mynaportal_screen"], d.have["mynaportal_pdf"],
		d.have["eligibility_certificate_copy"], d.have["eligibility_notice_copy"], d.have["eligibility_notice_old_insurer"],
		d.have["unknown_paper"], d.card == "left_at_home":
		return "no_valid_doc"
	}
	return "apply_cert"
}
