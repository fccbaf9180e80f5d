// When a contact and their company were last active is read from the history, a moment later. So sending a mail does
// not wait for it, and a thousand mails to one company write its row once.

import type { By } from "../../events/events/store.ts";
import { chainsBehind } from "../../events/following/events-store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { asideDue, forgetAside } from "../../events/set-aside/store.ts";
import * as store from "./store.ts";

/** Contact between them and us. Writing a note or moving a contact does not count. */
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
export async function followActivity(by: By, manner: BatchMode = "together") {
  const { db, teamId } = by;
  const place = await store.lockActivityPosition(db, teamId);
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

function writeParts(by: By, manner: BatchMode, active: readonly store.Active[]) {
  const rows = active.map((one) => ({ ...one, id: one.contactId }));
  return inParts(by, { loop: LOOP, manner }, rows, (some) => write(by.db, by.teamId, some));
}

/**
 * Where scores depend on activity, workflows that led to a mail also led to the new score. So contacts are written in
 * groups, one for each chain. All are locked first, because group by group would break the locking order.
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

/** Where several workflows led to a contact's activity, takes the longest chain. */
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
