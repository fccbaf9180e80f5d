// The call that mends what holds somebody, ready to be sent as it is. Where nothing that could be sent now would mend
// it, or whoever asks may not send it, there is none: a value that only a person knows, a consent that only the contact
// can give.

import type { EvidenceValue } from "../../domain/evidence.ts";
import type { HeldBy } from "../../domain/explaining.ts";
import type { HoldCode } from "../../domain/hold-words.ts";
import type { Means } from "../../domain/means.ts";

type Method = "POST" | "PUT" | "PATCH" | "DELETE";
export type Fix = { label: string; method: Method; path: string; body: Record<string, unknown> | null };

type Made = { id: string; body?: Record<string, unknown>; label: string } | null;

type FixRule = {
  /** As the docs show it. */
  call: string;
  make(means: Means, evidence: HeldBy["evidence"]): Made;
};

const CONTACTS = "/emailer_campaigns/{id}";

export const FIXES: Record<HoldCode, readonly FixRule[]> = {
  sequence_archived: [
    ofSequence(`PUT ${CONTACTS}`, "Take the sequence out of the archive", { archived: false }, "mayManage"),
  ],
  sequence_inactive: [ofSequence(`POST ${CONTACTS}/approve`, "Switch the sequence on")],
  no_steps: [],
  nobody_waits: [],
  queue: [],
  waits_for_person: [
    ofTask("POST /emailer_messages/{id}/send_now", "messageId", "Send the mail as it is"),
    ofTask("POST /tasks/{id}/complete", "taskId", "Complete the task"),
  ],
  step_removed: [], // the engine finds them another step, as soon as there is one
  not_due: [],
  step_off: [ofStep("Switch the step on", () => ({ enabled: true }))],
  enrollment_removed: [],
  enrollment_finished: [
    ofPeople(
      "restart_contact_ids",
      "Start over at the first step",
      ({ canRestart }, { reason }) => canRestart && BY_HAND.includes(String(reason)),
    ),
  ],
  enrollment_failed: [
    ofPeople("retry_contact_ids", "Try the same step again", ({ canRetry }) => canRetry, ["failed"]),
    ofPeople(
      "restart_contact_ids",
      "Start over at the first step",
      ({ canRestart, hasLostStep }) => canRestart && hasLostStep,
    ),
  ],
  enrollment_paused: [ofPeople("resume_contact_ids", "Resume now", ({ canResume }) => canResume, ["paused"])],
  contact_unsubscribed: [],
  contact_do_not_contact: [ofContact("Lift do not contact", () => ({ do_not_contact: false }))],
  answer_unsettled: [
    {
      call: "POST /incoming_mails/{id}/settle",
      make: (_, { incomingMailId, reason }) =>
        reason === "maybe_opted_out" || !incomingMailId
          ? null
          : { id: String(incomingMailId), label: "Settle the answer as it was read" },
    },
  ],
  contact_paused: [ofContact("Lift the pause", () => ({ paused_until: null }))],
  suppressed: [
    {
      call: "DELETE /suppressions/{id}",
      make: (_, { suppressionId, source }) =>
        source === "person" || source === "import"
          ? { id: String(suppressionId), label: "Lift the bar on this address" }
          : null,
    },
  ],
  contact_stage_safeguard: [
    {
      call: "POST /contacts/update_stages",
      make: ({ freeStage, contactId }) =>
        freeStage && contactId
          ? {
              id: "",
              body: { contact_ids: [contactId], contact_stage_id: freeStage.id },
              label: `Move the contact to the stage ${freeStage.name}`,
            }
          : null,
    },
  ],
  account_stage_safeguard: [
    {
      call: "PATCH /accounts/{id}",
      make: ({ freeAccountStage: stage }, { accountId }) =>
        stage && {
          id: String(accountId),
          body: { account_stage_id: stage.id },
          label: `Move the account to the stage ${stage.name}`,
        },
    },
  ],
  same_account_reply: [mailColleagues()],
  "delayed:same_account_reply": [mailColleagues()],
  ownership_permission: [
    {
      call: `PUT ${CONTACTS}`,
      make: ({ mayManage, sequenceId, callerId }, { who }) =>
        who === "sequence_owner" && mayManage && sequenceId
          ? { id: sequenceId, body: { user_id: callerId }, label: "Take the sequence over" }
          : null,
    },
    otherMailbox(({ who }) => who === "mailbox_user" || who === "address"),
  ],
  email_skipped: [],
  email_missing: [otherAddress()],
  email_format_invalid: [otherAddress()],
  same_address_in_sequence: [otherAddress()],
  not_valid_hard_bounce_detected: [otherAddress()],
  email_unverified: [ofContact("Say that the address is right", () => ({ email_status: "verified" }))],
  new_job_change_detected: [ofContact("Dismiss the job change", () => ({ job_change_event: null }))],
  needs_review: [
    {
      call: "POST /emailer_touches/{id}/approve",
      make: ({ mayEdit, toApprove }, { stepId, position }) => {
        const touchId = toApprove.get(String(stepId));
        return mayEdit && touchId ? { id: touchId, label: `Approve the mail of step ${position}` } : null;
      },
    },
  ],
  mail_unreadable: [],
  snippets_missing: [],
  personalized_opener_missing: [
    ofTouch("Send it without an opening sentence", {
      personalized_opener_fallback_option: "send_without_opener",
    }),
  ],
  thread_reply_original_email_missing: [ofTouch("Send it as a new mail", { type: "new_thread" })],
  no_active_email_account: [otherMailbox(() => true)],
  outside_window: [],
  "limit:mailbox_day": [
    otherMailbox(() => true),
    ofMailbox("email_daily_threshold", (most) => `Let this mailbox send ${most} mails in 24 hours`),
  ],
  "limit:mailbox_hour": [
    otherMailbox(() => true),
    ofMailbox("max_outbound_emails_per_hour", (most) => `Let this mailbox send ${most} mails an hour`),
  ],
  // What became of a mail is decided at the mail. As sent, because nobody gets it twice then.
  delivery_unconfirmed: [
    {
      call: "POST /emailer_messages/{id}/resolve",
      make: ({ unclearMailId }) =>
        unclearMailId ? { id: unclearMailId, body: { as: "sent" }, label: "Treat the mail as sent" } : null,
    },
  ],
  instance_fenced: [
    {
      call: "POST /installation/sending/confirm",
      make: ({ isOperator }) => (isOperator ? { id: "", label: "Send from here: no other one does" } : null),
    },
  ],
  provider_rate_limited: [],
  inbox_unread: [otherMailbox(({ trouble }) => typeof trouble === "string")],
  server_hangs: [],
  sample_person: [],
  "limit:domain_day": [
    {
      call: "PATCH /teams/current",
      make: ({ isAdmin }, { limit, sent }) =>
        isAdmin
          ? {
              id: "",
              body: { max_emails_per_recipient_domain_per_day: raised(limit, sent) },
              label: `Let the team send ${raised(limit, sent)} mails a day to one company`,
            }
          : null,
    },
  ],
  "limit:touches": [],
  "limit:mailbox_gap": [],
  "limit:sequence_day": [
    {
      call: `PUT ${CONTACTS}`,
      make: ({ mayEdit, sequenceId }, { limit, sent }) =>
        mayEdit && sequenceId
          ? {
              id: sequenceId,
              body: { max_emails_per_day: raised(limit, sent) },
              label: `Let the sequence send ${raised(limit, sent)} mails a day`,
            }
          : null,
    },
  ],
  "limit:step_day": [
    ofStep("Raise the step's limit", ({ limit, sent }) => ({ max_emails_per_day: raised(limit, sent) })),
  ],
};

/** The first call that would mend it. */
export function presentFix({ code, evidence }: Pick<HeldBy, "code" | "evidence">, means: Means): Fix | null {
  for (const { call, make } of FIXES[code]) {
    const made = make(means, evidence);
    const [method, path = ""] = call.split(" ") as [Method, string];
    if (made)
      return {
        label: made.label,
        method,
        path: `/api/v1${path.replace("{id}", made.id)}`,
        body: made.body ?? null,
      };
  }
  return null;
}

/** Ended by somebody, or at the end: not by anything that the contact did. */
const BY_HAND = ["manually finished", "stopped", "Completed last step", "Sequence archived"];

function ofSequence(
  call: string,
  label: string,
  body?: Record<string, unknown>,
  needs: "mayEdit" | "mayManage" = "mayEdit",
): FixRule {
  return {
    call,
    make: (means) =>
      means[needs] && means.sequenceId ? { id: means.sequenceId, label, ...(body && { body }) } : null,
  };
}

/** One of them by name; all whom it is about by the filter of the search. */
function ofPeople(
  action: string,
  label: string,
  isPossible: (means: Means, evidence: HeldBy["evidence"]) => boolean,
  statuses?: readonly string[],
): FixRule {
  return {
    call: `POST ${CONTACTS}/${action}`,
    make: (means, evidence) => {
      const { contactId, sequenceId, mayEdit } = means;
      if (!mayEdit || !sequenceId || !isPossible(means, evidence)) return null;
      const reason = evidence.failure ?? evidence.reason;
      const filter = { statuses, ...(typeof reason === "string" && { reasons: [reason] }) };
      return { id: sequenceId, label, body: contactId ? { contact_ids: [contactId] } : filter };
    },
  };
}

/** For whoever has it to do, and admins. */
function ofTask(call: string, key: "messageId" | "taskId", label: string): FixRule {
  return {
    call,
    make: ({ isAdmin, callerId }, { userId, [key]: id }) =>
      typeof id === "string" && (isAdmin || callerId === userId) ? { id, label } : null,
  };
}

function ofContact(label: string, bodyFrom: () => Record<string, unknown>): FixRule {
  return {
    call: "PATCH /contacts/{id}",
    make: ({ contactId }) => (contactId ? { id: contactId, label, body: bodyFrom() } : null),
  };
}

function otherAddress(): FixRule {
  return {
    call: "PATCH /contacts/{id}",
    make: ({ contactId, otherEmail }) =>
      contactId && otherEmail
        ? { id: contactId, label: `Write to ${otherEmail} instead`, body: { email: otherEmail } }
        : null,
  };
}

function mailColleagues(): FixRule {
  return ofSequence(`PUT ${CONTACTS}`, "Let this sequence mail colleagues of those who replied", {
    same_account_reply_policy_cd: "none",
  });
}

function ofStep(label: string, bodyFrom: (evidence: HeldBy["evidence"]) => Record<string, unknown>): FixRule {
  return {
    call: "PATCH /emailer_steps/{id}",
    make: ({ mayEdit }, evidence) =>
      mayEdit ? { id: String(evidence.stepId), label, body: bodyFrom(evidence) } : null,
  };
}

function ofTouch(label: string, body: Record<string, unknown>): FixRule {
  return {
    call: "PUT /emailer_touches/{id}",
    make: ({ mayEdit }, { touchId }) => (mayEdit ? { id: String(touchId), label, body } : null),
  };
}

function otherMailbox(isMeant: (evidence: HeldBy["evidence"]) => boolean): FixRule {
  return {
    call: `POST ${CONTACTS}/move_contact_ids`,
    make: (means, evidence) => {
      const { sequenceId, contactId, otherMailbox: other, mayEdit } = means;
      if (!mayEdit || !sequenceId || !other || !isMeant(evidence)) return null;
      if (!contactId && typeof evidence.mailboxId !== "string") return null;
      const whom = contactId
        ? { contact_ids: [contactId] }
        : { statuses: ["active", "paused"], email_account_ids: [evidence.mailboxId] };
      return {
        id: sequenceId,
        label: `Mail them from ${other.email}`,
        body: { ...whom, send_email_from_email_account_id: other.id },
      };
    },
  };
}

function ofMailbox(limitName: string, label: (most: number) => string): FixRule {
  return {
    call: "PATCH /email_accounts/{id}",
    make: ({ ownsMailbox }, { mailboxId, limit, sent }) => {
      const most = raised(limit, sent);
      return ownsMailbox ? { id: String(mailboxId), label: label(most), body: { [limitName]: most } } : null;
    },
  };
}

/** As much again as there was. */
function raised(limit: EvidenceValue | undefined, sent: EvidenceValue | undefined) {
  return Number(sent) + Math.max(1, Number(limit));
}
