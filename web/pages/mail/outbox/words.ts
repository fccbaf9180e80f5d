// What became of a mail that has not gone out, or what it waits for, in words.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { StateKind } from "../../../parts/State.tsx";
import { dayAndTime, dayOf, nextMonday } from "../../../parts/when.ts";
import type { Mail } from "../mails/queries.ts";

/** What of a mail its words depend on. */
type Shown = Pick<
  Mail,
  "status" | "delivery_confirmation" | "async_sending" | "schedule_delayed_reason" | "due_at"
>;

/** With these the email fails when its time comes, unless a user does something. A test compares them with the server's. */
export const ENDS_IT: ReadonlySet<string> = new Set([
  "contact_unsubscribed",
  "contact_do_not_contact",
  "suppressed",
  "contact_stage_safeguard",
  "account_stage_safeguard",
  "same_account_reply",
  "ownership_permission",
  "sample_person",
  "email_missing",
  "email_format_invalid",
  "not_valid_hard_bounce_detected",
  "email_unverified",
  "new_job_change_detected",
  "mail_unreadable",
  "snippets_missing",
  "personalized_opener_missing",
  "thread_reply_original_email_missing",
]);

type OutboxState = { kind: StateKind; word: string };

export function standingOf(mail: Shown): OutboxState {
  if (mail.delivery_confirmation === "unconfirmed") return { kind: "bad", word: t("Not confirmed") };
  if (mail.status === "failed") return { kind: "bad", word: t("Failed") };
  if (mail.status === "drafted") return { kind: "off", word: t("Draft") };
  if (mail.async_sending) return { kind: "waiting", word: t("Sending") };
  if (mail.schedule_delayed_reason && ENDS_IT.has(mail.schedule_delayed_reason))
    return { kind: "bad", word: t("Will not be sent") };
  if (mail.schedule_delayed_reason) return { kind: "waiting", word: t("On hold") };
  return { kind: "good", word: t("Scheduled") };
}

/** The day under which it is listed. */
export function dayTitle(mail: Shown, now: Date) {
  if (!mail.due_at) return t("No date");
  const due = new Date(mail.due_at);
  const days = Math.round((startOf(due) - startOf(now)) / 86_400_000);
  if (days < 0) return t("Due before today");
  if (days === 0) return t("Today");
  if (days === 1) return t("Tomorrow");
  return dayOf(mail.due_at, now);
}

function startOf(date: Date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** "next try Tue 24 Nov, 09:40", where it is known. */
export function sayNext(mail: Mail, now: Date) {
  const until = mail.schedule_delayed_reason_details?.until;
  return until ? t("Next try {until}.", { until: dayAndTime(until, now) }) : null;
}

export function sayMails(n: number) {
  return t("{n, plural, one {# email} other {# emails}}", { n });
}

/** How far mails are put off: each from its own time, so that they keep their distance; to a morning, all at once. */
export type Later = { says: string; when: string; from: (due: string | null, now: Date) => string };

const by = (ms: number) => (due: string | null, now: Date) =>
  new Date(Math.max(due ? Date.parse(due) : 0, now.getTime()) + ms).toISOString();

const HOUR = 3_600_000;

export const LATER: readonly Later[] = perLanguage(() => [
  { says: t("By an hour"), when: t("an hour later"), from: by(HOUR) },
  { says: t("By a day"), when: t("a day later"), from: by(24 * HOUR) },
  { says: t("By a week"), when: t("a week later"), from: by(7 * 24 * HOUR) },
  {
    says: t("Until Monday morning"),
    when: t("on Monday morning"),
    from: (_, now) => nextMonday(now).toISOString(),
  },
]);
