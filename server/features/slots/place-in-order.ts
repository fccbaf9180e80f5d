// Which step of which list of steps a mail is as it is let go, for whoever checks that steps come in their order: lists are put in
// another order later, and lose steps.

import { createHash } from "node:crypto";
import { stepsBeside } from "../../domain/sequence-plan.ts";
import type { StepRow } from "../steps/store.ts";

type Place = { stepNo: number | null; stepOrder: string | null };

export function placeInOrder(steps: readonly StepRow[], stepId: string | null): Place {
  const own = stepsBeside(steps, stepId);
  const stepNo = own.find(({ id }) => id === stepId)?.position ?? null;
  return { stepNo, stepOrder: stepNo === null ? null : orderOf(own.map(({ id }) => id).join()) };
}

const known = new Map<string, string>();
const MOST_KNOWN = 1_000;

/** A thousand mails of one list are let go one after the other. */
function orderOf(ids: string) {
  const order = known.get(ids) ?? createHash("md5").update(ids).digest("hex");
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(ids, order);
  return order;
}
