// What holds somebody, in words: one sentence of each kind for the docs, one about the case at hand for whoever asks.

import { lengthOf, plural } from "./clock-words.ts";
import type { Evidence, EvidenceValue } from "./evidence.ts";
import { wordsFor } from "./failure-words.ts";
import type { GateCode } from "./gate.ts";
import { holidaySays } from "./holidays.ts";
import { APOLLO_CLASS } from "./inbound-outcome.ts";
import { ofWhichElsewhere } from "./sent-elsewhere.ts";

/** Beside the gate's own: others that go first, a server that does not answer, people who have it to do, and sequences in which there is nothing to do. */
export type HoldCode = GateCode | "queue" | "server_hangs" | "nobody_waits" | "no_steps" | "waits_for_person";

/** `at` prints an instant for whoever reads it. */
type Words = {
  means: string;
  says: (evidence: Evidence, at: (value: EvidenceValue | undefined) => string) => string;
};

export const HOLD_WORDS: Record<HoldCode, Words> = {
  not_due: {
    means:
      "The step is not due yet: its wait was made longer, or the contact was paused and resumed, after the mail was queued.",
    says: ({ dueAt }, at) => `The step is due on ${at(dueAt)}, and its mail waits until then.`,
  },
  sequence_archived: {
    means: "The sequence was archived: everybody in it is through.",
    says: () => "The sequence is archived.",
  },
  sequence_inactive: {
    means: "The sequence is switched off: nobody in it goes on until it is switched on.",
    says: () => "The sequence is switched off.",
  },
  no_steps: {
    means: "The sequence has no step, so there is nothing to do.",
    says: () => "The sequence has no steps.",
  },
  nobody_waits: {
    means: "Nobody in the sequence waits for a step.",
    says: () => "Nobody is active in this sequence.",
  },
  step_removed: {
    means:
      "The step they waited at is no longer part of the sequence. They go on after the last one that was done for them, within the hour.",
    says: ({ hasSteps }) =>
      hasSteps === false
        ? "There is no step for them in the sequence."
        : "The step they waited at was removed. They go on with the one that comes next, within the hour.",
  },
  step_off: {
    means: "The step is switched off.",
    says: ({ position }) => `Step ${position} is switched off.`,
  },
  enrollment_removed: {
    means: "They were taken out of the sequence.",
    says: ({ reason }) =>
      `They were removed from the sequence${reason ? `: ${wordsFor(String(reason))}` : ""}.`,
  },
  enrollment_finished: {
    means: "They are through with the sequence.",
    says: ({ reason }) => `They are finished: ${wordsFor(text(reason))}.`,
  },
  enrollment_failed: {
    means: "A step could not be carried out, and they do not go on until somebody tries again.",
    says: ({ failure }) => `A step failed: ${wordsFor(text(failure))}.`,
  },
  enrollment_paused: {
    means: "They are paused, until a date or until somebody resumes them.",
    says: ({ reason }) => `They are paused: ${wordsFor(text(reason))}.`,
  },
  contact_unsubscribed: {
    means: "The contact has unsubscribed. Nobody but the contact can take that back.",
    says: () => "The contact has unsubscribed.",
  },
  contact_do_not_contact: {
    means: "The contact is marked do not contact.",
    says: () => "The contact is marked do not contact.",
  },
  contact_paused: {
    means: "The contact asked for a pause, or somebody noted one. They go on by themselves when it is over.",
    says: ({ pausedUntil }, at) => `The contact is not to be written to until ${at(pausedUntil)}.`,
  },
  answer_unsettled: {
    means:
      "The contact has answered, and nobody has said what the answer was. No automatic mail goes to them until it is settled in the inbox or its time has passed; a possible opt-out waits without end.",
    says: ({ reason, since, until }, at) =>
      `${HELD_BECAUSE[String(reason)] ?? HELD_BECAUSE.unclear} (${at(since)}), and nobody has settled it yet. No automatic mail goes out before that${until ? ` or before ${at(until)}` : ""}.`,
  },
  suppressed: {
    means: "The address, its domain or a pattern it fits is on the team's suppression list.",
    says: ({ kind, source }) =>
      `The team's suppression list bars this address, by ${KINDS[String(kind)]} (${source}).`,
  },
  contact_stage_safeguard: {
    means: "The contact is in a stage that the sequence leaves alone.",
    says: ({ stage }) => `This sequence leaves contacts in the stage ${stage} alone.`,
  },
  account_stage_safeguard: {
    means: "The contact's account is in a stage that the sequence leaves alone.",
    says: ({ stage }) => `This sequence leaves contacts alone whose account is in the stage ${stage}.`,
  },
  same_account_reply: {
    means: "A colleague has replied, and the sequence does not mail the others then.",
    says: (evidence, at) => `${colleague(evidence, at)}, and the sequence does not mail the others then.`,
  },
  "delayed:same_account_reply": {
    means: "A colleague has replied, and the sequence mails the others some days later.",
    says: (evidence, at) =>
      `${colleague(evidence, at)}, and the others are mailed ${plural(Number(evidence.days), "day")} later.`,
  },
  ownership_permission: {
    means:
      "Whoever owns the sequence, or the mailbox it is mailed from, has left the team; or the mailbox no longer has the address that was chosen.",
    says: ({ who, address }) => {
      if (who === "address") return `${address} is no longer an address of the mailbox.`;
      return who === "sequence_owner"
        ? "The owner of the sequence has left."
        : "The owner of the mailbox has left.";
    },
  },
  email_skipped: {
    means:
      "The contact has no email address and was added without one: mails are skipped, calls and tasks happen.",
    says: () => "The contact has no email address, so this mail is skipped and the next step follows.",
  },
  email_missing: {
    means: "The contact has no email address.",
    says: () => "The contact has no email address.",
  },
  email_format_invalid: {
    means: "What stands as the contact's email address is none.",
    says: ({ email }) => `${email} is not an email address.`,
  },
  same_address_in_sequence: {
    means:
      "Another contact in the sequence has the same email address and is mailed first. Nobody is mailed one step twice, so this contact waits until one of them has another address or is taken out.",
    says: ({ email }) =>
      `Another contact in this sequence has the address ${email} and is mailed first, so that nobody gets a step twice.`,
  },
  not_valid_hard_bounce_detected: {
    means: "Mail to this address bounced for good.",
    says: ({ email }) => `Mail to ${email} bounced for good.`,
  },
  email_unverified: {
    means: "The address is not verified, and whoever added the contact did not say that it will do.",
    says: ({ emailStatus }) => `The email address is not verified: it is ${emailStatus ?? "unknown"}.`,
  },
  new_job_change_detected: {
    means: "Since they were added, the contact has changed jobs.",
    says: ({ detectedAt }, at) => `The contact changed jobs, which was noticed on ${at(detectedAt)}.`,
  },
  needs_review: {
    means: "No mail of the step is approved.",
    says: ({ position, mails }) =>
      mails === 0 ? `Step ${position} has no mail.` : `No mail of step ${position} is approved.`,
  },
  mail_unreadable: {
    means: "The mail cannot be put together for anybody.",
    says: ({ fault }) => `The mail cannot be put together: ${fault}`,
  },
  snippets_missing: {
    means: "The mail names something that is not known of the contact.",
    says: ({ missing }) => `The mail needs ${list(missing)}, which is not known of this contact.`,
  },
  personalized_opener_missing: {
    means: "The mail begins with a personal sentence that nobody has written.",
    says: () => "Nobody has written the mail's personal opening sentence.",
  },
  thread_reply_original_email_missing: {
    means: "The mail is a reply, and nothing was sent before that it could reply to.",
    says: () => "The mail is a reply, and nothing was sent to this contact before.",
  },
  no_active_email_account: {
    means: "No mailbox is there to send from. It is waited for 72 hours.",
    says: ({ email, reason }) =>
      email === null ? "No mailbox is chosen." : `The mailbox ${email} is not connected (${reason}).`,
  },
  outside_window: {
    means: "The schedule is closed at this hour, or on this day.",
    says: ({ opensAt, holiday, holidayIn, holidayOn }, at) => {
      if (!opensAt) return "The schedule never opens.";
      const closed = `The schedule is closed until ${at(opensAt)}.`;
      if (typeof holiday !== "string" || typeof holidayOn !== "string") return closed;
      const of = typeof holidayIn === "string" ? holidayIn : null;
      return `${holidaySays({ name: holiday, of }, Temporal.PlainDate.from(holidayOn))} ${closed}`;
    },
  },
  "limit:mailbox_day": {
    means: "The mailbox has sent as many mails within 24 hours as it may.",
    says: ({ email, limit, sent, elsewhere }) =>
      `${email} may send ${plural(Number(limit), "mail")} in 24 hours, and has sent ${sent}${ofWhichElsewhere(Number(elsewhere ?? 0))}.`,
  },
  "limit:mailbox_hour": {
    means: "The mailbox has sent as many mails within an hour as it may.",
    says: ({ email, limit, sent, elsewhere }) =>
      `${email} may send ${plural(Number(limit), "mail")} in an hour, and has sent ${sent}${ofWhichElsewhere(Number(elsewhere ?? 0))}.`,
  },
  delivery_unconfirmed: {
    means:
      "Nobody can know whether the mail server took the mail. Nothing goes on until that is found out or decided.",
    says: ({ sentAt }, at) =>
      `The connection broke on ${at(sentAt)} after the mail was handed over and before the server said it had it.`,
  },
  instance_fenced: {
    means:
      "The database has woken up elsewhere, or from a back-up. Nothing is sent until an operator confirms that it is no copy.",
    says: () =>
      "No mail is sent, because this may be a copy of a database that another Cadenza sends from. An operator has to confirm that it is not.",
  },
  provider_rate_limited: {
    means: "The mailbox's server could not be reached or asked for patience, and is left alone for a while.",
    says: ({ email, reason }) =>
      `The server of ${email} is left alone for a while${reason ? `: ${reason}` : ""}.`,
  },
  inbox_unread: {
    means:
      "The mailbox's inbox was last read too long ago (`CADENZA_INBOX_AGE_MS`, five minutes unless set otherwise). An answer or an opt-out may lie there, so its mails wait until it has been read.",
    says: ({ email, readAt, trouble }, at) =>
      `The inbox of ${email} ${readAt ? `was last read on ${at(readAt)}` : "has not been read yet"}${trouble ? `, and could not be read since: ${trouble}` : ""}. An answer may lie there, so no mail goes out from it before it has been read.`,
  },
  "limit:mailbox_gap": {
    means: "The mailbox pauses between two mails.",
    says: ({ email, gapSeconds, lastSentAt, elsewhere }, at) =>
      `${email} pauses ${lengthOf(Number(gapSeconds))} after each mail, and ${elsewhere ? "one was sent elsewhere" : "sent one"} on ${at(lastSentAt)}.`,
  },
  sample_person: {
    means: "The contact is one of the sample's invented people, who are mailed through the catcher only.",
    says: ({ email }) => `${email} is invented, for the sample: a real mailbox does not mail there.`,
  },
  "limit:domain_day": {
    means: "The team has sent as many mails to this company within 24 hours as it may.",
    says: ({ domain, limit, sent }) =>
      `The team may send ${plural(Number(limit), "mail")} to ${domain} within 24 hours, and has sent ${sent}.`,
  },
  "limit:touches": {
    means:
      "The team has touched this person, their company or their domain as often in so many days as it may, over all sequences and mails by hand.",
    says: ({ scope, counts, key, limit, days, sent }) =>
      `The team may ${counts === "emails" ? `send ${plural(Number(limit), "mail")} to` : `touch`} ${TOUCHED[String(scope)]?.(text(key)) ?? "them"}${counts === "emails" ? "" : ` ${timesOf(Number(limit))}`} within ${plural(Number(days), "day")}, and has done so ${timesOf(Number(sent))}.`,
  },
  "limit:sequence_day": {
    means: "The sequence has sent as many mails today as it may.",
    says: ({ limit, sent }) =>
      `The sequence may send ${plural(Number(limit), "mail")} a day, and has sent ${sent} today.`,
  },
  "limit:step_day": {
    means: "The step has sent as many mails today as it may.",
    says: ({ limit, sent }) =>
      `The step may send ${plural(Number(limit), "mail")} a day, and has sent ${sent} today.`,
  },
  waits_for_person: {
    means: "A person is to do it. Whoever it is about goes on when the task is done or skipped.",
    says: ({ who, type, dueAt, failure }, at) =>
      `It waits for ${who} to ${DOING[String(type)] ?? "do it"}, due ${at(dueAt)}.${failure ? ` The mail was not sent: ${wordsFor(text(failure))}.` : ""}`,
  },
  server_hangs: {
    means:
      "The mailbox's server was given a mail and has not answered since. It is given up after a while, and left alone.",
    says: ({ email, since }, at) =>
      `The server of ${email} was asked on ${at(since)} and has not answered since. Mails wait for it.`,
  },
  queue: {
    means:
      "Other mails of the same mailbox are due before. How many is counted, when its turn comes is an estimate.",
    says: ({ before, email, atLeast }) =>
      `${atLeast ? "At least " : ""}${plural(Number(before), "mail")} of ${email} ${before === 1 ? "is" : "are"} due before.`,
  },
};

/** Who says that others are the right ones to ask has answered all the same: it is said, so that a person can decide. */
function colleague(
  { repliedAt, replyClass, elsewhere }: Evidence,
  at: (value: EvidenceValue | undefined) => string,
) {
  const where = elsewhere === true ? " to another sequence" : "";
  const flag = replyClass === NOT_THE_RIGHT_ONE ? ", as somebody who is not the right person" : "";
  return `A colleague replied${where} on ${at(repliedAt)}${flag}`;
}

const NOT_THE_RIGHT_ONE = APOLLO_CLASS.not_right_person;

const HELD_BECAUSE: Record<string, string> = {
  answered: "The contact has answered",
  maybe_answered: "A mail may be an answer of the contact",
  maybe_opted_out: "A mail of the contact may ask for no more mail",
  maybe_bounced: "A report says that the address may be dead",
  automatic: "A machine has answered for the contact",
  unclear: "A mail of the contact could not be understood",
};

const TOUCHED: Record<string, (key: string | null) => string> = {
  person: () => "one person",
  company: () => "one company",
  domain: (key) => `addresses at ${key ?? "one domain"}`,
};

function timesOf(count: number) {
  return count === 1 ? "once" : `${count.toLocaleString("en-US")} times`;
}

const DOING: Record<string, string> = {
  call: "make the call",
  action_item: "do the task",
  outreach_manual_email: "send the e-mail",
  linkedin_step_connect: "send the LinkedIn invitation",
  linkedin_step_message: "send the LinkedIn message",
  linkedin_step_view_profile: "look at the LinkedIn profile",
  linkedin_step_interact_post: "react on LinkedIn",
};

const KINDS: Record<string, string> = { email: "its own entry", domain: "its domain", pattern: "a pattern" };

function text(value: EvidenceValue | undefined) {
  return typeof value === "string" ? value : null;
}

function list(value: EvidenceValue | undefined) {
  return Array.isArray(value) ? value.join(", ") : "";
}
