import type { Example } from "../endpoint.ts";

const id = "64f0aa0000000000000000d7";
const keys = {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};
const subscription = {
  id,
  endpoint: "https://push.example.com/send/f3a1",
  device: "Firefox on Linux",
  language: "en",
  wants_replies: true,
  wants_tasks: true,
  wants_mentions: true,
  shows_names: false,
  created_at: "2026-02-03T08:00:00.000Z",
  last_delivered_at: null,
  failures: 0,
};

export const pushSubscriptions: Record<string, readonly Example[]> = {
  "pushSubscriptions.list": [
    {
      title: "One device",
      input: {},
      answer: { public_key: keys.p256dh, push_subscriptions: [subscription] },
    },
  ],
  "pushSubscriptions.create": [
    {
      title: "This browser",
      isShownElsewhere: true,
      input: { endpoint: subscription.endpoint, ...keys },
      answer: { push_subscription: subscription },
    },
  ],
  "pushSubscriptions.update": [
    {
      title: "Replies alone",
      isShownElsewhere: true,
      input: { id, wants_tasks: false },
      answer: { push_subscription: { ...subscription, wants_tasks: false } },
    },
  ],
  "pushSubscriptions.delete": [
    { title: "Removed", input: { id }, answer: { push_subscription: { id, deleted: true } } },
  ],
  "pushSubscriptions.test": [{ title: "Delivered", input: { id }, answer: { outcome: "delivered" } }],
};
