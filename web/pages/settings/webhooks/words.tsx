import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { sayEvent } from "../../../parts/event-words.ts";
import { State } from "../../../parts/State.tsx";
import type { Webhook, WebhookDelivery } from "./queries.ts";

export function WebhookState({ active, inactive_reason }: Webhook) {
  if (active) return <State kind="good">{t("Active")}</State>;
  return inactive_reason === "gone" ? (
    <State kind="bad">{t("Off: the receiver is gone")}</State>
  ) : (
    <State kind="off">{t("Off")}</State>
  );
}

export function DeliveryState({ status, attempts }: WebhookDelivery) {
  if (status === "delivered") return <State kind="good">{t("Delivered")}</State>;
  if (status === "given_up") return <State kind="bad">{t("Failed")}</State>;
  return (
    <State kind="waiting">{attempts === 0 ? t("Waiting") : t("Tried {attempts} times", { attempts })}</State>
  );
}

const NOUNS: Record<string, string> = perLanguage(() => ({
  contact: t("Contact"),
  account: t("Company"),
  enrollment: t("Contact in a sequence"),
  message: t("Email"),
  task: t("Task"),
  deal: t("Deal"),
  sequence: t("Sequence"),
  email_account: t("Mailbox"),
  job: t("Background job"),
}));

/** `contact.created` as "A contact is created"; for a type without words of its own, its own name. */
export function sayEventType(type: string) {
  if (type === "*") return t("All events");
  const [noun = "", deed = ""] = type.split(".");
  const subject = NOUNS[noun];
  if (deed === "*" && subject) return t("{subject}: all events", { subject });
  const said = sayEvent(type);
  return said === type ? type : capital(said);
}

/** One type in a list to choose from: in words, with its code beside. */
export function EventOption({ type }: { type: string }) {
  return (
    <span>
      {sayEventType(type)} <code className="soft small">{type}</code>
    </span>
  );
}

export function sayTypes(types: readonly string[]) {
  if (types.includes("*")) return t("All events");
  if (types.length <= 2) return types.map(sayEventType).join(", ");
  return t("{sayEventType} and {types} more", {
    sayEventType: types.slice(0, 2).map(sayEventType).join(", "),
    types: types.length - 2,
  });
}

/** Types there are, to choose from; any other that fits the pattern may be typed. */
export const TYPES: readonly { group: string; items: readonly string[] }[] = perLanguage(() => [
  {
    group: t("Contacts"),
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
    group: t("Contacts in sequences"),
    items: [
      "enrollment.*",
      "enrollment.added",
      "enrollment.finished",
      "enrollment.failed",
      "enrollment.paused",
    ],
  },
  {
    group: t("Emails"),
    items: [
      "message.*",
      "message.sent",
      "message.replied",
      "message.bounced",
      "message.opened",
      "message.failed",
    ],
  },
  { group: t("Tasks"), items: ["task.*", "task.created", "task.completed", "task.skipped"] },
  { group: t("Other"), items: ["account.*", "deal.*", "sequence.*", "email_account.*", "job.*"] },
]);

export function countWebhooks(webhooks: readonly Webhook[]) {
  const off = webhooks.filter(({ active }) => !active).length;
  if (webhooks.length === 0) return t("No webhooks yet.");
  const all = t("{webhooks, plural, one {# webhook} other {# webhooks}}", { webhooks: webhooks.length });
  return off === 0 ? `${all}.` : t("{all}, {off} off.", { all, off });
}
