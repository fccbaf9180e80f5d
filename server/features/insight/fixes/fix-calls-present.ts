// The calls that a fix can be: each asks for what it needs to know, and makes nothing where that is missing.

import type { EvidenceValue } from "../../../domain/basics/evidence.ts";
import type { HeldBy } from "../../../domain/insight/explaining.ts";
import type { Means } from "../../../domain/insight/means.ts";
import { say, toSay } from "../../../kernel/say.ts";

type Made = { id: string; body?: Record<string, unknown>; label: string } | null;

export type FixRule = {
  /** As the docs show it. */
  call: string;
  make(means: Means, evidence: HeldBy["evidence"]): Made;
};

export const SEQUENCE_PATH = "/emailer_campaigns/{id}";

export function ofSequence(
  call: string,
  label: string,
  body?: Record<string, unknown>,
  needs: "mayEdit" | "mayManage" = "mayEdit",
): FixRule {
  return {
    call,
    make: (means) =>
      means[needs] && means.sequenceId
        ? { id: means.sequenceId, label: say(label), ...(body && { body }) }
        : null,
  };
}

/** One of them by name; all whom it is about by the filter of the search. */
export function ofPeople(
  action: string,
  label: string,
  isPossible: (means: Means, evidence: HeldBy["evidence"]) => boolean,
  statuses?: readonly string[],
): FixRule {
  return {
    call: `POST ${SEQUENCE_PATH}/${action}`,
    make: (means, evidence) => {
      const { contactId, sequenceId, mayEdit } = means;
      if (!mayEdit || !sequenceId || !isPossible(means, evidence)) return null;
      const reason = evidence.failure ?? evidence.reason;
      const filter = { statuses, ...(typeof reason === "string" && { reasons: [reason] }) };
      return { id: sequenceId, label: say(label), body: contactId ? { contact_ids: [contactId] } : filter };
    },
  };
}

/** For the task's assignee, and admins. */
export function ofTask(call: string, key: "messageId" | "taskId", label: string): FixRule {
  return {
    call,
    make: ({ isAdmin, callerId }, { userId, [key]: id }) =>
      typeof id === "string" && (isAdmin || callerId === userId) ? { id, label: say(label) } : null,
  };
}

export function ofContact(label: string, bodyFrom: () => Record<string, unknown>): FixRule {
  return {
    call: "PATCH /contacts/{id}",
    make: ({ contactId }) => (contactId ? { id: contactId, label: say(label), body: bodyFrom() } : null),
  };
}

export function otherAddress(): FixRule {
  return {
    call: "PATCH /contacts/{id}",
    make: ({ contactId, otherEmail }) =>
      contactId && otherEmail
        ? {
            id: contactId,
            label: say("Use {otherEmail} instead", { otherEmail }),
            body: { email: otherEmail },
          }
        : null,
  };
}

export function mailColleagues(): FixRule {
  return ofSequence(`PUT ${SEQUENCE_PATH}`, toSay("Keep emailing colleagues after a reply"), {
    same_account_reply_policy_cd: "none",
  });
}

export function ofStep(
  label: string,
  bodyFrom: (evidence: HeldBy["evidence"]) => Record<string, unknown>,
): FixRule {
  return {
    call: "PATCH /emailer_steps/{id}",
    make: ({ mayEdit }, evidence) =>
      mayEdit ? { id: String(evidence.stepId), label: say(label), body: bodyFrom(evidence) } : null,
  };
}

export function ofTouch(label: string, body: Record<string, unknown>): FixRule {
  return {
    call: "PUT /emailer_touches/{id}",
    make: ({ mayEdit }, { touchId }) => (mayEdit ? { id: String(touchId), label: say(label), body } : null),
  };
}

export function otherMailbox(isMeant: (evidence: HeldBy["evidence"]) => boolean): FixRule {
  return {
    call: `POST ${SEQUENCE_PATH}/move_contact_ids`,
    make: (means, evidence) => {
      const { sequenceId, contactId, otherMailbox: other, mayEdit } = means;
      if (!mayEdit || !sequenceId || !other || !isMeant(evidence)) return null;
      if (!contactId && typeof evidence.mailboxId !== "string") return null;
      const whom = contactId
        ? { contact_ids: [contactId] }
        : { statuses: ["active", "paused"], email_account_ids: [evidence.mailboxId] };
      return {
        id: sequenceId,
        label: say("Send from {email} instead", { email: other.email }),
        body: { ...whom, send_email_from_email_account_id: other.id },
      };
    },
  };
}

export function ofMailbox(limitName: string, label: (most: number) => string): FixRule {
  return {
    call: "PATCH /email_accounts/{id}",
    make: ({ ownsMailbox }, { mailboxId, limit, sent }) => {
      const most = raised(limit, sent);
      return ownsMailbox ? { id: String(mailboxId), label: label(most), body: { [limitName]: most } } : null;
    },
  };
}

/** As much again as there was. */
export function raised(limit: EvidenceValue | undefined, sent: EvidenceValue | undefined) {
  return Number(sent) + Math.max(1, Number(limit));
}
