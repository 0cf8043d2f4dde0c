package rules

import "slices"

// tellByContract says what is told, by the facts of cases.json and the contract's remarks on notes.
func tellByContract(d derived, outcome string) map[string]bool {
	told := map[string]bool{}
	tell := func(condition bool, notes ...string) {
		for _, note := range notes {
			told[note] = told[note] || condition
		}
	}
	is := func(outcomes ...string) bool { return slices.Contains(outcomes, outcome) }
	nothing, carries := is(nothingValid...), is(withCard...)
	insured := nothing || carries || is("bring_cert", "bring_old_card")
	dv := d.needs["dv"]
	both := d.needs["assist"] || d.needs["care_facility"] || d.needs["muni_all_cert"] || d.insurer == "nhi" || d.insurer == "late_elderly" || d.age >= 75 || d.change == "turned_75"
	late := d.insurer == "late_elderly" || d.age >= 75
	assisted := d.needs["assist"] || d.needs["care_facility"]
	left := d.card == "left_at_home" && !d.cardDead && d.registeredYes && d.works && !dv && !d.former
	plain := !is("disaster", "not_health_insurance")

	tell(d.place == "ambulance", "emergency_first")
	tell(d.place == "ambulance" && !dv && d.card != "lost" && d.card != "returned", "ambulance_card")
	tell(nothing || is("not_insured"), "do_not_avoid_care")
	tell(is("disaster"), "disaster_verbal")
	tell(is("not_health_insurance") && d.needs["workers_comp"], "workers_comp")
	tell(is("not_health_insurance") && d.needs["checkup_vaccine"], "not_covered")
	tell(is("not_insured"), "not_insured")
	tell(is("welfare") || insured && d.needs["welfare_plus_insurance"], "welfare_caseworker")
	tell(is("school_trip"), "trip_copy")
	tell(dv && plain && !is("not_insured"), "dv_use_cert")

	tell(plain && d.card == "lost", "lost_hotline", "lost_reissue")
	tell(d.needs["phone_lost"] || insured && d.card == "unknown", "lost_hotline")
	tell(insured && (d.card == "returned" || d.needs["chip_broken"]), "lost_reissue")
	tell(insured && d.needs["moved_over_90d"], "moved_90d")
	around := (d.heldCard || d.card == "left_at_home") && d.card != "lost"
	tell(insured && around && d.cardDead && !dv, "card_expired", "card_renewal_1m")
	tell(d.needs["foreign_resident"], "foreign_card_expiry")
	tell(d.needs["stay_renewal_pending"], "foreign_special_2m")
	besides := is("bring_cert", "bring_old_card") && d.card != "lost" && !dv && !d.former &&
		(d.usable || d.registered == "cancelling" && d.inHand && !d.cardDead && d.works && !d.cannotRead)
	offered := carries || besides || left && is("old_card_interim", "no_valid_doc", "cert_expired_contact")
	tell(offered && d.grace, "ecert_grace_elig_only", "ecert_grace_last_day", "ecert_renew_office", "portal_login_needs_live_ecert")
	tell(is("ecert_lapsed"), "ecert_lapsed", "ecert_lapsed_cert_issued", "ecert_renew_office", "ecert_grace_last_day")
	tell(insured && d.card == "left_at_home" && d.dead && !dv, "ecert_lapsed")
	tell(insured && d.registered == "dropped", "ecert_lapsed_cert_issued")
	tell(insured && around && d.dead && !dv, "ecert_renew_office")
	renewed := d.needs["ecert_renewed_today"]
	tell(insured && !is("bring_cert") && d.inHand && !d.works && !d.dead && !dv, "look_at_card")
	tell(insured && !is("bring_cert") && d.inHand && !d.works && !d.dead && !dv && !renewed, "ecert_renew_office")
	tell(carries && !d.cardUntil.known && d.lastUse != "ok", "look_at_card")
	tell(carries && d.soon, "ecert_valid_through_day", "ecert_renew_from_3m", "ecert_renew_office", "ecert_notice_2_3m")
	tell(carries && d.cardUntil.soon(d.visit), "ecert_valid_through_day", "card_renewal_1m")
	tell(insured && d.inHand && d.lastUse == "warned" && !dv && !renewed, "ecert_renew_from_3m", "ecert_renew_office")
	tell(insured && d.inHand && d.lastUse == "refused" && !dv, "fallback_card_plus", "ask_insurer")
	face := insured && !d.needs["no_photo_card"] && !dv && d.place != "online"
	tell(face && d.inHand && d.lastUse == "never", "pin_face_or_visual")
	tell(plain && d.have[certDoc] && d.cert.past(d.visit), "cert_expired")
	tell(is("cert_expired_contact"), "cert_expired", "cert_check_expiry")
	tell(insured && d.have[certDoc] && !d.cert.known, "cert_check_expiry")
	ended := d.visit.After(lastOldCard) || d.oldCard.past(d.visit)
	tell(plain && d.have[oldCardDoc] && ended, "old_card_ended")
	tell((d.oldInterim || d.have[notice] && d.noticeInterim) && is("lost_card", "ecert_lapsed", "card_expired"), "interim_lookup", "next_time_bring")
	tell(is("old_card_interim"), "interim_lookup", "next_time_bring", "interim_end_stale_331")
	tell(is("no_valid_doc") && (d.have[oldCardDoc] || d.have[notice]) && d.visit.After(interimEnd), "interim_over")
	tell(is("lost_card", "ecert_lapsed", "card_expired") && (d.have[oldCardDoc] || d.have[notice]) && d.visit.After(interimEnd), "interim_over")
	noTrip := plain && !is("school_trip")
	tell(noTrip && (d.have[notice] || d.have["eligibility_notice_copy"] || d.have["eligibility_notice_old_insurer"] || d.have["unknown_paper"]), "notice_not_alone")
	tell(noTrip && (d.have[screen] || d.have[pdf]), "portal_not_alone")
	tell(noTrip && d.have["eligibility_certificate_copy"], "cert_no_copy")
	tell(plain && d.have[screen] && !d.alive && !dv, "portal_login_needs_live_ecert")

	tell(d.have[oldCardDoc] && !d.sameInsurer || d.former || d.have["eligibility_certificate_old_insurer"] || d.have["eligibility_notice_old_insurer"], "old_insurer_stop")
	tell(insured && d.change == "unknown", "old_insurer_stop", "ask_insurer")
	pending := d.change == "new_job_pending" || d.change == "dependent_pending"
	tell(insured && pending && !dv, "new_insurer_data")
	tell(nothing && pending, "temp_cert", "declaration_form")
	tell(is("changing_insurer") && around && !d.cardDead, "new_insurer_data")
	tell(insured && d.change == "moved" && around && !dv, "moved_90d")
	tell(is("changing_insurer") && d.change == "left_job_before", "temp_cert")
	tell(insured && slices.Contains([]string{"new_job_done", "joined_yesterday", "name_changed"}, d.change) && !dv, "new_insurer_data")
	tell(insured && d.former && d.have[oldCardDoc], "old_card_collected")
	tell(insured && d.change == "turned_75", "turn75_old_stops")
	tell(is("newborn"), "newborn_express")

	tell(insured && d.have[phoneDoc] && d.visit.Before(phoneStart) && !dv, "phone_since")
	tell(insured && d.have[phoneDoc] && d.place == "phone_reader" && (d.cardDead || d.grace || d.dead) && !dv, "phone_needs_live_card")
	tell(insured && d.have[phoneDoc] && !dv && d.card != "lost", "phone_only_supported", "phone_bring_card")
	tell(insured && d.have[phoneDoc] && !dv && d.phone != "none", "phone_android_pin")
	tell(is("register_then_myna"), "register_on_spot", "nothing_is_issued")
	tell(is("register_then_myna") && d.registered == "cancelled", "ask_insurer")
	tell(is("newborn") && d.inHand && d.newbornCard, "register_on_spot")
	tell(is("apply_cert") && d.inHand && !d.cardDead && d.alive && !d.registers && !dv, "register_not_here")
	tell(insured && renewed && !dv, "ecert_24h")
	tell(insured && d.needs["faceauth_card"] && !dv, "faceauth_no_portal", "ask_insurer")
	tell(is("bring_myna_plus_backup"), "fallback_card_plus", "declaration_form")
	tell(is("dereg_pending") && d.cannotRead || is("bring_phone_plus_card") && d.change == "joined_yesterday", "fallback_card_plus")
	tell(carries && d.have[notice], "fallback_card_plus")
	tell(face && (d.pinTrouble || d.needs["face_fails"]), "pin_face_or_visual")
	tell(insured && d.pinTrouble && !dv, "pin_reset")
	tell(insured && d.needs["no_photo_card"] && !dv, "baby_pin")
	tell(is("bring_cert"), "cert_alone_ok", "cert_check_expiry", "cert_no_history")
	tell(is("bring_cert") && d.age >= 70 && d.age < 75, "elderly_ratio")
	tell(insured && d.oldValid && !is("newborn"), "old_card_until", "old_card_no_reissue")
	tell(insured && d.needs["old_card_lost"], "old_card_no_reissue")
	tell(is("bring_myna", "bring_myna_renew_soon"), "every_visit")

	tell(insured && d.place == "pharmacy", "pharmacy_same")
	tell(d.needs["proxy_pickup"] || insured && d.place == "after_hours", "ask_clinic")
	tell(face && d.place == "home_visit" && (d.heldCard || d.card == "left_at_home"), "pin_face_or_visual")
	tell(insured && d.place == "home_visit", "home_repeat")
	tell(insured && d.place == "online" && !dv, "online_pin")
	tell(insured && d.place == "treatment_centre", "judo_same")

	tell(insured && d.needs["forgot_all"], "declaration_form", "pay_full_refund")
	tell(nothing, "ask_insurer")
	tell(nothing || is("not_insured") && !d.needs["short_stay"], "pay_full_refund")
	tell(is("not_insured"), "ask_clinic")
	tell(nothing && d.insurer == "unknown", "find_insurer")
	comes := is("apply_cert", "no_valid_doc", "old_card_interim") && !dv && !left && d.card != "renewing" && !d.needs["old_card_lost"] && !d.have["eligibility_certificate_lost"]
	tell(comes || d.registered == "cancelled" && is("bring_cert", "register_then_myna"), "cert_auto")
	tell(is("lost_card") || dv && is("apply_cert") || d.needs["old_card_lost"] && is("apply_cert", "no_valid_doc") || d.card == "renewing" && nothing, "cert_apply")
	tell(late && is("cert_expired_contact") && d.visit.After(lateAllEnd), "cert_apply")
	tell(insured && assisted, "assist_both")
	tell(insured && assisted && !d.certValid, "cert_apply")
	lostCert := insured && d.have["eligibility_certificate_lost"]
	tell(lostCert, "cert_reissue")
	tell(lostCert && d.policy["cert_reissue_fee"] == "yes", "cert_reissue_fee")
	tell(lostCert && d.policy["cert_reissue_fee"] == "no", "cert_reissue_free")
	awaited := !dv && (nothing || is("bring_myna_grace", "dereg_pending", "register_then_myna"))
	tell(awaited && d.policy["cert_delivery"] == "employer", "cert_by_employer")
	tell(awaited && d.policy["cert_delivery"] == "home", "cert_to_home")
	tell(insured && d.policy["cert_return"] == "yes" && d.certValid && d.usable && !both && !dv, "cert_return")
	tell(insured && (d.card == "renewing" || d.card == "applied"), "card_renewal_1m")
	tell(insured && d.registered == "cancelling", "dereg_insurer")
	tell(insured && d.needs["wants_both"] && !both && !dv, "cert_not_both", "dereg_insurer")
	tell(insured && d.needs["wants_both"] && both, "assist_both")
	tell(insured && d.needs["refuses_myna"], "cert_auto", "no_take", "anxiety_lines")
	tell(insured && d.needs["refuses_myna"] && d.registeredYes && !dv, "dereg_insurer")
	tell(insured && d.needs["muni_all_cert"], "muni_all_cert")
	tell(insured && d.needs["notice_lost"] && d.policy["notice_reissue"] == "no", "notice_no_reissue")
	tell(insured && d.needs["notice_lost"] && d.policy["notice_reissue"] != "no", "ask_insurer")
	tell(insured && late && !d.visit.After(lateAllEnd), "late_all")
	tell(insured && late && d.visit.After(lateAllEnd), "late_2026_08")

	tell((insured || is("school_trip")) && (d.have["subsidy_certificate"] || d.needs["subsidy"]), "subsidy_paper")
	tell(insured && (d.have["specified_disease_certificate"] || d.needs["specified_disease"]), "specdis_cert")
	tell(carries && d.needs["high_cost"] && !d.cannotRead, "ceiling_not_needed")
	tell(carries && d.needs["high_cost"] && d.cannotRead, "ceiling_no_system")
	tell(insured && !carries && d.needs["high_cost"], "ceiling_cert_ask")
	tell(insured && d.needs["nhi_arrears"], "arrears_full")
	tell(insured && d.needs["traffic_accident"], "traffic_accident_tell_insurer", "ask_insurer")
	tell(d.needs["overseas"] || d.needs["left_before_20151005"], "overseas_card")
	return told
}
