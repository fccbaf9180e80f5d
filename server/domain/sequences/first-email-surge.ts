// Whether a mailbox would send far more first emails a day than it did before. Mail servers notice a jump in emails to
// people who never heard from an address, and file them as spam.

import { say } from "../../kernel/say.ts";

/** The past that counts. */
export const HABIT_DAYS = 14;
/** More than so many times the usual number is a surge. */
const TIMES = 3;
/** Fewer a day are no surge, whatever the mailbox sent before. */
const FLOOR = 20;
/** A mailbox that sent on fewer days has no habit yet, so a single busy day does not count as one. */
const LEAST_DAYS = 5;

export type FirstEmailHabit = {
  mailboxId: string;
  email: string;
  /** First emails of the past, and on how many days they were sent. */
  sent: number;
  daysSent: number;
  /** First emails due within a day without these contacts. */
  waiting: number;
  added: number;
  /** The ramp's limit of today, the daily limit or that of new contacts, the lowest; null: none. */
  dailyLimit: number | null;
};

export type FirstEmailSurge = { mailboxId: string; email: string; usual: number; upTo: number };

/** Null where the mailbox goes on about as before. */
export function firstEmailSurge(habit: FirstEmailHabit): FirstEmailSurge | null {
  const { mailboxId, email, sent, daysSent, waiting, added, dailyLimit } = habit;
  if (added === 0) return null;
  const usual = sent / Math.max(daysSent, LEAST_DAYS);
  const upTo = Math.min(waiting + added, dailyLimit ?? Number.POSITIVE_INFINITY);
  if (upTo < FLOOR || upTo <= TIMES * usual) return null;
  return { mailboxId, email, usual: Math.round(usual * 10) / 10, upTo };
}

export function surgeSentence({ email, usual, upTo }: FirstEmailSurge) {
  const before =
    usual === 0
      ? say("sent no first emails in the last {HABIT_DAYS} days", { HABIT_DAYS })
      : say("sent {usual} first {usual, plural, one {email} other {emails}} a day", { usual });
  return say("{email} {before}. With these contacts it would send up to {upTo} a day.", {
    email,
    before,
    upTo,
  });
}
