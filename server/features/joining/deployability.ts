// Asked before adding: who of them would be left out, and why.

import type { Act } from "../../app.ts";
import { judge, type SkipReason } from "../../domain/eligibility.ts";
import { getVisible } from "../sharing/commands.ts";
import { formLine } from "./line.ts";

export type Deployability = {
  /** By every reason, not only the first. */
  byReason: Map<SkipReason, string[]>;
  inDanger: number;
};

export async function checkDeployability(
  act: Act,
  { sequenceId, contactIds }: { sequenceId: string; contactIds: readonly string[] },
): Promise<Deployability> {
  const sequence = await getVisible(act, sequenceId);
  const asking = { sequence, adderId: act.caller.userId, ownWork: null };
  const { people, colleagues } = await formLine(act, contactIds, asking);
  const terms = { waived: new Set<never>(), reEnrolls: false, colleagues };
  const byReason = new Map<SkipReason, string[]>();
  let inDanger = 0;
  for (const [n, reasons] of judge(people, terms, act.now).entries()) {
    if (reasons.length > 0) inDanger++;
    for (const code of new Set(reasons.map((reason) => reason.code)))
      byReason.set(code, [...(byReason.get(code) ?? []), people[n]?.id ?? ""]);
  }
  return { byReason, inDanger };
}
