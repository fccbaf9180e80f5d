import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";
import { eventType } from "./events.ts";

export const webhookSubscription = z.strictObject({
  id: fields.id,
  url: z.string(),
  types: z.array(z.string()),
  description: z.string().nullable(),
  active: z.boolean(),
  inactive_reason: z.enum(["switched_off", "gone"]).nullable().describe("`gone`: the receiver answered 410"),
  created_by_user_id: fields.id.nullable(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  etag: etag(),
});

const one = z.strictObject({ webhook_subscription: webhookSubscription });

const withSecret = z.strictObject({
  webhook_subscription: z.strictObject({
    ...webhookSubscription.shape,
    secret: z.string().describe("`whsec_…`, shown only once"),
  }),
});

export const webhookDelivery = z.strictObject({
  event_id: fields.id.describe("Sent as `webhook-id`, the same in every attempt"),
  type: z.string(),
  status: z.enum(["pending", "delivered", "given_up"]),
  attempts: z.int(),
  next_attempt_at: fields.stamp.nullable(),
  created_at: fields.stamp,
  finished_at: fields.stamp.nullable(),
  log: z.array(
    z.strictObject({
      attempt: z.int(),
      at: fields.stamp,
      status_code: z.int().nullable(),
      error: z.string().nullable(),
      took_ms: z.int().nullable(),
    }),
  ),
});

const url = z.string().trim().min(1, "must not be empty").max(2000);
const types = z.array(eventType).min(1, "must name at least one type").max(100);

export const webhookSubscriptions = {
  create: endpoint({
    method: "POST",
    path: "/webhook_subscriptions",
    scope: "webhook_subscriptions/create",
    access: "admin",
    effect: "write",
    summary: "Create a webhook",
    description:
      "Events are sent to the URL, signed as Standard Webhooks describes. The body is the event as in `GET /events`. `webhook-id` is the event's id. `webhook-signature` holds `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. Events are delivered at least once, so remember the ids you have seen. Any 2xx ends the delivery, 410 turns the webhook off, all else is retried for 75 hours.",
    input: z.object({
      url,
      types: types.default(["*"]).describe("Such as `contact.created`, `contact.*` or `*`"),
      description: fields.text(500).nullish(),
    }),
    output: withSecret,
  }),

  list: endpoint({
    method: "GET",
    path: "/webhook_subscriptions",
    scope: "webhook_subscriptions/index",
    access: "admin",
    effect: "read",
    summary: "List webhooks",
    input: z.object({}),
    output: z.strictObject({ webhook_subscriptions: z.array(webhookSubscription) }),
  }),

  get: endpoint({
    method: "GET",
    path: "/webhook_subscriptions/{id}",
    scope: "webhook_subscriptions/show",
    access: "admin",
    effect: "read",
    summary: "Show a webhook",
    input: z.object({ id: fields.id }),
    output: one,
  }),

  update: endpoint({
    method: "PATCH",
    path: "/webhook_subscriptions/{id}",
    scope: "webhook_subscriptions/update",
    access: "admin",
    effect: "write",
    summary: "Update a webhook or turn it on or off",
    description:
      "Turning it off drops waiting events. Turned on, it gets new events only; use `replay` for the missed ones.",
    ifMatch: { record: webhookSubscription },
    input: z.object({
      id: fields.id,
      url: url.optional(),
      types: types.optional(),
      description: fields.text(500).nullish(),
      active: fields.flag.optional(),
    }),
    output: one,
  }),

  destroy: endpoint({
    method: "DELETE",
    path: "/webhook_subscriptions/{id}",
    scope: "webhook_subscriptions/destroy",
    access: "admin",
    effect: "write",
    summary: "Delete a webhook",
    description: "Waiting events are dropped.",
    input: z.object({ id: fields.id }),
    output: one,
  }),

  rotateSecret: endpoint({
    method: "POST",
    path: "/webhook_subscriptions/{id}/rotate_secret",
    scope: "webhook_subscriptions/rotate_secret",
    access: "admin",
    effect: "write",
    summary: "Rotate the secret of a webhook",
    description: "For 24 hours the old secret also signs.",
    input: z.object({ id: fields.id }),
    output: withSecret,
  }),

  deliveries: endpoint({
    method: "GET",
    path: "/webhook_subscriptions/{id}/deliveries",
    scope: "webhook_subscriptions/deliveries",
    access: "admin",
    effect: "read",
    summary: "List the deliveries of a webhook",
    description: "Newest first, with the receiver's answers.",
    input: z.object({
      id: fields.id,
      status: webhookDelivery.shape.status.optional(),
      ...fields.paging,
    }),
    output: z.strictObject({ deliveries: z.array(webhookDelivery), pagination: fields.pagination }),
  }),

  test: endpoint({
    method: "POST",
    path: "/webhook_subscriptions/{id}/test",
    scope: "webhook_subscriptions/test",
    access: "admin",
    effect: "write",
    summary: "Send a `webhook.tested` event to a webhook",
    description: "It ignores the webhook's types.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ event_id: fields.id }),
  }),

  replay: endpoint({
    method: "POST",
    path: "/webhook_subscriptions/{id}/replay",
    scope: "webhook_subscriptions/replay",
    access: "admin",
    effect: "write",
    summary: "Resend events the receiver has not accepted",
    description: "Events answered with 2xx are not sent again.",
    input: z.object({
      id: fields.id,
      since: fields.text(100).describe("A time, or a `next_since` of the events"),
    }),
    output: z.strictObject({ replayed: z.int() }),
  }),
};
