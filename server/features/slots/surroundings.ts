// What surrounds the mails of one mailbox when they are about to be sent: for each the facts that the gate asks for, read
// as explaining reads them, so that whoever explains and whoever sends cannot disagree.

import type { Caller } from "../../app.ts";
import { NO_BARS, withBars } from "../../domain/address-claims.ts";
import { isSpared } from "../../domain/answer-holds.ts";
import type { GateFacts, MailOfStep, StepFacts } from "../../domain/gate-facts.ts";
import { soundExcept } from "../../domain/sound-facts.ts";
import type { Touched } from "../../domain/touches.ts";
import { type Held, heldAmong } from "../answer-holds/commands.ts";
import type { By } from "../events/store.ts";
import { type Around, type Asking, aroundOf, mailboxFacts, stepFacts } from "../explaining/around.ts";
import { readLimits, readLimitsOf, type SendingRow } from "../explaining/sending-store.ts";
import { barring, personAlone, personFrom } from "../explaining/standings.ts";
import { findPerson, type PersonRow, readStandings, type StandingRow } from "../explaining/store.ts";
import { type TeamRules, teamRules } from "../explaining/team-rules.ts";
import { findSequence } from "../sequences/store.ts";
import { readStamp } from "./gate-store.ts";
import type { Slot } from "./store.ts";

/** The engine sees all of a team, as its admins do. */
export function asking({ db, teamId, now }: By): Asking {
  const caller: Caller = {
    ...{ teamId, userId: NOBODY, role: "admin", isOperator: false },
    credential: { kind: "engine", id: null },
  };
  return { db, now, caller };
}

const NOBODY = "000000000000000000000000";

/** `stamp`: whether it is still as it was read. */
export type AroundThen = Around & { stamp: string };

export type Surrounded = {
  slot: Slot;
  /** Null for a mail outside any sequence. */
  row: StandingRow | null;
  person: PersonRow | null;
  around: AroundThen | null;
};

export type Surroundings = {
  mails: Surrounded[];
  barred: Awaited<ReturnType<typeof barring>>;
  /** Who has an answer that nobody has settled. */
  held: Held;
  sending: ReadonlyMap<string, SendingRow>;
  rules: TeamRules;
};

/** For mails that are about to be claimed: their sequences are read as well. */
export async function surroundingsOf(by: By, slots: readonly Slot[]): Promise<Surroundings> {
  const { db, teamId } = by;
  const [{ rows, people }, sending] = await Promise.all([
    readersOf(by, slots),
    readLimits(db, teamId, [...new Set(slots.map(({ mailboxId }) => mailboxId))]),
  ]);
  const readers = touchedBy(slots, rows, people);
  const emails = readers.flatMap(({ email }) => email ?? []);
  const sequenceIds = [...new Set([...rows.values()].map((row) => row.sequenceId))];
  const [barred, held, rules, around] = await Promise.all([
    barring(asking(by), emails),
    heldAmong(db, teamId, readers),
    teamRules({ db: by.db, teamId: by.teamId, now: null, holds: true }, readers),
    Promise.all(sequenceIds.map((id) => readAround(by, id))),
  ]);
  const known = new Map(around.flatMap((one) => (one ? [[one.sequence.id, one] as const] : [])));
  return { mails: placed(slots, rows, people, known), barred, held, rules, sending: byId(sending) };
}

/** For mails that were claimed a moment ago: all that may have changed, asked in one go. */
export async function surroundingsAgain(
  by: By,
  claimed: readonly {
    slot: Slot;
    surrounded: Surrounded;
    toEmail: string | null;
    countsElsewhere: boolean;
  }[],
): Promise<Surroundings> {
  const slots = claimed.map(({ slot }) => slot);
  const emails = claimed.flatMap(({ toEmail }) => toEmail ?? []);
  const readers = claimed.map(({ surrounded, toEmail }) => ({ ...touchedOf(surrounded), email: toEmail }));
  const known = new Map(
    claimed.flatMap(({ surrounded: { around } }) => (around ? [[around.sequence.id, around] as const] : [])),
  );
  const [{ rows, people }, sending, barred, held, rules] = await Promise.all([
    readersOf(by, slots),
    readLimitsOf(
      ...([by.db, by.teamId, [...new Set(slots.map(({ mailboxId }) => mailboxId))]] as const),
      claimed.some(({ countsElsewhere }) => countsElsewhere),
    ),
    barring(asking(by), emails),
    heldAmong(by.db, by.teamId, readers),
    teamRules({ db: by.db, teamId: by.teamId, now: null, holds: true }, readers),
  ]);
  return { mails: placed(slots, rows, people, known), barred, held, rules, sending: byId(sending) };
}

function touchedBy(
  slots: readonly Slot[],
  rows: ReadonlyMap<string, StandingRow>,
  people: ReadonlyMap<string, PersonRow>,
): Touched[] {
  return placed(slots, rows, people, new Map()).map(touchedOf);
}

/** Somebody in copy is another reader: known by their address alone. */
export function touchedOf({ slot, row, person }: Omit<Surrounded, "around">): Touched {
  if (slot.copyOf) return { contactId: null, companyKey: null, email: slot.toEmail };
  const { companyKey = null, email = slot.toEmail } = row ?? person ?? {};
  return { contactId: slot.contactId, companyKey, email };
}

async function readersOf({ db, teamId }: By, slots: readonly Slot[]) {
  const isInSequence = ({ enrollmentId, copyOf }: Slot) => enrollmentId !== null && copyOf === null;
  const enrollmentIds = slots.filter(isInSequence).flatMap(({ enrollmentId }) => enrollmentId ?? []);
  const alone = slots.filter((slot) => !isInSequence(slot)).flatMap(({ contactId }) => contactId ?? []);
  const [standings, people] = await Promise.all([
    readStandings(db, teamId, enrollmentIds),
    Promise.all([...new Set(alone)].map((id) => findPerson(db, teamId, id))),
  ]);
  return { rows: byId(standings), people: byId(people.flatMap((person) => person ?? [])) };
}

async function readAround(by: By, sequenceId: string): Promise<AroundThen | null> {
  const [stamp, sequence] = await Promise.all([
    readStamp(by.db, by.teamId, sequenceId),
    findSequence(by.db, by.teamId, sequenceId),
  ]);
  return sequence && { ...(await aroundOf(asking(by), sequence)), stamp };
}

function placed(
  slots: readonly Slot[],
  rows: ReadonlyMap<string, StandingRow>,
  people: ReadonlyMap<string, PersonRow>,
  known: ReadonlyMap<string, AroundThen>,
): Surrounded[] {
  return slots.map((slot) => {
    const row = slot.copyOf ? null : (rows.get(slot.enrollmentId ?? "") ?? null);
    const around = known.get(row?.sequenceId ?? "") ?? null;
    return { slot, row, around, person: people.get(slot.contactId ?? "") ?? null };
  });
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Null where whoever it was for is gone. */
export function factsOf(
  { slot, row, around, person }: Surrounded,
  { barred, held, sending, rules }: Pick<Surroundings, "barred" | "held" | "sending" | "rules">,
  mail: MailOfStep | null,
  now: Temporal.Instant,
): GateFacts | null {
  const sender = sending.get(slot.mailboxId) ?? null;
  const mailbox = sender && mailboxFacts(sender);
  const hold = held(touchedOf({ slot, row, person }));
  const heldBy = hold && !isSpared(hold, slot.byHandAt) ? hold : null;
  if (row && around) {
    const isHere = row.currentStepId === slot.stepId && row.mailboxId === slot.mailboxId;
    return {
      now,
      heldBack: null, // held back, nobody claims
      // A mail sent by hand is due now, whatever was planned. One of another step or mailbox is no longer of use.
      membership: {
        ...row,
        dueAt: slot.dueAtManuallyChanged ? now : row.dueAt,
        lostAddress: row.lostAddress === slot.fromEmail ? row.lostAddress : null, // who writes by hand may choose another
      },
      sequence: around.facts,
      step: isHere ? mailing(stepFacts(around, row.currentStepId)) : null,
      person: personFrom({ row, barred, held: heldBy }),
      mail,
      mailbox,
      domain: rules.domain(row.email),
      touches: slot.touchReason === null ? rules.touches(touchedOf({ slot, row, person })) : [],
      isInvented: rules.isInvented(sender, row),
      unclear: null, // what is unclear is in no queue
    };
  }
  if (isOfSequence(slot) || !person) return null;
  return soundExcept(now, {
    membership: { dueAt: now },
    step: { type: "auto_email" },
    person: { ...readerOf(slot, person, barred), answerHold: heldBy },
    domain: rules.domain(slot.copyOf ? slot.toEmail : person.email),
    touches: slot.touchReason === null ? rules.touches(touchedOf({ slot, row, person })) : [],
    isInvented: rules.isInvented(sender, {
      email: slot.copyOf ? slot.toEmail : person.email,
      isInvented: person.isInvented,
    }),
    mail,
    mailbox,
  });
}

/** The mail of a step is nobody's where its enrollment is gone: it is no mail that a person wrote. */
function isOfSequence({ enrollmentId, type, copyOf }: Slot) {
  return copyOf === null && (enrollmentId !== null || type === "outreach_automatic_email");
}

/** Where whoever it is for wants their mail now. What was written to another address is not what was judged. */
export function isReaddressed({ slot, row, person }: Surrounded, toEmail: string | null) {
  const address = row?.email ?? person?.email ?? null;
  return slot.copyOf === null && address !== null && address !== toEmail;
}

/** Whoever wrote it, it leaves as a mail, within the same limits. */
function mailing(step: StepFacts | null): StepFacts | null {
  return step && { ...step, type: "auto_email" };
}

/** Whoever writes to one person by hand has looked at the address; of somebody in copy only the address counts. */
function readerOf({ copyOf, toEmail }: Slot, person: PersonRow, barred: Surroundings["barred"]) {
  const email = copyOf ? toEmail : person.email;
  const suppression = email === null ? null : barred(email);
  const bars = email === null ? NO_BARS : barred.claims(email);
  const alone = copyOf
    ? withBars(
        { ...NOTHING_KNOWN, email, suppression: suppression && at(suppression) },
        bars,
        suppression !== null,
      )
    : personAlone(person, suppression, bars);
  return { ...alone, mayBeUnverified: true };
}

const NOTHING_KNOWN = {
  ...{ isUnsubscribed: false, unsubscribedAt: null, isDoNotContact: false },
  ...{ pausedUntil: null, hasBounced: false, bouncedAt: null },
};

function at<Row extends { createdAt: Temporal.Instant }>(row: Row) {
  return { ...row, at: row.createdAt };
}
