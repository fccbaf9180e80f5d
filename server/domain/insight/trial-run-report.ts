// What a trial run comes to: which emails meet others, and whether it went as the forecast had it.

export type TrialEmail = {
  contactId: string;
  companyKey: string | null;
  sequenceId: string;
  mailboxId: string | null;
  sentAt: Temporal.Instant;
};

export type Collision = "sequence" | "company";

const A_DAY_MS = 24 * 3_600_000;

/** Whom the tried sequence mails within a day of another one, or on the same day as a colleague of theirs. */
export function collisionsAmong(
  emails: readonly TrialEmail[],
  triedId: string,
  timeZone: string,
): Map<string, Set<Collision>> {
  const found = new Map<string, Set<Collision>>();
  const note = (contactId: string, collision: Collision) => {
    const known = found.get(contactId);
    if (known) known.add(collision);
    else found.set(contactId, new Set([collision]));
  };
  for (const [contactId, theirs] of Map.groupBy(emails, (one) => one.contactId)) {
    const others = theirs.filter(({ sequenceId }) => sequenceId !== triedId);
    const own = theirs.filter(({ sequenceId }) => sequenceId === triedId);
    if (own.some((one) => others.some((other) => isWithinADay(one.sentAt, other.sentAt))))
      note(contactId, "sequence");
  }
  const tried = emails.filter(({ sequenceId, companyKey }) => sequenceId === triedId && companyKey !== null);
  const byCompanyDay = Map.groupBy(
    tried,
    ({ companyKey, sentAt }) => `${companyKey} ${dayOf(sentAt, timeZone)}`,
  );
  for (const together of byCompanyDay.values()) {
    const contactIds = new Set(together.map(({ contactId }) => contactId));
    if (contactIds.size > 1) for (const contactId of contactIds) note(contactId, "company");
  }
  return found;
}

function isWithinADay(one: Temporal.Instant, other: Temporal.Instant) {
  return Math.abs(one.epochMilliseconds - other.epochMilliseconds) < A_DAY_MS;
}

export function dayOf(at: Temporal.Instant, timeZone: string) {
  return at.toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** So many emails of one mailbox within one hour. */
export type HourOfMailbox = { mailboxId: string; hourMs: number; sends: number };

export type Agreement = {
  sent: number;
  foreseen: number;
  /** Emails that went out on another day, or from another mailbox, than the forecast said. */
  elsewhere: number;
  days: { day: string; sent: number; foreseen: number }[];
  mailboxes: { mailboxId: string; sent: number; foreseen: number }[];
};

/** What happened beside what was foreseen, by days of the team and by mailbox. */
export function agreementOf(
  happened: readonly HourOfMailbox[],
  foreseen: readonly HourOfMailbox[],
  timeZone: string,
): Agreement {
  const dayIn = ({ hourMs }: HourOfMailbox) =>
    dayOf(Temporal.Instant.fromEpochMilliseconds(hourMs), timeZone);
  const mailboxIn = ({ mailboxId }: HourOfMailbox) => mailboxId;
  const days = pairs(happened, foreseen, dayIn);
  const mailboxes = pairs(happened, foreseen, mailboxIn);
  const both = pairs(happened, foreseen, (one) => `${dayIn(one)} ${mailboxIn(one)}`);
  return {
    sent: sum(happened),
    foreseen: sum(foreseen),
    elsewhere: both.reduce((total, one) => total + Math.max(0, one.sent - one.foreseen), 0),
    days: days.map(({ key: day, ...counts }) => ({ day, ...counts })),
    mailboxes: mailboxes.map(({ key: mailboxId, ...counts }) => ({ mailboxId, ...counts })),
  };
}

function pairs(
  happened: readonly HourOfMailbox[],
  foreseen: readonly HourOfMailbox[],
  keyOf: (one: HourOfMailbox) => string,
) {
  const sent = Map.groupBy(happened, keyOf);
  const told = Map.groupBy(foreseen, keyOf);
  return [...new Set([...sent.keys(), ...told.keys()])]
    .sort()
    .map((key) => ({ key, sent: sum(sent.get(key) ?? []), foreseen: sum(told.get(key) ?? []) }));
}

function sum(hours: readonly HourOfMailbox[]) {
  return hours.reduce((total, { sends }) => total + sends, 0);
}
