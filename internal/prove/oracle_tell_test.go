package prove

// telling collects the notes for one visitor, according to cases.json and the contract's remarks on notes.
type telling struct {
	derived
	outcome, enough string
	offers          offers
	notes           map[string]bool

	nothing, carries, insured, plain bool
	cardAbout, late, both            bool
}

func tellByContract(d derived, outcome, enough string, o offers) map[string]bool {
	t := &telling{derived: d, outcome: outcome, enough: enough, offers: o, notes: map[string]bool{}}
	t.nothing, t.carries, t.insured = t.is(nothingValid...), t.is(withCard...), insuredCare(outcome)
	t.plain = !t.is("disaster", "not_health_insurance")
	t.cardAbout = d.inHand || d.left
	t.late = d.insurer == "late_elderly" || d.age >= 75
	t.both = d.needs["assist"] || d.needs["care_facility"] || d.needs["muni_all_cert"] || oneOf(d.insurer, "nhi", "late_elderly") || d.age >= 75 || d.change == "turned_75"
	for _, section := range []func(){t.first, t.card, t.electronic, t.certificate, t.otherPapers, t.change, t.using, t.place, t.getting, t.policies, t.money} {
		section()
	}
	return t.notes
}

func (t *telling) is(outcomes ...string) bool { return oneOf(t.outcome, outcomes...) }

func (t *telling) tell(condition bool, notes ...string) {
	for _, note := range notes {
		t.notes[note] = t.notes[note] || condition
	}
}

// open narrows the condition of a note about card, phone or portal: victims of domestic violence (dv) are not told such notes.
func (t *telling) open(condition bool) bool { return condition && !t.dv }

func (t *telling) first() {
	t.tell(t.derived.place == "ambulance" || t.is("not_insured") && t.derived.place == "after_hours", "emergency_first")
	t.tell(t.open(t.derived.place == "ambulance") && t.cardAbout && !oneOf(t.reg, "no", "cancelled", "dropped"), "ambulance_card")
	t.tell(t.enough != "yes", "do_not_avoid_care")
	t.tell(t.open(t.insured && t.nothingNamed && t.derived.card == "unknown"), "take_everything")
	t.tell(t.is("disaster"), "disaster_verbal")
	t.tell(t.is("not_health_insurance") && t.needs["workers_comp"], "workers_comp")
	t.tell(t.is("not_health_insurance") && !t.needs["workers_comp"], "not_covered", "invitation")
	t.tell(t.is("not_insured"), "not_insured")
	t.tell(t.is("welfare") || t.insured && t.needs["welfare_plus_insurance"], "welfare_caseworker")
	t.tell(t.is("welfare") && !t.have[ticket], "welfare_without_ticket")
	t.tell(t.is("school_trip"), "trip_copy")
	t.tell(t.dv && (t.insured || t.is("school_trip") || t.is("welfare") && t.plusInsurance), "dv_use_cert")
	t.tell(t.dv && t.insured, "dv_medical_notices")
}

// card adds the notes about the plastic card.
func (t *telling) card() {
	c := t.derived.card
	t.tell(!t.is("disaster") && c == "lost", "lost_hotline", "lost_reissue")
	t.tell(t.plain && c == "suspended" && !t.dv, "card_release_office")
	t.tell(!t.is("disaster") && t.needs["phone_lost"], "lost_hotline")
	t.tell(t.insured && t.needs["chip_broken"], "lost_reissue")
	t.tell(c == "at_home" && !t.named && t.derived.place != "ambulance" && t.offers.hold(cardDoc), "fetch_card")
	t.tell(t.open(t.insured && t.needs["moved_over_90d"]), "moved_90d")
	t.tell(t.open(t.insured && t.cardAbout && t.cardDead), "card_expired", "card_renewal_1m")
	stays := t.open(!t.is("disaster", "not_insured"))
	t.tell(stays && t.needs["foreign_resident"], "foreign_card_expiry")
	t.tell(stays && t.needs["stay_renewal_pending"] && !t.cardDead, "foreign_special_2m")
	t.tell(t.carries && t.cardSoon, "ecert_valid_through_day", "card_renewal_1m")
	t.tell(t.open(t.insured && oneOf(c, "renewing", "applied")), "card_renewal_1m")
	t.tell(t.is("try_card"), "reader_tells")
	t.tell(t.open(t.insured && t.inHand && t.refused), "ask_insurer")
	t.tell(t.open(t.insured && t.inHand && t.refused && !t.runOut()), "fallback_card_plus")
	t.tell(t.open(t.insured && t.inHand && t.refused && !t.runOut() && !t.unreadable && t.offers.hold(cardDoc)), "refused_try_again")
}

// runOut reports whether the card, or the electronic certificate on it, no longer works.
func (t *telling) runOut() bool { return t.cardDead || t.dead || t.is("ecert_lapsed") }

// electronic adds the notes about the electronic certificate on the card.
func (t *telling) electronic() {
	t.tell(t.grace && t.offers.hold(cardDoc) && t.plain, "ecert_grace_elig_only", "ecert_grace_last_day", "ecert_renew_office", "portal_login_needs_live_ecert")
	t.tell(t.is("ecert_lapsed"), "ecert_lapsed", "ecert_renew_office")
	absent := t.needs["no_ecert_on_card"]
	t.tell(t.is("ecert_lapsed") && !absent, "ecert_lapsed_cert_issued")
	t.tell(t.is("ecert_lapsed") && absent, "cert_auto")
	t.tell(t.is("ecert_lapsed") && !absent && t.reg == "yes", "ecert_grace_last_day")
	t.tell(t.open(t.insured && t.left && t.dead), "ecert_lapsed")
	t.tell(t.insured && t.registered == "dropped", "ecert_lapsed_cert_issued")
	t.tell(t.open(t.insured && t.cardAbout && t.dead), "ecert_renew_office")
	renewed := t.needs["ecert_renewed_today"]
	unknown := t.open(t.insured && !t.is("bring_cert") && !t.needs["chip_broken"] && t.inHand && !t.alive && !t.grace && !t.dead)
	t.tell(unknown, "look_at_card")
	t.tell(unknown && !renewed, "ecert_renew_office")
	t.tell(t.carries && t.cardUntil.unknown() && t.lastUse != "ok", "look_at_card")
	t.tell(t.carries && t.soon, "ecert_valid_through_day", "ecert_renew_from_3m", "ecert_renew_office")
	t.tell(t.carries && t.soon && !t.needs["foreign_resident"], "ecert_notice_2_3m")
	t.tell(t.open(t.insured && t.inHand && t.lastUse == "warned" && !renewed && !t.cardDead && !t.grace && !t.dead), "ecert_renew_from_3m", "ecert_renew_office")
}

func (t *telling) certificate() {
	holds := t.have[certDoc]
	t.tell(t.plain && t.certOver, "cert_expired")
	t.tell(t.is("cert_expired_contact"), "cert_check_expiry")
	t.tell(t.insured && t.undated, "cert_check_expiry")
	t.tell(t.is("bring_cert") && (t.enough == "yes" || !t.present), "cert_alone_ok")
	t.tell(t.is("bring_cert"), "cert_check_expiry", "cert_no_history")
	t.tell(t.insured && (t.certValid || t.undated) && (!t.present || t.derived.change == "unknown" || t.derived.change == "moved" && oneOf(t.insurer, "unknown", "late_elderly")), "look_whose_name")
	t.tell(t.have["eligibility_certificate_elsewhere"] && !holds && t.offers.hold(certDoc) && !t.is("school_trip"), "ask_holder")
	replaced := t.insured && (t.have["eligibility_certificate_lost"] || t.have["eligibility_certificate_damaged"])
	t.tell(replaced, "cert_reissue")
	t.tell(replaced && t.policy["cert_reissue_fee"] == "yes", "cert_reissue_fee")
	t.tell(replaced && t.policy["cert_reissue_fee"] == "no", "cert_reissue_free")
	t.tell(t.insured && t.derived.change == "name_changed" && (t.certValid || t.undated), "cert_exchange", "ask_insurer")
	t.tell(t.is("bring_cert") && t.age >= 70 && t.age < 75, "elderly_ratio")
}

// otherPapers adds the notes about papers that are held and not accepted by themselves.
func (t *telling) otherPapers() {
	holdsOld := t.have[oldCardDoc]
	ended := t.visit.After(lastOldCard) || t.oldCard.past(t.visit)
	t.tell(t.plain && holdsOld && ended, "old_card_ended")
	stopped := t.is("lost_card", "ecert_lapsed", "card_expired")
	t.tell((t.oldInterim || t.have[notice] && t.noticeInterim) && stopped, "interim_lookup", "next_time_bring")
	t.tell(t.is("old_card_interim"), "interim_lookup", "next_time_bring", "interim_end_stale_331")
	t.tell((t.is("no_valid_doc") || stopped) && (holdsOld || t.have[notice]) && t.visit.After(interimEnd), "interim_over")
	noTrip := t.plain && !t.is("school_trip")
	t.tell(t.open(noTrip) && (t.have[notice] || t.have[noticeCopy] || t.have["eligibility_notice_old_insurer"] || t.have["unknown_paper"]), "notice_not_alone")
	t.tell(t.open(noTrip) && (t.have[screen] || t.have[pdf]), "portal_not_alone")
	t.tell(noTrip && t.have[certCopy], "cert_no_copy")
	t.tell(t.open(t.plain && t.have[screen] && (!t.alive || t.pinTrouble)), "portal_login_needs_live_ecert")
	t.tell(t.insured && t.oldValid, "old_card_until", "old_card_no_reissue")
	t.tell(t.insured && t.needs["old_card_lost"], "old_card_no_reissue")
	t.tell(t.open(t.insured && t.needs["notice_lost"] && t.policy["notice_reissue"] == "no"), "notice_no_reissue")
	t.tell(t.insured && t.needs["notice_lost"] && t.policy["notice_reissue"] != "no", "ask_insurer")
}

func (t *telling) change() {
	c := t.derived.change
	formerHeld := t.have["eligibility_certificate_old_insurer"] || t.have["eligibility_notice_old_insurer"] || t.have[certDoc] && t.issuer == "former"
	t.tell(t.have[oldCardDoc] && t.newPapers || t.former || formerHeld, "old_insurer_stop")
	t.tell(t.insured && c == "unknown", "old_insurer_stop", "ask_insurer")
	t.tell(t.is("welfare") && c == "welfare_started" && !t.plusInsurance, "old_insurer_stop")
	cardOrPhone := t.cardAbout || t.have[phoneDoc]
	cardMatters := cardOrPhone || t.derived.card == "unknown" && !t.is("bring_cert") && !t.is("check_cert_date")
	t.tell(t.open(t.insured && t.pending && cardMatters), "new_insurer_data")
	t.tell(t.nothing && t.pending, "temp_cert")
	t.tell(t.open(t.nothing && t.pending), "declaration_form")
	t.tell(t.offers.hold(temporary), "temp_cert")
	t.tell(t.is("changing_insurer") && cardOrPhone && !t.cardDead, "new_insurer_data")
	t.tell(t.open(t.insured && oneOf(c, "new_job_done", "joined_yesterday", "enrolled", "turned_75") && cardMatters), "new_insurer_data")
	t.tell(t.open(t.insured && c == "name_changed" && cardOrPhone), "new_insurer_data")
	t.tell(t.open(t.insured && c == "moved" && t.cardAbout), "moved_90d")
	left := oneOf(c, "left_job", "left_job_before")
	uninsured := t.is("not_insured") && !t.needs["short_stay"] && !t.needs["overseas"] && !t.needs["left_before_20151005"]
	changing := t.is("changing_insurer") || t.dv && t.is("apply_cert") || uninsured
	t.tell(uninsured, "join_nhi_14d")
	t.tell(changing && (left || c == "dependent_lost" || t.former && c == "moved" && t.insurer == "nhi"), "join_nhi_14d")
	t.tell(t.open(changing && c == "left_job"), "voluntary_20d")
	t.tell(t.insured && t.movedUnclear && t.enough != "yes", "moved_insurer")
	t.tell(t.open(changing && (left || c == "dependent_lost")), "join_as_dependant")
	joined := oneOf(c, "enrolled", "joined_yesterday") && oneOf(t.insurer, "kenpo", "kyokai", "mutual_aid")
	t.tell(t.insured && (joined || oneOf(c, "new_job_pending", "new_job_done", "dependent_pending")), "leave_nhi")
	t.tell(t.insured && t.former && t.have[oldCardDoc], "old_card_collected")
	t.tell(t.insured && c == "turned_75", "turn75_old_stops")
	t.tell(t.is("newborn") && !t.named && oneOf(t.derived.card, "none", "unknown"), "newborn_express")
	t.tell(t.is("newborn") && t.mayUse && t.cannotRead, "fallback_card_plus", "declaration_form")
}

// using adds the notes about how to use what is brought.
func (t *telling) using() {
	phone := t.open(t.insured && t.have[phoneDoc])
	t.tell(phone && t.visit.Before(phoneStart), "phone_since")
	t.tell(phone && t.derived.place == "phone_reader" && (t.cardDead || t.grace || t.dead), "phone_needs_live_card")
	t.tell(phone && !t.gone, "phone_only_supported", "phone_bring_card")
	t.tell(phone && t.derived.phone != "none", "phone_android_pin")
	t.tell(t.is("register_then_myna"), "register_on_spot", "nothing_is_issued")
	unregistered := oneOf(t.reg, "no", "cancelled", "dropped")
	t.tell(t.is("try_card") && (t.registers || t.derived.place == "unknown") && !t.grace, "register_on_spot")
	t.tell(t.is("try_card") && !t.registers && !oneOf(t.derived.place, "unknown", "ambulance"), "register_not_here")
	t.tell(t.is("register_then_myna", "try_card") && t.registered == "cancelled", "ask_insurer")
	registers := t.registers && !t.dead && !t.grace
	t.tell(t.is("newborn") && t.inHand && !t.cardDead && registers, "register_on_spot")
	t.tell(t.open(t.is("apply_cert") && t.inHand && !t.needs["chip_broken"] && t.derived.place != "ambulance" && !t.cardDead && !t.dead && !(t.grace && unregistered)), "register_not_here")
	t.tell(t.open(t.insured && t.needs["ecert_renewed_today"]), "ecert_24h")
	t.tell(t.open(t.insured && t.needs["faceauth_card"]), "faceauth_no_portal", "ask_insurer")
	t.tell(t.is("bring_myna_plus_backup"), "fallback_card_plus", "declaration_form")
	t.tell(t.open(t.is("apply_cert") && t.registerable), "fallback_card_plus", "declaration_form")
	t.tell(t.is("dereg_pending") && t.cannotRead, "fallback_card_plus")
	t.tell(t.carries && t.have[notice], "fallback_card_plus")
	face := t.open(t.insured && !t.needs["no_photo_card"] && t.derived.place != "online" && !t.runOut())
	t.tell(face && t.inHand && t.lastUse == "never" && !t.nothing, "pin_face_or_visual")
	t.tell(face && (t.pinTrouble || t.needs["face_fails"]), "pin_face_or_visual")
	t.tell(face && t.derived.place == "home_visit" && t.cardAbout && !oneOf(t.reg, "no", "cancelled", "dropped"), "pin_face_or_visual")
	t.tell(t.open(t.insured && t.pinTrouble), "pin_reset")
	t.tell(t.open(t.insured && t.needs["no_photo_card"]), "baby_pin")
	t.tell(t.is("bring_myna", "bring_myna_renew_soon") && !oneOf(t.derived.place, "online", "home_visit"), "every_visit")
}

func (t *telling) place() {
	p := t.derived.place
	t.tell(t.insured && p == "pharmacy", "pharmacy_same")
	t.tell(t.needs["proxy_pickup"] && !t.is("disaster") || t.insured && p == "after_hours", "ask_clinic")
	t.tell(t.open(t.insured && p == "home_visit" && t.cardAbout && !t.cardDead && !oneOf(t.reg, "no", "cancelled", "dropped")), "home_repeat")
	t.tell(t.open(t.insured && p == "online"), "online_pin")
	t.tell(t.open(t.insured && p == "treatment_centre"), "judo_same")
}

// getting adds the notes about what it costs to have nothing, whom to call, and how to get a certificate.
func (t *telling) getting() {
	short := t.enough != "yes"
	t.tell(t.open(t.insured && t.needs["forgot_all"]), "declaration_form")
	t.tell(t.insured && t.needs["forgot_all"], "pay_full_refund")
	t.tell(short && !t.is("not_health_insurance", "not_insured"), "pay_full_refund")
	t.tell(short && t.insured, "ask_insurer")
	t.tell(short && !t.nothing, "ask_clinic")
	t.tell(t.nothing && t.insurer == "unknown", "find_insurer")
	another := t.certOver || t.have[certDoc] && t.issuer == "former" // the certificate that is held is not the valid one
	kept := t.have["eligibility_certificate_elsewhere"]
	looks := !kept && (t.nothing || t.is("register_then_myna", "try_card")) && (t.certAtHome || another) || t.is("bring_myna_plus_backup") && !t.backup && !t.noticeGone()
	abroad := t.needs["overseas"] || t.needs["left_before_20151005"]
	t.tell(t.open(looks && !t.former && t.derived.card != "lost" && !abroad), "look_at_home")
	replaced := t.have["eligibility_certificate_lost"] || t.have["eligibility_certificate_damaged"]
	gone := t.needs["old_card_lost"] || t.derived.card == "renewing"
	auto := t.is("apply_cert", "no_valid_doc", "old_card_interim") && !t.dv && !gone && !replaced && !t.offers.hold(cardDoc)
	t.tell(auto || t.registered == "cancelled" && t.is("bring_cert", "register_then_myna", "try_card"), "cert_auto")
	applies := t.is("lost_card") && t.derived.card == "lost" || t.dv && t.is("apply_cert")
	applies = applies || t.needs["old_card_lost"] && t.is("apply_cert", "no_valid_doc") || t.derived.card == "renewing" && t.nothing
	applies = applies || t.late && t.is("cert_expired_contact") && t.visit.After(lateAllEnd)
	assisted := t.insured && (t.needs["assist"] || t.needs["care_facility"])
	t.tell(assisted, "assist_both")
	applies = applies || assisted && !t.certValid || t.needs["chip_broken"] && t.is("bring_myna_plus_backup")
	t.tell(applies && !replaced, "cert_apply") // a lost one is issued again
	t.tell(t.insured && t.registered == "cancelling", "dereg_insurer")
	t.tell(t.open(t.insured && t.needs["wants_both"] && !t.both), "cert_not_both", "dereg_insurer")
	t.tell(t.insured && t.needs["wants_both"] && t.both, "assist_both")
	refuses := t.insured && t.needs["refuses_myna"]
	t.tell(refuses, "no_take", "anxiety_lines")
	t.tell(refuses && t.reg != "yes", "cert_auto") // who is registered has to cancel first
	t.tell(t.open(refuses && (t.reg == "yes" || t.registerable)), "dereg_insurer")
	t.tell(t.insured && t.needs["muni_all_cert"], "muni_all_cert")
	t.tell(t.insured && t.late && !t.visit.After(lateAllEnd), "late_all")
	t.tell(t.insured && t.late && t.visit.After(lateAllEnd), "late_2026_08")
}

// policies adds the notes that depend on the insurer's policies.
func (t *telling) policies() {
	awaited := t.open(t.nothing || t.is("bring_myna_grace", "dereg_pending", "register_then_myna", "try_card"))
	t.tell(awaited && t.policy["cert_delivery"] == "employer", "cert_by_employer")
	t.tell(awaited && t.policy["cert_delivery"] == "home", "cert_to_home")
	t.tell(t.open(t.insured && t.policy["cert_return"] == "yes" && t.certValid && t.usable && !t.both), "cert_return")
}

func (t *telling) money() {
	t.tell((t.insured || t.is("school_trip")) && (t.have["subsidy_certificate"] || t.needs["subsidy"]), "subsidy_paper")
	t.tell(t.insured && (t.have["specified_disease_certificate"] || t.needs["specified_disease"]), "specdis_cert")
	costly := t.needs["high_cost"]
	t.tell(costly && t.carries && !t.cannotRead, "ceiling_not_needed")
	t.tell(costly && t.carries && t.cannotRead, "ceiling_no_system")
	t.tell(costly && t.insured && !t.carries, "ceiling_cert_ask")
	t.tell(t.insured && t.needs["nhi_arrears"], "arrears_full")
	t.tell(t.insured && t.needs["traffic_accident"], "traffic_accident_tell_insurer", "ask_insurer")
	t.tell(t.needs["overseas"] || t.needs["left_before_20151005"], "overseas_card")
}
