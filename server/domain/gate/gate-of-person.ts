// Rows of the gate's table (gate.ts). What is known of the contact, the address and the company.

import { pauseInForce } from "../contacts/pausing.ts";
import { type Check, fails, skips, waits } from "./gate-rules.ts";
import { changedJob, colleagueReplied, delayedByReply, mayNotSend, unverified } from "./gate-standing.ts";

export const OF_PERSON = {
  contact_unsubscribed: {
    ...fails("suppressed", {
      of: "all",
      about: "address",
      locks: ["addresses", "contact"],
      lifts: ["admin", "reader"],
    }),
    look: ({ person }) =>
      person.isUnsubscribed ? { evidence: { contactId: person.id }, since: person.unsubscribedAt } : null,
  },
  contact_do_not_contact: {
    ...fails("suppressed", { of: "all", about: "address", locks: ["addresses", "contact"], lifts: ["user"] }),
    look: ({ person }) => (person.isDoNotContact ? { evidence: { contactId: person.id } } : null),
  },
  suppressed: {
    ...fails("suppressed", { of: "all", about: "address", locks: ["addresses"], lifts: ["admin"] }),
    look: ({ person: { suppression, email } }) =>
      suppression && {
        evidence: {
          suppressionId: suppression.id,
          kind: suppression.kind,
          source: suppression.source,
          email,
        },
        since: suppression.at,
      },
  },
  contact_paused: {
    ...waits({
      of: "all",
      about: "address",
      locks: ["contact"],
      clock: "database",
      lifts: ["user", "reader", "time"],
      lookAgain: { hours: 1 },
    }),
    look: ({ person: { pausedUntil, id }, now }) =>
      pauseInForce(pausedUntil, now) && { evidence: { contactId: id, pausedUntil }, until: pausedUntil },
  },
  answer_unsettled: {
    ...waits({
      of: "automatic",
      about: "address",
      locks: ["answers", "contact"],
      clock: "database",
      lifts: ["user", "time"],
      lookAgain: { hours: 1 }, // settling the answer wakes it, but not what is being judged at that moment
    }),
    look: ({ person: { answerHold: hold, id }, now }) => {
      if (!hold || (hold.until && Temporal.Instant.compare(hold.until, now) <= 0)) return null;
      const { incomingMailId, reason, since, until } = hold;
      return { evidence: { contactId: id, incomingMailId, reason, since, until }, since, until };
    },
  },
  contact_stage_safeguard: {
    ...fails("contact_stage_safeguard", { of: "all", about: "contact", locks: ["gates"], lifts: ["user"] }),
    look: ({ person: { excludedStage, id } }) =>
      excludedStage && {
        evidence: { contactId: id, contactStageId: excludedStage.id, stage: excludedStage.name },
      },
  },
  account_stage_safeguard: {
    ...fails("account_stage_safeguard", { of: "all", about: "company", locks: ["gates"], lifts: ["user"] }),
    look: ({ person: { excludedAccountStage: stage } }) =>
      stage && { evidence: { accountId: stage.accountId, accountStageId: stage.id, stage: stage.name } },
  },
  same_account_reply: {
    ...fails("same_account_reply", { of: "mails", about: "company", locks: ["gates"], lifts: ["user"] }),
    look: (facts) => colleagueReplied(facts, "mark_not_sent"),
  },
  "delayed:same_account_reply": {
    ...waits({
      of: "mails",
      about: "company",
      locks: ["gates"],
      clock: "database",
      lifts: ["user", "time"],
      lookAgain: { minutes: 15 },
    }),
    look: delayedByReply,
  },
  ownership_permission: {
    ...fails("ownership_permission", {
      of: "all",
      about: "sequence",
      locks: ["gates", "mailbox"],
      lifts: ["admin"],
    }),
    look: mayNotSend,
  },
  sample_person: {
    ...fails("other_safeguard", { of: "mails", about: "contact", locks: ["contact"], lifts: ["nobody"] }),
    look: ({ isInvented, person, mailbox }) =>
      isInvented
        ? { evidence: { contactId: person.id, email: person.email, mailboxId: mailbox?.id ?? null } }
        : null,
  },
  email_skipped: {
    ...skips({ of: "mails", about: "contact", locks: ["contact"], lifts: ["user"] }),
    look: ({ person: { id, email, mayLackAddress } }) =>
      email === null && mayLackAddress ? { evidence: { contactId: id } } : null,
  },
  email_missing: {
    ...fails("email_format_invalid", { of: "mails", about: "contact", locks: ["contact"], lifts: ["user"] }),
    look: ({ person }) =>
      person.email === null && !person.mayLackAddress ? { evidence: { contactId: person.id } } : null,
  },
  email_format_invalid: {
    ...fails("email_format_invalid", { of: "mails", about: "contact", locks: ["contact"], lifts: ["user"] }),
    look: ({ person: { email, isAddressSound, id } }) =>
      email === null || isAddressSound ? null : { evidence: { contactId: id, email } },
  },
  // Within a sequence the person is the address: who joins with one that is there is left out, and who is given it later waits.
  same_address_in_sequence: {
    ...waits({
      of: "mails",
      about: "enrollment",
      locks: ["contact", "enrollment"],
      lifts: ["user"],
      lookAgain: { minutes: 15 },
    }),
    look: ({ person: { sameAddress, id, email } }) =>
      sameAddress && { evidence: { contactId: id, email, otherContactId: sameAddress.contactId } },
  },
  not_valid_hard_bounce_detected: {
    ...fails("not_valid_hard_bounce_detected", {
      of: "mails",
      about: "address",
      locks: ["addresses", "contact"],
      lifts: ["user"],
    }),
    look: ({ person }) =>
      person.hasBounced
        ? { evidence: { contactId: person.id, email: person.email }, since: person.bouncedAt }
        : null,
  },
  email_unverified: {
    ...fails("email_unverified", { of: "mails", about: "contact", locks: ["gates"], lifts: ["user"] }),
    look: unverified,
  },
  new_job_change_detected: {
    ...fails("new_job_change_detected", { of: "mails", about: "contact", locks: ["gates"], lifts: ["user"] }),
    look: changedJob,
  },
} satisfies Record<string, Check>;
