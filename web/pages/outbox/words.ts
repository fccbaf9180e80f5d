// What became of a mail that has not gone out, or what it waits for, in words.

import type { StateKind } from "../../parts/State.tsx";
import { dayAndTime, dayOf } from "../../parts/when.ts";
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

export function groupByDay(mails: readonly Mail[], now: Date) {
  const groups = new Map<string, Mail[]>();
  for (const mail of mails) {
    const title = dayTitle(mail, now);
    groups.set(title, [...(groups.get(title) ?? []), mail]);
  }
  return [...groups];
}
