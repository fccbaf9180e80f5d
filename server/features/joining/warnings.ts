// What will keep mails from being sent to somebody who joins, as things are now. They join all the same: much of it can
// be mended before their turn comes, and the gate looks again.

import type { Act } from "../../app.ts";
import type { Evidence } from "../../domain/eligibility.ts";
import { rulesOf } from "../sequences/whole.ts";
import type { Line, Standing } from "./line.ts";
import type { JoinTerms } from "./terms.ts";

export type WarningCode =
  | "contact_stage_safeguard"
  | "account_stage_safeguard"
  | "same_account_reply"
  | "snippets_missing";
export type Warning = { contactId: string; code: WarningCode; evidence: Evidence };

export async function warningsFor(
  { db, caller }: Act,
  { sequence }: JoinTerms,
  joining: readonly Standing[],
  { answered }: Line,
): Promise<Warning[]> {
  const rules = answered.size > 0 ? await rulesOf(db, caller.teamId, sequence) : null;
  const policy = rules?.sameAccountReplyPolicy.value ?? "none";
  const stages = new Set(sequence.excludedContactStageIds);
  const accountStages = new Set(sequence.excludedAccountStageIds);
  return joining.flatMap(({ id: contactId, row, companyKey }): Warning[] => {
    const { contactStageId, accountStageId } = row;
    const colleague = policy === "none" || companyKey === null ? undefined : answered.get(companyKey);
    return [
      ...when(contactStageId !== null && stages.has(contactStageId), () => {
        return { contactId, code: "contact_stage_safeguard", evidence: { contactStageId } };
      }),
      ...when(accountStageId !== null && accountStages.has(accountStageId), () => {
        return { contactId, code: "account_stage_safeguard", evidence: { accountStageId } };
      }),
      ...when(colleague !== undefined, () => {
        return { contactId, code: "same_account_reply", evidence: { ...colleague, policy: String(policy) } };
      }),
    ];
  });
}

function when(holds: boolean, warning: () => Warning) {
  return holds ? [warning()] : [];
}
