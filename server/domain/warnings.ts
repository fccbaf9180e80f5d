// What will keep mails from being sent to somebody who joins, as things are now, and what they will be sent a second time.
// They join all the same: much of it can be mended before their turn comes, and the gate looks again.

import type { Evidence } from "./eligibility.ts";
import type { GateCode } from "./gate.ts";
import { canonicalAddress } from "./suppression.ts";

/** What the gate will fail of a mail, whoever else it concerns. */
export const FAILING_CODES = [
  "snippets_missing",
  "personalized_opener_missing",
  "mail_unreadable",
  "thread_reply_original_email_missing",
] as const satisfies readonly GateCode[];
export type FailingCode = (typeof FAILING_CODES)[number];

export type WarningCode =
  | "contact_stage_safeguard"
  | "account_stage_safeguard"
  | "same_account_reply"
  | "ownership_permission"
  | "email_format_invalid"
  | "steps_received"
  | "touch_limit"
  | "email_skipped"
  | "answer_unsettled"
  | FailingCode;
export type Warning = { contactId: string; code: WarningCode; evidence: Evidence };

export type WarnedOf = {
  id: string;
  companyKey: string | null;
  contactStageId: string | null;
  accountStageId: string | null;
  email: string | null;
};

export type Safeguards = {
  contactStageIds: readonly string[];
  accountStageIds: readonly string[];
  /** What a colleague's answer means for the others. */
  replyPolicy: string;
  /** Whoever owns the sequence has left the team. */
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
    const warn = (code: WarningCode, evidence: Evidence) => warnings.push({ contactId, code, evidence });
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
