// What holds a contact, in words: one sentence for each kind in the docs, and one about the case at hand.

import { durationWords, plural } from "../basics/clock-words.ts";
import type { Evidence, EvidenceValue } from "../basics/evidence.ts";
import { ofWhichElsewhere } from "../contacts/sent-elsewhere.ts";
import { wordsFor } from "../enrollments/failure-words.ts";
import type { GateCode } from "../gate/gate.ts";
import type { LockKind } from "../gate/standing.ts";
import { APOLLO_CLASS } from "../receiving/inbound-outcome.ts";
import { holidaySays } from "../time/holidays.ts";
import { LOCKED } from "./lock-words.ts";

/** Beside the gate's own: others that go first, a server that does not answer, a lock that another session holds, people who have it to do, and sequences in which there is nothing to do. */
export type HoldCode =
  | GateCode
  | "queue"
  | "server_hangs"
  | "lock_held"
  | "nobody_waits"
  | "no_steps"
  | "waits_for_person"
  | "waits_for_condition";

/** `at` prints an instant for the reader. */
type Words = {
  means: string;
  says: (evidence: Evidence, at: (value: EvidenceValue | undefined) => string) => string;
};

export const HOLD_WORDS: Record<HoldCode, Words> = {
  not_due: {
    means:
      "The step is not due yet: after the email was queued, its wait time was extended, or the contact was paused and resumed.",
    says: ({ dueAt }, at) => `The step is due on ${at(dueAt)}. Its email waits until then.`,
  },
  sequence_archived: {
    means: "The sequence is archived, and all its contacts are finished.",
    says: () => "The sequence is archived.",
  },
  sequence_inactive: {
    means: "The sequence is inactive. Its contacts continue when it is activated.",
    says: () => "The sequence is inactive.",
  },
  no_steps: {
    means: "The sequence has no steps, so nothing can be sent.",
    says: () => "The sequence has no steps.",
  },
  nobody_waits: {
    means: "No contact in the sequence is waiting for a step.",
    says: () => "No contacts are active in this sequence.",
  },
  step_removed: {
    means:
      "The step that the contact was waiting at was deleted. Within the hour, the contact continues with the step after the last completed one.",
    says: ({ hasSteps }) =>
      hasSteps === false
        ? "The sequence has no step for this contact."
        : "The step that the contact was waiting at was deleted. The contact continues with the next one within the hour.",
  },
  step_off: {
    means: "The step is turned off.",
    says: ({ position }) => `Step ${position} is turned off.`,
  },
  enrollment_removed: {
    means: "The contact was removed from the sequence.",
    says: ({ reason }) =>
      `The contact was removed from the sequence${reason ? `: ${wordsFor(String(reason))}` : ""}.`,
  },
  enrollment_finished: {
    means: "The contact has finished the sequence.",
    says: ({ reason }) => `The contact is finished: ${wordsFor(text(reason))}.`,
  },
  enrollment_failed: {
    means: "A step failed. The contact does not continue until a user retries the step.",
    says: ({ failure }) => `A step failed: ${wordsFor(text(failure))}.`,
  },
  enrollment_paused: {
    means: "The contact is paused, until a date or until a user resumes the contact.",
    says: ({ reason }) => `The contact is paused: ${wordsFor(text(reason))}.`,
  },
  contact_unsubscribed: {
    means: "The contact has unsubscribed. Only the contact or an admin can undo this.",
    says: () => "The contact has unsubscribed.",
  },
  contact_do_not_contact: {
    means: "The contact is marked as do not contact.",
    says: () => "The contact is marked as do not contact.",
  },
  contact_paused: {
    means:
      "The contact asked for a pause, or a user set one. Sending continues by itself when the pause ends.",
    says: ({ pausedUntil }, at) => `The contact asked for a pause until ${at(pausedUntil)}.`,
  },
  answer_unsettled: {
    means:
      "The contact may have replied, and the reply is not settled yet. Automatic emails stop until a user settles it in the inbox or its waiting time ends. A possible unsubscribe request always waits for a user.",
    says: ({ reason, since, until }, at) =>
      `${HELD_BECAUSE[String(reason)] ?? HELD_BECAUSE.unclear} (${at(since)}). It is not settled yet. No automatic email goes out before it is${until ? ` or before ${at(until)}` : ""}.`,
  },
  suppressed: {
    means: "The address, its domain or a pattern that matches it is on the do not email list.",
    says: ({ kind, source }) =>
      `This address is on the do not email list, because of ${KINDS[String(kind)]} (${source}).`,
  },
  contact_stage_safeguard: {
    means: "The contact is in a stage that the sequence excludes.",
    says: ({ stage }) => `This sequence excludes contacts in the stage ${stage}.`,
  },
  account_stage_safeguard: {
    means: "The contact's account is in a stage that the sequence excludes.",
    says: ({ stage }) => `This sequence excludes contacts whose account is in the stage ${stage}.`,
  },
  same_account_reply: {
    means: "A colleague of the contact replied. The sequence then stops emails to the rest of the company.",
    says: (evidence, at) =>
      `${colleague(evidence, at)}. The sequence then stops emails to the rest of the company.`,
  },
  "delayed:same_account_reply": {
    means:
      "A colleague of the contact replied. The sequence then waits some days before it emails the rest of the company.",
    says: (evidence, at) =>
      `${colleague(evidence, at)}. The rest of the company is emailed ${plural(Number(evidence.days), "day")} later.`,
  },
  ownership_permission: {
    means:
      "The owner of the sequence or of the mailbox has left the team, or the mailbox no longer has the chosen sender address.",
    says: ({ who, address }) => {
      if (who === "address") return `The mailbox can no longer send from ${address}.`;
      return who === "sequence_owner"
        ? "The owner of the sequence has left the team."
        : "The owner of the mailbox has left the team.";
    },
  },
  email_skipped: {
    means:
      "The contact was added without an email address: email steps are skipped, calls and tasks still happen.",
    says: () => "The contact has no email address, so this email is skipped and the next step follows.",
  },
  email_missing: {
    means: "The contact has no email address.",
    says: () => "The contact has no email address.",
  },
  email_format_invalid: {
    means: "The contact's email address is invalid.",
    says: ({ email }) => `The email address ${email} is invalid.`,
  },
  same_address_in_sequence: {
    means:
      "Another contact in the sequence has the same email address and gets each email first. This contact waits until one of the two has another address or is removed.",
    says: ({ email }) =>
      `Another contact in this sequence has the address ${email} and gets the email first, so that the address gets each step only once.`,
  },
  not_valid_hard_bounce_detected: {
    means: "An email to this address hard bounced.",
    says: ({ email }) => `An email to ${email} hard bounced.`,
  },
  email_unverified: {
    means:
      "The email address is not verified, and the contact was added without allowing unverified addresses.",
    says: ({ emailStatus }) => `The email address is not verified: it is ${emailStatus ?? "unknown"}.`,
  },
  new_job_change_detected: {
    means: "The contact changed jobs after being added.",
    says: ({ detectedAt }, at) => `The contact changed jobs (detected on ${at(detectedAt)}).`,
  },
  needs_review: {
    means: "The step has no approved email.",
    says: ({ position, mails }) =>
      mails === 0 ? `Step ${position} has no email.` : `Step ${position} has no approved email.`,
  },
  mail_unreadable: {
    means: "The text of the email has an error, so it cannot be composed for any contact.",
    says: ({ fault }) => `The text of the email has an error: ${fault}`,
  },
  snippets_missing: {
    means: "The contact has no value for a variable in the email.",
    says: ({ missing }) => `The email needs a value that this contact does not have: ${list(missing)}.`,
  },
  personalized_opener_missing: {
    means: "The email needs a personal opener, and none is written for this contact.",
    says: () => "The personal opener of this email is not written yet.",
  },
  thread_reply_original_email_missing: {
    means: "The email is a reply in the same thread, but there is no earlier email to reply to.",
    says: () => "The email is a reply in the same thread, but no earlier email was sent to this contact.",
  },
  no_active_email_account: {
    means: "There is no mailbox to send from. The step waits for one for 72 hours, then the email fails.",
    says: ({ email, reason }) =>
      email === null
        ? "No mailbox is selected."
        : reason === "sign in again"
          ? `The mailbox ${email} is not connected: its provider rejects the sign-in. Sign in to it again.`
          : `The mailbox ${email} is not connected (${reason}).`,
  },
  outside_window: {
    means: "The time is outside the sending schedule.",
    says: ({ opensAt, holiday, holidayIn, holidayOn }, at) => {
      if (!opensAt) return "The sending schedule has no hours in which emails may go out.";
      const closed = `The sending schedule is closed until ${at(opensAt)}.`;
      if (typeof holiday !== "string" || typeof holidayOn !== "string") return closed;
      const of = typeof holidayIn === "string" ? holidayIn : null;
      return `${holidaySays({ name: holiday, of }, Temporal.PlainDate.from(holidayOn))} ${closed}`;
    },
  },
  "brake:mailbox": {
    means:
      "Too many emails of the mailbox came back, or replies to it fell suddenly. A brake holds its first emails, or all emails of sequences.",
    says: brakeHolds("mailbox"),
  },
  "brake:sequence": {
    means:
      "Too many emails of the sequence came back, or its replies fell suddenly. A brake holds its first emails, or all of its emails.",
    says: brakeHolds("sequence"),
  },
  "brake:team": {
    means:
      "Too many emails of the team came back, or its replies fell suddenly. A brake holds first emails, or all emails of sequences.",
    says: brakeHolds("team"),
  },
  "limit:mailbox_day": {
    means: "The mailbox has reached its daily limit (24 hours).",
    says: ({ email, limit, sent, elsewhere, ramp }) =>
      `${email} has reached its daily limit: ${sent} of ${plural(Number(limit), "email")} sent in 24 hours${ofWhichElsewhere(Number(elsewhere ?? 0))}${ramp ? ` (ramp: ${ramp})` : ""}.`,
  },
  "limit:mailbox_hour": {
    means: "The mailbox has reached its hourly limit.",
    says: ({ email, limit, sent, elsewhere }) =>
      `${email} has reached its hourly limit: ${sent} of ${plural(Number(limit), "email")} sent in an hour${ofWhichElsewhere(Number(elsewhere ?? 0))}.`,
  },
  delivery_unconfirmed: {
    means:
      "Delivery of an email is not confirmed: the connection broke before the mail server answered. The contact waits until delivery is confirmed or a user decides.",
    says: ({ sentAt }, at) =>
      `Delivery is not confirmed: on ${at(sentAt)} the connection broke after the email was handed over, before the mail server answered.`,
  },
  instance_fenced: {
    means:
      "Sending is paused, because this database may be a copy or a restored backup. An operator has to confirm that no other installation sends from it.",
    says: () =>
      "Sending is paused: this database may be a copy. An operator has to confirm that no other installation sends from it.",
  },
  provider_rate_limited: {
    means: "The mail server could not be reached, or it asked Cadenza to wait. Cadenza tries again later.",
    says: ({ email, reason }) =>
      `The mail server of ${email} is not contacted for now${reason ? `: ${reason}` : ""}.`,
  },
  inbox_unread: {
    means:
      "The inbox of the mailbox was last read too long ago (`CADENZA_INBOX_AGE_MS`, default five minutes). It may contain a reply or an unsubscribe request, so emails wait until it is read.",
    says: ({ email, readAt, trouble }, at) =>
      `The inbox of ${email} ${readAt ? `was last read on ${at(readAt)}` : "has not been read yet"}${trouble ? `, and reading it has failed since: ${trouble}` : ""}. It may contain a reply, so no email goes out from this mailbox until it is read.`,
  },
  "limit:mailbox_gap": {
    means: "The mailbox waits some time between two emails.",
    says: ({ email, gapSeconds, lastSentAt, elsewhere }, at) =>
      `${email} waits ${durationWords(Number(gapSeconds))} between two emails. The last one was sent ${elsewhere ? "with another program " : ""}on ${at(lastSentAt)}.`,
  },
  sample_person: {
    means:
      "The contact is an invented person of the sample. Such contacts get email through the test inbox only.",
    says: ({ email }) => `${email} is an invented address of the sample. Real mailboxes do not send to it.`,
  },
  "limit:domain_day": {
    means: "The team has reached its limit of emails to this company in 24 hours.",
    says: ({ domain, limit, sent }) =>
      `The team has reached its limit for ${domain}: ${sent} of ${plural(Number(limit), "email")} sent in 24 hours.`,
  },
  "limit:touches": {
    means:
      "The team has reached a contact frequency limit for this contact, company or domain. The limit counts all sequences and manual emails.",
    says: ({ scope, counts, key, limit, days, sent }) =>
      `The team has reached a contact frequency limit: ${sent} of ${counts === "emails" ? `${plural(Number(limit), "email")} to` : `${plural(Number(limit), "touch", "touches")} with`} ${TOUCHED[String(scope)]?.(text(key)) ?? "one contact"} within ${plural(Number(days), "day")}.`,
  },
  "limit:sequence_day": {
    means: "The sequence has reached its daily limit.",
    says: ({ limit, sent }) =>
      `The sequence has reached its daily limit: ${sent} of ${plural(Number(limit), "email")} sent today.`,
  },
  "limit:new_contacts_day": {
    means:
      "The sequence has reached its daily limit of new contacts. Contacts who got an email before are not counted.",
    says: ({ limit, sent }) =>
      `The sequence has reached its daily limit of new contacts: ${sent} of ${plural(Number(limit), "contact")} got their first email today.`,
  },
  "limit:mailbox_new_contacts": {
    means:
      "The mailbox has reached its limit of new contacts in 24 hours. Contacts who got an email of the sequence before are not counted.",
    says: ({ email, limit, sent }) =>
      `${email} has reached its limit of new contacts: ${sent} of ${plural(Number(limit), "contact")} got their first email in 24 hours.`,
  },
  "limit:step_day": {
    means: "The step has reached its daily limit.",
    says: ({ limit, sent, ofTasks }) =>
      `The step has reached its daily limit: ${sent} of ${ofTasks ? `${plural(Number(limit), "task")} opened` : `${plural(Number(limit), "email")} sent`} today.`,
  },
  "limit:linkedin_day": {
    means:
      "The user who does the task has reached the team's daily limit of such LinkedIn tasks. Tasks that are done today count, and open tasks that are due.",
    says: ({ userName, type, limit, done, open }) =>
      `${userName} has reached the daily limit of ${plural(Number(limit), LINKEDIN[String(type)] ?? "LinkedIn task")}: ${done} done today, ${open} open.`,
  },
  waits_for_person: {
    means: "The step is a task for a user. The contact continues when the task is completed or skipped.",
    says: ({ who, type, dueAt, failure }, at) =>
      `${who} has to ${DOING[String(type)] ?? "complete the task"}, due ${at(dueAt)}.${failure ? ` The email was not sent: ${wordsFor(text(failure))}.` : ""}`,
  },
  waits_for_condition: {
    means:
      "The contact is at a branch and waits for its condition. If it becomes true in time, the contact takes the yes path, otherwise the no path.",
    says: ({ condition, until }, at) =>
      `The contact takes the yes path as soon as this is true: ${condition}. Otherwise the contact takes the no path on ${at(until)}.`,
  },
  server_hangs: {
    means:
      "The mail server has not answered since it was given an email. Cadenza gives up after a while and tries again later.",
    says: ({ email, since }, at) =>
      `The mail server of ${email} has not answered since ${at(since)}. Emails wait for its answer.`,
  },
  lock_held: {
    means:
      "Another database session has locked data that the step needs for more than 5 seconds. It may be a database login, a very large change, or a person who works in the database directly.",
    says: ({ lock, holder, since, waiting, advice }, at) => {
      const many = `${plural(Number(waiting), "due contact")} ${waiting === 1 ? "continues" : "continue"}`;
      const then = waiting === undefined ? "The step continues" : many;
      return `${LOCKED[lock as LockKind] ?? "A row"} is locked by ${holder}, in a transaction open since ${at(since)}. ${then} when that ends. ${advice}`;
    },
  },
  queue: {
    means: "Other emails of the same mailbox go out first. Their number is exact; the time is an estimate.",
    says: ({ before, email, atLeast }) =>
      `${atLeast ? "At least " : ""}${plural(Number(before), "email")} of ${email} ${before === 1 ? "goes" : "go"} out first.`,
  },
};

/** Who says that others are the right ones to ask has answered all the same: it is said, so that a person can decide. */
function colleague(
  { repliedAt, replyClass, elsewhere }: Evidence,
  at: (value: EvidenceValue | undefined) => string,
) {
  const where = elsewhere === true ? " to another sequence" : "";
  const flag = replyClass === NOT_THE_RIGHT_ONE ? " and is not the right person" : "";
  return `A colleague replied${where} on ${at(repliedAt)}${flag}`;
}

const NOT_THE_RIGHT_ONE = APOLLO_CLASS.not_right_person;

const HELD_BECAUSE: Record<string, string> = {
  answered: "The contact replied",
  maybe_answered: "An email may be a reply of the contact",
  maybe_opted_out: "An email of the contact may be an unsubscribe request",
  maybe_bounced: "A bounce report says that the address may not exist",
  automatic: "An automatic reply came in for the contact",
  unclear: "An email of the contact could not be classified",
};

const TOUCHED: Record<string, (key: string | null) => string> = {
  person: () => "one contact",
  company: () => "one company",
  domain: (key) => `addresses at ${key ?? "one domain"}`,
};

const DOING: Record<string, string> = {
  call: "make the call",
  action_item: "do the task",
  outreach_manual_email: "send the email",
  sms: "send the text message",
  whatsapp: "send the WhatsApp message",
  linkedin_step_connect: "send the LinkedIn invitation",
  linkedin_step_message: "send the LinkedIn message",
  linkedin_step_view_profile: "view the LinkedIn profile",
  linkedin_step_interact_post: "interact with a LinkedIn post",
};

const LINKEDIN: Record<string, string> = {
  linkedin_step_connect: "LinkedIn invitation",
  linkedin_step_message: "LinkedIn message",
  linkedin_step_view_profile: "LinkedIn profile view",
  linkedin_step_interact_post: "LinkedIn post interaction",
};

const KINDS: Record<string, string> = {
  email: "an entry for it",
  domain: "an entry for its domain",
  pattern: "a pattern",
};

function text(value: EvidenceValue | undefined) {
  return typeof value === "string" ? value : null;
}

function list(value: EvidenceValue | undefined) {
  return Array.isArray(value) ? value.join(", ") : "";
}

function brakeHolds(of: "mailbox" | "sequence" | "team"): Words["says"] {
  return ({ level, figures }) =>
    `A brake of the ${of} holds ${level === "paused" ? "all emails of sequences" : "first emails"}: ${text(figures)}.`;
}
