// One round for the webhooks of a team: its next events are handed to the subscriptions that want them, and what is due is claimed.
// What fails is put aside by event and subscription; the others go out.

import { deliveryKey } from "../../../domain/basics/engine-loops.ts";
import type { By } from "../events/store.ts";
import { type BatchMode, inParts } from "../set-aside/commands.ts";
import * as store from "./deliveries-store.ts";

const LOOP = "send-webhooks";

type Wish = { busy: readonly string[]; each: number; until: Temporal.Instant };

const keyed = (owed: readonly { eventId: string; subscriptionId: string }[]) =>
  owed.map((one) => ({ ...one, id: deliveryKey(one) }));

export async function handOut(by: By, manner: BatchMode, { busy, each, until }: Wish) {
  const { db, teamId, now } = by;
  const hadNews = await handNews(by, manner);
  const due = keyed(await store.lockDeliveries(db, teamId, { busy, each }, now));
  const claimed: store.ClaimedDelivery[] = [];
  await inParts(by, { loop: LOOP, manner }, due, async (some) => {
    claimed.push(...(await store.claimDeliveries(db, teamId, some, until)));
  });
  return { hadNews, claimed };
}

async function handNews(by: By, manner: BatchMode) {
  const { db, teamId, now } = by;
  const cursor = await store.lockWebhookCursor(db, teamId);
  if (!cursor) return false;
  const before = keyed(await store.owedAside(db, teamId));
  const oweParts = (rows: typeof before) =>
    inParts(by, { loop: LOOP, manner: "apart" }, rows, (some) => store.owe(db, teamId, some, now));
  await oweParts(before);
  if (manner === "together") return (await store.fanOut(db, teamId, cursor, now)) || before.length > 0;
  const { owed, behind } = await store.owedNext(db, teamId, cursor);
  await oweParts(keyed(owed));
  if (behind) await store.moveWebhookCursor(db, teamId, behind);
  return behind !== null || before.length > 0;
}
