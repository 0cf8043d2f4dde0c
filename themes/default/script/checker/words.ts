/** The words of the page by their numbers, in the order in which internal/render/checker.go writes them. */
export const enum W {
  back, next, start_over, change_answer, progress, answers_title, have_none, none_apply, error_title, error_choose,
  more_choices, paper_from_new, paper_from_new_yes, paper_from_new_no, sensitive_use, today, visit_date, visit_change,
  visit_past, clock_wrong, date_year, date_month, date_day, date_text, era_hint, date_month_enough, date_echo,
  date_echo_month, date_use, date_fix, age_error, result, bring, or, and, enough, two_needed, keep_going, keep_going_more,
  unknown_all, nothing_needed, nothing_known, at_home, must_apply, not_in_hand, also, not_alone, tell, call, say, next_steps,
  do_by, until, until_none, why, sources, related, assumed, assumed_needs, assumed_visit_date, assumed_month, print_memo,
  memo_title, memo_made, calendar_file, calendar_event, calendar_event_card, calendar_event_cert, calendar_text, share_link,
  share_warning, share_copy, share_copied, share_left_out, rules_changed, forged_link, clear, cleared, broken, needs_offer,
  date_error_empty, date_error_unreadable, date_error_no_such_day, date_error_year, date_error_range,
}
