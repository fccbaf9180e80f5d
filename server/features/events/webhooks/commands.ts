// Who is told what happens. Whether a URL may be called is asked before the transaction (the network), and
// again at every call.

import { randomBytes } from "node:crypto";
import type { Act, App } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { UrlFault } from "../../../outgoing/door.ts";
import { refuseWhileUsed } from "../../access/uses/commands.ts";
import { byCaller, type EventType, type FeedCursor, record } from "../events/store.ts";
import * as deliveries from "./deliveries-store.ts";
import * as store from "./store.ts";
import { refuseFault } from "./url-fault.ts";

type SubscriptionWish = { url: string; types: string[]; description: string | null };

/** The secret is in the answer and, encrypted, in the row. `fault` is the network policy's refusal of the URL. */
export async function createSubscription(act: Act, wish: SubscriptionWish, fault: UrlFault | null) {
  const { app, db, now, caller } = act;
  refuseFault(fault);
  const id = newId();
  const secret = newSecret();
  await deliveries.readyWebhookCursor(db, caller.teamId);
  const sealed = app.secrets.seal(placeOfSecret(caller.teamId, id), secret);
  const subscription = await store.insertSubscription(
    db,
    caller.teamId,
    { ...wish, id, types: [...new Set(wish.types)], secret: sealed, createdBy: caller.userId },
    now,
  );
  await tell(act, "webhook.created", id, { types: subscription.types });
  return { subscription, secret };
}

type SubscriptionChange = {
  url?: string | undefined;
  types?: string[] | undefined;
  description?: string | null | undefined;
  isActive?: boolean | undefined;
};

export async function updateSubscription(
  act: Act,
  id: string,
  change: SubscriptionChange,
  fault: UrlFault | null,
) {
  const { db, now, caller } = act;
  refuseFault(fault);
  const before = await getLocked(act, id);
  const isActive = change.isActive ?? before.isActive;
  const startsAnew = isActive && !before.isActive;
  if (startsAnew) await deliveries.readyWebhookCursor(db, caller.teamId);
  if (!isActive) await deliveries.giveUpPending(db, caller.teamId, id, now);
  const after = await store.updateSubscription(
    db,
    caller.teamId,
    {
      id,
      url: change.url ?? before.url,
      types: change.types ? [...new Set(change.types)] : before.types,
      description: change.description === undefined ? before.description : change.description,
      isActive,
      inactiveReason: isActive ? null : (before.inactiveReason ?? "switched_off"),
      startsAnew,
    },
    now,
  );
  const changed = Object.entries(change).filter(([, value]) => value !== undefined);
  await tell(act, "webhook.changed", id, { changed: changed.map(([name]) => name) });
  return after;
}

export async function deleteSubscription(act: Act, id: string) {
  const { db, now, caller } = act;
  const before = await getLocked(act, id);
  await refuseWhileUsed(act, "webhook_subscriptions", { id, name: before.url });
  await deliveries.giveUpPending(db, caller.teamId, id, now);
  const after = await store.markDeleted(db, caller.teamId, id, now);
  await tell(act, "webhook.deleted", id, {});
  return after ?? before;
}

export async function rotateSecret(act: Act, id: string) {
  const { app, db, now, caller } = act;
  const before = await getLocked(act, id);
  const secret = newSecret();
  const { secrets } = app;
  const old = secrets.open(placeOfSecret(caller.teamId, id), before.secret);
  const subscription = await store.replaceSecret(
    db,
    caller.teamId,
    {
      id,
      secret: secrets.seal(placeOfSecret(caller.teamId, id), secret),
      previousSecret: secrets.seal(placeOfSecret(caller.teamId, id, "previous_secret"), old),
    },
    now,
  );
  await tell(act, "webhook.secret_rotated", id, {});
  return { subscription, secret };
}

/** An event of its own, owed to this subscription whatever types it names. */
export async function testSubscription(act: Act, id: string) {
  const { db, now, caller } = act;
  const { isActive } = await getLocked(act, id);
  if (!isActive) throw new Refusal("webhook_switched_off");
  const [eventId] = await tell(act, "webhook.tested", id, {});
  if (!eventId) throw new Error("an event was recorded without an id");
  await deliveries.insertDelivery(db, caller.teamId, { subscriptionId: id, eventId }, now);
  return eventId;
}

export async function replaySubscription(act: Act, id: string, after: FeedCursor) {
  const { db, now, caller } = act;
  const { isActive } = await getLocked(act, id);
  if (!isActive) throw new Refusal("webhook_switched_off");
  const replayed = await deliveries.replayDeliveries(db, caller.teamId, { subscriptionId: id, after }, now);
  await tell(act, "webhook.replayed", id, { replayed });
  return replayed;
}

const BOTH_SIGN_FOR = { hours: 24 };

/** The secrets that sign now: the current one, and after a rotation for a day the one before it. */
export function signingSecrets(
  { secrets }: Pick<App, "secrets">,
  teamId: string,
  { id, secret, previousSecret, rotatedAt }: store.SubscriptionRow,
  now: Temporal.Instant,
) {
  const current = secrets.open(placeOfSecret(teamId, id), secret);
  const isRotating = rotatedAt && Temporal.Instant.compare(now, rotatedAt.add(BOTH_SIGN_FOR)) < 0;
  if (!isRotating || !previousSecret) return [current];
  return [current, secrets.open(placeOfSecret(teamId, id, "previous_secret"), previousSecret)];
}

async function getLocked({ db, caller }: Act, id: string) {
  const subscription = await store.lockSubscription(db, caller.teamId, id);
  if (!subscription) throw new Refusal("record_not_found");
  return subscription;
}

// Standard Webhooks: the key is what follows the prefix, in base64.
function newSecret() {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

function placeOfSecret(teamId: string, rowId: string, column = "secret") {
  return { teamId, table: "webhook_subscriptions", rowId, column };
}

function tell(act: Act, type: EventType, id: string, data: Record<string, unknown>) {
  return record(byCaller(act), { type, subject: { type: "webhook", id }, data });
}
