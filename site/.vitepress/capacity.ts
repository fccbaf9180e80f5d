// What a load takes, reckoned from measured costs: the figures of docs/operate/capacity.md, which its calculator uses.

/** Measured; where and when stands on the page. */
export const COSTS = {
  /** Milliseconds of a processor for one email, in the engine and in PostgreSQL. */
  engineMs: 0.96,
  databaseMs: 1.81,
  /** The same for one answer that is read and understood, in both together. */
  answerMs: 3.26,
  /** Kilobytes that PostgreSQL writes ahead for one email. */
  walKb: 34.8,
  /** Kilobytes on disk, with indexes: of an email with its events, of a contact in a sequence, of a contact. */
  emailKb: 5.3,
  enrollmentKb: 1.4,
  contactKb: 3.1,
  /** Megabytes of a process without mailboxes, and of a thousand mailboxes that it reads. */
  processMb: 157,
  thousandMailboxesMb: 33,
} as const;

/** A table keeps room for rows that change. */
const ROOM = 1.5;
/** Of the emails of a day, so many leave in its busiest hour, against an even day. */
const PEAK = 3;
/** A processor that is busier than this makes others wait. */
const BUSY = 0.6;
/** Emails that one contact in a sequence gets, and answers to a hundred emails. */
const EMAILS_EACH = 3;
const ANSWERS = 0.08;

export type Load = {
  contacts: number;
  mailboxes: number;
  emailsPerDay: number;
  /** Of a day in which emails may leave. */
  hours: number;
  monthsKept: number;
};

export type Need = {
  emailsPerSecond: number;
  atPeak: number;
  engineCores: number;
  databaseCores: number;
  engines: number;
  memoryMb: number;
  walGbPerDay: number;
  diskGb: number;
  perMailboxPerDay: number;
};

const WORKING_DAYS_PER_MONTH = 22;
const KB_PER_GB = 1_000_000;

export function needOf({ contacts, mailboxes, emailsPerDay, hours, monthsKept }: Load): Need {
  const emailsPerSecond = emailsPerDay / (Math.max(hours, 1) * 3600);
  const atPeak = emailsPerSecond * PEAK;
  const answering = (atPeak * ANSWERS * COSTS.answerMs) / 2000; // half of it in each
  const engineCores = (atPeak * COSTS.engineMs) / 1000 + answering;
  const databaseCores = (atPeak * COSTS.databaseMs) / 1000 + answering;
  const kept = emailsPerDay * WORKING_DAYS_PER_MONTH * monthsKept;
  const diskKb =
    contacts * COSTS.contactKb + kept * COSTS.emailKb + (kept / EMAILS_EACH) * COSTS.enrollmentKb;
  return {
    emailsPerSecond,
    atPeak,
    engineCores,
    databaseCores,
    engines: Math.max(1, Math.ceil(engineCores / BUSY)),
    memoryMb: COSTS.processMb + (mailboxes / 1000) * COSTS.thousandMailboxesMb,
    walGbPerDay: (emailsPerDay * COSTS.walKb) / KB_PER_GB,
    diskGb: (diskKb * ROOM) / KB_PER_GB,
    perMailboxPerDay: emailsPerDay / Math.max(mailboxes, 1),
  };
}
