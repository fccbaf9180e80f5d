// Whoever was found is paid for once in the time that answers hold, however often and by whomever they are looked up; after
// that they may cost again. What was given back was not paid for.

import type { Act } from "../../app.ts";
import { PRICES, type PricedAction } from "../../domain/credit-prices.ts";
import { shortageFor, spendCredits } from "../credits/commands.ts";
import { ANSWERS_HOLD } from "./looking.ts";
import { holdSubjects, paidSince } from "./store.ts";

/** Who is paid for, and what they are also known as: a person, and the contact they are. The person stays when the contact goes. */
export type Owed = { subjectId: string; alias?: string };

/** Of those whom somebody has to be paid for, in the order given: whom there are no credits for. */
export async function beyondMeans(
  act: Pick<Act, "db" | "now" | "caller">,
  action: PricedAction,
  subjectIds: readonly string[],
): Promise<readonly string[]> {
  const { db, now, caller } = act;
  const { kind, each } = PRICES[action];
  await holdSubjects(db, caller.teamId, subjectIds);
  const paid = await paidSince(db, caller.teamId, subjectIds, kind, now.subtract(ANSWERS_HOLD));
  const costing = subjectIds.filter((id) => !paid.has(id));
  const shortage = await shortageFor(act, { kind, each, amount: costing.length * each });
  return shortage ? costing.slice(shortage.fits) : [];
}

/** Answers how many of them cost something. */
export async function payOnce(
  act: Pick<Act, "db" | "now" | "caller">,
  action: PricedAction,
  owed: readonly Owed[],
) {
  if (owed.length === 0) return 0;
  const { db, now, caller } = act;
  const { kind, each } = PRICES[action];
  const ids = [
    ...new Set(owed.flatMap(({ subjectId, alias }) => (alias ? [subjectId, alias] : [subjectId]))),
  ];
  await holdSubjects(db, caller.teamId, ids);
  const paid = await paidSince(db, caller.teamId, ids, kind, now.subtract(ANSWERS_HOLD));
  const isFree = ({ subjectId, alias }: Owed) =>
    paid.has(subjectId) || (alias !== undefined && paid.has(alias));
  const costing = new Set(owed.filter((one) => !isFree(one)).map(({ subjectId }) => subjectId));
  const spent = [...costing].map((subjectId) => ({ subjectId, amount: each }));
  if (spent.length > 0) await spendCredits(act, { kind, action, each, spent });
  return spent.length;
}
