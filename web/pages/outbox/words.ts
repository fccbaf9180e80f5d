// What became of a mail that has not gone out, or what it waits for, in words.

import { count } from "../../parts/figures.ts";
import type { StateKind } from "../../parts/State.tsx";
import { dayAndTime, dayOf, nextMonday } from "../../parts/when.ts";
import type { Mail } from "../mails/queries.ts";

export type Standing = { kind: StateKind; word: string };

export function standingOf(mail: Mail): Standing {
  if (mail.delivery_confirmation === "unconfirmed") return { kind: "bad", word: "Not confirmed" };
  if (mail.status === "failed") return { kind: "bad", word: "Failed" };
  if (mail.status === "drafted") return { kind: "off", word: "Draft" };
  if (mail.async_sending) return { kind: "waiting", word: "Going out" };
  if (mail.schedule_delayed_reason) return { kind: "waiting", word: "Waits" };
  return { kind: "good", word: "Scheduled" };
}

/** Under which day it stands in the list. */
export function dayTitle(mail: Mail, now: Date) {
  if (!mail.due_at) return "No date";
  const due = new Date(mail.due_at);
  const days = Math.round((startOf(due) - startOf(now)) / 86_400_000);
  if (days < 0) return "Due before today";
  if (days === 0) return "Today";
  if (days === 1) return "Tomorrow";
  return dayOf(mail.due_at, now);
}

function startOf(date: Date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** "next try Tue 24 Nov, 09:40", where it is known. */
export function sayNext(mail: Mail, now: Date) {
  const until = mail.schedule_delayed_reason_details?.until;
  return until ? `Next try ${dayAndTime(until, now)}.` : null;
}

export function sayMails(n: number) {
  return count(n, "mail");
}

/** How far mails are put off: each from its own time, so that they keep their distance; to a morning, all at once. */
export type Later = { says: string; when: string; from: (due: string | null, now: Date) => string };

const by = (ms: number) => (due: string | null, now: Date) =>
  new Date(Math.max(due ? Date.parse(due) : 0, now.getTime()) + ms).toISOString();

const HOUR = 3_600_000;

export const LATER: readonly Later[] = [
  { says: "By an hour", when: "an hour later", from: by(HOUR) },
  { says: "By a day", when: "a day later", from: by(24 * HOUR) },
  { says: "By a week", when: "a week later", from: by(7 * 24 * HOUR) },
  { says: "To Monday morning", when: "on Monday morning", from: (_, now) => nextMonday(now).toISOString() },
];
