// Webhooks: hands events to the subscriptions that want them, and calls the receivers.
//
// Each delivery is claimed in one transaction, called with none open, and recorded in another. A process that dies in
// between leaves a claim that runs out, and the same event goes out again under the same id: at least once. What was
// recorded with a 2xx is never claimed again.
//
// The rows are looked for four times a second rather than announced: code that writes an event need not know that
// webhooks exist, and nothing is lost with a notification.

import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { deliveryKey } from "../../domain/basics/engine-loops.ts";
import { judgeAttempt } from "../../domain/basics/retry.ts";
import { type EventRow, findEvents, record } from "../../features/events/events/store.ts";
import { presentEvent } from "../../features/events/feed/present.ts";
import { signingSecrets } from "../../features/events/webhooks/commands.ts";
import {
  type ClaimedDelivery,
  giveUpPending,
  listTeamsWithWebhookWork,
  postponeDelivery,
  recordAttempt,
} from "../../features/events/webhooks/deliveries-store.ts";
import { handOut } from "../../features/events/webhooks/handing-out.ts";
import {
  findSubscription,
  lockSubscription,
  updateSubscription,
} from "../../features/events/webhooks/store.ts";
import { watchForCopies } from "../../features/gate/clone-guard/commands.ts";
import { webhookFault } from "../../features/sending/sandbox-faults/commands.ts";
import type { CallOutcome } from "../../outgoing/door.ts";
import { crashPoint } from "../../seams.ts";
import { alone, batchOf, eachTeam } from "../running/each-team.ts";
import type { Engine } from "../running/engine.ts";
import { webhookSpan } from "./webhook-span.ts";

const LOOK_EVERY_MS = 250;
const AT_ONCE_EACH = 8;
/** Longer than any call may take, so that only a dead process's claims run out. */
const CLAIM = { seconds: 30 };
/** How long a webhook is held that a sandbox delivers out of order. */
const OVERTAKEN = { minutes: 10 };

/** `calls`: those that are under way. */
export function startWebhooks(app: App, calls = new Set<Promise<unknown>>()) {
  const stopping = new AbortController();
  const flying = new Map<string, number>();
  const isHeld = watchForCopies(app);

  const launch = (teamId: string, claimed: ClaimedDelivery) => {
    const { subscriptionId } = claimed;
    flying.set(subscriptionId, (flying.get(subscriptionId) ?? 0) + 1);
    const id = deliveryKey(claimed);
    const call = alone(app, { teamId, loop: "send-webhooks", id }, () => deliver(app, teamId, claimed))
      .catch((error) =>
        app.log.error({ err: error, ...claimed }, "a webhook's outcome could not be recorded"),
      )
      .finally(() => {
        calls.delete(call);
        const left = (flying.get(subscriptionId) ?? 1) - 1;
        if (left > 0) flying.set(subscriptionId, left);
        else flying.delete(subscriptionId);
      });
    calls.add(call);
  };

  const run = async () => {
    while (!stopping.signal.aborted) {
      const busy = [...flying].filter(([, count]) => count >= AT_ONCE_EACH).map(([id]) => id);
      const didSomething = await goRound({ app, stopping: stopping.signal }, isHeld, busy, launch).catch(
        (error) => {
          app.log.warn({ err: error }, "webhooks could not be looked for");
          return false;
        },
      );
      // A call that has ended makes room for the next; with none under way there is only the clock.
      if (!didSomething) await Promise.race([...calls, sleep(LOOK_EVERY_MS)]);
    }
  };
  const running = run();

  return async (graceMs: number) => {
    stopping.abort();
    await running;
    await Promise.race([Promise.all(calls), sleep(graceMs, undefined, { ref: false })]);
  };
}

/** Once through all teams that have something. Answers whether there was anything. */
async function goRound(
  { app, stopping }: Pick<Engine, "app" | "stopping">,
  isHeld: (db: Db) => Promise<boolean>,
  busy: readonly string[],
  launch: (teamId: string, claimed: ClaimedDelivery) => void,
) {
  // A copy of the database has the addresses of the customers of the real one, and nothing to tell them.
  const teams = await app.db.inTransaction(async (db) => {
    const found = await listTeamsWithWebhookWork(db, app.now());
    return found.length > 0 && (await isHeld(db)) ? [] : found;
  });
  let found = false;
  await eachTeam({ app, stopping }, "send-webhooks", teams, async (teamId) => {
    const wish = { busy, each: AT_ONCE_EACH, until: app.now().add(CLAIM) };
    const { hadNews, claimed } = await batchOf(app, teamId, (by, manner) => handOut(by, manner, wish));
    found ||= hadNews || claimed.length > 0;
    for (const delivery of claimed) launch(teamId, delivery);
    return claimed.length;
  });
  return found;
}

async function deliver(app: App, teamId: string, claimed: ClaimedDelivery) {
  const { subscriptionId, eventId } = claimed;
  const { subscription, event } = await app.db.inTeam(teamId, async (db) => ({
    subscription: await findSubscription(db, teamId, subscriptionId),
    event: (await findEvents(db, teamId, [eventId]))[0],
  }));
  if (!subscription?.isActive || !event) return; // switched off since it was claimed, which gave it up
  const at = app.now();
  const body = JSON.stringify(presentEvent(event));
  const span = webhookSpan(app.traces, teamId, event, subscriptionId);
  const headers = {
    ...webhookSignatures(event, body, signingSecrets(app, teamId, subscription, at), at),
    ...span?.headers,
  };
  const outcome = await send(app, teamId, claimed, event, () =>
    app.outgoing.post(subscription.url, headers, body),
  );
  if (!outcome) return;
  span?.tell(outcome);
  await crashPoint("webhook-before-record");
  await recordOutcome(app, teamId, claimed, outcome, at);
}

/** Null: its time is another. Only in a sandbox is it ever. */
async function send(
  app: App,
  teamId: string,
  claimed: ClaimedDelivery,
  event: EventRow,
  post: () => Promise<CallOutcome>,
): Promise<CallOutcome | null> {
  const isLate = Temporal.Instant.compare(event.occurredAt.add(OVERTAKEN), app.now()) <= 0;
  const fault = app.sandbox && (await webhookFault(app, teamId, { type: event.type, isLate }));
  switch (fault?.settings.does) {
    case "lost":
      return { kind: "failed", error: "timed_out", tookMs: 0 };
    case "doubled":
      await post();
      return post();
    case "out_of_order":
      await app.db.inTeam(teamId, (db) => postponeDelivery(db, teamId, claimed, app.now().add(OVERTAKEN)));
      return null;
    default:
      return post();
  }
}

/** Standard Webhooks: one signature per secret, over id, time and body. */
export function webhookSignatures(
  event: Pick<EventRow, "id">,
  body: string,
  secrets: readonly string[],
  at: Temporal.Instant,
) {
  const timestamp = String(Math.floor(at.epochMilliseconds / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return `v1,${createHmac("sha256", key).update(`${event.id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return {
    "content-type": "application/json",
    "user-agent": "Cadenza-Webhooks",
    "webhook-id": event.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}

async function recordOutcome(
  app: App,
  teamId: string,
  claimed: ClaimedDelivery,
  outcome: CallOutcome,
  at: Temporal.Instant,
) {
  const statusCode = outcome.kind === "answered" ? outcome.status : null;
  const error = outcome.kind === "failed" ? outcome.error : null;
  const verdict = judgeAttempt(claimed.attempt, statusCode, Math.random());
  app.metrics.count("cadenza_webhook_calls_total", { outcome: verdict.is });
  app.metrics.observe("cadenza_webhook_duration_seconds", {}, outcome.tookMs / 1000);
  const now = app.now();
  const follows = {
    delivered: { status: "delivered", nextAttemptAt: null },
    gone: { status: "given_up", nextAttemptAt: null },
    given_up: { status: "given_up", nextAttemptAt: null },
    retry: {
      status: "pending",
      nextAttemptAt: verdict.is === "retry" ? now.add({ milliseconds: verdict.afterMs }) : null,
    },
  } as const;
  const attempted = { ...claimed, at, statusCode, error, tookMs: outcome.tookMs, ...follows[verdict.is] };
  await app.db.inTeam(teamId, async (db) => {
    await recordAttempt(db, teamId, attempted, now);
    if (verdict.is !== "gone") return;
    const subscription = await lockSubscription(db, teamId, claimed.subscriptionId);
    if (!subscription?.isActive) return;
    await giveUpPending(db, teamId, subscription.id, now);
    const off = { ...subscription, isActive: false, inactiveReason: "gone", startsAnew: false } as const;
    await updateSubscription(db, teamId, off, now);
    const origin = { requestId: null, address: null, cause: "webhook" };
    const nobody = { db, now, origin, teamId, userId: null, apiKeyId: null };
    await record(nobody, { type: "webhook.switched_off", subject: { type: "webhook", id: subscription.id } });
  });
}
