// What an import has made of deals, taken back: new ones are deleted, changed ones get their values again, unless they
// were changed or used since.

import type { Act } from "../../../app.ts";
import { firstUnknown } from "../../contacts/references/store.ts";
import { untouchedSince } from "../../prospecting/import-rows/records-store.ts";
import { listStages } from "../../work/deal-stages/store.ts";
import { changeDeals, deleteDeals } from "../../work/deals/commands.ts";
import type { DealWish } from "../../work/deals/deal-wish.ts";
import { lockDeals } from "../../work/deals/store.ts";
import { dealFacts, wishToRestore } from "./deal-facts.ts";
import { usedDeals } from "./deals-store.ts";
import type { ImportInProgress, Traces } from "./kinds.ts";
import { lastTouch, putAllBack } from "./traces.ts";

export async function undoDeals(act: Act, _: ImportInProgress, traces: readonly Traces[]) {
  const { db, caller } = act;
  const ids = traces.map(({ recordId }) => recordId);
  const touched = traces.map((trace) => ({ id: trace.recordId, at: lastTouch(trace) }));
  await lockDeals(db, caller.teamId, ids); // what a user is doing with them at this moment is waited for, and seen
  const [used, untouched] = await Promise.all([
    usedDeals(db, caller.teamId, ids),
    untouchedSince(db, caller.teamId, "opportunities", touched),
  ]);
  const usedBy = new Map(used.map(({ id, code }) => [id, code]));
  const [made, changed] = [traces.filter(isMade), traces.filter((trace) => !isMade(trace))];
  const codes = new Map(
    made.map(({ recordId: id }) => [id, codeOfMade(usedBy.get(id), untouched.has(id))] as const),
  );
  await deleteDeals(
    act,
    made.map(({ recordId }) => recordId).filter((id) => codes.get(id) === "undone"),
  );
  for (const [id, code] of await undoChanged(act, changed)) codes.set(id, code);
  return ids.map((recordId) => ({ recordId, code: codes.get(recordId) as string }));
}

const isMade = ({ rows }: Traces) => rows[0]?.verdict === "created";

function codeOfMade(used: string | null | undefined, isUntouched: boolean) {
  if (used === undefined) return "gone_already";
  return used ?? (isUntouched ? "undone" : "changed_since");
}

async function undoChanged(act: Act, traces: readonly Traces[]) {
  const codes = new Map<string, string>();
  const standing = await dealFacts(
    act,
    traces.map(({ recordId }) => recordId),
  );
  const changes: { id: string; wish: DealWish }[] = [];
  for (const trace of traces) {
    const id = trace.recordId;
    const now = standing.get(id);
    const given = now ? putAllBack(now.whole, trace) : null;
    codes.set(id, !now ? "gone_already" : given ? "undone" : "changed_since");
    if (given && Object.keys(given).length > 0) changes.push({ id, wish: wishToRestore(given) });
  }
  const absent = await namingAbsent(act, changes);
  for (const id of absent) codes.set(id, "changed_since");
  await changeDeals(
    act,
    changes.filter(({ id }) => !absent.has(id)),
  );
  return codes;
}

/** What the deals had before may be deleted by now. All are asked about at once, and each alone only where something is. */
async function namingAbsent(act: Act, changes: readonly { id: string; wish: DealWish }[]) {
  const stages = new Set((await listStages(act.db, act.caller.teamId)).map(({ id }) => id));
  const isStageGone = ({ stageId }: DealWish) => stageId !== undefined && !stages.has(stageId);
  const absent = new Set(changes.filter(({ wish }) => isStageGone(wish)).map(({ id }) => id));
  const wishes = changes.map(({ wish }) => wish);
  if (!(await unknownIn(act, wishes))) return absent;
  for (const { id, wish } of changes) if (await unknownIn(act, [wish])) absent.add(id);
  return absent;
}

async function unknownIn({ db, caller }: Act, wishes: readonly DealWish[]) {
  const unknown = await firstUnknown(db, caller.teamId, {
    users: wishes.map(({ ownerId }) => ownerId),
    accounts: wishes.map(({ accountId }) => accountId),
    contacts: wishes.flatMap(({ roles = [] }) => roles.map(({ contactId }) => contactId)),
  });
  return unknown !== null;
}
