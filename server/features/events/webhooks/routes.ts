import { contract } from "@cadenza/contract";
import { route, routeWithBefore } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { feedPositionOf } from "../feed/commands.ts";
import {
  createSubscription,
  deleteSubscription,
  replaySubscription,
  rotateSecret,
  testSubscription,
  updateSubscription,
} from "./commands.ts";
import { searchDeliveries } from "./deliveries-store.ts";
import { presentDelivery, presentSubscription } from "./present.ts";
import { findSubscription, listSubscriptions } from "./store.ts";

const { webhookSubscriptions } = contract;

export const routes = [
  routeWithBefore(
    webhookSubscriptions.create,
    ({ app, input }) => app.outgoing.check(input.url),
    async ({ input, before: fault, ...act }) => {
      const { url, types, description } = input;
      const wish = { url, types, description: description ?? null };
      const { subscription, secret } = await createSubscription(act, wish, fault);
      return { webhook_subscription: { ...presentSubscription(subscription), secret } };
    },
  ),

  route(webhookSubscriptions.list, async ({ db, caller }) => ({
    webhook_subscriptions: (await listSubscriptions(db, caller.teamId)).map(presentSubscription),
  })),

  route(webhookSubscriptions.get, async ({ db, caller, input }) => {
    const subscription = await findSubscription(db, caller.teamId, input.id);
    if (!subscription) throw new Refusal("record_not_found");
    return { webhook_subscription: presentSubscription(subscription) };
  }),

  routeWithBefore(
    webhookSubscriptions.update,
    async ({ app, input }) => (input.url === undefined ? null : app.outgoing.check(input.url)),
    async ({ input, before: fault, ...act }) => {
      const { id, url, types, description, active } = input;
      const subscription = await updateSubscription(
        act,
        id,
        { url, types, description, isActive: active },
        fault,
      );
      return { webhook_subscription: presentSubscription(subscription) };
    },
  ),

  route(webhookSubscriptions.destroy, async ({ input, ...act }) => ({
    webhook_subscription: presentSubscription(await deleteSubscription(act, input.id)),
  })),

  route(webhookSubscriptions.rotateSecret, async ({ input, ...act }) => {
    const { subscription, secret } = await rotateSecret(act, input.id);
    return { webhook_subscription: { ...presentSubscription(subscription), secret } };
  }),

  route(webhookSubscriptions.deliveries, async ({ db, caller, input }) => {
    const { id, status, page, per_page } = input;
    if (!(await findSubscription(db, caller.teamId, id))) throw new Refusal("record_not_found");
    const { rows, total } = await searchDeliveries(db, caller.teamId, {
      subscriptionId: id,
      status: status ?? null,
      limit: per_page,
      offset: (page - 1) * per_page,
    });
    const pagination = { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) };
    return { deliveries: rows.map(presentDelivery), pagination };
  }),

  route(webhookSubscriptions.test, async ({ input, ...act }) => ({
    event_id: await testSubscription(act, input.id),
  })),

  route(webhookSubscriptions.replay, async ({ input, ...act }) => ({
    replayed: await replaySubscription(act, input.id, await feedPositionOf(act, input.since)),
  })),
];
