// A person who was found is paid for once in the time that answers are valid, whichever users look them up, and however
// often. After that they may cost again. A refunded credit does not count as paid.

import type { Act } from "../../../app.ts";
import { PRICES, type PricedAction } from "../../../domain/identity/credit-prices.ts";
import { shortageFor, spendCredits } from "../../identity/credits/commands.ts";
import { isStrictFor } from "../../identity/sandbox-profiles/commands.ts";
import { ANSWERS_HOLD } from "./provider-plans.ts";
import { holdSubjects, paidSince } from "./store.ts";

/** Who is paid for, and what they are also known as: a person, and the contact they are. The person stays when the contact goes. */
export type Owed = { subjectId: string; alias?: string };

/** The people, in the order given, for whom the credits do not suffice. */
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

/** Answers how many of them cost something. Whatever Apollo does for what was paid before, a strict sandbox takes the worst of it. */
export async function payOnce(
  act: Pick<Act, "app" | "db" | "now" | "caller">,
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
  const paid = (await isStrictFor(act))
    ? new Set<string>()
    : await paidSince(db, caller.teamId, ids, kind, now.subtract(ANSWERS_HOLD));
  const isFree = ({ subjectId, alias }: Owed) =>
    paid.has(subjectId) || (alias !== undefined && paid.has(alias));
  const costing = new Set(owed.filter((one) => !isFree(one)).map(({ subjectId }) => subjectId));
  const spent = [...costing].map((subjectId) => ({ subjectId, amount: each }));
  if (spent.length > 0) await spendCredits(act, { kind, action, each, spent });
  return spent.length;
}
