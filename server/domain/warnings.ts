// What will keep mails from being sent to somebody who joins, as things are now. They join all the same: much of it can
// be mended before their turn comes, and the gate looks again.

import type { Evidence } from "./eligibility.ts";

export type WarningCode =
  | "contact_stage_safeguard"
  | "account_stage_safeguard"
  | "same_account_reply"
  | "touch_limit"
  | "snippets_missing";
export type Warning = { contactId: string; code: WarningCode; evidence: Evidence };

export type WarnedOf = {
  id: string;
  companyKey: string | null;
  contactStageId: string | null;
  accountStageId: string | null;
};

export type Safeguards = {
  contactStageIds: readonly string[];
  accountStageIds: readonly string[];
  /** What a colleague's answer means for the others. */
  replyPolicy: string;
  /** By company, who of it has answered where that counts, the last first; two are enough. */
  answered: ReadonlyMap<string, readonly { contactId: string; enrollmentId: string | null }[]>;
};

export function warningsAbout(people: readonly WarnedOf[], safeguards: Safeguards): Warning[] {
  const contactStages = new Set(safeguards.contactStageIds);
  const accountStages = new Set(safeguards.accountStageIds);
  return people.flatMap(({ id: contactId, companyKey, contactStageId, accountStageId }) => {
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
    return warnings;
  });
}
