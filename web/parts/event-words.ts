// What an event of the feed says, in words of every language: "a contact changes stage".

import { perLanguage } from "../language/per-language.ts";
import { t } from "../language/t.ts";

const NOUNS: Record<string, string> = perLanguage(() => ({
  contact: t("a contact"),
  account: t("a company"),
  enrollment: t("a contact in a sequence"),
  message: t("an email"),
  task: t("a task"),
  deal: t("a deal"),
  sequence: t("a sequence"),
  email_account: t("a mailbox"),
  job: t("a job"),
  call: t("a call"),
  note: t("a note"),
  person: t("a prospect"),
  organization: t("a company of the People database"),
  template: t("an email template"),
  incoming_mail: t("a received email"),
  conversation: t("a recorded conversation"),
  label: t("a list"),
  import: t("an import"),
}));

const DEEDS: Record<string, string> = perLanguage(() => ({
  "*": t("changes in any way"),
  created: t("is created"),
  updated: t("is updated"),
  added: t("is added"),
  stage_changed: t("changes stage"),
  score_crossed: t("crosses a score threshold"),
  replied: t("gets a reply"),
  changed: t("is changed"),
  deleted: t("is deleted"),
  removed: t("is removed"),
  merged: t("is merged with another record"),
  skipped: t("is skipped"),
  paused: t("is paused"),
  unpaused: t("is no longer paused"),
  resumed: t("is resumed"),
  moved: t("is moved to another step"),
  branched: t("takes a branch"),
  failed: t("fails"),
  held: t("is held back"),
  released: t("is no longer held back"),
  referred: t("names another person"),
  resubscribed: t("subscribes again"),
  completed: t("is completed"),
  reopened: t("is reopened"),
  scheduled: t("is scheduled"),
  sent: t("is sent"),
  delayed: t("is delayed"),
  drafted: t("is drafted"),
  bounced: t("bounces"),
  spam_blocked: t("is blocked as spam"),
  unsubscribed: t("leads to an unsubscribe"),
  started: t("starts"),
  done: t("is done"),
  cancelled: t("is canceled"),
  approved: t("is approved"),
  archived: t("is archived"),
  logged: t("is logged"),
  recorded: t("is recorded"),
  exported: t("is exported"),
  matched: t("is matched by a provider"),
  enriched: t("is enriched"),
  connected: t("is connected"),
  disconnected: t("is disconnected"),
  limited: t("reaches a limit"),
  handled: t("is handled"),
  snoozed: t("is snoozed"),
  assigned: t("is assigned"),
}));

/** Events whose type says little to a reader. */
const WHOLE: Record<string, string> = perLanguage(() => ({
  "label.records_added": t("a record is added to a list"),
  "label.records_removed": t("a record is removed from a list"),
  "message.replied": t("a reply arrives and is classified"),
  "message.opened": t("a person opens an email"),
  "message.clicked": t("a person clicks a link in an email"),
  "contact.meeting_booked": t("a contact books a meeting"),
  "contact.meeting_cancelled": t("a contact cancels a meeting"),
  "contact.unsubscribed": t("a contact unsubscribes"),
  "enrollment.finished": t("a contact finishes a sequence"),
  "person.job_changed": t("a contact changes jobs"),
}));

/** "a contact changes stage"; for what has no words of its own, its own name. */
export function sayEvent(event: string) {
  if (WHOLE[event]) return WHOLE[event];
  const [noun = "", deed = ""] = event.split(".");
  const subject = NOUNS[noun];
  if (!subject) return event;
  return DEEDS[deed] ? `${subject} ${DEEDS[deed]}` : event;
}
