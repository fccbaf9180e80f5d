// The contact, and who they belong to.

import { codeWords } from "../../../kernel/code-words.ts";
import { say, texts } from "../../../kernel/say.ts";
import type { Evidence, EvidenceValue } from "../../basics/evidence.ts";
import type { OF_PERSON } from "../../gate/gate-of-person.ts";
import { APOLLO_CLASS } from "../../receiving/inbound-outcome.ts";
import type { Words } from "./words.ts";

export const WORDS_OF_PERSON = texts({
  contact_unsubscribed: {
    means: "The contact has unsubscribed. Only the contact or an admin can undo this.",
    says: () => say("The contact has unsubscribed."),
  },
  contact_do_not_contact: {
    means: "The contact is marked as do not contact.",
    says: () => say("The contact is marked as do not contact."),
  },
  contact_paused: {
    means:
      "The contact asked for a pause, or a user set one. Sending continues by itself when the pause ends.",
    says: ({ pausedUntil }, at) =>
      say("The contact asked for a pause until {pausedUntil}.", { pausedUntil: at(pausedUntil) }),
  },
  answer_unsettled: {
    means:
      "The contact may have replied, and the reply is not settled yet. Automatic emails stop until a user settles it in the inbox or its waiting time ends. A possible unsubscribe request always waits for a user.",
    says: ({ reason, since, until }, at) =>
      say(
        "{reason} ({since}). It is not settled yet. No automatic email goes out before it is{hasUntil, select, yes { or before {until}} other {}}.",
        {
          reason: HELD_BECAUSE[String(reason)] ?? HELD_BECAUSE.unclear,
          since: at(since),
          until: at(until),
          hasUntil: until ? "yes" : "no",
        },
      ),
  },
  suppressed: {
    means: "The address, its domain or a pattern that matches it is on the do not email list.",
    says: ({ kind, source }) =>
      say("This address is on the do not email list, because of {kind} ({source}).", {
        kind: KINDS[String(kind)],
        source,
      }),
  },
  contact_stage_safeguard: {
    means: "The contact is in a stage that the sequence excludes.",
    says: ({ stage }) => say("This sequence excludes contacts in the stage {stage}.", { stage }),
  },
  account_stage_safeguard: {
    means: "The contact's account is in a stage that the sequence excludes.",
    says: ({ stage }) =>
      say("This sequence excludes contacts whose account is in the stage {stage}.", { stage }),
  },
  same_account_reply: {
    means: "A colleague of the contact replied. The sequence then stops emails to the rest of the company.",
    says: (evidence, at) =>
      say("{colleague}. The sequence then stops emails to the rest of the company.", {
        colleague: colleague(evidence, at),
      }),
  },
  "delayed:same_account_reply": {
    means:
      "A colleague of the contact replied. The sequence then waits some days before it emails the rest of the company.",
    says: (evidence, at) =>
      say(
        "{colleague}. The rest of the company is emailed {days, plural, one {# day} other {# days}} later.",
        { colleague: colleague(evidence, at), days: Number(evidence.days) },
      ),
  },
  ownership_permission: {
    means:
      "The owner of the sequence or of the mailbox has left the team, or the mailbox no longer has the chosen sender address.",
    says: ({ who, address }) => {
      if (who === "address") return say("The mailbox can no longer send from {address}.", { address });
      return who === "sequence_owner"
        ? say("The owner of the sequence has left the team.")
        : say("The owner of the mailbox has left the team.");
    },
  },
  email_skipped: {
    means:
      "The contact was added without an email address: email steps are skipped, calls and tasks still happen.",
    says: () => say("The contact has no email address, so this email is skipped and the next step follows."),
  },
  email_missing: {
    means: "The contact has no email address.",
    says: () => say("The contact has no email address."),
  },
  email_format_invalid: {
    means: "The contact's email address is invalid.",
    says: ({ email }) => say("The email address {email} is invalid.", { email }),
  },
  same_address_in_sequence: {
    means:
      "Another contact in the sequence has the same email address and gets each email first. This contact waits until one of the two has another address or is removed.",
    says: ({ email }) =>
      say(
        "Another contact in this sequence has the address {email} and gets the email first, so that the address gets each step only once.",
        { email },
      ),
  },
  not_valid_hard_bounce_detected: {
    means: "An email to this address hard bounced.",
    says: ({ email }) => say("An email to {email} hard bounced.", { email }),
  },
  email_unverified: {
    means:
      "The email address is not verified, and the contact was added without allowing unverified addresses.",
    says: ({ emailStatus }) =>
      say("The email address is not verified (status: {emailStatus}).", {
        emailStatus: codeWords(emailStatus ?? "unknown"),
      }),
  },
  new_job_change_detected: {
    means: "The contact changed jobs after being added.",
    says: ({ detectedAt }, at) =>
      say("The contact changed jobs (detected on {detectedAt}).", { detectedAt: at(detectedAt) }),
  },
  sample_person: {
    means:
      "The contact is an invented person of the sample. Such contacts get email through the test inbox only.",
    says: ({ email }) =>
      say("{email} is an invented address of the sample. Real mailboxes do not send to it.", { email }),
  },
} satisfies Record<keyof typeof OF_PERSON, Words>);

/** Who says that others are the right ones to ask has answered all the same: it is said, so that a person can decide. */
function colleague(
  { repliedAt, replyClass, elsewhere }: Evidence,
  at: (value: EvidenceValue | undefined) => string,
) {
  const where = elsewhere === true ? say(" to another sequence") : "";
  const flag = replyClass === NOT_THE_RIGHT_ONE ? say(" and is not the right person") : "";
  return say("A colleague replied{where} on {repliedAt}{flag}", { where, repliedAt: at(repliedAt), flag });
}

const NOT_THE_RIGHT_ONE = APOLLO_CLASS.not_right_person;

const HELD_BECAUSE: Record<string, string> = texts({
  answered: "The contact replied",
  maybe_answered: "An email may be a reply of the contact",
  maybe_opted_out: "An email of the contact may be an unsubscribe request",
  maybe_bounced: "A bounce report says that the address may not exist",
  automatic: "An automatic reply came in for the contact",
  unclear: "An email of the contact could not be classified",
});

const KINDS: Record<string, string> = texts({
  email: "an entry for it",
  domain: "an entry for its domain",
  pattern: "a pattern",
});
