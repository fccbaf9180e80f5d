import { contract } from "@cadenza/contract";
import { route, routeWithBefore } from "../../../http/route.ts";
import { addDevice, callForTest, changeDevice, noteTest, removeDevice } from "./commands.ts";
import { presentDevice } from "./present.ts";
import { findPushKeys, listDevices } from "./store.ts";

const { pushSubscriptions } = contract;

export const routes = [
  route(pushSubscriptions.list, async ({ db, caller }) => ({
    public_key: (await findPushKeys(db)).publicKey,
    push_subscriptions: (await listDevices(db, caller.teamId, caller.userId)).map(presentDevice),
  })),

  routeWithBefore(
    pushSubscriptions.create,
    ({ app, input }) => app.outgoing.check(input.endpoint),
    async ({ input, before: fault, ...act }) => {
      const wish = {
        endpoint: input.endpoint,
        p256dh: input.p256dh,
        auth: input.auth,
        language: input.language,
        wantsReplies: input.wants_replies,
        wantsTasks: input.wants_tasks,
        wantsMentions: input.wants_mentions,
        showsNames: input.shows_names,
      };
      return { push_subscription: presentDevice(await addDevice(act, wish, fault)) };
    },
  ),

  route(pushSubscriptions.update, async ({ input, ...act }) => ({
    push_subscription: presentDevice(
      await changeDevice(act, input.id, {
        ...(input.wants_replies !== undefined && { wantsReplies: input.wants_replies }),
        ...(input.wants_tasks !== undefined && { wantsTasks: input.wants_tasks }),
        ...(input.wants_mentions !== undefined && { wantsMentions: input.wants_mentions }),
        ...(input.shows_names !== undefined && { showsNames: input.shows_names }),
      }),
    ),
  })),

  route(pushSubscriptions.delete, async ({ input, ...act }) => {
    await removeDevice(act, input.id);
    return { push_subscription: { id: input.id, deleted: true as const } };
  }),

  routeWithBefore(
    pushSubscriptions.test,
    ({ app, caller, input }) => callForTest(app, caller, input.id),
    async ({ input, before: verdict, ...act }) => ({ outcome: await noteTest(act, input.id, verdict) }),
  ),
];
