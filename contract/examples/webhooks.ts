import type { Example } from "../endpoint.ts";

const id = "64f0aa0000000000000000f1";
const subscription = {
  id,
  url: "https://hooks.example.no/cadenza",
  types: ["message.replied", "enrollment.*"],
  description: "To the warehouse",
  active: true,
  inactive_reason: null,
  created_by_user_id: "64f0aa000000000000000002",
  created_at: "2026-02-03T08:00:00.000Z",
  updated_at: "2026-02-03T08:00:00.000Z",
};
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw…";
const answer = { webhook_subscription: subscription };
const wish = { url: subscription.url, types: subscription.types, description: subscription.description };

export const webhooks: Record<string, readonly Example[]> = {
  "webhookSubscriptions.create": [
    { title: "Replies", input: wish, answer: { webhook_subscription: { ...subscription, secret } } },
  ],
  "webhookSubscriptions.list": [
    {
      isShownElsewhere: true,
      title: "One subscription",
      input: {},
      answer: { webhook_subscriptions: [subscription] },
    },
  ],
  "webhookSubscriptions.get": [{ title: "One subscription", isShownElsewhere: true, input: { id }, answer }],
  "webhookSubscriptions.update": [
    {
      title: "Fewer event types",
      isShownElsewhere: true,
      input: { id, types: ["message.replied"] },
      answer: { webhook_subscription: { ...subscription, types: ["message.replied"] } },
    },
  ],
  "webhookSubscriptions.destroy": [
    {
      title: "Deleted",
      isShownElsewhere: true,
      input: { id },
      answer: { webhook_subscription: { ...subscription, active: false, inactive_reason: "switched_off" } },
    },
  ],
  "webhookSubscriptions.rotateSecret": [
    {
      isShownElsewhere: true,
      title: "A new secret",
      input: { id },
      answer: { webhook_subscription: { ...subscription, secret } },
    },
  ],
  "webhookSubscriptions.deliveries": [
    {
      title: "Accepted at the second attempt",
      input: { id },
      answer: {
        deliveries: [
          {
            event_id: "64f0aa0000000000000000e1",
            type: "message.replied",
            status: "delivered",
            attempts: 2,
            next_attempt_at: null,
            created_at: "2026-02-03T08:00:01.000Z",
            finished_at: "2026-02-03T08:00:07.000Z",
            log: [
              { attempt: 1, at: "2026-02-03T08:00:01.000Z", status_code: 503, error: null, took_ms: 41 },
              { attempt: 2, at: "2026-02-03T08:00:07.000Z", status_code: 200, error: null, took_ms: 38 },
            ],
          },
        ],
        pagination: { page: 1, per_page: 25, total_entries: 1, total_pages: 1 },
      },
    },
  ],
  "webhookSubscriptions.test": [
    { title: "A test", input: { id }, answer: { event_id: "64f0aa0000000000000000e2" } },
  ],
  "webhookSubscriptions.replay": [
    { title: "Since yesterday", input: { id, since: "2026-02-02T08:00:00Z" }, answer: { replayed: 12 } },
  ],
};
