import { State } from "../../parts/State.tsx";
import type { Delivery, Webhook } from "./queries.ts";

export function WebhookState({ active, inactive_reason }: Webhook) {
  if (active) return <State kind="good">Sending</State>;
  return inactive_reason === "gone" ? (
    <State kind="bad">Its receiver said it is gone</State>
  ) : (
    <State kind="off">Switched off</State>
  );
}

export function DeliveryState({ status, attempts }: Delivery) {
  if (status === "delivered") return <State kind="good">Delivered</State>;
  if (status === "given_up") return <State kind="bad">Given up</State>;
  return <State kind="waiting">{attempts === 0 ? "Waiting" : `Tried ${attempts} times`}</State>;
}

export function sayTypes(types: readonly string[]) {
  if (types.includes("*")) return "Everything";
  if (types.length <= 2) return types.join(", ");
  return `${types.slice(0, 2).join(", ")} and ${types.length - 2} more`;
}

/** Types there are, to choose from; any other that fits the pattern may be typed. */
export const TYPES: readonly { group: string; items: readonly string[] }[] = [
  {
    group: "Contacts",
    items: [
      "contact.*",
      "contact.created",
      "contact.updated",
      "contact.unsubscribed",
      "contact.stage_changed",
      "contact.score_crossed",
    ],
  },
  {
    group: "People in sequences",
    items: [
      "enrollment.*",
      "enrollment.added",
      "enrollment.finished",
      "enrollment.failed",
      "enrollment.paused",
    ],
  },
  {
    group: "Mails",
    items: [
      "message.*",
      "message.sent",
      "message.replied",
      "message.bounced",
      "message.opened",
      "message.failed",
    ],
  },
  { group: "Tasks", items: ["task.*", "task.created", "task.completed", "task.skipped"] },
  { group: "The rest", items: ["account.*", "deal.*", "sequence.*", "email_account.*", "job.*"] },
];

export function countWebhooks(webhooks: readonly Webhook[]) {
  const off = webhooks.filter(({ active }) => !active).length;
  if (webhooks.length === 0) return "Nobody is told of events yet.";
  const all = webhooks.length === 1 ? "One receiver" : `${webhooks.length} receivers`;
  return off === 0 ? `${all}.` : `${all}, ${off} of them switched off.`;
}
