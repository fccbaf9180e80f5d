/** What a reply may be, as Apollo calls it. */
export const REPLY_CLASSES = [
  "willing_to_meet",
  "follow_up_question",
  "person_referral",
  "already_left_company_or_not_right_person",
  "not_interested",
  "none_of_the_above",
] as const;
