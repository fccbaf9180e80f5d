// When a contact and their company were last active follows from the history, a moment later: whoever sends a mail does not
// wait for it, and of a thousand mails to one company its row is written once.

import type { By } from "../events/store.ts";
import { inParts, type Manner } from "../set-aside/commands.ts";
import { asideDue, forgetAside } from "../set-aside/store.ts";
import { chainsBehind } from "../workflows/events-store.ts";
import * as store from "./store.ts";

/** What passed between them and us. Writing a note about somebody, or moving them about, is none. */
const ACTIVITY = [
  "message.sent",
  "message.replied",
  "message.opened",
  "message.clicked",
  "call.logged",
  "task.completed",
] as const;

const AT_ONCE = 5_000;
const AGAIN_AT_ONCE = 100;
const LOOP = "follow-activity";

/** Answers whether there is more to read. */
export async function followActivity(by: By, manner: Manner = "together") {
  const { db, teamId } = by;
  const place = await store.lockPlace(db, teamId);
  if (!place) return false;
  const again = await asideDue(db, teamId, LOOP, AGAIN_AT_ONCE);
  if (again.length > 0) {
    const active = await store.readActivityOf(db, teamId, again, ACTIVITY);
    const failed = await writeParts(by, "apart", active);
    const done = again.filter((id) => !failed.includes(id));
    await forgetAside(db, teamId, LOOP, done);
  }
  const news = await store.readActivity(db, teamId, place, { types: ACTIVITY, limit: AT_ONCE });
  if (!news) return false;
  await writeParts(by, manner, news.active);
  await store.movePlace(db, teamId, news.place);
  return news.isMore;
}

function writeParts(by: By, manner: Manner, active: readonly store.Active[]) {
  const rows = active.map((one) => ({ ...one, id: one.contactId }));
  return inParts(by, { loop: LOOP, manner }, rows, (some) => write(by.db, by.teamId, some));
}

/**
 * Where scores follow it, the workflows that led to a mail led to what becomes of the score, so those they are about are written
 * apart. Everybody is held first: group by group, the order of the house would be lost.
 */
async function write(db: By["db"], teamId: string, active: readonly store.Active[]) {
  const led = (await store.isScored(db, teamId))
    ? await ledBy(db, teamId, active)
    : new Map<string, string>();
  if (led.size > 0) await store.holdActive(db, teamId, active);
  for (const [chain, alike] of Map.groupBy(active, ({ contactId }) => led.get(contactId) ?? ""))
    await store.writeContacts(db, teamId, alike, chain);
  await store.writeAccounts(db, teamId, active);
}

/** Of several workflows that led to somebody's news, those that came the longest way. */
async function ledBy(db: By["db"], teamId: string, active: readonly store.Active[]) {
  const eventIds = active.flatMap((one) => one.eventIds);
  const [own, behind] = await Promise.all([
    store.chainsOf(db, teamId, eventIds),
    chainsBehind(db, teamId, eventIds),
  ]);
  const led = new Map<string, string>();
  for (const one of active) {
    const chains = one.eventIds.flatMap((id) => [own.get(id) ?? behind.get(id) ?? []]);
    const longest = chains.reduce((best, chain) => (chain.length > best.length ? chain : best), []);
    if (longest.length > 0) led.set(one.contactId, longest.join());
  }
  return led;
}
