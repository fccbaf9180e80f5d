// The devices on which a user is notified (Web Push): the user's own, and only where the user is signed in.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { LANGUAGE_CODES } from "../languages.ts";

const language = z.enum(LANGUAGE_CODES);

export const pushSubscription = z.strictObject({
  id: fields.id,
  endpoint: z.string(),
  device: z.string().nullable().describe("Such as `Firefox on Linux`"),
  language,
  wants_replies: z.boolean(),
  wants_tasks: z.boolean(),
  wants_mentions: z.boolean(),
  shows_names: z.boolean(),
  created_at: fields.stamp,
  last_delivered_at: fields.stamp.nullable(),
  failures: z.int().describe("Since the last delivery; after 20 it is removed"),
});

const one = z.strictObject({ push_subscription: pushSubscription });

export const pushSubscriptions = {
  list: endpoint({
    method: "GET",
    path: "/push_subscriptions",
    scope: "push_subscriptions/index",
    access: "person",
    effect: "read",
    summary: "List the devices you are notified on",
    description: "`public_key` is what a browser subscribes with.",
    input: z.object({}),
    output: z.strictObject({ public_key: z.string(), push_subscriptions: z.array(pushSubscription) }),
  }),

  create: endpoint({
    method: "POST",
    path: "/push_subscriptions",
    scope: "push_subscriptions/create",
    access: "person",
    effect: "write",
    summary: "Notify this browser of replies, due tasks and mentions",
    description: "With what the browser answered. The same `endpoint` again replaces the subscription.",
    input: z.object({
      endpoint: fields.sized(2000).min(1, "must not be empty"),
      p256dh: fields.sized(100).regex(/^[\w-]{87}=?$/, "is not the public key of a browser"),
      auth: fields.sized(30).regex(/^[\w-]{22}(?:==)?$/, "is not the secret of a browser"),
      language: language.default("en"),
      wants_replies: fields.flag.default(true),
      wants_tasks: fields.flag.default(true),
      wants_mentions: fields.flag.default(true),
      shows_names: fields.flag.default(false).describe("Names of contacts, also on a locked screen"),
    }),
    output: one,
  }),

  update: endpoint({
    method: "PATCH",
    path: "/push_subscriptions/{id}",
    scope: "push_subscriptions/update",
    access: "person",
    effect: "write",
    summary: "Choose what a device notifies you of",
    input: z.object({
      id: fields.id,
      wants_replies: fields.flag.optional(),
      wants_tasks: fields.flag.optional(),
      wants_mentions: fields.flag.optional(),
      shows_names: fields.flag.optional(),
    }),
    output: one,
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/push_subscriptions/{id}",
    scope: "push_subscriptions/destroy",
    access: "person",
    effect: "write",
    summary: "Stop notifying a device",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      push_subscription: z.strictObject({ id: fields.id, deleted: z.literal(true) }),
    }),
  }),

  test: endpoint({
    method: "POST",
    path: "/push_subscriptions/{id}/test",
    scope: "push_subscriptions/test",
    access: "person",
    effect: "write",
    hasNoDryRun: true,
    summary: "Send a test notification to a device",
    description: "`gone`: the push service no longer knows the device, which is removed.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ outcome: z.enum(["delivered", "gone", "failed"]) }),
  }),
};
