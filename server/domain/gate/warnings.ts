// What will keep mails from being sent to joining contacts, as things are now, and which steps they will get a second
// time. They join all the same: users can correct much of it in time, and the gate checks again.

import { canonicalAddress } from "../contacts/suppression.ts";
import type { SkipEvidence } from "../enrollments/eligibility.ts";
import type { GateCode } from "./gate.ts";

/** Codes for which the gate fails a mail, for any contact. */
export const FAILING_CODES = [
  "snippets_missing",
  "personalized_opener_missing",
  "mail_unreadable",
  "thread_reply_original_email_missing",
] as const satisfies readonly GateCode[];
type FailingCode = (typeof FAILING_CODES)[number];

export type JoinWarningCode =
  | "contact_stage_safeguard"
  | "account_stage_safeguard"
  | "same_account_reply"
  | "ownership_permission"
  | "email_format_invalid"
  | "steps_received"
  | "touch_limit"
  | "email_skipped"
  | "answer_unsettled"
  | "needs_review"
  | FailingCode;
export type Warning = { contactId: string; code: JoinWarningCode; evidence: SkipEvidence };

type WarnedOf = {
  id: string;
  companyKey: string | null;
  contactStageId: string | null;
  accountStageId: string | null;
  email: string | null;
};

type Safeguards = {
  contactStageIds: readonly string[];
  accountStageIds: readonly string[];
  /** What a colleague's answer means for the others. */
  replyPolicy: string;
  /** The sequence's owner has left the team. */
  hasOwnerLeft: boolean;
  /** By contact, which steps they were sent when they were in it before, of those that come now. */
  received: ReadonlyMap<string, readonly number[]>;
  /** By company, who of it has answered where that counts, the last first; two are enough. */
  answered: ReadonlyMap<string, readonly { contactId: string; enrollmentId: string | null }[]>;
};

export function warningsAbout(people: readonly WarnedOf[], safeguards: Safeguards): Warning[] {
  const contactStages = new Set(safeguards.contactStageIds);
  const accountStages = new Set(safeguards.accountStageIds);
  return people.flatMap(({ id: contactId, companyKey, contactStageId, accountStageId, email }) => {
    const warnings: Warning[] = [];
    const warn = (code: JoinWarningCode, evidence: SkipEvidence) =>
      warnings.push({ contactId, code, evidence });
    if (contactStageId && contactStages.has(contactStageId))
      warn("contact_stage_safeguard", { contactStageId });
    if (accountStageId && accountStages.has(accountStageId))
      warn("account_stage_safeguard", { accountStageId });
    const others = companyKey === null ? [] : (safeguards.answered.get(companyKey) ?? []);
    const colleague = others.find((one) => one.contactId !== contactId);
    if (colleague && safeguards.replyPolicy !== "none") {
      const { contactId, enrollmentId } = colleague;
      warn("same_account_reply", { contactId, enrollmentId, policy: safeguards.replyPolicy });
    }
    if (safeguards.hasOwnerLeft) warn("ownership_permission", { who: "sequence_owner" });
    if (email !== null && canonicalAddress(email) === null) warn("email_format_invalid", {});
    const steps = safeguards.received.get(contactId) ?? [];
    if (steps.length > 0) warn("steps_received", { steps: steps.join(", ") });
    return warnings;
  });
}
