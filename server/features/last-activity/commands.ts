// When a contact and their company were last active follows from the history, a moment later: whoever sends a mail does not
// wait for it, and of a thousand mails to one company its row is written once.

import type { By } from "../events/store.ts";
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

/** Answers whether there is more to read. */
export async function followActivity({ db, teamId }: Pick<By, "db" | "teamId">) {
  const place = await store.lockPlace(db, teamId);
  if (!place) return false;
  const news = await store.readActivity(db, teamId, place, { types: ACTIVITY, limit: AT_ONCE });
  if (!news) return false;
  if (news.active.length > 0) await write(db, teamId, news.active);
  await store.movePlace(db, teamId, news.place);
  return news.isMore;
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
