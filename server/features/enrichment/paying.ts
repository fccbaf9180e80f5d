// Whoever was found is paid for once in the time that answers hold, however often and by whomever they are looked up; after
// that they may cost again. What was given back was not paid for.

import type { Act } from "../../app.ts";
import { PRICES, type PricedAction } from "../../domain/credit-prices.ts";
import { spendCredits } from "../credits/commands.ts";
import { ANSWERS_HOLD } from "./looking.ts";
import { holdSubjects, paidSince } from "./store.ts";

/** Those of the people whose address the team has paid for by looking them up, and need not pay for again. */
export function paidForAmong(
  { db, now, caller }: Pick<Act, "db" | "now" | "caller">,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { kind } = PRICES.person_match;
  return paidSince(db, caller.teamId, personIds, kind, now.subtract(ANSWERS_HOLD));
}

/** A record, and what it is also known as: a contact, and the person they were found as. */
export type Owed = { subjectId: string; alias?: string };

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
  const spent = owed.filter((one) => !isFree(one)).map(({ subjectId }) => ({ subjectId, amount: each }));
  if (spent.length > 0) await spendCredits(act, { kind, action, each, spent });
  return spent.length;
}
