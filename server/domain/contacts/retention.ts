// How long a team keeps data of each kind. By default nothing is deleted because of its age.

import { say, texts } from "../../kernel/say.ts";

export const RETENTION_KINDS = [
  "contacts",
  "email_texts",
  "reply_texts",
  "call_notes",
  "notes",
  "conversations",
  "dmarc_reports",
] as const;

export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** What is deleted, as the end of "deletes …" and the beginning of a line in a table. */
export const RETENTION_WORDS: Record<RetentionKind, string> = texts({
  contacts: "contacts without activity",
  email_texts: "texts of emails",
  reply_texts: "texts of received emails",
  call_notes: "notes and recordings of calls",
  notes: "notes",
  conversations: "recorded conversations",
  dmarc_reports: "DMARC reports",
});

/** So long a rule that deletes more than before can be taken back. */
const GRACE = { hours: 24 };
const EVERY = { hours: 24 };

/** What is older than this goes. */
export function keptSince(keepDays: number, now: Temporal.Instant) {
  return now.subtract({ hours: 24 * keepDays });
}

export type Keeping = { keepDays: number | null; dueAt: Temporal.Instant | null };

/** When a rule that was changed runs first: a day later, unless it only keeps more than before. */
export function firstRun(before: Keeping, keepDays: number | null, now: Temporal.Instant) {
  if (keepDays === null) return null;
  const isShorter = before.keepDays === null || keepDays < before.keepDays;
  return isShorter || before.dueAt === null ? now.add(GRACE) : before.dueAt;
}

export function nextRun(now: Temporal.Instant) {
  return now.add(EVERY);
}

export function keptSays(kind: RetentionKind, keepDays: number | null) {
  const what = RETENTION_WORDS[kind];
  return keepDays === null
    ? say("{what}: until deleted by a user", { what })
    : say("{what}: {keepDays, plural, one {# day} other {# days}}", { what, keepDays });
}
